"""What is known into findings: each friction source with its strength, the evidence for it and the evidence against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.conditions import Judgement, Known, judge
from alignment_report.model.client import Observation
from alignment_report.model.playbook import FrictionSource, Sign, StrengthRule

Strength = Literal["none", "weak", "moderate", "strong", "not-assessable"]
ORDER: tuple[Strength, ...] = ("strong", "moderate", "weak", "none", "not-assessable")


@dataclass(frozen=True, slots=True)
class JudgedSign:
    """A sign with what it was held against."""

    sign: Sign
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Finding:
    """A friction source as it stands at this client. `points` are signs met less counter-signs met; None where not assessable."""

    source: FrictionSource
    strength: Strength
    points: int | None
    signs: tuple[JudgedSign, ...]
    counter_signs: tuple[JudgedSign, ...]
    observations: tuple[Observation, ...]

    @property
    def speaks_for(self) -> tuple[JudgedSign, ...]:
        """Signs that are met."""
        return tuple(sign for sign in self.signs if sign.judgement.met)

    @property
    def speaks_against(self) -> tuple[JudgedSign, ...]:
        """Counter-signs that are met."""
        return tuple(sign for sign in self.counter_signs if sign.judgement.met)

    @property
    def unknown(self) -> tuple[JudgedSign, ...]:
        """Signs and counter-signs that cannot be told."""
        return tuple(sign for sign in self.signs + self.counter_signs if sign.judgement.met is None)

    @property
    def is_found(self) -> bool:
        return self.strength in ("weak", "moderate", "strong")


def diagnose(
    known: Known, sources: Sequence[FrictionSource], observations: Sequence[Observation], rule: StrengthRule
) -> tuple[Finding, ...]:
    """A finding for every source, strongest first; ties in the order of the playbook."""
    findings = [_find(source, known, [o for o in observations if o.about == source.id], rule) for source in sources]
    return tuple(sorted(findings, key=lambda f: (ORDER.index(f.strength), -(f.points or 0))))


def _find(source: FrictionSource, known: Known, observations: Sequence[Observation], rule: StrengthRule) -> Finding:
    signs = tuple(JudgedSign(sign, judge(sign.when, known)) for sign in source.signs)
    counters = tuple(JudgedSign(sign, judge(sign.when, known)) for sign in source.counter_signs)
    points = _points(signs) - _points(counters) + sum(1 if o.points == "for" else -1 for o in observations)
    assessable = observations or _known_share(signs + counters) >= rule.known
    strength: Strength = _strength(points, rule) if assessable else "not-assessable"
    return Finding(source, strength, points if assessable else None, signs, counters, tuple(observations))


def _points(signs: Sequence[JudgedSign]) -> int:
    return sum(sign.sign.weight for sign in signs if sign.judgement.met)


def _known_share(signs: Sequence[JudgedSign]) -> Fraction:
    return Fraction(sum(sign.judgement.met is not None for sign in signs), len(signs)) if signs else Fraction(0)


def _strength(points: int, rule: StrengthRule) -> Strength:
    if points >= rule.strong:
        return "strong"
    if points >= rule.moderate:
        return "moderate"
    return "weak" if points >= rule.weak else "none"
