"""Totals of groups into the share of their differences that lies between the groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.agreement import LEVEL, Interval, mean
from alignment_report.analysis.distributions import f_quantile


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The one-way intraclass correlations of groups, both at most 1 and below 0 where groups are more alike than chance would make them.

    `single` is the reliability of one person's value as that of the group, `group` that of a group's mean. Their names differ: ICC(1) and
    ICC(2) of Bliese (2000) are ICC(1,1) and ICC(1,k) of Shrout and Fleiss (1979).
    """

    single: Fraction
    single_interval: Interval
    group: Fraction
    group_interval: Interval


def intraclass(groups: Sequence[Sequence[Fraction]]) -> Intraclass | None:
    """ICC(1) = (MSB − MSW)/(MSB + (n0 − 1)·MSW) and ICC(2) = (MSB − MSW)/MSB of two groups or more (Bliese 2000).

    n0 = (N − Σn²/N)/(k − 1) for k groups of N people in all, which is their size where all are of one size. The 95% intervals are those of
    Shrout and Fleiss (1979) by F with k − 1 and N − k degrees of freedom, exact for groups of one size. None where nothing varies within
    the groups, or between them.
    """
    k, people = len(groups), sum(map(len, groups))
    between, within = _mean_squares(groups)
    if not between or not within:
        return None
    size = (people - Fraction(sum(len(group) ** 2 for group in groups), people)) / (k - 1)
    ratio = between / within
    low, high = (float(ratio) / f_quantile(probability, k - 1, people - k) for probability in ((1 + LEVEL) / 2, (1 - LEVEL) / 2))
    return Intraclass(
        single=_single(ratio, size),
        single_interval=Interval(*((f - 1) / (f + float(size) - 1) for f in (low, high))),
        group=1 - 1 / ratio,
        group_interval=Interval(1 - 1 / low, 1 - 1 / high),
    )


def _single(ratio: Fraction, size: Fraction) -> Fraction:
    return (ratio - 1) / (ratio + size - 1)


def _mean_squares(groups: Sequence[Sequence[Fraction]]) -> tuple[Fraction, Fraction]:
    """The variance of groups' means times their sizes, and the variance within groups, each by its degrees of freedom."""
    grand = mean([value for group in groups for value in group])
    means = [mean(group) for group in groups]
    between = sum((len(group) * (m - grand) ** 2 for group, m in zip(groups, means, strict=True)), Fraction(0))
    within = sum(((value - m) ** 2 for group, m in zip(groups, means, strict=True) for value in group), Fraction(0))
    return between / (len(groups) - 1), within / (sum(map(len, groups)) - len(groups))
