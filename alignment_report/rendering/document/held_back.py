"""What is said of answers that are not counted, so that nobody's follow from what was delivered before."""

from collections.abc import Sequence
from datetime import date

from alignment_report.rendering.document.voice import Prose, Voice


def held_back(v: Voice) -> Prose:
    """At most one sentence on answers that came late and one on those that have gone; neither tells how many."""
    found = v.report.held_back
    k = v.words.counted(v.report.published.thresholds.figures)
    late = [v.say("suppression.late", ["rule:disclosure"], len(found.late), days=_days(v, found.late), k=k)] if found.late else []
    gone = [v.say("suppression.gone", ["rule:disclosure"], len(found.gone), days=_days(v, found.gone))] if found.gone else []
    return [*late, *gone]


def _days(v: Voice, days: Sequence[date]) -> str:
    return v.numbers.joined([v.numbers.day(day) for day in days])
