"""The stage and its conditions into a verdict; unknown conditions are played through in every way they could turn out."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from cases import INSTRUMENT, PLAYBOOK, answers_for, is_yes, known, law, published, respondent, stage_of, team, transition_condition, wave
from hypothesis import strategies as st

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.decision import StageReading, Verdict, decide, read_stage
from alignment_report.analysis.published import Count, Figure, Split
from alignment_report.model.playbook import Transition

STAGES = {stage.id: stage for stage in PLAYBOOK.stages}
Met = bool | None


def _reading(stage: str = "defined") -> StageReading:
    return StageReading(STAGES[stage], Fraction(50), Fraction(60), STAGES["aligned"], STAGES["undefined"], None, None, None)


def _decide(
    stay: tuple[Met, ...] = (), tighten: tuple[Met, ...] = (), lasting: tuple[Met, ...] = (), prerequisites: tuple[Met, ...] = ()
) -> Verdict:
    """The verdict of a transition whose conditions are named s0, t0, l0 and p0 and so on; `lasting` are the persistent reasons to move."""
    sides = {"s": stay, "t": tighten, "l": lasting, "p": prerequisites}
    facts = {f"{side}{place}": met for side, mets in sides.items() for place, met in enumerate(mets)}
    conditions = {side: tuple(transition_condition(id) for id in facts if id[0] == side) for side in sides}
    transition = Transition(
        "x", "defined", "aligned", "x", "x", conditions["s"], conditions["t"] + conditions["l"], conditions["p"],
        tuple(c.id for c in conditions["l"]), "x",
    )  # fmt: skip
    return decide(_reading(), [transition], known(facts))


@pytest.mark.parametrize(
    ("sides", "kind", "reason"),
    [
        ({"stay": (False,), "tighten": (True,)}, "move", "case-for-moving"),
        ({"stay": (False,), "lasting": (True,)}, "move", "case-for-moving"),
        ({"stay": (True,), "lasting": (True,)}, "move", "tension-resolved-by-persistence"),
        ({"stay": (True,), "tighten": (True,)}, "hold", "tension-held"),
        ({"stay": (True,), "tighten": (False,)}, "hold", "case-for-holding"),
        ({"stay": (False,), "tighten": (False,)}, "hold", "no-case-yet"),
        ({}, "hold", "no-case-yet"),
        ({"tighten": (True,), "prerequisites": (True, True)}, "move", "case-for-moving"),
        ({"tighten": (True,), "prerequisites": (True, False)}, "prerequisites-first", "prerequisites-unmet"),
        ({"stay": (True,), "lasting": (True,), "prerequisites": (False,)}, "prerequisites-first", "prerequisites-unmet"),
        ({"stay": (True,), "tighten": (True,), "prerequisites": (False,)}, "hold", "tension-held"),
        ({"stay": (True,), "prerequisites": (None,)}, "hold", "case-for-holding"),
        ({"stay": (True, None), "tighten": (None, False)}, "hold", "case-for-holding"),
        ({"stay": (None,), "tighten": (False,)}, "hold", "no-case-yet"),
        ({"stay": (None,), "lasting": (True, None)}, "move", "case-for-moving"),
        ({"tighten": (True, None), "prerequisites": (False, None)}, "prerequisites-first", "prerequisites-unmet"),
    ],
)
def test_the_verdict_follows_from_the_conditions(sides: dict[str, tuple[Met, ...]], kind: str, reason: str) -> None:
    verdict = _decide(**sides)
    assert (verdict.kind, verdict.reason, verdict.deciding) == (kind, reason, ())


@pytest.mark.parametrize(
    ("sides", "deciding"),
    [
        ({"stay": (None,), "tighten": (True,)}, ["s0"]),
        ({"stay": (False,), "tighten": (None, None)}, ["t0", "t1"]),
        ({"stay": (True,), "tighten": (True,), "lasting": (None,)}, ["l0"]),
        ({"stay": (True,), "tighten": (None,), "lasting": (None,)}, ["l0"]),
        ({"stay": (None,), "tighten": (None,), "prerequisites": (None,)}, ["s0", "t0", "p0"]),
        ({"tighten": (True,), "prerequisites": (True, None)}, ["p1"]),
        ({"stay": (None,), "tighten": (True,), "prerequisites": (False, None)}, ["s0"]),
    ],
)
def test_where_unknown_facts_change_the_verdict_those_that_do_are_named(sides: dict[str, tuple[Met, ...]], deciding: list[str]) -> None:
    verdict = _decide(**sides)
    assert (verdict.kind, verdict.reason) == ("not-enough-evidence", "facts-missing")
    assert verdict.transition is not None
    assert [c.condition.id for c in verdict.deciding] == deciding


SIDE = st.lists(st.sampled_from([True, False, None]), max_size=3).map(tuple)


@law(SIDE, SIDE, SIDE, SIDE)
def test_the_verdict_stands_only_if_every_completion_gives_it(
    stay: tuple[Met, ...], tighten: tuple[Met, ...], lasting: tuple[Met, ...], prerequisites: tuple[Met, ...]
) -> None:
    sides = (stay, tighten, lasting, prerequisites)
    names = [f"{letter}{place}" for letter, side in zip("stlp", sides, strict=True) for place in range(len(side))]
    mets = [met for side in sides for met in side]
    kinds = {way: _oracle(dict(zip(names, way, strict=True))) for way in product(*((True, False) if m is None else (m,) for m in mets))}
    verdict = _decide(*sides)
    if len(set(kinds.values())) == 1:
        assert (verdict.kind, verdict.deciding) == (next(iter(kinds.values())), ())
    else:
        turning = [name for place, name in enumerate(names) if mets[place] is None and _turns(place, kinds)]
        assert (verdict.kind, [c.condition.id for c in verdict.deciding]) == ("not-enough-evidence", turning)


def _oracle(met: dict[str, bool]) -> str:
    case_for_holding = any(met[name] for name in met if name[0] == "s")
    case_for_moving = any(met[name] for name in met if name[0] in "tl")
    overrides = any(met[name] for name in met if name[0] == "l")
    if not case_for_moving or (case_for_holding and not overrides):
        return "hold"
    return "move" if all(met[name] for name in met if name[0] == "p") else "prerequisites-first"


def _turns(place: int, kinds: dict[tuple[bool, ...], str]) -> bool:
    return any(kinds[way] != kinds[(*way[:place], not way[place], *way[place + 1 :])] for way in kinds)


def test_every_condition_stands_in_the_verdict_with_what_it_was_held_against() -> None:
    verdict = _decide((True,), (False,), (None,), (False, None))
    assert [(c.condition.id, c.met) for c in verdict.conditions] == [("s0", True), ("t0", False), ("l0", None), ("p0", False), ("p1", None)]
    assert verdict.stay[0].judgement.readings[0].value is True
    assert [c.condition.id for c in verdict.unmet_prerequisites] == ["p0", "p1"]


@pytest.mark.parametrize(("tighten", "need"), [((True, None), True), ((False, None), None), ((False,), False), ((), False)])
def test_the_need_is_whether_anything_speaks_for_moving(tighten: tuple[Met, ...], need: Met) -> None:
    assert _decide(tighten=tighten).need is need


def test_without_a_stage_there_is_not_enough_evidence() -> None:
    verdict = decide(None, PLAYBOOK.transitions, known())
    assert verdict == Verdict("not-enough-evidence", "no-stage", None, (), (), (), ())


def test_at_the_top_stage_the_verdict_is_to_sustain() -> None:
    verdict = decide(_reading("integrated"), PLAYBOOK.transitions, known())
    assert verdict == Verdict("sustain", "top-stage", None, (), (), (), ())


def test_the_transition_is_the_one_out_of_the_stage_and_skips_none() -> None:
    order = [stage.id for stage in PLAYBOOK.stages]
    for transition in PLAYBOOK.transitions:
        bare = replace(transition, stay=(), prerequisites=(), tighten=(replace(transition.tighten[0], when=is_yes("x")),))
        others = [other for other in PLAYBOOK.transitions if other is not transition]
        verdict = decide(_reading(transition.from_), [*others, bare], known({"x": True}))
        assert verdict.transition is bare
        assert order.index(verdict.transition.to) == order.index(transition.from_) + 1


@pytest.mark.parametrize(
    ("total", "stage", "over_floor", "edge_is_above"),
    [
        (20, "undefined", 0, True),
        (35, "undefined", 15, True),
        (45, "defined", 5, False),
        (50, "defined", 10, True),
        (79, "aligned", 19, True),
        (95, "integrated", 15, False),
        (100, "integrated", 20, False),
    ],
)
def test_the_distance_to_the_nearest_edge_is_that_of_the_exact_score(total: int, stage: str, over_floor: int, edge_is_above: bool) -> None:
    reading = stage_of(wave(team("sales", [total] * 5), team("marketing", [total] * 5)))
    assert reading is not None
    assert (reading.stage.id, reading.over_floor, reading.edge_is_above) == (stage, over_floor, edge_is_above)


@pytest.mark.parametrize(
    ("score", "low", "high", "bordering"),
    [
        (50, 45, 55, None),
        (50, 40, 59.9, None),
        (50, 39.9, 55, "undefined"),
        (50, 45, 60, "aligned"),
        (52, 39, 61, "aligned"),
        (48, 39, 61, "undefined"),
        (50, 39, 61, "aligned"),
        (25, 19, 31, None),
        (95, 88, 101, None),
        (83, 79, 87, "aligned"),
        (38, 35, 41, "defined"),
    ],
)
def test_an_interval_borders_on_the_nearer_stage_it_reaches_into(score: int, low: float, high: float, bordering: str | None) -> None:
    found = published(wave([respondent("sales", answers_for(60))]))
    combined = Figure(Fraction(score), Count(20, 20), Interval(low, high))
    reading = read_stage(replace(found, score=Split(combined=combined)), PLAYBOOK.stages, INSTRUMENT)
    assert reading is not None
    assert (reading.bordering.id if reading.bordering else None) == bordering


def test_a_score_without_an_interval_borders_on_nothing() -> None:
    reading = stage_of(wave(team("sales", [58, 59, 60, 61, 62]), team("marketing", [58, 59, 60, 61, 62])))
    assert reading is not None
    assert reading.bordering is None
