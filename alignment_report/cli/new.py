"""`new`: a client's folder to fill in."""

import sys
from datetime import datetime
from pathlib import Path

import click

from alignment_report.cli import options
from alignment_report.cli.screen import say


@click.command("new")
@click.argument("client", metavar="CLIENT")
@click.option("--wave", metavar="WAVE", help="The first wave's id, such as 2026-03; asked for on a terminal if left out.")
@click.option("--name", metavar="NAME", help="The company's name as printed; the id in words by default.")
@click.option(
    "--date",
    "report_date",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date printed on the playbook; the first day of the month if the wave is named for one.",
)
@click.option(
    "--folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("configs", "clients"),
    show_default=True,
    help="The folder that holds the clients.",
)
@options.playbook
def command(client: str, wave: str | None, name: str | None, report_date: datetime | None, folder: Path, playbook: Path | None) -> None:
    """Write a client's folder with every field explained in comments, ready to `check`.

    CLIENT is the client's id: lower-case letters, digits and hyphens. Nothing that exists is overwritten.
    """
    from alignment_report.building.knowledge import knowledge
    from alignment_report.building.starter import Start, write_client

    start = Start(client, wave or _asked_wave(), name, report_date.date() if report_date else None)
    written = write_client(start, folder, knowledge(playbook))
    say(
        *map(str, written),
        f"Fill them in, then run: alignment-report check {folder / client}",
        "To have your editor explain and complete the fields, run once: alignment-report schema",
    )


def _asked_wave() -> str:
    """The wave typed on the terminal: no clock is read, so it cannot be guessed."""
    if not sys.stdin.isatty():
        raise click.UsageError("Name the first wave with --wave, such as --wave 2026-03.", click.get_current_context())
    return str(click.prompt("First wave, such as 2026-03"))
