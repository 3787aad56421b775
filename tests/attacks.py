"""Eight attacks on delivered files. Each takes editions of one client and gives what it looked for and what it claims to know.

A claim is about the mean answer of some people to some statements; whether it is true is for the test to say.
"""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, product
from math import ceil, floor, sqrt

from cases import STATEMENTS
from intruder import CROWD, DIMENSIONS, FUNCTIONS, ITEMS, Claim, Edition, K, Loot, Person, Spread, counted, scope_of, statements_of
from knowledge import Knowledge, knowledge
from shares import counts_of_shares

from alignment_report.analysis.digests import content
from alignment_report.model.assessment import Respondent

SCOPES = (*DIMENSIONS.values(), STATEMENTS)
"""The answers that are looked at together."""

INSIDERS = 3
"""Of each edition so many try it: those who are alike with fewest, from whom least cancels out."""


def subtraction(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """The mean of both less that of one, the whole less its parts: the mean of a function that is not shown, in each edition alone."""
    claims, targets = [], 0
    for edition in editions:
        known = knowledge((edition,), protected)
        found = [_hidden(known, 0, item, function) for item, function in _hidden_means(edition)]
        targets += len(found)
        claims += [claim for claim in found if claim]
    return Loot(targets, tuple(claims))


def cross_cuts(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """Margins of a table: a few who left the same out, from means that hold them and means that do not; heads of one function, from all heads."""
    claims, targets = [], 0
    for edition in editions:
        known = knowledge((edition,), protected)
        for scope in SCOPES:
            found = [_few_claim(known, few, scope) for few in _few(known, scope)]
            targets += len(found)
            claims += [claim for claim in found if claim]
    return Loot(targets, tuple(claims))


def rerun(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """One edition less another of the same wave: who came late, who was corrected; and a function that only one of the two shows apart."""
    return _between([pair for pair in combinations(editions, 2) if pair[0].publication.wave == pair[1].publication.wave], protected)


def joiner(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """The same between waves, into which the answers of all others were carried over."""
    return _between([pair for pair in combinations(editions, 2) if pair[0].publication.wave != pair[1].publication.wave], protected)


def unanimity(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """A sum at the end of its scale tells everybody's answer: of a group below a crowd, and of the few who came or left between editions."""
    groups = [group for item in ITEMS for group in _sums(editions, item, protected)]
    found = [_at_an_end(people, item, low, high) for people, item, low, high in groups]
    return Loot(len(groups), tuple(claim for claim in found if claim))


def insider(editions: Sequence[Edition], own: Mapping[Person, Mapping[str, int]], protected: bool = True) -> Loot:
    """Each member takes their own answer off: what all others of the group answered; and what those answered who are few beside them.

    For the member as for anybody a group of k less one is enough to hide among, unless all the others turn out to be of one mind. That all
    but one of them are, the member cannot tell from one who is not: the sum leaves open who it is, and any of them is believed least.
    """
    found = [*_others(editions, own, protected)]
    found += [loot for edition in editions for loot in _beside_insiders(edition, own, protected)]
    return Loot(len(found), tuple(claim for claim in found if claim))


def spread(editions: Sequence[Edition], protected: bool = True) -> Loot:
    """The answers of a group below a crowd, each of them, from mean, deviation, least and most, or from the shares of all answers."""
    claims, targets = [], 0
    for edition in editions:
        people = counted(edition) if protected else edition.people
        for id in STATEMENTS:
            groups = {f: frozenset(p.name for p in people if p.function == f and id in p.answered) for f in FUNCTIONS}
            sizes = {f: len(group) for f, group in groups.items()}
            for function in FUNCTIONS:
                if 1 < sizes[function] < CROWD and (f"s:{id}", function) in edition.publication.figures:
                    targets += 1
                    possible = list(_possible(edition, id, function, sizes))
                    if len(possible) == 1 and _is_more_than_the_mean(edition, id, function, sizes[function]):
                        mean = sum(possible[0]) / len(possible[0])
                        claims.append(Claim(groups[function], frozenset({id}), mean, mean))
    return Loot(targets, tuple(claims))


def dictionary(marks: Iterable[str], words: Iterable[str]) -> Loot:
    """Every known id and every guessed answer record, hashed in all usual ways, against every long hexadecimal string."""
    found = frozenset(mark.lower() for mark in marks)
    tried = [digest for word in words for digest in _digests(word.encode())]
    hits = [digest for digest in tried if not found.isdisjoint(_prefixes(digest))]
    return Loot(len(tried), tuple(Claim(frozenset(), frozenset(), 0, 0) for _ in hits))


def guesses(person: Respondent) -> Iterator[str]:
    """An id and an answer record in the forms in which somebody could think to hash them."""
    records = [dict(person.answers), dict(sorted(person.answers.items()))]
    yield person.id
    for record in records:
        yield from (json.dumps(record), json.dumps(record, separators=(",", ":")), repr(sorted(record.items())))
    told = content(person)
    yield from (told.decode(), "answers:" + told.decode(), "id:" + person.id)


# A hidden mean


def _hidden_means(edition: Edition) -> Iterator[tuple[str, str]]:
    figures = edition.publication.figures
    for item in ITEMS:
        yield from ((item, function) for function in FUNCTIONS if (item, function) not in figures)


def _hidden(known: Knowledge, number: int, item: str, function: str) -> Claim | None:
    """The mean of a few, or of the function beside a few; of a larger function below a crowd what its mean tells of everybody in it."""
    groups = {f: frozenset(p for p in known.inside[number] if p.function == f and scope_of(p, item)) for f in FUNCTIONS}
    points = 1 if item.startswith("s:") else 20
    target = {at: weight / points for at, weight in known.mean(number, item, function).items()}
    people, names = len(groups[function]), frozenset(p.name for p in groups[function])
    if any(0 < len(group) < K for group in groups.values()):
        found = known.exposed(target)
        return Claim(names, statements_of(item), *found) if found else None
    if not 0 < people < CROWD or not _at_an_end(groups[function], item, *(end * people for end in known.reached(target))):
        return None
    claim = _at_an_end(groups[function], item, *(end * people for end in known.bounds(target)))
    return claim if claim and not any(_is_told_by(lone, known, number, item, groups[function]) for lone in known.editions) else None


def _is_told_by(lone: Edition, known: Knowledge, number: int, item: str, people: frozenset[Person]) -> bool:
    """Whether one edition's mean of both functions tells as much of everybody in one by itself."""
    editions = [_only(edition, item, edition is lone) for edition in known.editions]
    alone = Knowledge(editions, protected=False)
    points = 1 if item.startswith("s:") else 20
    (function,) = {person.function for person in people}
    ends = alone.bounds({at: weight / points for at, weight in alone.mean(number, item, function).items()})
    return _at_an_end(people, item, *(end * len(people) for end in ends)) is not None


def _only(edition: Edition, item: str, is_shown: bool) -> Edition:
    figures = {at: printed for at, printed in edition.publication.figures.items() if is_shown and at == (item, "combined")}
    people = tuple(p for p in counted(edition) if scope_of(p, item))
    return Edition(replace(edition.publication, figures=figures, shares={}), people)


# A few who are alike


def _few(known: Knowledge, scope: Sequence[str]) -> Iterator[list[Person]]:
    """Fewer than K of a function who are alike, and two such sets together, at most half of the function.

    What all figures tell of more than half, beyond what the mean of the whole tells, they tell of the rest, who are fewer: those are asked about.
    """
    for function in FUNCTIONS:
        people = [p for p in known.kind_of if p.function == function]
        alike = [*_alike(known, [p for p in people if p.answered & set(scope)], scope)]
        for few in (*alike, *([*one, *other] for one, other in combinations(alike, 2))):
            if len(few) < K and 2 * len(few) <= len(people):
                yield few


def _alike(known: Knowledge, people: Iterable[Person], scope: Sequence[str]) -> Iterable[list[Person]]:
    """Sets of people who count alike in every figure; heads and staff are told apart by their scores alone, so on a dimension they are alike."""
    alike: defaultdict[tuple[object, ...], list[Person]] = defaultdict(list)
    for person in people:
        function, level, *rest = known.kind_of[person]
        alike[function, level if len(scope) == len(STATEMENTS) else "", *rest].append(person)
    return alike.values()


def _few_claim(known: Knowledge, few: Sequence[Person], scope: Iterable[str]) -> Claim | None:
    found = known.exposed(known.answers(few, scope))
    statements = frozenset(scope).intersection(frozenset().union(*(p.answered for p in few)))
    return Claim(frozenset(p.name for p in few), statements, *found) if found else None


# An insider


def _others(editions: Sequence[Edition], own: Mapping[Person, Mapping[str, int]], protected: bool) -> Iterator[Claim | None]:
    for item in ITEMS:
        for people, _, low, high in _sums(editions, item, protected):
            for member in people:
                scope = scope_of(member, item)
                given = sum(own[member][id] for id in scope) / len(scope)
                yield _at_an_end(people - {member}, item, low - given, high - given, but_for=0)


def _beside_insiders(edition: Edition, own: Mapping[Person, Mapping[str, int]], protected: bool) -> Iterator[Claim | None]:
    """What those who are alike with fewest can tell of a few others, at most half of them; K less themselves are enough to hide among."""
    known = knowledge((edition,), protected)
    members = sorted((p for p in known.kind_of if p.function in FUNCTIONS), key=lambda p: (known.size[known.kind_of[p]], p.name))
    for member in members[:INSIDERS]:
        beside = Knowledge([edition], protected, {member: own[member]})
        others = [p for p in beside.kind_of if p.function == member.function and p != member]
        for scope in SCOPES:
            alike = _alike(beside, [p for p in others if p.answered & set(scope)], scope)
            yield from (_few_claim(beside, few, scope) for few in alike if len(few) < K - 1 and 2 * len(few) <= len(others))


# Two editions


def _between(pairs: Iterable[tuple[Edition, Edition]], protected: bool) -> Loot:
    claims, targets = [], 0
    for pair in pairs:
        known = knowledge(pair, protected)
        found = [_few_claim(known, few, scope) for few, scope in _changed(known)]
        for number, edition in enumerate(pair):
            hidden = [(at, _hidden(known, number, *at)) for at in _hidden_means(edition)]
            # What one edition tells by itself is the other attacks' find.
            found += [c if c and not _hidden(knowledge((edition,), protected), 0, *at) else None for at, c in hidden]
        targets += len(found)
        claims += [claim for claim in found if claim]
    return Loot(targets, tuple(claims))


def _changed(known: Knowledge) -> Iterator[tuple[list[Person], tuple[str, ...]]]:
    """Everybody who came or left, few enough: all alike among them, and those of them who answered a statement that others left out."""
    before, after = known.inside
    for changed in (after - before, before - after):
        for function in FUNCTIONS:
            people = [p for p in changed if p.function == function]
            for scope in SCOPES:
                few = (group for group in _alike(known, people, scope) if len(group) < K and not _is_most(known, group))
                yield from ((group, scope) for group in few if group[0].answered & set(scope))
            for id in STATEMENTS:
                answered = [p for p in people if id in p.answered]
                if 0 < len(answered) < K:
                    yield answered, (id,)


def _is_most(known: Knowledge, few: Sequence[Person]) -> bool:
    """Whether a few are more than half of a function that may be shown: of them see `_few`."""
    functions = [[p for p in inside if p.function == few[0].function] for inside in known.inside if few[0] in inside]
    return any(K <= len(people) < 2 * len(few) for people in functions)


# Sums


def _sums(editions: Sequence[Edition], item: str, protected: bool) -> Iterator[tuple[frozenset[Person], str, float, float]]:
    """Groups of 2 to 9 with the ends of their sum: those shown, and those by which two editions differ on one side alone."""
    known: list[dict[str, tuple[frozenset[Person], float, float]]] = []
    for edition in editions:
        people = counted(edition) if protected else edition.people
        groups = {f: frozenset(p for p in people if p.function == f and scope_of(p, item)) for f in FUNCTIONS}
        known.append({f: (g, *_sum(edition, item, f, len(g))) for f, g in groups.items() if (item, f) in edition.publication.figures and g})
    for found in known:
        yield from ((g, item, low, high) for g, low, high in found.values() if 2 <= len(g) < CROWD)
    for one, other in combinations(known, 2):
        for function in set(one) & set(other):
            for (few, low, high), (many, least, most) in ((one[function], other[function]), (other[function], one[function])):
                if few < many and 2 <= len(many - few) < CROWD and item.startswith("s:"):
                    yield many - few, item, least - high, most - low


def _sum(edition: Edition, item: str, function: str, people: int) -> tuple[float, float]:
    """The ends of a sum of answers; to a statement it is a whole number."""
    printed = edition.publication.figures[item, function]
    if item.startswith("s:"):
        return ceil(printed.low * people - 1e-9), floor(printed.high * people + 1e-9)
    return printed.low / 20 * people, printed.high / 20 * people


def _at_an_end(people: frozenset[Person], item: str, low: float, high: float, but_for: int = 1) -> Claim | None:
    """All of a group but for so many answered at one end, or all of them where the sum is of several statements."""
    spare = but_for if item.startswith("s:") else 0.05 * len(people)
    statements = statements_of(item)
    names = frozenset(p.name for p in people)
    if high <= len(people) + spare + 1e-9:
        return Claim(names, statements, 1.0, max(high / len(people), 1.0))
    if low >= 5 * len(people) - spare - 1e-9:
        return Claim(names, statements, min(low / len(people), 5.0), 5.0)
    return None


# Every answer of a group


def _possible(edition: Edition, id: str, function: str, sizes: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    low, high = _sum(edition, f"s:{id}", function, sizes[function])
    shares = edition.publication.shares.get(id)
    told = edition.publication.spreads.get((f"s:{id}", function))
    splits = _splits(edition, id, function, sizes, shares) if shares else None
    for answers in combinations_with_replacement(range(1, 6), sizes[function]):
        if low <= sum(answers) <= high and (not told or _fits(answers, told)) and (splits is None or answers in splits):
            yield answers


def _is_more_than_the_mean(edition: Edition, id: str, function: str, size: int) -> bool:
    low, high = _sum(edition, f"s:{id}", function, size)
    return size + 1 < low and high < 5 * size - 1


def _fits(answers: Sequence[int], told: Spread) -> bool:
    mean = sum(answers) / len(answers)
    deviation = sqrt(sum((a - mean) ** 2 for a in answers) / max(len(answers) - 1, 1))
    return abs(deviation - told.deviation) <= 0.00501 and min(answers) == told.least and max(answers) == told.most


def _splits(edition: Edition, id: str, function: str, sizes: Mapping[str, int], shares: tuple[int, ...]) -> set[tuple[int, ...]]:
    """What one function can have answered, given how often each answer was given by both."""
    other = next(f for f in FUNCTIONS if f != function)
    low, high = _sum(edition, f"s:{id}", other, sizes[other])
    found = set()
    for counts in counts_of_shares(shares, sum(sizes.values())):
        whole = sum(answer * times for answer, times in enumerate(counts, 1))
        for part in product(*(range(times + 1) for times in counts)):
            if sum(part) == sizes[function] and low <= whole - sum(a * t for a, t in enumerate(part, 1)) <= high:
                found.add(tuple(answer for answer, times in enumerate(part, 1) for _ in range(times)))
    return found


# Digests

_KEYS = (b"", b"0", b"key", b"secret", b"salt", b"acme", b"marlow-cooling", b"2026-03", b"2026-09", b"0" * 32, b"f" * 32)
_HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b")


def _digests(word: bytes) -> Iterator[str]:
    for name in _HASHES:
        yield hashlib.new(name, word, usedforsecurity=False).hexdigest()
        yield from (hmac.new(key, word, name).hexdigest() for key in _KEYS)


def _prefixes(digest: str) -> set[str]:
    return {digest[:length] for length in (16, 32, 40, 64, 128)}
