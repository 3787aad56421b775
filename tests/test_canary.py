"""Marks planted in everything that is confidential: none of them comes out of any command, in any file it writes, or in a name of one."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pikepdf
import pytest
import yaml
from jinja2 import Template
from readback import pypdf_pages, uncompressed
from samples import CLIENTS, case, document, report

from alignment_report.building.checking import as_json, check_client
from alignment_report.building.explain import explain
from alignment_report.building.knowledge import knowledge
from alignment_report.model import assessment as assessment_model
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.templates import environment

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "alignment_report")
MARK = "zqxjkvwb"
"""No word of any language, and too long to stand in packed bytes by chance: wherever it is, it was carried there from a planted place."""


# The planted clients


@cache
def _waves_of(client: str) -> tuple[dict[str, Any], ...]:
    """Every wave of a sample, oldest first."""
    files = sorted((ROOT / "configs" / "clients" / client / "assessments").glob("*.yaml"))
    return tuple(dict(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)) for file in files)


class _Plain(yaml.SafeDumper):
    """Writes a number as it was read, without quotes."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def planted(client: str, place: Path) -> Path:
    """A sample client whose confidential places all hold a mark of their own; the approved comments hold some among plain words."""
    folder = place / client
    (folder / "assessments").mkdir(parents=True)
    source = ROOT / "configs" / "clients" / client
    (folder / "client.yaml").write_text((source / "client.yaml").read_text("utf-8") + f"\n# {MARK}note in the client's file\n", "utf-8")
    for read in _waves_of(client):
        wave = {**read, "redact": [f"{MARK.title()}a Novakova", f"{MARK.title()}nick", f"Project {MARK.title()}falcon"]}
        wave["respondents"] = {f"{MARK}id{n}": _speaking(person, n, wave) for n, person in enumerate(wave["respondents"].values())}
        text = yaml.dump(wave, Dumper=_Plain, allow_unicode=True, sort_keys=False)
        file = folder / "assessments" / f"{wave['wave']}.yaml"
        file.write_text(f"# {MARK}first line\n{text}# {MARK}last line\n", "utf-8")
    return folder


def _speaking(person: dict[str, Any], place: int, wave: dict[str, Any]) -> dict[str, Any]:
    named = wave["confidentiality"]["mode"] == "named"
    said = {key: value for key, value in person.items() if key not in ("comment", "verbatim")}
    if place % 2 or named or person["function"] == "leadership":
        return {**said, "comment": f"{MARK}word{place} said {MARK}name to {MARK}{place}@firm.example"}
    quote = (
        f"Plan {place} waits for {MARK.upper()}A NOVAKOVA, {MARK.title()}nick's friend of {MARK}falcon, {MARK}{place}@firm.example, @{MARK}"
    )
    return {**said, "comment": f"{quote}, {MARK}id{place} and www.{MARK}.example", "verbatim": "approved"}


@dataclass(frozen=True)
class Run:
    """What a process said and every file it left: in its own folder, its home and its folder for temporary files."""

    code: int
    told: str
    place: Path

    def marked(self) -> list[str]:
        """Where a mark is found: in what was told, in a file's name, in a file, unpacked as far as it can be."""
        found = ["what was told"] if MARK in self.told.lower() else []
        for path in sorted(self.place.rglob("*")):
            if MARK in str(path.relative_to(self.place)).lower():
                found.append(f"the name {path.name}")
            if path.is_file() and MARK in _everything(path).lower():
                found.append(str(path.relative_to(self.place)))
        return found


def _everything(path: Path) -> str:
    raw = path.read_bytes().decode("latin-1")
    raw += "".join(b64decode(packed).decode("latin-1") for packed in re.findall(r";base64,([A-Za-z0-9+/=]+)", raw))
    if path.suffix != ".pdf":
        return raw
    with pikepdf.open(path) as pdf:
        return "\n".join([raw, uncompressed(pdf).decode("latin-1"), *pypdf_pages(path)])


def run(place: Path, *arguments: str | Path) -> Run:
    """The program in a folder of its own, with HOME and the temporary folders inside it and everything else it may keep."""
    process = started(place, *arguments)
    told, _ = process.communicate(timeout=300)
    return Run(process.returncode, told, place)


def started(place: Path, *arguments: str | Path, program: tuple[str, ...] = PROGRAM) -> "subprocess.Popen[str]":
    homes = {
        name: place / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    }
    for folder in (place, *homes.values()):
        folder.mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if key not in ("ALIGNMENT_REPORT_DEBUG", "TEMP", "TMP")}
    environment = {**kept, **{name: str(folder) for name, folder in homes.items()}, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [*program, *map(str, arguments)], cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )


# What is searched for can be found


def test_the_marks_stand_in_the_input_and_a_playbook_that_carried_one_would_be_found(tmp_path: Path) -> None:
    folder = planted("marlow-cooling", tmp_path / "in")
    written = "".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    assert written.lower().count(MARK) > 100
    client = folder / "client.yaml"
    client.write_text(client.read_text("utf-8").replace("name: Marlow Cooling", f"name: Marlow {MARK}"), "utf-8")
    built = run(tmp_path / "out", "build", folder, "--output", "output", "--keep-print-html")
    assert built.code == 0
    here = "output/marlow-cooling/2026-03"
    assert {f"{here}/{name}" for name in ("report.json", "playbook.html", "playbook.pdf", "print.html")} <= set(built.marked())


# Commands that succeed


QUICK = ("marlow-cooling", "brightwater-clinics")
"""One that quotes comments, one of named heads."""


@pytest.mark.parametrize("client", [c if c in QUICK else pytest.param(c, marks=pytest.mark.slow) for c in CLIENTS])
def test_no_mark_is_in_any_file_or_word_of_a_build(client: str, tmp_path: Path) -> None:
    folder = planted(client, tmp_path / "in")
    built = run(tmp_path / "out", "build", folder, "--output", "output", "--keep-print-html")
    assert (built.code, built.marked()) == (0, [])
    quotes = next(s for s in _json(built)["sections"] if s["id"] == "perception")["quotes"]
    assert (quotes is not None) == _is_quoted(client)
    assert _marked_templates() == []


def _is_quoted(client: str) -> bool:
    wave = _waves_of(client)[-1]
    people = [person for person in wave["respondents"].values() if person["function"] != "leadership"]
    return wave["confidentiality"]["mode"] == "anonymous" and len(people) >= 10


def _json(built: Run) -> Any:
    (file,) = (built.place / "output").rglob("report.json")
    return yaml.safe_load(file.read_text("utf-8"))


def _marked_templates() -> list[Path]:
    """Compiled templates, kept from run to run, that hold a mark."""
    return [path for path in (ROOT / "templates").rglob("*") if path.is_file() and MARK.encode() in path.read_bytes().lower()]


@pytest.mark.parametrize("client", QUICK)
def test_no_mark_is_in_what_check_and_explain_say(client: str, tmp_path: Path) -> None:
    folder = planted(client, tmp_path / "in")
    told = run(tmp_path / "out", "check", folder)
    assert (told.code, told.marked()) == (0, [])
    found = document(client)
    ids = [
        "stage",
        "verdict",
        "calm-meetings",
        *(r["id"] for s in found["sections"] for r in [*s.get("findings", []), *s.get("cards", [])]),
    ]
    told = run(tmp_path / "out", "explain", folder, ids[0])
    assert (told.code, told.marked()) == (0, [])
    told = run(tmp_path / "out", "explain", folder, "no-such-id")
    assert (told.code, told.marked()) == (2, [])
    for id in ids:
        assert MARK not in explain(folder, None, ROOT / "configs" / "playbook", id).replace(str(folder), "").lower(), id
    assert len(ids) > 10


@pytest.mark.parametrize("client", CLIENTS)
def test_no_digest_of_an_id_a_name_or_a_comment_is_printed(client: str) -> None:
    """Whoever has the roster can make every usual digest of it; what is printed holds none."""
    wave = case(client).assessment
    known = [text for p in wave.respondents for text in (p.id, p.comment) if text] + list(wave.redact)
    digests = [hashlib.new(name, text.encode(), usedforsecurity=False) for text in known for name in ("md5", "sha1", "sha256", "sha512")]
    printed = json.dumps(document(client)).lower() + screen_page(document(client)).lower()
    assert [one for one in digests if one.hexdigest()[:12] in printed or b64encode(one.digest()).decode().lower()[:16] in printed] == []


# Commands that fail


_STATEMENT, _TRAP = "calm-meetings", f"{MARK}answer"
BAD_ANSWERS = (
    _TRAP, f"'{_TRAP}'", f'"{_TRAP}"', f"[{_TRAP}]", f"{{{_TRAP}: 1}}", f"!{_TRAP} 3", f"&{_TRAP} 3", f"*{_TRAP}", f"! {_TRAP}", f"3 {_TRAP}",
    f"3.{_TRAP}", f"-{_TRAP}", f"3 # {_TRAP}\n        bad", f"|\n        {_TRAP}", f">-\n        {_TRAP}", f"'{_TRAP}", f'"{_TRAP}', f"[{_TRAP}",
    f"{{{_TRAP}", f"{_TRAP}: 3", f"%{_TRAP}", f"@{_TRAP}", f"`{_TRAP}`", f'"\\q{_TRAP}"', f'"\\u0007{_TRAP}"', f"\t{_TRAP}", f"? {_TRAP}",
    f"- {_TRAP}", f"<<: {_TRAP}", f"3\n      {_TRAP}: 4", f"3\n      {_TRAP}", f"3\n    {_TRAP}: 4", f"3\n   {_TRAP}: 4", f"3\n  {_TRAP}: x",
    f"3\n  {_TRAP}: {{function: sales}}", f"3\n{_TRAP}: 4", f"3\n{_TRAP}", f"3\n---\n{_TRAP}: 1", f"3\n...\n{_TRAP}", f"3\n      calm-meetings: {_TRAP}",
    f"3\n    level: {_TRAP}", f"3\n    verbatim: {_TRAP}", f"3\n    function: {_TRAP}", f"3\n    comment: [{_TRAP}]", f"3\n    comment: *{_TRAP}",
    f"3\n    comment: since I joined {_TRAP}\n    verbatim: approved", f"3\n    comment: {_TRAP * 90}\n    verbatim: approved",
    f"3\n    coment: {_TRAP}", f"3\n    '{_TRAP}\u0301': 1", f"3\n    \u00a0{_TRAP}: 1", f"3\n    {_TRAP} 1", f"99{_TRAP}", f"dont-know-{_TRAP}",
)  # fmt: skip


def test_there_are_fifty_flawed_answers() -> None:
    assert len(set(BAD_ANSWERS)) >= 50


def test_no_message_about_a_flawed_answer_repeats_it(tmp_path: Path) -> None:
    folder = planted("harrow-pumps", tmp_path / "in")
    (file,) = (folder / "assessments").glob("*.yaml")
    original = file.read_text("utf-8")
    silent, repeated = [], []
    for bad in BAD_ANSWERS:
        file.write_text(_with_answer(original, bad), "utf-8")
        told = checked(folder)
        silent += [] if told else [bad]
        repeated += [(bad, line) for line in told if MARK in line.lower()]
    assert (silent, repeated) == ([], [])


def test_no_command_repeats_a_flawed_answer(tmp_path: Path) -> None:
    folder = planted("harrow-pumps", tmp_path / "in")
    (file,) = (folder / "assessments").glob("*.yaml")
    file.write_text(_with_answer(file.read_text("utf-8"), f"{_TRAP}\n      {_TRAP}: {_TRAP}"), "utf-8")
    for arguments in (["check"], ["check", "--format", "json"], ["build", "--output", "output"], ["build", "--no-pdf"]):
        told = run(tmp_path / "out", arguments[0], folder, *arguments[1:])
        assert (told.code, told.marked()) == (1, []), arguments
        assert str(file.name) in told.told
    assert run(tmp_path / "out", "explain", folder, "stage").marked() == []


def _with_answer(text: str, bad: str) -> str:
    changed, count = re.subn(rf"(\n      {_STATEMENT}:) \d", lambda found: f"{found[1]} {bad}", text, count=1)
    assert count == 1
    return changed


def checked(folder: Path) -> list[str]:
    """What `check` says of a folder, without the folder's own path."""
    result = check_client(folder, None, knowledge(None))
    lines = [*map(str, result.flaws), as_json([result])] if result.flaws else []
    return [line.replace(str(folder), "") for line in lines]


# A run that is killed


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills a process without its leave here")
@pytest.mark.parametrize("parts", [(4, 9), pytest.param(tuple(range(1, 24)), marks=pytest.mark.slow)], ids=["a few", "many"])
def test_what_a_killed_build_leaves_holds_no_mark(parts: tuple[int, ...], tmp_path: Path) -> None:
    """Killed after so many tenths (or, of many, twentieths) of the time that a whole build takes."""
    folder = planted("marlow-cooling", tmp_path / "in")
    began = time.monotonic()
    assert run(tmp_path / "whole", "build", folder, "--output", "output").code == 0
    takes = time.monotonic() - began
    for part in parts:
        process = started(tmp_path / f"killed{part}", "build", folder, "--output", "output", "--keep-print-html")
        time.sleep(takes * part / (10 if len(parts) < 10 else 20))
        process.kill()
        told, _ = process.communicate()
        assert Run(process.returncode, told, tmp_path / f"killed{part}").marked() == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills a process without its leave here")
def test_what_is_left_of_files_half_written_holds_no_mark(tmp_path: Path) -> None:
    """Killed by itself at the first rename, when every file lies there under its temporary name."""
    folder = planted("marlow-cooling", tmp_path / "in")
    code = (
        "import os, signal, sys; os.replace = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL); sys.dont_write_bytecode = True;"
        "from alignment_report.cli.main import main; main(sys.argv[1:])"
    )
    process = started(tmp_path / "out", "build", folder, "--output", "output", "--keep-print-html", program=(sys.executable, "-c", code))
    told, _ = process.communicate(timeout=300)
    run_of = Run(process.returncode, told, tmp_path / "out")
    left = sorted(path.name.split(".", 2)[1] for path in run_of.place.rglob("*.tmp"))
    assert (process.returncode, left, run_of.marked()) == (-signal.SIGKILL, ["playbook", "playbook", "print", "report"], [])


# What the rendering rooms are given


@pytest.mark.parametrize("client", QUICK)
def test_the_report_holds_no_respondent_and_no_raw_answer(client: str) -> None:
    """Walks every value the report consists of, whatever it is kept in."""
    kinds = {kind for kind in vars(assessment_model).values() if isinstance(kind, type) and is_dataclass(kind)} - {
        assessment_model.Confidentiality,
        assessment_model.Consent,
    }
    people = case(client).assessment.respondents
    answers = {id(person.answers) for person in people}
    own = {id(person.comment) for person in people if person.comment and not person.verbatim} | {id(person.id) for person in people}
    found = list(reachable(report(client)))
    assert [type(value).__name__ for value in found if type(value) in kinds or type(value).__name__ == "RespondentScore"] == []
    assert [value for value in found if id(value) in answers | own] == []
    assert len(found) > 1000


def reachable(value: object) -> Iterator[object]:
    """Every value within a value, each once: fields of records, entries, attributes; closures too."""
    waiting, seen = [value], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | ModuleType):
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, dict) or hasattr(one, "items"):
            waiting += [*one.keys(), *one.values()]  # type: ignore[attr-defined]
        elif isinstance(one, tuple | list | set | frozenset):
            waiting += one
        elif is_dataclass(one):
            waiting += [getattr(one, field.name) for field in fields(one)]
        elif callable(one):
            waiting += [cell.cell_contents for cell in getattr(one, "__closure__", None) or ()]
        elif hasattr(one, "__dict__"):
            waiting += vars(one).values()


@pytest.mark.parametrize("client", CLIENTS)
def test_the_document_consists_of_plain_data_alone(client: str) -> None:
    kinds = {type(value) for value in reachable(document(client))}
    assert kinds <= {dict, list, str, int, float, bool, type(None)}


@pytest.mark.parametrize("page", [screen_page, print_page])
def test_a_template_is_given_the_document_and_what_is_drawn_from_it(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a template of somebody's own prints, it finds nothing else: every name it can reach is looked at."""
    given: list[dict[str, Any]] = []
    render = Template.render

    def listening(template: Template, *mappings: Any, **names: Any) -> str:
        assert mappings == ()
        given.append({**template.globals, **names})
        return render(template, **names)

    monkeypatch.setattr(Template, "render", listening)
    page(document("marlow-cooling"))
    (names,) = given
    own = {name: value for name, value in names.items() if name not in environment().globals}
    assert set(own) <= {"document", "density", "drawings", "screen", "font_faces", "theme"}
    assert own["document"] is document("marlow-cooling")
    assert {type(value).__name__ for name in own for value in reachable(own[name])} <= {
        "dict", "list", "str", "int", "float", "bool", "NoneType", "Markup",
    }  # fmt: skip
    assert not [value for value in reachable(names) if type(value).__module__.startswith("alignment_report")]
