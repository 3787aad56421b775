"""The tags of a finished PDF, read with pikepdf: what is painted outside of them, and what a reader who follows them hears."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from readback import Element, squeezed, tags

_PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}


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
    return (int(kid) for kid in _kids(element) if not isinstance(kid, pikepdf.Dictionary))


def _kids(element: Any) -> Any:
    kids = element.get("/K", [])
    return kids if isinstance(kids, pikepdf.Array) else [kids]


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}


def read_aloud(pdf: pikepdf.Pdf) -> str:
    """All text but that of pictures, in the order of the tags, squeezed."""
    numbered = {page.obj.objgen: _numbered_texts(page) for page in pdf.pages}
    return squeezed("".join(_heard(pdf.Root.StructTreeRoot.K, numbered)))


def _heard(element: Any, numbered: Mapping[tuple[int, int], Mapping[int, str]]) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for part in element:
            yield from _heard(part, numbered)
    elif "/S" in element and element.S != "/Figure":
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary):
                yield from _heard(kid, numbered)
            else:
                yield numbered[element.Pg.objgen].get(int(kid), "")


def _numbered_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text under each number of a page."""
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    found: defaultdict[int, str] = defaultdict(str)
    font, number = "", -1
    for operands, operator in pikepdf.parse_content_stream(page, "Tf Tj TJ BDC EMC"):
        match str(operator):
            case "Tf":
                font = str(operands[0])
            case "BDC":
                number = int(operands[1].get("/MCID", -1))
            case "EMC":
                number = -1
            case "TJ" | "Tj":
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                found[number] += "".join(_told(bytes(part), letters[font]) for part in parts if isinstance(part, pikepdf.String))
    return found


def _told(codes: bytes, letters: Mapping[int, str]) -> str:
    return "".join(letters[high * 256 + low] for high, low in zip(codes[::2], codes[1::2], strict=True))


def _letters(font: Any) -> dict[int, str]:
    """The letters of a font's codes, of two bytes each, as the font itself says for those who copy or listen."""
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


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
