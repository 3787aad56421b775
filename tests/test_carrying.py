"""What is said keeps to what so many answers can carry."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cases import ACME, NAMED, PLAYBOOK, STATEMENTS, answers_for, respondent, wave
from samples import Json, made, section

from alignment_report.analysis.report import compile_report
from alignment_report.model.assessment import Assessment, Confidentiality, Invited, Respondent, Role

SPREAD = [0, 7, -7, 12, -12, 4, -4, 9, -9, 0]


def people(role: Role, size: int, centre: int, lower: Sequence[str] = (), by: int = 0) -> list[Respondent]:
    """People whose totals spread around a centre, with lower answers on some statements."""
    answers = [answers_for(max(20, min(100, centre + SPREAD[i % 10])), 3 * i) for i in range(size)]
    return [respondent(role, {id: max(1, a - by * (id in lower)) for id, a in given.items()}) for given in answers]


def document(assessment: Assessment) -> Json:
    return made(compile_report(ACME, assessment, PLAYBOOK))


def told(assessment: Assessment) -> str:
    """The stage chapter's first paragraph."""
    return " ".join(said["text"] for said in section(document(assessment), "stage")["paragraphs"][0])


CUSTOMER_WORK = [s.id for s in PLAYBOOK.instrument.statements if s.dimension == "customer-work"]


def apart(size: int, marketing: int = 54, by: int = 2, **kept: object) -> Assessment:
    return wave(
        people("sales", size, 54, CUSTOMER_WORK, by),
        people("marketing", size, marketing, CUSTOMER_WORK, by),
        **kept,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("assessment", "title"),
    [
        (apart(5), "Among those who answered at Acme, lowest: Customer work; highest: "),
        (apart(10), "Among those who answered at Acme, lowest: Customer work; highest: "),
        (apart(30), "Customer work: lowest at Acme; "),
        (apart(10, invited=Invited(10, 10)), "Customer work: lowest at Acme; "),
        (apart(12, rules=Confidentiality(figures=20)), "Among those who answered at Acme, lowest: Customer work; "),
        (
            wave(people("sales", 1, 54, CUSTOMER_WORK, 2), people("marketing", 1, 60), rules=NAMED),
            "The two heads of Acme together rate lowest: ",
        ),
    ],
    ids=["five", "ten", "thirty", "whole team", "together", "two heads"],
)
def test_a_dimension_is_called_lowest_for_all_only_where_the_answers_carry_it(assessment: Assessment, title: str) -> None:
    assert section(document(assessment), "dimensions")["title"].startswith(title)


def test_dimensions_that_lie_close_are_not_told_apart() -> None:
    title = section(document(apart(10, by=0)), "dimensions")["title"]
    assert title.startswith("At Acme the dimensions lie within ")
    assert title.endswith(" points, too close to tell them apart")


def test_a_stage_on_an_edge_is_called_open_in_the_heading_and_the_words() -> None:
    found = section(document(apart(10, marketing=66, by=0)), "stage")
    assert found["title"] == "At 60.0 points the relationship is aligned, but may as well be defined"
    assert found["paragraphs"][0][0]["text"].startswith("As likely as not aligned, bordering defined: about five chances in ten; the 95%")


def test_a_stage_far_from_its_edges_is_almost_certain_and_hangs_on_nobody() -> None:
    text = told(apart(30, marketing=46, by=0))
    assert text.startswith("Almost certainly defined: at least nineteen chances in twenty; the 95% interval runs from ")
    assert "The stage hangs on nobody alone: without any one of the 60 who count, it would still be defined." in text


def test_a_stage_that_one_person_decides_is_said_to() -> None:
    assert "The stage hangs on one person: without the answers of some one of the 20 who count" in told(apart(10, marketing=66, by=0))


@pytest.mark.parametrize(
    ("marketing", "says"),
    [
        (56, "The gap may be chance: its 95% interval runs from "),
        (78, "A gap of this size is more than chance: its 95% interval runs from "),
    ],
)
def test_whether_a_gap_may_be_chance_is_said_from_ten_in_each_function_on(marketing: int, says: str) -> None:
    assert says in told(apart(10, marketing=marketing, by=0))
    assert "chance" not in told(apart(9, marketing=marketing, by=0))


def test_the_summary_warns_of_a_gap_that_may_be_chance_and_of_no_other() -> None:
    answers = {m: section(document(apart(10, marketing=m, by=0)), "summary")["answer"]["gap_text"]["text"] for m in (56, 78)}
    assert ("may be chance" in answers[56], "chance" in answers[78]) == (True, False)


@pytest.mark.parametrize(
    ("assessment", "certainty", "one"),
    [
        (apart(9), None, None),
        (apart(10, invited=Invited(10, 10)), None, False),
        (wave(people("sales", 16, 54), people("marketing", 4, 54)), None, None),
        (wave(people("sales", 1, 54), people("marketing", 1, 60), rules=NAMED), None, None),
    ],
    ids=["nine", "whole team", "together", "two heads"],
)
def test_no_chance_is_told_where_none_can_be_defended(assessment: Assessment, certainty: None, one: bool | None) -> None:
    found = section(document(assessment), "stage")
    assert (found["certainty"], found["hangs_on_one"]) == (certainty, one)
    assert "chances in" not in told(assessment)


def test_an_interval_that_rests_on_a_few_is_called_rough() -> None:
    assessment = wave(people("sales", 16, 54), people("marketing", 4, 54))
    assert told(assessment).startswith("The 95% interval, a rough one since one function is small, runs from ")
    assert "80 to 96 of 100, not in 95" in section(document(assessment), "stage")["interval"]["text"]


@pytest.mark.parametrize(
    ("assessment", "reached"),
    [(apart(5), "Five people or more in each function"), (apart(12), "Ten people or more in each function"), (wave(), None)],
    ids=["five", "ten", "nobody"],
)
def test_the_method_marks_the_grade_this_client_reaches(assessment: Assessment, reached: str | None) -> None:
    carrying = section(document(assessment), "method")["carrying"]
    assert [grade["name"] for grade in carrying["grades"] if grade["reached"]] == ([reached] if reached else [])
    assert (reached or "No score").lower() in carrying["reached"]["text"].lower()


def test_a_widest_gap_that_does_not_stand_is_said_to_be_perhaps_chance() -> None:
    first = STATEMENTS[0]
    few = wave(people("sales", 10, 54, [first], 1), people("marketing", 10, 54))
    marketing = [replace(p, answers={**p.answers, first: 1 + 4 * (i % 2)}) for i, p in enumerate(people("marketing", 10, 54))]
    sales = [replace(p, answers={**p.answers, first: 1 + 4 * (i in (0, 5))}) for i, p in enumerate(people("sales", 10, 54))]
    assert "may be chance" not in section(document(few), "perception")["title"]
    assert section(document(wave(sales, marketing)), "perception")["title"].startswith("The widest gap, on ")
    assert "may be chance" in section(document(wave(sales, marketing)), "perception")["title"]


def test_a_playbook_without_grades_prints_none() -> None:
    bare = replace(PLAYBOOK, claims=(), likelihoods=())
    found = made(compile_report(ACME, apart(12), bare))
    assert section(found, "method")["carrying"] is None
    assert section(found, "stage")["certainty"] is None
