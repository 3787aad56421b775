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
