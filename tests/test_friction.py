"""Signs, counter-signs and observations into the strength of a friction."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from cases import PLAYBOOK, is_yes, known, law, source
from hypothesis import strategies as st

from alignment_report.analysis.friction import Finding, diagnose
from alignment_report.model.client import Observation
from alignment_report.model.playbook import Sign, StrengthRule

RULE = StrengthRule(weak=1, moderate=2, strong=4, known=Fraction(1, 2), reason="a test")
ORDER = ("none", "weak", "moderate", "strong")


def _sign(id: str, weight: int = 1) -> Sign:
    return Sign(id, is_yes(id), ("says",), weight)


def _seen(points: str, about: str = "price") -> Observation:
    return Observation("seen", about, points, "interview", date(2026, 3, 1), "It was seen.")  # type: ignore[arg-type]


def _found(signs: dict[str, tuple[int, bool | None]], counters: dict[str, tuple[int, bool | None]], *seen: Observation) -> Finding:
    facts = {id: met for id, (_, met) in (signs | counters).items()}
    price = source("price", [_sign(id, w) for id, (w, _) in signs.items()], [_sign(id, w) for id, (w, _) in counters.items()])
    (finding,) = diagnose(known(facts), [price], seen, RULE)
    return finding


@pytest.mark.parametrize(
    ("weights", "counter", "strength", "points"),
    [
        ((), 0, "none", 0),
        ((1,), 0, "weak", 1),
        ((2,), 0, "moderate", 2),
        ((2, 1), 0, "moderate", 3),
        ((3, 1), 0, "strong", 4),
        ((3, 1), 1, "moderate", 3),
        ((3, 1), 3, "weak", 1),
        ((1,), 3, "none", -2),
    ],
)
def test_strength_is_signs_met_less_counter_signs_met(weights: tuple[int, ...], counter: int, strength: str, points: int) -> None:
    signs: dict[str, tuple[int, bool | None]] = {f"s{place}": (weight, True) for place, weight in enumerate(weights)}
    finding = _found(signs | {"no": (3, False)}, {"c": (counter, True)} if counter else {})
    assert (finding.strength, finding.points, finding.is_found) == (strength, points, strength != "none")
    assert [s.sign.id for s in finding.speaks_for] == list(signs)
    assert [s.sign.id for s in finding.speaks_against] == (["c"] if counter else [])


@pytest.mark.parametrize(
    ("signs", "counters", "strength"),
    [
        ((True, None), (), "weak"),
        ((True, None, None), (), "not-assessable"),
        ((True, None), (False,), "weak"),
        ((True, None), (None,), "not-assessable"),
        ((None,), (), "not-assessable"),
        ((), (), "not-assessable"),
    ],
)
def test_a_friction_is_assessable_if_enough_of_its_signs_are_known(
    signs: tuple[bool | None, ...], counters: tuple[bool | None, ...], strength: str
) -> None:
    finding = _found({f"s{i}": (1, m) for i, m in enumerate(signs)}, {f"c{i}": (1, m) for i, m in enumerate(counters)})
    assert finding.strength == strength
    assert (finding.points is None) is (strength == "not-assessable")
    assert len(finding.unknown) == signs.count(None) + counters.count(None)


def test_an_observation_counts_like_a_sign_and_makes_a_friction_assessable() -> None:
    assert _found({"s": (1, None), "t": (1, None), "u": (1, None)}, {}, _seen("for")).strength == "weak"
    assert _found({"s": (2, True)}, {}, _seen("against")).strength == "weak"
    assert _found({"s": (2, True)}, {}, _seen("for"), _seen("for")).strength == "strong"


def test_an_observation_about_another_friction_counts_for_nothing() -> None:
    finding = _found({"s": (1, True)}, {}, _seen("for", about="budget-power"))
    assert (finding.points, finding.observations) == (1, ())


def test_findings_stand_strongest_first_and_ties_in_the_order_of_the_playbook() -> None:
    sources = [
        source("unknown", [_sign("u")]),
        source("none", [_sign("n")]),
        source("weak", [_sign("a")]),
        source("also-weak", [_sign("a")]),
        source("three", [_sign("b", 3)]),
        source("strong", [_sign("b", 3), _sign("a")]),
        source("two", [_sign("c", 2)]),
    ]
    found = diagnose(known({"u": None, "n": False, "a": True, "b": True, "c": True}), sources, (), RULE)
    assert [f.source.id for f in found] == ["strong", "three", "two", "weak", "also-weak", "none", "unknown"]


def test_of_two_that_are_not_found_the_one_with_more_points_stands_first() -> None:
    sources = [source("nothing", [_sign("n")]), source("one", [_sign("a")])]
    found = diagnose(known({"n": False, "a": True}), sources, (), replace(RULE, weak=2, moderate=3))
    assert [(f.source.id, f.strength, f.points) for f in found] == [("one", "none", 1), ("nothing", "none", 0)]


SIGNS = st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=4)


@law(SIGNS, SIGNS, st.integers(0, 3))
def test_one_more_sign_never_weakens_a_friction_and_one_more_counter_sign_never_strengthens_it(
    signs: list[tuple[int, bool]], counters: list[tuple[int, bool]], place: int
) -> None:
    def strength(own: list[tuple[int, bool]], against: list[tuple[int, bool]]) -> int:
        return ORDER.index(_found({f"s{i}": s for i, s in enumerate(own)}, {f"c{i}": c for i, c in enumerate(against)}).strength)

    def met(side: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
        return [(weight, holds or at == place) for at, (weight, holds) in enumerate(side)]

    assert strength(signs, met(counters)) <= strength(signs, counters) <= strength(met(signs), counters)


def test_the_shipped_rule_rises_from_weak_to_strong() -> None:
    assert 0 < PLAYBOOK.strength.weak < PLAYBOOK.strength.moderate < PLAYBOOK.strength.strong
