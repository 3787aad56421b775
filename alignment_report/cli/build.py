"""`build`: clients' folders into playbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignment_report.cli import options
from alignment_report.cli.screen import complain, noted, purged_again, say

if TYPE_CHECKING:
    from alignment_report.building.one import Built
    from alignment_report.rendering.document import Edition


@click.command("build")
@options.clients
@options.wave
@options.editions("client", "internal", "board")
@options.playbook
@options.theme
@options.templates
@options.output
@options.benchmark
@click.option("--no-pdf", is_flag=True, help="Write no PDF.")
@click.option("--keep-print-html", is_flag=True, help="Also write print.html, the page the PDF is made from.")
def command(
    clients: tuple[Path, ...],
    wave: str | None,
    editions: tuple["Edition", ...],
    playbook: Path | None,
    theme: Path | None,
    templates: Path | None,
    output: Path,
    benchmark: Path | None,
    no_pdf: bool,
    keep_print_html: bool,
) -> int:
    """Build the playbooks of one or several clients.

    Writes playbook.html, playbook.pdf and report.json (of the other editions board.… and internal.…) into FOLDER/<client>/<wave>/,
    marked as a draft; `deliver` makes the final ones. What an earlier build left there is removed. Every flaw of a client's files is said; the other clients are built all the same.
    """
    from alignment_report.building.branding import practice
    from alignment_report.building.folders import client_folders, require_wave
    from alignment_report.building.holding import held
    from alignment_report.building.knowledge import knowledge
    from alignment_report.building.one import Wanted, build_client
    from alignment_report.errors import EnvironmentTrouble, FlawedInput
    from alignment_report.reading.benchmark import read_benchmark

    folders = client_folders(clients)
    require_wave(folders, wave)
    read = knowledge(playbook)
    brought = practice(theme, templates)
    wanted = Wanted(pdf=not no_pdf, print_page=keep_print_html, editions=tuple(dict.fromkeys(editions)), benchmark=benchmark)
    if benchmark:
        read_benchmark(benchmark, read.instrument)
    failed, lacking, unsaid = [], None, None
    with held(output):
        for folder in folders:
            try:
                built = build_client(folder, wave, read, output, wanted, brought)
            except FlawedInput as flawed:
                complain(*map(str, flawed.flaws))
                failed.append(folder)
                continue
            lacking = lacking or built.lacking
            try:
                _tell(built)
            except EnvironmentTrouble as trouble:  # what cannot be said does not stop the work
                unsaid = trouble
    if len(folders) > 1:
        say(f"{len(folders) - len(failed)} of {len(folders)} clients built.")
    if unsaid:
        raise unsaid
    if lacking:
        complain(f"No PDF was made. {str(lacking).rstrip('.')}. `alignment-report doctor` says how to get what is missing.")
        return 3
    return 1 if failed else 0


def _tell(built: "Built") -> None:
    say(f"{built.client}, wave {built.wave}, draft:", *(f"  {file}" for file in built.files))
    complain(*map(noted, built.notes))
    if built.is_purged:
        complain(purged_again(built.client, built.wave))
