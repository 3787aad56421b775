"""The typefaces for the two renderings: in the screen page itself, through fontconfig in the PDF."""

import atexit
import shutil
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from tempfile import mkdtemp

from alignment_report.rendering.typeface import Typeface
from alignment_report.resources import shipped

FAMILY = "Alignment Sans"
_WEIGHTS = (400, 600)
_SCRIPTS = {"hebrew": ((0x590, 0x5FF), (0xFB1D, 0xFB4F)), "arabic": ((0x600, 0x6FF),)}
"""Letters of other scripts, which have files of their own; a page brings along those that it shows."""
_GENERIC = ("sans-serif", "serif", "monospace", "system-ui")


def font_faces(typeface: Typeface | None = None, shown: str = "") -> str:
    """CSS that brings both weights along, for a page that may load nothing; those of a brand's typeface and of other scripts that are shown too."""
    codes = {ord(letter) for letter in shown}
    scripts = [script for script, ranges in _SCRIPTS.items() if any(low <= code <= high for code in codes for low, high in ranges)]
    return "".join(map(_faces_of, ("", *scripts))) + (typeface.css if typeface else "")


@cache
def _faces_of(script: str) -> str:
    return "".join(_face(weight, script) for weight in _WEIGHTS)


def fontconfig_file(typeface: Typeface | None = None) -> Path:
    """A configuration that knows our folder of fonts, and a brand's, and nothing of the machine; removed when the process ends."""
    folder = _scratch_folder()
    file = folder / (f"{typeface.name}.conf" if typeface else "fonts.conf")
    if not file.exists():
        places = [shipped("templates") / "fonts" / "print", *([_unpacked(typeface, folder)] if typeface else [])]
        file.write_text(_configuration(places, folder / "cache"), encoding="utf-8")
    return file


def _unpacked(typeface: Typeface, scratch: Path) -> Path:
    folder = scratch / typeface.name
    folder.mkdir(exist_ok=True)
    for name, content in typeface.files.items():
        (folder / name).write_bytes(content)
    return folder


def _face(weight: int, script: str) -> str:
    file = shipped("templates") / "fonts" / "screen" / "-".join(filter(None, ("alignment-sans", script, f"{weight}.woff2")))
    source = f"url(data:font/woff2;base64,{b64encode(file.read_bytes()).decode()}) format('woff2')"
    ranges = ",".join(f"U+{low:X}-{high:X}" for low, high in _SCRIPTS.get(script, ()))
    only = f";unicode-range:{ranges}" if ranges else ""
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:normal;font-display:block;src:{source}{only}}}\n"


@cache
def _scratch_folder() -> Path:
    folder = Path(mkdtemp(prefix="alignment-report-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _configuration(places: Iterable[Path], cached: Path) -> str:
    folders = "".join(f"<dir>{escape(str(place), quote=False)}</dir>" for place in places)
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer><family>{FAMILY}</family></prefer></alias>" for name in _GENERIC
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><reset-dirs/>{folders}<cachedir>{escape(str(cached), quote=False)}</cachedir>{aliases}"
        "<config><rescan><int>0</int></rescan></config></fontconfig>\n"
    )
