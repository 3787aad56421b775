"""The arguments and options that several commands share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

_FOLDER = click.Path(file_okay=False, path_type=Path)


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value) if len(value) == 10 else self.fail(_NO_DAY.format(value), param, ctx)
        except ValueError:
            self.fail(_NO_DAY.format(value), param, ctx)


_NO_DAY = "{!r} is no day; write it as year-month-day, such as 2026-03-27."
DAY = _Day()

client = click.argument("client", metavar="CLIENT", type=_FOLDER)
clients = click.argument("clients", metavar="CLIENT...", nargs=-1, required=True, type=_FOLDER)
wave = click.option("--wave", metavar="WAVE", help="The wave to use; the newest by default.")
playbook = click.option(
    "--playbook", metavar="FOLDER", type=_FOLDER, help="Another folder of knowledge than the one that ships with the program."
)
theme = click.option(
    "--theme",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A theme for every client; what a client's own theme.yaml says goes before it.",
)
templates = click.option(
    "--templates", metavar="FOLDER", type=_FOLDER, help="A folder whose templates take the place of those with the same name."
)
output = click.option(
    "--output", metavar="FOLDER", type=_FOLDER, default=Path("output"), show_default=True, help="The folder to write into."
)
benchmark = click.option(
    "--benchmark",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Place the client among others: a file that `benchmark` wrote.",
)


def editions(*choices: str) -> Callable[[Command], Command]:
    """Which editions to make, of these."""
    told = "The edition to make; may be given several times: the whole playbook, its first page for the board"
    return click.option(
        "--edition",
        "editions",
        metavar="|".join(choices),
        multiple=True,
        default=("client",),
        show_default="client",
        type=click.Choice(choices),
        help=f"{told}{', or the playbook with working notes that the client does not see' if 'internal' in choices else ''}.",
    )
