"""The score over the waves, with the intervals, for all and for the two functions."""

from dataclasses import dataclass

from alignment_report.rendering.exhibits.figures import Band, Figure, Interval, widest
from alignment_report.rendering.exhibits.geometry import Scale, spread
from alignment_report.rendering.exhibits.svg import LABEL, LEAST, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role, Theme
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width

_TALL = 254.0
_ROOM = 190.0


@dataclass(frozen=True, slots=True)
class WavePoint:
    """`wave` counts from nought."""

    wave: int
    figure: Figure
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line; waves whose figure is withheld are left out of `points`. `change` is since its first point."""

    role: Role
    name: str
    points: tuple[WavePoint, ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    title: str
    alt: str
    waves: tuple[str, ...]
    bands: tuple[Band, ...]
    edges: tuple[Figure, ...]
    series: tuple[Series, ...]


def trend(theme: Theme, data: Trend, prefix: str) -> str:
    """The chart of the waves."""
    svg, height = draw(theme, data, prefix)
    return svg.markup(height)


def draw(theme: Theme, data: Trend, prefix: str) -> tuple[Svg, float]:
    svg = Svg(theme, prefix, data.title, data.alt)
    series = [line for line in data.series if line.points]
    names = min(widest(tuple(band.name for band in data.bands), SMALL), 110.0)
    edges = min(widest(tuple(edge.text for edge in data.edges), LEAST), 40.0)
    left = names + edges + 20
    ends = max(
        (
            min(
                width(line.points[-1].figure.text, 13, SEMIBOLD) + width(line.name, LABEL, SEMIBOLD) + width(line.change, SMALL) + 12, _ROOM
            )
            for line in series
        ),
        default=0.0,
    )
    right = WIDTH - ends - 14
    top, bottom = 8.0, 8.0 + _TALL
    x = Scale(0, max(len(data.waves) - 1, 1), left + 46, right - 18)
    y = Scale(data.bands[0].floor, data.bands[-1].ceiling, bottom, top)
    svg.rules([y(edge.value) for edge in data.edges], left, right, theme.rule)
    for edge in data.edges:
        svg.text(left - 6, y(edge.value) + 3.8, edge.text, size=LEAST, fill=theme.muted, anchor=1.0, room=40)
    for band in data.bands:
        svg.text(0, (y(band.floor) + y(band.ceiling)) / 2 + 4, band.name, size=SMALL, fill=theme.muted, room=110)
    for line in series:
        _interval(svg, line, x, y)
    for line in sorted(series, key=lambda line: line.role == "overall"):
        _line(svg, line, x, y)
    _starts(svg, series, x, y, top)
    _ends(svg, series, right, y, (top, bottom))
    _waves(svg, data.waves, x, bottom + 18)
    return svg, bottom + 26


def _interval(svg: Svg, line: Series, x: Scale, y: Scale) -> None:
    points = [(x(point.wave), y(point.interval.low), y(point.interval.high)) for point in line.points if point.interval]
    if len(points) > 1:
        over = "L".join(f"{at:.1f} {high:.1f}" for at, _, high in points)
        under = "L".join(f"{at:.1f} {low:.1f}" for at, low, _ in reversed(points))
        svg.path(f"M{over}L{under}Z", svg.theme.of(line.role), opacity=0.14)
    for at, low, high in points if len(points) == 1 else ():
        svg.rect(at - 4, high, 8, low - high, svg.theme.of(line.role), 0.14)


def _line(svg: Svg, line: Series, x: Scale, y: Scale) -> None:
    places = [(x(point.wave), y(point.figure.value)) for point in line.points]
    if len(places) > 1:
        svg.path(
            "M" + "L".join(f"{at:.1f} {height:.1f}" for at, height in places),
            stroke=svg.theme.of(line.role),
            thick=3 if line.role == "overall" else 2.2,
        )
    for at, height in places:
        svg.mark(line.role, at, height, 10)


def _starts(svg: Svg, series: list[Series], x: Scale, y: Scale, top: float) -> None:
    """The first value of each line that has more than one, above its mark."""
    first = [line for line in series if len(line.points) > 1 and line.points[0].wave == 0]
    heights = spread([y(line.points[0].figure.value) - 12 for line in first], [12.0] * len(first), top - 6, y.start + 4)
    for line, height in zip(first, heights, strict=True):
        fill = svg.theme.words(svg.theme.of(line.role))
        text = clip(line.points[0].figure.text, SMALL, 30)
        wide = width(text, SMALL)
        svg.rect(x.start - 10 - wide, height - 1, wide + 2, 11, svg.theme.paper)
        svg.text(x.start - 9, height + 8, text, size=SMALL, fill=fill, anchor=1.0)


def _ends(svg: Svg, series: list[Series], right: float, y: Scale, bounds: tuple[float, float]) -> None:
    heights = spread([y(line.points[-1].figure.value) for line in series], [16.0] * len(series), bounds[0] - 7, bounds[1] + 7)
    for line, height in zip(series, heights, strict=True):
        fill = svg.theme.words(svg.theme.of(line.role))
        value = svg.text(right, height + 4.6, line.points[-1].figure.text, size=13, weight=SEMIBOLD, fill=fill, room=60)
        change = clip(line.change, SMALL, 60)
        room = WIDTH - value.right - 6 - (width(change, SMALL) + 6 if change else 0)
        name = svg.text(value.right + 6, height + 4.4, line.name, weight=SEMIBOLD, fill=fill, room=room)
        svg.text(name.right + 6, height + 4.2, change, size=SMALL, fill=svg.theme.muted)


def _waves(svg: Svg, waves: tuple[str, ...], x: Scale, y: float) -> None:
    step = (x.end - x.start) / max(len(waves) - 1, 1)
    for place, wave in enumerate(waves):
        last = place == len(waves) - 1
        weight, fill = (SEMIBOLD, svg.theme.ink) if last else (400, svg.theme.muted)
        svg.text(
            x(place), y, wave, size=SMALL, weight=weight, fill=fill, anchor=0.5, room=min(step - 6, 2 * x(place), 2 * (WIDTH - x(place)))
        )
