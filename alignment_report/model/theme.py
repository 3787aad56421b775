"""What theme.yaml says: colours by role, logo, typeface, words on cover and foot, which sections, whose templates.

A field that is left out is None or empty: the playbook's own look stays. Nothing in a theme changes what was measured or decided.
"""

from dataclasses import dataclass, fields, replace
from typing import Annotated, NewType, TypeVar

from alignment_report.model.fields import Field

Colour = NewType("Colour", str)
"""Written `"#rrggbb"`, in quotes; read in small letters."""

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by role, the same in every chart and on every page."""

    paper: Annotated[Colour | None, Field("The ground of every page: white, or hardly darker.", example='"#ffffff"')] = None
    ink: Annotated[Colour | None, Field("Running text.", example='"#1b2430"')] = None
    sales: Annotated[Colour | None, Field("Whatever is of Sales.", example='"#0f4c8a"')] = None
    marketing: Annotated[Colour | None, Field("Whatever is of Marketing.", example='"#d4730a"')] = None
    leadership: Annotated[Colour | None, Field("Whatever is of the people above both.", example='"#6b7079"')] = None
    all: Annotated[Colour | None, Field("Figures of everybody together.", example='"#1b2430"')] = None
    accent: Annotated[
        Colour | None, Field("What is to be found first: the stage reached, headings' labels, links.", example='"#0b7a75"')
    ] = None
    heat: Annotated[Colour | None, Field("Strong friction and low answers; paler shades follow from it.", example='"#7a1f3d"')] = None
    agree: Annotated[Colour | None, Field("The answer that agrees most.", example='"#2368a8"')] = None
    disagree: Annotated[Colour | None, Field("The answer that disagrees most.", example='"#b2402b"')] = None
    cover: Annotated[Colour | None, Field("The ground of the cover and of the verdict.", example='"#13202f"')] = None


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo on the cover. It keeps its proportions."""

    file: Annotated[str, Field("The file beside theme.yaml: PNG, JPEG or SVG.", example="logo.svg")]
    alt: Annotated[str, Field("What it says to those who cannot see it: mostly the name.", example="Marlow Cooling")]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The typeface of pages and charts. Whether it may be embedded is for you to know."""

    folder: Annotated[
        str,
        Field(
            "The folder beside theme.yaml with its TrueType files (.ttf); the upright ones nearest to weight 400 and 600 are taken.",
            example="fonts",
        ),
    ]
    family: Annotated[str, Field("The family's name, as in the files: those of other families are left alone.", example="Source Sans 3")]


@dataclass(frozen=True, slots=True)
class Sections:
    """Which sections the playbook has, by their ids. Cover, summary, method and evidence stay."""

    leave_out: Annotated[tuple[str, ...], Field("Sections the playbook does without.", example="rewards, governance")] = ()
    order: Annotated[
        tuple[str, ...],
        Field("Sections that come first, in this order; the others follow as usual. Appendices stay at the end.", example="plays, roadmap"),
    ] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A client's theme.yaml, or a practice's."""

    colours: Annotated[Colours, Field('Colours by role, `"#rrggbb"` in quotes; unreadable ones are corrected, and that is said.')] = (
        Colours()
    )
    logo: Annotated[Logo | None, Field("The logo on the cover.")] = None
    fonts: Annotated[Fonts | None, Field("The typeface.")] = None
    cover: Annotated[
        str, Field("A sentence or two on the cover, below the title.", example="A working paper for the board and both heads.")
    ] = ""
    footer: Annotated[
        str,
        Field("What stands at the foot of every page behind the line of confidentiality.", example="Hollis & Marsh · hollis-marsh.example"),
    ] = ""
    sections: Annotated[Sections, Field("Which sections the playbook has, and in which order.")] = Sections()
    templates: Annotated[
        str, Field("A folder beside theme.yaml whose templates take the place of those with the same name.", example="templates")
    ] = ""


NO_THEME = Theme()
ALL_SECTIONS = Sections()


def over(own: Theme, practice: Theme) -> Theme:
    """A client's theme laid over a practice's: what the client's leaves open is taken from the practice's, colour by colour."""
    return replace(
        _filled(own, practice), colours=_filled(own.colours, practice.colours), sections=_filled(own.sections, practice.sections)
    )


def _filled(own: Part, other: Part) -> Part:
    left_open = [field.name for field in fields(own) if not getattr(own, field.name)]  # type: ignore[arg-type]
    return replace(own, **{name: getattr(other, name) for name in left_open})  # type: ignore[type-var]
