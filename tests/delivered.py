"""Delivered files into figures: report.json, and what the page tells beside it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cases import INSTRUMENT
from intruder import Mean, Printed, Publication, Spread
from readback import read_page
from samples import records, strings

Json = Mapping[str, Any]
NAMED = {d.name: f"d:{d.id}" for d in INSTRUMENT.dimensions}
TOPICS = {s.topic.casefold(): f"s:{s.id}" for s in INSTRUMENT.statements}
PLACES = {name: place for places in (NAMED.values(), TOPICS.values()) for place, name in enumerate(places)}
LABELS = {
    "Both functions": "combined",
    "Sales": "sales",
    "Marketing": "marketing",
    "Heads of the functions": "heads",
    "Their staff": "staff",
    "Leadership": "leadership",
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HEX = re.compile(r"\b[0-9a-fA-F]{16,128}\b")


Ranks = tuple[tuple[tuple[float, int], ...], ...]


@dataclass(frozen=True)
class Read:
    """What the files tell. `only_on_page` are numbers that the page shows and report.json does not, `too_fine` those of a figure's data with
    more decimals than are printed; `ranks` is every list that goes by figures: what is printed, and the place in the instrument."""

    publication: Publication
    ranks: Ranks
    numbers: frozenset[str]
    only_on_page: frozenset[str]
    too_fine: frozenset[str]


def from_files(file: str, page: str) -> Read:
    """The figures of report.json, with what the page tells beside them."""
    found = json.loads(file)
    sections = {section["id"]: section for section in found["sections"]}
    exhibits = found["exhibits"]
    figures = dict(_statements(sections["statements"]["rows"]))
    figures |= dict(_score(sections["stage"]["readings"])) | dict(_dimensions(exhibits))
    shares = dict(_shares(_rows(exhibits, "answers")))
    publication = Publication(found["wave"]["id"], figures, shares, dict(_intervals(exhibits)), marks_in(file, page))
    ranks = (*_ranks(exhibits), *_ends(sections["dimensions"], figures))
    on_page = {told for text in _texts_of_page(page) for told in NUMBER.findall(text)}
    numbers = frozenset(NUMBER.findall(file))
    texts = {told for text in strings(found) for told in NUMBER.findall(text)}
    finer = (value for value in _numbers_of(exhibits) if abs(value * 10 - round(value * 10)) > 1e-9)
    too_fine = frozenset(str(value) for value in finer if str(abs(value)) not in texts)
    return Read(publication, ranks, numbers, frozenset(on_page - numbers), too_fine)


def marks_in(*texts: str) -> frozenset[str]:
    """Every long hexadecimal string, but for the fonts."""
    return frozenset(mark.lower() for text in texts for mark in _HEX.findall(re.sub(r"url\([^)]*\)", "", text)))


def printed(text: str) -> Printed | None:
    """The interval of a printed mean; None where none is printed."""
    if not text.lstrip("−+")[:1].isdigit():
        return None
    rounding = 0.5 / 10 ** len(text.partition(".")[2])
    return Printed(number(text) - rounding, number(text) + rounding)


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def _rows(exhibits: Json, id: str) -> list[list[str]]:
    exhibit = exhibits.get(id)
    return exhibit["table"]["rows"] if exhibit else []


def _ranks(exhibits: Json) -> Iterator[tuple[tuple[float, int], ...]]:
    """Dimensions by their score, statements by their gap and by what agrees less what disagrees."""
    yield tuple((number(score), PLACES[NAMED[name]]) for name, score, *_ in _rows(exhibits, "dimensions"))
    yield tuple((-abs(number(gap)), PLACES[TOPICS[topic.casefold()]]) for topic, _, _, gap in _rows(exhibits, "perception-gap"))
    yield tuple((a + b - d - e, PLACES[f"s:{id}"]) for id, (a, b, _, d, e) in _shares(_rows(exhibits, "answers")))


def _ends(section: Json, figures: Mapping[Mean, Printed]) -> Iterator[tuple[tuple[float, int], ...]]:
    """What works least and what works best; of equal statements the first is last among the best."""
    for end, sign in (("weakest", 1), ("strongest", -1)):
        named = [
            trace.removeprefix("statement:") for sentence in section[end] for trace in sentence["trace"] if trace.startswith("statement:")
        ]
        means = [figures[f"s:{id}", "combined"] for id in named]
        yield tuple((sign * round((m.low + m.high) / 2, 1), sign * PLACES[f"s:{id}"]) for id, m in zip(named, means, strict=True))


def _numbers_of(exhibits: Json) -> Iterator[float]:
    """Every number of the groups' exhibits that stands beside a text or is drawn without one."""
    for id in ("stage-scale", "dimensions", "perception-gap", "answers"):
        yield from (value for record in records(exhibits.get(id)) for value in record.values() if isinstance(value, float))


def _texts_of_page(page: str) -> Iterator[str]:
    """All that is to be read or heard: texts of the page and of its drawings, alternatives, titles."""
    root, _ = read_page(page)
    yield root.text
    for element in root:
        yield from (text for name in ("alt", "title", "aria-label", "data-value") if (text := element.attributes.get(name)))


def _statements(rows: Iterable[Json]) -> Iterator[tuple[Mean, Printed]]:
    for row in rows:
        for who in ("combined", "sales", "marketing", "gap"):
            if told := printed(row[who]["text"]):
                yield (f"s:{row['id']}", who), told


def _score(readings: Iterable[Json]) -> Iterator[tuple[Mean, Printed]]:
    for row in readings:
        if told := printed(row["figure"]["text"]):
            yield ("score", LABELS[row["label"]]), told


def _dimensions(exhibits: Json) -> Iterator[tuple[Mean, Printed]]:
    """The scores of the dimensions; a column of intervals may stand behind the first of them."""
    for name, combined, *between, sales, marketing in _rows(exhibits, "dimensions"):
        assert len(between) <= 1
        for who, text in (("combined", combined), ("sales", sales), ("marketing", marketing)):
            if told := printed(text):
                yield (NAMED[name], who), told


def _shares(rows: Iterable[list[str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for topic, *texts in rows:
        yield TOPICS[topic.casefold()][2:], tuple(int(text.rstrip("%")) for text in texts)


def _intervals(exhibits: Json) -> Iterator[tuple[Mean, Spread]]:
    """The intervals of single functions, by their ends."""
    scale = exhibits.get("stage-scale")
    for function in scale["data"]["functions"] if scale else ():
        if interval := function["interval"]:
            yield ("score", function["role"]), Spread(float("nan"), interval["low"], interval["high"])
