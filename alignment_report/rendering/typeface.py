"""A brand's font files into faces of ours: named privately, brought along by the screen page, measured for the charts.

The names are our own because two files of one family, weight and style make letters vanish from a PDF without a warning, and a brand's family
may be installed on the machine or be named like the bundled one.
"""

import io
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, Face

PRIVATE = "Alignment Brand"
_EM = 2048
_STYLES = {REGULAR: "Regular", SEMIBOLD: "SemiBold"}
_WINDOWS = 3


@dataclass(frozen=True, slots=True)
class Typeface:
    """Both weights of a brand's typeface under our private name, as files for the PDF and as CSS for the screen page."""

    name: str
    files: Mapping[str, bytes] = field(compare=False, repr=False)
    css: str = field(compare=False, repr=False)
    face: Face = field(compare=False, repr=False)

    @property
    def letters(self) -> frozenset[str]:
        """The characters that both weights can print."""
        return frozenset.intersection(*(frozenset(widths) for widths in self.face.advances.values()))


def typeface(regular: bytes, semibold: bytes) -> Typeface:
    """Both files as one typeface; whatever fontTools cannot read raises an error of its own."""
    return _made(regular, semibold)


@lru_cache(maxsize=4)
def _made(regular: bytes, semibold: bytes) -> Typeface:
    name = sha256(sha256(regular).digest() + sha256(semibold).digest()).hexdigest()[:16]
    fonts = {weight: _named(content, weight) for weight, content in ((REGULAR, regular), (SEMIBOLD, semibold))}
    advances = {weight: _advances(font) for weight, font in fonts.items()}
    files = {f"alignment-brand-{weight}.ttf": _saved(font, None) for weight, font in fonts.items()}
    css = "".join(_css(weight, _saved(font, "woff2")) for weight, font in fonts.items())
    return Typeface(name, files, css, Face(name, advances))


def _named(content: bytes, weight: int) -> Any:
    font: Any = import_module("fontTools.ttLib").TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=False)
    style = _STYLES[weight]
    postscript = f"{PRIVATE.replace(' ', '')}-{style}"
    legacy = PRIVATE if weight == REGULAR else f"{PRIVATE} {style}"
    names = {1: legacy, 2: "Regular", 3: postscript, 4: f"{PRIVATE} {style}", 6: postscript, 16: PRIVATE, 17: style}
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, _WINDOWS, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b100001 | 0b1000000
    font["head"].macStyle = 0
    return font


def _advances(font: Any) -> dict[str, int]:
    units, widths = font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): round(widths[glyph][0] * _EM / units) for code, glyph in sorted(font.getBestCmap().items())}


def _saved(font: Any, flavor: str | None) -> bytes:
    font.flavor = flavor
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _css(weight: int, content: bytes) -> str:
    source = f"url(data:font/woff2;base64,{b64encode(content).decode()}) format('woff2')"
    return f"@font-face{{font-family:'{PRIVATE}';font-weight:{weight};font-style:normal;font-display:block;src:{source}}}\n"
