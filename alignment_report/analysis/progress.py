"""Published figures of several waves into what changed between them, and whether a change is more than chance.

Nothing but published figures goes in: a change is the difference of two printed figures, and its standard error follows from the two
functions' published intervals (Student 1908; Welch 1947 with Satterthwaite's degrees of freedom). Nobody is followed from one wave to the next:
the waves are taken as different people's. Where the same people answered twice and hold to their views, a change is less open to chance than
said here.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.agreement import LEVEL, Interval, standard_error
from alignment_report.analysis.beside import WaveBeside, WhyNot
from alignment_report.analysis.conditions import Known
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.distributions import t_quantile, two_sided_p
from alignment_report.analysis.effect import discoveries
from alignment_report.analysis.exact import half_up
from alignment_report.analysis.friction import Finding, diagnose
from alignment_report.analysis.published import Figure, Published, Split
from alignment_report.analysis.scoring import score_respondents, stage_at
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.model.assessment import Assessment
from alignment_report.model.client import Observation
from alignment_report.model.playbook import Dimension, FrictionSource, Playbook, Stage

Standing = Literal["beyond-chance", "may-be-chance", "too-few", "whole-team", "named"]
"""What may be made of a change. The last three cannot be tested: too few people or no spread, everybody asked has answered, two heads."""

Turn = Literal["appeared", "gone", "stayed", "open"]
"""What became of a friction source; `open` where it could not be assessed in one of the waves."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure's step from one wave to another in printed points, its 95% interval where it is tested, and what may be made of it."""

    before: Figure
    after: Figure
    points: Fraction
    interval: Interval | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Changes:
    """Every step from one wave to the present one; None where a figure is withheld in either. `gap` is Marketing's score less Sales'."""

    score: Change
    sales: Change | None
    marketing: Change | None
    gap: Change | None
    dimensions: tuple[tuple[Dimension, Change], ...]


@dataclass(frozen=True, slots=True)
class PastWave:
    """What may be shown of an earlier wave, and the friction sources as its answers show them beside today's facts."""

    wave: str
    report_date: date
    published: Published
    stage: Stage
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An earlier wave that is not compared, and why."""

    wave: str
    report_date: date
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Turned:
    """A friction source found in the last wave or now."""

    turn: Turn
    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed since earlier waves, these in the order of time. `since_first` is None unless there are two of them or more."""

    waves: tuple[PastWave, ...]
    left_out: tuple[LeftOut, ...]
    since_last: Changes | None = None
    since_first: Changes | None = None
    turned: tuple[Turned, ...] = ()


def follow(
    now: Published,
    findings: Sequence[Finding],
    known: Known,
    observations: Sequence[Observation],
    beside: Sequence[WaveBeside],
    playbook: Playbook,
) -> Progress | None:
    """What changed; None without an earlier wave. `findings` and `known` are today's: of earlier waves only the answers are known."""
    if not beside:
        return None
    past = [_past(wave, known, observations, playbook) for wave in beside]
    waves = tuple(wave for wave in past if isinstance(wave, PastWave))
    left_out = tuple(wave for wave in past if isinstance(wave, LeftOut))
    if not waves or (since_last := _changes(waves[-1].published, now)) is None:
        return Progress(waves, left_out)
    return Progress(
        waves,
        left_out,
        since_last,
        _changes(waves[0].published, now) if len(waves) > 1 else None,
        tuple(_turned(waves[-1].findings, findings, playbook.frictions)),
    )


def _past(wave: WaveBeside, known: Known, observations: Sequence[Observation], playbook: Playbook) -> PastWave | LeftOut:
    if wave.counted is None or wave.why_not is not None:
        return LeftOut(wave.wave, wave.report_date, wave.why_not or "protected")
    published = _published(wave.counted, playbook)
    if published is None or published.score.combined.value is None:
        return LeftOut(wave.wave, wave.report_date, "protected")
    then = replace(
        known,
        statements={s.statement.id: s.split for s in published.statements},
        dimensions={d.dimension.id: d.split for d in published.dimensions},
        score=published.score,
    )
    stage = stage_at(published.score.combined.value, playbook.stages, playbook.instrument.scale)
    return PastWave(wave.wave, wave.report_date, published, stage, diagnose(then, playbook.frictions, observations, playbook.strength))


def _published(counted: Assessment, playbook: Playbook) -> Published | None:
    """What may be shown of a wave by itself; None where no set of figures is safe."""
    try:
        return disclose(score_respondents(counted, playbook.instrument), counted, playbook.instrument, playbook.stages)
    except NoSafeFigures:
        return None


def _changes(before: Published, after: Published) -> Changes | None:
    untested = _untested(before, after)
    score = _between(before.score, after.score, "combined", untested)
    if score is None:
        return None
    return Changes(
        score=score,
        sales=_between(before.score, after.score, "sales", untested),
        marketing=_between(before.score, after.score, "marketing", untested),
        gap=_between(before.score, after.score, "gap", untested),
        dimensions=tuple(_of_dimensions(before, after, untested)),
    )


def _untested(before: Published, after: Published) -> Standing | None:
    """Why no change between two waves is tested at all."""
    if "named" in (before.mode, after.mode):
        return "named"
    return "whole-team" if before.whole_team and after.whole_team else None


def _of_dimensions(before: Published, after: Published, untested: Standing | None) -> Iterator[tuple[Dimension, Change]]:
    """The dimensions' changes, looked at together: one in twenty of those that stand may be false (Benjamini & Hochberg 1995)."""
    then = {d.dimension.id: d.split for d in before.dimensions}
    steps = [
        (d.dimension, change, _p_value(change.points, _error(then[d.dimension.id], d.split, "combined")))
        for d in after.dimensions
        if d.dimension.id in then and (change := _between(then[d.dimension.id], d.split, "combined", untested)) is not None
    ]
    clear = set(discoveries([None if untested else p for _, _, p in steps]))
    for place, (dimension, change, p) in enumerate(steps):
        tested: Standing = "beyond-chance" if place in clear else "may-be-chance"
        yield dimension, change if untested or p is None else replace(change, standing=tested)


Part = Literal["combined", "sales", "marketing", "gap"]


def _between(before: Split, after: Split, part: Part, untested: Standing | None) -> Change | None:
    then, now = _part(before, part), _part(after, part)
    if then.value is None or now.value is None:
        return None
    points = _printed(now.value) - _printed(then.value)
    interval = None if untested else _interval(points, _error(before, after, part))
    if interval is None:
        return Change(then, now, points, None, untested or "too-few")
    return Change(then, now, points, interval, "may-be-chance" if interval.low <= 0 <= interval.high else "beyond-chance")


def _part(split: Split, part: Part) -> Figure:
    return {"combined": split.combined, "sales": split.sales, "marketing": split.marketing, "gap": split.gap}[part]


def _printed(value: Fraction) -> Fraction:
    """The value as it is printed, so that a difference tells no more than the two figures."""
    return Fraction(half_up(value, 1), 10)


@dataclass(frozen=True, slots=True)
class _Error:
    """A change's squared standard error and its degrees of freedom."""

    squared: float
    df: float


_WEIGHTS: Mapping[Part, Mapping[str, float]] = {
    "combined": {"sales": 0.5, "marketing": 0.5},
    "sales": {"sales": 1.0},
    "marketing": {"marketing": 1.0},
    "gap": {"sales": 1.0, "marketing": 1.0},
}
"""How much of each function's mean is in a figure; the sign is all the same to a variance."""


def _error(before: Split, after: Split, part: Part) -> _Error | None:
    """By the intervals of the functions that are in the figure; None where one of them has none in either wave."""
    weighed = [(getattr(split, function), weight) for split in (before, after) for function, weight in _WEIGHTS[part].items()]
    parts = [
        (weight**2 * standard_error(f.interval, f.n.at_least - 1) ** 2, f.n.at_least - 1) for f, weight in weighed if f.interval and f.n
    ]
    if len(parts) < len(weighed):
        return None
    squared = sum(part for part, _ in parts)
    return _Error(squared, squared**2 / sum(part**2 / df for part, df in parts))


def _interval(points: Fraction, error: _Error | None) -> Interval | None:
    if error is None:
        return None
    half = t_quantile((1 + LEVEL) / 2, error.df) * math.sqrt(error.squared)
    return Interval(float(points) - half, float(points) + half)


def _p_value(points: Fraction, error: _Error | None) -> float | None:
    return two_sided_p(abs(float(points)) / math.sqrt(error.squared), error.df) if error else None


def _turned(before: Sequence[Finding], after: Sequence[Finding], sources: Sequence[FrictionSource]) -> Iterator[Turned]:
    """What became of every source that one of the two waves shows, in the order of the playbook."""
    then, now = ({finding.source.id: finding for finding in findings} for findings in (before, after))
    for source in sources:
        old, new = then[source.id], now[source.id]
        if old.is_found or new.is_found:
            yield Turned(_turn(old, new), old, new)


def _turn(before: Finding, after: Finding) -> Turn:
    if "not-assessable" in (before.strength, after.strength):
        return "open"
    if before.is_found and after.is_found:
        return "stayed"
    return "appeared" if after.is_found else "gone"
