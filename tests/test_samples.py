"""Five samples, five stories: each playbook reads like work for that company."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest
from samples import CLIENTS, CONFIGS, Json, case, compiled, document, made, playbook, report, section

from alignment_report.building.checking import check_client
from alignment_report.rendering.drawing import drawings
from alignment_report.rendering.exhibits.theme import Theme

each_client = pytest.mark.parametrize("client", CLIENTS)


def test_there_are_five_samples_with_five_stories() -> None:
    stories = {client: story(document(client)) for client in CLIENTS}
    assert len(CLIENTS) == 5
    assert len(set(stories.values())) == 5
    assert {verdict for _, verdict, _ in stories.values()} >= {"move", "hold", "prerequisites-first", "sustain"}
    assert {stage for stage, _, _ in stories.values()} == {"Undefined", "Defined", "Aligned", "Integrated"}
    assert len({plays for _, _, plays in stories.values()}) == 5


def story(of: Json) -> tuple[str, str, frozenset[str]]:
    """The stage, the verdict and the headline plays."""
    answer = section(of, "summary")["answer"]
    headline = frozenset(card["id"] for card in section(of, "plays")["cards"] if card["headline"])
    return answer["stage"], answer["verdict_kind"], headline


@each_client
def test_every_wave_of_a_sample_passes_the_check(client: str) -> None:
    checked = check_client(CONFIGS / "clients" / client, None, playbook())
    assert [str(flaw) for flaw in (*checked.flaws, *checked.notes)] == []
    assert len(checked.waves) == (2 if client == "lindqvist-instruments" else 1)


@each_client
def test_a_second_build_gives_an_equal_document(client: str) -> None:
    again = made(compiled(case(client)))
    assert again == document(client)


@each_client
def test_both_functions_own_plays_and_a_top_five_and_a_stop_are_there(client: str) -> None:
    plays = section(document(client), "plays")
    owners = Counter(card["owner_id"] for card in plays["cards"])
    assert owners["sales"] >= 1
    assert owners["marketing"] >= 1
    assert owners["shared"] >= 1
    assert max(owners["sales"], owners["marketing"]) <= sum(owners.values()) * 3 / 5
    assert sum(card["headline"] for card in plays["cards"]) == 5
    assert len(plays["stops"]) >= 1


@each_client
def test_every_play_says_who_when_what_first_what_before_what_shows_it_and_what_may_go_wrong(client: str) -> None:
    needed = ("owner", "sponsor", "start", "end", "first_step", "first_step_date", "indicators", "risk", "done_when", "because")
    for card in section(document(client), "plays")["cards"]:
        assert [field for field in needed if not card[field]] == []
        assert card["needs"] or card["after"]
        assert card["here"]["trace"] != []
        assert all(reason["trace"] for reason in card["because"])
        assert any(not path.startswith("rule:") for path in card["here"]["trace"])
        assert bool(card["pay_note"]) == card["touches_pay"]


@each_client
def test_the_target_is_one_stage_up_at_the_most_and_never_without_why_not_further(client: str) -> None:
    stages = [stage.name for stage in sorted(playbook().stages, key=lambda s: s.floor)]
    target = section(document(client), "target")
    here = stages.index(target["now_name"])
    assert target["next_name"] in (None, *stages[here + 1 : here + 2])
    assert section(document(client), "decision")["why_not_further"] != []


@each_client
def test_each_aspect_of_now_and_next_is_told_by_facts_figures_or_answers_of_the_client(client: str) -> None:
    rows = section(document(client), "target")["rows"]
    assert [row["facet"] for row in rows] == [facet.name for facet in playbook().facets]
    own = ("fact:", "measure:", "statement:")
    assert [row["facet"] for row in rows if not any(path.startswith(own) for path in row["here"]["trace"])] == []
    assert [row["facet"] for row in rows if row["here"]["text"] == "Not known."] == []


@each_client
def test_a_day_for_the_next_wave_is_always_named(client: str) -> None:
    assert re.search(r"\d{1,2} \w+ 20\d\d", section(document(client), "next-steps")["next_wave"]["text"])


@each_client
def test_whoever_does_not_move_has_tripwires(client: str) -> None:
    decision = section(document(client), "decision")
    wires = decision["tripwires"]
    kind = report(client).verdict.kind
    assert bool(wires) == (kind in ("hold", "prerequisites-first"))
    assert all(wire["text"] and wire["watched_by"] and wire["turns"] for wire in wires)


ALIKE = 0.25
"""At most this part of what is said of one sample alone may be said of another in the same words: two at the same stage share rules."""


@pytest.mark.parametrize(("one", "other"), tuple(combinations(CLIENTS, 2)))
def test_two_samples_share_few_sentences_even_where_names_and_numbers_are_left_out(one: str, other: str) -> None:
    said, also = ({masked(text, client) for text in own_sentences(document(client))} for client in (one, other))
    assert len(said & also) <= ALIKE * min(len(said), len(also))


def test_no_sentence_of_findings_verdict_why_here_stops_and_risks_is_shared_by_more_than_two_samples() -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for client in CLIENTS:
        for text in own_sentences(document(client)):
            where[masked(text, client)].add(client)
    assert {text: sorted(clients) for text, clients in where.items() if len(clients) > 2} == {}


def own_sentences(of: Json) -> Iterator[str]:
    """What is said of this client alone: findings, verdict, why here, what to stop, what may go wrong."""
    friction, summary, decision, plays, risks = (section(of, id) for id in ("friction", "summary", "decision", "plays", "risks"))
    yield friction["paragraphs"][0][0]["text"]
    for finding in friction["findings"]:
        yield from (s["text"] for s in (*finding["paragraph"], *finding["for"], *finding["against"]))
    yield from (other["text"]["text"] for other in friction["others"])
    yield from (s["text"] for prose in summary["paragraphs"] for s in prose)
    yield from (move["why"]["text"] for move in summary["moves"])
    yield from (s["text"] for s in (*decision["paragraphs"][0], *decision["why_not_further"]))
    yield from (c["text"]["text"] for group in decision["groups"] for c in group["conditions"])
    for card in plays["cards"]:
        yield card["here"]["text"]
        yield from ([card["adapted"]["text"]] if card["adapted"] else [])
    yield from (stop["text"]["text"] for stop in plays["stops"])
    yield from (row["text"]["text"] for row in risks["rows"])


NUMBER = re.compile(r"[A-Z]{3} ?\d[\d,.]*|[+−]?\d[\d,.]*%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)


def masked(text: str, client: str) -> str:
    """The sentence without this client's name, offer, customers, region, titles, numbers and dates."""
    company, structure, engagement = case(client).client.company, case(client).client.structure, case(client).client.engagement
    names = [company.name, company.offering, company.customers, company.regions, company.industry, company.unit, engagement.sponsor]
    names += [structure.sales_head, structure.marketing_head, structure.sales_reports_to, structure.marketing_reports_to]
    for name in sorted((n for n in names if n), key=len, reverse=True):
        text = re.sub(re.escape(name), "@", text, flags=re.IGNORECASE)
    return NUMBER.sub("#", MONTH.sub("#", text.replace("\u00a0", " ")))


@each_client
def test_no_drawing_shortens_a_label(client: str) -> None:
    drawn = drawings(document(client)["exhibits"], Theme())
    assert {id: re.findall("[^<>]*…", svg) for id, svg in drawn.items() if "…" in svg} == {}
