"""Finished playbooks read back: the page as a tree of elements, the PDF as text, bookmarks, tags and fonts."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader
from pypdf.generic import Destination
from samples import records

_EMPTY = {"meta", "br", "img", "hr", "input", "link", "col"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"}
_SPACE_AND_HYPHENS = re.compile("[\\s\\-\u00ad\u2010\u2011\u200b]+")


def squeezed(text: str) -> str:
    """The text without what a line break may add or take: spaces, hyphens, ligatures, capitals."""
    return _SPACE_AND_HYPHENS.sub("", unicodedata.normalize("NFKC", text)).casefold()


# The page


@dataclass(slots=True)
class Element:
    """An element of a page with its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str | None]
    children: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """The element itself and every one in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self if element.tag in tags]

    def of_class(self, name: str) -> list["Element"]:
        return [element for element in self if name in (element.attributes.get("class") or "").split()]

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, repeated ones included."""
        return [value for element in self if (value := element.attributes.get(attribute)) is not None]

    @property
    def text(self) -> str:
        """What a reader reads: styles left out, a space between blocks."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        if self.tag == "style":
            return
        space = "" if self.tag in _INLINE else " "
        yield space
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()
        yield space


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.misnested: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._placed(tag, attrs)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._placed(tag, attrs)

    def _placed(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        if len(dict(attrs)) < len(attrs):
            self.misnested.append(f"an attribute twice in <{tag}>")
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.misnested.append(f"</{tag}> in <{self.open[-1].tag}>, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(markup: str) -> tuple[Element, list[str]]:
    """A page as a tree, and every place where elements are not closed in order."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return parser.root, parser.misnested + [f"<{element.tag}> never closed" for element in parser.open[1:]]


# The PDF


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline; pages count from 1."""

    title: str
    page: int


@cache
def bookmarks(file: Path) -> tuple[Bookmark, ...]:
    """The outline's first level."""
    reader = PdfReader(file)
    entries = [entry for entry in reader.outline if isinstance(entry, Destination)]
    return tuple(Bookmark(str(entry.title), (reader.get_destination_page_number(entry) or 0) + 1) for entry in entries)


@cache
def pypdf_pages(file: Path) -> tuple[str, ...]:
    """Each page's text as pypdf reads it."""
    return tuple(page.extract_text() for page in PdfReader(file).pages)


@cache
def pages(file: Path, order: str = "") -> tuple[str, ...]:
    """Each page's text: through pdftotext, which is quick, or through pypdf where there is none.

    The order is the reader's guess, or with `-raw` the one in which the page was drawn.
    """
    program = shutil.which("pdftotext")
    if program is None:
        return pypdf_pages(file)
    told = subprocess.run(
        [program, *filter(None, [order]), "-enc", "UTF-8", str(file), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return tuple(told.stdout.split("\f")[:-1])


def squeezed_pages(texts: tuple[str, ...], document: Mapping[str, Any]) -> list[str]:
    """The pages' squeezed texts without running header and footer, so that a sentence goes on over a page's end."""
    labels = [squeezed(label) for label in (*(section["label"] for section in document["sections"]), document["words"]["contents"])]
    header, footer = (squeezed(document["running"][name]) for name in ("header", "footer"))
    status = squeezed(document["running"]["status"])
    header = f"{status}·{header}" if document["status"] == "draft" else f"{header}·{status}"
    headers = [line for label in labels for line in (f"{header}{label}", f"{label}{header}")]
    bare = []
    for page, text in enumerate(map(squeezed, texts), start=1):
        text = text.removeprefix(next((line for line in headers if text.startswith(line)), ""))
        before, _, after = text.removesuffix(f"{page}/{len(texts)}").rpartition(footer)
        body = before + after
        bare.append(body.removesuffix(next((line for line in headers if body.endswith(line)), "")))
    return bare


def tags(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    yield from _tags(pdf.Root.StructTreeRoot.get("/K"))


def _tags(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from _tags(part)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _tags(node.K)


def uncompressed(pdf: pikepdf.Pdf) -> bytes:
    """Everything in the file that is no picture and no font, each stream unpacked."""
    parts = []
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            parts.append(repr(dict(thing.stream_dict)).encode())
            if thing.get("/Subtype") != "/Image" and "/Length1" not in thing:
                parts.append(thing.read_bytes())
        else:
            parts.append(repr(thing).encode())
    return b"\n".join(parts)


# The document


def figures(node: Any) -> Iterator[dict[str, Any]]:
    """Every figure of a document, shown or withheld."""
    return (record for record in records(node) if "text" in record and ("value" in record or "withheld" in record))


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a part of a document with the keys that lead to it."""
    if isinstance(node, str) and node:
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, path)
