"""One input changed at a time: what rests on it changes, everything else stays byte for byte."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from samples import Json, case, compiled, document, made, playbook, report, sentences

from alignment_report.analysis.friction import Finding
from alignment_report.analysis.report import Report
from alignment_report.model import client as client_model
from alignment_report.model.client import Client, facts
from alignment_report.model.conditions import Condition
from alignment_report.reading.client import Case

WATCHED = ("brightwater-clinics", "fennel-and-rye", "marlow-cooling", "harrow-pumps", "lindqvist-instruments")
"""Two that hold, one that moves, one without its prerequisites, one at the top."""

ENGAGEMENT = {
    "fact:engagement.sponsor": lambda e: replace(e, sponsor="chair of the board"),
    "fact:engagement.start": lambda e: replace(e, start=date(2026, 9, 7)),
    "fact:engagement.next_wave": lambda e: replace(e, next_wave=date(2028, 1, 15)),
}


def changes(name: str) -> Iterator[tuple[str, list[Case]]]:
    """Every input of the client by its path, with cases in which it alone has another value, the plainest change first."""
    original = case(name)
    client = original.client
    for path, value in facts(client).items():
        if value is not None and path != "company.revenue_in_euro":
            yield f"fact:{path}", [replace(original, client=_with_fact(client, path, other)) for other in _others(path, value)]
    for id, figure in client.measures.items():
        if figure.value is not None:
            yield f"measure:{id}", [_with_measure(original, id, other) for other in _numbers(figure.value)]
    for observation in client.observations:
        rest = tuple(o for o in client.observations if o is not observation)
        yield f"observation:{observation.id}", [replace(original, client=replace(client, observations=rest))]
    for path, change in ENGAGEMENT.items():
        yield path, [replace(original, client=replace(client, engagement=change(client.engagement)))]
    for statement in playbook().instrument.statements:
        yield f"statement:{statement.id}", list(_with_answers(original, statement.id))


def _with_measure(original: Case, id: str, value: Fraction) -> Case:
    measures = original.client.measures
    return replace(original, client=replace(original.client, measures={**measures, id: replace(measures[id], value=value)}))


def _with_fact(client: Client, path: str, value: object) -> Client:
    group, _, name = path.partition(".")
    changed = replace(getattr(client, group), **{name: value})
    return replace(client, **{group: changed})  # type: ignore[arg-type]


def _others(path: str, value: bool | Fraction | str) -> list[object]:
    """Other values of the same kind, and unknown for whatever may be unknown."""
    unknown = [] if path in ("company.name", "company.offering", "company.customers") else [None]
    if isinstance(value, bool):
        return [not value, *unknown]
    if isinstance(value, Fraction):
        return [*_numbers(value), *unknown]
    if path == "company.currency":
        return ["CHF" if value == "EUR" else "EUR"]
    others = [option for option in _options(path) if option != value]
    return [*(others or [f"{value} abroad"]), *unknown]


def _options(path: str) -> tuple[str, ...]:
    group, _, name = path.partition(".")
    hint = get_type_hints(get_type_hints(Client)[group], vars(client_model))[name]
    return next((get_args(part) for part in get_args(hint) if get_origin(part) is Literal), ())


def _numbers(value: Fraction) -> list[Fraction]:
    """Other numbers: a share stays one, anything else grows or falls."""
    if 0 < value < 1:
        return [(value + Fraction(n, 10)) / 2 for n in (1, 9, 5) if value != Fraction(n, 10)]
    return [value * 2 + 1, value / 3]


def _with_answers(original: Case, statement: str) -> Iterator[Case]:
    """One person's answer to the statement moved to the far end of the scale, one person after another."""
    people = original.assessment.respondents
    for place, person in enumerate(people):
        answer = person.answers.get(statement)
        if person.function != "leadership" and isinstance(answer, int):
            moved = replace(person, answers={**person.answers, statement: 5 if answer < 3 else 1})
            changed = (*people[:place], moved, *people[place + 1 :])
            yield replace(original, assessment=replace(original.assessment, respondents=changed))
    for answer in (1, 3, 5):
        changed = tuple(replace(p, answers={**p.answers, statement: answer}) for p in people)
        yield replace(original, assessment=replace(original.assessment, respondents=changed))


@pytest.mark.parametrize("name", [*WATCHED[:2], *(pytest.param(name, marks=pytest.mark.slow) for name in WATCHED[2:])])
def test_what_rests_on_an_input_changes_with_it_and_the_rest_stays(name: str) -> None:
    troubles = {path: found for path, cases in changes(name) if (found := troubles_of(name, path, cases))}
    assert troubles == {}


@pytest.mark.parametrize("name", WATCHED)
def test_at_least_forty_inputs_of_every_kind_carry_sentences(name: str) -> None:
    traced = {path for said in sentences(document(name)) for path in said["trace"]}
    carrying = [path for path, _ in changes(name) if path in traced]
    assert len(carrying) >= 40
    assert {"fact", "measure", "statement", "observation"} <= {path.partition(":")[0] for path in carrying}


def troubles_of(name: str, path: str, cases: Sequence[Case]) -> list[str]:
    """What is wrong once the input is changed: a sentence or a judgement that changed without cause, or none that changed at all.

    An input that changes no judgement by itself, because others settle each one it is read for, need not change a sentence.
    """
    traced = any(path in trace for _, trace in said(document(name)))
    found: list[str] = []
    reached: set[str] = set()
    for place, changed in enumerate(cases):
        after = compiled(changed)
        old, new = document(name), made(after)
        affected = differing(report(name), after)
        reached |= affected - {path}
        moved = [*beyond(old, new), *beyond(new, old)]
        if place == 0:
            found += [f"changed without a path to the input: {text[1]}" for text, traces in moved if not affected & traces]
            found += sorted(f"judged anew without a change of what it reads: {p}" for p in unexplained(affected, report(name), after))
            found += [f"prints the old value: {text[1]}" for text in stale(old, new, path, report(name))]
        if not traced or any(path in traces for _, traces in beyond(old, new)):
            return found
    return [*found, "nothing that rests on it changed"] if reached else found


Text = tuple[str, str]
"""A section's id and a sentence of it."""


def said(of: Json) -> list[tuple[Text, frozenset[str]]]:
    """Every sentence of the document with its trace."""
    return [((section["id"], s["text"]), frozenset(s["trace"])) for section in of["sections"] for s in sentences(section)]


def beyond(old: Json, new: Json) -> list[tuple[Text, frozenset[str]]]:
    """The sentences of the one that are not, or not as often, in the other, with the paths they rest on."""
    lost = Counter(text for text, _ in said(old)) - Counter(text for text, _ in said(new))
    return [(text, frozenset().union(*(trace for other, trace in said(old) if other == text))) for text in lost]


def stale(old: Json, new: Json, path: str, before: Report) -> list[Text]:
    """Sentences that rest on a whole number, print it, and still do after it has changed."""
    kind, _, id = path.partition(":")
    known: Mapping[str, object] = {"fact": before.known.facts, "measure": before.known.measures}.get(kind, {})
    value = known.get(id)
    if not isinstance(value, Fraction) or value < 13 or value.denominator != 1:
        return []
    kept = {text for text, _ in said(new)}
    return [text for text, trace in said(old) if text in kept and path in trace and f" {int(value):,} " in text[1]]


def differing(before: Report, after: Report) -> set[str]:
    """The paths whose value is not the same in both reports, from the inputs to what is derived from them."""
    old, new = nodes(before), nodes(after)
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def nodes(of: Report) -> dict[str, object]:
    """Everything a sentence may rest on, by its path, as a value that can be compared."""
    found: dict[str, object] = {f"fact:{path}": value for path, value in of.known.facts.items()}
    found |= {f"fact:engagement.{f.name}": getattr(of.client.engagement, f.name) for f in fields(of.client.engagement)}
    found |= {"fact:ownership": of.client.ownership, "fact:business_case": of.client.business_case}
    found |= {f"measure:{id}": value for id, value in of.known.measures.items()}
    found |= {f"statement:{f.statement.id}": (f.split, f.distribution) for f in of.published.statements}
    found |= {f"dimension:{f.dimension.id}": f.split for f in of.published.dimensions}
    found |= {f"observation:{o.id}": o for o in of.client.observations}
    found["score"] = (of.published.score, of.published.neutral, of.published.missing, of.published.unknown, of.published.quality)
    for finding in of.findings:
        found[f"rule:friction.{finding.source.id}"] = weighed(finding)
        for sign in finding.signs + finding.counter_signs:
            found[f"rule:friction.{finding.source.id}.{sign.sign.id}"] = sign.judgement.met
    found |= {f"rule:condition.{c.condition.id}": c.met for c in of.verdict.conditions}
    carrying = tuple((c.condition.id, c.met) for c in of.verdict.conditions)
    found["rule:verdict"] = (of.verdict.kind, of.verdict.reason, of.verdict.transition, carrying)
    found["rule:disclosure"] = [f.split.gap.value is None for f in of.published.statements]
    found["rule:one-person"] = of.published.hangs_on_one
    found["rule:friction"] = [f.source.id for f in of.findings if f.is_found][:2]
    found |= ends(of)
    found |= {f"rule:counterpart.{t.counterpart.id}": t.match for t in of.triangulated}
    found |= {f"rule:stop.{stop.id}": True for stop in of.plan.stops}
    found["rule:stops"] = [stop.id for stop in of.plan.stops]
    found |= {f"rule:risk.{risk.id}": True for risk in of.risks}
    found["rule:phase"] = of.phase
    found |= (
        {f"wave:{wave.wave}": (wave.published, [weighed(f) for f in wave.findings]) for wave in of.progress.waves} if of.progress else {}
    )
    return found | planned(of)


def ends(of: Report) -> dict[str, object]:
    """Which three topics are rated lowest, and which three highest of those that nothing disputes."""
    disputed = {p.figures.statement.number for p in of.perceived if p.view.endswith("-rates-higher")}
    disputed |= {t.statement.number for t in of.triangulated if t.match == "contradicts"}
    rated = [(f.split.combined.value, f.statement.number) for f in of.published.statements if f.split.combined.value is not None]
    low = [number for value, number in sorted(rated) if value < 3]
    high = [number for value, number in sorted(rated, reverse=True) if value > 3 and number not in disputed]
    return {"rule:weakest": low[:3], "rule:strongest": high[:3]}


def weighed(finding: Finding) -> object:
    """What a sentence about a friction may depend on: its strength, its points and which signs spoke."""
    spoke = tuple(tuple(sign.sign.id for sign in signs) for signs in (finding.speaks_for, finding.speaks_against, finding.unknown))
    return finding.strength, finding.points, spoke


def planned(of: Report) -> dict[str, object]:
    """Each play's place in the plan, or why it is not in it."""
    plan = of.plan
    found: dict[str, object] = {f"rule:play.{p.play.id}": (p.number, p.start, p.end, p.chosen.points) for p in plan.plays}
    found |= {f"rule:play.{p.play.id}.{p.chosen.adapted.id}": True for p in plan.plays if p.chosen.adapted}
    found |= {f"rule:play.{b.play.id}.{b.guard.id}": True for b in plan.blocked}
    return found | {f"rule:play.{p.id}": "already" for p in plan.already}


def unexplained(affected: set[str], before: Report, after: Report) -> set[str]:
    """Derived paths that differ although nothing they are declared to read does."""
    reads = declared(before) | declared(after)
    planning = ("rule:friction.", "statement:", "rule:condition.", "fact:", "measure:", "rule:verdict", "score")
    explained = {path for path in affected if path.startswith("rule:play.") and any(a.startswith(planning) for a in affected)}
    return {path for path in affected - explained if path in reads and not reads[path] & affected}


def declared(of: Report) -> dict[str, set[str]]:
    """What each judgement reads, from the playbook's own words."""
    reads: dict[str, set[str]] = {}
    for finding in of.findings:
        source = finding.source
        for sign in source.signs + source.counter_signs:
            reads[f"rule:friction.{source.id}.{sign.id}"] = paths(sign.when)
        own = {f"observation:{o.id}" for o in case(of.client.client).client.observations if o.about == source.id}
        signs = set().union(*(paths(sign.when) for sign in source.signs + source.counter_signs))
        reads[f"rule:friction.{source.id}"] = own | signs
    for transition in playbook().transitions:
        for condition in transition.stay + transition.tighten + transition.prerequisites:
            reads[f"rule:condition.{condition.id}"] = paths(condition.when) | {"score"}
    reads["rule:weakest"] = {f"statement:{s.id}" for s in playbook().instrument.statements}
    figures = set().union(*(paths(c.speaks_high) | paths(c.speaks_low) for c in playbook().counterparts))
    reads["rule:strongest"] = reads["rule:weakest"] | figures
    reads |= {f"rule:risk.{risk.id}": paths(risk.when) for risk in playbook().risks}
    reads |= {f"rule:stop.{stop.id}": paths(stop.when) | {"score"} for stop in playbook().stops}
    return reads


def paths(condition: Condition) -> set[str]:
    """The inputs a condition reads."""
    return {"score" if bound.subject == "score" else f"{bound.subject}:{bound.id}" for bound in condition.bounds}
