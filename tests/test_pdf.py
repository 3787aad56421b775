import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from sample_document import sample_document

from alignment_report.rendering.html import print_page
from alignment_report.rendering.pdf import TemplateFault, write_pdf

RENDER = (
    "import sys, hashlib\n"
    "from sample_document import sample_document\n"
    "from alignment_report.rendering.html import print_page\n"
    "from alignment_report.rendering.pdf import write_pdf\n"
    "print(hashlib.sha256(write_pdf(print_page(sample_document()))).hexdigest())\n"
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(print_page(sample_document()))


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{body}</body></html>'


def words(text: str) -> str:
    return "".join(text.split())


def test_the_metadata_hold_title_and_language_only(reader: PdfReader, pdf: bytes) -> None:
    assert dict(reader.metadata or {}) == {"/Title": sample_document()["title"]}
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert b"WeasyPrint" not in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"/tmp" not in pdf


def test_it_is_tagged_and_says_that_it_is_accessible(reader: PdfReader) -> None:
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_bookmarks_are_the_contents(reader: PdfReader) -> None:
    bookmarks = [entry for entry in reader.outline if isinstance(entry, Destination)]
    sections = sample_document()["sections"][1:]
    assert [entry.title for entry in bookmarks] == [f"{section['number']} {section['label']}" for section in sections]


def test_the_page_numbers_of_the_contents_are_those_of_the_bookmarks(reader: PdfReader) -> None:
    contents = words(reader.pages[2].extract_text())
    bookmarks = [entry for entry in reader.outline if isinstance(entry, Destination)]
    pages = [(reader.get_destination_page_number(entry) or 0) + 1 for entry in bookmarks]
    rows = zip(sample_document()["sections"][1:], pages, strict=True)
    assert words("".join(f"{section['number']}{section['label']}{section['title']}{number}" for section, number in rows)) in contents


def test_every_section_title_can_be_read_back(reader: PdfReader) -> None:
    text = words(" ".join(page.extract_text() for page in reader.pages))
    assert all(words(section["title"]) in text for section in sample_document()["sections"])


def test_the_summary_fills_one_page_and_no_more(reader: PdfReader) -> None:
    bookmarks = [entry for entry in reader.outline if isinstance(entry, Destination)]
    summary, context = (reader.get_destination_page_number(entry) or 0 for entry in bookmarks[:2])
    assert summary == 1
    assert context == 3
    assert words("Agree on 16 March to start") in words(reader.pages[1].extract_text())


def test_only_our_fonts_are_inside(reader: PdfReader) -> None:
    fonts = {font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Alignment-Sans" in font or "AlignmentSans" in font for font in fonts)


def test_two_processes_in_two_places_write_the_same_bytes(pdf: bytes, tmp_path: Path) -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parent)])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "HOME": str(tmp_path)}
    other = subprocess.run([sys.executable, "-c", RENDER], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_what_the_engine_does_not_understand_is_an_error() -> None:
    with pytest.raises(TemplateFault, match="colour"):
        write_pdf(page_of("<p style='colour: red'>text</p>"))


@pytest.mark.parametrize(
    "body",
    [
        "<img src='file:///etc/hostname' alt='a'>",
        "<img src='http://127.0.0.1:9/a.png' alt='a'>",
        "<img src='FILE:/etc/hostname' alt='a'>",
        "<link rel=stylesheet href='file:///etc/hostname'>",
        "<style>@import url(http://127.0.0.1:9/a.css)</style>",
        "<p style='background: url(ftp://127.0.0.1/a.png)'>text</p>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<img alt='a' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/hostname' width='9' height='9'/></svg>\">",
    ],
)
def test_nothing_but_data_addresses_is_opened(body: str) -> None:
    with pytest.raises(TemplateFault):
        write_pdf(page_of(body))


@pytest.mark.parametrize("stretch", [8, 40])
def test_long_texts_lose_nothing(stretch: int) -> None:
    document = sample_document()
    for section in document["sections"]:
        if section["id"] == "plays":
            section["cards"][0]["what"] = "A sentence that goes on for a while. " * stretch + "Endofcard."
        if section["id"] == "dimensions":
            section["statements"][0]["topic"] = "unbreakable" * stretch
    text = words(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(print_page(document)))).pages))
    assert "Endofcard." in text
    assert "unbreakable" * stretch in text.replace("\u2010", "").replace("-", "")


def test_no_network_is_needed(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("the PDF engine asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    assert write_pdf(print_page(sample_document())) == pdf


def test_what_ends_a_section_stays_on_its_page_where_the_next_section_needs_another() -> None:
    head = print_page(sample_document()).partition("<body")[0]
    tall = "<div style='height: 120mm; break-inside: avoid'></div>"
    body = f"<section class='section'>{tall}<p class='text'>the end</p></section><section class='section'><div class='section-head'><h2>next</h2></div>{tall}</section>"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(f"{head}<body>{body}</body></html>"))).pages]
    assert ["the end" in page for page in pages] == [True, False]
    assert ["next" in page for page in pages] == [False, True]
