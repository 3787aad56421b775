"""Somebody who works there attacks the delivered files of all waves, and learns nobody's answer; without protection the same attacks succeed."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import attacks
import pytest
from delivered_pdf import from_pdf
from intruder import Claim, Edition, Loot, Person
from random_clients import RandomClient, random_client, side_by_side

from alignment_report.building.write import as_json
from alignment_report.rendering.html import print_page
from alignment_report.rendering.pdf import write_pdf

CONTROL, CLIENTS, BLOCK = (1, 2, 5, 8, 10), 1000, 50
MARGIN = 1e-5

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
        means = [_mean(client.truth[name], claim.statements) for name in claim.people]
        if len(claim.people) == 1 or len(claim.statements) == 1:
            mean = sum(means) / len(means)
            assert claim.low - MARGIN <= mean <= claim.high + MARGIN, f"client {client.seed}: {claim} is false, it is {mean}"
    return found


def _mean(answers: Mapping[str, int], statements: Iterable[str]) -> float:
    given = [answers[id] for id in statements if id in answers]
    return sum(given) / len(given)


def _named(seeds: Sequence[int]) -> str:
    return f"{seeds[0]}-{seeds[-1]}"


SAMPLE = (*range(7), 131)
"""The last one is large enough for heads and staff to be shown."""
BLOCKS = [range(start, start + BLOCK) for start in range(0, CLIENTS, BLOCK)]


@pytest.fixture(scope="module", params=[SAMPLE, *(pytest.param(block, marks=pytest.mark.slow) for block in BLOCKS)], ids=_named)
def clients(request: pytest.FixtureRequest) -> list[RandomClient]:
    """So many clients at a time as are kept; everything is tried on them before the next ones are made."""
    return [random_client(seed) for seed in request.param]


def test_no_answer_is_recovered_from_what_is_delivered(clients: Sequence[RandomClient]) -> None:
    targets, found = Counter[str](), []
    for client in clients:
        for name, attack in ATTACKS.items():
            loot = attack(client, client.editions, True)
            targets[name] += loot.targets
            found += [f"client {client.seed}, {client.story}, {name}: {claim}" for claim in recovered(client, loot.claims)]
    print({name: targets[name] for name in ATTACKS})
    assert found == []
    assert all(targets[name] >= len(clients) for name in ATTACKS)


PDFS = [pytest.param(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20))]


@pytest.mark.parametrize("seed", PDFS)
def test_no_answer_is_recovered_from_what_the_pdfs_tell(seed: int, tmp_path: Path) -> None:
    """The text and the alternatives of the PDFs hold the very figures of report.json, and the attacks on them find as little."""
    client = random_client(seed)
    editions = []
    for number, told in enumerate(client.told):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(write_pdf(print_page(told.document)))
        read = from_pdf(file)
        told_by_file = told.edition.publication
        assert read.publication.wave == told_by_file.wave
        assert read.publication.figures == told_by_file.figures
        assert read.publication.shares == told_by_file.shares
        assert read.numbers <= told.numbers
        assert len(read.numbers) > 5
        editions.append(replace(told.edition, publication=read.publication))
    found = [claim for attack in ATTACKS.values() for claim in recovered(client, attack(client, editions, True).claims)]
    assert found == []


def test_the_printed_page_follows_from_the_document_as_written() -> None:
    """So no drawing of the PDF holds a place, a bar or a colour that report.json does not tell."""
    for told in random_client(0).told:
        assert print_page(json.loads(as_json(told.document))) == print_page(told.document)


SUCCEEDS = {
    "subtraction of totals": 0.8,
    "cross cuts": 0.05,
    "a late answer and rerun": 0.2,
    "a joiner, all others unchanged": 0.3,
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


@pytest.mark.parametrize("seeds", [BESIDE, pytest.param(range(CLIENTS), marks=pytest.mark.slow)], ids=["sample", "thousand"])
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


def test_the_page_tells_no_number_that_the_document_does_not(clients: Sequence[RandomClient]) -> None:
    told = [told for client in clients for told in client.told]
    assert {number for each in told for number in each.page_told} == set()
    assert len(told) >= len(clients)


def test_every_bar_place_and_colour_of_the_page_follows_from_the_document_as_written(clients: Sequence[RandomClient]) -> None:
    """The page made anew from report.json is the page that was delivered, so that no drawing holds more than the file tells."""
    assert [client.seed for client in clients if not all(told.page_follows for told in client.told)] == []


def test_no_number_of_a_figure_is_finer_than_it_is_printed(clients: Sequence[RandomClient]) -> None:
    assert {number for client in clients for told in client.told for number in told.too_fine} == set()


def test_no_list_is_in_an_order_that_its_printed_figures_do_not_tell(clients: Sequence[RandomClient]) -> None:
    """Equal figures stand in the order of the instrument, so that which of two exact values is the larger stays open."""
    ranks = [rank for client in clients for told in client.told for rank in told.ranks]
    assert [rank for rank in ranks if list(rank) != sorted(rank)] == []
    assert any(len({figure for figure, _ in rank}) < len(rank) for rank in ranks)


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
    with pytest.raises(AssertionError, match="is false"):
        recovered(client, [replace(truth, low=answers[id] + 1, high=answers[id] + 1)])
