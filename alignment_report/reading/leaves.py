"""Single values: how each kind is written, and what to say where it is not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic_core import PydanticCustomError

from alignment_report.model.fields import Field
from alignment_report.reading.remarks import did_you_mean
from alignment_report.reading.yaml_tree import Node, Scalar

LONGEST_TEXT = 4_000
LONGEST_NUMBER = 30
UNKNOWN = "unknown"

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}

ID = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
CASED_ID = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A kind of value: how it is read, and its JSON Schema."""

    read: Callable[[Any], Any]
    json: Mapping[str, Any]


def refuse(says: str, hint: str = "", given: str | None = None) -> PydanticCustomError:
    """An error in our words; `given` is what was written, told only where it is not confidential."""
    return PydanticCustomError("flaw", "flaw", {"says": says, "hint": hint, "given": given})


def text() -> Leaf:
    """Any text, to the letter."""
    return Leaf(_text, {"type": ["string", "number", "boolean"]})


def _text(node: Node) -> str:
    scalar = _scalar(node, "text")
    if scalar.plain and scalar.text == UNKNOWN:
        raise refuse("this must be known: `unknown` is not possible here", "write the text")
    return _checked_text(scalar)


def _checked_text(scalar: Scalar) -> str:
    found = scalar.text.strip()
    if len(found) > LONGEST_TEXT:
        raise refuse(f"this text is longer than {LONGEST_TEXT:,} characters")
    if not found:
        raise refuse("this text is empty", "write it, or delete the line")
    return found


def colour() -> Leaf:
    """A colour as six hexadecimal digits, in small letters."""
    return Leaf(_colour, {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})


def _colour(node: Node) -> str:
    quoted = 'write it in quotes, like "#0f4c8a"'
    if isinstance(node, Scalar) and node.plain and not node.text:
        raise refuse("nothing is written here: without quotes a # starts a comment", quoted)
    scalar = _scalar(node, "a colour")
    if not _COLOUR.fullmatch(scalar.text):
        raise refuse("this must be a colour: # and six digits, 0 to 9 and a to f", quoted, scalar.text)
    return scalar.text.lower()


def one_of(options: Sequence[str]) -> Leaf:
    """One of a few words."""

    def read(scalar: Scalar) -> str:
        if scalar.text in options:
            return scalar.text
        listed = _listed(options)
        hint = did_you_mean(scalar.text, options)
        raise refuse(f"this must be {listed}", hint, scalar.text)

    return Leaf(_plainly(read, "one of its words"), {"enum": list(options)})


def yes_no() -> Leaf:
    return Leaf(_plainly(_yes_no, "`yes` or `no`"), {"enum": ["yes", "no", True, False]})


def _yes_no(scalar: Scalar) -> bool:
    if scalar.plain and scalar.text in _TRUTH:
        return _TRUTH[scalar.text]
    raise refuse("this must be `yes` or `no`", "write it in small letters without quotes", scalar.text)


def day() -> Leaf:
    return Leaf(_plainly(_day, "a date"), {"type": "string", "format": "date"})


def _day(scalar: Scalar) -> date:
    try:
        if _DAY.fullmatch(scalar.text):
            return date.fromisoformat(scalar.text)
    except ValueError:
        raise refuse("there is no such day", "write year-month-day, like 2026-03-20", scalar.text) from None
    raise refuse("this must be a date", "write year-month-day, like 2026-03-20; leave the line out if there is none", scalar.text)


def whole(field: Field) -> Leaf:
    """A whole number within the field's bounds."""

    def read(scalar: Scalar) -> int:
        if not scalar.plain or not _WHOLE.fullmatch(scalar.text) or len(scalar.text) > LONGEST_NUMBER:
            raise refuse("this must be a whole number in plain digits", _number_hint(scalar, field), scalar.text)
        number = int(scalar.text)
        _within(Fraction(number), field, scalar.text)
        return number

    return Leaf(_plainly(read, "a whole number"), {"type": "integer", **_json_bounds(field)})


def decimal(field: Field) -> Leaf:
    """An exact number within the field's bounds."""

    def read(scalar: Scalar) -> Fraction:
        if not scalar.plain or not _DECIMAL.fullmatch(scalar.text) or len(scalar.text) > LONGEST_NUMBER:
            raise refuse("this must be a number in plain digits", _number_hint(scalar, field), scalar.text)
        number = Fraction(scalar.text)
        _within(number, field, scalar.text)
        return number

    return Leaf(_plainly(read, "a number"), {"type": "number", **_json_bounds(field)})


def answer() -> Leaf:
    """A point of the scale, or that the respondent cannot know."""

    def read(scalar: Scalar) -> int | str:
        if scalar.text == "dont-know":
            return "dont-know"
        if scalar.plain and len(scalar.text) <= LONGEST_NUMBER and _WHOLE.fullmatch(scalar.text):
            return int(scalar.text)
        raise refuse(
            "an answer must be a whole number of the scale in plain digits, without quotes, or `dont-know`", "leave a skipped statement out"
        )

    return Leaf(_plainly(read, "an answer"), {"anyOf": [{"type": "integer"}, {"const": "dont-know"}]})


def yes_no_or_word() -> Leaf:
    """What a fact may be compared with: yes, no or a word."""

    def read(scalar: Scalar) -> bool | str:
        if scalar.plain and scalar.text in _TRUTH:
            return _TRUTH[scalar.text]
        return _text(scalar)

    return Leaf(_plainly(read, "`yes`, `no` or a word"), {"type": ["string", "boolean"]})


def or_unknown(leaf: Leaf) -> Leaf:
    """The same, or `unknown`, which is read as None."""
    return _or_none(leaf, UNKNOWN)


def or_none(leaf: Leaf) -> Leaf:
    """The same, or `none` where there is no such bound."""
    return _or_none(leaf, "none")


def _or_none(leaf: Leaf, word: str) -> Leaf:
    def read(node: Node) -> Any:
        return None if isinstance(node, Scalar) and node.plain and node.text == word else leaf.read(node)

    if "enum" in leaf.json:
        return Leaf(read, {"enum": [*leaf.json["enum"], word]})
    return Leaf(read, {"anyOf": [dict(leaf.json), {"const": word}]})


def identifier(pattern: str = ID) -> Leaf:
    """An id, as a key or as a value."""
    shape = re.compile(pattern)
    letters = "lower-case letters" if pattern == ID else "letters"

    def read(node: Node | str) -> str:
        found = node if isinstance(node, str) else _scalar(node, "an id").text
        if shape.fullmatch(found):
            return found
        raise refuse(f"an id consists of {letters}, digits and single hyphens inside, 64 characters at the most", "", found)

    return Leaf(read, {"type": "string", "pattern": f"^{pattern}$"})


def key() -> Leaf:
    """The key of a record that belongs to something defined elsewhere."""
    return Leaf(_key, {"type": "string"})


def _key(found: str) -> str:
    return found


def whole_key() -> Leaf:
    """A whole number as a key."""

    def read(found: str) -> int:
        if _WHOLE.fullmatch(found) and len(found) <= LONGEST_NUMBER:
            return int(found)
        raise refuse("this key must be a whole number in plain digits", "", found)

    return Leaf(read, {"type": "string", "pattern": "^-?(0|[1-9][0-9]*)$"})


def _plainly(read: Callable[[Scalar], Any], kind: str) -> Callable[[Node], Any]:
    def checked(node: Node) -> Any:
        return read(_scalar(node, kind))

    return checked


def _scalar(node: Node, kind: str) -> Scalar:
    if not isinstance(node, Scalar):
        raise refuse(f"this must be {kind}, not a list or a group of keys")
    if not node.text and node.plain:
        raise refuse("nothing is written here", "write the value, or delete the line")
    return node


def _listed(options: Sequence[str]) -> str:
    quoted = [f"`{option}`" for option in options]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _number_hint(scalar: Scalar, field: Field) -> str:
    written = scalar.text.strip()
    if not scalar.plain:
        return "write it without quotes"
    if re.fullmatch(r"-?[0-9.,]+ ?%", written):
        return "write a share as a number from 0 to 1, like 0.45 for 45%"
    if re.fullmatch(r"[^0-9]*-?[0-9]{1,3}([,._' ][0-9]{3})+[^0-9]*", written):
        return "write the number without separators between thousands and without a unit"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", written):
        return "write a decimal point, not a comma"
    if re.fullmatch(r"-?0[0-9]+(\.[0-9]*)?", written):
        return "write it without leading zeros"
    return "digits with at most one decimal point; no unit, no separators, no exponent"


def _within(number: Fraction, field: Field, written: str) -> None:
    if field.at_least is not None and number < field.at_least:
        raise refuse(f"this must be {field.at_least} or more", _share_hint(number, field), written)
    if field.at_most is not None and number > field.at_most:
        raise refuse(f"this must be {field.at_most} or less", _share_hint(number, field), written)


def _share_hint(number: Fraction, field: Field) -> str:
    return share_hint(number) if field.unit == "share" else ""


def share_hint(number: Fraction) -> str:
    """Asks whether a per cent was meant."""
    return f"a share is written from 0 to 1: is this {plain_digits(number / 100)}?" if 1 < abs(number) <= 100 else ""


def plain_digits(number: Fraction) -> str:
    """A short decimal notation of a number."""
    return f"{float(number):.6g}"


def _json_bounds(field: Field) -> dict[str, int]:
    bounds = {"minimum": field.at_least, "maximum": field.at_most}
    return {name: bound for name, bound in bounds.items() if bound is not None}
