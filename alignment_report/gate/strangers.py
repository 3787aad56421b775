"""Names of other clients, ids of those who answered, and what the files tell of the machine they were made on."""

import re
from collections.abc import Iterable, Iterator

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import HTML, PDF, Finished, read_texts, strings
from alignment_report.gate.tree import Element

_METAS = {"viewport", "referrer", "color-scheme", "theme-color"}
_FACTS = {"/Title"}
_TOLD = re.compile(
    r"<((?:\w+:)?(?:creator|CreatorTool|Producer|Keywords|author|CreateDate|ModifyDate|MetadataDate|DocumentID|InstanceID|History))\b|\b(pdf:Producer|xmp:CreatorTool|dc:creator|xmp:\w*Date)="
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PATH = re.compile(r"(?<![\w/.])/(?:home|Users|root|tmp|var|mnt|opt|srv|private)/[\w./-]+|\b[A-Za-z]:\\\\?\w[^\s\"<]*|\bfile://\S+")
_LANGUAGE = "lang"
_LEAST = 3
_SMALL = re.compile(r"\b[^\W\d_A-Z]+\b")
_ONE_WORD = re.compile(r"[^\W_]+")
_A_WORD = re.compile(r"[^\W\d_]+|\d+|.{1,2}")
"""An id of letters alone, of digits alone or of two signs cannot be told from a word or a number."""


def strangers(told: Finished) -> Iterator[Fault]:
    """Names of other clients anywhere: text, alternatives, attributes, metadata; ids of respondents likewise."""
    own = _own_names(told)
    names = [(name, f"another client's name stands here: {name}") for name in _telling(told, own)]
    ids = [(id, "the id of somebody who answered stands here") for id in sorted(told.around.respondents) if not _A_WORD.fullmatch(id)]
    sought = [(_pattern(name), what) for name, what in (*names, *ids)]
    if not sought:
        return
    any_of = re.compile("|".join(pattern.pattern for pattern, _ in sought))
    for element, text in _all_texts(told.page):
        for what in _found(_without(text, own), sought, any_of):
            yield told.in_page(element, what)
    for page, part, text in _paper_texts(told):
        for what in _found(_without(text, own), sought, any_of):
            yield told.in_paper(page, part, text, what)
    about = " ".join([*told.paper.facts.values(), told.paper.told, *(entry.title for entry in told.paper.outline)])
    for what in _found(_without(about, own), sought, any_of):
        yield Fault(f"{PDF}, metadata", what, told.sources.line("print.html.j2", "<title>"))


def privacy(told: Finished) -> Iterator[Fault]:
    """Beside title and language the metadata tell nothing: no author, program, date, address, path, user or machine."""
    yield from _page_facts(told)
    yield from _paper_facts(told)


def _page_facts(told: Finished) -> Iterator[Fault]:
    title, language = told.document["title"], told.document["language"]
    for element in told.page:
        if element.tag == "#comment":
            yield told.in_page(element.parent or element, "a comment of the template shows in the page's source")
        if (
            element.tag == "meta"
            and not ({"charset", "http-equiv"} & set(element.attributes))
            and element.attributes.get("name") not in _METAS
        ):
            yield told.in_page(element, f"the metadata hold “{element.attributes.get('name', 'something unnamed')}”, which no reader needs")
        for name, value in element.attributes.items():
            for what in () if value.startswith("data:") else _private(value, told.around.machine if element.tag == "meta" else ()):
                yield told.in_page(element, f"{what} stands in the attribute {name}")
    head = next(iter(told.page.all("title")), None)
    if head is None or _title_of(head) != title:
        yield Fault(
            f"{HTML}, <title>", f"the title of the page is not the document's: “{title}”", told.sources.line("playbook.html.j2", "<title>")
        )
    if [element.attributes.get(_LANGUAGE) for element in told.page.all("html")] != [language]:
        yield Fault(
            f"{HTML}, <html>", f"the language of the page is not told as “{language}”", told.sources.line("playbook.html.j2", "<html")
        )


def _paper_facts(told: Finished) -> Iterator[Fault]:
    paper, title = told.paper, told.document["title"]
    mend = told.sources.line("print.html.j2", "<title>")
    for name, value in paper.facts.items():
        if name not in _FACTS:
            yield Fault(f"{PDF}, metadata", f"{name} is told: “{value}”; title and language alone may be", mend)
    if paper.facts.get("/Title") != title:
        yield Fault(f"{PDF}, metadata", f"the title is not the document's: “{title}”", mend)
    if paper.language != told.document["language"]:
        yield Fault(
            f"{PDF}, metadata", f"the language is not told as “{told.document['language']}”", told.sources.line("print.html.j2", "<html")
        )
    for found in _TOLD.findall(paper.told):
        yield Fault(f"{PDF}, metadata", f"{next(filter(None, found))} is told; title and language alone may be", mend)
    for what in _private(" ".join([paper.told, *paper.facts.values()]), told.around.machine):
        yield Fault(f"{PDF}, metadata", f"{what} stands in them", mend)
    for extra in paper.extras:
        yield Fault(PDF, f"the file holds {extra}, which a playbook has no use for", "templates/print.html.j2:1")


def _private(text: str, machine: Iterable[str]) -> Iterator[str]:
    """What in it is private: an address, a path, a name of the machine or of its user."""
    if _MAIL.search(text):
        yield "an e-mail address"
    if _PATH.search(text):
        yield "a path of the machine"
    if any(re.search(rf"\b{re.escape(name)}\b", text) for name in machine):
        yield "a name of this machine or its user"


def _title_of(head: Element) -> str:
    return " ".join("".join(child for child in head.children if isinstance(child, str)).split())


def _all_texts(page: Element) -> Iterator[tuple[Element, str]]:
    for element in page:
        if element.tag != "style":
            yield from ((element, child) for child in element.children if isinstance(child, str) and child.strip())
            yield from ((element, value) for value in element.attributes.values() if value and not value.startswith("data:"))


def _paper_texts(told: Finished) -> Iterator[tuple[int, str, str]]:
    for part, element in told.parts:
        yield from ((page, part, text) for page, text in read_texts(element))
        yield from ((e.line, part, e.attributes["alt"]) for e in element if "alt" in e.attributes)
    for sheet in told.paper.sheets:
        loose = [run.text for run in sheet.runs if id(run) not in told.tagged]
        if loose:
            yield sheet.number, "header", " ".join(loose)


def _found(text: str, sought: Iterable[tuple[re.Pattern[str], str]], any_of: re.Pattern[str]) -> Iterator[str]:
    if any_of.search(text):
        yield from (what for pattern, what in sought if pattern.search(text))


def _telling(told: Finished, own: Iterable[str]) -> list[str]:
    """Names by which another client can be told: not the client's own, and no word that the document has in small letters anyway."""
    words = set(_SMALL.findall(" ".join(strings(told.document))))
    names = (name for name in told.around.strangers if len(name) >= _LEAST and name not in own)
    return [name for name in names if not (_ONE_WORD.fullmatch(name) and name.casefold() in words)]


def _pattern(name: str) -> re.Pattern[str]:
    """The name as whole words; a line may end between two of them."""
    return re.compile(r"(?<![\w-])" + r"\s+".join(map(re.escape, name.split())) + r"(?![\w-])")


def _own_names(told: Finished) -> list[str]:
    client = told.document["client"]
    return sorted(filter(None, (client["name"], client["id"], client["unit"])), key=len, reverse=True)


def _without(text: str, own: Iterable[str]) -> str:
    for name in own:
        text = text.replace(name, "·")
    return text
