"""Folders removed with all that is in them, never by way of a link."""

import os
import shutil
from pathlib import Path

from alignment_report.errors import EnvironmentTrouble


def remove_folder(root: Path, below: tuple[str, ...] = ()) -> bool:
    """Removes the folder `below` the root, whether there was one. A link on the way, or in its place, is refused; links in it are removed, not followed."""
    folder = root
    for part in ("", *below):
        folder = folder / part
        if folder.is_symlink() and (part or not below):
            raise EnvironmentTrouble(f"{folder} is a link, and nothing was removed through it. Remove what it leads to yourself.")
        if not os.path.lexists(folder):
            return False
    try:
        shutil.rmtree(folder)
    except OSError as trouble:
        raise EnvironmentTrouble(f"Cannot remove {folder}: {trouble.strerror or trouble}.") from trouble
    return True
