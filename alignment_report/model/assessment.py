"""One wave of answers: who was asked, in which function, and what each of them answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from alignment_report.model.fields import Field

Role = Literal["sales", "marketing", "leadership"]
Answer = int | Literal["dont-know"]


@dataclass(frozen=True, slots=True)
class Consent:
    """Leave to attribute answers to the persons who gave them."""

    by: Annotated[str, Field("Who gave consent, for whom.", example="both function heads, in writing")]
    date: Annotated[date, Field("The day consent was given.", example="2026-03-02")]


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """How answers may be shown. The three thresholds may be raised, never lowered."""

    mode: Annotated[
        Literal["anonymous", "named"],
        Field("`anonymous`: only groups are shown. `named`: answers of function heads are attributed, which needs consent."),
    ] = "anonymous"
    consent: Annotated[Consent | None, Field("Needed with `mode: named`: who agreed and when.")] = None
    figures: Annotated[int, Field("Smallest group whose means are shown.", unit="people", at_least=5)] = 5
    spread: Annotated[int, Field("Smallest group whose spread and interval are shown.", unit="people", at_least=10)] = 10
    comments: Annotated[int, Field("Smallest group whose comments may be shown.", unit="people", at_least=10)] = 10
    key: Annotated[
        str | None,
        Field(
            "This wave's secret: at least 32 random digits, 0 to 9 and a to f. What is delivered or purged is recorded under it; it is never "
            "shown, and it must not change once something is recorded."
        ),
    ] = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people were asked, for the response rate."""

    sales: Annotated[int | None, Field("People of Sales who were asked.", unit="people", at_least=0)] = None
    marketing: Annotated[int | None, Field("People of Marketing who were asked.", unit="people", at_least=0)] = None
    leadership: Annotated[int | None, Field("People above both functions who were asked.", unit="people", at_least=0)] = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's answers, under a random or invitation id that is never made from a name."""

    id: str
    function: Annotated[Role, Field("`leadership` means a person above both functions; a function's own head counts in that function.")]
    level: Annotated[Literal["head", "staff"], Field("Does this person lead the function?")]
    answers: Annotated[
        Mapping[str, Answer],
        Field("One statement a line, `statement-id: 1` to `5`; `dont-know` where the statement allows it; leave a skipped statement out."),
    ]
    comment: Annotated[
        str | None,
        Field(
            "What the person wrote. Printed only with `verbatim: approved`; counts for nothing in the score.",
            example="We hear of a trade fair when the stand is booked.",
        ),
    ] = None
    verbatim: Annotated[
        Literal["approved"] | None,
        Field("The consultant's leave to print the comment, given after reading it; left out, nothing of it is printed anywhere."),
    ] = None


@dataclass(frozen=True, slots=True)
class InstrumentUsed:
    """Which statements were answered."""

    id: Annotated[str, Field("The instrument's id, as in the playbook's instrument.yaml.")]
    version: Annotated[str, Field("The instrument's version.")]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One wave. `wave` is the file's name without `.yaml`."""

    wave: Annotated[str, Field("The wave's id, the same as the file's name.", example="2026-03")]
    report_date: Annotated[date, Field("The date printed on the playbook; nothing is read from the clock.", example="2026-03-20")]
    instrument: Annotated[InstrumentUsed, Field("The statements that were answered.")]
    respondents: Annotated[tuple[Respondent, ...], Field("Everybody who answered, keyed by a random or invitation id.")]
    collected_from: Annotated[date | None, Field("The first day of answering.", example="2026-03-02")] = None
    collected_to: Annotated[date | None, Field("The last day of answering.", example="2026-03-13")] = None
    invited: Annotated[Invited, Field("How many were asked; gives the response rate.")] = Invited()
    confidentiality: Annotated[Confidentiality, Field("How answers may be shown.")] = Confidentiality()
    redact: Annotated[
        tuple[str, ...],
        Field(
            "Names of persons, nicknames and projects, with capital letters as names are written; taken out of every printed comment.",
            example="Jana Novak, Project Falcon",
        ),
    ] = ()
