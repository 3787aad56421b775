"""The bytes of a YAML file into a tree of nodes that know where they stand, or into flaws.

One parser, read event by event: nothing is built by PyYAML itself, so a file can neither run code nor multiply by aliases, and types are
decided by whoever reads the tree.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from alignment_report.errors import Flaw

LARGEST_FILE = 1024 * 1024
DEEPEST = 32
MOST_NODES = 200_000
LONGEST_SCALAR = 64 * 1024

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff\\ufffe\\uffff]"
)
_ODD_SPACES = "\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u2060\\u3000"
_ODD_START = re.compile(f"[{_ODD_SPACES}]")
_ODD_SPACE = re.compile(f"^ *(?:[\\w-]+:)?(?=[{_ODD_SPACES}])", re.MULTILINE)
_BLOCK = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)(?: *(?:\r\n|\r|\n))*( *)")
_LINE_END = re.compile(r"\r\n|\r|\n")

Place = tuple[int, int]
"""Line and column, both counted from 1."""


@dataclass(slots=True)
class Scalar:
    """A value as it was written; `start` and `end` are its span in the decoded text, quotes included.

    `block` is where the text of a block behind | starts, every line of it one line of the file; None where the value is no such block.
    """

    text: str
    plain: bool
    line: int
    column: int
    start: int
    end: int
    block: Place | None = None


class Mapping(dict[str, "Node"]):
    """Values by key, and where each key stands. Keys are in Unicode normal form C."""

    __slots__ = ("column", "keys_at", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column
        self.keys_at: dict[str, Place] = {}


class Sequence(list["Node"]):
    """A list and where it starts."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


class Refused(NamedTuple):
    """A place whose flaw is already told."""

    line: int
    column: int


Node = Scalar | Mapping | Sequence | Refused


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its tree and what is wrong with it. `root` is None where nothing could be read."""

    file: str
    root: Mapping | None
    flaws: tuple[Flaw, ...]


def parse(content: bytes, file: str) -> Document:
    """The tree of one YAML file; never raises, whatever the bytes are."""
    try:
        text = _text(content, file)
        tree = _Tree(text, file)
        return Document(file, tree.root(), tuple(tree.flaws))
    except _Unreadable as trouble:
        return Document(file, None, (trouble.flaw,))


class _Unreadable(Exception):
    """Nothing after this point can be read."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise _Unreadable(
            Flaw(file, 1, 1, f"the file is larger than {LARGEST_FILE // 1024} KiB", "split it or remove what does not belong here")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        raise _Unreadable(Flaw(file, *_end_of(before), "this is not UTF-8 text", "save the file with the encoding UTF-8")) from None
    if hidden := _HIDDEN.search(text):
        code = ord(hidden[0])
        says = f"a control or hidden character (U+{code:04X}) stands here"
        raise _Unreadable(Flaw(file, *_end_of(text[: hidden.start()]), says, "delete it"))
    return text


def _end_of(text: str) -> Place:
    lines = _LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


class _Tree:
    """Builds the nodes of one text, event by event, and stops before depth or size can do harm."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.flaws: list[Flaw] = []
        self.nodes = 0
        self.event: Callable[[], Any] = _LOADER(text).get_event

    def root(self) -> Mapping | None:
        self._next()
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _Unreadable(Flaw(self.file, 1, 1, "the file is empty"))
        if start.version or start.tags:
            self._flaw(start, "a line starting with % stands before the content", "delete it")
        top = self._next()
        node = self._node(top, 1)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._flaw(after, "a second document starts here", "one file holds one document: delete the line --- or what follows it")
        if isinstance(node, Mapping):
            return node
        if not isinstance(node, Refused):
            self._flaw(top, "the file must consist of keys and values, `key: value`")
        return None

    def _next(self) -> Any:
        try:
            return self.event()
        except yaml.MarkedYAMLError as error:
            flaw = _syntax_flaw(error, self.file)
            raise _Unreadable(_odd_space(self.text, flaw) or flaw) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            raise _Unreadable(Flaw(self.file, 1, 1, "a character in this file cannot be read", "save the file as UTF-8 text")) from None

    def _node(self, event: Any, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _Unreadable(self._told(event, f"the file holds more than {MOST_NODES:,} values"))
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None:
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._flaw(event, "this is a reference to another place (*)", "write the value out, or put the text in quotes")
            return Refused(*_place(event))
        if depth > DEEPEST and not isinstance(event, yaml.ScalarEvent):
            raise _Unreadable(self._told(event, f"lists and keys are nested more than {DEEPEST} deep"))
        refused = self._is_decorated(event)
        if isinstance(event, yaml.ScalarEvent):
            node: Node = self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            node = self._mapping(event, depth)
        else:
            node = self._sequence(event, depth)
        return Refused(*_place(event)) if refused else node

    def _is_decorated(self, event: Any) -> bool:
        if event.tag is not None:
            self._flaw(event, "a tag (!) stands before this value", "delete the tag, or put the text in quotes")
            return True
        if event.anchor is not None:
            self._flaw(event, "an anchor (&) stands before this value", "delete it, or put the text in quotes")
            return True
        return False

    def _scalar(self, event: Any) -> Scalar | Refused:
        text = event.value
        start = event.start_mark
        line, column = start.line + 1, start.column + 1
        if len(text) > LONGEST_SCALAR:
            self._flaw(event, f"this text is longer than {LONGEST_SCALAR // 1024} KiB")
            return Refused(line, column)
        if event.style == '"' and (hidden := _HIDDEN.search(text)):
            self._flaw(event, f"a control or hidden character (U+{ord(hidden[0]):04X}) is written in this text", "delete it")
            return Refused(line, column)
        block = (line + 1, self._indentation(start.index)) if event.style == "|" else None
        return Scalar(text, not event.style, line, column, start.index, event.end_mark.index, block)

    def _indentation(self, start: int) -> int:
        """The column of a block's text: that of its first line with something on it."""
        found = _BLOCK.match(self.text, start)
        return len(found[1]) + 1 if found else 1

    def _sequence(self, event: Any, depth: int) -> Sequence:
        found = Sequence(*_place(event))
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            found.append(self._node(item, depth + 1))
        return found

    def _mapping(self, event: Any, depth: int) -> Mapping | Refused:
        found, is_told = Mapping(*_place(event)), False
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            name = self._key(key, found, depth)
            value = self._node(self._next(), depth + 1)
            is_told = is_told or not isinstance(key, yaml.ScalarEvent)
            if name is not None:
                found[name] = value
                found.keys_at[name] = _place(key)
        return Refused(*_place(event)) if is_told else found

    def _key(self, event: Any, found: Mapping, depth: int) -> str | None:
        node = self._node(event, depth + 1)
        if isinstance(node, Refused):
            return None
        if not isinstance(node, Scalar):
            self._flaw(event, "a key must be a single word or text")
            return None
        if node.text == "<<" and node.plain:
            self._flaw(event, "this merges another place into this one (<<)", "write the keys out")
            return None
        name = unicodedata.normalize("NFC", node.text)
        if node.plain and (odd := _ODD_START.match(name)):
            self.flaws.append(_odd_space_flaw(self.file, *_place(event), odd[0]))
            return None
        if name in found.keys_at:
            self._flaw(event, f"the same key already stands on line {found.keys_at[name][0]}", "keep one of the two")
            if isinstance(first := found[name], Scalar) and first.plain and not first.text:
                found[name] = Refused(first.line, first.column)
            return None
        return name

    def _flaw(self, event: Any, says: str, hint: str = "") -> None:
        self.flaws.append(self._told(event, says, hint))

    def _told(self, event: Any, says: str, hint: str = "") -> Flaw:
        return Flaw(self.file, *_place(event), says, hint)


def _place(event: Any) -> Place:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


_INDENTATION = (
    "this line does not fit the lines above it",
    "check the indentation, and put text that holds `: ` or starts with a sign in quotes",
)
_SYNTAX: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "mapping values are not allowed",
        ("a colon followed by a space stands where no key can be", "put the text in quotes, or check the indentation"),
    ),
    (
        "could not find expected ':'",
        (
            "a key without its colon, or without the space after it, stands here or just above",
            "write `key: value`, and put text of several lines in quotes",
        ),
    ),
    ("quoted scalar", ("a quotation mark is opened here and not closed", "close it, and write it twice inside text in single quotes")),
    ("',' or", ("a bracket is not closed or a comma is missing", "close the list or the braces that start above")),
    ("tab", ("a tab stands here", "indent with spaces")),
    (
        "cannot start any token",
        ("a value cannot start with this character", "indent with spaces, and put text that starts with a sign in quotes"),
    ),
    ("escape", ("the sequence after the backslash has no meaning", "put the text in single quotes")),
    ("alphabetic or numeric", ("a value cannot start with * or &", "put the text in quotes")),
    ("tag", ("a value cannot start with !", "put the text in quotes")),
    ("directive", ("a line cannot start with %", "put the text in quotes")),
    ("block scalar", ("the sign after | or > has no meaning", "write | or > alone, and the text indented below")),
    ("document start", ("this does not belong to the content above", "check the indentation, and delete a stray bracket or line")),
    ("block", _INDENTATION),
    ("expected", _INDENTATION),
)


def _syntax_flaw(error: yaml.MarkedYAMLError, file: str) -> Flaw:
    problem = f"{error.problem or ''} {error.context or ''}"
    mark = error.context_mark if "quoted scalar" in problem and "escape" not in problem else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    says, hint = next(
        (words for sign, words in _SYNTAX if sign in problem), ("this is not valid YAML", "check quotes, brackets and indentation")
    )
    if "escape" in problem:
        says, hint = _SYNTAX[6][1]
    return Flaw(file, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, says, hint)


def _odd_space(text: str, flaw: Flaw) -> Flaw | None:
    """The last space up to a flaw that looks like an ordinary one and indents or separates nothing: the likely reason, and not to be seen."""
    before = "\n".join(_LINE_END.split(text)[: flaw.line])
    found = next(reversed(list(_ODD_SPACE.finditer(before))), None)
    return _odd_space_flaw(flaw.file, *_end_of(before[: found.end()]), before[found.end()]) if found else None


def _odd_space_flaw(file: str, line: int, column: int, letter: str) -> Flaw:
    return Flaw(
        file, line, column, f"a space that is no ordinary one (U+{ord(letter):04X}) stands here", "replace it by spaces of the space bar"
    )
