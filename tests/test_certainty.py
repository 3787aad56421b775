"""How sure a stage is, whether one person decides it, and what so many answers can carry."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from cases import INSTRUMENT, NAMED, PLAYBOOK, answers_for, law, mixed_team, published, respondent, scored, team, wave
from hypothesis import strategies as st
from scipy import stats

from alignment_report.analysis.certainty import hangs_on_one, stage_certainty, stage_chances
from alignment_report.analysis.claims import claim_grade, people_needed
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.published import Published
from alignment_report.analysis.scoring import stage_at
from alignment_report.model.assessment import Assessment, Confidentiality, Invited

STAGES, SCALE, WORDS = PLAYBOOK.stages, INSTRUMENT.scale, PLAYBOOK.likelihoods
FEW = [51, 67, 44, 72, 58, 49, 63, 70, 55, 61]


def shown(sales: Sequence[int], marketing: Sequence[int], assessment: Assessment | None = None) -> Published:
    return disclose([*scored("sales", sales), *scored("marketing", marketing)], assessment or wave(), INSTRUMENT, STAGES)


SAMPLE = st.lists(st.integers(20, 100), min_size=10, max_size=30)


@pytest.mark.filterwarnings("ignore:Precision loss")
@law(SAMPLE, SAMPLE)
def test_the_chances_are_those_of_students_t_cut_off_at_the_ends_of_the_scale(sales: list[int], marketing: list[int]) -> None:
    chances = stage_chances(shown(sales, marketing).score, STAGES, SCALE)
    if len(set(sales)) == len(set(marketing)) == 1:
        assert chances is None
        return
    parts = [(stats.tvar(values) / len(values), len(values) - 1) for values in (sales, marketing)]
    spread = sum(part for part, _ in parts)
    df = spread**2 / sum(part**2 / free for part, free in parts)
    around = stats.t(df, (stats.tmean(sales) + stats.tmean(marketing)) / 2, spread**0.5 / 2)
    whole = around.cdf(100) - around.cdf(20)
    theirs = {
        stage.id: (around.cdf(top) - around.cdf(float(stage.floor))) / whole for stage, top in zip(STAGES, (40, 60, 80, 100), strict=True)
    }
    assert chances == pytest.approx(theirs, abs=1e-9)
    assert sum(chances.values()) == pytest.approx(1)


def test_a_score_on_an_edge_is_as_likely_as_not() -> None:
    found = stage_certainty(shown(FEW, [120 - total for total in FEW]), STAGES, SCALE, WORDS)
    assert found is not None
    assert found.chance == pytest.approx(0.5, abs=1e-4)
    assert (found.likelihood.id, found.likelihood.open) == ("open", True)
    assert found.neighbour is STAGES[1]


def test_a_score_far_inside_its_band_borders_on_nothing() -> None:
    totals = [total - 10 for total in FEW]
    found = stage_certainty(shown(totals * 3, totals * 3), STAGES, SCALE, WORDS)
    assert found is not None
    assert (found.likelihood.id, found.neighbour) == ("almost-certain", None)
    assert found.chance > 0.99


@pytest.mark.parametrize(
    ("sales", "marketing", "invited", "told"),
    [(10, 10, None, True), (9, 10, None, False), (30, 4, None, False), (10, 10, 10, False), (10, 10, 11, True)],
)
def test_a_chance_needs_ten_in_each_function_and_somebody_who_has_not_answered(
    sales: int, marketing: int, invited: int | None, told: bool
) -> None:
    found = shown((FEW * 3)[:sales], (FEW * 3)[:marketing], wave(invited=Invited(invited, invited)))
    assert (stage_certainty(found, STAGES, SCALE, WORDS) is not None) is told


def test_nobody_is_called_surer_without_words_for_it() -> None:
    assert stage_certainty(shown(FEW, FEW), STAGES, SCALE, ()) is None


@law(SAMPLE, SAMPLE)
def test_a_stage_hangs_on_one_person_where_leaving_somebody_out_changes_it(sales: list[int], marketing: list[int]) -> None:
    def stage(first: Sequence[int], second: Sequence[int]) -> str:
        return stage_at((Fraction(sum(first), len(first)) + Fraction(sum(second), len(second))) / 2, STAGES, SCALE).id

    without = [stage(sales[:i] + sales[i + 1 :], marketing) for i in range(len(sales))]
    without += [stage(sales, marketing[:i] + marketing[i + 1 :]) for i in range(len(marketing))]
    expected = set(without) != {stage(sales, marketing)}
    assert hangs_on_one([Fraction(t) for t in sales], [Fraction(t) for t in marketing], STAGES, SCALE) is expected
    assert shown(sales, marketing).hangs_on_one is expected


@pytest.mark.parametrize(("sales", "marketing", "told"), [(10, 10, True), (9, 10, False), (10, 9, False), (30, 4, False), (8, 2, False)])
def test_whether_a_stage_hangs_on_one_person_is_told_from_ten_in_each_function_only(sales: int, marketing: int, told: bool) -> None:
    found = disclose([*scored("sales", (FEW * 3)[:sales]), *scored("marketing", (FEW * 3)[:marketing])], wave(), INSTRUMENT, STAGES)
    assert (found.hangs_on_one is not None) is told


def test_of_named_heads_it_is_not_said_that_the_stage_hangs_on_one() -> None:
    heads = [respondent(role, answers_for(total), "head") for role, total in (("sales", 60), ("marketing", 58))]
    assessment = wave(heads, rules=NAMED)
    assert published(assessment).hangs_on_one is None


def test_a_raised_threshold_also_raises_that_of_one_person() -> None:
    assert shown(FEW, FEW, wave(rules=Confidentiality(spread=11))).hangs_on_one is None


@pytest.mark.parametrize(
    ("sales", "marketing", "grade"),
    [
        (4, 5, "together"),
        (8, 4, "together-ten"),
        (5, 40, "five"),
        (9, 9, "five"),
        (10, 12, "ten"),
        (29, 30, "ten"),
        (30, 30, "thirty"),
        (3, 1, None),
    ],
)
def test_the_grade_follows_the_smaller_function(sales: int, marketing: int, grade: str | None) -> None:
    found = claim_grade(published(wave(mixed_team("sales", sales), mixed_team("marketing", marketing, turn=3))), PLAYBOOK.claims)
    assert (found.id if found else None) == grade


def test_two_named_heads_have_a_grade_of_their_own() -> None:
    found = claim_grade(published(wave(team("sales", [60]), team("marketing", [58]), rules=NAMED)), PLAYBOOK.claims)
    assert found is not None
    assert found.id == "two-heads"


def test_a_grade_never_allows_what_the_waves_own_threshold_forbids() -> None:
    people = (mixed_team("sales", 12), mixed_team("marketing", 12, turn=3))
    found = claim_grade(published(wave(*people, rules=Confidentiality(spread=15))), PLAYBOOK.claims)
    assert found is not None
    assert (found.id, found.intervals) == ("five", False)


def test_without_grades_nothing_is_graded() -> None:
    found = published(wave(mixed_team("sales", 12), mixed_team("marketing", 12, turn=3)))
    assert claim_grade(found, ()) is None


def test_a_grade_of_named_heads_needs_as_many_as_it_says_whatever_the_threshold() -> None:
    named = next(grade for grade in PLAYBOOK.claims if grade.basis == "named")
    apart = next(grade for grade in PLAYBOOK.claims if grade.id == "five")
    rules = Confidentiality(figures=7, spread=15)
    assert people_needed(named, rules) == named.at_least
    assert people_needed(apart, rules) == 7
    assert people_needed(replace(apart, intervals=True), rules) == 15
    assert people_needed(replace(apart, at_least=20), rules) == 20


def test_a_grade_from_one_person_on_is_not_reached_without_a_score() -> None:
    together = next(grade for grade in PLAYBOOK.claims if grade.basis == "together")
    nobody = replace(published(wave()), thresholds=Confidentiality(figures=1, spread=1))
    assert claim_grade(nobody, [replace(together, at_least=1)]) is None


@pytest.mark.parametrize(
    ("sales", "marketing", "hangs"),
    [
        ([58, 61, 61], [60, 60], True),
        ([60, 60, 60], [60, 60], False),
        ([60, 60, 63], [60, 60], False),
        ([60, 60], [58, 61, 61], True),
        ([50, 50, 80], [60, 60], True),
        ([40, 62], [69, 69], True),
        ([81, 79], [80, 80], True),
        ([61, 63], [60, 60], False),
    ],
)
def test_leaving_out_the_lowest_or_the_highest_tells_whether_a_stage_hangs_on_one(
    sales: list[int], marketing: list[int], hangs: bool
) -> None:
    assert hangs_on_one([Fraction(t) for t in sales], [Fraction(t) for t in marketing], STAGES, SCALE) is hangs
