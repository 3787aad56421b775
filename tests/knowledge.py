"""Every printed figure of some editions at once: between which ends the answers of a few people lie, and what one lone figure tells of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import ceil, floor, lcm

import numpy as np
from intruder import FUNCTIONS, Edition, K, Mean, Person, counted, has_total, scope_of
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack
from shares import sums_of_shares

HALF, ALONE = 0.5, 0.8
"""An answer is given away where less than half of its scale is left, and less than this part of what one lone figure leaves."""

SLACK = 1e-3
"""What the solver's own tolerance can make of nothing."""

Kind = tuple[object, ...]
Target = Mapping[int, float]


@dataclass(frozen=True)
class _Rows:
    """Weighed sums of variables and their ends. `lone` tells those of single statements by the number of their edition, -1 all others."""

    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    lone: np.ndarray

    def of(self, places: np.ndarray) -> "_Rows":
        return _Rows(self.matrix[places], self.low[places], self.high[places], self.lone[places])

    def with_(self, target: Target, ends: tuple[float, float]) -> "_Rows":
        matrix = vstack([self.matrix, _sparse(target, self.matrix.shape[1])]).tocsr()
        return _Rows(matrix, np.append(self.low, ends[0]), np.append(self.high, ends[1]), np.append(self.lone, -1))


class Knowledge:
    """What the figures of some editions tell of sums of answers of people who are alike in all that matters.

    An insider's own answers are known beside them.
    """

    def __init__(self, editions: Sequence[Edition], protected: bool = True, own: Mapping[Person, Mapping[str, int]] | None = None) -> None:
        self.editions, self.own = editions, own or {}
        self.inside = [set(counted(e) if protected else e.people) for e in editions]
        people = dict.fromkeys(p for inside in self.inside for p in inside)
        has_levels = any(("score", who) in e.publication.figures for e in editions for who in ("heads", "staff"))
        self.kind_of: dict[Person, Kind] = {p: self._kind(p, has_levels) for p in people}
        self.size = Counter(self.kind_of.values())
        self.place = {at: n for n, at in enumerate((kind, id) for kind in self.size for id in sorted(kind[2]))}
        self.limits = [(self.size[kind], 5 * self.size[kind]) for kind, _ in self.place]
        for person in self.own:
            for id in person.answered:
                self.limits[self.place[self.kind_of[person], id]] = (self.own[person][id],) * 2
        self._means: dict[tuple[int, str, str], dict[int, float]] = {}
        self._fine: dict[int, tuple[float, float]] = {}
        self._fits = np.empty((0, len(self.place)))

    def _kind(self, person: Person, has_levels: bool) -> Kind:
        level = person.level if has_levels else ""
        inside = tuple(person in inside for inside in self.inside)
        return person.function, level, person.answered, has_total(person), inside, person.name if person in self.own else ""

    # What is asked

    def mean(self, edition: int, item: str, who: str) -> dict[int, float]:
        """A mean as weights of sums; empty where nobody counts in it."""
        at = (edition, item, who)
        if at not in self._means:
            self._means[at] = self._of_both(*at) if who in ("combined", "gap") else self._of_group(*at)
        return self._means[at]

    def answers(self, people: Iterable[Person], statements: Iterable[str]) -> dict[int, float]:
        """The mean answer of whole kinds of people to some statements."""
        wanted = set(statements)
        row: dict[int, float] = {}
        for kind in {self.kind_of[p] for p in people}:
            row |= {self.place[kind, id]: float(self.size[kind]) for id in kind[2] & wanted}
        total = sum(row.values())
        return dict.fromkeys(row, 1 / total)

    def bounds(self, target: Target) -> tuple[float, float]:
        """Between which ends the target lies, by all figures."""
        ends, fits = _within(self.rows, target, self.limits)
        self._fits = np.vstack([self._fits, *fits])
        return ends

    def reached(self, target: Target) -> tuple[float, float]:
        """Ends that the target reaches for sure: those of all answers found so far that fit the figures."""
        values = self._fits[:, list(target)] @ np.array(list(target.values()))
        return float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))

    def exposed(self, target: Target) -> tuple[float, float] | None:
        """The ends, where they leave less than half of the scale and less than lone figures do; targets are mean answers."""
        least, most = self.reached(target)
        if not target or most - least >= HALF * 4:
            return None
        low, high = self.bounds(target)
        if high - low >= HALF * 4 or high - low >= min(ALONE * (alone := self.alone(target)), alone - SLACK):
            return None
        return low, high

    # What lone figures tell

    def alone(self, target: Target) -> float:
        """How wide the target is by the figure that tells most of it, be it known as finely as all figures tell: it is a figure of enough people.

        Means of different statements count as one, since they share no answer.
        """
        touches = np.asarray(abs(self.rows.matrix[:, list(target)]).sum(axis=1)).ravel() > 0
        rows = self._finer(np.flatnonzero(touches))
        statements = [np.flatnonzero(rows.lone == n) for n in range(len(self.editions))]
        others = [np.array([place]) for place in np.flatnonzero(rows.lone < 0)]
        widths = [self._width(rows.of(places), target) for places in (*statements, *others)]
        return min([*widths, *self._by_cells(target), *self._by_pools(target)], default=4.0)

    def _finer(self, places: np.ndarray) -> _Rows:
        """Some figures with the ends between which all figures hold them."""
        rows = self.rows.of(places)
        for place in set(places) - self._fine.keys():
            row = self.rows.matrix[[place]].tocoo()
            self._fine[place] = self.bounds(dict(zip(row.col, row.data, strict=True)))
        ends = np.array([self._fine[place] for place in places]).reshape(-1, 2)
        return _Rows(rows.matrix, ends[:, 0], ends[:, 1], rows.lone)

    def _width(self, rows: _Rows, target: Target) -> float:
        (low, high), _ = _within(rows, target, self.limits)
        return high - low

    def _by_pools(self, target: Target) -> Iterator[float]:
        """How wide it is by what enough people of its function answered, all together, to those of its statements that are not shown apart."""
        kinds = list(self.place)
        (function,) = {kinds[at][0][0] for at in target}
        for edition, told in enumerate(self.editions):
            hidden = {id for _, id in (kinds[at] for at in target) if (f"s:{id}", function) not in told.publication.figures}
            people = [p for p in self.inside[edition] if p.function == function]
            if not hidden or any(sum(id in p.answered for p in people) < K for id in hidden):
                continue
            pool: Counter[int] = Counter()
            for person in people:
                for id in hidden & person.answered:
                    pool[self.place[self.kind_of[person], id]] += 1 / self.size[self.kind_of[person]]
            apart = self.rows.of(np.flatnonzero(self.rows.lone == edition))
            yield self._width(apart.with_(pool, self.bounds(pool)), target)

    def _by_cells(self, target: Target) -> Iterator[float]:
        """How wide it is by the mean total of enough people of one function and level: such a group may be known."""
        nothing = self.rows.of(np.array([], dtype=int))
        for edition, told in enumerate(self.editions):
            for function, level in product(FUNCTIONS, ("head", "staff")) if ("score", "heads") in told.publication.figures else ():
                cell = [p for p in self.inside[edition] if (p.function, p.level) == (function, level) and has_total(p)]
                if len(cell) >= K:
                    row: Counter[int] = Counter()
                    for person in cell:
                        for id in person.answered:
                            row[self.place[self.kind_of[person], id]] += 1 / len(person.answered) / self.size[self.kind_of[person]]
                    yield self._width(nothing.with_(row, self.bounds(row)), target)

    # What is printed

    @cached_property
    def rows(self) -> _Rows:
        found = [row for number in range(len(self.editions)) for row in self._printed(number)]
        matrix = vstack([_sparse(row, len(self.place)) for row, *_ in found]).tocsr() if found else csr_array((0, len(self.place)))
        low, high = np.array([row[1] for row in found]), np.array([row[2] for row in found])
        return _Rows(matrix, low, high, np.array([row[3] for row in found], dtype=int))

    def _printed(self, number: int) -> Iterator[tuple[Target, float, float, int]]:
        told = self.editions[number].publication
        for (item, who), printed in told.figures.items():
            if row := self.mean(number, item, who):
                yield row, *self._whole(number, (item, who), printed.low, printed.high), number if item.startswith("s:") else -1
        for id, shares in told.shares.items():
            people = [p for p in self.inside[number] if p.function in FUNCTIONS and id in p.answered]
            row = Counter(self.place[self.kind_of[p], id] for p in people)
            low, high = sums_of_shares(shares, len(people))
            yield dict.fromkeys(row, 1.0), low, high, number

    def _whole(self, number: int, mean: Mean, low: float, high: float) -> tuple[float, float]:
        """The ends of a mean, of a group or of both, or of their gap, drawn in to such as whole answers can have."""
        item, who = mean
        groups = [self._scopes(number, item, f) for f in FUNCTIONS] if who in ("combined", "gap") else [self._scopes(number, item, who)]
        if not all(groups):
            return low, high
        points = (1 if item.startswith("s:") else 20) / (2 if who == "combined" else 1)
        parts = lcm(*(len(scopes) * lcm(*(len(scope) for scope in scopes.values())) for scopes in groups)) / points
        return ceil(low * parts - 1e-6) / parts, floor(high * parts + 1e-6) / parts

    def _of_both(self, edition: int, item: str, who: str) -> dict[int, float]:
        sides = [self.mean(edition, item, f) for f in FUNCTIONS]
        if not all(sides):
            return {}
        row: defaultdict[int, float] = defaultdict(float)
        for side, factor in zip(sides, (0.5, 0.5) if who == "combined" else (-1.0, 1.0), strict=True):
            for at, weight in side.items():
                row[at] += factor * weight
        return dict(row)

    def _of_group(self, edition: int, item: str, who: str) -> dict[int, float]:
        scopes = self._scopes(edition, item, who)
        points = 1 if item.startswith("s:") else 20
        row: defaultdict[int, float] = defaultdict(float)
        for person, scope in scopes.items():
            kind = self.kind_of[person]
            for id in scope:
                row[self.place[kind, id]] += points / len(scope) / len(scopes) / self.size[kind]
        return dict(row)

    def _scopes(self, edition: int, item: str, who: str) -> dict[Person, frozenset[str]]:
        """Who counts in a group's mean, with what."""
        level = {"heads": "head", "staff": "staff"}.get(who)
        people = [p for p in self.inside[edition] if (p.level == level and p.function in FUNCTIONS if level else p.function == who)]
        return {p: scope for p in people if (scope := scope_of(p, item))}


@lru_cache(maxsize=32)
def knowledge(editions: tuple[Edition, ...], protected: bool) -> Knowledge:
    """What these editions tell; the attacks share what one of them has found."""
    return Knowledge(editions, protected)


def _within(rows: _Rows, target: Target, limits: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], list[np.ndarray]]:
    """The least and the greatest of a weighed sum of variables within their limits, where other such sums lie between ends; and where."""
    row = np.zeros(len(limits))
    row[list(target)] = list(target.values())
    told = [LinearConstraint(rows.matrix, rows.low - 1e-6, rows.high + 1e-6)] if rows.matrix.shape[0] else []
    box = Bounds(*np.array(limits).T)
    found = [milp(sign * row, constraints=told, bounds=box, options={"presolve": False}) for sign in (1, -1)]
    assert all(f.success for f in found), "the figures contradict what the intruder takes for granted"
    return (float(found[0].fun), float(-found[1].fun)), [f.x for f in found]


def _sparse(row: Target, width: int) -> csr_array:
    return csr_array((list(row.values()), ([0] * len(row), list(row))), shape=(1, width))
