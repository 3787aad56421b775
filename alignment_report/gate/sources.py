"""What a reader meets into the line of the template or stylesheet it comes from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from alignment_report.gate.tree import Element, letters_of
from alignment_report.resources import shipped

_MACROS, _SCREEN, _PRINT = "macros.html.j2", "playbook.html.j2", "print.html.j2"
_STYLE = "styles/print.css"
_CLASS = re.compile(r'class="([^"]*)"')
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_A_CLASS, _A_FIELD, _A_TAG = 6, 3, 1
"""What a line gains by naming a class, a field or a tag of what is looked for."""
_ENOUGH = 12
"""Letters by which a sentence can be told."""
_WRAPS = "box"
"""A macro that holds what its caller writes."""
_SECTION_TAGS = ("section", "header")


@dataclass(frozen=True, slots=True)
class Sources:
    """Finds template lines for one document: by the classes and tags of an element and by the fields its text comes from.

    `own` is a folder whose templates take the place of ours.
    """

    document: Mapping[str, Any]
    page: Element
    own: Path | None = None
    fields: dict[str, set[str]] = field(default_factory=dict)

    def of(self, element: Element) -> str:
        """The line that writes an element of the screen page."""
        path = _path(element)
        template = self._template(path)
        place = (template, 1)
        for at in path:
            if _WRAPS not in at.classes:
                place = self._nearer(place, template, at)
        return self._named(*place)

    def of_text(self, part: str, text: str) -> str:
        """The line that writes a text of the PDF, by the same text of the screen page; `part` is a section's id or another part of the page."""
        if part in _PARTS:
            return self.line(_PRINT, _PARTS[part])
        element = self._element(part, text)
        return self.of(element) if element else self._named(f"sections/{part}.html.j2", 1)

    def of_colour(self, part: str, text: str) -> str:
        """The line of the print stylesheet that gives a text of the PDF its colour."""
        element = self._element(part, text)
        classes = [name for at in (element.within if element else ()) for name in at.classes]
        styled = ((number, line) for name in classes for number, line in enumerate(lines_of(_STYLE, self.own), 1) if f".{name} {{" in line)
        found = next((number for number, line in styled if " color:" in line), None)
        return self._named(_STYLE, found) if found else self.of_text(part, text)

    def line(self, file: str, wanted: str) -> str:
        """The first line of a template in which these words stand; its first line where they stand nowhere."""
        number = next((number for number, line in enumerate(lines_of(file, self.own), 1) if wanted in line), 1)
        return self._named(file, number)

    def _named(self, file: str, line: int) -> str:
        folder = "templates" if self.own is None or not (self.own / file).is_file() else self.own.as_posix()
        return f"{folder}/{file}:{line}"

    def _element(self, part: str, text: str) -> Element | None:
        """The smallest element of the screen page that holds the text, or at least half of it where the other half is not on the page."""
        place, wanted = self.section(part), letters_of(text)
        half = len(wanted) // 2
        for sought in (wanted, *((wanted[half:], wanted[:half]) if half >= _ENOUGH else ())):
            holding = [e for e in place if sought and sought in letters_of(e.text)] if place else []
            if holding:
                return min(holding, key=lambda e: len(e.text))
        return None

    def section(self, id: str) -> Element | None:
        return next((e for e in self.page.all(*_SECTION_TAGS) if e.attributes.get("id") == f"s-{id}"), None)

    def _template(self, path: Iterable[Element]) -> str:
        for at in path:
            id = at.attributes.get("id", "")
            if at.tag in _SECTION_TAGS and id.startswith("s-"):
                return f"sections/{id[2:]}.html.j2"
        return _SCREEN

    def _nearer(self, place: tuple[str, int], template: str, at: Element) -> tuple[str, int]:
        """The line that names most of the element: by a class in the section's template or a macro, else by its tag further down."""
        classes, names = set(at.classes), self._fields(at)
        for file in dict.fromkeys((place[0], template, _MACROS)) if classes else (place[0],):
            anywhere = classes and file == _MACROS
            start = place[1] if file == place[0] and not anywhere else 1
            lines = enumerate(lines_of(file, self.own), 1)
            scored = [(_score(line, at.tag, classes, names), -number) for number, line in lines if number >= start]
            score, number = max(scored, default=(0, 0))
            if score >= (_A_CLASS if classes else _A_TAG):
                return file, -number
        return place

    def _fields(self, at: Element) -> set[str]:
        if not self.fields:
            _note(self.document, (), self.fields)
        return self.fields.get(letters_of(at.text), set()) if len(at.text) < 2000 else set()


_PARTS = {"contents": 'class="contents"', "colophon": 'class="colophon"', "header": "running-client", "footer": "running-footer"}


@cache
def lines_of(file: str, own: Path | None) -> tuple[str, ...]:
    """A template's lines, from the folder whose templates take the place of ours where it has one of this name."""
    places = [root / file for root in (own, shipped("templates")) if root and (root / file).is_file()]
    return tuple(places[0].read_text(encoding="utf-8").splitlines()) if places else ()


def _path(element: Element) -> list[Element]:
    """The element and what holds it, outermost first; what a drawing is made of is left out, since code draws it."""
    path = [at for at in element.within if at.tag][::-1]
    drawn = next((place for place, at in enumerate(path) if at.tag == "svg"), len(path))
    return path[:drawn]


def _score(line: str, tag: str, classes: set[str], names: set[str]) -> int:
    if not line.lstrip().startswith(("<", "{%", "{{")):
        return 0
    named = {name for group in _CLASS.findall(line) for name in _NAME.findall(group)}
    score = _A_CLASS * len(classes & named) + _A_FIELD * any(f".{name}" in line for name in names)
    return score + _A_TAG * (re.search(rf"<{re.escape(tag)}\b", line) is not None) if tag else score


def _note(node: Any, path: tuple[str, ...], found: dict[str, set[str]]) -> None:
    """Which fields hold which text; of a sentence or figure also the field that holds it."""
    if isinstance(node, str):
        found.setdefault(letters_of(node), set()).update(name for name in path[-2:] if name != "text")
    elif isinstance(node, Mapping):
        for key, value in node.items():
            _note(value, (*path, str(key)), found)
    elif isinstance(node, list):
        for value in node:
            _note(value, path, found)
