"""What stands behind the playbook: method and limits, every statement, the evidence."""

from fractions import Fraction

from alignment_report.analysis.conditions import Reading
from alignment_report.analysis.published import Participation
from alignment_report.model.client import START_CUSTOMERS, START_OFFERING
from alignment_report.rendering.document.carrying import carrying
from alignment_report.rendering.document.comments import comments_rule
from alignment_report.rendering.document.diagnosis import statement_row
from alignment_report.rendering.document.held_back import held_back
from alignment_report.rendering.document.quality import quality
from alignment_report.rendering.document.voice import Json, Prose, Voice, fact_fields, path_of


def method(v: Voice) -> Json:
    """Who answered, the rules, the assumptions, what was withheld."""
    published = v.report.published
    instrument = v.report.playbook.instrument
    return {
        "title": v.title(
            "method.title-named" if published.mode == "named" else "method.title",
            n=v.count(published.score.combined.n) or v.words("too-few"),
            title=instrument.title,
        ),
        "label": v.words("method.label"),
        "paragraphs": [],
        "missing": None,
        "participation": [
            {
                "role": v.words(f"role.{p.role}"),
                "invited": str(p.invited) if p.invited is not None else v.words("unknown"),
                "answered": v.count(p.answered) or v.words("withheld"),
                "valid": v.count(p.valid) or v.words("withheld"),
                "rate": _response(v, p),
            }
            for p in published.participation
        ],
        "rules": [{"name": v.words(f"rule-name.{name}"), "text": text} for name, text in _rules(v)],
        "assumptions": [{"text": text} for text in assumptions(v)],
        "carrying": carrying(v),
        "quality": quality(v),
        "suppression": _suppression(v),
        "attribution": instrument.attribution,
    }


def _response(v: Voice, of: Participation) -> str:
    if of.answered is None:
        return v.words("withheld")
    return v.numbers.percent(Fraction(of.answered.at_least, of.invited)) if of.invited else v.words("unknown")


def _rules(v: Voice) -> list[tuple[str, str]]:
    instrument, planning = v.report.playbook.instrument, v.report.playbook.planning
    stages = sorted(v.report.playbook.stages, key=lambda s: s.floor)
    bands = v.numbers.joined([v.words("rule.band", name=v.stage_name(s.name), floor=v.numbers.number(s.floor)) for s in stages])
    count = str(len(instrument.statements))
    missing = {
        "total": str(instrument.missing.total),
        "structural": str(instrument.missing.total_when_structural),
        "share": v.numbers.percent(instrument.missing.dimension_share),
        "reason": instrument.missing.reason,
        "statements": count,
    }
    return [
        ("score", v.words("rule.score", points=v.numbers.number(instrument.scale.points), statements=count)),
        ("bands", v.words("rule.bands", bands=bands)),
        ("weights", v.words("rule.weights")),
        ("missing", v.words("rule.missing", **missing)),
        (
            "neutral",
            v.words("rule.neutral", share=v.numbers.percent(instrument.neutral.share), reason=instrument.neutral.reason),
        ),
        ("estimated", v.words("rule.estimated")),
        ("intervals", v.words("rule.intervals", spread=str(v.report.published.thresholds.spread))),
        ("chances", v.words("rule.chances", likelihoods=_likelihoods(v), spread=str(v.report.published.thresholds.spread))),
        ("one-person", v.words("rule.one-person", spread=str(v.report.published.thresholds.spread))),
        ("perception", v.words("rule.perception")),
        ("strength", v.report.playbook.strength.reason),
        ("verdict", v.words("rule.verdict")),
        ("planning", planning.order),
        ("rounding", v.words("rule.rounding")),
        ("validity", v.words("rule.validity")),
    ]


def _likelihoods(v: Voice) -> str:
    """The words for chances, from the surest to the most open, each with the chance it starts from."""
    named = v.report.playbook.likelihoods
    told = [v.words("rule.likelihood", says=known.says, share=v.numbers.percent(known.at_least)) for known in named if known.at_least]
    return v.numbers.joined([*told, *(v.words("rule.likelihood-rest", says=known.says) for known in named if not known.at_least)])


def assumptions(v: Voice) -> Prose:
    """Everything that had to be assumed or left open, with where it came from."""
    engagement = v.report.client.engagement
    found: Prose = []
    if engagement.start is None:
        found.append(v.say("assumption.start", ["fact:engagement.start"], day=v.numbers.day(v.report.plan.start)))
    if engagement.next_wave is None:
        months = v.report.playbook.planning.recheck_months
        found.append(v.say("assumption.next-wave", ["fact:engagement.next_wave"], months, day=v.numbers.day(v.report.plan.next_wave)))
    company = v.report.client.company
    if (company.offering, company.customers) == (START_OFFERING, START_CUSTOMERS):
        found.append(v.say("assumption.placeholder", ["fact:company.offering", "fact:company.customers"]))
    unknown = unknown_facts(v)
    if unknown:
        names = "; ".join(v.within(v.words(f"fact.{path}")) for path in unknown)
        found.append(v.say("assumption.unknown", [f"fact:{path}" for path in unknown], len(unknown), names=names))
    return found


def unknown_facts(v: Voice) -> list[str]:
    """Facts on which some rule of this report rests and which nobody gave, in the order of the file."""
    used = {path_of(r) for r in _readings(v) if r.value is None and r.bound.subject == "fact"}
    return [path for path in fact_fields() if f"fact:{path}" in used]


def _readings(v: Voice) -> list[Reading]:
    report = v.report
    judgements = [sign.judgement for finding in report.findings for sign in finding.signs + finding.counter_signs]
    judgements += [condition.judgement for condition in report.verdict.conditions]
    judgements += [judgement for pair in report.triangulated for judgement in (pair.high, pair.low)]
    return [reading for judgement in judgements for reading in judgement.readings]


def _suppression(v: Voice) -> Prose:
    published = v.report.published
    if published.mode == "named":
        by, day = v.report.wave.consent, v.report.wave.consent_date
        return [v.say("suppression.named", ["rule:disclosure"], by=by or "", day=v.numbers.day(day) if day else ""), comments_rule(v)]
    thresholds = published.thresholds
    places = {"k": str(thresholds.figures), "spread": str(thresholds.spread)}
    told = [v.say("suppression.rule", ["rule:disclosure"], **places)]
    hidden = sum(f.split.gap.value is None for f in published.statements)
    if published.score.gap.value is None:
        told.append(v.say("suppression.split", ["rule:disclosure", "score"]))
    elif hidden:
        told.append(v.say("suppression.statements", ["rule:disclosure"], hidden))
    if published.score.leadership.value is None:
        told.append(v.say("suppression.leadership", ["rule:disclosure"]))
    if published.levels is None:
        told.append(v.say("suppression.levels", ["rule:disclosure"], k=str(thresholds.figures)))
    return [*told, *held_back(v), comments_rule(v)]


def statements(v: Voice) -> Json:
    """Every statement with its figures."""
    rows = [statement_row(v, figures) for figures in v.report.published.statements]
    shown = sum("value" in row["gap"] for row in rows)
    return {
        "title": v.title("statements.title", shown=str(shown), total=str(len(rows))),
        "label": v.words("statements.label"),
        "paragraphs": [[v.say("statements.note", ["rule:rounding"], **v.scale)]],
        "missing": None,
        "rows": rows,
    }


def evidence(v: Voice) -> Json:
    """The references that the playbook uses, with their grades, and the words that need a meaning."""
    used = _used_references(v)
    references = [r for r in v.report.playbook.references if r.id in used]
    return {
        "title": v.title("evidence.title", len(references)) if references else v.words("evidence.title-none"),
        "label": v.words("evidence.label"),
        "paragraphs": [[v.say("evidence.note", [f"rule:reference.{r.id}" for r in references])]] if references else [],
        "missing": None if references else [v.say("missing.references", [])],
        "references": [{"id": r.id, "grade": r.grade, "citation": r.citation, "finding": r.finding} for r in references],
        "grades": [
            {"grade": grade, "meaning": v.words(f"grade.{grade}")}
            for grade in ("A", "A-", "B", "C", "D+", "D")
            if any(r.grade == grade for r in references)
        ],
        "glossary": [
            {"term": v.words(f"glossary.{term}.term"), "meaning": v.words(f"glossary.{term}.meaning", stages=_stages(v), **v.scale)}
            for term in GLOSSARY
            if term != "interval" or (v.report.published.score.combined.interval and not v.report.published.whole_team)
        ],
    }


def _stages(v: Voice) -> str:
    return v.numbers.joined([v.stage_name(stage.name) for stage in sorted(v.report.playbook.stages, key=lambda stage: stage.floor)])


GLOSSARY = ("stage", "score", "gap", "interval", "friction", "play", "prerequisite", "withheld")


def _used_references(v: Voice) -> set[str]:
    cited = {r.id for planned in v.report.plan.plays for r in planned.evidence}
    cited |= {id for finding in v.report.findings if finding.is_found for id in finding.source.evidence}
    return cited | {id for risk in v.report.risks for id in risk.evidence}
