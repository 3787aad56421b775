"""A respondent's lines out of the text of a wave, everything else byte for byte as it was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alignment_report.errors import Flaw, FlawedInput
from alignment_report.reading.yaml_tree import Mapping, Node, Refused, Scalar, parse

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_BY_HAND = "delete this respondent by hand, then run the command again"


@dataclass(frozen=True, slots=True)
class Cut:
    """A wave's file without a respondent, and the lines, counted in the new file, of comments that may still speak of the person."""

    content: bytes
    remarks: tuple[int, ...]


def without_respondent(content: bytes, id: str, file: str) -> Cut:
    """Removes the lines of `respondents.<id>`. Raises FlawedInput where they cannot be removed without touching others.

    What is left is read again and held against the tree without that key, so that a layout this does not understand is refused,
    never spoilt.
    """
    tree = parse(content, file)
    if tree.root is None or tree.flaws:
        raise FlawedInput(tree.flaws)
    respondents = tree.root["respondents"]
    assert isinstance(respondents, Mapping)  # noqa: S101 - the caller has found the respondent there
    text = content.decode("utf-8-sig")
    lines = _LINES.findall(text)
    line, column = respondents.keys_at[id]
    if lines[line - 1][: column - 1].strip(" "):
        raise FlawedInput([Flaw(file, line, column, "this respondent does not start on a line of its own", _BY_HAND)])
    after = _end(respondents[id], line, column, text, lines)
    kept = [*lines[: line - 1], *lines[after - 1 :]]
    if len(respondents) == 1:
        _leave_none(kept, tree.root.keys_at["respondents"])
    left = "".join(kept)
    cut = content[: len(content) - len(text.encode())] + left.encode()
    if _plain(parse(cut, file).root) != _plain(tree.root, id):
        raise FlawedInput([Flaw(file, line, column, "this respondent's lines cannot be told from those of others", _BY_HAND)])
    return Cut(cut, tuple(_remarks(kept, line, id)))


def _end(block: Node, line: int, column: int, text: str, lines: Sequence[str]) -> int:
    """The first line after the block: what is indented deeper than its key still belongs to it, as do blank lines in between."""
    last = text.count("\n", 0, _last_sign(block)) if "\n" in text else text.count("\r", 0, _last_sign(block))
    found = max(last + 1, line)
    for number in range(found + 1, len(lines) + 1):
        written = lines[number - 1].strip()
        if written and not lines[number - 1].startswith(" " * column):
            break
        if written:
            found = number
    return found + 1


def _last_sign(node: Node) -> int:
    """Where the last value within a node ends in the text: the index of its last sign."""
    if isinstance(node, Scalar):
        return max(node.start, node.end - 1)
    if isinstance(node, Refused):
        return 0
    return max(map(_last_sign, node.values() if isinstance(node, Mapping) else node), default=0)


def _leave_none(lines: list[str], place: tuple[int, int]) -> None:
    """Writes that nobody has answered where the last respondent is gone: a key without anything below it would be a flaw."""
    line, column = place
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    lines[line - 1] = before + after.replace(":", ": {}", 1)


def _remarks(lines: Sequence[str], cut_at: int, id: str) -> list[int]:
    """The lines of comments right above the cut, and of those that name the id."""
    named = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
    found = {number for number, line in enumerate(lines, 1) if named.search(line)}
    above = cut_at - 1
    while above > 0 and lines[above - 1].lstrip().startswith("#"):
        found.add(above)
        above -= 1
    return sorted(found)


def _plain(node: Node | None, without: str | None = None) -> Any:
    """A tree as it can be compared: what was written, in its order; `without` one of the respondents."""
    if isinstance(node, Mapping):
        return [(key, _plain(_less(key, value, without))) for key, value in node.items()]
    if isinstance(node, Scalar):
        return node.text, node.plain
    return None if node is None or isinstance(node, Refused) else [[_plain(item)] for item in node]


def _less(key: str, value: Node, without: str | None) -> Node:
    if key != "respondents" or without is None or not isinstance(value, Mapping):
        return value
    rest = Mapping(value.line, value.column)
    rest.update({id: inner for id, inner in value.items() if id != without})
    return rest
