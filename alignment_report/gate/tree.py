"""A finished page into a light tree of elements; the tags of a PDF make the same kind of tree."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from alignment_report.gate.ink import Run

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "link", "small", "span", "strong", "sub", "sup", "tspan"}
_NOT_READ = {"style", "script", "head"}
_NO_LETTER = re.compile(r"[\W_]+")
BLOCKS = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "summary", "caption", "lbody"})
"""Elements that hold one thing to be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element with what stands in it. `line` is its line in the page, or its page in the PDF; `runs` are its own pieces of text there."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """The element itself and every one in it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self if element.tag in tags]

    def of_class(self, name: str) -> list["Element"]:
        return [element for element in self if name in element.classes]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def within(self) -> Iterator["Element"]:
        """The element itself and what holds it, inmost first."""
        at: Element | None = self
        while at is not None:
            yield at
            at = at.parent

    @property
    def text(self) -> str:
        """What a reader reads, spaces made one; a space between blocks."""
        return " ".join("".join(self._texts()).split())

    @property
    def inked(self) -> list[Run]:
        """Every piece of text of it in a PDF."""
        return [run for element in self for run in element.runs]

    def _texts(self) -> Iterator[str]:
        if self.tag in _NOT_READ:
            return
        space = "" if self.tag in _INLINE else " "
        yield space
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()
        yield space


def read_page(markup: str) -> tuple[Element, list[tuple[int, str]]]:
    """A page as a tree, and every place where elements are not closed in order, with its line."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    unclosed = [(element.line, f"<{element.tag}> is never closed") for element in parser.open[1:]]
    return parser.open[0], parser.misnested + unclosed


def letters_of(text: str) -> str:
    """The text's letters and digits alone, small: what a line break, a hyphen or a sign may not change."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {}, 1)]
        self.misnested: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._placed(tag, attrs)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._placed(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
            return
        self.misnested.append((self.getpos()[0], f"</{tag}> closes nothing in <{self.open[-1].tag}>"))
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self.open[-1].children.append(Element("#comment", {"text": data}, self.getpos()[0], self.open[-1]))

    def _placed(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self.open[-1])
        self.open[-1].children.append(element)
        return element
