"""Answers into scores and stages: exact, by half-open bands, with a rule for missing answers."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from cases import (
    INSTRUMENT,
    NAMED,
    PLAYBOOK,
    STATEMENTS,
    STRUCTURAL,
    TINY,
    TINY_STATEMENTS,
    answers_for,
    law,
    published,
    respondent,
    scored,
    stage_of,
    team,
    wave,
    without,
)
from hypothesis import strategies as st

from alignment_report.analysis.decision import read_stage
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.scoring import RespondentScore, bounds, key, score_range, score_respondents, stage_at
from alignment_report.model.assessment import Answer, Respondent, Role
from alignment_report.model.playbook import Instrument, Statement

CUTS = {"undefined": 20, "defined": 40, "aligned": 60, "integrated": 80}


@pytest.mark.parametrize(
    ("score", "stage"),
    [
        ("20", "undefined"),
        ("39", "undefined"),
        ("39.6", "undefined"),
        ("39.999", "undefined"),
        ("40", "defined"),
        ("59", "defined"),
        ("59.6", "defined"),
        ("60", "aligned"),
        ("79", "aligned"),
        ("80", "integrated"),
        ("100", "integrated"),
    ],
)
def test_a_score_belongs_to_the_stage_whose_floor_it_has_reached(score: str, stage: str) -> None:
    assert stage_at(Fraction(score), PLAYBOOK.stages, INSTRUMENT.scale).id == stage


@pytest.mark.parametrize("score", [Fraction("19.9"), Fraction("100.1"), float("nan"), float("inf")])
def test_a_score_off_the_scale_has_no_stage(score: Fraction) -> None:
    with pytest.raises(ValueError, match="between 20 and 100"):
        stage_at(score, PLAYBOOK.stages, INSTRUMENT.scale)


def test_the_order_in_which_stages_are_written_does_not_matter() -> None:
    assert stage_at(Fraction(61), tuple(reversed(PLAYBOOK.stages)), INSTRUMENT.scale).id == "aligned"


@pytest.mark.parametrize(
    ("answer", "score", "stage", "neutral"), [(2, 40, "defined", 0), (3, 60, "aligned", Fraction(9, 10)), (4, 80, "integrated", 0)]
)
def test_twenty_equal_answers_stand_on_a_floor(answer: int, score: int, stage: str, neutral: Fraction) -> None:
    assessment = wave(team("sales", [20 * answer] * 5), team("marketing", [20 * answer] * 5))
    reading = stage_of(assessment)
    assert reading is not None
    assert (reading.score, reading.stage.id, reading.over_floor) == (score, stage, 0)
    assert published(assessment).neutral == neutral
    assert (neutral >= INSTRUMENT.neutral.share) is (answer == 3)


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_an_answer_off_the_scale_is_refused(answer: int) -> None:
    with pytest.raises(ValueError, match="off the scale"):
        score_respondents(wave([respondent("sales", answers_for(60) | {STATEMENTS[0]: answer})]), INSTRUMENT)


def test_a_reversed_statement_is_turned_once() -> None:
    statement = next(s for s in TINY.instrument.statements if s.reverse)
    assert [key(answer, statement, TINY.instrument.scale) for answer in (1, 2, 3, 4)] == [4, 3, 2, 1]


def test_the_range_of_the_score_follows_from_the_scale() -> None:
    assert score_range(INSTRUMENT.scale) == (20, 100)
    assert score_range(TINY.instrument.scale) == (25, 100)


def test_a_total_is_the_weighted_mean_times_the_points() -> None:
    answers: dict[str, Answer] = {"weekly-talk": 4, "surprises": 1, "same-plan": 2, "same-chief": 3}
    (person,) = score_respondents(wave([respondent("sales", answers)]), TINY.instrument)
    assert person.answers["surprises"] == 4
    assert person.total == Fraction(4 + 4 + 2 * 2 + 3, 5) * 25
    assert person.dimensions == {"talk": 100, "work": Fraction(2 * 2 + 3, 3) * 25}


PLAIN = tuple(id for id in STATEMENTS if id not in STRUCTURAL)


@pytest.mark.parametrize(
    ("skipped", "unknown", "is_valid"),
    [
        ((), (), True),
        (PLAIN[:1], (), True),
        (PLAIN[:2], (), True),
        (PLAIN[:3], (), False),
        (PLAIN[:16], STRUCTURAL[:4], False),
        ((), STRUCTURAL[:2], True),
        ((), STRUCTURAL[:3], True),
        ((), STRUCTURAL[:4], True),
        (STRUCTURAL[:2], (), True),
        (STRUCTURAL[:3], (), False),
        (STRUCTURAL[:1], STRUCTURAL[1:3], False),
        (PLAIN[:1], STRUCTURAL[:1], True),
        (PLAIN[:1], STRUCTURAL[:2], False),
        (PLAIN[:2], STRUCTURAL[:1], False),
    ],
)
def test_a_total_needs_eighteen_answers_or_sixteen_with_only_structural_ones_unknown(
    skipped: tuple[str, ...], unknown: tuple[str, ...], is_valid: bool
) -> None:
    person = without(respondent("sales", answers_for(70) | dict.fromkeys(unknown, "dont-know")), skipped)
    (score,) = score_respondents(wave([person]), INSTRUMENT)
    left = [answer for id, answer in answers_for(70).items() if id not in skipped + unknown]
    assert score.total == (Fraction(sum(left), len(left)) * 20 if is_valid else None)  # type: ignore[arg-type]
    assert score.dont_know == len(unknown)


def test_one_answer_carries_a_total_where_the_rule_asks_for_no_more() -> None:
    rule = replace(TINY.instrument.missing, total=1, total_when_structural=1)
    (score,) = score_respondents(wave([respondent("sales", {"weekly-talk": 3})]), replace(TINY.instrument, missing=rule))
    assert score.total == 75


def test_a_score_keeps_the_function_and_the_level_of_its_person() -> None:
    (score,) = score_respondents(wave([respondent("marketing", answers_for(60), "head")]), INSTRUMENT)
    assert (score.function, score.level) == ("marketing", "head")


@pytest.mark.parametrize("dimension", INSTRUMENT.dimensions, ids=lambda d: d.id)
def test_a_dimension_needs_half_of_its_statements(dimension: object) -> None:
    ids = [s.id for s in INSTRUMENT.statements if s.dimension == dimension.id]  # type: ignore[attr-defined]
    for answered in range(len(ids) + 1):
        person = without(respondent("sales", answers_for(60)), ids[answered:])
        (score,) = score_respondents(wave([person]), INSTRUMENT)
        expected = 60 if answered and 2 * answered >= len(ids) else None
        assert score.dimensions[dimension.id] == expected  # type: ignore[attr-defined]


def test_nobody_who_answered_nothing_has_a_score() -> None:
    (score,) = score_respondents(wave([respondent("sales", {})]), INSTRUMENT)
    assert score.total is None
    assert set(score.dimensions.values()) == {None}


@pytest.mark.parametrize("n", range(1, 14))
def test_the_stage_agrees_with_whole_numbers_at_every_edge(n: int) -> None:
    """Sums of whole totals near each floor, held against the floor times the number of people, without any division."""
    for cut, near in product(CUTS.values(), range(-2, 3)):
        total = cut * n + near
        if not 20 * n <= total <= 100 * n:
            continue
        reading = stage_of(wave(*(team(function, _spread(total, n)) for function in ("sales", "marketing")), rules=NAMED))
        expected = [stage for stage, floor in CUTS.items() if total >= floor * n][-1]
        assert reading is not None
        assert (reading.stage.id, reading.score * n) == (expected, total)


@pytest.mark.parametrize(
    ("n", "total", "printed", "stage"), [(11, 875, 80, "aligned"), (12, 475, 40, "undefined"), (13, 775, 60, "defined")]
)
def test_a_score_that_rounds_up_to_a_floor_stays_below_it(n: int, total: int, printed: int, stage: str) -> None:
    reading = stage_of(wave(*(team(function, _spread(total, n)) for function in ("sales", "marketing"))))
    assert reading is not None
    assert (round(reading.score), reading.stage.id) == (printed, stage)


def test_the_stage_of_unequal_functions_agrees_with_whole_numbers_at_every_edge() -> None:
    for sales, marketing, cut in product(range(1, 14), range(1, 14), (40, 60, 80)):
        first = (cut - 7) * sales + 1
        middle = 2 * cut * sales * marketing - first * marketing
        for second in range(middle // sales - 1, middle // sales + 3):
            score = (Fraction(first, sales) + Fraction(second, marketing)) / 2
            is_above = first * marketing + second * sales >= 2 * cut * sales * marketing
            assert (CUTS[stage_at(score, PLAYBOOK.stages, INSTRUMENT.scale).id] >= cut) is is_above


def _spread(total: int, n: int) -> list[int]:
    base, higher = divmod(total, n)
    return [base + (place < higher) for place in range(n)]


def test_functions_weigh_equally_whatever_their_size() -> None:
    reading = stage_of(wave(team("sales", [80] * 30), team("marketing", [40] * 5)))
    assert reading is not None
    assert reading.score == 60


def test_leadership_never_enters_the_score() -> None:
    functions = (team("sales", [50, 52, 54, 56, 58]), team("marketing", [60, 62, 64, 66, 68]))
    alone, beside = published(wave(*functions)).score, published(wave(*functions, team("leadership", [90] * 6))).score
    assert (alone.combined, alone.sales, alone.marketing, alone.gap) == (beside.combined, beside.sales, beside.marketing, beside.gap)
    assert beside.leadership.value == 90


ANSWERS = st.tuples(*[st.integers(1, 4)] * 4)
PEOPLE = st.lists(ANSWERS, min_size=1, max_size=7)
GAPPY = st.lists(st.tuples(*[st.sampled_from([1, 2, 3, 4, None, "dont-know"])] * 4), min_size=1, max_size=6)


def _people(function: Role, rows: list[tuple[Answer | None, ...]]) -> list[Respondent]:
    return [
        respondent(function, {id: answer for id, answer in zip(TINY_STATEMENTS, row, strict=True) if answer is not None}) for row in rows
    ]


def _scores(rows: list[tuple[Answer | None, ...]], instrument: Instrument = TINY.instrument) -> tuple[RespondentScore, ...]:
    return score_respondents(wave(_people("sales", rows)), instrument)


def _figures(sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]) -> list[Fraction | None]:
    """Score, dimensions and statements of the tiny instrument in turn, with the place of the stage at the end."""
    found = published(wave(_people("sales", sales), _people("marketing", marketing), rules=NAMED), TINY.instrument)
    splits = [found.score, *(d.split for d in found.dimensions), *(s.split for s in found.statements)]
    reading = read_stage(found, TINY.stages, TINY.instrument)
    place = None if reading is None else Fraction(TINY.stages.index(reading.stage))
    return [split.combined.value for split in splits] + [place]


def _raised(rows: list[tuple[Answer | None, ...]], person: int, place: int) -> list[tuple[Answer | None, ...]]:
    row = list(rows[person % len(rows)])
    answer = row[place]
    row[place] = answer + 1 if isinstance(answer, int) and answer < 4 else answer
    return [tuple(row) if at == person % len(rows) else other for at, other in enumerate(rows)]


@law(GAPPY, GAPPY, st.integers(0, 5), st.integers(0, 3))
def test_a_higher_answer_never_lowers_a_figure_and_a_higher_reversed_one_never_raises_it(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]], person: int, place: int
) -> None:
    before, after = _figures(sales, marketing), _figures(_raised(sales, person, place), marketing)
    reverse = TINY.instrument.statements[place].reverse
    for old, new in zip(before, after, strict=True):
        assert (old is None) is (new is None)
        assert old is None or new is None or (new <= old if reverse else new >= old)


@law(GAPPY, st.fractions(min_value=Fraction(1, 50), max_value=50))
def test_only_the_proportion_of_weights_counts(rows: list[tuple[Answer | None, ...]], factor: Fraction) -> None:
    heavier = tuple(replace(statement, weight=statement.weight * factor) for statement in TINY.instrument.statements)
    assert _scores(rows) == _scores(rows, replace(TINY.instrument, statements=heavier))


@law(PEOPLE, st.fractions(min_value=Fraction(1, 50), max_value=Fraction(99, 50)))
def test_a_weight_may_be_split_over_a_copy_of_a_statement(rows: list[tuple[int, ...]], part: Fraction) -> None:
    kept = TINY.instrument.statements
    copies = [replace(kept[2], weight=kept[2].weight - part), replace(kept[2], id="copy", number=5, weight=part)]
    people = [replace(p, answers=p.answers | {"copy": p.answers[kept[2].id]}) for p in _people("sales", list(rows))]
    doubled = replace(TINY.instrument, statements=(*kept[:2], *copies, kept[3]))
    first, second = score_respondents(wave(people), TINY.instrument), score_respondents(wave(people), doubled)
    assert sorted((s.total, *s.dimensions.values()) for s in first) == sorted((s.total, *s.dimensions.values()) for s in second)


@law(GAPPY)
def test_a_scale_from_nought_moves_every_score_by_one_step_and_no_stage(rows: list[tuple[Answer | None, ...]]) -> None:
    points = TINY.instrument.scale.points
    scale = replace(TINY.instrument.scale, labels={answer - 1: label for answer, label in TINY.instrument.scale.labels.items()})
    stages = tuple(replace(stage, floor=stage.floor - points) for stage in TINY.stages)
    moved = replace(TINY.instrument, scale=scale)
    lower = [tuple(answer - 1 if isinstance(answer, int) else answer for answer in row) for row in rows]
    for old, new in zip(_scores(rows), _scores(lower, moved), strict=True):
        assert (old.total is None) is (new.total is None)
        if old.total is not None and new.total is not None:
            assert new.total == old.total - points
            place, other = stage_at(old.total, TINY.stages, TINY.instrument.scale), stage_at(new.total, stages, scale)
            assert place.id == other.id


@law(GAPPY)
def test_every_score_lies_between_the_least_and_the_most_of_its_parts(rows: list[tuple[Answer | None, ...]]) -> None:
    lowest, highest = score_range(TINY.instrument.scale)
    for person in _scores(rows):
        for score in (person.total, *person.dimensions.values()):
            parts = [answer * TINY.instrument.scale.points for answer in person.answers.values()]
            assert score is None or (lowest <= min(parts) <= score <= max(parts) <= highest)


def _has_dissenters(totals: list[Fraction]) -> bool:
    """Whether two people or more lie away from each end of the scale."""
    return all(sorted(abs(total - end) for total in totals)[-2] > len(totals) for end in (20, 100))


@law(st.lists(st.fractions(min_value=20, max_value=100), min_size=5, max_size=12).filter(_has_dissenters))
def test_one_more_person_at_the_exact_mean_leaves_the_mean(totals: list[Fraction]) -> None:
    mean = sum(totals, Fraction(0)) / len(totals)
    other = scored("marketing", [50] * 5)
    before = disclose([*scored("sales", totals), *other], wave(), INSTRUMENT)
    after = disclose([*scored("sales", [*totals, mean]), *other], wave(), INSTRUMENT)
    assert before.score.sales.value == after.score.sales.value == mean
    assert before.score.combined.value == after.score.combined.value


@pytest.mark.parametrize("instrument", [INSTRUMENT, TINY.instrument], ids=lambda i: i.id)
@pytest.mark.parametrize("end", [0, 1])
def test_answers_at_one_end_give_the_end_of_the_scale(instrument: Instrument, end: int) -> None:
    ends = bounds(instrument.scale)
    answers: dict[str, Answer] = {s.id: _turned(s, ends, end) for s in instrument.statements}
    (person,) = score_respondents(wave([respondent("sales", answers)]), instrument)
    assert {person.total, *person.dimensions.values()} == {score_range(instrument.scale)[end]}


def _turned(statement: Statement, ends: tuple[int, int], end: int) -> int:
    return ends[1 - end] if statement.reverse else ends[end]
