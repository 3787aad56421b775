"""Text into widths, lines and shortened labels, from the advance widths of the typeface that sets them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache

from alignment_report.resources import shipped

REGULAR = 400
SEMIBOLD = 600
_UNITS = 2048
_UNKNOWN = 2048


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by its name, and the advance widths of its letters in 1/2048 em, by weight. Two of one name are one."""

    name: str
    advances: Mapping[int, Mapping[str, int]] = field(compare=False, repr=False)


_face: ContextVar[Face | None] = ContextVar("face", default=None)


@contextmanager
def set_in(face: Face | None) -> Iterator[None]:
    """Within it text is measured in that typeface; a letter it lacks, and all text where it is None, in the bundled one."""
    before = _face.set(face)
    try:
        yield
    finally:
        _face.reset(before)


def width(text: str, size: float, weight: int = REGULAR) -> float:
    """Width in units of the canvas. A character that no typeface has counts one em."""
    return _width(text, size, weight, _face.get())


@lru_cache(maxsize=8192)
def _width(text: str, size: float, weight: int, face: Face | None) -> float:
    bundled = _advances()[weight]
    own = face.advances[weight] if face else bundled
    return sum(own.get(character) or bundled.get(character, _UNKNOWN) for character in text) * size / _UNITS


def clip(text: str, size: float, room: float, weight: int = REGULAR) -> str:
    """The text, cut at the end and marked with an ellipsis where it is wider than the room."""
    if width(text, size, weight) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, weight) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept else ""


def wrap(text: str, size: float, room: float, weight: int = REGULAR, most: int = 3) -> tuple[str, ...]:
    """The text in as few lines as the room asks for, of even length; beyond `most` lines it is shortened.

    A word wider than the room is divided where it fits, with a hyphen.
    """
    words = [piece for word in text.split() for piece in _divided(word, size, room, weight)]
    lines = _filled(words, size, room, weight)
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return (*lines[: most - 1], clip(rest, size, room, weight) if width(rest, size, weight) > room else rest)
    return _balanced(words, size, room, weight, lines)


def _balanced(words: list[str], size: float, room: float, weight: int, lines: tuple[str, ...]) -> tuple[str, ...]:
    narrow, wide, best = room / 3, room, lines
    for _ in range(8 if len(lines) > 1 else 0):
        middle = (narrow + wide) / 2
        trial = _filled(words, size, middle, weight)
        if len(trial) <= len(lines) and all(width(line, size, weight) <= room for line in trial):
            wide, best = middle, trial
        else:
            narrow = middle
    return best


def _filled(words: list[str], size: float, room: float, weight: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size, weight) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _divided(word: str, size: float, room: float, weight: int) -> list[str]:
    pieces = []
    while width(word, size, weight) > room and len(word) > 2:
        cut = len(word) - 1
        while cut > 1 and width(word[:cut] + "-", size, weight) > room:
            cut -= 1
        at_hyphen = word.rfind("-", 1, cut) + 1
        pieces.append(word[:at_hyphen] if at_hyphen else word[:cut] + "-")
        word = word[at_hyphen or cut :]
    return [*pieces, word]


@cache
def letters() -> frozenset[str]:
    """The characters that every weight of the bundled typeface can print."""
    return frozenset.intersection(*(frozenset(widths) for widths in _advances().values()))


@cache
def _advances() -> dict[int, dict[str, int]]:
    faces = json.loads((shipped("templates") / "fonts" / "widths.json").read_text(encoding="utf-8"))
    return {int(weight): widths for weight, widths in faces.items()}
