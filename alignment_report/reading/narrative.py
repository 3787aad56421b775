"""A client's narrative.yaml: the consultant's words, wave by wave, or every flaw."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast, get_args

from alignment_report.analysis.comments import no_names
from alignment_report.analysis.leaks import Kind, leaks
from alignment_report.errors import Flaw
from alignment_report.model.assessment import Assessment
from alignment_report.model.client import Client
from alignment_report.model.comments import CommentRules
from alignment_report.model.narrative import (
    NO_WORDS,
    FrictionOverride,
    Group,
    Narrative,
    Override,
    Said,
    VerdictOverride,
    View,
    WaveNarrative,
    Words,
)
from alignment_report.reading import remarks, shapes
from alignment_report.reading.files import document
from alignment_report.reading.markdown import read_markdown
from alignment_report.reading.remarks import Remark, Source, beside, did_you_mean

NARRATIVE = "narrative.yaml"
GROUPS: tuple[Group, ...] = get_args(Group)

LONGEST_ON_SECTION, LONGEST_ON_FINDING, LONGEST_WHY, LONGEST_NAME = 1_500, 700, 700, 80
"""Characters of each text. A longer one is an essay, which would push what it speaks of off the page."""

_LEAKS: Mapping[Kind, tuple[str, str]] = {
    "name": ("a name of this wave's `redact` list, or a word of one, is written here", "write the title, or reword it"),
    "id": ("the id of a respondent is written here", "speak of a group of people"),
    "comment": (
        "words of a respondent's comment are repeated here",
        "say it in words of your own; comments are quoted by approving them in the wave's file",
    ),
}


@dataclass(frozen=True, slots=True)
class NarrativeFile:
    """What stands in the file, and what is wrong with it; `source` is None where there is no such file, or none that can be read."""

    narrative: Narrative
    source: Source | None
    flaws: tuple[Flaw, ...]

    def words(self, wave: str) -> Words:
        """What is said about a wave; the file must be without flaws."""
        return next((_words(found) for found in self.narrative.waves if found.id == wave), NO_WORDS)

    def flaws_beside(self, client: Client, assessment: Assessment, rules: CommentRules | None) -> tuple[Flaw, ...]:
        """What is wrong with the words on a wave in view of its answers; no message repeats a name, an id or a comment."""
        if self.source is None:
            return ()
        found = [wave for wave in self.narrative.waves if wave.id == assessment.wave]
        told = (remark for wave in found for remark in _about_wave(wave, assessment, no_names(client, rules)))
        return tuple(flaw for flaw in self.source.flaws(told) if flaw not in self.flaws)


def read_narrative(folder: Path, waves: Collection[str]) -> NarrativeFile:
    """The file of a client who has these waves; one that is not there says nothing."""
    path = folder / NARRATIVE
    if not path.is_symlink() and not path.exists():
        return NarrativeFile(Narrative(), None, ())
    found = document(path)
    if found.root is None:
        return NarrativeFile(Narrative(), None, found.flaws)
    source = Source(found.file, found.root)
    narrative, told = shapes.read(Narrative, found.root)
    return NarrativeFile(narrative, source, (*found.flaws, *source.flaws(beside(told, _about(narrative, waves)))))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the file: where it stands, within what, and how long it may be."""

    path: remarks.Path
    view: View | VerdictOverride | FrictionOverride
    most: int

    @property
    def written(self) -> str | None:
        return self.view.text if isinstance(self.view, View) else self.view.why


def _texts(wave: WaveNarrative) -> Iterator[_Text]:
    around: remarks.Path = ("waves", wave.id)
    for group in GROUPS:
        most = LONGEST_ON_SECTION if group == "sections" else LONGEST_ON_FINDING
        views: Mapping[str, View | None] = getattr(wave, group)
        yield from (_Text((*around, group, id, "text"), view, most) for id, view in views.items() if view)
    yield from (_Text((*path, "why"), override, LONGEST_WHY) for path, override in _overrides(wave))


def _overrides(wave: WaveNarrative) -> Iterator[tuple[remarks.Path, VerdictOverride | FrictionOverride]]:
    around: remarks.Path = ("waves", wave.id, "overrides")
    if wave.overrides.verdict:
        yield (*around, "verdict"), wave.overrides.verdict
    yield from (((*around, "frictions", id), override) for id, override in wave.overrides.frictions.items() if override)


def _about(narrative: Narrative, waves: Collection[str]) -> Iterator[Remark]:
    for wave in narrative.waves:
        if wave.id not in waves:
            hint = did_you_mean(wave.id, waves) or f"there are answers of {', '.join(waves) or 'no wave'}"
            yield Remark(("waves", wave.id), "there is no such wave, so these words are printed nowhere", hint, wave.id, at_key=True)
        for text in _texts(wave):
            yield from _about_text(text)
        for path, override in _overrides(wave):
            if override.to is not None and override.from_ == override.to:
                yield Remark((*path, "to"), "`from` and `to` are the same, so nothing is overridden", "delete the override", override.to)


def _about_text(text: _Text) -> Iterator[Remark]:
    by = text.view.by or ""
    if len(by) > LONGEST_NAME or "\n" in by:
        yield Remark((*text.path[:-1], "by"), f"this must be one line of {LONGEST_NAME} characters at the most")
    written = text.written or ""
    if len(written) > text.most:
        yield Remark(text.path, f"this text has {len(written):,} characters, and here {text.most:,} are the most", "shorten it")
    for trouble in read_markdown(written)[1] if written else ():
        yield Remark(text.path, trouble.says, trouble.hint, row=trouble.row)


def _about_wave(wave: WaveNarrative, assessment: Assessment, harmless: Collection[str]) -> Iterator[Remark]:
    for text in _texts(wave):
        yield from _too_early((*text.path[:-1], "date"), text.view.date, assessment.collected_from)
        for leak in leaks(text.written or "", assessment, harmless):
            yield Remark(text.path, *_LEAKS[leak.kind], row=leak.row)


def _too_early(path: remarks.Path, written: date | None, first: date | None) -> Iterator[Remark]:
    if written and first and written < first:
        says = f"this lies before {first}, the first day of this wave's answers"
        yield Remark(path, says, "if the words still hold, give the day on which you made sure of it")


def _words(wave: WaveNarrative) -> Words:
    texts = {text.path[2:-1]: _said(text) for text in _texts(wave)}
    written = {path[2:]: Override(override.from_, override.to, texts[path[2:]]) for path, override in _overrides(wave)}
    return Words(
        views={cast(tuple[Group, str], path): said for path, said in texts.items() if path[0] != "overrides"},
        verdict=written.get(("overrides", "verdict")),
        frictions={str(path[-1]): override for path, override in written.items() if path[:2] == ("overrides", "frictions")},
    )


def _said(text: _Text) -> Said:
    return Said(".".join(map(str, text.path)), read_markdown(text.written or "")[0], text.view.by, text.view.date)
