"""A Report into its document: plain data that says everything that may be shown, in one language.

`SECTIONS` is the list of what a playbook contains; an edition has all of them or a few, and a theme may leave some out and set others first.
Templates get the document and how it looks, nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from itertools import count
from string import ascii_uppercase
from typing import Literal

from alignment_report.analysis.report import Report
from alignment_report.model.theme import ALL_SECTIONS, NO_THEME, Sections, Theme
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import (
    agreements,
    appendices,
    closing,
    consultant,
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
from alignment_report.rendering.document.exhibits import exhibits, numbered
from alignment_report.rendering.document.voice import Json, Voice, voice
from alignment_report.rendering.exhibits.typeset import SEMIBOLD, clip

FORMAT = "alignment-report/1"
_RUNNING, _HEADER_ROOM, _FOOTER_ROOM = 8.0, 160.0, 360.0
"""Points: the size of running heads, and the room for the client's name beside the status and for the line at the foot."""

Edition = Literal["client", "internal", "board"]
EDITIONS: tuple[Edition, ...] = ("client", "internal", "board")
"""The playbook, the same with the consultant's working notes, its first page alone."""

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

NOTES = "notes"
FIRST = ("cover", "summary")
APPENDICES = ("method", "statements", "evidence")
STAYING = (*FIRST, "method", "evidence")
"""Sections that no theme leaves out: who may read it and the answer; how many answered, what is withheld and why; what every reference rests on."""


def absent(v: Voice) -> frozenset[str]:
    """The sections for which this report has no data of their own kind: without them a playbook is as whole."""
    return frozenset(id for id, is_there in ONLY_WHERE.items() if not is_there(v))


def chosen(sections: Sections = ALL_SECTIONS, edition: Edition = "client", lacking: Set[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """An edition's sections as (number, id), in order: cover and summary, chapters counted on, appendices by letters; none that is lacking."""
    left_out = {*sections.leave_out, *lacking}
    kept = [id for id, _ in SECTIONS if id not in left_out and (edition != "board" or id in FIRST)]
    first = [id for id in sections.order if id in kept and id not in FIRST]
    ordered = [*FIRST, *first, *(id for id in kept if id not in (*FIRST, *first))]
    numbers, letters = count(0), iter(ascii_uppercase)
    chapters = [(str(next(numbers)), id) for id in ordered if id not in APPENDICES]
    working = [("N", NOTES)] if edition == "internal" else []
    found = [*chapters[: len(FIRST)], *working, *chapters[len(FIRST) :]]
    return (*found, *((next(letters), id) for id in ordered if id in APPENDICES))


def make_document(
    report: Report, provenance: Provenance, delivered: date | None = None, edition: Edition = "client", theme: Theme = NO_THEME
) -> Json:
    """The document of a report, in the playbook's language: a draft, or the final one of the day it is delivered.

    The same report, provenance, day, edition and theme give the same document. Of the theme it takes words and the choice of sections.
    """
    v = voice(report)
    lacking = absent(v)
    contents = chosen(theme.sections, edition, lacking)
    ids = [id for _, id in contents]
    makers = (*SECTIONS, *([(NOTES, notes.notes)] if NOTES in ids else []))
    said = {id: make(v) for id, make in makers if id not in lacking}
    said["cover"]["text"] = theme.cover or None
    drawn = exhibits(v, {id: section["title"] for id, section in said.items()})
    sections = [_section(v, number, id, _showing(said[id], drawn)) for number, id in contents]
    there = set(_targets(sections))
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
            "header": clip(v.company, _RUNNING, _HEADER_ROOM, SEMIBOLD),
            "footer": clip(_footer(v, theme), _RUNNING, _FOOTER_ROOM),
            "status": _status(v, delivered, edition),
        },
        "exhibits": numbered(drawn, [value for section in sections for value in _exhibits_of(section)]),
        "exhibit_data": _place_of_data(ids),
        "sections": [_linked(section, there) for section in sections],
    }


_TITLES: Mapping[Edition, str] = {"client": "document.title", "internal": "document.title-internal", "board": "document.title-board"}


def _exhibits_of(section: Json) -> Iterator[str]:
    return (value for key, value in section.items() if key.startswith("exhibit") and value)


def _place_of_data(ids: list[str]) -> str | None:
    """The section behind which the PDF prints the data of the exhibits: the statements, else the last appendix; none where there is no appendix."""
    return next((id for id in ("statements", *reversed(ids)) if id in ids and id in APPENDICES), None)


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
    return " ·\N{NO-BREAK SPACE}".join(given) or v.words("document.footer")


def _status(v: Voice, delivered: date | None, edition: Edition) -> str:
    if edition == "internal":
        return v.words("document.internal")
    return v.words("document.final", day=v.numbers.day(delivered)) if delivered else v.words("document.draft")


def _section(v: Voice, number: str, id: str, made: Json) -> Json:
    return {"id": id, "number": number, "anchor": f"s-{id}", "missing": None, **made, "consultant": consultant.view(v, "sections", id)}


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
