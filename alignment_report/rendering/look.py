"""How a playbook looks, apart from what it says: colours, typeface, logo, and whose templates show it."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from alignment_report.rendering.exhibits.theme import OURS, Theme
from alignment_report.rendering.palette import shades
from alignment_report.rendering.typeface import PRIVATE, Typeface

WIDEST, HIGHEST = 64.0, 20.0
"""The room for a logo, in millimetres; it fills the room one way and keeps its proportions."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it is embedded; `width` and `height` tell its proportions, in any unit; `file` is where it comes from, for messages."""

    content: bytes
    kind: Literal["png", "jpeg", "svg+xml"]
    width: float
    height: float
    alt: str
    file: str = ""

    @property
    def address(self) -> str:
        return f"data:image/{self.kind};base64,{b64encode(self.content).decode()}"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres, as large as the room allows."""
        scale = min(WIDEST / self.width, HIGHEST / self.height)
        return round(self.width * scale, 2), round(self.height * scale, 2)


@dataclass(frozen=True, slots=True)
class Look:
    """Our own look where nothing is given. `templates` is a folder whose templates take the place of ours."""

    theme: Theme = OURS
    typeface: Typeface | None = None
    logo: Logo | None = None
    templates: Path | None = None


OUR_LOOK = Look()


def plain(look: Look) -> dict[str, Any]:
    """What templates see of it, as plain data."""
    return {
        **shades(look.theme),
        "likert": list(look.theme.likert),
        "family": PRIVATE if look.typeface else None,
        "logo": look.logo and _plain_logo(look.logo),
    }


def _plain_logo(logo: Logo) -> dict[str, Any]:
    width, height = logo.size
    return {"address": logo.address, "alt": logo.alt, "width": f"{width:g}", "height": f"{height:g}"}
