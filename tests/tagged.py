"""The tags of a finished PDF, read with pikepdf and poppler: what is painted outside of them, and what a reader who follows them hears."""

import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from readback import Element, squeezed, tags

_PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}
_POPPLER = shutil.which("pdfinfo")

can_read_aloud = _POPPLER is not None


def outside_of_tags(pdf: pikepdf.Pdf) -> list[str]:
    """Every place where a page paints something that is neither tagged nor an artifact, or under a number that no tag has."""
    owners = _parent_tree(pdf)
    held: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for element in tags(pdf):
        for number in _numbers(element):
            held[element.Pg.objgen].add(number)
    return [
        f"page {number}: {trouble}"
        for number, page in enumerate(pdf.pages, start=1)
        for trouble in _untagged(page, held[page.obj.objgen], owners[int(page.StructParents)])
    ]


def _untagged(page: pikepdf.Page, held: set[int], owners: Any) -> Iterator[str]:
    numbered: Counter[int] = Counter()
    open_marks: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            number = operands[1].get("/MCID") if name == "BDC" else None
            open_marks.append("artifact" if operands[0] == "/Artifact" else "other" if number is None else "tagged")
            if number is not None:
                numbered[int(number)] += 1
        elif name == "EMC":
            open_marks.pop()
        elif name in _PAINTS and not {"artifact", "tagged"} & set(open_marks):
            yield f"{name} paints outside of tags"
        elif name in _PAINTS and {"artifact", "tagged"} <= set(open_marks):
            yield f"{name} paints in a tag and an artifact"
    yield from (f"number {number} belongs to no element" for number in numbered.keys() - held)
    yield from (f"number {number} stands {count} times" for number, count in numbered.items() if count > 1)
    yield from (f"number {number} is held and not painted" for number in held - numbered.keys())
    yield from (f"number {number} leads to no element" for number in held if owners[number] is None or "/S" not in owners[number])


def _numbers(element: Any) -> Iterator[int]:
    kids = element.get("/K", [])
    yield from (int(kid) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if not hasattr(kid, "keys"))


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}


def read_aloud(file: Path) -> str:
    """All text but that of pictures, in the order of the tags, as poppler follows them, squeezed."""
    if _POPPLER is None:
        raise RuntimeError("needs pdfinfo of poppler-utils")
    told = subprocess.run([_POPPLER, "-struct-text", "-enc", "UTF-8", str(file)], capture_output=True, encoding="utf-8", check=True)
    return squeezed("".join(_texts(told.stdout)))


def _texts(outline: str) -> Iterator[str]:
    """The texts of the outline, each in quotation marks; what stands in a picture stands further in than it."""
    deepest = None
    for line in outline.splitlines():
        depth = len(line) - len(line.lstrip())
        if deepest is not None and depth <= deepest:
            deepest = None
        if deepest is None and line.strip().startswith("Figure"):
            deepest = depth
        elif deepest is None and (text := re.fullmatch(r' *"(.*)"', line)):
            yield text[1]


def lost_on_the_way(page: Element, heard: str, most: int = 400) -> list[str]:
    """The words of the page, one after the other, that do not follow in what is heard within so many letters."""
    (body,) = page.all("body")
    lost, place = [], 0
    for word in _words(body):
        found = heard.find(word, place, place + most + len(word))
        if found < 0:
            lost.append(word)
        else:
            place = found + len(word)
    return lost


def _words(part: Element) -> Iterator[str]:
    if {"running-client", "running-footer"} & set((part.attributes.get("class") or "").split()):
        return
    for child in part.children:
        if isinstance(child, str):
            yield from filter(None, map(squeezed, child.split()))
        else:
            yield from _words(child)
