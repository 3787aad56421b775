"""`deliver`: a wave's final playbook, and the record of it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignment_report.cli import options
from alignment_report.cli.screen import complain, noted, purged_again, say

if TYPE_CHECKING:
    from alignment_report.rendering.document import Edition


@click.command("deliver")
@options.client
@click.argument("wave", metavar="WAVE")
@click.option(
    "--date",
    "day",
    metavar="DATE",
    required=True,
    type=options.DAY,
    help="The day the playbook is handed over, as year-month-day; it is printed on the cover.",
)
@options.editions("client", "board")
@options.playbook
@options.theme
@options.templates
@options.output
@options.benchmark
def command(
    client: Path,
    wave: str,
    day: date,
    editions: tuple["Edition", ...],
    playbook: Path | None,
    theme: Path | None,
    templates: Path | None,
    output: Path,
    benchmark: Path | None,
) -> None:
    """Make the final playbook of one wave and record it.

    Writes playbook.html, playbook.pdf and report.json (of the board's edition board.html, board.pdf and board.json) into
    FOLDER/<client>/<wave>/delivered-<date>/ and adds the delivery to deliveries.yaml in the client's folder: commit that file. From then on answers that come late are counted only when
    enough of them have come. The same delivery again changes nothing.
    """
    from alignment_report.building.branding import practice
    from alignment_report.building.deliver import deliver_client
    from alignment_report.building.folders import client_folder, require_wave
    from alignment_report.building.holding import held
    from alignment_report.building.knowledge import knowledge

    folder = client_folder(client)
    require_wave([folder], wave)
    read = knowledge(playbook)
    brought = practice(theme, templates)
    with held(output):
        done = deliver_client(folder, wave, day, read, output, tuple(dict.fromkeys(editions)), brought, benchmark)
    complain(*map(noted, done.notes))
    if done.is_purged:
        complain(purged_again(done.client, done.wave))
    how = "delivered" if done.is_new else "already delivered"
    say(f"{done.client}, wave {done.wave}, {how}:", *(f"  {file}" for file in done.files))
    if done.is_new:
        say(f"Recorded in {folder / 'deliveries.yaml'}: commit that file.")
