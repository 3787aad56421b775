"""Where the relationship stands, as those who answered see it: stage, dimensions, perception."""

from collections.abc import Sequence
from fractions import Fraction

from alignment_report.analysis.certainty import NEARLY_SURE
from alignment_report.analysis.exact import printed
from alignment_report.analysis.perception import Perceived
from alignment_report.analysis.published import MOST_NEUTRAL, DimensionFigures, Split, StatementFigures
from alignment_report.analysis.scoring import bounds, score_range
from alignment_report.model.playbook import Stage
from alignment_report.rendering.document.comments import comments
from alignment_report.rendering.document.consultant import view
from alignment_report.rendering.document.opening import (
    chance,
    confidence,
    gap_sentence,
    gap_standing,
    no_stage,
    share_of_chance,
    why_no_interval,
)
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised
from alignment_report.rendering.numbers import rounded

SHOWN_TOPICS = 3


def stage(v: Voice) -> Json:
    """The bands, the one reached, each function's own reading."""
    report = v.report
    reading = report.stage
    paragraphs = [[confidence(v), *_one_person(v), gap_sentence(v), *gap_standing(v), *_levels(v), *_neutral(v)]] if reading else []
    return {
        "title": _stage_title(v),
        "label": v.words("stage.label"),
        "paragraphs": paragraphs,
        "missing": None if reading else no_stage(v),
        "bands": [_band(v, s, bool(reading and reading.stage is s)) for s in _ordered(v)],
        "readings": _readings(v),
        "interval": _about_interval(v),
        "certainty": _certainty(v),
        "hangs_on_one": report.published.hangs_on_one,
    }


def _about_interval(v: Voice) -> Json:
    """What the interval and the chance of the stage mean, or why there is none."""
    places = {"spread": v.words.counted(v.report.published.thresholds.spread)}
    if v.report.certainty and v.report.stage:
        places |= {"share": share_of_chance(v, v.report.certainty), "stage": v.stage_name(v.report.stage.stage.name)}
    return v.say(f"stage.{_interval_note(v)}", ["rule:interval"], **places)


def _interval_note(v: Voice) -> str:
    published = v.report.published
    if published.mode == "named":
        return "no-interval-named"
    if published.whole_team:
        return "no-interval-whole-team"
    if published.score.combined.interval is None:
        return "no-interval-alike" if why_no_interval(v) == "alike" else "no-interval"
    if published.score.gap.value is None:
        return "interval-rough"
    return "interval-and-chance" if v.report.certainty else "interval"


def _certainty(v: Voice) -> Json | None:
    """The chance of the stage from 0 to 1, rounded as it is told, what it is called and the stage it borders on; None where no chance is told."""
    certainty = v.report.certainty
    if certainty is None:
        return None
    value = rounded(NEARLY_SURE, 2) if certainty.chance >= NEARLY_SURE else rounded(certainty.chance, 1)
    return {
        "chance": float(value),
        "told": chance(v, certainty),
        "likelihood": certainty.likelihood.says,
        "neighbour": certainty.neighbour.name if certainty.neighbour else None,
    }


def _one_person(v: Voice) -> Prose:
    """Whether the stage hangs on one person; nothing where that may not be told."""
    published, reading = v.report.published, v.report.stage
    if published.hangs_on_one is None or reading is None:
        return []
    key = "stage.hangs-on-one" if published.hangs_on_one else "stage.hangs-on-nobody"
    stage = v.stage_name(reading.stage.name)
    return [v.say(key, ["score", "rule:one-person"], n=v.count(published.score.combined.n) or "", stage=stage)]


def _stage_title(v: Voice) -> str:
    reading = v.report.stage
    if reading is None:
        return v.title("stage.title.none")
    places = {"score": v.score(reading.score), "stage": v.stage_name(reading.stage.name)}
    certainty = v.report.certainty
    if certainty and certainty.likelihood.open and certainty.neighbour:
        return v.title("stage.title.open", neighbour=v.stage_name(certainty.neighbour.name), **places)
    if reading.above and reading.edge_is_above:
        distance = v.distance(reading.ceiling - v.printed_score(reading.score))
        return v.title("stage.title.below", distance=distance, neighbour=v.stage_name(reading.above.name), **places)
    if reading.below:
        distance = v.distance(v.printed_score(reading.score) - reading.stage.floor)
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
    levels = v.report.published.levels
    beside = [("heads", levels.heads), ("staff", levels.staff)] if levels else []
    beside += [("leadership", score.leadership)] if score.leadership.value is not None else []
    return shown + [{"label": v.words(f"who.{who}"), "figure": v.score_figure(f), "stage": None} for who, f in beside]


def _levels(v: Voice) -> Prose:
    """Whether those who lead the functions see it otherwise than those who work in them."""
    levels = v.report.published.levels
    if levels is None or levels.heads.value is None or levels.staff.value is None:
        return []
    apart = v.printed_score(levels.heads.value) - v.printed_score(levels.staff.value)
    places = {"heads": v.score(levels.heads.value), "staff": v.score(levels.staff.value)}
    if apart == 0:
        return [v.say("stage.levels.none", ["rule:levels", "levels"], heads=places["heads"])]
    key = "stage.levels.heads-higher" if apart > 0 else "stage.levels.staff-higher"
    return [v.say(key, ["rule:levels", "levels"], distance=v.distance(abs(apart)), **places)]


def _neutral(v: Voice) -> Prose:
    share = v.report.published.neutral
    if share is None or v.report.wave.mode == "named":
        return []
    flagged = share >= v.report.playbook.instrument.neutral.share
    key = "stage.neutral-most" if share >= MOST_NEUTRAL else "stage.neutral-flag" if flagged else "stage.neutral"
    return [v.say(key, ["rule:neutral", "score"], share=v.numbers.percent(share))]


def dimensions(v: Voice) -> Json:
    """The dimensions, weakest first, and the twenty statements."""
    ranked = weakest_first(v)
    return {
        "title": _dimensions_title(v, ranked),
        "label": v.words("dimensions.label"),
        "paragraphs": [[v.say("dimensions.grouping", ["rule:dimensions"])]] if ranked else [],
        "missing": None if ranked else no_stage(v),
        "exhibit": "dimensions",
        "statements": [_topic(v, figures) for figures in v.report.published.statements],
        "strongest": [_rated(v, "strong", f) for f in _by_mean(v)[::-1] if _is_praised(v, f)][:SHOWN_TOPICS],
        "weakest": [_rated(v, "weak", f) for f in _by_mean(v) if printed(f.split.combined.value or Fraction(0)) < _middle(v)][
            :SHOWN_TOPICS
        ],
    }


def weakest_first(v: Voice) -> list[DimensionFigures]:
    """The dimensions that are shown, by their printed scores; equal ones in the instrument's order."""
    shown = [d for d in v.report.published.dimensions if d.split.combined.value is not None]
    return sorted(shown, key=lambda d: _printed(v, d))


def _printed(v: Voice, dimension: DimensionFigures) -> Fraction:
    return v.printed_score(dimension.split.combined.value or Fraction(0))


def _dimensions_title(v: Voice, ranked: Sequence[DimensionFigures]) -> str:
    if len(ranked) < 2:
        return v.words("dimensions.title-none")
    weakest, strongest = ranked[0], ranked[-1]
    if _printed(v, weakest) == _printed(v, strongest):
        return v.title("dimensions.title-even", company=v.company)
    ends = {
        name: v.numbers.joined([d.dimension.name for d in ranked if _printed(v, d) == _printed(v, end)])
        for name, end in (("weakest", weakest), ("strongest", strongest))
    }
    difference = _printed(v, strongest) - _printed(v, weakest)
    key = f"dimensions.title-{_standing(v, weakest, strongest, difference)}"
    return v.title(key, company=v.company, difference=v.distance(difference), **ends)


def _standing(v: Voice, weakest: DimensionFigures, strongest: DimensionFigures, difference: Fraction) -> str:
    """What may be made of the lowest and the highest dimension: by the grade, by how far they lie apart, and by their intervals."""
    grade, published = v.report.grade, v.report.published
    if grade and difference < grade.least_difference:
        return "close"
    if published.mode == "named":
        return "named"
    low, high = weakest.split.combined.interval, strongest.split.combined.interval
    are_apart = low is not None and high is not None and low.high < high.low
    return "for-all" if published.whole_team or (grade and grade.ranks_dimensions and are_apart) else "among"


def _by_mean(v: Voice) -> list[StatementFigures]:
    shown = [f for f in v.report.published.statements if f.split.combined.value is not None]
    return sorted(shown, key=lambda f: (printed(f.split.combined.value or Fraction(0)), f.statement.number))


def _disputed(v: Voice) -> set[str]:
    """Statements on which the two functions are far apart or a figure speaks against the answers: nothing to praise yet."""
    apart = {p.figures.statement.id for p in v.report.perceived if p.view in ("marketing-rates-higher", "sales-rates-higher")}
    return apart | {t.statement.id for t in v.report.triangulated if t.match == "contradicts"}


def _is_praised(v: Voice, figures: StatementFigures) -> bool:
    return printed(figures.split.combined.value or Fraction(0)) > _middle(v) and figures.statement.id not in _disputed(v)


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


def _topic(v: Voice, figures: StatementFigures) -> Json:
    return {**statement_row(v, figures), "consultant": view(v, "statements", figures.statement.id)}


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
    """Which fifth of the answer scale a printed mean lies in, from 0 (lowest) to 4."""
    if value is None:
        return None
    lowest, highest = bounds(v.report.playbook.instrument.scale)
    return min(4, int((printed(value) - lowest) * 5 / (highest - lowest)))


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
    if widest.view not in ("marketing-rates-higher", "sales-rates-higher"):
        return v.title("perception.title.same", company=v.company)
    higher = "marketing" if widest.view == "marketing-rates-higher" else "sales"
    topic, who = widest.figures.statement.topic, v.words(f"rates.{v.report.wave.mode}.{higher}")
    gap = widest.figures.split.gap.value or Fraction(0)
    return v.title(f"perception.title.{_widest_gap(v, widest)}", topic=topic, who=who, gap=v.numbers.decimal(abs(gap)))


def _widest_gap(v: Voice, widest: Perceived) -> str:
    """What may be made of the widest gap: a finding, perhaps chance, or the answers of those few who gave them."""
    if v.report.published.mode == "named" or v.report.published.whole_team or widest.figures.clear:
        return "part"
    return "among" if widest.figures.clear is None else "may-be-chance"


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
