"""The score on the scale of the four stages, with its interval and the functions."""

from dataclasses import dataclass

from alignment_report.rendering.colours import mix
from alignment_report.rendering.exhibits.figures import Band, Figure, Interval
from alignment_report.rendering.exhibits.geometry import Scale
from alignment_report.rendering.exhibits.svg import LABEL, LEAST, SMALL, WIDTH, Svg, n
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width

_DIGITS = 34.0
_TOP, _BAND = 48.0, 26.0


@dataclass(frozen=True, slots=True)
class Score:
    """The score and, beside it, what it counts and how sure it is."""

    figure: Figure
    caption: str
    note: str
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class FunctionScore:
    role: Role
    label: str
    count: str
    figure: Figure
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class StageScale:
    """A function that may not be shown is not among `functions`. `edges` are the printed ends of the bands, `last` the wave before."""

    bands: tuple[Band, ...]
    edges: tuple[Figure, ...]
    score: Score
    functions: tuple[FunctionScore, ...] = ()
    last: Figure | None = None


def stage_scale(svg: Svg, data: StageScale) -> float:
    """Draws the chart of the stage reached; gives its height."""
    scale = Scale(data.bands[0].floor, data.bands[-1].ceiling, 1, WIDTH - 1)
    _bands(svg, data, scale)
    _score(svg, data.score, scale)
    if data.last:
        _last_wave(svg, data.last, scale(data.last.value), scale(data.score.figure.value))
    y = _TOP + _BAND + 18
    for function in data.functions:
        y = _function(svg, function, scale, y + 25)
    return y + 8


def _bands(svg: Svg, data: StageScale, scale: Scale) -> None:
    theme = svg.theme
    tint = mix(theme.accent, theme.paper, 0.42)
    for band in data.bands:
        left, right = scale(band.floor), scale(band.ceiling)
        svg.rect(left, _TOP, right - left - (1.5 if band is not data.bands[-1] else 0), _BAND, tint if band.reached else theme.band)
    edges = [_edge(svg, figure, scale, _TOP + _BAND + 15) for figure in data.edges]
    for band, before, after in zip(data.bands, edges, edges[1:], strict=False):
        weight, fill = (SEMIBOLD, theme.ink) if band.reached else (400, theme.muted)
        svg.text((before + after) / 2, _TOP + _BAND + 15, band.name, weight=weight, fill=fill, anchor=0.5, room=after - before - 56)


def _edge(svg: Svg, figure: Figure, scale: Scale, y: float) -> float:
    x = scale(figure.value)
    anchor = 0.0 if x <= scale.start else 1.0 if x >= scale.end else 0.5
    svg.text(x, y, figure.text, size=LEAST, fill=svg.theme.muted, anchor=anchor, room=40)
    return x


def _score(svg: Svg, score: Score, scale: Scale) -> None:
    theme = svg.theme
    x, middle = scale(score.figure.value), _TOP + _BAND / 2
    if score.interval:
        low, high = scale(score.interval.low), scale(score.interval.high)
        svg.rect(low, middle - 5, high - low, 10, theme.overall, 0.42)
    svg.line(x, _TOP - 12, x, _TOP + _BAND + 3, theme.overall, 2)
    svg.mark("overall", x, middle, 15)
    digits = width(score.figure.text, _DIGITS, SEMIBOLD)
    room = WIDTH - digits - 12
    caption, note = clip(score.caption, LABEL, room, SEMIBOLD), clip(score.note, SMALL, room)
    words = max(width(caption, LABEL, SEMIBOLD), width(note, SMALL))
    left = min(max(x - 2, 0.0), WIDTH - digits - 12 - words)
    svg.text(left, 28, score.figure.text, size=_DIGITS, weight=SEMIBOLD)
    svg.text(left + digits + 12, 14, caption, weight=SEMIBOLD)
    svg.text(left + digits + 12, 29, note, size=SMALL, fill=theme.muted)


def _last_wave(svg: Svg, last: Figure, x: float, score: float) -> None:
    """A small triangle on the band where the wave before stood, and its words on the side away from the score, if they find room there."""
    muted = svg.theme.muted
    svg.path(f"M{n(x - 5.5)} {n(_TOP - 9)}H{n(x + 5.5)}L{n(x)} {n(_TOP)}Z", muted, svg.theme.paper, 1)
    text = clip(last.text, SMALL, WIDTH * 0.4)
    wide = width(text, SMALL)
    sides = [x - 9 - wide, max(x, score) + 9] if x <= score else [x + 9, min(x, score) - 9 - wide]
    left = next((side for side in sides if side >= 0 and side + wide <= WIDTH), 0.0)
    svg.text(left, _TOP - 3.5, text, size=SMALL, fill=muted)


def _function(svg: Svg, function: FunctionScore, scale: Scale, y: float) -> float:
    """One row: mark, interval and name beside it, or below it where neither side has room; gives the height of its last line."""
    theme = svg.theme
    colour = theme.of(function.role)
    x = scale(function.figure.value)
    low, high = (scale(function.interval.low), scale(function.interval.high)) if function.interval else (x, x)
    first, last = min(low, x - 7), max(high, x + 7)
    label = clip(function.label, LABEL, WIDTH * 0.6, SEMIBOLD)
    count = clip(function.count, SMALL, WIDTH - width(label, LABEL, SEMIBOLD) - 7)
    wide = width(label, LABEL, SEMIBOLD) + (7 + width(count, SMALL) if count else 0)
    left, line = _beside(first, last, wide, y)
    if line == y:
        first, last = min(first, left + 3), max(last, left + wide - 3)
    svg.path(f"M0 {n(y)}H{n(max(first - 6, 0))}M{n(min(last + 6, WIDTH))} {n(y)}H{n(WIDTH)}", stroke=theme.grid)
    svg.line(low, y, high, y, colour, 2)
    svg.mark(function.role, x, y, 11)
    svg.text(left, line + 4.4, label, weight=SEMIBOLD, fill=theme.words(colour))
    svg.text(left + wide, line + 4.2, count, size=SMALL, fill=theme.muted, anchor=1.0)
    return line


def _beside(first: float, last: float, wide: float, y: float) -> tuple[float, float]:
    """Left edge and height of words this wide: after the mark, before it, or under it."""
    if last + 9 + wide <= WIDTH:
        return last + 9, y
    if first - 9 - wide >= 0:
        return first - 9 - wide, y
    return min(max((first + last - wide) / 2, 0.0), WIDTH - wide), y + 17
