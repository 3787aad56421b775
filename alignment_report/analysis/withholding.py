"""Figures into fewer figures: withheld further until nobody is exposed by what they tell together."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.audit import Auditor, Exposure
from alignment_report.analysis.published import WITHHELD, Count, DimensionFigures, Figure, Split, StatementFigures
from alignment_report.analysis.shown_sums import Sums, Way
from alignment_report.analysis.widths import Ways
from alignment_report.model.assessment import Confidentiality

BANDS = ((5, 9), (10, 19), (20, 49), (50, 99), (100, 10_000))
"""Numbers of people are told by these bands where the exact one would tell about a withheld group."""

Statements = tuple[StatementFigures, ...]
Dimensions = tuple[DimensionFigures, ...]


class NoSafeFigures(Exception):
    """People are exposed by figures none of which can be withheld: nothing may be published."""


def protect(
    score: Split, statements: Statements, dimensions: Dimensions, sums: Sums, rules: Confidentiality
) -> tuple[Statements, Dimensions]:
    """Statements and dimensions without what exposes a few people, or a group of one mind; what was withheld in vain is given back.

    Each round withholds more, so it ends. Raises NoSafeFigures where withholding them all is not enough.
    """
    auditor, safe, left = Auditor(sums, rules.figures, rules.spread), statements, dimensions
    while found := auditor.exposures(ways_of(score, safe, left)):
        chosen = _to_withhold(found, safe, left)
        safe = tuple(replace(f, split=_further(f.split), distribution=None) if ("statement", f.statement.id) in chosen else f for f in safe)
        left = tuple(replace(f, split=_further(f.split)) if ("dimension", f.dimension.id) in chosen else f for f in left)
    return _given_back(score, statements, safe, left, auditor.is_safe), left


def _given_back(
    score: Split, statements: Statements, safe: Statements, dimensions: Dimensions, is_safe: Callable[[Ways], bool]
) -> Statements:
    """The safe statements with each that can be shown after all, or for both functions together: those that tell most first."""
    shown = {f.statement.id: f for f in safe}
    withheld = [f for f in statements if shown[f.statement.id] != f]
    for full in sorted(withheld, key=lambda f: (*worth(f.split), f.statement.id), reverse=True):
        id, now = full.statement.id, shown[full.statement.id]
        for more in (full, replace(full, split=without_split(full.split), distribution=None)):
            if way_of(more.split) == way_of(now.split):
                break
            ways = ways_of(score, tuple((shown | {id: more}).values()), dimensions)
            if is_safe(ways):
                shown[id] = more
                break
    return tuple(shown.values())


def without_split(split: Split) -> Split:
    """A split without the functions apart."""
    return Split(combined=banded(split.combined), leadership=split.leadership)


def without_lone_interval(split: Split) -> Split:
    """A split without the interval of one figure for both functions: beside others without, it would tell why that stands alone."""
    return replace(split, combined=replace(split.combined, interval=None)) if split.gap == WITHHELD else split


def banded(figure: Figure) -> Figure:
    """A figure with its number of people as a band."""
    if figure.n is None:
        return figure
    low, high = next((low, high) for low, high in BANDS if figure.n.at_least <= high)
    return Figure(figure.value, Count(low, high), figure.interval)


def worth(split: Split) -> tuple[int, Fraction]:
    """What a figure tells: first by how many people, then by how wide a gap."""
    return split.combined.n.at_least if split.combined.n else 0, abs(split.gap.value or Fraction(0))


_Item = tuple[Literal["statement", "dimension"], str]


def ways_of(score: Split, statements: Statements, dimensions: Dimensions) -> Ways:
    """How all figures are shown."""
    return Ways(way_of(score), {f.statement.id: way_of(f.split) for f in statements}, {f.dimension.id: way_of(f.split) for f in dimensions})


def way_of(split: Split) -> Way:
    """How a figure is shown."""
    return "apart" if split.gap != WITHHELD else "together" if split.combined != WITHHELD else "hidden"


def _further(split: Split) -> Split:
    return without_split(split) if split.gap != WITHHELD else Split(leadership=split.leadership)


def _to_withhold(exposed: Sequence[Exposure], statements: Statements, dimensions: Dimensions) -> set[_Item]:
    """A figure for each comparison: of those on which most rest the one that tells least, statements before dimensions.

    A comparison without statements waits while others have some: those may be what it rests on.
    """
    of: dict[_Item, Split] = {("statement", f.statement.id): f.split for f in statements if f.split.combined != WITHHELD}
    of |= {("dimension", f.dimension.id): f.split for f in dimensions if f.split.combined != WITHHELD}
    left = [_candidates(exposure, of) for exposure in exposed]
    left = [items for items in left if items[0][0] == "statement"] or left
    chosen: set[_Item] = set()
    while left:
        resting = Counter(item for items in left for item in items)
        best = min(resting, key=lambda item: (of[item].gap == WITHHELD, -resting[item], *worth(of[item]), item))
        chosen.add(best)
        left = [items for items in left if best not in items]
    return chosen


def _candidates(exposure: Exposure, of: Mapping[_Item, Split]) -> list[_Item]:
    """The figures of a comparison that may still be withheld further."""
    statements: list[_Item] = [("statement", id) for id in exposure.statements if ("statement", id) in of]
    dimensions: list[_Item] = [("dimension", id) for id in exposure.dimensions if ("dimension", id) in of]
    if not statements and not dimensions:
        raise NoSafeFigures
    return statements or dimensions
