"""Quantiles and p-values held against an independent library and against what the distributions must obey."""

import random

import pytest
from cases import law
from hypothesis import strategies as st
from scipy import stats

from alignment_report.analysis.distributions import _f_density, _t_density, f_quantile, t_cdf, t_quantile, two_sided_p

PROBABILITY = st.floats(0.001, 0.999)
DEGREES = st.floats(1, 1000)


def test_t_quantiles_agree_with_another_library_for_any_degrees_of_freedom() -> None:
    chance = random.Random(1908)
    for _ in range(400):
        probability, df = chance.uniform(0.51, 0.9999), 10 ** chance.uniform(0, 4)
        assert t_quantile(probability, df) == pytest.approx(stats.t.ppf(probability, df), rel=1e-10), (probability, df)


def test_f_quantiles_agree_with_another_library_in_either_tail() -> None:
    chance = random.Random(1934)
    for _ in range(400):
        df1, df2 = 10 ** chance.uniform(0, 4), 10 ** chance.uniform(0, 4)
        for probability in (0.025, 0.975, chance.uniform(0.001, 0.999)):
            assert f_quantile(probability, df1, df2) == pytest.approx(stats.f.ppf(probability, df1, df2), rel=1e-10), (df1, df2)


def test_p_values_of_t_agree_with_another_library_to_the_far_tail() -> None:
    chance = random.Random(1947)
    for _ in range(400):
        t, df = 10 ** chance.uniform(-3, 2) * chance.choice((-1, 1)), 10 ** chance.uniform(0, 4)
        assert two_sided_p(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-10, abs=1e-300), (t, df)


@pytest.mark.parametrize(
    ("probability", "df1", "df2", "tabled"),
    [(0.95, 1, 1, 161.4476), (0.95, 5, 18, 2.7729), (0.975, 5, 15, 3.5764), (0.025, 5, 15, 1 / 6.4277), (0.99, 10, 20, 3.3682)],
)
def test_f_quantiles_are_those_of_the_printed_tables(probability: float, df1: float, df2: float, tabled: float) -> None:
    assert f_quantile(probability, df1, df2) == pytest.approx(tabled, rel=2e-5)


def test_a_t_of_nought_is_no_evidence_and_one_beyond_all_numbers_is_certain() -> None:
    assert (two_sided_p(0, 3), two_sided_p(1e200, 4), two_sided_p(float("inf"), 4)) == (1.0, 0.0, 0.0)


def test_a_tiny_t_keeps_its_digits() -> None:
    """With one degree of freedom P(|T| ≥ t) is 1 − 2 arctan(t)/π."""
    assert two_sided_p(1e-8, 1) == pytest.approx(1 - 2e-8 / 3.141592653589793, abs=1e-15)


@pytest.mark.parametrize("df", [1, 3, 3.3, 17.5, 200])
def test_a_quantile_a_hair_above_the_median_is_found(df: float) -> None:
    assert t_quantile(0.5, df) == 0
    for hair in (1e-15, 1e-14, 1e-12, 1e-9, 1e-6):
        assert t_quantile(0.5 + hair, df) == pytest.approx(hair / stats.t.pdf(0, df), rel=1e-6, abs=1e-15)


def test_millions_of_degrees_of_freedom_are_the_normal_distribution_and_come_to_an_end() -> None:
    assert t_quantile(0.975, 1e7) == pytest.approx(1.959964, abs=1e-6)
    assert f_quantile(0.5, 1e7, 1e7) == pytest.approx(1, abs=1e-6)


@law(PROBABILITY, DEGREES, DEGREES)
def test_an_f_quantile_is_the_inverse_of_the_opposite_tail_with_its_degrees_exchanged(probability: float, df1: float, df2: float) -> None:
    assert f_quantile(probability, df1, df2) * f_quantile(1 - probability, df2, df1) == pytest.approx(1, rel=1e-9)


@law(st.floats(0.51, 0.999), DEGREES)
def test_the_square_of_t_is_an_f_with_one_degree_of_freedom(probability: float, df: float) -> None:
    assert t_quantile(probability, df) ** 2 == pytest.approx(f_quantile(2 * probability - 1, 1, df), rel=1e-9)


@law(st.floats(0.51, 0.999), DEGREES)
def test_a_quantile_of_t_leads_back_to_its_probability(probability: float, df: float) -> None:
    t = t_quantile(probability, df)
    assert t_cdf(t, df) == pytest.approx(probability, abs=1e-12)
    assert two_sided_p(-t, df) == two_sided_p(t, df) == pytest.approx(2 * (1 - probability), abs=1e-12)


@law(st.floats(-50, 50), st.floats(-50, 50), DEGREES)
def test_a_larger_t_never_has_a_larger_p_value(first: float, second: float, df: float) -> None:
    nearer, further = sorted((first, second), key=abs)
    assert 0 <= two_sided_p(further, df) <= two_sided_p(nearer, df) + 1e-12 <= 1 + 1e-12


@pytest.mark.parametrize("df", [1, 2.5, 9, 40])
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 2.7])
def test_the_density_of_t_agrees_with_another_library(t: float, df: float) -> None:
    """The step of the search for a quantile: with a wrong one it would be slow, not wrong."""
    assert _t_density(t, df) == pytest.approx(stats.t.pdf(t, df), rel=1e-12)


@pytest.mark.parametrize(("df1", "df2"), [(1, 3), (2.5, 7), (12, 4)])
@pytest.mark.parametrize("f", [0.2, 1.0, 3.3])
def test_the_density_of_f_agrees_with_another_library(f: float, df1: float, df2: float) -> None:
    assert _f_density(f, df1, df2) == pytest.approx(stats.f.pdf(f, df1, df2), rel=1e-12)
