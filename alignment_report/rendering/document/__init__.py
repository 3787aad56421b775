"""A Report into its document: plain data that says everything that may be shown, in one language.

`SECTIONS` is the list of what a playbook contains; a theme may leave some out and set others first. Templates get the document and how it
looks, nothing else.
"""

from collections.abc import Callable, Iterator, Set
from datetime import date
from itertools import count
from string import ascii_uppercase

from alignment_report.analysis.report import Report
from alignment_report.model.theme import ALL_SECTIONS, NO_THEME, Sections, Theme
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
    triangulation,
)
from alignment_report.rendering.document.exhibits import exhibits, numbered
from alignment_report.rendering.document.voice import Json, Voice, voice

FORMAT = "alignment-report/1"

SECTIONS: tuple[tuple[str, Callable[[Voice], Json]], ...] = (
    ("cover", opening.cover),
    ("summary", opening.summary),
    ("context", context.context),
    ("stage", diagnosis.stage),
    ("dimensions", diagnosis.dimensions),
    ("perception", diagnosis.perception),
    ("friction", friction.friction),
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
FIRST = ("cover", "summary")
APPENDICES = ("method", "statements", "evidence")
STAYING = (*FIRST, "method", "evidence")
"""Sections that no theme leaves out: who may read it and the answer; how many answered, what is withheld and why; what every reference rests on."""


def chosen(sections: Sections = ALL_SECTIONS) -> tuple[tuple[str, str], ...]:
    """The playbook's sections as (number, id), in order: cover and summary, chapters counted on, appendices by letters."""
    kept = [id for id, _ in SECTIONS if id not in sections.leave_out]
    first = [id for id in sections.order if id in kept and id not in FIRST]
    ordered = [*FIRST, *first, *(id for id in kept if id not in (*FIRST, *first))]
    numbers, letters = count(0), iter(ascii_uppercase)
    chapters = [(str(next(numbers)), id) for id in ordered if id not in APPENDICES]
    return (*chapters, *((next(letters), id) for id in ordered if id in APPENDICES))


def make_document(report: Report, provenance: Provenance, delivered: date | None = None, theme: Theme = NO_THEME) -> Json:
    """The document of a report, in the playbook's language: a draft, or the final one of the day it is delivered.

    The same report, provenance, day and theme give the same document. Of the theme it takes words and the choice of sections.
    """
    v = voice(report)
    status = v.words("document.final", day=v.numbers.day(delivered)) if delivered else v.words("document.draft")
    made = {id: make(v) for id, make in SECTIONS}
    made["cover"]["text"] = theme.cover or None
    drawn = exhibits(v, {id: section["title"] for id, section in made.items()})
    shown = [(number, id, _showing(made[id], drawn)) for number, id in chosen(theme.sections)]
    sections = [{"id": id, "number": number, "anchor": f"s-{id}", "missing": None, **section} for number, id, section in shown]
    there = set(_targets(sections))
    ids = [id for _, id, _ in shown]
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
            "footer": _footer(v, theme),
            "status": status,
        },
        "exhibits": numbered(drawn, [value for section in sections for value in _exhibits_of(section)]),
        "exhibit_data": "statements" if "statements" in ids else ids[-1],
        "sections": [_linked(section, there) for section in sections],
    }


def _showing(section: Json, drawn: Json) -> Json:
    """The section with the exhibits it names, as far as there are data to draw them."""
    return {key: None if key.startswith("exhibit") and value not in drawn else value for key, value in section.items()}


def _exhibits_of(section: Json) -> Iterator[str]:
    return (value for key, value in section.items() if key.startswith("exhibit") and value)


def _targets(node: object) -> Iterator[str]:
    """The anchors of all that can be pointed at: what has an id of its own."""
    if isinstance(node, dict):
        if "id" in node and "anchor" in node:
            yield node["anchor"]
        for value in node.values():
            yield from _targets(value)
    elif isinstance(node, list):
        for value in node:
            yield from _targets(value)


def _linked(node: object, there: Set[str]) -> object:
    """The same, where what points at a section that is left out points nowhere: its anchor is None."""
    if isinstance(node, list):
        return [_linked(value, there) for value in node]
    if not isinstance(node, dict):
        return node
    return {key: None if key == "anchor" and value not in there else _linked(value, there) for key, value in node.items()}


def _footer(v: Voice, theme: Theme) -> str:
    """The line of confidentiality, if there is one, and the theme's; else ours."""
    given = [line for line in (v.report.client.engagement.confidentiality, theme.footer) if line]
    return " · ".join(given) or v.words("document.footer")


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
