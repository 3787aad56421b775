"""How answers are distributed: disagreement to the left, agreement to the right, neutral answers in a column of their own."""

from dataclasses import dataclass

from alignment_report.rendering.colours import on
from alignment_report.rendering.exhibits.figures import Figure
from alignment_report.rendering.exhibits.geometry import Scale
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, width, wrap

_LINE, _ROW, _BAR = 13.5, 21.0, 16.0
_START, _END = 286.0, 566.0
_NEUTRAL = 592.0
_TOTALS = 44.0
_ROOM = 4.0


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One statement: five shares from strongly disagree to strongly agree, and the two totals as printed."""

    statement: str
    shares: tuple[Figure, Figure, Figure, Figure, Figure]
    against: str
    in_favour: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Rows in the order of drawing; shares are of `whole`."""

    rows: tuple[AnswerRow, ...]
    labels: tuple[str, str, str, str, str]
    whole: int = 100


def answers(svg: Svg, data: Answers) -> float:
    """Draws the chart of the answers; gives its height."""
    theme = svg.theme
    per_unit, zero = _axis(data)
    aside = max(min(_NEUTRAL, WIDTH - 17 - width(data.labels[2], SMALL)), WIDTH / 2)
    top = svg.key(0, 12, [(theme.likert[place], data.labels[place]) for place in (0, 1, 3, 4)], right=aside - 12) + 14
    svg.key(aside, 12, [(theme.likert[2], data.labels[2])])
    statements = [wrap(row.statement, LABEL, _START - 12) for row in data.rows]
    heights = [max(_ROW, len(lines) * _LINE + 4) for lines in statements]
    tops = [top + sum(heights[:place]) for place in range(len(heights))]
    svg.rules(tops, 0, WIDTH, theme.grid)
    for row, lines, row_top, height in zip(data.rows, statements, tops, heights, strict=True):
        middle = row_top + height / 2
        svg.lines(0, middle, lines)
        _row(svg, row, zero, per_unit, middle)
    bottom = top + sum(heights)
    svg.line(zero, top, zero, bottom, theme.ink, 0.8)
    return bottom + 2


def _axis(data: Answers) -> tuple[float, float]:
    """Units a share of one takes, and where nought is: as wide as the widest row on either side lets it be."""
    against = max((float(row.shares[0].value + row.shares[1].value) for row in data.rows), default=0.0)
    in_favour = max((float(row.shares[3].value + row.shares[4].value) for row in data.rows), default=0.0)
    neutral = max((float(row.shares[2].value) for row in data.rows), default=0.0)
    beside = (_END - _START - 2 * _TOTALS) / max(against + in_favour, data.whole / 2)
    aside = (WIDTH - _NEUTRAL - 34) / max(neutral, 1e-9)
    per_unit = min(beside, aside)
    spare = _END - _START - 2 * _TOTALS - (against + in_favour) * per_unit
    return per_unit, _START + _TOTALS + against * per_unit + spare / 2


def _row(svg: Svg, row: AnswerRow, zero: float, per_unit: float, middle: float) -> None:
    theme = svg.theme
    strongly_against, against, neutral, in_favour, strongly = row.shares
    left = _bars(svg, (against, strongly_against), (theme.likert[1], theme.likert[0]), Scale(0, 1, zero, zero - per_unit), middle)
    right = _bars(svg, (in_favour, strongly), (theme.likert[3], theme.likert[4]), Scale(0, 1, zero, zero + per_unit), middle)
    svg.text(left - 6, middle + 4.4, row.against, weight=SEMIBOLD, fill=theme.words(theme.likert[0]), anchor=1.0, room=_TOTALS - 8)
    svg.text(right + 6, middle + 4.4, row.in_favour, weight=SEMIBOLD, fill=theme.words(theme.likert[4]), room=_TOTALS - 8)
    svg.rect(_NEUTRAL, middle - _BAR / 2, float(neutral.value) * per_unit, _BAR, theme.likert[2])
    svg.text(_NEUTRAL + float(neutral.value) * per_unit + 5, middle + 4, neutral.text, size=SMALL, fill=theme.muted, room=30)


def _bars(svg: Svg, shares: tuple[Figure, ...], fills: tuple[str, ...], unit: Scale, middle: float) -> float:
    """Bars outward from nought, a gap of paper between; gives where they end."""
    x, step = unit.start, unit.end - unit.start
    for figure, fill in zip(shares, fills, strict=True):
        wide = float(figure.value) * abs(step)
        left = x if step > 0 else x - wide
        gap = 1.0 if wide > 2 else 0.0
        svg.rect(left + (gap if step > 0 else 0), middle - _BAR / 2, wide - gap, _BAR, fill)
        if wide >= width(figure.text, SMALL) + _ROOM:
            svg.text(left + wide / 2, middle + 4, figure.text, size=SMALL, fill=on(fill), anchor=0.5)
        x += wide if step > 0 else -wide
    return x
