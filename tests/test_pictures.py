"""A logo's file: what may be embedded of it, what is left out and said, what is refused."""

import io
import re
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from alignment_report.errors import Flaw
from alignment_report.reading.pictures import Picture, picture
from alignment_report.reading.svg_pictures import MOST_SHAPES, Trouble, clean
from alignment_report.rendering.look import HIGHEST, WIDEST, Logo

SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"'


def svg(inside: str, head: str = SVG) -> bytes:
    return f"<svg {head}>{inside}</svg>".encode()


def told(content: bytes) -> list[str]:
    return [says for *_, says in clean(content).left_out]


def raster(kind: str, size: tuple[int, int] = (30, 10), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#8c2f1b").save(file, kind, **more)
    return file.getvalue()


def kept(folder: Path, content: bytes, name: str = "logo") -> Picture:
    (folder / name).write_bytes(content)
    found = picture(folder / name)
    assert isinstance(found, Picture), found
    return found


def refused(folder: Path, content: bytes) -> str:
    (folder / "logo").write_bytes(content)
    found = picture(folder / "logo")
    assert not isinstance(found, Picture)
    return str(found)


HOSTILE = {
    "<script>alert(1)</script>": "<script> was left out",
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>': "<foreignObject> was left out",
    '<image href="http://x.example/a.png" width="9" height="9"/>': "<image> was left out: a picture within the picture: draw it, or use PNG",
    "<text>Name</text>": "<text> was left out: letters would need a font: turn them into outlines",
    '<path d="M0 0h9" onclick="alert(1)"/>': "`onclick` was left out: it could run or load something",
    '<path d="M0 0h9" style="fill:url(http://x.example/a)"/>': "`style` was left out: it could run or load something",
    '<path d="M0 0h9" fill="url(http://x.example/a#b)"/>': "`fill` was left out: it could run or load something",
    '<path d="M0 0h9" style="fill:u\\72l(//x)"/>': "`style` was left out: it could run or load something",
    '<use href="http://x.example/a.svg#b"/>': "a reference to something outside the picture was left out",
    '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>': "a reference to something outside the picture was left out",
    "<style>@import 'http://x.example/a.css';</style>": "<style> was left out: it could load something; let the program write attributes instead",
    "<style>.a{fill:image-set(url(x))}</style>": "<style> was left out: it could load something; let the program write attributes instead",
    '<animate attributeName="href" values="javascript:alert(1)"/>': "<animate> was left out",
    '<a href="javascript:alert(1)"><path d="M0 0h9"/></a>': "<a> was left out",
    "<filter><feImage href='http://x.example'/></filter>": "<filter> was left out",
}  # fmt: skip


@pytest.mark.parametrize("inside", HOSTILE)
def test_what_runs_loads_or_refers_outside_is_left_out_and_said(inside: str) -> None:
    drawing = clean(svg(inside + '<path d="M1 1h2"/>'))
    assert [says for *_, says in drawing.left_out] == [HOSTILE[inside]]
    root = ElementTree.fromstring(drawing.content)
    assert any(element.get("d") == "M1 1h2" for element in root.iter())
    plain = drawing.content.replace(b'xmlns="http://www.w3.org/2000/svg"', b"").lower()
    assert not re.search(rb"script|http|on[a-z]+=|javascript|import|data:|\\", plain)


def test_what_only_tells_is_left_out_in_silence() -> None:
    inside = '<title>T</title><metadata><x/></metadata><i:pgf xmlns:i="http://ns.example/i">9</i:pgf><path d="M1 1h2"/>'
    drawing = clean(svg(inside, f'{SVG} xmlns:i="http://ns.example/i" i:version="2"'))
    assert drawing.left_out == ()
    assert b"pgf" not in drawing.content


def test_shapes_gradients_clips_classes_and_uses_stay() -> None:
    inside = (
        "<style>.a{fill:#8c2f1b;fill-opacity:.5}</style>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient><clipPath id="c"><rect width="9" height="9"/></clipPath>'
        '<path id="p" d="M0 0h9"/></defs><use href="#p" x="2"/><g class="a" clip-path="url(#c)" transform="translate(1 2)"><circle r="3" fill="url(#g)"/></g>'
    )
    drawing = clean(svg(inside))
    assert drawing.left_out == ()
    for part in (b"linearGradient", b"clipPath", b'href="#p"', b"translate(1 2)", b"url(#g)", b".a{fill:#8c2f1b"):
        assert part in drawing.content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<svg", "this is no well-formed SVG"),
        (b"<html><svg/></html>", "the outermost element must be <svg>"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "definitions stand before the picture (<!DOCTYPE … [)"),
        (svg("", 'xmlns="http://www.w3.org/2000/svg"'), "the picture does not say how wide and high it is"),
        (svg("", 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 40"'), "the picture does not say how wide and high it is"),
        (svg("", 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 40"'), "the picture is more than 40 times as long one way as the other"),
        (svg('<g id="a"><use href="#a"/></g>'), "a part of the picture refers to itself"),
        (svg('<clipPath id="a"><path d="M0 0" clip-path="url(#a)"/></clipPath>'), "a part of the picture refers to itself"),
        (svg("<path/>" * (MOST_SHAPES + 1)), "the picture consists of more than 5,000 shapes"),
        (svg("".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10 if n else "<path/>"}</g>' for n in range(9))), "the picture consists of more than 5,000 shapes"),
        (svg("<g>" * 100 + "</g>" * 100), "the picture is nested more than 60 deep"),
        (svg("<style>.a{clip-path:url(#c)}</style><clipPath id='c'><path class='a'/></clipPath>"), "<style> refers to a clip or a shape"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_used_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Trouble) as trouble:
        clean(content)
    assert trouble.value.says == says


def test_a_harmless_doctype_is_no_trouble() -> None:
    doctype = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert b"DOCTYPE" not in clean(doctype + svg("<path/>")).content


def test_a_flaw_within_an_svg_is_told_with_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b"<svg\n viewBox='0 0 1 1'>\n  <path>\n</svg>")
    found = picture(tmp_path / "logo.svg")
    assert isinstance(found, Flaw)
    assert (Path(found.file).name, found.line) == ("logo.svg", 4)


def test_a_png_loses_what_only_tells(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("Author", "somebody at this machine")
    found = kept(tmp_path, raster("PNG", pnginfo=info))
    assert (found.kind, found.width, found.height) == ("png", 30, 10)
    assert b"somebody" not in found.content
    assert Image.open(io.BytesIO(found.content)).getpixel((3, 3)) == (0x8C, 0x2F, 0x1B)


def test_a_jpeg_loses_what_only_tells(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "somebody at this machine"
    found = kept(tmp_path, raster("JPEG", exif=exif, comment=b"made by somebody"))
    assert (found.kind, b"somebody" in found.content) == ("jpeg", False)
    Image.open(io.BytesIO(found.content)).load()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
@pytest.mark.parametrize("tolerant", [False, True])
def test_a_damaged_picture_is_refused_whatever_another_library_told_pillow(
    tmp_path: Path, kind: str, share: float, tolerant: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", tolerant)
    whole = raster(kind, (200, 90))
    assert refused(tmp_path, whole[: int(len(whole) * share)]) == "this picture is damaged"


def test_a_picture_of_untrue_size_is_refused(tmp_path: Path) -> None:
    content = bytearray(raster("PNG"))
    content[16:24] = (60_000).to_bytes(4) * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    assert refused(tmp_path, bytes(content)) in ("this picture is longer than 4,000 dots", "this picture is damaged")


def test_a_photograph_that_lies_down_is_refused(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert "lying down" in refused(tmp_path, raster("JPEG", exif=exif))


def test_other_files_links_and_large_files_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"GIF89a") == "this is no PNG, JPEG or SVG"
    assert refused(tmp_path, b"<svg" + b" " * 1_048_576) == "this picture has more than 1024 KiB"
    (tmp_path / "link").symlink_to(tmp_path / "logo")
    assert str(picture(tmp_path / "link")).startswith("this is a link")


@pytest.mark.parametrize(("width", "height"), [(300, 10), (10, 300), (120, 40), (1, 1)])
def test_a_logo_fills_its_room_one_way_and_keeps_its_proportions(width: float, height: float) -> None:
    wide, tall = Logo(b"", "png", width, height, "").size
    assert wide == pytest.approx(WIDEST) or tall == pytest.approx(HIGHEST)
    assert wide <= WIDEST
    assert tall <= HIGHEST
    assert wide / tall == pytest.approx(width / height, rel=0.01)
