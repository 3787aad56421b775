"""Fractions into whole numbers of one common part: sums of those are exact too, and much cheaper."""

import math
from collections.abc import Sequence
from fractions import Fraction


def in_parts(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as counts of one part, and how many of those parts make 1."""
    whole = math.lcm(*(value.denominator for value in values))
    return [value.numerator * (whole // value.denominator) for value in values], whole
