"""Answers held beside hard figures and facts: do the two agree?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alignment_report.analysis.conditions import Judgement, Known, judge
from alignment_report.analysis.perception import is_high, is_low
from alignment_report.analysis.published import Figure
from alignment_report.model.playbook import Counterpart, Instrument, Statement

Match = Literal["agrees", "contradicts", "neither", "no-data"]


@dataclass(frozen=True, slots=True)
class Triangulated:
    """One pair of an opinion and a hard figure. `neither`: at least one of the two says nothing clear."""

    counterpart: Counterpart
    statement: Statement
    opinion: Figure
    match: Match
    high: Judgement
    low: Judgement


def triangulate(counterparts: Sequence[Counterpart], known: Known, instrument: Instrument) -> tuple[Triangulated, ...]:
    """Every pair, in the order of the playbook."""
    statements = {statement.id: statement for statement in instrument.statements}
    return tuple(_held_beside(c, statements[c.statement], known, instrument) for c in counterparts)


def _held_beside(counterpart: Counterpart, statement: Statement, known: Known, instrument: Instrument) -> Triangulated:
    opinion = known.statements[statement.id].combined
    high, low = judge(counterpart.speaks_high, known), judge(counterpart.speaks_low, known)
    return Triangulated(counterpart, statement, opinion, _match(opinion, high, low, instrument), high, low)


def _match(opinion: Figure, high: Judgement, low: Judgement, instrument: Instrument) -> Match:
    if opinion.value is None or (high.met is None and low.met is None):
        return "no-data"
    says_high, says_low = is_high(opinion.value, instrument.scale), is_low(opinion.value, instrument.scale)
    if (says_high and high.met) or (says_low and low.met):
        return "agrees"
    return "contradicts" if (says_high and low.met) or (says_low and high.met) else "neither"
