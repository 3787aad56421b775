"""How the two functions see each topic, and answers beside hard figures."""

from dataclasses import replace
from fractions import Fraction

import pytest
from cases import INSTRUMENT, PLAYBOOK, STATEMENTS, is_yes, known, split, statement_figures

from alignment_report.analysis.counterparts import triangulate
from alignment_report.analysis.perception import is_high, is_low, perceive
from alignment_report.analysis.published import Split
from alignment_report.model.playbook import Counterpart


@pytest.mark.parametrize(
    ("sales", "marketing", "view"),
    [
        (3.5, 3.5, "agreed-strength"),
        (4.4, 3.5, "agreed-strength"),
        (3.4, 4, "mixed"),
        (2.5, 2.5, "agreed-weakness"),
        (1.6, 2.5, "agreed-weakness"),
        (2.6, 2.4, "mixed"),
        (3, 3, "mixed"),
        (3, 4, "marketing-rates-higher"),
        (4, 3, "sales-rates-higher"),
        (5, 4, "sales-rates-higher"),
        (2, 1, "sales-rates-higher"),
        (3.02, 3.97, "marketing-rates-higher"),
        (3.02, 3.96, "mixed"),
        (3.45, 3.45, "agreed-strength"),
        (3.44, 3.45, "mixed"),
        (2.54, 2.54, "agreed-weakness"),
        (2.56, 2.54, "mixed"),
        (None, None, "withheld"),
    ],
)
def test_a_topic_is_agreed_upon_seen_by_one_or_mixed(sales: float | None, marketing: float | None, view: str) -> None:
    (perceived,) = perceive([statement_figures(STATEMENTS[0], sales, marketing)], INSTRUMENT.scale)
    assert perceived.view == view


def test_topics_stand_by_the_size_of_their_gap_then_by_number_and_withheld_ones_last() -> None:
    gaps = [(3.0, 3.5), (None, None), (4.0, 2.0), (3.5, 3.0), (1.0, 4.0)]
    figures = [statement_figures(id, *gap) for id, gap in zip(STATEMENTS, gaps, strict=False)]
    numbers = {s.id: s.number for s in INSTRUMENT.statements}
    tied = sorted((STATEMENTS[0], STATEMENTS[3]), key=numbers.__getitem__)
    found = perceive(figures, INSTRUMENT.scale)
    assert [p.figures.statement.id for p in found] == [STATEMENTS[4], STATEMENTS[2], *tied, STATEMENTS[1]]


def test_gaps_that_print_alike_stand_by_number() -> None:
    numbers = {s.id: s.number for s in INSTRUMENT.statements}
    first, second = sorted(STATEMENTS[:2], key=numbers.__getitem__)
    figures = [statement_figures(second, 3.0, 3.64), statement_figures(first, 3.0, 3.56)]
    assert [p.figures.statement.id for p in perceive(figures, INSTRUMENT.scale)] == [first, second]


def test_clear_means_lie_half_a_step_from_the_middle() -> None:
    scale = INSTRUMENT.scale
    assert [is_high(Fraction(v, 10), scale) for v in (34, 35)] == [False, True]
    assert [is_low(Fraction(v, 10), scale) for v in (25, 26)] == [True, False]


@pytest.mark.parametrize(
    ("opinion", "high", "low", "match"),
    [
        (4, True, False, "agrees"),
        (2, False, True, "agrees"),
        (4, False, True, "contradicts"),
        (2, True, False, "contradicts"),
        (3, True, False, "neither"),
        (4, False, False, "neither"),
        (4, True, None, "agrees"),
        (4, None, True, "contradicts"),
        (4, False, None, "neither"),
        (4, None, None, "no-data"),
        (None, True, False, "no-data"),
    ],
)
def test_an_opinion_agrees_with_a_hard_figure_contradicts_it_or_cannot_be_compared(
    opinion: int | None, high: bool | None, low: bool | None, match: str
) -> None:
    counterpart = Counterpart("c", STATEMENTS[0], "a figure", is_yes("high"), is_yes("low"), ("shown",), "ask")
    seen = known({"high": high, "low": low}, statements={STATEMENTS[0]: split(opinion, opinion)})
    (found,) = triangulate([counterpart], seen, INSTRUMENT)
    assert (found.match, found.opinion.value, found.statement.id) == (match, opinion, STATEMENTS[0])
    assert (found.high.met, found.low.met) == (high, low)


def test_every_counterpart_of_the_playbook_is_held_in_its_order() -> None:
    facts = {
        b.id: None for c in PLAYBOOK.counterparts for when in (c.speaks_high, c.speaks_low) for b in when.bounds if b.subject == "fact"
    }
    seen = known(facts, statements={id: split(None, None) for id in STATEMENTS})
    found = triangulate(PLAYBOOK.counterparts, seen, INSTRUMENT)
    assert [t.counterpart for t in found] == list(PLAYBOOK.counterparts)
    assert {t.match for t in found} == {"no-data"}


def test_a_topic_of_which_one_function_alone_is_known_is_withheld() -> None:
    whole = statement_figures(STATEMENTS[0], 3, 4)
    for split_of_one in (Split(sales=whole.split.sales), Split(marketing=whole.split.marketing)):
        (perceived,) = perceive([replace(whole, split=split_of_one)], INSTRUMENT.scale)
        assert perceived.view == "withheld"


def test_a_topic_without_a_gap_stands_after_one_with_the_least_gap() -> None:
    found = perceive([statement_figures(STATEMENTS[0], 3, 3), statement_figures(STATEMENTS[1], 3, 3.5)], INSTRUMENT.scale)
    assert [p.figures.statement.id for p in found] == [STATEMENTS[1], STATEMENTS[0]]


def test_withheld_topics_stand_by_their_numbers() -> None:
    numbers = {s.id: s.number for s in INSTRUMENT.statements}
    found = perceive([statement_figures(id, None, None) for id in reversed(STATEMENTS)], INSTRUMENT.scale)
    assert [p.figures.statement.id for p in found] == sorted(STATEMENTS, key=numbers.__getitem__)
