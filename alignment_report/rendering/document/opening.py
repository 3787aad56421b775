"""Cover and executive summary, and the sentences on stage, gap and verdict that other chapters use again."""

from collections.abc import Sequence
from fractions import Fraction

from alignment_report.analysis.certainty import NEARLY_SURE, Certainty
from alignment_report.analysis.decision import StageReading, Verdict
from alignment_report.analysis.planning import PlannedPlay
from alignment_report.rendering.document.consultant import judged_otherwise
from alignment_report.rendering.document.friction import quoted
from alignment_report.rendering.document.progress import changed_in_short
from alignment_report.rendering.document.reasons import because, here_sentence
from alignment_report.rendering.document.verdict import verdict_title
from alignment_report.rendering.document.voice import Json, Prose, Voice, condition_paths, sentence
from alignment_report.rendering.numbers import rounded


def cover(v: Voice) -> Json:
    """Who, what, when, for whom, and how confidential."""
    report = v.report
    engagement = report.client.engagement
    return {
        "title": v.company,
        "label": v.words("cover.label"),
        "paragraphs": [],
        "client": v.company,
        "unit": report.client.company.unit,
        "subtitle": v.words("cover.subtitle"),
        "date": v.numbers.day(report.wave.report_date),
        "wave": report.wave.id,
        "confidentiality": engagement.confidentiality,
        "consultants": engagement.consultants,
        "sponsor": engagement.sponsor,
        "control": [{"label": label, "value": value} for label, value in _control(v)],
    }


def _control(v: Voice) -> list[tuple[str, str]]:
    report = v.report
    return [
        (v.words("cover.client"), v.company),
        (v.words("cover.unit"), report.client.company.unit or v.words("cover.whole-company")),
        (v.words("cover.wave"), report.wave.id),
        (v.words("cover.date"), v.numbers.day(report.wave.report_date)),
        (v.words("cover.answers"), participation_line(v)),
        (v.words("cover.sponsor"), report.client.engagement.sponsor or v.words("not-given")),
        (v.words("cover.prepared-by"), report.client.engagement.consultants or v.words("not-given")),
        (v.words("cover.confidentiality"), report.client.engagement.confidentiality or v.words("not-given")),
    ]


def participation_line(v: Voice) -> str:
    """Who answered, in one line, or that it is withheld."""
    shown = [
        v.words(f"participation.{p.role}", n=v.count(p.answered) or "")
        for p in v.report.published.participation
        if p.answered and p.answered.at_least
    ]
    if not v.report.published.participation or all(p.answered and not p.answered.at_most for p in v.report.published.participation):
        return v.words("participation.nobody")
    counted = v.report.published.score.combined.n
    if v.report.published.mode == "named":
        return v.words("participation.two-heads")
    if not shown:
        return v.words("participation.together", n=v.count(counted) or "") if counted else v.words("withheld")
    return v.numbers.joined(shown)


def summary(v: Voice) -> Json:
    """The page that stands alone: stage, confidence, gap, verdict, five moves, the decision asked."""
    report = v.report
    stage, verdict = report.stage, report.verdict
    return {
        "title": summary_title(v),
        "label": v.words("summary.label"),
        "paragraphs": [*([[*_opening(v), *changed_in_short(v)]] if stage else []), _verdict_in_short(v), _friction_lead(v)],
        "topics": [
            {"label": v.words(f"{id}.label"), "anchor": f"s-{id}"} for id in (*(["stage"] if stage else []), "decision", "friction")
        ],
        "answer": {
            "stage": stage.stage.name if stage else v.words("no-stage"),
            "score": v.score_figure(report.published.score.combined),
            "score_scale": score_scale(v),
            "confidence": confidence(v),
            "gap": v.score_figure(report.published.score.gap, signed=True) if report.published.score.gap.value is not None else None,
            "gap_text": _gap_in_short(v),
            "verdict": verdict_title(v),
            "verdict_kind": verdict.kind,
            "override": judged_otherwise(v),
        },
        "exhibit": "stage-scale",
        "missing": no_stage(v) if stage is None else None,
        "moves": [_move(v, play) for play in report.plan.plays if play.is_headline],
        "decision": decision_asked(v),
    }


def _gap_in_short(v: Voice) -> Json:
    """The gap, and a word of warning where it may be chance."""
    told = [gap_sentence(v), *(gap_standing(v) if _may_be_chance(v) else [])]
    return sentence(" ".join(said["text"] for said in told), [path for said in told for path in said["trace"]])


def score_scale(v: Voice) -> str:
    return v.words("summary.scale", **v.scale)


def summary_title(v: Voice) -> str:
    stage, verdict = v.report.stage, v.report.verdict
    if stage is None:
        return v.title("summary.title.no-stage", company=v.company)
    above = v.stage_name(stage.above.name) if stage.above else ""
    return v.title(f"summary.title.{verdict.reason}", company=v.company, stage=v.stage_name(stage.stage.name), next=above)


def _opening(v: Voice) -> Prose:
    """Where the company stands, in its own terms."""
    report = v.report
    stage = report.stage
    if stage is None:
        return []
    places = {"company": v.company, "offering": report.client.company.offering, "customers": report.client.company.customers}
    first = v.say(
        "summary.stands-named" if report.wave.mode == "named" else "summary.stands",
        ["score", "fact:company.offering", "fact:company.customers"],
        stage=v.stage_name(stage.stage.name),
        score=v.score(stage.score),
        **places,
    )
    typical = v.say("summary.typical", [f"rule:stage.{stage.stage.id}", "score"], meaning=v.within(stage.stage.meaning))
    return [first, typical]


def _verdict_in_short(v: Voice) -> Prose:
    """The verdict and the first of the conditions that carry it; the decision table has them all."""
    return verdict_sentences(v)[:2]


def _friction_lead(v: Voice) -> Prose:
    found = [finding for finding in v.report.findings if finding.is_found][:2]
    if not found:
        return [v.say("summary.no-friction", [f"rule:friction.{f.source.id}" for f in v.report.findings], company=v.company)]
    here = v.fill(found[0].source.here, f"friction.{found[0].source.id}")
    names = quoted(v, found)
    lead = v.say("summary.friction", ["rule:friction", *[f"rule:friction.{f.source.id}" for f in found]], len(found), names=names)
    return [lead, *([sentence(here["text"], ["rule:friction", *here["trace"]])] if here else [])]


def _move(v: Voice, planned: PlannedPlay) -> Json:
    return {
        "number": planned.number,
        "name": planned.play.name,
        "owner": v.words(f"owner.{planned.play.owner}"),
        "start": v.numbers.day(planned.start),
        "why": here_sentence(v, planned) or because(v, planned)[0],
        "anchor": f"p-{planned.play.id}",
    }


def confidence(v: Voice) -> Json:
    """How firmly the stage stands: its chance and the interval, or the distance to the edge and why there is no interval."""
    stage = v.report.stage
    if stage is None:
        return v.say("confidence.no-stage", ["score"])
    interval = v.report.published.score.combined.interval
    reason = why_no_interval(v)
    if interval is None or reason:
        return v.say(f"confidence.{reason}", ["score", "rule:interval"], **_border(v, stage))
    places = {"stage": v.stage_name(stage.stage.name), "low": v.numbers.decimal(interval.low), "high": v.numbers.decimal(interval.high)}
    certainty = v.report.certainty
    if certainty is None:
        places |= {"bordering": v.stage_name(stage.bordering.name) if stage.bordering else ""}
        key = "rough" if v.report.published.score.gap.value is None else "interval"
        return v.say(f"confidence.{key}.{'bordering' if stage.bordering else 'inside'}", ["score", "rule:interval"], **places)
    places |= {"likelihood": certainty.likelihood.says, "chance": chance(v, certainty)}
    places |= {"neighbour": v.stage_name(certainty.neighbour.name) if certainty.neighbour else ""}
    trace = ["score", "rule:interval", f"rule:likelihood.{certainty.likelihood.id}"]
    return v.say("confidence.likely-bordering" if certainty.neighbour else "confidence.likely", trace, **places)


def _border(v: Voice, stage: StageReading) -> dict[str, str]:
    """The nearest edge, as places of the sentences that do without an interval."""
    distance, neighbour = _nearest(v, stage)
    return {
        "distance": v.distance(distance),
        "neighbour": v.stage_name(neighbour or ""),
        "spread": v.words.counted(v.report.published.thresholds.spread),
    }


def chance(v: Voice, certainty: Certainty) -> str:
    """The chance of the stage in whole tenths; from nineteen in twenty on not any finer."""
    return _in_tenths(v, certainty, "certainty")


def share_of_chance(v: Voice, certainty: Certainty) -> str:
    """The same as how many of so many companies."""
    return _in_tenths(v, certainty, "certainty-share")


def _in_tenths(v: Voice, certainty: Certainty, words: str) -> str:
    if certainty.chance >= NEARLY_SURE:
        return v.words(f"{words}.nearly-sure")
    return v.words(f"{words}.tenths", tenths=v.words.counted(int(rounded(certainty.chance, 1) * 10)))


def why_no_interval(v: Voice) -> str | None:
    """The reason why the score is printed without an interval; None where it has one."""
    published = v.report.published
    if published.mode == "named":
        return "named"
    if published.whole_team:
        return "whole-team"
    if published.score.combined.interval is not None:
        return None
    sizes = [figure.n.at_least if figure.n else 0 for figure in (published.score.sales, published.score.marketing)]
    return "alike" if min(sizes) >= published.thresholds.spread else "too-few"


def _nearest(v: Voice, stage: StageReading) -> tuple[Fraction, str | None]:
    """The distance to the nearest edge that parts the stage from a neighbour, and that neighbour's name."""
    if stage.edge_is_above and stage.above:
        return stage.ceiling - v.printed_score(stage.score), stage.above.name
    return v.printed_score(stage.score) - stage.stage.floor, stage.below.name if stage.below else None


def gap_sentence(v: Voice) -> Json:
    """How far apart the two functions are, or why that is not shown."""
    score, stage = v.report.published.score, v.report.stage
    if score.gap.value is None or score.sales.value is None or score.marketing.value is None or stage is None:
        return v.say("gap.withheld" if stage else "gap.no-score", ["score"])
    key = "gap.none" if not score.gap.value else "gap.marketing-higher" if score.gap.value > 0 else "gap.sales-higher"
    same = stage.sales == stage.marketing
    return v.say(
        f"{key}.same-stage" if same and score.gap.value else f"{key}.two-stages" if score.gap.value else key,
        ["score"],
        sales_who=v.words(f"rates.{v.report.wave.mode}.sales"),
        marketing_who=v.words(f"rates.{v.report.wave.mode}.marketing"),
        sales=v.score(score.sales.value),
        marketing=v.score(score.marketing.value),
        gap=v.numbers.decimal(abs(score.gap.value)),
        sales_stage=v.stage_name(stage.sales.name) if stage.sales else "",
        marketing_stage=v.stage_name(stage.marketing.name) if stage.marketing else "",
    )


def gap_standing(v: Voice) -> Prose:
    """Whether the gap may be chance; nothing where it has no interval, is none, or describes everybody."""
    gap = v.report.published.score.gap
    if not gap.value or gap.interval is None or v.report.stage is None or v.report.published.whole_team:
        return []
    ends = (gap.interval.low, gap.interval.high) if _may_be_chance(v) else sorted((abs(gap.interval.low), abs(gap.interval.high)))
    low, high = (v.numbers.decimal(end) for end in ends)
    key = "may-be-chance" if _may_be_chance(v) else "beyond-chance"
    return [v.say(f"gap-interval.{key}", ["score", "rule:interval"], low=low, high=high)]


def _may_be_chance(v: Voice) -> bool:
    interval = v.report.published.score.gap.interval
    return interval is not None and interval.low <= 0 <= interval.high


def verdict_sentences(v: Voice) -> Prose:
    """The verdict with the conditions that carry it, each in this client's terms."""
    verdict, stage = v.report.verdict, v.report.stage
    if stage is None:
        return [v.say("verdict.no-stage", ["score"], company=v.company)]
    trace = ["score", *[path for c in verdict.conditions for path in condition_paths(c)]]
    places = {
        "company": v.company,
        "stage": v.stage_name(stage.stage.name),
        "next": v.stage_name(stage.above.name) if stage.above else "",
        "offering": v.report.client.company.offering,
        "customers": v.report.client.company.customers,
        "stays": "; ".join(v.condition_name(c) for c in verdict.stay if c.met),
        "moves": "; ".join(v.condition_name(c) for c in verdict.tighten if c.met),
        "missing": "; ".join(v.condition_name(c) for c in verdict.unmet_prerequisites),
        "deciding": "; ".join(v.condition_name(c) for c in verdict.deciding),
    }
    first = v.say(f"verdict.{verdict.reason}", [*trace, "fact:company.offering", "fact:company.customers"], **places)
    return [first, *_carrying(v, verdict)]


def _carrying(v: Voice, verdict: Verdict) -> Prose:
    """The sentences of the conditions on which the verdict rests."""
    match verdict.reason:
        case "case-for-moving" | "tension-resolved-by-persistence":
            carrying = [c for c in verdict.tighten if c.met][:2]
        case "case-for-holding" | "tension-held":
            carrying = [c for c in verdict.stay if c.met][:2]
        case "prerequisites-unmet":
            carrying = list(verdict.unmet_prerequisites)[:2]
        case _:
            carrying = []
    told = [v.told(c.condition.met if c.met else c.condition.not_met, f"condition.{c.condition.id}", c.judgement) for c in carrying]
    return [sentence(text["text"], ["rule:verdict", *text["trace"]]) for text in told if text]


def _nothing_to_start(v: Voice) -> Json:
    """What is asked where nothing calls for a play: to confirm where the stage is known, else to collect what is missing."""
    if v.report.stage is None or v.report.verdict.kind not in ("hold", "sustain"):
        return v.say("decision-asked.evidence", ["score"], company=v.company)
    return v.say(
        "decision-asked.nothing-called-for",
        ["score", "rule:verdict", "fact:engagement.sponsor", "fact:engagement.start", *_asked_again(v)],
        company=v.company,
        sponsor=v.report.client.engagement.sponsor or v.words("the-sponsor"),
        start=v.numbers.day(v.report.plan.start),
        next_wave=v.numbers.day(v.report.plan.next_wave),
    )


def decision_asked(v: Voice) -> Prose:
    """What the reader is asked to decide."""
    report = v.report
    first = _first_to_start(headline_by_date(v))
    if not first:
        return [_nothing_to_start(v)]
    plays = [f"rule:play.{play.play.id}" for play in first]
    return [
        v.say(
            f"decision-asked.{report.verdict.kind}",
            ["score", "rule:verdict", "fact:engagement.sponsor", "fact:engagement.start", *_asked_again(v), *plays],
            len(first),
            company=v.company,
            sponsor=report.client.engagement.sponsor or v.words("the-sponsor"),
            first="; ".join(v.within(play.play.name) for play in first),
            start=v.numbers.day(report.plan.start),
            next_wave=v.numbers.day(report.plan.next_wave),
            next=v.stage_name(report.stage.above.name) if report.stage and report.stage.above else "",
        )
    ]


def headline_by_date(v: Voice) -> list[PlannedPlay]:
    """The headline plays by their first day, then by rank."""
    return sorted((play for play in v.report.plan.plays if play.is_headline), key=lambda play: (play.start, play.number))


def _first_to_start(headline: Sequence[PlannedPlay]) -> Sequence[PlannedPlay]:
    """All plays that start on the day of the earliest; none where there are none."""
    return [play for play in headline if play.start == headline[0].start]


def _asked_again(v: Voice) -> list[str]:
    """The date of the next wave, where the decision asked names it."""
    return ["fact:engagement.next_wave"] if v.report.verdict.kind in ("hold", "prerequisites-first", "sustain") else []


def no_stage(v: Voice) -> Prose:
    return [v.say("missing.stage", ["score"], k=str(v.report.published.thresholds.figures))]
