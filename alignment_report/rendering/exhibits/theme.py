"""What charts and pages are drawn in: one colour a role, and one typeface."""

from dataclasses import dataclass
from typing import Literal

from alignment_report.rendering.colours import legible

Role = Literal["sales", "marketing", "leadership", "shared", "overall"]
"""Whose figure or task a mark is. `shared` belongs to both functions and takes both their colours; `overall` counts everybody."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour is `#rrggbb`; the typefaces are ones that page and PDF both know, the first one that has a letter sets it."""

    paper: str = "#ffffff"
    ink: str = "#1b2430"
    muted: str = "#5c6573"
    rule: str = "#d3d8e0"
    grid: str = "#e6e8ec"
    band: str = "#dfe3eb"
    sales: str = "#0f4c8a"
    marketing: str = "#d4730a"
    leadership: str = "#6b7079"
    overall: str = "#1b2430"
    accent: str = "#0b7a75"
    heat: str = "#7a1f3d"
    peer: str = "#8a94a3"
    likert: tuple[str, str, str, str, str] = ("#b2402b", "#e3a694", "#d9dce1", "#9fc1de", "#2368a8")
    cover: str = "#13202f"
    family: str = "Alignment Sans"

    def of(self, role: Role) -> str:
        """The role's one colour; a shared thing that can carry one colour only is drawn in ink."""
        colours = {"sales": self.sales, "marketing": self.marketing, "leadership": self.leadership, "overall": self.overall}
        return colours.get(role, self.ink)

    def words(self, colour: str) -> str:
        """The colour as it may be used for text on paper."""
        return legible(colour, self.paper)


OURS = Theme()
