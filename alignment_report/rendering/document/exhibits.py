"""The exhibits of a document: title, text alternative, table, and the plain data each is drawn from.

Marks are placed by the printed numbers, so that a chart tells no more than its labels.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.disclosure import Figure as GroupFigure
from alignment_report.analysis.disclosure import StatementFigures
from alignment_report.analysis.planning import PlannedPlay, add_months
from alignment_report.analysis.scoring import bounds, score_range
from alignment_report.model.client import Owner
from alignment_report.rendering.document import decision as decision_section
from alignment_report.rendering.document import diagnosis, plan
from alignment_report.rendering.document.voice import Json, Voice, capitalised
from alignment_report.rendering.exhibits import (
    answers,
    dimensions,
    figures,
    friction,
    need_by_stage,
    ownership,
    perception_gap,
    priority,
    roadmap,
    stage_scale,
)
from alignment_report.rendering.exhibits.geometry import share
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.numbers import rounded


def exhibits(v: Voice, titles: Mapping[str, str]) -> Json:
    """Every exhibit whose data exist, by id, numbered in the order of the sections; it bears the finding of its section as its title."""
    made = [exhibit for section, make in EXHIBITS if (exhibit := make(v, titles[section])) is not None]
    return {exhibit["id"]: {**exhibit, "number": number} for number, exhibit in enumerate(made, start=1)}


def _exhibit(v: Voice, id: str, title: str, finding: str, table: Json, data: Mapping[str, object], **own: str) -> Json:
    """The parts that every exhibit has; the text alternative is the kind of chart, the finding and its table in short."""
    places = v.scale | own
    return {
        "id": id,
        "kind": id,
        "title": title,
        "subtitle": v.words(f"exhibit.{id}.subtitle", **places),
        "alt": v.words(f"exhibit.{id}.alt", finding=finding, **places),
        "note": v.words(f"exhibit.{id}.note", **places) if v.words.has(f"exhibit.{id}.note") else None,
        "source": v.words(f"exhibit.{id}.source", wave=v.report.wave.id),
        "table": table,
        "data": _plain({**data, "title": title, "alt": v.words(f"exhibit.{id}.alt", finding=finding, **places)}),
    }


def _plain(node: object) -> object:
    """The same in dicts and lists alone, as it comes back from a file."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list | tuple) else node


def _table(v: Voice, id: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Json:
    names = [{"name": v.words(f"exhibit.{id}.column.{c}"), "align": "start" if i == 0 else "end"} for i, c in enumerate(columns)]
    return {"columns": names, "rows": [list(row) for row in rows]}


def _placed(v: Voice, figure: GroupFigure) -> figures.Figure:
    printed = v.score_figure(figure)
    return figures.Figure(printed["value"], printed["text"])


def _interval(interval: Interval | None) -> figures.Interval | None:
    return figures.Interval(float(rounded(interval.low, 1)), float(rounded(interval.high, 1))) if interval else None


def _n(v: Voice, figure: GroupFigure) -> str:
    return v.count(figure.n) or ""


def _bands(v: Voice) -> tuple[figures.Band, ...]:
    stages = sorted(v.report.playbook.stages, key=lambda s: s.floor)
    ends = [s.floor for s in stages[1:]] + [score_range(v.report.playbook.instrument.scale)[1]]
    reached = v.report.stage.stage if v.report.stage else None
    return tuple(figures.Band(s.name, float(s.floor), float(end), s is reached) for s, end in zip(stages, ends, strict=True))


def _stage_scale(v: Voice, title: str) -> Json | None:
    reading, score = v.report.stage, v.report.published.score
    if reading is None:
        return None
    interval = None if v.report.published.whole_team else score.combined.interval
    bands = _bands(v)
    ends = [band.floor for band in bands] + [bands[-1].ceiling]
    figures_of: tuple[tuple[Role, GroupFigure], ...] = (
        ("sales", score.sales),
        ("marketing", score.marketing),
        ("leadership", score.leadership),
    )
    functions = tuple(_function_score(v, role, figure) for role, figure in figures_of if figure.value is not None)
    placed = _placed(v, score.combined)
    note = (
        v.words("exhibit.interval", low=v.numbers.decimal(interval.low), high=v.numbers.decimal(interval.high))
        if interval
        else v.words(f"exhibit.no-interval.{_no_interval(v)}")
    )
    data = stage_scale.StageScale(
        title="",
        alt="",
        bands=bands,
        edges=tuple(figures.Figure(end, v.numbers.number(Fraction(end))) for end in ends),
        score=stage_scale.Score(placed, v.words("exhibit.stage-scale.caption", n=_n(v, score.combined)), note, _interval(interval)),
        functions=functions,
    )
    rows = [[v.words("who.both"), placed.text, _n(v, score.combined), reading.stage.name]]
    for function, stage in (("sales", reading.sales), ("marketing", reading.marketing)):
        figure = getattr(score, function)
        if figure.value is not None and stage is not None:
            rows.append([v.words(f"who.{function}"), v.score(figure.value), _n(v, figure), stage.name])
    if score.leadership.value is not None:
        rows.append([v.words("who.leadership"), v.score(score.leadership.value), _n(v, score.leadership), "–"])
    table = _table(v, "stage-scale", ("who", "score", "n", "stage"), rows)
    return _exhibit(v, "stage-scale", title, _row_text(rows), table, asdict(data), n=_n(v, score.combined))


def _function_score(v: Voice, role: Role, figure: GroupFigure) -> stage_scale.FunctionScore:
    placed = _placed(v, figure)
    label = v.words("exhibit.named", name=v.words(f"who.{role}"), value=placed.text)
    interval = None if v.report.published.whole_team else _interval(figure.interval)
    return stage_scale.FunctionScore(role, label, v.words("exhibit.n", n=_n(v, figure)), placed, interval)


def _no_interval(v: Voice) -> str:
    if v.report.published.mode == "named":
        return "named"
    return "whole-team" if v.report.published.whole_team else "too-few"


def _row_text(rows: Sequence[Sequence[str]]) -> str:
    return "; ".join(" ".join(cell for cell in row[:2] if cell) for row in rows)


def _dimensions(v: Voice, title: str) -> Json | None:
    shown = [d for d in v.report.published.dimensions if d.split.combined.value is not None]
    if not shown:
        return None
    ranked = sorted(shown, key=lambda d: d.split.combined.value or Fraction(0))
    whole = v.report.published.whole_team
    data = dimensions.Dimensions(
        title="",
        alt="",
        bands=_bands(v),
        rows=tuple(
            dimensions.DimensionRow(
                d.dimension.name,
                _placed(v, d.split.combined),
                None if whole else _interval(d.split.combined.interval),
                _printed(v, d.split.sales),
                _printed(v, d.split.marketing),
            )
            for d in ranked
        ),
        all_name=v.words("exhibit.both-interval" if not whole and ranked[0].split.combined.interval else "who.both"),
        sales_name=v.words("who.sales"),
        marketing_name=v.words("who.marketing"),
        column=v.words("exhibit.dimensions.column.score"),
    )
    rows = [[d.dimension.name, *(v.score_figure(f)["text"] for f in (d.split.combined, d.split.sales, d.split.marketing))] for d in ranked]
    table = _table(v, "dimensions", ("dimension", "score", "sales", "marketing"), rows)
    return _exhibit(v, "dimensions", title, _row_text(rows), table, asdict(data), n=_n(v, v.report.published.score.combined))


def _printed(v: Voice, figure: GroupFigure) -> float | None:
    return None if figure.value is None else float(v.score_figure(figure)["value"])


def _perception_gap(v: Voice, title: str) -> Json | None:
    shown = [p.figures for p in v.report.perceived if p.view != "withheld"]
    if not shown:
        return None
    scale = v.report.playbook.instrument.scale
    lowest, highest = bounds(scale)
    data = perception_gap.PerceptionGap(
        title="",
        alt="",
        rows=tuple(
            perception_gap.GapRow(
                capitalised(f.statement.topic),
                _placed_mean(v, f.split.sales),
                _placed_mean(v, f.split.marketing),
                v.mean_figure(f.split.gap, signed=True)["text"],
                _is_clear(f),
            )
            for f in shown
        ),
        answers=tuple(figures.Figure(a, str(a)) for a in range(lowest, highest + 1)),
        lowest=scale.labels[lowest],
        highest=scale.labels[highest],
        sales_name=v.words("who.sales"),
        marketing_name=v.words("who.marketing"),
        column=v.words("exhibit.perception-gap.column.gap"),
    )
    rows = [[row.statement, row.sales.text if row.sales else "", row.marketing.text if row.marketing else "", row.gap] for row in data.rows]
    table = _table(v, "perception-gap", ("topic", "sales", "marketing", "gap"), rows)
    counts = {"sales": _n(v, v.report.published.score.sales), "marketing": _n(v, v.report.published.score.marketing)}
    return _exhibit(v, "perception-gap", title, _row_text([[r[0], r[3]] for r in rows[:3]]), table, asdict(data), **counts)


def _is_clear(statement: StatementFigures) -> bool | None:
    """Whether the interval of the difference leaves out nought; None where there is no interval."""
    interval = statement.split.gap.interval
    return None if interval is None else interval.low > 0 or interval.high < 0


def _placed_mean(v: Voice, figure: GroupFigure) -> figures.Figure:
    printed = v.mean_figure(figure)
    return figures.Figure(printed["value"], printed["text"])


def _answers(v: Voice, _: str) -> Json | None:
    scale = v.report.playbook.instrument.scale
    shown = [(f, d) for f in v.report.published.statements if (d := f.distribution) is not None]
    if not shown or len(scale.labels) != 5:
        return None
    rows = sorted((_answer_row(f, d) for f, d in shown), key=lambda row: -_net(row))
    labels = [scale.labels[a] for a in sorted(scale.labels)]
    first, second, third, fourth, fifth = (capitalised(label) for label in labels)
    data = answers.Answers("", "", tuple(rows), (first, second, third, fourth, fifth))
    table_rows = [[row.statement, *(figure.text + "%" for figure in row.shares)] for row in rows]
    table = _table(v, "answers", ("topic", "1", "2", "3", "4", "5"), table_rows)
    best, worst = rows[0].statement, rows[-1].statement
    title = v.title("exhibit.answers.title", best=best[:1].lower() + best[1:], worst=worst[:1].lower() + worst[1:])
    finding = "; ".join(f"{row.statement} {row.in_favour}" for row in (rows[0], rows[-1]))
    return _exhibit(v, "answers", title, finding, table, asdict(data), n=_n(v, v.report.published.score.combined))


def _answer_row(statement: StatementFigures, distribution: Mapping[int, Fraction]) -> answers.AnswerRow:
    exact = [distribution[answer] for answer in sorted(distribution)]
    shares = share([int(part * math.lcm(*(p.denominator for p in exact))) for part in exact])
    first, second, third, fourth, fifth = (figures.Figure(share, str(share)) for share in shares)
    topic = statement.statement.topic
    return answers.AnswerRow(
        capitalised(topic), (first, second, third, fourth, fifth), f"{shares[0] + shares[1]}%", f"{shares[3] + shares[4]}%"
    )


def _net(row: answers.AnswerRow) -> float:
    a, b, _, d, e = (float(figure.value) for figure in row.shares)
    return d + e - a - b


def _friction(v: Voice, title: str) -> Json | None:
    if not v.report.findings:
        return None
    groups = []
    rows = []
    for kind in ("economic", "cultural"):
        findings = [f for f in v.report.findings if f.source.kind == kind]
        made = []
        for finding in findings:
            speaks_for = len(finding.speaks_for) + sum(o.points == "for" for o in finding.observations)
            against = len(finding.speaks_against) + sum(o.points == "against" for o in finding.observations)
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
    data = friction.Friction(
        "", "", tuple(groups), (none, weak, moderate, strong, open_), (v.words("exhibit.for"), v.words("exhibit.against"))
    )
    table = _table(v, "friction", ("source", "kind", "strength", "for", "against"), rows)
    finding_text = "; ".join(f"{row[0]}: {row[2]}" for row in rows)
    return _exhibit(v, "friction", title, finding_text, table, asdict(data))


def _ownership(v: Voice, title: str) -> Json | None:
    owners = v.report.client.ownership
    if not owners:
        return None
    steps = sorted(v.report.playbook.buyer_steps, key=lambda s: s.number)
    aim = diagnosis.target_stage(v)
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
    data = ownership.Ownership("", "", rows, today, target)
    table_rows = [[row.name, row.today_text, row.target_text or "–"] for row in rows]
    table = _table(v, "ownership", ("step", "today", "target"), table_rows)
    return _exhibit(v, "ownership", title, _row_text(table_rows), table, asdict(data))


def _need_by_stage(v: Voice, title: str) -> Json | None:
    reading, verdict = v.report.stage, v.report.verdict
    if reading is None or not decision_section.is_need_known(v):
        return None
    met = sum(c.met is True for c in verdict.tighten)
    fields = [
        need_by_stage.Field(v.words(f"exhibit.need-by-stage.field.{f}")) for f in ("early-much", "late-much", "early-little", "late-little")
    ]
    first, second, third, fourth = fields
    position = 0.25 if not verdict.need else 0.5 + met / len(verdict.tighten) / 2 - 0.08
    data = need_by_stage.NeedByStage(
        "",
        "",
        _bands(v),
        (first, second, third, fourth),
        v.words("exhibit.need-by-stage.little"),
        v.words("exhibit.need-by-stage.much"),
        _placed(v, v.report.published.score.combined),
        position,
        v.company,
    )
    total = str(len(verdict.tighten))
    rows = [[v.company, v.score(reading.score), v.words("exhibit.need-by-stage.need", met=str(met), total=total)]]
    table = _table(v, "need-by-stage", ("client", "score", "need"), rows)
    return _exhibit(v, "need-by-stage", title, _row_text(rows) + ", " + rows[0][2], table, asdict(data), met=str(met), total=total)


OWNERS: tuple[Owner, ...] = ("sales", "marketing", "shared", "leadership")


def _priorities(v: Voice, title: str) -> Json | None:
    planned = v.report.plan.plays
    if not planned:
        return None
    data = priority.Priority(
        title="",
        alt="",
        items=tuple(priority.PriorityItem(str(p.number), p.play.name, p.play.owner, p.play.effort, p.play.impact) for p in planned),
        fields=_four(v, "exhibit.priorities.field", ("now", "plan", "fit-in", "leave")),
        little_effort=v.words("exhibit.priorities.little-effort"),
        much_effort=v.words("exhibit.priorities.much-effort"),
        small_impact=v.words("exhibit.priorities.small-impact"),
        large_impact=v.words("exhibit.priorities.large-impact"),
        names=_owner_names(v, planned),
    )
    rows = [[p.play.name, str(p.play.impact), str(p.play.effort), v.words(f"owner.{p.play.owner}")] for p in planned]
    table = _table(v, "priorities", ("play", "impact", "effort", "owner"), rows)
    quick = [lowercase(p.play.name) for p in planned if plan.is_quick(p.play)]
    finding = v.numbers.joined(quick) if quick else v.words("exhibit.priorities.none")
    return _exhibit(v, "priorities", title, finding, table, asdict(data))


def lowercase(name: str) -> str:
    return name[:1].lower() + name[1:]


def _four(v: Voice, prefix: str, keys: Sequence[str]) -> tuple[str, str, str, str]:
    first, second, third, fourth = (v.words(f"{prefix}.{key}") for key in keys)
    return first, second, third, fourth


def _owner_names(v: Voice, planned: Sequence[PlannedPlay]) -> tuple[tuple[Role, str], ...]:
    return tuple((owner, v.words(f"owner.{owner}")) for owner in OWNERS if any(p.play.owner == owner for p in planned))


def _roadmap(v: Voice, title: str) -> Json | None:
    planned = v.report.plan.plays
    if not planned:
        return None
    start = v.report.plan.start
    last = max([p.end for p in planned] + [v.report.plan.next_wave])
    data = roadmap.Roadmap(
        title="",
        alt="",
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
    table = _table(v, "roadmap", ("play", "owner", "start", "end"), rows)
    finding = v.words("exhibit.roadmap.finding", first=rows[0][0], start=rows[0][2], last=rows[-1][0], end=rows[-1][3])
    return _exhibit(v, "roadmap", title, finding, table, asdict(data))


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


EXHIBITS: tuple[tuple[str, Callable[[Voice, str], Json | None]], ...] = (
    ("stage", _stage_scale),
    ("dimensions", _dimensions),
    ("perception", _perception_gap),
    ("perception", _answers),
    ("friction", _friction),
    ("funnel", _ownership),
    ("decision", _need_by_stage),
    ("priorities", _priorities),
    ("roadmap", _roadmap),
)
