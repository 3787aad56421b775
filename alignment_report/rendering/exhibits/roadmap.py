"""The steps over time: who does what when, what must be done first, and the milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from alignment_report.rendering.colours import mix, on
from alignment_report.rendering.exhibits.figures import widest
from alignment_report.rendering.exhibits.geometry import Box, Scale
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width, wrap

_LANE, _ROW, _LINE, _BAR = 21.0, 23.0, 14.5, 16.0
_TURN = 4.0
"""How far from a bar an arrow turns; its head is as long."""
_SHORTEST, _LONGEST, _LONGEST_FLAG = 150.0, 316.0, 240.0


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

    quarters: tuple[Quarter, ...]
    lanes: tuple[Lane, ...]
    names: tuple[tuple[Role, str], ...]
    milestones: tuple[Milestone, ...] = ()
    arrow: str = ""


def roadmap(svg: Svg, data: Roadmap) -> float:
    """Draws the chart of the plan; gives its height. Names stand left of the first day, clear of bars, arrows and lines."""
    theme = svg.theme
    lanes = [lane for lane in data.lanes if lane.bars]
    names = max(_SHORTEST, min(_LONGEST, widest(tuple(bar.label for lane in lanes for bar in lane.bars), LABEL)))
    days = Scale(data.quarters[0].start, data.quarters[-1].end, names + 16, WIDTH - 7)
    top = _header(svg, data, days, _key(svg, data, lanes))
    flags = _flags(data.milestones, days, top)
    lane_top = max((box.bottom for _, box in flags), default=top) + (8 if flags else 4)
    placed, bottom = _lanes(svg, lanes, days, names, lane_top)
    svg.columns([days(quarter.start) for quarter in data.quarters[1:]], lane_top, bottom, theme.grid)
    for milestone, box in flags:
        svg.line(days(milestone.day), box.y + 11, days(milestone.day), bottom, theme.muted, 1.1, "2 3")
    _arrows(svg, placed)
    for bar, box in placed:
        _bar(svg, bar, box)
    for milestone, box in flags:
        _flag(svg, milestone, box, days)
    return bottom + 2


def _key(svg: Svg, data: Roadmap, lanes: list[Lane]) -> float:
    bars = [bar for lane in lanes for bar in lane.bars]
    roles = {bar.role for bar in bars}
    drawn = {bar.id for bar in bars}
    has_arrows = bool(data.arrow) and any(before in drawn for bar in bars for before in bar.after)
    arrow = clip(data.arrow, SMALL, 220)
    if has_arrows:
        svg.text(WIDTH, 12, arrow, size=SMALL, fill=svg.theme.muted, anchor=1.0)
    right = WIDTH - width(arrow, SMALL) - 16 if has_arrows else WIDTH
    return svg.key(0, 12, [entry for entry in data.names if entry[0] in roles], right=right, as_bars=True)


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
    for milestone in sorted(milestones, key=lambda milestone: (-milestone.day, milestone.text)):
        others = [box for other, box in zip(milestones, diamonds, strict=True) if other is not milestone]
        placed.append((milestone, _flag_place(milestone, days, top, others + [box for _, box in placed])))
    return placed


def _flag_place(milestone: Milestone, days: Scale, top: float, taken: list[Box]) -> Box:
    x = days(milestone.day)
    room = min(max(WIDTH - x, x - days.start) - 12, _LONGEST_FLAG)
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


def _lanes(svg: Svg, lanes: Sequence[Lane], days: Scale, names: float, y: float) -> tuple[list[tuple[Bar, Box]], float]:
    """Writes what lanes and steps are called, with rules between them; gives where the bars lie and where the last lane ends."""
    tops, between, placed = [], [], []
    for lane in lanes:
        tops.append(y)
        svg.text(0, y + 15, lane.name, size=SMALL, weight=SEMIBOLD, fill=svg.theme.muted, room=names)
        y += _LANE
        for bar in lane.bars:
            lines = wrap(bar.label, LABEL, names, most=2)
            row = max(_ROW, len(lines) * _LINE + 6)
            svg.lines(0, y + row / 2, lines)
            left, right = days(bar.start), days(bar.end) - 1
            placed.append((bar, Box(left, y + (row - _BAR) / 2, max(right - left, 4.0), _BAR)))
            y += row
            between.append(y)
        y = between.pop() + 4
    svg.rules(between, 0, WIDTH, svg.theme.grid)
    svg.rules(tops, 0, WIDTH, svg.theme.rule)
    return placed, y


def _bar(svg: Svg, bar: Bar, box: Box) -> None:
    theme = svg.theme
    svg.swatch(bar.role, box.x, box.y, box.width, box.height)
    fill = theme.ink if bar.role == "shared" else on(theme.of(bar.role))
    beside = min(6.5, (box.width - width(bar.letter, SMALL)) / 2)
    if beside >= 3:
        svg.text(box.right - beside, box.y + box.height / 2 + 4, bar.letter, size=SMALL, fill=fill, anchor=1.0)


def _arrows(svg: Svg, placed: Sequence[tuple[Bar, Box]]) -> None:
    """From the end of a bar to the one that waits for it, under the bars: all elbows one path, all heads another."""
    boxes = {bar.id: box for bar, box in placed}
    pairs = [(boxes[before], boxes[bar.id]) for bar, _ in placed for before in bar.after if before in boxes]
    drawn = [_elbow(before, after, [box for box in boxes.values() if box not in (before, after)]) for before, after in pairs]
    colour = mix(svg.theme.ink, svg.theme.paper, 0.7)
    if drawn:
        svg.path("".join(elbow for elbow, _ in drawn), stroke=colour, thick=1.1)
        svg.path("".join(head for _, head in drawn), colour)


def _elbow(before: Box, after: Box, others: Sequence[Box]) -> tuple[str, str]:
    """The line and its head. It runs down, or up, where it sets out or where it arrives: wherever it passes the fewest bars."""
    down = 1 if after.y >= before.y else -1
    start, tip = (before.bottom, after.y) if down > 0 else (before.y, after.bottom)
    out = before.right - min(5.0, before.width / 2)
    arrivals = [after.x + min(off, after.width / 2) for off in (8.0, 16.0, 24.0)]
    passed = [box for box in others if min(start, tip) < box.y < max(start, tip)]
    x = min((out, *arrivals), key=lambda x: sum(box.x - 2 < x < box.right + 2 for box in passed))
    turn, into = (tip - _TURN * down, arrivals[0]) if x == out else (start + _TURN * down, x)
    back = tip - _TURN * down
    elbow = f"M{out:.1f} {start:.1f}V{turn:.1f}H{into:.1f}V{back:.1f}"
    return elbow, f"M{into - 3.2:.1f} {back:.1f}h6.4L{into:.1f} {tip:.1f}Z"
