"""The gate: every check there is, in the order its faults are told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from alignment_report.gate.empty import emptiness
from alignment_report.gate.fault import Fault
from alignment_report.gate.figures import figures
from alignment_report.gate.finished import NOTHING_AROUND, PDF, Around, Finished, read_finished
from alignment_report.gate.layout import breaks, layout
from alignment_report.gate.paper import Unreadable
from alignment_report.gate.residue import residue
from alignment_report.gate.sight import contrast, fonts, weight
from alignment_report.gate.strangers import privacy, strangers
from alignment_report.gate.ways import alternatives, contents

CHECKS: tuple[Callable[[Finished], Iterator[Fault]], ...] = (
    residue,
    emptiness,
    strangers,
    figures,
    alternatives,
    contents,
    layout,
    breaks,
    contrast,
    fonts,
    weight,
    privacy,
)
LAYOUT = (layout, breaks, contrast, fonts)
"""Those that look at how a page is set."""


def faults(document: Mapping[str, Any], html: bytes, pdf: bytes, around: Around = NOTHING_AROUND) -> tuple[Fault, ...]:
    """Every fault of the finished files of a document, each once; they are named as the files of the document's edition."""
    try:
        told = read_finished(document, html, pdf, around)
    except Unreadable as trouble:
        found = [Fault(PDF, f"this is no PDF that can be read ({trouble})")]
    else:
        found = list(dict.fromkeys(fault for check in CHECKS for fault in check(told)))
    edition = document.get("edition", "client")
    return tuple(found) if edition == "client" else tuple(replace(fault, where=_named(fault.where, edition)) for fault in found)


def _named(where: str, edition: str) -> str:
    return f"{edition}.{where.removeprefix('playbook.')}"
