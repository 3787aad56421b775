"""An earlier wave stands beside a later one only where nobody's answers follow from the two."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from cases import ACME, INSTRUMENT, NAMED, PLAYBOOK, STATEMENTS, answers_for, law, respondent, wave
from hypothesis import strategies as st

from alignment_report.analysis.beside import EarlierWave, WaveBeside, as_published, stand_beside
from alignment_report.analysis.report import Report, compile_report
from alignment_report.analysis.rerun import PastDelivery, counted_digests, hold_back
from alignment_report.model.assessment import Assessment, Confidentiality, Respondent, Role

THEN, NOW = "fedcba9876543210" * 2, "0123456789abcdef" * 2
DAY = date(2025, 3, 20)


def crowd(function: Role, size: int, turn: int = 0) -> tuple[Respondent, ...]:
    """People whose answers differ on every statement, no two of them the same; another turn gives others."""
    chance = random.Random(turn)
    return tuple(respondent(function, {id: chance.randint(1, 5) for id in STATEMENTS}) for _ in range(size))


SALES, MARKETING = crowd("sales", 8), crowd("marketing", 8, turn=3)
ANEW = crowd("sales", 9, turn=11), crowd("marketing", 7, turn=14)


def joiner(function: Role = "sales", turn: int = 0) -> Respondent:
    """A person who answered like nobody else."""
    return respondent(function, answers_for(70 + turn, turn))


def kept(*groups: Sequence[Respondent], key: str = THEN, **more: object) -> Assessment:
    return replace(wave(*groups, rules=replace(Confidentiality(), key=key)), wave="2025-03", report_date=DAY, **more)  # type: ignore[arg-type]


def delivery(of: Sequence[Respondent], key: str, *, is_same_wave: bool) -> PastDelivery:
    return PastDelivery(DAY + timedelta(days=7), key, counted_digests(of, key), is_same_wave)


def earlier(*groups: Sequence[Respondent], delivered: Sequence[Respondent] | None = None, past: Sequence[PastDelivery] = ()) -> EarlierWave:
    own = () if delivered is None else (delivery(delivered, THEN, is_same_wave=True),)
    return EarlierWave("2025-03", DAY, kept(*groups), (*own, *past))


def beside(now: Sequence[Sequence[Respondent]], then: EarlierWave) -> WaveBeside:
    (found,) = stand_beside(hold_back(wave(*now), (), INSTRUMENT)[0], [then], INSTRUMENT)
    return found


def people_of(found: WaveBeside) -> set[str]:
    assert found.counted is not None
    return {person.id for person in found.counted.respondents}


def names(*groups: Sequence[Respondent]) -> set[str]:
    return {person.id for group in groups for person in group}


def test_a_wave_that_was_answered_anew_is_shown_with_everybody_and_has_to_be_remembered() -> None:
    found = beside(ANEW, earlier(SALES, MARKETING))
    assert people_of(found) == names(SALES, MARKETING)
    assert (found.why_not, found.is_new) == (None, True)


def test_a_joiner_while_all_others_are_unchanged_keeps_the_earlier_wave_out() -> None:
    """The score now less the score then would be the joiner's."""
    found = beside([(*SALES, joiner()), MARKETING], earlier(SALES, MARKETING))
    assert (found.counted, found.why_not) == (None, "protected")


@pytest.mark.parametrize("left", [1, 3])
def test_so_do_a_few_who_have_left(left: int) -> None:
    found = beside([SALES[left:], MARKETING], earlier(SALES, MARKETING))
    assert (found.counted, found.why_not) == (None, "protected")


def test_enough_joiners_of_each_function_who_hide_one_another_do_not() -> None:
    more = crowd("sales", 6, turn=2), crowd("marketing", 6, turn=6)
    found = beside([(*SALES, *more[0]), (*MARKETING, *more[1])], earlier(SALES, MARKETING))
    assert people_of(found) == names(SALES, MARKETING)


def test_the_same_people_with_the_same_answers_give_nobody_away() -> None:
    assert people_of(beside([SALES, MARKETING], earlier(SALES, MARKETING))) == names(SALES, MARKETING)


def test_a_delivered_wave_is_shown_as_it_was_delivered_and_nothing_new_is_told() -> None:
    found = beside(ANEW, earlier((*SALES, joiner()), MARKETING, delivered=[*SALES, *MARKETING]))
    assert people_of(found) == names(SALES, MARKETING)
    assert not found.is_new


def test_a_delivered_wave_stays_even_beside_one_into_which_answers_were_carried() -> None:
    """The later one was made safe against the delivery, so the figures of both are already known to whoever holds the two playbooks."""
    past = [delivery([*SALES, *MARKETING], THEN, is_same_wave=False)]
    now, held = hold_back(wave((*SALES, joiner()), MARKETING), past, INSTRUMENT)
    (found,) = stand_beside(now, [earlier(SALES, MARKETING, delivered=[*SALES, *MARKETING])], INSTRUMENT)
    assert held.late == (past[0].day,)
    assert {person.id for person in now.respondents} == people_of(found) == names(SALES, MARKETING)


def test_where_one_of_those_delivered_has_gone_others_are_left_out_and_that_is_new() -> None:
    found = beside(ANEW, earlier(SALES[1:], MARKETING, delivered=[*SALES, *MARKETING]))
    assert found.is_new
    assert people_of(found) < names(SALES[1:], MARKETING)
    assert as_published(earlier(SALES[1:], MARKETING, delivered=[*SALES, *MARKETING])) is None


def test_the_last_delivery_of_a_wave_is_the_one_that_is_shown() -> None:
    late = crowd("sales", 6, turn=2), crowd("marketing", 6, turn=6)
    second = delivery([*SALES, *late[0], *MARKETING, *late[1]], THEN, is_same_wave=True)
    found = as_published(earlier(SALES, late[0], MARKETING, late[1], delivered=[*SALES, *MARKETING], past=[second]))
    assert found is not None
    assert {person.id for person in found.respondents} == names(SALES, MARKETING, *late)


def test_an_undelivered_wave_is_held_against_what_other_waves_delivered() -> None:
    others = delivery([*SALES[1:], *MARKETING], NOW, is_same_wave=False)
    found = beside(ANEW, earlier(SALES, MARKETING, past=[others]))
    assert people_of(found) == names(SALES[1:], MARKETING)


def test_an_older_wave_yields_to_a_younger_one() -> None:
    older = EarlierWave("2024-03", DAY - timedelta(days=365), kept(SALES[1:], MARKETING))
    found = stand_beside(wave(*ANEW), [older, earlier(SALES, MARKETING)], INSTRUMENT)
    assert [each.why_not for each in found] == ["protected", None]


def test_an_older_wave_is_held_against_the_reported_one_too() -> None:
    older = EarlierWave("2024-03", DAY - timedelta(days=365), kept(SALES[1:], MARKETING))
    found = stand_beside(wave(SALES, MARKETING), [older, earlier(*ANEW)], INSTRUMENT)
    assert [each.why_not for each in found] == ["protected", None]


def test_two_who_answered_alike_are_both_shown_as_they_were_delivered() -> None:
    alike = [replace(joiner(), id=f"{joiner().id}-{number}") for number in range(2)]
    found = as_published(earlier(SALES, alike, MARKETING, delivered=[*SALES, *alike, *MARKETING]))
    assert found is not None
    assert {person.id for person in found.respondents} == names(SALES, alike, MARKETING)


def test_other_statements_and_another_mode_are_not_compared() -> None:
    other = EarlierWave("2024-03", DAY, None)
    heads = EarlierWave("2025-03", DAY, replace(kept(SALES[:1], MARKETING[:1]), confidentiality=NAMED))
    assert [each.why_not for each in stand_beside(wave(*ANEW), [other, heads], INSTRUMENT)] == ["other-instrument", "other-mode"]


def test_two_named_waves_are_shown_whole_and_nothing_is_remembered_of_them() -> None:
    heads = EarlierWave("2025-03", DAY, replace(kept(SALES[:1], MARKETING[:1]), confidentiality=NAMED))
    (found,) = stand_beside(wave(SALES[1:2], MARKETING[1:2], rules=NAMED), [heads], INSTRUMENT)
    assert people_of(found) == names(SALES[:1], MARKETING[:1])
    assert not found.is_new


def test_no_key_is_left_in_what_is_shown() -> None:
    for then in (earlier(SALES, MARKETING), earlier(SALES, MARKETING, delivered=[*SALES, *MARKETING])):
        found = beside(ANEW, then)
        assert found.counted is not None
        assert found.counted.confidentiality.key is None


def report(now: Sequence[Sequence[Respondent]], *then: EarlierWave) -> Report:
    return compile_report(ACME, wave(*now), PLAYBOOK, earlier=then)


def test_an_earlier_wave_changes_no_figure_of_the_one_reported() -> None:
    for now in (ANEW, ((*SALES, joiner()), MARKETING)):
        alone, beside_it = report(now), report(now, earlier(SALES, MARKETING))
        assert replace(beside_it, progress=None) == alone
        assert beside_it.progress is not None


def carried(draw: st.DrawFn, people: Sequence[Respondent]) -> list[Respondent]:
    return [person for person in people if draw(st.booleans())]


@st.composite
def two_waves(draw: st.DrawFn) -> tuple[list[Respondent], list[Respondent]]:
    """A wave, and a later one into which some of it were carried and which some joined."""
    pool = [*crowd("sales", 12), *crowd("marketing", 12, turn=3)]
    then = pool if draw(st.booleans()) else carried(draw, pool)
    new = [*crowd("sales", 6, turn=2), *crowd("marketing", 6, turn=9)]
    return then, [*(then if draw(st.booleans()) else carried(draw, then)), *carried(draw, new)]


@law(two_waves())
def test_what_is_shown_beside_a_wave_differs_from_it_by_nobody_or_by_enough(waves: tuple[list[Respondent], list[Respondent]]) -> None:
    then, now = waves
    (found,) = stand_beside(wave(now), [EarlierWave("2025-03", DAY, kept(then))], INSTRUMENT)
    if found.counted is None:
        return
    for function in ("sales", "marketing"):
        before = {p.id for p in found.counted.respondents if p.function == function}
        after = {p.id for p in now if p.function == function}
        if before & after:
            assert before <= after
            assert len(after - before) == 0 or len(after - before) >= 5
