"""Intervals and chances held against simulated clients whose true scores are known.

Estimand. The mean of the two functions' means of person totals, each taken over the whole population that the function's people are drawn
from; beside it each function's own mean and their gap. Totals are whole numbers from 20 to 100. Everything is computed by `disclose` and
`stage_certainty`, from people of whom only the totals are known.

Families (coverage): each function's totals follow a discrete distribution whose mean is known exactly; see FAMILIES. 2,000 surveys for each
family and pair of sizes (Sales + Marketing); with 25 + 10 it is the smaller function that spreads more, or is more lopsided. Where one
function has fewer than five people only the combined figure is shown, and only its interval is looked at.

Prior over clients (calibration). The centre of both functions is uniform on 20–100, the difference of their centres normal with standard
deviation 8, the sizes are one of four pairs; each function's totals follow one of five shapes, with a spread parameter uniform on 6–15:
normal (twice as likely as each other), lopsided upwards, lopsided downwards, two camps, or three in ten people with all answers neutral, so a
total of 60. Where a distribution is cut off at an end of the scale its mean is that of what is left. A second prior, with centres normal around 55
with standard deviation 12, asks what happens if real clients crowd together where the flat prior behind the chances does not expect it.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, product
from pathlib import Path

import pytest
from cases import INSTRUMENT, PLAYBOOK, scored, wave

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.certainty import NEARLY_SURE, stage_certainty
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.published import Published
from alignment_report.analysis.scoring import stage_at
from alignment_report.rendering.numbers import rounded

PAGE = (Path(__file__).parents[1] / "docs" / "measurement.md").read_text("utf-8")
TOTALS = range(20, 101)
Weights = list[float]


def weights(of: Callable[[int], float]) -> Weights:
    """A weight for each total, 1 in all."""
    found = [of(total) for total in TOTALS]
    return [weight / sum(found) for weight in found]


def normal(centre: float, spread: float) -> Weights:
    return lopsided(centre, spread, spread)


def lopsided(centre: float, down: float, up: float) -> Weights:
    """The halves of two normal distributions put together."""
    return weights(lambda t: math.exp(-(((t - centre) / (up if t > centre else down)) ** 2) / 2))


def from_the_floor(shape: float, scale: float) -> Weights:
    """A gamma distribution that starts at the lowest total."""
    return weights(lambda t: (t - 19.5) ** (shape - 1) * math.exp(-(t - 19.5) / scale))


def mixed(share: float, first: Weights, second: Weights) -> Weights:
    return [share * a + (1 - share) * b for a, b in zip(first, second, strict=True)]


def camps(lower: float, upper: float) -> Weights:
    """Two people in three around one centre, one in three around another."""
    return mixed(0.65, normal(lower, 5), normal(upper, 5))


def neutral(share: float, rest: Weights) -> Weights:
    """So many people answer «neither» to everything."""
    return mixed(share, weights(lambda t: float(t == 60)), rest)


@dataclass(frozen=True)
class Population:
    """All the people of one function: totals with their weights."""

    cumulated: Weights
    mean: float

    @classmethod
    def of(cls, found: Weights) -> "Population":
        return cls(list(accumulate(found)), sum(total * weight for total, weight in zip(TOTALS, found, strict=True)))

    def drawn(self, size: int, dice: random.Random) -> list[int]:
        return dice.choices(TOTALS, cum_weights=self.cumulated, k=size)


FAMILIES: Mapping[str, tuple[Population, Population]] = {
    name: (Population.of(sales), Population.of(marketing))
    for name, sales, marketing in (
        ("near-normal", normal(58, 11), normal(50, 11)),
        ("near the floor", from_the_floor(1, 6), from_the_floor(1, 8)),
        ("near the ceiling", from_the_floor(1, 6)[::-1], from_the_floor(1, 8)[::-1]),
        ("skewed", from_the_floor(2, 10), from_the_floor(2, 13)),
        ("two camps", camps(42, 72), camps(42, 72)),
        ("heavy neutral", neutral(0.4, normal(57, 12)), neutral(0.4, normal(57, 12))),
        ("unequal spreads", normal(58, 7), normal(50, 14)),
    )
}
SIZES = ((10, 10), (15, 15), (25, 25), (25, 10))
TOGETHER = ((16, 4), (12, 3), (8, 2))
FIGURES = ("one function", "combined", "gap")
Case = tuple[str, tuple[int, int], str]

OUTSIDE: set[Case] = {
    *product(("near the floor", "near the ceiling"), SIZES, ("one function", "combined")),
    *product(("near the floor", "near the ceiling", "skewed", "two camps"), TOGETHER, ("combined",)),
    *product(("near-normal", "unequal spreads"), ((12, 3), (8, 2)), ("combined",)),
    ("near the ceiling", (25, 10), "gap"),
    ("skewed", (10, 10), "one function"),
} - {("near the ceiling", (25, 25), "combined")}
"""Where an interval covers the truth in fewer than 93 or more than 97 of 100 surveys."""


def surveyed(sales: Population, marketing: Population, sizes: tuple[int, int], dice: random.Random) -> Published:
    """What may be shown of one survey of so many people."""
    people = [*scored("sales", sales.drawn(sizes[0], dice)), *scored("marketing", marketing.drawn(sizes[1], dice))]
    return disclose(people, wave(), INSTRUMENT, PLAYBOOK.stages)


def coverage(family: str, sizes: tuple[int, int], trials: int) -> dict[str, tuple[int, int]]:
    """For each figure how many of its intervals hold the true value, and how many there are."""
    dice = random.Random(f"{family} {sizes}")
    sales, marketing = FAMILIES[family]
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for _ in range(trials):
        score = surveyed(sales, marketing, sizes, dice).score
        told = [("combined", score.combined, (sales.mean + marketing.mean) / 2)]
        if sizes in SIZES:
            told += [("one function", score.marketing, marketing.mean), ("gap", score.gap, marketing.mean - sales.mean)]
        if sizes[0] == sizes[1]:
            told.append(("one function", score.sales, sales.mean))
        for name, figure, true in told:
            asked[name] += 1
            held[name] += holds(figure.interval, true)
    return {name: (held[name], asked[name]) for name in FIGURES if asked[name]}


def holds(interval: Interval | None, true: float) -> bool:
    return interval is not None and interval.low <= true <= interval.high


def wilson(hits: int, trials: int, z: float = 3.29) -> tuple[float, float]:
    """Between which shares the true one lies with 99.9 per cent confidence (Wilson 1927)."""
    share, square = hits / trials, z * z / trials
    centre, half = share + square / 2, z * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    return (centre - half) / (1 + square), (centre + half) / (1 + square)


PRIORS: Mapping[str, Callable[[random.Random], float]] = {
    "flat": lambda dice: dice.uniform(20, 100),
    "crowded": lambda dice: min(98.0, max(22.0, dice.gauss(55, 12))),
}
SHAPES: tuple[Callable[[float, float], Weights], ...] = (
    normal,
    normal,
    lambda centre, spread: lopsided(centre, 0.6 * spread, 1.5 * spread),
    lambda centre, spread: lopsided(centre, 1.5 * spread, 0.6 * spread),
    lambda centre, spread: camps(centre - 0.7 * spread, centre + 1.3 * spread),
    lambda centre, spread: neutral(0.3, normal(centre, spread)),
)


def calibration(prior: str, clients: int) -> dict[str, tuple[int, int]]:
    """For each chance as it is told, how many stages so told are the true one, and how many there are."""
    dice = random.Random(f"clients {prior}")
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for _ in range(clients):
        centre, apart = PRIORS[prior](dice), dice.gauss(0, 8)
        sales, marketing = (Population.of(dice.choice(SHAPES)(centre + side * apart / 2, dice.uniform(6, 15))) for side in (-1, 1))
        found = surveyed(sales, marketing, dice.choice(SIZES), dice)
        certainty = stage_certainty(found, PLAYBOOK.stages, INSTRUMENT.scale, PLAYBOOK.likelihoods)
        if certainty is None or found.score.combined.value is None:
            continue
        stated = "19 in 20 or more" if certainty.chance >= NEARLY_SURE else f"{int(rounded(certainty.chance, 1) * 10)} in 10"
        told[stated] += 1
        right[stated] += stage_named(found.score.combined.value) == stage_named(Fraction((sales.mean + marketing.mean) / 2))
    return {stated: (right[stated], told[stated]) for stated in sorted(told)}


def stage_named(score: Fraction) -> str:
    return stage_at(score, PLAYBOOK.stages, INSTRUMENT.scale).id


def as_told(stated: str) -> tuple[float, float]:
    """The shares right that are within five points of what is told."""
    return (0.95, 1.0) if stated.startswith("19") else (int(stated[0]) / 10 - 0.05, int(stated[0]) / 10 + 0.05)


def documented(first: str) -> list[list[str]]:
    """The rows of the page's table whose first column has this heading, as texts."""
    table = re.search(rf"^\| {first} \|.*\n\|[-| :]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table[1].splitlines()]


def covered_as_documented() -> dict[Case, float]:
    cells = {(row[0], row[1]): row[2:] for row in documented("family")}
    read = {
        (family, sizes, figure): cells[family, f"{sizes[0]} + {sizes[1]}"][place]
        for family, sizes, (place, figure) in product(FAMILIES, SIZES + TOGETHER, enumerate(FIGURES))
    }
    return {case: float(cell) for case, cell in read.items() if cell != "–"}


def percent(hits: int, trials: int) -> float:
    return float(rounded(Fraction(100 * hits, trials), 1))


@pytest.mark.slow
def test_intervals_cover_the_truth_as_the_page_says_and_outside_the_named_families_as_they_promise() -> None:
    found = {
        (family, sizes, figure): percent(*hits)
        for family, sizes in product(FAMILIES, SIZES + TOGETHER)
        for figure, hits in coverage(family, sizes, 2000).items()
    }
    assert found == covered_as_documented()
    assert {case for case, share in found.items() if not 93 <= share <= 97} == OUTSIDE


@pytest.mark.slow
@pytest.mark.parametrize("prior", PRIORS)
def test_stages_told_with_a_chance_are_right_that_often(prior: str) -> None:
    found = calibration(prior, 40_000)
    rows = {row[1]: (int(row[2]), float(row[3])) for row in documented("prior") if row[0] == prior}
    assert {stated: (trials, percent(hits, trials)) for stated, (hits, trials) in found.items() if trials >= 400} == rows
    for stated, (hits, trials) in found.items():
        low, high = as_told(stated)
        assert trials < 400 or low <= hits / trials <= high, stated


@pytest.mark.parametrize("family", FAMILIES)
def test_a_few_surveys_of_ten_and_ten_do_not_speak_against_the_page(family: str) -> None:
    page = covered_as_documented()
    for figure, (hits, trials) in coverage(family, (10, 10), 300).items():
        low, high = wilson(hits, trials)
        assert low <= page[family, (10, 10), figure] / 100 <= high, figure


@pytest.mark.parametrize("prior", PRIORS)
def test_a_few_clients_do_not_speak_against_the_chances_told(prior: str) -> None:
    found = calibration(prior, 2000)
    assert {"19 in 20 or more", "9 in 10", "8 in 10", "7 in 10", "6 in 10"} <= set(found)
    for stated, (hits, trials) in found.items():
        low, high = wilson(hits, trials)
        assert low <= as_told(stated)[1], stated
        assert high >= as_told(stated)[0], stated


def tables() -> Iterable[str]:
    """The tables of the page, as these simulations give them: `python tests/test_simulation.py` prints them."""
    yield "| family | Sales + Marketing | one function | combined | gap |\n|---|---|---|---|---|"
    for family, sizes in product(FAMILIES, SIZES + TOGETHER):
        found = coverage(family, sizes, 2000)
        cells = [f"{percent(*found[figure]):.1f}" if figure in found else "–" for figure in FIGURES]
        yield f"| {family} | {sizes[0]} + {sizes[1]} | {' | '.join(cells)} |"
    yield "\n| prior | told | clients | right |\n|---|---|---|---|"
    for prior in PRIORS:
        for stated, (hits, trials) in calibration(prior, 40_000).items():
            if trials >= 400:
                yield f"| {prior} | {stated} | {trials} | {percent(hits, trials):.1f} |"


if __name__ == "__main__":
    print("\n".join(tables()))
