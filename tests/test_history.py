"""What the colophon says about a folder's history, on real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from alignment_report.history import revision
from alignment_report.provenance import UNVERSIONED, Revision

_IDENTITY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *_IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A committed client's folder beside a file that was committed later."""
    folder = tmp_path / "studio" / "acme"
    (folder / "assessments").mkdir(parents=True)
    (folder / "client.yaml").write_text("client: acme\n")
    (folder / "assessments" / "2026-03.yaml").write_text("wave: 2026-03\n")
    _git(folder.parent, "init", "--quiet")
    _git(folder.parent, "add", ".")
    _git(folder.parent, "commit", "--quiet", "--message", "Acme")
    (folder.parent / "notes.txt").write_text("later\n")
    _git(folder.parent, "add", ".")
    _git(folder.parent, "commit", "--quiet", "--message", "Notes")
    return folder


def _touched_by(client: Path) -> str:
    return _git(client, "rev-parse", "HEAD~1")[:12]


def test_the_revision_is_the_commit_that_last_touched_the_folder(client: Path) -> None:
    assert revision(client) == Revision(_touched_by(client), changed=False)


def test_it_is_the_same_on_a_detached_head(client: Path) -> None:
    _git(client, "checkout", "--quiet", "--detach", "HEAD")
    assert revision(client) == Revision(_touched_by(client), changed=False)


def test_an_edited_file_is_a_change(client: Path) -> None:
    (client / "client.yaml").write_text("client: acme # edited\n")
    assert revision(client) == Revision(_touched_by(client), changed=True)


def test_a_removed_file_is_a_change(client: Path) -> None:
    (client / "client.yaml").unlink()
    assert revision(client).changed


def test_a_yaml_file_that_was_never_committed_is_a_change(client: Path) -> None:
    (client / "assessments" / "2026-09.yaml").write_text("wave: 2026-09\n")
    assert revision(client).changed


@pytest.mark.parametrize("name", ["logo.svg", "logo.PNG", "fonts/brand-400.ttf", "templates/sections/risks.html.j2"])
def test_what_a_theme_uses_and_was_never_committed_is_a_change(client: Path, name: str) -> None:
    (client / name).parent.mkdir(parents=True, exist_ok=True)
    (client / name).write_text("x")
    assert revision(client).changed


def test_a_link_in_place_of_a_committed_file_is_a_change(client: Path) -> None:
    (client / "client.yaml").rename(client.parent / "elsewhere.yaml")
    (client / "client.yaml").symlink_to("../elsewhere.yaml")
    assert revision(client).changed


def test_the_record_of_deliveries_is_neither_a_change_nor_a_revision(client: Path) -> None:
    touched = _touched_by(client)
    (client / "deliveries.yaml").write_text("deliveries:\n")
    assert revision(client) == Revision(touched, changed=False)
    _git(client, "add", ".")
    _git(client, "commit", "--quiet", "--message", "Delivered")
    assert revision(client) == Revision(touched, changed=False)
    (client / "deliveries.yaml").write_text("deliveries: {}\n")
    assert revision(client) == Revision(touched, changed=False)
    (client / "assessments" / "deliveries.yaml").write_text("wave: deliveries\n")
    assert revision(client).changed


def test_another_file_beside_the_folder_is_no_change(client: Path) -> None:
    (client.parent / "notes.txt").write_text("changed\n")
    (client / ".DS_Store").write_bytes(b"\0")
    assert not revision(client).changed


def test_other_line_ends_are_no_change(client: Path) -> None:
    (client / "client.yaml").write_bytes(b"client: acme\r\n")
    assert not revision(client).changed


def test_a_folder_outside_of_a_repository_is_unversioned(tmp_path: Path) -> None:
    assert revision(tmp_path) == UNVERSIONED


def test_a_repository_without_a_commit_is_unversioned(tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    assert revision(tmp_path) == UNVERSIONED


def test_a_folder_that_was_never_committed_is_unversioned(client: Path) -> None:
    other = client.parent / "other"
    other.mkdir()
    (other / "client.yaml").write_text("client: other\n")
    assert revision(other) == UNVERSIONED


def test_a_folder_that_is_not_there_is_unversioned(tmp_path: Path) -> None:
    assert revision(tmp_path / "nowhere") == UNVERSIONED


def test_without_git_everything_is_unversioned(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(client))
    assert revision(client) == UNVERSIONED


def test_a_history_cut_off_before_the_folder_was_touched_is_unversioned(client: Path, tmp_path: Path) -> None:
    _git(tmp_path, "clone", "--quiet", "--depth=1", client.parent.as_uri(), "shallow")
    assert revision(tmp_path / "shallow" / "acme") == UNVERSIONED


def test_a_history_cut_off_after_it_is_enough(client: Path, tmp_path: Path) -> None:
    (client / "client.yaml").write_text("client: acme # edited\n")
    _git(client, "commit", "--quiet", "--all", "--message", "Edited")
    _git(tmp_path, "clone", "--quiet", "--depth=2", client.parent.as_uri(), "shallow")
    assert revision(tmp_path / "shallow" / "acme") == Revision(_git(client, "rev-parse", "HEAD")[:12], changed=False)


def test_variables_of_the_environment_do_not_point_git_elsewhere(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched = _touched_by(client)
    monkeypatch.setenv("GIT_DIR", str(client / "nowhere"))
    assert revision(client) == Revision(touched, changed=False)


@pytest.mark.skipif(os.name == "nt", reason="the planted program is a shell script")
@pytest.mark.parametrize(
    "planted",
    [
        ("core.fsmonitor", "{program}"),
        ("core.pager", "{program}"),
        ("diff.external", "{program}"),
        ("gpg.program", "{program}"),
        ("core.hooksPath", "{folder}"),
        ("filter.planted.clean", "{program}"),
        ("core.sshCommand", "{program}"),
    ],
)
def test_no_program_named_in_the_repository_is_run(client: Path, tmp_path: Path, planted: tuple[str, str]) -> None:
    marker, hooks = tmp_path / "marker", tmp_path / "hooks"
    hooks.mkdir()
    for name in ("program", "post-checkout", "post-index-change", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{marker}'\n")
        (hooks / name).chmod(0o755)
    (client / ".gitattributes").write_text("*.yaml filter=planted diff=planted\n")
    _git(client, "config", "log.showSignature", "true")
    _git(client, "config", planted[0], planted[1].format(program=hooks / "program", folder=hooks))
    (client / "client.yaml").write_text("client: acme # edited\n")
    found = revision(client)
    assert found.changed
    assert not marker.exists()


def test_a_folder_named_like_an_option_writes_nothing(client: Path, tmp_path: Path) -> None:
    odd = client.parent / "--output=planted"
    client.rename(odd)
    _git(odd.parent, "add", ".")
    _git(odd.parent, "commit", "--quiet", "--message", "Renamed")
    assert revision(odd) == Revision(_git(odd, "rev-parse", "HEAD")[:12], changed=False)
    assert not list(tmp_path.rglob("planted"))
