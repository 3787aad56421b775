"""A finished PDF into what its reader gets: text with its places, the tree of tags, bookmarks, links, fonts and what is told about the file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

import pikepdf

from alignment_report.gate.ink import COMMANDS, Face, Run, runs_of
from alignment_report.gate.tree import Element

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_TAGS = {"Figure": "img", "NonStruct": "div"}


Value = TypeVar("Value")


class Unreadable(ValueError):
    """The file is no PDF that can be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points and its pieces of text, in the order they were drawn."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark of the first level; `page` is None where it leads nowhere."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Link:
    page: int
    target: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF read. `places` are the pages of the named places in it; `extras` are parts a playbook has no use for."""

    sheets: tuple[Sheet, ...]
    tree: Element
    outline: tuple[Entry, ...]
    links: tuple[Link, ...]
    places: Mapping[str, int]
    faces: tuple[Face, ...]
    facts: Mapping[str, str]
    told: str
    language: str
    extras: tuple[str, ...]


def read_paper(content: bytes) -> Paper:
    """The PDF; Unreadable where it is none."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return _read(pdf)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as trouble:
        raise Unreadable(str(trouble)) from trouble


def identifier_of(content: bytes) -> bytes:
    """The first half of the file's identifier, by which it can be told from what it was made; empty where it has none or is no PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return as_read(bytes(pdf.trailer.ID[0])) if "/ID" in pdf.trailer else b""
    except pikepdf.PdfError:
        return b""


def as_read(identifier: bytes) -> bytes:
    """The identifier as a reader of the file takes it: a line's end within a text counts as one sign, whichever it is."""
    return identifier.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _read(pdf: pikepdf.Pdf) -> Paper:
    root: Any = pdf.Root
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    faces: dict[Any, Face] = {}
    sheets = tuple(_sheet(page, number, faces) for number, page in enumerate(pdf.pages, start=1))
    places = dict(_places(root.get("/Names", {}).get("/Dests"), numbers))
    return Paper(
        sheets,
        _tree(root, sheets, numbers),
        tuple(_outline(pdf, numbers, places)),
        tuple(_links(pdf)),
        places,
        tuple(faces.values()),
        {str(name): str(value) for name, value in pdf.docinfo.items()},
        root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in root else "",
        str(root.get("/Lang", "")),
        tuple(_extras(pdf)),
    )


# Pages


def _sheet(page: pikepdf.Page, number: int, faces: dict[Any, Face]) -> Sheet:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    own: Any = page.obj.get("/Resources", {})
    fonts = {str(name): _known_face(font, faces) for name, font in own.get("/Font", {}).items()}
    states = {str(name): float(state["/ca"]) for name, state in own.get("/ExtGState", {}).items() if "/ca" in state}
    commands = ((operands, str(operator)) for operands, operator in pikepdf.parse_content_stream(page, COMMANDS))  # type: ignore[misc]
    return Sheet(number, right - left, top - bottom, runs_of(number, top, commands, fonts, states))


def _known_face(font: Any, faces: dict[Any, Face]) -> Face:
    key = font.objgen if font.objgen != (0, 0) else (str(font.get("/BaseFont")), id(font))
    if key not in faces:
        faces[key] = _face(font)
    return faces[key]


def _face(font: Any) -> Face:
    name = str(font.get("/BaseFont", "")).lstrip("/")
    letters = _letters(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
    if "/DescendantFonts" not in font:
        first = int(font.get("/FirstChar", 0))
        widths = {first + place: float(value) for place, value in enumerate(font.get("/Widths", ()))}
        plain = {code: bytes([code]).decode("cp1252", "replace") for code in range(256)}
        return Face(name, _is_embedded(font), _by_code(letters or plain, 1), _by_code(widths, 1), 500.0, 1)
    inner = font.DescendantFonts[0]
    widths = dict(_widths(inner.get("/W", ())))
    return Face(name, _is_embedded(inner), _by_code(letters, 2), _by_code(widths, 2), float(inner.get("/DW", 1000)), 2)


def _by_code(found: Mapping[int, Value], size: int) -> dict[bytes, Value]:
    return {code.to_bytes(size, "big"): value for code, value in found.items() if code < 256**size}


def _is_embedded(font: Any) -> bool:
    about = font.get("/FontDescriptor", {})
    return any(file in about for file in ("/FontFile", "/FontFile2", "/FontFile3"))


def _letters(table: bytes) -> dict[int, str]:
    """Letters by code, from the table a reader's search and speech go by."""
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(table):
        if kind == b"char":
            found |= {int(code, 16): _text(letters) for code, letters in _PAIR.findall(block)}
        else:
            for first, last, letters in _RANGE.findall(block):
                start = int(letters, 16)
                found |= {code: chr(start + step) for step, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return found


def _text(letters: bytes) -> str:
    return bytes.fromhex(letters.decode()).decode("utf-16-be", "replace")


def _widths(table: Any) -> Iterator[tuple[int, float]]:
    """`first [width …]` and `first last width`, as the format has them."""
    parts = list(table)
    while parts:
        first = int(parts.pop(0))
        if isinstance(parts[0], pikepdf.Array):
            yield from ((first + step, float(width)) for step, width in enumerate(parts.pop(0)))
        else:
            last, width = int(parts.pop(0)), float(parts.pop(0))
            yield from ((code, width) for code in range(first, last + 1))


# Tags


def _tree(root: Any, sheets: tuple[Sheet, ...], numbers: Mapping[Any, int]) -> Element:
    """The tags as elements, named as in a page, each with the pieces of text it holds."""
    runs: dict[tuple[int, int], list[Run]] = {}
    for sheet in sheets:
        for run in sheet.runs:
            if run.mark is not None:
                runs.setdefault((sheet.number, run.mark), []).append(run)
    top = Element("document", {}, 1)
    if "/StructTreeRoot" in root and "/K" in root.StructTreeRoot:
        _grow(top, root.StructTreeRoot.K, 1, runs, numbers)
    return top


def _grow(parent: Element, node: Any, page: int, runs: Mapping[tuple[int, int], list[Run]], numbers: Mapping[Any, int]) -> None:
    if isinstance(node, pikepdf.Array):
        for part in node:
            _grow(parent, part, page, runs, numbers)
    elif isinstance(node, pikepdf.Dictionary):
        own = numbers.get(node["/Pg"].objgen, page) if "/Pg" in node else page
        if "/S" in node:
            kind = str(node["/S"]).lstrip("/")
            about = {"alt": str(node["/Alt"])} if "/Alt" in node else {}
            element = Element(_TAGS.get(kind, kind.lower()), about, own, parent)
            parent.children.append(element)
            _grow(element, node.get("/K", []), own, runs, numbers)
        elif "/MCID" in node:
            _fill(parent, runs.get((own, int(node["/MCID"])), ()))
    else:
        _fill(parent, runs.get((page, int(node)), ()))


def _fill(element: Element, runs: Any) -> None:
    for run in runs:
        before = _last(element)
        element.runs.append(run)
        element.children.append(_joined(before, run) if before else run.text)


def _last(element: Element) -> Run | None:
    """The piece of text read last before what comes now in this element."""
    for at in element.within:
        if at.tag in ("td", "th", "li", "p", "h1", "h2", "h3", "h4"):
            found = at.inked
            return found[-1] if found else None
    return element.runs[-1] if element.runs else None


def _joined(before: Run, run: Run) -> str:
    """The text with the space that a new line or a gap stands for."""
    is_divided = before.text.endswith("\u2010")
    return run.text if before.goes_on(run) or is_divided else f" {run.text}"


# What leads to places


def _places(node: Any, numbers: Mapping[Any, int]) -> Iterator[tuple[str, int]]:
    if node is None:
        return
    for kid in node.get("/Kids", ()):
        yield from _places(kid, numbers)
    names = list(node.get("/Names", ()))
    for name, place in zip(names[::2], names[1::2], strict=False):
        page = _page_of(place, numbers, {})
        if page is not None:
            yield str(name), page


def _outline(pdf: pikepdf.Pdf, numbers: Mapping[Any, int], places: Mapping[str, int]) -> Iterator[Entry]:
    root: Any = pdf.Root
    item = root.get("/Outlines", {}).get("/First")
    seen = set()
    while item is not None and item.objgen not in seen:
        seen.add(item.objgen)
        place = item.get("/Dest") if "/Dest" in item else item.get("/A", {}).get("/D")
        yield Entry(str(item.get("/Title", "")), _page_of(place, numbers, places))
        item = item.get("/Next")


def _page_of(place: Any, numbers: Mapping[Any, int], places: Mapping[str, int]) -> int | None:
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/D")
    if isinstance(place, pikepdf.Array) and len(place):
        return numbers.get(place[0].objgen)
    return places.get(str(place)) if place is not None else None


def _links(pdf: pikepdf.Pdf) -> Iterator[Link]:
    for number, page in enumerate(pdf.pages, start=1):
        notes: Any = page.obj.get("/Annots", ())
        for note in notes:
            act = note.get("/A", {})
            target = note.get("/Dest", act.get("/URI", act.get("/D")))
            yield Link(number, f"{str(act['/S']).lstrip('/')} {target}" if "/URI" in act else str(target))


def _extras(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    names = root.get("/Names", {})
    yield from (f"{key} of the catalogue" for key in ("/OpenAction", "/AA", "/AcroForm", "/AF", "/PieceInfo") if key in root)
    yield from (f"{key} among the names" for key in names if str(key) != "/Dests")
    yield from (
        f"{key} of page {n}"
        for n, page in enumerate(pdf.pages, start=1)
        for key in ("/PieceInfo", "/AA", "/Thumb", "/LastModified")
        if key in page.obj
    )
