"""`benchmark`: where many clients stand, into one file without their names."""

from datetime import date
from pathlib import Path

import click

from alignment_report.cli import options
from alignment_report.cli.screen import complain, say


@click.command("benchmark")
@options.clients
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write, like benchmark.yaml.",
)
@click.option(
    "--as-of-date",
    "as_of",
    metavar="DATE",
    required=True,
    type=options.DAY,
    help="Count what was delivered up to this day, as year-month-day.",
)
@options.playbook
def command(clients: tuple[Path, ...], output: Path, as_of: date, playbook: Path | None) -> None:
    """Gather where ten clients or more stand, without their names.

    Of each client the last wave delivered by that day counts, as it was delivered. For the score and for each dimension the
    file says how many clients stand at each whole point. `build` and `deliver` place a client among them with --benchmark.
    """
    from alignment_report.building.benchmark import write_benchmark
    from alignment_report.building.folders import client_folders
    from alignment_report.building.knowledge import knowledge

    done = write_benchmark(client_folders(clients), as_of, knowledge(playbook), output)
    say(f"{done.file}: {done.clients} clients")
    if done.left_out:
        complain(*(f"{folder}: not counted; no figures of groups were delivered by {as_of} that still stand" for folder in done.left_out))
