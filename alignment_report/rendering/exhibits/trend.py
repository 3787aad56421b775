"""The score over the waves, for both functions and for each: a slope from one wave to the next, lines with bands over more."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from alignment_report.rendering.exhibits.figures import Band, Figure, Interval, widest
from alignment_report.rendering.exhibits.geometry import Scale, spread
from alignment_report.rendering.exhibits.svg import LABEL, LEAST, SMALL, WIDTH, Svg, n
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, clip, width

_TOP, _TALL = 10.0, 256.0
_ENDS, _WAVE = 190.0, 110.0
_BIG = 14.0
_ASIDE = {"sales": -9.0, "marketing": 9.0}
"""How far a function's marks stand aside where the intervals of two waves would cover one another."""


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave's name and its place in time, in days since the first one."""

    name: str
    day: int


@dataclass(frozen=True, slots=True)
class Point:
    """A series' figure in a wave, counted from nought."""

    wave: int
    figure: Figure
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line; waves whose figure is withheld have no point. `change` is since its first point."""

    role: Role
    name: str
    points: tuple[Point, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Two waves or more, the oldest first. `edges` are the printed ends of the bands."""

    waves: tuple[Wave, ...]
    bands: tuple[Band, ...]
    edges: tuple[Figure, ...]
    series: tuple[Series, ...]


def trend(svg: Svg, data: Trend) -> float:
    """Draws the chart of the waves; gives its height."""
    series = [line for line in data.series if line.points]
    names = min(widest(tuple(band.name for band in data.bands), SMALL), 110.0)
    left = names + min(widest(tuple(edge.text for edge in data.edges), LEAST), 40.0) + 20
    right = WIDTH - max((_end_width(line) for line in series), default=0.0) - 12
    x = Scale(data.waves[0].day, data.waves[-1].day, left + 52, right - 20)
    y = Scale(data.bands[0].floor, data.bands[-1].ceiling, _TOP + _TALL, _TOP)
    _stages(svg, data, left, right, y)
    placed = [_Placed(line, [(x(data.waves[p.wave].day) + _aside(line, data), y(p.figure.value)) for p in line.points]) for line in series]
    for one in sorted(placed, key=lambda one: one.line.role == "overall"):
        _intervals(svg, one, y, as_bars=len(data.waves) == 2)
    for one in sorted(placed, key=lambda one: one.line.role == "overall"):
        _line(svg, one)
    _starts(svg, [one.line for one in placed], x.start - 18, y)
    _ends(svg, [one.line for one in placed], right, y)
    _waves(svg, data.waves, x, y.start + 19)
    return y.start + 26


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Series
    places: list[tuple[float, float]]


def _aside(line: Series, data: Trend) -> float:
    return _ASIDE.get(line.role, 0.0) if len(data.waves) == 2 else 0.0


def _end_width(line: Series) -> float:
    parts = (width(line.points[-1].figure.text, _BIG, SEMIBOLD), width(line.name, LABEL, SEMIBOLD), width(line.change, SMALL))
    return min(sum(parts) + 13, _ENDS)


def _stages(svg: Svg, data: Trend, left: float, right: float, y: Scale) -> None:
    theme = svg.theme
    svg.rules([y(edge.value) for edge in data.edges], left, right, theme.rule)
    for edge in data.edges:
        svg.text(left - 6, y(edge.value) + 3.8, edge.text, size=LEAST, fill=theme.muted, anchor=1.0, room=40)
    for band in data.bands:
        weight, fill = (SEMIBOLD, theme.ink) if band.reached else (REGULAR, theme.muted)
        svg.text(0, (y(band.floor) + y(band.ceiling)) / 2 + 4, band.name, size=SMALL, weight=weight, fill=fill, room=110)


def _intervals(svg: Svg, one: _Placed, y: Scale, *, as_bars: bool) -> None:
    """A bar through each mark, or a band from wave to wave as far as both have an interval."""
    ends = [(p.wave, x, y(p.interval.low), y(p.interval.high)) for p, (x, _) in zip(one.line.points, one.places, strict=True) if p.interval]
    colour = svg.theme.of(one.line.role)
    if as_bars:
        for _, x, low, high in ends:
            svg.rect(x - 4, high, 8, low - high, colour, 0.24)
        return
    for (before, x1, low1, high1), (after, x2, low2, high2) in pairwise(ends):
        if after == before + 1:
            svg.path(f"M{n(x1)} {n(high1)}L{n(x2)} {n(high2)}V{n(low2)}L{n(x1)} {n(low1)}Z", colour, opacity=0.14)


def _line(svg: Svg, one: _Placed) -> None:
    """The line, broken where a wave shows nothing, and the marks over it."""
    role = one.line.role
    steps = pairwise(zip(one.line.points, one.places, strict=True))
    for (before, (x1, y1)), (after, (x2, y2)) in steps:
        if after.wave == before.wave + 1:
            svg.line(x1, y1, x2, y2, svg.theme.of(role), 3 if role == "overall" else 2.2)
    for x, y in one.places:
        svg.mark(role, x, y, 10.5)


def _starts(svg: Svg, series: Sequence[Series], right: float, y: Scale) -> None:
    """The first value of each line that has more than one, before its mark."""
    first = [line for line in series if len(line.points) > 1 and line.points[0].wave == 0]
    heights = spread([y(line.points[0].figure.value) for line in first], [13.0] * len(first), y.end - 7, y.start + 7)
    for line, height in zip(first, heights, strict=True):
        text = clip(line.points[0].figure.text, SMALL, 34)
        wide = width(text, SMALL)
        svg.rect(right - wide - 2, height - 6.5, wide + 4, 13, svg.theme.paper)
        svg.text(right, height + 4, text, size=SMALL, fill=svg.theme.words(svg.theme.of(line.role)), anchor=1.0)


def _ends(svg: Svg, series: Sequence[Series], right: float, y: Scale) -> None:
    heights = spread([y(line.points[-1].figure.value) for line in series], [17.0] * len(series), y.end - 8, y.start + 8)
    for line, height in zip(series, heights, strict=True):
        fill = svg.theme.words(svg.theme.of(line.role))
        value = svg.text(right, height + 4.8, line.points[-1].figure.text, size=_BIG, weight=SEMIBOLD, fill=fill, room=60)
        change = clip(line.change, SMALL, 50)
        room = WIDTH - value.right - 6 - (width(change, SMALL) + 7 if change else 0)
        name = svg.text(value.right + 6, height + 4.4, line.name, weight=SEMIBOLD, fill=fill, room=room)
        svg.text(name.right + 7, height + 4.2, change, size=SMALL, fill=svg.theme.muted)


def _waves(svg: Svg, waves: Sequence[Wave], x: Scale, y: float) -> None:
    """The first and the last wave's name, and of those between them as many as find room at their place."""
    last = svg.text(x.end, y, waves[-1].name, size=SMALL, weight=SEMIBOLD, anchor=0.5, room=min(_WAVE, 2 * (WIDTH - x.end)))
    before = svg.text(x.start, y, waves[0].name, size=SMALL, fill=svg.theme.muted, anchor=0.5, room=_WAVE)
    for wave in waves[1:-1]:
        half = width(wave.name, SMALL) / 2
        if before.right + 8 <= x(wave.day) - half and x(wave.day) + half + 8 <= last.x:
            before = svg.text(x(wave.day), y, wave.name, size=SMALL, fill=svg.theme.muted, anchor=0.5)
