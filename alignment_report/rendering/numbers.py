"""Exact numbers and dates into text, rounded half up, once, here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from alignment_report.analysis.exact import half_up
from alignment_report.model.fields import Unit

MINUS = "−"
_ONE_PIECE = 15
"""Characters up to which an amount fits a column of the tables together with its currency."""


def rounded(value: Fraction | float, places: int) -> Decimal:
    """The value rounded half up to so many decimals, from its exact value; never a negative zero."""
    return Decimal(f"{half_up(Fraction(value), places)}E-{places}")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The conventions of one language for numbers, dates and lists."""

    locale: Locale

    def decimal(self, value: Fraction | float, places: int = 1) -> str:
        """With so many decimals and a true minus sign."""
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return _formatted(rounded(value, places), pattern, self.locale)

    def signed(self, value: Fraction | float, places: int = 1) -> str:
        """With a sign before anything but zero."""
        number = rounded(value, places)
        return ("+" if number > 0 else "") + self.decimal(value, places)

    def number(self, value: Fraction) -> str:
        """A quantity as it was written: whole where it is whole, else with up to two decimals."""
        return _formatted(rounded(value, 2).normalize(), "#,##0.##", self.locale)

    def percent(self, value: Fraction) -> str:
        """A share as a whole per cent; below ten per cent with one decimal where it has one."""
        places = 1 if abs(value) < Fraction(1, 10) and rounded(value, 2) != rounded(value, 3) else 0
        return _with_minus(format_percent(rounded(value, 2 + places), "#,##0" + (".0" if places else "") + "%", self.locale))

    def money(self, value: Fraction, currency: str | None) -> str:
        """An amount without cents, with its currency where that is known; only a very long one may part from it at a line's end."""
        if currency is None:
            return self.decimal(value, 0)
        text = format_currency(rounded(value, 0), currency, "¤¤ #,##0", self.locale, currency_digits=False)
        space = "\u00a0" if len(text) <= _ONE_PIECE else " "
        return _with_minus(text.replace("\u00a0", " ")).replace(" ", space)

    def quantity(self, value: Fraction, unit: Unit, currency: str | None) -> str:
        """A value in its unit: a share as per cent, money with its currency, anything else as a plain number."""
        match unit:
            case "share":
                return self.percent(value)
            case "money":
                return self.money(value, currency)
            case "euro":
                return self.money(value, "EUR")
            case _:
                return self.number(value)

    def day(self, value: date) -> str:
        """A date in full, such as 20 March 2026."""
        return format_date(value, "d MMMM y", self.locale)

    def short_day(self, value: date) -> str:
        """A date without its year, such as 20 Mar."""
        return format_date(value, "d MMM", self.locale)

    def month(self, value: date) -> str:
        """A month with its year, such as March 2026."""
        return format_date(value, "MMMM y", self.locale)

    def joined(self, items: Sequence[str]) -> str:
        """Items as one enumeration: a, b and c."""
        return str(format_list(list(items), "standard", self.locale))


@lru_cache(maxsize=8192)
def _formatted(number: Decimal, pattern: str, locale: Locale) -> str:
    return _with_minus(format_decimal(number, pattern, locale))


def _with_minus(text: str) -> str:
    return text.replace("-", MINUS)
