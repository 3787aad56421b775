"""Impact against effort: what to do now, what to plan, what to fit in, what to leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alignment_report.rendering.colours import mix
from alignment_report.rendering.exhibits.figures import widest
from alignment_report.rendering.exhibits.svg import SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, clip, width, wrap

_LEFT, _HEAD = 40.0, 26.0
_LINE, _APART, _PAD = 13.0, 6.0, 7.0
_OFF, _EDGE = 10.5, 8.0
"""How far a label stands off the middle of its mark, and how far it keeps from the edge of its field."""
_LONGEST = 120.0


@dataclass(frozen=True, slots=True)
class PriorityItem:
    """One play with its two ratings."""

    label: str
    role: Role
    effort: int
    impact: int


@dataclass(frozen=True, slots=True)
class Priority:
    """`fields` in reading order: little effort with large impact, much with large, little with small, much with small.

    Ratings run from `low` to `high`; effort up to `little` counts as little, impact from `large` on as large.
    """

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


@dataclass(frozen=True, slots=True)
class _Play:
    """An item as it is set: the middle of its mark and the left edge of its label, across."""

    item: PriorityItem
    is_much: bool
    x: float
    left: float
    lines: tuple[str, ...]
    weight: int

    @property
    def height(self) -> float:
        return _LINE * max(len(self.lines), 1) + _APART


@dataclass(frozen=True, slots=True)
class _Row:
    """The plays of one impact; those of little effort stand one below the other, and so do those of much."""

    impact: int
    y: float
    height: float
    cells: tuple[Sequence[_Play], Sequence[_Play]]


def priority(svg: Svg, data: Priority) -> float:
    """Draws the chart of priorities, with a row for each impact that occurs; gives its height."""
    roles = {item.role for item in data.items}
    top = svg.key(_LEFT, 12, [entry for entry in data.names if entry[0] in roles]) + 12
    plays = [_play(data, item) for item in sorted(data.items, key=lambda item: item.effort)]
    upper, middle = _rows([play for play in plays if play.item.impact >= data.large], top, data.large_impact)
    lower, bottom = _rows([play for play in plays if play.item.impact < data.large], middle + 2, data.small_impact)
    _fields(svg, data, ((top, middle), (middle + 2, bottom)))
    svg.rules([row.y for rows in (upper, lower) for row in rows[1:]], _LEFT - 18, WIDTH, svg.theme.rule)
    for row in (*upper, *lower):
        _row(svg, row)
    _axes(svg, data, top, bottom)
    return bottom + 37


def _play(data: Priority, item: PriorityItem) -> _Play:
    """With its label after its mark, in the last column of a field before it."""
    is_much, is_last = item.effort > data.little, item.effort in (data.little, data.high)
    start, end = _across(data)[is_much]
    x = _middle(data, item.effort)
    room = x - start if is_last else end - x
    weight = REGULAR if is_much or item.impact < data.large else SEMIBOLD
    lines = wrap(item.label, SMALL, room - _OFF - _EDGE, weight)
    left = x - _OFF - widest(lines, SMALL, weight) if is_last else x + _OFF
    return _Play(item, is_much, x, left, lines, weight)


def _middle(data: Priority, effort: float) -> float:
    """The middle of the column of an effort."""
    return _LEFT + (WIDTH - _LEFT) / (data.high - data.low + 1) * (effort - data.low + 0.5)


def _across(data: Priority) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where the fields of little and of much effort reach."""
    split = _middle(data, data.little + 0.5)
    return (_LEFT, split - 1), (split + 1, WIDTH)


def _rows(plays: Sequence[_Play], top: float, word: str) -> tuple[list[_Row], float]:
    """A row for each impact, largest first, under the strip of the fields' names, and where the last one ends.

    A field is at least as high as the word beside it.
    """
    impacts = sorted({play.item.impact for play in plays}, reverse=True)
    cells = [_cells([play for play in plays if play.item.impact == impact]) for impact in impacts]
    heights = [2 * _PAD + max(_height(cell) for cell in pair) for pair in cells]
    spare = max(min(width(word, SMALL), _LONGEST) + 6 - _HEAD - sum(heights), 0.0)
    rows, y = [], top + _HEAD
    for impact, pair, height in zip(impacts, cells, heights, strict=True):
        rows.append(_Row(impact, y, height + spare / len(heights), pair))
        y = rows[-1].y + rows[-1].height
    return rows, max(y, top + _HEAD + spare)


def _cells(plays: Sequence[_Play]) -> tuple[Sequence[_Play], Sequence[_Play]]:
    return [play for play in plays if not play.is_much], [play for play in plays if play.is_much]


def _height(cell: Sequence[_Play]) -> float:
    return sum(play.height for play in cell)


def _fields(svg: Svg, data: Priority, down: Iterable[tuple[float, float]]) -> None:
    """The four fields; only the first one, what to do now, is tinted."""
    theme = svg.theme
    frames = [(*across, *part) for part in down for across in _across(data)]
    for place, ((left, right, top, bottom), name) in enumerate(zip(frames, data.fields, strict=True)):
        ground = mix(theme.band, theme.paper, 0.42) if place else mix(theme.accent, theme.paper, 0.13)
        svg.rect(left, top, right - left, bottom - top, ground)
        fill = theme.muted if place else theme.ink
        svg.text(left + 11, top + 18, name, size=13, weight=SEMIBOLD, fill=fill, room=right - left - 22)


def _row(svg: Svg, row: _Row) -> None:
    svg.text(_LEFT - 10, row.y + row.height / 2 + 4, str(row.impact), size=SMALL, fill=svg.theme.muted, anchor=0.5)
    for cell in row.cells:
        y = row.y + (row.height - _height(cell)) / 2
        for play in cell:
            svg.mark(play.item.role, play.x, y + play.height / 2, 11)
            svg.lines(play.left, y + play.height / 2, play.lines, size=SMALL, weight=play.weight)
            y += play.height


def _axes(svg: Svg, data: Priority, top: float, bottom: float) -> None:
    muted = svg.theme.muted
    for effort in range(data.low, data.high + 1):
        svg.text(_middle(data, effort), bottom + 16, str(effort), size=SMALL, fill=muted, anchor=0.5)
    half = (WIDTH - _LEFT) / 2 - 8
    svg.text(_LEFT, bottom + 32, data.little_effort, size=SMALL, fill=muted, room=half)
    svg.text(WIDTH, bottom + 32, data.much_effort, size=SMALL, fill=muted, anchor=1.0, room=half)
    svg.upright(13, top + 2, clip(data.large_impact, SMALL, _LONGEST), fill=muted, anchor=1.0)
    svg.upright(13, bottom - 2, clip(data.small_impact, SMALL, _LONGEST), fill=muted)
