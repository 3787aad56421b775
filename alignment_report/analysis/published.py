"""What may be shown of the answers: figures of groups, each shown or withheld. The disclosure step makes them; all after it read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.quality import Quality
from alignment_report.model.assessment import Confidentiality, Role
from alignment_report.model.playbook import Dimension, Statement


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people: exact where both ends are equal, else a band that tells nothing about a withheld group."""

    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A group's mean that may be shown, with its group's size and, where allowed, its 95% interval. Withheld: value and n are None."""

    value: Fraction | None = None
    n: Count | None = None
    interval: Interval | None = None


WITHHELD = Figure()

MOST_NEUTRAL = Fraction(9, 10)
"""A larger share of neutral answers is told as this or more."""


@dataclass(frozen=True, slots=True)
class Split:
    """A figure for both functions together (each weighs the same), for each, for their gap (Marketing − Sales) and for leadership."""

    combined: Figure = WITHHELD
    sales: Figure = WITHHELD
    marketing: Figure = WITHHELD
    gap: Figure = WITHHELD
    leadership: Figure = WITHHELD


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """One statement's means on the answer scale and, where allowed, the share of each answer among both functions.

    `clear` says whether the gap stands when one in twenty of those that stand may be false (Welch's test, Benjamini & Hochberg 1995);
    None where it is not tested: too few people, or the whole team has answered and nothing is estimated.
    """

    statement: Statement
    split: Split
    distribution: Mapping[int, Fraction] | None
    clear: bool | None = None


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """One dimension's figures on the score's scale."""

    dimension: Dimension
    split: Split


@dataclass(frozen=True, slots=True)
class Participation:
    """Who answered: None where the number would tell about a withheld group. `valid` counts those whose total is complete enough."""

    role: Role
    answered: Count | None
    valid: Count | None
    invited: int | None


@dataclass(frozen=True, slots=True)
class Levels:
    """The mean totals of those who lead a function and of those who work in one, of Sales and Marketing together."""

    heads: Figure
    staff: Figure


@dataclass(frozen=True, slots=True)
class Published:
    """Everything about the answers that may be shown.

    `neutral`, `missing` and `unknown` are shares of all answers of both functions (neither agree nor disagree; skipped; don't know);
    `quality` is None in named mode or with fewer people than an interval needs; `levels` is None where heads and staff may not be told apart.
    `hangs_on_one` says whether the stage would be another without some one person, never who; None where a function has fewer people than
    an interval needs.
    """

    mode: Literal["anonymous", "named"]
    thresholds: Confidentiality
    score: Split
    dimensions: tuple[DimensionFigures, ...]
    statements: tuple[StatementFigures, ...]
    participation: tuple[Participation, ...]
    neutral: Fraction | None
    missing: Fraction | None
    unknown: Fraction | None
    quality: Quality | None
    levels: Levels | None
    whole_team: bool
    hangs_on_one: bool | None = None
