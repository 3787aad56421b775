"""Letters that run from right to left: read in their order, set, brought along."""

import pytest
from samples import document

from alignment_report.gate.direction import in_reading_order
from alignment_report.rendering.fonts import font_faces
from alignment_report.rendering.html import screen_page


@pytest.mark.parametrize(
    ("set_from_left", "read"),
    [
        ("Pumps of 2026", "Pumps of 2026"),
        ("ןופצה תובאשמ", "משאבות הצפון"),
        ("at ןופצה תובאשמ, of old", "at משאבות הצפון, of old"),
        ("2026 ןופצה", "2026 הצפון"),
        ("ב 2026 א", "א 2026 ב"),
        ("", ""),
    ],
)
def test_a_line_is_read_in_the_order_of_its_letters(set_from_left: str, read: str) -> None:
    assert "".join(in_reading_order(list(set_from_left))) == read


def test_a_ligature_keeps_the_order_of_its_letters() -> None:
    assert in_reading_order(["م", "لا", "س"]) == ["س", "لا", "م"]


@pytest.mark.parametrize(("shown", "faces"), [("Pumps", 2), ("Pumps משאבות", 4), ("شركة", 4), ("شركة משאבות", 6)])
def test_a_page_brings_the_scripts_that_it_shows(shown: str, faces: int) -> None:
    found = font_faces(shown=shown)
    assert found.count("@font-face") == faces
    assert found.count("unicode-range") == faces - 2


def test_a_page_in_latin_letters_brings_no_other_script() -> None:
    assert screen_page(document("fennel-and-rye")).count("@font-face") == 2
