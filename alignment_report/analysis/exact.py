"""Fractions into whole numbers of one common part, and into the numbers that are printed for them."""

import math
from collections.abc import Sequence
from fractions import Fraction


def in_parts(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as counts of one part, and how many of those parts make 1; sums of counts are exact too, and much cheaper."""
    whole = math.lcm(*(value.denominator for value in values))
    return [value.numerator * (whole // value.denominator) for value in values], whole


def half_up(value: Fraction, places: int) -> int:
    """The value rounded half up, away from zero at a half, as a count of its last decimal place."""
    count: int = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    return -count if value < 0 else count


def printed(value: Fraction, places: int = 1) -> Fraction:
    """The value as it is printed, so that what is concluded or put in order by it tells no more than the print does."""
    return Fraction(half_up(value, places), 10**places)


def decimals_beside(value: Fraction, edges: Sequence[Fraction], places: int = 1) -> int:
    """How many decimals keep the printed number on the same side of every edge as the exact value, at least `places`."""
    while any((value < edge) != (printed(value, places) < edge) for edge in edges):
        places += 1
    return places


def printed_within(value: Fraction, edges: Sequence[Fraction] = ()) -> tuple[Fraction, Fraction]:
    """The values that print like this one, from the least to the one they stay below; `edges` as for decimals_beside."""
    places = decimals_beside(value, edges)
    count, half = half_up(value, places), Fraction(1, 2 * 10**places)
    return Fraction(count, 10**places) - half, Fraction(count, 10**places) + half
