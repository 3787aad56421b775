"""What is withheld so that nobody is exposed: of what tells least, and no more than it takes."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from cases import INSTRUMENT, STATEMENTS, split

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.audit import Exposure
from alignment_report.analysis.published import WITHHELD, Count, DimensionFigures, Figure, Split, StatementFigures
from alignment_report.analysis.withholding import (
    NoSafeFigures,
    _further,
    _to_withhold,
    banded,
    way_of,
    without_lone_interval,
    without_split,
    worth,
)

FIRST, SECOND, THIRD = STATEMENTS[:3]
DIMENSION, OTHER_DIMENSION = (d.id for d in INSTRUMENT.dimensions[:2])
BESIDE = Figure(Fraction(4), Count(6, 6))


def shown(gap: int, people: int = 10) -> Split:
    """Both functions apart, with a gap and a number of people in all."""
    return Split(*(Figure(Fraction(value), Count(people, people)) for value in (3, 3, 3 + gap, gap)), BESIDE)


TOGETHER, HIDDEN = without_split(shown(1)), Split(leadership=BESIDE)


def chosen(exposed: Sequence[tuple[str, ...]], statements: dict[str, Split], dimensions: dict[str, Split] | None = None) -> set[str]:
    """What is withheld further, each comparison being given by what it rests on."""
    known = {s.id: s for s in INSTRUMENT.statements}
    dimension_of = {d.id: d for d in INSTRUMENT.dimensions}
    found = _to_withhold(
        [Exposure(frozenset(known.keys() & names), frozenset(dimension_of.keys() & names)) for names in map(set, exposed)],
        tuple(StatementFigures(known[id], each, None) for id, each in statements.items()),
        tuple(DimensionFigures(dimension_of[id], each) for id, each in (dimensions or {}).items()),
    )
    return {id for _, id in found}


@pytest.mark.parametrize(
    ("exposed", "statements", "withheld"),
    [
        # fewest people, then the smallest gap either way, then the order of ids
        ([(FIRST, SECOND)], {FIRST: shown(1, 12), SECOND: shown(2, 11)}, {SECOND}),
        ([(FIRST, SECOND)], {FIRST: shown(2), SECOND: shown(-1)}, {SECOND}),
        ([(FIRST, SECOND)], {FIRST: shown(1), SECOND: shown(1)}, {min(FIRST, SECOND)}),
        # most comparisons rest on it
        ([(FIRST, SECOND), (SECOND, THIRD)], {FIRST: shown(0), SECOND: shown(2), THIRD: shown(0)}, {SECOND}),
        # one of each comparison
        ([(FIRST,), (SECOND,)], {FIRST: shown(1), SECOND: shown(2)}, {FIRST, SECOND}),
        # what is shown apart goes together before anything shown together is hidden
        ([(FIRST, SECOND)], {FIRST: TOGETHER, SECOND: shown(2, 50)}, {SECOND}),
        ([(FIRST, SECOND), (FIRST, THIRD)], {FIRST: TOGETHER, SECOND: shown(2), THIRD: shown(2)}, {SECOND, THIRD}),
        # what is hidden cannot be withheld
        ([(FIRST, SECOND)], {FIRST: HIDDEN, SECOND: TOGETHER}, {SECOND}),
    ],
)
def test_of_each_comparison_what_tells_least_is_withheld(
    exposed: Sequence[tuple[str, ...]], statements: dict[str, Split], withheld: set[str]
) -> None:
    assert chosen(exposed, statements) == withheld


def test_statements_are_withheld_before_dimensions() -> None:
    dimensions = {DIMENSION: shown(0, 5), OTHER_DIMENSION: shown(1, 5)}
    assert chosen([(FIRST, DIMENSION)], {FIRST: shown(2)}, dimensions) == {FIRST}
    assert chosen([(FIRST, DIMENSION)], {FIRST: HIDDEN}, dimensions) == {DIMENSION}
    assert chosen([(DIMENSION, OTHER_DIMENSION)], {}, dimensions) == {DIMENSION}
    assert chosen([(DIMENSION, OTHER_DIMENSION)], {}, {**dimensions, DIMENSION: HIDDEN}) == {OTHER_DIMENSION}


def test_where_nothing_is_left_to_withhold_there_are_no_safe_figures() -> None:
    with pytest.raises(NoSafeFigures):
        chosen([(FIRST, DIMENSION)], {FIRST: HIDDEN}, {DIMENSION: HIDDEN})


def test_a_figure_goes_from_apart_to_together_to_hidden_and_that_of_leadership_stays() -> None:
    steps = [shown(1), _further(shown(1)), _further(_further(shown(1)))]
    assert [way_of(step) for step in steps] == ["apart", "together", "hidden"]
    assert steps[1].combined == Figure(Fraction(3), Count(10, 19))
    assert {step.leadership for step in steps} == {BESIDE}


@pytest.mark.parametrize(
    ("people", "band"),
    [(5, (5, 9)), (9, (5, 9)), (10, (10, 19)), (20, (20, 49)), (50, (50, 99)), (100, (100, 10_000)), (10_000, (100, 10_000))],
)
def test_a_band_of_people_keeps_the_value_and_the_interval(people: int, band: tuple[int, int]) -> None:
    within = Interval(2.5, 3.5)
    assert banded(Figure(Fraction(3), Count(people, people), within)) == Figure(Fraction(3), Count(*band), within)
    assert banded(WITHHELD) == WITHHELD


def test_only_the_interval_of_one_figure_for_both_is_taken_away() -> None:
    within = Interval(2.5, 3.5)
    apart = Split(*(Figure(Fraction(3), Count(20, 20), within) for _ in range(4)), BESIDE)
    lone = Split(combined=apart.combined, leadership=BESIDE)
    assert without_lone_interval(apart) == apart
    assert without_lone_interval(lone) == Split(combined=Figure(Fraction(3), Count(20, 20)), leadership=BESIDE)


def test_a_figure_is_worth_its_people_and_then_the_width_of_its_gap() -> None:
    assert worth(shown(-2, 12)) == (12, 2)
    assert worth(TOGETHER) == (10, 0)
    assert worth(HIDDEN) == worth(split(None, None)) == (0, 0)
