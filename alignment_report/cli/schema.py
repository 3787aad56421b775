"""`schema`: JSON Schemas for editors."""

from pathlib import Path

import click

from alignment_report.cli.screen import say


@click.command("schema")
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    help="The folder to write into.",
)
def command(output: Path) -> None:
    """Write the JSON Schemas of the client's files and of the folder of knowledge.

    With the first line that `new` writes, an editor that knows YAML schemas completes keys and explains each field.
    """
    from alignment_report.building.editors import write_schemas

    say(*map(str, write_schemas(output)))
