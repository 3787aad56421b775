"""Remarks about a place in a tree into flaws with file, line and column."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alignment_report.errors import Flaw
from alignment_report.reading import yaml_tree

Path = tuple[str | int, ...]

MOST_GUESSES = 20
LONGEST_GUESSED = 64
"""Comparing words is slow: only so many in a group, and no longer ones, are told what was probably meant."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong at a path of keys; `at_key` points at the key itself, not at its value.

    `given` is what was written there; it is repeated only in files that are not confidential. `meant` is the key that a
    misspelt one stands for. `row` is the line within a text of several lines, counted from 0; None means the text as a whole.
    """

    path: Path
    says: str
    hint: str = ""
    given: str = ""
    at_key: bool = False
    meant: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A tree, and the file each of its top keys comes from; `main` is the file of everything else.

    What was written in a file is repeated in messages, unless it is confidential; there only `names` are.
    """

    main: str
    root: yaml_tree.Mapping
    files: Mapping[str, str] = field(default_factory=dict)
    confidential: bool = False
    names: Collection[str] = ()

    def flaws(self, remarks: Iterable[Remark]) -> Iterator[Flaw]:
        """The remarks with their places, each place with the same words once."""
        told = dict.fromkeys(self._flaw(remark) for remark in remarks)
        yield from told

    def _flaw(self, remark: Remark) -> Flaw:
        file = self.files.get(str(remark.path[0]), self.main) if remark.path else self.main
        return Flaw(file, *place(self.root, remark), self._words(remark), remark.hint)

    def _words(self, remark: Remark) -> str:
        if self.confidential:
            last = remark.path[-1] if remark.path else ""
            return f"`{last}`: {remark.says}" if last in self.names else remark.says
        if not remark.given:
            return remark.says
        given = remark.given if len(remark.given) <= 60 else f"{remark.given[:57]}…"
        return f"`{given}`: {remark.says}"


def beside(told: Iterable[Remark], more: Iterable[Remark]) -> Iterator[Remark]:
    """What is remarked already, then the rest, without what only follows from a flaw told before."""
    told = tuple(told)
    flawed = {path for remark in told for path in (remark.path, (*remark.path[:-1], remark.meant or ""))}
    yield from told
    for remark in more:
        if not any(remark.path[:length] in flawed for length in range(1, len(remark.path) + 1)):
            yield remark


def place(root: yaml_tree.Mapping, remark: Remark) -> yaml_tree.Place:
    """Line and column of the remark, or of the nearest thing around it that exists."""
    found, node = (1, 1), node_at(root, remark.path[:-1])
    if node is not None and (node is not root or not remark.path):
        found = node.line, node.column
    if not remark.path:
        return found
    last = remark.path[-1]
    if isinstance(node, yaml_tree.Mapping) and last in node:
        child = node[str(last)]
        return node.keys_at[str(last)] if remark.at_key else _within(child, remark.row)
    if isinstance(node, yaml_tree.Sequence) and isinstance(last, int) and last < len(node):
        return node[last].line, node[last].column
    return found if node is not None else place(root, Remark(remark.path[:-1], ""))


def _within(node: yaml_tree.Node, row: int | None) -> yaml_tree.Place:
    """Where a value stands, or a line of it where it is a block of text; blank lines before its first are no part of the value."""
    if row is None or not isinstance(node, yaml_tree.Scalar) or node.block is None:
        return node.line, node.column
    before = node.text[: len(node.text) - len(node.text.lstrip())].count("\n")
    return node.block[0] + before + row, node.block[1]


def node_at(root: yaml_tree.Node, path: Path) -> yaml_tree.Node | None:
    """The node under a path of keys; a single text stands for a list of one."""
    node: yaml_tree.Node = root
    for step in path:
        if isinstance(node, yaml_tree.Mapping) and step in node:
            node = node[str(step)]
        elif isinstance(node, yaml_tree.Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif not isinstance(node, yaml_tree.Scalar) or not isinstance(step, int):
            return None
    return node


def known(path: Path, name: str | None, names: Collection[str], what: str) -> Iterator[Remark]:
    """A remark where a name is none of the known ones."""
    if name is not None and name not in names:
        yield Remark(path, f"this is no known {what}", did_you_mean(name, names), name)


def all_known(path: Path, found: Iterable[str], names: Collection[str], what: str) -> Iterator[Remark]:
    """A remark for every name of a list that is not known or stands there twice."""
    seen = set()
    for number, name in enumerate(found):
        yield from known((*path, number), name, names, what)
        if name in seen:
            yield Remark((*path, number), "this stands in the list twice", given=name)
        seen.add(name)


def strangers(path: Path, written: Iterable[str], names: Iterable[str], says: str) -> Iterator[Remark]:
    """A remark for every key of a group that is none of the known ones."""
    written = dict.fromkeys(written)
    known_names = dict.fromkeys(names)
    free = [name for name in known_names if name not in written]
    strange = [key for key in written if key not in known_names]
    for number, key in enumerate(strange):
        meant = closest(key, free) if number < MOST_GUESSES else None
        yield Remark((*path, key), says, _guess(meant), key, at_key=True, meant=meant)


def exactly(path: Path, written: Collection[str], names: Collection[str], what: str) -> Iterator[Remark]:
    """Remarks where the keys of a group are not the known ones, all of them; a misspelt one is not also missing."""
    strange = tuple(strangers(path, written, names, f"this is no known {what}"))
    yield from strange
    for key in names:
        if key not in written and not strange:
            yield Remark((*path, key), f"`{key}` is missing here")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or nothing."""
    return _guess(closest(word, known))


def _guess(nearest: str | None) -> str:
    return f"did you mean `{nearest}`?" if nearest else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one; hyphens, underscores and case do not count."""
    if len(word) > LONGEST_GUESSED:
        return None
    by_shape = {_plainly(name): name for name in known}
    found = difflib.get_close_matches(_plainly(word), by_shape, 1, 0.7)
    return by_shape[found[0]] if found else None


def _plainly(word: str) -> str:
    return word.casefold().replace("_", "-")
