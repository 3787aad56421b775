"""Where the relationship stands and where the friction comes from: stage, dimensions, perception, friction, facts, the buyer's steps."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from alignment_report.analysis.counterparts import Triangulated
from alignment_report.analysis.disclosure import Split, StatementFigures
from alignment_report.analysis.friction import Finding, JudgedSign
from alignment_report.analysis.perception import CLEAR_GAP, Perceived, is_high, is_low
from alignment_report.analysis.scoring import bounds, score_range
from alignment_report.model.playbook import Stage
from alignment_report.rendering.document.opening import confidence, gap_sentence, no_stage
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised, decisive, path_of, sentence

SHOWN_TOPICS = 3


def stage(v: Voice) -> Json:
    """The bands, the one reached, each function's own reading."""
    report = v.report
    reading = report.stage
    paragraphs = [[confidence(v), gap_sentence(v), *_neutral(v)]] if reading else []
    return {
        "title": _stage_title(v),
        "label": v.words("stage.label"),
        "paragraphs": paragraphs,
        "missing": None if reading else no_stage(v),
        "bands": [_band(v, s, bool(reading and reading.stage is s)) for s in _ordered(v)],
        "readings": _readings(v),
        "interval": v.say(f"stage.{_interval_note(v)}", ["rule:interval"]),
    }


def _interval_note(v: Voice) -> str:
    if v.report.published.mode == "named":
        return "no-interval-named"
    return "interval" if v.report.published.score.combined.interval else "no-interval"


def _stage_title(v: Voice) -> str:
    reading = v.report.stage
    if reading is None:
        return v.title("stage.title.none")
    places = {"score": v.score(reading.score), "stage": v.stage_name(reading.stage.name)}
    if reading.above and reading.edge_is_above:
        distance = v.distance(reading.ceiling - reading.score)
        return v.title("stage.title.below", distance=distance, neighbour=v.stage_name(reading.above.name), **places)
    if reading.below:
        distance = v.distance(reading.over_floor)
        return v.title("stage.title.above", distance=distance, neighbour=v.stage_name(reading.below.name), **places)
    return v.title("stage.title.plain", **places)


def _ordered(v: Voice) -> list[Stage]:
    return sorted(v.report.playbook.stages, key=lambda s: s.floor)


def _band(v: Voice, band: Stage, reached: bool) -> Json:
    ordered = _ordered(v)
    place = ordered.index(band)
    is_last = place == len(ordered) - 1
    ceiling = score_range(v.report.playbook.instrument.scale)[1] if is_last else ordered[place + 1].floor
    places = {"floor": v.numbers.number(band.floor), "ceiling": v.numbers.number(ceiling)}
    return {
        "name": band.name,
        "range": v.words("stage.range-last" if is_last else "stage.range", **places),
        "meaning": band.meaning,
        "reached": reached,
    }


def _readings(v: Voice) -> list[Json]:
    score, reading = v.report.published.score, v.report.stage
    if reading is None:
        return []
    rows = [
        ("both", score.combined, reading.stage),
        ("sales", score.sales, reading.sales),
        ("marketing", score.marketing, reading.marketing),
    ]
    shown = [{"label": v.words(f"who.{who}"), "figure": v.score_figure(f), "stage": s.name if s else None} for who, f, s in rows]
    leadership = [{"label": v.words("who.leadership"), "figure": v.score_figure(score.leadership), "stage": None}]
    return shown + (leadership if score.leadership.value is not None else [])


def _neutral(v: Voice) -> Prose:
    share = v.report.published.neutral
    if share is None or v.report.wave.mode == "named":
        return []
    flagged = share >= v.report.playbook.instrument.neutral.share
    return [v.say("stage.neutral-flag" if flagged else "stage.neutral", ["rule:neutral", "score"], share=v.numbers.percent(share))]


def dimensions(v: Voice) -> Json:
    """The dimensions, weakest first, and the twenty statements."""
    shown = [d for d in v.report.published.dimensions if d.split.combined.value is not None]
    ranked = sorted(shown, key=lambda d: d.split.combined.value or Fraction(0))
    return {
        "title": v.title("dimensions.title", weakest=ranked[0].dimension.name, strongest=ranked[-1].dimension.name, company=v.company)
        if len(ranked) > 1
        else v.words("dimensions.title-none"),
        "label": v.words("dimensions.label"),
        "paragraphs": [[v.say("dimensions.grouping", ["rule:dimensions"])]] if ranked else [],
        "missing": None if ranked else no_stage(v),
        "exhibit": "dimensions",
        "statements": [statement_row(v, figures) for figures in v.report.published.statements],
        "strongest": [_rated(v, "strong", f) for f in _by_mean(v)[::-1][:SHOWN_TOPICS]],
        "weakest": [_rated(v, "weak", f) for f in _by_mean(v)[:SHOWN_TOPICS]],
    }


def _by_mean(v: Voice) -> list[StatementFigures]:
    shown = [f for f in v.report.published.statements if f.split.combined.value is not None]
    return sorted(shown, key=lambda f: (f.split.combined.value or Fraction(0), f.statement.number))


def _rated(v: Voice, end: str, figures: StatementFigures) -> Json:
    split = figures.split
    key = f"dimensions.{end}-named" if v.report.published.mode == "named" else f"dimensions.{end}"
    places = {"topic": figures.statement.topic, "mean": v.mean(split.combined.value or Fraction(0))}
    if split.sales.value is not None and split.marketing.value is not None:
        places |= {"sales": v.mean(split.sales.value), "marketing": v.mean(split.marketing.value)}
        key += "-split"
    return v.say(key, [f"statement:{figures.statement.id}", f"rule:{end}est"], **places)


def statement_row(v: Voice, figures: StatementFigures) -> Json:
    """One statement with its figures, for tables."""
    statement, split = figures.statement, figures.split
    dimension = next(d.name for d in v.report.playbook.instrument.dimensions if d.id == statement.dimension)
    return {
        "id": statement.id,
        "number": statement.number,
        "text": statement.text,
        "topic": statement.topic,
        "dimension": dimension,
        "structural": statement.structural,
        **_mean_figures(v, split),
        "heat": _heat(v, split.combined.value),
        "n": v.count(split.combined.n),
    }


def _mean_figures(v: Voice, split: Split) -> Json:
    return {
        "sales": v.mean_figure(split.sales),
        "marketing": v.mean_figure(split.marketing),
        "combined": v.mean_figure(split.combined),
        "gap": v.mean_figure(split.gap, signed=True),
    }


def _heat(v: Voice, value: Fraction | None) -> int | None:
    """Which fifth of the answer scale a mean lies in, from 0 (lowest) to 4."""
    if value is None:
        return None
    lowest, highest = bounds(v.report.playbook.instrument.scale)
    return min(4, int((value - lowest) * 5 / (highest - lowest)))


def perception(v: Voice) -> Json:
    """What both see alike and where one sees what the other does not."""
    shown = [p for p in v.report.perceived if p.view != "withheld"]
    return {
        "title": _perception_title(v, shown),
        "label": v.words("perception.label"),
        "paragraphs": [[gap_sentence(v), v.say("perception.rule", ["rule:perception"])]] if shown else [],
        "missing": None if shown else [v.say("missing.split", ["score"], k=str(v.report.published.thresholds.figures))],
        "exhibit": "perception-gap",
        "exhibit_distribution": "answers",
        "groups": [_view_group(v, view, shown) for view in VIEWS if any(p.view == view for p in shown)],
    }


VIEWS = ("marketing-rates-higher", "sales-rates-higher", "agreed-weakness", "agreed-strength", "mixed")


def _perception_title(v: Voice, shown: Sequence[Perceived]) -> str:
    if not shown:
        return v.title("perception.title.withheld")
    widest = shown[0]
    topic = widest.figures.statement.topic
    if widest.view == "marketing-rates-higher":
        return v.title("perception.title.marketing", topic=topic, who=v.words(f"rates.{v.report.wave.mode}.marketing"))
    if widest.view == "sales-rates-higher":
        return v.title("perception.title.sales", topic=topic, who=v.words(f"rates.{v.report.wave.mode}.sales"))
    return v.title("perception.title.same", company=v.company)


def _view_group(v: Voice, view: str, shown: Sequence[Perceived]) -> Json:
    chosen = [p.figures for p in shown if p.view == view]
    return {
        "view": view,
        "name": v.words(f"view.{view}"),
        "about": v.words(f"view-about.{view}"),
        "statements": [{"number": f.statement.number, "topic": f.statement.topic, **_mean_figures(v, f.split)} for f in chosen],
    }


def friction(v: Voice) -> Json:
    """Every source with its strength, the evidence on both sides and what would settle it."""
    findings = v.report.findings
    found = [finding for finding in findings if finding.is_found]
    return {
        "title": _friction_title(v, found),
        "label": v.words("friction.label"),
        "paragraphs": [[_friction_balance(v, found), v.say("friction.rule", ["rule:strength"], reason=v.report.playbook.strength.reason)]]
        if findings
        else [],
        "missing": None if findings else [v.say("missing.frictions", [])],
        "exhibit": "friction",
        "findings": [_finding(v, finding) for finding in findings if is_full(finding)],
        "others": [_other(v, finding) for finding in findings if not is_full(finding)],
    }


def is_full(finding: Finding) -> bool:
    """Whether a finding gets a card of its own; weak ones and those not found share a table."""
    return finding.strength in ("strong", "moderate")


def _friction_title(v: Voice, found: Sequence[Finding]) -> str:
    if not found:
        return v.title("friction.title.none", company=v.company)
    strongest = [f for f in found if f.strength == found[0].strength]
    names = v.numbers.joined([f.source.name for f in strongest[:3]])
    return v.title(f"friction.title.{found[0].strength}", len(strongest), names=names)


def _friction_balance(v: Voice, found: Sequence[Finding]) -> Json:
    """How economic and cultural sources compare."""
    economic = sum(f.source.kind == "economic" for f in found)
    cultural = len(found) - economic
    key = "even" if economic == cultural else "economic" if economic > cultural else "cultural"
    trace = [f"rule:friction.{f.source.id}" for f in v.report.findings]
    numbers = {"economic": v.words.counted(economic), "cultural": v.words.counted(cultural)}
    return v.say(f"friction.balance.{key if found else 'none'}", trace, company=v.company, **numbers)


def _finding(v: Voice, finding: Finding) -> Json:
    source = finding.source
    return {
        "id": source.id,
        "anchor": f"f-{source.id}",
        "kind": source.kind,
        "kind_name": v.words(f"kind.{source.kind}"),
        "name": source.name,
        "strength": finding.strength,
        "strength_name": v.words(f"strength.{finding.strength}"),
        "title": _finding_title(v, finding),
        "paragraph": finding_paragraph(v, finding),
        "sales": source.sales,
        "marketing": source.marketing,
        "for": [_evidence(v, sign, source.id) for sign in finding.speaks_for] + _observed(v, finding, "for"),
        "against": [_evidence(v, sign, source.id) for sign in finding.speaks_against] + _observed(v, finding, "against"),
        "open": _different([_open(v, sign) for sign in finding.unknown]),
        "probes": list(source.probes),
        "eased_by": [
            {"name": planned.play.name, "anchor": f"p-{planned.play.id}"}
            for planned in v.report.plan.plays
            if finding in planned.chosen.frictions
        ],
        "evidence": [{"id": r.id, "text": r.finding} for id in source.evidence for r in v.report.playbook.references if r.id == id],
    }


def _finding_title(v: Voice, finding: Finding) -> str:
    name = finding.source.name
    return v.title(f"friction.finding-title.{finding.strength}", name=capitalised(name))


def finding_paragraph(v: Voice, finding: Finding) -> Prose:
    """What it comes to at this client."""
    here = v.fill(finding.source.here, f"friction.{finding.source.id}")
    return [here] if here else []


def _clauses(v: Voice, signs: Sequence[JudgedSign], rule: str) -> Prose:
    told = [v.told(sign.sign.says, f"{rule}.{sign.sign.id}", sign.judgement) for sign in signs]
    return [clause for clause in told if clause]


def _evidence(v: Voice, sign: JudgedSign, source: str) -> Json:
    told = v.told(sign.sign.says, f"friction.{source}.{sign.sign.id}", sign.judgement)
    readings = "; ".join(dict.fromkeys(v.reading(reading) for reading in sign.judgement.readings if reading.holds))
    text = told or sentence(readings, map(path_of, decisive(sign.judgement)))
    seen = _seen_by_each(v, sign)
    text = sentence(text["text"] + seen, text["trace"])
    return {"source": readings, **sentence(capitalised(text["text"]), [*text["trace"], f"rule:friction.{source}"])}


def _seen_by_each(v: Voice, sign: JudgedSign) -> str:
    """How the two functions differ on the one mean that a sign reads; nothing where it reads another thing or they are not shown apart."""
    bounds = {(r.bound.subject, r.bound.id, r.bound.function) for r in sign.judgement.readings}
    if len(bounds) > 1 or sign.judgement.readings[0].bound.subject != "statement" or sign.judgement.readings[0].bound.function:
        return ""
    split = v.report.known.statements[sign.judgement.readings[0].bound.id]
    sales, marketing = split.sales.value, split.marketing.value
    if sales is None or marketing is None:
        return ""
    return v.words(f"seen.{_difference(sales, marketing)}", sales=v.mean(sales), marketing=v.mean(marketing))


NEAR = Fraction(1, 4)
"""Means closer than a quarter of a step are said to be nearly the same. Our convention."""


def _difference(sales: Fraction, marketing: Fraction) -> str:
    if abs(marketing - sales) < NEAR:
        return "alike" if sales == marketing else "nearly-alike"
    lower = "sales-lower" if sales < marketing else "marketing-lower"
    return f"{lower}-by-far" if abs(marketing - sales) >= CLEAR_GAP else lower


def _observed(v: Voice, finding: Finding, points: str) -> list[Json]:
    return [
        {
            "text": observation.says,
            "source": v.words(f"source.{observation.source}", date=v.numbers.day(observation.date)),
            "trace": [f"observation:{observation.id}", f"rule:friction.{finding.source.id}"],
        }
        for observation in finding.observations
        if observation.points == points
    ]


def _different(rows: Sequence[Json]) -> list[Json]:
    """Each row once: two signs may lack the same thing."""
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _open(v: Voice, sign: JudgedSign) -> Json:
    unknown = [reading for reading in sign.judgement.readings if reading.holds is None]
    return {"text": v.numbers.joined(list(dict.fromkeys(v.name_of(r.bound) for r in unknown))), "source": v.words("unknown")}


def _other(v: Voice, finding: Finding) -> Json:
    here = finding_paragraph(v, finding) if finding.is_found else []
    return {
        "id": finding.source.id,
        "anchor": f"f-{finding.source.id}",
        "name": capitalised(finding.source.name),
        "kind_name": v.words(f"kind.{finding.source.kind}"),
        "strength_name": v.words(f"strength.{finding.strength}"),
        "text": here[0] if here else _not_found(v, finding),
    }


def _not_found(v: Voice, finding: Finding) -> Json:
    """Why it is not counted as a source: what speaks against it, or what is unknown."""
    key = f"friction.other.{finding.strength}"
    against = _clauses(v, finding.speaks_against, f"friction.{finding.source.id}")
    if finding.strength == "none" and against:
        key += "-against"
    clauses = "; ".join(clause["text"] for clause in against)
    trace = [f"rule:friction.{finding.source.id}", *[path for clause in against for path in clause["trace"]]]
    return v.say(key, trace, len(finding.unknown), clauses=clauses, probe=finding.source.probes[0] if finding.source.probes else "")


def triangulation(v: Voice) -> Json:
    """Opinions held beside hard figures."""
    rows = v.report.triangulated
    tallies = {match: sum(t.match == match for t in rows) for match in ("agrees", "contradicts", "neither", "no-data")}
    known = tallies["agrees"] + tallies["contradicts"] + tallies["neither"]
    contradicted = [t.statement.topic for t in rows if t.match == "contradicts"]
    key = "none" if not known else "contradicted" if contradicted else "borne-out" if tallies["agrees"] else "unclear"
    title = v.title(f"triangulation.title.{key}", len(contradicted) or tallies["agrees"] or known, topics=v.numbers.joined(contradicted))
    return {
        "title": title,
        "label": v.words("triangulation.label"),
        "paragraphs": [[v.say("triangulation.rule", ["rule:triangulation"])]],
        "missing": None if rows else [v.say("missing.counterparts", [])],
        "rows": [_pair(v, pair) for pair in rows],
    }


def _pair(v: Voice, pair: Triangulated) -> Json:
    counterpart = pair.counterpart
    readings = pair.high.readings + pair.low.readings
    trace = [f"statement:{pair.statement.id}", *map(path_of, [*decisive(pair.high), *decisive(pair.low)])]
    hard = v.told(counterpart.shows, f"counterpart.{counterpart.id}", pair.high, pair.low) if pair.match != "no-data" else None
    name = capitalised(counterpart.against)
    note = (
        sentence(counterpart.find_out, trace)
        if pair.match == "no-data" and all(r.value is None for r in readings)
        else v.say(f"triangulation.note.{_told_apart(v, pair)}", trace, topic=pair.statement.topic, hard=counterpart.against)
    )
    return {
        "topic": pair.statement.topic,
        "opinion": v.mean_figure(pair.opinion),
        "hard": sentence(capitalised(hard["text"]), hard["trace"]) if hard else sentence(name, trace),
        "match": pair.match,
        "match_name": v.words(f"match.{pair.match}"),
        "note": note,
    }


def _told_apart(v: Voice, pair: Triangulated) -> str:
    """The outcome of a pair, and where it is not clear which of the two is not."""
    if pair.match != "neither" or pair.opinion.value is None:
        return pair.match
    scale = v.report.playbook.instrument.scale
    says = is_high(pair.opinion.value, scale) or is_low(pair.opinion.value, scale)
    shows = pair.high.met or pair.low.met
    return "neither-figure" if says else "neither-opinion" if shows else "neither"


def funnel(v: Voice) -> Json:
    """Who owns each of the buyer's steps today, and how many go on."""
    owners = v.report.client.ownership
    steps = sorted(v.report.playbook.buyer_steps, key=lambda step: step.number)
    return {
        "title": _funnel_title(v),
        "label": v.words("funnel.label"),
        "paragraphs": [p for p in [_leak(v)] if p],
        "missing": None if owners else [v.say("missing.ownership", ["fact:ownership"])],
        "exhibit": "ownership",
        "steps": [
            {
                "number": step.number,
                "name": step.name,
                "about": step.about,
                "now": v.words(f"step-owner.{owners[step.id]}") if step.id in owners else v.words("unknown"),
                "at_stage": _owner_at(v, step.owners, target=False),
                "target": _owner_at(v, step.owners, target=True),
            }
            for step in steps
        ],
        "conversion": conversion(v),
        "sales_steps": [{"name": s.name, "marketing": s.marketing} for s in v.report.playbook.sales_steps if _is_due(v, s.stages)],
    }


def target_stage(v: Voice) -> Stage | None:
    """The stage the plan works towards: the next one for a move, the same one otherwise."""
    reading = v.report.stage
    if reading is None:
        return None
    return reading.above if v.report.verdict.kind in ("move", "prerequisites-first") and reading.above else reading.stage


def _is_due(v: Voice, stages: Sequence[str]) -> bool:
    target = target_stage(v)
    return target is not None and target.id in stages


def _owner_at(v: Voice, owners: object, *, target: bool) -> str | None:
    chosen = target_stage(v) if target else v.report.stage.stage if v.report.stage else None
    owner = owners.get(chosen.id) if chosen and isinstance(owners, dict) else None
    return v.words(f"step-owner.{owner}") if owner else None


def _funnel_title(v: Voice) -> str:
    owners = v.report.client.ownership
    names = {step.id: step.name.lower() for step in v.report.playbook.buyer_steps}
    unclear = [names[id] for id in names if owners.get(id) == "unclear"]
    shared = [names[id] for id in names if owners.get(id) == "shared"]
    if not owners:
        return v.title("funnel.title.unknown")
    if unclear:
        return v.title("funnel.title.unclear", steps=v.numbers.joined(unclear), company=v.company)
    if shared:
        return v.title("funnel.title.shared", len(shared), steps=v.numbers.joined(shared), company=v.company)
    return v.title("funnel.title.split", company=v.company)


def conversion(v: Voice) -> list[Json]:
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
            "funnel.leak",
            [f"measure:{id}" for id in order],
            first=v.numbers.number(v.report.known.measures[first] or Fraction(0)),
            first_name=v.within(names[first]),
            second=v.numbers.number(v.report.known.measures[second] or Fraction(0)),
            second_name=v.within(names[second]),
            share=v.numbers.percent(Fraction(share)),
        )
    ]
