"""What is taken out of a text, of what kind it is told to have been, and where names begin and end."""

import pytest

from alignment_report.analysis.redaction import Part, Redaction, Removed, person

NAME, ROLE, CONTACT = Removed("name"), Removed("role"), Removed("contact")


def redacted(text: str, *names: str, codes: tuple[str, ...] = (), titles: tuple[str, ...] = ()) -> tuple[Part, ...]:
    return Redaction([person(name) for name in names], codes, titles)(text)


def test_every_gap_tells_whether_a_name_a_role_or_a_contact_stood_there() -> None:
    text = "Ask Jana, the head of Sales, r7k2 or JM under jana@firm.example."
    found = redacted(text, "Jana Müller", codes=("r7k2",), titles=("head of sales",))
    assert found == ("Ask ", NAME, ", the ", ROLE, ", ", NAME, " or ", NAME, " under ", CONTACT)


def test_what_is_a_name_and_a_title_is_told_to_be_a_name() -> None:
    assert redacted("the Bishop knows", "Bishop", titles=("bishop",)) == ("the ", NAME, " knows")


def test_a_name_inside_a_word_is_told_to_be_a_name() -> None:
    assert redacted("the Bertaplan fails", "Berta") == ("the ", NAME, " fails")


@pytest.mark.parametrize("written", ["Marx", "Marxs", "Marxes", "Marx2", "7Marx", "2Marxes"])
def test_a_name_is_known_with_an_ending_and_with_digits_around(written: str) -> None:
    assert redacted(f"ask {written} now", "Marx") == ("ask ", NAME, " now")


@pytest.mark.parametrize(
    ("name", "text", "stays"),
    [
        ("A", "a plan and A team", True),
        ("Al", "Al knows", False),
        ("Anna", "the Annaplan", True),
        ("Berta", "the Bertaplan", False),
        ("李明", "和李明说", False),
        ("–", "all – of it", True),
    ],
)
def test_from_two_letters_on_it_is_a_name_and_from_five_it_is_found_in_a_longer_word(name: str, text: str, stays: bool) -> None:
    assert (redacted(text, name) == (text,)) is stays


def test_of_what_begins_at_one_place_the_longest_counts() -> None:
    assert redacted("Head of Sales decides", "Head", titles=("head of sales",)) == (ROLE, " decides")


def test_what_overlaps_is_taken_out_together_and_what_follows_by_itself() -> None:
    assert redacted("Anna Berta head office", "Anna Berta", titles=("Berta head",)) == (NAME, " office")
    assert redacted("Anna+49301234567", "Anna") == (NAME, CONTACT)


@pytest.mark.parametrize("text", ["ask Anna-lena", "ask Anna-lena too", "ask An-na-le-na"])
def test_a_name_that_hyphens_part_is_found_also_at_the_end(text: str) -> None:
    assert redacted(text, "Annalena")[:2] == ("ask ", NAME)


def test_words_that_only_stand_side_by_side_are_no_name_of_one_word() -> None:
    assert redacted("ask Anna Lena too", "Annalena") == ("ask Anna Lena too",)


@pytest.mark.parametrize("codes", [("r 7k", "r7k"), ("r7k", "r 7k")])
def test_a_code_written_in_one_word_or_in_two_is_found_in_either_order(codes: tuple[str, ...]) -> None:
    for text in ("r 7k knows", "r7k knows"):
        assert redacted(text, codes=codes) == (NAME, " knows")
