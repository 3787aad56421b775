"""One company among others: a strip of dots for the score and for each dimension, their median, and this company large."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from alignment_report.rendering.exhibits.figures import Band, Figure, band_names, widest
from alignment_report.rendering.exhibits.geometry import Number, Scale
from alignment_report.rendering.exhibits.svg import LABEL, SMALL, WIDTH, Svg, n
from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, wrap

_DOT, _OWN = 5.2, 7.5
_STRIP, _ROW = 34.0, 44.0
"""How tall a strip of dots may grow, and the row it lies in."""


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """This company's figure, the whole points of the others in ascending order, their median and this company's percentile."""

    name: str
    own: Figure
    others: tuple[int, ...]
    median: Number
    percentile: str
    is_outer: bool
    is_score: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Rows in the order of drawing; the names are those of the key, `column` that of the percentiles."""

    bands: tuple[Band, ...]
    rows: tuple[PortfolioRow, ...]
    own_name: str
    median_name: str
    other_name: str
    column: str


def portfolio(svg: Svg, data: Portfolio) -> float:
    """Draws the chart of a company among others; gives its height."""
    theme = svg.theme
    head = max(widest(tuple(row.percentile for row in data.rows), 14, SEMIBOLD), widest((data.column,), SMALL))
    scale = Scale(data.bands[0].floor, data.bands[-1].ceiling, 212, WIDTH - min(head, 90.0) - 18)
    entries = ((f"dot:{theme.accent}", data.own_name), ("overall-tick", data.median_name), (f"dot:{theme.peer}", data.other_name))
    y = svg.key(scale.start, 12, entries, right=scale.end)
    svg.text(WIDTH, 12, data.column, size=SMALL, fill=theme.muted, anchor=1.0, room=90)
    band_names(svg, data.bands, scale, y + 24)
    top = y + 34
    bottom = top + _ROW * len(data.rows)
    svg.rules([top + _ROW * place for place in range(len(data.rows))], 0, WIDTH, theme.grid)
    svg.columns([scale(band.floor) for band in data.bands[1:]], top - 6, bottom + 4, theme.rule)
    for place, row in enumerate(data.rows):
        _row(svg, row, scale, top + _ROW * (place + 0.5))
    return bottom + 6


def _row(svg: Svg, row: PortfolioRow, scale: Scale, y: float) -> None:
    theme = svg.theme
    weight = SEMIBOLD if row.is_score else REGULAR
    svg.lines(0, y, wrap(row.name, LABEL, scale.start - 16, weight, most=2), weight=weight)
    svg.dots([(x, y + aside) for x, aside in swarm([scale(at) for at in row.others])], _DOT, theme.peer)
    svg.rect(scale(row.median) - 1.3, y - 15, 2.6, 30, theme.overall)
    x = scale(row.own.value)
    half = f"a{n(_OWN)} {n(_OWN)} 0 0 0"
    svg.path(f"M{n(x)} {n(y - _OWN)}{half} 0 {n(2 * _OWN)}{half} 0 {n(-2 * _OWN)}Z", theme.accent, theme.paper, 1.5)
    svg.text(WIDTH, y + 5, row.percentile, size=14, weight=SEMIBOLD if row.is_outer else REGULAR, anchor=1.0, room=90)


def swarm(xs: Sequence[float], size: float = _DOT + 0.4, tall: float = _STRIP) -> tuple[tuple[float, float], ...]:
    """Each dot at its place, moved aside as little as keeps it off those before it; where the strip is too low for that they draw together.

    Places are tried by turns above and below the middle in fifths of a dot, so that the same values give the same swarm.
    """
    placed: list[tuple[float, float]] = []
    for x in sorted(xs):
        near = [each for each in placed if x - each[0] < size]
        placed.append(
            (x, next(aside for aside in _asides(size) if all((x - left) ** 2 + (aside - other) ** 2 >= size**2 for left, other in near)))
        )
    widest = max((abs(aside) for _, aside in placed), default=0.0)
    share = min(1.0, (tall - size) / 2 / widest) if widest else 1.0
    return tuple((x, aside * share) for x, aside in placed)


def _asides(size: float) -> Iterator[float]:
    """The middle, then ever further above and below it."""
    return ((turn + 1) // 2 * size / 5 * (-1 if turn % 2 else 1) for turn in count())
