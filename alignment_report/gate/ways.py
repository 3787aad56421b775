"""Contents, bookmarks, links, page numbers and the words for exhibits: whatever leads a reader, held against where it leads."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import HTML, PDF, Finished, short
from alignment_report.gate.tree import Element, letters_of

_ENTRY = 'class="entry"'
_BOOKMARK = "data-bookmark"
_OF_PAGES = re.compile(r"(\d+) / (\d+)")
_LEAST = 20
"""An alternative shorter than this describes nothing."""


def contents(told: Finished) -> Iterator[Fault]:
    """The contents, the bookmarks and the links of page and PDF say what is there, in its order, and lead to it; the board's page has no contents."""
    if not told.is_board:
        yield from _page_contents(told)
        yield from _paper_contents(told)
    yield from _page_links(told)
    yield from _outline(told)
    for link in told.paper.links:
        if link.target not in told.paper.places:
            yield told.in_paper(link.page, "link", "", f"a link leads nowhere: {link.target}", _mend_of_link(told, link.target))
    yield from _page_numbers(told)


def _listed(told: Finished) -> list[Mapping[str, Any]]:
    return [section for id, section in told.sections.items() if id != "cover"]


def _page_contents(told: Finished) -> Iterator[Fault]:
    nav = next(iter(told.page.of_class("contents")), None)
    if nav is None:
        yield Fault(HTML, "there is no table of contents", told.sources.line("playbook.html.j2", 'class="contents"'))
        return
    wanted = [(f"{section['number']}{section['label']}", f"#{section['anchor']}") for section in _listed(told)]
    for entries in nav.all("ol"):
        links = entries.all("a")
        for link, (label, anchor) in zip(links, wanted, strict=False):
            target = link.attributes.get("href")
            if letters_of(link.text) != letters_of(label) or target != anchor:
                yield told.in_page(link, f"the contents say “{link.text}” ({target}) where the section is {label} ({anchor})")
        if len(links) != len(wanted):
            yield told.in_page(entries, f"the contents have {len(links)} entries for {len(wanted)} sections")


def _page_links(told: Finished) -> Iterator[Fault]:
    ids = [element.attributes["id"] for element in told.page if "id" in element.attributes]
    known = set(ids)
    for element in told.page:
        for name in ("href", "src", "data", "action", "xlink:href"):
            target = element.attributes.get(name, "#")
            if target.startswith("#"):
                if target != "#" and target[1:] not in known:
                    yield told.in_page(element, f"a link leads nowhere: {target}")
            elif not target.startswith("data:"):
                yield told.in_page(element, f"something outside the file is asked for: {short(target)}")
    for id in sorted({id for id in known if ids.count(id) > 1}) if len(known) < len(ids) else ():
        yield told.in_page(
            [e for e in told.page if e.attributes.get("id") == id][1], f"two elements have the id {id}, so that links to it are lost"
        )


def _heads(told: Finished) -> Mapping[str, int]:
    """The page of each section's heading in the PDF."""
    found: dict[str, int] = {}
    for part, element in told.parts:
        for head in element.all("h2"):
            if part in told.sections and letters_of(head.text) == letters_of(told.sections[part]["title"]) and head.inked:
                found.setdefault(part, head.inked[0].page)
    return found


def _paper_contents(told: Finished) -> Iterator[Fault]:
    pages, mend = _heads(told), told.sources.line("print.html.j2", _ENTRY)
    lists = [element for part, element in told.parts if part == "contents"]
    entries = [entry for element in lists for entry in element.all("p") if entry.inked]
    outer = [entry for entry in entries if not any(at.tag == "p" for at in list(entry.within)[1:])]
    wanted = _listed(told)
    if len(outer) != len(wanted):
        yield Fault(f"{PDF}, contents", f"the contents have {len(outer)} entries for {len(wanted)} sections", mend)
    for entry, section in zip(outer, wanted, strict=False):
        page = pages.get(section["id"])
        says = letters_of(f"{section['number']}{section['label']}{section['title']}{page}")
        if letters_of(entry.text) != says:
            truth = f"{section['number']} {section['label']}, page {page}"
            yield told.in_paper(entry.inked[0].page, "contents", entry.text, f"the contents disagree with what is there: {truth}", mend)


def _outline(told: Finished) -> Iterator[Fault]:
    pages, mend = _heads(told), told.sources.line("macros.html.j2", _BOOKMARK)
    found = [(entry.title, entry.page) for entry in told.paper.outline]
    wanted = [(f"{section['number']} {section['label']}", pages.get(section["id"])) for section in _listed(told)]
    for (title, page), (label, place) in zip(found, wanted, strict=False):
        if (title, page) != (label, place):
            yield Fault(f"{PDF}, bookmarks", f"“{title}” leads to page {page}; the section is “{label}” on page {place}", mend)
    if len(found) != len(wanted):
        yield Fault(f"{PDF}, bookmarks", f"there are {len(found)} for {len(wanted)} sections", mend)


def _page_numbers(told: Finished) -> Iterator[Fault]:
    """Every page but the cover says which of how many it is."""
    for sheet in told.paper.sheets[1:]:
        loose = " ".join(run.text for run in sheet.runs if id(run) not in told.tagged)
        found = _OF_PAGES.search(loose)
        if found is None or (int(found[1]), int(found[2])) != (sheet.number, len(told.paper.sheets)):
            says = f"“{found[0]}”" if found else "no page number"
            yield Fault(
                f"{PDF}, page {sheet.number}",
                f"the page says {says}; it is {sheet.number} of {len(told.paper.sheets)}",
                told.sources.line("styles/print.css", "counter(page)"),
            )


def _mend_of_link(told: Finished, target: str) -> str:
    link = next((a for a in told.page.all("a") if a.attributes.get("href") == f"#{target}"), None)
    return told.sources.of(link) if link else "templates/print.html.j2:1"


def alternatives(told: Finished) -> Iterator[Fault]:
    """Every exhibit says in words what it shows, in page and PDF, as the document does; every other picture too."""
    exhibits = told.document["exhibits"]
    shown = [
        (id, told.sources.section(s["id"])) for s in told.document["sections"] for key, id in s.items() if key.startswith("exhibit") and id
    ]
    for id, place in shown:
        box = next((e for e in place or () if e.attributes.get("id") == f"x-{id}"), None)
        drawing = next(iter(box.all("svg", "img")), None) if box else None
        if drawing is None:
            yield Fault(
                HTML, f"the exhibit “{short(exhibits[id]['title'])}” is missing", told.sources.line("macros.html.j2", 'class="drawing"')
            )
        elif letters_of(_words_for(drawing)) != letters_of(exhibits[id]["alt"]):
            yield told.in_page(drawing, "what the exhibit shows is not said in words, or not in those of the document")
    logo = told.around.look.logo
    for element in told.page.all("img", "svg"):
        if len(_words_for(element)) < _LEAST and "aria-hidden" not in element.attributes and not (logo and _words_for(element) == logo.alt):
            yield told.in_page(element, f"the words for a picture tell nothing: “{_words_for(element)}”")
    yield from _in_paper(told, {letters_of(exhibits[id]["alt"]): id for id, _ in shown})


def _in_paper(told: Finished, wanted: dict[str, str]) -> Iterator[Fault]:
    logo = told.around.look.logo
    for part, element in told.parts:
        for figure in element.all("img"):
            words = figure.attributes.get("alt", "")
            if part == "cover" and logo and words == logo.alt:
                continue
            if len(words) < _LEAST or letters_of(words) not in wanted:
                yield told.in_paper(
                    figure.line,
                    part,
                    "",
                    f"the words for an exhibit are missing, or not the document's: “{short(words)}”",
                    told.sources.line("macros.html.j2", 'class="drawing"'),
                )
            wanted.pop(letters_of(words), None)
    for id in wanted.values():
        yield Fault(
            PDF,
            f"the exhibit “{short(told.document['exhibits'][id]['title'])}” is missing, or has no words",
            told.sources.line("macros.html.j2", 'class="drawing"'),
        )


def _words_for(picture: Element) -> str:
    if picture.tag == "img":
        return picture.attributes.get("alt", "")
    if not picture.attributes.get("aria-labelledby") and not picture.attributes.get("aria-label"):
        return ""
    named = {
        word: " ".join("".join(c for c in e.children if isinstance(c, str)).split())
        for e in picture.all("title", "desc")
        for word in [e.tag]
    }
    return named.get("desc", "") if named.get("title") else ""
