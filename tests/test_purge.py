"""A respondent's answers, or all of a client, deleted: nothing of them is left, and nothing else is touched."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from cases import law
from hypothesis import strategies as st

from alignment_report.analysis.digests import id_digest
from alignment_report.building.cutting import without_respondent
from alignment_report.building.removing import remove_folder
from alignment_report.cli.main import main
from alignment_report.errors import EnvironmentTrouble, FlawedInput
from alignment_report.reading.record import read_records
from alignment_report.reading.schema import schemas
from alignment_report.reading.yaml_tree import parse

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "configs" / "clients" / "fennel-and-rye"
WAVE = "2026-02"
MARKED = "r-zq-marker"
BLOCK = f"""\
  {MARKED}: # zq-marker-beside
    function: sales
    # zq-marker-between
    level: staff
    answers:
      forecast-accuracy: 2
      little-blame: 3 # zq-marker-answer

      shared-vocabulary: 2
    comment: >
      zq-marker-comment goes
      over two lines
      # zq-marker-after
"""


class Studio:
    """A client with a marked respondent, its outputs of a build and of a delivery beside it."""

    def __init__(self, place: Path, say: Callable[[], "pytest.CaptureResult[str]"]) -> None:
        self.client, self.output, self._say = place / "fennel-and-rye", place / "output", say
        shutil.copytree(SAMPLE, self.client)
        self.wave_file = self.client / "assessments" / f"{WAVE}.yaml"
        self.without = self.wave_file.read_bytes()
        text = self.without.decode().replace("sales: 7", "sales: 12")
        self.without = text.encode()
        start = text.index("  r-")
        self.wave_file.write_text(text[:start] + BLOCK + text[start:], "utf-8")
        key = re.search(r"key: '(\w+)'", text)
        assert key
        self.key = key[1]
        self.place = self.output / "fennel-and-rye" / WAVE
        (self.place / "delivered-2026-03-01").mkdir(parents=True)
        for folder in (self.place, self.place / "delivered-2026-03-01"):
            (folder / "report.json").write_text("zq-marker of an earlier run")

    def run(self, *arguments: object) -> tuple[int, str, str]:
        self._say()
        code = main([*map(str, arguments), "--output", str(self.output)])
        told = self._say()
        return code, told.out, told.err

    def purge(self, *more: object) -> tuple[int, str, str]:
        return self.run("purge", self.client, "--respondent", MARKED, *more)

    def document(self) -> bytes:
        assert self.run("build", self.client, "--no-pdf")[0] == 0
        return (self.place / "report.json").read_bytes()


@pytest.fixture
def studio(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Studio:
    return Studio(tmp_path, capfd.readouterr)


def _left(*folders: Path) -> list[Path]:
    """The files that hold the marker in their name or anywhere in their bytes."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if b"zq-marker" in path.read_bytes() or "zq-marker" in str(path)]


# A respondent


def test_no_marker_of_a_purged_respondent_is_left_and_the_rest_stays_to_the_byte(studio: Studio) -> None:
    assert len(_left(studio.client, studio.output)) == 3
    code, out, err = studio.purge()
    assert code == 0
    assert out == f"wave {WAVE}: the answers were removed and listed as purged\n  {studio.place}: removed\n"
    assert "What remains" in err
    assert _left(studio.client, studio.output) == []
    assert studio.wave_file.read_bytes() == studio.without
    assert not (studio.output / "fennel-and-rye").exists()


def test_the_list_of_the_purged_holds_keyed_digests_alone(studio: Studio) -> None:
    studio.purge()
    (wave,) = read_records(studio.client).purged
    assert (wave.id, wave.respondents) == (WAVE, (id_digest(MARKED, studio.key),))
    text = (studio.client / "purged.yaml").read_text("utf-8")
    assert studio.key not in text
    assert "\r" not in text
    jsonschema.Draft202012Validator(schemas()["purged.schema.json"]).validate(yaml.load(text, yaml.BaseLoader))
    assert main(["check", str(studio.client)]) == 0


def test_an_older_revision_does_not_bring_the_answers_back(studio: Studio) -> None:
    older = studio.wave_file.read_bytes()
    studio.purge()
    expected = studio.document()
    studio.wave_file.write_bytes(older)
    code, _, err = studio.run("build", studio.client, "--no-pdf")
    assert (code, err) == (
        0,
        f"fennel-and-rye, wave {WAVE}: the file of the wave holds answers that were purged. They were left out; run `purge` for them again.\n",
    )
    assert (studio.place / "report.json").read_bytes() == expected
    assert studio.purge()[0] == 0
    assert studio.wave_file.read_bytes() == studio.without


def test_flawed_answers_of_somebody_purged_stand_in_nobodys_way(studio: Studio) -> None:
    older = studio.wave_file.read_text("utf-8").replace("little-blame: 3 # zq", "little-blame: 33 # zq")
    studio.purge()
    studio.wave_file.write_text(older, "utf-8")
    assert studio.run("build", studio.client, "--no-pdf")[0] == 0


def test_an_older_revision_without_the_key_is_refused_not_trusted(studio: Studio) -> None:
    older = re.sub(r"  key: .*\n", "", studio.wave_file.read_text("utf-8"))
    studio.purge()
    for text, says in (
        (older, "under a key that is missing here"),
        (older.replace("  mode:", f"  key: {'ab' * 16}\n  mode:"), "another key"),
    ):
        studio.wave_file.write_text(text, "utf-8")
        for command in (["build", studio.client, "--no-pdf"], ["purge", studio.client, "--respondent", MARKED]):
            code, out, err = studio.run(*command)
            assert (code, out, err.count("\n")) == (1, "", 1)
            assert says in err if command[0] == "build" or "another" in says else "needs a key here" in err
            assert MARKED not in err


def test_without_a_key_nothing_is_purged(studio: Studio) -> None:
    studio.wave_file.write_text(re.sub(r"  key: .*\n", "", studio.wave_file.read_text("utf-8")), "utf-8")
    before = studio.wave_file.read_bytes()
    code, out, err = studio.purge()
    assert (code, out) == (1, "")
    assert re.match(rf"{re.escape(str(studio.wave_file))}:\d+:\d+: `purge` needs a key here; ", err)
    assert studio.wave_file.read_bytes() == before
    assert not (studio.client / "purged.yaml").exists()
    assert len(_left(studio.output)) == 2


def test_an_id_that_stands_nowhere_is_refused_unless_its_wave_is_named(studio: Studio) -> None:
    code, out, err = studio.run("purge", studio.client, "--respondent", "r-nobody")
    assert (code, out) == (2, "")
    assert "no wave has a respondent `r-nobody`" in err
    code, out, _ = studio.run("purge", studio.client, "--respondent", "r-nobody", "--wave", WAVE)
    assert (code, out.splitlines()[0]) == (0, f"wave {WAVE}: listed as purged; no answers were there")
    assert read_records(studio.client).purged[0].respondents == (id_digest("r-nobody", studio.key),)


def test_only_the_waves_that_were_named_or_hold_the_id_are_touched(studio: Studio) -> None:
    second = studio.client / "assessments" / "2026-09.yaml"
    text = studio.wave_file.read_text("utf-8").replace(f"wave: {WAVE}", "wave: 2026-09")
    second.write_text(text, "utf-8")
    third = studio.client / "assessments" / "2026-10.yaml"
    third.write_bytes(studio.without.replace(f"wave: {WAVE}".encode(), b"wave: 2026-10"))
    untouched = third.read_bytes()
    outputs = [studio.place.parent / name for name in ("2026-09", "2026-10")]
    for folder in outputs:
        folder.mkdir()
    assert studio.purge("--wave", WAVE)[0] == 0
    assert second.read_text("utf-8") == text
    assert [folder.exists() for folder in (studio.place, *outputs)] == [False, True, True]
    assert studio.purge()[0] == 0
    assert [wave.id for wave in read_records(studio.client).purged] == [WAVE, "2026-09"]
    assert [folder.exists() for folder in outputs] == [False, True]
    assert third.read_bytes() == untouched


def test_the_outputs_of_later_waves_go_too_since_they_show_figures_of_the_purged_one(studio: Studio) -> None:
    dates = {"2025-08": "2025-08-01", "2026-09": "2026-09-15", "2026-10": "of an unknown day"}
    for wave, day in dates.items():
        text = studio.without.decode().replace(f"wave: {WAVE}", f"wave: {wave}")
        (studio.client / "assessments" / f"{wave}.yaml").write_text(re.sub(r"report_date: \S+", f"report_date: {day}", text), "utf-8")
        (studio.place.parent / wave).mkdir()
    code, out, _ = studio.purge()
    assert code == 0
    assert [(studio.place.parent / wave).exists() for wave in (WAVE, *dates)] == [False, True, False, False]
    assert "wave 2026-09: its playbooks show figures of an earlier wave beside their own" in out


def test_comments_that_may_speak_of_the_person_are_named_with_their_lines(studio: Studio) -> None:
    text = studio.wave_file.read_text("utf-8")
    studio.wave_file.write_text(text.replace(BLOCK, f"  # the one of the north\n{BLOCK}") + f"# see {MARKED}, and r-zq-marker-2\n", "utf-8")
    _, _, err = studio.purge()
    lines = studio.wave_file.read_text("utf-8").splitlines()
    told = [int(line) for line in re.findall(rf"^{re.escape(str(studio.wave_file))}:(\d+):1: this line was kept", err, re.MULTILINE)]
    assert [lines[number - 1] for number in told] == ["  # Sales: 6 of 7", "  # the one of the north", f"# see {MARKED}, and r-zq-marker-2"]


def test_a_purge_that_was_interrupted_is_completed_by_the_same_command(studio: Studio) -> None:
    code = (
        "import os, signal, sys\nfrom alignment_report.building import purge\nfrom alignment_report.cli.main import main\n"
        "def killed(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\npurge.write_files = killed\nmain(sys.argv[1:])"
    )
    arguments = ["purge", str(studio.client), "--respondent", MARKED, "--output", str(studio.output)]
    subprocess.run([sys.executable, "-c", code, *arguments], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, cwd=ROOT)
    assert MARKED in studio.wave_file.read_text("utf-8")
    code_built, _, err = studio.run("build", studio.client, "--no-pdf")
    assert (code_built, "were left out" in err) == (0, True)
    assert studio.purge()[0] == 0
    assert _left(studio.client, studio.output) == []


@pytest.mark.parametrize("name", ["output/fennel-and-rye", f"output/fennel-and-rye/{WAVE}"])
def test_outputs_behind_a_link_are_refused_and_stay(studio: Studio, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / name).rename(elsewhere)
    (tmp_path / name).symlink_to(elsewhere)
    code, _, err = studio.purge()
    assert code == 3
    assert "is a link, and nothing was removed through it" in err
    assert len(_left(elsewhere)) == 2


# All of a client


def test_all_of_a_client_goes_and_nothing_else(studio: Studio, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    (studio.client / "shortcut.txt").symlink_to(kept)
    (studio.client / "elsewhere").symlink_to(tmp_path / "other")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    (studio.output / "another-client").mkdir()
    code, out, _ = studio.run("purge", studio.client, "--all", "--yes")
    assert code == 0
    assert out == f"{studio.output / 'fennel-and-rye'}: removed\n{studio.client}: removed\n"
    assert not studio.client.exists()
    assert sorted(path.name for path in studio.output.iterdir() if path.name != ".lock") == ["another-client"]
    assert kept.read_text() == (tmp_path / "other" / "mine.txt").read_text() == "mine"


def test_all_of_a_client_goes_only_with_leave(studio: Studio) -> None:
    code, out, err = studio.run("purge", studio.client, "--all")
    assert (code, out) == (2, "")
    assert "--yes" in err
    assert studio.client.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["--all", "--respondent", "r-1"], ["--all", "--wave", WAVE], ["--respondent", "x", "--wave", "2020-01"]]
)
def test_a_purge_that_is_not_clear_ends_with_2_and_changes_nothing(studio: Studio, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in studio.client.rglob("*.yaml")}
    assert studio.run("purge", studio.client, *arguments)[0] == 2
    assert {path: path.read_bytes() for path in studio.client.rglob("*.yaml")} == before
    assert len(_left(studio.output)) == 2


def test_a_linked_folder_and_a_repository_are_not_removed(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(studio.client)
    assert studio.run("purge", tmp_path / "link", "--all", "--yes")[0] == 2
    (studio.client / ".git").mkdir()
    code, _, err = studio.run("purge", studio.client, "--all", "--yes")
    assert (code, "repository of its own" in err) == (2, True)
    assert studio.wave_file.exists()
    assert len(_left(studio.output)) == 2


def test_a_folder_named_by_dots_is_the_client_itself(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.client / "assessments")
    assert studio.run("purge", "..", "--respondent", MARKED)[0] == 0
    assert studio.output.is_dir()
    assert not studio.place.exists()


def test_removing_what_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    assert remove_folder(tmp_path, ("never", "there")) is False
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(EnvironmentTrouble):
        remove_folder(tmp_path / "link")


# Cutting text

HEAD = "wave: w\nrespondents:\n"
ONE, TWO, THREE = (f"  {id}:\n    function: sales\n    answers:\n      a: {n}\n" for n, id in enumerate(("one", "two", "three"), 1))


def _cut(text: str, id: str = "two") -> str:
    return without_respondent(text.encode(), id, "f").content.decode()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (HEAD + ONE + TWO + THREE, HEAD + ONE + THREE),
        (HEAD + ONE + THREE + TWO, HEAD + ONE + THREE),
        (HEAD + ONE + THREE + TWO.rstrip("\n"), HEAD + ONE + THREE),
        (HEAD + ONE + TWO + "after: x\n", HEAD + ONE + "after: x\n"),
        (HEAD + TWO, "wave: w\nrespondents: {}\n"),
        (HEAD.replace(":\n", ":  # who\n") + TWO + "# end\n", "wave: w\nrespondents: {}  # who\n# end\n"),
        (HEAD + ONE + "\n" + TWO + "\n" + THREE, HEAD + ONE + "\n\n" + THREE),
        (HEAD + ONE + "  # of two\n" + TWO + "    # two, too\n  # of three\n" + THREE, HEAD + ONE + "  # of two\n  # of three\n" + THREE),
        (HEAD + ONE + TWO + "    comment: |\n      # no comment\n\n      text\n" + THREE, HEAD + ONE + THREE),
        (HEAD + ONE + TWO + '    comment: "a\n      b"\n' + THREE, HEAD + ONE + THREE),
        (HEAD + ONE + "  two: {function: sales, answers: {a: 1}}\n" + THREE, HEAD + ONE + THREE),
        (HEAD + ONE + "  'two':\n    function: sales\n" + THREE, HEAD + ONE + THREE),
        (HEAD + ONE + "  two:\n" + THREE, HEAD + ONE + THREE),
        (HEAD.replace("\n", "\r\n") + TWO.replace("\n", "\r\n") + THREE, HEAD.replace("\n", "\r\n") + THREE),
        ("{wave: w, respondents: {\n  two: {a: 2},\n  one: {a: 1}}}\n", "{wave: w, respondents: {\n  one: {a: 1}}}\n"),
        ("\ufeff" + HEAD + TWO + THREE, "\ufeff" + HEAD + THREE),
        ("# é 😀\n" + HEAD + ONE + TWO + "    comment: ä 😀 ö\n" + THREE, "# é 😀\n" + HEAD + ONE + THREE),
    ],
)
def test_exactly_the_lines_of_a_respondent_are_cut(text: str, left: str) -> None:
    assert _cut(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "wave: w\nrespondents: {one: {a: 1}, two: {a: 2}}\n",
        "wave: w\nrespondents: {one: {a: 1},\n  two: {a: 2}}\n",
        "wave: w\nrespondents:\n  ? two\n  : {a: 1}\n" + ONE,
        HEAD + ONE + "  two: {function: sales,\n answers: {a: 1}\n  }\n" + THREE,
    ],
)
def test_a_layout_that_cannot_be_cut_by_lines_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(FlawedInput) as caught:
        _cut(text)
    (flaw,) = caught.value.flaws
    assert text.split("\n")[flaw.line - 1][flaw.column - 1 :].startswith(("two", "? two"))
    assert flaw.hint == "delete this respondent by hand, then run the command again"


_LINE = st.sampled_from(
    [
        "a: 1",
        "g: 'x: y'",
        "comment: |\n        # text\n\n        more",
        "# aside",
        "",
        'b: "one\n        two"',
        "c: {d: 1,\n        e: 2}",
        "f: >-\n        g",
    ]
)
_BLOCK = st.lists(_LINE, max_size=4)
_BETWEEN = st.sampled_from(["", "\n", "  # beside\n", "# outer\n", "\n  # a\n\n"])


@law(
    st.lists(st.tuples(_BETWEEN, _BLOCK), min_size=1, max_size=4),
    st.integers(0, 3),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "z: 1\n"]),
)
def test_whatever_the_layout_one_run_of_lines_goes_and_the_rest_reads_as_before(
    drawn: list[tuple[str, list[str]]], which: int, end: str, after: str
) -> None:
    blocks = []
    for number, (between, lines) in enumerate(drawn):
        unique = list(dict.fromkeys(lines))
        inner = "".join(f"      {line}\n" if line else "\n" for line in unique)
        blocks.append(
            f"{between}  r{number}:\n    function: sales\n" + (f"    more:\n{inner}" if any(":" in line for line in unique) else "")
        )
    text = ("wave: w\nrespondents:\n" + "".join(blocks) + after).replace("\n", end)
    id = f"r{which % len(blocks)}"
    tree = parse(text.encode(), "f").root
    assert tree is not None
    left = _cut(text, id)
    found = parse(left.encode(), "f")
    assert found.root is not None
    assert found.flaws == ()
    expected = {key: value for key, value in tree["respondents"].items() if key != id}  # type: ignore[union-attr]
    assert json.dumps(_texts(found.root["respondents"])) == json.dumps(_texts(expected))
    if len(blocks) > 1:
        assert any(left == text[:start] + text[start + len(text) - len(left) :] for start in range(len(left) + 1))


def _texts(node: object) -> object:
    if isinstance(node, dict):
        return {key: _texts(value) for key, value in node.items()}
    return getattr(node, "text", None) if not isinstance(node, list) else [_texts(item) for item in node]
