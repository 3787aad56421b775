"""Earlier waves into those whose figures may stand beside the ones reported, and whom they count.

Two waves in one playbook are two publications. What an earlier wave's own playbook has shown may be shown again: people and figures are the
same, so nothing new is told. Anything else would be a new publication of that wave. It is held against what was delivered, as its own
playbook would be, and then against every later wave shown here: the later one, whose figures stand as they are, must be what it could be had
the earlier one been delivered before. Where answers were carried over and that does not hold the earlier wave is not shown at all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from alignment_report.analysis.digests import answers_digest, content
from alignment_report.analysis.rerun import ROLES, PastDelivery, counted_digests, hold_back
from alignment_report.model.assessment import Assessment, Respondent
from alignment_report.model.playbook import Instrument

WhyNot = Literal["other-instrument", "other-mode", "protected"]
"""Why an earlier wave is not shown: other statements, two heads against groups, or to protect those who answered."""


@dataclass(frozen=True, slots=True)
class EarlierWave:
    """A wave before the one reported, with the deliveries that bind it, its own among them; without its answers where it asked other statements."""

    wave: str
    report_date: date
    assessment: Assessment | None
    past: tuple[PastDelivery, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveBeside:
    """An earlier wave with the people who count in what is shown of it, or the reason why nothing is. No key is in it.

    `is_new` says that its figures have not been published with these people before, so that a delivery has to remember them.
    """

    wave: str
    report_date: date
    counted: Assessment | None
    why_not: WhyNot | None = None
    is_new: bool = False


def stand_beside(now: Assessment, earlier: Sequence[EarlierWave], instrument: Instrument) -> tuple[WaveBeside, ...]:
    """What may be shown of each earlier wave, in the order given, beside a wave of which only the counted people are left.

    `earlier` is in the order of time. The later a wave, the sooner it is settled, so that an old one yields to a younger one.
    """
    shown, found = [now], []
    for wave in reversed(earlier):
        beside = _beside(wave, shown, instrument)
        found.append(beside)
        shown += [beside.counted] if beside.counted else []
    return tuple(reversed(found))


def as_published(wave: EarlierWave) -> Assessment | None:
    """The wave with the people of its last delivery alone and without its key; None where there was none or some of them have gone."""
    last = _last(wave)
    if wave.assessment is None or last is None:
        return None
    people = list(_of_then(wave.assessment.respondents, last))
    return _with(wave.assessment, people) if len(people) == sum(len(getattr(last.counted, role)) for role in ROLES) else None


def _beside(wave: EarlierWave, later: Sequence[Assessment], instrument: Instrument) -> WaveBeside:
    if wave.assessment is None:
        return WaveBeside(wave.wave, wave.report_date, None, "other-instrument")
    rules = wave.assessment.confidentiality
    if rules.mode != later[0].confidentiality.mode:
        return WaveBeside(wave.wave, wave.report_date, None, "other-mode")
    if rules.mode == "named":
        return WaveBeside(wave.wave, wave.report_date, _with(wave.assessment, wave.assessment.respondents))
    if (same := as_published(wave)) is not None:
        return WaveBeside(wave.wave, wave.report_date, same)
    last = _last(wave)
    left = list(_of_then(wave.assessment.respondents, last)) if last else wave.assessment.respondents
    counted, _ = hold_back(_with(wave.assessment, left), wave.past, instrument)
    if not all(_agrees(each, counted, rules.key or "", instrument) for each in later):
        return WaveBeside(wave.wave, wave.report_date, None, "protected")
    return WaveBeside(wave.wave, wave.report_date, counted, is_new=True)


def _last(wave: EarlierWave) -> PastDelivery | None:
    return next((delivery for delivery in reversed(wave.past) if delivery.is_same_wave), None)


def _of_then(people: Sequence[Respondent], last: PastDelivery) -> Iterator[Respondent]:
    """Those who were counted in a delivery, as far as their answers are still there."""
    left = {role: Counter(getattr(last.counted, role)) for role in ROLES}
    for person in people:
        digest = answers_digest(content(person), last.key)
        if left[person.function][digest] > 0:
            left[person.function][digest] -= 1
            yield person


def _with(assessment: Assessment, people: Sequence[Respondent]) -> Assessment:
    return replace(assessment, respondents=tuple(people), confidentiality=replace(assessment.confidentiality, key=None))


def _agrees(later: Assessment, earlier: Assessment, key: str, instrument: Instrument) -> bool:
    """Whether the later wave would count the same people if the earlier one had been delivered with these; leadership is not shown of it."""
    shown = [person for person in earlier.respondents if person.function != "leadership"]
    as_delivered = PastDelivery(earlier.report_date, key, counted_digests(shown, key), is_same_wave=False)
    return hold_back(later, [as_delivered], instrument)[0].respondents == later.respondents
