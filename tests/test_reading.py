"""A client's folder: each flaw is told once, at its place."""

import contextlib
import os
import re
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted import CLIENT, FILES, TINY, WAVE, Planted, folder_with

from alignment_report.errors import FlawedInput, FlawedPlaybook, UsageTrouble
from alignment_report.reading.client import read_case, waves
from alignment_report.reading.playbook import read_playbook
from alignment_report.resources import shipped

PLAYBOOK = read_playbook(TINY)
C, W = "client.yaml", "assessments/2026-03.yaml"


def test_a_valid_folder_is_read(tmp_path: Path) -> None:
    case = read_case(folder_with(tmp_path / "acme", FILES)[0], None, PLAYBOOK)
    assert case.client.company.growth == Fraction(1, 20)
    assert case.client.people.same_site is True
    assert case.client.rules.roles_written is None
    assert case.client.relations.reason_to_change == "none"
    assert case.client.engagement.never_propose == ("plan-desk",)
    assert [respondent.id for respondent in case.assessment.respondents] == ["r7k2", "m4x9", "p1q8"]
    assert case.assessment.respondents[1].answers == {"weekly-talk": 2, "surprises": 3, "same-chief": "dont-know"}
    assert case.assessment.instrument.version == "3"


SINGLE = [
    # shape: keys
    Planted(C, "people:\n", "§poeple:\n", "did you mean `people`?"),
    Planted(C, "company:\n", "§compny:\n", "did you mean `company`?"),
    Planted(C, "  currency: EUR", "  §curency: EUR", "did you mean `currency`?"),
    Planted(C, "  currency: EUR", "  currency: §[EUR]", "not a list"),
    Planted(C, "  growth: 0.05", "  §grwth: 0.05", "did you mean `growth`?"),
    Planted(C, "  offering: small pumps\n", "  §ofering: small pumps\n", "did you mean `offering`?"),
    Planted(C, "  same_site: yes", "  §same-site: yes", "did you mean `same_site`?"),
    Planted(C, "company:\n  name: Acme Pumps\n  offering", "company:\n  §offering", "`name` is missing"),
    Planted(C, "  o1:\n    about: price\n    points: for", "  o1:\n    §about: price", "`points` is missing"),
    Planted(C, "  sales: 6", "  sales: 6\n  §sales: 7", "same key already stands on line 11"),
    Planted(C, "  crm: yes", '  crm: yes\n  §"crm": no', "same key already stands on line 24"),
    Planted(C, "  revenue: 12000000", "  revenue: 12000000\n  §42: x", "not known here"),
    Planted(C, "  wins: {value: 40", "  wins: {§valeu: 40", "did you mean `value`?"),
    Planted(C, "  o1:", "  §O1:", "an id consists of"),
    Planted(C, "  o1:", "  §-o1-:", "an id consists of"),
    # shape: values
    Planted(
        C,
        "  same_site: yes",
        "  same_site: yes\nstructure: {sales_reports_to: owner, marketing_reports_to: board, common_superior: §yes}",
        "report to two people",
    ),
    Planted(C, "employees: 80", "employees: §eighty", "a number in plain digits"),
    Planted(C, "employees: 80", 'employees: §"80"', "without quotes"),
    Planted(C, "employees: 80", "employees: §1e3", "a number in plain digits"),
    Planted(C, "employees: 80", "employees: §080", "leading zeros"),
    Planted(C, "employees: 80", "employees: §1,200", "without separators between thousands"),
    Planted(C, "employees: 80", "employees: §1_200", "without separators between thousands"),
    Planted(C, "employees: 80", "employees: §.nan", "a number in plain digits"),
    Planted(C, "employees: 80", "employees: §.inf", "a number in plain digits"),
    Planted(C, "employees: 80", "employees:§", "nothing is written here"),
    Planted(C, "employees: 80", f"employees: §{'9' * 5000}", "a number in plain digits"),
    Planted(C, "employees: 80", "employees: §0", "1 or more"),
    Planted(C, "growth: 0.05", "growth: §5%", "like 0.45 for 45%"),
    Planted(C, "growth: 0.05", "growth: §0,05", "a decimal point"),
    Planted(C, "growth: 0.05", "growth: §50", "is this 0.5?"),
    Planted(C, "same_site: yes", "same_site: §Yes", "small letters"),
    Planted(C, "same_site: yes", "same_site: §1", "`yes` or `no`"),
    Planted(C, "same_site: yes", 'same_site: §"yes"', "without quotes"),
    Planted(C, "same_site: yes", "same_site: §[yes]", "not a list or a group"),
    Planted(C, "product_type: configured", "product_type: §configurd", "did you mean `configured`?"),
    Planted(C, "name: Acme Pumps", "name: §unknown", "must be known"),
    Planted(C, "name: Acme Pumps", 'name: §"  "', "empty"),
    Planted(C, "name: Acme Pumps", f"name: §{'long ' * 801}", "longer than 4,000"),
    Planted(C, "    date: 2026-03-02", "    date: §2026-02-30", "no such day"),
    Planted(C, "    date: 2026-03-02", "    date: §02.03.2026", "year-month-day"),
    Planted(C, "start: 2026-04-01", "start: §unknown", "must be a date"),
    Planted(C, "market:\n  product_type: configured", "market: §configured", "a group of keys"),
    Planted(C, "market:\n  product_type: configured", "market: §[]", "a group of keys"),
    Planted(C, "    source: interview", "    source: §gossip", "must be `interview`"),
    # sense
    Planted(C, "client: acme", "client: §acmee", "the folder's name, `acme`"),
    Planted(C, "employees: 80", "employees: §8", "more than everybody employed"),
    Planted(C, "currency: EUR", "currency: §Euro", "three capital letters"),
    Planted(C, "  currency: EUR\n", "  currency: §unknown\n", "not their currency"),
    Planted(C, "  revenue: 12000000", "  revenue: 12000000\n  revenue_in_euro: §11000000", "in euro already"),
    Planted(C, "large_deal_size: 20000", "large_deal_size: §2000", "cannot be smaller"),
    Planted(C, "deal_size: 4000", "deal_size: §0", "1 or more"),
    Planted(C, "growth: 0.05", "growth: §2.1", "is this 0.021?"),
    Planted(C, "systems:\n", "money: {sales_budget: §13000000}\nsystems:\n", "whole turnover"),
    Planted(C, "  sales: 6", "  sales: §1", "were asked (3) than work in it"),
    Planted(C, "  marketing: 2.5", "  marketing: §0.4", "have answered (1) than work in it"),
    Planted(C, "  crm: yes\n  marketing_reads_crm: no", "  crm: no\n  marketing_reads_crm: §yes", "not there"),
    Planted(C, "  discount: {value: 0.12", "  §discuont: {value: 0.12", "did you mean `discount`?"),
    Planted(C, "{value: 0.12", "{value: §12", "is this 0.12?"),
    Planted(C, "{value: 0.12", "{value: §-0.1", "never less than 0"),
    Planted(C, "{value: 40,", "{value: §401,", "cannot be more than `leads`"),
    Planted(C, "  notice: marketing", "  §notise: marketing", "did you mean `notice`?"),
    Planted(C, "ownership:\n  notice: marketing\n  ", "ownership:\n  §", "`notice` is missing"),
    Planted(C, "  buy: sales", "  buy: §nobody", "`unclear`"),
    Planted(C, "about: price", "about: §prices", "did you mean `price`?"),
    Planted(C, "[plan-desk]", "[§plan-desc]", "did you mean `plan-desk`?"),
    Planted(C, "[plan-desk]", "[plan-desk, §plan-desk]", "twice"),
    Planted(C, "base: 20000", "base: §2000", "less than `low`"),
    Planted(C, "high: 9000", "high: §900", "less than `base`"),
    Planted(C, "start: 2026-04-01", "start: §2026-03-01", "before the report date"),
    Planted(C, "next_wave: 2026-10-01", "next_wave: §2026-03-20", "after the report date"),
    Planted(C, "    date: 2026-03-02", "    date: §2026-03-21", "after the report date"),
    # the wave
    Planted(W, "wave: 2026-03", "wave: §2026-04", "the file's name, `2026-03`"),
    Planted(W, "id: two-by-two", "id: §twenty", "the playbook's instrument is `two-by-two`"),
    Planted(W, "version: 3}", "version: §2}", "version 3"),
    Planted(W, "collected_to: 2026-03-13", "collected_to: §2026-03-01", "before `collected_from`"),
    Planted(W, "report_date: 2026-03-20", "report_date: §2026-03-12", "before `collected_to`"),
    Planted(W, "{sales: 3,", "{sales: §1,", "fewer people were asked"),
    Planted(W, "figures: 5", "figures: §4", "5 or more"),
    Planted(W, "  m4x9:\n    function: sales", "  m4x9:\n    function: §sells", "must be `sales`"),
    Planted(W, "  m4x9:\n    function: sales", "  m4x9:\n    §fucntion: sales", "did you mean `function`?"),
    Planted(W, "  m4x9:", "  §r7k2:", "same key already stands on line 11"),
    Planted(W, "  m4x9:", "  §M4X9:", "an id consists of"),
    Planted(W, "      same-plan: 1", "      §same-plans: 1", "did you mean `same-plan`?"),
    Planted(W, "      same-plan: 1", "      same-plan: §5", "outside the scale of 1 to 4"),
    Planted(W, "      same-plan: 1", "      same-plan: §-1", "outside the scale of 1 to 4"),
    Planted(W, "      same-plan: 1", "      same-plan: §dont-know", "does not allow"),
    Planted(W, "      same-plan: 1", "      same-plan: §don't know", "an answer must be"),
    Planted(W, "    comment: zebrafish", "    §coment: zebrafish", "did you mean `comment`?"),
]


@pytest.mark.parametrize("flaw", SINGLE, ids=lambda flaw: re.sub(r"\s+", " ", flaw.new)[:40])
def test_a_single_flaw_gives_one_message_at_its_place(flaw: Planted, tmp_path: Path) -> None:
    folder, (place,) = folder_with(tmp_path / "acme", FILES, flaw)
    (message,) = _messages(folder)
    assert message.startswith(f"{place}: ")
    assert flaw.says in message


@pytest.mark.parametrize(
    "written", ["3.0", '"3"', "true", "1e0", "0x1", "03", "+3", "٣", ".nan", "1_0", "3 # x", "null", "~", "1" * 5000, "{a: 1}", ""]
)
def test_an_answer_is_a_point_of_the_scale_in_plain_digits(written: str, tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES, Planted(W, "same-plan: 1", f"same-plan: {written}", ""))
    if written == "3 # x":
        assert read_case(folder, None, PLAYBOOK).assessment.respondents[0].answers["same-plan"] == 3
    else:
        assert len(_messages(folder)) == 1


TEN = [
    Planted(C, "people:\n", "§poeple:\n", "people"),
    Planted(C, "  growth: 0.05", "  growth: §5%", ""),
    Planted(C, "large_deal_size: 20000", "large_deal_size: §2000", ""),
    Planted(C, "  discount: {", "  §discuont: {", ""),
    Planted(C, "about: price", "about: §prices", ""),
    Planted(C, "start: 2026-04-01", "start: §2026-03-01", ""),
    Planted(W, "{sales: 3,", "{sales: §1,", ""),
    Planted(W, "    level: staff", "    level: §boss", ""),
    Planted(W, "      same-plan: 1", "      same-plan: §9", ""),
    Planted(W, "version: 3}", "version: §2}", ""),
]


def test_ten_flaws_give_ten_messages(tmp_path: Path) -> None:
    folder, places = folder_with(tmp_path / "acme", FILES, *TEN)
    assert [re.match(r".*?:\d+:\d+", message)[0] for message in _messages(folder)] == sorted(places, key=_by_line)


def test_a_flaw_in_a_required_record_does_not_hide_the_others(tmp_path: Path) -> None:
    flaws = [
        Planted(C, "  name: Acme Pumps\n", "  name: §\n", ""),
        Planted(C, "base: 20000", "base: §2000", ""),
        Planted(C, "points: for", "points: §so", ""),
    ]
    folder, places = folder_with(tmp_path / "acme", FILES, *flaws)
    assert len(_messages(folder)) == len(places)


@pytest.mark.parametrize("level", ["staff", "head"])
def test_named_answers_are_those_of_heads_and_need_consent(level: str, tmp_path: Path) -> None:
    named = Planted(W, "mode: anonymous", "mode: named", "")
    agreed = Planted(W, "mode: anonymous", "mode: named\n  consent: {by: both heads, date: 2026-03-01}", "")
    heads = Planted(W, "level: staff", f"level: {level}", "")
    without = _messages(folder_with(tmp_path / "a" / "acme", FILES, named, heads)[0])
    assert "`mode: named` needs `consent`" in without[0]
    folder, _ = folder_with(tmp_path / "b" / "acme", FILES, agreed, heads)
    if level == "head":
        assert read_case(folder, None, PLAYBOOK).assessment.confidentiality.mode == "named"
    else:
        assert len(_messages(folder)) == 1


LOWERED = [
    ("figures: 5", "figures: §4"),
    ("figures: 5", "figures: §0"),
    ("figures: 5", "figures: §-5"),
    ("figures: 5", "figures: §4.99"),
    ("figures: 5", "figures: §'5'"),
    ("figures: 5", "figures: §none"),
    ("figures: 5", "figures: §unknown"),
    ("figures: 5", "figures: §no"),
    ("figures: 5", "figures: 5\n  spread: §9"),
    ("figures: 5", "figures: 5\n  comments: §9"),
    ("figures: 5", "figures: 5\n  §figures: 1"),
    ("figures: 5", "figures: 5\n  §figure: 1"),
    ("mode: anonymous", "mode: §open"),
    ("mode: anonymous", "mode: §unknown"),
    ("confidentiality:\n  mode: anonymous\n  figures: 5", "confidentiality: §none"),
    ("  m4x9:\n    function: sales", "  m4x9:\n    §figures: 1\n    function: sales"),
]


@pytest.mark.parametrize(("old", "new"), LOWERED)
def test_no_threshold_can_be_lowered_or_switched_off(old: str, new: str, tmp_path: Path) -> None:
    folder, (place,) = folder_with(tmp_path / "acme", FILES, Planted(W, old, new, ""))
    assert [message.split(": ", 1)[0] for message in _messages(folder)] == [place]


def test_no_folder_of_knowledge_can_set_a_threshold(tmp_path: Path) -> None:
    for file in TINY.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "more.yaml").write_text("confidentiality: {figures: 1, mode: named}\n", "utf-8")
    with pytest.raises(FlawedPlaybook, match="not known here"):
        read_playbook(tmp_path)


CONSENTS = [
    "\n  consent: {by: both heads, date: §2026-03-21}",
    "\n  consent: §{date: 2026-03-01}",
    "\n  consent: §{by: both heads}",
    "\n  consent: {by: §unknown, date: 2026-03-01}",
    "\n  consent: {by: both heads, date: §unknown}",
    "\n  consent: {by: §'', date: 2026-03-01}",
    "\n  consent: §yes",
    "\n  §concent: {by: both heads, date: 2026-03-01}",
]


@pytest.mark.parametrize("consent", CONSENTS)
def test_named_mode_needs_a_whole_consent_from_before_the_report(consent: str, tmp_path: Path) -> None:
    named = Planted(W, "mode: anonymous", f"mode: named{consent}", "")
    heads = Planted(W, "level: staff", "level: head", "")
    folder, (place,) = folder_with(tmp_path / "acme", FILES, named, heads)
    assert place in [message.split(": ", 1)[0] for message in _messages(folder)]


SECRETS = [
    ("comment: zebrafish", "comment: [zebrafish]"),
    ("comment: zebrafish", "comment: zebrafish: zebrafish"),
    ("comment: zebrafish", "zebrafish: 1"),
    ("comment: zebrafish", "comment: zebrafish\n    zebrafish"),
    ("comment: zebrafish", "comment: 'zebrafish"),
    ("comment: zebrafish", "comment: *zebrafish"),
    ("comment: zebrafish", "comment: &zebrafish x"),
    ("comment: zebrafish", "comment: !zebrafish x"),
    ("p1q8:", "zebra_fish:"),
    ("p1q8:", "zebrafish: x\n  p1q8:"),
    ("surprises: 2", "surprises: zebrafish"),
    ("surprises: 2", "zebrafish: 2"),
    ("surprises: 2", '"\\x1bzebrafish": 2'),
    ("level: head\n    answers: {", "level: zebrafish\n    answers: {"),
    ("function: marketing", "function: zebrafish"),
    ("respondents:", "redact: [zebrafish, '!']\nrespondents:"),
    ("respondents:", "redact: [zebra fish]\nrespondents:"),
    ("respondents:", "redact: {zebrafish: 1}\nrespondents:"),
    ("respondents:", "redact: [[zebrafish]]\nrespondents:"),
    ("respondents:", "redact: [*zebrafish]\nrespondents:"),
    ("respondents:", "redact: ['zebrafish]\nrespondents:"),
    ("respondents:", "redacted: [zebrafish]\nrespondents:"),
    ("comment: zebrafish", "comment: my team is zebrafish\n    verbatim: approved"),
    ("comment: zebrafish", "comment: zebrafish\n    verbatim: zebrafish"),
    ("mode: anonymous", "mode: zebrafish"),
    ("figures: 5", "figures: zebrafish"),
]


@pytest.mark.parametrize(("old", "new"), SECRETS)
def test_no_message_repeats_what_a_respondent_wrote(old: str, new: str, tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES, Planted(W, old, new, ""))
    messages = _messages(folder)
    assert messages
    assert not [message for message in messages if "zebra" in message.replace(str(tmp_path), "")]


@pytest.mark.parametrize("text", ["NO", "12:30", "010", "1.10", "null", "~x", "true", "2026-03-02", "1_000", "0x1F", "1e3", "0123", "on"])
def test_text_stays_text_to_the_letter(text: str, tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES, Planted(C, "name: Acme Pumps", f"name: {text}", ""))
    assert read_case(folder, None, PLAYBOOK).client.company.name == text


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain, _ = folder_with(tmp_path / "a" / "acme", FILES)
    expected = read_case(plain, None, PLAYBOOK)
    for name, change in {
        "crlf": lambda text: text.replace("\n", "\r\n"),
        "cr": lambda text: text.replace("\n", "\r"),
        "bom": "\ufeff".__add__,
    }.items():
        folder, _ = folder_with(tmp_path / name / "acme", {file: change(text) for file, text in FILES.items()})
        assert read_case(folder, None, PLAYBOOK) == expected


def test_the_newest_wave_is_read_by_default(tmp_path: Path) -> None:
    newer = WAVE.replace("wave: 2026-03", "wave: 2026-03b")
    folder, _ = folder_with(
        tmp_path / "acme", FILES | {"assessments/2026-03b.yaml": newer, "assessments/.x.yaml": "", "assessments/notes.txt": ""}
    )
    assert waves(folder) == ("2026-03", "2026-03b")
    assert read_case(folder, None, PLAYBOOK).assessment.wave == "2026-03b"
    assert read_case(folder, "2026-03", PLAYBOOK).assessment.wave == "2026-03"


def test_a_wave_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES)
    with pytest.raises(UsageTrouble, match="no wave `2026-04`; did you mean `2026-03`"):
        read_case(folder, "2026-04", PLAYBOOK)
    with pytest.raises(UsageTrouble, match="no wave"):
        read_case(folder, "../client", PLAYBOOK)


def test_a_measure_that_says_the_same_as_a_fact_says_the_same_number(tmp_path: Path) -> None:
    doubled = {"selling:\n": "selling:\n  cycle_days: 30\n", "measures:\n": "measures:\n  sales-cycle-days: {value: 145}\n"}
    text = FILES[C]
    for old, new in doubled.items():
        text = text.replace(old, new)
    folder, _ = folder_with(tmp_path / "acme", FILES | {C: text})
    with pytest.raises(FlawedInput) as caught:
        read_case(folder, None, read_playbook(shipped("playbook")))
    said = [flaw.says for flaw in caught.value.flaws]
    assert [says for says in said if "says the same" in says] == [
        "`145`: this differs from the fact `selling.cycle_days` (30), which says the same"
    ]


def test_answers_to_another_instrument_are_one_flaw(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES)
    with pytest.raises(FlawedInput) as caught:
        read_case(folder, None, read_playbook(shipped("playbook")))
    assert [flaw.says for flaw in caught.value.flaws if flaw.file.endswith(W)] == [
        "the playbook's instrument is `sales-marketing-alignment`"
    ]


def test_a_file_that_nothing_reads_is_named(tmp_path: Path) -> None:
    strays = {"brand.yaml": "accent: red\n", "assessments/2026-04.yml": WAVE, "notes.txt": "kept", ".hidden.yaml": "kept"}
    folder, _ = folder_with(tmp_path / "acme", FILES | strays)
    assert _messages(folder) == [
        f"{folder}/assessments/2026-04.yml:1:1: this file is not read; name it 2026-04.yaml",
        f"{folder}/brand.yaml:1:1: this file is not read; "
        "a client's folder holds client.yaml, narrative.yaml, theme.yaml and assessments/<wave>.yaml; keep other files elsewhere",
    ]


def test_what_is_no_ordinary_file_is_one_flaw(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES)
    file = folder / C
    file.rename(tmp_path / "elsewhere.yaml")
    assert "no such file" in _messages(folder)[0]
    file.symlink_to(tmp_path / "elsewhere.yaml")
    assert "this is a link" in _messages(folder)[0]
    file.unlink()
    os.mkfifo(file)
    assert "cannot be read" in _messages(folder)[0]
    file.unlink()
    file.mkdir()
    assert "a folder, not a file" in _messages(folder)[0]
    assert len(_messages(folder)) == 1


def test_a_folder_without_answers_says_so(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", {C: CLIENT})
    (message,) = _messages(folder)
    assert "no wave of answers" in message


def test_names_of_files_are_shown_safely(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "ac\x1b[31m\nme", {C: "client: x"})
    assert all("\x1b" not in message and "\\x1b[31m\\x0ame" in message for message in _messages(folder))


@given(
    st.sampled_from([C, W]),
    st.lists(
        st.tuples(st.integers(0, 1500), st.integers(0, 12), st.text(max_size=6) | st.sampled_from([": ", "\n", "- ", "[", "}", "'"])),
        max_size=4,
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, file: str, damages: list[tuple[int, int, str]]) -> None:
    text = FILES[file]
    for start, length, put in damages:
        text = text[:start] + put + text[start + length :]
    folder, _ = folder_with(tmp_path / "acme", FILES | {file: text.replace("§", "")})
    begun = time.process_time()
    with contextlib.suppress(FlawedInput):
        read_case(folder, None, PLAYBOOK)
    assert time.process_time() - begun < 1


CROWDS = {
    "unknown keys": (C, "client: acme\n" + "".join(f"key-{number}: x\n" for number in range(15_000))),
    "unknown measures": (
        C,
        CLIENT.replace("measures:\n", "measures:\n" + "".join(f"  key-{number}: {{value: 1}}\n" for number in range(8_000))),
    ),
    "flawed values": (W, WAVE + "".join(f"  r{number}: {{function: a, level: b, answers: {{x: y}}}}\n" for number in range(15_000))),
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_a_crowd_of_flaws_is_told_in_time(crowd: str, tmp_path: Path) -> None:
    file, text = CROWDS[crowd]
    folder, _ = folder_with(tmp_path / "acme", FILES | {file: text[:1_000_000]})
    begun = time.process_time()
    assert _messages(folder)
    assert time.process_time() - begun < 10


def _messages(folder: Path) -> list[str]:
    with pytest.raises(FlawedInput) as trouble:
        read_case(folder, None, PLAYBOOK)
    return [str(flaw) for flaw in trouble.value.flaws]


def _by_line(place: str) -> tuple[str, int, int]:
    file, line, column = place.rsplit(":", 2)
    return file, int(line), int(column)
