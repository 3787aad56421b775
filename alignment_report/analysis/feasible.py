"""All printed means at once into what they leave open of some people's answers: the greatest and the least sum that fits every figure.

A linear program: the unknowns are the sums of the answers of each kind of people to each statement, the constraints are the intervals in which
printed means hold weighed sums of them. (Audit by feasible intervals: Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.) It is
solved by HiGHS; answers that fit are kept, since most questions are answered by some that were found before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Literal

from alignment_report.analysis.shown_sums import FUNCTIONS, Answers, Kind, Known, Sums
from alignment_report.analysis.widths import Ways

Figure = tuple[Literal["statement", "dimension", "score", "level"], str]
"""A figure that is shown or withheld; a score has no id. The score of a level is shown wherever it is asked about."""

TOLERANCE = 1e-6

_OPTIONS = {"output_flag": False, "threads": 1, "presolve": "off", "solver": "simplex", "simplex_strategy": 4}
"""The primal simplex method (4): from one question to the next only the costs change, so that the last solution still fits."""


@dataclass(frozen=True, slots=True)
class Open:
    """How wide a sum of answers stays, and the figures that bound it."""

    width: float
    figures: frozenset[Figure]


@dataclass(frozen=True, slots=True)
class _Row:
    figure: Figure
    way: Literal["apart", "together", "always"]
    known: Known


class Feasible:
    """Every set of answers that fits what is shown. How a figure is shown may change between questions.

    Whatever cannot be computed raises ArithmeticError, so that nothing is written.
    """

    def __init__(self, sums: Sums) -> None:
        self._sums = sums
        self._rows = list(_rows(sums))
        kinds = [kind for function in FUNCTIONS for kind in sums.kinds[function]]
        self._place = {at: n for n, at in enumerate((kind, id) for kind in kinds for id in sorted(kind.answered))}
        self._shown: list[bool] = [False] * len(self._rows)
        self._numpy = import_module("numpy")
        self._given = self._numpy.array([[float(sum(p.answers[id] for p in kind.people)) for kind, id in self._place]])
        self._found: dict[Kind | None, Any] = {}
        self._insider: Kind | None = None

    def show(self, ways: Ways) -> None:
        """From now on figures are shown in these ways."""
        shown = [_way(ways, row.figure) == row.way for row in self._rows]
        changed = [place for place, (old, new) in enumerate(zip(self._shown, shown, strict=True)) if old != new]
        if not changed:
            return
        self._shown = shown
        for place in changed:
            self._solver.changeRowBounds(place, *self._ends(place))
        added = [place for place in changed if shown[place]]
        if added:
            low, high = self._numpy.array([self._ends(place) for place in added]).T
            self._found = {at: found[self._fit(found, added, low, high)] for at, found in self._found.items()}

    def told_to(self, insider: Kind | None) -> None:
        """From now on one person who is alike with nobody knows what they answered; nobody in particular where it is None."""
        for kind, is_known in ((self._insider, False), (insider, True)):
            for id in kind.answered if kind else ():
                self._solver.changeColBounds(self._place[kind, id], *self._limits(kind, id, is_known))  # type: ignore[index, arg-type]
        self._insider = insider

    def places(self, answers: Iterable[Answers]) -> Any:
        """Where these answers stand among the unknowns."""
        return self._numpy.array([self._place[at] for at in answers])

    def left(self, places: Any, enough: float) -> Open | None:
        """How wide the sum of some answers is by all figures, and those that bound it; None as soon as answers are found that differ by enough."""
        rested: frozenset[Figure] = frozenset()
        for sign in (1, -1):
            if self.reached(places) >= enough:
                return None
            rested |= self._solve(places, sign)
        width = self.reached(places)
        return Open(width, rested) if width < enough else None

    def falls_short(self, places: Any, sign: int, limit: float) -> frozenset[Figure]:
        """Where the sum of some answers cannot reach a limit upwards (downwards for a sign of -1), the figures on which that rests."""
        if self._reaches(places, sign, limit):
            return frozenset()
        rested = self._solve(places, sign)
        return frozenset() if self._reaches(places, sign, limit) else rested

    def _reaches(self, places: Any, sign: int, limit: float) -> bool:
        return float((sign * self._pool[:, places].sum(axis=1)).max()) >= sign * limit - TOLERANCE

    @property
    def _pool(self) -> Any:
        return self._found.setdefault(self._insider, self._given)

    def reached(self, places: Any) -> float:
        """How far apart the sum of some answers lies in those found so far."""
        sums = self._pool[:, places].sum(axis=1)
        return float(sums.max() - sums.min())

    def _solve(self, places: Any, sign: int) -> frozenset[Figure]:
        """Finds the greatest sum (the least for a sign of -1) and tells the figures on which it rests."""
        numpy = self._numpy
        costs = numpy.zeros(len(self._place))
        costs[places] = -sign
        self._solver.changeColsCost(len(costs), numpy.arange(len(costs)), costs)
        if self._run() != "Optimal":
            self._solver.clearSolver()  # where the last solution led it astray, it starts afresh
            if (status := self._run()) != "Optimal":
                raise ArithmeticError(f"what the figures leave open cannot be computed: {status}")
        solution = self._solver.getSolution()
        point = numpy.array(solution.col_value)
        self._found[self._insider] = numpy.vstack([self._pool, point])
        duals = numpy.abs(numpy.array(solution.row_dual)) > TOLERANCE
        return frozenset(self._rows[place].figure for place in duals.nonzero()[0])

    def _run(self) -> str:
        self._solver.run()
        return str(self._solver.modelStatusToString(self._solver.getModelStatus()))

    def explore(self, places: Any) -> None:
        """Finds answers that fit far apart on the sum of these, which may settle many questions at once."""
        for sign in (1, -1):
            self._solve(places, sign)

    def _fit(self, found: Any, places: Sequence[int], low: Any, high: Any) -> Any:
        values = found @ self._matrix[places].T
        return ((values >= low - TOLERANCE) & (values <= high + TOLERANCE)).all(axis=1)

    @cached_property
    def _scaled(self) -> list[list[tuple[int, float]]]:
        scales = [_scale(row.known) for row in self._rows]
        return [
            [(self._place[at], n / scale) for at, n in row.known.weights.items()] for row, scale in zip(self._rows, scales, strict=True)
        ]

    def _ends(self, place: int) -> tuple[float, float]:
        if not self._shown[place]:
            return -float("inf"), float("inf")
        known = self._rows[place].known
        return known.low / _scale(known), known.high / _scale(known)

    def _limits(self, kind: Kind, id: str, is_known: bool = False) -> tuple[float, float]:
        if is_known:
            return (float(kind.people[0].answers[id]),) * 2
        return float(len(kind.people) * self._sums.lowest), float(len(kind.people) * self._sums.highest)

    @cached_property
    def _matrix(self) -> Any:
        """The weights, a row for each figure."""
        matrix = self._numpy.zeros((len(self._rows), len(self._place)))
        for place, row in enumerate(self._scaled):
            for at, weight in row:
                matrix[place, at] = weight
        return matrix

    @cached_property
    def _solver(self) -> Any:
        highs = import_module("highspy")
        program = highs.HighsLp()
        program.num_col_, program.num_row_ = len(self._place), len(self._rows)
        limits = [self._limits(kind, id) for kind, id in self._place]
        program.col_cost_ = [0.0] * len(limits)
        program.col_lower_, program.col_upper_ = [low for low, _ in limits], [high for _, high in limits]
        ends = [self._ends(place) for place in range(len(self._rows))]
        program.row_lower_, program.row_upper_ = [low for low, _ in ends], [high for _, high in ends]
        program.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        program.a_matrix_.start_ = _starts(self._scaled)
        program.a_matrix_.index_ = [at for row in self._scaled for at, _ in row]
        program.a_matrix_.value_ = [weight for row in self._scaled for _, weight in row]
        solver = highs.Highs()
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.passModel(program)
        return solver


def _starts(rows: Sequence[Sequence[Any]]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return starts


def _scale(known: Known) -> int:
    return max(abs(weight) for weight in known.weights.values())


def _rows(sums: Sums) -> Iterator[_Row]:
    """Every figure in both ways; what is shown together is one sum of both functions, so it stands there once. And the scores of levels."""
    for function in FUNCTIONS:
        for way in ("apart", "together") if function == FUNCTIONS[0] else ("apart",):
            figures: Mapping[Figure, Known | None] = {
                ("score", ""): sums.total(function, way),
                **{("dimension", id): sums.dimension(function, id, way) for id in sums.held},
                **{("statement", id): sums.statement(function, id, way) for held in sums.held.values() for id in held},
            }
            yield from (_Row(figure, way, known) for figure, known in figures.items() if known)
    yield from (_Row(("level", level), "always", sums.of_level(level)) for level in sums.levels)


def _way(ways: Ways, figure: Figure) -> str:
    kind, id = figure
    if kind == "level":
        return "always"
    return ways.score if kind == "score" else ways.dimensions[id] if kind == "dimension" else ways.statements[id]
