"""Statement figures into how the two functions see each topic: agreed strength, agreed weakness, a blind spot of one, or mixed.

Views and their order follow from the figures as they are printed, with one decimal: a reader can check them, and they tell nothing beyond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.exact import printed
from alignment_report.analysis.published import StatementFigures
from alignment_report.analysis.scoring import bounds
from alignment_report.model.playbook import Scale

View = Literal["agreed-strength", "agreed-weakness", "marketing-rates-higher", "sales-rates-higher", "mixed", "withheld"]

CLEAR_STEP = Fraction(1, 2)
"""How far from the middle of the scale a mean is clearly high or low: half a step. Our convention."""

CLEAR_GAP = Fraction(1)
"""How far apart two means are clearly different in size: a whole step. Our convention."""


@dataclass(frozen=True, slots=True)
class Perceived:
    """One statement and how both functions see it."""

    figures: StatementFigures
    view: View


def perceive(statements: Sequence[StatementFigures], scale: Scale) -> tuple[Perceived, ...]:
    """Every statement with its view, the widest gap first, withheld ones last."""
    perceived = [Perceived(figures, _view(figures, scale)) for figures in statements]
    return tuple(sorted(perceived, key=_by_gap))


def _by_gap(perceived: Perceived) -> tuple[bool, Fraction, int]:
    gap = perceived.figures.split.gap.value
    return gap is None, -abs(printed(gap or Fraction(0))), perceived.figures.statement.number


def _view(figures: StatementFigures, scale: Scale) -> View:
    sales, marketing = figures.split.sales.value, figures.split.marketing.value
    if sales is None or marketing is None:
        return "withheld"
    if abs(printed(marketing - sales)) >= CLEAR_GAP:
        return "marketing-rates-higher" if marketing > sales else "sales-rates-higher"
    if is_high(sales, scale) and is_high(marketing, scale):
        return "agreed-strength"
    return "agreed-weakness" if is_low(sales, scale) and is_low(marketing, scale) else "mixed"


def is_high(value: Fraction, scale: Scale) -> bool:
    """Whether a mean answer clearly agrees."""
    return printed(value) >= Fraction(sum(bounds(scale)), 2) + CLEAR_STEP


def is_low(value: Fraction, scale: Scale) -> bool:
    """Whether a mean answer clearly disagrees."""
    return printed(value) <= Fraction(sum(bounds(scale)), 2) - CLEAR_STEP
