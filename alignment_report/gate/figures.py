"""Numbers that the document does not tell, figures under the wrong label, and texts that page and PDF tell differently."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import Finished, read_texts, short, strings
from alignment_report.gate.tree import Element, letters_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COLUMNS = ("sales", "marketing", "combined", "gap")
_PIPS = 5
"""Effort and impact are counted out of five, which the templates write themselves."""
_ROWS = frozenset("12345")
"""What forms to be filled in number their rows with."""


def figures(told: Finished) -> Iterator[Fault]:
    """Every number that a reader meets is one that the document tells in this section, and stands under its own label."""
    everywhere = _everywhere(told.document)
    for id, section in told.sections.items():
        place = told.sources.section(id)
        said = [*everywhere, *strings(section), *_drawn(told.document, section)]
        if place is not None:
            yield from _on_page(told, place, said)
            yield from _under_labels(told, place, section)
        yield from _in_paper(told, id, said)


def _everywhere(document: Mapping[str, Any]) -> list[str]:
    """What may stand in any section: the title, the client, the wave, the interface's words, the exhibits' numbers and the sections'."""
    parts = ("title", "client", "wave", "words", "colophon", "running", "delivered")
    numbers = [str(exhibit["number"]) for exhibit in document["exhibits"].values()]
    return [*(text for part in parts for text in strings(document[part])), *numbers, str(_PIPS)]


def _drawn(document: Mapping[str, Any], section: Mapping[str, Any]) -> Iterator[str]:
    """The texts of the exhibits a section names; the statements' appendix shows the tables of all of them."""
    named = {value for key, value in section.items() if key.startswith("exhibit") and value}
    for id, exhibit in document["exhibits"].items():
        if id in named or section["id"] == "statements":
            yield from strings(exhibit)


def _on_page(told: Finished, place: Element, said: Sequence[str]) -> Iterator[Fault]:
    known = _Known(said)
    for element in place:
        if element.tag == "style":
            continue
        texts = [child for child in element.children if isinstance(child, str)] + [
            element.attributes.get(name, "") for name in ("alt", "aria-label")
        ]
        for text in texts:
            for number in known.unknown(text):
                yield told.in_page(
                    element, f"the number {number} is not one that the document tells here: “{short(' '.join(text.split()))}”"
                )


def _in_paper(told: Finished, id: str, said: Sequence[str]) -> Iterator[Fault]:
    known = {number for text in said for number in _NUMBER.findall(text)}
    for part, element in told.parts:
        if part == id:
            for page, text in read_texts(element):
                for number in () if text in _ROWS else _NUMBER.findall(text):
                    if number not in known:
                        yield told.in_paper(page, part, text, f"the number {number} is not one that the document tells here")


class _Known:
    """Texts with numbers, longest first: what is left of a text without them tells a number that none of them tells."""

    def __init__(self, said: Iterable[str]) -> None:
        texts = {" ".join(text.split()) for text in said}
        self._whole = texts
        self._with_numbers = sorted((text for text in texts if _NUMBER.search(text)), key=lambda text: (-len(text), text))

    def unknown(self, text: str) -> list[str]:
        rest = " ".join(text.split())
        if not _NUMBER.search(rest) or rest in _ROWS or rest in self._whole:
            return []
        for known in self._with_numbers:
            if known in rest:
                rest = _without(rest, known)
                if not _NUMBER.search(rest):
                    return []
        return _NUMBER.findall(rest)


def _without(text: str, known: str) -> str:
    """The text without these words where they do not cut a number in two."""
    return re.sub(rf"(?<!\d)(?<!\d[.,]){re.escape(known)}(?![.,]?\d)", " ", text)


# Tables


def _under_labels(told: Finished, place: Element, section: Mapping[str, Any]) -> Iterator[Fault]:
    """Figures in tables of both functions, the score, the gap and the stage of the answer, and the readings of the score."""
    yield from _splits(told, place, section)
    yield from _exhibit_tables(told, place, section)
    for row in place.all("tr"):
        heads, cells = row.all("th"), row.all("td")
        reading = next((r for r in section.get("readings", ()) if heads and r["label"] == heads[0].text), None)
        if reading and cells and reading["figure"]["text"] not in [cell.text for cell in cells]:
            yield told.in_page(
                cells[0], f"under “{heads[0].text}” stands “{cells[0].text}”, the document tells {reading['figure']['text']}"
            )
    if "answer" in section:
        yield from _answer(told, place, section["answer"])


def _splits(told: Finished, place: Element, section: Mapping[str, Any]) -> Iterator[Fault]:
    words = told.document["words"]
    names = {words[column]: column for column in _COLUMNS if column in words}
    rows = {name: record for record in _records(section) if "sales" in record and "combined" in record for name in _names(record)}
    for table in place.all("table"):
        columns = [names.get(_bare(head.text)) for head in next(iter(table.all("tr")), Element("tr", {}, 1)).all("th")]
        for row in table.all("tr")[1:] if any(columns) else ():
            cells = row.all("th", "td")
            record = next((rows[letters_of(cell.text)] for cell in cells if letters_of(cell.text) in rows), None)
            for column, cell in zip(columns, cells, strict=False):
                wanted = record[column]["text"] if record and column and isinstance(record.get(column), Mapping) else None
                if wanted is not None and cell.text != wanted:
                    yield told.in_page(cell, f"under “{words[column]}” stands “{cell.text}”, the document tells {wanted}")


def _exhibit_tables(told: Finished, place: Element, section: Mapping[str, Any]) -> Iterator[Fault]:
    for key, id in section.items():
        if not key.startswith("exhibit") or not id or id not in told.document["exhibits"]:
            continue
        box = next((e for e in place if e.attributes.get("id") == f"x-{id}"), None)
        wanted = [[" ".join(cell.split()) for cell in row] for row in told.document["exhibits"][id]["table"]["rows"]]
        rows = [row for table in (box.of_class("data") if box else ()) for row in table.all("tr")][1:]
        for row, texts in zip(rows, wanted, strict=False):
            for cell, text in zip(row.all("th", "td"), texts, strict=False):
                if cell.text != text:
                    yield told.in_page(cell, f"the table of the exhibit says “{short(cell.text)}”, the document “{short(text)}”")


def _answer(told: Finished, place: Element, answer: Mapping[str, Any]) -> Iterator[Fault]:
    shown = [element.text for element in place.of_class("answer")]
    gap = answer["gap"] or {"text": ""}
    wanted = {"stage": answer["stage"], "score": answer["score"]["text"], "gap": gap["text"], "verdict": answer["verdict"]}
    for name, text in wanted.items():
        if not any(text in words for words in shown):
            yield told.in_page(
                place,
                f"the answer does not show the {name} that the document tells: “{text}”",
                told.sources.of((place.of_class("answer") or [place])[0]),
            )


def _records(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
    for inner in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _records(inner)


def _names(record: Mapping[str, Any]) -> Iterator[str]:
    return (letters_of(record[name]) for name in ("text", "topic", "name", "label") if isinstance(record.get(name), str))


def _bare(text: str) -> str:
    """A column's head without the sign of its function."""
    return re.sub(r"^\W+", "", text)
