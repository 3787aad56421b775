"""Heads against staff: shown where both are groups and no cell of a few people follows from the margins."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from cases import INSTRUMENT, NAMED, answers_for, published, respondent, wave
from scipy.optimize import linprog

from alignment_report.analysis.levels import compare_levels
from alignment_report.analysis.published import Count, Figure, Levels
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Respondent, Role

ENDS, FLOORS = (Fraction(20), Fraction(100)), [Fraction(floor) for floor in (20, 40, 60, 80)]


def _people(function: Role, level: str, totals: Sequence[int]) -> list[Respondent]:
    return [respondent(function, answers_for(total, 3 * place), level) for place, total in enumerate(totals)]


def _levels(heads: Sequence[Sequence[int]], staff: Sequence[Sequence[int]]) -> Levels | None:
    """Totals of heads and of staff, in Sales and in Marketing."""
    people = [
        _people(f, level, totals)
        for level, cells in (("head", heads), ("staff", staff))
        for f, totals in zip(("sales", "marketing"), cells, strict=True)
    ]  # type: ignore[arg-type]
    scores = score_respondents(wave(*people), INSTRUMENT)
    return compare_levels(
        scores,
        ENDS,
        FLOORS,
        5,
        lambda totals: len(totals) < 10 and any(totals.count(end) >= len(totals) - 1 for end in ENDS),
        lambda people: (ENDS[0] * len(people), ENDS[1] * len(people)),
    )


STAFF = ([55, 62, 48, 59, 66, 51, 60], [44, 58, 52, 61, 47, 50, 63])


def test_heads_and_staff_are_means_of_persons() -> None:
    found = _levels(([70, 72, 74], [60, 62, 64]), STAFF)
    totals = [*STAFF[0], *STAFF[1]]
    assert found == Levels(Figure(Fraction(67), Count(6, 6)), Figure(Fraction(sum(totals), len(totals)), Count(14, 14)))


@pytest.mark.parametrize("heads", [([70, 72], [60, 62]), ([70], [60]), ([], [])])
def test_fewer_than_five_heads_are_not_told_apart(heads: tuple[list[int], list[int]]) -> None:
    assert _levels(heads, STAFF) is None


def test_five_heads_are_told_apart() -> None:
    found = _levels(([70, 72, 74], [60, 62]), STAFF)
    assert found is not None
    assert found.heads == Figure(Fraction(338, 5), Count(5, 5))


def test_heads_or_staff_of_one_mind_are_not_told_apart() -> None:
    assert _levels(([70, 70, 70], [70, 70, 70]), STAFF) is None
    assert _levels(([70, 72, 74], [60, 62, 64]), ([50] * 7, [50] * 7)) is None
    assert _levels(([70, 72, 74], [60, 62, 64]), ([50, 60] * 3, [50, 60] * 3)) is not None


def test_heads_of_whom_one_could_take_the_own_answers_away_are_not_told_apart() -> None:
    """Four of five at 100: the fifth would learn what all the others answered."""
    assert _levels(([100, 100, 100], [100, 60]), STAFF) is None


def test_one_marketer_among_the_heads_who_follows_from_the_margins_is_not_told() -> None:
    """All of Sales but one are heads and all heads but none are of Sales: that one is Sales less the heads."""
    assert _levels(([70, 72, 74, 65, 68, 61], []), ([40], [44, 58, 52, 61, 47, 50, 63])) is None


def test_two_named_heads_are_not_compared_with_staff() -> None:
    assert published(wave(_people("sales", "head", [60]), _people("marketing", "head", [50]), rules=NAMED)).levels is None


@pytest.mark.parametrize("seed", range(200))
def test_what_is_shown_leaves_the_cells_of_a_few_open(seed: int) -> None:
    import random

    chance = random.Random(seed)
    sizes = [chance.randrange(0, 9) for _ in range(4)]
    cells = [[chance.randrange(20, 101) for _ in range(size)] for size in sizes]
    found = _levels(cells[:2], cells[2:])
    if found is None or not (sizes[0] + sizes[2] and sizes[1] + sizes[3]):
        return
    rows, low, high = [], [], []
    for members in ((0, 1), (2, 3), (0, 2), (1, 3)):
        totals = [total for member in members for total in cells[member]]
        rows.append([1.0 if cell in members else 0.0 for cell in range(4)])
        low.append(len(totals) * (round(sum(totals) / len(totals), 1) - 0.051))
        high.append(len(totals) * (round(sum(totals) / len(totals), 1) + 0.051))
    for cell, size in enumerate(sizes):
        if 0 < size < 5:
            limits = {"bounds": [(20 * n, 100 * n) for n in sizes]}
            target = [1.0 if place == cell else 0.0 for place in range(4)]
            all_rows = [*rows, *([-x for x in row] for row in rows)]
            ends = [linprog([sign * x for x in target], A_ub=all_rows, b_ub=[*high, *(-x for x in low)], **limits).fun for sign in (1, -1)]
            lone = min(_lone(cells, cell, members) for members in ((0, 1), (2, 3), (0, 2), (1, 3)) if cell in members)
            assert -ends[1] - ends[0] > min(0.55 * 80 * size, 0.85 * lone)


def _lone(cells: Sequence[Sequence[int]], cell: int, members: Sequence[int]) -> float:
    """How wide one margin alone leaves a cell's sum."""
    others = sum(len(cells[member]) for member in members if member != cell)
    whole = sum(sum(cells[member]) for member in members)
    size = len(cells[cell])
    return min(100 * size, whole - 20 * others) - max(20 * size, whole - 100 * others)
