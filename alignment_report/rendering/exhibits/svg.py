"""Shapes and labels into one SVG text that every renderer of ours draws alike."""

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from alignment_report.rendering.exhibits.geometry import Box
from alignment_report.rendering.exhibits.theme import Role, Theme
from alignment_report.rendering.exhibits.typeset import REGULAR, clip, width

WIDTH = 680.0
LABEL = 12.5
SMALL = 11.0
LEAST = 10.5
_ASCENT, _DESCENT = 0.76, 0.22
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Svg:
    """A canvas, 680 units wide. Colours are baked into attributes: WeasyPrint does not apply the page's styles here.
    Without `geometricPrecision` Chromium rounds the width of every letter, and labels grow past their room.

    `labels` holds the box of every text drawn, for those who check the layout.
    """

    def __init__(self, theme: Theme, prefix: str, title: str, alt: str) -> None:
        self.theme = theme
        self.labels: list[tuple[Box, str]] = []
        names = {"role": "img", "aria-labelledby": f"{prefix}-title {prefix}-description"}
        look = {
            "font-family": f"{theme.family}, sans-serif",
            "font-size": n(LABEL),
            "fill": theme.ink,
            "text-rendering": "geometricPrecision",
            "style": "width:100%;height:auto",
        }
        self._root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **names, **look})
        self._add("title", {"id": f"{prefix}-title"}, title)
        self._add("desc", {"id": f"{prefix}-description"}, alt)

    def markup(self, height: float) -> str:
        """The finished drawing, of this height."""
        sizes = {"viewBox": f"0 0 {n(WIDTH)} {n(height)}", "width": n(WIDTH), "height": n(height)}
        self._root.attrib.update(sizes)
        return ElementTree.tostring(self._root, encoding="unicode")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = LABEL,
        weight: int = REGULAR,
        fill: str | None = None,
        anchor: float = 0.0,
        room: float | None = None,
    ) -> Box:
        """One line on the baseline `y`; `anchor` is the share of its width that lies left of `x`; `room` shortens it.

        The left edge is computed here: cheaper for WeasyPrint, and smaller files, than `text-anchor`.
        """
        shown = _plain(text) if room is None else clip(_plain(text), size, room, weight)
        wide = width(shown, size, weight)
        box = Box(x - anchor * wide, y - _ASCENT * size, wide, (_ASCENT + _DESCENT) * size)
        if shown:
            self._text(box.x, y, shown, size, weight, fill, {})
            self.labels.append((box, shown))
        return box

    def upright(self, x: float, y: float, text: str, *, size: float = SMALL, fill: str | None = None, anchor: float = 0.0) -> Box:
        """One line that reads from the bottom to the top, its baseline at `x`, from `y` upwards."""
        shown = _plain(text)
        wide = width(shown, size)
        bottom = y + anchor * wide
        box = Box(x - _ASCENT * size, bottom - wide, (_ASCENT + _DESCENT) * size, wide)
        if shown:
            self._text(x, bottom, shown, size, REGULAR, fill, {"transform": f"rotate(-90 {n(x)} {n(bottom)})"})
            self.labels.append((box, shown))
        return box

    def lines(
        self, x: float, middle: float, lines: Sequence[str], *, size: float = LABEL, weight: int = REGULAR, fill: str | None = None
    ) -> None:
        """Lines one under another, centred on the height `middle`."""
        step = size * 1.16
        first = middle + 0.36 * size - step * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            self.text(x, first + place * step, line, size=size, weight=weight, fill=fill)

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float = 1.0, dash: str | None = None) -> None:
        look = {"stroke": stroke, "stroke-width": n(thick)} | ({"stroke-dasharray": dash} if dash else {})
        self._add("path", {"d": f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}", "fill": "none", **look})

    def rules(self, ys: Iterable[float], x1: float, x2: float, stroke: str) -> None:
        """Hairlines across, as one path."""
        self._strokes("".join(f"M{n(x1)} {n(y)}H{n(x2)}" for y in ys), stroke)

    def columns(self, xs: Iterable[float], y1: float, y2: float, stroke: str) -> None:
        """Hairlines down, as one path."""
        self._strokes("".join(f"M{n(x)} {n(y1)}V{n(y2)}" for x in xs), stroke)

    def rect(self, x: float, y: float, wide: float, tall: float, fill: str, opacity: float | None = None) -> None:
        if wide <= 0 or tall <= 0:
            return
        look = {"fill": fill} | ({"fill-opacity": f"{opacity:g}"} if opacity is not None else {})
        self._add("rect", {"x": n(x), "y": n(y), "width": n(wide), "height": n(tall), **look})

    def frame(self, x: float, y: float, wide: float, tall: float, stroke: str, thick: float = 1.0, dash: str | None = None) -> None:
        look = {"stroke": stroke, "stroke-width": n(thick)} | ({"stroke-dasharray": dash} if dash else {})
        self._add("rect", {"x": n(x), "y": n(y), "width": n(wide), "height": n(tall), "fill": "none", **look})

    def path(self, d: str, fill: str = "none", stroke: str | None = None, thick: float = 1.0, opacity: float | None = None) -> None:
        look = {"fill": fill} | ({"stroke": stroke, "stroke-width": n(thick)} if stroke else {})
        look |= {"fill-opacity": f"{opacity:g}"} if opacity is not None else {}
        self._add("path", {"d": d, **look})

    def dots(self, places: Iterable[tuple[float, float]], size: float, fill: str) -> None:
        """Many dots as one path of round caps: about a quarter of the cost of circles in a PDF."""
        d = "".join(f"M{n(x)} {n(y)}h.01" for x, y in places)
        if d:
            self._add("path", {"d": d, "fill": "none", "stroke": fill, "stroke-width": n(size), "stroke-linecap": "round"})

    def mark(self, role: Role, x: float, y: float, size: float = 11.0) -> None:
        """The role's shape in its colour with an edge of paper: circle, diamond, square; shared is half of each."""
        half = round(size / 2, 1)
        point = half * 1.18
        half_circle = f"M{n(x)} {n(y - half)}a{n(half)} {n(half)} 0 0 0 0 {n(2 * half)}"
        circle = f"{half_circle}a{n(half)} {n(half)} 0 0 0 0 {n(-2 * half)}Z"
        if role == "marketing":
            self._shape(f"M{n(x)} {n(y - point)}L{n(x + point)} {n(y)}L{n(x)} {n(y + point)}L{n(x - point)} {n(y)}Z", role)
        elif role == "leadership":
            side = half * 0.9
            self._shape(f"M{n(x - side)} {n(y - side)}H{n(x + side)}V{n(y + side)}H{n(x - side)}Z", role)
        elif role == "shared":
            half_diamond = f"M{n(x)} {n(y - half)}L{n(x + point)} {n(y)}L{n(x)} {n(y + half)}Z"
            self.path(f"{half_circle}Z{half_diamond}", self.theme.paper, self.theme.paper, 1.5)
            self.path(f"{half_circle}Z", self.theme.sales)
            self.path(half_diamond, self.theme.marketing)
        else:
            self._shape(circle, role)

    def swatch(self, role: Role, x: float, y: float, wide: float, tall: float) -> None:
        """A bar in the role's colour; a shared bar has both colours as its edges."""
        if role == "shared":
            edge = min(4.0, max(2.5, tall * 0.16))
            self.rect(x, y, wide, tall, self.theme.band)
            self.rect(x, y, wide, edge, self.theme.sales)
            self.rect(x, y + tall - edge, wide, edge, self.theme.marketing)
        else:
            self.rect(x, y, wide, tall, self.theme.of(role))

    def key(self, x: float, y: float, entries: Sequence[tuple[Role | str, str]], *, right: float = WIDTH, as_bars: bool = False) -> float:
        """One row of marks and their names, more rows where they do not fit; gives the baseline of the last row.

        An entry is a role, `overall-tick`, a colour for a small square, or `dot:` and a colour for a small dot.
        """
        left = x
        for sign, name in entries:
            shown = clip(_plain(name), SMALL, right - left - 16)
            wide = width(shown, SMALL)
            if x > left and x + 16 + wide > right:
                x, y = left, y + 18
            self._sign(sign, x, y, as_bar=as_bars)
            self.text(x + 16, y, shown, size=SMALL, fill=self.theme.muted)
            x += wide + 34
        return y

    def _sign(self, sign: str, x: float, y: float, as_bar: bool) -> None:
        middle = y - 4
        if sign.startswith("#"):
            self.rect(x, middle - 5, 10, 10, sign)
        elif sign.startswith("dot:"):
            self.dots([(x + 5, middle)], 9, sign.removeprefix("dot:"))
        elif sign == "overall-tick":
            self.rect(x + 4, middle - 6, 3, 12, self.theme.overall)
        elif as_bar:
            self.swatch(_role(sign), x, middle - 5, 10, 10)
        else:
            self.mark(_role(sign), x + 5, middle, 9)

    def _shape(self, d: str, role: Role) -> None:
        self.path(d, self.theme.of(role), self.theme.paper, 1.5)

    def _strokes(self, d: str, stroke: str) -> None:
        if d:
            self._add("path", {"d": d, "fill": "none", "stroke": stroke, "stroke-width": "1"})

    def _text(self, x: float, y: float, text: str, size: float, weight: int, fill: str | None, more: dict[str, str]) -> None:
        look = {"font-size": n(size)} if size != LABEL else {}
        look |= {"font-weight": str(weight)} if weight != REGULAR else {}
        look |= {"fill": fill} if fill and fill != self.theme.ink else {}
        self._add("text", {"x": n(x), "y": n(y), **look, **more}, text)

    def _add(self, tag: str, attributes: dict[str, str], text: str = "") -> None:
        element = ElementTree.SubElement(self._root, tag, attributes)
        if text:
            element.text = _plain(text)


def n(value: float) -> str:
    """A coordinate: one decimal, no trailing zero, no negative nought."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text).replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _role(sign: str) -> Role:
    roles: dict[str, Role] = {"sales": "sales", "marketing": "marketing", "leadership": "leadership", "shared": "shared"}
    return roles.get(sign, "overall")
