"""Exact numbers into text: rounded once, half up, from the exact value."""

from datetime import date
from fractions import Fraction

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from alignment_report.analysis.exact import decimals_beside
from alignment_report.model.fields import Unit
from alignment_report.rendering.numbers import Numbers, rounded

ENGLISH = Numbers(Locale.parse("en_GB"))
EDGES = [Fraction(edge) for edge in (20, 40, 60, 80)]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("2.45", 1, "2.5"),
        ("2.4499", 1, "2.4"),
        ("-2.45", 1, "−2.5"),
        ("-0.04", 1, "0.0"),
        ("0", 1, "0.0"),
        ("0.05", 1, "0.1"),
        ("48.75", 1, "48.8"),
        ("1234.5", 1, "1,234.5"),
        ("1234.5", 0, "1,235"),
    ],
)
def test_a_number_is_rounded_half_away_from_nought_and_has_a_true_minus(value: str, places: int, text: str) -> None:
    assert ENGLISH.decimal(Fraction(value), places) == text


def test_a_third_is_rounded_from_its_exact_value() -> None:
    assert ENGLISH.decimal(Fraction(1, 3)) == "0.3"
    assert ENGLISH.decimal(Fraction(2, 3), 3) == "0.667"


@pytest.mark.parametrize(("value", "text"), [("7.2", "+7.2"), ("-0.1", "−0.1"), ("0.04", "0.0"), ("-0.04", "0.0"), ("0.05", "+0.1")])
def test_a_difference_has_a_sign_unless_it_rounds_to_nought(value: str, text: str) -> None:
    assert ENGLISH.signed(Fraction(value)) == text


@pytest.mark.parametrize(("value", "text"), [("7", "7"), ("7.50", "7.5"), ("0.125", "0.13"), ("2310", "2,310"), ("100", "100")])
def test_a_quantity_stands_as_it_was_written(value: str, text: str) -> None:
    assert ENGLISH.number(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.29", "29%"),
        ("0.295", "30%"),
        ("1", "100%"),
        ("1.07", "107%"),
        ("0", "0%"),
        ("0.092", "9.2%"),
        ("0.09", "9%"),
        ("-0.07", "−7%"),
        ("0.0995", "10%"),
    ],
)
def test_a_share_is_a_whole_per_cent_and_below_ten_has_a_decimal_where_it_needs_one(value: str, text: str) -> None:
    assert ENGLISH.percent(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("118000", "EUR", "EUR\u00a0118,000"),
        ("99.5", "SEK", "SEK\u00a0100"),
        ("-2500", "GBP", "−GBP\u00a02,500"),
        ("1500", None, "1,500"),
        ("1500", "JPY", "JPY\u00a01,500"),
    ],
)
def test_money_has_no_cents_and_holds_on_to_its_currency(value: str, currency: str | None, text: str) -> None:
    assert ENGLISH.money(Fraction(value), currency) == text


@pytest.mark.parametrize(
    ("unit", "text"), [("share", "50%"), ("money", "CHF\u00a01"), ("euro", "EUR\u00a01"), ("days", "0.5"), ("", "0.5"), ("hours", "0.5")]
)
def test_each_unit_has_its_form(unit: Unit, text: str) -> None:
    assert ENGLISH.quantity(Fraction(1, 2), unit, "CHF") == text


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a, and b", "c"], "a, and b and c")],
)
def test_a_list_reads_as_one_enumeration(items: list[str], text: str) -> None:
    assert ENGLISH.joined(items) == text


def test_dates_are_written_in_words() -> None:
    day = date(2026, 3, 7)
    assert (ENGLISH.day(day), ENGLISH.short_day(day), ENGLISH.month(day)) == ("7 March 2026", "7 Mar", "March 2026")


def test_another_language_has_its_own_conventions() -> None:
    german = Numbers(Locale.parse("de"))
    assert (german.decimal(Fraction("1234.5")), german.percent(Fraction("0.5"))) == ("1.234,5", "50%")


@pytest.mark.parametrize(
    ("value", "places"),
    [("39.58", 1), ("39.96", 2), ("39.996", 3), ("40", 1), ("40.04", 1), ("59.99999", 5), ("79.95", 2), ("100", 1), ("19.99", 2)],
)
def test_a_score_close_below_an_edge_gets_as_many_decimals_as_keep_it_below(value: str, places: int) -> None:
    assert decimals_beside(Fraction(value), EDGES) == places


@given(st.fractions(min_value=20, max_value=100, max_denominator=10**6))
def test_the_printed_score_lies_on_the_same_side_of_every_edge_as_the_exact_one(value: Fraction) -> None:
    places = decimals_beside(value, EDGES)
    printed = Fraction(rounded(value, places))
    assert [value < edge for edge in EDGES] == [printed < edge for edge in EDGES]
    assert places == 1 or any((value < edge) != (Fraction(rounded(value, places - 1)) < edge) for edge in EDGES)


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_is_off_by_half_a_place_at_the_most_and_goes_up_on_the_half(value: Fraction, places: int) -> None:
    off = Fraction(rounded(value, places)) - value
    half = Fraction(1, 2 * 10**places)
    assert abs(off) <= half
    assert abs(off) < half or (off > 0) == (value > 0)


@given(st.fractions(max_denominator=10**4))
def test_a_number_and_its_opposite_round_alike(value: Fraction) -> None:
    assert Fraction(rounded(-value, 1)) == -Fraction(rounded(value, 1))
