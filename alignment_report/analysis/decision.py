"""The stage and the conditions of its transition into a verdict: move, hold, build prerequisites first, sustain, or not enough evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from alignment_report.analysis.conditions import Judgement, Known, every, judge, some
from alignment_report.analysis.published import Published, Split
from alignment_report.analysis.scoring import score_range, stage_at
from alignment_report.model.playbook import Instrument, Stage, Transition, TransitionCondition

VerdictKind = Literal["move", "hold", "prerequisites-first", "sustain", "not-enough-evidence"]
Reason = Literal[
    "case-for-moving",
    "tension-resolved-by-persistence",
    "case-for-holding",
    "tension-held",
    "no-case-yet",
    "prerequisites-unmet",
    "top-stage",
    "no-stage",
    "facts-missing",
]


@dataclass(frozen=True, slots=True)
class StageReading:
    """The stage of the exact combined score, with the edges of its band.

    `bordering` is the neighbouring stage that the score's 95% interval reaches into, the nearer one if both; None where it reaches into
    none or where there is no interval.
    """

    stage: Stage
    score: Fraction
    ceiling: Fraction
    above: Stage | None
    below: Stage | None
    bordering: Stage | None
    sales: Stage | None
    marketing: Stage | None

    @property
    def over_floor(self) -> Fraction:
        """Points above the stage's own floor."""
        return self.score - self.stage.floor

    @property
    def edge_is_above(self) -> bool:
        """Whether the nearest edge with a neighbour is the upper one."""
        return self.above is not None and (self.below is None or self.ceiling - self.score <= self.over_floor)


@dataclass(frozen=True, slots=True)
class JudgedCondition:
    """A condition of a transition with what it was held against."""

    condition: TransitionCondition
    judgement: Judgement

    @property
    def met(self) -> bool | None:
        return self.judgement.met


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about the stage. `deciding` are the unknown conditions on which the verdict hangs; empty where it stands regardless."""

    kind: VerdictKind
    reason: Reason
    transition: Transition | None
    stay: tuple[JudgedCondition, ...]
    tighten: tuple[JudgedCondition, ...]
    prerequisites: tuple[JudgedCondition, ...]
    deciding: tuple[JudgedCondition, ...]

    @property
    def conditions(self) -> tuple[JudgedCondition, ...]:
        """Every condition, reasons to hold first."""
        return self.stay + self.tighten + self.prerequisites

    @property
    def need(self) -> bool | None:
        """Whether the context makes a case for moving; None where that cannot be told."""
        return some(condition.met for condition in self.tighten)

    @property
    def unmet_prerequisites(self) -> tuple[JudgedCondition, ...]:
        return tuple(condition for condition in self.prerequisites if condition.met is not True)


def read_stage(published: Published, stages: Sequence[Stage], instrument: Instrument) -> StageReading | None:
    """The stage of the published score; None where no combined score may be shown."""
    score = published.score.combined.value
    if score is None:
        return None
    ordered = sorted(stages, key=lambda stage: stage.floor)
    stage = stage_at(score, ordered, instrument.scale)
    place = ordered.index(stage)
    above = ordered[place + 1] if place + 1 < len(ordered) else None
    below = ordered[place - 1] if place else None
    ceiling = above.floor if above else score_range(instrument.scale)[1]
    return StageReading(
        stage=stage,
        score=score,
        ceiling=ceiling,
        above=above,
        below=below,
        bordering=_bordering(published.score, stage, above, below),
        sales=_stage_of(published.score.sales.value, ordered, instrument),
        marketing=_stage_of(published.score.marketing.value, ordered, instrument),
    )


def _bordering(score: Split, stage: Stage, above: Stage | None, below: Stage | None) -> Stage | None:
    interval, value = score.combined.interval, score.combined.value
    if interval is None or value is None:
        return None
    reached = [(above.floor - value, above)] if above and interval.high >= above.floor else []
    reached += [(value - stage.floor, below)] if below and interval.low < stage.floor else []
    return min(reached, key=lambda pair: pair[0])[1] if reached else None


def _stage_of(score: Fraction | None, stages: Sequence[Stage], instrument: Instrument) -> Stage | None:
    return None if score is None else stage_at(score, stages, instrument.scale)


def decide(stage: StageReading | None, transitions: Sequence[Transition], known: Known) -> Verdict:
    """The verdict at this stage. Where conditions are unknown it stands only if every way they could turn out gives the same."""
    if stage is None:
        return Verdict("not-enough-evidence", "no-stage", None, (), (), (), ())
    transition = next((t for t in transitions if t.from_ == stage.stage.id), None)
    if transition is None:
        return Verdict("sustain", "top-stage", None, (), (), (), ())
    stay, tighten, prerequisites = (_judged(c, known) for c in (transition.stay, transition.tighten, transition.prerequisites))
    deciding = _deciding(stay, tighten, prerequisites, transition.persistent)
    if deciding:
        return Verdict("not-enough-evidence", "facts-missing", transition, stay, tighten, prerequisites, deciding)
    kind, reason = _outcome(*map(bool, _sides(stay, tighten, prerequisites, transition.persistent)))
    return Verdict(kind, reason, transition, stay, tighten, prerequisites, ())


def _judged(conditions: Sequence[TransitionCondition], known: Known) -> tuple[JudgedCondition, ...]:
    return tuple(JudgedCondition(condition, judge(condition.when, known)) for condition in conditions)


Judged = Sequence[JudgedCondition]


def _deciding(stay: Judged, tighten: Judged, prerequisites: Judged, persistent: Sequence[str]) -> tuple[JudgedCondition, ...]:
    """The unknown conditions whose answer, alone or with others, changes the verdict."""
    sides = _sides(stay, tighten, prerequisites, persistent)
    hangs = [_hangs_on(place, sides) for place in range(len(sides))]
    places = [(c, 0) for c in stay] + [(c, 2 if c.condition.id in persistent else 1) for c in tighten] + [(c, 3) for c in prerequisites]
    return tuple(condition for condition, place in places if condition.met is None and hangs[place])


def _sides(stay: Judged, tighten: Judged, prerequisites: Judged, persistent: Sequence[str]) -> tuple[bool | None, ...]:
    """Four things that turn out one apart from the other: a reason to hold, to move for now, to move for good; all prerequisites."""
    return (
        some(c.met for c in stay),
        some(c.met for c in tighten if c.condition.id not in persistent),
        some(c.met for c in tighten if c.condition.id in persistent),
        every(c.met for c in prerequisites),
    )


def _hangs_on(place: int, sides: Sequence[bool | None]) -> bool:
    """Whether this side is unknown and there is a way for the others to turn out in which it changes the verdict."""
    if sides[place] is not None:
        return False
    ways = list(product(*((False, True) if side is None else (side,) for side in sides)))
    turned = [(*way[:place], not way[place], *way[place + 1 :]) for way in ways]
    return any(_outcome(*way)[0] != _outcome(*other)[0] for way, other in zip(ways, turned, strict=True))


def _outcome(stays: bool, moves: bool, persists: bool, ready: bool) -> tuple[VerdictKind, Reason]:
    if stays and not persists:
        return "hold", "tension-held" if moves else "case-for-holding"
    if not moves and not persists:
        return "hold", "no-case-yet"
    if not ready:
        return "prerequisites-first", "prerequisites-unmet"
    return "move", "tension-resolved-by-persistence" if stays else "case-for-moving"
