"""Somebody who works there attacks the delivered files of all waves, and learns nobody's answer; without protection the same attacks succeed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import attacks
import pytest
from intruder import Claim, Edition, Loot, Person
from pypdf import PdfReader
from random_clients import RandomClient, printed, random_client, side_by_side

SAMPLE, CONTROL, CLIENTS = range(8), (1, 2, 5, 8, 10), range(1000)
PDFS = range(20)
MARGIN = 1e-6

Attack = Callable[[RandomClient, Sequence[Edition], bool], Loot]

ATTACKS: Mapping[str, Attack] = {
    "subtraction of totals": lambda _, editions, protected: attacks.subtraction(editions, protected),
    "cross cuts": lambda _, editions, protected: attacks.cross_cuts(editions, protected),
    "a late answer and rerun": lambda _, editions, protected: attacks.rerun(editions, protected),
    "a joiner, all others unchanged": lambda _, editions, protected: attacks.joiner(editions, protected),
    "unanimity": lambda _, editions, protected: attacks.unanimity(editions, protected),
    "spread": lambda _, editions, protected: attacks.spread(editions, protected),
    "an insider with own answers": lambda client, editions, protected: attacks.insider(editions, _own(client, editions), protected),
    "dictionary on ids": lambda client, editions, _: attacks.dictionary(_marks(client, editions), _words(client)),
}


def _own(client: RandomClient, editions: Sequence[Edition]) -> Mapping[Person, Mapping[str, int]]:
    return {person: client.truth[person.name] for edition in editions for person in edition.people}


def _marks(client: RandomClient, editions: Sequence[Edition]) -> set[str]:
    """Every long hexadecimal string of the files and, although it is not handed over, of the record of deliveries."""
    is_bare = editions is client.bare
    kept = set() if is_bare else set(re.findall(r"\b[0-9a-f]{16,128}\b", client.record))
    return kept.union(*(edition.publication.marks for edition in editions))


def _words(client: RandomClient) -> list[str]:
    """Each id, and each answer record in the forms in which somebody could think to hash it."""
    return [word for person in client.respondents for word in attacks.guesses(person)]


def recovered(client: RandomClient, claims: Iterable[Claim]) -> list[Claim]:
    """The claims that hold; one that does not is an error of the attack, which would hide that it is too weak."""
    found = list(claims)
    for claim in found:
        answers = [client.truth[name][id] for name in claim.people for id in claim.statements & client.truth[name].keys()]
        if answers and len(claim.people) == 1:
            assert claim.low - MARGIN <= sum(answers) / len(answers) <= claim.high + MARGIN, f"client {client.seed}: a false claim"
    return found


many = pytest.mark.parametrize("clients", [SAMPLE, pytest.param(CLIENTS, marks=pytest.mark.slow)], ids=["sample", "thousand"])


@many
@pytest.mark.parametrize("name", ATTACKS)
def test_no_answer_is_recovered_from_what_is_delivered(name: str, clients: range) -> None:
    targets, found = 0, []
    for client in map(random_client, clients):
        loot = ATTACKS[name](client, client.editions, True)
        targets += loot.targets
        found += [f"client {client.seed}, {client.story}: {claim}" for claim in recovered(client, loot.claims)]
    print(f"{name}: {len(clients)} clients, {targets} targets, {len(found)} recovered")
    assert found == []
    assert targets >= len(clients)


SUCCEEDS = {
    "subtraction of totals": 0.8,
    "cross cuts": 0.01,
    "a late answer and rerun": 0.1,
    "a joiner, all others unchanged": 0.1,
    "unanimity": 0.1,
    "spread": 0.5,
    "an insider with own answers": 0.05,
    "dictionary on ids": 0.001,
}
"""What part of its targets an attack recovers, at the least, where nothing but a smallest group protects them."""


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_attack_succeeds_where_small_groups_are_hidden_and_nothing_else(name: str) -> None:
    targets, found = 0, 0
    for client in map(random_client, CONTROL):
        loot = ATTACKS[name](client, client.bare, False)
        targets += loot.targets
        found += len(recovered(client, loot.claims))
    print(f"{name}: {targets} targets, {found} recovered")
    assert found >= SUCCEEDS[name] * targets > 0


BESIDE = range(12)


@pytest.mark.parametrize("seeds", [BESIDE, pytest.param(CLIENTS, marks=pytest.mark.slow)], ids=["sample", "thousand"])
def test_a_joiner_while_all_others_are_unchanged_is_not_recovered_from_two_waves_in_one_playbook(seeds: range) -> None:
    """Neither wave was delivered before, so the playbook that shows both is the first to publish either."""
    shown, found = 0, []
    for seed in seeds:
        editions, truth = side_by_side(seed)
        if editions is not None:
            shown += 1
            found += [(seed, claim) for claim in attacks.joiner(editions).claims if _is_true(claim, truth)]
    print(f"two waves in one playbook: {len(seeds)} clients, {shown} shown, {len(found)} recovered")
    assert found == []
    assert shown > 0


def test_the_same_joiner_is_recovered_where_the_earlier_wave_is_shown_as_it_is() -> None:
    found = []
    for seed in BESIDE:
        editions, truth = side_by_side(seed, protected=False)
        found += [seed for claim in attacks.joiner(editions).claims if _is_true(claim, truth)] if editions else []
    assert len(set(found)) >= 2


def _is_true(claim: Claim, truth: Mapping[tuple[str, int], Mapping[str, int]]) -> bool:
    answers = [truth[name][id] for name in claim.people for id in claim.statements & truth[name].keys()]
    return bool(answers) and claim.low - MARGIN <= sum(answers) / len(answers) <= claim.high + MARGIN


@many
def test_the_page_tells_no_number_that_the_document_does_not(clients: range) -> None:
    told = [told for client in map(random_client, clients) for told in client.told]
    assert {number for each in told for number in each.page_told} == set()
    assert len(told) >= len(clients)


@many
def test_every_bar_place_and_colour_of_the_page_follows_from_the_document_as_written(clients: range) -> None:
    """The page made anew from report.json is the page that was delivered, so that no drawing holds more than the file tells."""
    assert [client.seed for client in map(random_client, clients) if not all(told.page_follows for told in client.told)] == []


@many
def test_no_number_of_a_figure_is_finer_than_it_is_printed(clients: range) -> None:
    assert {number for client in map(random_client, clients) for told in client.told for number in told.too_fine} == set()


@pytest.mark.slow
def test_the_pdf_tells_no_number_that_the_document_does_not() -> None:
    for seed in PDFS:
        client = random_client(seed)
        for number, told in enumerate(client.told):
            text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(printed(seed, number))).pages)
            found = set(re.findall(r"(?<![\d.,])\d+\.\d+(?![\d.,])", text))
            assert found - told.numbers == set(), f"client {seed}"
            assert len(found) > 5


def test_the_intruder_reads_figures_from_the_files() -> None:
    editions = [edition for client in map(random_client, SAMPLE) for edition in client.editions]
    assert sum(len(edition.publication.figures) for edition in editions) > 30 * len(editions)
    whos = {who for edition in editions for _, who in edition.publication.figures}
    assert whos >= {"combined", "sales", "marketing", "gap", "leadership", "heads", "staff"}
    assert any(edition.publication.shares for edition in editions)
    assert any(edition.publication.spreads for edition in editions)


def test_deliveries_of_a_client_do_differ_where_enough_came() -> None:
    """An attack on the difference of two files needs files that differ."""
    figures = [[e.publication.figures for e in client.editions] for client in map(random_client, SAMPLE)]
    assert sum(any(one != figures_of[0] for one in figures_of[1:]) for figures_of in figures) >= 1


def test_a_claim_that_is_false_is_noticed() -> None:
    client = random_client(0)
    name, answers = next(iter(client.truth.items()))
    id = next(iter(answers))
    truth = Claim(frozenset({name}), frozenset({id}), answers[id], answers[id])
    assert recovered(client, [truth]) == [truth]
    with pytest.raises(AssertionError, match="a false claim"):
        recovered(client, [replace(truth, low=answers[id] + 1, high=answers[id] + 1)])
