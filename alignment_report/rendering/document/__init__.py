"""A Report into its document: plain data that says everything that may be shown, in one language.

`make_document` is the list of what a playbook contains. Templates get the document and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import count
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
    portfolio,
    progress,
    triangulation,
)
from alignment_report.rendering.document.exhibits import exhibits
from alignment_report.rendering.document.voice import Json, Voice, voice

FORMAT = "alignment-report/1"

Edition = Literal["client", "internal", "board"]
Section = tuple[str, Callable[[Voice], Json]]

SECTIONS: tuple[Section, ...] = (
    ("cover", opening.cover),
    ("summary", opening.summary),
    ("context", context.context),
    ("stage", diagnosis.stage),
    ("dimensions", diagnosis.dimensions),
    ("portfolio", portfolio.portfolio),
    ("perception", diagnosis.perception),
    ("friction", friction.friction),
    ("progress", progress.progress),
    ("triangulation", triangulation.triangulation),
    ("funnel", funnel.funnel),
    ("decision", decision.decision),
    ("target", decision.target),
    ("plays", plan.plays),
    ("priorities", plan.priorities),
    ("roadmap", plan.roadmap),
    ("responsibilities", agreements.responsibilities),
    ("handoff", agreements.handoff),
    ("scorecard", agreements.scorecard),
    ("rewards", agreements.rewards),
    ("governance", agreements.governance),
    ("business-case", closing.business_case),
    ("risks", closing.risks),
    ("next-steps", closing.next_steps),
    ("method", appendices.method),
    ("statements", appendices.statements),
    ("evidence", appendices.evidence),
)
"""What a playbook contains, in this order."""

ONLY_WHERE: Mapping[str, Callable[[Voice], bool]] = {"portfolio": portfolio.has_benchmark, "progress": progress.has_earlier_waves}
"""Sections that a playbook has only where this holds."""

_LETTERS = {"notes": "N", "method": "A", "statements": "B", "evidence": "C"}

_ALONE = SECTIONS[:2]
EDITIONS: Mapping[Edition, tuple[Section, ...]] = {
    "client": SECTIONS,
    "internal": (*_ALONE, ("notes", notes.notes), *SECTIONS[len(_ALONE) :]),
    "board": _ALONE,
}
"""What each edition contains: the playbook, the same with the consultant's working notes, its first page alone."""


def is_there(section: Section, v: Voice) -> bool:
    """Whether a section is in the playbook of this report."""
    return section[0] not in ONLY_WHERE or ONLY_WHERE[section[0]](v)


def numbers(sections: Sequence[Section]) -> tuple[str, ...]:
    """The numbers of these sections: from 0, the cover, on; notes and appendices bear letters."""
    counted = count()
    return tuple(_LETTERS.get(id) or str(next(counted)) for id, _ in sections)


def make_document(report: Report, provenance: Provenance, delivered: date | None = None, edition: Edition = "client") -> Json:
    """The document of a report, in the playbook's language: a draft, or the final one of the day it is delivered.

    The same report, provenance, day and edition give the same document.
    """
    v = voice(report)
    contents = [section for section in EDITIONS[edition] if is_there(section, v)]
    said = {id: make(v) for id, make in dict.fromkeys((*(section for section in SECTIONS if is_there(section, v)), *contents))}
    made = [(number, id, said[id]) for number, (id, _) in zip(numbers(contents), contents, strict=True)]
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
