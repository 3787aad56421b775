"""How wide the answers of a few people stay by one figure of enough people, and how wide they have to stay by all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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


def by_statements(held: Sequence[Answers], sums: Sums, ways: Ways, smallest: int, insider: Kind | None = None) -> Fraction:
    """How wide the means of the statements leave the sum of answers of a few people of one function, also to one person beside them.

    The mean of `smallest` people or more may be known even if it is not shown, but only where so many answered every one of these statements that
    is not shown apart.
    """
    of_statement: defaultdict[str, list[Answers]] = defaultdict(list)
    for kind, statement in held:
        of_statement[statement].append((kind, statement))
    function, few = held[0][0].function, {kind for kind, _ in held}
    others = sums.everybody(function) - sum(len(kind.people) for kind in few) - bool(insider)
    span, alone = sums.highest - sums.lowest, Fraction(0)
    may_be_known = all(sums.people(function, id) >= smallest for id in of_statement if ways.statements[id] != "apart")
    for statement, answers in of_statement.items():
        mean = sums.statement(function, statement, ways.statements[statement])
        left = left_by(mean, answers, sums, insider) if mean else Fraction(span * sum(len(kind.people) for kind, _ in answers))
        alone += min(left, Fraction(others * span)) if may_be_known else left
    return alone


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
