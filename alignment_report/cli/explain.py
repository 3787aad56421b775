"""`explain`: why something in the playbook is as it is."""

from pathlib import Path

import click

from alignment_report.cli import options
from alignment_report.cli.screen import say


@click.command("explain")
@options.client
@click.argument("id", metavar="ID")
@options.wave
@options.playbook
def command(client: Path, id: str, wave: str | None, playbook: Path | None) -> None:
    """Say why a stage, finding, verdict, condition or play is as it is: the rule, the numbers, the file and the line.

    ID is the id of that thing, or `stage` or `verdict`.
    """
    from alignment_report.building.explain import explain
    from alignment_report.building.folders import client_folder
    from alignment_report.resources import shipped

    say(*explain(client_folder(client), wave, playbook or shipped("playbook"), id).rstrip("\n").split("\n"))
