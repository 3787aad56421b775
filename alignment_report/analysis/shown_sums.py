"""Means as they are printed into what they tell about sums of answers: each a weighed sum, known within the rounding of what is printed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, floor, gcd, lcm
from typing import Literal

from alignment_report.analysis.exact import printed_within
from alignment_report.analysis.scoring import RespondentScore, bounds
from alignment_report.model.playbook import Instrument

Way = Literal["apart", "together", "hidden"]
"""How a mean is shown: for each function, for both together and with their gap; for both together alone; not at all."""

Function = Literal["sales", "marketing"]
FINENESS = 10**6
"""So many parts of the least weight make an answer; the ends of an interval are rounded inwards to whole parts."""

FUNCTIONS: tuple[Function, Function] = ("sales", "marketing")


def other(function: Function) -> Function:
    return "marketing" if function == "sales" else "sales"


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """People of one function who answered the same statements and are alike in having a total or none; where levels are shown, of one level."""

    function: Function
    answered: frozenset[str]
    people: tuple[RespondentScore, ...]
    level: str = ""


Answers = tuple[Kind, str]
"""The answers of one kind of people to one statement, which count by their sum."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A weighed sum of answers, and the interval in which it is known to lie. All count one small part, the same in all of one wave.

    Every weight is above 0.
    """

    low: int
    high: int
    weights: Mapping[Answers, int]


@dataclass(frozen=True, slots=True)
class _Mean:
    """One function's mean: how many times each kind's answers count for those its people left out, the number of people, the value."""

    times: Mapping[Kind, Fraction]
    people: int
    value: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A score, a dimension or a statement: its statements, the points printed for each of their weighed sum, edges, both functions' means."""

    held: tuple[str, ...]
    points: Fraction
    edges: Sequence[Fraction]
    means: Mapping[Function, _Mean]


class Sums:
    """What the printed means of two functions tell about weighed sums of their answers.

    Shown apart, a mean tells of its own function. Shown together, it tells of both: of the own people's sum and of the other's, scaled to
    as many people. Somebody who left statements out counts with as much for them as for the others. The score of heads or of staff is a sum
    of both functions' answers in which each person weighs the same.
    """

    def __init__(
        self,
        groups: Mapping[Function, Sequence[RespondentScore]],
        instrument: Instrument,
        floors: Sequence[Fraction],
        levels: Sequence[str] = (),
    ) -> None:
        """`floors` are the edges of the stages, beside which a score is printed with more decimals; `levels` those whose scores are shown."""
        self.lowest, self.highest = bounds(instrument.scale)
        self.levels = tuple(levels)
        self.kinds = {function: _kinds(function, groups[function], self.levels) for function in FUNCTIONS}
        self.held = {d.id: tuple(s.id for s in instrument.statements if s.dimension == d.id) for d in instrument.dimensions}
        self._weight = {s.id: s.weight for s in instrument.statements}
        points, middle = instrument.scale.points, [Fraction(self.lowest + self.highest, 2)]
        self._total = self._item(tuple(self._weight), points, floors, _has_total)
        self._dimensions = {id: self._item(held, points, floors, _counts_in(id)) for id, held in self.held.items()}
        self._statements = {id: self._item((id,), Fraction(1), middle, _answered(id)) for id in self._weight}
        self._part = self._common_part()
        self._known = cache(self._find_known)
        self.alone = cache(self._find_alone)
        self.of_level = cache(self._find_of_level)
        self.reach = cache(self._find_reach)
        self._whole_sums = cache(self._find_whole_sums)

    def total(self, function: Function, way: Way) -> Known | None:
        """Everybody's answers, from the score."""
        return self._known(function, self._total, way)

    def dimension(self, function: Function, dimension: str, way: Way) -> Known | None:
        """The answers to a dimension's statements."""
        return self._known(function, self._dimensions[dimension], way)

    def statement(self, function: Function, statement: str, way: Way) -> Known | None:
        """The answers to one statement; apart, their sum is a whole number."""
        return self._known(function, self._statements[statement], way)

    def people(self, function: Function, statement: str) -> int:
        """How many people of a function answered a statement."""
        return self._statements[statement].means[function].people

    def everybody(self, function: Function) -> int:
        """How many people of a function there are."""
        return sum(len(kind.people) for kind in self.kinds[function])

    def _find_reach(self, known: Known) -> tuple[int, int]:
        """The least and the greatest that a weighed sum could be if all its answers might be anything."""
        answers = sum(weight * len(kind.people) for (kind, _), weight in known.weights.items())
        return answers * self.lowest, answers * self.highest

    def _item(self, held: tuple[str, ...], points: Fraction, edges: Sequence[Fraction], counts: Callable[[RespondentScore], bool]) -> _Item:
        counted = {f: [k for k in self.kinds[f] if counts(k.people[0]) and not k.answered.isdisjoint(held)] for f in FUNCTIONS}
        means = {function: self._mean(kinds, held) for function, kinds in counted.items()}
        return _Item(held, points / self._weight_of(held), edges, means)

    def _mean(self, kinds: Sequence[Kind], held: tuple[str, ...]) -> _Mean:
        times = {kind: self._weight_of(held) / self._weight_of(kind.answered.intersection(held)) for kind in kinds}
        people = sum(len(kind.people) for kind in kinds)
        total = sum(
            (times[k] * self._weight[id] * p.answers[id] for k in kinds for p in k.people for id in held if id in k.answered), Fraction(0)
        )
        return _Mean(times, people, total / max(people, 1))

    def _weight_of(self, statements: Iterable[str]) -> Fraction:
        return sum((self._weight[id] for id in statements), Fraction(0))

    def _common_part(self) -> int:
        """How many parts make 1, so that every weight is a whole number of them, scaled from one function's people to the other's too."""
        items = [self._total, *self._dimensions.values(), *self._statements.values()]
        means = [mean for item in items for mean in item.means.values()]
        times = {share for mean in means for share in mean.times.values()}
        weights = [share * weight for share in times for weight in {*self._weight.values()}]
        return FINENESS * lcm(*(weight.denominator for weight in weights)) * lcm(*(max(mean.people, 1) for mean in means))

    def _find_known(self, function: Function, item: _Item, way: Way) -> Known | None:
        own, beside = item.means[function], item.means[other(function)]
        if way == "hidden" or not own.people or not beside.people:
            return None
        if way == "together":
            both = (own.value + beside.value) / 2 * item.points
            ends = [2 * end / item.points for end in printed_within(both, item.edges)]
            scale = Fraction(own.people, beside.people)
            return self._of(item, own.people, ends, {**own.times, **{kind: scale * times for kind, times in beside.times.items()}})
        if len(item.held) == 1:
            ends = [self._weight_of(item.held) * end / own.people for end in self._whole_sums(item)[function]]
        else:
            ends = list(_between(own.value, beside.value, item))
        return self._of(item, own.people, ends, own.times)

    def _of(self, item: _Item, people: int, ends: Sequence[Fraction], times: Mapping[Kind, Fraction]) -> Known:
        counted = {id: self._part * self._weight[id] for id in item.held}
        weights = {(kind, id): _whole(share * counted[id]) for kind, share in times.items() for id in item.held if id in kind.answered}
        low, high = (end * people * self._part for end in ends)
        step = gcd(*weights.values())
        return Known(step * ceil(low / step), step * floor(high / step), weights)

    def _find_of_level(self, level: str) -> Known:
        """The answers of both functions' people of a level, from their score, in which each person weighs the same."""
        counted = [kind for function in FUNCTIONS for kind in self.kinds[function] if kind.level == level and _has_total(kind.people[0])]
        mean = self._mean(counted, self._total.held)
        ends = [end / self._total.points for end in printed_within(mean.value * self._total.points, self._total.edges)]
        return self._of(self._total, mean.people, ends, mean.times)

    def _find_alone(self, kinds: tuple[Kind, ...], statement: str, way: Way) -> tuple[int, int]:
        """The least and the greatest sum of answers of kinds of one function that the mean of the statement alone leaves."""
        people, item = sum(len(kind.people) for kind in kinds), self._statements[statement]
        function, low, high = kinds[0].function, people * self.lowest, people * self.highest
        if way == "hidden" or not all(mean.people for mean in item.means.values()):
            return low, high
        least, most = self._whole_sums(item)[function] if way == "apart" else self._beside_any(item, function)
        others = item.means[function].people - people
        return max(low, least - others * self.highest), min(high, most - others * self.lowest)

    def _beside_any(self, item: _Item, function: Function) -> tuple[int, int]:
        """The whole numbers that a function's sum of answers can be by the mean of both, whatever the other function answered."""
        own, beside = item.means[function], item.means[other(function)]
        low, high = printed_within((own.value + beside.value) / 2 * item.points, item.edges)
        return ceil(own.people * (2 * low - self.highest)), floor(own.people * (2 * high - self.lowest))

    def _find_whole_sums(self, item: _Item) -> Mapping[Function, tuple[int, int]]:
        """The whole numbers that each function's sum of answers to a statement can be; the shares of answers give the sum of both away."""
        found: dict[Function, tuple[int, int]] = {}
        both = 0
        for function in FUNCTIONS:
            own, beside = item.means[function], item.means[other(function)]
            low, high = (end * item.points * own.people for end in _between(own.value, beside.value, item))
            found[function] = max(ceil(low), own.people * self.lowest), min(ceil(high) - 1, own.people * self.highest)
            both += int(own.value * item.points * own.people)
        beside_of = {f: found[other(f)] for f in FUNCTIONS}
        return {f: (max(found[f][0], both - beside_of[f][1]), min(found[f][1], both - beside_of[f][0])) for f in FUNCTIONS}


def _whole(parts: Fraction) -> int:
    """A number of parts, which ArithmeticError stops where it is none: rounded, a sum would be taken for less known than it is."""
    if parts.denominator != 1:
        raise ArithmeticError(f"{parts} is no whole number of parts")
    return parts.numerator


def _kinds(function: Function, people: Iterable[RespondentScore], levels: Sequence[str]) -> tuple[Kind, ...]:
    alike: dict[tuple[frozenset[str], bool, str], list[RespondentScore]] = {}
    for person in people:
        alike.setdefault((frozenset(person.answers), person.total is not None, person.level if levels else ""), []).append(person)
    return tuple(Kind(function, answered, tuple(found), level) for (answered, _, level), found in alike.items())


def _has_total(person: RespondentScore) -> bool:
    return person.total is not None


def _counts_in(dimension: str) -> Callable[[RespondentScore], bool]:
    return lambda person: person.dimensions[dimension] is not None


def _answered(statement: str) -> Callable[[RespondentScore], bool]:
    return lambda person: statement in person.answers


def _between(own: Fraction, beside: Fraction, item: _Item) -> tuple[Fraction, Fraction]:
    """The interval of a function's mean, from the printed means of both functions, of the two together and of their gap."""
    own, beside = own * item.points, beside * item.points
    low, high = printed_within(own, item.edges)
    least, most = printed_within(beside, item.edges)
    both, all_of = printed_within((own + beside) / 2, item.edges)
    gap, widest = printed_within(beside - own)
    lows = (low, 2 * both - most, least - widest, (2 * both - widest) / 2)
    highs = (high, 2 * all_of - least, most - gap, (2 * all_of - gap) / 2)
    return max(lows) / item.points, min(highs) / item.points
