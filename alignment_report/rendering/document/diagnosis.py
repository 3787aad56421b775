"""Where the relationship stands, as those who answered see it: stage, dimensions, perception."""

from collections.abc import Sequence
from fractions import Fraction

from alignment_report.analysis.perception import Perceived
from alignment_report.analysis.published import DimensionFigures, Split, StatementFigures
from alignment_report.analysis.scoring import bounds, score_range
from alignment_report.model.playbook import Stage
from alignment_report.rendering.document.comments import comments
from alignment_report.rendering.document.opening import confidence, gap_sentence, no_stage
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised

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
        "interval": v.say(f"stage.{_interval_note(v)}", ["rule:interval"], spread=v.words.counted(v.report.published.thresholds.spread)),
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
        "title": _dimensions_title(v, ranked),
        "label": v.words("dimensions.label"),
        "paragraphs": [[v.say("dimensions.grouping", ["rule:dimensions"])]] if ranked else [],
        "missing": None if ranked else no_stage(v),
        "exhibit": "dimensions",
        "statements": [statement_row(v, figures) for figures in v.report.published.statements],
        "strongest": [_rated(v, "strong", f) for f in _by_mean(v)[::-1] if _is_praised(v, f)][:SHOWN_TOPICS],
        "weakest": [_rated(v, "weak", f) for f in _by_mean(v) if (f.split.combined.value or 0) < _middle(v)][:SHOWN_TOPICS],
    }


def _dimensions_title(v: Voice, ranked: Sequence[DimensionFigures]) -> str:
    if len(ranked) < 2:
        return v.words("dimensions.title-none")
    weakest, strongest = ranked[0], ranked[-1]
    if weakest.split.combined.value == strongest.split.combined.value:
        return v.title("dimensions.title-even", company=v.company)
    ends = {
        name: v.numbers.joined([d.dimension.name for d in ranked if d.split.combined.value == end.split.combined.value])
        for name, end in (("weakest", weakest), ("strongest", strongest))
    }
    return v.title("dimensions.title", company=v.company, **ends)


def _by_mean(v: Voice) -> list[StatementFigures]:
    shown = [f for f in v.report.published.statements if f.split.combined.value is not None]
    return sorted(shown, key=lambda f: (f.split.combined.value or Fraction(0), f.statement.number))


def _disputed(v: Voice) -> set[str]:
    """Statements on which the two functions are far apart or a figure speaks against the answers: nothing to praise yet."""
    apart = {p.figures.statement.id for p in v.report.perceived if p.view in ("marketing-rates-higher", "sales-rates-higher")}
    return apart | {t.statement.id for t in v.report.triangulated if t.match == "contradicts"}


def _is_praised(v: Voice, figures: StatementFigures) -> bool:
    return (figures.split.combined.value or 0) > _middle(v) and figures.statement.id not in _disputed(v)


def _middle(v: Voice) -> Fraction:
    """The middle of the answer scale."""
    return Fraction(sum(bounds(v.report.playbook.instrument.scale)), 2)


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
        "topic": capitalised(statement.topic),
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
        "quotes": comments(v),
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
        "statements": [
            {"number": f.statement.number, "topic": capitalised(f.statement.topic), **_mean_figures(v, f.split)} for f in chosen
        ],
    }
