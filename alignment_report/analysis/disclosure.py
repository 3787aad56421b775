"""Scores of persons into figures that may be shown; nothing after this step holds an answer of anybody.

A figure of a group is shown from `confidentiality.figures` people on, spread and intervals from `confidentiality.spread` people on.
Sales and Marketing are shown together or not at all, since either follows from the other and the combined figure. A group that is
unanimous but for one person at the most is too small to hide anybody below the spread threshold, so its figure is withheld. Within a
dimension a withheld statement never stands alone, since it would follow from the dimension and the others. Where the two functions are
not shown apart, the one figure for both stands without shares of answers and with its number of people as a band: both would weigh people,
not functions, and the two would follow from the difference. The same holds for every statement and dimension if it holds for the score.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.agreement import Interval, difference_interval, mean, mean_interval, midpoint_interval
from alignment_report.analysis.scoring import RespondentScore, bounds, score_range
from alignment_report.model.assessment import Assessment, Confidentiality, Role
from alignment_report.model.playbook import Dimension, Instrument, Statement


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
    """One statement's means on the answer scale and, where allowed, the share of each answer among both functions."""

    statement: Statement
    split: Split
    distribution: Mapping[int, Fraction] | None


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
class Published:
    """Everything about the answers that may be shown.

    `neutral`, `missing` and `unknown` are shares of all answers of both functions (neither agree nor disagree; skipped; don't know);
    `straight_lines` counts people who gave one answer to everything.
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
    straight_lines: int | None
    whole_team: bool


def disclose(scores: Sequence[RespondentScore], assessment: Assessment, instrument: Instrument) -> Published:
    """What may be shown of these scores under the wave's own confidentiality."""
    rules = _effective(assessment.confidentiality)
    groups = {role: [s for s in scores if s.function == role] for role in ("sales", "marketing", "leadership")}
    both = groups["sales"] + groups["marketing"]
    score = _split(groups, lambda s: s.total, rules, _lies_at_an_end(instrument))
    is_alone = score.combined != WITHHELD and score.sales == WITHHELD
    statements = _statements(groups, instrument, is_alone, rules)
    enough = len(both) >= rules.figures and score.combined != WITHHELD
    return Published(
        mode=rules.mode,
        thresholds=rules,
        score=score,
        dimensions=tuple(DimensionFigures(d, _dimension(d, groups, is_alone, rules)) for d in instrument.dimensions),
        statements=statements,
        participation=tuple(_participation(role, groups, assessment, rules) for role in ("sales", "marketing", "leadership")),
        neutral=_share(both, _is_neutral(instrument)) if enough else None,
        missing=_missing(both, instrument) if enough else None,
        unknown=Fraction(sum(s.dont_know for s in both), len(both) * len(instrument.statements)) if enough else None,
        straight_lines=sum(_is_straight(s) for s in both) if enough and len(both) >= rules.spread else None,
        whole_team=_is_whole_team(groups, assessment),
    )


def _effective(rules: Confidentiality) -> Confidentiality:
    return Confidentiality("named", rules.consent, 1, rules.spread, rules.comments) if rules.mode == "named" else rules


Value = Callable[[RespondentScore], Fraction | None]
Reveals = Callable[[Sequence[Fraction], Confidentiality], bool]


def _split(groups: Mapping[str, Sequence[RespondentScore]], value: Value, rules: Confidentiality, reveals: Reveals) -> Split:
    sales, marketing, leadership = (_values(groups[role], value) for role in ("sales", "marketing", "leadership"))
    shows_leadership = len(leadership) >= rules.figures and not reveals(leadership, rules)
    beside = _figure(leadership, rules) if shows_leadership else WITHHELD
    if not sales or not marketing:
        return Split(leadership=beside)
    revealing = reveals(sales, rules) or reveals(marketing, rules)
    if min(len(sales), len(marketing)) >= rules.figures and not revealing:
        return Split(
            _combined(sales, marketing, rules), _figure(sales, rules), _figure(marketing, rules), _gap(sales, marketing, rules), beside
        )
    if len(sales) + len(marketing) >= rules.figures and not reveals(sales + marketing, rules):
        return Split(combined=_combined_alone(sales, marketing, rules), leadership=beside)
    return Split(leadership=beside)


def _values(scores: Iterable[RespondentScore], value: Value) -> list[Fraction]:
    return [number for score in scores if (number := value(score)) is not None]


def _figure(values: list[Fraction], rules: Confidentiality) -> Figure:
    interval = mean_interval(values) if len(values) >= rules.spread else None
    return Figure(mean(values), Count(len(values), len(values)), interval)


def _combined(sales: list[Fraction], marketing: list[Fraction], rules: Confidentiality) -> Figure:
    n = len(sales) + len(marketing)
    interval = midpoint_interval(sales, marketing) if min(len(sales), len(marketing)) >= rules.spread else None
    return Figure((mean(sales) + mean(marketing)) / 2, Count(n, n), interval)


def _combined_alone(sales: list[Fraction], marketing: list[Fraction], rules: Confidentiality) -> Figure:
    n = len(sales) + len(marketing)
    computable = n >= rules.spread and min(len(sales), len(marketing)) > 1
    figure = Figure((mean(sales) + mean(marketing)) / 2, Count(n, n), midpoint_interval(sales, marketing) if computable else None)
    return _banded(figure)


def _gap(sales: list[Fraction], marketing: list[Fraction], rules: Confidentiality) -> Figure:
    n = len(sales) + len(marketing)
    interval = difference_interval(marketing, sales) if min(len(sales), len(marketing)) >= rules.spread else None
    return Figure(mean(marketing) - mean(sales), Count(n, n), interval)


def _is_near_unanimous(values: Sequence[Fraction], rules: Confidentiality) -> bool:
    """Whether a mean, with or without one member who subtracts their own answer, tells what everybody answered."""
    if rules.mode == "named" or len(values) >= rules.spread:
        return False
    return max(values.count(value) for value in values) >= len(values) - 1


def _lies_at_an_end(instrument: Instrument) -> Reveals:
    """Whether a score at the end of its scale tells every answer of everybody."""
    ends = score_range(instrument.scale)
    return lambda values, rules: rules.mode != "named" and len(values) < rules.spread and any(set(values) == {end} for end in ends)


def _statements(
    groups: Mapping[str, Sequence[RespondentScore]], instrument: Instrument, is_alone: bool, rules: Confidentiality
) -> tuple[StatementFigures, ...]:
    splits = {s.id: _split(groups, _answer(s.id), rules, _is_near_unanimous) for s in instrument.statements}
    together = set(splits) if is_alone else set() if rules.mode == "named" else _companions(splits, instrument)
    return tuple(
        StatementFigures(s, split, _distribution(s.id, groups, instrument, split, rules))
        for s in instrument.statements
        for split in [_without_split(splits[s.id]) if s.id in together else splits[s.id]]
    )


def _answer(statement: str) -> Value:
    return lambda score: Fraction(score.answers[statement]) if statement in score.answers else None


def _companions(splits: Mapping[str, Split], instrument: Instrument) -> set[str]:
    """One more statement of each dimension in which exactly one is withheld: the one of fewest people, then of the smallest gap."""
    chosen = set()
    for dimension in instrument.dimensions:
        ids = [s.id for s in instrument.statements if s.dimension == dimension.id]
        shown = [id for id in ids if splits[id].gap.value is not None]
        if len(shown) == len(ids) - 1 and shown:
            chosen.add(min(shown, key=lambda id: (_size(splits[id].gap), abs(splits[id].gap.value or 0), id)))
    return chosen


def _size(figure: Figure) -> int:
    return figure.n.at_least if figure.n else 0


def _without_split(split: Split) -> Split:
    return Split(combined=_banded(split.combined), leadership=split.leadership)


def _dimension(dimension: Dimension, groups: Mapping[str, Sequence[RespondentScore]], is_alone: bool, rules: Confidentiality) -> Split:
    split = _split(groups, lambda s: s.dimensions[dimension.id], rules, _is_near_unanimous)
    return _without_split(split) if is_alone else split


def _distribution(
    statement: str, groups: Mapping[str, Sequence[RespondentScore]], instrument: Instrument, split: Split, rules: Confidentiality
) -> Mapping[int, Fraction] | None:
    answers = [s.answers[statement] for role in ("sales", "marketing") for s in groups[role] if statement in s.answers]
    if split.gap == WITHHELD or len(answers) < rules.spread or rules.mode == "named":
        return None
    return {option: Fraction(answers.count(option), len(answers)) for option in sorted(instrument.scale.labels)}


def _participation(
    role: Role, groups: Mapping[str, Sequence[RespondentScore]], assessment: Assessment, rules: Confidentiality
) -> Participation:
    people = groups[role]
    valid = [s for s in people if s.total is not None]
    invited = getattr(assessment.invited, role)
    pair = [groups["sales"], groups["marketing"]] if role != "leadership" else [people]
    if any(0 < sum(s.total is not None for s in group) < rules.figures for group in pair) or (people and len(valid) == 0):
        return Participation(role, None, None, invited)
    return Participation(role, Count(len(people), len(people)), Count(len(valid), len(valid)), invited)


def _banded(figure: Figure) -> Figure:
    if figure.n is None:
        return figure
    low, high = next((low, high) for low, high in ((5, 9), (10, 19), (20, 49), (50, 99), (100, 10_000)) if figure.n.at_least <= high)
    return Figure(figure.value, Count(low, high), figure.interval)


def _is_neutral(instrument: Instrument) -> Callable[[int], bool]:
    lowest, highest = bounds(instrument.scale)
    return lambda answer: 2 * answer == lowest + highest


def _share(scores: Sequence[RespondentScore], holds: Callable[[int], bool]) -> Fraction:
    answers = [answer for score in scores for answer in score.answers.values()]
    return Fraction(sum(map(holds, answers)), len(answers)) if answers else Fraction(0)


def _missing(scores: Sequence[RespondentScore], instrument: Instrument) -> Fraction:
    asked = len(scores) * len(instrument.statements)
    return Fraction(asked - sum(len(s.answers) + s.dont_know for s in scores), asked)


def _is_straight(score: RespondentScore) -> bool:
    return len(score.answers) > 1 and len(set(score.answers.values())) == 1


def _is_whole_team(groups: Mapping[str, Sequence[RespondentScore]], assessment: Assessment) -> bool:
    invited = assessment.invited
    asked = [(invited.sales, len(groups["sales"])), (invited.marketing, len(groups["marketing"]))]
    return all(number is not None and number > 0 and answered * 20 >= number * 19 for number, answered in asked)
