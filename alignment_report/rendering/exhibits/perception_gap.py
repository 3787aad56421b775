"""What Sales and Marketing answered to each statement, and the gap between them."""

from dataclasses import dataclass

from alignment_report.rendering.colours import mix
from alignment_report.rendering.exhibits.figures import Figure, widest
from alignment_report.rendering.exhibits.geometry import Scale, spread
from alignment_report.rendering.exhibits.svg import LABEL, LEAST, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip, width, wrap

_START, _LINE, _ROW = 312.0, 13.5, 21.0


@dataclass(frozen=True, slots=True)
class GapRow:
    """One statement. `clear`: the difference itself was tested and is clear; None where no test was made."""

    statement: str
    sales: Figure
    marketing: Figure
    gap: str
    clear: bool | None = None


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """Rows in the order of drawing, each with both functions."""

    rows: tuple[GapRow, ...]
    answers: tuple[Figure, ...]
    lowest: str
    highest: str
    sales_name: str
    marketing_name: str
    column: str


def perception_gap(svg: Svg, data: PerceptionGap) -> float:
    """Draws the chart of the gaps between the functions; gives its height."""
    theme = svg.theme
    gaps = min(max(widest(tuple(row.gap for row in data.rows), 14, SEMIBOLD), widest((data.column,), SMALL)), 80.0)
    scale = Scale(data.answers[0].value, data.answers[-1].value, _START, WIDTH - gaps - 46)
    top = 34.0
    statements = [wrap(row.statement, LABEL, _START - 34) for row in data.rows]
    heights = [max(_ROW, len(lines) * _LINE + 4) for lines in statements]
    tops = [top + sum(heights[:place]) for place in range(len(heights))]
    bottom = top + sum(heights)
    svg.rules(tops, 0, WIDTH, theme.grid)
    svg.columns([scale(figure.value) for figure in data.answers], top, bottom + 4, theme.grid)
    _names(svg, data, scale, top + heights[0] / 2)
    for row, lines, row_top, height in zip(data.rows, statements, tops, heights, strict=True):
        quiet = theme.muted if row.clear is False else theme.ink
        svg.lines(0, row_top + height / 2, lines, fill=quiet)
        _dumbbell(svg, row, scale, row_top + height / 2)
    return _foot(svg, data, scale, bottom)


def _names(svg: Svg, data: PerceptionGap, scale: Scale, middle: float) -> None:
    """The functions' names over their marks in the first row, whose middle is given."""
    theme = svg.theme
    svg.text(WIDTH, 12, data.column, size=SMALL, fill=theme.muted, anchor=1.0, room=80)
    names = tuple(clip(name, LABEL, 110, SEMIBOLD) for name in (data.sales_name, data.marketing_name))
    widths = [width(name, LABEL, SEMIBOLD) for name in names]
    xs = [scale(data.rows[0].sales.value), scale(data.rows[0].marketing.value)]
    outward = -1 if xs[0] <= xs[1] else 1
    wished = [xs[0] + outward * widths[0] * 0.4, xs[1] - outward * widths[1] * 0.4]
    centres = spread(wished, [wide + 14 for wide in widths], _START - 60, scale.end + 20)
    roles: tuple[Role, Role] = ("sales", "marketing")
    for role, name, x, centre in zip(roles, names, xs, centres, strict=True):
        svg.line(x, 18, x, middle - (12 if _same(xs) else 8), theme.of(role), 1.5)
        svg.text(centre, 12, name, weight=SEMIBOLD, fill=theme.words(theme.of(role)), anchor=0.5)


def _dumbbell(svg: Svg, row: GapRow, scale: Scale, y: float) -> None:
    theme = svg.theme
    xs = (scale(row.sales.value), scale(row.marketing.value))
    sales, marketing = (row.sales, theme.sales), (row.marketing, theme.marketing)
    left, right = (sales, marketing) if xs[0] <= xs[1] else (marketing, sales)
    strong = mix(theme.ink, theme.paper, 0.7)
    weak = mix(theme.ink, theme.paper, 0.2)
    svg.rect(min(xs), y - 1.8, max(xs) - min(xs), 3.6, weak if row.clear is False else strong)
    aside = 5.0 if _same(list(xs)) else 0.0
    svg.mark("sales", xs[0], y + aside, 11)
    svg.mark("marketing", xs[1], y - aside, 11)
    for (figure, colour), x, anchor in ((left, min(xs) - 11, 1.0), (right, max(xs) + 11, 0.0)):
        svg.text(x, y + 4, figure.text, size=SMALL, fill=theme.words(colour), anchor=anchor, room=34)
    weight, fill = (400, theme.muted) if row.clear is False else (SEMIBOLD, theme.ink)
    svg.text(WIDTH, y + 4.6, row.gap, size=13, weight=weight, fill=fill, anchor=1.0, room=80)


def _same(xs: list[float]) -> bool:
    return abs(xs[0] - xs[1]) < 7


def _foot(svg: Svg, data: PerceptionGap, scale: Scale, bottom: float) -> float:
    theme = svg.theme
    for figure in data.answers:
        svg.text(scale(figure.value), bottom + 18, figure.text, size=LEAST, fill=theme.muted, anchor=0.5, room=30)
    half = (scale.end - scale.start) / 2 - 4
    svg.text(scale.start - 4, bottom + 33, data.lowest, size=SMALL, fill=theme.muted, room=half)
    svg.text(scale.end + 4, bottom + 33, data.highest, size=SMALL, fill=theme.muted, anchor=1.0, room=half)
    return bottom + 38
