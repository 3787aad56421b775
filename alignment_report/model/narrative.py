"""What the consultant says in the playbook in words of their own, wave by wave, and where they judge otherwise than the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from alignment_report.model.fields import Field

Group = Literal["sections", "frictions", "conditions", "plays", "statements", "risks"]
"""What the consultant may have a word on, as the keys of the file."""

_BY = Annotated[str, Field("Who says so, as printed.", example="Ada Holm")]
_WHY = Annotated[str, Field("The reasons, in Markdown as above.", example="Both heads told us of three cases that no figure shows.")]
_DATE = Annotated[date, Field("The day it was written; not before the wave's first answers.")]


@dataclass(frozen=True, slots=True)
class View:
    """A text of the consultant on one section or finding."""

    text: Annotated[
        str,
        Field(
            "What you have to say, in Markdown: paragraphs, *emphasis*, **strong emphasis**, lists behind `-` or `1.`; nothing else. "
            "Several lines stand indented behind `text: |`.",
            example="The answers are kinder than the talks we had.",
        ),
    ]
    by: _BY
    date: _DATE


@dataclass(frozen=True, slots=True)
class VerdictOverride:
    """Another verdict than that of the rules."""

    from_: Annotated[
        Literal["move", "hold", "prerequisites-first", "not-enough-evidence"],
        Field("The verdict by the rules against which this was written; if it is another one now, you are asked to look again."),
    ]
    to: Annotated[Literal["hold", "move", "prerequisites-first"], Field("The verdict you give.")]
    by: _BY
    date: _DATE
    why: _WHY


@dataclass(frozen=True, slots=True)
class FrictionOverride:
    """Another strength of a friction source than that of the rules."""

    from_: Annotated[
        Literal["none", "weak", "moderate", "strong", "not-assessable"],
        Field("The strength by the rules against which this was written; if it is another one now, you are asked to look again."),
    ]
    to: Annotated[Literal["weak", "none", "moderate", "strong"], Field("The strength you give.")]
    by: _BY
    date: _DATE
    why: _WHY


@dataclass(frozen=True, slots=True)
class Overrides:
    """Judgements of the rules that the consultant does not share. Figures, plays and dates go on following the rules."""

    verdict: Annotated[VerdictOverride | None, Field("Another verdict than that of the rules.")] = None
    frictions: Annotated[Mapping[str, FrictionOverride], Field("Another strength of a friction source, by its id.")] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class WaveNarrative:
    """The words on one wave; they are printed in no other wave's playbook. `id` is the wave's."""

    id: str
    sections: Annotated[Mapping[str, View], Field("Your view on a whole section of the playbook, by its id.")] = field(default_factory=dict)
    frictions: Annotated[Mapping[str, View], Field("Your view on a friction source, by its id.")] = field(default_factory=dict)
    conditions: Annotated[Mapping[str, View], Field("Your view on a condition of the verdict, by its id.")] = field(default_factory=dict)
    plays: Annotated[Mapping[str, View], Field("Your view on a play of the plan, or on one that it sets aside, by its id.")] = field(
        default_factory=dict
    )
    statements: Annotated[Mapping[str, View], Field("Your view on a statement whose figures are shown, by its id.")] = field(
        default_factory=dict
    )
    risks: Annotated[Mapping[str, View], Field("Your view on a risk that is listed, by its id.")] = field(default_factory=dict)
    overrides: Annotated[
        Overrides,
        Field(
            "Judgements you do not share. They stand beside those of the rules, with who, when and why; "
            "all figures, the plays and their dates go on following the rules."
        ),
    ] = Overrides()


@dataclass(frozen=True, slots=True)
class Narrative:
    """A client's narrative.yaml, which the program reads and never writes to."""

    waves: Annotated[tuple[WaveNarrative, ...], Field("Your words, by the wave they are about.")] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is set in one way."""

    text: str
    strong: bool = False
    emphasis: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `numbered` from 1, or with bullets."""

    numbered: bool
    entries: tuple[Runs, ...]


Block = Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is printed: what it says, who said so and when; `path` is its field in narrative.yaml."""

    path: str
    blocks: tuple[Block, ...]
    by: str
    date: date


@dataclass(frozen=True, slots=True)
class Override:
    """A judgement of the consultant beside that of the rules: from which one, to which, and why."""

    from_: str
    to: str
    why: Said


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the consultant says about one wave: the views by group and id, the overrides."""

    views: Mapping[tuple[Group, str], Said] = field(default_factory=dict)
    verdict: Override | None = None
    frictions: Mapping[str, Override] = field(default_factory=dict)

    @property
    def said(self) -> tuple[Said, ...]:
        """Every text, the reasons of overrides included."""
        overrides = [*([self.verdict] if self.verdict else []), *self.frictions.values()]
        return (*self.views.values(), *(override.why for override in overrides))


NO_WORDS = Words()
