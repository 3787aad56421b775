"""Should they move? Every condition with its outcome, why not further, what would change the verdict, now and next."""

from alignment_report.analysis.decision import JudgedCondition
from alignment_report.analysis.planning import Tripwire
from alignment_report.model.playbook import Facet
from alignment_report.rendering.document.consultant import verdict_override, view
from alignment_report.rendering.document.funnel import target_stage
from alignment_report.rendering.document.opening import no_stage, verdict_sentences
from alignment_report.rendering.document.verdict import verdict_title
from alignment_report.rendering.document.voice import PLACE, Json, Prose, Voice, condition_paths, decisive, path_of, sentence

OUTCOMES = {True: "met", False: "not-met", None: "unknown"}


def decision(v: Voice) -> Json:
    """The decision table and what follows from it."""
    report = v.report
    verdict = report.verdict
    groups = (("stay", verdict.stay), ("tighten", verdict.tighten), ("prerequisites", verdict.prerequisites))
    return {
        "title": decision_title(v),
        "label": v.words("decision.label"),
        "paragraphs": [said for said in (verdict_sentences(v), _rule(v)) if said],
        "missing": None if report.stage else no_stage(v),
        "exhibit": "need-by-stage",
        "verdict_title": verdict_title(v),
        "override": verdict_override(v),
        "groups": [
            {"id": name, "name": v.words(f"decision.group.{name}"), "conditions": [_condition(v, c) for c in conditions]}
            for name, conditions in groups
            if conditions
        ],
        "why_not_further": why_not_further(v),
        "deciding": [{"name": c.condition.name, "find_out": c.condition.find_out} for c in verdict.deciding],
        "tripwires": [_tripwire(v, wire) for wire in report.plan.tripwires],
    }


def decision_title(v: Voice) -> str:
    verdict, stage = v.report.verdict, v.report.stage
    if stage is None:
        return v.title("decision.title.no-stage")
    met = [c for c in verdict.tighten if c.met]
    holding = [c for c in verdict.stay if c.met]
    places = {
        "next": v.stage_name(stage.above.name) if stage.above else "",
        "stage": v.stage_name(stage.stage.name),
        "moves": v.words("decision.reasons-to-move", len(met)),
        "stays": v.words("decision.reasons-to-hold", len(holding)),
        "missing": v.words("decision.prerequisites-missing", len(verdict.unmet_prerequisites)),
        "unknown": v.words("decision.facts-missing", len(verdict.deciding)),
    }
    return v.title(f"decision.title.{verdict.reason}", **places)


def is_need_known(v: Voice) -> bool:
    """Whether stage and need to move can both be told."""
    verdict = v.report.verdict
    return v.report.stage is not None and bool(verdict.tighten) and verdict.need is not None


def _rule(v: Voice) -> Prose:
    return [v.say("decision.rule", ["rule:verdict"])] if v.report.verdict.transition else []


def _condition(v: Voice, judged: JudgedCondition) -> Json:
    condition = judged.condition
    rule = f"condition.{condition.id}"
    outcome = OUTCOMES[judged.met]
    readings = judged.judgement.readings
    told = None if judged.met is None else v.told(condition.met if judged.met else condition.not_met, rule, judged.judgement)
    shown = "; ".join(dict.fromkeys(v.reading(reading) for reading in readings))
    trace = [f"rule:{rule}", *map(path_of, decisive(judged.judgement))]
    return {
        "id": condition.id,
        "anchor": f"c-{condition.id}",
        "name": condition.name,
        "outcome": outcome,
        "outcome_name": v.words(f"outcome.{outcome}"),
        "text": told or sentence(condition.find_out if judged.met is None else shown, trace),
        "reason": condition.reason,
        "source": shown,
        "consultant": view(v, "conditions", condition.id),
    }


def why_not_further(v: Voice) -> Prose:
    """Why nothing beyond the proposed step is proposed."""
    report = v.report
    if report.stage is None:
        return []
    if report.verdict.transition is None:
        places = {"company": v.company, "customers": report.client.company.customers, "score": v.score(report.stage.score)}
        return [v.say("why-not-further.top", ["score", "rule:verdict", "fact:company.customers"], **places)]
    rule = f"rule:transition.{report.verdict.transition.id}"
    if report.verdict.kind == "move":
        return [sentence(report.verdict.transition.why_not_further, [rule, "rule:verdict", "score"])]
    verdict = report.verdict
    conditions = {
        "stays": [c for c in verdict.stay if c.met],
        "moves": [c for c in verdict.tighten if not c.met],
        "missing": list(verdict.unmet_prerequisites),
        "deciding": list(verdict.deciding),
    }
    key = "hold-no-case" if verdict.kind == "hold" and not conditions["stays"] else verdict.kind
    return [
        v.say(
            f"why-not-further.{key}",
            [rule, "rule:verdict", "score", *[path for c in verdict.conditions for path in condition_paths(c)]],
            company=v.company,
            next=v.stage_name(report.stage.above.name) if report.stage.above else "",
            **{name: "; ".join(map(v.condition_name, found)) for name, found in conditions.items()},
        )
    ]


def _tripwire(v: Voice, wire: Tripwire) -> Json:
    condition = wire.condition.condition
    return {
        "name": condition.name,
        "text": condition.watch,
        "turns": v.words(f"tripwire.{wire.turns}"),
        "watched_by": v.words(f"owner.{condition.watched_by}"),
    }


def target(v: Voice) -> Json:
    """The way of working facet by facet: what is known of it here, and what is typical of the stage reached and of the next."""
    reading, aim = v.report.stage, target_stage(v)
    moves = aim is not None and reading is not None and aim is not reading.stage
    return {
        "title": _target_title(v, moves),
        "label": v.words("target.label"),
        "paragraphs": [told for told in (_gist(v) if moves else [], _columns(v)) if told],
        "missing": None if reading else no_stage(v),
        "now_name": reading.stage.name if reading else None,
        "next_name": aim.name if moves and aim else None,
        "rows": [
            {
                "facet": facet.name,
                "here": _here(v, facet),
                "now": reading.stage.facets.get(facet.id, ""),
                "next": aim.facets.get(facet.id, "") if moves and aim else None,
            }
            for facet in v.report.playbook.facets
            if reading
        ],
    }


def _gist(v: Voice) -> Prose:
    transition = v.report.verdict.transition
    return [sentence(transition.gist, [f"rule:transition.{transition.id}", "rule:verdict", "score"])] if transition else []


def _columns(v: Voice) -> Prose:
    if not v.report.stage or not v.report.playbook.facets:
        return []
    return [v.say("target.columns", ["score"], company=v.company, column=v.words("page.here_now"))]


def _here(v: Voice, facet: Facet) -> Json:
    """What is known of a facet at this client; where nothing is, that it is not."""
    rule = f"facet.{facet.id}"
    found = v.fill(facet.here, rule) or v.say("target.not-known", [*_asked(v, facet), f"rule:{rule}"])
    return sentence(found["text"], ["score", *found["trace"]])


def _asked(v: Voice, facet: Facet) -> list[str]:
    """The paths of everything that could have been told of a facet."""
    return [path for template in facet.here for place in PLACE.findall(template) for path in v.paths(place)]


def _target_title(v: Voice, moves: bool) -> str:
    reading = v.report.stage
    if reading is None:
        return v.title("target.title.none")
    above = v.stage_name(reading.above.name) if reading.above else ""
    key = "move" if moves else "stay"
    if v.report.verdict.kind == "prerequisites-first":
        key = "later"
    return v.title(f"target.title.{key}", stage=v.stage_name(reading.stage.name), next=above, company=v.company)
