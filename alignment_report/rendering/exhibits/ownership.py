"""Who owns each of the buyer's steps today and at the target stage, and where the hand-off lies."""

from dataclasses import dataclass
from typing import Literal

from alignment_report.rendering.exhibits.figures import widest
from alignment_report.rendering.exhibits.svg import LABEL, LEAST, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Theme, on
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, wrap

StepOwner = Literal["marketing", "shared", "sales", "unclear"]

_ROW = 28.0
_HANDOFF = 84.0


@dataclass(frozen=True, slots=True)
class OwnershipRow:
    """One step and the words in its two cells; a missing `target` leaves the second column without a cell."""

    name: str
    today: StepOwner
    today_text: str
    target: StepOwner | None = None
    target_text: str = ""
    contacts: str | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """The hand-off lies below row number `after`, counted from one."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Ownership:
    title: str
    alt: str
    rows: tuple[OwnershipRow, ...]
    today: str
    target: str
    contacts: str = ""
    handoff_today: Handoff | None = None
    handoff_target: Handoff | None = None


def ownership(theme: Theme, data: Ownership, prefix: str) -> str:
    """The chart of who owns which step."""
    svg, height = draw(theme, data, prefix)
    return svg.markup(height)


def draw(theme: Theme, data: Ownership, prefix: str) -> tuple[Svg, float]:
    svg = Svg(theme, prefix, data.title, data.alt)
    counts = tuple(row.contacts for row in data.rows if row.contacts is not None)
    counted = min(max(widest(counts, LABEL), widest((data.contacts,), SMALL)), 110.0) + 26 if counts else 0.0
    has_target = any(row.target for row in data.rows)
    names = 170.0
    columns = 2 if has_target else 1
    gutters = [_HANDOFF if data.handoff_today else 16.0, _HANDOFF if data.handoff_target and has_target else 0.0][:columns]
    wide = (WIDTH - names - counted - sum(gutters)) / columns
    first = names + counted
    second = first + wide + gutters[0]
    top = 22.0
    if counts:
        svg.text(first - 18, 12, data.contacts, size=SMALL, fill=theme.muted, anchor=1.0, room=110)
    svg.text(first, 12, data.today, size=SMALL, weight=SEMIBOLD, room=wide)
    if has_target:
        svg.text(second, 12, data.target, size=SMALL, weight=SEMIBOLD, room=wide)
    svg.rules([top + _ROW * place for place in range(len(data.rows) + 1)], 0, first - 8, theme.grid)
    for place, row in enumerate(data.rows):
        y = top + _ROW * place
        changed = row.target is not None and row.target != row.today
        weight = SEMIBOLD if changed or row.today == "unclear" else 400
        svg.lines(0, y + _ROW / 2, wrap(row.name, LABEL, names - 12, weight, most=2), weight=weight)
        if row.contacts is not None:
            svg.text(first - 18, y + _ROW / 2 + 4.4, row.contacts, anchor=1.0, room=110)
        _cell(svg, row.today, row.today_text, first, y, wide)
        if row.target:
            _cell(svg, row.target, row.target_text, second, y, wide)
    if data.handoff_today:
        _handoff(svg, data.handoff_today, first, top, wide)
    if data.handoff_target and has_target:
        _handoff(svg, data.handoff_target, second, top, wide)
    return svg, top + _ROW * len(data.rows) + 4


def _cell(svg: Svg, owner: StepOwner, text: str, x: float, y: float, wide: float) -> None:
    theme = svg.theme
    middle = x + wide / 2
    if owner == "unclear":
        svg.frame(x + 0.6, y + 1.6, wide - 1.2, _ROW - 3.2, theme.muted, 1.2, "4 3")
        svg.text(middle, y + _ROW / 2 + 4.2, text, fill=theme.muted, anchor=0.5, room=wide - 12)
        return
    svg.swatch(owner, x, y + 0.5, wide, _ROW - 1)
    fill = theme.ink if owner == "shared" else on(theme.of(owner))
    svg.text(middle, y + _ROW / 2 + 4.2, text, fill=fill, anchor=0.5, room=wide - 12)


def _handoff(svg: Svg, handoff: Handoff, x: float, top: float, wide: float) -> None:
    theme = svg.theme
    y = top + _ROW * handoff.after
    svg.line(x - 5, y, x + wide + 5, y, theme.paper, 5)
    svg.line(x - 5, y, x + wide + 6, y, theme.ink, 2.2)
    end = x + wide + 6
    svg.path(f"M{end:.1f} {y - 4:.1f}l6.5 4l-6.5 4Z", theme.ink)
    lines = wrap(handoff.text, LEAST, _HANDOFF - 30, SEMIBOLD, most=2)
    svg.lines(end + 10, y, lines, size=LEAST, weight=SEMIBOLD)
