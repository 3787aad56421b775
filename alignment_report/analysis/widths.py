"""How wide the answers of a few people stay by one figure of enough people, and how wide they have to stay by all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from alignment_report.analysis.shown_sums import Answers, Kind, Known, Sums, Way

SAFE = Fraction(7, 10)
"""A few are safe while this part of all they could have answered stays possible. With half, nobody could tell the lower half from the upper;
the fifth more is for what several playbooks of one client tell together."""

NEARLY_ALL = Fraction(9, 10)
"""Where means alone leave less than that of a few people who are nearly all of their function, this part of it has to stay."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How the score, each statement and each dimension are shown."""

    score: Way
    statements: Mapping[str, Way]
    dimensions: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Term:
    """One kind's answers to one statement in a known sum: their weight, and the least and the greatest they can add up to."""

    weight: int
    low: int
    high: int

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest that it adds to the sum."""
        return min(self.weight * self.low, self.weight * self.high), max(self.weight * self.low, self.weight * self.high)


class StatementMeans:
    """How wide the means of the statements leave the answers of a few; the same few are asked about in many ways of showing, so it remembers."""

    def __init__(self, sums: Sums, smallest: int) -> None:
        """`smallest` is how many people a figure needs."""
        self._sums, self._smallest = sums, smallest
        self._span = sums.highest - sums.lowest
        self._apart = cache(_of_each_statement)
        self._width = cache(self._find_width)

    def left(self, held: tuple[Answers, ...], ways: Ways, insider: Kind | None = None) -> Fraction:
        """How wide they leave the sum of answers of a few people of one function, also to one person beside them.

        The mean of `smallest` people or more may be known even if it is not shown, but only where so many answered every one of these
        statements that is not shown apart.
        """
        function, each = held[0][0].function, self._apart(held)
        may_be_known = all(self._sums.people(function, id) >= self._smallest for id in each if ways.statements[id] != "apart")
        widths = [self._width(answers, ways.statements[id], insider) for id, answers in each.items()]
        if may_be_known:
            others = self._sums.everybody(function) - sum(len(kind.people) for kind in {kind for kind, _ in held}) - bool(insider)
            widths = [min(width, Fraction(others * self._span)) for width in widths]
        return sum(widths, Fraction(0))

    def _find_width(self, answers: tuple[Answers, ...], way: Way, insider: Kind | None) -> Fraction:
        """How wide the mean of their one statement leaves the sum of these answers."""
        mean = self._sums.statement(answers[0][0].function, answers[0][1], way)
        return left_by(mean, answers, self._sums, insider) if mean else Fraction(self._span * sum(len(kind.people) for kind, _ in answers))


def _of_each_statement(held: tuple[Answers, ...]) -> Mapping[str, tuple[Answers, ...]]:
    """The answers to each statement."""
    found: defaultdict[str, list[Answers]] = defaultdict(list)
    for at in held:
        found[at[1]].append(at)
    return {statement: tuple(answers) for statement, answers in found.items()}


def left_by(known: Known, held: Sequence[Answers], sums: Sums, insider: Kind | None = None) -> Fraction:
    """How wide the sum of some answers stays by one known sum to one person who knows their own, while all other answers may be anything.

    The answers are not the insider's.
    """
    low, high = ends_by(known, held, sums, insider)
    return high - low


def ends_by(known: Known, held: Sequence[Answers], sums: Sums, insider: Kind | None = None) -> tuple[Fraction, Fraction]:
    """The least and the greatest sum of some answers by one known sum; as for left_by."""
    own = [(insider, id) for id in insider.answered if (insider, id) in known.weights] if insider else []
    terms = [_free(at, known.weights[at], sums) for at in held if at in known.weights]
    given = sum(known.weights[kind, id] * kind.people[0].answers[id] for kind, id in own)
    least, most = sums.reach(known)
    for term in (*terms, *(_free(at, known.weights[at], sums) for at in own)):
        least, most = least - term.ends[0], most - term.ends[1]
    unknown = sum(len(kind.people) for kind, id in held if (kind, id) not in known.weights)
    low, high = known.low - most - given, known.high - least - given
    return unknown * sums.lowest - _greatest(_turned(terms), low, high), unknown * sums.highest + _greatest(terms, low, high)


def _free(answers: Answers, weight: int, sums: Sums) -> Term:
    """Answers that may be anything."""
    people = len(answers[0].people)
    return Term(weight, people * sums.lowest, people * sums.highest)


def _turned(terms: Iterable[Term]) -> list[Term]:
    return [Term(-term.weight, -term.high, -term.low) for term in terms]


def _greatest(terms: Sequence[Term], low: int, high: int) -> Fraction:
    """The greatest sum of values whose weighed sum lies between low and high: all at their top, less where the weighed sum gains most by it."""
    total, weighed = sum(term.high for term in terms), sum(term.weight * term.high for term in terms)
    sign = 1 if weighed > high else -1
    excess = weighed - high if sign > 0 else low - weighed
    for term in sorted(terms, key=lambda term: -sign * term.weight):
        rate = sign * term.weight
        if excess <= 0 or rate <= 0:
            break
        step = term.high - term.low
        if rate * step >= excess:
            return total - Fraction(excess, rate)
        total -= step
        excess -= rate * step
    return Fraction(total)
