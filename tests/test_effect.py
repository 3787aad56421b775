"""The size of a difference and its chance, held against published figures, an independent library and their laws."""

import math
import random
import statistics
from fractions import Fraction

import pytest
from cases import law
from hypothesis import strategies as st
from scipy import special, stats

from alignment_report.analysis.effect import Effect, discoveries, hedges_g, small_sample_correction, welch_test

SALES = [Fraction(total) for total in (60, 64, 58, 66, 62)]
MARKETING = [Fraction(total) for total in (48, 52, 50, 46, 54)]
TREATED = [Fraction(days) for days in (94, 197, 16, 38, 99, 141, 23)]
CONTROL = [Fraction(days) for days in (52, 104, 146, 10, 51, 30, 40, 27, 46)]

FIFTY = [Fraction(z) for z in ["1", "-1"] * 22 + ["1.5", "-1.5", "0.5", "-0.5", "0", "0"]]
"""Fifty values with mean 0 and variance 1, exactly."""
APPROXIMATE_J, EXACT_J = 0.9923273657, 0.9923240874
"""The published example takes J ≈ 1 − 3/(4 df − 1); what follows from J differs by the ratio of the two."""

VALUES = st.lists(st.integers(80, 400).map(lambda value: Fraction(value, 4)), max_size=15)
GROUP = st.lists(st.integers(80, 400).map(lambda value: Fraction(value, 4)), min_size=2, max_size=15)
P_VALUES = st.lists(st.none() | st.floats(0, 1) | st.sampled_from([0.0, 0.001, 0.01, 0.025, 0.05, 1.0]), max_size=25)


def _effect(first: list[Fraction], second: list[Fraction]) -> Effect:
    effect = hedges_g(first, second)
    assert effect is not None
    return effect


def test_the_published_effect_of_two_groups_of_fifty_is_met() -> None:
    first, second = [103 + Fraction("5.5") * z for z in FIFTY], [100 + Fraction("4.5") * z for z in FIFTY]
    effect, ratio = _effect(first, second), APPROXIMATE_J / EXACT_J
    assert effect.g == pytest.approx(0.592440, abs=1e-6)
    assert effect.g / EXACT_J == pytest.approx(0.5970223141, abs=1e-9)
    assert effect.g * ratio == pytest.approx(0.5924415803, abs=1e-9)
    error = (effect.interval.high - effect.interval.low) / 2 / stats.norm.ppf(0.975)
    assert error * ratio == pytest.approx(0.2028385544, abs=1e-9)
    assert (error * ratio) ** 2 == pytest.approx(0.0411434792, abs=1e-9)
    assert effect.interval.low * ratio == pytest.approx(0.194885, abs=1e-6)
    assert effect.interval.high * ratio == pytest.approx(0.989998, abs=1e-6)


@pytest.mark.parametrize(
    ("df", "exact"), [(2, 0.564190), (4, 0.797885), (8, 0.902703), (10, 0.922746), (18, 0.957646), (20, 0.961945), (98, EXACT_J)]
)
def test_the_correction_for_small_samples_has_its_tabled_values(df: int, exact: float) -> None:
    assert small_sample_correction(df) == pytest.approx(exact, abs=1e-6)


def test_two_functions_have_the_worked_effect_and_p_value() -> None:
    assert _effect(SALES, MARKETING).g == pytest.approx(3.425518, abs=1e-6)
    assert welch_test(SALES, MARKETING) == pytest.approx(0.000323393, abs=1e-9)


def test_unequal_samples_have_the_worked_effect_and_p_value() -> None:
    assert _effect(TREATED, CONTROL).g == pytest.approx(0.533949, abs=1e-6)
    assert welch_test(TREATED, CONTROL) == pytest.approx(0.315501, abs=1e-6)


def test_two_values_in_each_group_are_enough_for_a_test() -> None:
    first, second = [Fraction(1), Fraction(2)], [Fraction(3), Fraction(5)]
    assert welch_test(first, second) == pytest.approx(float(stats.ttest_ind([1, 2], [3, 5], equal_var=False).pvalue), rel=1e-9)


@pytest.mark.parametrize(("first", "second"), [([], SALES), (SALES[:1], SALES), ([Fraction(50)] * 4, [Fraction(60)] * 3)])
def test_there_is_no_effect_and_no_test_of_a_group_of_one_or_where_nothing_varies(first: list[Fraction], second: list[Fraction]) -> None:
    assert (hedges_g(first, second), hedges_g(second, first)) == (None, None)
    assert (welch_test(first, second), welch_test(second, first)) == (None, None)


def test_one_group_that_varies_is_enough_for_an_effect_and_a_test() -> None:
    assert hedges_g(SALES, [Fraction(50)] * 4) is not None
    assert welch_test(SALES, [Fraction(50)] * 4) is not None


def test_p_values_agree_with_another_library_on_random_groups() -> None:
    chance = random.Random(1947)
    for _ in range(300):
        first, second = ([Fraction(chance.randint(200, 1000), 10) for _ in range(chance.randint(2, 40))] for _ in range(2))
        theirs = stats.ttest_ind([float(v) for v in first], [float(v) for v in second], equal_var=False).pvalue
        assert welch_test(first, second) == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_effects_agree_with_the_formula_in_floats_on_random_groups() -> None:
    chance = random.Random(1981)
    for _ in range(300):
        x, y = ([chance.randint(200, 1000) for _ in range(chance.randint(2, 40))] for _ in range(2))
        n1, n2, df = len(x), len(y), len(x) + len(y) - 2
        pooled = math.sqrt(((n1 - 1) * statistics.variance(x) + (n2 - 1) * statistics.variance(y)) / df)
        d = (statistics.fmean(x) - statistics.fmean(y)) / pooled
        j = special.gamma(df / 2) / (math.sqrt(df / 2) * special.gamma((df - 1) / 2))
        half = 1.959963984540054 * j * math.sqrt((n1 + n2) / (n1 * n2) + d**2 / (2 * (n1 + n2)))
        effect = _effect([Fraction(v) for v in x], [Fraction(v) for v in y])
        assert (effect.g, effect.interval.low, effect.interval.high) == pytest.approx(
            (j * d, j * d - half, j * d + half), rel=1e-9, abs=1e-9
        )


def test_discoveries_agree_with_another_library_on_random_families() -> None:
    chance = random.Random(1995)
    for _ in range(300):
        p_values = [chance.random() ** chance.choice((1, 4)) for _ in range(chance.randint(1, 30))]
        rate = chance.choice((0.01, 0.05, 0.2))
        theirs = tuple(place for place, p in enumerate(stats.false_discovery_control(p_values)) if p <= rate)
        assert discoveries(p_values, rate) == theirs


def test_fifteen_published_p_values_have_the_four_published_discoveries() -> None:
    """Benjamini & Hochberg (1995), section 4.1: fifteen comparisons of two treatments, four of them stand."""
    p_values = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    assert discoveries(p_values) == (0, 1, 2, 3)
    assert discoveries([*reversed(p_values)]) == (11, 12, 13, 14)


def test_a_p_value_over_its_own_bound_stands_below_one_that_is_within_its() -> None:
    assert discoveries([0.03, 0.04]) == (0, 1)
    assert discoveries([0.03, 0.06]) == ()


@pytest.mark.parametrize("tests", range(1, 30))
def test_a_p_value_a_hair_over_the_rate_does_not_stand_however_many_are_alike(tests: int) -> None:
    assert discoveries([math.nextafter(0.05, 1)] * tests) == ()
    assert discoveries([0.05] * tests) == tuple(range(tests))


def test_what_could_not_be_tested_neither_stands_nor_makes_the_others_harder() -> None:
    assert discoveries([None, 0.04, None]) == (1,)
    assert discoveries([1.0, 0.04, 1.0]) == ()
    assert discoveries([None, None]) == discoveries([]) == ()


@law(VALUES, VALUES)
def test_an_effect_turns_its_sign_with_its_sides_and_lies_within_its_interval(first: list[Fraction], second: list[Fraction]) -> None:
    there, back = hedges_g(first, second), hedges_g(second, first)
    assert (there is None) is (back is None) is (welch_test(first, second) is None)
    assert welch_test(first, second) == welch_test(second, first)
    if there and back:
        assert (there.g, there.interval.low, there.interval.high) == (-back.g, -back.interval.high, -back.interval.low)
        assert there.interval.low < there.g < there.interval.high
        assert math.isfinite(there.interval.low)
        assert math.isfinite(there.interval.high)


@law(GROUP, GROUP, st.fractions(-100, 100), st.fractions(Fraction(1, 50), 50))
def test_shift_and_scale_change_neither_an_effect_nor_a_p_value(
    first: list[Fraction], second: list[Fraction], shift: Fraction, factor: Fraction
) -> None:
    moved = [[factor * value + shift for value in values] for values in (first, second)]
    assert hedges_g(*moved) == hedges_g(first, second)
    assert welch_test(*moved) == welch_test(first, second)


@law(GROUP, GROUP, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_neither_an_effect_nor_a_p_value(
    first: list[Fraction], second: list[Fraction], chance: random.Random
) -> None:
    mixed = [chance.sample(values, len(values)) for values in (first, second)]
    assert (hedges_g(*mixed), welch_test(*mixed)) == (hedges_g(first, second), welch_test(first, second))


@law(GROUP, GROUP)
def test_equal_means_have_no_effect_and_a_p_value_of_one(first: list[Fraction], second: list[Fraction]) -> None:
    shift = sum(first, Fraction(0)) / len(first) - sum(second, Fraction(0)) / len(second)
    level = [value + shift for value in second]
    effect, p = hedges_g(first, level), welch_test(first, level)
    assert effect is None or effect.g == 0
    assert p is None or p == 1


@law(P_VALUES, st.sampled_from([0.01, 0.05, 0.1, 0.2]), st.data())
def test_a_smaller_p_value_never_takes_a_discovery_away(p_values: list[float | None], rate: float, data: st.DataObject) -> None:
    before = discoveries(p_values, rate)
    smallest = min((p for p in p_values if p is not None), default=1.0)
    assert set(before) <= set(discoveries([*p_values, smallest / 2], rate))
    if p_values:
        place = data.draw(st.integers(0, len(p_values) - 1))
        old = p_values[place]
        lowered = [*p_values[:place], None if old is None else old / 2, *p_values[place + 1 :]]
        assert set(before) <= set(discoveries(lowered, rate))


@law(P_VALUES)
def test_discoveries_grow_with_the_rate_and_hold_all_that_stand_alone(p_values: list[float | None]) -> None:
    tested = [p for p in p_values if p is not None]
    assert set(discoveries(p_values, 0.01)) <= set(discoveries(p_values, 0.05)) <= {i for i, p in enumerate(p_values) if p is not None}
    bonferroni = {i for i, p in enumerate(p_values) if p is not None and Fraction(p) * len(tested) <= Fraction(0.05)}
    assert bonferroni <= set(discoveries(p_values)) <= {i for i, p in enumerate(p_values) if p is not None and p <= 0.05}


@law(P_VALUES, st.randoms(use_true_random=False))
def test_the_order_of_p_values_does_not_matter(p_values: list[float | None], chance: random.Random) -> None:
    order = chance.sample(range(len(p_values)), len(p_values))
    mixed = discoveries([p_values[place] for place in order])
    assert sorted(order[place] for place in mixed) == list(discoveries(p_values))
