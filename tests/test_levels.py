"""Heads against staff: shown where both are groups and no cell of a few people follows from the margins."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from cases import INSTRUMENT, NAMED, answers_for, published, respondent, wave

from alignment_report.analysis.levels import compare_levels
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Respondent, Role

ENDS = (Fraction(20), Fraction(100))


def _people(function: Role, level: str, totals: Sequence[int]) -> list[Respondent]:
    return [respondent(function, answers_for(total, 3 * place), level) for place, total in enumerate(totals)]


def _levels(heads: Sequence[Sequence[int]], staff: Sequence[Sequence[int]], is_safe: bool = True) -> Levels | None:
    """Totals of heads and of staff, in Sales and in Marketing."""
    people = [
        _people(f, level, totals)
        for level, cells in (("head", heads), ("staff", staff))
        for f, totals in zip(("sales", "marketing"), cells, strict=True)
    ]  # type: ignore[arg-type]
    scores = score_respondents(wave(*people), INSTRUMENT)
    reveals = lambda totals: len(totals) < 10 and any(totals.count(end) >= len(totals) - 1 for end in ENDS)  # noqa: E731
    return compare_levels(scores, 5, reveals, lambda: is_safe)


STAFF = ([55, 62, 48, 59, 66, 51, 60], [44, 58, 52, 61, 47, 50, 63])


def test_heads_and_staff_are_means_of_persons() -> None:
    found = _levels(([70, 72, 74, 71, 73], [60, 62, 64, 61, 63, 65]), STAFF)
    totals = [*STAFF[0], *STAFF[1]]
    assert found == Levels(Figure(Fraction(735, 11), Count(11, 11)), Figure(Fraction(sum(totals), len(totals)), Count(14, 14)))


@pytest.mark.parametrize("heads", [([70, 72], [60, 62]), ([70], [60]), ([], [])])
def test_fewer_than_five_heads_are_not_told_apart(heads: tuple[list[int], list[int]]) -> None:
    assert _levels(heads, STAFF) is None


HEADS = ([70, 72, 74, 71, 73], [60, 62, 64, 61, 63])


@pytest.mark.parametrize("cell", range(4))
@pytest.mark.parametrize("size", [1, 4])
def test_a_cell_of_fewer_than_five_people_is_not_left_to_be_computed(cell: int, size: int) -> None:
    cells = [*HEADS, *STAFF]
    assert _levels(cells[:2], cells[2:]) is not None
    cells[cell] = cells[cell][:size]
    assert _levels(cells[:2], cells[2:]) is None


def test_five_heads_all_of_one_function_are_told_apart() -> None:
    found = _levels((HEADS[0], []), STAFF)
    assert found is not None
    assert found.heads == Figure(Fraction(72), Count(5, 5))


def test_heads_or_staff_of_one_mind_are_not_told_apart() -> None:
    assert _levels(([70] * 5, [70] * 5), STAFF) is None
    assert _levels(HEADS, ([50] * 7, [50] * 7)) is None
    assert _levels(HEADS, ([50, 60] * 3, [50, 60] * 3)) is not None


def test_heads_of_whom_one_could_take_the_own_answers_away_are_not_told_apart() -> None:
    """Four of five at 100: the fifth would learn what all the others answered."""
    assert _levels(([100, 100, 100, 100, 60], []), STAFF) is None


def test_one_marketer_among_the_heads_who_follows_from_the_margins_is_not_told() -> None:
    """All of Sales but one are heads and all heads but none are of Sales: that one is Sales less the heads."""
    assert _levels(([70, 72, 74, 65, 68, 61], []), ([40], [44, 58, 52, 61, 47, 50, 63])) is None


def test_heads_and_staff_by_whom_somebody_is_exposed_are_not_told_apart() -> None:
    assert _levels(HEADS, STAFF, is_safe=False) is None


def test_two_named_heads_are_not_compared_with_staff() -> None:
    assert published(wave(_people("sales", "head", [60]), _people("marketing", "head", [50]), rules=NAMED)).levels is None
