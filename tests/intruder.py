"""Somebody who works there, holds the delivered files of all waves and knows who answered what, but not how: what is known, what is claimed.

Nothing here sees an answer, but for an insider's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cases import INSTRUMENT, STATEMENTS, STRUCTURAL

from alignment_report.model.assessment import Role

FUNCTIONS: tuple[Role, Role] = ("sales", "marketing")
K, CROWD = 5, 10
"""From how many people on a mean may be shown, and from how many on a group may be known to be of one mind."""

DIMENSIONS = {d.id: tuple(s.id for s in INSTRUMENT.statements if s.dimension == d.id) for d in INSTRUMENT.dimensions}
ITEMS = ("score", *(f"d:{id}" for id in DIMENSIONS), *(f"s:{id}" for id in STATEMENTS))


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
    """A mean as the interval of its rounding."""

    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """How far the values of a group lie apart, and between which ends."""

    deviation: float
    least: float
    most: float


Mean = tuple[str, str]
"""An item and whose mean of it. Items are `score`, `d:<dimension>` and `s:<statement>`."""


@dataclass(frozen=True)
class Publication:
    """Every figure read from the files; `marks` holds every long hexadecimal string."""

    wave: str
    figures: Mapping[Mean, Printed]
    shares: Mapping[str, tuple[int, ...]]
    spreads: Mapping[Mean, Spread]
    marks: frozenset[str]


@dataclass(frozen=True, eq=False)
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


def statements_of(item: str) -> frozenset[str]:
    return frozenset(STATEMENTS if item == "score" else DIMENSIONS[item[2:]] if item[0] == "d" else (item[2:],))


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
