"""`purge`: a respondent's answers, or all of a client, deleted."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alignment_report.cli import options
from alignment_report.cli.screen import complain, say

if TYPE_CHECKING:
    from alignment_report.building.purge import PurgedFrom

_REMAINS = "Older revisions in git and backups still hold it: see docs/confidentiality.md, under «What remains»."


@click.command("purge")
@options.client
@click.option("--respondent", metavar="ID", help="The respondent whose answers are deleted.")
@click.option(
    "--wave", "waves", metavar="WAVE", multiple=True, help="Only in this wave; may be given several times. By default in every one."
)
@click.option("--all", "everything", is_flag=True, help="Delete the client's folder and all its outputs.")
@click.option("--yes", is_flag=True, help="Do not ask before --all.")
@options.output
def command(client: Path, respondent: str | None, waves: tuple[str, ...], everything: bool, yes: bool, output: Path) -> None:
    """Delete a respondent's answers, or all of a client.

    With --respondent the answers leave the files of the waves, the id goes, as a keyed digest, on the list of purged.yaml
    that every build honours, and the outputs of these waves are removed. With --all the client's folder and its outputs go.
    """
    from alignment_report.building.folders import client_folder, require_wave
    from alignment_report.building.purge import purge_client, purge_respondent

    if everything == (respondent is not None) or (everything and waves):
        raise click.UsageError("Give either --respondent with an id, or --all alone.", click.get_current_context())
    folder = client_folder(client)
    if respondent is not None:
        for wave in waves:
            require_wave([folder], wave)
        for done in purge_respondent(folder, respondent, waves, output):
            say(*_told(done))
            complain(*_to_look_at(done))
    else:
        _confirm(folder, output, yes)
        say(*(f"{removed}: removed" for removed in purge_client(folder, output)))
    complain(_REMAINS)


def _confirm(folder: Path, output: Path, yes: bool) -> None:
    from alignment_report.building.purge import client_of, require_purgeable

    require_purgeable(folder)
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("Add --yes to delete all of the client without being asked.", click.get_current_context())
    click.confirm(f"Delete {folder} and {output / client_of(folder)} with everything in them?", abort=True)


def _told(done: "PurgedFrom") -> Iterator[str]:
    if done.is_beside:
        yield f"wave {done.wave}: its playbooks show figures of an earlier wave beside their own"
    else:
        yield f"wave {done.wave}: " + (
            "the answers were removed and listed as purged" if done.file else "listed as purged; no answers were there"
        )
    if done.outputs:
        yield f"  {done.outputs}: removed"


def _to_look_at(done: "PurgedFrom") -> Iterator[str]:
    for line in done.remarks:
        yield f"{done.file}:{line}:1: this line was kept; delete it if it speaks of the person"
