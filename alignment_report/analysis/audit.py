"""What all published means together tell about a few people: the auditor of the disclosure step.

Means that hold different people give the difference away: the mean of a dimension holds somebody who left one of its statements out, the
mean of that statement does not, and whoever knows who left it out can subtract. So every dimension is compared with its statements, and
the score with its statements and dimensions; in a comparison everybody who answered everything cancels out. What is left over bounds the
answers of the others. A few of them are exposed where that leaves less than the means of the statements alone would, and less than SAFE of
what their answers could be.

Sums are exact. A printed mean is known as the interval of its rounding, the sum of answers to a statement as whole numbers within it; the
rest of the people may have given any answer that the statement's own mean allows. (Audit by feasible intervals: Hundepool et al. 2012,
Statistical Disclosure Control, ch. 4.)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations
from math import lcm

from alignment_report.analysis.shown_sums import FUNCTIONS, Answers, Function, Kind, Known, Sums, Way, added, other
from alignment_report.analysis.widths import NEARLY_ALL, SAFE, Term, Ways, by_statements, left_by, plain_sum, safe_width, width

MOST_KINDS = 6
"""Sets are formed of so many kinds of people, those that weigh most in a comparison; each of the others weighs less than any of these."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The statements and dimensions of a comparison that tells too much about a few: one of them has to be withheld further."""

    statements: frozenset[str]
    dimensions: frozenset[str]


def exposures(sums: Sums, ways: Ways, smallest: int) -> tuple[Exposure, ...]:
    """Every comparison that exposes fewer people than `smallest`; none where nobody is exposed."""
    views = list(_views(sums, ways))
    compared = [comparison for view in views for id in sums.held for comparison in _of_dimension(view, id)]
    compared += [comparison for view in views for comparison in _of_score(view, smallest)]
    found = ((comparison, _exposed(comparison, sums, ways, smallest)) for comparison in compared)
    return tuple(dict.fromkeys(Exposure(_left_out(c, few) or c.statements, c.dimensions) for c, few in found if few))


def is_safe(sums: Sums, ways: Ways, dimension: str, smallest: int) -> bool:
    """Whether no comparison of a dimension or of the score exposes fewer people than `smallest`."""
    views = list(_views(sums, ways))
    of_dimension = (comparison for view in views for comparison in _of_dimension(view, dimension))
    of_score = (comparison for view in views for comparison in _of_score(view, smallest))
    return not any(_exposed(comparison, sums, ways, smallest) for comparison in chain(of_dimension, of_score))


def _left_out(comparison: "_Sum", few: Sequence[Kind]) -> frozenset[str]:
    """The statements of a comparison that one of the few left out."""
    return frozenset(id for id in comparison.statements for kind in few if id not in kind.answered)


@dataclass(frozen=True, slots=True)
class _Ratio:
    """So many people of a function for so many of the other."""

    own: int
    beside: int


@dataclass(frozen=True, slots=True)
class _View:
    """What is known on the scale of one function, everything times `scale`: its own sums where it is shown apart.

    With `both`, the sums of both there too, the other's at that ratio.
    """

    sums: Sums
    ways: Ways
    function: Function
    scale: int
    both: _Ratio | None = None

    def total(self) -> Known | None:
        return self._seen(self.sums.total, self.ways.score)

    def dimension(self, id: str) -> Known | None:
        return self._seen(lambda function, way: self.sums.dimension(function, id, way), self.ways.dimensions[id])

    def statement(self, id: str) -> Known | None:
        return self._seen(lambda function, way: self.sums.statement(function, id, way), self.ways.statements[id])

    def _seen(self, known_of: Callable[[Function, Way], Known | None], way: Way) -> Known | None:
        own = known_of(self.function, way)
        beside = known_of(other(self.function), way) if self.both and way == "apart" else None
        parts = [(self.scale, own), (self.times(self.both), beside)]
        return added((factor, part) for factor, part in parts if part) if own else None

    def times(self, ratio: _Ratio | None) -> int:
        """How many times a sum of the other function counts at a ratio."""
        return self.scale * ratio.own // ratio.beside if ratio else 0

    def ratio(self, statement: str) -> _Ratio:
        return _Ratio(self.sums.people(self.function, statement), self.sums.people(other(self.function), statement))


def _views(sums: Sums, ways: Ways) -> Iterator[_View]:
    """Each function's own; and that of both, at each ratio at which the answers to a statement are shown together."""
    for function in FUNCTIONS:
        scale = lcm(*(max(sums.people(other(function), id), 1) for id in ways.statements))
        own = _View(sums, ways, function, scale)
        yield own
        together = [id for id, way in ways.statements.items() if way == "together"] if ways.score == "apart" else []
        ratios = dict.fromkeys(own.ratio(id) for id in together)
        yield from (replace(own, both=ratio) for ratio in ratios)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A known sum, and the statements and dimensions by which it is known."""

    known: Known
    statements: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()
    lone: Known | None = None
    """The dimension's own mean, where it is compared with some of its statements alone."""


def _less(whole: _Sum, parts: Sequence[_Sum]) -> _Sum:
    return _Sum(
        added([(1, whole.known), *((-1, part.known) for part in parts)]),
        whole.statements.union(*(part.statements for part in parts)),
        whole.dimensions.union(*(part.dimensions for part in parts)),
    )


def _of_dimension(view: _View, dimension: str) -> Iterator[_Sum]:
    """A dimension less its statements, or less those of them that are known."""
    for whole in _by_mean(view, dimension):
        yield from (_less(whole, [part]) for part in _by_statements(view, dimension))
        yield from (replace(_less(whole, [part]), lone=whole.known) for part in _by_some(view, dimension))


def _of_score(view: _View, smallest: int) -> Iterator[_Sum]:
    """The score less its dimensions, each known by its mean or by its statements, whichever tells most about a kind of people."""
    total = view.total()
    ways = [[*_by_mean(view, id), *_by_statements(view, id)] for id in view.sums.held] if total else []
    if total and all(ways):
        yield from (_less(_Sum(total), parts) for parts in _mixes(view.sums, total, ways, smallest))


def _by_mean(view: _View, dimension: str) -> Iterator[_Sum]:
    mean = view.dimension(dimension)
    if mean:
        yield _Sum(mean, dimensions=frozenset([dimension]))


def _by_statements(view: _View, dimension: str) -> Iterator[_Sum]:
    """A dimension's answers by its statements; and where some are shown together, less what the other function's dimension tells of those."""
    held = view.sums.held[dimension]
    known = {id: part for id in held if (part := view.statement(id))}
    if len(known) < len(held):
        return
    both = added((1, part) for part in known.values())
    yield _Sum(both, frozenset(held))
    together = [id for id in held if view.ways.statements[id] == "together"]
    whole = view.sums.dimension(other(view.function), dimension, "apart")
    if whole and not view.both and view.ways.dimensions[dimension] == "apart":
        beside = [view.sums.statement(other(view.function), id, "apart") for id in held if id not in together]
        for times in dict.fromkeys(view.times(view.ratio(id)) for id in together):
            less = [(-times, whole), *((times, part) for part in beside if part)]
            yield _Sum(added([(1, both), *less]), frozenset(held), frozenset([dimension]))


def _by_some(view: _View, dimension: str) -> Iterator[_Sum]:
    """The answers to those statements of a dimension that are known, and to those that are shown apart, where others are neither."""
    held = view.sums.held[dimension]
    known = {id: part for id in held if (part := view.statement(id))}
    apart = tuple(id for id in known if view.ways.statements[id] == "apart")
    for some in dict.fromkeys((tuple(known), apart)):
        if 0 < len(some) < len(held):
            yield _Sum(added((1, known[id]) for id in some), frozenset(some))


def _mixes(sums: Sums, total: Known, ways: Sequence[Sequence[_Sum]], smallest: int) -> Iterator[tuple[_Sum, ...]]:
    """For each small kind of people, and for all of them, the way of each dimension that leaves the others the least room."""
    by_statement: defaultdict[str, dict[Kind, int]] = defaultdict(dict)
    for (kind, statement), weight in total.weights.items():
        by_statement[statement][kind] = weight
    left = [[_Room(sums, by_statement, way.known) for way in found] for found in ways]
    kinds = [kind for found in sums.kinds.values() for kind in found if len(kind.people) < smallest]
    chosen = {}
    for few in (*([kind] for kind in kinds), kinds):
        places = tuple(_least([room.beside(few) for room in rooms]) for rooms in left)
        chosen[places] = tuple(found[place] for found, place in zip(ways, places, strict=True))
    yield from chosen.values()


def _least(values: Sequence[float]) -> int:
    return values.index(min(values))


class _Room:
    """How much is open about each kind of people once a total is compared with what is known of a dimension; floats do for choosing."""

    def __init__(self, sums: Sums, total: Mapping[str, Mapping[Kind, int]], part: Known) -> None:
        span = float(sums.highest - sums.lowest)
        left = {statement: dict(total.get(statement, {})) for _, statement in part.weights}
        for (kind, statement), weight in part.weights.items():
            left[statement][kind] = left[statement].get(kind, 0) - weight
        self.of: defaultdict[Kind, float] = defaultdict(float)
        for weights in left.values():
            for kind, weight in weights.items():
                self.of[kind] += abs(weight) * len(kind.people) * span
        self.all = float(part.high - part.low) + sum(self.of.values())

    def beside(self, few: Sequence[Kind]) -> float:
        """What is open beside a few, less what makes them safe."""
        return self.all - float(1 + SAFE) * sum((self.of[kind] for kind in few), 0.0)


def _exposed(comparison: _Sum, sums: Sums, ways: Ways, smallest: int) -> Sequence[Kind]:
    """Some set of fewer people than `smallest` about whom a comparison leaves too little open; nobody where there is none.

    Somebody who takes their own answers off, too, has to leave it open: `smallest` less that one are enough to them.
    """
    terms = _terms(comparison.known, sums, ways)
    ends = {at: term.ends for at, term in terms.items()}
    own = dict(_own(comparison.known, _spans(ends, [id for _, id in ends])))
    seen = _Beside(
        comparison.known.low - sum(high for _, high in ends.values()), comparison.known.high - sum(low for low, _ in ends.values())
    )
    closest = _Beside(max((least for least, _ in own.values()), default=0), min((most for _, most in own.values()), default=0)).beside(seen)
    for scope in _scopes(sums, terms):
        spans = _spans(ends, scope)
        for few in _sets(spans, smallest):
            low, high = sum(spans[kind][0] for kind in few), sum(spans[kind][1] for kind in few)
            if closest.leaves_enough(low, high):
                continue
            held = [(kind, statement) for kind in few for statement in scope if (kind, statement) in terms]
            is_fewer = sum(len(kind.people) for kind in few) < smallest - 1
            insiders = [(kind, _Beside(*shift).beside(seen)) for kind, shift in own.items() if is_fewer and kind not in few]
            for insider, beside in [(None, seen), *insiders]:
                if beside.leaves_enough(low, high):
                    continue
                left = width([terms[at] for at in held], beside.least + high, beside.most + low)
                told = _told_to(insider, comparison)
                if left < safe_width(held, sums, ways) and not _is_left_alone(left, told, held, ends, sums, ways, smallest):
                    return few
    return ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is left of a comparison once all but a few people's answers are taken off: the least, with the greatest of theirs, and the greatest,
    with the least of theirs."""

    least: int
    most: int

    def beside(self, other: "_Beside") -> "_Beside":
        return _Beside(self.least + other.least, self.most + other.most)

    def leaves_enough(self, low: int, high: int) -> bool:
        """Whether so much of the weighed sum of a few is open that enough of the sum of their answers is."""
        left = min(high, self.most + low) - max(low, self.least + high)
        return NEARLY_ALL.denominator * left >= NEARLY_ALL.numerator * (high - low)


def _told_to(insider: Kind | None, comparison: _Sum) -> _Sum:
    """A comparison less the answers of somebody who knows them, where there is such a one."""
    if not insider:
        return comparison
    known, (person,) = comparison.known, insider.people
    given = sum(weight * person.answers[id] for (kind, id), weight in known.weights.items() if kind is insider)
    left = {at: weight for at, weight in known.weights.items() if at[0] is not insider}
    return replace(comparison, known=Known(known.low - given, known.high - given, left))


def _own(known: Known, spans: Mapping[Kind, tuple[int, int]]) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """How far those who are alike with nobody draw in what is left of a comparison, since they know what they answered."""
    own: defaultdict[Kind, int] = defaultdict(int)
    for (kind, id), weight in known.weights.items():
        if len(kind.people) == 1:
            own[kind] += weight * kind.people[0].answers[id]
    yield from ((kind, (spans[kind][1] - given, spans[kind][0] - given)) for kind, given in own.items())


def _is_left_alone(
    left: Fraction,
    comparison: _Sum,
    held: Sequence[Answers],
    ends: Mapping[Answers, tuple[int, int]],
    sums: Sums,
    ways: Ways,
    smallest: int,
) -> bool:
    """Where a dimension is compared with some of its statements: whether its mean alone leaves no more of the answers of a few, or whether
    the statements do together with the sum of all answers to the others, which is a figure of enough people if enough gave them."""
    if not comparison.lone:
        return False
    if left >= NEARLY_ALL * left_by(comparison.lone, held, sums):
        return True
    function, others = held[0][0].function, {id for _, id in held} - comparison.statements
    if any(sums.people(function, id) < smallest for id in others):
        return False
    weights = comparison.known.weights
    pooled = {at for at in weights if at[1] in others and at[0].function == function}
    beside = [ends[at] for at in weights if at not in pooled]
    low, high = comparison.known.low - sum(most for _, most in beside), comparison.known.high - sum(least for least, _ in beside)
    pool = plain_sum(pooled, comparison.known, low, high, sums)
    by_pool = left_by(pool, [at for at in held if at[1] in others], sums)
    return left >= NEARLY_ALL * (by_pool + by_statements([at for at in held if at[1] not in others], sums, ways))


def _terms(known: Known, sums: Sums, ways: Ways) -> dict[Answers, Term]:
    return {at: Term(weight, *sums.alone((at[0],), at[1], ways.statements[at[1]])) for at, weight in known.weights.items()}


def _scopes(sums: Sums, terms: Iterable[Answers]) -> list[tuple[str, ...]]:
    """The answers looked at together: all of them, and those of each dimension."""
    statements = {statement for _, statement in terms}
    parts = [found for held in sums.held.values() if (found := tuple(id for id in held if id in statements))]
    return [tuple(id for part in parts for id in part), *(parts if len(parts) > 1 else [])]


def _spans(ends: Mapping[Answers, tuple[int, int]], scope: Sequence[str]) -> dict[Kind, tuple[int, int]]:
    """The least and the greatest that the answers of each kind of people add to a comparison."""
    inside = set(scope)
    found: dict[Kind, tuple[int, int]] = {}
    for (kind, statement), (low, high) in ends.items():
        if statement in inside:
            lowest, highest = found.get(kind, (0, 0))
            found[kind] = lowest + low, highest + high
    return found


def _sets(spans: Mapping[Kind, tuple[int, int]], smallest: int) -> Iterator[tuple[Kind, ...]]:
    """Each small kind of people, and each set of fewer than `smallest` of those that weigh most."""
    small = sorted((kind for kind in spans if len(kind.people) < smallest), key=lambda kind: spans[kind][0] - spans[kind][1])
    yield from ((kind,) for kind in small)
    heaviest = small[:MOST_KINDS]
    larger = (few for size in range(2, smallest) for few in combinations(heaviest, size))
    yield from (few for few in larger if sum(len(kind.people) for kind in few) < smallest)
