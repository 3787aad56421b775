"""What all published means together tell about a few people: the auditor of the disclosure step.

Means that hold different people give the difference away: the mean of a dimension holds somebody who left one of its statements out, the
mean of that statement does not, and whoever knows who left it out can subtract. So for every few people who are alike in what they answered
(and in their level, where heads and staff are shown), and for every two such sets, the sums of their answers are bounded by everything that is
shown, at once: to everybody and to each one of them who knows their own answers too. A few are exposed where less than SAFE of what they could
have answered stays possible, and less than one mean alone would leave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import chain, combinations
from typing import Any

from alignment_report.analysis.feasible import TOLERANCE, Feasible, Figure
from alignment_report.analysis.shown_sums import FUNCTIONS, Answers, Function, Kind, Sums, Way
from alignment_report.analysis.widths import NEARLY_ALL, SAFE, StatementMeans, Ways, ends_by, left_by

OPEN = 2
"""So many steps from the end, for all its people together, a sum of withheld answers has to be able to lie."""

MOST_INSIDERS, MOST_PAIRED = 8, 8
"""Of each function so many people who are alike with nobody are asked what they can tell, and so many kinds are looked at in pairs; those who
left most out first."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The statements and dimensions on which it rests that too little is open about a few: one of them has to be withheld further."""

    statements: frozenset[str]
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    """Answers of a few people of one function to the statements of a dimension, or to all where `dimension` is empty.

    `places` is where they stand among the unknowns, `possible` how wide their sum could be.
    """

    few: tuple[Kind, ...]
    dimension: str
    answers: tuple[Answers, ...]
    places: Any
    possible: int

    @property
    def people(self) -> int:
        return sum(len(kind.people) for kind in self.few)


@dataclass(frozen=True, slots=True, eq=False)
class _OfOneMind:
    """A group below a crowd that answered a statement at one end of the scale, or all but one step from it.

    `way` leads away from the end (1 up, -1 down), and their sum has to be able to reach `limit`.
    """

    group: tuple[Kind, ...]
    statement: str
    way: int
    limit: int

    @property
    def answers(self) -> list[Answers]:
        return [(kind, self.statement) for kind in self.group]


class Auditor:
    """Asks of one wave, again and again, whether what would be shown exposes anybody."""

    def __init__(self, sums: Sums, smallest: int, crowd: int) -> None:
        """`smallest` is how many people a figure needs, `crowd` how many may be known to be of one mind."""
        self._sums, self._smallest = sums, smallest
        self._statements = tuple(id for held in sums.held.values() for id in held)
        self._small = {f: sorted((k for k in sums.kinds[f] if len(k.people) < smallest), key=_weight) for f in FUNCTIONS}
        self._insiders = [k for f in FUNCTIONS for k in [k for k in self._small[f] if len(k.people) == 1][:MOST_INSIDERS]]
        minds = list(_of_one_mind(sums, self._statements, crowd))
        self._feasible = Feasible(sums) if minds or any(self._small.values()) else None
        self._targets = list(self._all_targets(self._feasible)) if self._feasible else []
        self._minds = [(told, self._feasible.places(told.answers)) for told in minds] if self._feasible else []
        self._explored: set[Kind | None] = set()
        self._by_mean = cache(self._find_by_mean)
        self._by_statements = StatementMeans(sums, smallest)

    def exposures(self, ways: Ways) -> tuple[Exposure, ...]:
        """What exposes fewer people than `smallest`; none where nobody is exposed."""
        return tuple(dict.fromkeys(self._exposures(ways)))

    def is_safe(self, ways: Ways) -> bool:
        """Whether nobody is exposed."""
        return next(self._exposures(ways), None) is None

    def _exposures(self, ways: Ways) -> Iterator[Exposure]:
        """To everybody; and where nobody is exposed to everybody, to each one who knows what they answered."""
        if not self._feasible:
            return
        self._feasible.show(ways)
        self._feasible.told_to(None)
        is_exposed = False
        for exposure in self._told_to_all(self._feasible, ways):
            is_exposed = True
            yield exposure
        for insider in self._insiders if not is_exposed else ():
            self._feasible.told_to(insider)
            yield from self._narrow(self._feasible, insider, ways)

    def _told_to_all(self, feasible: Feasible, ways: Ways) -> Iterator[Exposure]:
        yield from self._narrow(feasible, None, ways)
        for told, places in self._minds:
            if ways.statements[told.statement] != "apart" and (rested := feasible.falls_short(places, told.way, self._limit(told, ways))):
                yield _exposure(rested, ())

    def _limit(self, told: _OfOneMind, ways: Ways) -> float:
        """What the sum has to be able to reach: no more than the statement's own mean leaves, and no more than the score by itself does."""
        ends: list[tuple[Fraction | int, Fraction | int]] = [self._sums.alone(told.group, told.statement, ways.statements[told.statement])]
        if score := self._sums.total(told.group[0].function, ways.score):
            ends.append(ends_by(score, told.answers, self._sums))
        return float(min(told.limit, *(high for _, high in ends)) if told.way > 0 else max(told.limit, *(low for low, _ in ends)))

    def _narrow(self, feasible: Feasible, insider: Kind | None, ways: Ways) -> Iterator[Exposure]:
        """What leaves too little open about some target; such a target is asked about first the next time."""
        targets = self._targets if insider is None else [t for t in self._targets if self._is_told(t, insider)]
        if insider not in self._explored:
            self._explored.add(insider)
            for function in FUNCTIONS:
                if all_of := [
                    at for t in targets if len(t.few) == 1 and not t.dimension and t.few[0].function == function for at in t.answers
                ]:
                    feasible.explore(feasible.places(all_of))
        for target in list(targets):
            if feasible.reached(target.places) >= float(SAFE * target.possible) - TOLERANCE:
                continue
            enough = min(SAFE * target.possible, NEARLY_ALL * self._alone(target, ways, insider))
            if left := feasible.left(target.places, float(enough) - TOLERANCE):
                self._targets.remove(target)
                self._targets.insert(0, target)
                yield _exposure(left.figures, target.few)

    def _is_told(self, target: _Target, insider: Kind) -> bool:
        """Whether fewer people than an insider could hide among are of the insider's function, the insider not one of them."""
        return target.people < self._smallest - 1 and insider not in target.few and target.few[0].function == insider.function

    def _alone(self, target: _Target, ways: Ways, insider: Kind | None) -> Fraction:
        """How wide the answers are by the one mean that tells most of them; those of statements count as one, since they share no answer."""
        means = [self._by_mean(target, insider, "", ways.score)]
        means += [left_by(self._sums.of_level(level), target.answers, self._sums, insider) for level in self._sums.levels]
        if target.dimension:
            means.append(self._by_mean(target, insider, target.dimension, ways.dimensions[target.dimension]))
        return min(self._by_statements.left(target.answers, ways, insider), *means)

    def _find_by_mean(self, target: _Target, insider: Kind | None, dimension: str, way: Way) -> Fraction:
        """How wide the answers are by the mean of a dimension, or of all where it is empty."""
        function = target.few[0].function
        mean = self._sums.dimension(function, dimension, way) if dimension else self._sums.total(function, way)
        return left_by(mean, target.answers, self._sums, insider) if mean else Fraction(target.possible)

    def _all_targets(self, feasible: Feasible) -> Iterator[_Target]:
        span = self._sums.highest - self._sums.lowest
        scoped = (
            (few, dimension, statements)
            for function in FUNCTIONS
            for few in self._sets(function)
            for dimension, statements in (("", self._statements), *self._sums.held.items())
        )
        for few, dimension, statements in chain(scoped, self._groups_of_a_few()):
            answers = tuple((kind, id) for kind in few for id in statements if id in kind.answered)
            if answers:
                yield _Target(few, dimension, answers, feasible.places(answers), span * sum(len(kind.people) for kind, _ in answers))

    def _groups_of_a_few(self) -> Iterator[tuple[tuple[Kind, ...], str, tuple[str, ...]]]:
        """All of a function who count in a dimension, and all who answered one statement, where they are fewer than `smallest`."""
        for function in FUNCTIONS:
            for dimension, held in self._sums.held.items():
                counted = [kind for kind in self._sums.kinds[function] if kind.people[0].dimensions[dimension] is not None]
                answered = ((id, [kind for kind in self._sums.kinds[function] if id in kind.answered]) for id in held)
                for statements, group in ((held, counted), *(((id,), found) for id, found in answered)):
                    if sum(len(kind.people) for kind in group) < self._smallest:
                        yield tuple(group), dimension, statements

    def _sets(self, function: Function) -> Iterator[tuple[Kind, ...]]:
        """Fewer people than `smallest`: each kind, two together, and all of a function; no more than half of one that may be shown."""
        small, everybody = self._small[function], self._sums.everybody(function)
        most = everybody if everybody < self._smallest else everybody // 2
        yield from ((kind,) for kind in small if len(kind.people) <= most)
        pairs = combinations(small[:MOST_PAIRED], 2)
        yield from (pair for pair in pairs if sum(len(kind.people) for kind in pair) <= min(most, self._smallest - 1))
        if everybody < self._smallest and len(small) > 2:
            yield tuple(small)


def _of_one_mind(sums: Sums, statements: Sequence[str], crowd: int) -> Iterator[_OfOneMind]:
    for function in FUNCTIONS:
        for id in statements:
            group = tuple(kind for kind in sums.kinds[function] if id in kind.answered)
            people = sum(len(kind.people) for kind in group)
            given = sum(person.answers[id] for kind in group for person in kind.people)
            low, high = people * sums.lowest, people * sums.highest
            if 0 < people < crowd:
                yield from [_OfOneMind(group, id, 1, low + OPEN)] if given < low + OPEN else []
                yield from [_OfOneMind(group, id, -1, high - OPEN)] if given > high - OPEN else []


def _exposure(figures: frozenset[Figure], few: Sequence[Kind]) -> Exposure:
    """Of the statements on which it rests those that somebody of a few left out, where there are any."""
    statements = frozenset(id for kind, id in figures if kind == "statement")
    out = frozenset(id for id in statements for kind in few if id not in kind.answered)
    return Exposure(out or statements, frozenset(id for kind, id in figures if kind == "dimension"))


def _weight(kind: Kind) -> tuple[int, int]:
    """Who left more out comes first."""
    return len(kind.answered), len(kind.people)
