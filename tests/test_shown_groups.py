"""What is shown of a group, figure by figure: of totals alone, and of two statements."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from cases import ANONYMOUS, FIRST, INSTRUMENT, NAMED, PLAYBOOK, SECOND, TWO, published, respondent, scored, wave

from alignment_report.analysis.agreement import difference_interval, mean, mean_interval, midpoint_interval
from alignment_report.analysis.disclosure import _companions, _with_company, disclose
from alignment_report.analysis.published import WITHHELD, Count, DimensionFigures, Figure, Participation, Published, Split
from alignment_report.analysis.withholding import way_of
from alignment_report.model.assessment import Answer, Confidentiality, Invited, Respondent, Role

TOTALS = [51, 67, 44, 72, 58, 49, 63, 70, 55, 61, 47, 66]
OTHERS = [41, 39, 52, 60, 35, 48, 57, 44, 50, 38, 46, 53]
SALES, MARKETING = ([Fraction(total) for total in totals] for totals in (TOTALS, OTHERS))


def of_totals(
    sales: Sequence[int], marketing: Sequence[int], leadership: Sequence[int] = (), rules: Confidentiality = ANONYMOUS
) -> Published:
    people = [*scored("sales", sales), *scored("marketing", marketing), *scored("leadership", leadership)]
    return disclose(people, wave(rules=rules), INSTRUMENT, PLAYBOOK.stages)


def exactly(value: Fraction, people: int, interval: object = None) -> Figure:
    return Figure(value, Count(people, people), interval)  # type: ignore[arg-type]


def test_from_ten_people_in_each_function_on_every_figure_has_its_value_its_people_and_its_interval() -> None:
    sales, marketing = SALES[:10], MARKETING
    assert of_totals(TOTALS[:10], OTHERS, TOTALS[:5]).score == Split(
        combined=exactly((mean(sales) + mean(marketing)) / 2, 22, midpoint_interval(sales, marketing)),
        sales=exactly(mean(sales), 10, mean_interval(sales)),
        marketing=exactly(mean(marketing), 12, mean_interval(marketing)),
        gap=exactly(mean(marketing) - mean(sales), 22, difference_interval(marketing, sales)),
        leadership=exactly(mean(SALES[:5]), 5),
    )


@pytest.mark.parametrize(("sales", "marketing"), [(9, 12), (12, 9)])
def test_with_nine_in_a_function_the_other_alone_has_an_interval(sales: int, marketing: int) -> None:
    score = of_totals(TOTALS[:sales], OTHERS[:marketing]).score
    assert (score.combined.interval, score.gap.interval) == (None, None)
    assert (score.sales.interval is None, score.marketing.interval is None) == (sales == 9, marketing == 9)
    assert score.gap == exactly(mean(MARKETING[:marketing]) - mean(SALES[:sales]), sales + marketing)


def test_leadership_has_an_interval_from_ten_on() -> None:
    for size in (9, 10):
        found = of_totals(TOTALS, OTHERS, TOTALS[:size]).score.leadership
        assert found == exactly(mean(SALES[:size]), size, mean_interval(SALES[:10]) if size == 10 else None)


def test_leadership_is_shown_also_where_a_function_has_nobody() -> None:
    for sales, marketing in ((TOTALS, []), ([], OTHERS), (TOTALS[:2], OTHERS[:2])):
        assert of_totals(sales, marketing, TOTALS[:5]).score == Split(leadership=exactly(mean(SALES[:5]), 5))


def test_one_figure_for_both_weighs_the_functions_alike_and_stands_beside_leadership() -> None:
    found = of_totals(TOTALS[:8], OTHERS[:2], TOTALS[:5]).score
    value = (mean(SALES[:8]) + mean(MARKETING[:2])) / 2
    interval = midpoint_interval(SALES[:8], MARKETING[:2])
    assert found == Split(combined=Figure(value, Count(10, 19), interval), leadership=exactly(mean(SALES[:5]), 5))


@pytest.mark.parametrize(("sales", "marketing", "shown"), [(3, 2, True), (2, 2, False), (4, 1, True), (1, 3, False)])
def test_one_figure_for_both_needs_five_people_in_all(sales: int, marketing: int, shown: bool) -> None:
    found = of_totals(TOTALS[:sales], OTHERS[:marketing]).score
    assert found.combined.n == (Count(5, 9) if shown else None)


@pytest.mark.parametrize("end", [20, 100])
@pytest.mark.parametrize(("size", "others", "shown"), [(9, 0, False), (9, 1, False), (9, 2, True), (10, 0, True)])
def test_totals_at_an_end_but_for_one_are_shown_from_ten_people_on(end: int, size: int, others: int, shown: bool) -> None:
    totals = [end] * (size - others) + [60] * others
    assert (of_totals(totals, OTHERS).score.gap != WITHHELD) is shown
    assert (of_totals(OTHERS, totals).score.gap != WITHHELD) is shown
    assert (of_totals(TOTALS, OTHERS, totals).score.leadership != WITHHELD) is shown


def test_totals_at_an_end_in_both_functions_of_a_few_are_not_shown_at_all() -> None:
    assert of_totals([100] * 4, [100] * 5).score == Split()
    assert of_totals([100] * 4, [100] * 3 + [60] * 2).score.combined.value == 92


def test_named_people_are_shown_whatever_their_number_and_their_totals() -> None:
    rules = replace(NAMED, spread=12, comments=11)
    found = of_totals([100], [100], [100], rules=rules)
    one, both = exactly(Fraction(100), 1), exactly(Fraction(100), 2)
    assert found.score == Split(both, one, one, exactly(Fraction(0), 2), one)
    assert (found.mode, found.thresholds) == ("named", replace(rules, figures=1))
    assert (found.levels, found.hangs_on_one, found.quality) == (None, None, None)


# Who answered


def answered(*counts: int | None) -> list[tuple[Count | None, Count | None]]:
    """How many of each group answered, all of them with a total."""
    return [(n if n is None else Count(n, n),) * 2 for n in counts]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sales", "marketing", "leadership", "told"),
    [
        (5, 6, 7, answered(5, 6, 7)),
        (5, 6, 0, answered(5, 6, 0)),
        (5, 6, 4, answered(5, 6, None)),
        (5, 4, 7, answered(None, None, 7)),
        (12, 1, 5, answered(None, None, 5)),
        (6, 0, 0, answered(6, 0, 0)),
        (2, 1, 0, answered(None, None, 0)),
    ],
)
def test_how_many_answered_is_told_unless_one_of_the_two_functions_is_small(
    sales: int, marketing: int, leadership: int, told: list[tuple[Count | None, Count | None]]
) -> None:
    found = of_totals(TOTALS[:sales], OTHERS[:marketing], TOTALS[:leadership]).participation
    assert [(p.answered, p.valid) for p in found] == told
    assert [p.role for p in found] == ["sales", "marketing", "leadership"]


def test_who_has_no_total_is_counted_among_those_who_answered_alone() -> None:
    people = [*scored("sales", [*TOTALS[:6], None]), *scored("marketing", OTHERS[:7]), *scored("leadership", [None] * 6)]
    found = disclose(people, wave(invited=Invited(9, 8, 7)), INSTRUMENT).participation
    assert found == (
        Participation("sales", Count(7, 7), Count(6, 6), 9),
        Participation("marketing", Count(7, 7), Count(7, 7), 8),
        Participation("leadership", None, None, 7),
    )


@pytest.mark.parametrize(("invited", "is_whole"), [(12, True), (13, False), (0, False), (None, False)])
def test_the_whole_team_has_answered_where_both_functions_have(invited: int | None, is_whole: bool) -> None:
    people = [*scored("sales", TOTALS), *scored("marketing", OTHERS)]
    assert disclose(people, wave(invited=Invited(invited, 12)), INSTRUMENT).whole_team is is_whole
    assert disclose(people, wave(invited=Invited(12, invited)), INSTRUMENT).whole_team is is_whole


@pytest.mark.parametrize(("answers", "is_whole"), [(19, True), (18, False)])
def test_nineteen_of_twenty_are_the_whole_team(answers: int, is_whole: bool) -> None:
    people = [*scored("sales", (TOTALS * 2)[:answers]), *scored("marketing", (OTHERS * 2)[:20])]
    assert disclose(people, wave(invited=Invited(20, 20)), INSTRUMENT).whole_team is is_whole


# Two statements of one dimension

Pair = tuple[Answer | None, Answer | None]
VARIED: list[Pair] = [(1, 5), (2, 3), (3, 4), (4, 2), (5, 1), (2, 4)]


def people(function: Role, pairs: Sequence[Pair]) -> list[Respondent]:
    return [respondent(function, {id: a for id, a in zip((FIRST, SECOND), pair, strict=True) if a is not None}) for pair in pairs]


def of_pairs(sales: Sequence[Pair], marketing: Sequence[Pair], *more: Respondent, rules: Confidentiality = ANONYMOUS) -> Published:
    return published(wave(people("sales", sales), people("marketing", marketing), more, rules=rules), TWO)


def test_shares_of_neutral_skipped_and_unknown_answers_leave_leadership_out() -> None:
    """Twelve people of two statements: five answers of 3, three unknown ones, two skipped."""
    marketing: list[Pair] = [(3, 3), (3, "dont-know"), (1, "dont-know"), (2, None), (5, None), ("dont-know", 4)]
    found = of_pairs(VARIED, marketing, *people("leadership", [(3, None)] * 6))
    assert (found.neutral, found.missing, found.unknown) == (Fraction(5, 19), Fraction(2, 24), Fraction(3, 24))


@pytest.mark.parametrize(("neutral", "told"), [(8, Fraction(16, 20)), (9, Fraction(9, 10)), (10, Fraction(9, 10))])
def test_nine_tenths_of_neutral_answers_or_more_are_told_as_nine_tenths(neutral: int, told: Fraction) -> None:
    pairs: list[Pair] = [(3, 3)] * neutral + [(2, 4)] * (10 - neutral)
    assert of_pairs(pairs[::2], pairs[1::2]).neutral == told
    assert of_pairs(pairs[::2], pairs[1::2], rules=NAMED).neutral == Fraction(neutral, 10)


@pytest.mark.parametrize(("rules", "shown"), [(ANONYMOUS, False), (NAMED, True), (Confidentiality(spread=12), False)])
def test_shares_of_answers_need_ten_people_unless_they_are_named(rules: Confidentiality, shown: bool) -> None:
    found = of_pairs(VARIED, VARIED[: 3 if rules == ANONYMOUS else 5], rules=rules)
    assert [share is not None for share in (found.neutral, found.missing, found.unknown)] == [shown] * 3


def test_shares_of_each_answer_are_those_of_both_functions() -> None:
    found = of_pairs(VARIED * 2, [(1, 3)] * 4 + [(2, 5)] * 6)
    assert found.statements[0].distribution == {
        1: Fraction(6, 22),
        2: Fraction(10, 22),
        3: Fraction(2, 22),
        4: Fraction(2, 22),
        5: Fraction(2, 22),
    }
    assert list(found.statements[0].distribution or ()) == [1, 2, 3, 4, 5]
    assert of_pairs(VARIED * 2, VARIED * 2, rules=NAMED).statements[0].distribution is None


def test_statements_are_means_of_answers_and_dimensions_points_of_the_score() -> None:
    found = of_pairs(VARIED, [(first, 6 - second) for first, second in VARIED])  # type: ignore[operator]
    (dimension,) = found.dimensions
    first, second = (f.split for f in found.statements)
    assert (first.sales.value, second.sales.value, second.marketing.value) == (Fraction(17, 6), Fraction(19, 6), Fraction(17, 6))
    assert dimension.split.sales.value == found.score.sales.value == Fraction(36, 12) * 20


@pytest.mark.parametrize(("without_total", "with_total", "people_shown"), [(1, 5, 5), (4, 5, 5), (1, 4, None), (5, 5, 10)])
def test_a_few_without_a_total_count_nowhere_beside_enough_with_one(without_total: int, with_total: int, people_shown: int | None) -> None:
    strict = replace(TWO, missing=replace(TWO.missing, total=2, total_when_structural=2))
    lone: list[Pair] = [(1 + place % 3, None) for place in range(without_total)]
    assessment = wave(people("sales", VARIED[:with_total] + lone), people("marketing", VARIED))
    first = published(assessment, strict).statements[0].split
    assert first.sales.n == (None if people_shown is None else Count(people_shown, people_shown))


@pytest.mark.parametrize(
    ("size", "alike", "rules", "apart"),
    [
        (6, 6, ANONYMOUS, False),
        (6, 5, ANONYMOUS, False),
        (6, 4, ANONYMOUS, True),
        (9, 8, ANONYMOUS, False),
        (10, 10, ANONYMOUS, True),
        (10, 10, Confidentiality(spread=11), False),
        (6, 6, NAMED, True),
    ],
)
def test_a_function_of_one_mind_but_for_one_is_not_shown_apart_below_ten(
    size: int, alike: int, rules: Confidentiality, apart: bool
) -> None:
    pairs: list[Pair] = [(4 if place < alike else 2, (VARIED * 2)[place][1]) for place in range(size)]
    first = of_pairs(pairs, VARIED, rules=rules).statements[0].split
    assert ((first.sales != WITHHELD), (first.gap != WITHHELD)) == (apart, apart)
    assert first.combined.value == (Fraction(4 * alike + 2 * (size - alike), size) + Fraction(17, 6)) / 2


def test_a_gap_is_tested_where_each_function_has_ten_and_not_all_of_the_team_have_answered() -> None:
    low: list[Pair] = [(1 + place % 2, 1 + place % 4) for place in range(10)]
    high: list[Pair] = [(4 + place % 2, 1 + place % 4) for place in range(10)]
    assert [f.clear for f in of_pairs(low, high).statements] == [True, False]
    assert [f.clear for f in of_pairs(low, high[:9]).statements] == [None, None]
    everybody = wave(people("sales", low), people("marketing", high), invited=Invited(10, 10))
    assert [f.clear for f in published(everybody, TWO).statements] == [None, None]


MIXED: list[Pair] = [(1, 5), (2, 3), (3, 4), (4, 2), (5, 1), (2, 4), (3, 2), (1, 4), (5, 3), (4, 5)]


@pytest.mark.parametrize(
    ("sales", "left_out", "marketing", "first", "second"),
    [
        (5, 0, 6, "apart", "apart"),
        (5, 1, 10, "together", "hidden"),
        (6, 1, 10, "apart", "hidden"),
        (6, 2, 10, "together", "hidden"),
        (8, 2, 10, "apart", "hidden"),
        (20, 1, 10, "apart", "hidden"),
        (20, 1, 6, "apart", "together"),
        (40, 1, 10, "apart", "hidden"),
        (40, 2, 10, "apart", "hidden"),
        (100, 1, 40, "apart", "together"),
        (200, 1, 80, "apart", "apart"),
        (100, 2, 40, "apart", "together"),
        (12, 6, 10, "apart", "apart"),
    ],
)
def test_the_more_answer_beside_those_who_left_a_statement_out_the_more_of_it_is_shown(
    sales: int, left_out: int, marketing: int, first: str, second: str
) -> None:
    short = [(answers[0], None if place < left_out else answers[1]) for place, answers in enumerate((MIXED * 10)[:sales])]
    for turned in (False, True):
        groups = (short, (MIXED * 10)[1 : marketing + 1])
        found = of_pairs(*(groups[::-1] if turned else groups))
        assert [way_of(f.split) for f in found.statements] == [first, second]
        assert [way_of(split) for split in (found.dimensions[0].split, found.score)] == ["apart", "apart"]
        answered = [min(marketing, sales), min(marketing, sales - left_out)]
        has_shares = [way == "apart" and size >= 10 for way, size in zip((first, second), answered, strict=True)]
        assert [f.distribution is not None for f in found.statements] == has_shares


# What keeps a withheld figure company


def worth(people: int, gap: int) -> Split:
    shown = Figure(Fraction(gap), Count(people, people))
    return Split(combined=shown, gap=shown)


SPLITS = {"few": worth(6, 3), "narrow": worth(8, -1), "also-narrow": worth(8, 1), "wide": worth(8, 2)}


@pytest.mark.parametrize(
    ("chosen", "needed", "company"),
    [
        (set(), 0, set()),
        ({"wide"}, 0, {"wide", "few"}),
        ({"few"}, 0, {"few", "also-narrow"}),
        ({"few", "also-narrow"}, 0, {"few", "also-narrow"}),
        (set(), 2, {"few", "also-narrow"}),
        ({"wide"}, 2, {"wide", "few"}),
        ({"few", "narrow", "wide"}, 2, {"few", "narrow", "wide"}),
        (set(), 3, {"few", "also-narrow", "narrow"}),
    ],
)
def test_one_alone_is_joined_by_what_tells_least(chosen: set[str], needed: int, company: set[str]) -> None:
    assert _with_company(chosen, SPLITS, needed) == company


LANGUAGE, CUSTOMERS = ([s.id for s in INSTRUMENT.statements if s.dimension == id] for id in ("language-and-information", "customer-work"))
APART, TOGETHER, HIDDEN = worth(20, 1), Split(combined=Figure(Fraction(3), Count(10, 19))), Split()


@pytest.mark.parametrize(
    ("statements", "dimensions", "together", "hidden"),
    [
        ({}, {}, 0, 0),
        ({LANGUAGE[0]: TOGETHER}, {}, 2, 0),
        ({LANGUAGE[0]: TOGETHER, CUSTOMERS[0]: TOGETHER}, {}, 4, 0),
        ({LANGUAGE[0]: TOGETHER, LANGUAGE[1]: TOGETHER}, {}, 2, 0),
        ({LANGUAGE[0]: HIDDEN}, {}, 2, 2),
        ({LANGUAGE[0]: HIDDEN, CUSTOMERS[0]: HIDDEN}, {}, 4, 4),
        ({}, {"language-and-information": TOGETHER}, 2, 0),
        ({}, {"language-and-information": TOGETHER, "customer-work": TOGETHER}, 4, 0),
        ({}, {"language-and-information": HIDDEN, "customer-work": HIDDEN}, 4, 4),
        ({LANGUAGE[0]: HIDDEN}, {"language-and-information": HIDDEN}, 2, 2),
    ],
)
def test_in_each_dimension_no_statement_is_withheld_or_two_at_least(
    statements: dict[str, Split], dimensions: dict[str, Split], together: int, hidden: int
) -> None:
    """A withheld statement would follow from its dimension and the others; a withheld dimension from its statements."""
    splits = {s.id: statements.get(s.id, APART) for s in INSTRUMENT.statements}
    figures = [DimensionFigures(d, dimensions.get(d.id, APART)) for d in INSTRUMENT.dimensions]
    found = _companions(splits, INSTRUMENT, figures)
    assert tuple(map(len, found)) == (together, hidden)
    assert statements.keys() <= found[0]
    touched = {*dimensions, *(s.dimension for s in INSTRUMENT.statements if s.id in statements)}
    assert {s.dimension for s in INSTRUMENT.statements if s.id in found[0] | found[1]} == touched
