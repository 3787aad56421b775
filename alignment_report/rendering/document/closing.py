"""What it may bring, what may go wrong, and what to do next."""

from fractions import Fraction

from alignment_report.analysis.business_case import CaseResult
from alignment_report.analysis.planning import PlannedPlay
from alignment_report.model.client import Range
from alignment_report.model.playbook import Risk
from alignment_report.rendering.document.consultant import decision_follows, view
from alignment_report.rendering.document.opening import decision_asked, headline_by_date
from alignment_report.rendering.document.plan import first_step_day
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, sentence


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
            {
                "name": capitalised(s.driver.title) if s.driver else v.words("business-case.cost"),
                "low": _money(v, s.low),
                "high": _money(v, s.high),
            }
            for s in result.sensitivities
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
        "title": v.title("risks.title.some", len(found), company=v.company, first=v.within(found[0].name))
        if found
        else v.words("risks.title.none"),
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
                "consultant": view(v, "risks", risk.id),
            }
            for risk in found
        ],
    }


def _threat(v: Voice, risk: Risk) -> Json:
    """Why it threatens here, at the stage reached."""
    filled = v.fill(v.at_stage(risk), f"risk.{risk.id}") or sentence(risk.name, [f"rule:risk.{risk.id}"])
    return sentence(filled["text"], [*filled["trace"], *(["score"] if risk.says_at else [])])


def next_steps(v: Voice) -> Json:
    """The decisions asked for, and the first steps of the headline plays, by date."""
    plan = v.report.plan
    first = headline_by_date(v)
    return {
        "title": v.title("next-steps.title.plan", len(first), day=v.numbers.day(first_step_day(first[0])))
        if first
        else v.words("next-steps.title.evidence"),
        "label": v.words("next-steps.label"),
        "paragraphs": [],
        "missing": None if first else [v.say("missing.plays", ["score"])],
        "decisions": [*decision_asked(v), *decision_follows(v), *_pay_decision(v), *_targets_decision(v)],
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
