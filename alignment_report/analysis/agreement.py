"""Samples into means and intervals by closed forms (Student 1908; Welch 1947 with Satterthwaite's degrees of freedom)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

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


def _welch(centre: Fraction, first: Sequence[Fraction], second: Sequence[Fraction], factor: Fraction) -> Interval | None:
    parts = [(factor**2 * variance(values) / len(values), len(values) - 1) for values in (first, second)]
    spread = sum((part for part, _ in parts), Fraction(0))
    if not spread:
        return None
    return _interval(centre, spread, float(spread**2 / sum((part**2 / df for part, df in parts), Fraction(0))))


def _interval(centre: Fraction, spread: Fraction, df: float) -> Interval | None:
    if not spread:
        return None
    half = t_quantile((1 + LEVEL) / 2, df) * math.sqrt(spread)
    return Interval(float(centre) - half, float(centre) + half)


@cache
def t_quantile(probability: float, df: float) -> float:
    """Student's t quantile for 0.5 ≤ probability < 1 and df > 0: Newton's steps on the exact distribution function, kept in a bracket."""
    if probability == 0.5:
        return 0.0
    low, high = 0.0, 1.0
    while t_cdf(high, df) < probability:
        low, high = high, high * 2
    t = (low + high) / 2
    for _ in range(100):
        excess = t_cdf(t, df) - probability
        low, high = (low, t) if excess > 0 else (t, high)
        step = t - excess / _t_density(t, df)
        if abs(step - t) <= 1e-12 * t:
            break
        t = step if low < step < high else (low + high) / 2
    return t


def _t_density(t: float, df: float) -> float:
    front = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    return front * math.exp(-(df + 1) / 2 * math.log1p(t * t / df))


def t_cdf(t: float, df: float) -> float:
    """P(T ≤ t) for t ≥ 0: 1 − I_x(df/2, 1/2)/2 with x = df/(df + t²)."""
    return 1 - _beta_regularised(df / (df + t * t), df / 2, 0.5) / 2


def _beta_regularised(x: float, a: float, b: float) -> float:
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, evaluated by Lentz's method (Lentz 1976)."""
    tiny = 1e-300
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_zero(1 + step * d, tiny)
            c = _away_from_zero(1 + step / c, tiny)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away_from_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny
