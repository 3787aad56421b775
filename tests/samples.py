"""The sample clients, read once, and their documents."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from alignment_report.analysis.report import Report, compile_report
from alignment_report.building.branding import NOTHING, Branding, branding
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case, read_case
from alignment_report.reading.playbook import read_playbook
from alignment_report.rendering.document import Edition, make_document

CONFIGS = Path(__file__).parents[1] / "configs"
CLIENTS = tuple(sorted(folder.name for folder in (CONFIGS / "clients").iterdir() if folder.is_dir()))

Json = dict[str, Any]


@cache
def playbook() -> Playbook:
    """The knowledge folder that ships."""
    return read_playbook(CONFIGS / "playbook")


@cache
def case(client: str) -> Case:
    """A sample client, its newest wave and those before it."""
    return read_case(CONFIGS / "clients" / client, None, playbook())


@cache
def report(client: str) -> Report:
    """A sample's report."""
    return compiled(case(client))


def compiled(of: Case) -> Report:
    """The report of a case; samples have not been delivered."""
    return compile_report(of.client, of.assessment, playbook(), (), of.words, of.earlier)


@cache
def document(client: str) -> Json:
    """A sample's document."""
    return made(report(client))


@cache
def brand(client: str) -> Branding:
    """How a sample's playbook looks."""
    return branding(CONFIGS / "clients" / client, NOTHING)


@cache
def themed(client: str, edition: Edition = "client") -> Json:
    """A sample's document as its theme has it."""
    return make_document(report(client), Provenance(), edition=edition, theme=brand(client).theme)


def made(of: Report) -> Json:
    """The document of a report without provenance."""
    return make_document(of, Provenance())


def section(document: Json, id: str) -> Json:
    """One section by its id."""
    found: Json = next(section for section in document["sections"] if section["id"] == id)
    return found


def records(node: object) -> Iterator[Json]:
    """Every record of a document, outer ones first."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from records(inner)


def sentences(node: object) -> Iterator[Json]:
    """Every sentence that says what it rests on, in the order of the document."""
    return (record for record in records(node) if "text" in record and "trace" in record)


def strings(node: object) -> Iterator[str]:
    """Every text of a document, keys left out."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
