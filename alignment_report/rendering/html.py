"""A document into its two pages: one for the screen, one for the PDF engine."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from alignment_report.rendering.drawing import drawings
from alignment_report.rendering.exhibits.typeset import set_in, width
from alignment_report.rendering.fonts import font_faces
from alignment_report.rendering.look import OUR_LOOK, Look, plain
from alignment_report.rendering.templates import environment, told_plainly

Document = Mapping[str, Any]

_SETTINGS = (("roomy", 2000), ("normal", 2500), ("dense", 3050), ("tight", 3600))
"""Settings of the summary's type, and up to how many characters each keeps it on its page."""
_FURNITURE = 300
"""The title and the colophon of the board's page take the room of so many characters."""
_TITLE = 4
"""A character of the title takes the room of so many others."""


def screen_page(document: Document, look: Look = OUR_LOOK, lacking: type[Undefined] | None = None) -> str:
    """One self-contained page: drawings inline, fonts inside, no script, nothing loaded.

    Raises FlawedInput where templates of the look's own folder cannot be used; `lacking` is what they get in the place of a field that is
    not there.
    """
    inline = {id: Markup(svg) for id, svg in _drawn(document, look).items()}  # noqa: S704 - made by ElementTree
    faces = Markup(font_faces(look.typeface, "".join(_texts(document))))  # noqa: S704 - our own files
    return _page("playbook.html.j2", document, look, lacking, drawings=inline, screen=True, font_faces=faces)


def print_page(document: Document, look: Look = OUR_LOOK, lacking: type[Undefined] | None = None) -> str:
    """The page for `write_pdf`: drawings as images, fonts by name. Raises FlawedInput as `screen_page` does."""
    exhibits = document["exhibits"]
    images = {id: _image(svg, exhibits[id]["alt"]) for id, svg in _drawn(document, look).items()}
    return _page("print.html.j2", document, look, lacking, drawings=images, screen=False)


def _drawn(document: Document, look: Look) -> dict[str, str]:
    return drawings(document["exhibits"], look.theme, look.typeface.face if look.typeface else None)


def _page(template: str, document: Document, look: Look, lacking: type[Undefined] | None, **more: Any) -> str:
    with told_plainly(look.templates):
        page = environment(look.templates, lacking).get_template(template)
        return page.render(document=document, theme=plain(look), density=_density(document, look), **more)


def _image(svg: str, alt: str) -> Markup:
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return Markup('<img class="chart" src="{}" alt="{}">').format(address, escape(alt))


def _density(document: Document, look: Look) -> str:
    """How closely the summary has to be set to stay on one page."""
    summaries = [section for section in document["sections"] if section["id"] == "summary"]
    size = sum(len(text) for section in summaries for text in _texts(section))
    size += sum((_TITLE - 1) * len(section["title"]) for section in summaries)
    size += _FURNITURE if document["edition"] == "board" else 0
    return next((setting for setting, most in _SETTINGS if size * _breadth(look) <= most), "tightest")


def _breadth(look: Look) -> float:
    """How wide the look's typeface runs, ours being 1; never less than that."""
    with set_in(look.typeface.face if look.typeface else None):
        own = width(ascii_lowercase, 1)
    with set_in(None):
        return max(own / width(ascii_lowercase, 1), 1.0)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key != "trace":
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, str):
        yield part
