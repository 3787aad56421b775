"""Exhibits of what was answered: the stage scale, the dimensions, the perception gap, the answers themselves."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.published import Figure as GroupFigure
from alignment_report.analysis.published import StatementFigures
from alignment_report.analysis.scoring import bounds
from alignment_report.rendering.document.diagnosis import weakest_first
from alignment_report.rendering.document.exhibit_parts import (
    bands,
    exhibit,
    interval_text,
    people,
    placed,
    row_text,
    table_of,
    with_interval,
)
from alignment_report.rendering.document.opening import why_no_interval
from alignment_report.rendering.document.voice import Json, Voice, capitalised
from alignment_report.rendering.exhibits import answers, dimensions, figures, perception_gap, stage_scale
from alignment_report.rendering.exhibits.geometry import share
from alignment_report.rendering.exhibits.theme import Role
from alignment_report.rendering.numbers import rounded


def stage_scale_exhibit(v: Voice, title: str) -> Json | None:
    """The score and each function on the stages' bands; None where no score may be shown."""
    reading, score = v.report.stage, v.report.published.score
    if reading is None:
        return None
    interval = None if v.report.published.whole_team else score.combined.interval
    stages = bands(v)
    ends = [band.floor for band in stages] + [stages[-1].ceiling]
    figures_of: tuple[tuple[Role, GroupFigure], ...] = (
        ("sales", score.sales),
        ("marketing", score.marketing),
        ("leadership", score.leadership),
    )
    functions = tuple(_function_score(v, role, figure) for role, figure in figures_of if figure.value is not None)
    combined = placed(v, score.combined)
    caption = (
        v.words("exhibit.interval", low=v.numbers.decimal(interval.low), high=v.numbers.decimal(interval.high))
        if interval
        else v.words(f"exhibit.no-interval.{why_no_interval(v)}", spread=v.words.counted(v.report.published.thresholds.spread))
    )
    data = stage_scale.StageScale(
        bands=stages,
        edges=tuple(figures.Figure(end, v.numbers.number(Fraction(end))) for end in ends),
        score=stage_scale.Score(
            combined, v.words("exhibit.stage-scale.caption", n=people(v, score.combined)), caption, printed_interval(interval)
        ),
        functions=functions,
        last=last_wave(v),
    )
    scored = [("both", combined.text, score.combined, reading.stage.name)]
    for function, stage in (("sales", reading.sales), ("marketing", reading.marketing)):
        figure = getattr(score, function)
        if figure.value is not None and stage is not None:
            scored.append((function, v.score(figure.value), figure, stage.name))
    if score.leadership.value is not None:
        scored.append(("leadership", v.score(score.leadership.value), score.leadership, "–"))
    table, finding = _scores_told(v, scored)
    note = _about_lines(v, [_shown(v, figure) for _, _, figure, _ in scored])
    return exhibit(v, "stage-scale", title, finding, table, _without_none(asdict(data)), note, n=people(v, score.combined))


def _scores_told(v: Voice, scored: Sequence[tuple[str, str, GroupFigure, str]]) -> tuple[Json, str]:
    """The table of who has which score, with intervals where there are any, and the same in short."""
    intervals = [_shown(v, figure) for _, _, figure, _ in scored]
    rows = [[v.words(f"who.{who}"), value, people(v, figure), stage] for who, value, figure, stage in scored]
    told = [[row[0], with_interval(v, row[1], interval)] for row, interval in zip(rows, intervals, strict=True)]
    if not any(intervals):
        return table_of(v, "stage-scale", ("who", "score", "n", "stage"), rows), row_text(told)
    wide = [[*row[:2], interval_text(v, interval), *row[2:]] for row, interval in zip(rows, intervals, strict=True)]
    return table_of(v, "stage-scale", ("who", "score", "interval", "n", "stage"), wide), row_text(told)


def _shown(v: Voice, figure: GroupFigure) -> Interval | None:
    """The interval of a figure that is drawn: none where everybody asked has answered."""
    return None if v.report.published.whole_team else figure.interval


def _without_none(data: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in data.items() if value is not None}


def last_wave(v: Voice) -> figures.Figure | None:
    """The score of the last wave before this one, as it is marked on the scale; None where none is shown."""
    if v.report.progress is None or v.report.progress.since_last is None:
        return None
    printed = placed(v, v.report.progress.since_last.score.before)
    since = v.numbers.month(v.report.progress.waves[-1].report_date)
    return figures.Figure(printed.value, v.words("exhibit.stage-scale.last", value=printed.text, since=since))


def _about_lines(v: Voice, intervals: Sequence[Interval | None]) -> str:
    """What the intervals are or why there is none, in one line: the executive summary has no room for more; the chapter on the stage has."""
    if not any(intervals):
        return _without_intervals(v)
    if v.report.published.score.gap.value is None:
        return v.words("exhibit.stage-scale.note-rough")
    return v.words("exhibit.stage-scale.note" if all(intervals) else "exhibit.stage-scale.note-some", spread=_spread(v))


def _function_score(v: Voice, role: Role, figure: GroupFigure) -> stage_scale.FunctionScore:
    score = placed(v, figure)
    label = v.words("exhibit.named", name=v.words(f"who.{role}"), value=score.text)
    interval = None if v.report.published.whole_team else printed_interval(figure.interval)
    return stage_scale.FunctionScore(role, label, v.words("exhibit.n", n=people(v, figure)), score, interval)


def printed_interval(interval: Interval | None) -> figures.Interval | None:
    return figures.Interval(float(rounded(interval.low, 1)), float(rounded(interval.high, 1))) if interval else None


def dimensions_exhibit(v: Voice, title: str) -> Json | None:
    """Each dimension, weakest first, with both functions; None where none may be shown."""
    ranked = weakest_first(v)
    if not ranked:
        return None
    intervals = [_shown(v, d.split.combined) for d in ranked]
    data = dimensions.Dimensions(
        bands=bands(v),
        rows=tuple(
            dimensions.DimensionRow(
                d.dimension.name,
                placed(v, d.split.combined),
                printed_interval(interval),
                _printed(v, d.split.sales),
                _printed(v, d.split.marketing),
            )
            for d, interval in zip(ranked, intervals, strict=True)
        ),
        all_name=v.words("exhibit.both-interval" if any(intervals) else "who.both"),
        sales_name=v.words("who.sales"),
        marketing_name=v.words("who.marketing"),
        column=v.words("exhibit.dimensions.column.score"),
    )
    rows = [[d.dimension.name, *(v.score_figure(f)["text"] for f in (d.split.combined, d.split.sales, d.split.marketing))] for d in ranked]
    told = row_text([[row[0], with_interval(v, row[1], interval)] for row, interval in zip(rows, intervals, strict=True)])
    columns = ("dimension", "score", *(("interval",) if any(intervals) else ()), "sales", "marketing")
    if any(intervals):
        rows = [[*row[:2], interval_text(v, interval), *row[2:]] for row, interval in zip(rows, intervals, strict=True)]
    note = _about_bars(v, intervals)
    return exhibit(
        v,
        "dimensions",
        title,
        told,
        table_of(v, "dimensions", columns, rows),
        asdict(data),
        note,
        n=people(v, v.report.published.score.combined),
    )


def _about_bars(v: Voice, intervals: Sequence[Interval | None]) -> str:
    """What the intervals are, and why a dimension or all of them have none."""
    if not any(intervals):
        return _without_intervals(v) if why_no_interval(v) else v.words("exhibit.dimensions.note.none")
    note = v.words(f"exhibit.dimensions.note.{'bars-rough' if v.report.published.score.gap.value is None else 'bars'}")
    return note if all(intervals) else f"{note} {v.words('exhibit.dimensions.note.some')}"


def _without_intervals(v: Voice) -> str:
    """Why a chart has no intervals, as the score has none."""
    return v.words(f"exhibit.without-intervals.{why_no_interval(v)}", spread=_spread(v))


def _spread(v: Voice) -> str:
    """From how many people on there is an interval."""
    return v.words.counted(v.report.published.thresholds.spread)


def _printed(v: Voice, figure: GroupFigure) -> float | None:
    return None if figure.value is None else float(v.score_figure(figure)["value"])


def perception_gap_exhibit(v: Voice, title: str) -> Json | None:
    """Both functions on every statement, the widest gap first; None where they are not shown apart."""
    shown = [p.figures for p in v.report.perceived if p.view != "withheld"]
    if not shown:
        return None
    scale = v.report.playbook.instrument.scale
    lowest, highest = bounds(scale)
    data = perception_gap.PerceptionGap(
        rows=tuple(
            perception_gap.GapRow(
                capitalised(f.statement.topic),
                _placed_mean(v, f.split.sales),
                _placed_mean(v, f.split.marketing),
                v.mean_figure(f.split.gap, signed=True)["text"],
                f.clear,
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
    rows = [[row.statement, row.sales.text, row.marketing.text, row.gap] for row in data.rows]
    table = table_of(v, "perception-gap", ("topic", "sales", "marketing", "gap"), rows)
    counts = {"sales": people(v, v.report.published.score.sales), "marketing": people(v, v.report.published.score.marketing)}
    note = _about_gaps(v, [row.clear for row in data.rows])
    return exhibit(v, "perception-gap", title, row_text([[r[0], r[3]] for r in rows[:3]]), table, asdict(data), note, **counts)


def _about_gaps(v: Voice, clear: Sequence[bool | None]) -> str:
    """That gaps are tested instead of given intervals, or why they are not."""
    if all(stands is None for stands in clear):
        untested = v.words("exhibit.perception-gap.note.none", spread=_spread(v))
        return _without_intervals(v) if why_no_interval(v) in ("named", "whole-team") else untested
    note = v.words(f"exhibit.perception-gap.note.{'grey' if False in clear else 'clear'}")
    return f"{note} {v.words('exhibit.perception-gap.note.some', spread=_spread(v))}" if None in clear else note


def _placed_mean(v: Voice, figure: GroupFigure) -> figures.Figure:
    printed = v.mean_figure(figure)
    return figures.Figure(printed["value"], printed["text"])


def answers_exhibit(v: Voice, _: str) -> Json | None:
    """The shares of each answer, under a title of its own; None where no shares may be shown or the scale has not five answers."""
    scale = v.report.playbook.instrument.scale
    shown = [(f, d) for f in v.report.published.statements if (d := f.distribution) is not None]
    if not shown or len(scale.labels) != 5:
        return None
    rows = sorted((_answer_row(f, d) for f, d in shown), key=lambda row: -_net(row))
    labels = [scale.labels[a] for a in sorted(scale.labels)]
    first, second, third, fourth, fifth = (capitalised(label) for label in labels)
    data = answers.Answers(tuple(rows), (first, second, third, fourth, fifth))
    table_rows = [[row.statement, *(figure.text + "%" for figure in row.shares)] for row in rows]
    table = table_of(v, "answers", ("topic", "1", "2", "3", "4", "5"), table_rows)
    title = _answers_title(v, rows)
    finding = "; ".join(f"{row.statement} {row.in_favour}" for row in (rows[0], rows[-1]))
    note = v.words("exhibit.answers.note")
    return exhibit(v, "answers", title, finding, table, asdict(data), note, n=people(v, v.report.published.score.combined))


def _answers_title(v: Voice, rows: Sequence[answers.AnswerRow]) -> str:
    """The topics at both ends, as far as no other topic shares that end."""
    ends = {"best": rows[0], "worst": rows[-1]}
    alone = {end: v.within(row.statement) for end, row in ends.items() if sum(_net(row) == _net(other) for other in rows) == 1}
    return v.title(f"exhibit.answers.title.{'both' if len(alone) == 2 else next(iter(alone), 'neither')}", **alone)


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
