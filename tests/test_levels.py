"""Heads against staff: shown where both are groups and no cell of a few people follows from the margins."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from cases import FIRST, INSTRUMENT, NAMED, SECOND, TWO, answers_for, published, respondent, wave

from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.levels import compare_levels
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import score_respondents
from alignment_report.analysis.shown_sums import FUNCTIONS
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


HEADS = ([70, 72, 74, 71, 73], [60, 62, 64, 61, 63])
STAFF = ([55, 62, 48, 59, 66, 51, 60], [44, 58, 52, 61, 47, 50, 63])


def test_heads_and_staff_are_means_of_persons() -> None:
    found = _levels(([70, 72, 74, 71, 73], [60, 62, 64, 61, 63, 65]), STAFF)
    totals = [*STAFF[0], *STAFF[1]]
    assert found == Levels(Figure(Fraction(735, 11), Count(11, 11)), Figure(Fraction(sum(totals), len(totals)), Count(14, 14)))


@pytest.mark.parametrize("heads", [([70, 72], [60, 62]), ([70], [60]), ([], [])])
def test_fewer_than_five_heads_are_not_told_apart(heads: tuple[list[int], list[int]]) -> None:
    assert _levels(heads, STAFF) is None


@pytest.mark.parametrize("cell", range(4))
@pytest.mark.parametrize("size", [0, 1, 4])
def test_a_cell_of_fewer_than_five_people_is_not_left_to_be_computed(cell: int, size: int) -> None:
    cells = [*HEADS, *STAFF]
    assert _levels(cells[:2], cells[2:]) is not None
    cells[cell] = cells[cell][:size]
    assert _levels(cells[:2], cells[2:]) is None


def test_staff_of_one_mind_who_follow_from_heads_all_of_one_function_are_not_told() -> None:
    """All of Sales less the heads of Sales: who prints both prints that the five others have 100."""
    assert _levels(([70, 72, 74, 65, 68, 61], []), ([100] * 5, STAFF[1])) is None


def test_a_cell_of_one_mind_is_not_told() -> None:
    assert _levels(HEADS, ([100] * 5, STAFF[1])) is None


def test_heads_or_staff_of_one_mind_are_not_told_apart() -> None:
    assert _levels(([70] * 5, [70] * 5), STAFF) is None
    assert _levels(HEADS, ([50] * 7, [50] * 7)) is None
    assert _levels(HEADS, ([50, 60] * 3, [50, 60] * 3)) is not None


def test_heads_of_whom_one_could_take_the_own_answers_away_are_not_told_apart() -> None:
    """Four of five at 100: the fifth would learn what all the others answered."""
    assert _levels(([100, 100, 100, 100, 60], []), STAFF) is None


def test_heads_and_staff_by_whom_somebody_is_exposed_are_not_told_apart() -> None:
    assert _levels(HEADS, STAFF, is_safe=False) is None


@pytest.mark.parametrize(("left_out", "is_shown"), [(None, False), (4, True)])
def test_one_head_who_left_a_statement_out_and_follows_from_both_cuts_keeps_them_from_being_shown(
    left_out: int | None, is_shown: bool
) -> None:
    """Each cell has five people or more, and what else is shown exposes nobody by itself."""
    heads = [(2, left_out), (4, 1), (3, 1), (2, 1), (3, 2)], [(2, 3), (5, 4), (3, 5), (4, 2), (3, 4)]
    staff = [(1, 1), (5, 4), (2, 1), (5, 5), (1, 5), (3, 4), (3, 5), (2, 3)], [(5, 5), (5, 5), (4, 5), (4, 4), (3, 4)]
    people = [
        respondent(function, {id: answer for id, answer in zip((FIRST, SECOND), pair, strict=True) if answer}, level)
        for level, cells in (("head", heads), ("staff", staff))
        for function, pairs in zip(FUNCTIONS, cells, strict=True)
        for pair in pairs
    ]
    answered = wave(people)
    assert (disclose(score_respondents(answered, TWO), answered, TWO).levels is not None) == is_shown


def test_two_named_heads_are_not_compared_with_staff() -> None:
    assert published(wave(_people("sales", "head", [60]), _people("marketing", "head", [50]), rules=NAMED)).levels is None
