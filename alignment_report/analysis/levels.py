"""Scores into heads against staff: whether disagreement lies between those who lead a function and those who work in it.

Heads and staff are margins of a table whose other margins are Sales and Marketing, so a cell of a few people has to stay open: what all
four margins leave for its sum is compared with what the narrowest of them leaves alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.agreement import mean
from alignment_report.analysis.exact import printed_within
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import RespondentScore
from alignment_report.analysis.widths import NEARLY_ALL, SAFE


def compare_levels(
    people: Sequence[RespondentScore],
    ends: tuple[Fraction, Fraction],
    floors: Sequence[Fraction],
    smallest: int,
    reveals: Callable[[Sequence[Fraction]], bool],
) -> Levels | None:
    """The mean totals of heads and of staff of both functions, each person weighing the same; None where they may not be shown.

    `ends` are the lowest and the highest score, `floors` those of the stages, beside which scores are printed with more decimals;
    `reveals` says whether the mean of these totals tells what everybody answered.
    """
    table = _Table(people, ends, floors)
    heads, staff = table.of(level="head"), table.of(level="staff")
    if min(len(heads), len(staff)) < smallest or len(set(heads)) == 1 or len(set(staff)) == 1 or reveals(heads) or reveals(staff):
        return None
    cells = [(level, function) for level in ("head", "staff") for function in ("sales", "marketing")]
    if any(table.exposes(level, function) for level, function in cells if 0 < len(table.of(level, function)) < smallest):
        return None
    return Levels(_figure(heads), _figure(staff))


def _figure(totals: Sequence[Fraction]) -> Figure:
    return Figure(mean(totals), Count(len(totals), len(totals)))


@dataclass(frozen=True, slots=True)
class _Table:
    people: Sequence[RespondentScore]
    ends: tuple[Fraction, Fraction]
    floors: Sequence[Fraction]

    def of(self, level: str | None = None, function: str | None = None) -> list[Fraction]:
        """The totals of a cell or of a margin."""
        return [p.total for p in self.people if p.total is not None and level in (None, p.level) and function in (None, p.function)]

    def exposes(self, level: str, function: str) -> bool:
        """Whether the margins tell the sum of a cell's totals too closely."""
        other_level, other_function = ("staff" if level == "head" else "head"), ("marketing" if function == "sales" else "sales")
        beside, below, across = self.of(level, other_function), self.of(other_level, function), self.of(other_level, other_function)
        people = len(self.of(level, function))
        possible = people * (self.ends[1] - self.ends[0])
        row, column = _less(self._margin(level=level), self._range(beside)), _less(self._margin(function=function), self._range(below))
        # The cell across is its own column less the row's other cell, so it bounds this one too.
        through = _less(self._margin(function=other_function), self._range(across))
        diagonal = _less(self._margin(level=level), through)
        bounds = [self._range(self.of(level, function)), row, column]
        alone = min(_width([*bounds[:1], bound]) for bound in (row, column))
        return _width([*bounds, diagonal]) < min(SAFE * possible, NEARLY_ALL * alone)

    def _margin(self, level: str | None = None, function: str | None = None) -> tuple[Fraction, Fraction]:
        totals = self.of(level, function)
        low, high = printed_within(mean(totals), self.floors)
        return low * len(totals), high * len(totals)

    def _range(self, totals: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
        return self.ends[0] * len(totals), self.ends[1] * len(totals)


def _less(whole: tuple[Fraction, Fraction], part: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    return whole[0] - part[1], whole[1] - part[0]


def _width(bounds: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    return min(high for _, high in bounds) - max(low for low, _ in bounds)
