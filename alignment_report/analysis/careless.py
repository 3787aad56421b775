"""Each person's answers into patterns of careless answering, and those into counts of people, never into who they are.

`answers` stand in the order of the statements' numbers, None where a person skipped one or did not know. For the longest run and the
variability they are answers as given, before any is turned by a reversed statement: one who ticks the same box all the way down shows
only there.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from alignment_report.analysis.agreement import mean, variance

Answers = Sequence[int | None]

FEWEST_DIMENSIONS = 3
"""Dimensions an even-odd correlation needs: through two points there is always a straight line."""

FEWEST_IN_A_HALF = 2
"""Answers each half of a dimension needs to count."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """How many people show which pattern, of those who answered at least half of the statements; a person may show both."""

    people: int
    long_run: int
    hardly_varied: int
    either: int


def count_patterns(people: Iterable[Answers]) -> Patterns:
    """How many people show a long run or hardly varied their answers. A pattern is a reason to look, no proof of carelessness.

    A long run is one of at least half of the statements (Curran 2016, Journal of Experimental Social Psychology 66:4–19). Hardly varied: all
    answers are alike but for one at the most, and that a single step off, so IRV² ≤ 1/n; there is no accepted cut-off, and a share of the
    lowest (Dunn et al. 2018) would flag somebody in every group. Both need some ten statements to mean anything. Whoever answered fewer than
    half of the statements is not counted at all.
    """
    assessed = [answers for answers in people if 2 * len(_given(answers)) >= max(len(answers), 1)]
    shown = [(2 * longstring(answers) >= len(answers), _hardly_varied(answers)) for answers in assessed]
    return Patterns(len(shown), sum(run for run, _ in shown), sum(flat for _, flat in shown), sum(run or flat for run, flat in shown))


def longstring(answers: Answers) -> int:
    """The longest run of identical answers in a row (Johnson 2005), 0 to their number; a skipped statement ends a run and counts for none."""
    return max((len(list(run)) for answer, run in groupby(answers) if answer is not None), default=0)


def irv(answers: Answers) -> float | None:
    """Intra-individual response variability, in steps of the answer scale: the standard deviation of one person's answers (Dunn et al. 2018).

    Divisor n − 1; skipped statements are left out. None with fewer than two answers.
    """
    given = _given(answers)
    return math.sqrt(variance(given)) if len(given) >= 2 else None


def even_odd(dimensions: Sequence[Answers]) -> float | None:
    """Even-odd consistency, −1 to 1, higher = more consistent (Johnson 2005; Meade & Craig 2012).

    For each dimension the answers, here turned by reversed statements, are halved into those at odd and at even places; the halves' means
    are correlated over the dimensions, within the person, and stepped up by Spearman and Brown's 2r/(1 + r), not below −1. The R package
    `careless` gives the same with the opposite sign since its version 1.2. Only dimensions with two answers in each half count. None with
    fewer than three of them, or where one half does not vary. With so few dimensions chance alone makes it low, so it flags nobody.
    """
    halves = [(_given(answers[::2]), _given(answers[1::2])) for answers in dimensions]
    pairs = [(mean(odd), mean(even)) for odd, even in halves if min(len(odd), len(even)) >= FEWEST_IN_A_HALF]
    if len(pairs) < FEWEST_DIMENSIONS:
        return None
    r = _correlation([odd for odd, _ in pairs], [even for _, even in pairs])
    if r is None:
        return None
    return max(2 * r / (1 + r), -1.0) if r > -1 else -1.0


def _correlation(first: Sequence[Fraction], second: Sequence[Fraction]) -> float | None:
    """Pearson's correlation: the exact square of it, then its root with its sign; None where one side does not vary."""
    spread = variance(first) * variance(second)
    if not spread:
        return None
    both = (variance([a + b for a, b in zip(first, second, strict=True)]) - variance(first) - variance(second)) / 2
    return math.copysign(math.sqrt(both**2 / spread), both)


def _hardly_varied(answers: Answers) -> bool:
    given = _given(answers)
    return len(given) >= 2 and variance(given) <= Fraction(1, len(given))


def _given(answers: Answers) -> list[Fraction]:
    return [Fraction(answer) for answer in answers if answer is not None]
