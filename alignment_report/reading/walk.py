"""Every value within a record, with the path of keys it was written under."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple

from alignment_report.model.conditions import Condition
from alignment_report.reading.remarks import Path


class Found(NamedTuple):
    """A field of a record, where the record stands, and its value."""

    path: Path
    record: Any
    field: str
    value: Any


def walk(record: Any, path: Path = ()) -> Iterator[Found]:
    """Every field of the record and of all records within it; a condition is one value."""
    waiting = [(record, path)]
    while waiting:
        around, there = waiting.pop()
        for name, written in _names(around.__class__):
            value, here = getattr(around, name), (*there, written)
            yield Found(here, around, name, value)
            waiting += _records_within(value, here)


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


def _records_within(value: Any, path: Path) -> list[tuple[Any, Path]]:
    if isinstance(value, tuple):
        return [(inner, (*path, getattr(inner, "id", number))) for number, inner in enumerate(value) if _is_record(inner.__class__)]
    if isinstance(value, Mapping):
        return [(inner, (*path, key)) for key, inner in value.items() if _is_record(inner.__class__)]
    return [(value, path)] if _is_record(value.__class__) else []


@cache
def _is_record(kind: type) -> bool:
    return is_dataclass(kind) and kind is not Condition
