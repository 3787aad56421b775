"""Leftovers of templates and programs where a reader expects words."""

import re
from collections.abc import Iterable, Iterator

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import HTML, Finished, read_texts, strings
from alignment_report.gate.tree import Element, letters_of

_PROGRAM = "what a program says for itself"
_LEFT = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (r"\{\{|\}\}|\{%|%\}|\{#|#\}", "a mark of the template"),
        (r"\{[a-z][a-z0-9_.-]*\}|%\([a-z_]+\)[sd]|\$\{[^}]*\}|<<[^<>]*>>", "a place that was not filled"),
        (r"(?i:\blorem ipsum\b)|\bT(?:ODO|BD|BC)\b|\bFIXME\b|\bXXX+\b|\?\?\?|\b(?i:placeholder)\b|\[(?:insert|client|date|company)\b[^\]]*\]", "a placeholder"),
        (r"\b(?:nan|NaN)\b|(?<![\w-])[+−-]?inf\b|\bInfinity\b", "a number that is none"),
        (r"\b(?:null|NULL)\b|\[object \w+\]|<(?:class|function|built-in)\b|\bobject at 0x|\b(?:Fraction|Decimal|Undefined|datetime\.\w+)\(", _PROGRAM),
        (r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-fA-F]+);|</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", "markup that shows as text"),
        ("\ufffd|\u00c3[\u0080-\u00bf]|\u00e2\u20ac", "letters that were lost on the way"),
        (r"“\s*”|\(\s*\)|(?<=\w) [,;](?= )|(?<=\w) \.(?= |$)|,,|\.\.(?!\.)(?<!\.\.\.)|: ?\.", "the empty place of a word"),
    )
)  # fmt: skip
_NOTHING = re.compile(r"\b(?:None|True|False)\b")
_A_WORD = re.compile(
    r"None(?= of\b)|(?:^|(?<=[.:!?“(•] )|(?<=[“(•]))None(?= (?:is|are|was|were|has|have|so|yet|that|who)\b)|^None\.?(?= |$)(?! [a-z])"
)
"""The word as a sentence has it."""
_UNDEFINED = re.compile(r"\bundefined\b")
"""A stage has this name; where the document does not say it beside the same word, a program does."""
_ANY = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in (*(found for found, _ in _LEFT), _NOTHING, re.compile("undefined"))))
_READ_ALOUD = ("alt", "title", "aria-label", "content")


def residue(told: Finished) -> Iterator[Fault]:
    """Marks of templates, places not filled, `None`, `nan` and their like: in texts, in what is read aloud, and in the PDF."""
    known = "|".join(letters_of(text) for text in strings(told.document))
    own = _names(told)
    for line, what in told.misnested:
        yield Fault(f"{HTML}, line {line}", f"the page is not closed in order: {what}", _nearest(told, line))
    for element, text in _texts(told.page):
        for what in _left(text, known, own):
            yield told.in_page(element, what)
    for part, element in told.parts:
        for page, text in read_texts(element):
            for what in _left(text, known, own):
                yield told.in_paper(page, part, text, what)


def _texts(page: Element) -> Iterator[tuple[Element, str]]:
    """Every text of the page with the element that holds it, attributes that are read aloud included."""
    for element in page:
        if element.tag in ("style", "script", "meta") or element.tag == "#comment":
            continue
        yield from ((element, " ".join(child.split())) for child in element.children if isinstance(child, str) and child.strip())
        yield from ((element, element.attributes[name]) for name in _READ_ALOUD if name in element.attributes)


def _left(text: str, known: str, own: Iterable[str]) -> Iterator[str]:
    for name in own:
        text = text.replace(name, "·")
    if not _ANY.search(text):
        return
    for pattern, says in _LEFT:
        if found := pattern.search(text):
            yield f"{says} stands in the text: “{_near(text, found)}”"
    if found := _NOTHING.search(_A_WORD.sub("·", text)):
        yield f"{_PROGRAM} stands in the text: “{_near(text, found)}”"
    for found in _UNDEFINED.finditer(text):
        beside = ("".join(text[: found.end()].split()[-2:]), "".join(text[found.start() :].split()[:2]))
        if not any(letters_of(words) in known for words in beside if letters_of(words) != found[0]):
            yield f"{_PROGRAM} stands in the text: “{_near(text, found)}”"


def _near(text: str, found: re.Match[str], around: int = 20) -> str:
    return text[max(found.start() - around, 0) : found.end() + around].strip()


def _names(told: Finished) -> list[str]:
    """What the client is called, which may be any word."""
    client = told.document["client"]
    return [name for name in (client["name"], client["unit"]) if name]


def _nearest(told: Finished, line: int) -> str:
    before = [element for element in told.page if element.tag and element.line <= line]
    return told.sources.of(before[-1]) if before else ""
