"""A respondent's answers, or all of a client, out of the files.

A respondent is first put on the list that every build honours, then cut out of the waves, then the outputs that rest on the answers are
removed: whatever interrupts that, no build counts the person any more, and the same command completes it. A later wave's playbook shows
figures of earlier ones beside its own, so its outputs go too.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from alignment_report.analysis.digests import id_digest, key_check
from alignment_report.building.cutting import Cut, without_respondent
from alignment_report.building.holding import held
from alignment_report.building.record import write_purged
from alignment_report.building.removing import remove_folder
from alignment_report.building.write import SECRET, require_place, write_files
from alignment_report.errors import FlawedInput, UsageTrouble
from alignment_report.model.record import PurgedWave
from alignment_report.reading.client import lacking_key, waves
from alignment_report.reading.files import document
from alignment_report.reading.record import PURGED, Records, key_in, other_key, read_records
from alignment_report.reading.yaml_tree import Mapping, Scalar


@dataclass(frozen=True, slots=True)
class PurgedFrom:
    """What was done in one wave: the file that was cut, with the comments to look at, and the outputs that were removed.

    `is_beside` says that the person is not purged from this wave; its outputs went because they showed an earlier one.
    """

    wave: str
    file: Path | None
    remarks: tuple[int, ...]
    outputs: Path | None
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A respondent in one wave: whose list it goes on, and the file without the answers, if it still held them."""

    wave: str
    file: Path
    listed: PurgedWave
    cut: Cut | None


def purge_respondent(folder: Path, id: str, named: Sequence[str], output: Path) -> tuple[PurgedFrom, ...]:
    """Purges a respondent from the waves that were named, or from all in which the id stands or stood.

    Nothing is changed before all of it is known to be possible. Raises FlawedInput where a file cannot be read, lacks its key or cannot
    be cut, UsageTrouble where the id is in no wave.
    """
    records = read_records(folder)
    found = list(_found(folder, id, named or waves(folder), bool(named), records))
    if not found:
        raise UsageTrouble(f"{folder}: no wave has a respondent `{id}`. With --wave an id goes on the list of the purged all the same.")
    require_place(folder)
    client = client_of(folder)
    with ExitStack() as stack:
        if output.is_dir():
            stack.enter_context(held(output))
        others = [wave for wave in records.purged if wave.id not in {each.wave for each in found}]
        write_purged(folder, [*others, *(each.listed for each in found)])
        done = [_purge(folder, each, output, client) for each in found]
        return (*done, *_beside(folder, {each.wave for each in found}, output, client))


def _beside(folder: Path, purged: set[str], output: Path, client: str) -> Iterator[PurgedFrom]:
    """The outputs of later waves, removed; of a wave whose date cannot be read it is not known that it is an earlier one."""
    first = min(_report_date(folder, wave) for wave in purged)
    later = [wave for wave in waves(folder) if wave not in purged and not "" < _report_date(folder, wave) <= first]
    for wave in later:
        if removed := _without_outputs(output, client, wave):
            yield PurgedFrom(wave, None, (), removed, is_beside=True)


def _report_date(folder: Path, wave: str) -> str:
    """The date of a wave's report as year-month-day; nothing where it cannot be read."""
    root = document(folder / "assessments" / f"{wave}.yaml").root
    written = root.get("report_date") if root is not None else None
    return written.text.strip() if isinstance(written, Scalar) else ""


def _purge(folder: Path, found: _Found, output: Path, client: str) -> PurgedFrom:
    if found.cut:
        write_files(folder, ("assessments",), {found.file.name: found.cut.content}, held=True, mode=SECRET)
    return PurgedFrom(
        found.wave,
        found.file if found.cut else None,
        found.cut.remarks if found.cut else (),
        _without_outputs(output, client, found.wave),
    )


def _without_outputs(output: Path, client: str, wave: str) -> Path | None:
    """Removes a wave's outputs; gives their folder if there were any."""
    removed = remove_folder(output, (client, wave))
    with suppress(OSError):  # where other waves lie there, or nothing does
        (output / client).rmdir()
    return output / client / wave if removed else None


def _found(folder: Path, id: str, among: Sequence[str], is_named: bool, records: Records) -> Iterator[_Found]:
    flaws = [flaw for flaw in records.flaws if flaw.file == str(folder / PURGED)]
    found = []
    for wave in among:
        try:
            each = _in_wave(folder, id, wave, is_named, next((purged for purged in records.purged if purged.id == wave), None))
        except FlawedInput as flawed:
            flaws += flawed.flaws
            continue
        found += [each] if each else []
    if flaws:
        raise FlawedInput(flaws)
    yield from found


def _in_wave(folder: Path, id: str, wave: str, is_named: bool, purged: PurgedWave | None) -> _Found | None:
    file = folder / "assessments" / f"{wave}.yaml"
    tree = document(file)
    if tree.root is None or tree.flaws:
        raise FlawedInput(tree.flaws)
    respondents, key = tree.root.get("respondents"), key_in(tree.root)
    stands = isinstance(respondents, Mapping) and id in respondents
    listed = key is not None and purged is not None and id_digest(id, key) in purged.respondents
    if not (stands or listed or is_named):
        return None
    if key is None:
        raise FlawedInput([lacking_key(folder, wave, "purge")])
    if purged and purged.key_check != key_check(key):
        raise FlawedInput([other_key(tree.root, str(file), key, "respondents of this wave were purged")])
    digests = {id_digest(id, key), *(purged.respondents if purged else ())}
    cut = without_respondent(file.read_bytes(), id, str(file)) if stands else None
    return _Found(wave, file, PurgedWave(wave, key_check(key), tuple(sorted(digests))), cut)


def client_of(folder: Path) -> str:
    """The client's id, by which its outputs are found: the folder's own name."""
    return os.path.basename(os.path.abspath(folder))


def require_purgeable(folder: Path) -> None:
    """Makes sure that a client's folder is one by itself: no link, and no repository that holds more than the client."""
    if folder.is_symlink():
        raise UsageTrouble(f"{folder} is a link. Name the folder itself.")
    if (folder / ".git").exists():
        raise UsageTrouble(f"{folder} is a repository of its own; its history holds all answers. Remove the folder yourself.")


def purge_client(folder: Path, output: Path) -> tuple[Path, ...]:
    """Removes a client's outputs and then its folder, and gives what was removed."""
    require_purgeable(folder)
    client = client_of(folder)
    with ExitStack() as stack:
        if output.is_dir():
            stack.enter_context(held(output))
        removed = [output / client] if remove_folder(output, (client,)) else []
        remove_folder(folder)
    return (*removed, folder)
