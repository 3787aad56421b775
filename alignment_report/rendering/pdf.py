"""The print page into a tagged PDF (PDF/UA-1 and PDF/A-3a) whose bytes depend on the page alone."""

import gc
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any

from alignment_report.errors import EnvironmentTrouble
from alignment_report.rendering.fonts import fontconfig_file
from alignment_report.rendering.tagging import finish, with_plain_ends
from alignment_report.rendering.typeface import Typeface


class TemplateFault(RuntimeError):
    """The print page asked for something the PDF engine refused or did not understand."""


def write_pdf(print_page: str, typeface: Typeface | None = None) -> bytes:
    """The PDF of a print page, set in a brand's typeface or in ours.

    Nothing but `data:` addresses is opened; whatever the engine complains of raises TemplateFault.
    """
    engine = _engine()
    fetcher = _fetcher(engine)()
    with _complaints() as complaints, _without_collection():
        page = engine.HTML(string=print_page, url_fetcher=fetcher)
        pdf = page.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=sha256(print_page.encode()).digest()[:16],
            font_config=_font_configuration(typeface),
            finisher=lambda rendered, pdf: finish(pdf, rendered.metadata.title or "", _links(page)),
        )
    faults = [*fetcher.refused, *complaints]
    if faults:
        raise TemplateFault("; ".join(faults))
    return with_plain_ends(pdf)


_LIBRARY = re.compile(r"cannot load library '([^']+)'")
"""How cffi starts its message; what follows names places on the machine."""


@cache
def _engine() -> ModuleType:
    """WeasyPrint, told where the fonts are before it looks for them itself."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as trouble:
        named = _LIBRARY.search(str(trouble))
        lacking = f"the library {named[1]}" if named else "WeasyPrint or a library of it"
        raise EnvironmentTrouble(f"PDF files need WeasyPrint with Pango, and {lacking} cannot be loaded") from trouble


@lru_cache(maxsize=4)
def _font_configuration(typeface: Typeface | None) -> Any:
    """A map of fonts of its own for each typeface: the engine reads the configuration that the environment names at that moment."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file(typeface))
    return import_module("weasyprint.text.fonts").FontConfiguration()


@cache
def _fetcher(engine: ModuleType) -> type[Any]:
    base: Any = engine.URLFetcher

    class OnlyData(base):  # type: ignore[misc]
        """Opens `data:` addresses and keeps the others in `refused`."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.lower().startswith("data:"):
                self.refused.append(f"the page asks for {url[:200]}")
                raise ValueError("only data: addresses are opened")
            return super().fetch(url, headers)

    return OnlyData


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage()[:500])


@contextmanager
def _complaints() -> Iterator[list[str]]:
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    logger.addHandler(listener)
    try:
        yield listener.heard
    finally:
        logger.removeHandler(listener)


@contextmanager
def _without_collection() -> Iterator[None]:
    """A render makes many objects and few cycles: collecting once afterwards is up to a fifth faster."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _links(page: Any) -> dict[str, str]:
    """What a link to each place of the page is called: the longest of its texts."""
    named: dict[str, str] = {}
    for link in page.etree_element.iter("a"):
        place, text = link.get("href", "").removeprefix("#"), " ".join("".join(link.itertext()).split())
        named[place] = max(named.get(place, ""), text, key=len)
    return {place: text for place, text in named.items() if text}
