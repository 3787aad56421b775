"""An SVG picture into one that only draws: shapes, fills, gradients and clips, nothing that runs, loads or refers outside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

MOST_SHAPES = 5_000
"""Elements, those drawn again by `use` counted each time."""
DEEPEST = 60

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DRAWS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "style",
    ]
)
_TELLS = frozenset({"title", "desc", "metadata"})
_GEOMETRY = (
    "d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox offset gradientUnits gradientTransform spreadMethod"
)
_PAINT = (
    "fill fill-rule fill-opacity stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
    "stroke-dashoffset opacity stop-color stop-opacity clip-path clip-rule clipPathUnits color display visibility vector-effect"
)
_ATTRIBUTES = frozenset(f"id class style href {_GEOMETRY} {_PAINT}".split())
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_REFERRING = _GRADIENTS | {"use"}
_FUNCTION = re.compile(r"([\w-]*)\s*\(")
_FUNCTIONS = frozenset(["rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY", "skewx", "skewy"])
_LOCAL = re.compile(r"url\(\s*([\"']?)#([\w.:-]+)\1\s*\)")
_ID = re.compile(r"[\w.:-]+")
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*")
_WHY = {"text": "letters would need a font: turn them into outlines", "image": "a picture within the picture: draw it, or use PNG"}


class Trouble(Exception):
    """What makes a picture unusable, at its place."""

    def __init__(self, place: tuple[int, int], says: str, hint: str = "") -> None:
        super().__init__(says)
        (self.line, self.column), self.says, self.hint = place, says, hint


@dataclass(frozen=True, slots=True)
class Drawing:
    """What remains, its proportions, and at which line and column something that draws or acts was left out."""

    content: bytes
    width: float
    height: float
    left_out: tuple[tuple[int, int, str], ...]


def clean(content: bytes) -> Drawing:
    """The picture without all that is not known to be harmless; raises Trouble where nothing can be made of it."""
    reader = _Reader()
    root = reader.read(content)
    width, height = _size(root)
    _require_few(root)
    root.attrib |= {"xmlns": _SVG, "width": f"{width:g}", "height": f"{height:g}"}
    root.attrib.setdefault("viewBox", f"0 0 {width:g} {height:g}")
    return Drawing(ElementTree.tostring(root), width, height, tuple(reader.left_out))


class _Reader:
    """Builds the tree while the text is read; what is not known does not enter it. No entity is ever resolved."""

    def __init__(self) -> None:
        self.left_out: list[tuple[int, int, str]] = []
        self._open: list[ElementTree.Element] = []
        self._root: ElementTree.Element | None = None
        self._within_dropped = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, content: bytes) -> ElementTree.Element:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Trouble((error.lineno, error.offset + 1), "this is no well-formed SVG") from None
        except (ValueError, LookupError):
            raise Trouble((1, 1), "this is no well-formed SVG", "save it as UTF-8") from None
        if self._root is None:
            raise Trouble((1, 1), "the outermost element must be <svg>")
        return self._root

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_inside: int) -> None:
        if has_inside:
            raise Trouble(self._here(), "definitions stand before the picture (<!DOCTYPE … [)", "export it as plain SVG")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if self._within_dropped or not self._is_wanted(space, name):
            self._within_dropped += 1
            return
        if len(self._open) >= DEEPEST:
            raise Trouble(self._here(), f"the picture is nested more than {DEEPEST} deep")
        element = ElementTree.Element(name, dict(self._kept(name, attributes)))
        if self._open:
            self._open[-1].append(element)
        elif self._root is None and name == "svg":
            self._root = element
        self._open.append(element)

    def _is_wanted(self, space: str, name: str) -> bool:
        if space not in ("", _SVG) or name in _TELLS:
            return False
        if name not in _DRAWS:
            why = f": {_WHY[name]}" if name in _WHY else ""
            self._leave_out(f"<{name}> was left out{why}")
            return False
        return True

    def _kept(self, name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for written, value in attributes.items():
            space, _, attribute = written.rpartition(" ")
            if space not in ("", _XLINK) or (space and attribute != "href"):
                continue
            if attribute == "href" and (name not in _REFERRING or not _ID.fullmatch(value[1:]) or value[:1] != "#"):
                self._leave_out("a reference to something outside the picture was left out")
            elif attribute.lower().startswith("on") or (attribute in _ATTRIBUTES and not _is_plain(value)):
                self._leave_out(f"`{attribute}` was left out: it could run or load something")
            elif attribute in _ATTRIBUTES:
                yield attribute, value

    def _end(self, _tag: str) -> None:
        if self._within_dropped:
            self._within_dropped -= 1
            return
        element = self._open.pop()
        if element.tag == "style" and not _is_plain(element.text or ""):
            element.text = ""
            self._leave_out("<style> was left out: it could load something; let the program write attributes instead")

    def _text(self, text: str) -> None:
        if not self._within_dropped and self._open and self._open[-1].tag == "style":
            self._open[-1].text = (self._open[-1].text or "") + text

    def _leave_out(self, says: str) -> None:
        if says not in {told for *_, told in self.left_out}:
            self.left_out.append((*self._here(), says))

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1


def _is_plain(value: str) -> bool:
    """Whether a value or style names colours, numbers, shapes and parts of the picture itself, and nothing else."""
    rest = _LOCAL.sub("", value)
    return not any(sign in rest for sign in ("\\", "@", "<", "&")) and set(_FUNCTION.findall(rest)) <= _FUNCTIONS


def _size(root: ElementTree.Element) -> tuple[float, float]:
    """Width and height of the picture in its own units."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        width, height = (_LENGTH.fullmatch(part) for part in box[2:])
    else:
        root.attrib.pop("viewBox", None)
        width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if not width or not height or not float(width[1]) or not float(height[1]):
        raise Trouble((1, 1), "the picture does not say how wide and high it is", 'give <svg> a viewBox, like viewBox="0 0 120 40"')
    if not 1 / 40 <= float(width[1]) / float(height[1]) <= 40:
        raise Trouble((1, 1), "the picture is more than 40 times as long one way as the other")
    return float(width[1]), float(height[1])


def _require_few(root: ElementTree.Element) -> None:
    """Refuses a picture that is drawn from itself, or with too many shapes once all that is referred to is counted."""
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    if any(named[name].tag not in _GRADIENTS for style in root.iter("style") for name in _referred(style) if name in named):
        raise Trouble((1, 1), "<style> refers to a clip or a shape", "export it with attributes instead of styles, or use PNG")
    counted: dict[int, int] = {}

    def count(element: ElementTree.Element, around: tuple[int, ...]) -> int:
        if id(element) in around:
            raise Trouble((1, 1), "a part of the picture refers to itself")
        if id(element) not in counted:
            inside = (*around, id(element))
            parts = [*element, *(named[name] for name in _referred(element) if name in named)]
            counted[id(element)] = 1 + sum(count(part, inside) for part in parts)
        if counted[id(element)] > MOST_SHAPES:
            raise Trouble((1, 1), f"the picture consists of more than {MOST_SHAPES:,} shapes", "simplify it, or use PNG")
        return counted[id(element)]

    count(root, ())


def _referred(element: ElementTree.Element) -> Iterator[str]:
    if href := element.get("href"):
        yield href[1:]
    for value in (*element.attrib.values(), element.text or ""):
        yield from (name for _, name in _LOCAL.findall(value))
