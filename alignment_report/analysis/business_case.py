"""The client's own assumptions into a low, base and high case; nothing is added to them."""

from dataclasses import dataclass
from fractions import Fraction

from alignment_report.model.client import BusinessCase, Driver


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far one driver alone, or the cost where it is None, moves the base result between its worse and its better figure, in the client's
    currency.
    """

    driver: Driver | None
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Net results over the horizon, in the client's currency: the low case takes low benefits and the dear cost, the high case the reverse.

    `break_even` is the share of the base benefits that pays the base cost; None where there are none. `sensitivities` stand with the
    widest first.
    """

    case: BusinessCase
    low: Fraction
    base: Fraction
    high: Fraction
    break_even: Fraction | None
    sensitivities: tuple[Sensitivity, ...]


def compute(case: BusinessCase | None) -> CaseResult | None:
    """The result, or None where no assumptions or no horizon are given."""
    if case is None or case.horizon_months is None:
        return None
    years = case.horizon_months / 12
    low, base, high = (sum((getattr(d.yearly, level) for d in case.drivers), Fraction(0)) * years for level in ("low", "base", "high"))
    net = base - case.cost.base
    sensitivities = [
        *(
            Sensitivity(d, net + (d.yearly.low - d.yearly.base) * years, net + (d.yearly.high - d.yearly.base) * years)
            for d in case.drivers
        ),
        Sensitivity(None, base - case.cost.high, base - case.cost.low),
    ]
    return CaseResult(
        case=case,
        low=low - case.cost.high,
        base=net,
        high=high - case.cost.low,
        break_even=case.cost.base / base if base > 0 else None,
        sensitivities=tuple(sorted(sensitivities, key=lambda s: s.low - s.high)),
    )
