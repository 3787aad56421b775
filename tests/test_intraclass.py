"""Intraclass correlations of groups: published figures, scipy's analysis of variance on random data, and the degenerate cases."""

import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from scipy.stats import f, f_oneway

from alignment_report.analysis.intraclass import Intraclass, intraclass

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def _of(groups: Sequence[Sequence[int]]) -> Intraclass:
    found = intraclass([[Fraction(value) for value in group] for group in groups])
    assert found is not None
    return found


def test_the_one_way_figures_of_shrout_and_fleiss() -> None:
    """Table 2 of Shrout & Fleiss (1979), six targets as the groups: ICC(1,1) .17 and ICC(1,k) .44."""
    found = _of(SHROUT_FLEISS)
    assert float(found.single) == pytest.approx(0.165742, abs=1e-6)
    assert float(found.group) == pytest.approx(0.442797, abs=1e-6)
    assert (found.single_interval.low, found.single_interval.high) == pytest.approx((-0.132932, 0.722560), abs=1e-6)
    assert (found.group_interval.low, found.group_interval.high) == pytest.approx((-0.884442, 0.912415), abs=1e-6)


def test_two_functions_of_one_size() -> None:
    found = _of([[60, 64, 58, 66, 62], [48, 52, 50, 46, 54]])
    assert (found.single, found.group) == (Fraction(7, 8), 1 - Fraction(10, 360))


def test_two_functions_of_unequal_size() -> None:
    found = _of([[60, 64, 58, 66, 62, 61, 63], [48, 52, 50, 46, 54]])
    assert float(found.single) == pytest.approx(0.895932, abs=1e-6)
    assert float(found.group) == pytest.approx(0.980476, abs=1e-6)


@pytest.mark.parametrize("seed", range(200))
def test_random_groups_give_what_follows_from_the_analysis_of_variance(seed: int) -> None:
    chance = random.Random(seed)
    groups = [[chance.randrange(20, 101) for _ in range(chance.randrange(2, 12))] for _ in range(chance.randrange(2, 6))]
    ratio, people = float(f_oneway(*groups).statistic), sum(map(len, groups))
    size = (people - sum(len(group) ** 2 for group in groups) / people) / (len(groups) - 1)
    low, high = (ratio / float(f.ppf(p, len(groups) - 1, people - len(groups))) for p in (0.975, 0.025))
    found = intraclass([[Fraction(value) for value in group] for group in groups])
    if found is None:
        assert ratio == 0
        return
    assert float(found.single) == pytest.approx((ratio - 1) / (ratio + size - 1), abs=1e-9)
    assert float(found.group) == pytest.approx(1 - 1 / ratio, rel=1e-9, abs=1e-9)
    assert found.single_interval.low == pytest.approx((low - 1) / (low + size - 1), abs=1e-6)
    assert found.single_interval.high == pytest.approx((high - 1) / (high + size - 1), abs=1e-6)


@pytest.mark.parametrize("groups", [[[3, 3], [3, 3]], [[1, 1], [2, 2]], [[1, 3], [1, 3]]])
def test_without_differences_within_or_between_groups_there_is_no_figure(groups: list[list[int]]) -> None:
    assert intraclass([[Fraction(value) for value in group] for group in groups]) is None
