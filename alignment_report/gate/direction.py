"""Letters as a page sets them, from left to right, into the order in which they are read."""

from collections.abc import Sequence
from itertools import groupby
from unicodedata import bidirectional


def in_reading_order(shown: Sequence[str]) -> list[str]:
    """One line's letters with those of scripts that run from right to left turned, and what stands between them; not the numbers in it."""
    turned = [place for place, text in enumerate(shown) if any(bidirectional(letter) in ("R", "AL") for letter in text)]
    if not turned:
        return list(shown)
    first, last = turned[0], turned[-1] + 1
    found: list[str] = []
    for is_number, group in groupby(reversed(shown[first:last]), str.isdigit):
        letters = list(group)
        found += reversed(letters) if is_number else letters
    return [*shown[:first], *found, *shown[last:]]
