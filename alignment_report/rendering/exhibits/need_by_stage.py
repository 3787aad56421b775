"""The stage reached against the need to move: four fields and one marker."""

from dataclasses import dataclass

from alignment_report.rendering.colours import mix
from alignment_report.rendering.exhibits.figures import Band, Figure, band_names
from alignment_report.rendering.exhibits.geometry import Box, Scale, place_labels
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width

_LEFT, _TALL = 24.0, 218.0


@dataclass(frozen=True, slots=True)
class NeedByStage:
    """Fields in reading order: early with much need, late with much need, early with little, late with little.

    `score` lies on the bands, `need` between 0 and 1; the field they meet in is tinted.
    """

    bands: tuple[Band, ...]
    fields: tuple[str, str, str, str]
    little: str
    much: str
    score: Figure
    need: float
    marker: str


def need_by_stage(svg: Svg, data: NeedByStage) -> float:
    """Draws the chart of need against stage; gives its height."""
    theme = svg.theme
    across = Scale(data.bands[0].floor, data.bands[-1].ceiling, _LEFT, WIDTH)
    up = Scale(0, 1, _TALL, 0)
    split = across(data.bands[len(data.bands) // 2].floor)
    frames = _frames(split, up(0.5))
    at = (across(data.score.value), up(data.need))
    heads = []
    for frame, name in zip(frames, data.fields, strict=True):
        reached = _holds(frame, at, split, up(0.5))
        tint = mix(theme.accent, theme.paper, 0.13) if reached else mix(theme.band, theme.paper, 0.42)
        svg.rect(frame.x, frame.y, frame.width, frame.height, tint)
        fill = theme.ink if reached else theme.muted
        heads.append(svg.text(frame.x + 11, frame.y + 19, name, size=13, weight=SEMIBOLD, fill=fill, room=frame.width - 22))
    _marker(svg, data.marker, at, frames, heads)
    band_names(svg, data.bands, across, _TALL + 17)
    svg.columns([across(band.floor) for band in data.bands[1:]], _TALL + 4, _TALL + 20, theme.rule)
    half = _TALL / 2 - 8
    svg.upright(13, 2, clip(data.much, SMALL, half), fill=theme.muted, anchor=1.0)
    svg.upright(13, _TALL - 2, clip(data.little, SMALL, half), fill=theme.muted)
    return _TALL + 26


def _frames(split: float, middle: float) -> list[Box]:
    columns = ((_LEFT, split - 1 - _LEFT), (split + 1, WIDTH - split - 1))
    rows = ((0.0, middle - 1), (middle + 1, _TALL - middle - 1))
    return [Box(x, y, wide, tall) for y, tall in rows for x, wide in columns]


def _holds(frame: Box, at: tuple[float, float], split: float, middle: float) -> bool:
    return (frame.x > split) == (at[0] >= split) and (frame.y < middle) == (at[1] <= middle)


def _marker(svg: Svg, text: str, at: tuple[float, float], frames: list[Box], heads: list[Box]) -> None:
    """The dot, moved as little as needed off the fields' words, with its label beside it."""
    x, y = min(max(at[0], _LEFT + 12), WIDTH - 12), min(max(at[1], 12.0), _TALL - 12)
    y = _clear(x, y, heads)
    dot = Box(x - 10, y - 10, 20, 20)
    label = clip(text, LABEL, WIDTH - _LEFT - 40, SEMIBOLD)
    size = (width(label, LABEL, SEMIBOLD), LABEL * 1.2)
    whole = Box(_LEFT + 4, 4, WIDTH - _LEFT - 8, _TALL - 8)
    own = next(frame for frame in frames if frame.x <= at[0] <= frame.right + 2 and frame.y <= at[1] <= frame.bottom + 2)
    places = place_labels([dot], [size], [own], heads) or place_labels([dot], [size], [whole], heads)
    svg.path(f"M{x - 8:.1f} {y:.1f}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0Z", svg.theme.accent, svg.theme.paper, 2)
    if places:
        svg.text(places[0].x, places[0].y + 0.96 * LABEL, label, weight=SEMIBOLD)


def _clear(x: float, y: float, heads: list[Box]) -> float:
    for step in range(60):
        for moved in (y + step, y - step):
            dot = Box(x - 10, moved - 10, 20, 20)
            if 12 <= moved <= _TALL - 12 and not any(dot.overlap(head) for head in heads):
                return moved
    return y
