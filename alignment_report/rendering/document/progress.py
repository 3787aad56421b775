"""What has changed since earlier waves: the score and its parts, whether that is more than chance, and what became of the friction."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from alignment_report.analysis.progress import Change, Changes, PastWave, Progress, Turn, Turned
from alignment_report.rendering.document.voice import Json, Prose, Voice, capitalised
from alignment_report.rendering.numbers import rounded

TURNS: tuple[Turn, ...] = ("appeared", "stayed", "gone", "open")


def has_earlier_waves(v: Voice) -> bool:
    """Whether the client's folder holds an earlier wave, shown or not."""
    return v.report.progress is not None


def progress(v: Voice) -> Json:
    """The change of every figure since the last wave and since the first, and the friction sources that came and went."""
    found = v.report.progress or Progress((), ())
    left_out = [
        v.say(f"progress.left-out.{wave.why}", [f"wave:{wave.wave}"], day=v.numbers.day(wave.report_date)) for wave in found.left_out
    ]
    changes = found.since_last
    return {
        "title": _title(v, found),
        "label": v.words("progress.label"),
        "paragraphs": [_lead(v, found, changes), [v.say("progress.how", ["rule:interval"]), *left_out]] if changes else [],
        "missing": None if changes else (left_out or [v.say("missing.stage", ["score"], k=str(v.report.published.thresholds.figures))]),
        "exhibit": "trend",
        "changes": _table(v, found, changes) if changes else None,
        "turned": _turned(v, found) if found.turned else None,
    }


def changed_in_short(v: Voice) -> Prose:
    """One sentence on the change since the last wave; nothing where none can be shown."""
    found = v.report.progress
    if found is None or found.since_last is None:
        return []
    change, last = found.since_last.score, found.waves[-1]
    tail = v.words(f"progress.tail.{change.standing}")
    return [v.say(f"summary.changed.{_way(change)}", _paths([last]), since=_when(v, last), points=_points(v, change), tail=tail)]


def _title(v: Voice, found: Progress) -> str:
    """How the score went, over all waves where it went one way all along."""
    if found.since_last is None:
        return v.title("progress.title.none", company=v.company)
    scores = [*(wave.published.score.combined for wave in found.waves), found.since_last.score.after]
    steps = [rounded(figure.value or 0, 1) for figure in scores]
    ways = {(after > before) - (after < before) for before, after in pairwise(steps)}
    whole, first = found.since_first or found.since_last, found.waves[0]
    if found.since_first and ways in ({1}, {-1}) and whole.score.points:
        return v.title(f"progress.title.every-{_way(whole.score)}", since=_when(v, first), points=_points(v, whole.score))
    return v.title(
        f"progress.title.{_way(whole.score)}", since=_when(v, first), points=_points(v, whole.score), tail=_stages(v, whole, first)
    )


def _stages(v: Voice, changes: Changes, since: PastWave) -> str:
    """What a change comes to: from one stage to another, or perhaps nothing but chance."""
    now = v.report.stage
    if changes.score.standing == "may-be-chance":
        return v.words("progress.tail.may-be-chance")
    if now is None or now.stage == since.stage:
        return ""
    return v.words("progress.tail-stages", before=v.stage_name(since.stage.name), after=v.stage_name(now.stage.name))


def _lead(v: Voice, found: Progress, changes: Changes) -> Prose:
    last, now = found.waves[-1], v.report.stage
    score = v.say(
        "progress.score",
        _paths([last]),
        company=v.company,
        since=_when(v, last),
        before=v.score_figure(changes.score.before)["text"],
        after=v.score_figure(changes.score.after)["text"],
        stage_before=v.stage_name(last.stage.name),
        stage_after=v.stage_name(now.stage.name) if now else "",
    )
    return [score, _standing(v, changes.score, last), *_functions(v, changes, last), *_gap(v, changes, last), *_since_first(v, found)]


def _standing(v: Voice, change: Change, last: PastWave) -> Json:
    """Whether the change of the score is more than chance, or why that cannot be told."""
    low, high = (v.numbers.decimal(end) for end in (change.interval.low, change.interval.high)) if change.interval else ("", "")
    spread = v.words.counted(v.report.published.thresholds.spread)
    return v.say(f"progress.standing.{change.standing}", [*_paths([last]), "rule:interval"], low=low, high=high, spread=spread)


def _functions(v: Voice, changes: Changes, last: PastWave) -> Prose:
    if changes.sales is None or changes.marketing is None:
        return [v.say("progress.functions-withheld", _paths([last]))]
    texts = {
        f"{name}_{end}": v.score_figure(getattr(change, end))["text"] for name, change in _both(changes) for end in ("before", "after")
    }
    return [v.say("progress.functions", _paths([last]), **texts)]


def _both(changes: Changes) -> Iterator[tuple[str, Change]]:
    for name, change in (("sales", changes.sales), ("marketing", changes.marketing)):
        if change is not None:
            yield name, change


def _gap(v: Voice, changes: Changes, last: PastWave) -> Prose:
    """Whether the functions have come closer."""
    gap = changes.gap
    if gap is None or gap.before.value is None or gap.after.value is None:
        return []
    before, after = (v.numbers.decimal(abs(value)) for value in (gap.before.value, gap.after.value))
    is_turned = gap.before.value * gap.after.value < 0
    way = "same" if before == after else "narrowed" if abs(gap.after.value) < abs(gap.before.value) else "widened"
    places = {"before": before, "after": after, "tail": v.words(f"progress.tail.{gap.standing}")}
    return [v.say(f"progress.gap.{'turned' if is_turned else way}", _paths([last]), **places)]


def _since_first(v: Voice, found: Progress) -> Prose:
    if found.since_first is None:
        return []
    change, first = found.since_first.score, found.waves[0]
    tail = v.words(f"progress.tail.{change.standing}")
    return [v.say(f"progress.first.{_way(change)}", _paths([first]), since=_when(v, first), points=_points(v, change), tail=tail)]


def _way(change: Change) -> str:
    return "rose" if change.points > 0 else "fell" if change.points < 0 else "same"


def _points(v: Voice, change: Change) -> str:
    return v.numbers.decimal(abs(change.points))


def _when(v: Voice, wave: PastWave) -> str:
    return v.numbers.month(wave.report_date)


def _paths(waves: Iterable[PastWave]) -> list[str]:
    return ["score", *(f"wave:{wave.wave}" for wave in waves)]


def _table(v: Voice, found: Progress, changes: Changes) -> Json:
    """Every figure in the first wave, the last and now, with its change since; the first one only where there are several."""
    names = [_when(v, wave) for wave in ([found.waves[0]] if found.since_first else [])] + [_when(v, found.waves[-1])]
    columns = [*names, v.words("progress.column.now"), v.words("progress.column.change"), v.words("progress.column.standing")]
    first = {name: change for name, _, change in _steps(v, found.since_first)} if found.since_first else None
    return {
        "caption": v.words("progress.column.caption"),
        "what": v.words("progress.column.what"),
        "columns": columns,
        "rows": [
            {
                "name": name,
                "cells": [
                    *([_before(v, first.get(name), is_signed)] if first is not None else []),
                    str(v.score_figure(change.before, signed=is_signed)["text"]),
                    str(v.score_figure(change.after, signed=is_signed)["text"]),
                    v.numbers.signed(change.points),
                ],
                "standing": change.standing,
                "standing_name": v.words(f"progress.standing-name.{change.standing}"),
            }
            for name, is_signed, change in _steps(v, changes)
        ],
        "note": v.words("progress.column.note"),
    }


def _steps(v: Voice, changes: Changes) -> Iterator[tuple[str, bool, Change]]:
    """Each change by the name of what changed, and whether its figures bear a sign."""
    named = {"both": changes.score, "sales": changes.sales, "marketing": changes.marketing}
    yield from ((v.words(f"who.{name}"), False, change) for name, change in named.items() if change is not None)
    yield from [(v.words("progress.column.gap"), True, changes.gap)] if changes.gap else []
    yield from ((dimension.name, False, change) for dimension, change in changes.dimensions)


def _before(v: Voice, first: Change | None, is_signed: bool) -> str:
    return str(v.score_figure(first.before, signed=is_signed)["text"]) if first else v.words("withheld")


def _turned(v: Voice, found: Progress) -> Json:
    """The friction sources by what became of them."""
    last = found.waves[-1]
    trace = [f"wave:{last.wave}", *(f"rule:friction.{t.after.source.id}" for t in found.turned)]
    return {
        "title": v.title("progress.turned.title", since=_when(v, last)),
        "about": v.say("progress.turned.about", trace, since=_when(v, last)),
        "columns": [v.words("progress.turned.source"), _when(v, last), v.words("progress.column.now")],
        "groups": [
            {"turn": turn, "name": v.words(f"progress.turn.{turn}"), "rows": [_source(v, t) for t in found.turned if t.turn == turn]}
            for turn in TURNS
            if any(t.turn == turn for t in found.turned)
        ],
    }


def _source(v: Voice, turned: Turned) -> Json:
    strengths = (v.words(f"strength.{finding.strength}") for finding in (turned.before, turned.after))
    return {
        "name": capitalised(turned.after.source.name),
        "anchor": f"f-{turned.after.source.id}",
        "before": next(strengths),
        "after": next(strengths),
    }
