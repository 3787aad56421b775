"""Where the files that ship with the program are."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent
_IN_A_CHECKOUT = {"templates": Path("templates"), "playbook": Path("configs", "playbook"), "clients": Path("configs", "clients")}

SAMPLES = ("brightwater-clinics", "fennel-and-rye", "harrow-pumps", "lindqvist-instruments", "marlow-cooling")
"""The invented clients that ship with the program. The folder they lie in may hold real ones beside them, which never do."""


def shipped(folder: Literal["templates", "playbook", "clients"]) -> Path:
    """The folder of templates, knowledge or clients: beside the package once installed, at the top of a checkout otherwise."""
    installed = _PACKAGE / "shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / _IN_A_CHECKOUT[folder]
