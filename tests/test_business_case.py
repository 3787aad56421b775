"""The client's own assumptions into a low, a base and a high result."""

from fractions import Fraction

from cases import law
from hypothesis import strategies as st

from alignment_report.analysis.business_case import compute
from alignment_report.model.client import BusinessCase, Driver, Range


def _range(low: int, base: int, high: int) -> Range:
    return Range(Fraction(low), Fraction(base), Fraction(high), "a guess")


def _case(months: int | None, cost: tuple[int, int, int], *yearly: tuple[int, int, int]) -> BusinessCase:
    drivers = tuple(Driver(f"d{place}", "a benefit", _range(*each)) for place, each in enumerate(yearly))
    return BusinessCase(None if months is None else Fraction(months), _range(*cost), drivers)


def test_low_takes_low_benefits_and_the_dear_cost_and_high_the_reverse() -> None:
    result = compute(_case(18, (80, 100, 150), (20, 40, 60), (0, 100, 120)))
    assert result is not None
    assert (result.low, result.base, result.high) == (30 - 150, 210 - 100, 270 - 80)


def test_the_break_even_share_of_the_benefits_pays_the_cost() -> None:
    result = compute(_case(18, (80, 100, 150), (20, 40, 60), (0, 100, 120)))
    assert result is not None
    assert result.break_even == Fraction(100, 210)


def test_the_widest_stands_first_and_moves_only_itself_the_cost_among_them() -> None:
    result = compute(_case(12, (1, 10, 50), (30, 40, 50), (0, 100, 120), (5, 5, 5)))
    assert result is not None
    named = [(s.driver.id if s.driver else "cost", s.low, s.high) for s in result.sensitivities]
    assert named == [("d1", 35, 155), ("cost", 95, 144), ("d0", 125, 145), ("d2", 135, 135)]


def test_over_other_than_twelve_months_a_driver_moves_the_result_by_as_many_years() -> None:
    case = _case(18, (1, 10, 20), (30, 40, 60))
    result = compute(case)
    assert result is not None
    driver, of_cost = result.sensitivities
    assert (result.base, driver.low, driver.high) == (50, 35, 80)
    assert (of_cost.driver, of_cost.low, of_cost.high) == (None, 40, 59)
    assert (result.case, driver.driver) == (case, case.drivers[0])


def test_benefits_of_less_than_one_can_break_even_too() -> None:
    result = compute(_case(6, (1, 2, 3), (0, 1, 2)))
    assert result is not None
    assert result.break_even == 4


def test_without_benefits_there_is_nothing_to_break_even() -> None:
    for case in (_case(12, (1, 2, 3)), _case(12, (1, 2, 3), (0, 0, 9)), _case(12, (1, 2, 3), (-9, -5, 0))):
        result = compute(case)
        assert result is not None
        assert result.break_even is None


def test_without_assumptions_or_a_horizon_there_is_no_case() -> None:
    assert compute(None) is None
    assert compute(_case(None, (1, 2, 3), (1, 2, 3))) is None


THREE = st.lists(st.integers(0, 10_000), min_size=3, max_size=3).map(lambda values: tuple(sorted(values)))


@law(st.integers(1, 60), THREE, st.lists(THREE, max_size=5))
def test_results_rise_from_low_to_high_and_no_driver_alone_leaves_that_range(
    months: int, cost: tuple[int, int, int], yearly: list[tuple[int, int, int]]
) -> None:
    result = compute(_case(months, cost, *yearly))
    assert result is not None
    assert result.low <= result.base <= result.high
    assert all(result.low <= s.low <= result.base <= s.high <= result.high for s in result.sensitivities)
    widths = [s.high - s.low for s in result.sensitivities]
    assert widths == sorted(widths, reverse=True)
    paid = sum(base for _, base, _ in yearly) * Fraction(months, 12)
    assert result.break_even is None or result.break_even * paid == cost[1]
