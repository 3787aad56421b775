"""What the parts of a playbook may name, and a remark wherever they name something else: references, conditions, places in sentences."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from alignment_report.model.client import FACT_GROUPS, Client
from alignment_report.model.conditions import Bound, Condition
from alignment_report.model.fields import Field
from alignment_report.model.playbook import (
    Counterpart,
    DecisionRight,
    Facet,
    FrictionSource,
    Guard,
    Measure,
    Play,
    Playbook,
    Risk,
    Sign,
    Stop,
    TransitionCondition,
)
from alignment_report.reading.leaves import plain_digits, share_hint
from alignment_report.reading.remarks import Path, Remark, all_known, did_you_mean, known
from alignment_report.reading.walk import Found, walk


def remarks_about_names(playbook: Playbook) -> Iterator[Remark]:
    """Every name that nothing in the playbook or in a client's facts bears."""
    vocabulary = _vocabulary(playbook)
    yield from _sections_left_out(playbook, vocabulary)
    for found in walk(playbook):
        if isinstance(found.value, Condition):
            yield from _about_condition(found.path, found.value, vocabulary)
        elif found.value and isinstance(found.value, str | tuple | Mapping):
            yield from _about_reference(found, vocabulary)
            yield from _about_places(found, vocabulary)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What conditions, references and places may name."""

    subjects: Mapping[str, Collection[str]]
    ids: Mapping[str, Collection[str]]
    measures: Mapping[str, Measure]
    labels: Collection[int]


def _vocabulary(playbook: Playbook) -> _Vocabulary:
    lists: dict[str, Iterable[Any]] = {
        "reference": playbook.references,
        "transition": playbook.transitions,
        "stage": playbook.stages,
        "friction source": playbook.frictions,
        "statement": playbook.instrument.statements,
        "dimension": playbook.instrument.dimensions,
        "measure": playbook.measures,
        "play": playbook.plays,
        "prerequisite": [condition for transition in playbook.transitions for condition in transition.prerequisites],
    }
    ids = {what: dict.fromkeys(record.id for record in records) for what, records in lists.items()} | {"fact": dict.fromkeys(fact_kinds())}
    subjects = {"fact": fact_kinds(), "score": ("all",)} | {what: ids[what] for what in ("measure", "statement", "dimension")}
    return _Vocabulary(subjects, ids, {measure.id: measure for measure in playbook.measures}, playbook.instrument.scale.labels)


def _sections_left_out(playbook: Playbook, vocabulary: _Vocabulary) -> Iterator[Remark]:
    """One remark for a section that holds nothing though others refer to it, instead of one for each that does."""
    named: Counter[str] = Counter()
    for found in walk(playbook):
        what = _REFERRING.get((type(found.record).__name__, found.field))
        if what and isinstance(found.value, tuple | str):
            named[what] += len(found.value) if isinstance(found.value, tuple) else 1
        if isinstance(found.value, Condition):
            named.update(bound.subject for bound in found.value.bounds if bound.subject == "measure")
        elif isinstance(found.value, tuple) and found.field in _TEMPLATES.get(type(found.record), ()):
            named["measure"] += sum(place.startswith("measure.") for template in found.value for place in _PLACE.findall(template))
    for what, section in _SECTIONS.items():
        if named[what] and not vocabulary.ids[what]:
            yield Remark((section,), f"`{section}` is missing here, though it is named in {named[what]} places")


_SECTIONS = {"reference": "references", "friction source": "frictions", "measure": "measures", "play": "plays", "transition": "transitions"}
"""Where that stands which others refer to and a playbook could do without."""


def _about_reference(found: Found, vocabulary: _Vocabulary) -> Iterator[Remark]:
    what = _REFERRING.get((type(found.record).__name__, found.field))
    if what and not vocabulary.ids[what]:
        return
    if what and isinstance(found.value, tuple):
        yield from all_known(found.path, found.value, vocabulary.ids[what], what)
    elif what and isinstance(found.value, str):
        yield from known(found.path, found.value, vocabulary.ids[what], what)


_REFERRING = {
    ("FrictionSource", "evidence"): "reference",
    ("Play", "evidence"): "reference",
    ("Risk", "evidence"): "reference",
    ("Play", "serves"): "transition",
    ("Play", "within"): "stage",
    ("Cures", "frictions"): "friction source",
    ("Cures", "statements"): "statement",
    ("Play", "indicators"): "measure",
    ("Play", "after"): "play",
    ("Play", "builds"): "prerequisite",
    ("Stop", "stages"): "stage",
    ("SalesStep", "stages"): "stage",
    ("Measure", "stages"): "stage",
    ("DecisionRight", "stages"): "stage",
    ("Meeting", "stages"): "stage",
    ("Playbook", "funnel_order"): "measure",
    ("Counterpart", "statement"): "statement",
    ("HandoffTerm", "measure"): "measure",
    ("Measure", "fact"): "fact",
}


def _about_condition(path: Path, condition: Condition, vocabulary: _Vocabulary) -> Iterator[Remark]:
    for number, bound in enumerate(condition.bounds):
        yield from _about_bound((*path, condition.joined, number), bound, vocabulary)


def _about_bound(path: Path, bound: Bound, vocabulary: _Vocabulary) -> Iterator[Remark]:
    if not vocabulary.subjects[bound.subject]:
        return
    unknown = [*known(path, bound.id, vocabulary.subjects[bound.subject], _NAMES[bound.subject])]
    yield from unknown
    if unknown:
        return
    if bound.function and bound.subject in ("fact", "measure"):
        yield Remark(path, f"`function` belongs to statements, dimensions and the score, not to a {bound.subject}")
    if bound.subject == "fact":
        yield from _about_fact_bound(path, bound, fact_kinds()[bound.id])
    elif bound.is_ is not None:
        yield Remark(path, "this is a number: compare it with `at_least`, `at_most`, `below` or `above`", given=bound.id)
    elif bound.subject == "measure":
        measure = vocabulary.measures[bound.id]
        yield from _about_limits(path, bound, measure.at_least, measure.at_most, measure.unit == "share")
    elif bound.subject == "statement" and bound.function not in ("gap", "distance") and vocabulary.labels:
        yield from _about_limits(path, bound, min(vocabulary.labels), max(vocabulary.labels), False)


def _about_fact_bound(path: Path, bound: Bound, fact: "FactKind") -> Iterator[Remark]:
    if fact.kind is Fraction and bound.is_ is not None:
        yield Remark(path, "this fact is a number: compare it with `at_least`, `at_most`, `below` or `above`", given=bound.id)
    elif fact.kind is not Fraction and bound.is_ is None:
        yield Remark(path, "this fact is not a number: compare it with `is`", given=bound.id)
    elif fact.kind is Fraction:
        yield from _about_limits(path, bound, fact.field.at_least, fact.field.at_most, fact.field.unit == "share")
    elif fact.kind is bool and not isinstance(bound.is_, bool):
        yield Remark(path, "this fact is `yes` or `no`", given=bound.id)
    elif fact.options and bound.is_ not in fact.options:
        says = f"this fact is one of {', '.join(f'`{option}`' for option in fact.options)}"
        yield Remark(path, says, did_you_mean(str(bound.is_), fact.options), bound.id)
    elif fact.kind is str and isinstance(bound.is_, bool):
        yield Remark(path, "this fact is text, never yes or no", given=bound.id)


def _about_limits(path: Path, bound: Bound, least: int | None, most: int | None, share: bool) -> Iterator[Remark]:
    number = next(value for value in (bound.at_least, bound.at_most, bound.below, bound.above) if value is not None)
    if (least is not None and number < least) or (most is not None and number > most):
        limits = " and ".join([f"{least} or more"] * (least is not None) + [f"{most} or less"] * (most is not None))
        yield Remark(path, f"this is always {limits}", share_hint(number) if share else "", f"{bound.id}, {plain_digits(number)}")


_NAMES = {
    "fact": "fact",
    "measure": "measure",
    "statement": "statement",
    "dimension": "dimension",
    "score": "kind of score; the one there is is written `score: all`",
}


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a fact is compared with: a number, yes or no, one of a few words, or text."""

    kind: type
    options: tuple[str, ...]
    field: Field


@cache
def fact_kinds() -> dict[str, FactKind]:
    """Every fact of a client by its path."""
    groups = get_type_hints(Client)
    found: dict[str, FactKind] = {}
    for group in FACT_GROUPS:
        hints = get_type_hints(groups[group], include_extras=True)
        found |= {f"{group}.{fact.name}": _fact_kind(hints[fact.name]) for fact in fields(groups[group])}
    return found


def _fact_kind(hint: Any) -> FactKind:
    bare, field = get_args(hint)[:2]
    kinds = [kind for kind in (get_args(bare) or (bare,)) if kind is not type(None)]
    if get_origin(kinds[0]) is Literal:
        return FactKind(str, get_args(kinds[0]), field)
    return FactKind(kinds[0], (), field)


_TEMPLATES: dict[type, tuple[str, ...]] = {
    Sign: ("says",),
    FrictionSource: ("here",),
    Facet: ("here",),
    TransitionCondition: ("met", "not_met"),
    Play: ("here",),
    Guard: ("says",),
    Stop: ("says",),
    Counterpart: ("shows",),
    Playbook: ("funnel_note",),
    DecisionRight: ("today",),
    Risk: ("says",),
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def _about_places(found: Found, vocabulary: _Vocabulary) -> Iterator[Remark]:
    if found.field in _TEMPLATES.get(type(found.record), ()) and isinstance(found.value, tuple):
        yield from _about_templates(found.path, found.value, vocabulary)
    elif found.field == "says_at":
        for stage, templates in found.value.items():
            yield from known((*found.path, stage), stage, vocabulary.ids["stage"], "stage")
            yield from _about_templates((*found.path, stage), templates, vocabulary)
    elif isinstance(found.value, str) and "{" in found.value and _PLACE.search(found.value):
        says = "a place in braces is not filled in here"
        yield Remark(
            found.path,
            says,
            "only the sentences about this client (`here`, `says`, `met`, `not_met`, `shows`, `today`, `funnel_note`) have places",
        )


def _about_templates(path: Path, templates: Sequence[str], vocabulary: _Vocabulary) -> Iterator[Remark]:
    for number, template in enumerate(templates):
        yield from _about_template((*path, number), template, vocabulary)


def _about_template(path: Path, template: str, vocabulary: _Vocabulary) -> Iterator[Remark]:
    for place in dict.fromkeys(_PLACE.findall(template)):
        if not _is_place(place, vocabulary):
            yield Remark(path, f"nothing fills the place `{{{place}}}`", _meant_place(place, vocabulary))
    if re.search("[{}]", _PLACE.sub("", template)):
        yield Remark(path, "a brace stands alone", "a place is written `{company.name}`")


def _is_place(place: str, vocabulary: _Vocabulary) -> bool:
    group, _, rest = place.partition(".")
    subjects = vocabulary.subjects
    match group:
        case "measure":
            return rest in subjects["measure"] or not subjects["measure"]
        case "statement" | "dimension":
            name, dot, function = rest.partition(".")
            return name in subjects[group] and (not dot or function in ("sales", "marketing", "gap"))
        case "score":
            return place in ("score", "score.sales", "score.marketing")
        case "gap" | "stage" | "next_stage":
            return not rest and place == group
        case _:
            return place in subjects["fact"]


def _meant_place(place: str, vocabulary: _Vocabulary) -> str:
    figures = [f"{group}.{name}" for group, names in vocabulary.subjects.items() if group not in ("fact", "score") for name in names]
    return did_you_mean(place, [*fact_kinds(), *figures, "score", "score.sales", "score.marketing", "gap", "stage", "next_stage"])
