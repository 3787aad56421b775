"""What it may bring and what may go wrong, what to do next, how it was measured, every statement, every reference."""

from fractions import Fraction

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.business_case import CaseResult
from alignment_report.analysis.conditions import Reading
from alignment_report.analysis.consensus import deviation_cut_off
from alignment_report.analysis.planning import PlannedPlay
from alignment_report.analysis.published import Participation
from alignment_report.analysis.quality import Quality
from alignment_report.analysis.scoring import bounds
from alignment_report.model.client import START_CUSTOMERS, START_OFFERING, Range
from alignment_report.model.playbook import Risk
from alignment_report.rendering.document.carrying import carrying
from alignment_report.rendering.document.comments import comments_rule
from alignment_report.rendering.document.diagnosis import statement_row
from alignment_report.rendering.document.held_back import held_back
from alignment_report.rendering.document.opening import decision_asked
from alignment_report.rendering.document.plan import first_step_day
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, fact_fields, path_of, sentence


def business_case(v: Voice) -> Json:
    """The client's own assumptions, low, base and high; nothing is added to them."""
    return _case(v, v.report.case) if v.report.case else _no_case(v)


def _no_case(v: Voice) -> Json:
    return {
        "title": v.title("business-case.title.none", company=v.company),
        "label": v.words("business-case.label"),
        "paragraphs": [],
        "missing": [v.say("missing.business-case", ["fact:business_case"], company=v.company)],
        "result": None,
        "drivers": [],
        "cost": None,
        "sensitivity": [],
    }


def _case(v: Voice, result: CaseResult) -> Json:
    horizon = v.words("months", int(result.case.horizon_months or 0))
    share = v.numbers.percent(result.break_even) if result.break_even is not None else None
    key = "pays" if result.low > 0 else "depends" if result.base > 0 else "does-not-pay"
    cost = result.case.cost
    told = [v.say("business-case.assumptions", ["fact:business_case"], company=v.company)]
    return {
        "title": v.title(f"business-case.title.{key}", base=_money(v, result.base), low=_money(v, result.low), horizon=horizon),
        "label": v.words("business-case.label"),
        "paragraphs": [told + ([v.say("business-case.break-even", ["fact:business_case"], share=share)] if share else [])],
        "missing": None,
        "result": {
            "low": _money_figure(v, result.low),
            "base": _money_figure(v, result.base),
            "high": _money_figure(v, result.high),
            "break_even": share,
            "horizon": horizon,
        },
        "drivers": [{"name": capitalised(driver.title), **_range(v, driver.yearly)} for driver in result.case.drivers],
        "cost": {**_range(v, cost), "low": _money(v, cost.high), "high": _money(v, cost.low)},
        "sensitivity": [
            {"name": capitalised(s.driver.title), "low": _money(v, s.low), "high": _money(v, s.high)} for s in result.sensitivities
        ],
    }


def _range(v: Voice, given: Range) -> Json:
    return {"low": _money(v, given.low), "base": _money(v, given.base), "high": _money(v, given.high), "basis": given.basis}


def _money(v: Voice, value: Fraction) -> str:
    return v.numbers.money(value, v.currency)


def _money_figure(v: Voice, value: Fraction) -> Json:
    return {"value": float(value), "text": _money(v, value), "n": None}


def risks(v: Voice) -> Json:
    """What threatens this plan here, and the answer to it."""
    found = v.report.risks
    return {
        "title": v.title("risks.title.some", len(found), first=v.within(found[0].name)) if found else v.words("risks.title.none"),
        "label": v.words("risks.label"),
        "paragraphs": [],
        "missing": None if found else [v.say("missing.risks", [f"rule:risk.{risk.id}" for risk in v.report.playbook.risks])],
        "rows": [
            {
                "id": risk.id,
                "name": risk.name,
                "text": _threat(v, risk),
                "response": risk.response,
                "evidence": list(risk.evidence),
            }
            for risk in found
        ],
    }


def _threat(v: Voice, risk: Risk) -> Json:
    """Why it threatens here, at the stage reached."""
    filled = v.fill(v.at_stage(risk), f"risk.{risk.id}") or sentence(risk.name, [f"rule:risk.{risk.id}"])
    return sentence(filled["text"], [*filled["trace"], *(["score"] if risk.says_at else [])])


def next_steps(v: Voice) -> Json:
    """The decisions asked for, and the first fortnight."""
    plan = v.report.plan
    first = sorted(plan.plays, key=lambda p: (p.start, p.number))[:4]
    return {
        "title": v.title("next-steps.title.plan", len(first), start=v.numbers.day(plan.start))
        if first
        else v.words("next-steps.title.evidence"),
        "label": v.words("next-steps.label"),
        "paragraphs": [],
        "missing": None if first else [v.say("missing.plays", ["score"])],
        "decisions": [*decision_asked(v), *_pay_decision(v), *_targets_decision(v)],
        "fortnight": [_step(v, play) for play in first],
        "next_wave": v.say("next-steps.wave", ["fact:engagement.next_wave"], day=v.numbers.day(plan.next_wave)),
    }


def _step(v: Voice, planned: PlannedPlay) -> Json:
    owner = v.words(f"owner.{planned.play.owner}")
    return {"when": v.numbers.day(first_step_day(planned)), "who": owner, "text": planned.play.first_step}


def _pay_decision(v: Voice) -> Prose:
    touching = [p for p in v.report.plan.plays if p.play.touches_pay]
    return [v.say("next-steps.pay", [f"rule:play.{p.play.id}" for p in touching])] if touching else []


def _targets_decision(v: Voice) -> Prose:
    if not v.report.plan.plays:
        return []
    return [v.say("next-steps.targets", [f"rule:play.{p.play.id}" for p in v.report.plan.plays], len(v.report.plan.plays))]


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
        "quality": _quality(v),
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


def _quality(v: Voice) -> Prose:
    published = v.report.published
    if published.neutral is None or published.missing is None or published.unknown is None or published.mode == "named":
        return [v.say("quality.withheld", ["score"])]
    shares = [
        v.say("quality.neutral", ["score"], share=v.numbers.percent(published.neutral)),
        v.say("quality.missing", ["score"], skipped=v.numbers.percent(published.missing), unknown=v.numbers.percent(published.unknown)),
    ]
    return [*shares, *(_about_answers(v, published.quality) if published.quality else [])]


def _about_answers(v: Voice, quality: Quality) -> Prose:
    """How far apart, how much of one mind and how careful those who answered were."""
    told: Prose = []
    if quality.effect and not v.report.published.whole_team:
        told.append(v.say("quality.effect", ["score"], **_with_interval(v, "g", quality.effect.g, quality.effect.interval)))
    for role, consensus in quality.consensus.items():
        places = {
            "function": v.words(f"who.{role}"),
            "n": str(consensus.people),
            "strength": v.words(f"agreement.{agreement(consensus.r_wg)}"),
            "r_wg": v.numbers.decimal(consensus.r_wg, 2),
            "star": v.numbers.decimal(consensus.r_star_wg, 2),
            "deviation": v.numbers.decimal(consensus.deviation),
            "most": v.numbers.decimal(deviation_cut_off(*bounds(v.report.playbook.instrument.scale))),
        }
        told.append(v.say("quality.agreement", ["score"], **places))
    if quality.alpha and quality.alpha.interval:
        figures = _with_interval(v, "alpha", quality.alpha.value, quality.alpha.interval)
        statements = str(len(v.report.playbook.instrument.statements))
        told.append(v.say("quality.alpha", ["score"], n=str(quality.alpha.people), count=statements, **figures))
    if quality.careless is None:
        k = v.words.counted(v.report.published.thresholds.figures)
        return [*told, v.say("quality.few-careless", ["score"], k=k)]
    return [*told, v.say("quality.careless", ["score"], count=str(quality.careless))]


def _with_interval(v: Voice, name: str, value: Fraction | float, interval: Interval) -> dict[str, str]:
    return {name: v.numbers.decimal(value, 2), "low": v.numbers.decimal(interval.low, 2), "high": v.numbers.decimal(interval.high, 2)}


AGREEMENT = (("very-strong", Fraction(9, 10)), ("strong", Fraction(7, 10)), ("moderate", Fraction(1, 2)), ("weak", Fraction(3, 10)))
"""Above which r_wg agreement is called what (LeBreton & Senter 2008); below the last it is lacking."""


def agreement(r_wg: Fraction) -> str:
    """What a mean r_wg is called."""
    return next((name for name, above in AGREEMENT if r_wg > above), "lacking")


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
            if term != "interval" or v.report.published.score.combined.interval
        ],
    }


def _stages(v: Voice) -> str:
    return v.numbers.joined([v.stage_name(stage.name) for stage in sorted(v.report.playbook.stages, key=lambda stage: stage.floor)])


GLOSSARY = ("stage", "score", "gap", "interval", "friction", "play", "prerequisite", "withheld")


def _used_references(v: Voice) -> set[str]:
    cited = {r.id for planned in v.report.plan.plays for r in planned.evidence}
    cited |= {id for finding in v.report.findings if finding.is_found for id in finding.source.evidence}
    return cited | {id for risk in v.report.risks for id in risk.evidence}
