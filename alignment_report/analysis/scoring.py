"""Answers into each respondent's scores, exactly.

Totals lie on the score's own scale: the (weighted) mean answer times `scale.points`, so 20–100 for twenty statements of 1–5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.exact import in_parts
from alignment_report.model.assessment import Assessment, Respondent, Role
from alignment_report.model.playbook import Instrument, Scale, Stage, Statement


@dataclass(frozen=True, slots=True)
class RespondentScore:
    """One person's keyed answers and what follows from them; None where too few statements are answered."""

    function: Role
    level: Literal["head", "staff"]
    answers: Mapping[str, int]
    dont_know: int
    total: Fraction | None
    dimensions: Mapping[str, Fraction | None]


def score_respondents(assessment: Assessment, instrument: Instrument) -> tuple[RespondentScore, ...]:
    """Every respondent's scores, in an order that depends on the answers alone and so tells nothing about the file."""
    scores = (_score(respondent, instrument) for respondent in assessment.respondents)
    return tuple(sorted(scores, key=lambda s: (s.function, s.level, sorted(s.answers.items()), s.dont_know)))


def _score(respondent: Respondent, instrument: Instrument) -> RespondentScore:
    keyed = {s.id: key(a, s, instrument.scale) for s in instrument.statements if isinstance(a := respondent.answers.get(s.id), int)}
    unknown = frozenset(id for id, answer in respondent.answers.items() if answer == "dont-know")
    return RespondentScore(
        function=respondent.function,
        level=respondent.level,
        answers=keyed,
        dont_know=len(unknown),
        total=_total(keyed, unknown, instrument),
        dimensions={d.id: _dimension(keyed, d.id, instrument) for d in instrument.dimensions},
    )


def key(answer: int, statement: Statement, scale: Scale) -> int:
    """The answer turned so that more is closer: lowest + highest − answer for a reversed statement. Raises ValueError off the scale."""
    lowest, highest = bounds(scale)
    if not lowest <= answer <= highest:
        raise ValueError(f"an answer to {statement.id} is off the scale")
    return lowest + highest - answer if statement.reverse else answer


def bounds(scale: Scale) -> tuple[int, int]:
    """The lowest and the highest answer."""
    return min(scale.labels), max(scale.labels)


def score_range(scale: Scale) -> tuple[Fraction, Fraction]:
    """The lowest and the highest possible score."""
    lowest, highest = bounds(scale)
    return lowest * scale.points, highest * scale.points


def _total(keyed: Mapping[str, int], unknown: frozenset[str], instrument: Instrument) -> Fraction | None:
    policy = instrument.missing
    missing = {s.id: s for s in instrument.statements if s.id not in keyed}
    only_structural = all(id in unknown and s.structural for id, s in missing.items())
    needed = policy.total_when_structural if only_structural else policy.total
    return _mean(keyed, instrument.statements) * instrument.scale.points if len(keyed) >= max(needed, 1) else None


def _dimension(keyed: Mapping[str, int], dimension: str, instrument: Instrument) -> Fraction | None:
    statements = [s for s in instrument.statements if s.dimension == dimension]
    answered = [s for s in statements if s.id in keyed]
    enough = answered and len(answered) >= instrument.missing.dimension_share * len(statements)
    return _mean(keyed, answered) * instrument.scale.points if enough else None


def _mean(keyed: Mapping[str, int], statements: Sequence[Statement]) -> Fraction:
    answered = [s for s in statements if s.id in keyed]
    weights, _ = in_parts([s.weight for s in answered])
    return Fraction(sum(weight * keyed[s.id] for weight, s in zip(weights, answered, strict=True)), sum(weights))


def stage_at(score: Fraction, stages: Sequence[Stage], scale: Scale) -> Stage:
    """The stage whose half-open band holds the exact score; the last band includes the highest score. Raises ValueError off the scale."""
    lowest, highest = score_range(scale)
    if not lowest <= score <= highest:
        raise ValueError(f"a score lies between {lowest} and {highest}")
    return max((stage for stage in stages if stage.floor <= score), key=lambda stage: stage.floor)
