"""What a field is for and how it is written, in words, from its own declaration in the model."""

from dataclasses import fields
from datetime import date
from fractions import Fraction
from textwrap import wrap
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from alignment_report.model.fields import Field, Unit
from alignment_report.model.theme import Colour

_WIDTH = 110

UNITS: dict[Unit, str] = {
    "": "a number",
    "people": "a number of people",
    "share": "a share, as 0.12 for 12%",
    "money": "an amount in the client's currency, digits only",
    "euro": "an amount in euro, digits only",
    "days": "a number of days",
    "months": "a number of months",
    "weeks": "a number of weeks",
    "hours": "a number of hours",
    "count": "a count",
    "points": "points",
}


def names(kind: type) -> tuple[str, ...]:
    """A record's fields, in the order of the file."""
    return tuple(attribute.name for attribute in fields(kind))


def explained(kind: type, name: str) -> str:
    """A field's meaning with what may be written."""
    return f"{about(kind, name)} [{_written(kind, name)}]"


def _written(kind: type, name: str) -> str:
    field, hint = declared(kind, name)
    bare = _known(hint)
    return f"{_kinds(bare, field)}; for example {field.example}" if field.example and bare is str else _kinds(bare, field)


def _kinds(bare: Any, field: Field) -> str:
    if get_origin(bare) is Literal:
        return ", ".join(get_args(bare))
    if get_origin(bare) is tuple:
        return "a list"
    words: dict[Any, str] = {
        bool: "yes or no",
        Fraction: UNITS[field.unit],
        int: UNITS[field.unit],
        date: "a date: year-month-day",
        Colour: 'a colour: "#rrggbb" in quotes',
    }
    return words.get(bare, "text")


def example(kind: type, name: str) -> str:
    """A value as it may be written."""
    field, hint = declared(kind, name)
    bare = _known(hint)
    if get_origin(bare) is Literal:
        return str(get_args(bare)[0])
    if get_origin(bare) is tuple:
        return f"[{field.example}]"
    words = {bool: "yes", Fraction: str(field.at_least or 0), int: str(field.at_least or 0), date: field.example or "2026-03-02"}
    return words.get(bare, field.example or "write the text here")


def _known(hint: Any) -> Any:
    """A field's type without its None."""
    options = [option for option in get_args(hint) if option is not NoneType]
    return options[0] if NoneType in get_args(hint) else hint


def may_be_unknown(kind: type, name: str) -> bool:
    """Whether a field reads `unknown`: a fact or words that default to None. A date is left out instead."""
    _, hint = declared(kind, name)
    default = next(attribute.default for attribute in fields(kind) if attribute.name == name)
    return default is None and NoneType in get_args(hint) and date not in get_args(hint)


def about(kind: type, name: str) -> str:
    """A field's meaning."""
    return declared(kind, name)[0].about


def declared(kind: type, name: str) -> tuple[Field, Any]:
    """A field's explanation and its bare type."""
    hint, *notes = get_args(get_type_hints(kind, include_extras=True)[name])
    return next(note for note in notes if isinstance(note, Field)), hint


def comment(text: str) -> list[str]:
    """A text as lines of a YAML comment."""
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]
