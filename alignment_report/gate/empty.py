"""Sections, headings, lists and cells that say nothing."""

from collections.abc import Iterator

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import Finished
from alignment_report.gate.tree import Element, letters_of

_MUST_SAY = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "summary", "title", "a", "caption"}
_HOLDS = {"ul": "li", "ol": "li", "table": "tr", "tbody": "tr", "dl": "dt"}


def emptiness(told: Finished) -> Iterator[Fault]:
    """Every section stands in page and PDF and says something beyond its heading; nothing that must hold words is without."""
    for id, section in told.sections.items():
        place = told.sources.section(id)
        template = f"templates/sections/{id}.html.j2:1"
        if place is None:
            yield Fault("playbook.html", f"the section “{section['label']}” is missing", template)
        elif not _says_more(place):
            yield told.in_page(place, "the section is empty but for its heading")
        yield from _in_paper(told, id, template)
    for element in told.page:
        if element.tag in _MUST_SAY and not element.text and not element.attributes.get("aria-label") and not element.all("img", "svg"):
            yield told.in_page(element, f"<{element.tag}> holds no words")
        if element.tag in _HOLDS and not element.all(_HOLDS[element.tag]):
            yield told.in_page(element, f"<{element.tag}> has nothing in it")
        if element.tag in ("td", "th") and not element.text and not _may_be_blank(element):
            yield told.in_page(element, "this cell of a table is blank")


def _in_paper(told: Finished, id: str, template: str) -> Iterator[Fault]:
    own = [element for part, element in told.parts if part == id]
    if not own:
        yield Fault("playbook.pdf", f"the section “{told.sections[id]['label']}” is missing, or its heading is another", template)
        return
    heads = {letters_of(told.sections[id][name]) for name in ("title", "label", "number")}
    if not any(letters_of(text) not in heads and not _is_label(text, heads) for element in own for text in _blocks(element)):
        yield told.in_paper(own[0].line, id, "", "the section is empty but for its heading", template)


def _blocks(element: Element) -> Iterator[str]:
    if element.tag in ("p", "li", "td", "th", "h3", "h4", "img", "dd", "dt", "lbody") or element.runs:
        text = element.text or element.attributes.get("alt", "")
        if text:
            yield text
        return
    for child in element.children:
        if isinstance(child, Element):
            yield from _blocks(child)


def _is_label(text: str, heads: set[str]) -> bool:
    """The line over a heading: number and label."""
    return letters_of(text) in {first + second for first in heads for second in heads}


def _says_more(place: Element) -> bool:
    """Whether anything is read beside the heading and the line over it."""
    head = next((e for e in place if "section-head" in e.classes), None)
    within = set(map(id, head)) if head else set()
    return any(
        child.strip()
        for element in place
        if id(element) not in within and element.tag != "style"
        for child in element.children
        if isinstance(child, str)
    )


def _may_be_blank(cell: Element) -> bool:
    """A form's field, or the corner of a table above a column of heads."""
    return "blank" in cell.classes or any(e.tag == "thead" for e in cell.within)
