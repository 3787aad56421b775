"""What is withheld so that nobody is exposed: of what tells least, and no more than it takes."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from cases import INSTRUMENT, STATEMENTS, split

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.audit import Exposure
from alignment_report.analysis.published import WITHHELD, Count, DimensionFigures, Figure, Split, StatementFigures
from alignment_report.analysis.widths import Ways
from alignment_report.analysis.withholding import (
    NoSafeFigures,
    _further,
    _given_back,
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


SHARES = dict.fromkeys(range(1, 6), Fraction(1, 5))
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


def test_a_comparison_of_dimensions_waits_while_others_rest_on_statements() -> None:
    """Withholding the statement may settle it as well."""
    dimensions = {DIMENSION: shown(0, 5), OTHER_DIMENSION: shown(1, 5)}
    assert chosen([(FIRST,), (DIMENSION, OTHER_DIMENSION)], {FIRST: shown(2)}, dimensions) == {FIRST}


def given_back(is_safe: Callable[[Ways], bool], **full: Split) -> dict[str, Split]:
    """Statements that were all hidden, after what was withheld in vain is given back; each with the shares of its answers as it was."""
    known = {s.id: s for s in INSTRUMENT.statements}
    ids = dict(zip(full, (FIRST, SECOND, THIRD), strict=False))
    statements = tuple(StatementFigures(known[ids[name]], each, SHARES) for name, each in full.items())
    safe = tuple(StatementFigures(f.statement, HIDDEN, None) for f in statements)
    found = _given_back(HIDDEN, statements, safe, (), is_safe)
    assert all((f.distribution == SHARES) is (way_of(f.split) == "apart") for f in found)
    return {name: f.split for name, f in zip(full, found, strict=True)}


def test_what_was_withheld_in_vain_is_given_back_whole() -> None:
    assert given_back(lambda _: True, first=shown(1), second=shown(2)) == {"first": shown(1), "second": shown(2)}


def test_what_tells_most_is_given_back_first_and_for_both_functions_together_where_it_cannot_be_apart() -> None:
    """One statement may be shown apart and another together: that of most people, then that of the widest gap."""

    def is_safe(ways: Ways) -> bool:
        found = sorted(ways.statements.values())
        return found.count("apart") <= 1 and found.count("together") <= 1

    few, narrow, wide = shown(3, 8), shown(1), shown(2)
    assert given_back(is_safe, few=few, narrow=narrow, wide=wide) == {"few": HIDDEN, "narrow": without_split(narrow), "wide": wide}


def test_what_is_not_safe_in_any_other_way_stays_hidden() -> None:
    assert given_back(lambda ways: "apart" not in ways.statements.values(), one=shown(1)) == {"one": TOGETHER}
    assert given_back(lambda _: False, one=shown(1)) == {"one": HIDDEN}


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
