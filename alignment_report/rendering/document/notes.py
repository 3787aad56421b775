"""Working notes for the consultant alone: what is still to be found out, which judgements are close, what the answers can bear."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from alignment_report.analysis.conditions import Judgement, Reading
from alignment_report.analysis.decision import JudgedCondition
from alignment_report.analysis.friction import Finding
from alignment_report.analysis.published import Participation
from alignment_report.model.conditions import Bound
from alignment_report.rendering.document.appendices import assumptions, unknown_facts
from alignment_report.rendering.document.held_back import held_back
from alignment_report.rendering.document.opening import no_stage
from alignment_report.rendering.document.quality import quality
from alignment_report.rendering.document.voice import Json, Voice, path_of

CLOSE = Fraction(1, 10)
"""A value within this part of a limit is close to it. Our convention."""
CLOSE_POINTS = 3
"""So many points from an edge a score is close to it, of 80 from end to end. Our convention."""
LOW_RESPONSE = Fraction(3, 5)
"""Below this share of answers, whether those who did not answer see it otherwise is worth asking. Our convention."""
NEXT_PLAYS = 3


def notes(v: Voice) -> Json:
    """Everything a consultant settles before the client sees the playbook, in four groups; empty ones are left out."""
    groups = [(name, list(find(v))) for name, find in GROUPS]
    found = {name: len(items) for name, items in groups}
    return {
        "title": v.title(
            "notes.title",
            company=v.company,
            questions=v.words("notes.questions", found["open"]),
            close=v.words("notes.closeness", found["close"]),
        ),
        "label": v.words("notes.label"),
        "paragraphs": [],
        "missing": None if v.report.stage else no_stage(v),
        "groups": [{"id": name, "name": v.words(f"notes.group.{name}"), "items": items} for name, items in groups if items],
    }


# What is still to be found out


def _open(v: Voice) -> Iterator[Json]:
    for condition in v.report.verdict.deciding:
        name, trace = v.within(condition.condition.name), [f"rule:condition.{condition.condition.id}", "rule:verdict"]
        yield v.say("notes.deciding", trace, name=name, find_out=condition.condition.find_out)
    for path in unknown_facts(v):
        on = _bears_on(v, "fact", path)
        yield v.say("notes.fact", [f"fact:{path}"], name=v.words(f"fact.{path}"), on=v.numbers.joined(on))
    for measure in v.report.playbook.measures:
        on = _bears_on(v, "measure", measure.id)
        if on and v.report.known.measures.get(measure.id) is None:
            yield v.say("notes.measure", [f"measure:{measure.id}"], name=measure.name, on=v.numbers.joined(on))
    for finding in v.report.findings:
        if finding.strength == "not-assessable":
            probe = next(iter(finding.source.probes), "")
            yield v.say("notes.probe", [f"rule:friction.{finding.source.id}"], name=finding.source.name, probe=probe)


def _bears_on(v: Voice, subject: str, id: str) -> list[str]:
    """The friction sources, conditions and comparisons that would be told better if this were known."""
    named: list[tuple[str, Judgement]] = [
        (f.source.name, sign.judgement) for f in v.report.findings for sign in (*f.signs, *f.counter_signs)
    ]
    named += [(condition.condition.name, condition.judgement) for condition in v.report.verdict.conditions]
    named += [(pair.statement.topic, judgement) for pair in v.report.triangulated for judgement in (pair.high, pair.low)]
    bearing = [name for name, judgement in named if any((r.bound.subject, r.bound.id) == (subject, id) for r in judgement.readings)]
    return [f"“{v.within(name)}”" for name in dict.fromkeys(bearing)]


# Which judgements are close


def _close(v: Voice) -> Iterator[Json]:
    yield from _close_score(v)
    for condition in v.report.verdict.conditions:
        yield from _close_condition(v, condition)
    yield from _close_strengths(v)
    for pair in v.report.triangulated:
        if pair.match == "contradicts":
            trace = [f"statement:{pair.statement.id}", f"rule:counterpart.{pair.counterpart.id}"]
            yield v.say("notes.contradicts", trace, topic=pair.statement.topic, hard=pair.counterpart.against)
    if outranked := v.report.plan.outranked[:NEXT_PLAYS]:
        trace = ["rule:planning", *(f"rule:play.{play.id}" for play in outranked)]
        yield v.say("notes.outranked", trace, len(outranked), names=v.numbers.joined([f"“{play.name}”" for play in outranked]))


def _close_score(v: Voice) -> Iterator[Json]:
    stage = v.report.stage
    if stage is None:
        return
    score = v.printed_score(stage.score)
    edges = [(stage.ceiling - score, stage.above), (score - stage.stage.floor, stage.below)]
    for distance, neighbour in edges:
        if neighbour and distance < CLOSE_POINTS:
            places = {"distance": v.distance(distance), "neighbour": v.stage_name(neighbour.name), "score": v.score(stage.score)}
            yield v.say("notes.score", ["score", "rule:bands"], **places)
    if v.report.published.hangs_on_one:
        yield v.say("notes.one-person", ["score", "rule:one-person"], stage=v.stage_name(stage.stage.name))


def _close_condition(v: Voice, judged: JudgedCondition) -> Iterator[Json]:
    for reading in judged.judgement.readings:
        limit = _limit(reading.bound)
        if limit and _is_close(reading, limit):
            trace = [f"rule:condition.{judged.condition.id}", path_of(reading)]
            places = {"reading": v.reading(reading), "limit": v.reading(Reading(reading.bound, limit, None)).rpartition(": ")[2]}
            yield v.say("notes.condition", trace, name=v.within(judged.condition.name), **places)


def _limit(bound: Bound) -> Fraction | None:
    return next((limit for limit in (bound.at_least, bound.at_most, bound.below, bound.above) if limit is not None), None)


def _is_close(reading: Reading, limit: Fraction) -> bool:
    value = reading.value
    return isinstance(value, Fraction) and abs(value - limit) <= CLOSE * abs(limit)


def _close_strengths(v: Voice) -> Iterator[Json]:
    """Sources that one point more or less would make stronger or weaker, together where they would change alike."""
    rule = v.report.playbook.strength
    for below, above, floor in (("moderate", "strong", rule.strong), ("weak", "moderate", rule.moderate), ("none", "weak", rule.weak)):
        for points, key, other in ((floor, "notes.point-less", below), (floor - 1, "notes.point-more", above)):
            found = [finding for finding in v.report.findings if finding.points == points]
            if found:
                trace = ["rule:strength", *(f"rule:friction.{finding.source.id}" for finding in found)]
                yield v.say(key, trace, names=_named(v, found), other=v.words(f"strength.{other}"))


def _named(v: Voice, found: Sequence[Finding]) -> str:
    return v.numbers.joined([f"“{v.within(finding.source.name)}”" for finding in found])


# What the answers can bear


def _answers(v: Voice) -> Iterator[Json]:
    for participation in v.report.published.participation:
        yield from _response(v, participation)
    yield from quality(v)
    yield from held_back(v)


def _response(v: Voice, of: Participation) -> Iterator[Json]:
    role = v.words(f"role.{of.role}")
    if of.answered is None:
        return
    if of.invited is None:
        yield v.say("notes.no-roster", [f"wave:invited.{of.role}"], role=role)
    elif of.invited and Fraction(of.answered.at_least, of.invited) < LOW_RESPONSE:
        share = v.numbers.percent(Fraction(of.answered.at_least, of.invited))
        yield v.say("notes.low-response", [f"wave:invited.{of.role}"], role=role, share=share, invited=str(of.invited))


# What the client would stumble over


def _before(v: Voice) -> Iterator[Json]:
    yield from assumptions(v)
    for blocked in v.report.plan.blocked:
        yield v.say("notes.blocked", [f"rule:play.{blocked.play.id}.{blocked.guard.id}"], name=blocked.play.name)


GROUPS: tuple[tuple[str, Callable[[Voice], Iterator[Json]]], ...] = (
    ("open", _open),
    ("close", _close),
    ("answers", _answers),
    ("before", _before),
)
