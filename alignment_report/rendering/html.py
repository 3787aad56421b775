"""A document into its two pages: one for the screen, one for the PDF engine."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from alignment_report.rendering.compiled import BesideTemplates
from alignment_report.rendering.drawing import drawings
from alignment_report.rendering.exhibits.theme import Theme
from alignment_report.rendering.fonts import font_faces
from alignment_report.resources import shipped

Document = Mapping[str, Any]

_SETTINGS = (("roomy", 2000), ("normal", 2600), ("dense", 3200))
"""Settings of the summary's type, and up to how many characters each keeps it on its page."""
_FURNITURE = 300
"""The title and the colophon of the board's page take the room of so many characters."""
_TITLE = 4
"""A character of the title takes the room of so many others."""


def screen_page(document: Document) -> str:
    """One self-contained page: drawings inline, fonts inside, no script, nothing loaded."""
    inline = {id: Markup(svg) for id, svg in drawings(document["exhibits"], Theme()).items()}  # noqa: S704 - made by ElementTree
    return _page("playbook.html.j2", document, drawings=inline, screen=True, font_faces=Markup(font_faces()))  # noqa: S704


def print_page(document: Document) -> str:
    """The page for `write_pdf`: drawings as images, fonts by name."""
    exhibits = document["exhibits"]
    images = {id: _image(svg, exhibits[id]["alt"]) for id, svg in drawings(exhibits, Theme()).items()}
    return _page("print.html.j2", document, drawings=images, screen=False)


def _page(template: str, document: Document, **more: Any) -> str:
    return _environment().get_template(template).render(document=document, density=_density(document), **more)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    templates = shipped("templates")
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=BesideTemplates(templates),
    )


def _image(svg: str, alt: str) -> Markup:
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return Markup('<img class="chart" src="{}" alt="{}">').format(address, escape(alt))


def _density(document: Document) -> str:
    """How closely the summary has to be set to stay on one page."""
    summaries = [section for section in document["sections"] if section["id"] == "summary"]
    size = sum(len(text) for section in summaries for text in _texts(section))
    size += sum((_TITLE - 1) * len(section["title"]) for section in summaries)
    size += _FURNITURE if document["edition"] == "board" else 0
    return next((setting for setting, most in _SETTINGS if size <= most), "tight")


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
