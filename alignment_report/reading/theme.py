"""A theme.yaml and the files it names into a Brand, or every flaw."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from alignment_report.errors import Flaw
from alignment_report.model.theme import Theme
from alignment_report.reading import shapes
from alignment_report.reading.files import document
from alignment_report.reading.font_files import Faces, font_files
from alignment_report.reading.pictures import Picture, picture
from alignment_report.reading.remarks import Path as Keys
from alignment_report.reading.remarks import Remark, Source, beside

THEME = "theme.yaml"
LONGEST_COVER, LONGEST_FOOTER = 240, 70
"""Characters that have room on the cover and at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A theme as it is written, the files it names, and the source that knows where each of its fields stands."""

    theme: Theme
    source: Source
    logo: Picture | None = None
    faces: Faces | None = None
    templates: Path | None = None


def read_theme(path: Path, more: Callable[[Theme], Iterable[Remark]]) -> tuple[Brand | None, tuple[Flaw, ...]]:
    """The brand, None where there are flaws or no such file; `more` is what else there is to remark about a theme."""
    found = document(path)
    if found.root is None:
        return None, found.flaws
    source = Source(found.file, found.root)
    theme, remarks = shapes.read(Theme, found.root)
    told = tuple(beside(remarks, [*_about(theme), *more(theme)]))
    if found.flaws or told:
        return None, (*found.flaws, *source.flaws(told))
    return _with_files(Brand(theme, source), path.parent)


def _about(theme: Theme) -> Iterator[Remark]:
    if len(theme.cover) > LONGEST_COVER:
        yield Remark(("cover",), f"there is room for {LONGEST_COVER} characters on the cover, and this has {len(theme.cover)}")
    if len(theme.footer) > LONGEST_FOOTER:
        yield Remark(("footer",), f"there is room for {LONGEST_FOOTER} characters at the foot of a page, and this has {len(theme.footer)}")
    named: list[tuple[Keys, str | None]] = [(("templates",), theme.templates or None)]
    named += [(("logo", "file"), theme.logo.file)] if theme.logo else []
    named += [(("fonts", "folder"), theme.fonts.folder)] if theme.fonts else []
    for keys, name in named:
        if name is not None and not _is_beside(name):
            yield Remark(keys, "this must be a name beside theme.yaml, or in a folder there", "without .. and not from the root", name)


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _with_files(brand: Brand, folder: Path) -> tuple[Brand | None, tuple[Flaw, ...]]:
    """The brand with the files it names; whatever cannot be used is a flaw."""
    theme, flaws = brand.theme, list[Flaw]()
    logo = picture(folder / theme.logo.file) if theme.logo else None
    faces = font_files(folder / theme.fonts.folder, theme.fonts.family) if theme.fonts else None
    templates = folder / theme.templates if theme.templates else None
    for keys, found in ((("logo", "file"), logo), (("fonts",), faces)):
        if isinstance(found, Flaw):
            flaws.append(found)
        elif isinstance(found, str):
            flaws += brand.source.flaws([Remark(keys, found)])
    if templates and not templates.is_dir():
        flaws += brand.source.flaws([Remark(("templates",), "there is no such folder beside theme.yaml", given=theme.templates)])
    if flaws or isinstance(logo, str | Flaw) or isinstance(faces, str):
        return None, tuple(flaws)
    return Brand(theme, brand.source, logo, faces, templates), ()
