"""What printed means tell about sums of answers."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from cases import DIMENSION, FIRST, SECOND, TWO, Pair, law, respondent, sums_of, wave
from hypothesis import strategies as st

from alignment_report.analysis.exact import printed_within
from alignment_report.analysis.scoring import score_respondents
from alignment_report.analysis.shown_sums import FINENESS, FUNCTIONS, Kind, Known, Sums, Way, _between, other
from alignment_report.model.assessment import Answer


def in_answers(known: Known | None, of: Sums) -> tuple[Fraction, Fraction] | None:
    return known and (Fraction(known.low, of._part), Fraction(known.high, of._part))


def spread(total: int, people: int) -> list[Pair]:
    """So many people whose answers to both statements add up to the total, as even as can be."""
    base, higher = divmod(total, people)
    return [(base + (place < higher),) * 2 for place in range(people)]  # type: ignore[misc]


@pytest.fixture
def thirty() -> Sums:
    """Of each function: means of 91/30 = 3.03 and 120/30 = 4.0, printed as 3.0 and 4.0, together 3.5, their gap 1.0."""
    return sums_of(spread(91, 30), spread(120, 30))


def test_a_statement_shown_apart_tells_whole_sums_and_the_shares_of_answers_tell_their_sum(thirty: Sums) -> None:
    """From 2.95 to 3.05 of thirty people are 89 to 91, from 3.95 to 4.05 are 119 to 121; both are 211."""
    assert in_answers(thirty.statement("sales", FIRST, "apart"), thirty) == (90, 91)
    assert in_answers(thirty.statement("marketing", FIRST, "apart"), thirty) == (120, 121)


def test_a_statement_shown_together_tells_of_both_scaled_to_the_own_people(thirty: Sums) -> None:
    """Half of both means prints as 3.5: both sums are from 30 · 6.9 to 30 · 7.1."""
    assert in_answers(thirty.statement("sales", FIRST, "together"), thirty) == (207, 213)


def test_a_dimension_and_a_score_tell_the_sum_of_their_statements_within_the_rounding(thirty: Sums) -> None:
    """The score of sales is 60.67, printed as 60.7; with 70.3 for both and a gap of 19.3 it is below 60.725: two answers, thirty people.

    From 181.95 to 182.175 there is one whole number, as there is from 421.5 to 422.1, which both functions can have by 70.3 alone.
    """
    assert in_answers(thirty.total("sales", "apart"), thirty) == (182, 182)
    assert in_answers(thirty.dimension("sales", TWO.dimensions[0].id, "apart"), thirty) == (182, 182)
    assert in_answers(thirty.total("sales", "together"), thirty) == (422, 422)


def test_beside_a_floor_a_score_tells_more_and_a_dimension_tells_more_too() -> None:
    """59.98 prints as 60.0, which 1800 answers of 5396 to 5404 in all give, or as 59.98, which 5398 alone give."""
    for floors, ends in ((), (5396, 5404)), ([Fraction(60)], (5398, 5398)):
        near = sums_of(spread(90 * 30 - 1, 900), spread(120, 30), floors)
        assert in_answers(near.total("sales", "apart"), near) == ends
        assert in_answers(near.dimension("sales", TWO.dimensions[0].id, "apart"), near) == ends


def test_beside_a_floor_one_score_for_both_tells_more_too() -> None:
    """Means of 59.9 and 60.02: both print as 60.0 without the floor and as 59.96 beside it."""
    near = sums_of(spread(5990, 2000), spread(6002, 2000), [Fraction(60)])
    assert in_answers(near.total("sales", "together"), near) == (Fraction("59.955") * 400, Fraction("59.965") * 400)


@pytest.mark.parametrize("way", ["apart", "together"])
def test_without_anybody_in_the_other_function_or_hidden_nothing_is_told(thirty: Sums, way: Way) -> None:
    alone = sums_of(spread(15, 5), [])
    assert alone.total("sales", way) is alone.statement("sales", FIRST, way) is alone.statement("marketing", FIRST, way) is None
    assert thirty.total("sales", "hidden") is thirty.statement("sales", FIRST, "hidden") is None


@pytest.fixture
def five() -> Sums:
    """Five people of Sales of whom two left the second statement out, and five of Marketing."""
    return sums_of([(1, 2), (2, 3), (1, 4), (2, None), (1, None)], spread(20, 5))


def _kind(sums: Sums, size: int) -> Kind:
    return next(kind for kind in sums.kinds["sales"] if len(kind.people) == size)


def test_people_who_answered_the_same_statements_are_of_a_kind(five: Sums) -> None:
    kinds = {(kind.answered, len(kind.people)) for kind in five.kinds["sales"]}
    assert kinds == {(frozenset([FIRST, SECOND]), 3), (frozenset([FIRST]), 2)}
    assert (five.people("sales", FIRST), five.people("sales", SECOND), five.people("marketing", SECOND)) == (5, 3, 5)
    assert (five.everybody("sales"), five.everybody("marketing")) == (5, 5)


def test_a_few_have_what_the_sum_of_all_leaves_them(five: Sums) -> None:
    """The five answers to the first statement add up to 7: two of them to 2 at least, and to 4 at most since the others give 3."""
    assert five.alone((_kind(five, 2),), FIRST, "apart") == (2, 4)
    assert five.alone((_kind(five, 3),), FIRST, "apart") == (3, 5)
    assert five.alone((_kind(five, 2), _kind(five, 3)), FIRST, "apart") == (7, 7)
    assert five.alone((_kind(five, 2),), FIRST, "together") == (2, 10)
    assert five.alone((_kind(five, 3),), SECOND, "apart") == (9, 9)


def test_of_high_answers_a_few_have_at_least_what_the_others_cannot_give() -> None:
    high = sums_of([(5, 5), (5, 5), (5, 5), (4, None), (5, None)], spread(20, 5))
    few = next(kind for kind in high.kinds["sales"] if len(kind.people) == 2)
    assert high.alone((few,), FIRST, "apart") == (9, 10)


def test_who_has_no_total_counts_in_a_statement_but_neither_in_its_dimension_nor_in_the_score() -> None:
    """Four answered both statements and one the first alone, where a total and a dimension need both."""
    strict = replace(TWO, missing=replace(TWO.missing, total=2, total_when_structural=2, dimension_share=Fraction(1)))
    rows: list[dict[str, Answer]] = [*[{FIRST: 2, SECOND: 5}] * 4, {FIRST: 1}]
    scores = score_respondents(wave([respondent(f, row) for f in FUNCTIONS for row in rows]), strict)
    found = Sums({f: [s for s in scores if s.function == f] for f in FUNCTIONS}, strict, ())
    items = (found.total("sales", "apart"), found.dimension("sales", DIMENSION, "apart"), found.statement("sales", FIRST, "apart"))
    assert [{len(kind.people) for kind, _ in item.weights} for item in items if item] == [{4}, {4}, {4, 1}]
    assert in_answers(items[2], found) == (9, 9)


def test_who_left_a_statement_out_counts_with_as_much_for_those_answered(five: Sums) -> None:
    """In the score the one answer of two people stands for two; in the statement it is one."""
    total = five.total("sales", "apart")
    statement = five.statement("sales", FIRST, "apart")
    assert total is not None
    assert statement is not None
    one = five._part
    assert total.weights == {(_kind(five, 3), FIRST): one, (_kind(five, 3), SECOND): one, (_kind(five, 2), FIRST): 2 * one}
    assert statement.weights == {(_kind(five, 3), FIRST): one, (_kind(five, 2), FIRST): one}


def test_shown_together_the_other_functions_people_count_in_proportion(five: Sums) -> None:
    known = five.statement("sales", SECOND, "together")
    assert known is not None
    (beside,) = five.kinds["marketing"]
    assert known.weights == {(_kind(five, 3), SECOND): five._part, (beside, SECOND): five._part * 3 // 5}


def test_shown_together_who_left_a_statement_out_counts_with_as_much_for_those_answered_too(five: Sums) -> None:
    known = five.total("marketing", "together")
    assert known is not None
    weights = {(kind.function, len(kind.people), statement): weight for (kind, statement), weight in known.weights.items()}
    one = five._part
    assert weights == {
        ("sales", 3, FIRST): one,
        ("sales", 3, SECOND): one,
        ("sales", 2, FIRST): 2 * one,
        ("marketing", 5, FIRST): one,
        ("marketing", 5, SECOND): one,
    }


def test_every_weight_is_a_whole_number_of_parts(five: Sums) -> None:
    """Five and three people; with weights of a third and of a seventh, who left one out counts with ten thirds or ten sevenths of the other."""
    assert five._part == FINENESS * 15
    weights = (Fraction(1, 3), Fraction(1, 7))
    uneven = replace(TWO, statements=tuple(replace(s, weight=w) for s, w in zip(TWO.statements, weights, strict=True)))
    rows: list[dict[str, Answer]] = [{FIRST: 2}, {SECOND: 3}]
    scores = score_respondents(wave([respondent(f, row) for f in FUNCTIONS for row in rows]), uneven)
    found = Sums({f: [s for s in scores if s.function == f] for f in FUNCTIONS}, uneven, ())
    total = found.total("sales", "apart")
    assert total is not None
    assert found._part % (FINENESS * 2 * 21) == 0
    assert sorted(total.weights.values()) == [found._part * 10 // 21] * 2


@pytest.mark.parametrize("weight", [1, Fraction(1, 3)])
def test_a_mean_of_both_is_known_as_closely_whatever_its_statements_weigh(weight: Fraction | int) -> None:
    """Twenty people of Sales beside thirty of Marketing, each of whom counts two thirds: so exact a lattice leaves one sum alone."""
    found = sums_of([(3, 3)] * 20 + [(3, None)], [(3, 3)] * 27 + [(3, 2)] * 3, weight=weight)
    both = found.statement("sales", SECOND, "together")
    assert both is not None
    assert both.low == both.high
    assert {Fraction(n, max(both.weights.values())) for n in both.weights.values()} == {Fraction(2, 3), Fraction(1)}


def test_a_statement_of_twice_the_weight_weighs_twice() -> None:
    heavy = replace(TWO, statements=(replace(TWO.statements[0], weight=Fraction(2)), TWO.statements[1]))
    scores = score_respondents(wave([respondent(f, {FIRST: 2, SECOND: 5}) for f in FUNCTIONS for _ in range(5)]), heavy)
    found = Sums({f: [s for s in scores if s.function == f] for f in FUNCTIONS}, heavy, ())
    total, (kind,) = found.total("sales", "apart"), found.kinds["sales"]
    assert total is not None
    assert total.weights == {(kind, FIRST): 2 * found._part, (kind, SECOND): found._part}
    assert in_answers(found.statement("sales", FIRST, "apart"), found) == (20, 20)
    assert in_answers(total, found) == (45, 45)


def test_each_function_has_the_other() -> None:
    assert (other("sales"), other("marketing")) == ("marketing", "sales")


def _projected(own: Fraction, beside: Fraction, edges: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The ends of the own means that leave the other a mean with which all four numbers print as they do, by trying them all."""
    (a, b), (c, d) = printed_within(own, edges), printed_within(beside, edges)
    (e, f), (g, h) = printed_within((own + beside) / 2, edges), printed_within(beside - own)
    step = Fraction(1, 80)
    possible = [o for n in range(int((b - a) / step) + 1) if max(c, 2 * e - (o := a + n * step), g + o) <= min(d, 2 * f - o, h + o)]
    return min(possible), max(possible)


MEANS = st.integers(0, 1600).map(lambda n: 1 + Fraction(n, 400))


@law(MEANS, MEANS)
def test_a_mean_is_known_as_closely_as_all_that_is_printed_beside_it_leaves(own: Fraction, beside: Fraction) -> None:
    item = replace(sums_of(spread(91, 30), spread(120, 30))._statements[FIRST], edges=())
    assert _between(own, beside, item) == _projected(own, beside, ())


@pytest.mark.parametrize(
    ("own", "beside", "ends"),
    [
        ("3.04", "3.94", ("2.975", "3.05")),
        ("3.96", "3.06", ("3.95", "4.025")),
        ("2.95", "3.94", ("2.945", "2.955")),
        ("2.99", "4.2", ("2.985", "2.995")),
        ("4.2", "2.99", ("4.15", "4.245")),
        ("2.86", "3.06", ("2.85", "2.88")),
    ],
)
def test_some_means_are_known_more_closely_than_they_print(thirty: Sums, own: str, beside: str, ends: tuple[str, str]) -> None:
    """Beside the middle of the answer scale a mean prints with more decimals."""
    found = _between(Fraction(own), Fraction(beside), thirty._statements[FIRST])
    assert found == (Fraction(ends[0]), Fraction(ends[1]))


def test_points_are_taken_off_again(thirty: Sums) -> None:
    scored = _between(Fraction("60.04") / 20, Fraction("70.04") / 20, replace(thirty._statements[FIRST], points=Fraction(20), edges=()))
    assert scored == tuple(end / 20 for end in _projected(Fraction("60.04"), Fraction("70.04"), ()))


@pytest.mark.parametrize("weight", [1, 2, Fraction(1, 3)])
def test_the_mean_of_both_functions_at_an_end_tells_what_everybody_answered(weight: Fraction | int) -> None:
    """Both together print as 1.1: ten people of Sales have at most 1.3 each, if all of the others answered 1; whatever the statement weighs."""
    found = sums_of([(1, 3)] * 8 + [(2, 3)] * 2, [(1, 3)] * 9 + [(1, None)], weight=weight)
    (kind,) = found.kinds["sales"]
    assert found.alone((kind,), FIRST, "together") == (10, 13)
    assert found.alone((kind,), SECOND, "together") == (10, 50)
    assert found.alone((kind,), FIRST, "hidden") == (10, 50)


def test_the_score_of_heads_is_a_sum_of_the_heads_answers_in_both_functions() -> None:
    """Four heads have 70, 40, 80 and 50: 60, so that the mean of the answers is 3, a person's one answer counting twice."""
    found = sums_of([(3, 4), (2, None), (3, 3)], [(4, 4), (2, 3)], levels={"sales": "HHs", "marketing": "HH"})
    heads = [kind for function in FUNCTIONS for kind in found.kinds[function] if kind.level == "head"]
    known = found.of_level("head")
    one = min(known.weights.values())
    assert {kind for kind, _ in known.weights} == set(heads)
    assert sum(len(kind.people) for kind in heads) == 4
    assert {len(kind.answered): weight / one for (kind, _), weight in known.weights.items()} == {1: 2, 2: 1}
    mean, part = Fraction(7 + 2 * 2 + 8 + 5, 8), one * 8
    assert known.low <= mean * part <= known.high
    assert (known.high - known.low) / part <= Fraction(1, 200)


def test_without_levels_heads_and_staff_are_alike() -> None:
    found = sums_of([(3, 4), (2, 5)], [(4, 4)])
    assert [(kind.level, len(kind.people)) for kind in found.kinds["sales"]] == [("", 2)]
