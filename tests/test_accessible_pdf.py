"""The finished PDF is PDF/UA-1 and PDF/A-3a in one file: by a checker that is not ours, and by our own reading of its tags."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import page as checker
import pikepdf
import pytest
from generated import generated, sample_of
from readback import read_page, tags
from sample_document import sample_document
from samples import CLIENTS, Json, brand, themed
from tagged import lost_on_the_way, outside_of_tags, read_aloud

from alignment_report.rendering.html import print_page
from alignment_report.rendering.look import Look
from alignment_report.rendering.pdf import write_pdf
from alignment_report.rendering.tagging import with_plain_ends

QUICK = ("marlow-cooling", "brightwater-clinics")
SEEDS = range(50)
NAMES = [
    *QUICK,
    *(pytest.param(name, marks=pytest.mark.slow) for name in CLIENTS if name not in QUICK),
    *(pytest.param(f"invented-{seed}", marks=pytest.mark.slow) for seed in SEEDS),
]

each = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture
def file(folder: Path, name: str) -> Path:
    """The PDF of a sample or an invented client, made once."""
    path = folder / f"{name}.pdf"
    if not path.exists():
        path.write_bytes(write_pdf(_print_page(name), _look(name).typeface))
    return path


@cache
def _print_page(name: str) -> str:
    return print_page(_document(name), _look(name))


def _document(name: str) -> Json:
    seed = _seed(name)
    return themed(name) if seed is None else generated(seed)


def _look(name: str) -> Look:
    seed = _seed(name)
    return brand(name if seed is None else sample_of(seed)).look


def _seed(name: str) -> int | None:
    return int(name.removeprefix("invented-")) if name.startswith("invented-") else None


def failures(pdf: bytes) -> list[tuple[str, str]]:
    """What the checker says against the file as PDF/UA-1 and as PDF/A-3a."""
    profiles = (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A)
    return [(found.rule_id, found.message) for profile in profiles for found in checker.validate_pdf_bytes(pdf, profile=profile).failures]


@each
def test_an_independent_checker_finds_nothing_against_ua_1_and_a_3a(file: Path) -> None:
    assert failures(file.read_bytes()) == []


@each
def test_nothing_is_painted_outside_of_tags_and_artifacts(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert outside_of_tags(pdf) == []


@each
def test_who_follows_the_tags_hears_every_word_of_the_page_in_its_order(name: str, file: Path) -> None:
    page, _ = read_page(_print_page(name))
    with pikepdf.open(file) as pdf:
        assert lost_on_the_way(page, read_aloud(pdf)) == []


@each
def test_title_language_and_tab_order_are_said_as_the_two_standards_ask(name: str, file: Path) -> None:
    told = _document(name)
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == told["language"]
        assert str(pdf.docinfo.Title) == told["title"]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        assert {str(page.Tabs) for page in pdf.pages} == {"/S"}
        assert "/Filter" not in pdf.Root.Metadata
        with pdf.open_metadata() as metadata:
            said = {key: metadata[key] for key in ("dc:title", "pdfuaid:part", "pdfaid:part", "pdfaid:conformance")}
    assert said == {"dc:title": told["title"], "pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}


@each
def test_headings_have_no_gap_and_every_picture_its_alternative_and_its_place(name: str, file: Path) -> None:
    with pikepdf.open(file) as pdf:
        elements = list(tags(pdf))
        levels = [int(str(element.S)[2]) for element in elements if re.fullmatch("/H[1-6]", str(element.S))]
        pictures = [element for element in elements if element.S == "/Figure"]
        places = [([float(edge) for edge in picture.A.BBox], [float(edge) for edge in picture.Pg.MediaBox]) for picture in pictures]
        alternatives = {str(picture.Alt) for picture in pictures}
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    logo = _look(name).logo
    assert alternatives == {exhibit["alt"] for exhibit in _document(name)["exhibits"].values()} | ({logo.alt} if logo else set())
    for (left, low, right, high), (_, _, wide, tall) in places:
        assert 0 < left < right < wide
        assert 0 < low < high < tall


@each
def test_every_header_cell_says_what_it_heads_and_every_cell_names_its_headers(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        elements = list(tags(pdf))
        heads = {str(head.ID): str(head.A.Scope) for head in elements if head.S == "/TH"}
        in_heads = {str(head.ID) for part in elements if part.S == "/THead" for row in part.K for head in row.K if head.S == "/TH"}
        named = [{str(id) for id in cell.A.Headers} for cell in elements if cell.S == "/TD"]
    assert in_heads
    assert {id for id, scope in heads.items() if scope == "/Column"} == in_heads
    assert set(heads.values()) == {"/Column", "/Row"}
    assert set().union(*named) <= set(heads)
    assert sum(not headers for headers in named) == 0


@each
def test_a_link_is_called_what_it_says_on_the_page(name: str, file: Path) -> None:
    page, _ = read_page(_print_page(name))
    texts = {link.text for link in page.all("a")}
    with pikepdf.open(file) as pdf:
        links = [note for leaf in pdf.pages for note in leaf.get("/Annots", []) if note.Subtype == "/Link"]
        assert links
        assert {str(link.Contents) for link in links} <= texts
        assert {int(link.F) for link in links} == {4}


def test_a_title_of_any_characters_leaves_the_metadata_well_formed() -> None:
    told = sample_document()
    told["title"] = "R&D <sales> ]]> “Łódź” \"&amp;\" 'x'"
    pdf = write_pdf(print_page(told))
    assert failures(pdf) == []


def test_a_stream_that_ends_with_a_carriage_return_is_told_apart_from_the_end_of_its_line() -> None:
    assert with_plain_ends(b"stream\nab\r\nendstream\nstream\ncd\nendstream") == b"stream\nab\r\rendstream\nstream\ncd\nendstream"


def _spoilt(pdf: bytes, how: Any, folder: Path) -> bytes:
    """The PDF with one thing changed, written anew."""
    (folder / "whole.pdf").write_bytes(pdf)
    with pikepdf.open(folder / "whole.pdf") as opened:
        how(opened)
        opened.save(folder / "spoilt.pdf")
    return (folder / "spoilt.pdf").read_bytes()


def _without_alternative(pdf: pikepdf.Pdf) -> None:
    del next(element for element in tags(pdf) if element.S == "/Figure")["/Alt"]


def _without_title_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def _with_paint_of_its_own(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def _without_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@pytest.mark.parametrize("how", [_without_alternative, _without_title_shown, _with_paint_of_its_own, _without_output_intent])
def test_a_spoilt_file_is_noticed(how: Any, tmp_path: Path) -> None:
    spoilt = _spoilt(_sample_pdf(), how, tmp_path)
    assert failures(spoilt) != []


@cache
def _sample_pdf() -> bytes:
    return write_pdf(print_page(sample_document()))


def test_our_own_reader_notices_what_is_painted_outside_and_what_is_said_out_of_order(tmp_path: Path) -> None:
    _spoilt(_sample_pdf(), _with_paint_of_its_own, tmp_path)
    with pikepdf.open(tmp_path / "spoilt.pdf") as pdf:
        assert outside_of_tags(pdf) == ["page 1: f paints outside of tags"]
    page, _ = read_page("<body><p>one two <b>three</b></p><p>four</p></body>")
    assert lost_on_the_way(page, "onetwothreefour") == []
    assert lost_on_the_way(page, "onefourtwothree") == ["four"]
