"""The playbook folder into a Playbook: its files together hold the fields of one record."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from alignment_report.errors import Flaw, FlawedPlaybook
from alignment_report.model.playbook import Playbook
from alignment_report.reading import shapes
from alignment_report.reading.files import document
from alignment_report.reading.playbook_checks import remarks_about
from alignment_report.reading.remarks import Source, beside
from alignment_report.reading.yaml_tree import Document, Mapping

FILES: dict[str, tuple[str, ...]] = {
    "playbook.yaml": ("name", "version", "language"),
    "instrument.yaml": ("instrument",),
    "stages.yaml": ("facets", "stages", "phases"),
    "frictions.yaml": ("strength", "frictions"),
    "transitions.yaml": ("planning", "transitions"),
    "plays.yaml": ("plays", "stops"),
    "funnel.yaml": ("buyer_steps", "sales_steps"),
    "measures.yaml": ("measures", "funnel_order", "funnel_note", "counterparts"),
    "certainty.yaml": ("likelihoods", "claims"),
    "evidence.yaml": ("references",),
    "comments.yaml": ("comments",),
    "governance.yaml": ("decision_rights", "meetings", "handoff", "rewards", "risks"),
}
"""The usual place of every field; a folder may spread them otherwise."""


def read_playbook(folder: Path) -> Playbook:
    """The checked playbook; FlawedPlaybook with every flaw of every file."""
    playbook, flaws = _read(folder)
    if flaws or playbook is None:
        raise FlawedPlaybook(flaws)
    return playbook


def _read(folder: Path) -> tuple[Playbook | None, list[Flaw]]:
    documents = [document(path) for path in sorted(folder.glob("*.yaml"))]
    if not documents:
        return None, [Flaw(str(folder), 1, 1, "no playbook is in this folder", "it holds files like playbook.yaml and instrument.yaml")]
    flaws = [flaw for found in documents for flaw in found.flaws]
    if any(found.root is None for found in documents):
        return None, flaws
    source, doubled = _together(folder, documents)
    playbook, remarks = shapes.read(Playbook, source.root)
    located = source.flaws(beside(remarks, remarks_about(playbook, remarks)))
    return playbook, [*flaws, *doubled, *located]


def _together(folder: Path, documents: list[Document]) -> tuple[Source, list[Flaw]]:
    root, files = Mapping(1, 1), dict(_usual_files(folder))
    here: dict[str, str] = {}
    doubled = []
    for found in documents:
        for key, value in (found.root or {}).items():
            place = found.root.keys_at[key] if found.root else (1, 1)
            if key in here:
                doubled.append(Flaw(found.file, *place, f"`{key}` already stands in {here[key]}", "keep one of the two"))
                continue
            root[key], root.keys_at[key], here[key] = value, place, found.file
    return Source(str(folder / "playbook.yaml"), root, files | here), doubled


def _usual_files(folder: Path) -> Iterator[tuple[str, str]]:
    names = {key: name for name, keys in FILES.items() for key in keys}
    for field in fields(Playbook):
        yield field.name, str(folder / names[field.name])
