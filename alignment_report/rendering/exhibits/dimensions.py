"""Scores by dimension on the scale of the stages: all, their interval, and the two functions."""

from dataclasses import dataclass

from alignment_report.rendering.colours import mix
from alignment_report.rendering.exhibits.figures import Band, Figure, Interval, band_names, widest
from alignment_report.rendering.exhibits.geometry import Number, Scale
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, wrap

_ROW = 28.0


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension; a function that may not be shown is None."""

    name: str
    score: Figure
    interval: Interval | None = None
    sales: Number | None = None
    marketing: Number | None = None


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Rows in the order of drawing, weakest first. `all_name` names the tick and the bar of the interval."""

    bands: tuple[Band, ...]
    rows: tuple[DimensionRow, ...]
    all_name: str
    sales_name: str
    marketing_name: str
    column: str


def dimensions(svg: Svg, data: Dimensions) -> float:
    """Draws the chart of the dimensions; gives its height."""
    theme = svg.theme
    head = max(widest(tuple(row.score.text for row in data.rows), 14, SEMIBOLD), widest((data.column,), SMALL))
    scale = Scale(data.bands[0].floor, data.bands[-1].ceiling, 212, WIDTH - min(head, 90.0) - 18)
    y = svg.key(scale.start, 12, _entries(data), right=scale.end)
    svg.text(WIDTH, 12, data.column, size=SMALL, fill=theme.muted, anchor=1.0, room=90)
    band_names(svg, data.bands, scale, y + 24)
    top = y + 34
    bottom = top + _ROW * len(data.rows)
    svg.rules([top + _ROW * place for place in range(len(data.rows))], 0, WIDTH, theme.grid)
    svg.columns([scale(band.floor) for band in data.bands[1:]], top - 6, bottom + 4, theme.rule)
    for place, row in enumerate(data.rows):
        _row(svg, row, scale, top + _ROW * (place + 0.5))
    return bottom + 6


def _entries(data: Dimensions) -> list[tuple[Role | str, str]]:
    shown: list[tuple[Role | str, str]] = [("overall-tick", data.all_name)]
    if any(row.sales is not None for row in data.rows):
        shown.append(("sales", data.sales_name))
    if any(row.marketing is not None for row in data.rows):
        shown.append(("marketing", data.marketing_name))
    return shown


def _row(svg: Svg, row: DimensionRow, scale: Scale, y: float) -> None:
    theme = svg.theme
    svg.lines(0, y, wrap(row.name, LABEL, scale.start - 16, most=2))
    if row.interval:
        low, high = scale(row.interval.low), scale(row.interval.high)
        svg.rect(low, y - 4.5, high - low, 9, mix(theme.overall, theme.paper, 0.28))
    if row.sales is not None:
        svg.mark("sales", scale(row.sales), y + _aside(row, scale), 9.5)
    if row.marketing is not None:
        svg.mark("marketing", scale(row.marketing), y - _aside(row, scale), 9.5)
    svg.rect(scale(row.score.value) - 1.3, y - 11, 2.6, 22, theme.overall)
    svg.text(WIDTH, y + 5, row.score.text, size=14, weight=SEMIBOLD, anchor=1.0, room=90)


def _aside(row: DimensionRow, scale: Scale) -> float:
    """How far each of two marks that would hide one another moves off the middle."""
    if row.sales is None or row.marketing is None:
        return 0.0
    return 5.0 if abs(scale(row.sales) - scale(row.marketing)) < 7 else 0.0
