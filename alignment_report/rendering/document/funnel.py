"""The buyer's steps: who owns each of them today and at the target, and how many go on."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from alignment_report.model.playbook import BuyerStep, Stage
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised


def funnel(v: Voice) -> Json:
    """Who owns each of the buyer's steps today, and how many go on."""
    owners = v.report.client.ownership
    steps = sorted(v.report.playbook.buyer_steps, key=lambda step: step.number)
    return {
        "title": _funnel_title(v),
        "label": v.words("funnel.label"),
        "paragraphs": [[*_leak(v), *_beside_counts(v)]],
        "missing": None if owners else [v.say("missing.ownership", ["fact:ownership"])],
        "exhibit": "ownership",
        "has_target": v.report.stage is not None and target_stage(v) is not v.report.stage.stage,
        "steps": [
            {
                "number": step.number,
                "name": step.name,
                "about": step.about,
                "now": v.words(f"step-owner.{owners[step.id]}") if step.id in owners else v.words("unknown"),
                "at_stage": _owner_at(v, step, v.report.stage.stage if v.report.stage else None) or "–",
                "target": _owner_at(v, step, target_stage(v)) or "–",
            }
            for step in steps
        ],
        "conversion": _conversion(v),
        "sales_steps": [{"name": s.name, "marketing": s.marketing} for s in v.report.playbook.sales_steps if _is_due(v, s.stages)],
    }


def target_stage(v: Voice) -> Stage | None:
    """The stage the plan works towards: the next one for a move, the same one otherwise."""
    reading = v.report.stage
    if reading is None:
        return None
    return reading.above if v.report.verdict.kind in ("move", "prerequisites-first") and reading.above else reading.stage


def working_stage(v: Voice) -> Stage | None:
    """The stage whose rules the plan sets up: while only the ground is prepared for the next one, that is the present one."""
    return v.report.stage.stage if v.report.stage and v.report.verdict.kind == "prerequisites-first" else target_stage(v)


def _is_due(v: Voice, stages: Sequence[str]) -> bool:
    target = target_stage(v)
    return target is not None and target.id in stages


def _owner_at(v: Voice, step: BuyerStep, stage: Stage | None) -> str | None:
    owner = step.owners.get(stage.id) if stage else None
    return v.words(f"step-owner.{owner}") if owner else None


def _funnel_title(v: Voice) -> str:
    owners = v.report.client.ownership
    names = {step.id: v.within(step.name) for step in v.report.playbook.buyer_steps}
    unclear = [names[id] for id in names if owners.get(id) == "unclear"]
    shared = [names[id] for id in names if owners.get(id) == "shared"]
    if not owners:
        return v.title("funnel.title.unknown")
    if unclear:
        return v.title("funnel.title.unclear", steps=v.numbers.joined(unclear), company=v.company)
    if shared:
        return v.title("funnel.title.shared", len(shared), steps=v.numbers.joined(shared), company=v.company)
    return v.title("funnel.title.split", company=v.company)


def _conversion(v: Voice) -> list[Json]:
    """Counts along the funnel with the share that goes on to the next step that is known."""
    order = [m for id in v.report.playbook.funnel_order for m in v.report.playbook.measures if m.id == id]
    known = [(m, value) for m in order if (value := v.report.known.measures[m.id]) is not None]
    rows = []
    for place, (measure, count) in enumerate(known):
        following = known[place + 1][1] if place + 1 < len(known) else None
        share = following / count if following is not None and count else None
        rows.append(
            {
                "name": capitalised(measure.name),
                "count": v.numbers.number(count),
                "share": v.numbers.percent(share) if share is not None else None,
                "lost": v.numbers.number(count - following) if following is not None else None,
            }
        )
    return rows


def _beside_counts(v: Voice) -> Prose:
    """How the counts stand to a share that counts otherwise; nothing where that is not known."""
    told = v.fill(v.report.playbook.funnel_note, "funnel")
    return [told] if told else []


def _leak(v: Voice) -> Prose:
    """The step at which the largest share is lost, if counts are known."""
    order = [id for id in v.report.playbook.funnel_order if v.report.known.measures.get(id)]
    pairs = [(a, b, (v.report.known.measures[b] or 0) / (v.report.known.measures[a] or Fraction(1))) for a, b in pairwise(order)]
    if not pairs:
        return [v.say("funnel.no-counts", [f"measure:{id}" for id in v.report.playbook.funnel_order])]
    names = {m.id: m.name for m in v.report.playbook.measures}
    first, second, share = min(pairs, key=lambda pair: pair[2])
    return [
        v.say(
            "funnel.leak" if len(pairs) > 1 else "funnel.goes-on",
            [f"measure:{id}" for id in order],
            first=v.numbers.number(v.report.known.measures[first] or Fraction(0)),
            first_name=v.within(names[first]),
            second=v.numbers.number(v.report.known.measures[second] or Fraction(0)),
            second_name=v.within(names[second]),
            share=v.numbers.percent(Fraction(share)),
        )
    ]
