"""Samples into means and intervals by closed forms (Student 1908; Welch 1947 with Satterthwaite's degrees of freedom)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.distributions import t_quantile
from alignment_report.analysis.exact import in_parts

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% interval, on the scale of the figure it belongs to."""

    low: float
    high: float


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact arithmetic mean of one value or more."""
    parts, whole = in_parts(values)
    return Fraction(sum(parts), whole * len(parts))


def variance(values: Sequence[Fraction]) -> Fraction:
    """The exact sample variance (divisor n − 1) of two values or more, by the sums that only exact numbers allow."""
    parts, whole = in_parts(values)
    n, total = len(parts), sum(parts)
    return Fraction(n * sum(part * part for part in parts) - total * total, whole * whole * n * (n - 1))


def mean_interval(values: Sequence[Fraction]) -> Interval | None:
    """Student's interval of one mean; None where nothing varies, since a zero width would claim certainty."""
    spread = variance(values) / len(values)
    return _interval(mean(values), spread, len(values) - 1)


def difference_interval(first: Sequence[Fraction], second: Sequence[Fraction]) -> Interval | None:
    """Welch's interval of mean(first) − mean(second); None where nothing varies."""
    return _welch(mean(first) - mean(second), first, second, Fraction(1))


def midpoint_interval(first: Sequence[Fraction], second: Sequence[Fraction]) -> Interval | None:
    """Welch's interval of (mean(first) + mean(second)) / 2; None where nothing varies."""
    return _welch((mean(first) + mean(second)) / 2, first, second, Fraction(1, 2))


def welch_spread(first: Sequence[Fraction], second: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    """The squared standard error of mean(first) − mean(second) and Satterthwaite's degrees of freedom; None where nothing varies.

    Both groups have two values or more.
    """
    parts = [(variance(values) / len(values), len(values) - 1) for values in (first, second)]
    spread = sum((part for part, _ in parts), Fraction(0))
    return (spread, spread**2 / sum((part**2 / df for part, df in parts), Fraction(0))) if spread else None


def standard_error(interval: Interval, df: float) -> float:
    """The standard error within Student's interval with so many degrees of freedom, df > 0."""
    return (interval.high - interval.low) / 2 / t_quantile((1 + LEVEL) / 2, df)


def _welch(centre: Fraction, first: Sequence[Fraction], second: Sequence[Fraction], factor: Fraction) -> Interval | None:
    found = welch_spread(first, second)
    return _interval(centre, factor**2 * found[0], float(found[1])) if found else None


def _interval(centre: Fraction, spread: Fraction, df: float) -> Interval | None:
    if not spread:
        return None
    half = t_quantile((1 + LEVEL) / 2, df) * math.sqrt(spread)
    return Interval(float(centre) - half, float(centre) + half)
