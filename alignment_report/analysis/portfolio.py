"""A client's published scores among those of other clients.

Others are known by whole points alone, item by item. A place among fewer than ten of them is not told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.exact import half_up
from alignment_report.analysis.published import Figure, Published
from alignment_report.model.assessment import InstrumentUsed
from alignment_report.model.benchmark import Benchmark, Spots
from alignment_report.model.playbook import Dimension

LEAST = 10
"""So many clients are needed before one may be placed among them. Our convention, that of intervals."""

Entry = Mapping[str, int]
"""A client's figures that may be shown, in whole points: the score under the empty name, dimensions under their ids."""

SCORE = ""
Quarter = Literal["bottom", "middle", "top"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One figure among those of others, these in ascending order; `dimension` is None for the score.

    `percentile` is the share of the others that stand lower in whole points, ties counted by half, from 0 to 100 and rounded half up.
    """

    dimension: Dimension | None
    own: Figure
    others: tuple[int, ...]
    median: Fraction
    percentile: int

    @property
    def quarter(self) -> Quarter:
        """The outer quarters hold everything up to 25 and from 75 on."""
        return "bottom" if self.percentile <= 25 else "top" if self.percentile >= 75 else "middle"


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A client among others: the score first, then the dimensions in the questionnaire's order. Without rows where it cannot be placed."""

    as_of: date
    others: int
    rows: tuple[Standing, ...]
    why_not: Literal["named", "too-few"] | None = None


def entry(published: Published) -> Entry:
    """What a client adds to a benchmark; nothing where it has no score to show."""
    score = published.score.combined.value
    if score is None or published.mode == "named":
        return {}
    shown = {d.dimension.id: d.split.combined.value for d in published.dimensions}
    return {SCORE: half_up(score, 0)} | {id: half_up(value, 0) for id, value in shown.items() if value is not None}


def gather(
    entries: Sequence[Entry], members: Iterable[str], as_of: date, instrument: InstrumentUsed, dimensions: Sequence[str]
) -> Benchmark:
    """The benchmark of these clients. A dimension that fewer than ten of them can show is left out."""
    spots = (Spots(id, _counted(entries, id)) for id in dimensions)
    kept = tuple(found for found in spots if sum(found.points.values()) >= LEAST)
    return Benchmark(as_of, instrument, _counted(entries, SCORE), kept, tuple(sorted(members)))


def _counted(entries: Sequence[Entry], item: str) -> Mapping[int, int]:
    return dict(sorted(Counter(found[item] for found in entries if item in found).items()))


def without(benchmark: Benchmark, own: Entry) -> Benchmark | None:
    """The benchmark less one client's own figures; None where it does not hold them all."""
    held: dict[str, Mapping[int, int]] = {SCORE: benchmark.score} | {spots.id: spots.points for spots in benchmark.dimensions}
    if any(own[item] not in points for item, points in held.items() if item in own) or SCORE not in own:
        return None
    left = {item: _less(points, own[item]) if item in own else points for item, points in held.items()}
    return replace(benchmark, score=left[SCORE], dimensions=tuple(replace(spots, points=left[spots.id]) for spots in benchmark.dimensions))


def _less(points: Mapping[int, int], one: int) -> Mapping[int, int]:
    return {at: count - (at == one) for at, count in points.items() if count > (at == one)}


def place(published: Published, others: Benchmark, dimensions: Sequence[Dimension]) -> Portfolio:
    """A client's figures among those of others; the client itself is not among them."""
    if published.mode == "named":
        return Portfolio(others.as_of, others.clients, (), "named")
    known: dict[str, Mapping[int, int]] = {spots.id: spots.points for spots in others.dimensions}
    shown = {d.dimension.id: d.split.combined for d in published.dimensions}
    score = _standing(None, published.score.combined, others.score)
    rows = [_standing(d, shown[d.id], known.get(d.id, {})) for d in dimensions if d.id in shown] if score else []
    found = tuple(row for row in (score, *rows) if row is not None)
    return Portfolio(others.as_of, others.clients, found, None if found else "too-few")


def _standing(dimension: Dimension | None, own: Figure, points: Mapping[int, int]) -> Standing | None:
    others = tuple(at for at, count in sorted(points.items()) for _ in range(count))
    if own.value is None or len(others) < LEAST:
        return None
    at = half_up(own.value, 0)
    below = sum(other < at for other in others) + Fraction(sum(other == at for other in others), 2)
    return Standing(dimension, own, others, _median(others), half_up(100 * below / len(others), 0))


def _median(values: Sequence[int]) -> Fraction:
    middle = len(values) // 2
    return Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2)
