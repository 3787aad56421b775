"""Text as it compares: without case, accents and unseen characters."""

import pytest

from alignment_report.analysis.spelling import Folded, Word, folded, spellings, squeezed, words_in


@pytest.mark.parametrize(
    ("text", "plain", "places"),
    [
        ("Zoë", "zoe", (0, 1, 2)),
        ("Zoe\u0308 K", "zoe k", (0, 1, 2, 4, 5)),
        ("Stra\u00dfe", "strasse", (0, 1, 2, 3, 4, 4, 5)),
        ("a\u00adb\u200bc", "abc", (0, 2, 4)),
        ("a\u20ddb", "ab", (0, 2)),
        ("\u00d8re \u0141", "ore l", (0, 1, 2, 3, 4)),
        ("\u00c6\u00de", "aeth", (0, 0, 1, 1)),
        ("\ufb01n", "fin", (0, 0, 1)),
        ("\u2460", "1", (0,)),
        ("\u0130", "i", (0,)),
    ],
)
def test_a_text_is_folded_letter_by_letter(text: str, plain: str, places: tuple[int, ...]) -> None:
    assert folded(text) == Folded(plain, places)


@pytest.mark.parametrize(("start", "end", "span"), [(0, 1, (0, 1)), (4, 6, (4, 5)), (5, 7, (4, 6)), (0, 7, (0, 6))])
def test_a_span_of_the_folded_text_stands_for_one_of_the_text_as_written(start: int, end: int, span: tuple[int, int]) -> None:
    assert folded("Stra\u00dfe").span(start, end) == span


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words_in("ann-mary_o'k 4u") == [Word("ann", 0, 3), Word("mary", 4, 8), Word("o", 9, 10), Word("k", 11, 12), Word("4u", 13, 15)]


def test_a_squeezed_text_is_its_letters_and_digits_alone() -> None:
    assert squeezed("Ann-Mary_O'K, 4U!") == "annmaryok4u"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ina", {"ina"}),
        ("Müller", {"muller", "mueller"}),
        ("Mu\u0308ller", {"muller", "mueller"}),
        ("Mueller", {"mueller", "muller"}),
        ("Møller", {"moller", "moeller"}),
        ("Jaeger", {"jaeger", "jager"}),
        ("Ågård", {"agard", "aagaard"}),
        ("Aagaard", {"aagaard", "agard"}),
    ],
)
def test_a_name_is_looked_for_in_every_usual_spelling_of_its_umlauts(text: str, found: set[str]) -> None:
    assert spellings(text) == found
