"""`check --deliver` and the gate of `deliver`: finished files against the inputs, the record and the clients beside."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from alignment_report.cli.main import main

SAMPLES = Path(__file__).parents[1] / "configs" / "clients"
SAMPLE, STRANGER, WAVE = "fennel-and-rye", "harrow-pumps", "2026-02"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clients side by side, and the drafts of the first."""
    place = tmp_path_factory.mktemp("studio")
    for name in (SAMPLE, STRANGER):
        shutil.copytree(SAMPLES / name, place / "clients" / name)
    assert main(["build", str(place / "clients" / SAMPLE), "--output", str(place / "output")]) == 0
    return place


@pytest.fixture
def studio(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "studio"))


@pytest.fixture
def run(studio: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([command, str(studio / "clients" / SAMPLE), *arguments, "--output", str(studio / "output")])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def client(studio: Path) -> Path:
    return studio / "clients" / SAMPLE / "client.yaml"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def found_by(run: Run) -> list[dict[str, str]]:
    _, told, _ = run("check", "--deliver", "--format", "json")
    faults: list[dict[str, str]] = json.loads(told)["clients"][0]["faults"]
    return faults


def test_files_as_they_were_built_have_no_faults(run: Run) -> None:
    code, told, _ = run("check", "--deliver")
    assert code == 0
    assert told.endswith(f"{SAMPLE}: no faults in the finished files\n")


def test_a_check_without_deliver_reads_no_finished_files(studio: Path, run: Run) -> None:
    (studio / "output" / SAMPLE / WAVE / "playbook.pdf").write_bytes(b"nothing")
    code, told, _ = run("check")
    assert code == 0
    assert "finished" not in told


def test_files_of_other_inputs_are_stale_each(studio: Path, run: Run) -> None:
    edit(client(studio), "employees: 28", "employees: 29")
    faults = found_by(run)
    assert [Path(fault["where"]).name for fault in faults if "stale" in fault["what"]] == ["report.json", "playbook.html", "playbook.pdf"]
    assert "another section" in faults[0]["what"]
    assert run("check", "--deliver")[0] == 1


def test_a_page_changed_by_hand_is_told_with_its_place(studio: Path, run: Run) -> None:
    edit(studio / "output" / SAMPLE / WAVE / "playbook.html", '<p class="lead">', '<p class="lead">TODO ')
    faults = found_by(run)
    assert any("stale" in fault["what"] for fault in faults)
    (todo,) = (fault for fault in faults if "placeholder" in fault["what"])
    assert "playbook.html, line " in todo["where"]
    assert todo["mend"].startswith("templates/macros.html.j2:")


def test_where_nothing_was_built_one_message_says_what_to_do(studio: Path, run: Run) -> None:
    shutil.rmtree(studio / "output")
    code, told, _ = run("check", "--deliver")
    assert code == 1
    assert "there are no finished files here; run `build` first" in told
    assert "1 fault in the finished files" in told


def test_a_file_that_is_lacking_is_told(studio: Path, run: Run) -> None:
    (studio / "output" / SAMPLE / WAVE / "playbook.pdf").unlink()
    assert [fault["what"] for fault in found_by(run)] == ["this file is missing; make the files again"]


def test_a_client_with_flaws_is_told_these_alone(studio: Path, run: Run) -> None:
    edit(client(studio), "employees: 28", "employees: many")
    code, told, _ = run("check", "--deliver")
    assert code == 1
    assert "1 flaw" in told
    assert "finished files" not in told


def test_another_clients_name_stops_a_delivery_until_it_is_allowed(studio: Path, run: Run) -> None:
    edit(client(studio), "industry: speciality food", "industry: speciality food beside Harrow Pumps")
    code, _, told = run("deliver", WAVE, "--date", "2026-07-01")
    assert code == 1
    assert "another client's name stands here: Harrow Pumps; mend templates/" in told
    assert not (studio / "clients" / SAMPLE / "deliveries.yaml").exists()
    assert not list((studio / "output").rglob("delivered-*"))

    edit(client(studio), "engagement:\n", "engagement:\n  may_name: [Harrow Pumps]\n")
    assert run("deliver", WAVE, "--date", "2026-07-01")[0] == 0
    faults = [fault for fault in found_by(run) if "delivered-2026-07-01" in fault["where"]]
    assert faults == []
    place = studio / "output" / SAMPLE / WAVE / "delivered-2026-07-01" / "playbook.html"
    place.write_text(place.read_text("utf-8") + "\n", "utf-8")
    assert [fault["what"].partition(":")[0] for fault in found_by(run) if "delivered-2026-07-01" in fault["where"]] == [
        "stale",
        "the file is not the one that was delivered",
    ]
