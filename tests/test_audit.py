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
from hypothesis import assume
from hypothesis import strategies as st
from scipy.optimize import linprog

from alignment_report.analysis import withholding
from alignment_report.analysis.audit import Auditor, Exposure
from alignment_report.analysis.feasible import Feasible, Open
from alignment_report.analysis.published import Split
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.analysis.shown_sums import FUNCTIONS, Function, Kind, Known, Sums, Way
from alignment_report.analysis.widths import StatementMeans, Term, Ways, _greatest, _turned, ends_by, left_by
from alignment_report.analysis.withholding import ways_of
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


def _auditor(sums: Sums) -> Auditor:
    return Auditor(sums, 5, 10)


def _skipping(size: int, *skipped: Sequence[str]) -> list[Respondent]:
    """People of Sales, of whom the first left these statements out, the second those, and so on."""
    people = mixed_team("sales", size)
    return [without(person, gone) for person, gone in zip(people, skipped, strict=False)] + list(people[len(skipped) :])


MARKETING = mixed_team("marketing", 8, turn=3)


def test_nobody_is_exposed_where_everybody_answered_everything() -> None:
    assert _auditor(_sums(mixed_team("sales", 6), MARKETING)).exposures(ALL_APART) == ()


def test_one_who_left_a_statement_out_is_exposed_by_its_dimension() -> None:
    found = _auditor(_sums(_skipping(8, LANGUAGE[:1]), MARKETING)).exposures(ALL_APART)
    assert Exposure(frozenset(LANGUAGE[:1]), frozenset(["language-and-information"])) in found


@pytest.mark.parametrize(("size", "is_exposed"), [(5, True), (20, True), (100, False)])
def test_without_dimensions_the_score_exposes_one_of_twenty_but_not_of_a_hundred(size: int, is_exposed: bool) -> None:
    """A total of nineteen answers differs from their sum by little, which the rounding of a hundred people's mean hides."""
    ways = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))
    assert bool(_auditor(_sums(_skipping(size, LANGUAGE[:1]), MARKETING, [])).exposures(ways)) is is_exposed


def _pleased(size: int, skipped: Sequence[str]) -> list[Respondent]:
    """People of Sales who agree strongly with everything, but for one on each statement of a dimension; the last left some out."""
    people = [respondent("sales", dict.fromkeys(STATEMENTS, 5) | dict.fromkeys(LANGUAGE[place : place + 1], 4)) for place in range(size)]
    return [*people[:-1], without(people[-1], skipped)]


@pytest.mark.parametrize(("shown", "is_exposed"), [("apart", True), ("hidden", False)])
def test_one_who_left_a_statement_out_is_exposed_beside_a_withheld_one_where_nearly_all_agree(shown: Way, is_exposed: bool) -> None:
    """The dimension less the statements that are shown leaves so little for the withheld one that nobody can have disagreed with it."""
    ways = Ways("hidden", {**ALL_APART.statements, LANGUAGE[0]: shown, LANGUAGE[1]: "hidden", LANGUAGE[2]: shown}, ALL_APART.dimensions)
    found = _auditor(_sums(_pleased(11, LANGUAGE[:1]), MARKETING)).exposures(ways)
    assert any(exposure.statements.intersection(LANGUAGE) for exposure in found) is is_exposed


def test_two_of_three_are_exposed_to_the_third_who_counts_in_dimensions_but_not_in_the_score() -> None:
    """The score of both functions less their dimensions leaves the third one's answers, who takes them off and has those of the two."""
    third = without(mixed_team("marketing", 3)[2], [LANGUAGE[0], *STATEMENTS[-2:]])
    together = Ways("together", dict.fromkeys(STATEMENTS, "hidden"), dict.fromkeys(ALL_APART.dimensions, "together"))
    assert _auditor(_sums(mixed_team("sales", 11), [*mixed_team("marketing", 2), third])).exposures(together) != ()
    assert _auditor(_sums(mixed_team("sales", 11), mixed_team("marketing", 3))).exposures(together) == ()


def test_five_who_left_a_statement_out_are_not_exposed() -> None:
    assert _auditor(_sums(_skipping(12, *[LANGUAGE[:1]] * 6), MARKETING)).exposures(ALL_APART) == ()


@pytest.mark.parametrize(("way", "is_safe"), [("apart", False), ("together", False), ("hidden", True)])
def test_withholding_the_statement_hides_who_left_it_out(way: Way, is_safe: bool) -> None:
    sums = _sums(_skipping(6, LANGUAGE[:1]), MARKETING)
    ways = Ways("apart", {**ALL_APART.statements, LANGUAGE[0]: way}, ALL_APART.dimensions)
    assert (not _auditor(sums).exposures(ways)) is is_safe


def test_a_statement_shown_together_follows_from_the_other_functions_dimension_in_a_small_function() -> None:
    """Six people: the combined mean less the other function's leaves the own one too closely; with ten its rounding hides it."""
    ways = Ways("apart", {**ALL_APART.statements, LANGUAGE[0]: "together"}, ALL_APART.dimensions)
    exposed = {size: bool(_auditor(_sums(_skipping(size, LANGUAGE[:1]), MARKETING)).exposures(ways)) for size in (6, 24)}
    assert exposed == {6: True, 24: False}


ALONE = Ways("hidden", ALL_APART.statements, ALL_APART.dimensions)
WITHOUT_DIMENSIONS = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))


@pytest.mark.parametrize(
    ("skipped", "ways", "safe"),
    [
        ((), ALL_APART, True),
        (LANGUAGE[:1], ALONE, False),
        (LANGUAGE[:1], WITHOUT_DIMENSIONS, False),
        (LANGUAGE[:1], Ways("hidden", ALL_APART.statements, WITHOUT_DIMENSIONS.dimensions), True),
    ],
)
def test_figures_are_safe_where_neither_a_dimension_nor_the_score_exposes_anybody(skipped: Sequence[str], ways: Ways, safe: bool) -> None:
    assert _auditor(_sums(_skipping(8, skipped), MARKETING)).is_safe(ways) is safe


@law(st.integers(0, 10**6), st.integers(5, 9), st.integers(5, 9))
def test_what_is_published_exposes_nobody(seed: int, sales: int, marketing: int) -> None:
    chance = random.Random(seed)
    people = {
        function: [without(p, [s for s in STATEMENTS if chance.random() < 0.03]) for p in mixed_team(function, size, chance.randrange(5))]  # type: ignore[arg-type]
        for function, size in (("sales", sales), ("marketing", marketing))
    }
    assume(all(score.total is not None for score in score_respondents(wave(people["sales"], people["marketing"]), INSTRUMENT)))
    found = published(wave(people["sales"], people["marketing"]))
    assert _auditor(_sums(people["sales"], people["marketing"], [])).is_safe(ways_of(found.score, found.statements, found.dimensions))


def test_a_score_printed_beside_a_floor_tells_more() -> None:
    """A hundred people whose mean lies just below 60: printed as 60.0 it hides the one who skipped, printed as 59.99 it does not."""
    ways = Ways("apart", ALL_APART.statements, dict.fromkeys(ALL_APART.dimensions, "hidden"))
    people = _skipping(100, LANGUAGE[:1])
    assert [bool(_auditor(_sums(people, MARKETING, floors)).exposures(ways)) for floors in ([], FLOORS)] == [False, True]


def test_nothing_is_written_where_the_auditor_finds_no_safe_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from alignment_report.cli.main import alignment_report as program

    monkeypatch.setattr(Auditor, "exposures", lambda *_: (Exposure(frozenset(), frozenset()),))
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

    monkeypatch.setattr(Auditor, "exposures", fail)
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
        ([(-1, 0, 4)], -10, 0, Fraction(4)),
    ],
)
def test_the_greatest_sum_lowers_first_what_weighs_most(terms: list[tuple[int, int, int]], low: int, high: int, greatest: Fraction) -> None:
    assert _greatest([Term(*term) for term in terms], low, high) == greatest


@pytest.mark.parametrize(("term", "ends", "left"), [((0, 1, 5), (0, 0), 4), ((2, 1, 5), (3, 7), 2), ((2, 1, 5), (4, 12), 3)])
def test_a_sum_is_as_wide_as_its_weighed_sum_leaves_it(term: tuple[int, int, int], ends: tuple[int, int], left: int) -> None:
    """Answers that weigh nothing are as open as the scale leaves them."""
    (weighed,) = terms = [Term(*term)]
    assert _greatest(terms, *ends) + _greatest(_turned(terms), *ends) == left <= weighed.high - weighed.low


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
        # The sum of all five is 7, so that of two is 2 to 4. Three gave the second, 3.5 with the others: 5.8 to 15.
        (FIVE, _ways("apart"), [("sales", 2, FIRST)], 2),
        (FIVE, _ways("apart"), [("sales", 3, FIRST)], 2),
        (FIVE, _ways("apart"), [("sales", 3, FIRST), ("sales", 3, SECOND)], 2),
        (FIVE, _ways("apart", "together"), [("sales", 3, FIRST), ("sales", 3, SECOND)], Fraction(56, 5)),
        # Nothing but the scale bounds the two.
        (FIVE, _ways("hidden"), [("sales", 2, FIRST)], 8),
        # Of both functions 2.7 is known: the five of Sales have 27 less what Marketing gave, 7 at the least and 20 at the most.
        (FIVE, _ways("together"), [("sales", 2, FIRST)], 8),
        # Four of five have as much room as the fifth has.
        (FOUR_OF_FIVE, _ways("together"), [("sales", 4, FIRST)], 4),
        # All of a function have none, whatever the others have.
        (FIVE, _ways("apart"), [("sales", 2, FIRST), ("sales", 3, FIRST)], 0),
        (FIVE, _ways("hidden"), [("sales", 2, FIRST), ("sales", 3, FIRST)], 0),
    ],
)
def test_the_means_of_statements_leave_a_few_what_the_others_can_have(
    sales: list[Pair], ways: Ways, held: list[tuple[Function, int, str]], width: int
) -> None:
    sums = sums_of(sales, [(4, 4)] * 5)
    assert StatementMeans(sums, 5).left(tuple(_of(sums, *held)), ways) == width


def test_of_fewer_people_than_a_figure_needs_no_mean_is_known() -> None:
    sums = sums_of(FIVE[:4], [(4, 4)] * 5)
    everybody = tuple((kind, FIRST) for kind in sums.kinds["sales"])
    assert StatementMeans(sums, 5).left(everybody, _ways("hidden")) == 16
    assert StatementMeans(sums, 4).left(everybody, _ways("hidden")) == 0


def test_to_somebody_who_takes_the_own_answer_off_a_mean_leaves_less() -> None:
    """The five gave 12: four of them 7 to 11, as wide as the fifth; and 7 where that one is known to have given 5."""
    sums = sums_of([(5, 1), (1, None), (1, None), (2, None), (3, None)], [(4, 4)] * 5)
    (four,), (one,) = _of(sums, ("sales", 4, FIRST)), _of(sums, ("sales", 1, FIRST))
    assert StatementMeans(sums, 5).left((four,), _ways("apart")) == 4
    assert StatementMeans(sums, 5).left((four,), _ways("apart"), one[0]) == 0


def test_heads_beside_staff_can_expose_what_the_functions_alone_do_not() -> None:
    """Two of five heads left the second statement out, which all of Sales together do not give away."""
    heads, staff = [(1, 5), (3, 2), (4, 4), (5, None), (3, None)], [(5, 2), (5, 3), (5, 4), (4, 3), (5, 2)]
    marketing = [(2, 4), (1, 5), (1, 2), (1, 4), (5, 3), (5, 1)]
    ways = Ways("apart", {FIRST: "hidden", SECOND: "apart"}, {DIMENSION: "hidden"})
    levels: dict[Function, str] = {"sales": "HHHHHsssss", "marketing": "ssssss"}
    assert _auditor(sums_of([*heads, *staff], marketing)).is_safe(ways)
    assert not _auditor(sums_of([*heads, *staff], marketing, levels=levels)).is_safe(ways)


def test_to_somebody_who_knows_the_own_answer_of_a_hidden_mean_one_other_is_left(five: Sums) -> None:
    """Three of five have as much room as the other two, and as one of them where the other looks."""
    (three,), (two,) = _of(five, ("sales", 3, FIRST)), _of(five, ("sales", 2, FIRST))
    insider = replace(two[0], people=two[0].people[:1])
    assert StatementMeans(five, 5).left((three,), _ways("hidden")) == 8
    assert StatementMeans(five, 5).left((three,), _ways("hidden"), insider) == 4


@pytest.mark.parametrize(("way", "left"), [("apart", 1), ("together", 8), ("hidden", 8)])
def test_the_mean_of_a_dimension_leaves_what_it_tells_in_the_way_it_is_shown(way: Way, left: int) -> None:
    """The five gave 1, 1, 1, 1 and 2 to the first statement, and three of them 1 to the second: of two, the first is nearly known."""
    auditor = _auditor(sums_of([(1, 1), (1, 1), (1, 1), (1, None), (2, None)], [(4, 4)] * 5))
    ways = Ways("hidden", {FIRST: "hidden", SECOND: "hidden"}, {DIMENSION: way})
    (target,) = (t for t in auditor._targets if t.dimension and t.people == 2)
    assert auditor._alone(target, ways, None) == left


def test_the_few_who_answered_a_statement_are_asked_about_by_themselves() -> None:
    auditor = _auditor(sums_of([*[(1, 2)] * 3, *[(3, None)] * 5], [(4, 4)] * 8))
    asked = [[(len(kind.people), id) for kind, id in t.answers] for t in auditor._targets if t.dimension]
    assert asked == [[(3, FIRST), (3, SECOND)], [(3, SECOND)]]


def test_somebody_is_asked_about_fewer_people_of_their_function_than_they_could_hide_among() -> None:
    """With one of their own a figure of five people holds four others, so three can be told apart by someone and four cannot."""
    people: list[Pair] = [(1, 2), *[(3, None)] * 3, *[(None, 4)] * 4]
    auditor = _auditor(sums_of(people, people))
    (insider,) = (kind for kind in auditor._insiders if kind.function == "sales")
    told = {(t.few[0].function, t.people) for t in auditor._targets if auditor._is_told(t, insider)}
    assert {t.people for t in auditor._targets} == {1, 3, 4}
    assert told == {("sales", 3)}


def test_one_known_sum_leaves_answers_what_those_beside_them_can_have_and_answers_outside_it_the_scale(five: Sums) -> None:
    """The five gave 7 to the first statement: three of them 3 or more, so two of them 2 to 4; three gave 3 to 15 to the second."""
    two, three, second = _of(five, ("sales", 2, FIRST), ("sales", 3, FIRST), ("sales", 3, SECOND))
    known = Known(7, 7, {two: 1, three: 1})
    assert left_by(known, [two], five) == 2
    assert left_by(known, [two, second], five) == 2 + 12
    assert (ends_by(known, [two], five), ends_by(known, [two, second], five)) == ((2, 4), (2 + 3, 4 + 15))
    assert left_by(Known(7, 9, {two: 1, three: 1}), [two], five) == 4


def test_what_an_insider_gave_is_taken_off_a_known_sum() -> None:
    """One counts three times and four count once: their sum of 10 or 11 leaves the four 4 to 8, and 4 to 5 where the one knows of the own 2."""
    sums = sums_of([(1, 2), (2, None), (3, 3), (4, 4), (5, 5)], [(4, 4)] * 5)
    one, four = (next(kind for kind in sums.kinds["sales"] if len(kind.people) == n) for n in (1, 4))
    known = Known(10, 11, {(one, FIRST): 3, (four, FIRST): 1})
    assert left_by(known, [(four, FIRST)], sums) == 8 - 4
    assert left_by(known, [(four, FIRST)], sums, one) == 5 - 4
    assert left_by(known, [(four, FIRST)], sums, sums.kinds["marketing"][0]) == 8 - 4


# Everything at once


def _feasible(sums: Sums, ways: Ways) -> Feasible:
    found = Feasible(sums)
    found.show(ways)
    return found


def test_answers_that_nothing_tells_of_are_as_open_as_the_scale(five: Sums) -> None:
    found = _feasible(five, Ways("hidden", {FIRST: "hidden", SECOND: "hidden"}, {DIMENSION: "hidden"}))
    left = found.left(found.places(_of(five, ("sales", 2, FIRST))), 100)
    assert left == Open(8, frozenset())


def test_what_is_left_open_is_told_with_the_figures_that_bound_it(five: Sums) -> None:
    """The five gave 7 to the first statement: two of them 2 to 4."""
    found = _feasible(five, Ways("hidden", {FIRST: "apart", SECOND: "apart"}, {DIMENSION: "hidden"}))
    left = found.left(found.places(_of(five, ("sales", 2, FIRST))), 100)
    assert left is not None
    assert left.width == pytest.approx(2, abs=1e-6)
    assert left.figures == {("statement", FIRST)}


def test_a_dimension_less_its_statements_tells_the_answers_of_those_who_left_one_out(five: Sums) -> None:
    """Five means of one or two answers, less 7 and 9, leave the two who gave one answer just what they gave."""
    found = _feasible(five, _ways("apart"))
    left = found.left(found.places(_of(five, ("sales", 2, FIRST))), 100)
    assert left is not None
    assert left.width == pytest.approx(0, abs=1e-6)
    assert ("dimension", DIMENSION) in left.figures or ("score", "") in left.figures


def test_nothing_is_told_once_answers_are_found_that_differ_by_enough(five: Sums) -> None:
    found = _feasible(five, Ways("hidden", {FIRST: "apart", SECOND: "apart"}, {DIMENSION: "hidden"}))
    places = found.places(_of(five, ("sales", 2, FIRST)))
    assert found.reached(places) == 0
    assert found.left(places, 2) is None
    assert found.reached(places) == pytest.approx(2, abs=1e-6)


def test_answers_found_before_count_as_long_as_they_fit_what_is_shown_now(five: Sums) -> None:
    hidden = Ways("hidden", {FIRST: "hidden", SECOND: "hidden"}, {DIMENSION: "hidden"})
    found = _feasible(five, hidden)
    places = found.places(_of(five, ("sales", 2, FIRST)))
    found.explore(places)
    assert found.reached(places) == 8
    found.show(Ways("hidden", {FIRST: "apart", SECOND: "hidden"}, {DIMENSION: "hidden"}))
    assert found.reached(places) <= 2
    found.show(hidden)
    assert found.left(places, 8) is None


def test_somebody_who_knows_the_own_answers_leaves_less_open() -> None:
    """Six gave 20: four of them 4 to 18 to anybody, and 9 to 15 less to the one who gave 5 and looks at the rest."""
    sums = sums_of([(5, None), (3, 3), (3, 3), (3, 3), (3, 3), (3, 4)], [(4, 4)] * 5)
    insider = next(kind for kind in sums.kinds["sales"] if len(kind.people) == 1)
    found = _feasible(sums, Ways("hidden", {FIRST: "apart", SECOND: "hidden"}, {DIMENSION: "hidden"}))
    places = found.places((kind, FIRST) for kind in sums.kinds["sales"] if kind is not insider)
    assert found.left(places, 4) is None
    found.told_to(insider)
    left = found.left(places, 4)
    assert left is not None
    assert left.width == pytest.approx(0, abs=1e-6)
    found.told_to(None)
    assert found.left(places, 4) is None


@pytest.mark.parametrize(("limit", "falls_short"), [(4, False), (5, True)])
def test_a_sum_that_cannot_reach_a_limit_falls_short_of_it(five: Sums, limit: int, falls_short: bool) -> None:
    found = _feasible(five, Ways("hidden", {FIRST: "apart", SECOND: "apart"}, {DIMENSION: "hidden"}))
    places = found.places(_of(five, ("sales", 2, FIRST)))
    assert found.falls_short(places, 1, limit) == ({("statement", FIRST)} if falls_short else frozenset())
    assert found.falls_short(places, -1, 2) == frozenset()


@law(st.randoms(use_true_random=False))
def test_the_widths_are_those_that_another_solver_finds(chance: random.Random) -> None:
    sales = [(chance.randint(1, 5), chance.choice((None, 1, 2, 3, 4, 5))) for _ in range(6)]
    levels: dict[Function, str] | None = chance.choice((None, {"sales": "HHHsss", "marketing": "HHsss"}))
    sums = sums_of(sales, [(chance.randint(1, 5), chance.randint(1, 5)) for _ in range(5)], levels=levels)
    way = lambda: chance.choice(("apart", "together", "hidden"))  # noqa: E731
    ways = Ways(way(), {FIRST: way(), SECOND: way()}, {DIMENSION: way()})
    found = _feasible(sums, ways)
    kind = chance.choice(sums.kinds["sales"])
    held = [(kind, id) for id in sorted(kind.answered)]
    left = found.left(found.places(held), 1000)
    assert left is not None
    assert left.width == pytest.approx(_width_by_scipy(sums, ways, held), abs=1e-4)


def _width_by_scipy(sums: Sums, ways: Ways, held: Sequence[tuple[Kind, str]]) -> float:
    at = {pair: place for place, pair in enumerate((k, id) for f in FUNCTIONS for k in sums.kinds[f] for id in sorted(k.answered))}
    known = [sums.total(f, ways.score) for f in FUNCTIONS] + [sums.dimension(f, DIMENSION, ways.dimensions[DIMENSION]) for f in FUNCTIONS]
    known += [sums.statement(f, id, ways.statements[id]) for f in FUNCTIONS for id in (FIRST, SECOND)]
    known += [sums.of_level(level) for level in sums.levels]
    rows = [k for k in known if k]
    matrix = [[k.weights.get(pair, 0) / max(k.weights.values()) for pair in at] for k in rows]
    ends = [[end / max(k.weights.values()) for end in (k.low, k.high)] for k in rows]
    limits = [(len(k.people), 5 * len(k.people)) for k, _ in at]
    costs = [1.0 if pair in held else 0.0 for pair in at]
    more = (
        {"A_ub": [*matrix, *([-w for w in row] for row in matrix)], "b_ub": [*(h for _, h in ends), *(-low for low, _ in ends)]}
        if rows
        else {}
    )
    low, high = (linprog([sign * cost for cost in costs], bounds=limits, **more).fun for sign in (1, -1))
    return float(-high - low)


def test_figures_that_no_answers_can_have_are_not_taken_for_safe(five: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    impossible = Known(1, 2, {(five.kinds["sales"][0], FIRST): 1000})
    monkeypatch.setattr(five, "statement", lambda *_: impossible)
    found = _feasible(five, _ways("apart"))
    with pytest.raises(ArithmeticError, match="Infeasible"):
        found.left(found.places(_of(five, ("sales", 2, FIRST))), 100)


def _stumbling(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The solver solves, yet says so many times that it does not know."""
    run, said = Feasible._run, iter(["Unknown"] * times)

    def stumble(self: Feasible) -> str:
        status = run(self)
        return next(said, status)

    monkeypatch.setattr(Feasible, "_run", stumble)


def test_where_the_last_solution_leads_the_solver_astray_it_starts_afresh(five: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways("hidden", {FIRST: "apart", SECOND: "apart"}, {DIMENSION: "hidden"})
    found = _feasible(five, ways)
    places = found.places(_of(five, ("sales", 2, FIRST)))
    _stumbling(monkeypatch, 1)
    left = found.left(places, 100)
    assert left is not None
    assert left.width == pytest.approx(2, abs=1e-6)


def test_what_the_solver_does_not_know_afresh_either_is_not_taken_for_safe(five: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _feasible(five, _ways("apart"))
    _stumbling(monkeypatch, 2)
    with pytest.raises(ArithmeticError, match="Unknown"):
        found.left(found.places(_of(five, ("sales", 2, FIRST))), 100)


# Of one mind


SPREAD: list[Pair] = [(2, 3)] * 12


def _sales(*second: int | None) -> list[Pair]:
    return [(1 + place % 4, answer) for place, answer in enumerate(second)]


def _shown(score: Way, first: Way, second: Way, dimension: Way) -> Ways:
    return Ways(score, {FIRST: first, SECOND: second}, {DIMENSION: dimension})


@pytest.mark.parametrize(
    ("shown", "follows"),
    [
        (_shown("hidden", "apart", "together", "apart"), True),
        (_shown("apart", "apart", "hidden", "apart"), True),
        (_shown("apart", "apart", "hidden", "together"), True),
        (_shown("together", "apart", "hidden", "together"), False),
        (_shown("apart", "apart", "apart", "apart"), False),
        (_shown("apart", "hidden", "hidden", "hidden"), False),
    ],
)
def test_a_withheld_statement_at_the_end_follows_from_what_is_shown_around_it(shown: Ways, follows: bool) -> None:
    assert bool(_auditor(sums_of(_sales(5, 5, 5, 5, 5), SPREAD)).exposures(shown)) is follows


@pytest.mark.parametrize(
    ("answers", "follows"),
    [
        ((5, 5, 5, 5, 5), True),
        ((5, 5, 5, 5, 4), True),
        ((5, 5, 5, 4, 4), False),
        ((5, 5, 5, 5, 3), False),
        ((1, 1, 1, 1, 1), True),
        ((1, 1, 2, 1, 1), True),
        ((1, 1, 3, 1, 1), False),
    ],
)
def test_a_sum_one_step_from_the_end_tells_nearly_all_and_one_of_two_steps_does_not(answers: tuple[int, ...], follows: bool) -> None:
    found = _auditor(sums_of(_sales(*answers), SPREAD)).exposures(_shown("hidden", "apart", "hidden", "apart"))
    assert bool(found) is follows


@pytest.mark.parametrize(("crowd", "follows"), [(5, False), (6, True)])
def test_a_function_of_as_many_people_as_an_interval_needs_is_large_enough(crowd: int, follows: bool) -> None:
    auditor = Auditor(sums_of(_sales(5, 5, 5, 5, 5), SPREAD), 5, crowd)
    assert bool(auditor.exposures(_shown("hidden", "apart", "hidden", "apart"))) is follows


def test_one_mean_of_both_functions_at_an_end_is_told_by_itself_and_nothing_else_need_be_withheld() -> None:
    sums = sums_of([(3, 1)] * 6, [(2, 1)] * 6)
    assert _auditor(sums).exposures(_shown("apart", "hidden", "together", "hidden")) == ()
