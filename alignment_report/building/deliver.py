"""One wave of a client into its final files, and into the record that binds later ones.

The record is written when all files are on the disk under temporary names, and before the first of them takes its place: a final file never
stands anywhere without being recorded. A run that is killed before that leaves nothing; one that is killed after it leaves a recorded
delivery whose files the same command completes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from alignment_report.analysis.beside import stand_beside
from alignment_report.analysis.digests import key_check
from alignment_report.analysis.report import Report
from alignment_report.analysis.rerun import counted_digests, hold_back
from alignment_report.building.branding import NOTHING, Branding, Practice, read_branded
from alignment_report.building.gating import around
from alignment_report.building.one import NAMES, Wanted, compiled, made_editions, noted
from alignment_report.building.record import write_deliveries
from alignment_report.building.write import require_place, write_files
from alignment_report.errors import Flaw, FlawedInput, Undeliverable, UsageTrouble
from alignment_report.gate.checks import faults
from alignment_report.history import revision
from alignment_report.model.playbook import Playbook
from alignment_report.model.record import Delivery, ShownBeside
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case, lacking_key
from alignment_report.reading.narrative import NARRATIVE
from alignment_report.rendering.document import Edition, make_document


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered; `is_new` is false where the record held it already, `is_written` where its files were there too."""

    client: str
    wave: str
    files: tuple[Path, ...]
    is_new: bool
    is_written: bool
    is_purged: bool
    notes: tuple[Flaw, ...] = ()


def deliver_client(
    folder: Path,
    wave: str,
    day: date,
    playbook: Playbook,
    output: Path,
    editions: Sequence[Edition] = ("client",),
    brought: Practice = NOTHING,
    benchmark: Path | None = None,
) -> Delivered:
    """Reads a client, compiles one wave's report, writes the final files and records them in the client's folder.

    The caller holds the output folder. Raises FlawedInput where the wave has no key, EnvironmentTrouble where the PDF cannot be made and
    Undeliverable where the finished files have faults; nothing is written then.
    """
    case, branding = read_branded(folder, wave, playbook, brought)
    key = case.assessment.confidentiality.key
    if key is None:
        raise FlawedInput([lacking_key(folder, wave, "deliver")])
    _require_day(case, day)
    report = compiled(folder, case, playbook, branding.theme.sections.leave_out, benchmark)
    beside = _shown_beside(case, report, folder, playbook)
    files, notes = _final_files(case, report, branding, folder, day, editions)
    delivery, is_new = _recorded(case, key, day, files, beside, output, playbook)
    place = (case.client.client, wave, delivery.folder)
    paths = tuple(output.joinpath(*place, name) for name in files)
    if not is_new and _are_there(paths, delivery):
        return Delivered(*place[:2], paths, is_new=False, is_written=False, is_purged=case.is_purged, notes=notes)
    require_place(folder)
    require_place(output.joinpath(*place))
    after = [*case.deliveries, delivery] if is_new else case.deliveries
    write_files(output, place, files, held=True, first=lambda: write_deliveries(folder, case.deliveries, after))
    return Delivered(*place[:2], paths, is_new, is_written=True, is_purged=case.is_purged, notes=notes)


def _require_day(case: Case, day: date) -> None:
    """A playbook is handed over once its answers are in, it bears its date and all is said: a record with another day would bind for good."""
    given = {"collected_to of the wave": case.assessment.collected_to, "report_date of the wave": case.assessment.report_date}
    given |= {f"the day of {said.path} in {NARRATIVE}": said.date for said in case.words.said}
    for name, earliest in given.items():
        if earliest is not None and day < earliest:
            raise UsageTrouble(f"The day of the delivery, {day}, lies before {name}, {earliest}.")


def _shown_beside(case: Case, report: Report, folder: Path, playbook: Playbook) -> tuple[ShownBeside, ...]:
    """The earlier waves of which this playbook shows more than was delivered before, with their people. Raises FlawedInput where one has no key."""
    now, _ = hold_back(case.assessment, case.past, playbook.instrument)
    found = [wave for wave in stand_beside(now, case.earlier, playbook.instrument) if wave.is_new and wave.counted]
    shown = {wave.wave for wave in report.progress.waves} if report.progress else set()
    keys = {w.wave: w.assessment.confidentiality.key for w in case.earlier if w.assessment and w.wave in shown}
    lacking = [lacking_key(folder, wave.wave, "deliver") for wave in found if wave.wave in shown and keys[wave.wave] is None]
    if lacking:
        raise FlawedInput(lacking)
    return tuple(
        ShownBeside(wave.wave, key_check(key), counted_digests(wave.counted.respondents, key))
        for wave in found
        if wave.counted and (key := keys.get(wave.wave))
    )


def _final_files(
    case: Case, report: Report, branding: Branding, folder: Path, day: date, editions: Sequence[Edition]
) -> tuple[Mapping[str, bytes], tuple[Flaw, ...]]:
    provenance = Provenance(revision(folder))
    documents = [make_document(report, provenance, day, edition, branding.theme) for edition in editions]
    files, lacking = made_editions(documents, folder, Wanted(), branding)
    if lacking:
        raise lacking
    beside = around(folder, case, branding.look)
    made = ((document, NAMES[document["edition"]]) for document in documents)
    if found := [fault for document, (_, html, pdf, _) in made for fault in faults(document, files[html], files[pdf], beside)]:
        raise Undeliverable(found)
    return files, noted(documents, branding)


def _recorded(
    case: Case, key: str, day: date, files: Mapping[str, bytes], beside: tuple[ShownBeside, ...], output: Path, playbook: Playbook
) -> tuple[Delivery, bool]:
    """The delivery as the record holds it or will hold it, and whether it is new."""
    wave, digests = case.assessment.wave, {name: sha256(content).hexdigest() for name, content in files.items()}
    same = (d for d in case.deliveries if (d.wave, d.date, d.files) == (wave, day, digests))
    if known := next(same, None):
        return known, False
    taken = {d.folder for d in case.deliveries if d.wave == wave}
    counted, _ = hold_back(case.assessment, case.past, playbook.instrument)
    return (
        Delivery(
            id=str(len(case.deliveries) + 1),
            wave=wave,
            date=day,
            folder=_free_folder(day, taken, output / case.client.client / wave),
            key_check=key_check(key),
            files=digests,
            counted=counted_digests(counted.respondents, key),
            beside=beside,
        ),
        True,
    )


def _free_folder(day: date, taken: Iterable[str], place: Path) -> str:
    """A name of which neither the record nor the disk holds a delivery: what was handed over is never written over."""
    name, number = f"delivered-{day.isoformat()}", 1
    while name in taken or any((place / name / files[0]).exists() for files in NAMES.values()):
        number += 1
        name = f"delivered-{day.isoformat()}-{number}"
    return name


def _are_there(paths: Iterable[Path], delivery: Delivery) -> bool:
    return all(path.is_file() and sha256(path.read_bytes()).hexdigest() == delivery.files[path.name] for path in paths)
