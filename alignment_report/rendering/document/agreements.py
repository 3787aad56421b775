"""How the two work together from now on: who does what, the hand-off, the scorecard, rewards, meetings."""

from collections.abc import Callable, Sequence

from alignment_report.analysis.conditions import judge
from alignment_report.model.playbook import DecisionRight, HandoffTerm, Measure, RewardOption
from alignment_report.rendering.document.funnel import target_stage, working_stage
from alignment_report.rendering.document.opening import no_stage
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, path_of, sentence


def _nothing_known(v: Voice) -> Prose:
    """No stage, or a playbook that holds nothing for it."""
    return [v.say("missing.knowledge", ["score"], stage=_working_name(v))] if v.report.stage else no_stage(v)


def responsibilities(v: Voice) -> Json:
    """Who does what in each recurring decision at the stage the plan works in."""
    due = [right for right in v.report.playbook.decision_rights if _due(v)(right.stages)]
    return {
        "title": v.title("responsibilities.title", len(due), company=v.company, stage=_working_name(v))
        if due
        else v.words("responsibilities.title-none"),
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
        measure = next(m for m in v.report.playbook.measures if m.id == term.measure)
        value = v.counted(measure.unit, v.report.known.measures[measure.id]) or value
        today = sentence(v.words("reading", what=capitalised(measure.name), value=value), [f"measure:{term.measure}"])
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
    """The options of pay, never a proposal; none where the engagement rules a paper on pay out."""
    return _no_paper(v) if _is_pay_ruled_out(v) else _paper(v)


def _no_paper(v: Voice) -> Json:
    """That pay stays out of this plan, and why."""
    return {
        "title": v.title(f"rewards.title.ruled-out-{_known(v)}", company=v.company, **_variable_pay(v)),
        "label": v.words("rewards.label"),
        "paragraphs": _told(_place_of_pay(v, "ruled-out")),
        "missing": [v.say("missing.pay-ruled-out", ["fact:engagement.never_propose"])],
        "options": [],
        "note": None,
    }


def _paper(v: Voice) -> Json:
    fit = [option for option in v.report.playbook.rewards if not _left_out(v, option)]
    return {
        "title": v.title(f"rewards.title.{_known(v)}", **_variable_pay(v)),
        "label": v.words("rewards.label"),
        "paragraphs": _told([*_place_of_pay(v, "open"), *_options_left_out(v)]),
        "missing": None if _known(v) == "known" else [v.say("missing.pay", _PAY)],
        "options": [{"option": o.option, "for": o.speaks_for, "against": o.speaks_against, "settle_first": o.settle_first} for o in fit],
        "note": v.words("plays.pay-note"),
    }


_PAY = ("fact:money.sales_variable_pay", "fact:money.marketing_variable_pay")


def _variable_pay(v: Voice) -> dict[str, str]:
    """How far pay is variable in each function, as places of a title; empty where it is unknown."""
    return {"sales": v.fact("money.sales_variable_pay") or "", "marketing": v.fact("money.marketing_variable_pay") or ""}


def _known(v: Voice) -> str:
    return "known" if all(_variable_pay(v).values()) else "unknown"


def _told(paragraph: Prose) -> list[Prose]:
    """The paragraph, where it says anything."""
    return [paragraph] if paragraph else []


def _place_of_pay(v: Voice, paper: str) -> Prose:
    """Whether pay is a subject at the target stage at all; nothing where no stage is known."""
    due = "due" if _aims_at_top(v) else "not-due"
    told = v.say(f"rewards.{paper}.{due}", ["score", "rule:verdict"], stage=_target_name(v), company=v.company)
    return [told] if target_stage(v) else []


def _left_out(v: Voice, option: RewardOption) -> bool:
    """Whether the facts rule the option out; what they leave open stays an option."""
    return option.when is not None and judge(option.when, v.report.known).met is False


def _options_left_out(v: Voice) -> Prose:
    """The options that the facts rule out, by name; which these are rests on every option's condition."""
    out = [option for option in v.report.playbook.rewards if _left_out(v, option)]
    if not out:
        return []
    conditions = [option.when for option in v.report.playbook.rewards if option.when is not None]
    trace = [path_of(reading) for condition in conditions for reading in judge(condition, v.report.known).readings]
    return [v.say("rewards.left-out", trace, len(out), company=v.company, options="; ".join(v.within(option.option) for option in out))]


def _is_pay_ruled_out(v: Voice) -> bool:
    """Whether the engagement rules out every play that touches pay."""
    touching = [play.id for play in v.report.playbook.plays if play.touches_pay]
    return bool(touching) and set(touching) <= set(v.report.client.engagement.never_propose)


def _aims_at_top(v: Voice) -> bool:
    aim = target_stage(v)
    return aim is not None and aim.floor == max(s.floor for s in v.report.playbook.stages)


def governance(v: Voice) -> Json:
    """The few meetings that keep the plan alive."""
    due = [meeting for meeting in v.report.playbook.meetings if _due(v)(meeting.stages)]
    today = v.fact("rules.joint_meetings_per_quarter")
    title = (
        v.title("governance.title.counted", len(due), company=v.company, today=today)
        if today
        else v.title("governance.title.plain", len(due))
    )
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
