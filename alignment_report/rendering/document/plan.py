"""What to do: plays, their order and dates, who does what, the hand-off, the scorecard, rewards, meetings."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from alignment_report.analysis.conditions import judge
from alignment_report.analysis.planning import PlannedPlay, add_months
from alignment_report.model.playbook import DecisionRight, Guard, HandoffTerm, Measure, Play, Stop
from alignment_report.rendering.document.funnel import target_stage, working_stage
from alignment_report.rendering.document.opening import no_stage
from alignment_report.rendering.document.reasons import because, here_sentence
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, decisive, path_of, sentence


def plays(v: Voice) -> Json:
    """One card for each play, and what to stop."""
    planned = v.report.plan.plays
    return {
        "title": _plays_title(v),
        "label": v.words("plays.label"),
        "paragraphs": [],
        "missing": None if planned else _no_plays(v),
        "cards": [_card(v, play) for play in planned],
        "stops": [{"id": stop.id, "name": stop.name, "text": _stop_sentence(v, stop)} for stop in shown_stops(v)],
    }


def shown_stops(v: Voice) -> list[Stop]:
    """The first of the things to stop, in the playbook's order of weight, as many as headline plays."""
    return list(v.report.plan.stops[: v.report.playbook.planning.headline])


def _stop_sentence(v: Voice, stop: Stop) -> Json:
    """Why to stop it here; which of several are named rests on their order too."""
    filled = v.fill(stop.says, f"stop.{stop.id}") or sentence(stop.name, [f"rule:stop.{stop.id}"])
    return sentence(filled["text"], [*filled["trace"], "rule:stops"])


def _no_plays(v: Voice) -> Prose:
    return [v.say("missing.plays", ["score"])]


def _nothing_known(v: Voice) -> Prose:
    """No stage, or a playbook that holds nothing for it."""
    return [v.say("missing.knowledge", ["score"], stage=_working_name(v))] if v.report.stage else no_stage(v)


def _plays_title(v: Voice) -> str:
    planned = v.report.plan.plays
    if not planned:
        return v.title("plays.title.none", company=v.company)
    owners = {owner: sum(play.play.owner == owner for play in planned) for owner in ("sales", "marketing", "shared", "leadership")}
    shares = [v.words(f"plays.owned.{owner}", count) for owner, count in owners.items() if count]
    return v.title("plays.title.some", len(planned), owned=v.numbers.joined(shares))


def _card(v: Voice, planned: PlannedPlay) -> Json:
    play = planned.play
    adapted = planned.chosen.adapted
    return {
        "id": play.id,
        "anchor": f"p-{play.id}",
        "number": planned.number,
        "name": play.name,
        "headline": planned.is_headline,
        "owner": v.words(f"owner.{play.owner}"),
        "owner_id": play.owner,
        "sponsor": play.sponsor,
        "start": v.numbers.day(planned.start),
        "end": v.numbers.day(planned.end),
        "weeks": v.words("weeks", play.weeks),
        "effort": play.effort,
        "impact": play.impact,
        "what": adapted.instead if adapted and adapted.instead else play.what,
        "why": play.why,
        "here": here_sentence(v, planned) or because(v, planned)[0],
        "adapted": _guard_sentence(v, play, adapted) if adapted else None,
        "because": because(v, planned),
        "first_step": play.first_step,
        "first_step_date": v.numbers.day(first_step_day(planned)),
        "needs": play.needs or (None if planned.after else v.words("plays.needs-nothing")),
        "indicators": [measure.name for measure in planned.indicators],
        "risk": play.risk,
        "done_when": play.done_when,
        "evidence": [{"id": r.id, "grade": r.grade, "text": r.finding} for r in planned.evidence],
        "after": [{"name": p.name, "anchor": f"p-{p.id}"} for p in planned.after],
        "touches_pay": play.touches_pay,
        "pay_note": v.words("plays.pay-note") if play.touches_pay else None,
    }


def first_step_day(planned: PlannedPlay) -> date:
    """By when the first step is taken: the end of the second working week, for plays start on Mondays."""
    return planned.start + timedelta(days=11)


def _guard_sentence(v: Voice, play: Play, guard: Guard) -> Json:
    return v.fill(guard.says, f"play.{play.id}.{guard.id}") or sentence(guard.instead or play.name, [f"rule:play.{play.id}.{guard.id}"])


def priorities(v: Voice) -> Json:
    """Rank, impact and effort, and what was left out and why."""
    plan = v.report.plan
    quick = [p for p in plan.plays if is_quick(p.play)]
    return {
        "title": v.title("priorities.title.some", len(quick), total=v.words.counted(len(plan.plays)))
        if quick
        else v.words("priorities.title.none"),
        "label": v.words("priorities.label"),
        "paragraphs": [],
        "has_order": any(p.after for p in plan.plays),
        "missing": None if plan.plays else _no_plays(v),
        "exhibit": "priorities",
        "rows": [
            {
                "number": p.number,
                "name": p.play.name,
                "points": v.numbers.number(p.chosen.points),
                "impact": p.play.impact,
                "effort": p.play.effort,
                "owner": v.words(f"owner.{p.play.owner}"),
                "after": [play.name for play in p.after],
            }
            for p in plan.plays
        ],
        "blocked": [{"name": b.play.name, "text": _guard_sentence(v, b.play, b.guard)} for b in plan.blocked],
        "excluded": [
            {"name": p.name, "text": v.say("priorities.excluded", ["fact:engagement.never_propose", "rule:verdict", "score"])}
            for p in plan.excluded
        ]
        + [{"name": p.name, "text": v.say("priorities.beyond", ["fact:engagement.horizon_months"])} for p in plan.beyond],
        "already": [{"name": p.name, "text": _done_already(v, p)} for p in plan.already],
    }


LITTLE_EFFORT, LARGE_IMPACT = 3, 4
"""Of five each, our convention: up to where effort counts as little, and from where impact counts as large."""


def is_quick(play: Play) -> bool:
    """The quadrant to do now."""
    return play.effort <= LITTLE_EFFORT and play.impact >= LARGE_IMPACT


def _done_already(v: Voice, play: Play) -> Json:
    """The facts that say so."""
    readings = decisive(judge(play.already, v.report.known)) if play.already else []
    text = "; ".join(dict.fromkeys(map(v.reading, readings)))
    return sentence(capitalised(text), [f"rule:play.{play.id}", *map(path_of, readings)])


def roadmap(v: Voice) -> Json:
    """30, 60 and 90 days, then quarters; gates between."""
    plan = v.report.plan
    early = [p for p in plan.plays if p.start < plan.start + timedelta(days=90)]
    return {
        "title": v.title("roadmap.title", len(early), start=v.numbers.day(plan.start), total=v.words.counted(len(plan.plays)))
        if plan.plays
        else v.words("roadmap.title-none"),
        "label": v.words("roadmap.label"),
        "paragraphs": [],
        "missing": None if plan.plays else _no_plays(v),
        "exhibit": "roadmap",
        "periods": _periods(v),
        "gates": [{"date": v.numbers.day(day), "text": text} for day, text in gates(v)],
    }


def _periods(v: Voice) -> list[Json]:
    ordered = sorted(v.report.plan.plays, key=lambda p: (p.start, p.number))
    return [
        {
            "name": name,
            "range": v.words("roadmap.range", first=v.numbers.day(first), last=v.numbers.day(last)),
            "items": [
                {
                    "name": p.play.name,
                    "owner": v.words(f"owner.{p.play.owner}"),
                    "dates": v.words("roadmap.range", first=v.numbers.short_day(p.start), last=v.numbers.short_day(p.end)),
                    "anchor": f"p-{p.play.id}",
                }
                for p in group
            ],
        }
        for (name, first, last), group in ((key, list(items)) for key, items in groupby(ordered, key=lambda p: _period(v, p.start)))
    ]


def _period(v: Voice, day: date) -> tuple[str, date, date]:
    """The period in which a day lies: the first, second, third thirty days of the plan, then quarters of it."""
    start = v.report.plan.start
    past = (day - start).days
    if past < 90:
        first = past // 30 * 30
        return v.words("roadmap.days", first=str(first + 1), last=str(first + 30)), start + timedelta(first), start + timedelta(first + 29)
    number = 1
    while add_months(start, 3 * (number + 1)) <= day:
        number += 1
    first_day = max(add_months(start, 3 * number), start + timedelta(90))
    return v.words("roadmap.quarter", number=str(number + 1)), first_day, add_months(start, 3 * (number + 1)) - timedelta(1)


def gates(v: Voice) -> list[tuple[date, str]]:
    """The days on which somebody decides whether to go on."""
    plan = v.report.plan
    if not plan.plays:
        return [(plan.next_wave, v.words("gate.wave"))]
    last_early = max((p.end for p in plan.plays if p.is_headline), default=plan.start)
    days = [(plan.start + timedelta(days=30), "thirty"), (plan.start + timedelta(days=90), "ninety"), (last_early, "headline")]
    listed = [(day, v.words(f"gate.{key}")) for day, key in days]
    return sorted([*listed, (plan.next_wave, v.words("gate.wave"))])


def responsibilities(v: Voice) -> Json:
    """Who does what in each recurring decision at the stage the plan works in."""
    due = [right for right in v.report.playbook.decision_rights if _due(v)(right.stages)]
    return {
        "title": v.title("responsibilities.title", len(due), stage=_working_name(v)) if due else v.words("responsibilities.title-none"),
        "label": v.words("responsibilities.label"),
        "paragraphs": [],
        "missing": None if due else _nothing_known(v),
        "decisions": [
            {
                "decision": right.decision,
                "today": _done_today(v, right),
                "responsible": v.words(f"owner.{right.responsible}"),
                "accountable": right.accountable,
                "consulted": right.consulted,
                "informed": right.informed,
            }
            for right in due
        ],
    }


def _done_today(v: Voice, right: DecisionRight) -> Json | None:
    """Who takes the decision today, where a fact says so."""
    filled = v.fill(right.today, f"decision-right.{right.id}")
    return filled and {**filled, "text": capitalised(filled["text"])}


def _due(v: Voice) -> Callable[[Sequence[str]], bool]:
    stage = working_stage(v)
    return lambda stages: stage is not None and stage.id in stages


def _working_name(v: Voice) -> str:
    stage = working_stage(v)
    return v.stage_name(stage.name) if stage else ""


def _target_name(v: Voice) -> str:
    aim = target_stage(v)
    return v.stage_name(aim.name) if aim else ""


def handoff(v: Voice) -> Json:
    """The hand-off contract as a form to fill in."""
    hours, share = v.measure("first-response-hours"), v.measure("follow-up-share")
    if hours and share:
        title = v.title("handoff.title.measured", hours=hours, share=share)
    elif share:
        title = v.title("handoff.title.share", share=share)
    else:
        title = v.title("handoff.title.open", company=v.company)
    return {
        "title": title,
        "label": v.words("handoff.label"),
        "paragraphs": [[v.say("handoff.how", ["rule:handoff"])]],
        "missing": None if v.report.playbook.handoff else _nothing_known(v),
        "terms": [_term(v, term) for term in v.report.playbook.handoff],
    }


def _term(v: Voice, term: HandoffTerm) -> Json:
    """A line of the contract, with what is measured of it today."""
    today = None
    if term.measure and (value := v.measure(term.measure)):
        name = next(m.name for m in v.report.playbook.measures if m.id == term.measure)
        today = sentence(v.words("reading", what=capitalised(name), value=value), [f"measure:{term.measure}"])
    return {"term": term.term, "today": today, "sales": term.sales, "marketing": term.marketing, "usual": term.usual}


LEVELS = ("shared", "sales", "downstream", "upstream")


def scorecard(v: Voice) -> Json:
    """Measures by level with their baseline; targets are for the two heads to agree."""
    read = {measure.id for planned in v.report.plan.plays for measure in planned.indicators}
    due = [measure for measure in v.report.playbook.measures if _due(v)(measure.stages) or measure.id in read]
    known = [measure for measure in due if v.measure(measure.id)]
    plays = [f"rule:play.{planned.play.id}" for planned in v.report.plan.plays]
    return {
        "title": v.title("scorecard.title", known=str(len(known)), total=str(len(due))) if due else v.words("scorecard.title-none"),
        "label": v.words("scorecard.label"),
        "paragraphs": [[v.say("scorecard.targets", ["rule:scorecard", "rule:verdict", "score", *plays], len(due))]] if due else [],
        "missing": None if due else _nothing_known(v),
        "groups": [
            {"name": v.words(f"level.{level}"), "measures": [_measure(v, m) for m in due if m.level == level]}
            for level in LEVELS
            if any(m.level == level for m in due)
        ],
    }


def _measure(v: Voice, measure: Measure) -> Json:
    return {
        "name": capitalised(measure.name),
        "formula": measure.formula,
        "baseline": v.counted(measure.unit, v.report.known.measures.get(measure.id)) or v.measure(measure.id) or v.words("unknown"),
        "target": v.words("to-be-agreed"),
        "owner": v.words(f"owner.{measure.owner}"),
        "source": _source(v, measure),
        "frequency": v.words(f"frequency.{measure.frequency}"),
        "kind": v.words("scorecard.kind", kind=v.words(f"measure-kind.{measure.kind}"), better=v.words(f"better.{measure.better}")),
    }


def _source(v: Voice, measure: Measure) -> str:
    """Where and for what time the client read it; where it is usually found, if that was not told."""
    given = v.report.client.measures.get(measure.id)
    told = [text for text in (given.source, given.period) if text] if given else []
    return ", ".join(told) if told else measure.source


def rewards(v: Voice) -> Json:
    """The options of pay, never a proposal."""
    sales, marketing = v.fact("money.sales_variable_pay"), v.fact("money.marketing_variable_pay")
    known = bool(sales and marketing)
    return {
        "title": v.title("rewards.title.known", sales=sales or "", marketing=marketing or "")
        if known
        else v.words("rewards.title.unknown"),
        "label": v.words("rewards.label"),
        "paragraphs": [[v.say("rewards.due" if _aims_at_top(v) else "rewards.not-due", ["score", "rule:verdict"], stage=_target_name(v))]],
        "missing": None if known else [v.say("missing.pay", ["fact:money.sales_variable_pay", "fact:money.marketing_variable_pay"])],
        "options": [
            {"option": o.option, "for": o.speaks_for, "against": o.speaks_against, "settle_first": o.settle_first}
            for o in v.report.playbook.rewards
        ],
        "note": v.words("plays.pay-note"),
    }


def _aims_at_top(v: Voice) -> bool:
    aim = target_stage(v)
    return aim is not None and aim.floor == max(s.floor for s in v.report.playbook.stages)


def governance(v: Voice) -> Json:
    """The few meetings that keep the plan alive."""
    due = [meeting for meeting in v.report.playbook.meetings if _due(v)(meeting.stages)]
    today = v.fact("rules.joint_meetings_per_quarter")
    title = v.title("governance.title.counted", len(due), today=today) if today else v.title("governance.title.plain", len(due))
    return {
        "title": title if due else v.words("governance.title.none"),
        "label": v.words("governance.label"),
        "paragraphs": [],
        "missing": None if due else _nothing_known(v),
        "meetings": [
            {
                "name": m.name,
                "cadence": m.cadence,
                "chair": m.chair,
                "attendees": m.attendees,
                "inputs": m.inputs,
                "decides": m.decides,
            }
            for m in due
        ],
    }
