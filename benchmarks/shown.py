"""Counts which share of the figures may be shown, for invented teams of some sizes: what protection costs in usefulness.

python benchmarks/shown.py [--teams N]
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.published import WITHHELD, Published, Split
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Consent, Respondent, Role
from alignment_report.model.playbook import Playbook
from alignment_report.reading.client import read_case
from alignment_report.reading.playbook import read_playbook

ROOT = Path(__file__).parent.parent
SIZES = ((6, 6), (8, 4), (12, 6), (20, 10))
SKIPPED = (0.0, 0.01, 0.03)


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts which share of the figures may be shown.")
    parser.add_argument("--teams", type=int, default=20)
    teams = parser.parse_args().teams
    playbook = read_playbook(ROOT / "configs" / "playbook")
    like = read_case(ROOT / "configs" / "clients" / "marlow-cooling", None, playbook).assessment
    print(f"{'people':<12} {'skipped':>8} {'all figures':>12} {'statements':>11} {'apart':>7} {'dimensions apart':>17}")
    for size in SIZES:
        for skipped in SKIPPED:
            found = [_disclosed(team(*size, skipped, like, playbook, seed), playbook) for seed in range(teams)]
            _print(f"{size[0]} + {size[1]}", skipped, found)
    named = Confidentiality("named", Consent("both heads", date(2026, 3, 2)))
    _print(
        "two heads", 0.0, [_disclosed(replace(team(1, 1, 0.0, like, playbook, s), confidentiality=named), playbook) for s in range(teams)]
    )


def team(sales: int, marketing: int, skipped: float, like: Assessment, playbook: Playbook, seed: int) -> Assessment:
    """A wave of people who see most topics alike within their function, each a little higher or lower, and skip some."""
    chance = random.Random(seed)
    people = tuple(
        person
        for role, size in (("sales", sales), ("marketing", marketing))
        for person in _function(role, size, skipped, playbook, chance)  # type: ignore[arg-type]
    )
    return replace(like, respondents=people, confidentiality=Confidentiality())


def _function(role: Role, size: int, skipped: float, playbook: Playbook, chance: random.Random) -> Iterator[Respondent]:
    usual = {statement.id: chance.choice((2, 3, 3, 4)) for statement in playbook.instrument.statements}
    for place in range(size):
        lean = chance.choice((-1, 0, 0, 1))
        answers: dict[str, Answer] = {
            id: max(1, min(5, middle + lean + chance.choice((-1, 0, 0, 1)))) for id, middle in usual.items() if chance.random() >= skipped
        }
        yield Respondent(f"r-{role}-{place}", role, "head" if size == 1 else "staff", answers)


def _disclosed(assessment: Assessment, playbook: Playbook) -> Published:
    return disclose(score_respondents(assessment, playbook.instrument), assessment, playbook.instrument, playbook.stages)


def _print(people: str, skipped: float, found: list[Published]) -> None:
    splits = [split for p in found for split in (p.score, *(d.split for d in p.dimensions), *(s.split for s in p.statements))]
    shown = sum(figure != WITHHELD for split in splits for figure in _figures(split)) / (4 * len(splits))
    statements = [s.split for p in found for s in p.statements]
    dimensions = [d.split for p in found for d in p.dimensions]
    parts = [
        sum(split.combined != WITHHELD for split in statements) / len(statements),
        sum(split.gap != WITHHELD for split in statements) / len(statements),
        sum(split.gap != WITHHELD for split in dimensions) / len(dimensions),
    ]
    print(f"{people:<12} {skipped:>8.0%} {shown:>12.0%} {parts[0]:>11.0%} {parts[1]:>7.0%} {parts[2]:>17.0%}")


def _figures(split: Split) -> tuple[object, ...]:
    return split.combined, split.sales, split.marketing, split.gap


if __name__ == "__main__":
    main()
