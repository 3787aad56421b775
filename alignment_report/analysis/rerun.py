"""Who is counted, given what was delivered before: no two publications may differ by a few people.

Whoever holds two playbooks of one wave can subtract one from the other. So, function by function, those who joined since a delivery and
those who left since are nobody or at least `confidentiality.figures` people, or the two have nobody in common. The same holds of each figure:
to every statement none of them or enough of them gave an answer, and fewer than a crowd did not all but one give the lowest or the highest.
Joiners are held back until that is so; with too few leavers others are left out too. Of leavers whose answers are no longer known nothing is
taken for granted: enough others whose answers are known go with them.

A figure that one delivery shows for both functions together and another for each gives a function away that is the same in both, so Sales
and Marketing change both or not at all.

Answers count, not ids: figures rest on the multiset of what was answered. People answer anew in another wave, so a delivery of another wave
binds a function only where at least one answer record of it was carried over unchanged.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Literal

from alignment_report.analysis.digests import answers_digest, content
from alignment_report.analysis.scoring import RespondentScore, bounds, score_range, score_respondents
from alignment_report.model.assessment import Assessment, Confidentiality, Respondent, Role
from alignment_report.model.playbook import Instrument
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


def hold_back(assessment: Assessment, past: Sequence[PastDelivery], instrument: Instrument) -> tuple[Assessment, HeldBack]:
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
    change = _Change(assessment, instrument, contents, rules)
    left_out = [removal for number in range(len(known)) for removal in _settle(groups, known[: number + 1], change)]
    kept = tuple(_counted(assessment.respondents, contents, groups))
    days = {why: tuple(sorted({day for day, reason in left_out if reason == why})) for why in ("late", "gone")}
    return replace(assessment, confidentiality=rules, respondents=kept), HeldBack(days["late"], days["gone"])


def counts_others(people: Sequence[Respondent], past: Sequence[PastDelivery]) -> bool:
    """Whether some delivery counted other people than these: then no figure of a part of them may stand beside its earlier one."""
    contents = {role: [content(person) for person in people if person.function == role] for role in ROLES}
    return any(
        Counter(answers_digest(given, delivery.key) for given in contents[role]) != Counter(getattr(delivery.counted, role))
        for delivery in past
        for role in ROLES
        if delivery.is_same_wave
    )


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


class _Change:
    """Whether people by whom two publications differ are hidden by their number, in every figure."""

    def __init__(self, assessment: Assessment, instrument: Instrument, contents: Mapping[str, bytes], rules: Confidentiality) -> None:
        self.k, self.crowd = rules.figures, rules.spread
        self.statements = tuple(statement.id for statement in instrument.statements)
        self.dimensions = tuple(dimension.id for dimension in instrument.dimensions)
        self.answer_ends = bounds(instrument.scale)
        self.score_ends = score_range(instrument.scale)
        each = {contents[person.id]: person for person in assessment.respondents}
        self.scores = {given: score_respondents(replace(assessment, respondents=(p,)), instrument)[0] for given, p in each.items()}

    def hides(self, changed: Multiset) -> bool:
        """Whether nobody's answer follows; answers that are no longer known count for nothing where there are any."""
        known = [self.scores[given] for given in changed.elements() if given in self.scores]
        if not changed:
            return True
        if len(known) < self.k:
            return False
        is_partly_known = len(known) < changed.total()
        with_total = [score for score in known if score.total is not None]
        return all(self._is_hidden(people, is_partly_known) for people in (known, with_total))

    def _is_hidden(self, people: Sequence[RespondentScore], is_partly_known: bool) -> bool:
        return all(
            (not values and not is_partly_known)
            or (len(values) >= self.k and (len(values) >= self.crowd or all(values.count(end) < len(values) - 1 for end in ends)))
            for values, ends in self._items(people)
        )

    def _items(self, people: Sequence[RespondentScore]) -> Iterator[tuple[Sequence[Fraction | int], tuple[Fraction | int, Fraction | int]]]:
        """What people give to each statement, each dimension and the score, with both ends of its scale."""
        for id in self.statements:
            yield [p.answers[id] for p in people if id in p.answers], self.answer_ends
        for id in self.dimensions:
            yield [value for p in people if (value := p.dimensions[id]) is not None], self.score_ends
        yield [p.total for p in people if p.total is not None], self.score_ends


def _settle(groups: Groups, deliveries: Sequence[_Known], change: _Change) -> list[tuple[date, Reason]]:
    """Takes people out of the groups until every delivery agrees; since nobody is ever put in, that ends."""
    found: list[tuple[date, Reason]] = []
    while removals := [(delivery.day, reason) for delivery in deliveries for reason in _taken_out(groups, delivery, change)]:
        found += removals
    return found


def _taken_out(groups: Groups, delivery: _Known, change: _Change) -> Iterator[Reason]:
    """What made this delivery take people out of the groups, once over."""
    for role in ROLES:
        for out, reason in _few(groups[role], delivery, role, change):
            if out:
                groups[role] = groups[role] - out
                yield reason
    for small, other in _PAIRS:
        for out, reason in _given_away(groups, delivery.then, small, other, change.k):
            if out:
                groups[small] = groups[small] - out
                yield reason
    for changed, same in _PAIRS:
        for role, out, reason in _one_alone(groups, delivery, changed, same, change):
            if out:
                groups[role] = groups[role] - out
                yield reason


def _few(now: Multiset, delivery: _Known, role: Role, change: _Change) -> Iterator[tuple[Multiset, Reason]]:
    """Joiners who do not hide one another, then whoever has to go with leavers who do not."""
    then = delivery.then[role]
    if not delivery.binds(role, now):
        return
    joined = now - then
    if not change.hides(joined):
        yield joined, "late"
    gone = then - now
    if not change.hides(gone):
        yield _with_them(gone, now & then, delivery, change), "gone"


def _with_them(gone: Multiset, common: Multiset, delivery: _Known, change: _Change) -> Multiset:
    """Who has to go with those who have gone: those whose digests come first, until all of them hide one another, else everybody."""
    order = sorted(common.elements(), key=lambda given: delivery.digests[given])
    fewest = max(change.k - gone.total(), 1)
    numbers = range(fewest, len(order))
    return next((out for number in numbers if change.hides(gone + (out := Counter(order[:number])))), Counter(order))


def _one_alone(groups: Groups, delivery: _Known, changed: Role, same: Role, change: _Change) -> Iterator[tuple[Role, Multiset, Reason]]:
    """Joiners of a function beside one that is the same; where it has leavers, or nobody it had, some of the same one have to go."""
    now, then = groups[changed], delivery.then[changed]
    if not now or not then or now == then or not groups[same] or groups[same] != delivery.then[same]:
        return
    if now - then and now & then:
        yield changed, now - then, "late"
    else:
        yield same, _with_them(Counter(), groups[same], delivery, change), "gone"


def _given_away(groups: Groups, then: Mapping[Role, Multiset], small: Role, other: Role, k: int) -> Iterator[tuple[Multiset, Reason]]:
    """Whom a function too small to be shown apart, then or now, must do without while some of the other one are the same in both."""
    now, before = groups[small], then[small]
    if not groups[other] & then[other]:
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
