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
@options.templates
@options.benchmark
@click.option("--deliver", is_flag=True, help="Also read the finished HTML and PDF, and say what must not go out.")
@options.output
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For people or for programs."
)
def command(
    clients: tuple[Path, ...],
    wave: str | None,
    playbook: Path | None,
    theme: Path | None,
    templates: Path | None,
    benchmark: Path | None,
    deliver: bool,
    output: Path,
    form: str,
) -> int:
    """Read the folders of one or several clients and say every flaw, with its file, line and column.

    With --deliver the finished files in FOLDER/<client>/<wave>/ are read as well, drafts and the newest delivery: whatever
    must not go out is said with its page or element and the line of the template to mend. Files that were made with
    templates or a benchmark are checked with the same.
    """
    from alignment_report.building.branding import practice
    from alignment_report.building.checking import as_json, check_client, with_faults
    from alignment_report.building.folders import client_folders, require_wave
    from alignment_report.building.knowledge import knowledge

    folders = client_folders(clients)
    require_wave(folders, wave)
    read = knowledge(playbook)
    brought = practice(theme, templates)
    checked = [check_client(folder, wave, read, brought) for folder in folders]
    if deliver:
        checked = [with_faults(result, wave, read, output, brought, benchmark) for result in checked]
    if form == "json":
        say(as_json(checked))
    else:
        for result in checked:
            say(*_lines(result))
    return 1 if any(result.flaws or result.faults for result in checked) else 0


def _lines(checked: "Checked") -> list[str]:
    notes = [noted(note) for note in checked.notes]
    if checked.flaws:
        return [*map(str, checked.flaws), *notes, f"{checked.folder}: {_counted(len(checked.flaws), 'flaw')}"]
    lines = [*notes, f"{checked.folder}: no flaws (checked: {', '.join(checked.waves)})"]
    if checked.faults is None:
        return lines
    found = _counted(len(checked.faults), "fault") if checked.faults else "no faults"
    return [*map(str, checked.faults), *lines, f"{checked.folder}: {found} in the finished files"]


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
