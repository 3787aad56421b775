"""Colours of the charts: one colour a role, and what makes a colour readable on its ground."""

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Role = Literal["sales", "marketing", "leadership", "shared", "overall"]
"""Whose figure or task a mark is. `shared` belongs to both functions and takes both their colours; `overall` counts everybody."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour is `#rrggbb`; the typeface is one that page and PDF both know."""

    paper: str = "#ffffff"
    ink: str = "#1b2430"
    muted: str = "#5c6573"
    rule: str = "#d3d8e0"
    grid: str = "#e6e8ec"
    band: str = "#dfe3eb"
    sales: str = "#0f4c8a"
    marketing: str = "#d4730a"
    leadership: str = "#6b7079"
    overall: str = "#1b2430"
    accent: str = "#0b7a75"
    heat: str = "#7a1f3d"
    peer: str = "#8a94a3"
    likert: tuple[str, str, str, str, str] = ("#b2402b", "#e3a694", "#d9dce1", "#9fc1de", "#2368a8")
    family: str = "Alignment Sans"

    def of(self, role: Role) -> str:
        """The role's one colour; a shared thing that can carry one colour only is drawn in ink."""
        colours = {"sales": self.sales, "marketing": self.marketing, "leadership": self.leadership, "overall": self.overall}
        return colours.get(role, self.ink)

    def words(self, colour: str) -> str:
        """The colour as it may be used for text on paper."""
        return legible(colour, self.paper)


def legible(colour: str, ground: str) -> str:
    """The nearest shade of the colour, by lightness alone, that reads as text on the ground: at least 4.5 to 1 (WCAG 2.2)."""
    towards = 0.0 if _luminance(ground) > 0.18 else 1.0
    return next(shade for shade in (colour, *_shades(colour, towards)) if contrast(shade, ground) >= 4.5)


def on(fill: str) -> str:
    """Black or white, whichever reads better on the fill: never less than 4.58 to 1."""
    return max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, fill))


def mix(colour: str, ground: str, share: float) -> str:
    """The colour laid over the ground, opaque to that share."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return _hex(tuple(top * share + under * (1 - share) for top, under in pairs))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shades(colour: str, towards: float) -> Iterator[str]:
    hue, level, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return (_hex(colorsys.hls_to_rgb(hue, level + (towards - level) * step / 100, saturation)) for step in range(1, 101))


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
