"""Statements withheld since a function is of one mind on them, which follow all the same: from their sum.

A dimension less those of its statements that are shown apart leaves the sum of the others. Where that lies at an end of the scale, each of
them does, however many they are; so does the score less what is shown of it. A sum that only one answer keeps from the end tells nearly all.
"""

from collections.abc import Iterable, Iterator

from alignment_report.analysis.audit import Exposure
from alignment_report.analysis.shown_sums import FUNCTIONS, Function, Sums
from alignment_report.analysis.widths import Ways

OPEN = 2
"""So many steps from the end, for all its people together, a sum of withheld answers has to lie."""


def of_one_mind(sums: Sums, ways: Ways, crowd: int) -> tuple[Exposure, ...]:
    """What is shown beside withheld statements whose sum lies at an end, for functions of fewer people than `crowd`."""
    small = [function for function in FUNCTIONS if sums.everybody(function) < crowd]
    return tuple(dict.fromkeys(exposure for function in small for exposure in _of(function, sums, ways)))


def _of(function: Function, sums: Sums, ways: Ways) -> Iterator[Exposure]:
    shown = {id for id, way in ways.statements.items() if way == "apart"}
    for id, held in sums.held.items():
        if ways.dimensions[id] == "apart" and _lies_at_an_end(function, set(held) - shown, sums):
            yield Exposure(frozenset(shown.intersection(held)), frozenset([id]))
    if ways.score == "apart":
        apart = frozenset(id for id, way in ways.dimensions.items() if way == "apart")
        beside = {statement for id, held in sums.held.items() if id not in apart for statement in held}
        if _lies_at_an_end(function, beside - shown, sums):
            yield Exposure(frozenset(shown & beside), apart)


def _lies_at_an_end(function: Function, statements: Iterable[str], sums: Sums) -> bool:
    """Whether all answers of a function to these statements lie at one end, but for less than OPEN steps; not where there are none."""
    withheld = set(statements)
    answers = [p.answers[id] for kind in sums.kinds[function] for p in kind.people for id in kind.answered & withheld]
    return bool(answers) and min(sum(answers) - sums.lowest * len(answers), sums.highest * len(answers) - sum(answers)) < OPEN
