"""What pydantic found wrong with a tree, as remarks in a consultant's words."""

from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass, replace
from typing import Any, cast, get_args, get_origin

from pydantic_core import ValidationError

from alignment_report.model.conditions import Bound, Condition
from alignment_report.reading import yaml_tree
from alignment_report.reading.hints import COMPARISONS, SUBJECTS, hints, keys_of, parts, without_none, written
from alignment_report.reading.remarks import Path, Remark, node_at, strangers

# What no key of a file can be: pydantic puts these into its paths.
TAGS = frozenset({"\0bound", "\0all", "\0any"})


def remarks_of(kind: type, root: yaml_tree.Mapping, error: ValidationError) -> Iterator[Remark]:
    """Every trouble of a validation of the tree as this kind, each once."""
    troubles = [(trouble, path_of(trouble)) for trouble in error.errors(include_url=False, include_input=False)]
    unknown = tuple(_unknown_keys(kind, root, (trouble["loc"] for trouble, _ in troubles if trouble["type"] == "extra_forbidden")))
    meant = {(*remark.path[:-1], remark.meant) for remark in unknown}
    yield from unknown
    for trouble, path in troubles:
        if trouble["type"] == "extra_forbidden" or isinstance(node_at(root, path), yaml_tree.Refused):
            continue
        if trouble["type"] != "missing":
            yield _remark(trouble, path)
        elif path not in meant:
            yield Remark(path, f"`{path[-1]}` is missing here", _meaning(kind, trouble["loc"]))


def _unknown_keys(kind: type, root: yaml_tree.Mapping, locations: Iterable[Path]) -> Iterator[Remark]:
    refused: dict[Path, dict[str | int, None]] = {}
    for *around, key in locations:
        refused.setdefault(tuple(around), {})[key] = None
    for location, keys in refused.items():
        path = tuple(step for step in location if step not in TAGS)
        written = cast(yaml_tree.Mapping, node_at(root, path))
        names = [name for name in _keys_of_hint(_hint_at(kind, location)) if name not in keys]
        for remark in strangers(path, written, names, "this key is not known here"):
            number = str(remark.path[-1]).isdecimal()
            yield replace(remark, hint="write a number without separators between thousands") if number else remark


def _remark(trouble: Any, path: Path) -> Remark:
    if trouble["type"] == "flaw":
        words = trouble["ctx"]
        at_key = trouble["loc"][-1:] == ("[key]",)
        return Remark(path, words["says"], words["hint"], words["given"] or "", at_key)
    if trouble["type"] == "too_short":
        return Remark(path, "at least one bound must stand here")
    if trouble["type"] == "list_type":
        return Remark(path, "this must be a list", "write each entry on its own line after `- `, or all in square brackets")
    return Remark(path, "this must be a group of keys", "write the keys indented below, each with its value")


def path_of(trouble: Any) -> Path:
    """Where in the tree the trouble lies."""
    path = tuple(step for step in trouble["loc"] if step not in TAGS)
    return path[:-1] if trouble["type"] == "flaw" and path[-1:] == ("[key]",) else path


def _meaning(kind: type, location: Path) -> str:
    """What a key that is missing would say."""
    around = _hint_at(kind, location[:-1])
    inside = {} if around is Condition else hints(around)
    about = next((parts(hint)[1].about for name, hint in inside.items() if written(name) == location[-1]), "")
    return (about[:1].lower() + about[1:]).rstrip(".")


def _hint_at(kind: type, location: Path) -> Any:
    hint: Any = kind
    for step in location:
        hint = _inside(hint, step)
    return hint


def _keys_of_hint(hint: Any) -> tuple[str, ...]:
    if hint is Condition:
        return ("all", "any")
    if hint is Bound:
        return (*SUBJECTS, "function", *map(written, COMPARISONS), "all", "any")
    return keys_of(hint)


def _inside(hint: Any, step: str | int) -> Any:
    if step == "\0bound":
        return Bound
    if hint is Condition:
        return hint if step in TAGS else tuple[Bound, ...]
    if is_dataclass(hint):
        found = next(inner for name, inner in hints(cast(type, hint)).items() if written(name) == step)
        return without_none(parts(found)[0])
    inner = get_args(hint)[0 if get_origin(hint) is tuple else 1]
    return without_none(inner)
