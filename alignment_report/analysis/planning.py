"""The verdict and the findings into a plan: plays chosen by what they cure, blocked or adapted, put in order, dated.

A play is proposed only if something at this client calls for it: a friction found, a low statement, an unmet prerequisite. Each problem
counts in full for the first play that eases it, by half for the second, by a quarter for the third.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.conditions import Known, judge
from alignment_report.analysis.decision import JudgedCondition, StageReading, Verdict
from alignment_report.analysis.friction import Finding
from alignment_report.analysis.published import StatementFigures
from alignment_report.model.client import Engagement
from alignment_report.model.playbook import Guard, Measure, PlanningRule, Play, Playbook, Reference, Stop


@dataclass(frozen=True, slots=True)
class ChosenPlay:
    """A play with what called for it; `adapted` is the guard that changed it, None where it stands as it is."""

    play: Play
    points: Fraction
    frictions: tuple[Finding, ...]
    statements: tuple[StatementFigures, ...]
    prerequisites: tuple[JudgedCondition, ...]
    adapted: Guard | None


@dataclass(frozen=True, slots=True)
class PlannedPlay:
    """A chosen play with its place in time. `number` is its rank; `start` and `end` are the first and the last day."""

    chosen: ChosenPlay
    number: int
    is_headline: bool
    start: date
    end: date
    after: tuple[Play, ...]
    indicators: tuple[Measure, ...]
    evidence: tuple[Reference, ...]

    @property
    def play(self) -> Play:
        return self.chosen.play


@dataclass(frozen=True, slots=True)
class BlockedPlay:
    """A play that would help but cannot be done here."""

    play: Play
    guard: Guard


@dataclass(frozen=True, slots=True)
class Tripwire:
    """A condition to watch, and whether its being met or no longer being met calls for another look."""

    condition: JudgedCondition
    turns: Literal["met", "not-met"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, when, what to stop, what to watch. Plays stand in the order of their rank.

    `excluded` are ruled out by the engagement, `already` is done, `beyond` would run past the engagement's horizon, `outranked` would ease
    something but others ease more, `idle` would ease nothing that was found.
    """

    plays: tuple[PlannedPlay, ...]
    blocked: tuple[BlockedPlay, ...]
    excluded: tuple[Play, ...]
    already: tuple[Play, ...]
    beyond: tuple[Play, ...]
    outranked: tuple[Play, ...]
    idle: tuple[Play, ...]
    stops: tuple[Stop, ...]
    tripwires: tuple[Tripwire, ...]
    start: date
    next_wave: date

    @property
    def set_aside(self) -> tuple[Play, ...]:
        """What the plan leaves out and says why: blocked though it would help, ruled out, too long though it was chosen, or done."""
        return (*(b.play for b in self.blocked), *self.excluded, *self.beyond, *self.already)


def plan(
    verdict: Verdict,
    stage: StageReading | None,
    findings: Sequence[Finding],
    statements: Sequence[StatementFigures],
    known: Known,
    playbook: Playbook,
    engagement: Engagement,
    report_date: date,
) -> Plan:
    """The plan of this verdict, starting on the engagement's first day or on the report date."""
    start = engagement.start or report_date
    candidates = _candidates(verdict, stage, playbook.plays)
    excluded = tuple(play for play in candidates if play.id in engagement.never_propose)
    already = tuple(p for p in candidates if p not in excluded and p.already is not None and judge(p.already, known).met)
    open_plays = [play for play in candidates if play not in excluded and play not in already]
    guards = {play.id: _guard(play, known) for play in open_plays}
    blocked = tuple(BlockedPlay(p, g) for p in open_plays if (g := guards[p.id]) is not None and g.action == "block")
    problems = Problems.of(findings, statements, verdict, playbook.planning)
    usable = [play for play in open_plays if all(play is not b.play for b in blocked)]
    chosen = _choose(usable, guards, problems, playbook.planning)
    within = _within_horizon(chosen, playbook, start, engagement)
    rest = [play for play in usable if all(play is not c.play for c in chosen)]
    return Plan(
        plays=_schedule(within, playbook, start),
        blocked=tuple(b for b in blocked if problems.cured_by(b.play)),
        excluded=excluded,
        already=already,
        beyond=tuple(c.play for c in chosen if c not in within),
        outranked=tuple(play for play in rest if problems.cured_by(play)),
        idle=tuple(play for play in rest if not problems.cured_by(play)),
        stops=_stops(stage, known, playbook.stops),
        tripwires=_tripwires(verdict),
        start=start,
        next_wave=engagement.next_wave or add_months(start, playbook.planning.recheck_months),
    )


def _candidates(verdict: Verdict, stage: StageReading | None, plays: Sequence[Play]) -> list[Play]:
    """Plays of the transition for a move; else plays within the stage; with those that build what is missing for prerequisites first."""
    if stage is None:
        return []
    if verdict.kind == "move" and verdict.transition:
        return [play for play in plays if verdict.transition.id in play.serves]
    missing = {c.condition.id for c in verdict.unmet_prerequisites} if verdict.kind == "prerequisites-first" else set()
    return [play for play in plays if stage.stage.id in play.within or missing & set(play.builds)]


def _guard(play: Play, known: Known) -> Guard | None:
    """The guard that applies; one that blocks wins over one that adapts."""
    met = [guard for guard in play.guards if judge(guard.when, known).met]
    return min(met, key=lambda guard: guard.action != "block", default=None)


@dataclass(frozen=True, slots=True)
class Problems:
    """What calls for a play at this client, with its points: findings, low statements, unmet prerequisites."""

    findings: Mapping[str, Finding]
    statements: Mapping[str, StatementFigures]
    prerequisites: Mapping[str, JudgedCondition]
    points: Mapping[str, int]

    @classmethod
    def of(cls, findings: Sequence[Finding], statements: Sequence[StatementFigures], verdict: Verdict, rule: PlanningRule) -> "Problems":
        found = {f.source.id: f for f in findings if f.is_found}
        low = {s.statement.id: s for s in statements if (v := s.split.combined.value) is not None and v < rule.low_statement}
        missing = {c.condition.id: c for c in verdict.unmet_prerequisites} if verdict.kind == "prerequisites-first" else {}
        points = {f"friction.{id}": rule.friction_points[f.strength] for id, f in found.items()}
        points |= {f"statement.{id}": rule.low_statement_points for id in low}
        points |= {f"condition.{id}": rule.prerequisite_points for id in missing}
        return cls(found, low, missing, points)

    def cured_by(self, play: Play) -> tuple[str, ...]:
        """The problems the play eases, by path."""
        paths = [f"friction.{id}" for id in play.cures.frictions]
        paths += [f"statement.{id}" for id in play.cures.statements]
        paths += [f"condition.{id}" for id in play.builds]
        return tuple(path for path in paths if path in self.points)


def _choose(plays: Sequence[Play], guards: Mapping[str, Guard | None], problems: Problems, rule: PlanningRule) -> tuple[ChosenPlay, ...]:
    """Plays by rising remainder of the problems: always the one that eases most of what is left; then as many owners as the rule asks for."""
    left = list(plays)
    eased: dict[str, int] = {}
    ranked: list[tuple[Play, Fraction]] = []
    while left and len(ranked) < rule.total:
        missing_owners = {"sales", "marketing", "shared"} - {play.owner for play, _ in ranked}
        pool = _reserved(left, missing_owners, rule.total - len(ranked), problems)
        best = max(pool, key=lambda play: (_worth(play, problems, eased), play.impact - play.effort, -plays.index(play)))
        worth = _worth(best, problems, eased)
        if not worth:
            break
        ranked.append((best, worth))
        left.remove(best)
        for path in problems.cured_by(best):
            eased[path] = eased.get(path, 0) + 1
    return tuple(_chosen(play, worth, guards[play.id], problems) for play, worth in ranked)


def _reserved(left: Sequence[Play], owners: set[str], places: int, problems: Problems) -> Sequence[Play]:
    """The last places are kept for owners who have no play yet."""
    waiting = [play for play in left if play.owner in owners and problems.cured_by(play)]
    return waiting if waiting and places <= len({play.owner for play in waiting}) else left


def _worth(play: Play, problems: Problems, eased: Mapping[str, int]) -> Fraction:
    return sum((Fraction(problems.points[path], 2 ** eased.get(path, 0)) for path in problems.cured_by(play)), Fraction(0))


def _chosen(play: Play, points: Fraction, guard: Guard | None, problems: Problems) -> ChosenPlay:
    return ChosenPlay(
        play=play,
        points=points,
        frictions=tuple(problems.findings[id] for id in play.cures.frictions if id in problems.findings),
        statements=tuple(problems.statements[id] for id in play.cures.statements if id in problems.statements),
        prerequisites=tuple(problems.prerequisites[id] for id in play.builds if id in problems.prerequisites),
        adapted=guard,
    )


def _within_horizon(chosen: Sequence[ChosenPlay], playbook: Playbook, start: date, engagement: Engagement) -> Sequence[ChosenPlay]:
    """The chosen plays without those that would end past the horizon; the lowest in rank gives way first."""
    if engagement.horizon_months is None:
        return chosen
    horizon = add_months(start, int(engagement.horizon_months))
    kept = list(chosen)
    while late := [p.chosen for p in _schedule(kept, playbook, start) if p.end >= horizon]:
        kept.remove(late[-1])
    return kept


def _schedule(chosen: Sequence[ChosenPlay], playbook: Playbook, start: date) -> tuple[PlannedPlay, ...]:
    """Each play starts in the first week in which its predecessors are done and hands are free, but for those at the turn of the year;
    better-ranked plays first.
    """
    weeks: dict[str, int] = {}
    waiting = list(chosen)
    week = 0
    while waiting:
        ready = [c for c in waiting if all(_is_done(id, week, weeks, chosen) for id in c.play.after)] if _is_working(start, week) else []
        for candidate in ready:
            if _has_room(candidate, week, weeks, chosen, playbook.planning):
                weeks[candidate.play.id] = week
                waiting.remove(candidate)
        week += 1
    return tuple(_planned(c, place, chosen, weeks[c.play.id], playbook, start) for place, c in enumerate(chosen))


_SATURDAY = 5


def _is_working(start: date, week: int) -> bool:
    """Whether no working day of the week after so many lies at the turn of the year."""
    days = (start + timedelta(weeks=week, days=day) for day in range(7))
    return not any(day.weekday() < _SATURDAY and is_turn_of_year(day) for day in days)


def is_turn_of_year(day: date) -> bool:
    """Whether it lies between 24 December and 1 January, when most companies rest."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def _is_done(id: str, week: int, weeks: Mapping[str, int], chosen: Sequence[ChosenPlay]) -> bool:
    play = next((c.play for c in chosen if c.play.id == id), None)
    return play is None or (id in weeks and weeks[id] + play.weeks <= week)


def _has_room(candidate: ChosenPlay, week: int, weeks: Mapping[str, int], chosen: Sequence[ChosenPlay], rule: PlanningRule) -> bool:
    running = [c.play for c in chosen if c.play.id in weeks and weeks[c.play.id] <= week < weeks[c.play.id] + c.play.weeks]
    same_owner = [play for play in running if play.owner == candidate.play.owner]
    return len(running) < rule.parallel and len(same_owner) < rule.per_owner


def _planned(chosen: ChosenPlay, place: int, all_chosen: Sequence[ChosenPlay], week: int, playbook: Playbook, start: date) -> PlannedPlay:
    first = start + timedelta(weeks=week)
    return PlannedPlay(
        chosen=chosen,
        number=place + 1,
        is_headline=place < playbook.planning.headline,
        start=first,
        end=first + timedelta(weeks=chosen.play.weeks, days=-1),
        after=tuple(c.play for c in all_chosen if c.play.id in chosen.play.after),
        indicators=tuple(m for id in chosen.play.indicators for m in playbook.measures if m.id == id),
        evidence=tuple(r for id in chosen.play.evidence for r in playbook.references if r.id == id),
    )


def _stops(stage: StageReading | None, known: Known, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    if stage is None:
        return ()
    return tuple(stop for stop in stops if stage.stage.id in stop.stages and judge(stop.when, known).met)


def _tripwires(verdict: Verdict) -> tuple[Tripwire, ...]:
    """Where the verdict is not to move: reasons to hold that may fall away and reasons to move that may arise."""
    if verdict.kind in ("move", "not-enough-evidence"):
        return ()
    falling = [Tripwire(condition, "not-met") for condition in verdict.stay if condition.met]
    arising = [Tripwire(condition, "met") for condition in verdict.tighten + verdict.prerequisites if not condition.met]
    return tuple(falling + arising)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    first_after = date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first_after - timedelta(days=1), date(day.year + years, month + 1, 1) + timedelta(days=day.day - 1))
