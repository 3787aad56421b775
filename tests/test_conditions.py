"""Conditions held against what is known, with three outcomes."""

from fractions import Fraction
from itertools import product

import pytest
from cases import is_yes, known, split

from alignment_report.analysis.conditions import every, holds, judge, some
from alignment_report.model.conditions import Bound, Condition
from alignment_report.model.fields import FactValue

OUTCOMES = (True, False, None)


@pytest.mark.parametrize("outcomes", [o for size in range(4) for o in product(OUTCOMES, repeat=size)])
def test_joined_outcomes_are_told_only_if_every_completion_agrees(outcomes: tuple[bool | None, ...]) -> None:
    completions = list(product(*((True, False) if o is None else (o,) for o in outcomes)))
    for join, rule in ((every, all), (some, any)):
        possible = {rule(c) for c in completions}
        assert join(outcomes) is (possible.pop() if len(possible) == 1 else None)


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        ({"at_least": Fraction(3)}, Fraction(3), True),
        ({"at_least": Fraction(3)}, Fraction("2.9"), False),
        ({"at_most": Fraction(3)}, Fraction(3), True),
        ({"at_most": Fraction(3)}, Fraction("3.1"), False),
        ({"below": Fraction(3)}, Fraction("2.9"), True),
        ({"below": Fraction(3)}, Fraction(3), False),
        ({"above": Fraction(3)}, Fraction("3.1"), True),
        ({"above": Fraction(3)}, Fraction(3), False),
        ({"is_": True}, True, True),
        ({"is_": True}, False, False),
        ({"is_": False}, False, True),
        ({"is_": "b2b"}, "b2b", True),
        ({"is_": "b2b"}, "b2c", False),
        ({"at_least": Fraction(3)}, None, None),
        ({"is_": True}, None, None),
        ({"at_least": Fraction(1)}, True, False),
        ({"at_least": Fraction(1)}, "many", False),
    ],
)
def test_a_bound_holds_fails_or_cannot_be_told(bound: dict[str, Fraction | bool | str], value: FactValue, expected: bool | None) -> None:
    assert holds(Bound("fact", "x", **bound), value) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("function", "value"), [(None, 3), ("sales", 2), ("marketing", 4), ("gap", 2), ("distance", 2)])
@pytest.mark.parametrize("subject", ["statement", "dimension", "score"])
def test_a_figure_is_read_as_combined_unless_another_reading_is_named(subject: str, function: str | None, value: int) -> None:
    figures = split(2, 4)
    seen = known(statements={"x": figures}, dimensions={"x": figures}, score=figures)
    assert seen.value(Bound(subject, "x", function)) == value  # type: ignore[arg-type]


def test_each_bound_is_held_against_its_own_kind_of_figure() -> None:
    seen = known({"x": "b2b"}, {"x": Fraction(7)}, {"x": split(2, 2)}, {"x": split(40, 40)}, split(60, 60))
    values = [seen.value(Bound(subject, "x")) for subject in ("fact", "measure", "statement", "dimension", "score")]  # type: ignore[arg-type]
    assert values == ["b2b", 7, 2, 40, 60]


def test_the_distance_is_the_size_of_the_gap() -> None:
    seen = known(score=split(4, 1))
    assert (seen.value(Bound("score", "all", "gap")), seen.value(Bound("score", "all", "distance"))) == (-3, 3)


@pytest.mark.parametrize("function", [None, "sales", "marketing", "gap", "distance"])
def test_a_withheld_figure_is_unknown(function: str | None) -> None:
    assert known(score=split(None, None)).value(Bound("score", "all", function)) is None  # type: ignore[arg-type]


def test_a_measure_nobody_gave_is_unknown() -> None:
    bound = Bound("measure", "win-rate", at_least=Fraction(1, 5))
    assert judge(Condition("all", (bound,)), known()).met is None
    assert judge(Condition("all", (bound,)), known(measures={"win-rate": Fraction(1, 4)})).met is True


def test_a_judgement_keeps_every_reading_it_rests_on() -> None:
    condition = Condition("any", (*is_yes("a").bounds, *is_yes("b").bounds))
    judgement = judge(condition, known({"a": None, "b": True}))
    assert judgement.met is True
    assert [(r.bound.id, r.value, r.holds) for r in judgement.readings] == [("a", None, None), ("b", True, True)]
    assert judge(Condition("all", condition.bounds), known({"a": None, "b": True})).met is None
