"""A folder of templates, tried on the documents of sample clients in their own looks, into everything it stumbles over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alignment_report.analysis.report import compile_report
from alignment_report.building.branding import Branding, Practice, read_branded, unbranded
from alignment_report.building.one import compiled, made_pdf
from alignment_report.errors import EnvironmentTrouble, Flaw, FlawedInput
from alignment_report.model.client import Client
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case
from alignment_report.reading.theme import Brand
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


def try_templates(folder: Path, clients: Sequence[Path], playbook: Playbook, brand: Brand | None = None) -> Tried:
    """Shows each client's newest wave as both pages, and one of them as a PDF if all went well; FlawedInput where a client has flaws.

    A client's own theme over `brand` says how the pages look and which sections they have.
    """
    shown = dict(_shown(clients, playbook, Practice(brand, folder)))
    names = tuple(shown)
    if flaws := template_flaws(folder):
        return Tried(tuple(flaws), names)
    met: dict[Flaw, list[str]] = {}
    for name, (document, look) in shown.items():
        for flaw in _stumbles(folder, document, look):
            met.setdefault(flaw, []).append(name)
    if met:
        return Tried(tuple(sorted(_where(flaw, where, names) for flaw, where in met.items())), names)
    document, look = shown[names[0]]
    try:
        made_pdf(print_page(document, look), look)
    except FlawedInput as flawed:
        return Tried(flawed.flaws, names)
    except EnvironmentTrouble as trouble:
        return Tried((), names, trouble)
    return Tried((), names)


def _shown(clients: Sequence[Path], playbook: Playbook, brought: Practice) -> Iterator[tuple[str, tuple[Document, Look]]]:
    """The document of each client and how it looks; last that of one of whom nothing is known, without a theme of its own."""
    cases = []
    for folder in clients:
        case, branded = read_branded(folder, None, playbook, brought)
        report = compiled(folder, case, playbook)  # words in a section that a theme leaves out are no matter of templates
        yield case.client.client, (make_document(report, Provenance(), theme=branded.theme), branded.look)
        cases.append(case)
    nobody = unbranded(brought)
    yield NOBODY, (_bare(cases[0], playbook, nobody), nobody.look)


def _bare(case: Case, playbook: Playbook, branded: Branding) -> Document:
    """The final document of a client whose facts are all unknown and of whom nobody has answered: whatever may be empty is."""
    client = Client(client=case.client.client, company=case.client.company)
    assessment = replace(case.assessment, respondents=(), invited=type(case.assessment.invited)())
    report = compile_report(client, assessment, playbook, ())
    return make_document(report, Provenance(), delivered=assessment.report_date, theme=branded.theme)


def _stumbles(folder: Path, document: Document, look: Look) -> list[Flaw]:
    """What the templates ask of the document in vain, on both pages, and what stops them."""
    found: dict[Flaw, None] = {}
    lacking = recording(folder, found)
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
