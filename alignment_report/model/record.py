"""What the program itself writes into a client's folder: what was delivered, and who was purged. No answer and no id is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from alignment_report.model.fields import Field


@dataclass(frozen=True, slots=True)
class CountedDigests:
    """Everybody who was counted, by function: a digest of each person's answers under the wave's key, sorted; equal answers stand twice."""

    sales: Annotated[tuple[str, ...], Field("People of Sales.")] = ()
    marketing: Annotated[tuple[str, ...], Field("People of Marketing.")] = ()
    leadership: Annotated[tuple[str, ...], Field("People above both functions.")] = ()


@dataclass(frozen=True, slots=True)
class ShownBeside:
    """An earlier wave that a playbook showed beside its own with people who had not been counted so before; `id` is that wave's."""

    id: str
    key_check: Annotated[str, Field("Tells whether that wave's key is still the one of this delivery.")]
    counted: Annotated[CountedDigests, Field("Whose answers were counted, as digests under that wave's key.")]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One playbook that was handed over."""

    id: str
    wave: Annotated[str, Field("The wave that was delivered.", example="2026-03")]
    date: Annotated[date, Field("The day of the delivery.", example="2026-03-27")]
    folder: Annotated[str, Field("The folder of the delivered files, within that of the wave's playbook.", example="delivered-2026-03-27")]
    key_check: Annotated[str, Field("Tells whether a wave's key is still the one of this delivery; the key does not follow from it.")]
    files: Annotated[Mapping[str, str], Field("The SHA-256 of each delivered file, `name: digest`.")]
    counted: Annotated[CountedDigests, Field("Whose answers were counted, as keyed digests.")]
    beside: Annotated[
        tuple[ShownBeside, ...], Field("Earlier waves shown beside it that no delivery had shown so before; they bind like deliveries.")
    ] = ()


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Everything that was delivered to one client, in the order it was."""

    deliveries: Annotated[tuple[Delivery, ...], Field("The deliveries, numbered from 1.")] = ()


@dataclass(frozen=True, slots=True)
class PurgedWave:
    """Who was purged from one wave; `id` is the wave's."""

    id: str
    key_check: Annotated[str, Field("Tells whether the wave's key is still the one these digests were made with.")]
    respondents: Annotated[tuple[str, ...], Field("A digest of each purged respondent's id under the wave's key, sorted.")]


@dataclass(frozen=True, slots=True)
class Purged:
    """Everybody whose answers were deleted at their wish; no build counts them, even where their answers come back."""

    waves: Annotated[tuple[PurgedWave, ...], Field("The waves, by their ids.")] = ()
