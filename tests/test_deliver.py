"""A delivery: the final files, the record of it, and what it binds afterwards."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest
import yaml
from planted import CLIENT, FILES, TINY, WAVE, folder_with
from pypdf import PdfReader

from alignment_report.analysis.digests import DIGITS
from alignment_report.building.record import deliveries_text
from alignment_report.cli.main import main
from alignment_report.errors import FlawedInput
from alignment_report.model.record import CountedDigests, Delivery
from alignment_report.reading.client import read_case
from alignment_report.reading.playbook import read_playbook
from alignment_report.reading.record import read_records
from alignment_report.reading.schema import schemas

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "configs" / "clients"
FILES_OF_A_DELIVERY = ["playbook.html", "playbook.pdf", "report.json"]
KEY = "0123456789abcdef" * 2
DIGEST, SHA256 = "0" * DIGITS, "f" * 64
PLAYBOOK = read_playbook(TINY)


class Studio:
    """A consultant's folder: a client in it, an output beside it."""

    def __init__(self, place: Path, sample: str, say: Callable[[], "pytest.CaptureResult[str]"], like: Path | None = None) -> None:
        self.client = place / "clients" / sample
        if like:
            shutil.copytree(like, place, dirs_exist_ok=True)
        else:
            shutil.copytree(SAMPLES / sample, self.client)
        self.wave_file = max((self.client / "assessments").iterdir())
        self.wave, self.output, self._say = self.wave_file.stem, place / "output", say
        self.place = self.output / sample / self.wave

    def run(self, *arguments: object) -> tuple[int, str, str]:
        self._say()
        code = main([*map(str, arguments), "--output", str(self.output)])
        told = self._say()
        return code, told.out, told.err

    def deliver(self, day: str = "2026-07-01") -> tuple[int, str, str]:
        return self.run("deliver", self.client, self.wave, "--date", day)

    def draft(self) -> dict[str, object]:
        assert self.run("build", self.client, "--no-pdf")[0] == 0
        found: dict[str, object] = json.loads((self.place / "report.json").read_text("utf-8"))
        return found

    @property
    def record(self) -> Path:
        return self.client / "deliveries.yaml"

    def edit(self, old: str, new: str, file: Path | None = None) -> None:
        path = file or self.wave_file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def add_respondent(self, id: str, like: int, answer: int) -> None:
        """Another person of the function of the one who stands in this place, with one other answer."""
        block = _blocks(self.wave_file)[like]
        changed = re.sub(r"(little-blame: )\d", rf"\g<1>{answer}", re.sub(r"^  \S+:", f"  {id}:", block, count=1))
        self.wave_file.write_text(self.wave_file.read_text("utf-8").rstrip("\n") + "\n" + changed, "utf-8")


def _blocks(file: Path) -> list[str]:
    return re.findall(r"^  [a-z0-9-]+:\n(?:    .*\n)+", file.read_text("utf-8").split("respondents:")[1], re.MULTILINE)


@pytest.fixture
def studio(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Studio:
    return Studio(tmp_path, "fennel-and-rye", capfd.readouterr)


@pytest.fixture(scope="module")
def delivered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("studio")
    shutil.copytree(SAMPLES / "fennel-and-rye", place / "clients" / "fennel-and-rye")
    client, output = str(place / "clients" / "fennel-and-rye"), str(place / "output")
    assert main(["deliver", client, "2026-02", "--date", "2026-07-01", "--output", output]) == 0
    return place


@pytest.fixture
def delivered(tmp_path: Path, capfd: pytest.CaptureFixture[str], delivered_once: Path) -> Studio:
    """The same studio after a delivery on the first of July."""
    return Studio(tmp_path, "fennel-and-rye", capfd.readouterr, like=delivered_once)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def _pages(pdf: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages]


# Draft and final


def test_a_build_is_marked_draft_on_its_cover_and_on_every_page(studio: Studio) -> None:
    assert studio.run("build", studio.client)[0] == 0
    found = json.loads((studio.place / "report.json").read_text("utf-8"))
    assert (found["status"], found["delivered"], found["running"]["status"]) == ("draft", None, "Draft")
    assert all("draft" in page.lower() for page in _pages(studio.place / "playbook.pdf"))
    assert (studio.place / "playbook.html").read_text("utf-8").count(">Draft<") == 2


def test_a_delivery_is_final_says_its_day_and_is_no_draft(studio: Studio) -> None:
    code, out, err = studio.deliver("2026-03-02")
    assert (code, err) == (0, "")
    folder = studio.place / "delivered-2026-03-02"
    assert out.splitlines()[0] == f"fennel-and-rye, wave {studio.wave}, delivered:"
    assert _names(folder) == FILES_OF_A_DELIVERY
    found = json.loads((folder / "report.json").read_text("utf-8"))
    assert (found["status"], found["delivered"]) == ("final", {"iso": "2026-03-02", "text": "2 March 2026"})
    html, pages = (folder / "playbook.html").read_text("utf-8"), _pages(folder / "playbook.pdf")
    assert html.count("Final, delivered 2 March 2026") == 3
    assert ">Draft<" not in html
    assert all("delivered 2 march 2026" in " ".join(page.lower().split()) for page in pages)
    assert not any("draft" in page.lower() for page in pages)


def test_a_delivery_differs_from_the_draft_in_its_mark_alone(delivered: Studio) -> None:
    draft = delivered.draft()
    final = json.loads((delivered.place / "delivered-2026-07-01" / "report.json").read_text("utf-8"))
    marks = {"status", "delivered", "running"}
    assert {key for key in draft if draft[key] != final[key]} == marks


# The record


def test_the_record_holds_the_files_and_who_was_counted_as_digests_alone(delivered: Studio) -> None:
    (delivery,) = read_records(delivered.client).deliveries
    assert (delivery.wave, delivery.date, delivery.folder) == (delivered.wave, date(2026, 7, 1), "delivered-2026-07-01")
    assert delivery.files == _digests(delivered.place / delivery.folder)
    assert (len(delivery.counted.sales), len(delivery.counted.marketing), len(delivery.counted.leadership)) == (6, 5, 0)
    text = delivered.record.read_text("utf-8")
    assert text.startswith("# What was delivered, written by `alignment-report deliver`.")
    assert "\r" not in text
    case = read_case(delivered.client, None, read_playbook(ROOT / "configs" / "playbook"))
    assert case.assessment.confidentiality.key is not None
    for secret in (case.assessment.confidentiality.key, *(person.id for person in case.assessment.respondents)):
        assert secret not in text


def test_the_record_is_what_its_schema_says(delivered: Studio) -> None:
    written = yaml.load(delivered.record.read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft202012Validator(schemas()["deliveries.schema.json"]).validate(written)
    assert main(["check", str(delivered.client)]) == 0


def test_the_same_delivery_again_changes_nothing(delivered: Studio) -> None:
    record, files = delivered.record.read_bytes(), _digests(delivered.place / "delivered-2026-07-01")
    code, out, _ = delivered.deliver()
    assert (code, out.splitlines()[0]) == (0, f"fennel-and-rye, wave {delivered.wave}, already delivered:")
    assert delivered.record.read_bytes() == record
    assert _digests(delivered.place / "delivered-2026-07-01") == files
    (delivered.place / "delivered-2026-07-01" / "playbook.pdf").unlink()
    assert delivered.deliver()[0] == 0
    assert _digests(delivered.place / "delivered-2026-07-01") == files
    assert delivered.record.read_bytes() == record


def test_another_day_or_other_content_is_another_delivery_and_what_was_handed_over_stays(delivered: Studio) -> None:
    first = _digests(delivered.place / "delivered-2026-07-01")
    delivered.deliver("2026-07-08")
    delivered.edit("name: Fennel & Rye", "name: Fennel and Rye", delivered.client / "client.yaml")
    delivered.deliver()
    delivered.draft()
    assert [found for found in _names(delivered.place) if found.startswith("delivered")] == [
        "delivered-2026-07-01",
        "delivered-2026-07-01-2",
        "delivered-2026-07-08",
    ]
    assert [delivery.id for delivery in read_records(delivered.client).deliveries] == ["1", "2", "3"]
    assert _digests(delivered.place / "delivered-2026-07-01") == first


def test_two_heads_can_be_delivered_by_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    studio = Studio(tmp_path, "brightwater-clinics", capfd.readouterr)
    assert studio.deliver()[0] == 0
    assert studio.draft()["status"] == "draft"


@pytest.mark.parametrize("value", ["", "  key: unknown\n"])
def test_without_a_key_a_wave_is_built_but_not_delivered(studio: Studio, value: str) -> None:
    line = re.search(r"  key: '.*\n", studio.wave_file.read_text("utf-8"))
    assert line
    studio.edit(line[0], value)
    assert studio.draft()["status"] == "draft"
    code, out, err = studio.deliver()
    row = studio.wave_file.read_text("utf-8").split("\n").index("confidentiality:") + 2
    assert (code, out) == (1, "")
    assert re.match(
        rf"{re.escape(str(studio.wave_file))}:{row + (1 if value else 0)}:\d+: `deliver` needs a key here; add `key: ` and 32", err
    )
    assert err.count("\n") == 1
    assert not studio.record.exists()
    assert "delivered-2026-07-01" not in _names(studio.place)


def test_without_the_libraries_of_the_pdf_nothing_is_delivered(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "cffi").mkdir()
    (tmp_path / "cffi" / "__init__.py").write_text(
        "class FFI:\n    RTLD_NOW = 0\n    def cdef(self, *_, **__): pass\n    def dlopen(self, *_): raise OSError('none')\n"
    )
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "alignment_report",
            "deliver",
            studio.client,
            studio.wave,
            "--date",
            "2026-07-01",
            "--output",
            studio.output,
        ],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (told.returncode, told.stdout) == (3, "")
    assert not studio.record.exists()
    assert [path.name for path in studio.output.rglob("*")] == [".lock"]


_KILLED = """
import os, signal, sys
from alignment_report.building import deliver
from alignment_report.cli.main import main
record = deliver.write_deliveries
def killed(*arguments):
    {recorded}
    os.kill(os.getpid(), signal.SIGKILL)
deliver.write_deliveries = killed
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("recorded", [True, False], ids=["after", "before"])
def test_a_delivery_killed_around_its_record_shows_no_file_and_is_completed_by_the_same_command(studio: Studio, recorded: bool) -> None:
    code = _KILLED.format(recorded="record(*arguments)" if recorded else "pass")
    arguments = ["deliver", str(studio.client), studio.wave, "--date", "2026-07-01", "--output", str(studio.output)]
    told = subprocess.run([sys.executable, "-c", code, *arguments], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, cwd=ROOT)
    assert told.returncode == -signal.SIGKILL
    folder = studio.place / "delivered-2026-07-01"
    assert not set(FILES_OF_A_DELIVERY) & set(_names(folder))
    assert studio.record.exists() == recorded
    code_again, out, _ = studio.deliver()
    assert (code_again, "already delivered" in out) == (0, recorded)
    assert _names(folder) == FILES_OF_A_DELIVERY
    (delivery,) = read_records(studio.client).deliveries
    assert delivery.files == _digests(folder)


# What it binds


def _suppression(document: dict[str, object]) -> list[str]:
    sections: list[dict[str, object]] = document["sections"]  # type: ignore[assignment]
    method = next(section for section in sections if section["id"] == "method")
    told: list[dict[str, str]] = method["suppression"]  # type: ignore[assignment]
    return [said["text"] for said in told]


def test_a_late_answer_is_held_back_because_the_wave_was_delivered(delivered: Studio) -> None:
    before = delivered.draft()
    delivered.add_respondent("r-late", like=0, answer=5)
    after = delivered.draft()
    assert after["exhibits"] == before["exhibits"]
    assert [text for text in _suppression(after) if text not in _suppression(before)] == [
        "Answers that were not yet counted in the delivery of 1 July 2026 are held back until so many have come, at least five in each function, "
        "that nobody's can be told from the difference."
    ]
    delivered.edit("invited: {sales: 7", "invited: {sales: 12")
    for number in range(4):
        delivered.add_respondent(f"r-late-{number}", like=number, answer=5)
    of_one_function = delivered.draft()
    assert of_one_function["exhibits"] == before["exhibits"]
    assert "1 July 2026" in " ".join(_suppression(of_one_function))


def test_without_a_delivery_trial_builds_bind_nothing(studio: Studio) -> None:
    before = studio.draft()
    studio.add_respondent("r-late", like=0, answer=5)
    after = studio.draft()
    assert after["exhibits"] != before["exhibits"]
    assert not studio.record.exists()


def test_answers_carried_over_into_the_next_wave_are_held_against_the_earlier_delivery(delivered: Studio) -> None:
    text = delivered.wave_file.read_text("utf-8")
    key = re.search(r"key: '(\w+)'", text)
    assert key
    delivered.wave_file = delivered.client / "assessments" / "2026-09.yaml"
    delivered.wave_file.write_text(text.replace(f"wave: {delivered.wave}", "wave: 2026-09").replace(key[1], KEY), "utf-8")
    delivered.add_respondent("r-new", like=0, answer=5)
    assert delivered.run("build", delivered.client, "--no-pdf")[0] == 0
    found = json.loads((delivered.output / "fennel-and-rye" / "2026-09" / "report.json").read_text("utf-8"))
    assert "delivery of 1 July 2026" in " ".join(_suppression(found))


def test_an_earlier_wave_that_is_shown_for_the_first_time_is_remembered_and_stays_as_it_was_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    studio = Studio(tmp_path, "lindqvist-instruments", capfd.readouterr)
    earlier = studio.client / "assessments" / "2025-04.yaml"
    text = earlier.read_text("utf-8")
    earlier.write_text(re.sub(r"  key: .*\n", "", text), "utf-8")
    code, _, err = studio.deliver()
    assert (code, f"{earlier}:" in err, "`deliver` needs a key here" in err) == (1, True, True)
    earlier.write_text(text, "utf-8")
    shown = studio.draft()["exhibits"]["trend"]  # type: ignore[index]
    assert studio.deliver()[0] == 0
    (delivery,) = read_records(studio.client).deliveries
    assert [(beside.id, len(beside.counted.sales), len(beside.counted.marketing)) for beside in delivery.beside] == [("2025-04", 11, 10)]
    assert studio.record.read_text("utf-8") == deliveries_text([delivery])
    assert "already delivered" in studio.deliver()[1]
    studio.wave_file = earlier
    studio.add_respondent("r-late", like=0, answer=5)
    assert studio.draft()["exhibits"]["trend"] == shown  # type: ignore[index]


@pytest.mark.parametrize(("change", "says"), [("  key: '{other}'", "under another key than this one"), ("", "a key that is missing here")])
def test_a_delivered_wave_needs_the_key_it_was_delivered_with(delivered: Studio, change: str, says: str) -> None:
    line = re.search(r"  key: '(\w+)'.*", delivered.wave_file.read_text("utf-8"))
    assert line
    delivered.edit(line[0], change.format(other=KEY))
    for command in (["build", delivered.client, "--no-pdf"], ["deliver", delivered.client, delivered.wave, "--date", "2026-07-02"]):
        code, _, err = delivered.run(*command)
        assert (code, err.count("\n")) == (1, 1)
        assert f"{delivered.wave_file}:" in err
        assert f"this wave was delivered {'under ' if says.startswith('a ') else ''}{says}" in err
        assert line[1] not in err
        assert KEY not in err


def test_a_wave_whose_file_is_gone_binds_no_other(delivered: Studio) -> None:
    text = delivered.wave_file.read_text("utf-8")
    delivered.wave_file.rename(delivered.client / "assessments" / "2026-09.yaml")
    (delivered.client / "assessments" / "2026-09.yaml").write_text(text.replace(f"wave: {delivered.wave}", "wave: 2026-09"), "utf-8")
    assert delivered.run("build", delivered.client, "--no-pdf")[0] == 0


def test_no_message_tells_a_key_an_id_or_a_digest(delivered: Studio) -> None:
    case = read_case(delivered.client, None, read_playbook(ROOT / "configs" / "playbook"))
    told = [delivered.deliver(), delivered.run("build", delivered.client, "--no-pdf")]
    (delivery,) = read_records(delivered.client).deliveries
    secrets = {case.assessment.confidentiality.key or "", delivery.key_check, *delivery.counted.sales, *delivery.counted.marketing}
    secrets |= {person.id for person in case.assessment.respondents}
    everything = " ".join(out + err for _, out, err in told)
    everything += " ".join(path.read_text("utf-8") for path in delivered.output.rglob("*.*") if path.suffix in (".json", ".html"))
    assert [secret for secret in secrets if secret in everything] == []


# Reading the record

_DELIVERY = Delivery(
    "1",
    "2025-03",
    date(2025, 3, 27),
    "delivered-2025-03-27",
    DIGEST,
    {"report.json": SHA256},
    CountedDigests((DIGEST, DIGEST), ("1" * DIGITS,)),
)


RESTORE = "; the program writes this file: take it back as it was from the folder's history"


def _read(folder: Path, record: str) -> list[str]:
    place, _ = folder_with(folder / "acme", FILES | {"deliveries.yaml": record})
    try:
        read_case(place, None, PLAYBOOK)
    except FlawedInput as flawed:
        return [str(flaw).removeprefix(f"{place}{os.sep}") for flaw in flawed.flaws]
    return []


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    deliveries = (
        _DELIVERY,
        Delivery("2", "no", *(getattr(_DELIVERY, name) for name in ("date", "folder", "key_check", "files", "counted"))),
    )
    text = deliveries_text(deliveries)
    assert _read(tmp_path, text) == []
    found = read_records(tmp_path / "acme").deliveries
    assert found == deliveries
    assert deliveries_text(found) == text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (DIGEST, DIGEST[1:], "9:16: this is no digest"),
        (f"- '{DIGEST}'", "- abc", "14:11: this is no digest"),
        (SHA256, SHA256.upper(), "11:20: this is no digest"),
        ("  1:", "  7:", "5:3: deliveries are numbered from 1: this is number 1"),
        ("date: 2025-03-27", "date: 2025-02-30", "7:11: there is no such day"),
        ("    wave: '2025-03'\n", "", "6:5: `wave` is missing here"),
        ("    wave: '2025-03'\n", "    wave: ../2025\n", "6:11: this is no id of a wave"),
        ("folder: delivered-2025-03-27", "folder: ../../etc", "8:13: this is no name of a delivered folder"),
        ("    files:", "    fils:", "10:5: this key is not known here"),
        ("deliveries:\n", "deliveries: [\n", ":"),
        ("deliveries:\n", "", ":"),
    ],
)
def test_a_record_spoilt_by_hand_is_one_flaw_at_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = deliveries_text([_DELIVERY])
    assert old in text
    found = _read(tmp_path, text.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(f"deliveries.yaml:{says if says != ':' else ''}")
    assert found[0].endswith(RESTORE)
    assert not re.search("[0-9a-f]{31}", found[0])


def test_an_empty_or_linked_record_is_refused(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == [f"deliveries.yaml:1:1: the file is empty{RESTORE}"]
    (tmp_path / "acme" / "deliveries.yaml").unlink()
    (tmp_path / "acme" / "deliveries.yaml").symlink_to(tmp_path / "nowhere")
    assert [flaw.says for flaw in read_records(tmp_path / "acme").flaws] == ["this is a link; a copy of the file itself must stand here"]


@pytest.mark.parametrize("key", ["short", "g" * 32, "0123 4567 89ab cdef 0123 4567 89ab cdef"])
def test_a_key_that_is_none_is_told_without_being_repeated(tmp_path: Path, key: str) -> None:
    place, _ = folder_with(
        tmp_path / "acme", {"client.yaml": CLIENT, "assessments/2026-03.yaml": WAVE.replace("figures: 5", f"key: {key}")}
    )
    with pytest.raises(FlawedInput) as caught:
        read_case(place, None, PLAYBOOK)
    (flaw,) = caught.value.flaws
    assert (flaw.line, flaw.column, flaw.says) == (9, 8, "a key is at least 32 digits, each 0 to 9 or a to f")
    assert key not in str(flaw)


@pytest.mark.parametrize(("day", "field"), [("1999-01-01", "collected_to"), ("2026-03-20", "report_date")])
def test_a_day_before_the_answers_are_in_or_before_the_date_of_the_report_is_refused(
    day: str, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    studio = Studio(tmp_path, "marlow-cooling", capsys.readouterr)
    code, _, told = studio.deliver(day)
    assert code == 2
    assert f"lies before {field} of the wave" in told
    assert not (studio.client / "deliveries.yaml").exists()


@pytest.mark.skipif(os.name == "nt", reason="modes of files are those of Unix")
def test_files_with_answers_keys_or_digests_are_the_owners_alone(tmp_path: Path) -> None:
    from alignment_report.building.record import write_deliveries
    from alignment_report.building.write import SECRET, write_files

    write_deliveries(tmp_path, [], [])
    write_files(tmp_path, ("assessments",), {"2026-03.yaml": b"respondents: {}"}, mode=SECRET)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.yaml")} == {0o600}
