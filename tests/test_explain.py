"""Why things are as they are: every id that a playbook shows is explained, down to file and line."""

import re
from pathlib import Path

import pytest
from samples import CLIENTS, CONFIGS, playbook, report

from alignment_report.building.explain import explain
from alignment_report.errors import UsageTrouble

PLAYBOOK = CONFIGS / "playbook"
RULE = re.compile(r"^  rule       (?P<file>.+\.yaml):(?P<line>\d+):(?P<column>\d+)$", re.MULTILINE)


def _explained(client: str, id: str) -> str:
    return explain(CONFIGS / "clients" / client, None, PLAYBOOK, id)


def _ids(client: str) -> list[str]:
    shown = report(client)
    plan = shown.plan
    plays = [p.play.id for p in plan.plays] + [b.play.id for b in plan.blocked] + [p.id for p in plan.already]
    return [*(f.source.id for f in shown.findings), *(c.condition.id for c in shown.verdict.conditions), *plays]


@pytest.mark.parametrize("client", ["harrow-pumps", *(pytest.param(c, marks=pytest.mark.slow) for c in CLIENTS if c != "harrow-pumps")])
def test_every_finding_condition_and_play_is_led_back_to_the_line_of_its_rule(client: str) -> None:
    for id in _ids(client):
        rule = RULE.search(_explained(client, id))
        assert rule is not None, id
        line = Path(rule["file"]).read_text("utf-8").splitlines()[int(rule["line"]) - 1]
        assert re.match(r"[\w-]+:", line[int(rule["column"]) - 1 :]), (id, line)


@pytest.mark.parametrize("client", CLIENTS)
def test_every_fact_read_is_led_back_to_its_line(client: str) -> None:
    for condition in report(client).verdict.conditions:
        for reading in condition.judgement.readings:
            if reading.bound.subject == "fact":
                name = reading.bound.id.partition(".")[2]
                places = re.findall(r"\[(.+client\.yaml):(\d+):(\d+)\]", _explained(client, condition.condition.id))
                lines = [Path(file).read_text("utf-8").splitlines()[int(line) - 1] for file, line, _ in places]
                assert any(line.strip().startswith(f"{name}:") for line in lines), (condition.condition.id, name)


@pytest.mark.parametrize("client", CLIENTS)
def test_stage_and_verdict_say_numbers_and_outcomes(client: str) -> None:
    stage, verdict = _explained(client, "stage"), _explained(client, "verdict")
    assert re.search(r"^  combined   \d", stage, re.MULTILINE)
    assert RULE.search(stage)
    assert all(condition.condition.id in verdict for condition in report(client).verdict.conditions)


@pytest.mark.parametrize(
    ("client", "id", "says"),
    [
        ("harrow-pumps", "joint-calls", "done already"),
        ("marlow-cooling", "co-location", "ruled out by the engagement"),
        ("brightwater-clinics", "protect-informal-ties", "blocked"),
    ],
)
def test_a_play_that_is_not_proposed_says_why(client: str, id: str, says: str) -> None:
    told = _explained(client, id)
    assert says in told
    assert "client.yaml:" in told


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("liaison", "others ease more of what was found"),
        ("quarterly-look", "not in question here"),
        ("conflict-visible", "not asked here"),
    ],
)
def test_what_is_not_in_question_says_so(id: str, says: str) -> None:
    told = _explained("marlow-cooling", id)
    assert says in told
    assert RULE.search(told)


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_every_play_condition_and_statement_of_the_playbook_can_be_explained(step: int) -> None:
    plays = {play.id for play in playbook().plays}
    statements = {statement.id for statement in playbook().instrument.statements}
    conditions = {c.id for t in playbook().transitions for c in t.stay + t.tighten + t.prerequisites}
    for id in sorted(plays | statements | conditions)[::step]:
        assert _explained("marlow-cooling", id)


def test_a_play_and_a_statement_of_one_id_are_both_explained() -> None:
    told = _explained("marlow-cooling", "one-funnel")
    assert "Statement 14" in told
    assert "plays.yaml" in told


def test_amounts_are_printed_with_plain_spaces() -> None:
    told = _explained("marlow-cooling", "pricing-authority")
    assert "EUR 118,000" in told
    assert "\u00a0" not in told


def test_a_near_miss_is_asked_back() -> None:
    with pytest.raises(UsageTrouble, match="did you mean `common-glossary`"):
        _explained("harrow-pumps", "common-glosary")
