"""Conditions held against what is known, three-valued after Kleene: met, not met, unknown (None)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from alignment_report.analysis.published import Split
from alignment_report.model.conditions import Bound, Condition
from alignment_report.model.fields import FactValue


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a condition may be held against. A withheld figure is unknown, like a fact nobody gave."""

    facts: Mapping[str, FactValue]
    measures: Mapping[str, Fraction | None]
    statements: Mapping[str, Split]
    dimensions: Mapping[str, Split]
    score: Split

    def value(self, bound: Bound) -> FactValue:
        """The value the bound speaks of; None is unknown."""
        match bound.subject:
            case "fact":
                return self.facts[bound.id]
            case "measure":
                return self.measures.get(bound.id)
            case "statement":
                return _figure(self.statements[bound.id], bound)
            case "dimension":
                return _figure(self.dimensions[bound.id], bound)
            case _:
                return _figure(self.score, bound)


def _figure(split: Split, bound: Bound) -> Fraction | None:
    match bound.function:
        case "sales":
            return split.sales.value
        case "marketing":
            return split.marketing.value
        case "gap":
            return split.gap.value
        case "distance":
            return None if split.gap.value is None else abs(split.gap.value)
        case _:
            return split.combined.value


@dataclass(frozen=True, slots=True)
class Reading:
    """One bound with the value it was held against and whether it holds."""

    bound: Bound
    value: FactValue
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A condition with every reading it rests on; `met` is None where it cannot be told."""

    condition: Condition
    met: bool | None
    readings: tuple[Reading, ...]


def judge(condition: Condition, known: Known) -> Judgement:
    """Whether the condition is met."""
    readings = tuple(Reading(bound, value := known.value(bound), holds(bound, value)) for bound in condition.bounds)
    outcomes = [reading.holds for reading in readings]
    return Judgement(condition, every(outcomes) if condition.joined == "all" else some(outcomes), readings)


def holds(bound: Bound, value: FactValue) -> bool | None:
    """Whether one comparison holds; None where the value is unknown."""
    if value is None:
        return None
    if bound.is_ is not None:
        return value == bound.is_
    if isinstance(value, str | bool):
        return False
    return (
        (bound.at_least is None or value >= bound.at_least)
        and (bound.at_most is None or value <= bound.at_most)
        and (bound.below is None or value < bound.below)
        and (bound.above is None or value > bound.above)
    )


def every(outcomes: Iterable[bool | None]) -> bool | None:
    """Kleene's conjunction; of nothing it is true."""
    seen = set(outcomes)
    return False if False in seen else None if None in seen else True


def some(outcomes: Iterable[bool | None]) -> bool | None:
    """Kleene's disjunction; of nothing it is false."""
    seen = set(outcomes)
    return True if True in seen else None if None in seen else False
