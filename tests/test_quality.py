"""How far apart, how much of one mind and how careful: of groups as large as an interval needs, and of answers as they were given."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cases import ANONYMOUS, TINY, TINY_STATEMENTS, respondent, wave

from alignment_report.analysis.consensus import cronbach_alpha, mean_average_deviation, mean_r_wg, r_star_wg
from alignment_report.analysis.effect import hedges_g
from alignment_report.analysis.intraclass import intraclass
from alignment_report.analysis.quality import Consensus, Quality, judge_quality
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.model.assessment import Confidentiality, Role
from alignment_report.model.playbook import Instrument

Row = tuple[int | None, ...]
VARIED: list[Row] = [(1, 4, 2, 3), (2, 3, 1, 4), (3, 1, 4, 2), (4, 2, 3, 1), (2, 4, 1, 3)]
"""No run of alike answers, and no answers that hardly vary, as they are given."""
LOW: list[Row] = [(1, 4, 2, 1), (2, 4, 1, 2), (1, 3, 2, 1)]
SALES, MARKETING = VARIED * 2, (VARIED + LOW)[:7] + VARIED[:4]


def people(function: Role, rows: Sequence[Row], instrument: Instrument = TINY.instrument) -> list[RespondentScore]:
    given = [{id: a for id, a in zip(TINY_STATEMENTS, row, strict=True) if a is not None} for row in rows]
    return list(score_respondents(wave([respondent(function, answers) for answers in given]), instrument))  # type: ignore[arg-type]


def quality(
    sales: Sequence[Row],
    marketing: Sequence[Row],
    is_split: bool = True,
    rules: Confidentiality = ANONYMOUS,
    instrument: Instrument = TINY.instrument,
) -> Quality:
    groups = {"sales": people("sales", sales, instrument), "marketing": people("marketing", marketing, instrument)}
    return judge_quality(groups, instrument, rules, is_split)


def keyed(rows: Sequence[Row]) -> list[Row]:
    """The answers with the second statement, a reversed one, turned."""
    return [(row[0], row[1] and 5 - row[1], *row[2:]) for row in rows]


def test_the_effect_is_that_of_marketings_totals_over_those_of_sales() -> None:
    found = quality(SALES, MARKETING)
    sales, marketing = ([p.total for p in people("sales", rows) if p.total is not None] for rows in (SALES, MARKETING))
    assert found.effect == hedges_g(marketing, sales)
    assert found.effect is not None
    assert found.effect.g < 0
    assert found.between == intraclass([sales, marketing])


def test_each_functions_agreement_is_of_its_own_people() -> None:
    found = quality(SALES, MARKETING).consensus
    for role, rows in (("sales", keyed(SALES)), ("marketing", keyed(MARKETING))):
        expected = (mean_r_wg(rows, 1, 4), r_star_wg(rows, 1, 4), mean_average_deviation(rows))
        assert found[role] == Consensus(len(rows), *expected)  # type: ignore[arg-type]
    assert found["sales"] != found["marketing"]


def test_the_consistency_is_that_of_both_functions_answers() -> None:
    assert quality(SALES, MARKETING).alpha == cronbach_alpha(keyed([*SALES, *MARKETING]))


@pytest.mark.parametrize(("sales", "marketing", "is_told"), [(10, 10, True), (9, 11, False), (10, 9, False)])
def test_what_speaks_of_one_function_needs_ten_totals_in_each(sales: int, marketing: int, is_told: bool) -> None:
    """Somebody who answered one statement alone has no total and does not help."""
    lone: Row = (1, None, None, None)
    found = quality([*SALES[:sales], lone], [*MARKETING[:marketing], lone])
    assert (found.effect is not None, found.between is not None) == (is_told, is_told)
    assert set(found.consensus) == ({"sales", "marketing"} if is_told else set())
    assert found.alpha is not None


def test_where_the_functions_are_not_shown_apart_only_what_speaks_of_both_is_told() -> None:
    apart, together = quality(SALES, MARKETING), quality(SALES, MARKETING, is_split=False)
    assert together == Quality(None, None, {}, apart.alpha, None)


@pytest.mark.parametrize(("complete", "is_told"), [(9, False), (10, True)])
def test_the_consistency_needs_ten_people_who_left_nothing_out(complete: int, is_told: bool) -> None:
    gappy: Row = (1, 4, None, 3)
    assert (quality((VARIED * 2)[:complete], [gappy] * 4, is_split=False).alpha is not None) is is_told


@pytest.mark.parametrize(("row", "is_counted"), [((3, 3, 3, 3), True), ((3, 3, 1, 2), True), ((3, 2, 3, 1), False), ((4, 1, 4, 2), False)])
def test_careless_patterns_are_those_of_the_answers_as_they_were_given(row: Row, is_counted: bool) -> None:
    """Once the second is turned, the third row has three answers alike; as it was given it has none in a row."""
    assert quality([row] * 5, VARIED).careless == (5 if is_counted else None)


def test_patterns_follow_the_numbers_of_the_statements_and_not_the_order_of_the_file() -> None:
    first, second, third, fourth = TINY.instrument.statements
    mixed = replace(TINY.instrument, statements=(first, third, second, fourth))
    assert quality([(3, 3, 1, 2)] * 5, VARIED, instrument=mixed).careless == 5
    assert quality([(3, 1, 3, 2)] * 5, VARIED, instrument=mixed).careless is None


@pytest.mark.parametrize(
    ("straight", "others", "rules", "count"),
    [
        (4, 10, ANONYMOUS, None),
        (5, 5, ANONYMOUS, 5),
        (5, 4, ANONYMOUS, None),
        (6, 5, Confidentiality(figures=7), None),
        (7, 5, Confidentiality(figures=7), 7),
    ],
)
def test_a_few_careless_people_are_not_told_nor_any_of_fewer_than_ten(
    straight: int, others: int, rules: Confidentiality, count: int | None
) -> None:
    assert quality([(3, 3, 3, 3)] * straight, (VARIED * 2)[:others], rules=rules).careless == count


def test_fewer_than_ten_people_of_both_functions_have_no_consistency() -> None:
    assert quality(VARIED, VARIED[:4]).alpha is None
    assert quality(VARIED, VARIED).alpha is not None
