"""One group's answers to several items into how far its members agree, and how well the items hang together.

`rows` has a row for each person and a column for each item, None where an item was not answered. Each item uses those who answered it; an
item answered by fewer than two is left out. `lowest` < `highest` are the ends of the answer scale, whose options are whole steps apart.
Everything is exact but Feldt's interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.agreement import LEVEL, Interval, mean, variance
from alignment_report.analysis.distributions import f_quantile

Rows = Sequence[Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha (at most 1, no lower bound), its 95% interval, and how many people's complete rows it rests on.

    The interval is None where alpha is 1, since a zero width would claim certainty.
    """

    value: Fraction
    interval: Interval | None
    people: int


def r_wg(answers: Sequence[int], lowest: int, highest: int) -> Fraction | None:
    """Agreement on one item, 0 to 1: 1 − s²/σ²_E, σ²_E the variance of answers spread evenly over all options (James, Demaree & Wolf 1984).

    s² has the divisor n − 1. A negative value, more spread than chance would give, is 0 as in the 1984 paper. None with fewer than two
    answers.
    """
    if len(answers) < 2:
        return None
    return max(1 - variance(_exact(answers)) / _uniform_variance(lowest, highest), Fraction(0))


def mean_r_wg(rows: Rows, lowest: int, highest: int) -> Fraction | None:
    """The mean over items of each item's r_wg, 0 to 1, negative ones counted as 0; None where no item has two answers."""
    return _mean_over([r_wg(answers, lowest, highest) for answers in _items(rows)])


def r_wg_j(rows: Rows, lowest: int, highest: int) -> Fraction | None:
    """r_wg(J) = J(1 − q)/[J(1 − q) + q], q the mean item variance over σ²_E, 0 to 1; 0 for q ≥ 1 (James, Demaree & Wolf 1984).

    It grows with the number of items J: twenty items at half the spread of chance already give .95. Not for print without that remark.
    None where no item has two answers.
    """
    items = _items(rows)
    if not items:
        return None
    q = mean([variance(_exact(answers)) for answers in items]) / _uniform_variance(lowest, highest)
    agreed = len(items) * max(1 - q, Fraction(0))
    return agreed / (agreed + q)


def r_star_wg(rows: Rows, lowest: int, highest: int) -> Fraction | None:
    """r*_wg, 0 to 1: 1 − mean item variance / greatest possible variance (Lindell, Brandt & Whitney 1999). It does not grow with items.

    Greatest is half of the answers at either end, ((highest − lowest)/2)², a variance with divisor n; so item variances have divisor n too.
    None where no item has two answers.
    """
    spread = _mean_over([_population_variance(_exact(answers)) for answers in _items(rows)])
    return None if spread is None else 1 - spread / Fraction(highest - lowest, 2) ** 2


def average_deviation(answers: Sequence[int]) -> Fraction | None:
    """AD_M, in steps of the answer scale: how far answers lie from their mean on average (Burke, Finkelstein & Dusig 1999).

    0, all alike, to half the width of the scale. None with fewer than two answers.
    """
    if len(answers) < 2:
        return None
    exact = _exact(answers)
    centre = mean(exact)
    return mean([abs(answer - centre) for answer in exact])


def mean_average_deviation(rows: Rows) -> Fraction | None:
    """The mean over items of each item's AD_M, in steps of the answer scale; None where no item has two answers."""
    return _mean_over([average_deviation(answers) for answers in _items(rows)])


def deviation_cut_off(lowest: int, highest: int) -> Fraction:
    """The average deviation up to which a group agrees: a sixth of the number of options (Burke & Dunlap 2002); 5/6 for five options."""
    return Fraction(_options(lowest, highest), 6)


def cronbach_alpha(rows: Rows) -> Alpha | None:
    """Cronbach's alpha (1951) with Feldt's interval (1965), over complete rows only: whoever left an item out counts for nothing here.

    The interval is [1 − (1 − alpha)·F.975, 1 − (1 − alpha)·F.025], F with n − 1 and (n − 1)(k − 1) degrees of freedom for n people and k
    items. None with fewer than two items, fewer than three complete rows, or where all people have the same total.
    """
    complete = [_exact(answers) for row in rows if len(answers := _answered(row)) == len(row)]
    if len(complete) < 3 or len(complete[0]) < 2:
        return None
    total_variance = variance([sum(row, Fraction(0)) for row in complete])
    if not total_variance:
        return None
    value = alpha_of([variance(item) for item in zip(*complete, strict=True)], total_variance)
    return Alpha(value, _feldt(value, len(complete), len(complete[0])), len(complete))


def alpha_of(item_variances: Sequence[Fraction], total_variance: Fraction) -> Fraction:
    """k/(k − 1)·(1 − sum of the item variances / variance of the total) for k ≥ 2 items (Cronbach 1951); the total varies."""
    k = len(item_variances)
    return Fraction(k, k - 1) * (1 - sum(item_variances, Fraction(0)) / total_variance)


def _feldt(alpha: Fraction, people: int, items: int) -> Interval | None:
    if alpha == 1:
        return None
    df = (people - 1, (people - 1) * (items - 1))
    low, high = (1 - float(1 - alpha) * f_quantile(probability, *df) for probability in ((1 + LEVEL) / 2, (1 - LEVEL) / 2))
    return Interval(low, high)


def _items(rows: Rows) -> list[list[int]]:
    """The answers to each item that has two answers or more."""
    return [answers for item in zip(*rows, strict=True) if len(answers := _answered(item)) >= 2]


def _answered(answers: Sequence[int | None]) -> list[int]:
    return [answer for answer in answers if answer is not None]


def _exact(answers: Sequence[int]) -> list[Fraction]:
    return [Fraction(answer) for answer in answers]


def _mean_over(values: Sequence[Fraction | None]) -> Fraction | None:
    there = [value for value in values if value is not None]
    return mean(there) if there else None


def _population_variance(values: Sequence[Fraction]) -> Fraction:
    return variance(values) * (len(values) - 1) / len(values)


def _uniform_variance(lowest: int, highest: int) -> Fraction:
    return Fraction(_options(lowest, highest) ** 2 - 1, 12)


def _options(lowest: int, highest: int) -> int:
    return highest - lowest + 1
