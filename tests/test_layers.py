"""Imports run one way, and the pure rooms stay pure."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import alignment_report

_ROOT = Path(alignment_report.__file__).parent
_NAME = "alignment_report"
_LEAVES = {"errors", "resources", "provenance", ""}
_MAY_IMPORT = {
    "model": set(),
    "analysis": {"model"},
    "reading": {"analysis", "model"},
    "rendering": {"analysis", "model"},
    "gate": {"rendering", "analysis", "model"},
    "history": set(),
    "building": {"gate", "reading", "rendering", "history", "analysis", "model"},
    "cli": {"building", "gate", "reading", "rendering", "history", "analysis", "model"},
    "__main__": {"cli"},
}
_FILES = sorted(path for path in _ROOT.rglob("*.py") if "shipped" not in path.parts)


def _imports(path: Path) -> Iterator[str]:
    """The dotted names a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import with its full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(path: Path) -> str:
    first = path.relative_to(_ROOT).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def _rooms_imported(path: Path) -> set[str]:
    inside = {name for name in _imports(path) if name.split(".")[0] == _NAME}
    rooms = {name.split(".")[1] for name in inside if "." in name}
    return {room if (_ROOT / room).is_dir() or (_ROOT / f"{room}.py").is_file() else "" for room in rooms}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: str(path.relative_to(_ROOT)))
def test_a_file_imports_only_from_rooms_below_its_own(path: Path) -> None:
    room = _room(path)
    allowed = {""} if room in _LEAVES else _MAY_IMPORT[room] | _LEAVES | {room}
    assert _rooms_imported(path) <= allowed


@pytest.mark.parametrize(
    "path", [path for path in _FILES if _room(path) in {"model", "analysis"}], ids=lambda path: str(path.relative_to(_ROOT))
)
def test_model_and_analysis_import_the_standard_library_and_each_other_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in _imports(path)}
    assert tops <= sys.stdlib_module_names | {_NAME}
    assert _rooms_imported(path) <= {"model", "analysis"}


@pytest.mark.parametrize(
    "path", [path for path in _FILES if _room(path) in {"model", "analysis"}], ids=lambda path: str(path.relative_to(_ROOT))
)
def test_model_and_analysis_touch_no_disk_clock_chance_or_terminal(path: Path) -> None:
    outside = {"os", "io", "pathlib", "shutil", "tempfile", "random", "secrets", "time", "logging", "subprocess", "socket", "sys"}
    assert not {name.split(".")[0] for name in _imports(path)} & outside
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"print", "open", "input", "exit"}


def test_only_commands_print() -> None:
    printing = [
        path
        for path in _FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
