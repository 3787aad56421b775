"""What a field of an input file means, said once beside its declaration.

The same declaration checks the files, explains itself in an editor and writes the comments of a new client folder.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Unit = Literal["", "people", "share", "money", "euro", "days", "months", "weeks", "hours", "count", "points"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field's meaning in one sentence, its unit, its bounds (both inclusive) and an example of how to write it.

    A `share` is a number from 0 to 1, never a per cent.
    """

    about: str
    unit: Unit = ""
    at_least: int | None = None
    at_most: int | None = None
    example: str = ""


YesNo = bool | None
"""Written `yes`, `no` or `unknown`; None is unknown."""

Number = Fraction | None
"""Written in plain digits or `unknown`; None is unknown."""

Words = str | None
"""Written as text or `unknown`; None is unknown."""

FactValue = bool | Fraction | str | None
"""The value of one fact; None is unknown, never zero and never no."""
