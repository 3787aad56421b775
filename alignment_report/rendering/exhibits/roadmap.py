"""The steps over time: who does what when, what must be done first, and the milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from alignment_report.rendering.exhibits.bar_label import BarLabel, bar_label
from alignment_report.rendering.exhibits.geometry import Box, Scale
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role, Theme, mix, on
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width, wrap

_START, _ROW, _TALL_ROW = 92.0, 23.0, 33.0
_EDGES = 9.0
"""What the coloured edges of a shared bar take from its words."""
_LONGEST = 240.0


@dataclass(frozen=True, slots=True)
class Quarter:
    """A column of the header, in days from the start of the plan; `end` is the day after its last."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One step, from its first day up to the day after its last; `after` holds the ids of bars that must be done first."""

    id: str
    label: str
    role: Role
    letter: str
    start: int
    end: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    day: int
    text: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """`arrow` explains the arrows; it is printed where there are any."""

    title: str
    alt: str
    quarters: tuple[Quarter, ...]
    lanes: tuple[Lane, ...]
    names: tuple[tuple[Role, str], ...]
    milestones: tuple[Milestone, ...] = ()
    arrow: str = ""


def roadmap(theme: Theme, data: Roadmap, prefix: str) -> str:
    """The chart of the plan."""
    svg, height = draw(theme, data, prefix)
    return svg.markup(height)


def draw(theme: Theme, data: Roadmap, prefix: str) -> tuple[Svg, float]:
    svg = Svg(theme, prefix, data.title, data.alt)
    days = Scale(data.quarters[0].start, data.quarters[-1].end, _START, WIDTH - 7)
    lanes = [lane for lane in data.lanes if lane.bars]
    top = _header(svg, data, days, _key(svg, data, lanes))
    flags = _flags(data.milestones, days, top)
    lane_top = max((box.bottom for _, box in flags), default=top) + (8 if flags else 4)
    tops, placed, bottom = _places(svg, lanes, days, lane_top)
    svg.rules(tops, 0, WIDTH, theme.rule)
    svg.columns([days(quarter.start) for quarter in data.quarters[1:]], top, bottom, theme.grid)
    for milestone, box in flags:
        svg.line(days(milestone.day), box.y + 11, days(milestone.day), bottom, theme.muted, 1.1, "2 3")
    _arrows(svg, [(bar, box) for bar, box, _ in placed])
    for _, box, label in placed:
        if not label.inside:
            svg.rect(label.x - 3, box.y, label.wide + 6, box.height, theme.paper)
    for bar, box, label in placed:
        _bar(svg, bar, box, label)
    for milestone, box in flags:
        _flag(svg, milestone, box, days)
    return svg, bottom + 2


def _key(svg: Svg, data: Roadmap, lanes: list[Lane]) -> float:
    bars = [bar for lane in lanes for bar in lane.bars]
    roles = {bar.role for bar in bars}
    drawn = {bar.id for bar in bars}
    has_arrows = bool(data.arrow) and any(before in drawn for bar in bars for before in bar.after)
    arrow = clip(data.arrow, SMALL, 220)
    if has_arrows:
        svg.text(WIDTH, 12, arrow, size=SMALL, fill=svg.theme.muted, anchor=1.0)
    right = WIDTH - width(arrow, SMALL) - 16 if has_arrows else WIDTH
    return svg.key(_START, 12, [entry for entry in data.names if entry[0] in roles], right=right, as_bars=True)


def _header(svg: Svg, data: Roadmap, days: Scale, y: float) -> float:
    theme = svg.theme
    for quarter in data.quarters:
        left, right = days(quarter.start), days(quarter.end)
        svg.rect(left, y + 12, right - left - 1.5, 23, theme.band)
        svg.text((left + right) / 2, y + 28, quarter.text, weight=SEMIBOLD, anchor=0.5, room=right - left - 8)
    return y + 35


def _flags(milestones: Sequence[Milestone], days: Scale, top: float) -> list[tuple[Milestone, Box]]:
    """A box for each milestone's label, right or left of its diamond, on the first line where it is free."""
    placed: list[tuple[Milestone, Box]] = []
    diamonds = [Box(days(milestone.day) - 7, top + 6, 14, 15) for milestone in milestones]
    for milestone in sorted(milestones, key=lambda milestone: (milestone.day, milestone.text)):
        others = [box for other, box in zip(milestones, diamonds, strict=True) if other is not milestone]
        placed.append((milestone, _flag_place(milestone, days, top, others + [box for _, box in placed])))
    return placed


def _flag_place(milestone: Milestone, days: Scale, top: float, taken: list[Box]) -> Box:
    x = days(milestone.day)
    room = min(max(WIDTH - x, x - _START) - 12, _LONGEST)
    wide = width(clip(milestone.text, SMALL, room), SMALL) + 18
    sides = [left for left in (x - 7, x + 7 - wide) if left >= 0 and left + wide <= max(WIDTH, x + 7)]
    boxes = (Box(left, top + 6 + 17 * line, wide, 15) for line in count() for left in sides)
    return next(box for box in boxes if not any(box.overlap(other) for other in taken))


def _flag(svg: Svg, milestone: Milestone, box: Box, days: Scale) -> None:
    theme = svg.theme
    x, y = days(milestone.day), box.y + 7
    to_right = box.x > x - 8
    text = clip(milestone.text, SMALL, box.width - 18 + 0.5)
    wide = width(text, SMALL)
    left = x + 10 if to_right else x - 10 - wide
    svg.rect(left - 2, box.y, wide + 4, 15, theme.paper)
    svg.text(left, y + 4, text, size=SMALL)
    svg.path(f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z", theme.ink, theme.paper, 1)


Placed = tuple[Bar, Box, BarLabel]


def _places(svg: Svg, lanes: list[Lane], days: Scale, y: float) -> tuple[list[float], list[Placed], float]:
    """Where each lane starts, where its bars and their words lie, and where the last lane ends."""
    tops, placed = [], []
    for lane in lanes:
        tops.append(y)
        lines = wrap(lane.name, LABEL, _START - 12, SEMIBOLD, most=4)
        svg.lines(0, y + 4 + _ROW / 2 + (len(lines) - 1) * 7.25, lines, weight=SEMIBOLD)
        least = y + len(lines) * 14.5 + 16
        y += 4
        for bar in lane.bars:
            left, right = days(bar.start), days(bar.end) - 1
            right = max(right, left + 4)
            label = bar_label(bar.label, (left, right), (_START, WIDTH), width(bar.letter, SMALL) + 14)
            row = _ROW if len(label.lines) < 2 else _TALL_ROW + (_EDGES if bar.role == "shared" and label.inside else 0)
            placed.append((bar, Box(left, y + 3, right - left, row - 6), label))
            y += row
        y = max(y + 4, least)
    return tops, placed, y


def _bar(svg: Svg, bar: Bar, box: Box, label: BarLabel) -> None:
    theme = svg.theme
    svg.swatch(bar.role, box.x, box.y, box.width, box.height)
    fill = theme.ink if bar.role == "shared" else on(theme.of(bar.role))
    middle = box.y + box.height / 2
    svg.lines(label.x, middle, label.lines, size=label.size, weight=label.weight, fill=fill if label.inside else theme.ink)
    if width(bar.letter, SMALL) + 10 <= box.width:
        svg.text(box.right - 6.5, middle + 4, bar.letter, size=SMALL, fill=fill, anchor=1.0)


def _arrows(svg: Svg, bars: Sequence[tuple[Bar, Box]]) -> None:
    """From under the end of a bar to the start of the one that waits for it: all elbows one path, all heads another."""
    boxes = {bar.id: box for bar, box in bars}
    pairs = [(boxes[before], boxes[bar.id]) for bar, _ in bars for before in bar.after if before in boxes]
    elbows = "".join(_elbow(before, after)[0] for before, after in pairs)
    heads = "".join(_elbow(before, after)[1] for before, after in pairs)
    colour = mix(svg.theme.ink, svg.theme.paper, 0.7)
    if pairs:
        svg.path(elbows, stroke=colour, thick=1.1)
        svg.path(heads, colour)


def _elbow(before: Box, after: Box) -> tuple[str, str]:
    out, into = before.right - min(5.0, before.width / 2), after.x + min(8.0, after.width / 2)
    if after.y >= before.y:
        start, turn, tip, back = before.bottom, after.y - 4.5, after.y, -4
    else:
        start, turn, tip, back = before.y, after.bottom + 4.5, after.bottom, 4
    elbow = f"M{out:.1f} {start:.1f}V{turn:.1f}H{into:.1f}V{tip + back:.1f}"
    head = f"M{into - 3.2:.1f} {tip + back:.1f}h6.4L{into:.1f} {tip:.1f}Z"
    return elbow, head
