"""Compiled templates kept beside their sources."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from alignment_report.rendering.compiled import BesideTemplates


@pytest.fixture(autouse=True)
def _bytecode_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def environment(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), bytecode_cache=BesideTemplates(folder), autoescape=True)


def rendered(folder: Path) -> str:
    return environment(folder).get_template("page.j2").render(name="Ann")


def test_a_template_is_kept_compiled_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text("Hello {{ name }}")
    assert rendered(tmp_path) == "Hello Ann"
    (kept,) = (tmp_path / "__pycache__").iterdir()
    before = kept.read_bytes()
    assert rendered(tmp_path) == "Hello Ann"
    assert kept.read_bytes() == before


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text("Hello {{ name }}")
    rendered(tmp_path)
    (tmp_path / "page.j2").write_text("Bye {{ name }}")
    assert rendered(tmp_path) == "Bye Ann"


@pytest.mark.parametrize("damage", [b"", b"j2", b"nonsense"])
def test_a_damaged_file_is_compiled_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "page.j2").write_text("Hello {{ name }}")
    rendered(tmp_path)
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(damage or kept.read_bytes()[:-40])
    assert rendered(tmp_path) == "Hello Ann"


def test_every_shortened_file_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text("Hello {{ name }}")
    rendered(tmp_path)
    (kept,) = (tmp_path / "__pycache__").iterdir()
    whole = kept.read_bytes()
    for length in range(0, len(whole), 7):
        kept.write_bytes(whole[:length])
        assert rendered(tmp_path) == "Hello Ann"


def test_where_the_folder_cannot_be_written_to_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file in the way")
    (tmp_path / "page.j2").write_text("Hello {{ name }}")
    assert rendered(tmp_path) == "Hello Ann"


def test_nothing_is_kept_where_python_keeps_no_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    page = Environment(loader=DictLoader({"page.j2": "Hello {{ name }}"}), bytecode_cache=BesideTemplates(tmp_path), autoescape=True)
    assert page.get_template("page.j2").render(name="Ann") == "Hello Ann"
    assert not (tmp_path / "__pycache__").exists()
