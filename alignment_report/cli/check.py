"""`check`: every flaw of clients' folders."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignment_report.cli import options
from alignment_report.cli.screen import noted, say

if TYPE_CHECKING:
    from alignment_report.building.checking import Checked


@click.command("check")
@options.clients
@click.option("--wave", metavar="WAVE", help="The wave to check; every wave by default.")
@options.playbook
@options.theme
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For people or for programs."
)
def command(clients: tuple[Path, ...], wave: str | None, playbook: Path | None, theme: Path | None, form: str) -> int:
    """Read the folders of one or several clients and say every flaw, with its file, line and column."""
    from alignment_report.building.branding import practice
    from alignment_report.building.checking import as_json, check_client
    from alignment_report.building.folders import client_folders, require_wave
    from alignment_report.building.knowledge import knowledge

    folders = client_folders(clients)
    require_wave(folders, wave)
    read = knowledge(playbook)
    brought = practice(theme, None)
    checked = [check_client(folder, wave, read, brought) for folder in folders]
    if form == "json":
        say(as_json(checked))
    else:
        for result in checked:
            say(*_lines(result))
    return 1 if any(result.flaws for result in checked) else 0


def _lines(checked: "Checked") -> list[str]:
    notes = [noted(note) for note in checked.notes]
    if checked.flaws:
        count = "1 flaw" if len(checked.flaws) == 1 else f"{len(checked.flaws)} flaws"
        return [*map(str, checked.flaws), *notes, f"{checked.folder}: {count}"]
    return [*notes, f"{checked.folder}: no flaws (checked: {', '.join(checked.waves)})"]
