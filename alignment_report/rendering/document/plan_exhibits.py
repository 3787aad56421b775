"""Exhibits of what follows: friction, who owns the buyer's steps, need by stage, priorities, the roadmap."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from alignment_report.analysis.planning import PlannedPlay, add_months
from alignment_report.model.client import Owner
from alignment_report.rendering.document.decision import is_need_known
from alignment_report.rendering.document.exhibit_parts import bands, exhibit, placed, row_text, table_of
from alignment_report.rendering.document.funnel import target_stage
from alignment_report.rendering.document.plan import LARGE_IMPACT, LITTLE_EFFORT, is_quick
from alignment_report.rendering.document.voice import Json, Voice, capitalised
from alignment_report.rendering.exhibits import friction, need_by_stage, ownership, priority, roadmap
from alignment_report.rendering.exhibits.theme import Role


def friction_exhibit(v: Voice, title: str) -> Json | None:
    """Every friction source by its strength, with the weight of the evidence on both sides; None where the playbook has none."""
    if not v.report.findings:
        return None
    groups = []
    rows = []
    for kind in ("economic", "cultural"):
        findings = [f for f in v.report.findings if f.source.kind == kind]
        made = []
        for finding in findings:
            speaks_for = sum(s.sign.weight for s in finding.speaks_for) + sum(o.points == "for" for o in finding.observations)
            against = sum(s.sign.weight for s in finding.speaks_against) + sum(o.points == "against" for o in finding.observations)
            name = capitalised(finding.source.name)
            made.append(
                friction.FrictionRow(
                    name,
                    finding.strength,
                    friction.Evidence(speaks_for, str(speaks_for)),
                    friction.Evidence(against, str(against)),
                )
            )
            rows.append([name, v.words(f"kind.{kind}"), v.words(f"strength.{finding.strength}"), str(speaks_for), str(against)])
        if made:
            groups.append(friction.FrictionGroup(v.words(f"kind.{kind}"), tuple(made)))
    none, weak, moderate, strong, open_ = (
        v.words(f"strength-column.{s}") for s in ("none", "weak", "moderate", "strong", "not-assessable")
    )
    data = friction.Friction(tuple(groups), (none, weak, moderate, strong, open_), (v.words("exhibit.for"), v.words("exhibit.against")))
    table = table_of(v, "friction", ("source", "kind", "strength", "for", "against"), rows)
    finding_text = "; ".join(f"{row[0]}: {row[2]}" for row in rows)
    return exhibit(v, "friction", title, finding_text, table, asdict(data))


def ownership_exhibit(v: Voice, title: str) -> Json | None:
    """The owner of each of the buyer's steps today and at the target; None where nobody told."""
    owners = v.report.client.ownership
    if not owners:
        return None
    steps = sorted(v.report.playbook.buyer_steps, key=lambda s: s.number)
    aim = target_stage(v)
    rows = tuple(
        ownership.OwnershipRow(
            step.name,
            owners[step.id],
            v.words(f"step-owner.{owners[step.id]}"),
            step.owners.get(aim.id) if aim else None,
            v.words(f"step-owner.{step.owners[aim.id]}") if aim and aim.id in step.owners else "",
        )
        for step in steps
        if step.id in owners
    )
    today = v.words("exhibit.ownership.column.today")
    target = v.words("exhibit.ownership.target", stage=v.stage_name(aim.name)) if aim else ""
    data = ownership.Ownership(rows, today, target)
    table_rows = [[row.name, row.today_text, row.target_text or "–"] for row in rows]
    table = table_of(v, "ownership", ("step", "today", "target"), table_rows)
    return exhibit(v, "ownership", title, row_text(table_rows), table, asdict(data))


_LEAST_NEED, _MOST_NEED = 0.1, 0.4
"""Where in its half of the chart a marker stands with none and with all of the reasons to move met."""


def need_by_stage_exhibit(v: Voice, title: str) -> Json | None:
    """Stage beside need to move; None where either cannot be told. The verdict decides the half, the reasons met the place in it."""
    reading, verdict = v.report.stage, v.report.verdict
    if reading is None or not is_need_known(v):
        return None
    met = sum(c.met is True for c in verdict.tighten)
    half = 0.5 if verdict.kind in ("move", "prerequisites-first") else 0.0
    first, second, third, fourth = (
        v.words(f"exhibit.need-by-stage.field.{field}") for field in ("early-much", "late-much", "early-little", "late-little")
    )
    data = need_by_stage.NeedByStage(
        bands(v),
        (first, second, third, fourth),
        v.words("exhibit.need-by-stage.little"),
        v.words("exhibit.need-by-stage.much"),
        placed(v, v.report.published.score.combined),
        half + _LEAST_NEED + (_MOST_NEED - _LEAST_NEED) * met / len(verdict.tighten),
        v.company,
    )
    total = str(len(verdict.tighten))
    rows = [[v.company, v.score(reading.score), v.words("exhibit.need-by-stage.need", met=str(met), total=total)]]
    table = table_of(v, "need-by-stage", ("client", "score", "need"), rows)
    return exhibit(v, "need-by-stage", title, row_text(rows) + ", " + rows[0][2], table, asdict(data), met=str(met), total=total)


OWNERS: tuple[Owner, ...] = ("sales", "marketing", "shared", "leadership")


def priorities_exhibit(v: Voice, title: str) -> Json | None:
    """Every play by effort and impact; None without plays."""
    planned = v.report.plan.plays
    if not planned:
        return None
    data = priority.Priority(
        items=tuple(priority.PriorityItem(p.play.name, p.play.owner, p.play.effort, p.play.impact) for p in planned),
        fields=_four(v, "exhibit.priorities.field", ("now", "plan", "fit-in", "leave")),
        little_effort=v.words("exhibit.priorities.little-effort"),
        much_effort=v.words("exhibit.priorities.much-effort"),
        small_impact=v.words("exhibit.priorities.small-impact"),
        large_impact=v.words("exhibit.priorities.large-impact"),
        names=_owner_names(v, planned),
        little=LITTLE_EFFORT,
        large=LARGE_IMPACT,
    )
    rows = [[p.play.name, str(p.play.impact), str(p.play.effort), v.words(f"owner.{p.play.owner}")] for p in planned]
    table = table_of(v, "priorities", ("play", "impact", "effort", "owner"), rows)
    quick = [v.within(p.play.name) for p in planned if is_quick(p.play)]
    finding = v.numbers.joined(quick) if quick else v.words("exhibit.priorities.none")
    return exhibit(v, "priorities", title, finding, table, asdict(data))


def _four(v: Voice, prefix: str, keys: Sequence[str]) -> tuple[str, str, str, str]:
    first, second, third, fourth = (v.words(f"{prefix}.{key}") for key in keys)
    return first, second, third, fourth


def _owner_names(v: Voice, planned: Sequence[PlannedPlay]) -> tuple[tuple[Role, str], ...]:
    return tuple((owner, v.words(f"owner.{owner}")) for owner in OWNERS if any(p.play.owner == owner for p in planned))


def roadmap_exhibit(v: Voice, title: str) -> Json | None:
    """Every play in time, in its owner's lane; None without plays."""
    planned = v.report.plan.plays
    if not planned:
        return None
    start = v.report.plan.start
    last = max([p.end for p in planned] + [v.report.plan.next_wave])
    data = roadmap.Roadmap(
        quarters=_quarters(v, start, last),
        lanes=tuple(
            roadmap.Lane(v.words(f"owner.{owner}"), tuple(_bar(v, p) for p in bars))
            for owner in OWNERS
            if (bars := sorted((p for p in planned if p.play.owner == owner), key=lambda p: (p.start, p.number)))
        ),
        names=_owner_names(v, planned),
        milestones=tuple(roadmap.Milestone((day - start).days, text) for day, text in _milestones(v)),
        arrow=v.words("exhibit.roadmap.arrow"),
    )
    ordered = sorted(planned, key=lambda p: (p.start, p.number))
    rows = [[p.play.name, v.words(f"owner.{p.play.owner}"), v.numbers.day(p.start), v.numbers.day(p.end)] for p in ordered]
    table = table_of(v, "roadmap", ("play", "owner", "start", "end"), rows)
    finding = v.words("exhibit.roadmap.finding", first=rows[0][0], start=rows[0][2], last=rows[-1][0], end=rows[-1][3])
    return exhibit(v, "roadmap", title, finding, table, asdict(data))


def _milestones(v: Voice) -> list[tuple[date, str]]:
    return [(v.report.plan.start + timedelta(90), v.words("milestone.ninety")), (v.report.plan.next_wave, v.words("milestone.wave"))]


def _bar(v: Voice, planned: PlannedPlay) -> roadmap.Bar:
    start = v.report.plan.start
    return roadmap.Bar(
        id=planned.play.id,
        label=planned.play.name,
        role=planned.play.owner,
        letter=v.words(f"owner-letter.{planned.play.owner}"),
        start=(planned.start - start).days,
        end=(planned.end - start).days + 1,
        after=tuple(play.id for play in planned.after),
    )


def _quarters(v: Voice, start: date, last: date) -> tuple[roadmap.Quarter, ...]:
    quarters = []
    number = 0
    while True:
        first, following = add_months(start, 3 * number), add_months(start, 3 * (number + 1))
        quarters.append(
            roadmap.Quarter(v.words("exhibit.roadmap.quarter", number=str(number + 1)), (first - start).days, (following - start).days)
        )
        if following > last:
            return tuple(quarters)
        number += 1
