"""Where the friction comes from: each source with its strength, the evidence for it and the evidence against it."""

from collections.abc import Sequence
from fractions import Fraction

from alignment_report.analysis.friction import Finding, JudgedSign
from alignment_report.analysis.perception import CLEAR_GAP
from alignment_report.model.conditions import Bound
from alignment_report.rendering.document.consultant import friction_override, view
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, decisive, path_of, sentence


def friction(v: Voice) -> Json:
    """Every source with its strength, the evidence on both sides and what would settle it."""
    findings = v.report.findings
    found = [finding for finding in findings if finding.is_found]
    return {
        "title": _friction_title(v, found),
        "label": v.words("friction.label"),
        "paragraphs": [[_friction_balance(v, found), v.say("friction.rule", ["rule:strength"], reason=v.report.playbook.strength.reason)]]
        if findings
        else [],
        "missing": None if findings else [v.say("missing.frictions", [])],
        "exhibit": "friction",
        "findings": [_finding(v, finding) for finding in findings if is_full(finding)],
        "others": [_other(v, finding) for finding in findings if not is_full(finding)],
    }


NAMED_IN_TITLE = 3


def is_full(finding: Finding) -> bool:
    """Whether a finding gets a card of its own; weak ones and those not found share a table."""
    return finding.strength in ("strong", "moderate")


def quoted(v: Voice, findings: Sequence[Finding]) -> str:
    """The names of sources in a list, each in quotation marks: some hold a comma of their own."""
    return v.numbers.joined([v.words("friction.name", name=finding.source.name) for finding in findings])


def _friction_title(v: Voice, found: Sequence[Finding]) -> str:
    if not found:
        return v.title("friction.title.none", company=v.company)
    strongest = [f for f in found if f.strength == found[0].strength]
    names = quoted(v, strongest[:NAMED_IN_TITLE])
    many = "-many" if len(strongest) > NAMED_IN_TITLE else ""
    return v.title(f"friction.title.{found[0].strength}{many}", len(strongest), names=names)


def _friction_balance(v: Voice, found: Sequence[Finding]) -> Json:
    """How economic and cultural sources compare."""
    economic = sum(f.source.kind == "economic" for f in found)
    cultural = len(found) - economic
    key = "even" if economic == cultural else "economic" if economic > cultural else "cultural"
    trace = [f"rule:friction.{f.source.id}" for f in v.report.findings]
    first = {kind: next((f.source.name for f in found if f.source.kind == kind), None) for kind in ("economic", "cultural")}
    led = (
        v.words("friction.balance.led", economic=first["economic"], cultural=first["cultural"])
        if first["economic"] and first["cultural"]
        else ""
    )
    numbers = {"economic": v.words.counted(economic), "cultural": v.words.counted(cultural)}
    return v.say(f"friction.balance.{key if found else 'none'}", trace, company=v.company, led=led, **numbers)


def _finding(v: Voice, finding: Finding) -> Json:
    source = finding.source
    return {
        "id": source.id,
        "anchor": f"f-{source.id}",
        "kind": source.kind,
        "kind_name": v.words(f"kind.{source.kind}"),
        "name": source.name,
        "strength": finding.strength,
        "strength_name": v.words(f"strength.{finding.strength}"),
        "title": _finding_title(v, finding),
        "paragraph": finding_paragraph(v, finding),
        "sales": source.sales,
        "marketing": source.marketing,
        "for": [_evidence(v, sign, source.id) for sign in finding.speaks_for] + _observed(v, finding, "for"),
        "against": [_evidence(v, sign, source.id) for sign in finding.speaks_against] + _observed(v, finding, "against"),
        "open": _different([_open(v, sign) for sign in finding.unknown]),
        "probes": list(source.probes),
        "eased_by": [
            {"name": planned.play.name, "anchor": f"p-{planned.play.id}"}
            for planned in v.report.plan.plays
            if finding in planned.chosen.frictions
        ],
        "evidence": [{"id": r.id, "text": r.finding} for id in source.evidence for r in v.report.playbook.references if r.id == id],
        **_consultant(v, finding),
    }


def _finding_title(v: Voice, finding: Finding) -> str:
    name = finding.source.name
    return v.title(f"friction.finding-title.{finding.strength}", name=capitalised(name))


def finding_paragraph(v: Voice, finding: Finding) -> Prose:
    """What it comes to at this client."""
    here = v.fill(finding.source.here, f"friction.{finding.source.id}")
    return [here] if here else []


def _clauses(v: Voice, signs: Sequence[JudgedSign], rule: str) -> Prose:
    told = [v.told(sign.sign.says, f"{rule}.{sign.sign.id}", sign.judgement) for sign in signs]
    return [clause for clause in told if clause]


def _evidence(v: Voice, sign: JudgedSign, source: str) -> Json:
    told = v.told(sign.sign.says, f"friction.{source}.{sign.sign.id}", sign.judgement)
    readings = "; ".join(dict.fromkeys(v.reading(reading) for reading in sign.judgement.readings if reading.holds))
    text = told or sentence(readings, map(path_of, decisive(sign.judgement)))
    seen = _seen_by_each(v, sign)
    text = sentence(text["text"] + seen, text["trace"])
    return {"source": _origin(v, sign), **sentence(capitalised(text["text"]), [*text["trace"], f"rule:friction.{source}"])}


def _origin(v: Voice, sign: JudgedSign) -> str:
    """Where a sign was read; what it read stands in its sentence, and in its trace."""
    bounds = [reading.bound for reading in sign.judgement.readings if reading.holds]
    told = [_told_by(v, bound) for bound in bounds]
    return "; ".join(dict.fromkeys(told))


def _told_by(v: Voice, bound: Bound) -> str:
    if bound.subject == "fact":
        return v.words("told-by.fact")
    given = v.report.client.measures.get(bound.id) if bound.subject == "measure" else None
    if given and given.source:
        return capitalised(given.source)
    return v.words("told-by.measure" if bound.subject == "measure" else "told-by.statement")


def _seen_by_each(v: Voice, sign: JudgedSign) -> str:
    """How the two functions differ on the one mean that a sign reads; nothing where it reads another thing or they are not shown apart."""
    bounds = {(r.bound.subject, r.bound.id, r.bound.function) for r in sign.judgement.readings}
    if len(bounds) > 1 or sign.judgement.readings[0].bound.subject != "statement" or sign.judgement.readings[0].bound.function:
        return ""
    split = v.report.known.statements[sign.judgement.readings[0].bound.id]
    sales, marketing = split.sales.value, split.marketing.value
    if sales is None or marketing is None:
        return ""
    return v.words(f"seen.{_difference(sales, marketing)}", sales=v.mean(sales), marketing=v.mean(marketing))


NEAR = Fraction(1, 4)
"""Means closer than a quarter of a step are said to be nearly the same. Our convention."""


def _difference(sales: Fraction, marketing: Fraction) -> str:
    if abs(marketing - sales) < NEAR:
        return "alike" if sales == marketing else "nearly-alike"
    lower = "sales-lower" if sales < marketing else "marketing-lower"
    return f"{lower}-by-far" if abs(marketing - sales) >= CLEAR_GAP else lower


def _observed(v: Voice, finding: Finding, points: str) -> list[Json]:
    return [
        {
            "text": observation.says,
            "source": v.words(f"source.{observation.source}", date=v.numbers.day(observation.date)),
            "trace": [f"observation:{observation.id}", f"rule:friction.{finding.source.id}"],
        }
        for observation in finding.observations
        if observation.points == points
    ]


def _different(rows: Sequence[Json]) -> list[Json]:
    """Each row once: two signs may lack the same thing."""
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _open(v: Voice, sign: JudgedSign) -> Json:
    unknown = [reading for reading in sign.judgement.readings if reading.holds is None]
    is_told = all(reading.bound.subject in ("fact", "measure") for reading in unknown)
    return {
        "text": v.numbers.joined(list(dict.fromkeys(v.name_of(r.bound) for r in unknown))),
        "source": v.words("unknown") if is_told else str(v.withheld()["text"]),
    }


def _other(v: Voice, finding: Finding) -> Json:
    here = finding_paragraph(v, finding) if finding.is_found else []
    return {
        "id": finding.source.id,
        "anchor": f"f-{finding.source.id}",
        "name": capitalised(finding.source.name),
        "kind_name": v.words(f"kind.{finding.source.kind}"),
        "strength_name": v.words(f"strength.{finding.strength}"),
        "text": here[0] if here else _not_found(v, finding),
        "observed": _observed(v, finding, "for") + _observed(v, finding, "against"),
        **_consultant(v, finding),
    }


def _consultant(v: Voice, finding: Finding) -> Json:
    return {"override": friction_override(v, finding), "consultant": view(v, "frictions", finding.source.id)}


def _not_found(v: Voice, finding: Finding) -> Json:
    """Why it is not counted as a source: what speaks against it, or what is unknown."""
    key = f"friction.other.{finding.strength}"
    against = _clauses(v, finding.speaks_against, f"friction.{finding.source.id}")
    if finding.strength == "none" and against:
        key += "-against"
    clauses = "; ".join(clause["text"] for clause in against)
    trace = [f"rule:friction.{finding.source.id}", *[path for clause in against for path in clause["trace"]]]
    return v.say(key, trace, len(finding.unknown), clauses=clauses, probe=finding.source.probes[0] if finding.source.probes else "")
