"""What the gate looks at: the finished files of one wave, read, beside the document they were made from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from alignment_report.gate.fault import Fault
from alignment_report.gate.ink import Run
from alignment_report.gate.paper import Paper, Sheet, read_paper
from alignment_report.gate.sources import Sources
from alignment_report.gate.tree import BLOCKS, Element, letters_of, read_page
from alignment_report.rendering.look import OUR_LOOK, Look

HTML, PDF = "playbook.html", "playbook.pdf"
_SHOWN = 60
_A_SPACE = 0.5
"""Ems within which the next letters of a drawing belong to the same label."""
_BEFORE_A_SIGN = re.compile(r" ([.,;:])")
"""Signs that a stylesheet adds stand apart in the PDF."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the files themselves cannot tell: names of other clients, ids of those who answered, names of this machine and its
    user, and the look they were made in.
    """

    strangers: tuple[str, ...] = ()
    respondents: frozenset[str] = frozenset()
    machine: frozenset[str] = frozenset()
    look: Look = OUR_LOOK


NOTHING_AROUND = Around()


@dataclass(frozen=True)
class Finished:
    """The files and the document. `misnested` are places of the page that are not closed in order."""

    document: Mapping[str, Any]
    html: bytes
    pdf: bytes
    page: Element
    misnested: tuple[tuple[int, str], ...]
    paper: Paper
    around: Around

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.document, self.page, self.around.look.templates)

    @cached_property
    def sections(self) -> Mapping[str, Mapping[str, Any]]:
        """The sections that are shown: the board's page has no cover."""
        return {section["id"]: section for section in self.document["sections"] if section["id"] != "cover" or not self.is_board}

    @cached_property
    def is_board(self) -> bool:
        return bool(self.document.get("edition") == "board")

    @cached_property
    def parts(self) -> tuple[tuple[str, Element], ...]:
        """The PDF's tags in their parts: each section by its id, the contents, the colophon."""
        return tuple(_parts(self.document, self.paper.tree))

    @cached_property
    def tagged(self) -> frozenset[int]:
        """The pieces of text that are content, by identity; the others are running heads and page numbers."""
        return frozenset(id(run) for element in self.paper.tree for run in element.runs)

    @cached_property
    def part_of(self) -> Mapping[int, str]:
        """The part each piece of content belongs to, by identity."""
        return {id(run): part for part, element in self.parts for run in element.inked}

    def in_page(self, element: Element, what: str, mend: str = "") -> Fault:
        """A fault of an element of the page."""
        names = "".join(f".{name}" for name in element.classes)
        place = f"{HTML}, line {element.line}, {_section_of(element)}<{element.tag}{names}>" if element.tag else HTML
        return Fault(place, what, mend or self.sources.of(element))

    def in_paper(self, page: int, part: str, text: str, what: str, mend: str = "") -> Fault:
        """A fault of a text of the PDF."""
        place = f"{PDF}, page {page}, {part}" + (f", “{short(text)}”" if text else "")
        return Fault(place, what, mend or self.sources.of_text(part, text))

    def sheet(self, number: int) -> Sheet:
        return self.paper.sheets[number - 1]


def read_finished(document: Mapping[str, Any], html: bytes, pdf: bytes, around: Around = NOTHING_AROUND) -> Finished:
    """The files, read; raises Unreadable where the PDF is none."""
    page, misnested = read_page(html.decode("utf-8", "replace"))
    return Finished(document, html, pdf, page, tuple(misnested), read_paper(pdf), around)


def short(text: str) -> str:
    """The beginning of a text, enough to find it by."""
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def strings(node: Any) -> Iterator[str]:
    """Every text of a part of the document that may be shown; whole numbers as text."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, bool) or node is None:
        return
    elif isinstance(node, int):
        yield str(node)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key != "trace":
                yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def read_texts(element: Element) -> Iterator[tuple[int, str]]:
    """The texts of a part of the PDF, each block of it with its page; of a drawing each label by itself."""
    if element.tag == "img":
        yield from ((run.page, text) for run, text in _labels(element.runs))
    elif element.tag in BLOCKS or element.runs:
        if element.inked:
            yield element.inked[0].page, _BEFORE_A_SIGN.sub(r"\1", element.text)
    else:
        for child in element.children:
            if isinstance(child, Element):
                yield from read_texts(child)


def _labels(runs: Sequence[Run]) -> Iterator[tuple[Run, str]]:
    """The labels of a drawing, whose letters may stand each by itself."""
    if not runs:
        return
    first, text = runs[0], runs[0].text
    for last, run in pairwise(runs):
        if last.goes_on(run):
            text += run.text
        elif last.goes_on(run, _A_SPACE):
            text += f" {run.text}"
        else:
            yield first, text
            first, text = run, run.text
    yield first, text


def _section_of(element: Element) -> str:
    id = next(
        (
            at.attributes["id"][2:]
            for at in element.within
            if at.attributes.get("id", "").startswith("s-") and at.tag in ("section", "header")
        ),
        "",
    )
    return f"section {id}, " if id else ""


def _parts(document: Mapping[str, Any], tree: Element) -> Iterator[tuple[str, Element]]:
    """A part goes on over the pages until another one's heading; the contents have their own."""
    titles = {letters_of(section["title"]): section["id"] for section in document["sections"] if section["id"] != "cover"}
    labels = {letters_of(f"{section['number']}{section['label']}"): section["id"] for section in document["sections"]}
    titles[letters_of(document["words"]["contents"])] = "contents"
    lines = document["colophon"]["lines"]
    last = letters_of(lines[0]) if lines else "-"
    part = "cover"
    tops = [child for top in tree.children if isinstance(top, Element) for child in top.children if isinstance(child, Element)]
    for element in tops:
        heads = [titles.get(letters_of(head.text)) for head in element.all("h2")]
        over = [labels.get(letters_of(line.text)) for line in element.all("p")[:1]] if heads else []
        part = next(filter(None, (*heads, *over)), part)
        if letters_of(element.text).startswith(last):
            part = "colophon"
        yield part, element
