"""Fractions into counts of one part and into the numbers that are printed for them."""

from fractions import Fraction

import pytest

from alignment_report.analysis.exact import decimals_beside, half_up, in_parts, printed, printed_within


def test_values_become_counts_of_their_least_common_part() -> None:
    assert in_parts([Fraction(1, 4), Fraction(-5, 6), Fraction(2)]) == ([3, -10, 24], 12)


@pytest.mark.parametrize(
    ("value", "places", "count"),
    [
        ("2.45", 1, 25),
        ("2.4499", 1, 24),
        ("-2.45", 1, -25),
        ("-2.4499", 1, -24),
        ("1.005", 2, 101),
        ("1.0049", 2, 100),
        ("0.05", 1, 1),
        ("-0.04", 1, 0),
        ("7/3", 3, 2333),
        ("2.5", 0, 3),
    ],
)
def test_a_half_is_rounded_away_from_nought(value: str, places: int, count: int) -> None:
    assert half_up(Fraction(value), places) == count


@pytest.mark.parametrize(
    ("value", "edges", "places"),
    [
        ("59.9", ["60"], 1),
        ("59.96", ["60"], 2),
        ("59.996", ["60"], 3),
        ("60", ["60"], 1),
        ("60.04", ["60"], 1),
        ("39.996", ["60", "40"], 3),
        ("39.996", ["60"], 1),
        ("59.996", [], 1),
        ("12.3", ["12.25"], 1),
        ("12.249", ["12.25"], 1),
        ("12.26", ["12.3"], 2),
    ],
)
def test_a_number_is_printed_with_the_decimals_that_keep_it_on_its_side_of_an_edge(value: str, edges: list[str], places: int) -> None:
    assert decimals_beside(Fraction(value), [Fraction(edge) for edge in edges]) == places


def test_a_value_is_printed_with_one_decimal_unless_more_are_asked_for() -> None:
    assert (printed(Fraction("3.45")), printed(Fraction("-3.449")), printed(Fraction("3.449"), 2)) == (
        Fraction("3.5"),
        Fraction("-3.4"),
        Fraction("3.45"),
    )


def test_more_decimals_than_the_edge_needs_may_be_asked_for() -> None:
    assert decimals_beside(Fraction("59.96"), [Fraction(60)], 3) == 3


@pytest.mark.parametrize(
    ("value", "edges", "least", "most"),
    [
        ("59.96", [], "59.95", "60.05"),
        ("59.96", ["60"], "59.955", "59.965"),
        ("59.996", ["60"], "59.9955", "59.9965"),
        ("-3.14", [], "-3.15", "-3.05"),
    ],
)
def test_a_printed_number_stands_for_all_that_print_like_it(value: str, edges: list[str], least: str, most: str) -> None:
    assert printed_within(Fraction(value), [Fraction(edge) for edge in edges]) == (Fraction(least), Fraction(most))
