"""Printed shares of answers into how often each answer can have been given."""

from functools import cache
from itertools import product
from math import ceil, floor

from alignment_report.rendering.exhibits.geometry import share


@cache
def counts_of_shares(shares: tuple[int, ...], people: int) -> tuple[tuple[int, ...], ...]:
    """How often each answer can have been given, for the printed whole per cents."""
    near = [range(max(0, floor((s - 1) * people / 100)), min(people, ceil((s + 1) * people / 100)) + 1) for s in shares]
    return tuple(counts for counts in product(*near) if sum(counts) == people and tuple(share(list(counts))) == shares)


def sums_of_shares(shares: tuple[int, ...], people: int) -> tuple[int, int]:
    """The least and the greatest that all answers can add up to."""
    sums = [sum(answer * times for answer, times in enumerate(counts, 1)) for counts in counts_of_shares(shares, people)]
    return min(sums), max(sums)
