"""One page's drawing commands into its pieces of text: what stands where, in which colour on which ground, and how much of it is cut off.

Lengths are points, from the upper left corner of the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import Any

from alignment_report.gate.direction import in_reading_order

Colour = tuple[float, float, float]
Matrix = tuple[float, float, float, float, float, float]

_ASCENT, _DESCENT = 0.74, 0.2
"""What letters reach above and below their line, in ems; a few signs reach further."""
_INVISIBLE = 3
UNKNOWN = "\ufffd"
"""What stands for a letter that the font does not name."""
_SAME_LINE, _A_GAP = 1.5, 0.12
"""Points by which two pieces of a line may lie apart in height; ems from which on a gap reads as a space."""
_PAPER: Colour = (1.0, 1.0, 1.0)
_NUMBERS = (int, float, Decimal)
_EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def met(self, other: "Box") -> "Box":
        """What both share; empty (wider than nothing in no direction) where they share nothing."""
        return Box(max(self.left, other.left), max(self.top, other.top), min(self.right, other.right), min(self.bottom, other.bottom))

    @property
    def wide(self) -> float:
        return max(self.right - self.left, 0.0)

    @property
    def tall(self) -> float:
        return max(self.bottom - self.top, 0.0)


@dataclass(frozen=True, slots=True)
class Face:
    """A font of a PDF: its letters and their widths, in thousandths of an em, by the bytes that stand for them."""

    name: str
    is_embedded: bool
    letters: Mapping[bytes, str]
    widths: Mapping[bytes, float]
    usual: float
    bytes_a_code: int


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. `mark` is the number that ties it to the tags, None for what is no content (running heads, page numbers).

    `cut` is the box outside which nothing of it is seen; `size` in points as it is seen.
    """

    page: int
    text: str
    box: Box
    size: float
    colour: Colour
    ground: Colour
    cut: Box
    face: str
    mark: int | None
    is_unknown: bool = False

    def goes_on(self, other: "Run", gap: float = _A_GAP) -> bool:
        """Whether the other one, read next, belongs to the same word: beside it by less than so many ems, or above it where a line is set upright."""
        if self.page != other.page:
            return False
        gap *= other.size
        is_beside = abs(self.box.bottom - other.box.bottom) < _SAME_LINE and -gap < other.box.left - self.box.right < gap
        return is_beside or (abs(self.box.left - other.box.left) < _SAME_LINE and -gap < self.box.top - other.box.bottom < gap)

    @property
    def is_bold(self) -> bool:
        return any(word in self.face.casefold() for word in ("bold", "600", "700"))


@dataclass(frozen=True, slots=True)
class Ground:
    """A painted shape by the boxes of its parts; with `odd` a point in two of them lies in a hole."""

    parts: tuple[Box, ...]
    colour: Colour
    opacity: float
    odd: bool

    def covers(self, x: float, y: float) -> bool:
        count = 0
        for part in self.parts:
            if part.left <= x <= part.right and part.top <= y <= part.bottom:
                count += 1
        return count % 2 == 1 if self.odd else count > 0


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    cut: Box
    fill: Colour = (0.0, 0.0, 0.0)
    opacity: float = 1.0
    face: str = ""
    size: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Page:
    """The state of reading one page."""

    number: int
    faces: Mapping[str, Face]
    opacities: Mapping[str, float]
    state: _State
    kept: list[_State] = field(default_factory=list)
    marks: list[int | None] = field(default_factory=list)
    path: list[list[tuple[float, float]]] = field(default_factory=list)
    cuts: bool = False
    line: Matrix = (1, 0, 0, 1, 0, 0)
    grounds: list[Ground] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def runs_of(
    number: int, height: float, commands: Iterable[tuple[Sequence[Any], str]], faces: Mapping[str, Face], opacities: Mapping[str, float]
) -> tuple[Run, ...]:
    """The pieces of text of a page in the order they are drawn; `opacities` of the graphics states by name."""
    page = _Page(number, faces, opacities, _State((1, 0, 0, -1, 0, height), Box(*_EVERYWHERE)))
    for operands, operator in commands:
        act = _ACTS.get(operator)
        if act:
            act(page, operands)
    return tuple(page.runs)


# State


def _keep(page: _Page, _: Sequence[Any]) -> None:
    page.kept.append(page.state)


def _restore(page: _Page, _: Sequence[Any]) -> None:
    if page.kept:
        page.state = page.kept.pop()


def _transform(page: _Page, operands: Sequence[Any]) -> None:
    page.state = replace(page.state, matrix=_product(_matrix(operands), page.state.matrix))


def _colour(page: _Page, operands: Sequence[Any]) -> None:
    values = [float(value) for value in operands if isinstance(value, _NUMBERS)]
    if len(values) == 3:
        page.state = replace(page.state, fill=(values[0], values[1], values[2]))
    elif len(values) == 1:
        page.state = replace(page.state, fill=(values[0], values[0], values[0]))
    elif len(values) == 4:
        page.state = replace(page.state, fill=_from_inks(values))


def _from_inks(values: Sequence[float]) -> Colour:
    cyan, magenta, yellow, black = values
    return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))


def _graphics(page: _Page, operands: Sequence[Any]) -> None:
    opacity = page.opacities.get(str(operands[0]))
    if opacity is not None:
        page.state = replace(page.state, opacity=opacity)


def _begin(page: _Page, operands: Sequence[Any]) -> None:
    properties: Any = operands[1] if len(operands) > 1 else None
    mark = properties.get("/MCID") if hasattr(properties, "get") else None
    inherited = page.marks[-1] if page.marks and str(operands[0]) != "/Artifact" else None
    page.marks.append(int(mark) if mark is not None else inherited)


def _end(page: _Page, _: Sequence[Any]) -> None:
    if page.marks:
        page.marks.pop()


# Shapes


def _move(page: _Page, operands: Sequence[Any]) -> None:
    page.path.append([_point(page.state.matrix, operands[0], operands[1])])


def _draw(page: _Page, operands: Sequence[Any]) -> None:
    if page.path:
        page.path[-1].append(_point(page.state.matrix, operands[-2], operands[-1]))


def _rectangle(page: _Page, operands: Sequence[Any]) -> None:
    x, y, wide, tall = map(float, operands)
    page.path.append([_point(page.state.matrix, *corner) for corner in ((x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall))])


def _will_cut(page: _Page, _: Sequence[Any]) -> None:
    page.cuts = True


def _painted(odd: bool) -> Callable[[_Page, Sequence[Any]], None]:
    def paint(page: _Page, operands: Sequence[Any]) -> None:
        parts = tuple(box.met(page.state.cut) for box in map(_around, page.path))
        page.grounds.append(Ground(parts, page.state.fill, page.state.opacity, odd))
        _done(page, operands)

    return paint


def _done(page: _Page, _: Sequence[Any]) -> None:
    if page.cuts and page.path:
        page.state = replace(page.state, cut=page.state.cut.met(_around(list(chain.from_iterable(page.path)))))
    page.cuts = False
    page.path.clear()


# Text


def _start(page: _Page, _: Sequence[Any]) -> None:
    page.line = (1, 0, 0, 1, 0, 0)


def _font(page: _Page, operands: Sequence[Any]) -> None:
    page.state = replace(page.state, face=str(operands[0]), size=float(operands[1]))


def _mode(page: _Page, operands: Sequence[Any]) -> None:
    page.state = replace(page.state, mode=int(operands[0]))


def _set_line(page: _Page, operands: Sequence[Any]) -> None:
    page.line = _matrix(operands)


def _shift(page: _Page, operands: Sequence[Any]) -> None:
    page.line = _product((1, 0, 0, 1, float(operands[0]), float(operands[1])), page.line)


def _show(page: _Page, operands: Sequence[Any]) -> None:
    _ink(page, [bytes(operands[0])])


def _show_parts(page: _Page, operands: Sequence[Any]) -> None:
    _ink(page, [float(part) if isinstance(part, _NUMBERS) else bytes(part) for part in operands[0]])


def _ink(page: _Page, parts: Iterable[bytes | float]) -> None:
    """One line's letters; a number moves the next ones back, in thousandths of an em."""
    state = page.state
    face = page.faces.get(state.face)
    if face is None:
        return
    shown, wide, step = [], 0.0, face.bytes_a_code
    for part in parts:
        if isinstance(part, float):
            wide -= part
            continue
        for at in range(0, len(part), step):
            code = part[at : at + step]
            shown.append(face.letters.get(code, UNKNOWN))
            wide += face.widths.get(code, face.usual)
    text = "".join(in_reading_order(shown))
    matrix = _product(page.line, state.matrix)
    long = wide * state.size / 1000
    page.line = _product((1, 0, 0, 1, long, 0), page.line)
    if not text.strip():
        return
    box = _around([_point(matrix, x, y * state.size) for x in (0.0, long) for y in (-_DESCENT, _ASCENT)])
    size = state.size * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
    ground = _ground_at(page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    colour = ground if state.mode == _INVISIBLE else _over(state.fill, ground, state.opacity)
    mark = page.marks[-1] if page.marks else None
    page.runs.append(Run(page.number, text, box, size, colour, ground, state.cut, face.name, mark, UNKNOWN in text))


def _ground_at(page: _Page, x: float, y: float) -> Colour:
    """The colour painted there so far."""
    above: list[Ground] = []
    for ground in reversed(page.grounds):
        if ground.covers(x, y):
            above.append(ground)
            if ground.opacity >= 1:
                break
    colour = _PAPER
    for ground in reversed(above):
        colour = _over(ground.colour, colour, ground.opacity)
    return colour


def _over(colour: Colour, ground: Colour, opacity: float) -> Colour:
    red, green, blue = (top * opacity + under * (1 - opacity) for top, under in zip(colour, ground, strict=True))
    return (red, green, blue)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _point(matrix: Matrix, x: Any, y: Any) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    across, down = float(x), float(y)
    return (a * across + c * down + e, b * across + d * down + f)


def _around(points: Sequence[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


_FILL, _FILL_ODD = _painted(False), _painted(True)
_ACTS: Mapping[str, Callable[[_Page, Sequence[Any]], None]] = {
    "q": _keep,
    "Q": _restore,
    "cm": _transform,
    **dict.fromkeys(("rg", "g", "k", "sc", "scn"), _colour),
    "gs": _graphics,
    "BDC": _begin,
    "BMC": _begin,
    "EMC": _end,
    "m": _move,
    **dict.fromkeys(("l", "c", "v", "y"), _draw),
    "re": _rectangle,
    **dict.fromkeys(("W", "W*"), _will_cut),
    **dict.fromkeys(("f", "F", "B", "b"), _FILL),
    **dict.fromkeys(("f*", "B*", "b*"), _FILL_ODD),
    **dict.fromkeys(("n", "S", "s"), _done),
    "BT": _start,
    "Tf": _font,
    "Tr": _mode,
    "Tm": _set_line,
    "Td": _shift,
    "Tj": _show,
    "TJ": _show_parts,
}
COMMANDS = " ".join(_ACTS)
"""The commands that are read; a reader of a page may leave out all others."""
