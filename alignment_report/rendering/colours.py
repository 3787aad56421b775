"""Colours as `#rrggbb`: how they contrast, how light they are, how they differ, and one colour at another lightness.

A colour is moved in OKLCH (Ottosson 2020), where hue stays what the eye calls the same; in CIELAB a darkened blue turns violet. How far it has
to move is measured in what the rules are written in: relative luminance (WCAG 2.2) and L* (CIE 1976), each a function of the other.
"""

import colorsys
from collections.abc import Iterator
from math import atan2, cbrt, cos, hypot, sin

_STEPS = 24
"""Halvings of a range of 0 to 1: far finer than the 255 steps of a channel."""


def legible(colour: str, ground: str) -> str:
    """The nearest shade of the colour, by lightness alone, that reads as text on the ground: at least 4.5 to 1 (WCAG 2.2)."""
    towards = 0.0 if luminance(ground) > 0.18 else 1.0
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
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """L*, 0 (black) to 100 (white) (CIE 1976)."""
    return lightness_of(luminance(colour))


def lightness_of(luminance: float) -> float:
    """L* of a relative luminance."""
    return 116 * _root(luminance) - 16


def difference(one: str, other: str) -> float:
    """Distance in CIELAB (CIE 1976, white D65): about 2 is just seen, 100 parts black from white."""
    return hypot(*(a - b for a, b in zip(_lab(one), _lab(other), strict=True)))


def at_lightness(colour: str, target: float) -> str:
    """The colour at another L*: the same hue, and its chroma as far as a screen can show it at that lightness."""
    _, chroma, hue = _oklch(colour)
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        is_darker = lightness_of(_luminance(_shown(middle, chroma, hue))) < target
        low, high = (middle, high) if is_darker else (low, middle)
    return _hex(tuple(_encoded(channel) for channel in _shown(high, chroma, hue)))


def _shades(colour: str, towards: float) -> Iterator[str]:
    hue, level, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return (_hex(colorsys.hls_to_rgb(hue, level + (towards - level) * step / 100, saturation)) for step in range(1, 101))


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(colour))
    return red, green, blue


def _encoded(linear: float) -> float:
    linear = min(max(linear, 0.0), 1.0)
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _luminance(linear: tuple[float, float, float]) -> float:
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _root(value: float) -> float:
    return cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    x = _root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue (Ottosson 2020)."""
    red, green, blue = _linear(colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short, hypot(a, b), atan2(b, a)


def _shown(level: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear channels of an OKLCH colour; its chroma is lowered as far as needed for every channel to be 0 to 1."""
    low, high = 0.0, chroma
    if _is_shown(found := _from_oklch(level, chroma, hue)):
        return found
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _is_shown(_from_oklch(level, middle, hue)) else (low, middle)
    return _from_oklch(level, low, hue)


def _is_shown(linear: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= channel <= 1 + 1e-6 for channel in linear)


def _from_oklch(level: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (level + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (level - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (level - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
