"""Where other clients stand: how many of them at each whole point, item by item. Nothing in it tells which client is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from alignment_report.model.assessment import InstrumentUsed
from alignment_report.model.fields import Field


@dataclass(frozen=True, slots=True)
class Spots:
    """One dimension over all clients of which it may be shown; `id` is the dimension's."""

    id: str
    points: Annotated[Mapping[int, int], Field("How many clients stand at each whole point, `points: clients`.", at_least=1)]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Scores of many clients without their names; the items are counted apart, so that no client's figures can be put together again."""

    as_of: Annotated[date, Field("The day up to which delivered waves were counted.", example="2026-06-30")]
    instrument: Annotated[InstrumentUsed, Field("The statements that all of them were asked.")]
    score: Annotated[Mapping[int, int], Field("How many clients have each combined score, in whole points, `points: clients`.", at_least=1)]
    dimensions: Annotated[tuple[Spots, ...], Field("The same for every dimension.")]
    members: Annotated[
        tuple[str, ...],
        Field("A digest for each client under the key of its wave, by which only whoever holds that key finds it again; sorted."),
    ]

    @property
    def clients(self) -> int:
        """How many clients were counted."""
        return sum(self.score.values())
