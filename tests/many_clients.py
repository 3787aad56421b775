"""Invented clients of every kind that a consultant may meet, by a number each: tiny, huge, extreme, with long or odd names, with little told."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Any, Literal, get_args, get_origin, get_type_hints

from cases import INSTRUMENT, PLAYBOOK, STATEMENTS, STRUCTURAL
from samples import CLIENTS, case

from alignment_report.model import client as client_model
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Consent, InstrumentUsed, Invited, Respondent, Role
from alignment_report.model.client import FACT_GROUPS, BusinessCase, Client, Company, Driver, Engagement, MeasureValue, Observation, Range
from alignment_report.model.fields import Field
from alignment_report.reading import sense

KINDS = ("tiny", "huge", "extreme", "long names", "accents", "right to left", "little known", "all known")
_ROLES: tuple[Role, ...] = ("sales", "marketing", "leadership")
_START = date(2026, 3, 2)

_PLAIN = ("Orchard & Quill", "Tamarind Tools", "Pell Foundry", "Quarry Lane", "Osprey Valves", "Ninebark", "Bellwether Looms")
_LONG = (
    "The Associated Northern Manufacturers of Refrigerated Display Cabinets, Cold Rooms and Ice Machines Company Limited",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Woollens and Knitwear of Anglesey",
    "International Consolidated Agricultural-Machinery-Spare-Parts-and-Maintenance-Contracts Holding",
)
_ACCENTED = (
    "Żółć i Synowie",
    "Škoda Průmyslové Čerpadla",
    "Árvíztűrő Tükörfúrógép",
    "Ђорђевић и Синови",
    "Ελληνικές Αντλίες",
    "Ærø Bådværft",
    "Nguyễn Trãi Cơ Khí",
)
_RIGHT_TO_LEFT = ("משאבות הצפון", "شركة المضخات الشمالية", "کارخانه پمپ شمال")
_TITLES = ("VP Sales", "Head of Marketing", "chief executive", "founder", "managing director")
_LONG_TITLES = (
    "Executive Vice President for Commercial Operations, Key Accounts and Aftermarket Services in Northern Europe",
    "Geschäftsbereichsleiterin Unternehmenskommunikation und Absatzförderung",
    "Director of Sales-Enablement-and-Channel-Partner-Programme-Administration",
)
_NOUNS = ("small pumps", "display cabinets", "bread mixes and spice blends", "custom gearboxes", "test benches")
_LONG_NOUNS = (
    "made-to-order refrigeration, ventilation and heat-recovery plants with remote monitoring, maintenance contracts and spare parts for thirty years",
    "Hochfrequenzkompensationsdrosselspulenwicklungsprüfeinrichtungen",
)
_SAYING = ("The price list was changed without a word to the other side.", "Nobody could say who follows up a visit to the fair.")
_MONEY = (Fraction(1), Fraction(940), Fraction(12_000_000), Fraction(987_654_321_987), Fraction(123_456_789_012_345))


@dataclass(frozen=True)
class Invented:
    """A client and its wave; `kind` is one of KINDS."""

    number: int
    kind: str
    client: Client
    assessment: Assessment


def invented(number: int) -> Invented:
    """The client of this number: the same on every run."""
    chance = random.Random(number)
    kind = KINDS[number % len(KINDS)]
    client = _sensible(_client(kind, chance))
    return Invented(number, kind, client, _assessment(kind, chance))


# The company


def _client(kind: str, chance: random.Random) -> Client:
    usual = case(chance.choice(CLIENTS)).client
    found = replace(usual, client="invented", company=_company(kind, chance))
    groups = {name: _facts(getattr(found, name), kind, chance) for name in FACT_GROUPS if name != "company"}
    known = {"tiny": 0.4, "little known": 0.1, "all known": 1.0}.get(kind, chance.choice((0.5, 0.9)))
    return replace(
        found,
        **groups,
        ownership={step: owner for step, owner in usual.ownership.items() if chance.random() < known},
        measures=_measures(kind, chance, known),
        observations=tuple(_observations(kind, chance)),
        business_case=_business_case(kind, chance),
        engagement=_engagement(kind, chance),
    )


def _company(kind: str, chance: random.Random) -> Company:
    names = {"long names": _LONG, "accents": _ACCENTED, "right to left": _RIGHT_TO_LEFT}.get(kind, _PLAIN)
    nouns = _LONG_NOUNS if kind == "long names" else _NOUNS
    base = Company(chance.choice(names), chance.choice(nouns), chance.choice(nouns))
    filled = _facts(base, kind, chance)
    return replace(
        filled, name=base.name, offering=base.offering, customers=base.customers, currency=chance.choice(("EUR", "GBP", "CHF", "JPY"))
    )


def _facts(group: Any, kind: str, chance: random.Random) -> Any:
    """A group of facts, each unknown or anything that it may be."""
    hints = get_type_hints(type(group), vars(client_model), include_extras=True)
    known = {"tiny": 0.3, "little known": 0.04, "all known": 1.0}.get(kind, chance.choice((0.6, 0.95)))
    return replace(group, **{f.name: _fact(hints[f.name], kind, chance) if chance.random() < known else None for f in fields(group)})


def _fact(hint: Any, kind: str, chance: random.Random) -> Any:
    about = next(note for note in hint.__metadata__ if isinstance(note, Field))
    kinds = get_args(get_args(hint)[0])
    choices = [value for part in kinds if get_origin(part) is Literal for value in get_args(part)]
    if choices:
        return chance.choice(choices)
    if bool in kinds:
        return chance.choice((True, False))
    if Fraction in kinds:
        return _number(about, kind, chance)
    return chance.choice(_LONG_TITLES if kind == "long names" else _TITLES)


def _number(about: Field, kind: str, chance: random.Random) -> Fraction:
    low = about.at_least if about.at_least is not None else -100
    if about.unit in ("money", "euro"):
        return max(chance.choice(_MONEY if kind in ("extreme", "huge") else _MONEY[1:4]), Fraction(low))
    high = about.at_most if about.at_most is not None else {"people": 400, "days": 900, "hours": 2000}.get(about.unit, 120)
    if kind == "extreme":
        return Fraction(chance.choice((low, high, high if about.at_most is not None else 9_999_999)))
    if about.unit == "share":
        return Fraction(chance.randint(100 * low, 100 * high), 100)
    return Fraction(chance.randint(low, max(high, low)))


def _measures(kind: str, chance: random.Random, known: float) -> Mapping[str, MeasureValue]:
    found = {}
    for measure in PLAYBOOK.measures:
        if chance.random() < known and measure.id:
            value = (
                Fraction(chance.randint(0, 99), 100)
                if measure.unit == "share"
                else _MONEY[3]
                if kind == "extreme"
                else Fraction(chance.randint(1, 900))
            )
            found[measure.id] = MeasureValue(value, "2025")
    return found


def _observations(kind: str, chance: random.Random) -> Iterator[Observation]:
    words = " ".join(chance.choice(_SAYING) for _ in range(6 if kind in ("long names", "huge") else 1))
    for place in range({"tiny": 0, "huge": 24, "little known": 0}.get(kind, chance.randint(0, 8))):
        about = chance.choice(PLAYBOOK.frictions).id
        yield Observation(f"o{place}", about, chance.choice(("for", "against")), "interview", _START, words)  # type: ignore[arg-type]


def _business_case(kind: str, chance: random.Random) -> BusinessCase | None:
    if kind in ("tiny", "little known") or chance.random() < 0.2:
        return None
    amount = Fraction(987_654_321) if kind == "extreme" else Fraction(chance.randint(1, 900) * 1000)
    title = "fewer discounts " * (8 if kind == "long names" else 1)
    drivers = tuple(Driver(f"d{n}", title.strip(), _range(amount, chance)) for n in range(10 if kind == "huge" else chance.randint(1, 4)))
    return BusinessCase(Fraction(chance.choice((6, 24, 60))), _range(amount * chance.choice((1, 20)), chance), drivers)


def _range(amount: Fraction, chance: random.Random) -> Range:
    return Range(
        amount / 2, amount, amount * 3, chance.choice(("an estimate", "A fifth to a half of the visits that came to nothing in 2025."))
    )


def _engagement(kind: str, chance: random.Random) -> Engagement:
    titles = _LONG_TITLES if kind == "long names" else _TITLES
    if kind in ("little known", "tiny"):
        return Engagement()
    return Engagement(
        consultants="Hollis & Marsh" if kind != "long names" else "Hollis, Marsh, Featherstonehaugh, Cholmondeley-Warner & Associates",
        sponsor=chance.choice(titles),
        start=_START + timedelta(days=chance.randint(20, 200)),
        horizon_months=Fraction(chance.choice((3, 12, 36))),
        next_wave=_START + timedelta(days=chance.randint(300, 600)),
        never_propose=tuple(sorted(chance.sample([play.id for play in PLAYBOOK.plays], chance.choice((0, 1, 6))))),
        confidentiality=chance.choice((None, f"Confidential: for {chance.choice(titles)}")),
    )


def _sensible(client: Client) -> Client:
    """The client without what `check` would refuse."""
    for _ in range(200):
        remark = next(iter(sense.about_client(client, PLAYBOOK)), None)
        if remark is None:
            return client
        client = _without(client, [str(part) for part in remark.path])
    raise AssertionError(f"no end of remarks: {remark}")


def _without(client: Client, path: list[str]) -> Client:
    first, *rest = path
    held = getattr(client, first)
    if isinstance(held, Mapping):
        return replace(client, **{first: {key: value for key, value in held.items() if rest and rest[0] in held and key != rest[0]}})
    if isinstance(held, tuple):
        return replace(client, **{first: tuple(part for part in held if rest and part.id != rest[0])})
    if not rest or held is None:
        return replace(client, **{first: None if first == "business_case" else type(held)()})
    if first == "business_case":
        return replace(client, business_case=None)
    return replace(client, **{first: replace(held, **{rest[0]: () if rest[0] == "never_propose" else None})})


# The answers


def _assessment(kind: str, chance: random.Random) -> Assessment:
    sizes = _sizes(kind, chance)
    ids = count()
    lean = {role: chance.choice((1, 2, 3, 4, 5)) for role in _ROLES}
    people = tuple(
        _person(next(ids), role, place, lean[role], chance) for role, size in zip(_ROLES, sizes, strict=True) for place in range(size)
    )
    named = kind == "tiny" and sizes[:2] == (1, 1)
    rules = Confidentiality("named", Consent("both heads", _START)) if named else Confidentiality()
    asked = Invited(*(size + chance.randint(0, 5) for size in sizes)) if chance.random() < 0.7 else Invited()
    used = InstrumentUsed(INSTRUMENT.id, INSTRUMENT.version)
    return Assessment("2026-03", date(2026, 3, 20), used, people, _START, date(2026, 3, 13), asked, rules)


def _sizes(kind: str, chance: random.Random) -> tuple[int, int, int]:
    if kind == "tiny":
        return chance.choice(((1, 1, 0), (2, 1, 0), (4, 3, 1), (6, 5, 0), (1, 0, 0)))
    if kind == "huge":
        return chance.choice(((120, 60, 12), (40, 160, 6), (90, 90, 0)))
    return chance.choice(((5, 5, 0), (9, 7, 0), (14, 12, 5), (30, 11, 3), (12, 3, 0), (8, 24, 6)))


def _person(number: int, role: Role, place: int, lean: int, chance: random.Random) -> Respondent:
    answers = {id: _answer(id, lean, chance) for id in STATEMENTS if chance.random() > 0.02}
    return Respondent(f"p-{number:03d}", role, "head" if place == 0 else "staff", answers)


def _answer(statement: str, lean: int, chance: random.Random) -> Answer:
    if statement in STRUCTURAL and chance.random() < 0.03:
        return "dont-know"
    return min(max(lean + chance.choice((-2, -1, -1, 0, 0, 1, 1, 2)), 1), 5)
