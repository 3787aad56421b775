"""`playbook`: work on the folder of knowledge."""

from pathlib import Path

import click

from alignment_report.cli.screen import say


@click.group("playbook")
def command() -> None:
    """Work on the folder of knowledge: what the program knows about stages, frictions, plays and evidence."""


@command.command("check", short_help="Say every flaw of a folder of knowledge.")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path(file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Say every flaw of a folder of knowledge; of the one that ships with the program by default."""
    from alignment_report.building.knowledge import knowledge

    read = knowledge(folder)
    say(
        f"{read.name} {read.version}: no flaws ({len(read.instrument.statements)} statements, {len(read.stages)} stages, "
        f"{len(read.frictions)} friction sources, {len(read.transitions)} transitions, {len(read.plays)} plays, {len(read.measures)} measures, "
        f"{len(read.references)} references)"
    )
