"""Who is counted, given what was delivered before: no two publications may differ by a few people.

Whoever holds two playbooks of one wave can subtract one from the other. So, function by function, those who joined since a delivery and
those who left since are nobody or at least `confidentiality.figures` people, or the two have nobody in common. Joiners are held back until
enough have come; with too few leavers others are left out too. A delivery that showed the functions only together, since one was too
small, is not followed by one that shows them apart with the other function unchanged, nor the other way round: the small one would follow.

Answers count, not ids: figures rest on the multiset of what was answered. People answer anew in another wave, so a delivery of another wave
binds a function only where at least one answer record of it was carried over unchanged.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Literal

from alignment_report.analysis.digests import answers_digest, content
from alignment_report.model.assessment import Assessment, Respondent, Role
from alignment_report.model.record import CountedDigests

ROLES: tuple[Role, ...] = ("sales", "marketing", "leadership")
_PAIRS: tuple[tuple[Role, Role], ...] = (("sales", "marketing"), ("marketing", "sales"))


@dataclass(frozen=True, slots=True)
class PastDelivery:
    """A delivery and the key of its wave."""

    day: date
    key: str = field(repr=False)
    counted: CountedDigests
    is_same_wave: bool


@dataclass(frozen=True, slots=True)
class HeldBack:
    """After which days' deliveries answers came late, and since which ones answers have gone, if that leaves somebody uncounted.

    It does not say how many. Nothing of the keys or of the digests is in it.
    """

    late: tuple[date, ...] = ()
    gone: tuple[date, ...] = ()


NOBODY_HELD_BACK = HeldBack()


def hold_back(assessment: Assessment, past: Sequence[PastDelivery]) -> tuple[Assessment, HeldBack]:
    """The wave with the counted people alone and without its key, and what to say of the others.

    Deliveries bind in the order given, each on what those before it left, so that a further one never brings anybody in and the same
    delivery again changes nothing. With named heads, who have agreed to be told apart, everybody counts.
    """
    rules = replace(assessment.confidentiality, key=None)
    if rules.mode == "named" or not past:
        return replace(assessment, confidentiality=rules), NOBODY_HELD_BACK
    contents = {person.id: content(person) for person in assessment.respondents}
    groups = {role: Counter(contents[p.id] for p in assessment.respondents if p.function == role) for role in ROLES}
    known = [_Known(delivery, chain.from_iterable(groups.values())) for delivery in past]
    left_out = [removal for number in range(len(known)) for removal in _settle(groups, known[: number + 1], rules.figures)]
    kept = tuple(_counted(assessment.respondents, contents, groups))
    days = {why: tuple(sorted({day for day, reason in left_out if reason == why})) for why in ("late", "gone")}
    return replace(assessment, confidentiality=rules, respondents=kept), HeldBack(days["late"], days["gone"])


def counted_digests(people: Sequence[Respondent], key: str) -> CountedDigests:
    """What a delivery that counts these people has to remember of them."""
    found = {role: sorted(answers_digest(content(p), key) for p in people if p.function == role) for role in ROLES}
    return CountedDigests(*(tuple(found[role]) for role in ROLES))


Multiset = Counter[bytes]
Groups = dict[Role, Multiset]
Reason = Literal["late", "gone"]


class _Known:
    """A delivery in terms of the answers that are known now; answers that are gone are told apart by their digests."""

    def __init__(self, delivery: PastDelivery, answers: Iterator[bytes]) -> None:
        self.day, self.is_same_wave = delivery.day, delivery.is_same_wave
        self.digests = {given: answers_digest(given, delivery.key).encode() for given in set(answers)}
        back = {digest: given for given, digest in self.digests.items()}
        signed = {role: [digest.encode() for digest in getattr(delivery.counted, role)] for role in ROLES}
        self.then: Mapping[Role, Multiset] = {role: Counter(back.get(digest, digest) for digest in signed[role]) for role in ROLES}

    def binds(self, role: Role, now: Multiset) -> bool:
        return self.is_same_wave or bool(now & self.then[role])


def _settle(groups: Groups, deliveries: Sequence[_Known], k: int) -> list[tuple[date, Reason]]:
    """Takes people out of the groups until every delivery agrees; since nobody is ever put in, that ends."""
    found: list[tuple[date, Reason]] = []
    while removals := [(delivery.day, reason) for delivery in deliveries for reason in _taken_out(groups, delivery, k)]:
        found += removals
    return found


def _taken_out(groups: Groups, delivery: _Known, k: int) -> Iterator[Reason]:
    """What made this delivery take people out of the groups, once over."""
    for role in ROLES:
        for out, reason in _few(groups[role], delivery, role, k):
            if out:
                groups[role] = groups[role] - out
                yield reason
    for small, other in _PAIRS:
        for out, reason in _given_away(groups, delivery.then, small, other, k):
            if out:
                groups[small] = groups[small] - out
                yield reason


def _few(now: Multiset, delivery: _Known, role: Role, k: int) -> Iterator[tuple[Multiset, Reason]]:
    """Joiners who are too few, then whoever has to go with leavers who are too few: those whose digests come first."""
    then = delivery.then[role]
    if not delivery.binds(role, now):
        return
    joined = now - then
    if 0 < joined.total() < k:
        yield joined, "late"
    gone = (then - now).total()
    if 0 < gone < k:
        common = sorted((now & then).elements(), key=lambda given: delivery.digests[given])
        yield Counter(common[: k - gone]), "gone"


def _given_away(groups: Groups, then: Mapping[Role, Multiset], small: Role, other: Role, k: int) -> Iterator[tuple[Multiset, Reason]]:
    """Whom a function too small to be shown apart, then or now, must do without while the other one is the same in both."""
    now, before = groups[small], then[small]
    if groups[other] != then[other] or groups[other].total() < k:
        return
    if 0 < before.total() < k <= now.total():
        yield now - before, "late"
    elif 0 < now.total() < k <= before.total():
        yield now, "gone"


def _counted(people: Sequence[Respondent], contents: Mapping[str, bytes], groups: Groups) -> Iterator[Respondent]:
    """As many people with the same answers as are counted; which of them is all the same."""
    left = {role: Counter(group) for role, group in groups.items()}
    for person in people:
        given = contents[person.id]
        if left[person.function][given] > 0:
            left[person.function][given] -= 1
            yield person
