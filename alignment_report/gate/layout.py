"""Text that is cut, lies outside its place, over other text, or too small; headings without what they head; pages nearly empty."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import PDF, Finished
from alignment_report.gate.ink import Box, Run
from alignment_report.gate.paper import Sheet
from alignment_report.gate.sources import lines_of
from alignment_report.gate.tree import Element, letters_of
from alignment_report.rendering.exhibits.typeset import REGULAR, set_in, width

_MM = 72 / 25.4
_RULE = re.compile(r"@page( \w+)? \{[^{}]*?margin: ([^;]+);", re.DOTALL)
_SLACK = 1.0
"""Points by which letters may reach beyond their line's box."""
_LEAST_SIZE = 6.0
"""Points: smaller is not read on paper."""
_SHARED = 0.22
"""Two texts that share more than this part of the lower one's height lie over one another."""
_LEAST_FILL = 0.08
_HEADS = ("h1", "h2", "h3", "h4")


class Margins(NamedTuple):
    """Points from the page's edges."""

    top: float
    right: float
    bottom: float
    left: float


def layout(told: Finished) -> Iterator[Fault]:
    """Nothing is cut, outside its page or margins, over other text, or too small to read; in drawings likewise."""
    for sheet in told.paper.sheets:
        part = _part_at(told, sheet)
        for run in sheet.runs:
            yield from _places(told, sheet, run)
        for one, other in _over_each_other(sheet):
            yield told.in_paper(sheet.number, told.part_of.get(id(other), part), other.text, f"it lies over “{one.text.strip()}”")
    yield from _drawings(told)


def _places(told: Finished, sheet: Sheet, run: Run) -> Iterator[Fault]:
    box, running = run.box, id(run) not in told.tagged
    part = told.part_of.get(id(run)) or ("header" if box.top < sheet.height / 2 else "footer")
    if box.left < -_SLACK or box.top < -_SLACK or box.right > sheet.width + _SLACK or box.bottom > sheet.height + _SLACK:
        yield told.in_paper(sheet.number, part, run.text, "it reaches over the edge of the page")
        return
    seen = box.met(run.cut)
    if seen.wide < box.wide - _SLACK or seen.tall < box.tall - 0.2 * run.size:
        yield told.in_paper(sheet.number, part, run.text, "it is cut off")
    if run.size < _LEAST_SIZE:
        yield told.in_paper(sheet.number, part, run.text, f"it is set in {run.size:.1f} points; less than {_LEAST_SIZE:g} are not read")
    margins = _margins(told, part)
    if box.left < margins.left - _SLACK or box.right > sheet.width - margins.right + _SLACK:
        yield told.in_paper(sheet.number, part, run.text, "it reaches into the margin at the side")
    elif not running and (box.top < margins.top - _SLACK or box.bottom > sheet.height - margins.bottom + _SLACK):
        yield told.in_paper(sheet.number, part, run.text, "it reaches into the margin above or below")


def _part_at(told: Finished, sheet: Sheet) -> str:
    return next((part for run in sheet.runs if (part := told.part_of.get(id(run)))), "cover")


def _margins(told: Finished, part: str) -> Margins:
    """Those of the pages a part stands on, as the stylesheet sets them; the cover's page has none, its text keeps those of the others."""
    found = page_margins(told.around.look.templates)
    if part == "cover":
        return found[""]._replace(top=0, bottom=0)
    return found.get("dense", found[""]) if part == "summary" else found[""]


@cache
def page_margins(own: Path | None = None) -> Mapping[str, Margins]:
    """Margins by the page's name in the print stylesheet; the usual page has none."""
    style = "\n".join(lines_of("styles/print.css", own))
    return {
        (name or "").strip(): _four([float(part.removesuffix("mm")) * _MM for part in values.split()])
        for name, values in _RULE.findall(style)
    }


def _four(values: list[float]) -> Margins:
    top, right, bottom, left = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}[len(values)]
    return Margins(values[top], values[right], values[bottom], values[left])


def _over_each_other(sheet: Sheet) -> Iterator[tuple[Run, Run]]:
    """Pairs of texts that share ink, found from above to below."""
    near: list[Run] = []
    for run in sorted(sheet.runs, key=lambda run: (run.box.top, run.box.left)):
        near = [other for other in near if other.box.bottom > run.box.top]
        for other in near:
            shared = run.box.met(other.box)
            if shared.wide > _shared_width(run, other) and shared.tall > _SHARED * min(run.box.tall, other.box.tall):
                yield other, run
        near.append(run)


def _shared_width(run: Run, other: Run) -> float:
    """Letters of one line may touch: a kern, an italic's end; a tenth of an em or a point."""
    return max(_SLACK, 0.12 * max(run.size, other.size))


def _drawings(told: Finished) -> Iterator[Fault]:
    """Labels of the page's drawings against the drawings' edges, by the widths of the typeface."""
    face = told.around.look.typeface
    for drawing in told.page.all("svg"):
        view = [float(value) for value in drawing.attributes.get("viewbox", "").split()]
        if len(view) != 4:
            yield told.in_page(drawing, "the drawing does not say how large it is")
            continue
        room = Box(view[0] - _SLACK, view[1] - _SLACK, view[0] + view[2] + _SLACK, view[1] + view[3] + _SLACK)
        with set_in(face.face if face else None):
            boxes = [(label, _label_box(drawing, label)) for label in drawing.all("text") if "transform" not in label.attributes]
        for label, box in boxes:
            if box.met(room) != box:
                yield told.in_page(label, f"a label reaches over the edge of its drawing: “{label.text}”")


def _label_box(drawing: Element, label: Element) -> Box:
    """Where a label stands, by the typeface that is set."""

    def value(name: str, usual: str) -> float:
        return float(label.attributes.get(name) or drawing.attributes.get(name) or usual)

    x, y, size = value("x", "0"), value("y", "0"), value("font-size", "12.5")
    weight = int(label.attributes.get("font-weight", REGULAR))
    return Box(x, y - 0.74 * size, x + width(label.text, size, weight), y + 0.2 * size)


# Pages


def breaks(told: Finished) -> Iterator[Fault]:
    """A heading stands above what it heads; the summary keeps to one page; no page but the last is nearly empty."""
    for part, head, after in _heads(told):
        last, first = head.inked[-1], after[0]
        if first.page > last.page:
            yield told.in_paper(
                last.page, part, head.text, f"the heading stands at the foot of the page, what it heads on page {first.page}"
            )
    for part in ("summary",):
        pages = sorted({run.page for name, element in told.parts if name == part for run in element.inked})
        if len(pages) > 1:
            yield Fault(
                f"{PDF}, pages {pages[0]} to {pages[-1]}, {part}",
                "it must stand on one page",
                told.sources.line("styles/print.css", ".section-summary {"),
            )
    for sheet in told.paper.sheets[:-1]:
        own = [run for run in sheet.runs if id(run) in told.tagged]
        part = _part_at(told, sheet)
        margins = _margins(told, part)
        room = sheet.height - margins.top - margins.bottom
        filled = max((run.box.bottom for run in own), default=margins.top) - min((run.box.top for run in own), default=margins.top)
        if filled < _LEAST_FILL * room:
            text = own[0].text if own else ""
            yield told.in_paper(sheet.number, part, text, "the page is nearly empty")


def _heads(told: Finished) -> Iterator[tuple[str, Element, list[Run]]]:
    """Each heading with the text that comes next."""
    found: list[tuple[str, Element, list[Run]]] = []
    blocks = [(part, block) for part, element in told.parts for block in _blocks(element)]
    for (part, block), (_, after) in pairwise(blocks):
        if block.tag in _HEADS and block.inked and after.inked:
            found.append((part, block, after.inked))
    return iter(found)


def _blocks(element: Element) -> Iterator[Element]:
    if element.tag in (*_HEADS, "p", "li", "tr", "img", "dt", "dd", "lbody") or element.runs:
        if element.inked and letters_of(element.text):
            yield element
        return
    for child in element.children:
        if isinstance(child, Element):
            yield from _blocks(child)
