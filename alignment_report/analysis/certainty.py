"""The published score and its interval into the chances of the stages; and whether one person's answers could change the stage.

What is estimated is the mean of the two functions' means of person totals, each function being all the people from whom those who answered
come. Before anything is answered, every score of the scale is taken to be as likely as any other (a flat prior); after that the score follows
Student's t around the published one, with the standard error and the degrees of freedom of its interval, cut off at the ends of the scale.
Nothing but what is printed goes into it: means, numbers of people and intervals of the two functions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.agreement import mean, standard_error
from alignment_report.analysis.distributions import two_sided_p
from alignment_report.analysis.published import Published, Split
from alignment_report.analysis.scoring import score_range, stage_at
from alignment_report.model.claims import Likelihood
from alignment_report.model.playbook import Scale, Stage

NEARLY_SURE = Fraction(19, 20)
"""From this chance on no other stage is worth naming, and the chance is told no finer. Our convention, the level of the intervals."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """The chance, from 0 to 1, that the stage of the score is the true one, and what the playbook calls such a chance.

    `neighbour` is the likeliest other stage; None where the stage is nearly sure.
    """

    chance: float
    likelihood: Likelihood
    neighbour: Stage | None


def stage_certainty(published: Published, stages: Sequence[Stage], scale: Scale, likelihoods: Sequence[Likelihood]) -> Certainty | None:
    """How sure the stage is; None where that cannot be said well.

    So it is without an interval, where (nearly) everybody has answered, and where the functions are not shown apart: the interval of the one
    figure then rests on the spread of a handful of people, and chances drawn from it are off by more than five points (docs/measurement.md).
    """
    score = published.score.combined.value
    chances = stage_chances(published.score, stages, scale) if likelihoods and not published.whole_team else None
    if score is None or chances is None:
        return None
    own = stage_at(score, stages, scale)
    chance, others = chances[own.id], [stage for stage in stages if stage is not own]
    likelihood = max((known for known in likelihoods if known.at_least <= chance), key=lambda known: known.at_least)
    neighbour = max(others, key=lambda stage: chances[stage.id]) if others and chance < NEARLY_SURE else None
    return Certainty(chance, likelihood, neighbour)


def stage_chances(score: Split, stages: Sequence[Stage], scale: Scale) -> Mapping[str, float] | None:
    """The chance of every stage by its id, 1 in all; None without an interval of the combined score and the two functions apart."""
    value, interval, df = score.combined.value, score.combined.interval, _freedom(score)
    if value is None or interval is None or df is None:
        return None
    error = standard_error(interval, df)
    ordered = sorted(stages, key=lambda stage: stage.floor)
    edges = [float(stage.floor) for stage in ordered] + [float(score_range(scale)[1])]
    below = [_t_cdf((edge - float(value)) / error, df) for edge in edges]
    return {stage.id: (high - low) / (below[-1] - below[0]) for stage, low, high in zip(ordered, below, below[1:], strict=False)}


def _freedom(score: Split) -> float | None:
    """Satterthwaite's degrees of freedom of the combined score, from the intervals of the two functions; one that does not vary has none."""
    shown = [(f.interval, f.n.at_least - 1) for f in (score.sales, score.marketing) if f.interval and f.n]
    parts = [(standard_error(interval, df) ** 2, df) for interval, df in shown]
    return sum(part for part, _ in parts) ** 2 / sum(part**2 / df for part, df in parts) if parts else None


def _t_cdf(t: float, df: float) -> float:
    tail = two_sided_p(t, df) / 2
    return tail if t < 0 else 1 - tail


def hangs_on_one(sales: Sequence[Fraction], marketing: Sequence[Fraction], stages: Sequence[Stage], scale: Scale) -> bool:
    """Whether the stage of the exact combined score would be another without some one person; each function has two people or more."""
    stage = stage_at((mean(sales) + mean(marketing)) / 2, stages, scale)
    without = ((one + mean(other)) / 2 for own, other in ((sales, marketing), (marketing, sales)) for one in _means_without_one(own))
    return any(stage_at(score, stages, scale) is not stage for score in without)


def _means_without_one(totals: Sequence[Fraction]) -> Iterator[Fraction]:
    """The highest and the lowest mean of all but one; every other lies between them."""
    whole = sum(totals, Fraction(0))
    return ((whole - total) / (len(totals) - 1) for total in (min(totals), max(totals)))
