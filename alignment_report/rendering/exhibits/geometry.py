"""Where things go: scales, boxes, and labels that keep out of each other's way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlap(self, other: "Box") -> float:
        """The area the two have in common."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(across, 0.0) * max(down, 0.0)

    def within(self, other: "Box") -> bool:
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` onto the canvas from `start` to `end`; what lies outside is drawn at the edge."""

    low: Number
    high: Number
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = float((value - self.low) / (self.high - self.low))
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def share(counts: Sequence[int], whole: int = 100) -> tuple[int, ...]:
    """Counts into whole shares that add up to the whole (largest remainder; of equal remainders the first gets it)."""
    total = sum(counts)
    if not total:
        return tuple(0 for _ in counts)
    shares = [count * whole // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(counts[place] * whole % total))
    for place in by_remainder[: whole - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def spread(centres: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """New centres, moved as little as possible, at which things of these sizes do not overlap between low and high.

    Least squares under a fixed order (pool adjacent violators). They overlap only where they cannot all fit.
    """
    order = sorted(range(len(centres)), key=lambda place: centres[place])
    offsets = _offsets([sizes[place] for place in order])
    pools: list[tuple[float, int]] = []
    for place, offset in zip(order, offsets, strict=True):
        pools.append((centres[place] - offset, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (mean, count), (other, others) = pools.pop(), pools.pop()
            pools.append(((mean * count + other * others) / (count + others), count + others))
    starts = [mean for mean, count in pools for _ in range(count)]
    first = low + sizes[order[0]] / 2 if order else low
    last = high - sizes[order[-1]] / 2 - offsets[-1] if order else high
    moved = dict(zip(order, (max(min(start, last), first) + offset for start, offset in zip(starts, offsets, strict=True)), strict=True))
    return tuple(moved[place] for place in range(len(centres)))


def _offsets(sizes: Sequence[float]) -> list[float]:
    offsets = [0.0]
    for before, after in pairwise(sizes):
        offsets.append(offsets[-1] + (before + after) / 2)
    return offsets[: len(sizes)]


def place_labels(
    marks: Sequence[Box], sizes: Sequence[tuple[float, float]], frames: Sequence[Box], taken: Iterable[Box]
) -> tuple[Box, ...] | None:
    """A place for each mark's label, inside its frame and clear of marks, of `taken` and of the others; None where they are too crowded.

    Eight places are tried around each mark, beside it before above and below. Labels with the fewest free places choose first.
    """
    blocked = [*taken, *marks]
    free = [
        [place for place in _places(mark, size) if place.within(frame) and not any(place.overlap(box) for box in blocked)]
        for mark, size, frame in zip(marks, sizes, frames, strict=True)
    ]
    chosen: dict[int, Box] = {}
    while len(chosen) < len(marks):
        label = min((label for label in range(len(marks)) if label not in chosen), key=lambda label: (len(free[label]), label))
        if not free[label]:
            return None
        others = [place for other, places in enumerate(free) if other != label and other not in chosen for place in places]
        sides = [place for place in free[label] if place.y < marks[label].y + marks[label].height / 2 < place.bottom]
        chosen[label] = min(sides or free[label], key=lambda place: sum(place.overlap(other) > 0 for other in others))
        free = [[place for place in places if other in chosen or not place.overlap(chosen[label])] for other, places in enumerate(free)]
    return tuple(chosen[label] for label in range(len(marks)))


def _places(mark: Box, size: tuple[float, float]) -> list[Box]:
    wide, tall = size
    gap = 4.0
    right, left = mark.right + gap, mark.x - gap - wide
    middle_x, middle_y = mark.x + mark.width / 2 - wide / 2, mark.y + mark.height / 2 - tall / 2
    above, below = mark.y - 2 - tall, mark.bottom + 2
    corners = [
        (right, middle_y),
        (left, middle_y),
        (middle_x, above),
        (middle_x, below),
        (right, above),
        (right, below),
        (left, above),
        (left, below),
    ]
    return [Box(x, y, wide, tall) for x, y in corners]
