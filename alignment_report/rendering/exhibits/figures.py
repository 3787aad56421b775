"""What the charts show: exact numbers to place marks by, and the texts already formatted."""

from dataclasses import dataclass

from alignment_report.rendering.exhibits.geometry import Number, Scale
from alignment_report.rendering.exhibits.svg import SMALL, Svg
from alignment_report.rendering.exhibits.typeset import width


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is placed and as it is printed."""

    value: Number
    text: str


@dataclass(frozen=True, slots=True)
class Interval:
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Band:
    """One stage on the scale of the score."""

    name: str
    floor: Number
    ceiling: Number
    reached: bool = False


def band_names(svg: Svg, bands: tuple[Band, ...], scale: Scale, y: float) -> None:
    """The bands' names, each in the middle of its band, shortened to it."""
    for band in bands:
        left, right = scale(band.floor), scale(band.ceiling)
        svg.text((left + right) / 2, y, band.name, size=SMALL, fill=svg.theme.muted, anchor=0.5, room=right - left - 6)


def widest(texts: tuple[str, ...], size: float, weight: int = 400) -> float:
    """The width of the widest text, nought where there is none."""
    return max((width(text, size, weight) for text in texts), default=0.0)
