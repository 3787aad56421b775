"""Conditions: small records of bounds over facts, measures and figures; no expression language."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Function = Literal["sales", "marketing"]
Subject = Literal["fact", "measure", "statement", "dimension", "score"]


@dataclass(frozen=True, slots=True)
class Bound:
    """One comparison: `{fact: people.marketing, below: 3}`.

    `subject` names the kind of thing and `id` the thing; a statement, a dimension or the score is read as the combined
    mean unless `function` is given, or as Marketing's mean minus Sales' where `function` is "gap" and as its size where it is
    "distance". Exactly one of the comparisons is set; `is_` compares with a word, yes or no, the others with a number.
    """

    subject: Subject
    id: str
    function: Literal["sales", "marketing", "gap", "distance"] | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    below: Fraction | None = None
    above: Fraction | None = None
    is_: str | bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Bounds that must `all` hold, or of which `any` must: `{any: [{fact: …}, {measure: …}]}`. A lone bound is `all` of one."""

    joined: Literal["all", "any"]
    bounds: tuple[Bound, ...]
