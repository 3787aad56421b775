"""Finished files with faults planted in them: the page by its markup, the PDF by what its pages draw, its tags and its facts."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

Change = Callable[[pikepdf.Pdf], None]


def edited(content: bytes, change: Change) -> bytes:
    """The PDF with a change made in it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def replaced(markup: str, old: str, new: str, after: str = "") -> str:
    """The page with the first of these words, after a place in it, in other words; the words must stand there."""
    start = markup.index(after) if after else 0
    at = markup.index(old, start)
    return markup[:at] + new + markup[at + len(old) :]


def substituted(markup: str, pattern: str, new: str, after: str = "") -> str:
    """The same by a pattern."""
    start = markup.index(after) if after else 0
    text, count = re.subn(pattern, new, markup[start:], count=1, flags=re.DOTALL)
    assert count == 1, pattern
    return markup[:start] + text


# What a page of a PDF draws


class Line:
    """One piece of text among the commands of a page: where it stands in their list, and what it says."""

    def __init__(self, page: "Drawn", at: int, text: str, face: str) -> None:
        self.page, self.at, self.text, self.face = page, at, text, face

    def say(self, text: str) -> None:
        """Other words in the same place, in the same font."""
        codes = {letter: code for code, letter in self.page.letters[self.face].items()}
        line = b"".join(codes[letter].to_bytes(2, "big") for letter in text)
        self.page.commands[self.at] = ([pikepdf.Array([pikepdf.String(line)])], pikepdf.Operator("TJ"))

    def move(self, across: float, down: float) -> None:
        """So many pixels of the stylesheet to the right and down."""
        at = self._before("Tm")
        operands = [float(value) for value in self.page.commands[at][0]]
        operands[4] += across
        operands[5] += down
        self.page.commands[at] = (operands, pikepdf.Operator("Tm"))

    def resize(self, factor: float) -> None:
        at = self._before("Tm")
        a, b, c, d, e, f = (float(value) for value in self.page.commands[at][0])
        self.page.commands[at] = ([a * factor, b, c, d * factor, e, f], pikepdf.Operator("Tm"))

    def before(self, *commands: tuple[list[Any], str]) -> None:
        """Commands put before the text begins."""
        at = self._before("BT")
        self.page.commands[at:at] = [(operands, pikepdf.Operator(name)) for operands, name in commands]

    def instead(self, *commands: tuple[list[Any], str]) -> None:
        self.page.commands[self.at : self.at + 1] = [(operands, pikepdf.Operator(name)) for operands, name in commands]

    def _before(self, name: str) -> int:
        return max(at for at in range(self.at) if str(self.page.commands[at][1]) == name)


class Drawn:
    """The commands of a page, to be changed and put back."""

    def __init__(self, pdf: pikepdf.Pdf, number: int) -> None:
        self.pdf, self.page = pdf, pdf.pages[number - 1]
        self.commands = [(list(operands), operator) for operands, operator in pikepdf.parse_content_stream(self.page)]
        fonts: Any = self.page.obj.Resources.Font
        self.letters = {str(name): dict(_letters(font)) for name, font in fonts.items()}

    def line(self, words: str) -> Line:
        """The first piece of text that holds these words."""
        face = ""
        for at, (operands, operator) in enumerate(self.commands):
            if str(operator) == "Tf":
                face = str(operands[0])
            if str(operator) == "TJ":
                text = "".join(self._text(part, face) for part in operands[0] if isinstance(part, pikepdf.String))
                if words in text:
                    return Line(self, at, text, face)
        raise AssertionError(f"no piece of text on this page holds {words!r}")

    def put_back(self) -> None:
        self.page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(self.commands))

    def _text(self, part: pikepdf.String, face: str) -> str:
        codes = bytes(part)
        return "".join(self.letters[face].get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def drawn(number: int, words: str, change: Callable[[Line], None]) -> Change:
    """A change of the piece of text on a page that holds these words."""

    def make(pdf: pikepdf.Pdf) -> None:
        page = Drawn(pdf, number)
        change(page.line(words))
        page.put_back()

    return make


def _letters(font: Any) -> Iterator[tuple[int, str]]:
    for code, letters in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes()):
        yield int(code, 16), bytes.fromhex(letters.decode()).decode("utf-16-be")


# Tags


def tags(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Every tag of a kind, in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for part in node:
                walk(part)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if str(node.S) == f"/{kind}":
                found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    root: Any = pdf.Root
    walk(root.StructTreeRoot.K)
    return found
