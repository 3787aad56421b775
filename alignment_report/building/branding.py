"""Themes as written into how a playbook looks, with a note on everything that is not used as it was given."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from alignment_report.errors import Flaw, FlawedInput, FlawedTheme, UsageTrouble
from alignment_report.model.playbook import Playbook
from alignment_report.model.theme import ALL_SECTIONS, NO_THEME, Colours, Theme, over
from alignment_report.reading.client import Case, read_case
from alignment_report.reading.remarks import Remark, Source, all_known
from alignment_report.reading.theme import THEME, Brand, read_theme
from alignment_report.rendering.correction import Correction, corrected
from alignment_report.rendering.look import OUR_LOOK, Logo, Look
from alignment_report.rendering.palette import theme_of
from alignment_report.rendering.typeface import PRIVATE, Typeface, typeface


@dataclass(frozen=True, slots=True)
class Practice:
    """What the command line brings for all clients: a theme under each client's own, and a folder of templates over it."""

    brand: Brand | None = None
    templates: Path | None = None


NOTHING = Practice()


@dataclass(frozen=True, slots=True)
class Branding:
    """How one client's playbook looks. `notes` says what of the themes was changed or left out; `files` are the themes it rests on."""

    theme: Theme = NO_THEME
    look: Look = OUR_LOOK
    notes: tuple[Flaw, ...] = ()
    files: tuple[Path, ...] = ()


OURS = Branding()


def practice(theme: Path | None, templates: Path | None) -> Practice:
    """What was named on the command line; FlawedTheme or UsageTrouble where it cannot be used."""
    if templates is not None and not templates.is_dir():
        raise UsageTrouble(f"{templates}: there is no such folder of templates.")
    brand = named_brand(theme)
    used = templates or (brand.templates if brand else None)
    if used and (found := _template_flaws(used)):
        raise FlawedTheme(found)
    return Practice(brand, templates)


def named_brand(theme: Path | None) -> Brand | None:
    """The theme that was named on the command line, its templates not looked into; FlawedTheme or UsageTrouble where it cannot be used."""
    if theme is None:
        return None
    if not theme.is_file():
        raise UsageTrouble(f"{theme}: there is no such theme.")
    brand, flaws = read_theme(theme, _about_sections)
    if flaws:
        raise FlawedTheme(flaws)
    return brand


def read_branded(folder: Path, wave: str | None, playbook: Playbook, brought: Practice) -> tuple[Case, Branding]:
    """A client's wave and how its playbook looks; FlawedInput with every flaw of both."""
    flaws, looks = list[Flaw](), OURS
    try:
        looks = branding(folder, brought)
    except FlawedInput as flawed:
        flaws += flawed.flaws
    try:
        case = read_case(folder, wave, playbook)
    except FlawedInput as flawed:
        raise FlawedInput([*flaws, *flawed.flaws]) from None
    if flaws:
        raise FlawedInput(flaws)
    return case, looks


def branding(folder: Path, brought: Practice) -> Branding:
    """The client's own theme over the practice's; FlawedInput where the client's cannot be used."""
    path = folder / THEME
    own, flaws = read_theme(path, _about_sections) if os.path.lexists(path) else (None, ())
    if own and own.templates and not brought.templates:
        flaws = tuple(_template_flaws(own.templates))
    if flaws:
        raise FlawedInput(flaws)
    if own is None:
        return unbranded(brought)
    return _of([own, brought.brand] if brought.brand else [own], brought.templates)


def unbranded(brought: Practice) -> Branding:
    """How the playbook of a client without a theme looks."""
    return _of([brought.brand], brought.templates) if brought.brand else Branding(look=Look(templates=brought.templates))


# What follows imports most of the program, which the check of a theme without sections and templates can do without.


def _about_sections(theme: Theme) -> Iterator[Remark]:
    """Sections that are not known, cannot be left out, or have their place already."""
    if theme.sections == ALL_SECTIONS:
        return
    from alignment_report.rendering.document import FIRST, SECTIONS, STAYING

    known, out, order = [id for id, _ in SECTIONS], ("sections", "leave_out"), ("sections", "order")
    yield from all_known(out, theme.sections.leave_out, known, "section")
    yield from all_known(order, theme.sections.order, known, "section")
    for number, id in enumerate(theme.sections.leave_out):
        if id in STAYING:
            says = f"this section stays: {', '.join(STAYING[:-1])} and {STAYING[-1]} say what the figures rest on"
            yield Remark((*out, number), says, given=id)
    for number, id in enumerate(theme.sections.order):
        if id in theme.sections.leave_out:
            yield Remark((*order, number), "this section is left out, so it has no place in the order", given=id)
        elif id in FIRST:
            yield Remark((*order, number), "cover and summary come first anyway", "take it out of the list", id)


def _template_flaws(folder: Path) -> list[Flaw]:
    from alignment_report.rendering.template_files import template_flaws

    return template_flaws(folder)


def _of(brands: list[Brand], templates: Path | None) -> Branding:
    """One look of one brand or of two, of which the first one wins."""
    theme = over(brands[0].theme, brands[-1].theme)
    colours, corrections = corrected(theme.colours)
    notes = [note for correction in corrections for note in _corrected(brands, correction)]
    lettered = next((brand for brand in brands if brand.faces), brands[0])
    pictured = next((brand for brand in brands if brand.logo), brands[0])
    notes += [*_restricted(lettered), *(pictured.logo.left_out if pictured.logo else ())]
    face, drawn = _typeface(lettered), theme_of(colours)
    look = Look(
        theme=replace(drawn, family=f"{PRIVATE}, {drawn.family}") if face else drawn,
        typeface=face,
        logo=_logo(pictured),
        templates=templates or next((brand.templates for brand in brands if brand.templates), None),
    )
    return Branding(theme, look, tuple(sorted(notes)), tuple(Path(brand.source.main) for brand in brands))


def _corrected(brands: list[Brand], correction: Correction) -> Iterator[Flaw]:
    why = "; ".join(correction.why)
    for brand in brands:
        if getattr(brand.theme.colours, correction.field):
            says = f"{correction.field} is used as {correction.used}: {why}"
            return _noted(brand.source, Remark(("colours", correction.field), says, given=correction.was))
    says = f"{correction.field} is not given, and ours ({correction.was}) is used as {correction.used}: {why}"
    source = next((brand.source for brand in brands if brand.theme.colours != Colours()), brands[0].source)
    return _noted(source, Remark(("colours",), says, at_key=True))


def _noted(source: Source, remark: Remark) -> Iterator[Flaw]:
    return source.flaws([remark])


def _typeface(brand: Brand) -> Typeface | None:
    if brand.faces is None:
        return None
    try:
        return typeface(brand.faces.regular, brand.faces.semibold)
    except Exception:  # whatever the library stumbles over in a file that it could read so far
        says = "the program that makes the fonts ready cannot work with these files"
        raise FlawedInput(_noted(brand.source, Remark(("fonts",), says, "use others, as they come from their maker"))) from None


def _restricted(brand: Brand) -> Iterator[Flaw]:
    if brand.faces and brand.faces.is_restricted:
        says = "the maker of this font has marked it as not to be embedded; make sure that your licence allows it"
        yield from _noted(brand.source, Remark(("fonts",), says))


def _logo(brand: Brand) -> Logo | None:
    picture, written = brand.logo, brand.theme.logo
    if picture is None or written is None:
        return None
    return Logo(
        picture.content, picture.kind, picture.width, picture.height, written.alt, str(Path(brand.source.main).parent / written.file)
    )
