"""Two publications of one wave never differ by a few people."""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from cases import ACME, INSTRUMENT, NAMED, PLAYBOOK, STATEMENTS, answers_for, law, respondent, wave, without
from hypothesis import strategies as st
from samples import document, made, section

from alignment_report.analysis.digests import DIGITS, answers_digest, content, id_digest, key_check
from alignment_report.analysis.published import WITHHELD, Count
from alignment_report.analysis.report import Report, compile_report
from alignment_report.analysis.rerun import NOBODY_HELD_BACK, ROLES, HeldBack, PastDelivery, counted_digests, counts_others, hold_back
from alignment_report.model.assessment import Assessment, Confidentiality, Respondent, Role
from alignment_report.model.record import CountedDigests

KEY, OTHER_KEY = "0123456789abcdef" * 2, "fedcba9876543210" * 2


def crowd(function: Role, size: int, turn: int = 0) -> tuple[Respondent, ...]:
    """People whose answers differ on every statement, no two of them the same."""
    return tuple(
        respondent(function, {id: 1 + (person * 2 + place * (1 + person // 5) + turn) % 5 for place, id in enumerate(STATEMENTS)})
        for person in range(size)
    )


SALES, MARKETING = crowd("sales", 8), crowd("marketing", 8, turn=3)
FIRST, SECOND = date(2026, 3, 27), date(2026, 4, 10)
K = 5


def delivered(*groups: Sequence[Respondent], day: date = FIRST, key: str = KEY, is_same_wave: bool = True) -> PastDelivery:
    return PastDelivery(day, key, counted_digests([person for group in groups for person in group], key), is_same_wave)


def ids(assessment: Assessment) -> set[str]:
    return {person.id for person in assessment.respondents}


def counted(*groups: Sequence[Respondent], past: Sequence[PastDelivery]) -> tuple[set[str], HeldBack]:
    found, held = hold_back(wave(*groups), past, INSTRUMENT)
    return ids(found), held


def names(*groups: Sequence[Respondent]) -> set[str]:
    return {person.id for group in groups for person in group}


def anew_as_heads(people: Sequence[Respondent]) -> tuple[Respondent, ...]:
    """As many people, none of whom is remembered."""
    return tuple(replace(person, level="head") for person in people)


def someone(function: Role = "sales", turn: int = 0) -> Respondent:
    """A person who answered like nobody else."""
    return respondent(function, answers_for(70 + turn, turn))


# What is remembered


def test_a_digest_tells_function_level_and_answers_but_neither_id_nor_order_nor_comment() -> None:
    person = someone()
    same = replace(person, id="other", answers=dict(reversed(person.answers.items())), comment="words")
    first = STATEMENTS[0]
    others = [
        replace(person, function="marketing"),
        replace(person, level="head"),
        replace(person, answers={**person.answers, first: "dont-know"}),
        replace(person, answers={id: answer for id, answer in person.answers.items() if id != first}),
    ]
    assert content(same) == content(person)
    assert len({content(each) for each in (person, *others)}) == 5


def test_a_digest_is_keyed_long_enough_and_of_its_own_kind() -> None:
    given = content(someone())
    found = [
        answers_digest(given, KEY),
        answers_digest(given, OTHER_KEY),
        id_digest(given.decode(), KEY),
        key_check(KEY),
        key_check(OTHER_KEY),
    ]
    assert len(set(found)) == len(found)
    assert {len(digest) * 4 for digest in found} == {DIGITS * 4} == {128}
    assert answers_digest(given, KEY.upper()) == found[0]


def test_equal_answers_are_remembered_as_often_as_they_were_given() -> None:
    twins = [someone(), someone()]
    found = counted_digests([*twins, *MARKETING], KEY)
    assert len(found.sales) == 2
    assert len(set(found.sales)) == 1
    assert found.marketing == tuple(sorted(found.marketing))


# Who is held back


def test_without_a_delivery_everybody_counts() -> None:
    assert counted(SALES, MARKETING, past=[]) == (names(SALES, MARKETING), NOBODY_HELD_BACK)


@pytest.mark.parametrize("late", [1, 4])
def test_fewer_than_five_late_answers_are_held_back(late: int) -> None:
    joined = [someone(turn=turn) for turn in range(late)]
    found = counted(SALES, joined, MARKETING, past=[delivered(SALES, MARKETING)])
    assert found == (names(SALES, MARKETING), HeldBack(late=(FIRST,)))


def test_five_late_answers_of_each_function_count() -> None:
    joined = late("sales"), late("marketing")
    found = counted(SALES, *joined, MARKETING, past=[delivered(SALES, MARKETING)])
    assert found == (names(SALES, *joined, MARKETING), NOBODY_HELD_BACK)


def test_late_answers_of_one_function_alone_are_held_back() -> None:
    """What one delivery shows apart and the other together would give both functions away, since Marketing is the same in both."""
    found = counted(SALES, late("sales"), MARKETING, past=[delivered(SALES, MARKETING)])
    assert found == (names(SALES, MARKETING), HeldBack(late=(FIRST,)))


@pytest.mark.parametrize(("left_out", "is_counted"), [(0, True), (1, False), (4, False), (5, True)])
def test_late_answers_count_only_where_each_statement_has_enough_of_them_or_none(left_out: int, is_counted: bool) -> None:
    """Of five who came late one answered a statement: its mean, before and after, would tell what."""
    short = [without(person, [STATEMENTS[0]]) for person in late("sales")[:left_out]]
    joined = [*short, *late("sales")[left_out:]]
    found = counted(SALES, joined, MARKETING, late("marketing"), past=[delivered(SALES, MARKETING)])[0]
    assert names(joined).isdisjoint(found) is not is_counted


def test_late_answers_count_only_where_enough_of_them_have_a_total() -> None:
    short = [without(person, STATEMENTS[:3]) for person in crowd("sales", 9)[8:]]
    for joined in (late("sales"), [*late("sales")[:4], *short]):
        found = counted(SALES, joined, MARKETING, late("marketing"), past=[delivered(SALES, MARKETING)])[0]
        assert names(joined).isdisjoint(found) is (len(short) > 0 and joined[-1] in short)


@pytest.mark.parametrize(("alike", "is_counted"), [(3, True), (4, False), (5, False)])
@pytest.mark.parametrize("end", [1, 5])
def test_late_answers_that_nearly_all_lie_at_an_end_are_held_back(end: int, alike: int, is_counted: bool) -> None:
    """The sum of five answers of 5 is 25, and nothing else is."""
    joined = [
        replace(person, answers={**person.answers, STATEMENTS[0]: end if place < alike else 3})
        for place, person in enumerate(late("sales"))
    ]
    found = counted(SALES, joined, MARKETING, late("marketing"), past=[delivered(SALES, MARKETING)])[0]
    assert names(joined).isdisjoint(found) is not is_counted


@pytest.mark.parametrize(("size", "is_counted"), [(9, False), (10, True)])
def test_late_answers_of_one_mind_count_where_they_are_as_many_as_an_interval_needs(size: int, is_counted: bool) -> None:
    joined = [replace(person, answers={**person.answers, STATEMENTS[0]: 5}) for person in crowd("sales", size, turn=1)]
    found = counted(SALES, joined, MARKETING, late("marketing"), past=[delivered(SALES, MARKETING)])[0]
    assert names(joined).isdisjoint(found) is not is_counted


def late(function: Role) -> tuple[Respondent, ...]:
    """Five who hide one another: their answers differ, and none lie together at an end."""
    return crowd(function, 5, turn=1)


def test_late_answers_of_two_functions_are_not_added_up() -> None:
    joined = [*(someone(turn=turn) for turn in range(3)), *(someone("marketing", turn) for turn in range(3))]
    assert counted(SALES, MARKETING, joined, past=[delivered(SALES, MARKETING)])[0] == names(SALES, MARKETING)


def test_a_threshold_that_was_raised_holds_back_more() -> None:
    joined = [someone(turn=turn) for turn in range(6)]
    rules = Confidentiality(figures=7)
    found, _ = hold_back(wave(SALES, joined, MARKETING, rules=rules), [delivered(SALES, MARKETING)], INSTRUMENT)
    assert ids(found) == names(SALES, MARKETING)


def test_with_one_withdrawn_others_are_left_out_by_their_digests() -> None:
    people, others = crowd("sales", 14), crowd("marketing", 12, turn=3)
    found, held = counted(people[1:], others, past=[delivered(people, others)])
    order, beside = (sorted(group, key=lambda person: answers_digest(content(person), KEY)) for group in (people[1:], others))
    assert found == names(order[5:], beside[5:])
    assert held == HeldBack(gone=(FIRST,))


def test_a_correction_is_one_who_left_and_one_who_came() -> None:
    people = crowd("sales", 14)
    corrected = replace(people[0], answers=someone().answers)
    found, held = counted([corrected, *people[1:]], MARKETING, past=[delivered(people, MARKETING)])
    assert corrected.id not in found
    assert len(found & names(people)) == 8
    assert held == HeldBack(late=(FIRST,), gone=(FIRST,))


def test_a_function_left_with_a_few_beside_an_unchanged_one_counts_nobody() -> None:
    assert counted(SALES[1:], MARKETING, past=[delivered(SALES, MARKETING)])[0] == names(MARKETING)


@pytest.mark.parametrize("left", [1, 4])
def test_fewer_than_five_left_of_many_beside_an_unchanged_function_count_nobody(left: int) -> None:
    people = crowd("sales", 14)
    assert counted(people[:left], MARKETING, past=[delivered(people, MARKETING)]) == (names(MARKETING), HeldBack(gone=(FIRST,)))


def test_a_function_of_one_then_stays_so_and_one_of_nobody_or_of_five_does_not() -> None:
    joined = late("marketing")
    assert counted(SALES, MARKETING[:1], joined, past=[delivered(SALES, MARKETING[:1])])[0] == names(SALES, MARKETING[:1])
    assert counted(SALES, joined, past=[delivered(SALES)]) == (names(SALES, joined), NOBODY_HELD_BACK)
    more = SALES, late("sales"), MARKETING[:5], joined
    assert counted(*more, past=[delivered(SALES, MARKETING[:5])]) == (names(*more), NOBODY_HELD_BACK)


def test_four_who_follow_five_others_of_another_wave_beside_the_same_other_function_are_not_shown() -> None:
    past = delivered(SALES, MARKETING[:5], key=OTHER_KEY, is_same_wave=False)
    anew = anew_as_heads(MARKETING[:4])
    assert counted(SALES, anew, past=[past]) == (names(SALES), HeldBack(gone=(FIRST,)))


def test_beside_wholly_other_people_some_of_a_function_that_is_the_same_have_to_go() -> None:
    """With a delivery of another wave Marketing would be the same in both, and Sales be told apart from it."""
    past = delivered(SALES, MARKETING, key=OTHER_KEY, is_same_wave=False)
    anew = anew_as_heads(SALES)
    found, held = counted(anew, MARKETING, past=[past])
    order = sorted(MARKETING, key=lambda person: answers_digest(content(person), OTHER_KEY))
    assert (found, held) == (names(anew, order[5:]), HeldBack(gone=(FIRST,)))


def test_a_few_who_answer_another_wave_anew_count() -> None:
    anew = anew_as_heads(SALES[:4])
    past = delivered(SALES, key=OTHER_KEY, is_same_wave=False)
    assert counted(anew, MARKETING, past=[past]) == (names(anew, MARKETING), NOBODY_HELD_BACK)


def test_nobody_hides_one_who_has_gone_and_may_have_answered_what_all_others_left_out() -> None:
    people = [without(person, [STATEMENTS[0]]) for person in crowd("sales", 14)]
    gone = someone()
    found = counted(people, MARKETING, past=[delivered(people, [gone], MARKETING)])
    assert found == (names(MARKETING), HeldBack(gone=(FIRST,)))


def test_a_function_too_small_to_be_shown_then_stays_so_while_the_other_has_anybody_it_had() -> None:
    joined = crowd("marketing", 6, turn=1)
    past = [delivered(SALES, MARKETING[:3])]
    assert counted(SALES, MARKETING[:3], joined, past=past) == (names(SALES, MARKETING[:3]), HeldBack(late=(FIRST,)))
    more = crowd("sales", 13)[8:]
    assert counted(SALES, more, MARKETING[:3], joined, past=past)[0] == names(SALES, MARKETING[:3])
    anew = anew_as_heads(SALES)
    assert counted(anew, MARKETING[:3], joined, past=past)[0] == names(anew, MARKETING[:3], joined)


def test_the_same_delivery_again_changes_nobody_and_says_the_same() -> None:
    people = crowd("sales", 14)
    corrected = [replace(people[0], answers=someone().answers), *people[1:]]
    first = delivered(people, MARKETING)
    now, held = hold_back(wave(corrected, MARKETING), [first], INSTRUMENT)
    second = PastDelivery(SECOND, KEY, counted_digests(now.respondents, KEY), is_same_wave=True)
    assert hold_back(wave(corrected, MARKETING), [first, second], INSTRUMENT) == (now, held)


def test_another_wave_binds_only_where_an_answer_record_was_carried_over() -> None:
    anew, once = crowd("sales", 10), delivered(MARKETING, key=OTHER_KEY, is_same_wave=False)
    many = crowd("marketing", 14, turn=3)
    then = delivered([someone(turn=turn) for turn in range(9)], many, key=OTHER_KEY, is_same_wave=False)
    found, _ = counted(anew, many[:11], past=[then])
    assert (found & names(anew), len(found - names(anew))) == (names(anew), 6)
    assert counted(anew, past=[once]) == (names(anew), NOBODY_HELD_BACK)
    carried = delivered(SALES, MARKETING, key=OTHER_KEY, is_same_wave=False)
    assert counted(SALES, [someone()], MARKETING, past=[carried])[0] == names(SALES, MARKETING)


def test_named_heads_are_told_apart_anyway() -> None:
    heads = [replace(someone(), level="head"), replace(someone("marketing"), level="head")]
    found, held = hold_back(wave(heads, rules=replace(NAMED, key=KEY)), [delivered(heads[:1])], INSTRUMENT)
    assert (ids(found), held) == (names(heads), NOBODY_HELD_BACK)


@pytest.mark.parametrize("rules", [Confidentiality(key=KEY), replace(NAMED, key=KEY)])
def test_the_key_goes_no_further(rules: Confidentiality) -> None:
    assert KEY not in repr(rules)
    for past in ([], [delivered(SALES)]):
        assert hold_back(wave(SALES, rules=rules), past, INSTRUMENT)[0].confidentiality == replace(rules, key=None)
    assert compile_report(ACME, wave(SALES, MARKETING, rules=rules), PLAYBOOK).published.thresholds.key is None


@pytest.mark.parametrize(
    ("groups", "is_same_wave", "others"),
    [
        ((SALES, MARKETING), True, False),
        ((SALES[1:], MARKETING), True, True),
        ((SALES, MARKETING, (someone("marketing"),)), True, True),
        ((SALES, MARKETING, (someone("leadership"),)), True, True),
        ((SALES, anew_as_heads(MARKETING)), True, True),
        ((SALES[1:], MARKETING), False, False),
    ],
)
def test_a_delivery_of_the_same_wave_counted_others_where_anybody_differs(
    groups: Sequence[Sequence[Respondent]], is_same_wave: bool, others: bool
) -> None:
    people = [person for group in groups for person in group]
    assert counts_others(people, [delivered(SALES, MARKETING, is_same_wave=is_same_wave)]) is others
    assert counts_others(people, [delivered(people)]) is False
    assert counts_others(people, []) is False


# Laws

_PERSON = st.tuples(st.sampled_from(ROLES), st.integers(1, 12))
_TEAM = st.lists(_PERSON, max_size=40)
_HISTORY = st.lists(st.tuples(_TEAM, st.booleans()), max_size=4)


def _people(drawn: Sequence[tuple[Role, int]]) -> list[Respondent]:
    return [respondent(role, {"a": answer}) for role, answer in drawn]


def _groups(of: Assessment, key: str) -> Mapping[Role, Counter[str]]:
    found = counted_digests(of.respondents, key)
    return {role: Counter(getattr(found, role)) for role in ROLES}


def _past(history: Sequence[tuple[Sequence[tuple[Role, int]], bool]]) -> list[PastDelivery]:
    return [delivered(_people(team), key=KEY if same else OTHER_KEY, is_same_wave=same) for team, same in history]


def _then(of: CountedDigests, role: Role) -> Counter[str]:
    return Counter(getattr(of, role))


@law(_TEAM, _HISTORY)
def test_those_counted_differ_from_every_delivery_by_nobody_or_by_enough(drawn: list[tuple[Role, int]], history: list) -> None:
    past = _past(history)
    found, _ = hold_back(wave(_people(drawn)), past, INSTRUMENT)
    for delivery in past:
        now = _groups(found, delivery.key)
        for role in ROLES:
            then = _then(delivery.counted, role)
            joined, gone = (now[role] - then).total(), (then - now[role]).total()
            shares_nobody = not now[role] & then
            assert joined == 0 or joined >= K or (shares_nobody and not delivery.is_same_wave)
            assert gone == 0 or gone >= K or shares_nobody


@law(_TEAM, _HISTORY)
def test_no_function_of_a_few_stands_once_alone_and_once_together_with_the_same_other(drawn: list[tuple[Role, int]], history: list) -> None:
    past = _past(history)
    found, _ = hold_back(wave(_people(drawn)), past, INSTRUMENT)
    for delivery in past:
        now = _groups(found, delivery.key)
        for small, other in (("sales", "marketing"), ("marketing", "sales")):
            if now[other] == _then(delivery.counted, other) and now[other].total() >= K:
                sizes = sorted([now[small].total(), _then(delivery.counted, small).total()])
                assert not 0 < sizes[0] < K <= sizes[1]


@law(_TEAM, _HISTORY, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(drawn: list[tuple[Role, int]], history: list, chance: object) -> None:
    shuffled = list(drawn)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    past = _past(history)
    one, other = (hold_back(wave(_people(team)), past, INSTRUMENT) for team in (drawn, shuffled))
    assert _groups(one[0], KEY) == _groups(other[0], KEY)
    assert one[1] == other[1]


@law(_TEAM, _HISTORY, st.tuples(_TEAM, st.booleans()))
def test_a_further_delivery_brings_nobody_in(drawn: list[tuple[Role, int]], history: list, further: tuple) -> None:
    people = wave(_people(drawn))
    before, after = (_groups(hold_back(people, _past(past), INSTRUMENT)[0], KEY) for past in (history, [*history, further]))
    assert all(after[role] <= before[role] for role in ROLES)


@law(_TEAM, _HISTORY)
def test_delivering_what_counts_changes_nothing(drawn: list[tuple[Role, int]], history: list) -> None:
    past, people = _past(history), wave(_people(drawn))
    now, held = hold_back(people, past, INSTRUMENT)
    again = PastDelivery(SECOND, KEY, counted_digests(now.respondents, KEY), is_same_wave=True)
    assert hold_back(people, [*past, again], INSTRUMENT) == (now, held)


# What is published


def _report(*groups: Sequence[Respondent], past: Sequence[PastDelivery]) -> Report:
    return compile_report(ACME, wave(*groups), PLAYBOOK, past)


def test_a_late_answer_changes_no_figure_and_no_count() -> None:
    past = [delivered(SALES, MARKETING)]
    before, after = _report(SALES, MARKETING, past=[]), _report(SALES, [someone()], MARKETING, past=past)
    assert after.published == before.published
    assert after.published.participation[0].answered == Count(8, 8)
    assert replace(after, held_back=NOBODY_HELD_BACK) == before


def test_the_playbook_says_so_in_one_sentence_without_a_number() -> None:
    after = made(_report(SALES, [someone()], MARKETING, past=[delivered(SALES, MARKETING)]))
    told = [said["text"] for said in section(after, "method")["suppression"]]
    assert [text for text in told if "27 March 2026" in text] == [
        "Answers that were not yet counted in the delivery of 27 March 2026 are held back until so many have come, at least five in each function, "
        "that nobody's can be told from the difference."
    ]
    gone = made(_report(SALES[1:], MARKETING, past=[delivered(SALES, MARKETING), delivered(SALES, MARKETING, day=SECOND)]))
    (text,) = (said["text"] for said in section(gone, "method")["suppression"] if "March" in said["text"])
    assert text.startswith("Answers counted in the delivery of 27 March 2026 have since been withdrawn or changed;")


def test_nothing_of_keys_ids_or_digests_is_in_a_report_or_its_document() -> None:
    past = [delivered(SALES, MARKETING)]
    rules = Confidentiality(key=KEY)
    found = compile_report(ACME, wave(SALES, [someone()], MARKETING, rules=rules), PLAYBOOK, past)
    told = repr(found) + repr(made(found))
    secrets = {KEY, *past[0].counted.sales, *past[0].counted.marketing, *(f"'{person.id}'" for person in SALES)}
    assert [secret for secret in secrets if secret in told] == []


def test_the_order_of_the_file_changes_no_byte_of_the_document() -> None:
    people = [*crowd("sales", 14)[1:], someone(), someone("marketing"), *MARKETING]
    past = [delivered(crowd("sales", 14), MARKETING), delivered(MARKETING, key=OTHER_KEY, is_same_wave=False)]
    first, second = (made(_report(order, past=past)) for order in (people, people[::-1]))
    assert first == second
    assert first != document("marlow-cooling")


def test_subtracting_two_publications_tells_nothing_of_the_one_who_came_between() -> None:
    """The attack the rule is made for: without it the newcomer's total is the difference of two sums."""
    newcomer = someone()
    open_first, open_second = (_report(SALES, extra, MARKETING, past=[]).published.score.sales for extra in ([], [newcomer]))
    assert open_first.value is not None
    assert open_second.value is not None
    assert 9 * open_second.value - 8 * open_first.value == 70
    held = _report(SALES, [newcomer], MARKETING, past=[delivered(SALES, MARKETING)]).published.score.sales
    assert held == open_first != WITHHELD


def test_a_few_who_have_all_gone_take_nobody_with_them() -> None:
    assert counted(SALES[3:], MARKETING, past=[delivered(SALES[:3])]) == (names(SALES[3:], MARKETING), NOBODY_HELD_BACK)


# Digests as they stand in a client's repository


def test_what_is_remembered_of_a_person_is_written_in_one_form() -> None:
    person = respondent("sales", {"b": 4, "a": "dont-know"})
    assert content(person) == b'["sales","staff",[["a","dont-know"],["b",4]]]'
    assert content(respondent("sales", {"ü": 1})) == b'["sales","staff",[["\\u00fc",1]]]'


def test_a_digest_is_a_keyed_one_of_its_kind_and_content() -> None:
    found = (answers_digest(b"x", KEY), id_digest("x", KEY), key_check(KEY))
    assert found == tuple(hmac.new(KEY.encode(), message, "sha256").hexdigest()[:32] for message in (b"answers:x", b"id:x", b"key"))


def test_every_delivery_that_took_somebody_out_is_named() -> None:
    """The first holds one back who came late; the second lacks that one, so four more have to go, and the few who are left."""
    past = [delivered(SALES, MARKETING), delivered(SALES, [late := someone()], MARKETING, day=SECOND)]
    found, held = counted(SALES, [late], MARKETING, past=past)
    assert (found, held) == (names(MARKETING), HeldBack(late=(FIRST,), gone=(SECOND,)))


def test_five_who_follow_four_others_beside_the_same_other_function_are_not_shown() -> None:
    nine = crowd("sales", 9)
    assert counted(nine[4:], MARKETING, past=[delivered(nine[:4], MARKETING)]) == (names(MARKETING), HeldBack(late=(FIRST,)))
