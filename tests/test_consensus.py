"""Agreement within a group and the consistency of items, held against worked examples, direct formulas and their laws."""

import random
import statistics
from fractions import Fraction

import pytest
from cases import law
from hypothesis import strategies as st
from scipy import stats

from alignment_report.analysis.consensus import (
    Alpha,
    Rows,
    alpha_of,
    average_deviation,
    cronbach_alpha,
    deviation_cut_off,
    mean_average_deviation,
    mean_r_wg,
    r_star_wg,
    r_wg,
    r_wg_j,
)

FOUR_RATERS = [[4, 3, 5], [4, 4, 5], [5, 3, 4], [3, 2, 4]]
SIX_TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Shrout & Fleiss (1979), table 2: six targets by four judges."""
WITH_GAPS = [[4, 5, 4, 3], [3, None, 3, 2], [5, 5, 4, 4], [2, 3, 2, None], [4, 4, 5, 3], [3, 2, 3, 3]]


@st.composite
def _surveys(draw: st.DrawFn, gaps: bool = True) -> tuple[list[list[int | None]], int, int]:
    """Rows of answers and the ends of their scale."""
    lowest, width = draw(st.integers(-2, 3)), draw(st.integers(1, 8))
    answer = st.integers(lowest, lowest + width)
    items = draw(st.integers(0, 5))
    row = st.lists(st.none() | answer if gaps else answer, min_size=items, max_size=items)
    return draw(st.lists(row, max_size=10)), lowest, lowest + width


ANSWERS = _surveys(gaps=False).map(lambda survey: ([row[0] for row in survey[0] if row], *survey[1:]))


def _alpha(rows: Rows) -> Alpha:
    alpha = cronbach_alpha(rows)
    assert alpha is not None
    return alpha


@pytest.mark.parametrize(
    ("answers", "agreement"),
    [([4, 4, 4, 4, 4], 1), ([3, 4, 4, 4, 5], Fraction(3, 4)), ([4, 4, 5, 4, 3], Fraction(3, 4)), ([1, 5, 1, 5, 1, 5], 0)],
)
def test_one_item_has_its_worked_agreement_and_never_a_negative_one(answers: list[int], agreement: Fraction) -> None:
    assert r_wg(answers, 1, 5) == agreement


@pytest.mark.parametrize(
    ("options", "by_chance"), [(2, 0.25), (3, 0.666667), (4, 1.25), (5, 2), (7, 4), (9, 6.666667), (11, 10)], ids=lambda n: str(n)
)
def test_agreement_is_measured_against_answers_spread_evenly_over_all_options(options: int, by_chance: float) -> None:
    agreement = r_wg([3, 3, 3, 3, 4], 3, 2 + options)
    assert agreement is not None
    assert float(agreement) == pytest.approx(1 - 0.2 / by_chance, abs=1e-6)


def test_four_raters_of_three_items_have_their_worked_agreement() -> None:
    assert mean_r_wg(FOUR_RATERS, 1, 5) == 1 - Fraction(5, 9) / 2
    assert float(r_wg_j(FOUR_RATERS, 1, 5) or 0) == pytest.approx(0.886364, abs=1e-6)
    assert float(r_star_wg(FOUR_RATERS, 1, 5) or 0) == pytest.approx(0.895833, abs=1e-6)
    assert mean_average_deviation(FOUR_RATERS) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("answers", "items", "agreement"),
    [
        ([4, 4, 5, 4, 3], 1, 0.75),
        ([4, 4, 5, 4, 3], 5, 0.9375),
        ([4, 4, 5, 4, 3], 10, 0.967742),
        ([4, 4, 5, 4, 3], 20, 0.983607),
        ([3, 4, 5], 20, 0.952381),
        ([1, 3, 4, 4, 3], 20, 0.869565),
        ([1, 1, 5, 5, 2, 4, 3, 3, 3, 3, 3], 20, 0.689655),
    ],
)
def test_agreement_over_many_items_looks_high_even_at_nine_tenths_of_chance(answers: list[int], items: int, agreement: float) -> None:
    rows = [[answer] * items for answer in answers]
    assert float(r_wg_j(rows, 1, 5) or 0) == pytest.approx(agreement, abs=1e-6)
    assert mean_r_wg(rows, 1, 5) == r_wg(answers, 1, 5)


def test_more_spread_than_chance_is_no_agreement_over_items() -> None:
    assert r_wg_j([[1, 5], [5, 1], [1, 1], [5, 5]], 1, 5) == 0


def test_a_negative_agreement_on_one_item_takes_nothing_from_another() -> None:
    assert mean_r_wg([[1, 4], [5, 4], [1, 4], [5, 4]], 1, 5) == Fraction(1, 2)


@pytest.mark.parametrize(("options", "cut_off"), [(5, 0.833333), (7, 1.166667), (9, 1.5), (11, 1.833333)])
def test_a_sixth_of_the_options_is_the_cut_off_of_average_deviation(options: int, cut_off: float) -> None:
    assert float(deviation_cut_off(1, options)) == pytest.approx(cut_off, abs=1e-6)
    assert deviation_cut_off(0, options - 1) == deviation_cut_off(1, options)


def test_the_average_deviation_is_the_mean_distance_from_the_mean() -> None:
    assert average_deviation([1, 2, 2, 5]) == Fraction(5, 4)


@pytest.mark.parametrize("rows", [[], [[]], [[3, 4]], [[3, None], [None, 4]]], ids=["nobody", "no item", "one person", "one answer each"])
def test_fewer_than_two_answers_to_an_item_agree_about_nothing(rows: Rows) -> None:
    assert (mean_r_wg(rows, 1, 5), r_wg_j(rows, 1, 5), r_star_wg(rows, 1, 5), mean_average_deviation(rows)) == (None,) * 4
    assert (r_wg([3], 1, 5), r_wg([], 1, 5), average_deviation([3]), average_deviation([])) == (None,) * 4


def test_each_item_uses_those_who_answered_it_and_one_of_a_single_answer_is_left_out() -> None:
    rows = [[4, None, 1], [5, 3, None], [None, 3, None]]
    assert mean_r_wg(rows, 1, 5) == (Fraction(3, 4) + 1) / 2
    assert r_star_wg(rows, 1, 5) == 1 - Fraction(1, 4) / 2 / 4
    assert mean_average_deviation(rows) == Fraction(1, 4)
    assert r_wg_j(rows, 1, 5) == r_wg_j([row[:2] for row in rows], 1, 5)


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        mean_r_wg([[1, 2], [1]], 1, 5)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([[4, 5, 4], [3, 4, 3], [5, 5, 5], [2, 3, 2]], 0.979592),
        ([[3, 4, 3], [2, 3, 4], [4, 4, 5], [3, 2, 3], [4, 4, 4]], 0.732558),
        (SIX_TARGETS, 0.909316),
    ],
)
def test_small_tables_have_their_worked_alpha(rows: list[list[int]], value: float) -> None:
    assert float(_alpha(rows).value) == pytest.approx(value, abs=1e-6)


def test_the_published_ratings_have_the_published_interval_of_alpha() -> None:
    interval = _alpha(SIX_TARGETS).interval
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(0.675675, abs=1e-6), pytest.approx(0.985892, abs=1e-6))


def test_published_variances_have_the_published_alpha() -> None:
    """Bland & Altman (1997): ten items whose variances add up to 11.16, of a total whose variance is 77.44."""
    assert float(alpha_of([Fraction("1.116")] * 10, Fraction("77.44"))) == pytest.approx(0.950987, abs=1e-6)


def test_alpha_rests_on_complete_rows_only() -> None:
    alpha = _alpha(WITH_GAPS)
    assert (float(alpha.value), alpha.people) == (pytest.approx(0.797508, abs=1e-6), 4)
    assert alpha == cronbach_alpha([row for row in WITH_GAPS if None not in row])


@pytest.mark.parametrize(
    "rows",
    [[], [[1], [2], [3]], [[1, 2], [2, 3]], [[1, 2], [2, 3], [3, None]], [[1, 5], [3, 3], [5, 1]], [[], [], []]],
    ids=["nobody", "one item", "two people", "two complete", "equal totals", "no item"],
)
def test_there_is_no_alpha_of_one_item_of_two_people_or_of_equal_totals(rows: Rows) -> None:
    assert cronbach_alpha(rows) is None


def test_a_perfect_alpha_has_no_interval() -> None:
    assert cronbach_alpha([[1, 1], [2, 2], [4, 4]]) == Alpha(Fraction(1), None, 3)


def test_alpha_and_its_interval_agree_with_direct_formulas_on_random_tables() -> None:
    chance = random.Random(1951)
    for _ in range(250):
        people, k = chance.randint(3, 30), chance.randint(2, 20)
        leaning = [chance.randint(0, 2) for _ in range(people)]
        rows = [[chance.randint(1, 3) + lean for _ in range(k)] for lean in leaning]
        if len({sum(row) for row in rows}) == 1:
            continue
        items = list(zip(*rows, strict=True))
        covariances = [statistics.covariance(items[i], items[j]) for i in range(k) for j in range(k) if i != j]
        expected = k * k * statistics.fmean(covariances) / statistics.variance([sum(row) for row in rows])
        theirs = [1 - (1 - expected) * stats.f.ppf(tail, people - 1, (people - 1) * (k - 1)) for tail in (0.975, 0.025)]
        alpha = _alpha(rows)
        assert float(alpha.value) == pytest.approx(expected, abs=1e-9)
        assert alpha.interval is not None
        assert [alpha.interval.low, alpha.interval.high] == pytest.approx(theirs, abs=1e-9)


def test_agreement_agrees_with_direct_formulas_on_random_tables() -> None:
    chance = random.Random(1984)
    for _ in range(250):
        options, items = chance.randint(2, 11), chance.randint(1, 20)
        rows = [[chance.randint(1, options) for _ in range(items)] for _ in range(chance.randint(2, 30))]
        columns = list(zip(*rows, strict=True))
        by_chance = (options**2 - 1) / 12
        single = [max(0.0, 1 - statistics.variance(column) / by_chance) for column in columns]
        star = 1 - statistics.fmean(statistics.pvariance(column) for column in columns) / ((options**2 + 1) / 2 - ((options + 1) / 2) ** 2)
        deviation = statistics.fmean(abs(answer - statistics.fmean(column)) for column in columns for answer in column)
        found = (mean_r_wg(rows, 1, options), r_star_wg(rows, 1, options), mean_average_deviation(rows))
        assert [float(value) for value in found if value is not None] == pytest.approx(
            [statistics.fmean(single), star, deviation], abs=1e-9
        )


@law(_surveys())
def test_agreement_lies_between_none_and_all_and_exists_where_an_item_has_two_answers(survey: tuple[Rows, int, int]) -> None:
    rows, lowest, highest = survey
    shared = any(sum(answer is not None for answer in item) >= 2 for item in zip(*rows, strict=True))
    for agreement in (mean_r_wg(*survey), r_wg_j(*survey), r_star_wg(*survey)):
        assert (agreement is not None) is shared
        assert agreement is None or 0 <= agreement <= 1
    deviation = mean_average_deviation(rows)
    assert (deviation is not None) is shared
    assert deviation is None or 0 <= deviation <= Fraction(highest - lowest, 2)


@law(_surveys())
def test_alpha_is_at_most_one_and_lies_within_its_interval(survey: tuple[Rows, int, int]) -> None:
    alpha = cronbach_alpha(survey[0])
    if alpha is not None:
        assert alpha.value <= 1
        assert (alpha.interval is None) is (alpha.value == 1)
        assert alpha.interval is None or alpha.interval.low < float(alpha.value) < alpha.interval.high < 1


@law(_surveys(), st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_that_of_items_matters(survey: tuple[Rows, int, int], chance: random.Random) -> None:
    rows, lowest, highest = survey
    order = chance.sample(range(len(rows[0])), len(rows[0])) if rows else []
    mixed = [[row[item] for item in order] for row in chance.sample(rows, len(rows))]
    for figure in (mean_r_wg, r_wg_j, r_star_wg):
        assert figure(mixed, lowest, highest) == figure(rows, lowest, highest)
    assert mean_average_deviation(mixed) == mean_average_deviation(rows)
    assert cronbach_alpha(mixed) == cronbach_alpha(rows)


@law(_surveys(), st.integers(-10, 10))
def test_a_scale_that_starts_elsewhere_changes_nothing(survey: tuple[Rows, int, int], shift: int) -> None:
    rows, lowest, highest = survey
    moved = [[None if answer is None else answer + shift for answer in row] for row in rows]
    for figure in (mean_r_wg, r_wg_j, r_star_wg):
        assert figure(moved, lowest + shift, highest + shift) == figure(rows, lowest, highest)
    assert mean_average_deviation(moved) == mean_average_deviation(rows)
    assert cronbach_alpha(moved) == cronbach_alpha(rows)


@law(_surveys(), st.data())
def test_turning_an_item_round_does_not_change_agreement(survey: tuple[Rows, int, int], data: st.DataObject) -> None:
    rows, lowest, highest = survey
    turned = data.draw(st.sets(st.integers(0, 4)))
    keyed = [[lowest + highest - a if i in turned and a is not None else a for i, a in enumerate(row)] for row in rows]
    for figure in (mean_r_wg, r_wg_j, r_star_wg):
        assert figure(keyed, lowest, highest) == figure(rows, lowest, highest)
    assert mean_average_deviation(keyed) == mean_average_deviation(rows)


@law(st.integers(2, 12), st.lists(st.integers(1, 7), min_size=1, max_size=6))
def test_people_who_answer_all_alike_agree_wholly(people: int, answers: list[int]) -> None:
    rows = [answers] * people
    assert (mean_r_wg(rows, 1, 7), r_wg_j(rows, 1, 7), r_star_wg(rows, 1, 7), mean_average_deviation(rows)) == (1, 1, 1, 0)


@law(st.integers(1, 8), st.integers(1, 6), st.integers(-3, 3), st.integers(1, 9))
def test_people_of_whom_half_stand_at_either_end_agree_not_at_all(half: int, items: int, lowest: int, width: int) -> None:
    rows = [[lowest] * items] * half + [[lowest + width] * items] * half
    ends = (lowest, lowest + width)
    assert (mean_r_wg(rows, *ends), r_wg_j(rows, *ends), r_star_wg(rows, *ends)) == (0, 0, 0)
    assert mean_average_deviation(rows) == Fraction(width, 2)


@law(ANSWERS)
def test_doubling_the_people_keeps_the_average_deviation(survey: tuple[list[int], int, int]) -> None:
    answers, lowest, highest = survey
    if len(answers) >= 2:
        assert average_deviation(answers * 2) == average_deviation(answers)
        rows = [[answer] for answer in answers]
        assert r_star_wg(rows * 2, lowest, highest) == r_star_wg(rows, lowest, highest)
