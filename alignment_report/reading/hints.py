"""What the model's dataclasses say about their fields: types, meaning, the keys they are written with."""

from collections.abc import Mapping, Set
from dataclasses import MISSING, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from alignment_report.model.conditions import Subject
from alignment_report.model.fields import Field

SUBJECTS: tuple[str, ...] = get_args(Subject)
COMPARISONS = ("at_least", "at_most", "below", "above", "is_")
_PLAIN = Field("")


def keys_of(kind: type) -> tuple[str, ...]:
    """The keys a record is written with."""
    return tuple(written(field.name) for field in fields(kind))


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """The type of every field, with what is said about it."""
    return get_type_hints(kind, include_extras=True)


@cache
def required(kind: type) -> Set[str]:
    """The fields without a default."""
    return {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}


def parts(hint: Any) -> tuple[Any, Field]:
    """The bare type and what is said about it."""
    if get_origin(hint) is not Annotated:
        return hint, _PLAIN
    bare, *rest = get_args(hint)
    inner, _ = parts(bare)
    return inner, next((extra for extra in rest if isinstance(extra, Field)), _PLAIN)


def about(hint: Any) -> str:
    """The meaning of a field, its unit and an example, in one line."""
    _, field = parts(hint)
    unit = f" Unit: {field.unit}." if field.unit else ""
    example = f" Example: {field.example}" if field.example else ""
    return f"{field.about}{unit}{example}".strip()


def without_none(bare: Any) -> Any:
    """A type without the None it is joined with."""
    if get_origin(bare) not in (Union, UnionType):
        return bare
    rest = tuple(inner for inner in get_args(bare) if inner is not NoneType)
    return rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007


def written(name: str) -> str:
    """The key of a field in a file."""
    return name.rstrip("_")
