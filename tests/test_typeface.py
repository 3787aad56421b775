"""A brand's typeface: which files of a folder are taken, and that pages, charts and PDF are set in it."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from sample_document import sample_document
from samples import document, playbook
from test_theme import client

from alignment_report.building.branding import NOTHING, Branding, branding
from alignment_report.building.letters import borrowed_letters, require_letters
from alignment_report.building.one import Wanted, build_client
from alignment_report.errors import FlawedInput
from alignment_report.reading.font_files import Faces, font_files
from alignment_report.rendering.exhibits.typeset import letters, set_in, width
from alignment_report.rendering.html import screen_page
from alignment_report.rendering.look import Look
from alignment_report.rendering.pdf import write_pdf
from alignment_report.rendering.typeface import PRIVATE, typeface

FONTS = Path(__file__).parents[1] / "templates" / "fonts" / "print"
PRINTABLE = "".join(map(chr, range(0x20, 0x7F))) + "éü–−“”’…·"


@cache
def font(weight: int = 400, family: str = "Brand", wide: bool = False, without: str = "", **marks: int) -> bytes:
    """One of our own fonts as a brand's: of another name, with fewer letters, twice as wide if asked for."""
    found: Any = TTFont(FONTS / f"alignment-sans-{600 if weight > 500 else 400}.ttf")
    shrunk = Subsetter(Options(notdef_outline=True))
    shrunk.populate(text="".join(letter for letter in PRINTABLE if letter not in without))
    shrunk.subset(found)
    for number in (1, 16):
        found["name"].setName(family, number, 3, 1, 0x409)
    found["OS/2"].usWeightClass = weight
    found["OS/2"].fsType = marks.get("embedding", 0)
    if marks.get("italic"):
        found["OS/2"].fsSelection |= 1
    if wide:
        for glyph, (advance, bearing) in found["hmtx"].metrics.items():
            found["hmtx"].metrics[glyph] = (advance * 2, bearing)
    file = io.BytesIO()
    found.save(file)
    return file.getvalue()


def folder(place: Path, **files: bytes) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (place / f"{name}.ttf").write_bytes(content)
    return place


def test_the_upright_files_nearest_to_400_and_600_are_taken(tmp_path: Path) -> None:
    place = folder(tmp_path, a=font(300), b=font(400), c=font(400, italic=1), d=font(700), e=font(900), f=font(600, family="Other"))
    assert font_files(place, "Brand") == Faces(font(400), font(700))


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "this folder has no TrueType files (.ttf)"),
        ({"a": b"OTTO"}, "a.ttf is no TrueType file"),
        ({"a": b"\x00\x01\x00\x00 damaged"}, "a.ttf is damaged, or lacks what a font needs"),
        ({"a": font()}, "the family `Brand` lacks an upright file for text, a bold one (weight 600 or 700)"),
        ({"a": font(700), "b": font(400, italic=1)}, "the family `Brand` lacks an upright file for text, a regular one (weight 400)"),
        ({"a": font(), "b": font(400, wide=True), "c": font(600)}, "a.ttf and b.ttf are of the same weight; keep one of them"),
        ({"a": font(family="Other")}, "no file is of the family `Brand`; there is `Other`"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path, files: dict[str, bytes], says: str) -> None:
    assert font_files(folder(tmp_path, **files), "Brand") == says


def test_a_font_marked_as_not_to_be_embedded_is_told(tmp_path: Path) -> None:
    place = client(tmp_path, "fonts: {folder: fonts, family: Brand}\n")
    folder(place / "fonts", a=font(embedding=2), b=font(600))
    (note,) = branding(place, NOTHING).notes
    assert note.says.startswith("the maker of this font has marked it as not to be embedded")


def test_every_cut_off_font_is_refused_without_a_word_of_a_library(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = font()
    for share in range(1, 20):
        place = folder(tmp_path / str(share), a=whole[: len(whole) * share // 20], b=font(600))
        assert isinstance(font_files(place, "Brand"), str)


def test_the_same_files_make_the_same_typeface() -> None:
    one, again = typeface(font(), font(600)), typeface(font(), font(600))
    assert (one, one.files, one.css) == (again, again.files, again.css)
    assert one != typeface(font(), font(700))


def test_the_typeface_has_our_private_name_and_not_its_own() -> None:
    for weight, content in zip((400, 600), typeface(font(), font(700)).files.values(), strict=True):
        made: Any = TTFont(io.BytesIO(content))
        assert {made["name"].getDebugName(number) for number in (16,)} == {PRIVATE}
        assert made["OS/2"].usWeightClass == weight
        assert not any("Brand" in str(record) and "Alignment" not in str(record) for record in made["name"].names)


def test_text_is_measured_in_the_typeface_that_sets_it() -> None:
    wide = typeface(font(wide=True), font(600, wide=True))
    ours = width("Marketing", 10)
    with set_in(wide.face):
        assert width("Marketing", 10) == pytest.approx(2 * ours, rel=0.001)
        assert width("→", 10) == pytest.approx(width("→", 10))
    assert width("Marketing", 10) == ours


def test_a_wide_typeface_sets_the_summary_closer() -> None:
    wide = Look(typeface=typeface(font(wide=True), font(600, wide=True)))
    assert 'class="section section-summary summary-tightest' in screen_page(document("fennel-and-rye"), wide)
    assert 'class="section section-summary summary-tight summary-dense"' in screen_page(document("fennel-and-rye"))


def test_the_screen_page_brings_both_typefaces_and_names_the_brands_first() -> None:
    page = screen_page(sample_document(), Look(typeface=typeface(font(), font(600))))
    assert f"font-family:'{PRIVATE}'" in page
    assert f'font-family: "{PRIVATE}", "Alignment Sans"' in page


def test_the_pdf_is_set_in_the_brands_typeface_and_the_next_one_in_ours(tmp_path: Path) -> None:
    page = "<html lang=en><title>T</title><style>p {{ font-family: {} }}</style><p>Sales ✓</p>"
    own = write_pdf(page.format(f'"{PRIVATE}", "Alignment Sans"'), typeface(font(), font(600)))
    ours = write_pdf(page.format('"Alignment Sans"'))
    assert sorted(_fonts(own)) == ["Alignment-Brand", "Alignment-Sans"]
    assert _fonts(ours) == ["Alignment-Sans"]


def _fonts(pdf: bytes) -> list[str]:
    fonts: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return [str(found.get_object()["/BaseFont"]).split("+")[1] for found in fonts.values()]


def test_letters_that_only_ours_has_are_lent_and_said() -> None:
    theme = Branding(look=Look(typeface=typeface(font(without="é"), font(600, without="é"))), files=(Path("theme.yaml"),))
    (note,) = borrowed_letters("Café → 9", theme)
    assert note.says == "the theme's typeface lacks é (U+00E9); ours stands in for it"
    assert borrowed_letters("Cafe → 9", theme) == ()


def test_letters_that_neither_has_are_told_where_they_stand(tmp_path: Path) -> None:
    place = client(tmp_path, "footer: Kō 漢\n")
    with pytest.raises(FlawedInput) as refused:
        build_client(place, None, playbook(), tmp_path / "out", Wanted())
    (flaw,) = refused.value.flaws
    assert (Path(flaw.file).name, flaw.line, flaw.column) == ("theme.yaml", 1, 12)
    assert flaw.says == "the PDF's typeface lacks 漢 (U+6F22)"


def test_letters_that_the_brand_brings_are_no_flaw(tmp_path: Path) -> None:
    assert "Ж" in letters()
    require_letters(client(tmp_path, "footer: x\n"), "2026-02", "Ж", Branding())
