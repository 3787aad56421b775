"""Scores into heads against staff: whether disagreement lies between those who lead a function and those who work in it.

Heads and staff are margins of a table whose other margins are Sales and Marketing, so a cell of a few people has to stay open: what all
four margins and the means of the statements leave for its sum is compared with what the narrowest of them leaves alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.agreement import mean
from alignment_report.analysis.exact import printed_within
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import RespondentScore
from alignment_report.analysis.widths import NEARLY_ALL, SAFE

Bounds = tuple[Fraction, Fraction]
Reach = Callable[[Sequence[RespondentScore]], Bounds]


def compare_levels(
    people: Sequence[RespondentScore],
    ends: tuple[Fraction, Fraction],
    floors: Sequence[Fraction],
    smallest: int,
    reveals: Callable[[Sequence[Fraction]], bool],
    reach: Reach,
) -> Levels | None:
    """The mean totals of heads and of staff of both functions, each person weighing the same; None where they may not be shown.

    `ends` are the lowest and the highest score, `floors` those of the stages, beside which scores are printed with more decimals;
    `reveals` says whether the mean of these totals tells what everybody answered, `reach` between which ends the means of the statements hold
    the sum of some people's totals.
    """
    table = _Table(people, ends, floors, reach)
    heads, staff = table.of(level="head"), table.of(level="staff")
    if min(len(heads), len(staff)) < smallest or len(set(heads)) == 1 or len(set(staff)) == 1 or reveals(heads) or reveals(staff):
        return None
    if any(table.exposes(level, function, smallest) for level in ("head", "staff") for function in ("sales", "marketing")):
        return None
    return Levels(_figure(heads), _figure(staff))


def _figure(totals: Sequence[Fraction]) -> Figure:
    return Figure(mean(totals), Count(len(totals), len(totals)))


@dataclass(frozen=True, slots=True)
class _Table:
    people: Sequence[RespondentScore]
    ends: tuple[Fraction, Fraction]
    floors: Sequence[Fraction]
    reach: Reach

    def of(self, level: str | None = None, function: str | None = None) -> list[Fraction]:
        """The totals of a cell or of a margin."""
        return [p.total for p in self._who(level, function) if p.total is not None]

    def _who(self, level: str | None = None, function: str | None = None) -> list[RespondentScore]:
        return [p for p in self.people if p.total is not None and level in (None, p.level) and function in (None, p.function)]

    def exposes(self, level: str, function: str, smallest: int) -> bool:
        """Whether the margins tell too closely of a cell of fewer people than `smallest`, or of so few of a larger one."""
        cell = self._who(level, function)
        if not cell:
            return False
        known = self._known(level, function)
        if len(cell) < smallest:
            return self._is_narrow(cell, [known], self._lone(level, function))
        some = ((cell[:size], cell[size:]) for size in range(1, smallest))
        return any(self._is_narrow(few, [_less(known, self.reach(rest))], [_less(known, self._range(rest))]) for few, rest in some)

    def _is_narrow(self, few: Sequence[RespondentScore], bounds: Sequence[Bounds], lone: Sequence[Bounds]) -> bool:
        """Whether these bounds on a few people's totals leave too little, and less than each of some bounds leaves by itself."""
        possible, by_statements = self._range(few), self.reach(few)
        alone = min(_width([possible, bound]) for bound in (by_statements, *lone))
        return _width([by_statements, *bounds]) < min(SAFE * _width([possible]), NEARLY_ALL * alone)

    def _known(self, level: str, function: str) -> Bounds:
        """Between which ends all four margins hold the sum of a cell's totals."""
        other_level, other_function = ("staff" if level == "head" else "head"), ("marketing" if function == "sales" else "sales")
        beside, below, across = self._who(level, other_function), self._who(other_level, function), self._who(other_level, other_function)
        in_row, in_column = self._margin(level=level), self._margin(function=function)
        # The cell across is its own column less the row's other cell, so it bounds this one too.
        through = _less(self._margin(function=other_function), self.reach(across))
        bounds = (_less(in_row, self.reach(beside)), _less(in_column, self.reach(below)), _less(in_row, through))
        return max(low for low, _ in bounds), min(high for _, high in bounds)

    def _lone(self, level: str, function: str) -> tuple[Bounds, Bounds]:
        """The same by the margin of its level alone and by that of its function alone."""
        others = (
            [p for p in self._who(level=level) if p.function != function],
            [p for p in self._who(function=function) if p.level != level],
        )
        margins = self._margin(level=level), self._margin(function=function)
        return _less(margins[0], self._range(others[0])), _less(margins[1], self._range(others[1]))

    def _margin(self, level: str | None = None, function: str | None = None) -> Bounds:
        totals = self.of(level, function)
        if not totals:
            return Fraction(0), Fraction(0)
        low, high = printed_within(mean(totals), self.floors)
        return low * len(totals), high * len(totals)

    def _range(self, people: Sequence[RespondentScore]) -> Bounds:
        return self.ends[0] * len(people), self.ends[1] * len(people)


def _less(whole: Bounds, part: Bounds) -> Bounds:
    return whole[0] - part[1], whole[1] - part[0]


def _width(bounds: Sequence[Bounds]) -> Fraction:
    return min(high for _, high in bounds) - max(low for low, _ in bounds)
