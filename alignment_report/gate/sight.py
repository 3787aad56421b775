"""What must be seen and loaded: contrast of text on its ground, fonts, and the weight of the files."""

import re
from collections.abc import Iterator

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import HTML, PDF, Finished
from alignment_report.gate.ink import Colour, Run
from alignment_report.gate.styles import looks
from alignment_report.rendering.colours import contrast as ratio
from alignment_report.rendering.exhibits.typeset import letters

HTML_LIMIT, PDF_LIMIT = 5_000_000, 10_000_000
"""Bytes: what a mailbox takes without asking, the two together."""
_TEXT, _LARGE, _SIGN = 4.5, 3.0, 3.0
"""Least contrast of text, of large text, of a sign that is no letter (WCAG 2.2, 1.4.3 and 1.4.11)."""
_LARGE_SIZE, _LARGE_BOLD = 18.0, 14.0
_ROUNDING = 0.02
"""A PDF rounds its colours."""
_LETTER = re.compile(r"\w")
_FACE = re.compile(r"@font-face\{([^}]*)\}")
_FAMILY = re.compile(r"@font-face\{[^}]*?font-family:\s*['\"]?([^'\";}]+)")
_WOFF2 = "url(data:font/woff2;base64,d09GMg"
"""How a font in this format begins."""


def contrast(told: Finished) -> Iterator[Fault]:
    """Every text stands out from its ground: on the page by its stylesheet, in the PDF by what was painted."""
    seen: set[tuple[str, str, str]] = set()
    for element, look in looks(told.page):
        needed = _needed("".join(c for c in element.children if isinstance(c, str)), look.size, look.is_bold)
        found = ratio(look.colour, look.ground)
        key = (look.colour, look.ground, " ".join(element.classes))
        if found < needed and key not in seen:
            seen.add(key)
            mend = told.sources.line("styles/screen.css", f"{look.selector} {{") if look.selector else ""
            yield told.in_page(element, _says(look.colour, look.ground, found, needed), mend)
    for run in (run for sheet in told.paper.sheets for run in sheet.runs):
        yield from _painted(told, run, seen)


def _painted(told: Finished, run: Run, seen: set[tuple[str, str, str]]) -> Iterator[Fault]:
    colour, ground = _hex(run.colour), _hex(run.ground)
    part = told.part_of.get(id(run), "header")
    needed = _needed(run.text, run.size, run.is_bold)
    found = ratio(colour, ground)
    if found < needed - _ROUNDING and (colour, ground, part) not in seen:
        seen.add((colour, ground, part))
        yield told.in_paper(run.page, part, run.text, _says(colour, ground, found, needed), told.sources.of_colour(part, run.text))


def _says(colour: str, ground: str, found: float, needed: float) -> str:
    return f"the text {colour} on {ground} has a contrast of {found:.2f}, {needed:g} is needed"


def _needed(text: str, size: float, is_bold: bool) -> float:
    if not _LETTER.search(text):
        return _SIGN
    return _LARGE if size >= _LARGE_SIZE or (is_bold and size >= _LARGE_BOLD) else _TEXT


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{min(max(round(channel * 255), 0), 255):02x}" for channel in colour)


def fonts(told: Finished) -> Iterator[Fault]:
    """Every letter comes from a font inside the file that has it, and can be searched for and read aloud."""
    mend = told.sources.line("styles/print.css", "font-family")
    families = {_plain(family) for family in _FAMILY.findall(_styles(told))}
    for face in told.paper.faces:
        if not face.is_embedded:
            yield Fault(PDF, f"the font {face.name} is not in the file", mend)
        if not face.letters:
            yield Fault(PDF, f"the font {face.name} does not say which letters it draws", mend)
        if not any(family in _plain(face.name) for family in families):
            yield Fault(PDF, f"the font {face.name} is not the typeface of the playbook", mend)
    for run in (run for sheet in told.paper.sheets for run in sheet.runs):
        if run.is_unknown:
            yield told.in_paper(run.page, told.part_of.get(id(run), "header"), run.text, "the font lacks a letter of it")
    yield from _page_fonts(told)


def _page_fonts(told: Finished) -> Iterator[Fault]:
    styles = _styles(told)
    faces = _FACE.findall(styles)
    if len(faces) < 2 or not all(_WOFF2 in face for face in faces):
        yield Fault(f"{HTML}, <style>", "a font of the page is missing or damaged", told.sources.line("playbook.html.j2", "font_faces"))
    for address in re.findall(r"url\(\s*['\"]?(?!data:)([^)'\"]*)|@import\s+([^;]*)", styles):
        yield Fault(
            f"{HTML}, <style>",
            f"something outside the file is asked for: {next(filter(None, address), '')}",
            told.sources.line("playbook.html.j2", "<style>"),
        )
    own = told.around.look.typeface
    known = letters() | (own.letters if own else frozenset())
    lacking = sorted({letter for letter in told.page.text if letter not in known and not letter.isspace()})
    for letter in lacking:
        element = next(e for e in told.page if any(isinstance(c, str) and letter in c for c in e.children) and e.tag != "style")
        yield told.in_page(element, f"the font lacks the letter {letter} (U+{ord(letter):04X})")


def _styles(told: Finished) -> str:
    return "".join(child for style in told.page.all("style") for child in style.children if isinstance(child, str))


def _plain(family: str) -> str:
    return family.replace("-", "").replace(" ", "").casefold()


def weight(told: Finished) -> Iterator[Fault]:
    """Neither file is too large to be mailed."""
    for name, content, limit in ((HTML, told.html, HTML_LIMIT), (PDF, told.pdf, PDF_LIMIT)):
        if len(content) > limit:
            yield Fault(
                name,
                f"the file has {len(content) / 1e6:.1f} MB, more than {limit / 1e6:g}",
                _heaviest(told) if name == HTML else "templates/print.html.j2:1",
            )


def _heaviest(told: Finished) -> str:
    """The template line of the element that weighs most by itself."""

    def size(at: int) -> int:
        element = elements[at]
        return sum(len(c) for c in element.children if isinstance(c, str)) + sum(map(len, element.attributes.values()))

    elements = list(told.page)
    return told.sources.of(elements[max(range(len(elements)), key=size)])
