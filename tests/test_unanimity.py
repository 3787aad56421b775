"""Withheld statements of one mind that would follow from their sum."""

import pytest
from cases import FIRST, SECOND, TWO, Pair, sums_of

from alignment_report.analysis.audit import Exposure
from alignment_report.analysis.shown_sums import Way
from alignment_report.analysis.unanimity import of_one_mind
from alignment_report.analysis.widths import Ways

DIMENSION = TWO.dimensions[0].id
MARKETING: list[Pair] = [(2, 3)] * 12


def ways(score: Way, first: Way, second: Way, dimension: Way) -> Ways:
    return Ways(score, {FIRST: first, SECOND: second}, {DIMENSION: dimension})


def sales(*second: int | None) -> list[Pair]:
    return [(1 + place % 4, answer) for place, answer in enumerate(second)]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (ways("hidden", "apart", "together", "apart"), (Exposure(frozenset([FIRST]), frozenset([DIMENSION])),)),
        (ways("apart", "apart", "hidden", "apart"), (Exposure(frozenset([FIRST]), frozenset([DIMENSION])),)),
        (ways("apart", "apart", "hidden", "together"), (Exposure(frozenset([FIRST]), frozenset()),)),
        (ways("together", "apart", "hidden", "together"), ()),
        (ways("apart", "apart", "apart", "apart"), ()),
        (ways("apart", "hidden", "hidden", "hidden"), ()),
    ],
)
def test_a_withheld_statement_at_the_end_follows_from_what_is_shown_around_it(shown: Ways, found: tuple[Exposure, ...]) -> None:
    assert of_one_mind(sums_of(sales(5, 5, 5, 5, 5), MARKETING), shown, 10) == found


@pytest.mark.parametrize(
    ("answers", "follows"),
    [
        ((5, 5, 5, 5, 5), True),
        ((5, 5, 5, 5, 4), True),
        ((5, 5, 5, 4, 4), False),
        ((5, 5, 5, 5, 3), False),
        ((1, 1, 1, 1, 1), True),
        ((1, 1, 2, 1, 1), True),
        ((1, 1, 3, 1, 1), False),
        ((5, 5, 5, 5, None), True),
        ((None, None, None, None, None), False),
    ],
)
def test_a_sum_one_step_from_the_end_tells_nearly_all_and_one_of_two_steps_does_not(answers: tuple[int | None, ...], follows: bool) -> None:
    found = of_one_mind(sums_of(sales(*answers), MARKETING), ways("hidden", "apart", "hidden", "apart"), 10)
    assert bool(found) is follows


@pytest.mark.parametrize(("crowd", "follows"), [(5, False), (6, True)])
def test_a_function_of_as_many_people_as_an_interval_needs_is_large_enough(crowd: int, follows: bool) -> None:
    found = of_one_mind(sums_of(sales(5, 5, 5, 5, 5), MARKETING), ways("hidden", "apart", "hidden", "apart"), crowd)
    assert bool(found) is follows


def test_what_exposes_both_functions_is_told_once() -> None:
    both = sums_of(sales(5, 5, 5, 5, 5), sales(1, 1, 1, 1, 1))
    assert of_one_mind(both, ways("hidden", "apart", "hidden", "apart"), 10) == (Exposure(frozenset([FIRST]), frozenset([DIMENSION])),)
