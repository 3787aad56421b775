"""A logo's file into a picture that may be embedded: PNG, JPEG or SVG by its content, without what a picture need not tell."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from alignment_report.errors import Flaw
from alignment_report.reading.svg_pictures import Trouble, clean

LARGEST = 1_048_576
"""Bytes of a logo's file."""
LONGEST_SIDE = 4_000
"""Dots of a picture's longer side."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_KEPT_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"IDAT", b"IEND"}
_DROPPED_MARKERS = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}
"""Places, cameras, comments, previews: everything that a program notes in a JPEG but colours and sizes."""
_TURNED = 0x0112


@dataclass(frozen=True, slots=True)
class Picture:
    """What is embedded; `width` and `height` tell the proportions. `left_out` says what of it was not taken over, at its place."""

    content: bytes
    kind: Literal["png", "jpeg", "svg+xml"]
    width: float
    height: float
    left_out: tuple[Flaw, ...] = ()


def picture(path: Path) -> Picture | str | Flaw:
    """The picture; words for what stands in the way; or, inside an SVG, a flaw with its place."""
    if path.is_symlink():
        return "this is a link; a copy of the file itself must stand beside theme.yaml"
    if not path.is_file():
        return "there is no such file beside theme.yaml"
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return f"this picture has more than {LARGEST // 1024} KiB"
    if content.startswith((_PNG, _JPEG)):
        return _raster(content)
    return _drawing(path, content) if b"<svg" in content else "this is no PNG, JPEG or SVG"


def _drawing(path: Path, content: bytes) -> Picture | Flaw:
    try:
        drawing = clean(content)
    except Trouble as trouble:
        return Flaw(str(path), trouble.line, trouble.column, trouble.says, trouble.hint)
    left_out = tuple(Flaw(str(path), line, column, says, "the picture is used without it") for line, column, says in drawing.left_out)
    return Picture(drawing.content, "svg+xml", drawing.width, drawing.height, left_out)


def _raster(content: bytes) -> Picture | str:
    from PIL import Image

    is_png = content.startswith(_PNG)
    try:
        with _whole_only(), warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=["PNG" if is_png else "JPEG"]) as image:
            warnings.simplefilter("ignore")
            if max(image.size) > LONGEST_SIDE:
                return f"this picture is longer than {LONGEST_SIDE:,} dots"
            if image.getexif().get(_TURNED, 1) != 1:
                return "this photograph is stored lying down: turn it in a picture program and save it"
            image.load()
            width, height = image.size
        lean = b"".join(_png(content) if is_png else _jpeg(content))
    except (OSError, SyntaxError, ValueError, IndexError, EOFError, Image.DecompressionBombError):
        return "this picture is damaged"
    return Picture(lean, "png" if is_png else "jpeg", width, height)


@contextmanager
def _whole_only() -> Iterator[None]:
    """Pillow refuses pictures that are cut off, unless somebody told it otherwise for the whole process, as WeasyPrint does."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _png(content: bytes) -> Iterator[bytes]:
    """The signature and the chunks that are drawn."""
    yield _PNG
    at = len(_PNG)
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if name in _KEPT_CHUNKS:
            yield content[at : at + size + 12]
        if name == b"IEND":
            return
        at += size + 12


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments that are drawn; from the start of the scan on all of it."""
    yield content[:2]
    at = 2
    while content[at + 1] != 0xDA:
        if content[at] != 0xFF:
            raise ValueError(at)
        size = 2 + int.from_bytes(content[at + 2 : at + 4])
        if content[at + 1] not in _DROPPED_MARKERS:
            yield content[at : at + size]
        at += size
    yield content[at : content.rindex(b"\xff\xd9") + 2]
