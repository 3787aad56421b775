"""The auditor: what all published means together tell about a few people, and what is withheld so that they tell less."""

import random
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from cases import ACME, INSTRUMENT, PLAYBOOK, STATEMENTS, law, mixed_team, published, wave, without
from click.testing import CliRunner
from hypothesis import strategies as st

from alignment_report.analysis import withholding
from alignment_report.analysis.audit import Exposure, Ways, _greatest, _is_exposed, _Term, exposures
from alignment_report.analysis.published import WITHHELD, Published, Split
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.analysis.shown_sums import Function, Sums, Way
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
    assert _greatest([_Term(*term) for term in terms], low, high) == greatest


@pytest.mark.parametrize(("safe", "exposed"), [(Fraction(2), False), (Fraction(21, 10), True)])
def test_a_few_are_exposed_where_their_sum_keeps_less_than_is_safe(safe: Fraction, exposed: bool) -> None:
    assert _is_exposed([_Term(2, 1, 5)], 3, 7, safe) is exposed


@pytest.mark.parametrize(("term", "ends"), [((2, 1, 5), (2, 10)), ((-2, 1, 5), (-10, -2)), ((0, 1, 5), (0, 0)), ((3, -2, 1), (-6, 3))])
def test_the_ends_of_a_weighed_sum_stand_in_their_order(term: tuple[int, int, int], ends: tuple[int, int]) -> None:
    assert _Term(*term).ends == ends


def test_a_withheld_figure_stays_withheld_without_the_functions_apart() -> None:
    assert withholding.without_split(Split()) == Split()
