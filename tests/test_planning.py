"""Plays chosen by what they cure, within the caps, in order and dated."""

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from cases import PLAYBOOK, STATEMENTS, found, is_yes, judged, known, law, play, statement_figures, verdict_of
from hypothesis import strategies as st

from alignment_report.analysis.decision import StageReading, Verdict
from alignment_report.analysis.friction import Finding
from alignment_report.analysis.planning import Plan, add_months, plan
from alignment_report.analysis.published import StatementFigures
from alignment_report.model.client import Engagement
from alignment_report.model.conditions import Condition
from alignment_report.model.fields import FactValue
from alignment_report.model.playbook import Cures, Guard, PlanningRule, Play, Stop, Transition
from alignment_report.rendering.document.plan import first_step_day

RULE = PlanningRule(
    headline=2,
    total=4,
    parallel=2,
    per_owner=1,
    friction_points={"weak": 1, "moderate": 2, "strong": 3},
    low_statement=Fraction(3),
    low_statement_points=1,
    prerequisite_points=4,
    order="a test",
    recheck_months=6,
)
STAGE = PLAYBOOK.stages[0]
READING = StageReading(STAGE, Fraction(30), Fraction(40), PLAYBOOK.stages[1], None, None, None, None)
MOVE, HOLD = verdict_of("move"), verdict_of("hold")
REPORTED = date(2026, 3, 20)
PRICE, BUDGET = Cures(("price",)), Cures(("budget-power",))
PRICE_STRONG, BUDGET_WEAK = found("price", "strong"), found("budget-power", "weak")


def _plan(
    plays: Sequence[Play],
    findings: Sequence[Finding] = (PRICE_STRONG, BUDGET_WEAK),
    *,
    verdict: Verdict = MOVE,
    stage: StageReading | None = READING,
    statements: Sequence[StatementFigures] = (),
    facts: dict[str, FactValue] | None = None,
    engagement: Engagement | None = None,
    rule: PlanningRule = RULE,
    stops: Sequence[Stop] = (),
) -> Plan:
    playbook = replace(PLAYBOOK, plays=tuple(plays), planning=rule, stops=tuple(stops))
    return plan(verdict, stage, findings, statements, known(facts), playbook, engagement or Engagement(), REPORTED)


def _ids(chosen: Plan) -> list[str]:
    return [planned.play.id for planned in chosen.plays]


def test_the_play_that_eases_most_of_what_is_left_comes_first() -> None:
    plays = [play("weak", cures=BUDGET), play("second", cures=PRICE, impact=1), play("both", cures=Cures(("price", "budget-power")))]
    chosen = _plan(plays)
    assert [(p.play.id, p.chosen.points) for p in chosen.plays] == [("both", 4), ("second", Fraction(3, 2)), ("weak", Fraction(1, 2))]
    assert [p.number for p in chosen.plays] == [1, 2, 3]
    assert [p.is_headline for p in chosen.plays] == [True, True, False]


def test_ties_go_to_more_impact_for_the_effort_and_then_to_the_order_of_the_playbook() -> None:
    plays = [
        play("first", cures=Cures(("a",)), effort=2, impact=3),
        play("dear", cures=Cures(("b",)), effort=5, impact=5),
        play("cheap", cures=Cures(("c",)), effort=1, impact=4),
        play("later", cures=Cures(("d",)), effort=2, impact=3),
    ]
    assert _ids(_plan(plays, [found(id, "weak") for id in "abcd"])) == ["cheap", "first", "later", "dear"]


def test_a_play_nothing_calls_for_is_not_proposed() -> None:
    plays = [play("idle"), play("no-friction", cures=Cures(("none",))), play("unknown", cures=Cures(("dark",)))]
    assert _ids(_plan(plays, [found("none", "none"), found("dark", "not-assessable")])) == []


def test_every_play_names_what_called_for_it() -> None:
    low = statement_figures(STATEMENTS[0], 2.8, 3.0)
    fine, hidden = statement_figures(STATEMENTS[1], 3.0, 3.0), statement_figures(STATEMENTS[2], None, None)
    (planned,) = _plan([play("x", cures=Cures(("price", "absent"), STATEMENTS[:3]))], statements=[low, fine, hidden]).plays
    assert (planned.chosen.frictions, planned.chosen.statements, planned.chosen.prerequisites) == ((PRICE_STRONG,), (low,), ())
    assert planned.chosen.points == 3 + 1


def test_a_move_takes_the_plays_of_its_transition_and_a_hold_those_within_the_stage() -> None:
    plays = [
        play("move", cures=PRICE, within=()),
        play("hold", cures=PRICE, serves=()),
        play("other", cures=PRICE, serves=(), within=("aligned",)),
    ]
    assert _ids(_plan(plays)) == ["move"]
    assert _ids(_plan(plays, verdict=HOLD)) == ["hold"]
    assert _ids(_plan(plays, verdict=verdict_of("sustain"))) == ["hold"]
    assert _ids(_plan(plays, verdict=verdict_of("not-enough-evidence"))) == ["hold"]


def test_without_a_stage_there_are_no_plays_and_nothing_to_stop() -> None:
    stop = Stop("s", "Stop it", is_yes("x"), ("says",), (STAGE.id,))
    chosen = _plan([play("x", cures=PRICE)], stage=None, stops=[stop], facts={"x": True}, verdict=verdict_of("not-enough-evidence"))
    assert (chosen.plays, chosen.stops, chosen.tripwires) == ((), (), ())


def test_missing_prerequisites_are_built_first() -> None:
    builder, idle = (
        play("builder", serves=(), within=(), builds=("one-superior",)),
        play("idle", serves=(), within=(), builds=("disciplined",)),
    )
    missing = judged("one-superior", None)
    verdict = verdict_of("prerequisites-first", [missing, judged("disciplined", True)])
    chosen = _plan([play("price", cures=PRICE), builder, idle], verdict=verdict)
    assert _ids(chosen) == ["builder", "price"]
    assert chosen.plays[0].chosen.prerequisites == (missing,)
    assert chosen.plays[0].chosen.points == 4
    assert _ids(_plan([builder], verdict=verdict_of("hold", [missing]))) == []


def test_what_must_not_be_proposed_is_done_already_or_is_blocked_stays_out_and_is_told() -> None:
    guard = Guard("g", is_yes("locked"), "block", ("says",), None)
    plays = [
        play("never", cures=PRICE),
        play("done", cures=PRICE, already=is_yes("does-it")),
        play("not-done", cures=PRICE, already=is_yes("locked-out")),
        play("stuck", cures=PRICE, guards=(guard,)),
        play("stuck-and-idle", guards=(guard,)),
    ]
    facts: dict[str, FactValue] = {"does-it": True, "locked-out": None, "locked": True}
    chosen = _plan(plays, facts=facts, engagement=Engagement(never_propose=("never",)))
    assert _ids(chosen) == ["not-done"]
    assert [p.id for p in chosen.excluded] == ["never"]
    assert [p.id for p in chosen.already] == ["done"]
    assert [(b.play.id, b.guard.id) for b in chosen.blocked] == [("stuck", "g")]


def test_a_play_that_would_end_past_the_horizon_is_left_out_and_told() -> None:
    plays = [play("short", cures=PRICE, impact=5, weeks=8), play("long", cures=BUDGET, weeks=20)]
    chosen = _plan(plays, engagement=Engagement(horizon_months=Fraction(3)))
    assert _ids(chosen) == ["short"]
    assert [p.id for p in chosen.beyond] == ["long"]


@pytest.mark.parametrize(
    ("block", "adapt", "outcome"), [(True, True, None), (False, True, "adapt"), (None, True, "adapt"), (False, False, "")]
)
def test_a_guard_that_blocks_wins_over_one_that_adapts(block: bool | None, adapt: bool, outcome: str | None) -> None:
    guards = (Guard("adapt", is_yes("a"), "adapt", ("says",), "instead"), Guard("block", is_yes("b"), "block", ("says",), None))
    chosen = _plan([play("x", cures=PRICE, guards=guards)], facts={"a": adapt, "b": block})
    if outcome is None:
        assert ([b.guard.id for b in chosen.blocked], chosen.plays) == (["block"], ())
    else:
        (planned,) = chosen.plays
        assert (planned.chosen.adapted.id if planned.chosen.adapted else "") == outcome


def test_the_last_places_are_kept_for_owners_without_a_play() -> None:
    plays = [play(f"s{i}", cures=PRICE, owner="sales", impact=5) for i in range(6)]
    plays += [play("m", cures=BUDGET, owner="marketing", impact=1), play("both", cures=BUDGET, owner="shared", impact=1)]
    chosen = _plan(plays)
    assert [p.play.owner for p in chosen.plays].count("sales") == 2
    assert set(_ids(chosen)[2:]) == {"m", "both"}


def test_the_last_places_are_kept_for_each_of_sales_marketing_and_both() -> None:
    plays = [play(f"l{i}", cures=PRICE, owner="leadership", impact=5) for i in range(5)]
    plays += [play(owner, cures=BUDGET, owner=owner, impact=1) for owner in ("sales", "marketing", "shared")]
    chosen = _plan(plays)
    assert _ids(chosen)[0] == "l0"
    assert set(_ids(chosen)[1:]) == {"sales", "marketing", "shared"}


def test_a_problem_counts_by_half_for_the_second_play_that_eases_it_and_by_a_quarter_for_the_third() -> None:
    chosen = _plan([play(id, cures=PRICE) for id in "abc"])
    assert [planned.chosen.points for planned in chosen.plays] == [3, Fraction(3, 2), Fraction(3, 4)]


def test_plays_that_are_not_chosen_are_told_apart_by_whether_they_would_ease_anything() -> None:
    plays = [play(id, cures=PRICE) for id in "abcde"] + [play("idle")]
    chosen = _plan(plays)
    assert _ids(chosen) == ["a", "b", "c", "d"]
    assert ([p.id for p in chosen.outranked], [p.id for p in chosen.idle]) == (["e"], ["idle"])


def test_what_builds_a_prerequisite_counts_only_where_prerequisites_come_first() -> None:
    missing = judged("one-superior", False)
    plays = [
        play("inside", builds=("one-superior",)),
        play("builder", within=(), serves=(), builds=("one-superior",)),
        play("outside", within=(), serves=()),
    ]
    held = _plan(plays, verdict=verdict_of("hold", [missing]))
    assert ([p.id for p in held.idle], held.plays) == (["inside"], ())
    building = _plan(plays, verdict=verdict_of("prerequisites-first", [missing]))
    assert (_ids(building), building.idle) == (["inside", "builder"], ())


def test_a_play_may_start_in_any_week() -> None:
    plays = [play("three", cures=PRICE, owner="sales", weeks=3), play("next", cures=PRICE, owner="sales", weeks=1)]
    assert [(p.start - REPORTED).days for p in _plan(plays).plays] == [0, 21]


@pytest.mark.parametrize(("weeks", "fits"), [(12, True), (13, False)])
def test_a_play_has_to_end_before_the_day_of_the_horizon(weeks: int, fits: bool) -> None:
    """Thirteen weeks from 1 December 2026 end on 1 March 2027."""
    terms = Engagement(start=date(2026, 12, 1), horizon_months=Fraction(3))
    assert (_ids(_plan([play("x", cures=PRICE, weeks=weeks)], engagement=terms)) == ["x"]) is fits


@pytest.mark.parametrize(
    ("start", "then"),
    [
        (date(2026, 12, 14), date(2027, 1, 4)),
        (date(2026, 12, 7), date(2026, 12, 14)),
        (date(2027, 12, 13), date(2028, 1, 3)),
        (date(2028, 12, 11), date(2028, 12, 18)),
        (date(2028, 12, 18), date(2029, 1, 8)),
        (date(2027, 1, 4), date(2027, 1, 11)),
    ],
)
def test_no_play_starts_in_a_week_with_a_working_day_at_the_turn_of_the_year(start: date, then: date) -> None:
    """24 December 2028 is a Sunday, 1 January 2029 a Monday."""
    plays = [play("one", cures=PRICE, owner="sales", weeks=1), play("next", cures=PRICE, owner="sales", weeks=1)]
    assert [p.start for p in _plan(plays, engagement=Engagement(start=start)).plays] == [start, then]


@pytest.mark.parametrize(
    ("start", "weeks", "day"),
    [
        (date(2026, 3, 2), 4, date(2026, 3, 6)),
        (date(2026, 3, 2), 5, date(2026, 3, 13)),
        (date(2026, 3, 4), 5, date(2026, 3, 13)),
        (date(2026, 3, 5), 1, date(2026, 3, 13)),
        (date(2026, 12, 14), 5, date(2026, 12, 18)),
    ],
)
def test_a_first_step_is_taken_by_a_friday_of_the_first_two_weeks(start: date, weeks: int, day: date) -> None:
    (planned,) = _plan([play("one", cures=PRICE, weeks=weeks)], engagement=Engagement(start=start)).plays
    assert first_step_day(planned) == day


def test_plays_start_when_what_comes_before_is_done_and_hands_are_free() -> None:
    plays = [
        play("first", cures=Cures(("price", "budget-power")), owner="sales", weeks=2, after=("absent",)),
        play("next", cures=PRICE, owner="marketing", weeks=3, after=("first",), impact=5),
        play("same-owner", cures=PRICE, owner="sales", weeks=1, impact=3),
        play("free", cures=BUDGET, owner="shared", weeks=4),
    ]
    chosen = _plan(plays)
    weeks = {p.play.id: ((p.start - REPORTED).days // 7, (p.end - REPORTED).days + 1) for p in chosen.plays}
    assert weeks == {"first": (0, 14), "free": (0, 28), "next": (2, 35), "same-owner": (4, 35)}
    assert [[p.id for p in planned.after] for planned in chosen.plays if planned.play.id == "next"] == [["first"]]


def test_a_plan_starts_with_the_engagement_or_on_the_report_date() -> None:
    assert (_plan([]).start, _plan([]).next_wave) == (REPORTED, date(2026, 9, 20))
    terms = Engagement(start=date(2026, 5, 4), next_wave=date(2027, 1, 11))
    chosen = _plan([play("x", cures=PRICE)], engagement=terms)
    assert (chosen.start, chosen.next_wave, chosen.plays[0].start) == (date(2026, 5, 4), date(2027, 1, 11), date(2026, 5, 4))


def test_a_play_brings_its_measures_and_references_in_its_own_order() -> None:
    measures, references = PLAYBOOK.measures[:2], PLAYBOOK.references[:2]
    parts = {"indicators": [m.id for m in reversed(measures)], "evidence": [r.id for r in reversed(references)]}
    (planned,) = _plan([play("x", cures=PRICE, **parts)]).plays
    assert (planned.indicators, planned.evidence) == (tuple(reversed(measures)), tuple(reversed(references)))


def test_only_stops_of_the_stage_that_are_called_for_are_told() -> None:
    def stop(id: str, fact: str, *stages: str) -> Stop:
        return Stop(id, "Stop it", is_yes(fact), ("says",), stages)

    stops = [stop("yes", "x", STAGE.id), stop("no", "y", STAGE.id), stop("unknown", "z", STAGE.id), stop("elsewhere", "x", "aligned")]
    assert [s.id for s in _plan([], stops=stops, facts={"x": True, "y": False, "z": None}).stops] == ["yes"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hold", [("s-met", "not-met"), ("t-not", "met"), ("t-unknown", "met"), ("p-not", "met")]),
        ("prerequisites-first", [("s-met", "not-met"), ("t-not", "met"), ("t-unknown", "met"), ("p-not", "met")]),
        ("move", []),
        ("not-enough-evidence", []),
    ],
)
def test_where_nothing_moves_what_would_change_that_is_watched(kind: str, expected: list[tuple[str, str]]) -> None:
    stay = [judged("s-met", True), judged("s-not", False), judged("s-unknown", None)]
    tighten = [judged("t-met", True), judged("t-not", False), judged("t-unknown", None)]
    verdict = verdict_of(kind, [judged("p-met", True), judged("p-not", False)], stay=stay, tighten=tighten)
    assert [(t.condition.condition.id, t.turns) for t in _plan([], verdict=verdict).tripwires] == expected


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 6, 1), 6, date(2026, 12, 1)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@law(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_agrees_with_the_calendar(day: date, months: int) -> None:
    year, month = day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1
    assert add_months(day, months) == date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


FRICTIONS, LOW = "abcd", STATEMENTS[:2]
FACTS: dict[str, FactValue] = {"yes": True, "no": False, "unknown": None}
WHEN = st.sampled_from([is_yes(fact) for fact in FACTS])


@st.composite
def _plays(draw: st.DrawFn) -> list[Play]:
    """Up to ten plays, each after some that stand before it."""
    plays: list[Play] = []
    for place in range(draw(st.integers(0, 10))):
        before = st.lists(st.sampled_from([p.id for p in plays]), unique=True, max_size=2) if plays else st.just([])
        parts = {
            "cures": Cures(tuple(draw(st.sets(st.sampled_from(FRICTIONS)))), tuple(draw(st.sets(st.sampled_from(LOW))))),
            "owner": draw(st.sampled_from(["sales", "marketing", "shared", "leadership"])),
            "weeks": draw(st.integers(1, 9)),
            "impact": draw(st.integers(1, 5)),
            "effort": draw(st.integers(1, 5)),
            "after": tuple(draw(before)),
            "already": draw(st.one_of(st.none(), WHEN)),
            "guards": tuple(draw(st.lists(st.builds(_guard, WHEN, st.sampled_from(["block", "adapt"])), max_size=2))),
        }
        plays.append(play(f"p{place}", **parts))
    return draw(st.permutations(plays))


def _guard(when: Condition, action: str) -> Guard:
    return Guard("g", when, action, ("says",), "instead")  # type: ignore[arg-type]


RULES = st.builds(
    lambda headline, total, parallel, per_owner: replace(RULE, headline=headline, total=total, parallel=parallel, per_owner=per_owner),
    st.integers(1, 3),
    st.integers(1, 8),
    st.integers(1, 3),
    st.integers(1, 2),
)
STRENGTHS = st.tuples(*[st.sampled_from(["none", "weak", "moderate", "strong", "not-assessable"])] * 4)


@law(_plays(), RULES, STRENGTHS, st.sets(st.sampled_from(range(10)), max_size=3))
def test_every_plan_keeps_the_caps_the_order_and_the_hands(
    plays: list[Play], rule: PlanningRule, strengths: tuple[str, ...], never: set[int]
) -> None:
    findings = [found(id, strength) for id, strength in zip(FRICTIONS, strengths, strict=True)]  # type: ignore[arg-type]
    low = [statement_figures(LOW[0], 2.0, 2.5), statement_figures(LOW[1], 4.0, 4.5)]
    terms = Engagement(never_propose=tuple(f"p{place}" for place in never))
    chosen = _plan(plays, findings, statements=low, facts=FACTS, engagement=terms, rule=rule)
    proposed = [planned.play for planned in chosen.plays]
    assert [p.number for p in chosen.plays] == list(range(1, len(chosen.plays) + 1))
    assert len(proposed) <= rule.total
    assert sum(p.is_headline for p in chosen.plays) == min(rule.headline, len(proposed))
    _sorts_every_play_once(plays, chosen)
    _has_a_trace_for_every_play(chosen)
    _keeps_the_order(chosen)
    _keeps_the_hands_free(chosen, rule)
    _represents_owners(plays, chosen, rule, findings)


def _sorts_every_play_once(plays: list[Play], chosen: Plan) -> None:
    blocked = [b.play for b in chosen.blocked]
    sorted_out = [*(p.play.id for p in chosen.plays), *(p.id for p in (*blocked, *chosen.excluded, *chosen.already))]
    assert len(sorted_out) == len(set(sorted_out))
    assert set(sorted_out) <= {p.id for p in plays}


def _has_a_trace_for_every_play(chosen: Plan) -> None:
    for planned in chosen.plays:
        trace = [*planned.chosen.frictions, *planned.chosen.statements, *planned.chosen.prerequisites]
        assert trace
        assert planned.chosen.points > 0
        assert all(f.is_found and f.source.id in planned.play.cures.frictions for f in planned.chosen.frictions)


def _keeps_the_order(chosen: Plan) -> None:
    ends = {p.play.id: p.end for p in chosen.plays}
    for planned in chosen.plays:
        assert planned.start >= chosen.start
        assert planned.end - planned.start == timedelta(weeks=planned.play.weeks, days=-1)
        assert all(ends[id] < planned.start for id in planned.play.after if id in ends)
        assert {p.id for p in planned.after} == set(planned.play.after) & set(ends)


def _keeps_the_hands_free(chosen: Plan, rule: PlanningRule) -> None:
    days = [chosen.start + timedelta(weeks=week) for week in range(120)]
    for day in days:
        owners = [p.play.owner for p in chosen.plays if p.start <= day <= p.end]
        assert len(owners) <= rule.parallel
        assert all(owners.count(owner) <= rule.per_owner for owner in owners)


def _represents_owners(plays: list[Play], chosen: Plan, rule: PlanningRule, findings: list[Finding]) -> None:
    kept_out = {p.id for p in (*chosen.excluded, *chosen.already, *(b.play for b in chosen.blocked))}
    eased = {f.source.id for f in findings if f.is_found} | {LOW[0]}
    able = {p.owner for p in plays if p.id not in kept_out and eased & {*p.cures.frictions, *p.cures.statements}} - {"leadership"}
    if rule.total >= len(able):
        assert able <= {p.play.owner for p in chosen.plays}


@pytest.mark.parametrize("transition", PLAYBOOK.transitions, ids=lambda transition: transition.id)
def test_every_transition_of_the_shipped_playbook_has_plays_of_every_owner(transition: Transition) -> None:
    assert {"sales", "marketing", "shared"} <= {p.owner for p in PLAYBOOK.plays if transition.id in p.serves}
