"""A Report into its document: plain data that says everything that may be shown, in one language.

`make_document` is the list of what a playbook contains. Templates get the document and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from alignment_report.analysis.report import Report
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import (
    agreements,
    appendices,
    closing,
    context,
    decision,
    diagnosis,
    friction,
    funnel,
    notes,
    opening,
    plan,
    triangulation,
)
from alignment_report.rendering.document.exhibits import exhibits
from alignment_report.rendering.document.voice import Json, Voice, voice

FORMAT = "alignment-report/1"

Edition = Literal["client", "internal", "board"]
Section = tuple[str, str, Callable[[Voice], Json]]

SECTIONS: tuple[Section, ...] = (
    ("0", "cover", opening.cover),
    ("1", "summary", opening.summary),
    ("2", "context", context.context),
    ("3", "stage", diagnosis.stage),
    ("4", "dimensions", diagnosis.dimensions),
    ("5", "perception", diagnosis.perception),
    ("6", "friction", friction.friction),
    ("7", "triangulation", triangulation.triangulation),
    ("8", "funnel", funnel.funnel),
    ("9", "decision", decision.decision),
    ("10", "target", decision.target),
    ("11", "plays", plan.plays),
    ("12", "priorities", plan.priorities),
    ("13", "roadmap", plan.roadmap),
    ("14", "responsibilities", agreements.responsibilities),
    ("15", "handoff", agreements.handoff),
    ("16", "scorecard", agreements.scorecard),
    ("17", "rewards", agreements.rewards),
    ("18", "governance", agreements.governance),
    ("19", "business-case", closing.business_case),
    ("20", "risks", closing.risks),
    ("21", "next-steps", closing.next_steps),
    ("A", "method", appendices.method),
    ("B", "statements", appendices.statements),
    ("C", "evidence", appendices.evidence),
)

_ALONE = SECTIONS[:2]
EDITIONS: Mapping[Edition, tuple[Section, ...]] = {
    "client": SECTIONS,
    "internal": (*_ALONE, ("N", "notes", notes.notes), *SECTIONS[len(_ALONE) :]),
    "board": _ALONE,
}
"""What each edition contains: the playbook, the same with the consultant's working notes, its first page alone."""


def make_document(report: Report, provenance: Provenance, delivered: date | None = None, edition: Edition = "client") -> Json:
    """The document of a report, in the playbook's language: a draft, or the final one of the day it is delivered.

    The same report, provenance, day and edition give the same document.
    """
    v = voice(report)
    contents = EDITIONS[edition]
    said = {id: make(v) for _, id, make in dict.fromkeys((*SECTIONS, *contents))}
    made = [(number, id, said[id]) for number, id, _ in contents]
    drawn = _named_in(made, exhibits(v, {id: section["title"] for id, section in said.items()}))
    sections = [{"id": id, "number": number, "anchor": f"s-{id}", "missing": None, **_showing(s, drawn)} for number, id, s in made]
    return {
        "format": FORMAT,
        "language": report.playbook.language,
        "title": v.title(_TITLES[edition], company=v.company, date=v.numbers.month(report.wave.report_date)),
        "edition": edition,
        "status": "final" if delivered else "draft",
        "delivered": {"iso": delivered.isoformat(), "text": v.numbers.day(delivered)} if delivered else None,
        "client": {"id": report.client.client, "name": v.company, "unit": report.client.company.unit},
        "wave": {
            "id": report.wave.id,
            "date": {"iso": report.wave.report_date.isoformat(), "text": v.numbers.day(report.wave.report_date)},
            "mode": report.wave.mode,
        },
        "words": v.words.under("page"),
        "colophon": {"lines": _colophon(v, provenance)},
        "running": {
            "header": v.company,
            "footer": report.client.engagement.confidentiality or v.words("document.footer"),
            "status": _status(v, delivered, edition),
        },
        "exhibits": drawn,
        "sections": sections,
    }


_TITLES: Mapping[Edition, str] = {"client": "document.title", "internal": "document.title-internal", "board": "document.title-board"}


def _named_in(made: Sequence[tuple[str, str, Json]], drawn: Json) -> Json:
    """The exhibits that some section shows."""
    named = {value for _, _, section in made for key, value in section.items() if key.startswith("exhibit")}
    return {id: exhibit for id, exhibit in drawn.items() if id in named}


def _status(v: Voice, delivered: date | None, edition: Edition) -> str:
    if edition == "internal":
        return v.words("document.internal")
    return v.words("document.final", day=v.numbers.day(delivered)) if delivered else v.words("document.draft")


def _showing(section: Json, drawn: Json) -> Json:
    """The section with the exhibits it names, as far as there are data to draw them."""
    return {key: None if key.startswith("exhibit") and value not in drawn else value for key, value in section.items()}


def _colophon(v: Voice, provenance: Provenance) -> list[str]:
    playbook, instrument = v.report.playbook, v.report.playbook.instrument
    return [
        v.words("colophon.client", client=v.report.client.client, wave=v.report.wave.id),
        v.words("colophon.playbook", name=playbook.name, version=playbook.version, instrument=instrument.id, edition=instrument.version),
        v.words("colophon.program", version=provenance.program_version),
        _revision(v, provenance),
    ]


def _revision(v: Voice, provenance: Provenance) -> str:
    if provenance.revision.commit is None:
        return v.words("colophon.unversioned")
    key = "colophon.changed" if provenance.revision.changed else "colophon.revision"
    return v.words(key, commit=provenance.revision.commit)
