"""The command line as a person or a program meets it: a real process, its output and its exit code."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from alignment_report.cli.main import COMMANDS, alignment_report, main

_ROOT = Path(__file__).parent.parent
_SAMPLE = _ROOT / "configs" / "clients" / "marlow-cooling"
_PROGRAM = (sys.executable, "-m", "alignment_report")
_HEAVY = {"yaml", "pydantic", "pydantic_core", "jinja2", "babel", "weasyprint"}
_UNSAFE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")


def _run(*arguments: str, folder: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", **more}
    return subprocess.run(
        [*_PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, those of groups included."""
    context = click.Context(alignment_report)
    for name in alignment_report.list_commands(context):
        command = alignment_report.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())


@pytest.fixture
def new_client(tmp_path: Path) -> Path:
    made = _run("new", "acme", "--wave", "2026-03", "--folder", ".", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    return tmp_path / "acme"


# Help


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["playbook", "check", "--help"]], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    code = f"import sys; from alignment_report.cli.main import main; code = main({arguments!r}); print(code, *sorted(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(_ROOT)}, capture_output=True, text=True, check=True
    )
    code_and_modules = told.stdout.splitlines()[-1].split()
    assert code_and_modules[0] == "0"
    assert not {module.split(".")[0] for module in code_and_modules[1:]} & _HEAVY


def test_the_list_of_commands_imports_none_of_them(tmp_path: Path) -> None:
    code = "import sys; from alignment_report.cli.main import main; main(['--help']); print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(_ROOT)}, capture_output=True, text=True, check=True
    )
    assert not {f"alignment_report.cli.{name}" for name in COMMANDS} & set(told.stdout.splitlines()[-1].split())
    assert all(about in told.stdout for about in COMMANDS.values())


def test_every_command_and_option_is_described_in_the_docs() -> None:
    described = (_ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, command in _commands():
        assert f"`{name}" in described, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                section = described if " " in name else described.split(f"\n## {name}\n")[1].split("\n## ")[0]
                assert all(option in section for option in parameter.opts), (name, parameter.opts)


def test_every_command_and_option_says_what_it_does() -> None:
    for name, command in _commands():
        assert command.help, name
        assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option)), name


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Usage"),
        (["biuld"], "Did you mean 'build'?"),
        (["build"], "CLIENT"),
        (["build", "--wve", "1", "acme"], "--wave"),
        (["build", "nowhere"], "no such folder"),
        (["build", "."], "no client.yaml"),
        (["check", "nowhere"], "no such folder"),
        (["new", "Acme", "--wave", "2026-03"], "cannot be an id"),
        (["new", "acme"], "--wave"),
        (["playbook", "check", "nowhere"], "no such folder"),
        (["playbook", "check", "."], "no playbook"),
        (["explain", "nowhere", "stage"], "no such folder"),
        (["deliver", "nowhere", "2026-03", "--date", "2026-03-27"], "no such folder"),
        (["deliver", str(_SAMPLE), "2020-01", "--date", "2026-03-27"], "There is no wave '2020-01'"),
        (["deliver", str(_SAMPLE), "2026-03"], "--date"),
        (["deliver", str(_SAMPLE), "2026-03", "--date", "27.3.2026"], "--date"),
        (["purge", "nowhere", "--all", "--yes"], "no such folder"),
        (["purge", str(_SAMPLE)], "--respondent"),
        (["purge", str(_SAMPLE), "--respondent", "nobody"], "no wave has a respondent `nobody`"),
        (["purge", str(_SAMPLE), "--all"], "--yes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_command_line_ends_with_2_and_writes_nothing(arguments: list[str], says: str, tmp_path: Path) -> None:
    told = _run(*arguments, folder=tmp_path)
    assert told.returncode == 2
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_new_client_passes_the_check(new_client: Path) -> None:
    told = _run("check", "acme", folder=new_client.parent)
    assert (told.returncode, told.stdout, told.stderr) == (0, "acme: no flaws (checked: 2026-03)\n", "")


def test_a_flawed_client_ends_with_1_and_says_where(new_client: Path) -> None:
    client = new_client / "client.yaml"
    lines = client.read_text("utf-8").splitlines()
    at = lines.index("  same_site: unknown")
    lines[at] = "  same_site: maybe"
    client.write_text("\n".join(lines) + "\n", "utf-8")
    told = _run("check", "acme", folder=new_client.parent)
    assert told.returncode == 1
    assert re.search(rf"^acme[/\\]client\.yaml:{at + 1}:14: ", told.stdout)
    told = _run("check", "--format", "json", "acme", folder=new_client.parent)
    (flaw,) = json.loads(told.stdout)["clients"][0]["flaws"]
    assert (told.returncode, flaw["line"], flaw["column"]) == (1, at + 1, 14)


def test_a_flawed_client_does_not_cost_the_others(new_client: Path) -> None:
    assert _run("new", "other", "--wave", "2026-03", "--folder", ".", folder=new_client.parent).returncode == 0
    (new_client / "client.yaml").write_text("client: acme\n")
    told = _run("build", "--no-pdf", "acme", "other", folder=new_client.parent)
    assert told.returncode == 1
    assert "acme" in told.stderr
    assert told.stdout.endswith("1 of 2 clients built.\n")
    assert sorted(path.name for path in (new_client.parent / "output").rglob("[!.]*.*")) == ["playbook.html", "report.json"]


def test_the_shipped_knowledge_has_no_flaws(tmp_path: Path) -> None:
    told = _run("playbook", "check", folder=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "no flaws" in told.stdout


def test_the_sample_builds_to_three_files(tmp_path: Path) -> None:
    told = _run("build", str(_SAMPLE), folder=tmp_path)
    assert told.returncode == 0, told.stderr
    folder = next((tmp_path / "output" / "marlow-cooling").iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["playbook.html", "playbook.pdf", "report.json"]


def test_without_the_libraries_of_the_pdf_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "cffi").mkdir()
    (tmp_path / "cffi" / "__init__.py").write_text(
        "class FFI:\n    RTLD_NOW = 0\n    def cdef(self, *_, **__): pass\n    def dlopen(self, *_): raise OSError(_SAYS)\n"
        "_SAYS = \"cannot load library 'libpango-1.0-0': libpango-1.0-0: no such file.  Additionally, find_library() found nothing\"\n"
    )
    told = _run("build", str(_SAMPLE), folder=tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{_ROOT}")
    assert told.returncode == 3
    assert sorted(path.name for path in (tmp_path / "output").rglob("[!.]*.*")) == ["playbook.html", "report.json"]
    assert told.stderr == (
        "No PDF was made. PDF files need WeasyPrint with Pango, and the library libpango-1.0-0 cannot be loaded. "
        "`alignment-report doctor` says how to get what is missing.\n"
    )


@pytest.mark.parametrize(
    ("id", "says"), [("verdict", "Verdict"), ("shorter-life-cycles", "client.yaml:"), ("co-location", "ruled out by the engagement")]
)
def test_explain_says_why(id: str, says: str, tmp_path: Path) -> None:
    told = _run("explain", str(_SAMPLE), id, folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert says in told.stdout


def test_explain_knows_what_it_does_not_know(tmp_path: Path) -> None:
    told = _run("explain", str(_SAMPLE), "nonsense", folder=tmp_path)
    assert (told.returncode, told.stdout) == (2, "")
    assert "nonsense" in told.stderr


def test_schemas_are_written_for_the_editor(tmp_path: Path) -> None:
    told = _run("schema", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    written = [tmp_path / line for line in told.stdout.splitlines()]
    assert written
    assert all(json.loads(path.read_text("utf-8"))["$schema"] for path in written)


def test_the_doctor_finds_this_machine_fit(tmp_path: Path) -> None:
    told = _run("doctor", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert re.search("^Pango +lib", told.stdout, re.MULTILINE)


def test_an_unknown_error_is_one_line_without_its_own_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        raise KeyError("an answer of somebody")

    monkeypatch.setattr("alignment_report.building.machine.parts", broken)
    monkeypatch.delenv("ALIGNMENT_REPORT_DEBUG", raising=False)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "KeyError in test_cli.py" in told
    assert "somebody" not in told


def test_an_unknown_error_is_shown_whole_on_demand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("alignment_report.building.machine.parts", lambda: 1 / 0)
    monkeypatch.setenv("ALIGNMENT_REPORT_DEBUG", "1")
    assert main(["doctor"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, click.Abort])
def test_an_interrupted_run_ends_with_130(interruption: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise interruption

    monkeypatch.setattr("alignment_report.building.machine.parts", interrupted)
    assert main(["doctor"]) == 130


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_run_that_is_told_to_end_ends_with_143(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alignment_report.building.machine.parts", lambda: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert main(["doctor"]) == 143
    finally:
        signal.signal(signal.SIGTERM, before)


# Output


@pytest.mark.parametrize("odd", ["\x1b]0;title\x07", "a\rb", "a\nacme: no flaws", "\x9b31m", "\u202egnp"])
def test_nothing_in_an_argument_can_command_the_terminal(odd: str, tmp_path: Path) -> None:
    for arguments in (["build", odd], ["new", odd, "--wave", "2026-03"], [odd], ["build", f"--{odd}"]):
        told = _run(*arguments, folder=tmp_path)
        assert told.returncode == 2
        assert not _UNSAFE.search(told.stdout + told.stderr)
        assert "\nacme: no flaws" not in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell's redirections")
@pytest.mark.parametrize("arguments", ["doctor", "--help", "build --help"])
@pytest.mark.parametrize(("redirection", "code"), [(">&-", 0), ("| true; exit ${PIPESTATUS[0]}", 0), ("> /dev/full", 3)])
def test_an_output_that_cannot_be_written_gives_no_traceback(arguments: str, redirection: str, code: int, tmp_path: Path) -> None:
    if "/dev/full" in redirection and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = f"'{sys.executable}' -m alignment_report {arguments} {redirection}"
    told = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(_ROOT)}, capture_output=True, text=True, check=False
    )
    assert told.returncode == code
    assert "Traceback" not in told.stderr
    assert "Exception ignored" not in told.stderr


def test_a_terminal_that_knows_few_letters_is_no_trouble(tmp_path: Path) -> None:
    told = _run("new", "ä", "--wave", "2026-03", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert told.returncode == 2
    assert "\\xe4" in told.stderr
