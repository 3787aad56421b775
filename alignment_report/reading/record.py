"""A client's deliveries.yaml and purged.yaml: what was delivered and who was purged, or every flaw."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from alignment_report.analysis.digests import DIGITS, id_digest, key_check
from alignment_report.analysis.rerun import PastDelivery
from alignment_report.errors import Flaw
from alignment_report.model.record import CountedDigests, Deliveries, Delivery, Purged, PurgedWave
from alignment_report.reading import shapes
from alignment_report.reading.files import document
from alignment_report.reading.leaves import ID
from alignment_report.reading.remarks import Remark, Source, beside, place
from alignment_report.reading.yaml_tree import Mapping, Scalar

DELIVERIES, PURGED = "deliveries.yaml", "purged.yaml"
_RESTORE = "the program writes this file: take it back as it was from the folder's history"
_DIGEST = re.compile(f"[0-9a-f]{{{DIGITS}}}")
_SHA256 = re.compile("[0-9a-f]{64}")
_FOLDER = re.compile("[a-z0-9-]+")
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Records:
    """What the program has written into a client's folder, and what is wrong with it."""

    deliveries: tuple[Delivery, ...]
    purged: tuple[PurgedWave, ...]
    flaws: tuple[Flaw, ...]


def read_records(folder: Path) -> Records:
    """Both files; one that is not there holds nothing."""
    deliveries, flawed = _read(Deliveries(), folder / DELIVERIES, _about_deliveries)
    purged, more = _read(Purged(), folder / PURGED, _about_purged)
    return Records(deliveries.deliveries, purged.waves, (*flawed, *more))


def _read(nothing: Kind, path: Path, sense: Callable[[Kind], Iterator[Remark]]) -> tuple[Kind, tuple[Flaw, ...]]:
    if not path.is_symlink() and not path.exists():
        return nothing, ()
    found = document(path)
    if found.root is None:
        return nothing, tuple(replace(flaw, hint=_RESTORE) for flaw in found.flaws)
    value, remarks = shapes.read(type(nothing), found.root)
    told = Source(found.file, found.root, confidential=True).flaws(beside(remarks, sense(value)))
    return value, tuple(replace(flaw, hint=_RESTORE) for flaw in (*found.flaws, *told))


def _about_deliveries(read: Deliveries) -> Iterator[Remark]:
    for number, delivery in enumerate(read.deliveries, 1):
        path = ("deliveries", delivery.id)
        if delivery.id != str(number):
            yield Remark(path, f"deliveries are numbered from 1: this is number {number}", at_key=True)
        if delivery.wave is not None and not re.fullmatch(ID, delivery.wave):
            yield Remark((*path, "wave"), "this is no id of a wave")
        if delivery.folder is not None and not _FOLDER.fullmatch(delivery.folder):
            yield Remark((*path, "folder"), "this is no name of a delivered folder")
        for name, digest in delivery.files.items():
            yield from _digest((*path, "files", name), digest, _SHA256)
        yield from _digest((*path, "key_check"), delivery.key_check, _DIGEST)
        yield from _counted((*path, "counted"), delivery.counted)
        for shown in delivery.beside:
            yield from _digest((*path, "beside", shown.id, "key_check"), shown.key_check, _DIGEST)
            yield from _counted((*path, "beside", shown.id, "counted"), shown.counted)


def _counted(path: tuple[str | int, ...], counted: CountedDigests) -> Iterator[Remark]:
    for role in ("sales", "marketing", "leadership"):
        for row, digest in enumerate(getattr(counted, role)):
            yield from _digest((*path, role, row), digest, _DIGEST)


def _about_purged(read: Purged) -> Iterator[Remark]:
    for wave in read.waves:
        yield from _digest(("waves", wave.id, "key_check"), wave.key_check, _DIGEST)
        for row, digest in enumerate(wave.respondents):
            yield from _digest(("waves", wave.id, "respondents", row), digest, _DIGEST)


def _digest(path: tuple[str | int, ...], written: str | None, form: re.Pattern[str]) -> Iterator[Remark]:
    if written is not None and not form.fullmatch(written):
        yield Remark(path, "this is no digest")


def key_in(root: Mapping) -> str | None:
    """The key of a wave as it stands in the file, before anything else of it is read."""
    terms = root.get("confidentiality")
    key = terms.get("key") if isinstance(terms, Mapping) else None
    return key.text.strip() if isinstance(key, Scalar) and key.text.strip() not in ("", "unknown") else None


def key_place(root: Mapping) -> tuple[int, int]:
    """Where a wave's key stands or belongs."""
    return place(root, Remark(("confidentiality", "key"), ""))


def drop_purged(root: Mapping, file: str, purged: PurgedWave | None) -> tuple[bool, tuple[Flaw, ...]]:
    """Takes the purged respondents out of a wave's tree, as if they did not stand in the file; whether there were any."""
    if purged is None:
        return False, ()
    key = key_in(root)
    if key is None or key_check(key) != purged.key_check:
        return False, (other_key(root, file, key, "respondents of this wave were purged"),)
    respondents = root.get("respondents")
    back = [id for id in respondents if id_digest(id, key) in purged.respondents] if isinstance(respondents, Mapping) else []
    for id in back:
        del respondents[id]  # type: ignore[union-attr,arg-type]
    return bool(back), ()


def past_deliveries(folder: Path, wave: str, deliveries: tuple[Delivery, ...]) -> tuple[tuple[PastDelivery, ...], tuple[Flaw, ...]]:
    """The deliveries, and the waves they showed beside their own, with the keys of their waves.

    One of another wave whose file is gone cannot be compared, and binds nothing.
    """
    keys: dict[str, str] = {}
    past: list[PastDelivery] = []
    flaws: dict[Flaw, None] = {}
    for of, check, binding in _publications(deliveries):
        path = folder / "assessments" / f"{of}.yaml"
        if of != wave and not path.exists():
            continue
        found = document(path)
        if found.root is None:
            flaws |= dict.fromkeys(found.flaws)
            continue
        key = keys.setdefault(of, key_in(found.root) or "")
        if key_check(key) != check:
            flaws[other_key(found.root, str(path), key, "this wave was delivered")] = None
        past.append(replace(binding, key=key, is_same_wave=of == wave))
    return tuple(past), tuple(flaws)


def _publications(deliveries: Iterable[Delivery]) -> Iterator[tuple[str, str, PastDelivery]]:
    """Each wave that a delivery showed, how its key is known again, and whom it counted; the key is still to be put in."""
    for delivery in deliveries:
        yield delivery.wave, delivery.key_check, PastDelivery(delivery.date, "", delivery.counted, is_same_wave=False)
        for shown in delivery.beside:
            yield shown.id, shown.key_check, PastDelivery(delivery.date, "", shown.counted, is_same_wave=False)


def other_key(root: Mapping, file: str, key: str | None, since: str) -> Flaw:
    """A wave's key that is not the one under which something was recorded."""
    says = "under another key than this one" if key else "under a key that is missing here"
    return Flaw(file, *key_place(root), f"{since} {says}", "put the key back that stood here, from the file's history")
