"""Scores into heads against staff: whether disagreement lies between those who lead a function and those who work in it.

Heads and staff are margins of a table whose other margins are Sales and Marketing, so each of its four cells needs enough people: from an empty
one all others would follow exactly. And nobody may be exposed by both cuts through the same people together.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

from alignment_report.analysis.agreement import mean
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import RespondentScore
from alignment_report.analysis.shown_sums import FUNCTIONS

LEVELS = ("head", "staff")


def compare_levels(
    people: Sequence[RespondentScore], smallest: int, reveals: Callable[[Sequence[Fraction]], bool], is_safe: Callable[[], bool]
) -> Levels | None:
    """The mean totals of heads and of staff of both functions, each person weighing the same; None where they may not be shown.

    `reveals` says whether the mean of these totals tells what everybody answered, `is_safe` whether nobody is exposed by the two beside all that
    is shown.
    """
    cells = {at: [p.total for p in people if (p.level, p.function) == at and p.total is not None] for at in product(LEVELS, FUNCTIONS)}
    heads, staff = ([total for function in FUNCTIONS for total in cells[level, function]] for level in LEVELS)
    if (
        any(len(totals) < smallest or len(set(totals)) == 1 or reveals(totals) for totals in (*cells.values(), heads, staff))
        or not is_safe()
    ):
        return None
    return Levels(_figure(heads), _figure(staff))


def _figure(totals: Sequence[Fraction]) -> Figure:
    return Figure(mean(totals), Count(len(totals), len(totals)))
