"""Where the files that ship with the program are."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent
_IN_A_CHECKOUT = {"templates": Path("templates"), "playbook": Path("configs", "playbook")}


def shipped(folder: Literal["templates", "playbook"]) -> Path:
    """The folder of templates or of knowledge: beside the package once installed, at the top of a checkout otherwise."""
    installed = _PACKAGE / "shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / _IN_A_CHECKOUT[folder]
