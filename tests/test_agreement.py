"""Means and intervals held against published figures and an independent library."""

import math
from fractions import Fraction

import pytest
from cases import law
from hypothesis import strategies as st
from scipy import stats

from alignment_report.analysis.agreement import (
    Interval,
    difference_interval,
    mean,
    mean_interval,
    midpoint_interval,
    variance,
    welch_spread,
)
from alignment_report.analysis.distributions import t_cdf, t_quantile

SALES = [Fraction(total) for total in (60, 64, 58, 66, 62)]
MARKETING = [Fraction(total) for total in (48, 52, 50, 46, 54)]
TREATED = [Fraction(days) for days in (94, 197, 16, 38, 99, 141, 23)]
CONTROL = [Fraction(days) for days in (52, 104, 146, 10, 51, 30, 40, 27, 46)]


def test_two_functions_have_the_worked_means_and_gap() -> None:
    assert (mean(SALES), mean(MARKETING), mean(SALES) - mean(MARKETING)) == (62, 50, 12)
    assert (variance(SALES), variance(MARKETING)) == (10, 10)


def test_the_gap_of_two_functions_has_the_worked_interval() -> None:
    interval = difference_interval(SALES, MARKETING)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(7.387992, abs=1e-6), pytest.approx(16.612008, abs=1e-6))


def test_one_mean_has_the_worked_interval() -> None:
    """62 ± 2.776445 · √(10/5): Student's t with four degrees of freedom."""
    interval = mean_interval(SALES)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(58.073514, abs=1e-6), pytest.approx(65.926486, abs=1e-6))


def test_unequal_samples_have_the_published_interval() -> None:
    interval = difference_interval(TREATED, CONTROL)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(-34.15, abs=0.005), pytest.approx(95.42, abs=0.005))
    assert float(mean(TREATED)) == pytest.approx(86.857143, abs=1e-6)
    assert float(mean(CONTROL)) == pytest.approx(56.222222, abs=1e-6)
    assert math.sqrt(variance(TREATED) / 7) == pytest.approx(25.235490, abs=1e-6)
    assert math.sqrt(variance(CONTROL) / 9) == pytest.approx(14.158603, abs=1e-6)
    found = welch_spread(TREATED, CONTROL)
    assert found is not None
    assert (math.sqrt(found[0]), float(found[1])) == (pytest.approx(28.936067, abs=1e-6), pytest.approx(9.65449, abs=1e-5))


@pytest.mark.parametrize(
    ("values", "centre", "deviation"),
    [
        (["10000001", "10000003", "10000002"], "10000002", 1),
        (["1.2"] + ["1.1", "1.3"] * 500, "1.2", Fraction(1, 10)),
        (["1000000.2"] + ["1000000.1", "1000000.3"] * 500, "1000000.2", Fraction(1, 10)),
        (["10000000.2"] + ["10000000.1", "10000000.3"] * 500, "10000000.2", Fraction(1, 10)),
    ],
    ids=["NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4"],
)
def test_certified_means_and_variances_are_met_exactly(values: list[str], centre: str, deviation: Fraction) -> None:
    numbers = [Fraction(value) for value in values]
    assert (mean(numbers), variance(numbers)) == (Fraction(centre), deviation**2)


DEGREES = [*range(1, 201), 1.5, 2.25, 3.7, 7.3, 9.65449, 12.5, 29.99, 64.2, 150.75, 199.5]


@pytest.mark.parametrize("probability", [0.9, 0.95, 0.975, 0.995])
def test_the_t_quantile_agrees_with_another_library(probability: float) -> None:
    for df in DEGREES:
        assert t_quantile(probability, df) == pytest.approx(stats.t.ppf(probability, df), abs=1e-9, rel=1e-10), df


def test_the_median_of_t_is_nought() -> None:
    assert t_quantile(0.5, 7) == pytest.approx(0, abs=1e-12)
    assert t_cdf(0, 7) == 0.5


def test_a_t_value_beyond_all_numbers_leaves_nothing_above_it() -> None:
    assert t_cdf(1e200, 4) == 1.0


NEARLY_EQUAL = pytest.mark.filterwarnings("ignore:Precision loss")
SAMPLE = st.lists(st.integers(80, 400), min_size=2, max_size=30).map(lambda values: [Fraction(value, 4) for value in values])


@NEARLY_EQUAL
@law(SAMPLE)
def test_the_interval_of_a_mean_agrees_with_another_library(values: list[Fraction]) -> None:
    interval = mean_interval(values)
    if len(set(values)) == 1:
        assert interval is None
        return
    plain = [float(value) for value in values]
    _agrees(interval, *stats.t.interval(0.95, len(plain) - 1, loc=stats.tmean(plain), scale=stats.sem(plain)))


@NEARLY_EQUAL
@law(SAMPLE, SAMPLE)
def test_intervals_of_a_gap_and_of_a_midpoint_agree_with_another_library(first: list[Fraction], second: list[Fraction]) -> None:
    difference, midpoint = difference_interval(first, second), midpoint_interval(first, second)
    if len(set(first)) == len(set(second)) == 1:
        assert difference is None
        assert midpoint is None
        return
    plain, other = [float(v) for v in first], [float(v) for v in second]
    theirs = stats.ttest_ind(plain, other, equal_var=False).confidence_interval(0.95)
    _agrees(difference, theirs.low, theirs.high)
    centre, half = (stats.tmean(plain) + stats.tmean(other)) / 2, (theirs.high - theirs.low) / 4
    _agrees(midpoint, centre - half, centre + half)


def _agrees(interval: Interval | None, low: float, high: float) -> None:
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(low, rel=1e-9, abs=1e-9), pytest.approx(high, rel=1e-9, abs=1e-9))


@law(SAMPLE, SAMPLE)
def test_the_gap_turns_its_sign_with_its_sides_and_is_nought_between_equals(first: list[Fraction], second: list[Fraction]) -> None:
    there, back = difference_interval(first, second), difference_interval(second, first)
    assert (there is None) is (back is None)
    if there and back:
        assert (there.low, there.high) == (-back.high, -back.low)
    assert mean(first) - mean(list(reversed(first))) == 0
