"""A delivered PDF into figures: its text, the alternatives of its drawings and its metadata, as anybody reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from cases import INSTRUMENT
from delivered import LABELS, marks_in, printed
from intruder import Mean, Printed, Publication
from readback import pages, tags

_CELL = r"(withheld|[+−]?\d+(?:\.\d+)?)"
_WAVE = re.compile(r"Wave\s+(\d{4}-\d{2})")


@dataclass(frozen=True)
class ReadPdf:
    """Its figures, and every number with decimals that stands anywhere in it."""

    publication: Publication
    numbers: frozenset[str]


def from_pdf(file: Path) -> ReadPdf:
    text = "\n".join(pages(file, "-raw"))
    with pikepdf.open(file) as pdf:
        heard = [str(element.Alt) for element in tags(pdf) if "/Alt" in element]
        kept = [str(pdf.open_metadata()), *(str(value) for value in pdf.docinfo.values())]
    tables = text[text.rindex("Data of the exhibits") :] if "Data of the exhibits" in text else ""
    figures = dict(_statements(text)) | dict(_score(text)) | dict(_dimensions(tables))
    wave = _WAVE.search(text)
    publication = Publication(wave[1] if wave else "", figures, dict(_shares(tables)), {}, marks_in(text, *heard, *kept))
    numbers = {number for part in (text, *heard) for number in re.findall(r"(?<![\d.,])\d+\.\d+(?![\d.,])", part)}
    return ReadPdf(publication, frozenset(numbers))


def _statements(text: str) -> Iterator[tuple[Mean, Printed]]:
    """The rows of the appendix: number, statement, dimension, Sales, Marketing, both, gap."""
    names = {d.id: d.name for d in INSTRUMENT.dimensions}
    for statement in INSTRUMENT.statements:
        words = _spaced(f"{statement.number} {statement.text} {names[statement.dimension]}")
        row = re.search(rf"(?<!\S){words}(?:\s+·[^\d]*?)?" + rf"\s+{_CELL}" * 4, text)
        assert row, f"no row of {statement.id}"
        for who, cell in zip(("sales", "marketing", "combined", "gap"), row.groups(), strict=True):
            if told := printed(cell):
                yield (f"s:{statement.id}", who), told


def _score(text: str) -> Iterator[tuple[Mean, Printed]]:
    """The rows under “Who reads it how”."""
    _, _, table = text.partition("Reading Score n Stage")
    table, _, _ = table.partition("Stage Range Meaning")
    for label, who in LABELS.items():
        row = re.search(rf"(?<!\S){_spaced(label)}\s+{_CELL}\s+\d+(?:–\d+)?\s+(?:–|[A-Z][a-z]+)\s", table)
        if row and (told := printed(row[1])):
            yield ("score", who), told


def _dimensions(tables: str) -> Iterator[tuple[Mean, Printed]]:
    for dimension in INSTRUMENT.dimensions:
        row = re.search(rf"(?<!\S){_spaced(dimension.name)}" + rf"\s+{_CELL}" * 3, tables)
        for who, cell in zip(("combined", "sales", "marketing"), row.groups() if row else (), strict=bool(row)):
            if told := printed(cell):
                yield (f"d:{dimension.id}", who), told


def _shares(tables: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for statement in INSTRUMENT.statements:
        row = re.search(_spaced(statement.topic) + r"\s+(\d+)%" * 5, tables, re.IGNORECASE)
        if row:
            yield statement.id, tuple(map(int, row.groups()))


def _spaced(text: str) -> str:
    """The words with any space between them, and after a hyphen, as lines may break there."""
    return r"\s+".join(re.escape(word).replace(r"\-", r"\-\s*") for word in text.split())
