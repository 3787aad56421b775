"""What a partner who reviews a playbook with a red pen complains of, where no other file holds it. CONTRIBUTING lists all twenty."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from cases import ACME, team, wave
from samples import CLIENTS, CONFIGS, document, made, playbook, report, section

from alignment_report.analysis.conditions import judge
from alignment_report.analysis.report import compile_report
from alignment_report.model.fields import FactValue

each_client = pytest.mark.parametrize("client", CLIENTS)


def test_an_average_of_both_functions_never_stands_on_the_first_page_without_both_of_them_and_their_gap() -> None:
    """Sales 50 and Marketing 62 make 56, with a gap of 12."""
    apart = wave(team("sales", [48, 52, 50, 49, 51, 50]), team("marketing", [60, 64, 62, 61, 63, 62]))
    answer = section(made(compile_report(ACME, apart, playbook())), "summary")["answer"]
    assert (answer["score"]["text"], answer["gap"]["text"]) == ("56.0", "+12.0")
    assert "12.0 points higher than Sales (62.0 against 50.0)" in answer["gap_text"]["text"]


CONTRADICTIONS: list[tuple[str, str, dict[str, FactValue]]] = [
    ("one place for a sales force that works in the field or from home", "co-location", {"people.sales_dispersed": True}),
    ("a revenue executive for a company of twelve", "revenue-executive", {"people.employees": Fraction(12)}),
    ("a liaison where there is one marketer", "liaison", {"people.marketing": Fraction(1)}),
    ("a joint meeting where there is one a week already", "disciplined-meeting", {"rules.joint_meetings_per_quarter": Fraction(13)}),
    ("pay on the agenda where it is settled for years", "reward-options", {"money.pay_locked": True}),
]


@pytest.mark.parametrize(
    ("play", "facts"), [(play, facts) for _, play, facts in CONTRADICTIONS], ids=[what for what, _, _ in CONTRADICTIONS]
)
def test_what_contradicts_the_company_is_adapted_or_left_out(play: str, facts: dict[str, FactValue]) -> None:
    known = report("marlow-cooling").known
    known = replace(known, facts={**known.facts, **facts})
    (found,) = (p for p in playbook().plays if p.id == play)
    assert [guard.id for guard in found.guards if judge(guard.when, known).met]


def test_every_guard_of_a_play_can_be_met_and_says_why_at_this_client() -> None:
    plays = [(play.id, guard) for play in playbook().plays for guard in play.guards]
    assert len(plays) > 20
    assert [play for play, guard in plays if not any("{" in template for template in guard.says)] == []
    assert [play for play, guard in plays if guard.action == "adapt" and not guard.instead] == []


@each_client
def test_neither_function_carries_the_whole_plan(client: str) -> None:
    owners = [card["owner_id"] for card in section(document(client), "plays")["cards"]]
    if owners:
        alone = [sum(owner == function for owner in owners) for function in ("sales", "marketing")]
        assert min(alone) >= 1
        assert max(alone) <= Fraction(6, 10) * len(owners)
        assert abs(alone[0] - alone[1]) <= 3


def test_more_rules_than_it_needs_threaten_a_small_company_also_below_the_second_stage() -> None:
    rows = {row["id"]: row["text"]["text"] for row in section(document("fennel-and-rye"), "risks")["rows"]}
    assert rows["over-integration"].startswith("With 28 people at Fennel & Rye, 7 of them in Sales and 5 in Marketing")


@pytest.mark.parametrize(("share", "told"), [(Fraction(21, 100), False), (Fraction(1, 4), True)])
def test_a_quarter_of_turnover_is_named_where_ten_customers_bring_as_much(share: Fraction, told: bool) -> None:
    (risk,) = (risk for risk in playbook().risks if risk.id == "customer-concentration")
    known = report("fennel-and-rye").known
    assert risk.name.startswith("A quarter of turnover or more")
    assert judge(risk.when, replace(known, facts={**known.facts, "selling.top_ten_share": share})).met is told


def test_what_both_functions_begin_is_owned_by_neither_alone() -> None:
    """The list of first steps says who beside what: “Marketing” beside “Each head” would name one of two."""
    alone = [play for play in playbook().plays if play.owner in ("sales", "marketing")]
    assert [play.id for play in alone if re.match(r"(?:Each|Both|The two) ", play.first_step)] == []


BLAME = re.compile(
    r"\b(?:at fault|to blame|guilty|incompeten\w+|lazy|stubborn|arrogan\w+|ignoran\w+|refuses? to|fails? to|never bothers?|ivory tower|"
    r"complain(?:s|ers?)?|whin\w+|sabotag\w+|clueless|dysfunctional|toxic)\b",
    re.IGNORECASE,
)


def _told() -> Iterator[str]:
    for file in [*(CONFIGS / "playbook").glob("*.yaml"), *(CONFIGS.parent / "templates" / "words").glob("*.yaml")]:
        yield from (f"{file.name}: {line.strip()}" for line in file.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))


def test_nothing_that_ships_lays_blame_on_a_function() -> None:
    assert [line for line in _told() if BLAME.search(line)] == []


CAUSAL = re.compile(
    r"\b(?:causes?|caused|leads? to|led to|results? in|resulted in|thanks to|drives?|drove|boosts?|proves?|proven)\b", re.IGNORECASE
)


def test_no_finding_of_a_study_is_told_as_cause_and_effect() -> None:
    """Nearly all of the studies are surveys at one time; what they show goes together, and no more."""
    assert [r.id for r in playbook().references if CAUSAL.search(r.finding)] == []


@each_client
def test_every_title_is_a_sentence_with_a_finding_of_this_client(client: str) -> None:
    others = {s["title"] for name in CLIENTS if name != client for s in document(name)["sections"]}
    shared = [s["id"] for s in document(client)["sections"] if s["title"] in others and not s["missing"]]
    assert len(shared) <= 2, shared
    assert [s["title"] for s in document(client)["sections"] if len(s["title"].split()) < 2 and s["id"] != "cover"] == []
