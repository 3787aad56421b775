"""Times whole commands in turn against what they cannot do without, and prints CPU seconds, ratio and overhead.

    python benchmarks/run.py [--client FOLDER] [--runs N] [--phases]

Each row is a pair of commands, run A B A B …, after one warm-up of each. Read the ratios: absolute times depend on the machine.
`--phases` prints instead where the time of a build without PDF goes, phase by phase.
"""

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment_report.rendering.fonts import fontconfig_file

ROOT = Path(__file__).parent.parent
SAMPLES = tuple(str(path.parent) for path in sorted(ROOT.glob("configs/clients/*/client.yaml")))
PROGRAM = [sys.executable, "-m", "alignment_report"]

BARE_ENGINE = """
import sys
from pathlib import Path
from weasyprint import HTML
page = Path(sys.argv[1]).read_text(encoding="utf-8")
Path(sys.argv[2]).write_bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))
"""
BARE_HTML = "import click, yaml, pydantic, jinja2, jinja2.sandbox, babel.dates, babel.lists, babel.numbers"
BARE_CHECK = "import click, yaml, pydantic"


@dataclass(frozen=True, slots=True)
class Row:
    """CPU seconds of our command and of the bare one, run by run."""

    name: str
    ours: tuple[float, ...]
    bare: tuple[float, ...]
    target: str

    def __str__(self) -> str:
        ratio = statistics.median(a / b for a, b in zip(self.ours, self.bare, strict=True))
        overhead = statistics.median(a - b for a, b in zip(self.ours, self.bare, strict=True))
        ours, bare = statistics.median(self.ours), statistics.median(self.bare)
        return f"{self.name:<34} {ours:>8.2f} {bare:>8.2f} {ratio:>8.2f} {overhead:>+9.2f}   {self.target}"


def main() -> None:
    arguments = _arguments()
    compileall.compile_dir(ROOT / "alignment_report", quiet=1)  # as an installation does
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments.phases:
        _print_phases(arguments.client, arguments.runs)
        return
    with tempfile.TemporaryDirectory() as place:
        os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())  # the same fonts for the bare engine
        print(f"{'median CPU seconds':<34} {'ours':>8} {'bare':>8} {'ratio':>8} {'overhead':>9}   target")
        for name, ours, bare, target in _pairs(arguments.client, Path(place)):
            print(_measured(name, ours, bare, target, arguments.runs), flush=True)
        print(_batch(arguments.client, Path(place), arguments.runs))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", type=Path, default=ROOT / "configs" / "clients" / "marlow-cooling")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--phases", action="store_true")
    return parser.parse_args()


def _pairs(client: Path, place: Path) -> Sequence[tuple[str, list[str], list[str], str]]:
    build = [*PROGRAM, "build", str(client), "--output", str(place / "output")]
    _cpu([*build, "--no-pdf", "--keep-print-html"])
    page = next((place / "output").rglob("print.html")).rename(place / "print.html")
    python = [sys.executable, "-c"]
    return (
        ("build to HTML, JSON and PDF, cold", build, [*python, BARE_ENGINE, str(page), str(place / "bare.pdf")], "<= 1.10, +0.40"),
        ("build to HTML and JSON", [*build, "--no-pdf"], [*python, BARE_HTML], "<= 2.00"),
        ("check", [*PROGRAM, "check", str(client)], [*python, BARE_CHECK], "<= 2.00"),
    )


def _measured(name: str, ours: list[str], bare: list[str], target: str, runs: int) -> Row:
    pairs = [(_cpu(ours), _cpu(bare)) for _ in range(runs + 1)][1:]
    return Row(name, tuple(a for a, _ in pairs), tuple(b for _, b in pairs), target)


def _batch(client: Path, place: Path, runs: int) -> str:
    """What each further client costs in one command that builds all samples to HTML and JSON."""
    build = [*PROGRAM, "build", "--no-pdf", "--output", str(place / "output")]
    pairs = [(_cpu([*build, *SAMPLES]), _cpu([*build, str(client)])) for _ in range(runs + 1)][1:]
    further = statistics.median((every - one) / (len(SAMPLES) - 1) for every, one in pairs)
    every = statistics.median(every for every, _ in pairs)
    return (
        f"all {len(SAMPLES)} samples to HTML and JSON: {every:.2f} CPU seconds, {len(SAMPLES) / every:.1f} clients a second; "
        f"each further client {further * 1000:.0f} ms, {1 / further:.1f} a second"
    )


def _print_phases(client: Path, runs: int) -> None:
    other = next(sample for sample in SAMPLES if Path(sample).name != client.name)
    command = [sys.executable, str(ROOT / "benchmarks" / "phases.py"), str(client), other]
    tables = [
        [line.split("\t") for line in subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()]
        for _ in range(runs + 1)
    ][1:]
    print(f"{'median CPU milliseconds':<34} {'first':>8} {'second client':>14}")
    for rows in zip(*tables, strict=True):
        columns = [statistics.median(map(float, column)) if all(column) else None for column in list(zip(*rows, strict=True))[1:]]
        print(f"{rows[0][0]:<34} {_shown(columns[0]):>8} {_shown(columns[1]):>14}")


def _shown(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.0f}"


def _cpu(command: Sequence[str]) -> float:
    """User and system seconds of one finished command, all its threads included."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
