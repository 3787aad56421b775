"""A Report into its document: plain data that says everything that may be shown, in one language.

`make_document` is the list of what a playbook contains. Templates get the document and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

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
    opening,
    plan,
    portfolio,
    progress,
    triangulation,
)
from alignment_report.rendering.document.exhibits import exhibits
from alignment_report.rendering.document.voice import Json, Voice, voice

FORMAT = "alignment-report/1"

SECTIONS: tuple[tuple[str, Callable[[Voice], Json]], ...] = (
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

_APPENDICES = ("method", "statements", "evidence")


def numbers(ids: Sequence[str]) -> tuple[str, ...]:
    """The numbers of sections in this order: from 0, the cover, on; the appendices from A on."""
    return tuple("ABC"[_APPENDICES.index(id)] if id in _APPENDICES else str(place) for place, id in enumerate(ids))


def make_document(report: Report, provenance: Provenance, delivered: date | None = None) -> Json:
    """The document of a report, in the playbook's language: a draft, or the final one of the day it is delivered.

    The same report, provenance and day give the same document.
    """
    v = voice(report)
    status = v.words("document.final", day=v.numbers.day(delivered)) if delivered else v.words("document.draft")
    there = [(id, make) for id, make in SECTIONS if id not in ONLY_WHERE or ONLY_WHERE[id](v)]
    made = [(number, id, make(v)) for number, (id, make) in zip(numbers([id for id, _ in there]), there, strict=True)]
    drawn = exhibits(v, {id: section["title"] for _, id, section in made})
    sections = [{"id": id, "number": number, "anchor": f"s-{id}", "missing": None, **_showing(s, drawn)} for number, id, s in made]
    return {
        "format": FORMAT,
        "language": report.playbook.language,
        "title": v.title("document.title", company=v.company, date=v.numbers.month(report.wave.report_date)),
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
            "status": status,
        },
        "exhibits": drawn,
        "sections": sections,
    }


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
