"""Every value within a record, with the path of keys it was written under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from alignment_report.reading.remarks import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A field of a record, where the record stands, and its value."""

    path: Path
    record: Any
    field: str
    value: Any


def walk(record: Any, path: Path = ()) -> Iterator[Found]:
    """Every field of the record and of all records within it."""
    for name, written in _names(record.__class__):
        value, here = getattr(record, name), (*path, written)
        yield Found(here, record, name, value)
        for step, inner in _within(value):
            if is_dataclass(inner):
                yield from walk(inner, (*here, *step))


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


def _within(value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield (getattr(inner, "id", number),), inner
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield (key,), inner
    elif is_dataclass(value):
        yield (), value
