"""Scores of persons into figures that may be shown; nothing after this step holds an answer of anybody.

A figure of a group is shown from `confidentiality.figures` people on, spread and intervals from `confidentiality.spread` people on.
Sales and Marketing are shown together or not at all, since either follows from the other and the combined figure. A group that is
unanimous but for one person at the most is too small to hide anybody below the spread threshold, so its figure is withheld. Within a
dimension a withheld statement never stands alone, since it would follow from the dimension and the others; nor does a withheld dimension.
Figures whose people differ by a few would give those few away: who has no valid total, as one of a few, counts in no figure; and where a
few of a function left a statement out, that statement is not shown apart. Where the two functions are
not shown apart, the one figure for both stands without shares of answers and with its number of people as a band: both would weigh people,
not functions, and the two would follow from the difference. The same holds for every statement and dimension if it holds for the score.
Heads against staff come last: they are shown where the audit of all that is shown finds nobody exposed by them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from alignment_report.analysis.agreement import difference_interval, mean, mean_interval, midpoint_interval
from alignment_report.analysis.audit import Auditor
from alignment_report.analysis.certainty import hangs_on_one
from alignment_report.analysis.effect import discoveries, welch_test
from alignment_report.analysis.levels import LEVELS, compare_levels
from alignment_report.analysis.published import (
    MOST_NEUTRAL,
    WITHHELD,
    Count,
    DimensionFigures,
    Figure,
    Levels,
    Participation,
    Published,
    Split,
    StatementFigures,
)
from alignment_report.analysis.quality import judge_quality
from alignment_report.analysis.scoring import RespondentScore, bounds, score_range
from alignment_report.analysis.shown_sums import FUNCTIONS, Sums
from alignment_report.analysis.widths import Ways
from alignment_report.analysis.withholding import banded, protect, ways_of, without_lone_interval, without_split, worth
from alignment_report.model.assessment import Assessment, Confidentiality, Role
from alignment_report.model.playbook import Dimension, Instrument, Stage

NEAR = Fraction(1, 20)
"""Of a step of the scale: people whose mean lies so near its end, but for one of them, answered everything so or nearly so."""


def disclose(scores: Sequence[RespondentScore], assessment: Assessment, instrument: Instrument, stages: Sequence[Stage] = ()) -> Published:
    """What may be shown of these scores under the wave's own confidentiality; without stages nothing is said about them.

    Beside a stage's floor scores are printed with more decimals, so what a figure tells depends on the stages too.
    """
    floors = [stage.floor for stage in stages]
    rules = _effective(assessment.confidentiality)
    groups = {role: [s for s in scores if s.function == role] for role in ("sales", "marketing", "leadership")}
    counted = {role: _counted(people, rules) for role, people in groups.items()}
    score = _split(counted, lambda s: s.total, rules, _lies_at_an_end(instrument))
    is_alone = score.combined != WITHHELD and score.sales == WITHHELD
    dimensions = _dimensions(counted, instrument, score, rules)
    statements = _statements(counted, instrument, dimensions, is_alone, rules)
    sums = Sums({"sales": counted["sales"], "marketing": counted["marketing"]}, instrument, floors)
    if rules.mode != "named":
        statements, dimensions = protect(score, statements, dimensions, sums, rules)
    ways = ways_of(score, statements, dimensions)
    if not is_alone:
        statements = tuple(replace(f, split=without_lone_interval(f.split)) for f in statements)
        dimensions = tuple(replace(f, split=without_lone_interval(f.split)) for f in dimensions)
    whole_team = _is_whole_team(groups, assessment)
    statements = statements if whole_team else _tested(statements, counted, rules)
    both = [*counted["sales"], *counted["marketing"]]
    enough = len(both) >= (1 if rules.mode == "named" else rules.spread) and score.combined != WITHHELD
    return Published(
        mode=rules.mode,
        thresholds=rules,
        score=score,
        dimensions=dimensions,
        statements=statements,
        participation=tuple(_participation(role, groups, assessment, rules, is_alone) for role in ("sales", "marketing", "leadership")),
        neutral=_neutral(both, instrument, rules) if enough else None,
        missing=_missing(both, instrument) if enough else None,
        unknown=Fraction(sum(s.dont_know for s in both), len(both) * len(instrument.statements)) if enough else None,
        quality=judge_quality(counted, instrument, rules, score.gap != WITHHELD) if enough and rules.mode != "named" else None,
        levels=_levels(counted, ways, instrument, floors, rules),
        whole_team=whole_team,
        hangs_on_one=_hangs_on_one(counted, score, stages, instrument, rules),
    )


def _effective(rules: Confidentiality) -> Confidentiality:
    return Confidentiality("named", rules.consent, 1, rules.spread, rules.comments) if rules.mode == "named" else rules


def _counted(people: Sequence[RespondentScore], rules: Confidentiality) -> Sequence[RespondentScore]:
    """Those who count in the figures of a group: all but a few without a valid total, whose answers would be what figures differ by."""
    valid = [s for s in people if s.total is not None]
    return valid if 0 < len(people) - len(valid) < rules.figures <= len(valid) else people


Groups = Mapping[str, Sequence[RespondentScore]]
Value = Callable[[RespondentScore], Fraction | None]
Reveals = Callable[[Sequence[Fraction], Confidentiality], bool]


def _split(groups: Groups, value: Value, rules: Confidentiality, reveals: Reveals) -> Split:
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
    return banded(figure)


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
    """Whether a score or a dimension, with or without one member who subtracts their own, lies so near the end of its scale that it tells
    nearly every answer."""
    ends, near = score_range(instrument.scale), NEAR * instrument.scale.points
    return lambda values, rules: (
        rules.mode != "named" and len(values) < rules.spread and any(_but_one(values, end) <= near * (len(values) - 1) for end in ends)
    )


def _but_one(values: Sequence[Fraction], end: Fraction) -> Fraction:
    """How far values lie from an end together, but for the one that lies furthest."""
    distances = [abs(value - end) for value in values]
    return sum(distances, Fraction(0)) - max(distances)


def _dimensions(groups: Groups, instrument: Instrument, score: Split, rules: Confidentiality) -> tuple[DimensionFigures, ...]:
    at_an_end = _lies_at_an_end(instrument)

    def reveals(values: Sequence[Fraction], rules: Confidentiality) -> bool:
        return _is_near_unanimous(values, rules) or at_an_end(values, rules)

    splits = {d.id: _split(groups, _mean_of(d), rules, reveals) for d in instrument.dimensions}
    together, hidden = set(), set()
    if rules.mode != "named" and score.combined != WITHHELD:
        together = set(splits) if score.gap == WITHHELD else _with_company(_not_apart(splits, splits), splits)
        hidden = _with_company(_not_at_all(splits, splits), splits)
    shown = _shown(splits, together, hidden)
    return tuple(DimensionFigures(d, shown[d.id]) for d in instrument.dimensions)


def _mean_of(dimension: Dimension) -> Value:
    return lambda score: score.dimensions[dimension.id]


def _statements(
    groups: Groups, instrument: Instrument, dimensions: Sequence[DimensionFigures], is_alone: bool, rules: Confidentiality
) -> tuple[StatementFigures, ...]:
    splits = {s.id: _split(groups, _answer(s.id), rules, _is_near_unanimous) for s in instrument.statements}
    together, hidden = (set(), set()) if rules.mode == "named" else _companions(splits, instrument, dimensions)
    shown = _shown(splits, set(splits) if is_alone else together, hidden)
    return tuple(
        StatementFigures(s, shown[s.id], _distribution(s.id, groups, instrument, shown[s.id], rules)) for s in instrument.statements
    )


def _shown(splits: Mapping[str, Split], together: set[str], hidden: set[str]) -> Mapping[str, Split]:
    """Every split as it may be shown: some without the functions apart, some not at all."""
    return {
        id: Split(leadership=split.leadership) if id in hidden else without_split(split) if id in together else split
        for id, split in splits.items()
    }


def _answer(statement: str) -> Value:
    return lambda score: Fraction(score.answers[statement]) if statement in score.answers else None


def _companions(splits: Mapping[str, Split], instrument: Instrument, dimensions: Sequence[DimensionFigures]) -> tuple[set[str], set[str]]:
    """The statements not to be shown apart and those not to be shown at all: in each dimension none, or two at least."""
    together, hidden = set(), set()
    for found in dimensions:
        ids = [s.id for s in instrument.statements if s.dimension == found.dimension.id]
        inside = {id: splits[id] for id in ids}
        together |= _with_company(_not_apart(ids, splits), inside, 2 if found.split.gap == WITHHELD else 0)
        hidden |= _with_company(_not_at_all(ids, splits), inside, 2 if found.split.combined == WITHHELD else 0)
    return together, hidden


def _not_apart(ids: Iterable[str], splits: Mapping[str, Split]) -> set[str]:
    return {id for id in ids if splits[id].gap == WITHHELD}


def _not_at_all(ids: Iterable[str], splits: Mapping[str, Split]) -> set[str]:
    return {id for id in ids if splits[id].combined == WITHHELD}


def _with_company(chosen: set[str], splits: Mapping[str, Split], needed: int = 0) -> set[str]:
    """The chosen and, where they are one alone or fewer than needed, others: first those of fewest people, then of the smallest gap."""
    more = sorted(set(splits) - chosen, key=lambda id: (*worth(splits[id]), id))
    lacking = max(needed, 2 if chosen else 0) - len(chosen)
    return chosen | set(more[: max(lacking, 0)])


def _distribution(
    statement: str, groups: Groups, instrument: Instrument, split: Split, rules: Confidentiality
) -> Mapping[int, Fraction] | None:
    """The shares of both functions' answers; beside the means of a function too small for its spread they would give each of its answers away."""
    of = [[s.answers[statement] for s in groups[role] if statement in s.answers] for role in ("sales", "marketing")]
    if split.gap == WITHHELD or min(map(len, of)) < rules.spread or rules.mode == "named":
        return None
    answers = of[0] + of[1]
    return {option: Fraction(answers.count(option), len(answers)) for option in sorted(instrument.scale.labels)}


def _tested(statements: tuple[StatementFigures, ...], groups: Groups, rules: Confidentiality) -> tuple[StatementFigures, ...]:
    """The statements with what can be said of their gaps, all of them looked at together."""
    p_values = [_p_of(figures, groups, rules) for figures in statements]
    clear = set(discoveries(p_values))
    return tuple(
        figures if p is None else replace(figures, clear=place in clear)
        for place, (figures, p) in enumerate(zip(statements, p_values, strict=True))
    )


def _p_of(figures: StatementFigures, groups: Groups, rules: Confidentiality) -> float | None:
    """The p-value of equal means on a statement; None where the functions are not shown apart or too small."""
    sales, marketing = (_values(groups[role], _answer(figures.statement.id)) for role in ("sales", "marketing"))
    if figures.split.gap == WITHHELD or min(len(sales), len(marketing)) < rules.spread:
        return None
    return welch_test(sales, marketing)


def _levels(groups: Groups, ways: Ways, instrument: Instrument, floors: Sequence[Fraction], rules: Confidentiality) -> Levels | None:
    if rules.mode == "named" or ways.score != "apart":
        return None
    both, reveals = {function: groups[function] for function in FUNCTIONS}, _lies_at_an_end(instrument)
    return compare_levels(
        [person for people in both.values() for person in people],
        rules.figures,
        lambda totals: reveals(totals, rules),
        lambda: Auditor(Sums(both, instrument, floors, LEVELS), rules.figures, rules.spread).is_safe(ways),
    )


def _hangs_on_one(groups: Groups, score: Split, stages: Sequence[Stage], instrument: Instrument, rules: Confidentiality) -> bool | None:
    """Whether the stage hangs on some one person; None in named mode and where either function is too small for its spread to be shown.

    A «no» tells that nobody lies further from the mean of their function than so far, on one side: less than the lowest or the highest total
    would tell, which may be shown from the same number of people on. Where only the combined figure is shown, one function has so few people
    that one of them could turn a «no» into a bound on a colleague, so nothing is said there, however many people both have together.
    """
    sales, marketing = (_values(groups[role], lambda s: s.total) for role in ("sales", "marketing"))
    if not stages or rules.mode == "named" or score.gap == WITHHELD or min(len(sales), len(marketing)) < rules.spread:
        return None
    return hangs_on_one(sales, marketing, stages, instrument.scale)


def _participation(role: Role, groups: Groups, assessment: Assessment, rules: Confidentiality, is_alone: bool) -> Participation:
    """Who answered; exact numbers beside one figure for both functions would tell why that stands alone."""
    people = groups[role]
    valid = [s for s in people if s.total is not None]
    invited = getattr(assessment.invited, role)
    pair = [groups["sales"], groups["marketing"]] if role != "leadership" else [people]
    few = any(0 < sum(s.total is not None for s in group) < rules.figures for group in pair)
    if few or (people and not valid) or (is_alone and role != "leadership"):
        return Participation(role, None, None, invited)
    return Participation(role, Count(len(people), len(people)), Count(len(valid), len(valid)), invited)


def _is_neutral(instrument: Instrument) -> Callable[[int], bool]:
    lowest, highest = bounds(instrument.scale)
    return lambda answer: 2 * answer == lowest + highest


def _neutral(scores: Sequence[RespondentScore], instrument: Instrument, rules: Confidentiality) -> Fraction:
    """The share of neutral answers; nearly all of them would tell what everybody answered."""
    share = _share(scores, _is_neutral(instrument))
    return share if rules.mode == "named" else min(share, MOST_NEUTRAL)


def _share(scores: Sequence[RespondentScore], holds: Callable[[int], bool]) -> Fraction:
    answers = [answer for score in scores for answer in score.answers.values()]
    return Fraction(sum(map(holds, answers)), len(answers)) if answers else Fraction(0)


def _missing(scores: Sequence[RespondentScore], instrument: Instrument) -> Fraction:
    asked = len(scores) * len(instrument.statements)
    return Fraction(asked - sum(len(s.answers) + s.dont_know for s in scores), asked)


def _is_whole_team(groups: Groups, assessment: Assessment) -> bool:
    invited = assessment.invited
    asked = [(invited.sales, len(groups["sales"])), (invited.marketing, len(groups["marketing"]))]
    return all(number is not None and number > 0 and answered * 20 >= number * 19 for number, answered in asked)
