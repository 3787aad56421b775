"""The document: plain data that says everything that may be shown, once, and nothing that may not be."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from cases import ACME, NAMED, STATEMENTS, answers_for, mixed_team, respondent, team, wave
from samples import CLIENTS, CONFIGS, Json, case, document, made, playbook, report, section, sentences, strings

from alignment_report.analysis.published import Split
from alignment_report.analysis.report import compile_report
from alignment_report.model.assessment import Assessment, Confidentiality, Invited, Respondent, Role
from alignment_report.model.client import Client, Company, Rules, facts
from alignment_report.reading.client import Case
from alignment_report.rendering.document import ONLY_WHERE, SECTIONS
from alignment_report.rendering.document_schema import report_schema
from alignment_report.rendering.words import words

each_client = pytest.mark.parametrize("client", CLIENTS)

SCHEMA = jsonschema.Draft202012Validator(report_schema())


@each_client
def test_a_document_is_plain_data(client: str) -> None:
    assert json.loads(json.dumps(document(client), ensure_ascii=False, allow_nan=False)) == document(client)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


@each_client
def test_a_document_keeps_to_its_schema(client: str) -> None:
    assert [f"{list(trouble.absolute_path)}: {trouble.message}" for trouble in SCHEMA.iter_errors(document(client))] == []


@each_client
def test_an_interval_that_is_drawn_stands_in_the_table_and_where_none_is_the_reason_does(client: str) -> None:
    exhibits = document(client)["exhibits"]
    for id in ("stage-scale", "dimensions", "trend"):
        if id in exhibits:
            drawn = [f"{i['low']:.1f} to {i['high']:.1f}" for i in _intervals(exhibits[id]["data"])]
            cells = [cell for row in exhibits[id]["table"]["rows"] for cell in row]
            assert all(any(told in cell for cell in cells) for told in drawn)
            assert drawn or "no interval" in (exhibits[id]["note"] or exhibits[id]["data"]["score"]["note"]).lower()
    for id in ("perception-gap", "answers"):
        assert id not in exhibits or exhibits[id]["note"] or all(row["clear"] for row in exhibits[id]["data"]["rows"])


def _intervals(node: object) -> Iterator[Json]:
    if isinstance(node, dict):
        yield from [node] if set(node) == {"low", "high"} else [found for value in node.values() for found in _intervals(value)]
    elif isinstance(node, list):
        yield from (found for value in node for found in _intervals(value))


@each_client
def test_the_tally_of_figures_beside_opinions_counts_the_rows_of_its_table(client: str) -> None:
    found = section(document(client), "triangulation")
    ((tally,),) = found["paragraphs"]
    outcomes = Counter(row["match"] for row in found["rows"])
    told = {match: words("en")(f"triangulation.part.{match}", count) for match, count in outcomes.items()}
    assert all(part in tally["text"] for part in told.values())
    assert {path for row in found["rows"] for path in row["note"]["trace"]} <= set(tally["trace"])


def test_the_schema_refuses_a_withheld_figure_with_a_value_and_an_unknown_field() -> None:
    for change in ({"sales": {"withheld": True, "text": "withheld", "value": 2.0}}, {"respondents": []}):
        spoilt = json.loads(json.dumps(document(CLIENTS[0])))
        section(spoilt, "statements")["rows"][0].update(change)
        assert not SCHEMA.is_valid(spoilt)


@each_client
def test_every_section_is_there_in_order_with_a_message_for_a_title(client: str) -> None:
    found = document(client)["sections"]
    there = [id for id, _ in SECTIONS if id not in ONLY_WHERE or (id == "progress" and client == "lindqvist-instruments")]
    assert [(s["id"], s["anchor"]) for s in found] == [(id, f"s-{id}") for id in there]
    assert [s["number"] for s in found] == [*map(str, range(len(found) - 3)), "A", "B", "C"]
    assert [s["id"] for s in found if not s["title"] or not s["label"] or s["title"] == s["label"]] == []
    assert [s["title"] for s in found if s["title"] != s["title"][0].upper() + s["title"][1:]] == []
    plain = {message.lower() for key, message in words("en").messages.items() if key.endswith(".label") and isinstance(message, str)}
    assert [s["title"] for s in found if s["title"].lower() in plain] == []
    assert [x["title"] for x in document(client)["exhibits"].values() if x["title"].lower() in plain] == []


@each_client
def test_the_first_page_has_stage_size_confidence_gap_verdict_and_the_decision_asked(client: str) -> None:
    summary = section(document(client), "summary")
    answer = summary["answer"]
    assert answer["stage"] in {stage.name for stage in playbook().stages}
    assert answer["score"]["n"]
    assert re.search(r"interval", answer["confidence"]["text"])
    assert answer["gap_text"]["text"]
    assert answer["verdict"]
    assert summary["decision"]
    assert len(summary["moves"]) == 5


@each_client
def test_the_decision_names_every_move_of_the_first_day_and_the_last_chapter_every_move_by_date(client: str) -> None:
    moves = sorted((play for play in report(client).plan.plays if play.is_headline), key=lambda play: play.start)
    asked = section(document(client), "summary")["decision"][0]
    named = {play.play.id for play in moves if play.play.name[1:] in asked["text"]}
    assert named == {play.play.id for play in moves if play.start == moves[0].start}
    assert {f"rule:play.{id}" for id in named} <= set(asked["trace"])
    steps = [step["text"] for step in section(document(client), "next-steps")["fortnight"]]
    assert steps == [play.play.first_step for play in moves]


@each_client
def test_a_section_without_data_says_what_is_missing(client: str) -> None:
    for found in document(client)["sections"]:
        contents = [value for key, value in found.items() if key not in ("id", "number", "anchor", "title", "label", "missing")]
        assert any(contents) or found["missing"], found["id"]


@each_client
def test_every_sentence_is_whole_and_says_what_it_rests_on(client: str) -> None:
    known = paths()
    for sentence in sentences(document(client)):
        assert sentence["trace"], sentence["text"]
        assert sentence["text"][0] == sentence["text"][0].upper()
        assert {path for path in sentence["trace"] if not re.match("|".join(known), path)} == set()


def paths() -> list[str]:
    """What a trace may name, as patterns."""
    return [
        "fact:[a-z_]+",
        "measure:[a-z-]+",
        "statement:[a-z-]+",
        "dimension:[a-z-]+",
        "observation:[a-z0-9-]+",
        "rule:[A-Za-z0-9.-]+",
        "wave:[a-z0-9-]+$",
        r"narrative:waves\.[a-z0-9-]+\.[a-z0-9.-]+",
        "score$",
    ]


@each_client
def test_nothing_is_left_unfilled_or_shown_as_the_program_stores_it(client: str) -> None:
    shown = {**document(client), "exhibits": {id: {**x, "data": None} for id, x in document(client)["exhibits"].items()}, "words": {}}
    for text in strings(shown):
        assert not re.search(
            r"[{}]|\bNone\b|\bnan\b|\bundefined\b(?= value)|\bTrue\b|\bFalse\b|Fraction\(|  |\.\.(?!\.)|,,| ,| \.", text
        ), text


@each_client
def test_grammar_holds_once_values_are_filled_in(client: str) -> None:
    wrong = re.compile(
        r"\b(?:1|one) (?:people|days|weeks|months|points|plays|statements|leads|visits)\b"
        r"|\b(a) (?=[aeiou])(?!one|uni|us|eu)\w+|\ban (?=[bcdfgjklpqrstvwxz])\w+"
        r"|\b(\w+) \2\b|\bthe (?:its|their|a|an)\b|\ba (?:it|its)\b",
        re.IGNORECASE,
    )
    for sentence in sentences(document(client)):
        found = wrong.search(sentence["text"])
        assert found is None or found[0].lower() in ALLOWED, f"{found and found[0]}: {sentence['text']}"


ALLOWED = ("that that", "had had")


@each_client
def test_every_figure_prints_its_value_and_a_withheld_one_nothing_else(client: str) -> None:
    for found in figures(document(client)):
        if "withheld" in found:
            assert found == {"withheld": True, "text": "not answered by both" if client == "brightwater-clinics" else "withheld"}
            continue
        assert set(found) == {"value", "text", "n"}
        printed = float(re.sub(r"[A-Z,+\u00a0]", "", found["text"]).replace("−", "-"))
        assert printed == pytest.approx(found["value"], abs=0.5 if found["n"] is None else 0)


def figures(node: object) -> Iterator[Json]:
    """Every figure outside of drawing data."""
    if isinstance(node, Mapping):
        if "withheld" in node or ({"value", "n"} <= set(node)):
            yield dict(node)
        for key, value in node.items():
            if key != "data":
                yield from figures(value)
    elif isinstance(node, list):
        for value in node:
            yield from figures(value)


@each_client
def test_every_reference_that_is_cited_is_listed(client: str) -> None:
    listed = {reference["id"] for reference in section(document(client), "evidence")["references"]}
    cited = set(re.findall(r'"(R\d+|KRK2006)"', json.dumps([s for s in document(client)["sections"] if s["id"] != "evidence"])))
    assert cited - listed == set()
    assert listed <= {reference.id for reference in playbook().references}


@each_client
def test_anchors_are_unique_and_every_link_leads_to_one(client: str) -> None:
    found = document(client)
    plays = section(found, "plays")["cards"]
    frictions = section(found, "friction")
    anchors = [s["anchor"] for s in found["sections"]] + [card["anchor"] for card in plays]
    anchors += [f["anchor"] for f in (*frictions["findings"], *frictions["others"])]
    assert len(anchors) == len(set(anchors))
    links = [move["anchor"] for move in section(found, "summary")["moves"]]
    links += [eased["anchor"] for f in frictions["findings"] for eased in f["eased_by"]]
    links += [item["anchor"] for period in section(found, "roadmap")["periods"] for item in period["items"]]
    assert set(links) <= set(anchors)


def test_exhibits_are_numbered_and_every_section_refers_to_one_that_exists() -> None:
    for client in CLIENTS:
        exhibits = document(client)["exhibits"]
        assert [x["number"] for x in exhibits.values()] == list(range(1, len(exhibits) + 1))
        named = {s.get("exhibit") for s in document(client)["sections"]} | {
            s.get("exhibit_distribution") for s in document(client)["sections"]
        }
        assert named - {None} <= set(exhibits)


def built(assessment: Assessment, client: Client = ACME) -> Json:
    return made(compile_report(client, assessment, playbook()))


@pytest.mark.parametrize(
    ("totals", "text", "stage"),
    [
        ((40,), "40.0", "Defined"),
        ((39, 40), "39.5", "Undefined"),
        ((60,), "60.0", "Aligned"),
        ((59, 60), "59.5", "Defined"),
        ((80,), "80.0", "Integrated"),
        ((100,), "100.0", "Integrated"),
        ((20,), "20.0", "Undefined"),
        ((39, *[40] * 11), "39.9", "Undefined"),
        ((39, *[40] * 23), "39.96", "Undefined"),
        ((59, *[60] * 30), "59.97", "Defined"),
        ((41, *[40] * 30), "40.0", "Defined"),
    ],
)
def test_the_printed_score_lies_in_the_stage_that_is_printed(totals: Sequence[int], text: str, stage: str) -> None:
    people = list(totals) * (5 if len(totals) < 5 else 1)
    answer = section(built(wave(team("sales", people), team("marketing", people))), "summary")["answer"]
    assert (answer["score"]["text"], answer["stage"]) == (text, stage)
    band = next(b for b in playbook().stages if b.name == stage)
    above = min((b.floor for b in playbook().stages if b.floor > band.floor), default=Fraction(101))
    assert band.floor <= Fraction(answer["score"]["text"]) < above


def test_no_number_of_one_function_stands_anywhere_when_the_other_has_four() -> None:
    found = built(wave(mixed_team("sales", 8), mixed_team("marketing", 4, turn=1)))
    splits = list(section(found, "statements")["rows"]) + [s for g in section(found, "perception")["groups"] for s in g["statements"]]
    assert all(row[name] == {"withheld": True, "text": "withheld"} for row in splits for name in ("sales", "marketing", "gap"))
    answer = section(found, "summary")["answer"]
    assert answer["score"]["n"] == "10–19"
    assert answer["gap"] is None
    assert {row["answered"] for row in section(found, "method")["participation"][:2]} == {"withheld"}
    assert [reading["figure"] for reading in section(found, "stage")["readings"][1:]] == [{"withheld": True, "text": "withheld"}] * 2
    assert "perception-gap" not in found["exhibits"]
    assert found["exhibits"]["stage-scale"]["data"]["functions"] == []
    assert not re.search(r"\b(?:Sales|Marketing) \d\.\d|answers \d\.\d", " ".join(strings(found["sections"])))


def test_a_score_on_an_edge_is_less_than_a_tenth_away_from_it_and_never_nothing() -> None:
    found = built(wave(team("sales", [60] * 6), team("marketing", [60] * 6)))
    assert (
        section(found, "stage")["title"] == "At 60.0 points the relationship is aligned, less than 0.1 points above the border with defined"
    )


def test_one_person_fewer_than_the_threshold_removes_the_number() -> None:
    five, four = (built(wave(mixed_team("sales", 5), mixed_team("marketing", size, turn=1))) for size in (5, 4))
    assert "value" in section(five, "stage")["readings"][1]["figure"]
    assert section(four, "stage")["readings"][1]["figure"] == {"withheld": True, "text": "withheld"}
    assert section(built(wave(mixed_team("sales", 3), mixed_team("marketing", 1))), "summary")["answer"]["score"] == {
        "withheld": True,
        "text": "withheld",
    }


def test_without_a_stage_every_section_still_stands_and_says_what_is_missing() -> None:
    found = built(wave(mixed_team("sales", 6)))
    assert list(SCHEMA.iter_errors(found)) == []
    assert section(found, "summary")["missing"]
    assert section(found, "summary")["answer"]["verdict_kind"] == "not-enough-evidence"


def test_nothing_of_a_single_person_is_in_a_document() -> None:
    people = [
        replace(person, id=f"canary-id-{place}", comment=f"canary comment {place}")
        for place, person in enumerate((*mixed_team("sales", 12), *mixed_team("marketing", 11, turn=2)))
    ]
    found = built(wave(people))
    assert "canary" not in json.dumps(found)
    keys = {key for node in objects(found) for key in node}
    assert keys & {"respondents", "respondent", "answers_of", "comment", "comments"} == set()
    lists = [value for node in objects(found["sections"]) for value in node.values() if isinstance(value, list)]
    assert not any(len(value) >= len(STATEMENTS) and all(isinstance(item, int) for item in value) for value in lists)


def objects(node: object) -> Iterator[Mapping[str, Any]]:
    """Every object in the document."""
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from objects(value)


def test_two_named_heads_are_told_apart_as_two_views_without_interval_or_per_cent() -> None:
    heads = (respondent("sales", answers_for(70), "head"), respondent("marketing", answers_for(52, 3), "head"))
    found = built(wave(heads, rules=NAMED))
    text = " ".join(s["text"] for id in ("summary", "stage", "dimensions", "perception") for s in sentences(section(found, id)))
    assert "the head of Sales" in text.replace("The head", "the head")
    assert "%" not in text
    assert not re.search(r"interval (?:runs|from)", text)
    assert all(function["interval"] is None for function in found["exhibits"]["stage-scale"]["data"]["functions"])


def spread_team(function: Role, size: int) -> tuple[Respondent, ...]:
    """People whose answers differ on every statement, and their totals too."""
    return tuple(
        replace(person, answers={id: min(5, int(str(answer)) + place % 2) for id, answer in person.answers.items()})
        for place, person in enumerate(mixed_team(function, size))
    )


WHY_NONE = {
    "named": (wave(team("sales", [70]), team("marketing", [55]), rules=NAMED), "No intervals: these are two people's views."),
    "whole team": (
        wave(spread_team("sales", 12), spread_team("marketing", 12), invited=Invited(sales=12, marketing=12)),
        "No intervals: everybody asked has answered.",
    ),
    "nine": (wave(spread_team("sales", 9), spread_team("marketing", 9)), "No intervals: a function has fewer than ten people."),
    "of one total": (
        wave(team("sales", [60] * 12), team("marketing", [64] * 12)),
        "No intervals: the answers are too much alike for one.",
    ),
}


@pytest.mark.parametrize(("assessment", "why"), WHY_NONE.values(), ids=WHY_NONE)
def test_where_the_score_has_no_interval_its_exhibit_says_why(assessment: Assessment, why: str) -> None:
    assert built(assessment)["exhibits"]["stage-scale"]["note"] == why


@pytest.mark.parametrize("case", ["named", "whole team"])
def test_gaps_that_no_number_of_people_would_test_are_not_said_to_need_more(case: str) -> None:
    assessment, why = WHY_NONE[case]
    assert built(assessment)["exhibits"]["perception-gap"]["note"] == why


def test_where_one_function_alone_has_an_interval_its_exhibit_says_what_the_others_lack() -> None:
    scale = built(wave(spread_team("sales", 12), spread_team("marketing", 7)))["exhibits"]["stage-scale"]
    assert [row[2] == "–" for row in scale["table"]["rows"]] == [True, False, True]
    assert "given for ten people or more" in scale["note"]


def test_totals_too_much_alike_for_an_interval_are_the_reason_in_the_chapter_too() -> None:
    assert "too much alike" in section(built(WHY_NONE["of one total"][0]), "stage")["interval"]["text"]


def test_intervals_that_rest_on_a_small_function_are_called_rough_in_each_exhibit() -> None:
    found = built(wave(spread_team("sales", 16), spread_team("marketing", 4)))["exhibits"]
    assert found["dimensions"]["note"].startswith("Bars are rough 95% intervals")
    assert "rough" in found["stage-scale"]["note"]


def test_dimensions_not_shown_apart_are_not_said_to_be_too_much_alike() -> None:
    found = compile_report(ACME, wave(spread_team("sales", 12), spread_team("marketing", 12)), playbook())
    together = tuple(replace(d, split=Split(replace(d.split.combined, interval=None))) for d in found.published.dimensions)
    note = made(replace(found, published=replace(found.published, dimensions=together)))["exhibits"]["dimensions"]["note"]
    assert "not shown apart" in note


def test_the_share_of_opportunities_won_is_told_beside_the_win_rate_with_what_parts_them() -> None:
    told = [s["text"] for s in section(document("marlow-cooling"), "funnel")["paragraphs"][0]]
    assert told[-1] == "The 641 opportunities hold those still open too; of those that were closed, 29% were won."


@pytest.mark.parametrize(("client", "step"), [*((c, 7) for c in CLIENTS), pytest.param(CLIENTS[-1], 1, marks=pytest.mark.slow)])
def test_each_fact_taken_away_leaves_a_document_in_which_it_is_unknown(client: str, step: int) -> None:
    original = case(client)
    required = {"company.name", "company.offering", "company.customers"}
    given = [
        path for path, value in facts(original.client).items() if value is not None and path not in required | {"company.revenue_in_euro"}
    ]
    wrong = [path for path in given[::step] if not shown_as_unknown(without(original, path), path)]
    assert wrong == []


def without(original: Case, path: str) -> Json:
    group, _, name = path.partition(".")
    emptied = replace(original.client, **{group: replace(getattr(original.client, group), **{name: None})})
    return made(compile_report(emptied, original.assessment, playbook()))


def shown_as_unknown(found: Json, path: str) -> bool:
    """Whether the profile shows the fact as unknown, in a document that keeps to its schema."""
    label = words("en")(f"fact.{path}")
    items = [item for group in section(found, "context")["profile"] for item in group["items"] if item["label"] == label]
    says = "the whole company" if path == "company.unit" else "unknown"
    return items == [{"label": label, "value": says, "known": False}] and SCHEMA.is_valid(found)


def test_a_client_of_whom_nothing_is_known_still_gets_a_document() -> None:
    found = built(wave(mixed_team("sales", 6), mixed_team("marketing", 6, turn=1)), Client("acme", Company("Acme", "cabinets", "grocers")))
    assert list(SCHEMA.iter_errors(found)) == []
    known = {item["label"] for group in section(found, "context")["profile"] for item in group["items"] if item["known"]}
    assert known == {"Name", "Offer", "Customers"}
    assert any("unknown" in row["text"]["text"] for row in section(found, "method")["assumptions"])


def test_an_aspect_of_which_nothing_is_known_says_so_and_names_what_would_tell_it() -> None:
    people = wave(mixed_team("sales", 6), mixed_team("marketing", 6, turn=1))
    without, with_one = (built(people, Client("acme", Company("Acme", "cabinets", "grocers"), rules=rules)) for rules in (Rules(), ROLES))
    old, new = (section(found, "target")["rows"][0]["here"] for found in (without, with_one))
    assert old["text"] == "Not known."
    assert {"fact:rules.roles_written", "fact:relations.dropped_tasks", "rule:facet.boundaries", "score"} <= set(old["trace"])
    assert new["text"] == "Roles written down: no."
    assert "fact:rules.roles_clear" in new["trace"]


ROLES = Rules(roles_written=False)


FORBIDDEN = (
    "HBR assessment",
    "validated instrument",
    "validated questionnaire",
    "208%",
    "208 percent",
    "209%",
    "+32%",
    "36% fewer",
    "87% of",
    "10% of revenue",
    "$1 trillion",
    "trillion",
    "24% faster",
    "27% faster",
    "67% better",
    "36% higher",
    "38% higher",
    "19% faster",
    "Sears",
    "United Airlines",
    "IBM",
    "General Electric",
    "Coca-Cola",
    "Citigroup",
    "proven to increase",
    "guaranteed",
    "best-in-class",
    "world-class",
    "rock star",
    "smarketing",
)
"""Figures, phrases and company examples of vendors and of the press that have no place here."""


@pytest.mark.parametrize(
    "file",
    sorted(
        [
            *(CONFIGS / "playbook").glob("*.yaml"),
            *(CONFIGS.parent / "templates").rglob("*.yaml"),
            *(CONFIGS.parent / "templates").rglob("*.j2"),
        ]
    ),
    ids=lambda path: path.name,
)
def test_no_figure_or_phrase_of_vendors_is_in_what_ships(file: Any) -> None:
    text = file.read_text("utf-8").lower()
    assert [phrase for phrase in FORBIDDEN if phrase.lower() in text] == []


def test_a_raised_threshold_is_the_one_that_is_named() -> None:
    raised = wave(mixed_team("sales", 12), mixed_team("marketing", 12, turn=1), rules=Confidentiality(spread=15))
    found = built(raised, Client("acme", Company("Acme", "cabinets", "grocers")))
    assert "fewer than 15 people" in section(found, "summary")["answer"]["confidence"]["text"]
    assert "15 people or more" in section(found, "stage")["interval"]["text"]
    assert "fewer than 15" in str(found["exhibits"]["stage-scale"]["data"])


@pytest.mark.parametrize("few", [0, 1])
def test_no_sentence_worded_for_several_is_filled_with_none_or_one(few: int) -> None:
    marlow = case("marlow-cooling")
    people = replace(marlow.client.people, sales=Fraction(few), marketing=Fraction(few))
    client = replace(marlow.client, people=people, market=replace(marlow.client.market, life_cycle_months=Fraction(1)))
    found = made(compile_report(client, marlow.assessment, playbook()))
    worded = [text for text in strings(found) if re.search(r"(?<![\d.,])[01] (people|months)\b", text)]
    assert worded == []


@pytest.mark.parametrize(
    ("heads", "says"),
    [
        ([68, 70, 72, 74, 76], "points higher (72.0) than those who work in them (60.0)"),
        ([52, 50, 48, 46, 44], "Those who work in the two functions score the relationship 12.0 points higher (60.0)"),
        ([56, 58, 60, 62, 64], "give the relationship the same score (60.0)"),
    ],
)
def test_heads_are_compared_with_staff_from_five_of_each_in_each_function_on(heads: list[int], says: str) -> None:
    leading = [replace(p, level="head") for function in ("sales", "marketing") for p in team(function, heads)]  # type: ignore[arg-type]
    working = [p for function in ("sales", "marketing") for p in team(function, [54, 56, 58, 60, 62, 64, 66])]  # type: ignore[arg-type]
    found = made(compile_report(ACME, wave(leading, working), playbook()))
    assert any(says in text for text in strings(section(found, "stage")))
    assert [r["label"] for r in section(found, "stage")["readings"]][-2:] == ["Heads of the functions", "Their staff"]
    fewer = made(compile_report(ACME, wave(leading[:9], working), playbook()))
    assert not any("those who work in them" in text for text in strings(section(fewer, "stage")))


def test_where_nearly_all_answers_are_neutral_the_stage_says_so_without_their_exact_share() -> None:
    neutral = [p for function in ("sales", "marketing") for p in team(function, [60] * 9 + [61])]  # type: ignore[arg-type]
    told = [said["text"] for said in sentences(section(made(compile_report(ACME, wave(neutral), playbook())), "stage"))]
    assert "90% or more of all answers were neutral, so the score rests on people who neither agreed nor disagreed." in told


LOCKED = replace(ACME, engagement=replace(ACME.engagement, never_propose=("reward-options",)))
BOTH = wave(mixed_team("sales", 6), mixed_team("marketing", 6, turn=1))


def test_where_a_paper_on_pay_is_ruled_out_the_chapter_offers_and_announces_none() -> None:
    pay = replace(LOCKED.money, sales_variable_pay=Fraction(2, 5), marketing_variable_pay=Fraction(1, 10))
    told = section(built(BOTH, replace(LOCKED, money=pay)), "rewards")
    assert told["title"] == "This plan leaves variable pay as it is: 40% in Sales and 10% in Marketing"
    assert (told["options"], told["note"]) == ([], None)
    assert not any("option" in said["text"] for prose in told["paragraphs"] for said in prose)
    assert "rule out a paper on pay" in told["missing"][0]["text"]
    assert section(built(BOTH, LOCKED), "rewards")["title"] == "This plan leaves pay at Acme as it is"


@pytest.mark.parametrize(
    ("sales", "marketing", "offered"),
    [
        (None, None, {"small-common-part", "margin-and-mix"}),
        (Fraction(1, 5), None, {"small-common-part", "margin-and-mix"}),
        (Fraction(1, 5), Fraction(0), {"margin-and-mix"}),
        (Fraction(0), None, set()),
    ],
)
def test_no_option_is_offered_on_variable_pay_that_is_known_not_to_be_there(
    sales: Fraction | None, marketing: Fraction | None, offered: set[str]
) -> None:
    pay = replace(ACME.money, sales_variable_pay=sales, marketing_variable_pay=marketing)
    told = section(built(BOTH, replace(ACME, money=pay)), "rewards")
    varying = {o.id for o in playbook().rewards if o.option in {option["option"] for option in told["options"]} and o.when}
    assert varying == offered
    out = [said for prose in told["paragraphs"] for said in prose if "left out" in said["text"]]
    assert bool(out) == (len(offered) < 2)
    assert all("fact:money.sales_variable_pay" in said["trace"] or "fact:money.marketing_variable_pay" in said["trace"] for said in out)


def test_without_a_stage_nothing_is_said_of_pay_at_a_stage() -> None:
    assert section(built(wave(mixed_team("sales", 6))), "rewards")["paragraphs"] == []
