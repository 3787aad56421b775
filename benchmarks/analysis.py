"""Times the statistics, the disclosure and the audit of invented answers, and what share they are of one PDF.

python benchmarks/analysis.py [--runs N]

The analysis comes first, as in a build: what a PDF leaves in memory would slow it down.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Respondent, Role
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import read_case
from alignment_report.reading.playbook import read_playbook
from alignment_report.rendering.document import make_document
from alignment_report.rendering.html import print_page
from alignment_report.rendering.pdf import write_pdf

ROOT = Path(__file__).parent.parent
TEAMS = ((26, 14), (1200, 800))
SKIPPED = 0.02
"""About one answer in fifty is left out, as in the samples."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Times statistics, disclosure and audit.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    playbook = read_playbook(ROOT / "configs" / "playbook")
    case = read_case(ROOT / "configs" / "clients" / "marlow-cooling", None, playbook)
    page = print_page(make_document(compile_report(case.client, case.assessment, playbook, words=case.words), Provenance()))
    seconds = []
    for team in TEAMS:
        waves = [invented(*team, case.assessment, playbook, seed) for seed in range(runs + 1)]
        seconds.append(_median(lambda seed, waves=waves: _analysed(waves[seed], playbook), runs))
    pdf = _median(lambda _: write_pdf(page), runs)
    print(f"{'PDF of the sample':<40} {pdf:>8.3f} s")
    for (sales, marketing), spent in zip(TEAMS, seconds, strict=True):
        print(f"{f'answers of {sales} + {marketing} people':<40} {spent:>8.3f} s   {spent / pdf:.3f} of the PDF")


def invented(sales: int, marketing: int, like: Assessment, playbook: Playbook, seed: int) -> Assessment:
    """A wave of so many people who lean together and skip a little."""
    chance = random.Random(seed)
    people = [
        _person(f"r-{role}-{place}", role, playbook, chance)
        for role, size in (("sales", sales), ("marketing", marketing))
        for place in range(size)
    ]
    return replace(like, respondents=tuple(people), confidentiality=Confidentiality())


def _person(id: str, role: Role, playbook: Playbook, chance: random.Random) -> Respondent:
    lean = chance.choice((-1, 0, 0, 1))
    answers: dict[str, Answer] = {
        statement.id: max(1, min(5, 3 + lean + chance.choice((-1, 0, 0, 1))))
        for statement in playbook.instrument.statements
        if chance.random() >= SKIPPED
    }
    return Respondent(id, role, "staff", answers)


def _analysed(assessment: Assessment, playbook: Playbook) -> None:
    disclose(score_respondents(assessment, playbook.instrument), assessment, playbook.instrument, playbook.stages)


def _median(work: Callable[[int], object], runs: int) -> float:
    """The median of the CPU seconds of so many runs, after one to warm up; each run gets another seed."""
    work(0)
    seconds = []
    for seed in range(1, runs + 1):
        before = time.process_time()
        work(seed)
        seconds.append(time.process_time() - before)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
