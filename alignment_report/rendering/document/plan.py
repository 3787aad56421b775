"""What to do: plays, their order and their dates."""

from datetime import date, timedelta
from itertools import groupby

from alignment_report.analysis.conditions import judge
from alignment_report.analysis.planning import PlannedPlay, add_months, is_turn_of_year
from alignment_report.model.playbook import Guard, Play, Stop
from alignment_report.rendering.document.consultant import plays_follow, view
from alignment_report.rendering.document.reasons import because, here_sentence
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, decisive, path_of, sentence


def plays(v: Voice) -> Json:
    """One card for each play, and what to stop."""
    planned = v.report.plan.plays
    return {
        "title": _plays_title(v),
        "label": v.words("plays.label"),
        "paragraphs": plays_follow(v),
        "missing": None if planned else _no_plays(v),
        "cards": [_card(v, play) for play in planned],
        "stops": [{"id": stop.id, "name": stop.name, "text": _stop_sentence(v, stop)} for stop in shown_stops(v)],
    }


def shown_stops(v: Voice) -> list[Stop]:
    """The first of the things to stop, in the playbook's order of weight, as many as headline plays."""
    return list(v.report.plan.stops[: v.report.playbook.planning.headline])


def _stop_sentence(v: Voice, stop: Stop) -> Json:
    """Why to stop it here; which of several are named rests on their order too."""
    filled = v.fill(v.at_stage(stop), f"stop.{stop.id}") or sentence(stop.name, [f"rule:stop.{stop.id}"])
    return sentence(filled["text"], [*filled["trace"], "rule:stops", *(["score"] if stop.says_at else [])])


def _no_plays(v: Voice) -> Prose:
    return [v.say("missing.plays", ["score"])]


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
        "consultant": view(v, "plays", play.id),
    }


_SHORT, _FRIDAY = 4, 4
"""Plays that are set up in so many weeks take their first step in the first of them; the number of the weekday."""


def first_step_day(planned: PlannedPlay) -> date:
    """By when the first step is taken: the second Friday, or the first where the play is soon set up or the second lies at the turn of the year.

    A Friday counts from the second day after the start.
    """
    early = planned.start + timedelta(days=2)
    first = early + timedelta(days=(_FRIDAY - early.weekday()) % 7)
    second = first + timedelta(weeks=1)
    return first if planned.play.weeks <= _SHORT or is_turn_of_year(second) else second


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
        "blocked": [_set_aside(v, b.play, _guard_sentence(v, b.play, b.guard)) for b in plan.blocked],
        "excluded": [
            *(
                _set_aside(v, p, v.say("priorities.excluded", ["fact:engagement.never_propose", "rule:verdict", "score"]))
                for p in plan.excluded
            ),
            *(_set_aside(v, p, _past_horizon(v, p)) for p in plan.beyond),
        ],
        "already": [_set_aside(v, p, _done_already(v, p)) for p in plan.already],
    }


def _set_aside(v: Voice, play: Play, why: Json) -> Json:
    return {"id": play.id, "name": play.name, "text": why, "consultant": view(v, "plays", play.id)}


def _past_horizon(v: Voice, play: Play) -> Json:
    """That there is no time left for it: it would follow the plays of the plan, on whose places this rests."""
    before = [f"rule:play.{planned.play.id}" for planned in v.report.plan.plays]
    return v.say("priorities.beyond", ["fact:engagement.horizon_months", f"rule:play.{play.id}", *before])


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
