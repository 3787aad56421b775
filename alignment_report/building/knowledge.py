"""The folder of knowledge a command works with."""

from pathlib import Path

from alignment_report.errors import UsageTrouble
from alignment_report.model.playbook import Playbook
from alignment_report.reading.playbook import read_playbook
from alignment_report.resources import shipped


def knowledge(named: Path | None) -> Playbook:
    """The knowledge in the folder that was named, or else in the one that ships with the program."""
    folder = named or shipped("playbook")
    if not folder.is_dir():
        raise UsageTrouble(f"{folder}: there is no such folder of knowledge.")
    return read_playbook(folder)
