"""The consultant's words: kept, marked as theirs, each in its place, and never in place of what the rules say."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planted import FILES, TINY, WAVE, Planted, folder_with
from readback import read_page
from samples import CONFIGS, Json, case, document, made, playbook, records, report, section, sentences

from alignment_report.analysis.report import Report, compile_report
from alignment_report.building.checking import check_client
from alignment_report.building.deliver import deliver_client
from alignment_report.building.explain import explain
from alignment_report.building.letters import require_letters
from alignment_report.building.one import Wanted, build_client, compiled
from alignment_report.building.placing import SPOKEN_ON, places
from alignment_report.errors import FlawedInput, UsageTrouble
from alignment_report.model.narrative import NO_WORDS, Paragraph, Run, Words
from alignment_report.model.playbook import Playbook
from alignment_report.reading.client import read_case
from alignment_report.reading.playbook import read_playbook
from alignment_report.rendering.html import print_page, screen_page

N, W = "narrative.yaml", "assessments/2026-03.yaml"
SPEAKING = "lindqvist-instruments"
"""The sample client with words; the others are without."""

NARRATIVE = """\
waves:
  2026-03:
    sections:
      stage:
        text: |

          The figures are kinder than the talks.

          - One thing
          - Another *thing*
        by: Ada Holm
        date: 2026-03-18
    frictions:
      price: {text: We see it too., by: Ada Holm, date: 2026-03-18}
    overrides:
      frictions:
        price:
          from: strong
          to: weak
          by: Ada Holm
          date: 2026-03-19
          why: It is one case, and it is old.
"""
HOLD = """\
      verdict:
        from: move
        to: hold
        by: Ada Holm, Hollis & Marsh
        date: 2026-04-20
        why: Both heads leave in *autumn*.
"""


@pytest.fixture(scope="module")
def tiny() -> Playbook:
    return read_playbook(TINY)


def messages(folder: Path, of: Playbook, read: Callable[..., Any] = read_case) -> list[str]:
    with pytest.raises(FlawedInput) as caught:
        read(folder, None, of)
    return [str(flaw) for flaw in caught.value.flaws]


# The file


def test_words_are_read_with_who_and_when_and_the_field_they_stand_in(tmp_path: Path, tiny: Playbook) -> None:
    words = read_case(folder_with(tmp_path / "acme", FILES | {N: NARRATIVE})[0], None, tiny).words
    assert set(words.views) == {("sections", "stage"), ("frictions", "price")}
    said = words.views[("frictions", "price")]
    assert (said.by, said.date.isoformat(), said.path) == ("Ada Holm", "2026-03-18", "waves.2026-03.frictions.price.text")
    assert said.blocks == (Paragraph((Run("We see it too."),)),)
    assert (words.verdict, words.frictions["price"].to, words.frictions["price"].why.path) == (
        None,
        "weak",
        "waves.2026-03.overrides.frictions.price.why",
    )


@pytest.mark.parametrize("text", [None, "waves: {}\n", "{}\n", NARRATIVE.replace("2026-03", "2026-09")])
def test_without_words_on_this_wave_there_are_none(text: str | None, tmp_path: Path, tiny: Playbook) -> None:
    files = FILES | {"assessments/2026-09.yaml": WAVE.replace("wave: 2026-03", "wave: 2026-09")}
    folder, _ = folder_with(tmp_path / "acme", files | ({N: text} if text else {}))
    assert read_case(folder, "2026-03", tiny).words == NO_WORDS


def test_the_words_on_one_wave_are_never_those_of_another(tmp_path: Path, tiny: Playbook) -> None:
    files = FILES | {N: NARRATIVE, "assessments/2026-09.yaml": WAVE.replace("wave: 2026-03", "wave: 2026-09")}
    folder, _ = folder_with(tmp_path / "acme", files)
    assert read_case(folder, None, tiny).assessment.wave == "2026-09"
    assert read_case(folder, None, tiny).words == NO_WORDS
    assert len(read_case(folder, "2026-03", tiny).words.said) == 3


LONG = "word " * 400
SINGLE = [
    Planted(N, "  2026-03:", "  §2026-30:", "there is no such wave, so these words are printed nowhere; did you mean `2026-03`?"),
    Planted(N, "    sections:", "    §section:", "did you mean `sections`?"),
    Planted(N, "        by: Ada Holm\n        date", "        §bye: Ada Holm\n        date", "did you mean `by`?"),
    Planted(N, "        date: 2026-03-18", "        date: §18 March", "this must be a date"),
    Planted(N, "        date: 2026-03-18", "        date: §2026-03-01", "before 2026-03-02, the first day of this wave's answers"),
    Planted(N, "The figures are kinder", "§# The figures are kinder", "this is a heading"),
    Planted(N, "- One thing", "§- One <b>thing</b>", "this is HTML"),
    Planted(N, "- Another *thing*", "§- Another [thing](https://example.org)", "this is a link"),
    Planted(N, "- Another *thing*", "§- As r7k2 says", "the id of a respondent is written here"),
    Planted(N, "          - One thing", "          §The plan is that the zebrafish swims in it alone", "words of a respondent's comment"),
    Planted(N, "The figures are kinder", "§The Novaks are kinder than Jana is", "a name of this wave's `redact` list"),
    Planted(N, "text: We see it too.", f"text: §{LONG.strip()}", "this text has 1,999 characters, and here 700 are the most"),
    Planted(N, "text: We see it too.", "text: §''", "this text is empty"),
    Planted(N, "          by: Ada Holm", f"          by: §{'Ada ' * 30}", "one line of 80 characters"),
    Planted(N, "to: weak", "to: §week", "did you mean `weak`?"),
    Planted(N, "to: weak", "to: §strong", "`from` and `to` are the same"),
    Planted(N, "          why: It is one case, and it is old.\n", "", "`why` is missing here; the reasons"),
    Planted(N, "          by: Ada Holm\n", "", "`by` is missing here; who says so"),
    Planted(N, "why: It is one case", "why: §It is `one` case", "code between backticks"),
]


@pytest.mark.parametrize("flaw", SINGLE, ids=lambda flaw: re.sub(r"\s+", " ", flaw.says)[:40])
def test_a_single_flaw_gives_one_message_at_its_place(flaw: Planted, tmp_path: Path, tiny: Playbook) -> None:
    wave = WAVE.replace("comment: zebrafish", "comment: they said that the zebrafish swims in it alone")
    files = FILES | {W: wave + "redact: [Jana Novak]\n", N: NARRATIVE}
    folder, marked = folder_with(tmp_path / "acme", files, flaw)
    (message,) = messages(folder, tiny)
    assert flaw.says in message
    assert not marked or message.startswith(f"{marked[0]}: ")


@pytest.mark.parametrize("hidden", ["Jana Novak", "zebrafish swims", "r7k2"])
def test_no_message_repeats_a_name_an_id_or_a_comment(hidden: str, tmp_path: Path, tiny: Playbook) -> None:
    wave = WAVE.replace("comment: zebrafish", "comment: they said that the zebrafish swims in it alone") + "redact: [Jana Novak]\n"
    text = NARRATIVE.replace("We see it too.", "Jana Novak and r7k2 say that the zebrafish swims in it alone")
    told = messages(folder_with(tmp_path / "acme", FILES | {W: wave, N: text})[0], tiny)
    assert len(told) == 3
    assert not [message for message in told if hidden in message]


def test_all_flaws_of_a_text_are_told_at_once_beside_those_of_other_files(tmp_path: Path, tiny: Playbook) -> None:
    text = NARRATIVE.replace("- One thing", "- `One` <i>").replace("from: strong", "from: storng")
    folder, _ = folder_with(tmp_path / "acme", FILES | {N: text, "theme.yml": ""})
    assert [re.sub(r".*?:(\d+):.*", r"\1", told) for told in messages(folder, tiny)] == ["9", "9", "18", "1"]


@pytest.mark.parametrize("form", [">\n          One\n\n          `two`", '"One\n\n          `two`"', "'`two`'", "Two `is` no code"])
def test_a_text_that_is_no_block_is_told_where_it_starts(form: str, tmp_path: Path, tiny: Playbook) -> None:
    around = "waves:\n  2026-03:\n    sections:\n      stage:\n        by: Ada Holm\n        date: 2026-03-18\n        text: "
    folder, (place,) = folder_with(tmp_path / "acme", FILES | {N: f"{around}§{form}\n"})
    (message,) = messages(folder, tiny)
    assert message.startswith(f"{place}: ")


# Its place in the playbook


def speaking(tmp_path: Path, client: str = SPEAKING, text: str | None = None, *changes: tuple[str, str]) -> Path:
    """A copy of a sample with other words."""
    folder = tmp_path / client
    shutil.copytree(CONFIGS / "clients" / client, folder)
    text = (folder / N).read_text("utf-8") if text is None else text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / N).write_text(text, "utf-8")
    return folder


def said_of(wave: str, group: str, id: str) -> str:
    return f"waves:\n  {wave}:\n    {group}:\n      {id}: {{text: A word., by: Ada Holm, date: 2026-04-20}}\n"


STALE = [
    ("sections", "perceptions", "no such section; did you mean `perception`?"),
    ("sections", "summary", "its page is full: words on the verdict may stand under `decision`"),
    ("sections", "cover", "its page is full"),
    ("sections", "price", "`price` belongs under `frictions`"),
    ("frictions", "prise", "no such friction source; did you mean `price`?"),
    ("frictions", "weather", "there are product-features, price,"),
    ("conditions", "simple-offering", "there is no condition of the verdict at all"),
    ("plays", "co-location", "no such play in the plan or among those set aside"),
    ("statements", "calm-meetings", "no such statement whose figures are shown"),
    ("risks", "distance", "no such risk that is listed"),
]


@pytest.mark.parametrize(("group", "id", "says"), STALE)
def test_words_without_a_place_are_one_flaw_with_the_ids_near_it(group: str, id: str, says: str, tmp_path: Path) -> None:
    folder = speaking(tmp_path, SPEAKING, said_of("2026-04", group, id))
    (flaw,) = check_client(folder, None, playbook()).flaws
    assert (flaw.line, flaw.column) == (4, 7)
    assert says in str(flaw)
    with pytest.raises(FlawedInput):
        build_client(folder, None, playbook(), tmp_path / "output", Wanted(pdf=False))
    assert not (tmp_path / "output").exists()


def test_words_on_what_a_theme_leaves_out_are_a_flaw_too(tmp_path: Path) -> None:
    wave = case("marlow-cooling").assessment.wave
    said = "{text: Seen by us., by: Ada Holm, date: 2026-12-01}"
    folder = speaking(tmp_path, "marlow-cooling", f"waves:\n  {wave}:\n    sections:\n      rewards: {said}\n")
    assert check_client(folder, None, playbook()).flaws == ()
    (folder / "theme.yaml").write_text("sections: {leave_out: [rewards]}\n", "utf-8")
    (flaw,) = check_client(folder, None, playbook()).flaws
    assert (flaw.line, flaw.column) == (4, 7)
    assert "the theme leaves out the section `rewards`, in which these words would stand" in str(flaw)
    with pytest.raises(FlawedInput):
        build_client(folder, None, playbook(), tmp_path / "output", Wanted(pdf=False))


def test_words_on_a_play_that_is_set_aside_stand_where_the_reason_does(tmp_path: Path) -> None:
    """Ruled out by the engagement: with the order of plays, so they lose their place where a theme leaves that out, not the cards."""
    of = report("marlow-cooling")
    (ruled_out,) = of.plan.excluded
    folder = speaking(tmp_path, "marlow-cooling", said_of(of.wave.id, "plays", ruled_out.id))
    (row,) = section(made(compiled(folder, read_case(folder, None, playbook()), playbook())), "priorities")["excluded"]
    assert row["consultant"]["blocks"][0]["parts"][0]["text"] == "A word."
    for left_out, lost in (("plays", 0), ("priorities", 1)):
        (folder / "theme.yaml").write_text(f"sections: {{leave_out: [{left_out}]}}\n", "utf-8")
        assert len(check_client(folder, None, playbook()).flaws) == lost


def test_a_withheld_statement_has_no_place_for_words() -> None:
    withheld = {f.statement.id for f in report(SPEAKING).published.statements if f.split.combined.value is None}
    assert withheld
    assert not withheld & set(places(report(SPEAKING))["statements"])


@pytest.mark.parametrize("client", ["marlow-cooling", SPEAKING])
def test_every_place_that_may_be_spoken_on_is_shown_with_its_words(client: str) -> None:
    """Words on everything: each stands in the document once, and on both pages."""
    of = report(client)
    known = places(of)
    template = next(iter(case(SPEAKING).words.views.values()))
    views = {
        (group, id): replace(template, blocks=(Paragraph((Run(f"On {group} {id}."),)),), path=f"waves.{of.wave.id}.{group}.{id}.text")
        for group, ids in known.items()
        for id in ids
    }
    found = made(replace(of, words=Words(views)))  # type: ignore[arg-type]
    texts = [part["text"] for said in consultants(found) for block in said["blocks"] for part in block["parts"]]
    assert sorted(texts) == sorted(f"On {group} {id}." for group, id in views)
    for page in (screen_page(found), print_page(found)):
        shown = [element.text for element in read_page(page)[0].of_class("consultant")]
        assert [sum(text in block for block in shown) for text in texts] == [1] * len(texts)
        assert [block for block in shown if "Consultant's view" not in block or template.by not in block or "April 2026" not in block] == []


def consultants(node: object) -> Iterator[Json]:
    """Everything in a document that is the consultant's."""
    return (record["consultant"] for record in records(node) if record.get("consultant"))


def test_the_sections_that_may_be_spoken_on_are_all_but_the_first_two() -> None:
    assert (len(SPOKEN_ON), {"cover", "summary"} & set(SPOKEN_ON)) == (25, set())


# Overrides


def judged(client: str, text: str, tmp_path: Path) -> Report:
    wave = case(client).assessment.wave
    folder = speaking(tmp_path, client, f"waves:\n  {wave}:\n    overrides:\n{text}")
    return compiled(folder, read_case(folder, None, playbook()), playbook())


def test_an_override_of_the_verdict_stands_beside_the_measured_one_with_who_when_and_why(tmp_path: Path) -> None:
    found = made(judged("marlow-cooling", HOLD, tmp_path))
    decision, summary = section(found, "decision"), section(found, "summary")
    assert (decision["verdict_title"], summary["answer"]["verdict"]) == ("Move from defined to aligned",) * 2
    assert decision["override"]["text"]["text"] == (
        "By the rules: move from defined to aligned. Judged otherwise by Ada Holm, Hollis & Marsh: hold at defined."
    )
    assert "the plays, their order and their dates follow the rules" in decision["override"]["follows"]["text"]
    said = decision["override"]["consultant"]
    assert (said["by"], said["date"]) == ("Ada Holm, Hollis & Marsh", "20 April 2026")
    assert "All below follows the rules" in summary["answer"]["override"]["text"]
    assert "follows the rules" in section(found, "next-steps")["decisions"][1]["text"]
    assert "follow the verdict of the rules" in section(found, "plays")["paragraphs"][0][0]["text"]
    for page in (screen_page(found), print_page(found)):
        text = read_page(page)[0].text
        assert text.count("Judged otherwise by Ada Holm, Hollis & Marsh: hold at defined") == 2
        assert "Both heads leave in autumn." in text


def test_an_override_changes_nothing_that_was_measured_or_planned(tmp_path: Path) -> None:
    text = HOLD + "      frictions:\n        price: {from: moderate, to: none, by: A, date: 2026-04-20, why: It is gone.}\n"
    after, before = judged("marlow-cooling", text, tmp_path), report("marlow-cooling")
    assert replace(after, words=NO_WORDS) == before
    assert stripped(made(after)) == stripped(made(before))


def stripped(node: Any) -> Any:
    """A document without what is the consultant's and without sentences that rest on their words."""
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items() if key not in ("consultant", "override")}
    if isinstance(node, list):
        return [stripped(item) for item in node if item and not spoken_of(item)]
    return node


def spoken_of(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(spoken_of, node))
    return isinstance(node, dict) and any(path.startswith("narrative:") for path in node.get("trace", ()))


OVERTAKEN = [
    (
        "marlow-cooling",
        HOLD.replace("from: move", "from: not-enough-evidence"),
        "they give `move` now; read it again, then write `from: move`",
    ),
    ("marlow-cooling", HOLD.replace("from: move", "from: hold").replace("to: hold", "to: move"), "give `move` now; delete the override"),
    (SPEAKING, HOLD, "the rules give `sustain`, which nothing can override"),
    (SPEAKING, "      frictions:\n        price: {from: strong, to: none, by: A, date: 2026-04-20, why: It is.}\n", "they give `weak` now"),
    (
        SPEAKING,
        "      frictions:\n        prize: {from: strong, to: none, by: A, date: 2026-04-20, why: It is.}\n",
        "did you mean `price`?",
    ),
]


@pytest.mark.parametrize(("client", "text", "says"), OVERTAKEN)
def test_an_override_of_what_the_rules_no_longer_say_is_a_flaw(client: str, text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(FlawedInput) as caught:
        judged(client, text, tmp_path)
    assert [says in str(flaw) for flaw in caught.value.flaws] == [True]


# The document


def test_no_words_and_no_file_give_the_same_bytes(tmp_path: Path) -> None:
    """A wave on which nothing is said is built as if there were no such file."""
    bare = speaking(tmp_path / "bare", "marlow-cooling", "")
    (bare / N).unlink()
    built = {"bare": files(bare, tmp_path / "out-bare")}
    for name, text in {"empty": "waves: {}\n", "nothing": "waves:\n  2026-03: {overrides: {}}\n"}.items():
        built[name] = files(speaking(tmp_path / name, "marlow-cooling", text), tmp_path / f"out-{name}")
    assert built["empty"] == built["bare"] == built["nothing"]
    assert not list(consultants(document("marlow-cooling")))


def files(folder: Path, output: Path) -> list[bytes]:
    return [path.read_bytes() for path in build_client(folder, None, playbook(), output, Wanted(pdf=False, print_page=True)).files]


def test_what_is_printed_of_words_rests_on_their_field_alone() -> None:
    """Each text changed by itself changes what carries its path, and nothing else."""
    words = case(SPEAKING).words
    paths = set()
    for key, said in words.views.items():
        other = replace(said, blocks=(Paragraph((Run("Another view."),)),))
        changed = made(replace(report(SPEAKING), words=replace(words, views={**words.views, key: other})))
        assert differing(document(SPEAKING), changed) == {f"narrative:{said.path}"}
        paths.add(said.path)
    assert len(paths) == 3


def test_what_is_said_of_an_override_rests_on_its_record() -> None:
    words = case(SPEAKING).words
    (id,) = words.frictions
    other = replace(words.frictions[id], to="strong")
    changed = made(replace(report(SPEAKING), words=replace(words, frictions={id: other})))
    old, new = ({(s["text"], *s["trace"]) for s in sentences(found)} for found in (document(SPEAKING), changed))
    assert {path for sentence in old ^ new for path in sentence[1:]} == {
        f"rule:friction.{id}",
        f"narrative:waves.2026-04.overrides.frictions.{id}",
    }


def differing(old: Any, new: Any) -> set[str]:
    """The paths of everything of the consultant's that is not the same in both; all else must be."""
    assert stripped(old) == stripped(new)
    before, after = ([json.dumps(said, sort_keys=True) for said in consultants(found)] for found in (old, new))
    return {path for said in set(before) ^ set(after) for path in json.loads(said)["trace"]}


def test_only_one_sample_speaks_and_it_shows_views_and_an_override() -> None:
    words = case(SPEAKING).words
    assert {group for group, _ in words.views} == {"sections", "frictions"}
    assert len([group for group, _ in words.views if group == "sections"]) == 2
    assert len(words.frictions) == 1
    assert [folder.name for folder in (CONFIGS / "clients").iterdir() if (folder / N).exists()] == [SPEAKING]


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", "</div></section>", '" onclick="x'])
def test_hostile_words_stay_words_on_the_page(hostile: str, tmp_path: Path) -> None:
    folder = speaking(tmp_path, SPEAKING, None, ("Of the risks below,", hostile.replace("<", r"\<") + " Of the risks below,"))
    found = made(compiled(folder, read_case(folder, None, playbook()), playbook()))
    for make in (screen_page, print_page):
        page, plain = read_page(make(found))[0], read_page(make(document(SPEAKING)))[0]
        assert hostile in page.text
        assert [element.tag for element in page] == [element.tag for element in plain]


# The terminal


def test_explain_tells_whose_words_they_are_and_where_they_stand() -> None:
    folder = CONFIGS / "clients" / SPEAKING
    told = explain(folder, None, CONFIGS / "playbook", "price")
    assert "The consultant's view on `price` (frictions), by Oskar Lind, Norrskata Collegium on 2026-04-22; no rule made it" in told
    lines = (folder / N).read_text("utf-8").splitlines()
    line, column = map(int, re.findall(r"  words +.*narrative\.yaml:(\d+):(\d+)", told)[0])
    assert lines[line - 1][column - 1 :].startswith("text:")


def test_explain_tells_an_override_beside_what_the_rules_give() -> None:
    told = explain(CONFIGS / "clients" / SPEAKING, None, CONFIGS / "playbook", "attitude-to-failure")
    assert told.startswith("Friction over how setbacks are taken: not found")
    assert "overridden by the consultant: `none` of the rules to `weak`, by Maja Ekdahl, Norrskata Collegium on 2026-04-23" in told
    assert "figures, plays and dates follow the rules" in told


def test_explain_tells_lists_and_knows_a_section_only_where_something_is_said_on_it() -> None:
    folder, knowledge = CONFIGS / "clients" / SPEAKING, CONFIGS / "playbook"
    assert "\n  - which of the two customer groups" in explain(folder, None, knowledge, "perception")
    with pytest.raises(UsageTrouble, match="nothing in this client's playbook is called `roadmap`"):
        explain(folder, None, knowledge, "roadmap")


def test_a_letter_that_the_typeface_lacks_is_told_in_the_words(tmp_path: Path) -> None:
    folder = speaking(tmp_path, SPEAKING, None, ("Of the risks below", "Of the 张 risks below"))
    with pytest.raises(FlawedInput) as caught:
        require_letters(folder, "2026-04", "Of the 张 risks below")
    (flaw,) = caught.value.flaws
    assert flaw.file.endswith(N)
    assert "张 (U+5F20)" in flaw.says
    assert (folder / N).read_text("utf-8").splitlines()[flaw.line - 1][flaw.column - 1] == "张"


def test_the_example_of_the_docs_is_valid(tmp_path: Path) -> None:
    text = (CONFIGS.parent / "docs" / "narrative.md").read_text("utf-8")
    (example,) = re.findall(r"(?m)^    waves:\n(?:(?:    .*)?\n)+", text)
    folder = speaking(tmp_path, "marlow-cooling", "\n".join(line[4:] for line in example.splitlines()))
    assert check_client(folder, None, playbook()).flaws == ()
    assert len(read_case(folder, None, playbook()).words.said) == 3


def test_nothing_is_delivered_on_a_day_before_its_words_were_written(tmp_path: Path) -> None:
    folder = speaking(tmp_path, SPEAKING, None, ("date: 2026-04-22", "date: 2026-05-05"))
    with pytest.raises(UsageTrouble, match=r"lies before the day of waves\.2026-04\.\S+\.text in narrative\.yaml, 2026-05-05"):
        deliver_client(folder, "2026-04", date(2026, 5, 4), playbook(), tmp_path / "output")


def test_the_report_carries_the_words_and_no_step_reads_them() -> None:
    of = case(SPEAKING)
    with_words = compile_report(of.client, of.assessment, playbook(), words=of.words)
    assert replace(with_words, words=NO_WORDS) == compile_report(of.client, of.assessment, playbook())
