"""Patterns of careless answering: what counts as one, and that only counts of people come out."""

import random
from dataclasses import fields

import pytest
from cases import law
from hypothesis import strategies as st
from scipy import stats

from alignment_report.analysis.careless import Patterns, count_patterns, even_odd, irv, longstring

ANSWERS = st.lists(st.none() | st.integers(1, 5), max_size=24)
PEOPLE = st.lists(st.lists(st.none() | st.integers(3, 5), min_size=6, max_size=6), max_size=12)
DIMENSIONS = st.lists(st.lists(st.none() | st.integers(1, 5), max_size=6), max_size=6)

VARIED = [1, 2, 3, 4, 5, 4, 3, 2, 1, 5]
ALIKE = [3] * 10
ONE_STEP_OFF = [3, 3, 4, 3, 3, 3, 3, 3, 3, 3]
TWO_STEPS_OFF = [3, 3, 3, 5, 3, 3, 3, 3, 3, 3]
HALF_A_RUN = [2, 2, 2, 2, 2, 1, 3, 5, 4, 1]


@pytest.mark.parametrize(
    ("answers", "longest"),
    [([], 0), ([None], 0), ([3], 1), ([1, 1, 2, 2, 2, 1], 3), ([4, 4, None, 4, 4, 4], 3), ([None, None, None, 2], 1), (ALIKE, 10)],
)
def test_the_longest_run_is_of_identical_answers_and_ends_at_a_skipped_one(answers: list[int | None], longest: int) -> None:
    assert longstring(answers) == longest


@pytest.mark.parametrize(
    ("answers", "variability"), [([], None), ([4, None], None), ([4, None, 4], 0), ([1, 2, 3, 4, 5, 6], 1.870829), ([1, 5], 2.828427)]
)
def test_the_variability_is_the_standard_deviation_of_what_was_answered(answers: list[int | None], variability: float | None) -> None:
    assert irv(answers) == (variability if variability is None else pytest.approx(variability, abs=1e-6))


def test_the_variability_agrees_with_another_library_on_random_answers() -> None:
    chance = random.Random(2018)
    for _ in range(250):
        answers = [chance.randint(1, 5) for _ in range(chance.randint(2, 40))]
        assert irv(answers) == pytest.approx(stats.tstd(answers), abs=1e-12)


def test_halves_that_rise_together_are_consistent_and_halves_that_cross_are_not() -> None:
    assert even_odd([[1, 1, 2, 2], [3, 3, 3, 3], [5, 4, 4, 5]]) == pytest.approx(1)
    assert even_odd([[1, 5, 1, 5], [3, 3, 3, 3], [5, 1, 5, 1]]) == -1


def test_a_consistency_in_between_is_stepped_up() -> None:
    """Halves' means 1, 2, 3 and 2, 1, 3: r = 1/2, stepped up to 2/3."""
    assert even_odd([[1, 2, 1, 2], [2, 1, 2, 1], [3, 3, 3, 3]]) == pytest.approx(2 / 3)


def test_a_negative_consistency_is_never_below_minus_one() -> None:
    """Halves' means 1, 2, 3 and 3, 1, 2: r = −1/2, stepped up to −2, hence −1."""
    assert even_odd([[1, 3, 1, 3], [2, 1, 2, 1], [3, 2, 3, 2]]) == -1


@pytest.mark.parametrize(
    "dimensions",
    [
        [],
        [[1, 2, 3, 4], [2, 3, 4, 5]],
        [[1, 2, 3, 4], [2, 3, 4, 5], [1, 2, 3]],
        [[1, 2, 3, 4], [2, 3, 4, 5], [1, None, 3, 5]],
        [[3, 1, 3, 2], [3, 4, 3, 5], [3, 3, 3, 1]],
    ],
    ids=["none", "two dimensions", "a half of one", "a half of one answer", "a half that does not vary"],
)
def test_there_is_no_consistency_of_two_dimensions_or_where_a_half_does_not_vary(dimensions: list[list[int | None]]) -> None:
    assert even_odd(dimensions) is None


def test_a_skipped_answer_leaves_the_others_in_their_halves() -> None:
    whole = [[1, 2, 1, 2], [2, 1, 2, 1], [3, 3, 3, 3]]
    skipped: list[list[int | None]] = [[1, 2, None, 2, 1], *whole[1:]]
    assert even_odd(skipped) == even_odd(whole)


def test_the_consistency_agrees_with_another_library_on_random_answers() -> None:
    chance = random.Random(2005)
    compared = 0
    while compared < 250:
        dimensions = [[chance.randint(1, 5) for _ in range(chance.randint(4, 10))] for _ in range(chance.randint(3, 8))]
        odd = [stats.tmean(answers[::2]) for answers in dimensions]
        even = [stats.tmean(answers[1::2]) for answers in dimensions]
        if min(stats.tstd(odd), stats.tstd(even)) < 1e-9:
            continue
        r = stats.pearsonr(odd, even).statistic
        assert even_odd(dimensions) == pytest.approx(max(2 * r / (1 + r), -1) if r > -1 + 1e-9 else -1, abs=1e-9)
        compared += 1


@pytest.mark.parametrize(
    ("answers", "patterns"),
    [
        (VARIED, Patterns(1, 0, 0, 0)),
        (ALIKE, Patterns(1, 1, 1, 1)),
        (ONE_STEP_OFF, Patterns(1, 1, 1, 1)),
        (TWO_STEPS_OFF, Patterns(1, 1, 0, 1)),
        (HALF_A_RUN, Patterns(1, 1, 0, 1)),
        ([2, 2, 2, 2, 1, 1, 3, 5, 4, 1], Patterns(1, 0, 0, 0)),
        ([3, 3, 3, None, 3, 3, None, 3, 3, None], Patterns(1, 0, 1, 1)),
        ([3, 3, 3, 3, *[None] * 6], Patterns(0, 0, 0, 0)),
        ([], Patterns(0, 0, 0, 0)),
        ([None, None], Patterns(0, 0, 0, 0)),
        ([3, None], Patterns(1, 1, 0, 1)),
    ],
)
def test_half_in_a_row_is_a_long_run_and_all_but_one_alike_is_hardly_varied(answers: list[int | None], patterns: Patterns) -> None:
    assert count_patterns([answers]) == patterns


def test_a_group_has_as_many_patterns_as_its_people_and_each_person_counts_once() -> None:
    assert count_patterns([VARIED, ALIKE, HALF_A_RUN, TWO_STEPS_OFF, VARIED]) == Patterns(people=5, long_run=3, hardly_varied=1, either=3)
    assert count_patterns([]) == Patterns(0, 0, 0, 0)


def test_patterns_hold_numbers_and_nothing_of_anybody() -> None:
    assert {field.type for field in fields(Patterns)} == {int}


@law(ANSWERS)
def test_a_run_is_no_longer_than_the_answers_and_there_is_one_as_soon_as_one_is_given(answers: list[int | None]) -> None:
    given = [answer for answer in answers if answer is not None]
    assert bool(given) <= longstring(answers) <= len(given)
    assert longstring(answers) == longstring(answers[::-1])
    assert (longstring(answers) == len(answers)) is (len(set(answers)) <= 1 and None not in answers)


@law(ANSWERS)
def test_the_variability_is_nought_where_all_is_alike_and_at_most_that_of_the_two_ends(answers: list[int | None]) -> None:
    given = [answer for answer in answers if answer is not None]
    variability = irv(answers)
    assert (variability is None) is (len(given) < 2)
    if variability is not None:
        assert 0 <= variability <= 4 * (len(given) / (len(given) - 1)) ** 0.5 / 2 + 1e-12
        assert (variability == 0) is (len(set(given)) == 1)


@law(ANSWERS)
def test_answers_turned_round_have_the_same_patterns(answers: list[int | None]) -> None:
    turned = [None if answer is None else 6 - answer for answer in answers]
    assert (longstring(turned), irv(turned), count_patterns([turned])) == (longstring(answers), irv(answers), count_patterns([answers]))


@law(st.lists(st.integers(1, 5), min_size=4, max_size=20))
def test_hardly_varied_means_that_all_but_one_are_alike_and_that_one_a_step_off(answers: list[int]) -> None:
    usual = max(set(answers), key=answers.count)
    others = [answer for answer in answers if answer != usual]
    assert count_patterns([answers]).hardly_varied == (not others or (len(others) == 1 and abs(others[0] - usual) == 1))


@law(DIMENSIONS, st.randoms(use_true_random=False))
def test_consistency_lies_within_its_range_whatever_the_order_of_dimensions(
    dimensions: list[list[int | None]], chance: random.Random
) -> None:
    found = even_odd(dimensions)
    assert found is None or -1 <= found <= 1
    assert even_odd(chance.sample(dimensions, len(dimensions))) == found


@law(PEOPLE, PEOPLE, st.randoms(use_true_random=False))
def test_counts_add_up_over_people_in_any_order(
    first: list[list[int | None]], second: list[list[int | None]], chance: random.Random
) -> None:
    one, other = count_patterns(first), count_patterns(second)
    both = count_patterns(chance.sample(first + second, len(first + second)))
    assert both == Patterns(*(getattr(one, field.name) + getattr(other, field.name) for field in fields(Patterns)))
    assert max(both.long_run, both.hardly_varied) <= both.either <= min(both.people, both.long_run + both.hardly_varied)
