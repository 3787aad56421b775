"""The consultant's own words beside what the rules say: views on sections and findings, and judgements they do not share.

Whatever stands under a key `consultant` is theirs, to the letter: numbers in it are not the document's.
"""

import re

from alignment_report.analysis.friction import Finding
from alignment_report.model.narrative import Block, Group, Override, Paragraph, Runs, Said
from alignment_report.rendering.document.verdict import verdict_title
from alignment_report.rendering.document.voice import Json, Prose, Voice

_PLAIN = {"strong": False, "emphasis": False}


def view(v: Voice, group: Group, id: str) -> Json | None:
    """What the consultant says on a section or finding; None where they say nothing."""
    found = v.report.words.views.get((group, id))
    return _said(v, found) if found else None


def _said(v: Voice, said: Said) -> Json:
    return {
        "by": said.by,
        "date": v.numbers.day(said.date),
        "blocks": [_block(block) for block in said.blocks],
        "trace": [f"narrative:{said.path}"],
    }


def _block(block: Block) -> Json:
    """A paragraph in parts, or a list with entries in parts."""
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "parts": _parts(block.runs)}
    return {"kind": "numbers" if block.numbered else "bullets", "entries": [_parts(entry) for entry in block.entries]}


def _parts(runs: Runs) -> list[Json]:
    """Runs as parts, the spaces between them by themselves: WeasyPrint breaks a line too early where one at a run's end lies over the edge."""
    parts: list[Json] = []
    for run in runs:
        before, text, after = re.fullmatch(r"( ?)(.*?)( ?)", run.text, re.DOTALL).groups()  # type: ignore[union-attr]
        marks = {"strong": run.strong, "emphasis": run.emphasis}
        parts += [{"text": each, **(marks if each == text else _PLAIN)} for each in (before, text, after) if each]
    return parts


def friction_override(v: Voice, finding: Finding) -> Json | None:
    """The consultant's strength of a friction source beside that of the rules."""
    override = v.report.words.frictions.get(finding.source.id)
    if override is None:
        return None
    places = {"measured": v.words(f"strength.{finding.strength}"), "to": v.words(f"strength.{override.to}"), "by": override.why.by}
    trace = [f"rule:friction.{finding.source.id}", *_trace(override)]
    return {
        "text": v.say("override.friction", trace, **places),
        "follows": v.say("override.friction-follows", trace),
        "consultant": _said(v, override.why),
    }


def verdict_override(v: Voice) -> Json | None:
    """The consultant's verdict beside that of the rules, with the reasons."""
    override = v.report.words.verdict
    if override is None:
        return None
    return {
        "text": _otherwise(v, "override.verdict", override),
        "follows": _otherwise(v, "override.verdict-follows", override),
        "consultant": _said(v, override.why),
    }


def judged_otherwise(v: Voice) -> Json | None:
    """The consultant's verdict in short, for the summary."""
    return _otherwise(v, "override.in-short", v.report.words.verdict) if v.report.words.verdict else None


def decision_follows(v: Voice) -> Prose:
    """That the decision asked for is that of the rules, where the consultant judges otherwise."""
    return [_otherwise(v, "override.decision-follows", v.report.words.verdict)] if v.report.words.verdict else []


def plays_follow(v: Voice) -> list[Prose]:
    """That the plays follow the rules, where the consultant judges otherwise."""
    return [[_otherwise(v, "override.plays-follow", v.report.words.verdict)]] if v.report.words.verdict else []


def _otherwise(v: Voice, key: str, override: Override) -> Json:
    places = {
        "measured": v.within(verdict_title(v)),
        "to": v.within(verdict_title(v, override.to)),
        "by": override.why.by,
        "section": v.words("decision.label"),
    }
    return v.say(key, ["rule:verdict", "score", *_trace(override)], **places)


def _trace(override: Override) -> list[str]:
    """The override's own record in narrative.yaml."""
    return [f"narrative:{override.why.path.removesuffix('.why')}"]
