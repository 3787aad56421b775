"""Where friction comes from: each source, how strong it is, and how much evidence speaks for and against it."""

from dataclasses import dataclass
from typing import Literal

from alignment_report.rendering.colours import legible, mix
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg, n
from alignment_report.rendering.exhibits.theme import Theme
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, width, wrap

Strength = Literal["none", "weak", "moderate", "strong", "not-assessable"]

_ROW, _LINE = 21.0, 13.5
_START, _CELL, _LAST, _APART = 218.0, 58.0, 66.0, 10.0
_FOR, _AGAINST = 534.0, 610.0
_DOTS = 7


@dataclass(frozen=True, slots=True)
class Evidence:
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class FrictionRow:
    name: str
    strength: Strength
    in_favour: Evidence
    against: Evidence


@dataclass(frozen=True, slots=True)
class FrictionGroup:
    name: str
    rows: tuple[FrictionRow, ...]


@dataclass(frozen=True, slots=True)
class Friction:
    """Groups and rows in the order of drawing; `columns` names the five strengths, `evidence` the columns for and against."""

    groups: tuple[FrictionGroup, ...]
    columns: tuple[str, str, str, str, str]
    evidence: tuple[str, str]


_ORDER: tuple[Strength, ...] = ("none", "weak", "moderate", "strong", "not-assessable")


def friction(svg: Svg, data: Friction) -> float:
    """Draws the chart of the friction sources; gives its height."""
    y = _head(svg, data)
    for group in data.groups:
        y = _group(svg, group, y)
    return y


def _head(svg: Svg, data: Friction) -> float:
    muted = svg.theme.muted
    for place, name in enumerate(data.columns):
        lines = wrap(name, SMALL, _wide(place), most=2)
        for line, text in enumerate(lines):
            svg.text(_left(place) + _wide(place) / 2, 25 - 13 * (len(lines) - 1 - line), text, size=SMALL, fill=muted, anchor=0.5)
    for x, name in ((_FOR, data.evidence[0]), (_AGAINST, data.evidence[1])):
        lines = wrap(name, SMALL, WIDTH - _AGAINST - 2, SEMIBOLD, most=2)
        for line, text in enumerate(lines):
            svg.text(x, 25 - 13 * (len(lines) - 1 - line), text, size=SMALL, weight=SEMIBOLD)
    return 32.0


def _group(svg: Svg, group: FrictionGroup, y: float) -> float:
    svg.text(0, y + 14, group.name, size=SMALL, weight=SEMIBOLD, fill=svg.theme.muted, room=_START - 10)
    y += 21
    for row in group.rows:
        lines = wrap(row.name, LABEL, _START - 12, SEMIBOLD if row.strength == "strong" else 400, most=2)
        tall = max(_ROW, len(lines) * _LINE + 4)
        _row(svg, row, lines, y, tall)
        y += tall
    return y + 6


def _row(svg: Svg, row: FrictionRow, lines: tuple[str, ...], y: float, tall: float) -> None:
    theme = svg.theme
    quiet = row.strength in ("none", "not-assessable")
    svg.lines(0, y + tall / 2, lines, weight=SEMIBOLD if row.strength == "strong" else 400, fill=theme.muted if quiet else theme.ink)
    pale = mix(theme.band, theme.paper, 0.42)
    reached = _ORDER.index(row.strength)
    cells = [place for place in range(len(_ORDER)) if place != reached]
    svg.path("".join(f"M{n(_left(place))} {n(y + 1)}h{n(_wide(place))}v{n(tall - 2)}h{n(-_wide(place))}Z" for place in cells), pale)
    if row.strength == "not-assessable":
        svg.frame(_left(reached) + 0.5, y + 1.5, _wide(reached) - 1, tall - 3, theme.muted, 1, "3 2.5")
    else:
        svg.rect(_left(reached), y + 1, _wide(reached), tall - 2, _fill(theme, row.strength))
    for x, evidence, fill in ((_FOR, row.in_favour, theme.ink), (_AGAINST, row.against, mix(theme.ink, theme.paper, 0.62))):
        _evidence(svg, evidence, x, y + tall / 2, fill)


def _evidence(svg: Svg, evidence: Evidence, x: float, middle: float, fill: str) -> None:
    box = svg.text(x, middle + 4.2, evidence.text, size=LABEL, fill=legible(fill, svg.theme.paper), room=60)
    start = max(x + 18, box.x + width(evidence.text, LABEL) + 8)
    room = int((x + _AGAINST - _FOR - 4 - start) // 7)
    svg.dots([(start + 7 * place, middle) for place in range(min(evidence.count, _DOTS, max(room, 0)))], 5, fill)


def _fill(theme: Theme, strength: Strength) -> str:
    return {"none": theme.rule, "weak": mix(theme.heat, theme.paper, 0.36), "moderate": mix(theme.heat, theme.paper, 0.68)}.get(
        strength, theme.heat
    )


def _left(place: int) -> float:
    return _START + _CELL * place + (_APART if place == len(_ORDER) - 1 else 0)


def _wide(place: int) -> float:
    return (_LAST if place == len(_ORDER) - 1 else _CELL) - 2
