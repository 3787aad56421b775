"""What a text that will be printed gives away of those who answered, and what it does not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cases import respondent, wave

from alignment_report.analysis.leaks import Leak, leaks

NAMES = ("Jana Nováková", "Will", "Project Falcon", "Al", "J")
COMMENT = "We hear of each trade fair only when the stand is booked."


def found(
    text: str, names: Sequence[str] = NAMES, ids: Sequence[str] = ("r-7f3a", "q3", "2026", "anna"), **more: object
) -> tuple[Leak, ...]:
    people = [replace(respondent("sales", {}), id=id, comment=COMMENT) for id in ids]
    return leaks(text, replace(wave(people), redact=tuple(names)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Jana Nováková leads it.",
        "jana novakova leads it.",
        "So says JANA NOVAKOVA.",
        "J. Nováková leads it.",
        "JN leads it.",
        "Ask Jana's team.",
        "Ask Novakova.",
        "**Jana** leads it.",
        "It is Will who decides.",
        "The Falcon flies.",
        "Ask Al first.",
        "project-falcon is late",
    ],
)
def test_a_name_of_the_list_is_found_in_any_spelling(text: str) -> None:
    assert found(text) == (Leak("name", 0),)


@pytest.mark.parametrize(
    "text", ["They will decide.", "The project and the falcon.", "All of it.", "The joint work.", "Write to a@example.org or 0171 5554321."]
)
def test_a_word_that_is_no_name_as_it_is_written_passes(text: str) -> None:
    assert found(text) == ()


def test_a_word_of_a_name_that_names_nobody_by_itself_passes() -> None:
    assert found("Project work at Acme.", ("Project Acme",), harmless=["acme", "project"]) == ()
    assert found("The Project Acme.", ("Project Acme",), harmless=["acme", "project"]) == (Leak("name", 0),)


@pytest.mark.parametrize("text", ["As r-7f3a says.", "R-7F3A,", "(r-7f3a)", "q3 says"])
def test_an_id_of_letters_and_digits_is_found(text: str) -> None:
    assert found(text) == (Leak("id", 0),)


@pytest.mark.parametrize("text", ["In Q3 of 2026 anna was asked.", "xr-7f3a", "r-7f3a-b", "r-7f3"])
def test_what_may_be_a_number_a_word_or_a_longer_thing_is_no_id(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("text", ["Late: only when the stand is booked.", "“Each trade fair, *only* when the STAND…”", COMMENT])
def test_six_words_of_a_comment_in_a_row_are_found(text: str) -> None:
    assert found(text) == (Leak("comment", 0),)


def test_five_words_of_a_comment_pass_and_so_does_a_short_comment() -> None:
    assert found("We hear of each trade show.") == ()
    assert found("Only if the stand is booked.") == found("Ours and when the stand is booked.") == ()
    short = replace(wave([replace(respondent("sales", {}), comment="More joint meetings, please.")]))
    assert leaks("More joint meetings, please.", short) == ()


def test_each_kind_is_told_once_a_line_in_the_order_of_lines() -> None:
    text = "Nothing here.\nJana and Jana and r-7f3a\n\nask Jana\nNováková: we hear of each trade fair"
    told = [(leak.row, leak.kind) for leak in found(text)]
    assert told == [(1, "id"), (1, "name"), (3, "name"), (4, "comment"), (4, "name")]


def test_a_name_that_stands_twice_between_the_same_signs_is_told_on_both_lines() -> None:
    told = found("\njana nováková\njana nováková\n", ["Jana Nováková"], ids=())
    assert [leak.row for leak in told] == [1, 2]


def test_nobody_and_nothing_to_hide_finds_nothing() -> None:
    assert leaks("Jana r-7f3a", wave()) == ()
