"""Probabilities into the t and F values they belong to, and back: the incomplete beta function and a bracketed root of it.

Ten digits are right for up to ten thousand degrees of freedom.
"""

import math
from collections.abc import Callable
from functools import cache

_TINY = 1e-300


@cache
def t_quantile(probability: float, df: float) -> float:
    """Student's t quantile (Student 1908) for 0.5 ≤ probability < 1 and df > 0."""
    if probability == 0.5:
        return 0.0
    low, high = 0.0, 1.0
    while t_cdf(high, df) < probability:
        low, high = high, high * 2
    return _root(lambda t: t_cdf(t, df) - probability, lambda t: _t_density(t, df), low, high)


def t_cdf(t: float, df: float) -> float:
    """P(T ≤ t) for t ≥ 0 and df > 0."""
    return 1 - two_sided_p(t, df) / 2


def two_sided_p(t: float, df: float) -> float:
    """P(|T| ≥ |t|) for df > 0, from 0 to 1: I_x(df/2, 1/2) with x = df/(df + t²) (Abramowitz & Stegun 1964, 26.7.1)."""
    square = t * t
    return _beta_regularised(df / (df + square), square / (df + square), df / 2, 0.5)


@cache
def f_quantile(probability: float, df1: float, df2: float) -> float:
    """The F quantile (Snedecor 1934) for 0 < probability < 1; df1 > 0 belong to the numerator, df2 > 0 to the denominator."""
    low = high = 1.0
    while _f_cdf(low, df1, df2) > probability:
        low, high = low / 2, low
    while _f_cdf(high, df1, df2) < probability:
        low, high = high, high * 2
    return _root(lambda f: _f_cdf(f, df1, df2) - probability, lambda f: _f_density(f, df1, df2), low, high)


def _f_cdf(f: float, df1: float, df2: float) -> float:
    """P(F ≤ f): I_x(df1/2, df2/2) with x = df1 f/(df1 f + df2) (Abramowitz & Stegun 1964, 26.6.2)."""
    return _beta_regularised(df1 * f / (df1 * f + df2), df2 / (df1 * f + df2), df1 / 2, df2 / 2)


def _root(excess: Callable[[float], float], slope: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses nought between two ends that are not negative: Newton's steps, or halves where one leaves the bracket."""
    at = (low + high) / 2
    while high - low > 1e-14 * high:
        over = excess(at)
        step = over / max(slope(at), _TINY)
        if abs(step) <= 1e-13 * at:
            return at - step
        low, high = (low, at) if over > 0 else (at, high)
        at = at - step if low < at - step < high else (low + high) / 2
    return at


def _t_density(t: float, df: float) -> float:
    return math.exp(-_log_beta(df / 2, 0.5) - math.log(df) / 2 - (df + 1) / 2 * math.log1p(t * t / df))


def _f_density(f: float, df1: float, df2: float) -> float:
    a, b, ratio = df1 / 2, df2 / 2, df1 / df2
    return math.exp(a * math.log(ratio) + (a - 1) * math.log(f) - (a + b) * math.log1p(ratio * f) - _log_beta(a, b))


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _beta_regularised(x: float, rest: float, a: float, b: float) -> float:
    """I_x(a, b); `rest` is 1 − x, given apart because the difference would lose the digits of a small one."""
    if x == 0 or rest == 0:
        return float(x > 0)
    front = math.exp(a * math.log(x) + b * math.log(rest) - _log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(rest, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, evaluated by Lentz's method (Lentz 1976)."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value, m = d, 0
    # Some hundred terms do for thousands of degrees of freedom; the bound is there because rounding may keep c·d a hair from 1.
    while abs(c * d - 1) >= 1e-15 and m < 2000:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_zero(1 + step * d)
            c = _away_from_zero(1 + step / c)
            value *= c * d
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
