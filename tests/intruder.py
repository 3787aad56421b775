"""Somebody who works there, holds the delivered files of all waves and knows who answered what, but not how: reads, and attacks.

Nothing here sees an answer, but for an insider's own. What an attack returns are claims: whose mean answer lies between which ends.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import Any

import numpy as np
from cases import INSTRUMENT, STATEMENTS, STRUCTURAL
from readback import read_page
from samples import records, strings
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from alignment_report.model.assessment import Role

FUNCTIONS: tuple[Role, Role] = ("sales", "marketing")
K, CROWD = 5, 10
"""From how many people on a mean may be shown, and from how many on a group may be known to be of one mind."""

HALF, ALONE = 0.5, 0.8
"""An answer is given away where less than half of its scale is left, and less than this part of what one lone figure leaves."""

DIMENSIONS = {d.id: tuple(s.id for s in INSTRUMENT.statements if s.dimension == d.id) for d in INSTRUMENT.dimensions}
_NAMED = {d.name: f"d:{d.id}" for d in INSTRUMENT.dimensions}
_TOPICS = {s.topic.casefold(): s.id for s in INSTRUMENT.statements}
_NO_END = 1e6
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HEX = re.compile(r"\b[0-9a-fA-F]{16,128}\b")


# What is known


@dataclass(frozen=True)
class Person:
    """Who answered which statements; the name tells a corrected record from the one before."""

    name: tuple[str, int]
    function: Role
    level: str
    answered: frozenset[str]
    unknown: frozenset[str]


@dataclass(frozen=True)
class Printed:
    """A mean as the interval of its rounding, and how many people it says it holds, where it says so exactly."""

    low: float
    high: float
    n: int | None


@dataclass(frozen=True)
class Spread:
    deviation: float
    least: float
    most: float


@dataclass(frozen=True)
class Publication:
    """Every figure read from the files. Items are `score`, `d:<dimension>` and `s:<statement>`; `order` holds pairs (item, who) of which the first is
    not above the second; `marks` every long hexadecimal string."""

    wave: str
    figures: Mapping[tuple[str, str], Printed]
    shares: Mapping[str, tuple[int, ...]]
    spreads: Mapping[tuple[str, str], Spread]
    order: Sequence[tuple[tuple[str, str], tuple[str, str]]]
    marks: frozenset[str]


@dataclass(frozen=True)
class Edition:
    """A publication and who was counted in it: more than an intruder knows for sure where answers were held back."""

    publication: Publication
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Claim:
    """That the mean answer of these people to these statements lies between the ends, on the scale of answers."""

    people: frozenset[tuple[str, int]]
    statements: frozenset[str]
    low: float
    high: float


@dataclass(frozen=True)
class Loot:
    """What an attack looked for and what it found."""

    targets: int
    claims: tuple[Claim, ...]


# Reading


@dataclass(frozen=True)
class Read:
    """What the files tell. `only_on_page` are numbers that the page shows and report.json does not, `too_fine` those of a figure's data with
    more decimals than are printed."""

    publication: Publication
    numbers: frozenset[str]
    only_on_page: frozenset[str]
    too_fine: frozenset[str]


def from_files(file: str, page: str) -> Read:
    """The figures of report.json, with what the page tells beside them."""
    found = json.loads(file)
    sections = {section["id"]: section for section in found["sections"]}
    figures = dict(_statements(sections["statements"]["rows"]))
    figures |= dict(_score(sections["stage"]["readings"])) | dict(_dimensions(found["exhibits"].get("dimensions")))
    shares = dict(_shares(found["exhibits"].get("answers")))
    order = [*_ranked(found["exhibits"].get("dimensions"))]
    marks = frozenset(mark.lower() for mark in _HEX.findall(file) + _HEX.findall(_without_fonts(page)))
    publication = Publication(found["wave"]["id"], figures, shares, dict(_intervals(found)), order, marks)
    on_page = {number for text in _texts_of_page(page) for number in _NUMBER.findall(text)}
    numbers = frozenset(_NUMBER.findall(file))
    texts = {number for text in strings(found) for number in _NUMBER.findall(text)}
    finer = (number for number in _figures_of(found["exhibits"]) if abs(number * 10 - round(number * 10)) > 1e-9)
    fine = frozenset(str(number) for number in finer if str(abs(number)) not in texts)
    return Read(publication, numbers, frozenset(on_page - numbers), fine)


def _figures_of(node: object) -> Iterator[float]:
    """Every number of the groups' exhibits that stands beside a text or is drawn without one."""
    for id in ("stage-scale", "dimensions", "perception-gap", "answers"):
        exhibit = node.get(id) if isinstance(node, dict) else None
        yield from (value for record in records(exhibit) for value in record.values() if isinstance(value, float))


def _without_fonts(page: str) -> str:
    return re.sub(r"url\([^)]*\)", "", page)


def _texts_of_page(page: str) -> Iterator[str]:
    """All that is to be read or heard: texts of the page and of its drawings, alternatives, titles."""
    root, _ = read_page(page)
    yield root.text
    for attribute in ("alt", "title", "aria-label", "data-value"):
        yield from root.values(attribute)


def _printed(figure: Mapping[str, Any]) -> Printed | None:
    if "withheld" in figure:
        return None
    text = figure["text"].replace("−", "-").replace("+", "")
    places = len(text.partition(".")[2])
    n = figure.get("n") or ""
    return Printed(float(text) - 0.5 / 10**places, float(text) + 0.5 / 10**places, int(n) if n.isdecimal() else None)


def _statements(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str], Printed]]:
    for row in rows:
        for who in ("combined", "sales", "marketing", "gap"):
            if told := _printed(row[who]):
                yield (f"s:{row['id']}", who), told


_LABELS = {
    "Both functions": "combined",
    "Sales": "sales",
    "Marketing": "marketing",
    "Heads of the functions": "heads",
    "Their staff": "staff",
    "Leadership": "leadership",
}


def _score(readings: Iterable[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, str], Printed]]:
    for row in readings:
        if told := _printed(row["figure"]):
            yield ("score", _LABELS[row["label"]]), told


def _dimensions(exhibit: Mapping[str, Any] | None) -> Iterator[tuple[tuple[str, str], Printed]]:
    for name, *texts in exhibit["table"]["rows"] if exhibit else ():
        for who, text in zip(("combined", "sales", "marketing"), texts, strict=True):
            if told := _printed({"text": text} if text[:1].isdigit() else {"withheld": True}):
                yield (_NAMED[name], who), told


def _ranked(exhibit: Mapping[str, Any] | None) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Dimensions are drawn weakest first."""
    names = [(_NAMED[row["name"]], "combined") for row in exhibit["data"]["rows"]] if exhibit else []
    yield from pairwise(names)


def _shares(exhibit: Mapping[str, Any] | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    for topic, *texts in exhibit["table"]["rows"] if exhibit else ():
        yield _TOPICS[topic.casefold()], tuple(int(text.rstrip("%")) for text in texts)


def _intervals(found: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Spread]]:
    """The intervals of single functions, by their ends."""
    scale = found["exhibits"].get("stage-scale")
    for function in scale["data"]["functions"] if scale else ():
        if interval := function["interval"]:
            yield ("score", function["role"]), Spread(float("nan"), interval["low"], interval["high"])


# Rules of the score, which the playbook prints


def has_total(person: Person) -> bool:
    missing = set(STATEMENTS) - person.answered
    return len(missing) <= 2 or (len(missing) <= 4 and missing <= person.unknown & set(STRUCTURAL))


def scope_of(person: Person, item: str) -> frozenset[str]:
    """The answers of a person that count in an item; empty where the person does not."""
    kind, _, id = item.partition(":")
    if kind == "score":
        return person.answered if has_total(person) else frozenset()
    if kind == "s":
        return person.answered & {id}
    held = person.answered & set(DIMENSIONS[id])
    return frozenset(held) if 2 * len(held) >= len(DIMENSIONS[id]) and held else frozenset()


def total_of(person: Person, answers: Mapping[str, int]) -> float:
    return 20 * sum(answers[id] for id in person.answered) / len(person.answered)


def counted(edition: Edition) -> list[Person]:
    """Those in the figures: where a few of a function have no total, they are left out."""
    found: list[Person] = []
    for role in (*FUNCTIONS, "leadership"):
        people = [p for p in edition.people if p.function == role]
        valid = [p for p in people if has_total(p)]
        found += valid if 0 < len(people) - len(valid) < K <= len(valid) else people
    return found


# All figures at once


Kind = tuple[str, str, frozenset[str], bool, tuple[bool, ...]]


class Knowledge:
    """Every printed figure of some editions as bounds on sums of answers of people who are alike in all that matters."""

    def __init__(self, editions: Sequence[Edition], protected: bool = True) -> None:
        self.editions = editions
        self.inside = [set(counted(e) if protected else e.people) for e in editions]
        people = dict.fromkeys(p for inside in self.inside for p in inside)
        has_levels = any(("score", who) in e.publication.figures for e in editions for who in ("heads", "staff"))
        self.kind_of: dict[Person, Kind] = {
            p: (p.function, p.level if has_levels else "", p.answered, has_total(p), tuple(p in inside for inside in self.inside))
            for p in people
        }
        self.size = Counter(self.kind_of.values())
        self.place = {at: n for n, at in enumerate((kind, id) for kind in self.size for id in sorted(kind[2]))}
        self.limits = [(self.size[kind], 5 * self.size[kind]) for kind, _ in self.place]

    @cached_property
    def rows(self) -> tuple[csr_array, np.ndarray, np.ndarray, np.ndarray]:
        """Weights, least and greatest of each figure, and whether it is a lone statement's (by the edition's number)."""
        found: list[tuple[dict[int, float], float, float, int]] = []
        for number, edition in enumerate(self.editions):
            told = edition.publication
            for (item, who), printed in told.figures.items():
                row = self.mean(number, item, who)
                if row:
                    found.append((row, printed.low, printed.high, number if item.startswith("s:") else -1))
            for below, above in told.order:
                row = Counter(self.mean(number, *above))
                row.subtract(self.mean(number, *below))
                found.append((dict(row), 0.0, _NO_END, -1))
        matrix = vstack([_sparse(row, len(self.place)) for row, *_ in found]).tocsr() if found else csr_array((0, len(self.place)))
        return matrix, np.array([f[1] for f in found]), np.array([f[2] for f in found]), np.array([f[3] for f in found], dtype=int)

    def mean(self, edition: int, item: str, who: str) -> dict[int, float]:
        """A mean as weights of sums; empty where nobody counts in it."""
        if who in ("combined", "gap"):
            sides = [self.mean(edition, item, f) for f in FUNCTIONS]
            factors = (0.5, 0.5) if who == "combined" else (-1.0, 1.0)
            if not all(sides):
                return {}
            row: defaultdict[int, float] = defaultdict(float)
            for side, factor in zip(sides, factors, strict=True):
                for at, weight in side.items():
                    row[at] += factor * weight
            return dict(row)
        level = {"heads": "head", "staff": "staff"}.get(who)
        people = [p for p in self.inside[edition] if (p.level == level and p.function in FUNCTIONS if level else p.function == who)]
        scopes = {p: scope for p in people if (scope := scope_of(p, item))}
        points = 1 if item.startswith("s:") else 20
        row = defaultdict(float)
        for person, scope in scopes.items():
            kind = self.kind_of[person]
            for id in scope:
                row[self.place[kind, id]] += points / len(scope) / len(scopes) / self.size[kind]
        return dict(row)

    def answers(self, people: Iterable[Person], statements: Iterable[str]) -> dict[int, float]:
        """The mean answer of whole kinds of people to some statements."""
        wanted = set(statements)
        row: dict[int, float] = {}
        for kind in {self.kind_of[p] for p in people}:
            row |= {self.place[kind, id]: 1.0 for id in kind[2] & wanted}
        total = sum(self.limits[at][0] for at in row)
        return {at: weight / total for at, weight in row.items()}

    def bounds(self, target: Mapping[int, float], rows: np.ndarray | None = None) -> tuple[float, float]:
        """Between which ends the target lies, by the figures of these rows, or by all."""
        matrix, low, high, _ = self.rows
        if rows is not None:
            matrix, low, high = matrix[rows], low[rows], high[rows]
        return _within(matrix, low, high, target, self.limits)

    def alone(self, target: Mapping[int, float]) -> float:
        """How wide the target is by the figure that tells most of it; means of different statements count as one, since they share no answer."""
        matrix, _, high, lone = self.rows
        touches = np.asarray(abs(matrix[:, list(target)]).sum(axis=1)).ravel() > 0
        statements = [np.flatnonzero((lone == n) & touches) for n in range(len(self.editions))]
        others = [np.array([place]) for place in np.flatnonzero((lone < 0) & touches & (high < _NO_END))]
        widths = [high - low for rows in (*statements, *others) for low, high in [self.bounds(target, rows)]]
        return min([*widths, *self._by_cells(target), *self._by_pools(target)], default=4.0)

    def _by_pools(self, target: Mapping[int, float]) -> Iterator[float]:
        """How wide it is by what enough people of its function answered, all together, to those of its statements that are not shown apart."""
        kinds = list(self.place)
        (function,) = {kinds[at][0][0] for at in target}
        matrix, low, high, lone = self.rows
        for edition, told in enumerate(self.editions):
            hidden = {id for _, id in (kinds[at] for at in target) if (f"s:{id}", function) not in told.publication.figures}
            people = [p for p in self.inside[edition] if p.function == function]
            if not hidden or any(sum(id in p.answered for p in people) < K for id in hidden):
                continue
            pool: Counter[int] = Counter()
            for person in people:
                for id in hidden & person.answered:
                    pool[self.place[self.kind_of[person], id]] += 1 / self.size[self.kind_of[person]]
            least, most = self.bounds(pool)
            apart = np.flatnonzero(lone == edition)
            rows = vstack([matrix[apart], _sparse(pool, len(self.place))]).tocsr()
            ends = _within(rows, np.append(low[apart], least), np.append(high[apart], most), target, self.limits)
            yield ends[1] - ends[0]

    def _by_cells(self, target: Mapping[int, float]) -> Iterator[float]:
        """How wide it is by the mean total of enough people of one function and level: such a group may be known."""
        for edition, told in enumerate(self.editions):
            for function, level in product(FUNCTIONS, ("head", "staff")) if ("score", "heads") in told.publication.figures else ():
                cell = [p for p in self.inside[edition] if (p.function, p.level) == (function, level) and has_total(p)]
                if len(cell) >= K:
                    row: Counter[int] = Counter()
                    for person in cell:
                        for id in person.answered:
                            row[self.place[self.kind_of[person], id]] += 1 / len(person.answered) / self.size[self.kind_of[person]]
                    low, high = _within(_sparse(row, len(self.place)), *map(np.atleast_1d, self.bounds(row)), target, self.limits)
                    yield high - low

    def exposed(self, target: Mapping[int, float]) -> tuple[float, float] | None:
        """The ends, where they leave less than half of the scale and less than lone figures do; targets are mean answers."""
        if not target:
            return None
        low, high = self.bounds(target)
        if high - low >= HALF * 4 or high - low >= ALONE * self.alone(target):
            return None
        return low, high


def _within(
    matrix: csr_array, low: np.ndarray, high: np.ndarray, target: Mapping[int, float], limits: Sequence[tuple[int, int]]
) -> tuple[float, float]:
    """The least and the greatest of a weighed sum of variables within their limits, where other such sums lie between ends."""
    row = np.zeros(len(limits))
    row[list(target)] = list(target.values())
    told = [LinearConstraint(matrix, low - 1e-6, high + 1e-6)] if matrix.shape[0] else []
    box = Bounds(*np.array(limits).T)
    found = [milp(sign * row, constraints=told, bounds=box, options={"presolve": False}) for sign in (1, -1)]
    assert all(f.success for f in found), "the figures contradict what the intruder takes for granted"
    return float(found[0].fun), float(-found[1].fun)


def _sparse(row: Mapping[int, float], width: int) -> csr_array:
    return csr_array((list(row.values()), ([0] * len(row), list(row))), shape=(1, width))
