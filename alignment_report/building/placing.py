"""The consultant's words held against the playbook they are to stand in: each needs its place, each override the judgement it overrides."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from alignment_report.analysis.report import Report
from alignment_report.errors import FlawedInput
from alignment_report.model.narrative import Group, Override
from alignment_report.reading.files import document
from alignment_report.reading.narrative import NARRATIVE
from alignment_report.reading.remarks import Remark, Source, did_you_mean
from alignment_report.rendering.document import SECTIONS, absent
from alignment_report.rendering.document.voice import voice

FULL = ("cover", "summary")
"""Sections that fill their page, so that no words can be added: the summary shows an override of the verdict all the same."""

_NAMES: Mapping[Group, str] = {
    "sections": "section",
    "frictions": "friction source",
    "conditions": "condition of the verdict",
    "plays": "play in the plan or among those set aside",
    "statements": "statement whose figures are shown",
    "risks": "risk that is listed",
}


SPOKEN_ON = tuple(id for id, _ in SECTIONS if id not in FULL)
"""The sections on which the consultant may have a word, in the order of the playbook."""


_SECTION_OF: Mapping[Group, str] = {
    "frictions": "friction",
    "conditions": "decision",
    "plays": "plays",
    "statements": "dimensions",
    "risks": "risks",
}
"""The section in which words on a finding stand; those on a play that is set aside stand under `priorities`."""


def require_places(folder: Path, report: Report, left_out: Collection[str] = ()) -> None:
    """Raises FlawedInput with one flaw for every word that would be printed nowhere and every override that no longer overrides.

    Both are flaws, not remarks: words that were dropped would be missed by nobody who reads the page, and an override of a judgement that
    has changed would be read as a view on the new one. `left_out` are the sections that a theme leaves out.
    """
    remarks = [*_without_place(report), *_left_out(report, left_out), *_overtaken(report)]
    if remarks:
        found = document(folder / NARRATIVE)
        raise FlawedInput(Source(found.file, found.root).flaws(remarks) if found.root is not None else found.flaws)


def places(report: Report) -> dict[Group, tuple[str, ...]]:
    """The ids of everything in this playbook that the consultant may have a word on."""
    lacking = absent(voice(report))
    return {
        "sections": tuple(id for id in SPOKEN_ON if id not in lacking),
        "frictions": tuple(finding.source.id for finding in report.findings),
        "conditions": tuple(judged.condition.id for judged in report.verdict.conditions),
        "plays": (*(planned.play.id for planned in report.plan.plays), *(play.id for play in report.plan.set_aside)),
        "statements": tuple(f.statement.id for f in report.published.statements if f.split.combined.value is not None),
        "risks": tuple(risk.id for risk in report.risks),
    }


def _without_place(report: Report) -> Iterator[Remark]:
    known, around = places(report), ("waves", report.wave.id)
    for group, id in report.words.views:
        if id not in known[group]:
            yield Remark(
                (*around, group, id), f"this wave's playbook has no such {_NAMES[group]}", _hint(group, id, known), id, at_key=True
            )
    for id in report.words.frictions:
        if id not in known["frictions"]:
            says = f"this wave's playbook has no such {_NAMES['frictions']}"
            yield Remark((*around, "overrides", "frictions", id), says, _hint("frictions", id, known), id, at_key=True)


def _left_out(report: Report, left_out: Collection[str]) -> Iterator[Remark]:
    """Words whose section the theme leaves out."""
    for group, id in report.words.views:
        section = _section(report, group, id)
        if section in left_out:
            yield Remark(
                ("waves", report.wave.id, group, id),
                f"the theme leaves out the section `{section}`, in which these words would stand",
                "delete them, or take the section back in",
                at_key=True,
            )


def _section(report: Report, group: Group, id: str) -> str:
    if group == "sections":
        return id
    is_set_aside = group == "plays" and any(play.id == id for play in report.plan.set_aside)
    return "priorities" if is_set_aside else _SECTION_OF[group]


def _hint(group: Group, id: str, known: Mapping[Group, tuple[str, ...]]) -> str:
    """Where the words may go: the nearest id, the group in which this one is known, or all that there are."""
    if group == "sections" and id in FULL:
        return "its page is full: words on the verdict may stand under `decision`"
    elsewhere = next((other for other in known if id in known[other]), None)
    if elsewhere:
        return f"`{id}` belongs under `{elsewhere}`"
    listed = ", ".join(known[group])
    return did_you_mean(id, known[group]) or (f"there are {listed}" if listed else f"there is no {_NAMES[group]} at all")


def _overtaken(report: Report) -> Iterator[Remark]:
    overrides = ("waves", report.wave.id, "overrides")
    if report.words.verdict:
        path, kind = (*overrides, "verdict"), report.verdict.kind
        if report.verdict.transition is None:
            yield Remark(
                path, f"the rules give `{kind}`, which nothing can override", "delete it, and say why under `decision`", at_key=True
            )
        else:
            yield from _changed((*path, "from"), report.words.verdict, kind)
    for finding in report.findings:
        override = report.words.frictions.get(finding.source.id)
        if override:
            yield from _changed((*overrides, "frictions", finding.source.id, "from"), override, finding.strength)


def _changed(path: tuple[str, ...], override: Override, now: str) -> Iterator[Remark]:
    if override.from_ != now:
        hint = f"read it again, then write `from: {now}`" if override.to != now else "delete the override"
        yield Remark(path, f"the rules no longer give this: they give `{now}` now", hint, override.from_)
