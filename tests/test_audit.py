"""The auditor: what all published means together tell about a few people, and what is withheld so that they tell less."""

import random
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from cases import ACME, FIRST, INSTRUMENT, PLAYBOOK, SECOND, STATEMENTS, TWO, law, mixed_team, published, respondent, sums_of, wave, without
from click.testing import CliRunner
from hypothesis import strategies as st

from alignment_report.analysis import withholding
from alignment_report.analysis.audit import Exposure, _scopes, _sets, _spans, exposures
from alignment_report.analysis.published import WITHHELD, Published, Split
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.analysis.shown_sums import Function, Kind, Sums, Way
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


def _pleased(size: int, *skipped: Sequence[str]) -> list[Respondent]:
    """The same, all of whom agree strongly but for one on each statement of the dimension."""
    people = [respondent("sales", dict.fromkeys(STATEMENTS, 5) | dict.fromkeys(LANGUAGE[place : place + 1], 4)) for place in range(size)]
    return [
        *people[: len(LANGUAGE)],
        *(without(person, gone) for person, gone in zip(people[len(LANGUAGE) :], skipped, strict=False)),
        *people[len(LANGUAGE) + len(skipped) :],
    ]


@pytest.mark.parametrize(("shown", "is_exposed"), [("apart", True), ("hidden", False)])
def test_one_who_left_a_statement_out_is_exposed_beside_a_withheld_one_where_nearly_all_agree(shown: Way, is_exposed: bool) -> None:
    """The dimension less the statements that are shown leaves so little for the withheld one that nobody can have disagreed with it."""
    sums = _sums(_pleased(11, LANGUAGE[:1]), MARKETING)
    ways = Ways("hidden", {**ALL_APART.statements, LANGUAGE[0]: shown, LANGUAGE[1]: "hidden", LANGUAGE[2]: shown}, ALL_APART.dimensions)
    assert bool(exposures(sums, ways, 5)) is is_exposed


def test_two_of_three_are_exposed_to_the_third_who_counts_in_dimensions_but_not_in_the_score() -> None:
    """Together with eleven of Sales: the score less the dimensions is the third one's answers, who takes them off."""
    third = without(mixed_team("marketing", 3)[2], [LANGUAGE[0], *STATEMENTS[-2:]])
    sums = _sums(mixed_team("sales", 11), [*mixed_team("marketing", 2), third])
    together = Ways("together", dict.fromkeys(STATEMENTS, "hidden"), dict.fromkeys(ALL_APART.dimensions, "together"))
    assert exposures(sums, together, 5) != ()
    without_third = _sums(mixed_team("sales", 11), mixed_team("marketing", 3))
    assert exposures(without_third, together, 5) == ()


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


def test_the_width_of_a_sum_lies_between_its_greatest_and_its_least() -> None:
    assert width([Term(2, 1, 5)], 3, 7) == 2


@pytest.mark.parametrize(("term", "ends"), [((2, 1, 5), (2, 10)), ((-2, 1, 5), (-10, -2)), ((0, 1, 5), (0, 0)), ((3, -2, 1), (-6, 3))])
def test_the_ends_of_a_weighed_sum_stand_in_their_order(term: tuple[int, int, int], ends: tuple[int, int]) -> None:
    assert Term(*term).ends == ends


def test_a_withheld_figure_stays_withheld_without_the_functions_apart() -> None:
    assert withholding.without_split(Split()) == Split()


FIVE = sums_of([(1, 2), (2, 3), (1, 4), (2, None), (1, None)], [(4, 4)] * 5)
FOUR_OF_FIVE = sums_of([(1, 2), (2, 3), (1, 4), (2, 2), (1, None)], [(4, 4)] * 5)


def _ways(first: Way, second: Way = "apart") -> Ways:
    return Ways("apart", {FIRST: first, SECOND: second}, {TWO.dimensions[0].id: "apart"})


def _of(sums: Sums, *held: tuple[Function, int, str]) -> list[tuple[Kind, str]]:
    """Kinds by their function and their number of people, each with a statement."""
    return [(next(k for k in sums.kinds[function] if len(k.people) == people), id) for function, people, id in held]


@pytest.mark.parametrize(
    ("sums", "ways", "held", "safe"),
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
    sums: Sums, ways: Ways, held: list[tuple[Function, int, str]], safe: Fraction
) -> None:
    assert safe_width(_of(sums, *held), sums, ways) == safe


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


def test_what_a_kinds_answers_add_is_summed_over_the_statements_looked_at() -> None:
    (few, rest) = FIVE.kinds["sales"]
    ends = {(few, FIRST): (1, 3), (few, SECOND): (10, 30), (rest, FIRST): (100, 200)}
    assert _spans(ends, (FIRST, SECOND)) == {few: (11, 33), rest: (100, 200)}
    assert _spans(ends, (SECOND,)) == {few: (10, 30)}
