"""Who owns each of the buyer's steps today and at the target stage."""

from dataclasses import dataclass
from typing import Literal

from alignment_report.rendering.colours import on
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, wrap

StepOwner = Literal["marketing", "shared", "sales", "unclear"]

_ROW, _HEAD = 28.0, 22.0
_START, _APART = 170.0, 16.0


@dataclass(frozen=True, slots=True)
class OwnershipRow:
    """One step and the words in its two cells; a missing `target` leaves the second column without a cell."""

    name: str
    today: StepOwner
    today_text: str
    target: StepOwner | None = None
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Rows in the order of the steps; `today` and `target` head the columns."""

    rows: tuple[OwnershipRow, ...]
    today: str
    target: str


def ownership(svg: Svg, data: Ownership) -> float:
    """Draws the chart of who owns which step; gives its height."""
    has_target = any(row.target for row in data.rows)
    wide = (WIDTH - _START - _APART) / 2 if has_target else WIDTH - _START - _APART
    second = _START + wide + _APART
    svg.text(_START, 12, data.today, size=SMALL, weight=SEMIBOLD, room=wide)
    if has_target:
        svg.text(second, 12, data.target, size=SMALL, weight=SEMIBOLD, room=wide)
    svg.rules([_HEAD + _ROW * place for place in range(len(data.rows) + 1)], 0, _START - 8, svg.theme.grid)
    for place, row in enumerate(data.rows):
        y = _HEAD + _ROW * place
        _name(svg, row, y)
        _cell(svg, row.today, row.today_text, _START, y, wide)
        if row.target:
            _cell(svg, row.target, row.target_text, second, y, wide)
    return _HEAD + _ROW * len(data.rows) + 4


def _name(svg: Svg, row: OwnershipRow, y: float) -> None:
    """The step's name, bold where nobody owns it or another one is to own it."""
    changed = row.target is not None and row.target != row.today
    weight = SEMIBOLD if changed or row.today == "unclear" else 400
    svg.lines(0, y + _ROW / 2, wrap(row.name, LABEL, _START - 12, weight, most=2), weight=weight)


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
