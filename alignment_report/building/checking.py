"""A client's folder into its flaws."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from alignment_report.building.branding import NOTHING, OURS, Practice, branding
from alignment_report.errors import Flaw, FlawedInput
from alignment_report.gate.fault import Fault
from alignment_report.model.playbook import Playbook
from alignment_report.reading.client import read_case, waves


@dataclass(frozen=True, slots=True)
class Checked:
    """A client's folder, the waves that were read, every flaw, each once, and what of a theme is not used as it was given.

    `faults` are those of the finished files, None where these were not looked at.
    """

    folder: Path
    waves: tuple[str, ...]
    flaws: tuple[Flaw, ...]
    notes: tuple[Flaw, ...] = ()
    faults: tuple[Fault, ...] | None = None


def check_client(folder: Path, wave: str | None, playbook: Playbook, brought: Practice = NOTHING) -> Checked:
    """Reads the theme and the wave, or every wave where none is named; the facts are those of the newest and are not held against older ones."""
    named = (wave,) if wave else waves(folder)
    brand, unbranded = OURS, tuple[Flaw, ...]()
    try:
        brand = branding(folder, brought)
    except FlawedInput as flawed:
        unbranded = flawed.flaws
    left_out = brand.theme.sections.leave_out
    *older, newest = named or (None,)
    flaws = {*_flaws(folder, newest, playbook, left_out), *unbranded}
    for each in older:
        flaws |= {flaw for flaw in _flaws(folder, each, playbook, left_out) if Path(flaw.file) != folder / "client.yaml"}
    return Checked(folder, named, tuple(sorted(flaws)), brand.notes)


def with_faults(checked: Checked, wave: str | None, playbook: Playbook, output: Path, brought: Practice, benchmark: Path | None) -> Checked:
    """The same with the faults of the finished files in the output folder; a folder with flaws has none that could be told."""
    from alignment_report.building.gating import finished_faults  # imports what only this needs

    if checked.flaws:
        return checked
    return replace(checked, faults=finished_faults(checked.folder, wave, playbook, output, brought, benchmark))


def as_json(checked: Iterable[Checked]) -> str:
    """The results for programs, in one line of plain ASCII."""
    clients = [
        {
            "folder": str(result.folder),
            "waves": result.waves,
            "flaws": [asdict(flaw) for flaw in result.flaws],
            "notes": [asdict(note) for note in result.notes],
            **_faults(result),
        }
        for result in checked
    ]
    return json.dumps({"clients": clients}).replace("\x7f", "\\u007f")


def _faults(checked: Checked) -> dict[str, object]:
    return {} if checked.faults is None else {"faults": [asdict(fault) for fault in checked.faults]}


def _flaws(folder: Path, wave: str | None, playbook: Playbook, left_out: Collection[str]) -> tuple[Flaw, ...]:
    try:
        case = read_case(folder, wave, playbook)
        if case.words.said:  # whether they have a place only the report tells, which takes longer than reading
            from alignment_report.building.one import compiled

            compiled(folder, case, playbook, left_out)
    except FlawedInput as flawed:
        return flawed.flaws
    return ()
