"""Finished files of a client's waves into what must not go out: faults of their own, and what the inputs would give now."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from alignment_report.building.branding import NOTHING, Practice, read_branded
from alignment_report.building.one import NAMES, compiled
from alignment_report.building.write import as_json
from alignment_report.errors import FlawedInput
from alignment_report.gate.checks import faults
from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import Around
from alignment_report.gate.paper import as_read, identifier_of
from alignment_report.history import revision
from alignment_report.model.playbook import Playbook
from alignment_report.model.record import Delivery
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case, waves
from alignment_report.reading.files import document as tree_of
from alignment_report.reading.yaml_tree import Mapping as Tree
from alignment_report.reading.yaml_tree import Scalar
from alignment_report.rendering.document import Edition, make_document
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.look import Look

_LEAST = 3
"""A name of fewer letters is found in any text."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An edition's finished files in a folder: drafts, or those of a delivery."""

    folder: Path
    delivery: Delivery | None
    edition: Edition

    @property
    def day(self) -> date | None:
        return self.delivery.date if self.delivery else None


def finished_faults(
    folder: Path, wave: str | None, playbook: Playbook, output: Path, brought: Practice = NOTHING, benchmark: Path | None = None
) -> tuple[Fault, ...]:
    """Every fault of the files that stand in the output folder: of one wave, or of every wave that has any.

    Read are the drafts of a wave and its newest delivery. Raises FlawedInput where the client's files cannot be used.
    """
    made = output / folder.resolve().name
    standing = [id for id in ((wave,) if wave else waves(folder)) if (made / id).is_dir()]
    told = [fault for id in standing for fault in _of_wave(folder, id, playbook, output, brought, benchmark)]
    if not any(place.is_file() for id in standing for place in (made / id).rglob("*")):
        return (Fault(str(made), "there are no finished files here; run `build` first"),)
    return tuple(told)


def _of_wave(folder: Path, wave: str, playbook: Playbook, output: Path, brought: Practice, benchmark: Path | None) -> Iterator[Fault]:
    try:
        case, branding = read_branded(folder, wave, playbook, brought)
    except FlawedInput as flawed:  # the client's facts are those of the newest wave and may not fit an older one
        yield Fault(str(output / folder.resolve().name / wave), f"these files can no longer be made from the inputs: {flawed.flaws[0]}")
        return
    report = compiled(folder, case, playbook, branding.theme.sections.leave_out, benchmark)
    for place in _places(case, output):
        now = make_document(report, Provenance(revision(folder)), place.day, place.edition, branding.theme)
        for fault in _faults(place, now, branding.look, around(folder, case, branding.look)):
            yield replace(fault, where=str(place.folder / fault.where))


def around(folder: Path, case: Case, look: Look) -> Around:
    """What the files of a client must not tell: the clients beside it, the ids of those who answered, this machine and its user."""
    allowed = {name.casefold() for name in case.client.engagement.may_name}
    others = (names for names in _clients_beside(folder) if not allowed & {name.casefold() for name in names})
    strangers = sorted({name for names in others for name in names})
    ids = frozenset(person.id for person in case.assessment.respondents)
    return Around(tuple(strangers), ids, frozenset(_of_this_machine()), look)


def _places(case: Case, output: Path) -> Iterator[_Place]:
    """The drafts of a wave and its newest delivery, in every edition that stands there."""
    drafts = output / case.client.client / case.assessment.wave
    own = [d for d in case.deliveries if d.wave == case.assessment.wave and (drafts / d.folder).is_dir()]
    for folder, delivery in ((drafts, None), *((drafts / d.folder, d) for d in own[-1:])):
        for edition, names in NAMES.items():
            if any((folder / name).is_file() for name in names[:3]):
                yield _Place(folder, delivery, edition)


def _faults(place: _Place, now: dict[str, Any], look: Look, beside: Around) -> Iterator[Fault]:
    names = NAMES[place.edition][:3]
    if missing := [name for name in names if not (place.folder / name).is_file()]:
        yield from (Fault(name, "this file is missing; make the files again") for name in missing)
        return
    json, html, pdf = ((place.folder / name).read_bytes() for name in names)
    yield from _stale(names, (json, html, pdf), now, look)
    if place.delivery:
        digests = {name: sha256(content).hexdigest() for name, content in zip(names, (json, html, pdf), strict=True)}
        changed = (name for name, digest in digests.items() if digest != place.delivery.files.get(name))
        yield from (Fault(name, "the file is not the one that was delivered: deliveries.yaml holds another digest") for name in changed)
    told = _document(json)
    if told is None:
        yield Fault(names[0], "this is no document of a playbook; make the files again")
    yield from faults(told or now, html, pdf, beside)


def _stale(names: Sequence[str], contents: Sequence[bytes], now: dict[str, Any], look: Look) -> Iterator[Fault]:
    """Files that are not what the inputs give now. A PDF is known by the digest of the page it was made from."""
    json, html, pdf = contents
    if json != as_json(now):
        yield Fault(names[0], f"stale: the inputs now give {_difference(_document(json), now)}; make the files again")
    if html != screen_page(now, look).encode():
        yield Fault(names[1], "stale: the inputs now give another page; make the files again")
    if identifier_of(pdf) != as_read(sha256(print_page(now, look).encode()).digest()[:16]):
        yield Fault(names[2], "stale: the inputs now give another page; make the files again")


def _difference(old: Mapping[str, Any] | None, now: Mapping[str, Any]) -> str:
    """Where the first difference lies, in words."""
    if old is None:
        return "a document"
    sections = zip(old["sections"], now["sections"], strict=False)
    differing = next((section["label"] for before, section in sections if before != section), None)
    if differing:
        return f"another section “{differing}”"
    field = next((name for name in now if old.get(name) != now[name]), None)
    return "the revision of another commit" if field == "colophon" else f"another {field or 'form'}"


def _document(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("sections"), list) and "exhibits" in found else None


def _clients_beside(folder: Path) -> Iterator[tuple[str, ...]]:
    """Folder and company of every other client's folder beside this one, as far as they can be read."""
    own = folder.resolve()
    for path in sorted(own.parent.iterdir()):
        if path != own and path.is_dir() and (path / "client.yaml").is_file():
            root = tree_of(path / "client.yaml").root
            company = root.get("company") if isinstance(root, Tree) else None
            name = company.get("name") if isinstance(company, Tree) else None
            yield (path.name, name.text) if isinstance(name, Scalar) else (path.name,)


def _of_this_machine() -> Iterator[str]:
    """Names of the machine and its user, as the surroundings tell them."""
    found = (os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"))
    return (name for name in found if len(name) >= _LEAST)
