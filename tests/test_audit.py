"""The auditor: what all published means together tell about a few people, and what is withheld so that they tell less."""

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from cases import (
    ACME,
    DIMENSION,
    FIRST,
    INSTRUMENT,
    PLAYBOOK,
    SECOND,
    STATEMENTS,
    TWO,
    Pair,
    law,
    mixed_team,
    published,
    respondent,
    sums_of,
    wave,
    without,
)
from click.testing import CliRunner
from hypothesis import strategies as st

from alignment_report.analysis import withholding
from alignment_report.analysis.audit import (
    Exposure,
    _by_statements,
    _Ratio,
    _scopes,
    _sets,
    _spans,
    _Sum,
    _View,
    _views,
    exposures,
    is_safe,
)
from alignment_report.analysis.published import WITHHELD, Published, Split
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.analysis.shown_sums import Function, Kind, Known, Sums, Way, added
from alignment_report.analysis.widths import Term, Ways, _greatest, safe_width, width
from alignment_report.model.assessment import Respondent

FLOORS = [stage.floor for stage in PLAYBOOK.stages]
LANGUAGE = [s.id for s in INSTRUMENT.statements if s.dimension == "language-and-information"]
ALL_APART = Ways("apart", dict.fromkeys(STATEMENTS, "apart"), {d.id: "apart" for d in INSTRUMENT.dimensions})


def _sums(sales: Sequence[Respondent], marketing: Sequence[Respondent], floors: Sequence[Fraction] = FLOORS) -> Sums:
    scores = score_respondents(wave(sales, marketing), INSTRUMENT)
    groups: dict[Function, list[RespondentScore]] = {"sales": [], "marketing": []}
    for score in scores:
        if score.function != "leadership":
            groups[score.function].append(score)
    return Sums(groups, INSTRUMENT, floors)


def _skipping(size: int, *skipped: Sequence[str]) -> list[Respondent]:
    """People of Sales, of whom the first left these statements out, the second those, and so on."""
    people = mixed_team("sales", size)
    return [without(person, gone) for person, gone in zip(people, skipped, strict=False)] + list(people[len(skipped) :])


MARKETING = mixed_team("marketing", 8, turn=3)


def test_nobody_is_exposed_where_everybody_answered_everything() -> None:
    assert exposures(_sums(mixed_team("sales", 6), MARKETING), ALL_APART, 5) == ()


def test_one_who_left_a_statement_out_is_exposed_by_its_dimension() -> None:
    found = exposures(_sums(_skipping(8, LANGUAGE[:1]), MARKETING), ALL_APART, 5)
    assert found == (Exposure(frozenset(LANGUAGE[:1]), frozenset(["language-and-information"])),)


@pytest.mark.parametrize(("size", "is_exposed"), [(5, True), (20, True), (100, False)])
def test_without_dimensions_the_score_exposes_one_of_twenty_but_not_of_a_hundred(size: int, is_exposed: bool) -> None:
    """A total of nineteen answers differs from their sum by little, which the rounding of a hundred people's mean hides."""
    ways = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))
    assert bool(exposures(_sums(_skipping(size, LANGUAGE[:1]), MARKETING, []), ways, 5)) is is_exposed


def _pleased(size: int, skipped: Sequence[str]) -> list[Respondent]:
    """People of Sales who agree strongly with everything, but for one on each statement of a dimension; the last left some out."""
    people = [respondent("sales", dict.fromkeys(STATEMENTS, 5) | dict.fromkeys(LANGUAGE[place : place + 1], 4)) for place in range(size)]
    return [*people[:-1], without(people[-1], skipped)]


@pytest.mark.parametrize(("shown", "is_exposed"), [("apart", True), ("hidden", False)])
def test_one_who_left_a_statement_out_is_exposed_beside_a_withheld_one_where_nearly_all_agree(shown: Way, is_exposed: bool) -> None:
    """The dimension less the statements that are shown leaves so little for the withheld one that nobody can have disagreed with it."""
    ways = Ways("hidden", {**ALL_APART.statements, LANGUAGE[0]: shown, LANGUAGE[1]: "hidden", LANGUAGE[2]: shown}, ALL_APART.dimensions)
    assert bool(exposures(_sums(_pleased(11, LANGUAGE[:1]), MARKETING), ways, 5)) is is_exposed


def test_two_of_three_are_exposed_to_the_third_who_counts_in_dimensions_but_not_in_the_score() -> None:
    """The score of both functions less their dimensions leaves the third one's answers, who takes them off and has those of the two."""
    third = without(mixed_team("marketing", 3)[2], [LANGUAGE[0], *STATEMENTS[-2:]])
    together = Ways("together", dict.fromkeys(STATEMENTS, "hidden"), dict.fromkeys(ALL_APART.dimensions, "together"))
    assert exposures(_sums(mixed_team("sales", 11), [*mixed_team("marketing", 2), third]), together, 5) != ()
    assert exposures(_sums(mixed_team("sales", 11), mixed_team("marketing", 3)), together, 5) == ()


def test_five_who_left_a_statement_out_are_not_exposed() -> None:
    assert exposures(_sums(_skipping(12, *[LANGUAGE[:1]] * 6), MARKETING), ALL_APART, 5) == ()


@pytest.mark.parametrize(("way", "is_safe"), [("apart", False), ("together", False), ("hidden", True)])
def test_withholding_the_statement_hides_who_left_it_out(way: Way, is_safe: bool) -> None:
    sums = _sums(_skipping(6, LANGUAGE[:1]), MARKETING)
    ways = Ways("apart", {**ALL_APART.statements, LANGUAGE[0]: way}, ALL_APART.dimensions)
    assert (not exposures(sums, ways, 5)) is is_safe


def test_a_statement_shown_together_follows_from_the_other_functions_dimension_in_a_small_function() -> None:
    """Six people: the combined mean less the other function's leaves the own one too closely; with ten its rounding hides it."""
    ways = Ways("apart", {**ALL_APART.statements, LANGUAGE[0]: "together"}, ALL_APART.dimensions)
    exposed = {size: bool(exposures(_sums(_skipping(size, LANGUAGE[:1]), MARKETING), ways, 5)) for size in (6, 24)}
    assert exposed == {6: True, 24: False}


def _reaudited(found: Published, sums: Sums) -> tuple[Exposure, ...]:
    return exposures(sums, withholding._ways(found.score, found.statements, found.dimensions), 5)


ALONE = Ways("hidden", ALL_APART.statements, ALL_APART.dimensions)
WITHOUT_DIMENSIONS = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))


@pytest.mark.parametrize(
    ("skipped", "ways", "dimension", "safe"),
    [
        ((), ALL_APART, "language-and-information", True),
        (LANGUAGE[:1], ALONE, "language-and-information", False),
        (LANGUAGE[:1], ALONE, "customer-work", True),
        (LANGUAGE[:1], WITHOUT_DIMENSIONS, "customer-work", False),
        (LANGUAGE[:1], Ways("hidden", ALL_APART.statements, WITHOUT_DIMENSIONS.dimensions), "language-and-information", True),
    ],
)
def test_a_dimension_is_safe_where_neither_it_nor_the_score_exposes_anybody(
    skipped: Sequence[str], ways: Ways, dimension: str, safe: bool
) -> None:
    assert is_safe(_sums(_skipping(8, skipped), MARKETING), ways, dimension, 5) is safe


@law(st.randoms(use_true_random=False), st.integers(5, 12), st.integers(5, 12))
def test_what_is_published_exposes_nobody(chance: random.Random, sales: int, marketing: int) -> None:
    people = {
        function: [without(p, [s for s in STATEMENTS if chance.random() < 0.03]) for p in mixed_team(function, size, chance.randrange(5))]  # type: ignore[arg-type]
        for function, size in (("sales", sales), ("marketing", marketing))
    }
    found = published(wave(people["sales"], people["marketing"]))
    if found.score.gap != WITHHELD and all(p.total is not None for p in _all_scores(people)):
        assert _reaudited(found, _sums(people["sales"], people["marketing"])) == ()


def _all_scores(people: dict[str, list[Respondent]]) -> tuple[RespondentScore, ...]:
    return score_respondents(wave(people["sales"], people["marketing"]), INSTRUMENT)


def test_a_score_printed_beside_a_floor_tells_more() -> None:
    """A hundred people whose mean lies just below 60: printed as 60.0 it hides the one who skipped, printed as 59.99 it does not."""
    ways = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))
    people = _skipping(100, LANGUAGE[:1])
    assert [bool(exposures(_sums(people, MARKETING, floors), ways, 5)) for floors in ([], FLOORS)] == [False, True]


def test_nothing_is_written_where_the_auditor_finds_no_safe_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from alignment_report.cli.main import alignment_report as program

    monkeypatch.setattr(withholding, "exposures", lambda *_: (Exposure(frozenset(), frozenset()),))
    with pytest.raises(withholding.NoSafeFigures):
        compile_report(ACME, wave(mixed_team("sales", 8), MARKETING), PLAYBOOK)
    client = Path(__file__).resolve().parent.parent / "configs" / "clients" / "marlow-cooling"
    result = CliRunner().invoke(program, ["build", str(client), "--no-pdf", "--output", str(tmp_path)], standalone_mode=False)
    assert result.return_value == 1
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".json", ".html", ".pdf")]


@pytest.mark.parametrize("trouble", [ZeroDivisionError, RecursionError, KeyError])
def test_nothing_is_written_where_the_auditor_errs(trouble: type[Exception], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from alignment_report.cli.main import main

    def fail(*_: object) -> tuple[Exposure, ...]:
        raise trouble

    monkeypatch.setattr(withholding, "exposures", fail)
    client = Path(__file__).resolve().parent.parent / "configs" / "clients" / "marlow-cooling"
    assert main(["build", str(client), "--no-pdf", "--output", str(tmp_path)]) == 1
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".json", ".html", ".pdf")]


@pytest.mark.parametrize(
    ("terms", "low", "high", "greatest"),
    [
        ([], 0, 0, Fraction(0)),
        ([(1, 1, 5)], 1, 5, Fraction(5)),
        ([(1, 1, 5)], 1, 3, Fraction(3)),
        ([(2, 1, 5)], 2, 3, Fraction(3, 2)),
        ([(2, 1, 5)], 2, 9, Fraction(9, 2)),
        ([(-2, 1, 5)], -4, -2, Fraction(2)),
        ([(1, 1, 5), (3, 1, 5)], 4, 14, Fraction(8)),
        ([(1, 1, 5), (3, 1, 5)], 4, 9, Fraction(19, 3)),
        ([(1, 1, 5), (3, 1, 5)], 4, 7, Fraction(5)),
        ([(1, 1, 5), (3, 1, 5)], 4, 6, Fraction(4)),
        ([(1, 1, 5), (-1, 1, 5)], 2, 4, Fraction(8)),
        ([(-1, 1, 5), (1, 1, 5)], -4, -2, Fraction(8)),
        ([(1, 1, 5), (1, 2, 3)], 3, 8, Fraction(8)),
        ([(1, 1, 5), (0, 2, 3)], 1, 2, Fraction(5)),
        ([(1, 1, 2)], 0, 0, Fraction(1)),
    ],
)
def test_the_greatest_sum_lowers_first_what_weighs_most(terms: list[tuple[int, int, int]], low: int, high: int, greatest: Fraction) -> None:
    assert _greatest([Term(*term) for term in terms], low, high) == greatest


@pytest.mark.parametrize(("term", "ends", "left"), [((0, 1, 5), (0, 0), 4), ((2, 1, 5), (3, 7), 2), ((2, 1, 5), (4, 12), 3)])
def test_a_sum_is_as_wide_as_its_weighed_sum_leaves_it(term: tuple[int, int, int], ends: tuple[int, int], left: int) -> None:
    """Answers that weigh nothing are as open as the scale leaves them."""
    assert width([Term(*term)], *ends) == left


@pytest.mark.parametrize(("term", "ends"), [((2, 1, 5), (2, 10)), ((-2, 1, 5), (-10, -2)), ((0, 1, 5), (0, 0)), ((3, -2, 1), (-6, 3))])
def test_the_ends_of_a_weighed_sum_stand_in_their_order(term: tuple[int, int, int], ends: tuple[int, int]) -> None:
    assert Term(*term).ends == ends


def test_a_withheld_figure_stays_withheld_without_the_functions_apart() -> None:
    assert withholding.without_split(Split()) == Split()


FIVE: list[Pair] = [(1, 2), (2, 3), (1, 4), (2, None), (1, None)]
FOUR_OF_FIVE: list[Pair] = [(1, 2), (2, 3), (1, 4), (2, 2), (1, None)]


@pytest.fixture
def five() -> Sums:
    """Five people of Sales of whom two left the second statement out, and five of Marketing."""
    return sums_of(FIVE, [(4, 4)] * 5)


def _ways(first: Way, second: Way = "apart") -> Ways:
    return Ways("apart", {FIRST: first, SECOND: second}, {TWO.dimensions[0].id: "apart"})


def _of(sums: Sums, *held: tuple[Function, int, str]) -> list[tuple[Kind, str]]:
    """Kinds by their function and their number of people, each with a statement."""
    return [(next(k for k in sums.kinds[function] if len(k.people) == people), id) for function, people, id in held]


@pytest.mark.parametrize(
    ("sales", "ways", "held", "width"),
    [
        # The sum of all five is 7, so that of two is 2 to 4: nine tenths of that stay.
        (FIVE, _ways("apart"), [("sales", 2, FIRST)], Fraction(9, 5)),
        (FIVE, _ways("apart"), [("sales", 3, FIRST)], Fraction(9, 5)),
        (FIVE, _ways("apart"), [("sales", 3, FIRST), ("sales", 3, SECOND)], Fraction(9, 5)),
        (FIVE, _ways("apart", "together"), [("sales", 3, FIRST), ("sales", 3, SECOND)], Fraction(9)),
        # Nothing but the scale bounds the two: three fifths of 2 · 4 steps.
        (FIVE, _ways("together"), [("sales", 2, FIRST)], Fraction(24, 5)),
        (FIVE, _ways("hidden"), [("sales", 2, FIRST)], Fraction(24, 5)),
        # Four of five have as much room as the fifth has.
        (FOUR_OF_FIVE, _ways("together"), [("sales", 4, FIRST)], Fraction(18, 5)),
        # All of a function have none, whatever the others have.
        (FIVE, _ways("apart"), [("sales", 2, FIRST), ("sales", 3, FIRST)], Fraction(0)),
        (FIVE, _ways("together"), [("sales", 2, FIRST), ("sales", 3, FIRST)], Fraction(0)),
        (FIVE, _ways("together"), [("sales", 2, FIRST), ("marketing", 5, FIRST)], Fraction(36, 5)),
        (FIVE, _ways("apart"), [("marketing", 5, SECOND)], Fraction(0)),
    ],
)
def test_a_few_are_safe_with_three_fifths_of_the_scale_or_nearly_all_that_lone_means_leave(
    sales: list[Pair], ways: Ways, held: list[tuple[Function, int, str]], width: Fraction
) -> None:
    sums = sums_of(sales, [(4, 4)] * 5)
    assert safe_width(_of(sums, *held), sums, ways) == width


def test_each_small_kind_is_looked_at_first_and_then_sets_of_those_that_weigh_most() -> None:
    kinds = [Kind("sales", frozenset([str(size)]), (None,) * size) for size in (1, 2, 3, 4, 5)]  # type: ignore[arg-type]
    spans = {kind: (0, len(kind.people) * 10) for kind in kinds}
    found = [tuple(len(kind.people) for kind in few) for few in _sets(spans, 5)]
    assert found == [(4,), (3,), (2,), (1,), (3, 1), (2, 1)]


def test_sets_are_formed_of_the_six_kinds_that_weigh_most() -> None:
    kinds = [Kind("sales", frozenset([str(place)]), (None,)) for place in range(8)]  # type: ignore[arg-type]
    spans = {kind: (-place, place) for place, kind in enumerate(kinds)}
    found = list(_sets(spans, 3))
    assert [few for few in found if len(few) == 1] == [(kind,) for kind in reversed(kinds)]
    assert {kind for few in found if len(few) == 2 for kind in few} == set(kinds[2:])
    assert len(found) == 8 + 15


def test_answers_are_looked_at_together_and_dimension_by_dimension() -> None:
    sums = _sums(_skipping(6), MARKETING)
    (kind,) = sums.kinds["sales"]
    other_statement = next(s.id for s in INSTRUMENT.statements if s.dimension != "language-and-information")
    chosen = [(kind, LANGUAGE[0]), (kind, LANGUAGE[1])]
    assert _scopes(sums, chosen) == [tuple(LANGUAGE[:2])]
    both = _scopes(sums, [*chosen, (kind, other_statement)])
    assert set(both[0]) == {*LANGUAGE[:2], other_statement}
    assert sorted(both[1:]) == sorted([tuple(LANGUAGE[:2]), (other_statement,)])


def test_what_a_kinds_answers_add_is_summed_over_the_statements_looked_at(five: Sums) -> None:
    (few, rest) = five.kinds["sales"]
    ends = {(few, FIRST): (1, 3), (few, SECOND): (10, 30), (rest, FIRST): (100, 200)}
    assert _spans(ends, (FIRST, SECOND)) == {few: (11, 33), rest: (100, 200)}
    assert _spans(ends, (SECOND,)) == {few: (10, 30)}


def test_a_view_of_one_function_sees_what_is_shown_of_it_apart_or_together(five: Sums) -> None:
    view = _View(five, _ways("apart", "together"), "sales", 15)
    assert view.statement(FIRST) == added([(15, _seen(five, "sales", FIRST, "apart"))])
    assert view.statement(SECOND) == added([(15, _seen(five, "sales", SECOND, "together"))])
    assert _View(five, _ways("hidden"), "sales", 15).statement(FIRST) is None


def test_a_view_of_both_adds_what_is_shown_of_the_other_function_at_their_ratio(five: Sums) -> None:
    """Three people of Sales for five of Marketing: what is shown for both together holds the other function already."""
    view = _View(five, _ways("apart", "together"), "sales", 15, _Ratio(3, 5))
    assert view.statement(FIRST) == added([(15, _seen(five, "sales", FIRST, "apart")), (9, _seen(five, "marketing", FIRST, "apart"))])
    assert view.statement(SECOND) == added([(15, _seen(five, "sales", SECOND, "together"))])
    assert _View(five, _ways("hidden"), "sales", 15, _Ratio(3, 5)).statement(FIRST) is None


def _seen(sums: Sums, function: Function, statement: str, way: Way) -> Known:
    known = sums.statement(function, statement, way)
    assert known is not None
    return known


def test_each_function_is_viewed_by_itself_and_with_the_other_at_each_ratio_of_what_is_shown_together(five: Sums) -> None:
    """Five and three of Sales answered, five and five of Marketing: sums are scaled so that every ratio is a whole number."""
    sums, together = five, _ways("together", "together")
    own = [_View(sums, together, "sales", 5), _View(sums, together, "marketing", 15)]
    assert list(_views(sums, together)) == [
        own[0],
        replace(own[0], both=_Ratio(5, 5)),
        replace(own[0], both=_Ratio(3, 5)),
        own[1],
        replace(own[1], both=_Ratio(5, 5)),
        replace(own[1], both=_Ratio(5, 3)),
    ]
    for ways in (_ways("apart"), replace(together, score="together"), replace(together, score="hidden")):
        assert [(view.function, view.both) for view in _views(sums, ways)] == [("sales", None), ("marketing", None)]


def test_a_function_of_nobody_scales_nothing() -> None:
    assert [view.scale for view in _views(sums_of([], [(4, 4)] * 5), _ways("apart"))] == [5, 1]


def test_a_ratio_is_that_of_the_people_who_answered(five: Sums) -> None:
    view = _View(five, _ways("apart"), "sales", 15)
    assert (view.ratio(FIRST), view.ratio(SECOND)) == (_Ratio(5, 5), _Ratio(3, 5))
    assert (view.times(view.ratio(SECOND)), view.times(None)) == (9, 0)


def test_a_view_sees_the_score_as_it_is_shown(five: Sums) -> None:
    for way in ("apart", "together"):
        known = five.total("sales", way)
        assert known is not None
        assert _View(five, replace(_ways("apart"), score=way), "sales", 5).total() == added([(5, known)])
    assert _View(five, replace(_ways("apart"), score="hidden"), "sales", 5).total() is None


def test_a_dimension_is_known_by_its_statements_and_again_less_the_other_functions_dimension(five: Sums) -> None:
    """What is shown of the second statement holds three fifths of Marketing's answers, which follow from Marketing's dimension."""
    view, both = _View(five, _ways("apart", "together"), "sales", 5), frozenset([FIRST, SECOND])
    whole = added([(5, _seen(five, "sales", FIRST, "apart")), (5, _seen(five, "sales", SECOND, "together"))])
    beside = five.dimension("marketing", DIMENSION, "apart")
    assert beside is not None
    less = added([(1, whole), (-3, beside), (3, _seen(five, "marketing", FIRST, "apart"))])
    assert list(_by_statements(view, DIMENSION)) == [_Sum(whole, both), _Sum(less, both, frozenset([DIMENSION]))]


@pytest.mark.parametrize(
    ("ways", "both", "count"),
    [
        (_ways("apart", "together"), _Ratio(3, 5), 1),
        (replace(_ways("apart", "together"), dimensions={DIMENSION: "together"}), None, 1),
        (_ways("apart", "apart"), None, 1),
        (_ways("together", "together"), None, 3),
        (_ways("apart", "hidden"), None, 0),
    ],
)
def test_how_a_dimension_is_known_by_its_statements_depends_on_how_they_are_shown(
    five: Sums, ways: Ways, both: _Ratio | None, count: int
) -> None:
    assert len(list(_by_statements(_View(five, ways, "sales", 5, both), DIMENSION))) == count
