"""A playbook's folder: each flaw is told once, at its place."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from planted import TINY, Planted, folder_with

from alignment_report.errors import FlawedPlaybook
from alignment_report.model.conditions import Bound, Condition
from alignment_report.reading.playbook import read_playbook
from alignment_report.resources import shipped

FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(TINY.glob("*.yaml"))}
Q, S, T, F, P, B, M, E, C = (
    f"{name}.yaml" for name in ("instrument", "stages", "transitions", "frictions", "plays", "funnel", "measures", "evidence", "certainty")
)


def test_the_shipped_playbook_has_no_flaw() -> None:
    playbook = read_playbook(shipped("playbook"))
    assert [stage.id for stage in playbook.stages] == ["undefined", "defined", "aligned", "integrated"]
    assert len(playbook.instrument.statements) == 20


def test_another_instrument_with_another_scale_is_read() -> None:
    playbook = read_playbook(TINY)
    assert playbook.instrument.scale.labels == {1: "never", 2: "seldom", 3: "often", 4: "always"}
    assert [stage.floor for stage in playbook.stages] == [25, Fraction(125, 2)]
    assert [statement.weight for statement in playbook.instrument.statements] == [1, 1, 2, 1]
    assert playbook.instrument.statements[1].reverse is True
    transition = playbook.transitions[0]
    assert transition.from_ == "apart"
    assert transition.stay[0].when == Condition("all", (Bound("fact", "people.marketing", below=Fraction(3)),))
    assert transition.tighten[0].when == Condition(
        "any", (Bound("fact", "relations.dropped_tasks", is_=True), Bound("statement", "same-plan", below=Fraction(2)))
    )
    assert playbook.frictions[0].evidence == ("X1",)


def test_the_smallest_playbook_leaves_everything_else_out(tmp_path: Path) -> None:
    stages = "stages:\n  all: {name: All, floor: 25, meaning: There is one stage., facets: {}}\n"
    transitions = FILES[T].split("transitions:")[0] + "transitions: {}\n"
    strength = "strength: {weak: 1, moderate: 2, strong: 3, known: 0.5, reason: none}\n"
    folder, _ = folder_with(tmp_path, {"all.yaml": "name: x\nversion: 1\n" + FILES[Q] + stages + transitions + strength})
    assert read_playbook(folder).plays == ()


SINGLE = [
    Planted(C, "at_least: 0.9", "at_least: §90", "0 or more and less than 1"),
    Planted(C, "at_least: 0,", "at_least: §0.1,", "must start at 0"),
    Planted(C, "at_least: 0.9", "at_least: §-0.9", "0 or more and less than 1"),
    Planted(C, "{at_least: 0, says: perhaps", "{at_least: §0.95, says: perhaps", "must lie below that of `sure`"),
    Planted(C, "at_least: 12", "at_least: §9", "no fewer than 10 people"),
    Planted(C, "basis: apart, at_least: 12", "basis: §alone, at_least: 12", "`named`"),
    Planted(C, "reason: None., ranks_dimensions: no", "reason: None., intervals: §yes", "carry no interval"),
    Planted(Q, "instrument:\n", "§instruments:\n", "did you mean `instrument`?"),
    Planted(Q, "{1: never, 2: seldom, 3: often, 4: always}", "§{1: never, 3: often, 4: always}", "none left out"),
    Planted(Q, "{1: never,", "{§x: never,", "whole number"),
    Planted(Q, "points: 25", "points: §-25", "more than 0"),
    Planted(Q, "  total: 3", "  total: §5", "between 1 and the number of statements, 4"),
    Planted(Q, "structural: 2", "structural: §4", "between 1 and `total`"),
    Planted(Q, "dimension_share: 0.5", "dimension_share: §50", "is this 0.5?"),
    Planted(Q, "neutral: {share: 0.5", "neutral: {share: §0", "more than 0"),
    Planted(Q, "dimension: talk}", "dimension: §talks}", "did you mean `talk`?"),
    Planted(Q, "    talk: {name", "    §idle: {name: Idle, about: nothing}\n    talk: {name", "no statement belongs"),
    Planted(Q, "number: 2", "number: §1", "`weekly-talk` has the same number"),
    Planted(Q, "weight: 2", "weight: §0", "more than 0"),
    Planted(Q, "    same-plan: {", "    §same_plan: {", "an id consists of"),
    Planted(Q, "  statements:\n", "  §statments:\n", "did you mean `statements`?"),
    Planted(Q, "reverse: yes", "reverse: §maybe", "`yes` or `no`"),
    Planted(S, "floor: 25", "floor: §20", "the lowest score, 25"),
    Planted(S, "floor: 62.5", "floor: §25", "above that of `apart`"),
    Planted(S, "floor: 62.5", "floor: §101", "the highest is 100"),
    Planted(S, "{mood: Wary.}", "{§moods: Wary.}", "did you mean `mood`?"),
    Planted(S, "{mood: Wary.}", "§{}", "`mood` is missing"),
    Planted(
        S,
        "here: ['Tasks falling between the two: {relations.dropped_tasks}.']",
        "here: [§'{relations.droped_tasks}']",
        "did you mean `relations.dropped_tasks`?",
    ),
    Planted(
        S,
        "here: ['Tasks falling between the two: {relations.dropped_tasks}.']",
        "here: [§'{measure.wons}']",
        "did you mean `measure.wins`?",
    ),
    Planted(S, "{name: Mood, here: ['Tasks falling between the two: {relations.dropped_tasks}.']}", "§{name: Mood}", "`here` is missing"),
    Planted(T, "from: apart", "from: §apar", "did you mean `apart`?"),
    Planted(T, "    to: together", "    to: §apart", "not the one after `apart`"),
    Planted(T, "[work-lost]", "[§work-los]", "did you mean `work-lost`?"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketin, below: 3}", "did you mean `people.marketing`?"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketing, is: few}", "a number: compare"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketing, below: -3}", "0 or more"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketing}", "one comparison"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketing, below: 3, above: 1}", "one comparison"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{below: 3}", "one thing to look at"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: {fact: people.marketing, §bellow: 3}", "did you mean `below`?"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: {all: §[]}", "at least one bound"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: {all: [{fact: people.marketing, below: 3}], §any: []}", "not known"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{score: total, below: 3}", "`score: all`"),
    Planted(T, "when: {fact: people.marketing, below: 3}", "when: §{dimension: tlk, below: 3}", "did you mean `talk`?"),
    Planted(
        T, "when: {fact: people.marketing, below: 3}", "when: §{fact: people.marketing, function: sales, below: 3}", "`function` belongs"
    ),
    Planted(T, "{fact: relations.dropped_tasks, is: yes}", "§{fact: relations.dropped_tasks, is: often}", "`yes` or `no`"),
    Planted(T, "{fact: relations.dropped_tasks, is: yes}", "§{fact: relations.dropped_tasks, above: 1}", "compare it with `is`"),
    Planted(T, "{fact: relations.dropped_tasks, is: yes}", "§{fact: market.product_type, is: customised}", "`custom`"),
    Planted(T, "{statement: same-plan, below: 2}", "§{statement: same-plan, below: 20}", "always 1 or more and 4 or less"),
    Planted(T, "{statement: same-plan, below: 2}", "§{statement: same-plans, below: 2}", "did you mean `same-plan`?"),
    Planted(T, "The team is tiny.]", "§'{company.nam} is tiny.']", "did you mean `company.name`?"),
    Planted(T, "The team is tiny.]", "§'The {} is tiny.']", "nothing fills"),
    Planted(T, "The team is tiny.]", "§'The { is tiny.']", "a brace stands alone"),
    Planted(T, "gist: The teams", "gist: §'{company.name} is one.' #", "not filled in here"),
    Planted(T, "headline: 1", "headline: §3", "more headline plays"),
    Planted(T, "parallel: 1", "parallel: §0", "1 or more"),
    Planted(T, "watched_by: marketing", "watched_by: §markting", "did you mean `marketing`?"),
    Planted(F, "moderate: 2", "moderate: §0", "less than `weak`"),
    Planted(F, "evidence: X1", "evidence: §X2", "this is no known reference"),
    Planted(F, "{measure: discount, at_least: 0.2}", "§{measure: discount, at_least: 20}", "is this 0.2?"),
    Planted(F, "kind: economic", "kind: §economical", "did you mean `economic`?"),
    Planted(P, "serves: apart-to-together", "serves: §together-to-apart", "no known transition"),
    Planted(P, "within: [apart, together]", "within: [apart, §integrated]", "no known stage"),
    Planted(
        P,
        "  plan-desk:\n    name: Set up a planning desk\n    serves: []\n    within: [apart, together]",
        "  plan-desk:\n    name: Set up a planning desk\n    serves: §[]\n    within: []",
        "no transition and to no stage",
    ),
    Planted(P, "[weekly-talk, surprises]", "[weekly-talk, surprises, §surprise]", "did you mean `surprises`?"),
    Planted(P, "[weekly-talk, surprises]", "[weekly-talk, §surprise]", "did you mean `surprises`?"),
    Planted(P, "{frictions: price, statements", "{frictions: price, §statments", "did you mean `statements`?"),
    Planted(P, "        instead: The chief", "        §insted: The chief", "did you mean `instead`?"),
    Planted(P, "plays:\n", "§play:\n", "did you mean `plays`?"),
    Planted(F, "  price:", "  §Price:", "an id consists of"),
    Planted(F, "frictions:\n", "§friction:\n", "did you mean `frictions`?"),
    Planted(P, "indicators: [wins]", "indicators: [wins, §winz]", "did you mean `wins`?"),
    Planted(P, "after: [plan-day]", "after: [§plan-dai]", "did you mean `plan-day`?"),
    Planted(P, "after: [plan-day]", "after: [plan-day, §plan-desk]", "after itself"),
    Planted(P, "indicators: [wins]", "after: [§plan-desk]", "wait for one another: plan-day → plan-desk → plan-day"),
    Planted(P, "weeks: 2", "weeks: §53", "52 or less"),
    Planted(P, "effort: 1", "effort: §0.5", "whole number"),
    Planted(B, "owners: {apart: marketing,", "owners: {§apat: marketing,", "did you mean `apart`?"),
    Planted(B, "number: 2", "number: §1", "`notice` has the same number"),
    Planted(M, "[leads, wins]", "[leads, wins, §discount]", "consists of counts"),
    Planted(M, "statement: same-plan", "statement: §same-plant", "did you mean `same-plan`?"),
    Planted(M, "unit: money", "unit: §dollars", "must be"),
    Planted(M, "stages: [together], at_most: 1}", "stages: [together], §atmost: 1}", "did you mean `at_most`?"),
    Planted(E, "references:\n", "references:\n  §X_2: {grade: D, citation: x, finding: x}\n", "an id consists of letters"),
    Planted(E, "grade: D", "grade: §F", "must be"),
]


@pytest.mark.parametrize("flaw", SINGLE, ids=lambda flaw: re.sub(r"\s+", " ", flaw.new)[:60])
def test_a_single_flaw_gives_one_message_at_its_place(flaw: Planted, tmp_path: Path) -> None:
    folder, (place,) = folder_with(tmp_path, FILES, flaw)
    (message,) = _messages(folder)
    assert message.startswith(f"{place}: ")
    assert flaw.says in message


def test_what_nothing_cures_is_named(tmp_path: Path) -> None:
    folder, _ = folder_with(
        tmp_path,
        FILES,
        Planted(P, "cures: {frictions: price, statements: [weekly-talk, surprises]}", "cures: {statements: weekly-talk}", ""),
    )
    assert [message.split(": ", 1)[1].split(";")[0] for message in _messages(folder)] == [
        "no play works against this friction source",
        "no play improves on this statement",
    ]


def test_a_guard_that_adapts_says_what_is_done_instead(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path, FILES, Planted(P, "        instead: The chief keeps the plan.\n", "", ""))
    (message,) = _messages(folder)
    assert re.search(r"plays\.yaml:\d+:9: a guard that adapts", message)


def test_a_prerequisite_needs_a_play_that_builds_it(tmp_path: Path) -> None:
    ready = "{name: x, when: {fact: systems.crm, is: yes}, reason: x, met: x, not_met: x, find_out: x, watch: x, watched_by: sales}"
    folder, (place,) = folder_with(tmp_path, FILES, Planted(T, "prerequisites: {}", f"prerequisites:\n      §ready: {ready}", ""))
    assert _messages(folder) == [f"{place}: no play builds this prerequisite; name it under `builds` of a play"]


def test_ids_of_conditions_are_used_once(tmp_path: Path) -> None:
    flaws = [Planted(T, "      work-lost:", "      §tiny-team:", ""), Planted(T, "persistent: [work-lost]", "persistent: []", "")]
    folder, (place,) = folder_with(tmp_path, FILES, *flaws)
    assert _messages(folder) == [f"{place}: a condition of this id already stands in `apart-to-together` under `stay`; give it another id"]


def test_a_stage_without_a_way_out_is_named(tmp_path: Path) -> None:
    flaws = [
        Planted(S, "  together: {", "  §between: {name: x, floor: 40, meaning: x, facets: {mood: x}}\n  together: {", ""),
        Planted(T, "to: together", "to: between", ""),
        Planted(B, "owners: {apart: marketing,", "owners: {apart: marketing, between: shared,", ""),
        Planted(B, "owners: {apart: sales,", "owners: {apart: sales, between: shared,", ""),
    ]
    folder, (place,) = folder_with(tmp_path, FILES, *flaws)
    assert _messages(folder) == [f"{place}: no transition leads out of this stage"]


def test_a_key_in_two_files_names_both(tmp_path: Path) -> None:
    folder, (place,) = folder_with(tmp_path, FILES | {"zusatz.yaml": "§name: x\n"})
    assert _messages(folder) == [f"{place}: `name` already stands in {folder / 'playbook.yaml'}; keep one of the two"]


TEN = [
    Planted(Q, "number: 2", "number: §1", ""),
    Planted(Q, "dimension_share: 0.5", "dimension_share: §50", ""),
    Planted(S, "floor: 62.5", "floor: §101", ""),
    Planted(S, "{mood: Wary.}", "{§moods: Wary.}", ""),
    Planted(T, "{statement: same-plan, below: 2}", "§{statement: same-plans, below: 2}", ""),
    Planted(T, "headline: 1", "headline: §one", ""),
    Planted(F, "evidence: X1", "evidence: §X2", ""),
    Planted(P, "after: [plan-day]", "after: [§plan-dai]", ""),
    Planted(P, "weeks: 2", "weeks: §53", ""),
    Planted(M, "[leads, wins]", "[leads, wins, §discount]", ""),
]


def test_ten_flaws_in_several_files_give_ten_messages(tmp_path: Path) -> None:
    folder, places = folder_with(tmp_path, FILES, *TEN)
    assert sorted(message.split(": ")[0] for message in _messages(folder)) == sorted(places)


@pytest.mark.parametrize(
    ("file", "sections"), [(E, {"references"}), (M, {"measures"}), (T, {"planning", "transitions"}), (Q, {"instrument"})]
)
def test_a_missing_file_is_one_flaw_for_each_section_it_held(file: str, sections: set[str], tmp_path: Path) -> None:
    whole = {path.name: path.read_text(encoding="utf-8") for path in shipped("playbook").glob("*.yaml")}
    folder, _ = folder_with(tmp_path, {name: text for name, text in whole.items() if name != file})
    with pytest.raises(FlawedPlaybook) as caught:
        read_playbook(folder)
    assert {flaw.says.split("`")[1] for flaw in caught.value.flaws} == sections
    assert {Path(flaw.file).name for flaw in caught.value.flaws} == {file}


def test_an_empty_folder_is_no_playbook(tmp_path: Path) -> None:
    (message,) = _messages(tmp_path)
    assert "no playbook is in this folder" in message


def _messages(folder: Path) -> list[str]:
    with pytest.raises(FlawedPlaybook) as trouble:
        read_playbook(folder)
    return [str(flaw) for flaw in trouble.value.flaws]
