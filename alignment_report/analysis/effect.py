"""Two groups' figures into the size of their difference, and whether so many differences may be taken for chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from alignment_report.analysis.agreement import LEVEL, Interval, mean, variance, welch_spread
from alignment_report.analysis.distributions import two_sided_p


@dataclass(frozen=True, slots=True)
class Effect:
    """How many pooled standard deviations the first group's mean lies above the second's, without the bias of small samples."""

    g: float
    interval: Interval


def hedges_g(first: Sequence[Fraction], second: Sequence[Fraction]) -> Effect | None:
    """Hedges' g = J·d with d = (mean(first) − mean(second)) / pooled SD and its 95% normal interval g ± 1.96 √V_g.

    V_g = J²·[(n1 + n2)/(n1 n2) + d²/(2(n1 + n2))] (Hedges 1981; Borenstein et al. 2009, ch. 4). The interval is for large samples: with
    fewer than about ten in a group it is indicative. None where a group has fewer than two values or neither group varies.
    """
    if min(len(first), len(second)) < 2:
        return None
    n, df = len(first) + len(second), len(first) + len(second) - 2
    pooled = ((len(first) - 1) * variance(first) + (len(second) - 1) * variance(second)) / df
    if not pooled:
        return None
    gap = mean(first) - mean(second)
    squared = gap**2 / pooled
    correction = small_sample_correction(df)
    g = math.copysign(correction * math.sqrt(squared), gap)
    spread = Fraction(n, len(first) * len(second)) + squared / (2 * n)
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * correction * math.sqrt(spread)
    return Effect(g, Interval(g - half, g + half))


def small_sample_correction(df: int) -> float:
    """J = Γ(df/2) / [√(df/2)·Γ((df − 1)/2)], the exact form (Hedges 1981), from .56 to 1; df ≥ 2."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def welch_test(first: Sequence[Fraction], second: Sequence[Fraction]) -> float | None:
    """The two-sided p-value of equal means, variances not assumed equal (Welch 1947), from 0 to 1.

    None where a group has fewer than two values or neither group varies.
    """
    if min(len(first), len(second)) < 2:
        return None
    found = welch_spread(first, second)
    if found is None:
        return None
    spread, df = found
    return two_sided_p(math.sqrt((mean(first) - mean(second)) ** 2 / spread), float(df))


def discoveries(p_values: Sequence[float | None], rate: float = 0.05) -> tuple[int, ...]:
    """The places, in ascending order, of the p-values that stand when at most `rate` of those that stand may be false on average.

    Benjamini & Hochberg (1995): with m p-values all up to the largest p₍ₖ₎ ≤ k/m · rate stand. None is no test: it stands never and is not
    counted in m. The comparison is exact, so that rounding never tells equal p-values apart.
    """
    tested = sorted(p for p in p_values if p is not None)
    kept = [p for k, p in enumerate(tested, 1) if Fraction(p) * len(tested) <= k * Fraction(rate)]
    return tuple(place for place, p in enumerate(p_values) if kept and p is not None and p <= kept[-1])
