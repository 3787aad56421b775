"""A folder of TrueType files into the two of one family that a playbook is set in."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

LARGEST = 4_194_304
"""Bytes of a font file."""
_MOST = 60
"""Files of a folder."""
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_REGULAR, _SEMIBOLD, _BETWEEN = 400, 600, 500
_NO_EMBEDDING = 0b10
_LETTERS = "AZaz09"


@dataclass(frozen=True, slots=True)
class Faces:
    """The content of both files; `is_restricted` says that one of them bears the mark that it must not be embedded."""

    regular: bytes
    semibold: bytes
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes
    families: frozenset[str]
    weight: int
    upright: bool
    is_static: bool
    is_restricted: bool


def font_files(folder: Path, family: str) -> Faces | str:
    """The upright files nearest to weight 400 and 600 of the family; words for what stands in the way."""
    if folder.is_symlink() or not folder.is_dir():
        return "there is no such folder beside theme.yaml"
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".ttf")
    if not paths:
        return "this folder has no TrueType files (.ttf)"
    if len(paths) > _MOST:
        return f"this folder has more than {_MOST} files; keep those of one family there"
    files = [_file(path) for path in paths]
    if troubles := [found for found in files if isinstance(found, str)]:
        return troubles[0]
    return _chosen([found for found in files if not isinstance(found, str)], family)


def _chosen(files: list[_File], family: str) -> Faces | str:
    own = [file for file in files if family in file.families]
    if not own:
        there = sorted({name for file in files for name in file.families})
        return f"no file is of the family `{family}`; there is {', '.join(f'`{name}`' for name in there)}"
    if any(not file.is_static for file in own):
        return "a variable font cannot be used: put its files for weight 400 and 600 or 700 there"
    upright = [file for file in own if file.upright]
    regular = _nearest((file for file in upright if file.weight <= _BETWEEN), _REGULAR)
    semibold = _nearest((file for file in upright if file.weight > _BETWEEN), _SEMIBOLD)
    for kind, found in (("regular one (weight 400)", regular), ("bold one (weight 600 or 700)", semibold)):
        if not found:
            return f"the family `{family}` lacks an upright file for text, a {kind}"
        if len(found) > 1:
            return f"{found[0].name} and {found[1].name} are of the same weight; keep one of them"
    return Faces(regular[0].content, semibold[0].content, regular[0].is_restricted or semibold[0].is_restricted)


def _nearest(files: Iterable[_File], weight: int) -> list[_File]:
    found = list(files)
    distance = min((abs(file.weight - weight) for file in found), default=0)
    return [file for file in found if abs(file.weight - weight) == distance]


def _file(path: Path) -> _File | str:
    if path.is_symlink() or not path.is_file():
        return f"{path.name} is a link or no file; a copy of the file itself must stand there"
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return f"{path.name} has more than {LARGEST // 1024 // 1024} MiB"
    if not content.startswith(_TRUETYPE):
        return f"{path.name} is no TrueType file"
    try:
        return _described(path.name, content)
    except Exception:  # whatever a damaged file makes the library stumble over
        return f"{path.name} is damaged, or lacks what a font needs"


def _described(name: str, content: bytes) -> _File:
    font: Any = import_module("fontTools.ttLib").TTFont(io.BytesIO(content), lazy=False)
    for table in font.keys():  # noqa: SIM118 - no mapping
        font[table]
    table, letters = font["OS/2"], font.getBestCmap()
    if any(ord(letter) not in letters or letters[ord(letter)] not in font["hmtx"].metrics for letter in _LETTERS):
        return _File(name, content, frozenset(), 0, False, True, False)
    names = frozenset(str(found) for number in (1, 16) for found in [font["name"].getDebugName(number)] if found)
    upright = not (table.fsSelection & 1 or font["head"].macStyle & 2 or font["post"].italicAngle)
    return _File(name, content, names, table.usWeightClass, upright, "fvar" not in font, bool(table.fsType & 0b1111 == _NO_EMBEDDING))
