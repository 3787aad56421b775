"""Impact against effort: what to do now, what to plan, what to fit in, what to leave."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from alignment_report.rendering.exhibits.figures import widest
from alignment_report.rendering.exhibits.geometry import Box, place_labels
from alignment_report.rendering.exhibits.svg import SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role, Theme, mix
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, wrap

_LEFT, _HEAD, _LEAST_ROW = 24.0, 25.0, 30.0
_LONGEST = 180.0
_SIZE, _LINE = 11.0, 13.0
_HALF = 6.5


@dataclass(frozen=True, slots=True)
class PriorityItem:
    """One play; `number` is printed where the labels would not fit."""

    number: str
    label: str
    role: Role
    effort: int
    impact: int


@dataclass(frozen=True, slots=True)
class Priority:
    """`fields` in reading order: little effort with large impact, much with large, little with small, much with small.

    Ratings run from `low` to `high`; effort up to `little` counts as little, impact from `large` on as large.
    """

    title: str
    alt: str
    items: tuple[PriorityItem, ...]
    fields: tuple[str, str, str, str]
    little_effort: str
    much_effort: str
    small_impact: str
    large_impact: str
    names: tuple[tuple[Role, str], ...]
    low: int = 1
    high: int = 5
    little: int = 3
    large: int = 4


def priority(theme: Theme, data: Priority, prefix: str) -> str:
    """The chart of priorities."""
    svg, height = draw(theme, data, prefix)
    return svg.markup(height)


def draw(theme: Theme, data: Priority, prefix: str) -> tuple[Svg, float]:
    svg = Svg(theme, prefix, data.title, data.alt)
    roles = {item.role for item in data.items}
    top = svg.key(_LEFT, 12, [entry for entry in data.names if entry[0] in roles]) + 12 if roles else 0.0
    frames = _frames(data, top)
    heads = [_frame(svg, frame, name, frame is frames[0]) for frame, name in zip(frames, data.fields, strict=True)]
    insides = [Box(frame.x + 4, frame.y, frame.width - 8, frame.height) for frame in frames]
    owners = [insides[(item.effort > data.little) + 2 * (item.impact < data.large)] for item in data.items]
    listed = _labels(svg, data, _marks(data, top), owners, heads)
    bottom = frames[-1].bottom
    _axes(svg, data, top, bottom)
    return svg, _list(svg, data.items, bottom + 42) if listed else bottom + 23


def _axes(svg: Svg, data: Priority, top: float, bottom: float) -> None:
    muted = svg.theme.muted
    across, up = (WIDTH - _LEFT) / 2 - 8, (bottom - top) / 2 - 8
    svg.text(_LEFT, bottom + 17, data.little_effort, size=SMALL, fill=muted, room=across)
    svg.text(WIDTH, bottom + 17, data.much_effort, size=SMALL, fill=muted, anchor=1.0, room=across)
    svg.upright(13, top + 2, clip(data.large_impact, SMALL, up), fill=muted, anchor=1.0)
    svg.upright(13, bottom - 2, clip(data.small_impact, SMALL, up), fill=muted)


def _column(data: Priority) -> float:
    return (WIDTH - _LEFT) / (data.high - data.low + 1)


def _rows(data: Priority) -> dict[int, float]:
    """The height of the row of each impact: items of the same rating stand one below the other and keep their labels."""
    heights = dict.fromkeys(range(data.high, data.low - 1, -1), _LEAST_ROW)
    for (impact, _), places in _cells(data).items():
        heights[impact] = max(heights[impact], sum(_height(data.items[place]) for place in places) + 12)
    return heights


def _cells(data: Priority) -> dict[tuple[int, bool], list[int]]:
    """Places of the items in each row of each field, from little effort to much."""
    cells: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for place, item in sorted(enumerate(data.items), key=lambda entry: entry[1].effort):
        cells[item.impact, item.effort > data.little].append(place)
    return cells


def _height(item: PriorityItem) -> float:
    return _LINE * max(len(_lines(item)), 1) + 4


def _frames(data: Priority, top: float) -> list[Box]:
    """The four fields: each upper and lower pair has a strip for its names and a row for each of its ratings."""
    split = _LEFT + _column(data) * (data.little - data.low + 1)
    heights = _rows(data)
    above = _HEAD + sum(height for impact, height in heights.items() if impact >= data.large)
    below = _HEAD + sum(height for impact, height in heights.items() if impact < data.large)
    columns = ((_LEFT, split - 1 - _LEFT), (split + 1, WIDTH - split - 1))
    rows = ((top, above - 1), (top + above + 1, below - 1))
    return [Box(x, y, wide, tall) for y, tall in rows for x, wide in columns]


def _frame(svg: Svg, frame: Box, name: str, first: bool) -> Box:
    theme = svg.theme
    fill = mix(theme.accent, theme.paper, 0.13) if first else mix(theme.band, theme.paper, 0.42)
    svg.rect(frame.x, frame.y, frame.width, frame.height, fill)
    return svg.text(
        frame.x + 11, frame.y + 18, name, size=13, weight=SEMIBOLD, fill=theme.ink if first else theme.muted, room=frame.width - 22
    )


def _marks(data: Priority, top: float) -> list[Box]:
    """A square for each mark: its column is its effort, its row its impact."""
    heights = _rows(data)
    marks: dict[int, Box] = {}
    for (impact, _), places in _cells(data).items():
        above = sum(height for other, height in heights.items() if other > impact)
        used = sum(_height(data.items[place]) for place in places)
        y = top + above + (heights[impact] - used) / 2 + _HEAD * (1 if impact >= data.large else 2)
        for place in places:
            x = _LEFT + _column(data) * (data.items[place].effort - data.low + 0.5)
            height = _height(data.items[place])
            marks[place] = Box(x - _HALF, y + height / 2 - _HALF, 2 * _HALF, 2 * _HALF)
            y += height
    return [marks[place] for place in range(len(data.items))]


def _labels(svg: Svg, data: Priority, marks: list[Box], frames: list[Box], heads: list[Box]) -> bool:
    """Draws marks with their labels; gives whether numbers had to stand in for them."""
    texts = [_lines(item) for item in data.items]
    places = place_labels(marks, [(widest(lines, _SIZE, SEMIBOLD), _LINE * len(lines)) for lines in texts], frames, heads)
    for item, mark in zip(data.items, marks, strict=True):
        svg.mark(item.role, mark.x + _HALF, mark.y + _HALF, 11)
    if places:
        for item, lines, place, mark in zip(data.items, texts, places, marks, strict=True):
            weight = SEMIBOLD if item.effort <= data.little and item.impact >= data.large else 400
            left = place.x if place.x > mark.x else place.right - widest(lines, _SIZE, weight)
            svg.lines(left, place.y + place.height / 2, lines, size=_SIZE, weight=weight)
        return False
    for item, mark in zip(data.items, marks, strict=True):
        svg.text(mark.right + 3, mark.y + 10.5, item.number, size=SMALL, weight=SEMIBOLD, room=24)
    return True


def _lines(item: PriorityItem) -> tuple[str, ...]:
    return wrap(item.label, _SIZE, _LONGEST, SEMIBOLD)


def _list(svg: Svg, items: Sequence[PriorityItem], y: float) -> float:
    """The numbers' meaning, in two columns read downwards."""
    half = -(-len(items) // 2)
    column = (WIDTH - _LEFT) / 2
    bottom = y
    for x, part in ((_LEFT, items[:half]), (_LEFT + column, items[half:])):
        line = y
        for item in part:
            lines = wrap(item.label, SMALL, column - 52, most=2)
            svg.mark(item.role, x + 5, line - 4, 9)
            svg.text(x + 16, line, item.number, size=SMALL, weight=SEMIBOLD, room=20)
            svg.lines(x + 40, line - 4 + (len(lines) - 1) * 6.5, lines, size=SMALL)
            line += 6 + 13 * max(len(lines), 1)
        bottom = max(bottom, line)
    return bottom - 12
