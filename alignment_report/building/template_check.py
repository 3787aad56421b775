"""A folder of templates, tried on the documents of sample clients, into everything it stumbles over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alignment_report.analysis.report import compile_report
from alignment_report.building.one import compiled, made_pdf
from alignment_report.errors import EnvironmentTrouble, Flaw, FlawedInput
from alignment_report.model.client import Client
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case, read_case
from alignment_report.rendering.document import make_document
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.look import Look
from alignment_report.rendering.template_files import template_flaws
from alignment_report.rendering.templates import recording
from alignment_report.resources import SAMPLES, shipped

NOBODY = "a client of whom nothing is known yet"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """Every flaw, with the documents it was met in where not in all of them; on how many it was tried; what kept the PDF from being made."""

    flaws: tuple[Flaw, ...]
    samples: tuple[str, ...]
    lacking: EnvironmentTrouble | None = None


def samples() -> tuple[Path, ...]:
    """The invented clients that ship with the program."""
    return tuple(shipped("clients") / name for name in SAMPLES)


def try_templates(folder: Path, clients: Sequence[Path], playbook: Playbook) -> Tried:
    """Shows each client's newest wave as both pages, and one of them as a PDF if all went well; FlawedInput where a client has flaws."""
    documents = dict(_documents(clients, playbook))
    names = tuple(documents)
    if flaws := template_flaws(folder):
        return Tried(tuple(flaws), names)
    met: dict[Flaw, list[str]] = {}
    for name, document in documents.items():
        for flaw in _stumbles(folder, document):
            met.setdefault(flaw, []).append(name)
    if met:
        return Tried(tuple(sorted(_where(flaw, where, names) for flaw, where in met.items())), names)
    look = Look(templates=folder)
    try:
        made_pdf(print_page(documents[names[0]], look), look)
    except FlawedInput as flawed:
        return Tried(flawed.flaws, names)
    except EnvironmentTrouble as trouble:
        return Tried((), names, trouble)
    return Tried((), names)


def _documents(clients: Sequence[Path], playbook: Playbook) -> Iterator[tuple[str, Document]]:
    for folder in clients:
        case = read_case(folder, None, playbook)
        yield case.client.client, make_document(compiled(folder, case, playbook), Provenance())
    first = read_case(clients[0], None, playbook)
    yield NOBODY, _bare(first, playbook)


def _bare(case: Case, playbook: Playbook) -> Document:
    """The final document of a client whose facts are all unknown and of whom nobody has answered: whatever may be empty is."""
    client = Client(client=case.client.client, company=case.client.company)
    assessment = replace(case.assessment, respondents=(), invited=type(case.assessment.invited)())
    return make_document(compile_report(client, assessment, playbook, ()), Provenance(), delivered=assessment.report_date)


def _stumbles(folder: Path, document: Document) -> list[Flaw]:
    """What the templates ask of the document in vain, on both pages, and what stops them."""
    found: dict[Flaw, None] = {}
    look, lacking = Look(templates=folder), recording(folder, found)
    for page in (screen_page, print_page):
        try:
            page(document, look, lacking)
        except FlawedInput as flawed:
            found |= dict.fromkeys(flawed.flaws)
    return list(found)


def _where(flaw: Flaw, met: Sequence[str], names: Sequence[str]) -> Flaw:
    """The flaw, and for whom it was met where not for all."""
    if len(met) == len(names):
        return flaw
    return replace(flaw, hint="; ".join(filter(None, [flaw.hint, f"met with {', '.join(met)}"])))
