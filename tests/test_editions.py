"""The playbook, the same with working notes, and its first page for the board."""

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from cases import ACME, NAMED, mixed_team, wave
from pypdf import PdfReader
from readback import read_page
from samples import CLIENTS, CONFIGS, Json, document, playbook, report, section, sentences

from alignment_report.analysis.report import compile_report
from alignment_report.building.one import NAMES
from alignment_report.cli.main import main
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import EDITIONS, Edition, make_document
from alignment_report.rendering.document_schema import report_schema
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.pdf import write_pdf

each_client = pytest.mark.parametrize("client", CLIENTS)
SCHEMA = jsonschema.Draft202012Validator(report_schema())


def made(client: str, edition: Edition) -> Json:
    return make_document(report(client), Provenance(), edition=edition)


@each_client
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_keeps_to_the_schema_and_says_which_it_is(client: str, edition: Edition) -> None:
    found = made(client, edition)
    assert [f"{list(trouble.absolute_path)}: {trouble.message}" for trouble in SCHEMA.iter_errors(found)] == []
    assert found["edition"] == edition


@each_client
def test_the_internal_edition_is_the_playbook_with_working_notes(client: str) -> None:
    own, internal = document(client), made(client, "internal")
    assert [s for s in internal["sections"] if s["id"] != "notes"] == own["sections"]
    notes = section(internal, "notes")
    assert notes["groups"][0]["id"] in ("open", "close")
    assert all(said["trace"] and said["text"].endswith((".", "?")) for said in sentences(notes["groups"]))


@each_client
def test_nothing_of_the_working_notes_is_in_what_the_client_gets(client: str) -> None:
    """But for what the method appendix tells as well: the quality of the answers and the assumptions."""
    notes = section(made(client, "internal"), "notes")
    own = {said["text"] for group in notes["groups"] if group["id"] in ("open", "close") for said in group["items"]}
    assert own
    for edition in ("client", "board"):
        page = read_page(screen_page(made(client, edition)))[0].text
        assert [text for text in own if text in page] == []
        assert "Working notes" not in page


def test_the_working_notes_name_what_is_unknown_and_what_it_bears_on() -> None:
    (group,) = (g for g in section(made("marlow-cooling", "internal"), "notes")["groups"] if g["id"] == "open")
    assert group["items"][0]["text"].startswith(
        "Offers becoming interchangeable is not given. It bears on “the level of prices” and “the market"
    )
    assert group["items"][0]["trace"] == ["fact:market.commoditising"]


def test_the_working_notes_tell_a_score_near_an_edge_and_a_friction_one_sign_from_another_strength() -> None:
    texts = [said["text"] for said in sentences(section(made("lindqvist-instruments", "internal"), "notes")["groups"])]
    assert "At 81.5 points the score lies 1.5 from aligned." in texts
    assert [text for text in texts if re.match("One sign or observation (less|more) would call this “", text)]


def test_the_working_notes_of_two_heads_who_have_not_both_answered_say_that_there_is_no_stage() -> None:
    assessment = wave(mixed_team("sales", 4), rules=NAMED)
    found = make_document(compile_report(ACME, assessment, playbook()), Provenance(), edition="internal")
    assert section(found, "notes")["missing"]


@each_client
def test_the_boards_edition_is_one_page_with_verdict_moves_and_the_decision_asked(client: str) -> None:
    found = made(client, "board")
    reader = PdfReader(BytesIO(write_pdf(print_page(found))))
    text = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    summary = section(found, "summary")
    assert len(reader.pages) == 1
    assert found["client"]["name"] in text
    assert summary["decision"][0]["text"][:60] in text
    assert [move["name"] for move in summary["moves"] if move["name"] not in text] == []


@each_client
def test_no_link_of_the_boards_page_leads_nowhere(client: str) -> None:
    page = screen_page(made(client, "board"))
    assert {target for target in re.findall(r'href="#([^"]+)"', page) if f'id="{target}"' not in page} == set()


def test_every_page_of_the_internal_edition_says_that_it_is_not_for_the_client() -> None:
    reader = PdfReader(BytesIO(write_pdf(print_page(made("fennel-and-rye", "internal")))))
    unmarked = [number for number, page in enumerate(reader.pages, 1) if "not for the client" not in page.extract_text().lower()]
    assert unmarked == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIGS / "clients" / "fennel-and-rye", tmp_path / "fennel-and-rye"))


def _files(output: Path) -> set[str]:
    return {path.name for path in output.rglob("*") if path.is_file() and not path.name.startswith(".")}


def test_a_build_makes_the_editions_asked_for_and_leaves_no_other_beside_them(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    several = ["--edition", "board", "--edition", "internal", "--edition", "board"]
    assert main(["build", str(folder), "--no-pdf", *several, "--output", str(output)]) == 0
    assert _files(output) == {"board.json", "board.html", "internal.json", "internal.html"}
    assert main(["build", str(folder), "--no-pdf", "--output", str(output)]) == 0
    assert _files(output) == {"report.json", "playbook.html"}


def test_a_delivery_holds_the_boards_page_where_that_is_asked_for_and_never_the_working_notes(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    arguments = ["deliver", str(folder), "2026-02", "--date", "2026-07-01", "--output", str(output)]
    assert main([*arguments, "--edition", "internal"]) == 2
    assert "'internal' is not one of 'client', 'board'" in capfd.readouterr().err
    assert not output.exists()
    assert main([*arguments, "--edition", "client", "--edition", "board"]) == 0
    names = {name for edition in ("client", "board") for name in NAMES[edition][:3]}
    assert _files(output) == names
    record = (folder / "deliveries.yaml").read_text("utf-8")
    assert [name for name in names if f"      {name}: " not in record] == []
    assert json.loads(next(output.rglob("board.json")).read_bytes())["status"] == "final"


@pytest.mark.parametrize("day", ["2026-02-30", "20260701", "tomorrow", "2026-7-1"])
def test_a_day_that_is_none_is_told_with_how_to_write_one(day: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["deliver", str(folder), "2026-02", "--date", day]) == 2
    assert f"'{day}' is no day; write it as year-month-day, such as 2026-03-27." in capfd.readouterr().err
