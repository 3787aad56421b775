"""Files written whole or not at all, folders made sure of, and a new client that can be checked at once."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from alignment_report.building import write
from alignment_report.building.checking import as_json, check_client
from alignment_report.building.folders import client_folder, client_folders, require_wave
from alignment_report.building.holding import held
from alignment_report.building.knowledge import knowledge
from alignment_report.building.machine import cure_for, family
from alignment_report.building.one import Wanted, build_client
from alignment_report.building.starter import Start, client_file, wave_file, write_client
from alignment_report.building.write import write_files
from alignment_report.errors import EnvironmentTrouble, FlawedInput, UsageTrouble
from alignment_report.model.playbook import Playbook
from alignment_report.reading.client import read_case

ROOT = Path(__file__).parent.parent
_SAMPLES = sorted((Path(__file__).parent.parent / "configs" / "clients").iterdir())


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return knowledge(None)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Writing


@pytest.fixture(params=["by descriptor", "by path"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of naming a folder: the one of this system, and the one for systems without descriptors of folders."""
    if request.param == "by path":
        monkeypatch.setattr(write, "_BY_DESCRIPTOR", False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_files_are_written_below_the_root(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "output", ("acme", "2026-03"), {"a.txt": b"one", "b.txt": b"two"})
    assert folder == tmp_path / "output" / "acme" / "2026-03"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.txt": b"one", "b.txt": b"two"}


@pytest.mark.usefixtures("way")
def test_what_has_to_come_first_comes_when_all_is_on_the_disk_and_nothing_in_its_place(tmp_path: Path) -> None:
    seen: list[str] = []
    write_files(tmp_path, ("acme",), {"a.txt": b"one", "b.txt": b"two"}, first=lambda: seen.extend(_names(tmp_path / "acme")))
    assert [re.fullmatch(rf"\.{name}\.txt\.[0-9a-f]{{12}}\.tmp", found) is not None for name, found in zip("ab", seen, strict=True)] == [
        True
    ] * 2


@pytest.mark.usefixtures("way")
def test_where_what_has_to_come_first_fails_every_file_stays_as_it_was(tmp_path: Path) -> None:
    def refuse() -> None:
        raise EnvironmentTrouble("no")

    write_files(tmp_path, ("acme",), {"a.txt": b"old"})
    with pytest.raises(EnvironmentTrouble):
        write_files(tmp_path, ("acme",), {"a.txt": b"new", "b.txt": b"new"}, first=refuse)
    assert {path.name: path.read_bytes() for path in (tmp_path / "acme").iterdir()} == {"a.txt": b"old"}


@pytest.mark.usefixtures("way")
def test_files_replace_those_of_an_earlier_build(tmp_path: Path) -> None:
    write_files(tmp_path, ("acme",), {"a.txt": b"old", "b.txt": b"old", "c.txt": b"mine"})
    write_files(tmp_path, ("acme",), {"a.txt": b"new"}, remove=("b.txt", "never-there.txt"))
    assert {path.name: path.read_bytes() for path in (tmp_path / "acme").iterdir()} == {"a.txt": b"new", "c.txt": b"mine"}


@pytest.mark.usefixtures("way")
def test_what_a_killed_run_left_half_written_goes_with_the_next_one(tmp_path: Path) -> None:
    write_files(
        tmp_path, ("acme",), {".a.txt.0123456789ab.tmp": b"half", ".c.txt.0123456789ab.tmp": b"of another file", ".a.txt.tmp": b"mine"}
    )
    write_files(tmp_path, ("acme",), {"a.txt": b"new"}, held=True)
    assert _names(tmp_path / "acme") == [".a.txt.tmp", ".c.txt.0123456789ab.tmp", "a.txt"]


@pytest.mark.usefixtures("way")
def test_a_link_at_a_files_name_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "a.txt").symlink_to(victim)
    os.link(victim, tmp_path / "acme" / "b.txt")
    write_files(tmp_path, ("acme",), {"a.txt": b"new", "b.txt": b"new"})
    assert victim.read_bytes() == b"untouched"
    assert not (tmp_path / "acme" / "a.txt").is_symlink()


@pytest.mark.usefixtures("way")
def test_a_link_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "acme").symlink_to(elsewhere)
    with pytest.raises(EnvironmentTrouble):
        write_files(tmp_path / "output", ("acme", "2026-03"), {"a.txt": b"new"})
    assert _names(elsewhere) == []


@pytest.mark.usefixtures("way")
def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    write_files(tmp_path, ("acme",), {"a.txt": b"old"})
    with pytest.raises(EnvironmentTrouble, match="File name too long"):
        write_files(tmp_path, ("acme",), {"a.txt": b"new", "b" * 256: b"new"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "acme").iterdir()} == {"a.txt": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_owner_and_group_may_read_what_is_written(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = write_files(tmp_path, ("acme",), {"a.txt": b"one"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert stat.S_IMODE((folder / "a.txt").stat().st_mode) == 0o640


# Folders


def test_a_folder_named_twice_is_one_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "client.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert client_folders([Path("acme"), tmp_path / "acme"]) == (Path("acme"),)


def test_two_clients_with_one_name_are_refused(tmp_path: Path) -> None:
    folders = [tmp_path / "here" / "acme", tmp_path / "there" / "acme"]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "client.yaml").touch()
    with pytest.raises(UsageTrouble, match="same name"):
        client_folders(folders)


@pytest.mark.parametrize(("name", "says"), [("nowhere", "no such folder"), ("empty", "no client.yaml")])
def test_a_folder_that_is_no_clients_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageTrouble, match=says):
        client_folder(tmp_path / name)


def test_a_wave_that_a_client_does_not_have_is_refused(tmp_path: Path) -> None:
    for name in ("acme", "other"):
        (tmp_path / name / "assessments").mkdir(parents=True)
    (tmp_path / "acme" / "assessments" / "2026-03.yaml").touch()
    folders = [tmp_path / "acme", tmp_path / "other"]
    require_wave(folders, None)
    require_wave(folders[:1], "2026-03")
    with pytest.raises(UsageTrouble, match=r"2026-03.*other"):
        require_wave(folders, "2026-03")


# A new client


def test_a_new_client_passes_the_check(tmp_path: Path, playbook: Playbook) -> None:
    written = write_client(Start("acme", "2026-03", "Acme & Söhne: 'the' #1"), tmp_path, playbook)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "acme/client.yaml",
        "acme/assessments/2026-03.yaml",
        "acme/theme.yaml",
        "acme/narrative.yaml",
    ]
    checked = check_client(tmp_path / "acme", None, playbook)
    assert (checked.waves, checked.flaws) == (("2026-03",), ())


def test_every_new_wave_has_a_random_key_of_its_own(tmp_path: Path, playbook: Playbook) -> None:
    files = [write_client(Start(name, "2026-03"), tmp_path, playbook)[1] for name in ("acme", "other")]
    keys = {match[1] for file in files if (match := re.search(r"^  key: '([0-9a-f]{32})'$", file.read_text("utf-8"), re.MULTILINE))}
    assert len(keys) == 2


def test_a_new_clients_optional_blocks_are_valid_once_they_are_used(tmp_path: Path, playbook: Playbook) -> None:
    client, wave, _, words = write_client(Start("acme", "2026-03"), tmp_path, playbook)
    client.write_text(_uncommented(client.read_text("utf-8").replace("currency: unknown", "currency: EUR")), "utf-8")
    wave.write_text(_uncommented(wave.read_text("utf-8").replace("\nrespondents: {}\n", "\n")), "utf-8")
    used = _uncommented(words.read_text("utf-8").replace("\nwaves: {}\n", "\n"))
    words.write_text(used.replace("from: not-assessable", "from: weak").replace("to: weak", "to: none"), "utf-8")
    assert check_client(tmp_path / "acme", None, playbook).flaws == ()
    assert len(read_case(tmp_path / "acme", None, playbook).words.said) == 3


def test_a_new_clients_theme_reads_with_every_block_in_use_but_for_the_files_it_names(tmp_path: Path, playbook: Playbook) -> None:
    _, _, theme, _ = write_client(Start("acme", "2026-03"), tmp_path, playbook)
    theme.write_text(_uncommented(theme.read_text("utf-8").replace("\ncolours: {}\n", "\n")), "utf-8")
    flaws = check_client(tmp_path / "acme", None, playbook).flaws
    assert [(flaw.file, "there is no such" in flaw.says) for flaw in flaws] == [(str(theme), True)] * 3


def _uncommented(text: str) -> str:
    """A file as it reads once every block behind `#` is used."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        "\n".join(line.replace("# ", "", 1) for line in block.split("\n")) if _is_commented_out(block) else block for block in blocks
    )


def _is_commented_out(block: str) -> bool:
    lines = [line.strip() for line in block.strip().split("\n")]
    return all(line.startswith("#") for line in lines) and any(re.match("# [a-z_]+:", line) for line in lines)


def test_a_new_client_can_be_built(tmp_path: Path, playbook: Playbook) -> None:
    write_client(Start("acme", "2026-03"), tmp_path, playbook)
    built = build_client(tmp_path / "acme", None, playbook, tmp_path / "output", Wanted(pdf=False))
    assert [path.name for path in built.files] == ["report.json", "playbook.html"]


def test_every_statement_measure_and_buyers_step_is_listed(playbook: Playbook) -> None:
    client, wave = client_file("acme", "Acme", date(2026, 3, 1), playbook), wave_file("2026-03", date(2026, 3, 1), playbook, "0" * 32)
    assert [statement.id for statement in playbook.instrument.statements if f" {statement.id}: " not in wave] == []
    assert [measure.id for measure in playbook.measures if f" {measure.id}: " not in client] == []
    assert [step.id for step in playbook.buyer_steps if f" {step.id}: " not in client] == []


def test_the_reports_date_is_the_first_of_the_waves_month(tmp_path: Path, playbook: Playbook) -> None:
    _, wave, *_ = write_client(Start("acme", "2026-03"), tmp_path, playbook)
    assert "\nreport_date: 2026-03-01\n" in wave.read_text("utf-8")


def test_a_wave_named_otherwise_needs_a_date(tmp_path: Path, playbook: Playbook) -> None:
    with pytest.raises(UsageTrouble, match="--date"):
        write_client(Start("acme", "spring"), tmp_path, playbook)
    _, wave, *_ = write_client(Start("acme", "spring", report_date=date(2026, 4, 2)), tmp_path, playbook)
    assert "\nreport_date: 2026-04-02\n" in wave.read_text("utf-8")


def test_nothing_that_exists_is_overwritten(tmp_path: Path, playbook: Playbook) -> None:
    (tmp_path / "acme").mkdir()
    with pytest.raises(UsageTrouble, match="exists already"):
        write_client(Start("acme", "2026-03"), tmp_path, playbook)
    assert _names(tmp_path / "acme") == []


@pytest.mark.parametrize(
    "odd",
    [
        "",
        ".",
        "..",
        "../acme",
        "a/b",
        "a\\b",
        "/acme",
        "~",
        "-acme",
        "acme-",
        "Acme",
        "a b",
        "acme.",
        "acme ",
        "a:b",
        "a" * 65,
        "a\0b",
        "a\nb",
        "con",
        "nul",
        "aux",
        "prn",
        "com1",
        "lpt9",
        "nul.txt",
        "com¹",
        "straße",
        "é",
        "\u212a",
        "%2e%2e",
        "*",
        "$HOME",
        "${x}",
        "a;b",
        "'a'",
    ],
)
def test_an_odd_name_is_no_id(tmp_path: Path, playbook: Playbook, odd: str) -> None:
    for start in (Start(odd, "2026-03"), Start("acme", odd, report_date=date(2026, 3, 1))):
        with pytest.raises(UsageTrouble):
            write_client(start, tmp_path / "clients", playbook)
    assert not (tmp_path / "clients").exists()


# Checking and building


def test_the_check_for_programs_is_plain_ascii(tmp_path: Path, playbook: Playbook) -> None:
    folder = tmp_path / "acme"
    write_client(Start("acme", "2026-03"), tmp_path, playbook)
    (folder / "client.yaml").write_text(
        (folder / "client.yaml").read_text("utf-8").replace("same_site: unknown", 'same_site: "\\x1b\\x7f é"'), "utf-8"
    )
    text = as_json([check_client(folder, None, playbook)])
    assert all(" " <= sign <= "~" for sign in text)
    (flaw,) = json.loads(text)["clients"][0]["flaws"]
    assert flaw["file"].endswith("client.yaml")


@pytest.mark.parametrize("folder", _SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_builds_to_the_same_bytes_twice(folder: Path, tmp_path: Path, playbook: Playbook) -> None:
    first = build_client(folder, None, playbook, tmp_path / "first", Wanted(pdf=False))
    second = build_client(folder, None, playbook, tmp_path / "second", Wanted(pdf=False))
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]
    report = first.files[0].read_bytes()
    assert report == write.as_json(json.loads(report))


def test_a_file_of_an_earlier_build_that_is_not_made_again_is_removed(tmp_path: Path, playbook: Playbook) -> None:
    built = build_client(_SAMPLES[0], None, playbook, tmp_path, Wanted(pdf=False, print_page=True))
    folder = built.files[0].parent
    assert _names(folder) == ["playbook.html", "print.html", "report.json"]
    (folder / "playbook.pdf").write_bytes(b"of an earlier build")
    build_client(_SAMPLES[0], None, playbook, tmp_path, Wanted(pdf=False))
    assert _names(folder) == ["playbook.html", "report.json"]


# The machine


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"ID": "debian"}, "apt-get"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt-get"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf"),
        ({"ID": "fedora"}, "dnf"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "zypper"),
        ({"ID": "something"}, "package manager"),
        ({}, "package manager"),
    ],
)
def test_the_cure_is_the_systems_own_command(release: dict[str, str], expected: str) -> None:
    assert expected in cure_for(family(release))


@pytest.mark.parametrize(("system", "expected"), [("darwin", "brew install pango"), ("windows", "pacman -S")])
def test_other_systems_have_their_own_cure(system: str, expected: str) -> None:
    assert expected in cure_for(system)


def test_a_second_run_into_the_same_folder_ends_with_75_and_writes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with held(output):
        second = subprocess.run(
            [
                sys.executable,
                "-m",
                "alignment_report",
                "build",
                str(ROOT / "configs/clients/fennel-and-rye"),
                "--no-pdf",
                "--output",
                str(output),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
    assert second.returncode == 75
    assert "Another run is building into" in second.stderr
    assert [path.name for path in output.iterdir()] == [".lock"]


def test_a_lock_left_by_a_killed_run_holds_nobody_up(tmp_path: Path) -> None:
    script = f"import os, signal; from pathlib import Path\nfrom alignment_report.building.holding import held\nwith held(Path({str(tmp_path)!r})): os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == -signal.SIGKILL
    with held(tmp_path):
        pass


def test_letters_the_typeface_lacks_are_told_where_they_stand_and_only_the_pdf_needs_them(tmp_path: Path, playbook: Playbook) -> None:
    folder = tmp_path / "fennel-and-rye"
    shutil.copytree(ROOT / "configs/clients/fennel-and-rye", folder)
    text = (folder / "client.yaml").read_text(encoding="utf-8")
    (folder / "client.yaml").write_text(text.replace("name: Fennel & Rye", "name: Fennel 公司 & Rye"), encoding="utf-8")
    row = 1 + text[: text.index("name: Fennel & Rye")].count("\n")
    with pytest.raises(FlawedInput) as flawed:
        build_client(folder, None, playbook, tmp_path / "output")
    (flaw,) = flawed.value.flaws
    assert (flaw.line, flaw.column) == (row, len("  name: Fennel ") + 1)
    assert "U+516C" in flaw.says
    assert not (tmp_path / "output").exists()
    assert {path.name for path in build_client(folder, None, playbook, tmp_path / "output", Wanted(pdf=False)).files} == {
        "report.json",
        "playbook.html",
    }


def test_a_letter_of_a_comment_that_the_typeface_lacks_is_told_by_its_place_alone(tmp_path: Path, playbook: Playbook) -> None:
    folder = tmp_path / "marlow-cooling"
    shutil.copytree(ROOT / "configs" / "clients" / "marlow-cooling", folder)
    wave = folder / "assessments" / "2026-03.yaml"
    lines = wave.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.lstrip().startswith("verbatim: approved")) - 1
    lines[at] = '    comment: "张 wrote the plan for the fair."'
    wave.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(FlawedInput) as raised:
        build_client(folder, None, playbook, tmp_path / "output")
    (flaw,) = raised.value.flaws
    assert (flaw.file, flaw.line, flaw.column) == (str(wave), at + 1, 15)
    assert "张" not in str(flaw)
    assert "5F20" not in str(flaw)
