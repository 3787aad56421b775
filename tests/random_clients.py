"""Invented clients with two or three deliveries each, made the way the program makes them, and the same ones published without protection."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import count
from math import sqrt

from cases import INSTRUMENT, PLAYBOOK, STATEMENTS, STRUCTURAL
from delivered import Ranks, from_files
from intruder import FUNCTIONS, ITEMS, Edition, K, Person, Printed, Publication, Spread, has_total, scope_of, total_of
from samples import case

from alignment_report.analysis.beside import EarlierWave, stand_beside
from alignment_report.analysis.digests import content, key_check
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.rerun import PastDelivery, counted_digests, hold_back
from alignment_report.analysis.scoring import score_respondents
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.building.record import deliveries_text
from alignment_report.building.write import as_json
from alignment_report.model.assessment import Answer, Assessment, InstrumentUsed, Respondent, Role
from alignment_report.model.record import Delivery
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import make_document
from alignment_report.rendering.html import screen_page

STORIES = ("late one by one", "late together", "late in both", "correction", "carried over", "carried over and left")


@dataclass(frozen=True)
class Told:
    """A delivery as it was handed over: what the intruder knows of it, and what only the test knows."""

    edition: Edition
    document: dict[str, object]
    ranks: Ranks
    numbers: frozenset[str]
    page_told: frozenset[str]
    page_follows: bool
    too_fine: frozenset[str]


@dataclass(frozen=True)
class RandomClient:
    """`truth` holds everybody's answers by person; `bare` is what a program without protection would have delivered."""

    seed: int
    story: str
    told: tuple[Told, ...]
    bare: tuple[Edition, ...]
    truth: Mapping[tuple[str, int], Mapping[str, int]]
    respondents: tuple[Respondent, ...]
    record: str

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(told.edition for told in self.told)


@dataclass(frozen=True)
class _Wave:
    """A wave's file on the day of a delivery."""

    wave: str
    key: str
    people: tuple[Respondent, ...]


@lru_cache(maxsize=64)
def random_client(seed: int) -> RandomClient:
    """The client of a seed."""
    chance = random.Random(seed)
    story = STORIES[seed % len(STORIES)]
    waves = _told(story, chance)
    past: list[tuple[str, str, PastDelivery]] = []
    told, bare, records = [], [], []
    for number, wave in enumerate(waves):
        day = date(2026, 3, 27) + timedelta(days=7 * number)
        counted, document = _document(wave, day, [replace(p, is_same_wave=w == wave.wave) for w, _, p in past])
        if document is None:
            continue
        told.append(_read(wave, counted, document))
        digests = counted_digests(counted, wave.key)
        past.append((wave.wave, wave.key, PastDelivery(day, wave.key, digests, True)))
        records.append(Delivery(str(number + 1), wave.wave, day, f"delivered-{day}", key_check(wave.key), {}, digests))
        bare.append(unprotected(wave))
    people = {person.name: p for wave in waves for person, p in _named(wave.people).items()}
    truth = {name: {id: a for id, a in p.answers.items() if isinstance(a, int)} for name, p in people.items()}
    return RandomClient(seed, story, tuple(told), tuple(bare), truth, tuple(people.values()), deliveries_text(records))


def _assessment(wave: _Wave, key: str | None) -> Assessment:
    used = InstrumentUsed(INSTRUMENT.id, INSTRUMENT.version)
    base = case("marlow-cooling").assessment
    rules = replace(base.confidentiality, key=key)
    return replace(base, wave=wave.wave, instrument=used, respondents=wave.people, confidentiality=rules, redact=())


def _document(wave: _Wave, day: date, past: Sequence[PastDelivery]) -> tuple[tuple[Respondent, ...], dict[str, object] | None]:
    assessment = _assessment(wave, wave.key)
    counted = hold_back(assessment, past, INSTRUMENT)[0].respondents
    try:
        report = compile_report(case("marlow-cooling").client, assessment, PLAYBOOK, past)
    except NoSafeFigures:
        return (), None
    return counted, make_document(report, Provenance(), day)


def _read(wave: _Wave, counted: Sequence[Respondent], document: dict[str, object]) -> Told:
    file, page = as_json(document).decode(), screen_page(document)
    told = from_files(file, page)
    return Told(
        Edition(told.publication, tuple(_named(counted))),
        document,
        told.ranks,
        told.numbers,
        told.only_on_page,
        screen_page(json.loads(file)) == page,
        told.too_fine,
    )


def side_by_side(seed: int, protected: bool = True) -> tuple[tuple[Edition, Edition] | None, Mapping[tuple[str, int], Mapping[str, int]]]:
    """A wave that was never delivered and a later one, as one playbook shows both; and everybody's answers.

    Into two in three of the later ones all answers were carried over and some people joined; the others were answered anew.
    Of the earlier one a playbook prints the score and the dimensions; where it shows nothing of it there are no editions. Without protection
    everybody counts in it.
    """
    first, second = _told("carried over", random.Random(seed))
    if seed % 3 == 0:
        second = replace(second, people=tuple(_Groups(random.Random(-seed - 1)).start()))
    people = {person.name: p for wave in (first, second) for person, p in _named(wave.people).items()}
    truth = {name: {id: a for id, a in p.answers.items() if isinstance(a, int)} for name, p in people.items()}
    then, now = _assessment(first, first.key), _assessment(second, second.key)
    (beside,) = stand_beside(hold_back(now, (), INSTRUMENT)[0], [EarlierWave("2026-03", date(2026, 3, 20), then)], INSTRUMENT)
    counted = beside.counted if protected else then
    document = _document(second, date(2026, 9, 27), ())[1]
    if counted is None or document is None:
        return None, truth
    published = disclose(score_respondents(counted, INSTRUMENT), counted, INSTRUMENT, PLAYBOOK.stages)
    shown = {"score": published.score} | {f"d:{d.dimension.id}": d.split for d in published.dimensions}
    figures = {
        (item, who): _mean([float(figure.value)])
        for item, split in shown.items()
        for who in (("combined", *FUNCTIONS) if item == "score" else ("combined",))
        if (figure := getattr(split, who)).value is not None
    }
    earlier = Edition(Publication(first.wave, figures, {}, {}, frozenset()), tuple(_named(counted.respondents)))
    return (earlier, _read(second, second.people, document).edition), truth


def invented_people(chance: random.Random) -> tuple[Respondent, ...]:
    """The answers of an invented first wave."""
    return tuple(_Groups(chance).start())


def _named(people: Iterable[Respondent]) -> dict[Person, Respondent]:
    """Who answered what; of people who answered the same it is all the same which of them is counted, so names go by answers."""
    seen: Counter[str] = Counter()
    found = {}
    for person in people:
        answers = sha256(content(person)).hexdigest()
        seen[answers] += 1
        answered = frozenset(id for id, answer in person.answers.items() if isinstance(answer, int))
        unknown = frozenset(id for id, answer in person.answers.items() if answer == "dont-know")
        found[Person((answers, seen[answers]), person.function, person.level, answered, unknown)] = person
    return found


# What happens to a client


def _told(story: str, chance: random.Random) -> list[_Wave]:
    key, other = (f"{chance.getrandbits(128):032x}" for _ in range(2))
    group = _Groups(chance)
    start = tuple(group.start())
    first = _Wave("2026-03", key, start)
    role: Role = chance.choice(FUNCTIONS)
    small, large = chance.randint(1, 4), chance.randint(5, 8)
    if story == "late one by one":
        some = (*start, *group.people(role, small))
        return [first, _Wave("2026-03", key, some), _Wave("2026-03", key, (*some, *group.people(role, 5)))]
    if story == "late together":
        return [first, _Wave("2026-03", key, (*start, *group.people(role, large)))]
    if story == "late in both":
        both = (*start, *(p for f in FUNCTIONS for p in group.people(f, chance.randint(5, 8))), *group.people("leadership", small))
        return [first, _Wave("2026-03", key, both)]
    if story == "correction":
        place = chance.randrange(len(start))
        changed = replace(start[place], answers=group.people(start[place].function, 1)[0].answers)
        return [first, _Wave("2026-03", key, (*start[:place], changed, *start[place + 1 :]))]
    joined = (*start, *group.people(role, chance.choice((small, large))))
    if story == "carried over":
        return [first, _Wave("2026-09", other, joined)]
    gone = set(chance.sample(range(len(joined)), chance.choice((1, 2, 6))))
    left = tuple(person for place, person in enumerate(joined) if place not in gone)
    return [first, _Wave("2026-09", other, joined), _Wave("2026-09", other, left)]


_SIZES = ((8, 4), (5, 5), (6, 5), (9, 7), (9, 9), (12, 3), (14, 14), (11, 8), (7, 12), (10, 10), (14, 6), (5, 14), (13, 11), (8, 8))


class _Groups:
    """People of each function who lean one way; some functions are nearly of one mind."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.ids = chance, count()
        self.skips = chance.choice((0.0, 0.01, 0.02, 0.04))
        self.style = {role: chance.choice(("leaning", "leaning", "mixed", "alike", "pleased")) for role in (*FUNCTIONS, "leadership")}
        self.usual = {role: {id: chance.randint(1, 5) for id in STATEMENTS} for role in self.style}

    def start(self) -> Iterator[Respondent]:
        sizes = self.chance.choice(_SIZES)
        for role, size in zip(FUNCTIONS, sizes, strict=True):
            yield from self.people(role, size, heads=self.chance.choice((0, 1, 2, 5, 5)))
        yield from self.people("leadership", self.chance.choice((0, 0, 3, 5, 6)))

    def people(self, role: Role, size: int, heads: int = 0) -> list[Respondent]:
        return [
            Respondent(
                f"r-{self.chance.getrandbits(32):08x}", role, "head" if place < min(heads, size - 1) else "staff", self._answers(role)
            )
            for place in range(size)
        ]

    def _answers(self, role: Role) -> dict[str, Answer]:
        return {id: self._answer(role, id) for id in STATEMENTS if self.chance.random() >= self.skips}

    def _answer(self, role: Role, id: str) -> Answer:
        if id in STRUCTURAL and self.chance.random() < self.skips / 2:
            return "dont-know"
        usual = self.usual[role][id]
        match self.style[role]:
            case "mixed":
                return self.chance.randint(1, 5)
            case "alike":
                return usual if self.chance.random() < 0.9 else self.chance.randint(1, 5)
            case "pleased":
                return self.chance.choice((5, 5, 5, 5, 4))
        return min(max(usual + self.chance.choice((0, 0, 0, 1, -1)), 1), 5)


# Without protection


def unprotected(wave: _Wave) -> Edition:
    """What a program would print that knows of small groups and of nothing else: means and spreads from five people on, hashed ids."""
    people = _named(wave.people)
    figures: dict[tuple[str, str], Printed] = {}
    spreads: dict[tuple[str, str], Spread] = {}
    for item in ITEMS:
        values = {f: list(_values(people, item, f)) for f in FUNCTIONS}
        for function in FUNCTIONS:
            if len(values[function]) >= K:
                figures[item, function] = _mean(values[function])
                spreads[item, function] = _spread(values[function])
        if all(values.values()):
            middle = sum(sum(v) / len(v) for v in values.values()) / 2
            figures[item, "combined"] = Printed(round(middle, 1) - 0.05, round(middle, 1) + 0.05)
    for who, level in (("heads", "head"), ("staff", "staff")):
        found = [total_of(p, _of(r)) for p, r in people.items() if p.level == level and p.function in FUNCTIONS and has_total(p)]
        if len(found) >= K:
            figures["score", who] = _mean(found)
    hashes = frozenset(sha256(p.id.encode()).hexdigest() for p in wave.people)
    return Edition(Publication(wave.wave, figures, {}, spreads, hashes), tuple(people))


def _of(respondent: Respondent) -> dict[str, int]:
    return {id: answer for id, answer in respondent.answers.items() if isinstance(answer, int)}


def _values(people: Mapping[Person, Respondent], item: str, function: str) -> Iterator[float]:
    for person, respondent in people.items():
        if person.function == function and (scope := scope_of(person, item)):
            answers = _of(respondent)
            yield sum(answers[id] for id in scope) / len(scope) * (1 if item.startswith("s:") else 20)


def _mean(values: Sequence[float]) -> Printed:
    mean = round(sum(values) / len(values), 1)
    return Printed(mean - 0.05, mean + 0.05)


def _spread(values: Iterable[float]) -> Spread:
    found = list(values)
    mean = sum(found) / len(found)
    deviation = sqrt(sum((value - mean) ** 2 for value in found) / max(len(found) - 1, 1))
    return Spread(round(deviation, 2), min(found), max(found))
