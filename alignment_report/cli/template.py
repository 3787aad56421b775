"""`template`: work on a folder of templates."""

from pathlib import Path

import click

from alignment_report.cli import options
from alignment_report.cli.screen import complain, say


@click.group("template")
def command() -> None:
    """Work on a folder of templates that take the place of ours."""


@command.command("check", short_help="Try a folder of templates on sample clients.")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.argument("clients", metavar="[CLIENT]...", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@options.theme
@options.playbook
def check(folder: Path, clients: tuple[Path, ...], theme: Path | None, playbook: Path | None) -> int:
    """Try a folder of templates on clients and say what they ask for in vain, with file and line.

    Without a CLIENT the invented ones that ship with the program are taken. One of whom nothing is known yet is always tried too.
    """
    from alignment_report.building.branding import named_brand
    from alignment_report.building.folders import client_folders
    from alignment_report.building.knowledge import knowledge
    from alignment_report.building.template_check import samples, try_templates
    from alignment_report.errors import UsageTrouble

    if not folder.is_dir():
        raise UsageTrouble(f"{folder}: there is no such folder of templates.")
    tried = try_templates(folder, client_folders(clients or samples()), knowledge(playbook), named_brand(theme))
    if tried.flaws:
        say(*map(str, tried.flaws), f"{folder}: {'1 flaw' if len(tried.flaws) == 1 else f'{len(tried.flaws)} flaws'}")
        return 1
    say(f"{folder}: no flaws (tried: {', '.join(tried.samples)})")
    if tried.lacking:
        complain(f"No PDF was tried. {str(tried.lacking).rstrip('.')}.")
    return 0
