"""How far apart, how much of one mind and how careful those who answered were: figures about the answers, never about a person.

Everything here needs as many people as an interval does, in each group it speaks of; a count of few people stays a band.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.careless import count_patterns
from alignment_report.analysis.consensus import Alpha, cronbach_alpha, mean_average_deviation, mean_r_wg, r_star_wg
from alignment_report.analysis.effect import Effect, hedges_g
from alignment_report.analysis.intraclass import Intraclass, intraclass
from alignment_report.analysis.scoring import RespondentScore, bounds, key
from alignment_report.model.assessment import Confidentiality
from alignment_report.model.playbook import Instrument


@dataclass(frozen=True, slots=True)
class Consensus:
    """Agreement within a function over the statements: mean r_wg and r*_wg from 0 to 1, the average deviation in steps of the answer scale."""

    people: int
    r_wg: Fraction
    r_star_wg: Fraction
    deviation: Fraction


@dataclass(frozen=True, slots=True)
class Quality:
    """`effect` is Marketing's total less Sales', in standard deviations, `between` how much of the totals' differences lies between the two; `careless` is a number of people, None below a group's size."""

    effect: Effect | None
    between: Intraclass | None
    consensus: Mapping[str, Consensus]
    alpha: Alpha | None
    careless: int | None


def judge_quality(
    groups: Mapping[str, Sequence[RespondentScore]], instrument: Instrument, rules: Confidentiality, is_split: bool
) -> Quality:
    """The quality of the answers of both functions; what speaks of one function alone needs the two to be shown apart."""
    sales, marketing = groups["sales"], groups["marketing"]
    both = [*sales, *marketing]
    apart = is_split and min(len(_totals(sales)), len(_totals(marketing))) >= rules.spread
    alpha = cronbach_alpha([_row(person, instrument) for person in both]) if len(both) >= rules.spread else None
    careless = count_patterns([_as_given(person, instrument) for person in both]).either if len(both) >= rules.spread else 0
    return Quality(
        effect=hedges_g(_totals(marketing), _totals(sales)) if apart else None,
        between=intraclass([_totals(sales), _totals(marketing)]) if apart else None,
        consensus={role: found for role in ("sales", "marketing") if apart and (found := _consensus(groups[role], instrument))},
        alpha=alpha if alpha and alpha.people >= rules.spread else None,
        careless=careless if careless >= rules.figures else None,
    )


def _totals(people: Sequence[RespondentScore]) -> list[Fraction]:
    return [person.total for person in people if person.total is not None]


def _row(person: RespondentScore, instrument: Instrument) -> list[int | None]:
    return [person.answers.get(statement.id) for statement in instrument.statements]


def _as_given(person: RespondentScore, instrument: Instrument) -> list[int | None]:
    """Answers as they were given, in the order of the statements' numbers; turning a reversed one twice gives it back."""
    ordered = sorted(instrument.statements, key=lambda statement: statement.number)
    return [key(person.answers[s.id], s, instrument.scale) if s.id in person.answers else None for s in ordered]


def _consensus(people: Sequence[RespondentScore], instrument: Instrument) -> Consensus | None:
    rows = [_row(person, instrument) for person in people]
    lowest, highest = bounds(instrument.scale)
    r_wg, star, deviation = mean_r_wg(rows, lowest, highest), r_star_wg(rows, lowest, highest), mean_average_deviation(rows)
    if r_wg is None or star is None or deviation is None:
        return None
    return Consensus(len(people), r_wg, star, deviation)
