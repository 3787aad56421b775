"""What may be shown: groups large enough, never a figure from which a hidden one follows, never an answer by unanimity."""

import math
import random
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from cases import (
    ACME,
    ANONYMOUS,
    INSTRUMENT,
    NAMED,
    PLAYBOOK,
    STATEMENTS,
    STRUCTURAL,
    TINY,
    TINY_STATEMENTS,
    answers_for,
    law,
    mixed_team,
    published,
    respondent,
    split_of,
    stage_of,
    team,
    wave,
    without,
)
from hypothesis import strategies as st
from scipy.optimize import linprog

from alignment_report.analysis.published import WITHHELD, Count, Published, Split
from alignment_report.analysis.quality import judge_quality
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import RespondentScore, score_range, score_respondents
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Invited, Respondent, Role

SALES, MARKETING = mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)
LANGUAGE = [s.id for s in INSTRUMENT.statements if s.dimension == "language-and-information"]


def _splits(found: Published) -> list[Split]:
    return [found.score, *(d.split for d in found.dimensions), *(s.split for s in found.statements)]


def test_eight_and_four_people_show_the_combined_figure_alone() -> None:
    assessment = wave(SALES, MARKETING[:4])
    found = published(assessment)
    for split in _splits(found):
        assert split == Split(combined=split.combined)
        assert split.combined.n == Count(10, 19)
    assert {(p.answered, p.valid) for p in found.participation[:2]} == {(None, None)}
    assert {s.distribution for s in found.statements} == {None}
    reading = stage_of(assessment)
    assert reading is not None
    assert (reading.sales, reading.marketing) == (None, None)


@pytest.mark.parametrize(("small", "n"), [(1, (5, 9)), (2, (10, 19)), (4, (10, 19))])
def test_a_combined_figure_alone_gives_its_people_as_a_band(small: int, n: tuple[int, int]) -> None:
    assert published(wave(SALES, MARKETING[:small])).score.combined.n == Count(*n)


@pytest.mark.parametrize(
    ("people", "low", "high"), [(4 + 4, 5, 9), (4 + 15, 10, 19), (4 + 16, 20, 49), (4 + 46, 50, 99), (4 + 96, 100, 10_000)]
)
def test_the_bands_of_people_leave_no_gap(people: int, low: int, high: int) -> None:
    found = published(wave(mixed_team("sales", people - 4), mixed_team("marketing", 4)))
    assert found.score.combined.n == Count(low, high)


@pytest.mark.parametrize(("sales", "marketing"), [(2, 2), (4, 0), (0, 12), (12, 0), (0, 0), (3, 1)])
def test_with_too_few_people_or_one_function_missing_there_is_no_score(sales: int, marketing: int) -> None:
    assessment = wave(SALES[:sales] or mixed_team("sales", sales), mixed_team("marketing", marketing))
    found = published(assessment)
    assert set(map(repr, _splits(found))) == {repr(Split())}
    assert (found.neutral, found.missing, found.unknown, found.quality) == (None, None, None, None)
    assert stage_of(assessment) is None


def test_from_five_in_each_function_both_are_shown_with_their_gap() -> None:
    score = published(wave(team("sales", [60, 64, 58, 66, 62]), team("marketing", [48, 52, 50, 46, 54]))).score
    assert (score.sales.value, score.marketing.value, score.gap.value, score.combined.value) == (62, 50, -12, 56)
    assert (score.sales.n, score.marketing.n, score.combined.n) == (Count(5, 5), Count(5, 5), Count(10, 10))


def test_two_functions_may_stand_at_different_stages() -> None:
    reading = stage_of(wave(team("sales", [60, 64, 58, 66, 62]), team("marketing", [48, 52, 50, 46, 54])))
    assert reading is not None
    assert reading.sales is not None
    assert reading.marketing is not None
    assert (reading.stage.id, reading.sales.id, reading.marketing.id) == ("defined", "aligned", "defined")


def test_a_raised_threshold_withholds_what_the_usual_one_shows() -> None:
    people = (mixed_team("sales", 7), mixed_team("marketing", 7))
    assert published(wave(*people)).score.sales.value is not None
    found = published(wave(*people, rules=Confidentiality(figures=8)))
    assert found.score == Split(combined=found.score.combined)


@pytest.mark.parametrize(("sales", "marketing", "shown"), [(9, 10, False), (10, 9, False), (10, 10, True)])
def test_intervals_of_both_and_of_the_gap_need_ten_in_both(sales: int, marketing: int, shown: bool) -> None:
    score = published(wave(team("sales", range(40, 40 + sales)), team("marketing", range(60, 60 + marketing)))).score
    assert (score.combined.interval is not None, score.gap.interval is not None) == (shown, shown)
    assert (score.sales.interval is not None, score.marketing.interval is not None) == (sales >= 10, marketing >= 10)


@pytest.mark.parametrize(("sales", "marketing", "shown"), [(6, 4, True), (5, 4, False), (8, 2, True), (9, 1, False)])
def test_the_interval_of_a_combined_figure_alone_needs_ten_people_and_two_in_each(sales: int, marketing: int, shown: bool) -> None:
    score = published(wave(team("sales", range(40, 40 + sales)), team("marketing", range(60, 60 + marketing)))).score
    assert score == Split(combined=score.combined)
    assert (score.combined.interval is not None) is shown


def test_no_interval_of_zero_width_is_shown() -> None:
    score = published(wave(team("sales", [60] * 12), team("marketing", [60] * 12))).score
    assert {f.interval for f in (score.combined, score.sales, score.marketing, score.gap)} == {None}


def test_leadership_is_shown_beside_from_five_on() -> None:
    for size in (4, 5):
        found = published(wave(SALES, MARKETING, mixed_team("leadership", size)))
        assert (found.score.leadership.n is not None) is (size == 5)
        assert (found.participation[2].answered is not None) is (size == 5)


def test_leadership_of_one_mind_is_withheld_on_a_statement() -> None:
    found = published(wave(SALES, MARKETING, team("leadership", [60] * 5)))
    assert split_of(found, STATEMENTS[0]).leadership == WITHHELD


def test_each_statement_counts_its_own_answers() -> None:
    skipped = LANGUAGE[0]
    sales = mixed_team("sales", 12)
    short = [*(without(person, [skipped]) for person in sales[:6]), *sales[6:]]
    split = split_of(published(wave(short, MARKETING)), skipped)
    assert (split.combined.n, split.sales.n) == (Count(14, 14), Count(6, 6))
    assert published(wave(short, MARKETING)).score.sales.n == Count(12, 12)


def test_a_statement_answered_by_too_few_in_both_is_withheld_for_itself() -> None:
    people = [[*(without(p, [LANGUAGE[0]]) for p in group[:6]), *group[6:]] for group in (SALES, MARKETING)]
    found = published(wave(*people))
    assert split_of(found, LANGUAGE[0]) == Split()
    assert found.score.combined.value is not None


@pytest.mark.parametrize("alike", [8, 7])
def test_a_function_of_one_mind_but_for_one_person_is_withheld(alike: int) -> None:
    statement = LANGUAGE[0]
    agreed = [replace(person, answers=person.answers | {statement: 5 if place < alike else 2}) for place, person in enumerate(SALES)]
    split = split_of(published(wave(agreed, MARKETING)), statement)
    assert split == Split(combined=split.combined)


@pytest.mark.parametrize(("fours", "shown"), [(0, False), (1, False), (2, True)])
def test_a_dimension_that_all_but_one_agree_with_nearly_without_exception_is_not_shown_apart(fours: int, shown: bool) -> None:
    """Seven others gave 21 answers to a dimension: with one 4 among them they are within a twentieth of a step of the end."""
    answers = [dict.fromkeys(LANGUAGE, 5) | dict.fromkeys(LANGUAGE[place : place + 1], 4 if place < fours else 5) for place in range(7)]
    people = [*answers, dict.fromkeys(LANGUAGE, 2)]
    agreed = [replace(person, answers=person.answers | given) for person, given in zip(SALES, people, strict=True)]
    (figures,) = (d for d in published(wave(agreed, MARKETING)).dimensions if d.dimension.id == "language-and-information")
    assert (figures.split.sales != WITHHELD) is shown


def test_two_dissenters_are_enough_to_show_a_function() -> None:
    statement = LANGUAGE[0]
    agreed = [replace(person, answers=person.answers | {statement: 5 if place < 6 else 2}) for place, person in enumerate(SALES)]
    assert split_of(published(wave(agreed, MARKETING)), statement).sales.value == Fraction(34, 8)


def test_everybody_of_one_mind_is_withheld_altogether_below_ten() -> None:
    agreed = [[replace(p, answers=p.answers | {LANGUAGE[0]: 5}) for p in group] for group in (SALES[:4], MARKETING[:4])]
    assert split_of(published(wave(*agreed)), LANGUAGE[0]) == Split()


def test_a_unanimous_group_of_ten_is_shown() -> None:
    found = published(wave(team("sales", [60] * 10), team("marketing", [80] * 10)))
    assert split_of(found, LANGUAGE[0]).gap.value == 1


def test_shares_of_answers_do_not_tell_each_answer_of_a_small_function() -> None:
    """Of the answers 1 1 1 2 2 and 4 4 5 5 5 the shares and both means leave one way to deal them out."""
    low = [respondent("sales", dict.fromkeys(STATEMENTS, 1 if place < 3 else 2)) for place in range(5)]
    high = [respondent("marketing", dict.fromkeys(STATEMENTS, 5 if place < 3 else 4)) for place in range(5)]
    found = published(wave(low, high)).statements
    assert {figures.split.sales.value for figures in found} == {Fraction(7, 5)}
    assert {figures.distribution for figures in found} == {None}


def test_two_statements_that_everybody_agrees_with_do_not_follow_from_their_sum() -> None:
    """Both are withheld; their dimension less its other statements would leave twice the highest answer."""
    alike = {LANGUAGE[0]: 5, LANGUAGE[1]: 5}
    agreed = [replace(person, answers=person.answers | alike) for person in SALES]
    found = published(wave(agreed, MARKETING))
    apart = [id for id in LANGUAGE if split_of(found, id).gap != WITHHELD]
    dimension = next(d.split for d in found.dimensions if d.dimension.id == "language-and-information")
    assert not set(alike) & set(apart)
    assert dimension.gap == WITHHELD or len(apart) + len(alike) < len(LANGUAGE)


def test_a_lone_withheld_statement_takes_a_companion_with_it() -> None:
    statement = LANGUAGE[0]
    agreed = [replace(person, answers=person.answers | {statement: 5}) for person in SALES]
    before, after = published(wave(SALES, MARKETING)), published(wave(agreed, MARKETING))
    assert [id for id in LANGUAGE if split_of(before, id).gap == WITHHELD] == []
    hidden = [id for id in LANGUAGE if split_of(after, id).gap == WITHHELD]
    assert len(hidden) == 2
    assert statement in hidden
    companion = split_of(after, next(id for id in hidden if id != statement))
    assert companion == Split(combined=companion.combined)
    assert {split_of(after, id).gap == WITHHELD for id in STATEMENTS if id not in LANGUAGE} == {False}


def _agreed(statement: str) -> list[Respondent]:
    return [replace(person, answers=person.answers | {statement: 5}) for person in SALES]


def test_the_companion_is_the_statement_of_fewest_people() -> None:
    for thinner in LANGUAGE[1:]:
        thinned = [without(person, [thinner]) if place == 0 else person for place, person in enumerate(_agreed(LANGUAGE[0]))]
        found = published(wave(thinned, MARKETING))
        assert {id for id in LANGUAGE if split_of(found, id).gap == WITHHELD} == {LANGUAGE[0], thinner}


def test_among_statements_of_as_many_people_the_companion_is_that_of_the_smallest_gap() -> None:
    for smallest in LANGUAGE[1:]:
        level = {id: 2 if id == smallest else 1 for id in LANGUAGE[1:]}
        sales = [
            replace(p, answers=p.answers | {id: low + place % 2 for id, low in level.items()})
            for place, p in enumerate(_agreed(LANGUAGE[0]))
        ]
        marketing = [replace(p, answers=p.answers | dict.fromkeys(level, 3 + place % 2)) for place, p in enumerate(MARKETING)]
        found = published(wave(sales, marketing))
        assert {id for id in LANGUAGE if split_of(found, id).gap == WITHHELD} == {LANGUAGE[0], smallest}


def test_no_split_of_a_statement_is_shown_where_that_of_the_score_is_not() -> None:
    """Two of six marketers have no valid total: the other four would follow from Sales' statements and the combined score."""
    short = [without(person, LANGUAGE[:3]) for person in MARKETING[:2]]
    found = published(wave(SALES, [*short, *MARKETING[2:6]]))
    assert found.score == Split(combined=found.score.combined)
    assert {split.gap for split in _splits(found)} == {WITHHELD}


def test_no_share_of_answers_is_shown_where_the_functions_are_not() -> None:
    """Shares weigh people, the combined mean weighs functions; the two together would give both functions away."""
    sales = mixed_team("sales", 12)
    found = published(wave([without(sales[0], [LANGUAGE[0]]), *sales[1:]], mixed_team("marketing", 12, 3))).statements
    assert {figures.split.gap == WITHHELD for figures in found} == {True, False}
    for figures in found:
        assert (figures.distribution is None) is (figures.split.gap == WITHHELD)


def test_shares_of_answers_need_ten_answers_in_each_function_and_sum_to_one() -> None:
    for size, is_shown in ((10, True), (9, False)):
        found = published(wave(mixed_team("sales", 10), mixed_team("marketing", size, 2)))
        shares = [s.distribution for s in found.statements]
        assert all((share is not None) is is_shown for share in shares)
        assert all(sum(share.values()) == 1 and list(share) == [1, 2, 3, 4, 5] for share in shares if share is not None)


def test_with_no_total_at_all_dimensions_are_still_shown_apart() -> None:
    short = [[without(person, LANGUAGE[:3]) for person in group] for group in (SALES, MARKETING)]
    found = published(wave(*short))
    assert found.score == Split()
    assert {d.dimension.id for d in found.dimensions if d.split.gap == WITHHELD} == {"language-and-information"}
    assert [p.valid for p in found.participation[:2]] == [None, None]


def test_two_heads_who_agreed_to_be_named_are_shown_exactly() -> None:
    found = published(wave(team("sales", [62]), team("marketing", [50]), rules=NAMED))
    assert (found.mode, found.score.sales.value, found.score.marketing.value, found.score.combined.value) == ("named", 62, 50, 56)
    assert found.score.combined.n == Count(2, 2)
    assert {f.interval for f in (found.score.combined, found.score.sales, found.score.gap)} == {None}
    assert {s.distribution for s in found.statements} == {None}
    assert all(s.split.gap.value is not None for s in found.statements)
    assert found.quality is None


def test_named_heads_without_a_valid_total_keep_their_exact_number() -> None:
    short = [[without(group[0], LANGUAGE[:3])] for group in (SALES, MARKETING)]
    found = published(wave(*short, rules=NAMED))
    assert found.score == Split()
    assert {d.split.combined.n for d in found.dimensions if d.split != Split()} == {Count(2, 2)}


def test_shares_of_neutral_skipped_and_unknown_answers_are_of_both_functions() -> None:
    gappy = [without(SALES[0], LANGUAGE[:2]), replace(SALES[1], answers=SALES[1].answers | {STRUCTURAL[0]: "dont-know"}), *SALES[2:]]
    found = published(wave(gappy, MARKETING, team("leadership", [60] * 5)))
    answers = [a for person in (*gappy, *MARKETING) for a in person.answers.values()]
    assert found.missing == Fraction(2, 16 * 20)
    assert found.unknown == Fraction(1, 16 * 20)
    assert found.neutral == Fraction(answers.count(3), 16 * 20 - 3)


@pytest.mark.parametrize(("count", "expected"), [(0, None), (1, None), (4, None), (5, 5), (6, 6)])
def test_people_who_gave_one_answer_to_everything_are_counted_unless_they_are_few(count: int, expected: int | None) -> None:
    straight = [respondent("sales", answers_for(60 if number % 2 else 40)) for number in range(count)]
    found = published(wave([*straight, *mixed_team("sales", 10 - count)], mixed_team("marketing", 5))).quality
    assert found is not None
    assert found.careless == expected


@pytest.mark.parametrize(("size", "is_told"), [(4, False), (5, True)])
def test_the_quality_of_the_answers_is_told_from_ten_people_on(size: int, is_told: bool) -> None:
    assert (published(wave(mixed_team("sales", 5), mixed_team("marketing", size))).quality is not None) == is_told


@pytest.mark.parametrize(("marketing", "is_told"), [(9, False), (10, True)])
def test_effect_and_agreement_need_ten_people_in_each_function(marketing: int, is_told: bool) -> None:
    people = team("sales", [40 + 3 * place for place in range(12)]), team("marketing", [50 + 2 * place for place in range(marketing)])
    found = published(wave(*people)).quality
    assert found is not None
    assert (found.effect is not None) == is_told
    assert set(found.consensus) == ({"sales", "marketing"} if is_told else set())
    assert found.alpha is not None


def test_gaps_are_told_to_stand_only_where_all_of_them_are_looked_at_together() -> None:
    apart = [
        [respondent(f, dict.fromkeys(STATEMENTS, 2 + shift + number % 2)) for number in range(12)]
        for f, shift in (("sales", 0), ("marketing", 2))
    ]
    assert {f.clear for f in published(wave(*apart)).statements} == {True}
    alike = published(wave(mixed_team("sales", 12), mixed_team("marketing", 12)))
    assert {f.clear for f in alike.statements} <= {False, None}
    assert {f.clear for f in published(wave(mixed_team("sales", 9), mixed_team("marketing", 9, 3))).statements} == {None}


@pytest.mark.parametrize(("size", "is_shown"), [(6, False), (7, True)])
def test_shares_of_all_answers_are_shown_from_ten_people_on(size: int, is_shown: bool) -> None:
    found = published(wave(mixed_team("sales", 3), mixed_team("marketing", size)))
    assert [share is not None for share in (found.neutral, found.missing, found.unknown)] == [is_shown] * 3


@pytest.mark.parametrize(
    ("sales", "marketing", "is_whole"), [(8, 8, True), (9, 8, False), (8, None, False), (None, None, False), (0, 8, False)]
)
def test_the_whole_team_answered_from_nineteen_in_twenty_on(sales: int | None, marketing: int | None, is_whole: bool) -> None:
    assert published(wave(SALES, MARKETING, invited=Invited(sales, marketing))).whole_team is is_whole


def test_the_participation_gives_those_who_answered_and_those_with_a_total() -> None:
    short = [without(SALES[0], LANGUAGE[:3]), *SALES[1:]]
    sales, marketing, leadership = published(wave(short, MARKETING, invited=Invited(9, 8, 2))).participation
    assert (sales.answered, sales.valid, sales.invited) == (Count(8, 8), Count(7, 7), 9)
    assert (marketing.answered, marketing.valid, marketing.invited) == (Count(8, 8), Count(8, 8), 8)
    assert (leadership.answered, leadership.valid, leadership.invited) == (Count(0, 0), Count(0, 0), 2)


ROW = st.tuples(*[st.sampled_from([1, 2, 3, 4, 4, None, "dont-know"])] * 4)
FULL = st.tuples(*[st.integers(1, 4)] * 4)
TEAM = st.lists(ROW, min_size=0, max_size=12)


def _tiny(function: Role, rows: list[tuple[Answer | None, ...]]) -> list[Respondent]:
    return [
        respondent(function, {id: answer for id, answer in zip(TINY_STATEMENTS, row, strict=True) if answer is not None}) for row in rows
    ]


def _tiny_wave(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]], rules: Confidentiality = ANONYMOUS
) -> Assessment:
    return wave(_tiny("sales", sales), _tiny("marketing", marketing), rules=rules)


def _found(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]], rules: Confidentiality = ANONYMOUS
) -> Published:
    return published(_tiny_wave(sales, marketing, rules), TINY.instrument)


@law(TEAM, TEAM, TEAM, st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(
    sales: list[tuple[Answer | None, ...]],
    marketing: list[tuple[Answer | None, ...]],
    leadership: list[tuple[Answer | None, ...]],
    chance: random.Random,
) -> None:
    people = [*_tiny("sales", sales), *_tiny("marketing", marketing), *_tiny("leadership", leadership)]
    first = compile_report(ACME, wave(people), TINY)
    shuffled = [replace(person, id=f"other-{place}") for place, person in enumerate(people)]
    chance.shuffle(shuffled)
    assert compile_report(ACME, wave(shuffled), TINY) == first


def test_the_order_of_respondents_changes_nothing_in_the_shipped_playbook() -> None:
    people = [*SALES, *MARKETING, *mixed_team("leadership", 5)]
    first = compile_report(ACME, wave(people), PLAYBOOK)
    for seed in range(5):
        random.Random(seed).shuffle(people)
        assert compile_report(ACME, wave(people), PLAYBOOK) == first


@law(TEAM, TEAM)
def test_the_functions_are_shown_together_or_not_at_all(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    found = _found(sales, marketing)
    for split in _splits(found):
        parts = {split.sales == WITHHELD, split.marketing == WITHHELD, split.gap == WITHHELD}
        assert len(parts) == 1
        assert split.gap == WITHHELD or split.combined != WITHHELD
        assert split.combined == WITHHELD or split.gap != WITHHELD or split.combined.n in {Count(5, 9), Count(10, 19), Count(20, 49)}


@pytest.mark.parametrize("turned", [False, True])
def test_an_extreme_score_of_both_passes_by_itself_although_it_bounds_everybody(turned: bool) -> None:
    """Five people near the top of the scale: withholding further would leave nothing, and one figure alone tells no more than its kind does."""
    sales, marketing = [(None, 1, 4, 4)], [(1, 1, 3, 1), (1, 1, 4, 1), (1, 1, 4, 2), (4, 1, 4, 4)]
    found = _found(marketing, sales) if turned else _found(sales, marketing)
    assert found.score.combined.value == Fraction(705, 8)
    assert {split.combined == WITHHELD for split in _splits(found)} == {False, True}


@law(TEAM, TEAM)
def test_no_figure_rests_on_fewer_than_five_people_and_no_interval_on_fewer_than_ten(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    for split in _splits(_found(sales, marketing)):
        for figure in (split.combined, split.sales, split.marketing, split.gap):
            assert figure.n is None or figure.n.at_least >= 5
            assert figure.interval is None or (figure.n is not None and figure.n.at_least >= 10)


@law(TEAM, TEAM)
def test_the_gap_turns_its_sign_when_the_functions_change_places(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    lowest, highest = score_range(TINY.instrument.scale)
    for one, other in zip(_splits(_found(sales, marketing)), _splits(_found(marketing, sales)), strict=True):
        assert one.combined == other.combined
        assert (one.sales, one.marketing) == (other.marketing, other.sales)
        assert one.gap.value == (None if other.gap.value is None else -other.gap.value)
        assert one.gap.value is None or abs(one.gap.value) <= highest - lowest


@law(TEAM)
def test_equal_answers_in_both_functions_leave_no_gap(rows: list[tuple[Answer | None, ...]]) -> None:
    for split in _splits(_found(rows, rows, NAMED)):
        assert split.gap.value in (None, 0)
        assert split.combined.value == split.sales.value


@law(TEAM, TEAM)
def test_everybody_twice_leaves_every_mean_and_hides_nothing_more(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    sales, marketing = ([row for row in rows if _is_valid(row)] for rows in (sales, marketing))
    once, twice = _found(sales, marketing), _found(sales * 2, marketing * 2)
    for one, two in zip(_splits(once), _splits(twice), strict=True):
        for name in ("combined", "sales", "marketing", "gap"):
            single, double = getattr(one, name).value, getattr(two, name).value
            assert single is None or double is None or single == double
    valid = [sum(_is_valid(row) for row in rows) for rows in (sales, marketing)]
    assert (twice.score.gap.value is None) is (min(valid) * 2 < 5)


@law(st.lists(FULL, min_size=5, max_size=9), st.lists(FULL, min_size=5, max_size=9))
def test_with_one_person_less_than_the_threshold_the_number_is_gone(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    assert _found(sales, marketing).score.gap.value is not None
    assert _found(sales[:4], marketing).score.gap == WITHHELD
    assert _found(sales[:4], []).score == Split()
    assert _found(sales[:2], marketing[:2]).score == Split()


@law(TEAM, TEAM)
def test_every_figure_lies_between_those_it_is_made_of(
    sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]
) -> None:
    lowest, highest = score_range(TINY.instrument.scale)
    found = _found(sales, marketing)
    for split in _splits(found):
        if split.sales.value is not None and split.marketing.value is not None and split.combined.value is not None:
            assert min(split.sales.value, split.marketing.value) <= split.combined.value <= max(split.sales.value, split.marketing.value)
    for split in [found.score, *(d.split for d in found.dimensions)]:
        assert all(v is None or lowest <= v <= highest for v in (split.combined.value, split.sales.value, split.marketing.value))


@law(TEAM, TEAM)
def test_no_number_is_endless_or_undefined(sales: list[tuple[Answer | None, ...]], marketing: list[tuple[Answer | None, ...]]) -> None:
    assert all(map(math.isfinite, _numbers(compile_report(ACME, _tiny_wave(sales, marketing), TINY))))


def _numbers(value: object) -> list[float]:
    if isinstance(value, int | float | Fraction):
        return [float(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return [number for field in fields(value) for number in _numbers(getattr(value, field.name))]
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    return [number for part in value for number in _numbers(part)] if isinstance(value, tuple) else []


def _is_valid(row: tuple[Answer | None, ...]) -> bool:
    missing = [place for place, answer in enumerate(row) if not isinstance(answer, int)]
    return len(missing) <= 1 or (
        len(missing) == 2 and all(row[p] == "dont-know" and TINY.instrument.statements[p].structural for p in missing)
    )


@law(st.randoms(use_true_random=False), st.integers(5, 9), st.integers(4, 9))
def test_no_function_withheld_on_a_statement_follows_from_what_is_shown(chance: random.Random, sales: int, marketing: int) -> None:
    """Everybody answered everything, so every figure is a sum of statements' means; a hidden mean must not be a sum of shown figures."""
    people = [*_leaning("sales", sales, chance), *_leaning("marketing", marketing, chance)]
    found = published(wave(people))
    shown = [row for figures in found.statements for row in _rows(figures.split, [figures.statement.id])]
    shown += [
        row for d in found.dimensions for row in _rows(d.split, [s.id for s in INSTRUMENT.statements if s.dimension == d.dimension.id])
    ]
    shown += _rows(found.score, list(STATEMENTS))
    known = np.array(shown or [[0] * 40])
    rank = np.linalg.matrix_rank(known)
    for place, figures in enumerate(found.statements):
        if figures.split.gap == WITHHELD:
            assert all(np.linalg.matrix_rank([*known, _row([place + side])]) > rank for side in (0, 20))


def _leaning(function: Role, size: int, chance: random.Random) -> list[Respondent]:
    """People of whom most agree on most statements."""
    usual = {id: chance.randint(2, 4) for id in STATEMENTS}
    return [respondent(function, {id: answer + chance.choice((0, 0, 0, 1, -1)) for id, answer in usual.items()}) for _ in range(size)]


def _rows(split: Split, ids: list[str]) -> list[list[int]]:
    """Each shown figure as the statements' means it sums: Sales' in the first twenty places, Marketing's in the others."""
    places = [STATEMENTS.index(id) for id in ids]
    sides = ((split.sales, [0]), (split.marketing, [20]), (split.combined, [0, 20]))
    return [_row([place + side for place in places for side in offsets]) for figure, offsets in sides if figure != WITHHELD]


def _row(places: list[int]) -> list[int]:
    return [int(place in places) for place in range(40)]


@pytest.mark.parametrize("total", [20, 100])
def test_a_small_function_whose_score_lies_at_an_end_is_not_shown_apart(total: int) -> None:
    split = published(wave(team("sales", [total] * 6), team("marketing", [52, 55, 58, 61, 64, 67]))).score
    assert (split.sales, split.marketing, split.gap) == (WITHHELD, WITHHELD, WITHHELD)
    assert split.combined.value is not None


def test_ten_people_whose_score_lies_at_an_end_are_shown() -> None:
    assert published(wave(team("sales", [100] * 10), mixed_team("marketing", 10))).score.sales.value == 100


def _random_wave(chance: random.Random) -> Assessment:
    """A small wave in which some left statements out, and some so many that they have no total."""
    sizes = chance.choice([(5, 5), (6, 5), (8, 5), (8, 6), (7, 9), (9, 9), (12, 8), (12, 12), (14, 11), (8, 4), (9, 3), (6, 2), (7, 1)])
    return wave(*(_gappy(function, size, chance) for function, size in zip(("sales", "marketing"), sizes, strict=True)))


def _gappy(function: Role, size: int, chance: random.Random) -> list[Respondent]:
    people = _leaning(function, size, chance)
    for place in chance.sample(range(size), chance.choice([0, 1, min(2, size)])):
        people[place] = without(people[place], chance.sample(STATEMENTS, chance.choice([1, 1, 2, 6, 12])))
    return people


@pytest.mark.parametrize("waves", [range(12), pytest.param(range(12, 512), marks=pytest.mark.slow)])
def test_nobody_who_left_statements_out_can_be_computed_from_what_is_shown(waves: range) -> None:
    """The attack knows who answered what and every printed figure. Of each few alike in what they left out, it bounds the answers to
    each statement, each dimension and all together: never below half of what is possible, unless one mean alone tells as much."""
    for seed in waves:
        assessment = _random_wave(random.Random(seed))
        counted, bounds = _attack(assessment)
        for few in _few_alike(counted):
            answered = counted[few[0]].answers
            scopes = [{s.id for s in INSTRUMENT.statements if s.dimension == d.id} & answered.keys() for d in INSTRUMENT.dimensions]
            for scope in (set(answered), *scopes, *({id} for id in answered)):
                if scope:
                    together, alone = bounds(few, scope)
                    assert together > min(1.999, 0.8 * alone), f"wave {seed}"


def _attack(assessment: Assessment) -> tuple[list[RespondentScore], Callable[[list[int], set[str]], tuple[float, float]]]:
    """Those who count, and how wide what can be told about the mean answer of some of them is: from all figures, and from statements alone."""
    found = published(assessment)
    scores = score_respondents(assessment, INSTRUMENT)
    valid = {role: sum(s.total is not None for s in scores if s.function == role) for role in ("sales", "marketing")}
    few = {role: 0 < sum(s.function == role for s in scores) - valid[role] < 5 <= valid[role] for role in valid}
    counted = [s for s in scores if s.total is not None or not few[s.function]]
    place = {at: number for number, at in enumerate((p, id) for p, s in enumerate(counted) for id in s.answers)}

    def mean_of(function: str, weights: Callable[[RespondentScore], dict[str, float]]) -> np.ndarray:
        people = [(p, weights(s)) for p, s in enumerate(counted) if s.function == function and weights(s)]
        row = np.zeros(len(place))
        for p, each in people:
            for id, weight in each.items():
                row[place[p, id]] += weight / len(people)
        return row

    rows, low, high = [], [], []

    def learn(split: Split, weights: Callable[[RespondentScore], dict[str, float]]) -> None:
        sales, marketing = mean_of("sales", weights), mean_of("marketing", weights)
        shown = (
            (split.combined, (sales + marketing) / 2),
            (split.sales, sales),
            (split.marketing, marketing),
            (split.gap, marketing - sales),
        )
        for figure, row in shown:
            if figure.value is not None:
                printed = math.floor(figure.value * 10 + Fraction(1, 2)) / 10
                rows.append(row)
                low.append(printed - 0.05)
                high.append(printed + 0.05)

    for f in found.statements:
        learn(f.split, lambda s, id=f.statement.id: {id: 1.0} if id in s.answers else {})  # type: ignore[misc]
    statements_only = len(rows)
    learn(found.score, lambda s: {id: 20 / len(s.answers) for id in s.answers} if s.total is not None else {})
    for d in found.dimensions:
        learn(d.split, lambda s, d=d: _weights_within(s, d.dimension.id))  # type: ignore[misc]

    def bounds(few: list[int], scope: set[str]) -> tuple[float, float]:
        target = np.zeros(len(place))
        at = [number for (p, id), number in place.items() if p in few and id in scope]
        target[at] = 1 / len(at)
        return width(target, len(rows)), width(target, statements_only)

    def width(target: np.ndarray, known: int) -> float:
        if not known:
            return 4
        limits = {
            "A_ub": np.vstack([rows[:known], -np.array(rows[:known])]),
            "b_ub": [*high[:known], *(-value for value in low[:known])],
            "bounds": (1, 5),
        }
        least, most = linprog(target, **limits), linprog(-target, **limits)
        assert least.success
        assert most.success
        return float(-most.fun - least.fun)

    return counted, bounds


def _weights_within(score: RespondentScore, dimension: str) -> dict[str, float]:
    ids = [s.id for s in INSTRUMENT.statements if s.dimension == dimension and s.id in score.answers]
    return {id: 20 / len(ids) for id in ids} if score.dimensions[dimension] is not None else {}


def _few_alike(scores: list[RespondentScore]) -> list[list[int]]:
    """Sets of fewer than five who answered the same statements, at most half of their function: more than half of five cannot hide better."""
    alike: dict[tuple[str, frozenset[str]], list[int]] = {}
    for number, score in enumerate(scores):
        alike.setdefault((score.function, frozenset(score.answers)), []).append(number)
    sizes = {role: sum(s.function == role for s in scores) for role in ("sales", "marketing")}
    return [few for (role, _), few in alike.items() if len(few) < 5 and 2 * len(few) <= sizes[role]]


def test_who_has_no_total_as_one_of_a_few_counts_in_no_figure() -> None:
    extra = without(SALES[0], STATEMENTS[1:])
    with_extra, alone = published(wave([*SALES, extra], MARKETING)), published(wave(SALES, MARKETING))
    assert _splits(with_extra) == _splits(alone)
    assert with_extra.participation[0].answered == Count(9, 9)


@pytest.mark.parametrize("size", [8, 10, 19])
def test_a_statement_that_one_person_left_out_is_not_shown_apart(size: int) -> None:
    sales = mixed_team("sales", size)
    found = published(wave([without(sales[0], [LANGUAGE[0]]), *sales[1:]], mixed_team("marketing", size, 3)))
    assert {id for id in STATEMENTS if split_of(found, id).gap == WITHHELD} == {LANGUAGE[0]}
    assert all(d.split.gap != WITHHELD for d in found.dimensions)


def test_a_statement_that_one_of_forty_left_out_is_shown() -> None:
    sales = mixed_team("sales", 40)
    found = published(wave([without(sales[0], [LANGUAGE[0]]), *sales[1:]], mixed_team("marketing", 40, 3)))
    assert split_of(found, LANGUAGE[0]).gap != WITHHELD


def test_a_statement_that_five_left_out_is_shown() -> None:
    sales = mixed_team("sales", 12)
    found = published(wave([*(without(p, [LANGUAGE[0]]) for p in sales[:6]), *sales[6:]], mixed_team("marketing", 12, 3)))
    assert split_of(found, LANGUAGE[0]).gap != WITHHELD


def test_a_statement_withheld_for_both_takes_another_with_it() -> None:
    agreed = [[replace(p, answers=p.answers | {LANGUAGE[0]: 5}) for p in group] for group in (SALES[:5], MARKETING[:3])]
    found = published(wave(*agreed))
    hidden = [id for id in STATEMENTS if split_of(found, id).combined == WITHHELD]
    assert len(hidden) == 2
    assert set(hidden) <= set(LANGUAGE)


def test_where_nearly_all_answers_are_neutral_their_share_is_told_as_nine_tenths_or_more() -> None:
    found = published(wave(team("sales", [60] * 6), team("marketing", [60] * 6)))
    assert (found.neutral, found.missing) == (Fraction(9, 10), 0)


def test_one_figure_for_both_functions_beside_others_apart_has_no_interval() -> None:
    """Ten people in all, one function of one mind on a dimension: an interval there would point to it."""
    alike = [replace(p, answers={**p.answers, **dict.fromkeys(LANGUAGE, 3)}) for p in mixed_team("sales", 6)]
    found = published(wave(alike, mixed_team("marketing", 6, turn=3)))
    together = [d.split for d in found.dimensions if d.split.gap == WITHHELD]
    assert len(together) >= 2
    assert {split.combined.interval for split in together} == {None}


def test_where_a_score_at_an_end_hides_both_functions_their_numbers_are_hidden_too() -> None:
    found = published(wave(team("sales", [100] * 5 + [80]), MARKETING[:6]))
    assert found.score == Split(combined=found.score.combined)
    assert [(p.answered, p.valid) for p in found.participation[:2]] == [(None, None)] * 2


def test_skipped_answers_are_those_of_the_people_who_count() -> None:
    """One of eleven without a valid total counts nowhere, so the eleven answers that person skipped are not told either."""
    short = without(mixed_team("sales", 1)[0], STATEMENTS[:11])
    assert published(wave([short, *mixed_team("sales", 10)], mixed_team("marketing", 10))).missing == 0


def test_there_is_no_agreement_where_nobody_answered_the_same_statement() -> None:
    lenient = replace(INSTRUMENT, missing=replace(INSTRUMENT.missing, total=1, total_when_structural=1))
    people = [respondent(role, {id: 3}) for role in ("sales", "marketing") for id in STATEMENTS[:10]]
    scores = score_respondents(wave(people), lenient)
    groups = {role: [score for score in scores if score.function == role] for role in ("sales", "marketing")}
    assert judge_quality(groups, lenient, ANONYMOUS, True).consensus == {}
