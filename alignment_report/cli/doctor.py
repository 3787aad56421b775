"""`doctor`: what this machine has and lacks."""

import click

from alignment_report.cli.screen import complain, say


@click.command("doctor")
def command() -> int:
    """Say what this machine has and lacks for building playbooks, with the one command that gets it."""
    from alignment_report.building.machine import parts

    found = parts()
    width = max(len(part.name) for part in found)
    say(*(f"{part.name:<{width}}  {part.found or 'missing'}" for part in found))
    missing = [part for part in found if not part.found]
    for cure in dict.fromkeys(part.cure for part in missing):
        names = ", ".join(part.name for part in missing if part.cure == cure)
        complain(f"To get {names}: {cure}")
    return 3 if any(part.needed for part in missing) else 0
