"""The words of a bar of the plan: inside it, beside it, or in two lines."""

from dataclasses import dataclass

from alignment_report.rendering.exhibits.figures import widest
from alignment_report.rendering.exhibits.svg import LABEL, SMALL
from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, width, wrap

_TOO_NARROW = 90.0


@dataclass(frozen=True, slots=True)
class BarLabel:
    lines: tuple[str, ...]
    x: float
    size: float
    weight: int
    inside: bool

    @property
    def wide(self) -> float:
        return widest(self.lines, self.size, self.weight)


def bar_label(text: str, bar: tuple[float, float], room: tuple[float, float], inset: float) -> BarLabel:
    """The best place for the text of a bar that runs from `bar[0]` to `bar[1]`, with `room` around it and `inset` kept free at its end.

    In order: inside on one line, after or before the bar on one line, inside on two, beside on two; only there it is shortened.
    """
    inner = bar[1] - bar[0] - inset - 8
    after, before = room[1] - bar[1] - 8, bar[0] - room[0] - 8
    wide = width(text, LABEL)
    two = wrap(text, SMALL, inner, most=2) if inner > 0 else ()
    if width(text, LABEL, SEMIBOLD) <= inner:
        return BarLabel((text,), bar[0] + 8, LABEL, SEMIBOLD, inside=True)
    if wide <= after:
        return BarLabel((text,), bar[1] + 7, LABEL, REGULAR, inside=False)
    if wide <= before:
        return BarLabel((text,), bar[0] - 7 - wide, LABEL, REGULAR, inside=False)
    if _whole(two, text) or max(after, before) < _TOO_NARROW:
        return BarLabel(two, bar[0] + 8, SMALL, REGULAR, inside=True)
    lines = wrap(text, SMALL, max(after, before), most=2)
    left = bar[1] + 7 if after >= before else bar[0] - 7 - widest(lines, SMALL)
    return BarLabel(lines, left, SMALL, REGULAR, inside=False)


def _whole(lines: tuple[str, ...], text: str) -> bool:
    return "".join("".join(lines).split()) == "".join(text.split())
