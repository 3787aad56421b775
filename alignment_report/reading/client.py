"""A client's folder into a Client, one wave of answers, and what was delivered before."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from alignment_report.analysis.beside import EarlierWave
from alignment_report.analysis.rerun import PastDelivery
from alignment_report.errors import Flaw, FlawedInput, UsageTrouble, printable
from alignment_report.model.assessment import Assessment
from alignment_report.model.client import Client
from alignment_report.model.narrative import NO_WORDS, Words
from alignment_report.model.playbook import Playbook
from alignment_report.model.record import Delivery, PurgedWave
from alignment_report.reading import sense, shapes
from alignment_report.reading.files import document
from alignment_report.reading.leaves import ID
from alignment_report.reading.narrative import NARRATIVE, read_narrative
from alignment_report.reading.record import DELIVERIES, PURGED, Records, drop_purged, key_place, past_deliveries, read_records
from alignment_report.reading.remarks import Remark, Source, beside, did_you_mean
from alignment_report.reading.theme import THEME

Kind = TypeVar("Kind")
_READ = ("client.yaml", NARRATIVE, THEME, DELIVERIES, PURGED)
"""The YAML files that may stand in a client's folder itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """A client and one wave, and every delivery: all of them as recorded, and those that bind this wave, with their keys.

    `earlier` are the waves before it, by the dates of their reports. `is_purged` says whether the wave's file still held answers of somebody
    who was purged; they are not in the assessment. `words` are the consultant's on this wave.
    """

    client: Client
    assessment: Assessment
    deliveries: tuple[Delivery, ...] = ()
    past: tuple[PastDelivery, ...] = ()
    is_purged: bool = False
    earlier: tuple[EarlierWave, ...] = ()
    words: Words = NO_WORDS


def waves(folder: Path) -> tuple[str, ...]:
    """The ids of the client's waves, oldest first."""
    return tuple(sorted(path.stem for path in (folder / "assessments").glob("*.yaml") if not path.name.startswith(".")))


def read_case(folder: Path, wave: str | None, playbook: Playbook) -> Case:
    """The facts, one wave, the newest by default, those before it and the words on it; FlawedInput with every flaw of the files and stray ones."""
    found, strays, records = _client(folder, playbook), list(_strays(folder)), read_records(folder)
    narrative = read_narrative(folder, waves(folder))
    told = [*found.flaws, *strays, *records.flaws, *narrative.flaws]
    try:
        id = _wave(folder, wave)
    except FlawedInput as trouble:
        raise FlawedInput([*told, *trouble.flaws]) from None
    chosen, is_purged = _assessment(folder, id, playbook, next((purged for purged in records.purged if purged.id == id), None))
    flaws = [*told, *chosen.flaws]
    if found.value and chosen.value and found.source:
        flaws += found.source.flaws(sense.about_case(found.value, chosen.value))
        flaws += narrative.flaws_beside(found.value, chosen.value, playbook.comments)
    past: tuple[PastDelivery, ...] = ()
    if chosen.value and chosen.value.confidentiality.mode != "named" and not records.flaws:
        past, troubles = past_deliveries(folder, id, records.deliveries)
        flaws += [trouble for trouble in troubles if trouble not in flaws]
    earlier, more = _earlier(folder, chosen.value, playbook, records) if chosen.value and not records.flaws else ((), ())
    flaws += [flaw for flaw in more if flaw not in flaws]
    if flaws or found.value is None or chosen.value is None:
        raise FlawedInput(flaws)
    return Case(found.value, chosen.value, records.deliveries, past, is_purged, earlier, narrative.words(id))


def _earlier(folder: Path, now: Assessment, playbook: Playbook, records: Records) -> tuple[tuple[EarlierWave, ...], tuple[Flaw, ...]]:
    """Every wave whose report bears an earlier date, oldest first, and what is wrong with them."""
    others = [wave for wave in waves(folder) if wave != now.wave]
    read = [_earlier_wave(folder, wave, now, playbook, records) for wave in others]
    found = sorted((wave for wave, _ in read if wave is not None), key=lambda wave: (wave.report_date, wave.wave))
    return tuple(found), tuple(flaw for _, flaws in read for flaw in flaws)


def _earlier_wave(
    folder: Path, wave: str, now: Assessment, playbook: Playbook, records: Records
) -> tuple[EarlierWave | None, tuple[Flaw, ...]]:
    """A wave, if it is an earlier one; where another instrument was used its answers cannot be compared, so they need not be sound."""
    read, _ = _assessment(folder, wave, playbook, next((purged for purged in records.purged if purged.id == wave), None))
    if read.value is None or None in (read.value.report_date, now.report_date):
        return None, read.flaws if wave < now.wave else ()  # without a date the name has to do
    if read.value.report_date >= now.report_date:
        return None, ()
    used, instrument = read.value.instrument, playbook.instrument
    if None not in (used.id, used.version) and (used.id, used.version) != (instrument.id, instrument.version):
        return EarlierWave(wave, read.value.report_date, None), ()
    if read.flaws:
        return None, read.flaws
    past, flaws = past_deliveries(folder, wave, records.deliveries) if read.value.confidentiality.mode != "named" else ((), ())
    return EarlierWave(wave, read.value.report_date, read.value, past), flaws


def lacking_key(folder: Path, wave: str, command: str) -> Flaw:
    """What is to be said where a command needs the wave's key and the file has none."""
    path = folder / "assessments" / f"{wave}.yaml"
    found = document(path)
    at = key_place(found.root) if found.root is not None else (1, 1)
    return Flaw(
        str(path),
        *at,
        f"`{command}` needs a key here",
        "add `key: ` and 32 random digits, 0 to 9 and a to f, under `confidentiality`; "
        '`python3 -c "import secrets; print(secrets.token_hex(16))"` makes some',
    )


@dataclass(frozen=True, slots=True)
class _Read(Generic[Kind]):
    """A file's value and flaws; without flaws the value is whole, None where nothing could be read."""

    value: Kind | None
    source: Source | None
    flaws: tuple[Flaw, ...]


def _client(folder: Path, playbook: Playbook) -> _Read[Client]:
    found = document(folder / "client.yaml")
    if found.root is None:
        return _Read(None, None, found.flaws)
    source = Source(found.file, found.root)
    client, remarks = shapes.read(Client, found.root)
    named = _is_named(("client",), client.client, _name(folder), "folder")
    sensible = sense.about_client(client, playbook)
    return _Read(client, source, (*found.flaws, *source.flaws(beside(remarks, [*named, *sensible]))))


def _assessment(folder: Path, wave: str, playbook: Playbook, purged: PurgedWave | None) -> tuple[_Read[Assessment], bool]:
    found = document(folder / "assessments" / f"{wave}.yaml")
    if found.root is None:
        return _Read(None, None, found.flaws), False
    is_purged, flaws = drop_purged(found.root, found.file, purged)
    source = Source(found.file, found.root, confidential=True, names={statement.id for statement in playbook.instrument.statements})
    assessment, remarks = shapes.read(Assessment, found.root)
    named = _is_named(("wave",), assessment.wave, wave, "file")
    sensible = sense.about_assessment(assessment, playbook)
    return _Read(assessment, source, (*found.flaws, *flaws, *source.flaws(beside(remarks, [*named, *sensible])))), is_purged


def _strays(folder: Path) -> Iterator[Flaw]:
    """YAML files that a reader of the folder would take for part of the case, though nothing reads them."""
    for path in sorted(folder.glob("*.y*ml")):
        if path.suffix in (".yaml", ".yml") and path.name not in _READ and not path.name.startswith("."):
            hint = f"a client's folder holds client.yaml, {NARRATIVE}, {THEME} and assessments/<wave>.yaml; keep other files elsewhere"
            yield Flaw(str(path), 1, 1, "this file is not read", hint)
    for path in sorted((folder / "assessments").glob("*.yml")):
        yield Flaw(str(path), 1, 1, "this file is not read", f"name it {path.stem}.yaml")


def _wave(folder: Path, wave: str | None) -> str:
    place = folder / "assessments"
    if place.is_symlink():
        raise FlawedInput([Flaw(str(place), 1, 1, "this is a link; the folder itself must stand here")])
    found = waves(folder)
    if not found:
        raise FlawedInput(
            [Flaw(str(place), 1, 1, "there is no wave of answers here", "write one file a wave, like assessments/2026-03.yaml")]
        )
    if wave is None:
        return found[-1]
    if wave not in found:
        hint = did_you_mean(wave, found) or f"the newest is `{found[-1]}`"
        raise UsageTrouble(printable(f"{folder}: there is no wave `{wave}`; {hint}"))
    return wave


def _is_named(path: tuple[str, ...], written: str | None, name: str, what: str) -> Iterator[Remark]:
    if written is None:
        return
    if not re.fullmatch(ID, name):
        yield Remark(path, f"the {what}'s name `{name}` cannot be an id", "rename it: lower-case letters, digits and single hyphens inside")
    elif written != name:
        yield Remark(path, f"this must be the {what}'s name, `{name}`", given=written)


def _name(folder: Path) -> str:
    return os.path.basename(os.path.abspath(folder))
