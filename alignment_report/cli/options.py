"""The arguments and options that several commands share."""

from pathlib import Path

import click

_FOLDER = click.Path(file_okay=False, path_type=Path)

client = click.argument("client", metavar="CLIENT", type=_FOLDER)
clients = click.argument("clients", metavar="CLIENT...", nargs=-1, required=True, type=_FOLDER)
wave = click.option("--wave", metavar="WAVE", help="The wave to use; the newest by default.")
playbook = click.option(
    "--playbook", metavar="FOLDER", type=_FOLDER, help="Another folder of knowledge than the one that ships with the program."
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
