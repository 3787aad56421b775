"""Opinions beside hard figures: where the two agree, where they contradict each other, where one is missing."""

from collections.abc import Mapping, Sequence
from typing import get_args

from alignment_report.analysis.counterparts import Match, Triangulated
from alignment_report.analysis.perception import is_high, is_low
from alignment_report.rendering.document.voice import Json, Voice, capitalised, decisive, path_of, sentence


def triangulation(v: Voice) -> Json:
    """Opinions held beside hard figures."""
    rows = v.report.triangulated
    tallies = {match: sum(t.match == match for t in rows) for match in get_args(Match)}
    known = tallies["agrees"] + tallies["contradicts"] + tallies["neither"]
    borne_out = {t.statement.topic for t in rows if t.match == "agrees"}
    against = list(dict.fromkeys(t.statement.topic for t in rows if t.match == "contradicts"))
    contradicted = [topic for topic in against if topic not in borne_out]
    is_mostly = contradicted and tallies["agrees"] > tallies["contradicts"]
    key = "mostly" if is_mostly else "contradicted" if contradicted else "mixed" if against else "borne-out" if borne_out else "unclear"
    count = tallies["agrees"] if is_mostly else len(contradicted) or tallies["agrees"] or known
    title = v.title(f"triangulation.title.{key if known else 'none'}", count, topics=v.numbers.joined(contradicted or against))
    return {
        "title": title,
        "label": v.words("triangulation.label"),
        "paragraphs": [[_tally(v, rows, tallies)]] if rows else [],
        "missing": None if rows else [v.say("missing.counterparts", [])],
        "rows": [_pair(v, pair) for pair in rows],
    }


def _tally(v: Voice, rows: Sequence[Triangulated], tallies: Mapping[Match, int]) -> Json:
    """How many pairs agree, contradict each other, settle nothing or are incomplete."""
    parts = [v.words(f"triangulation.part.{match}", count) for match, count in tallies.items() if count]
    trace = [path for pair in rows for path in _trace(pair)]
    return v.say("triangulation.tally", trace, len(rows), company=v.company, parts=v.numbers.joined(parts))


def _trace(pair: Triangulated) -> list[str]:
    """What the outcome of a pair rests on."""
    return [f"statement:{pair.statement.id}", *map(path_of, [*decisive(pair.high), *decisive(pair.low)])]


def _pair(v: Voice, pair: Triangulated) -> Json:
    counterpart = pair.counterpart
    readings = pair.high.readings + pair.low.readings
    trace = _trace(pair)
    hard = v.told(counterpart.shows, f"counterpart.{counterpart.id}", pair.high, pair.low) if pair.match != "no-data" else None
    name = capitalised(counterpart.against)
    note = (
        sentence(counterpart.find_out, trace)
        if pair.match == "no-data" and all(r.value is None for r in readings)
        else v.say(f"triangulation.note.{_told_apart(v, pair)}", trace, topic=pair.statement.topic, hard=counterpart.against)
    )
    return {
        "topic": capitalised(pair.statement.topic),
        "opinion": v.mean_figure(pair.opinion),
        "hard": sentence(capitalised(hard["text"]), hard["trace"]) if hard else sentence(name, trace),
        "match": pair.match,
        "match_name": v.words(f"match.{pair.match}"),
        "note": note,
    }


def _told_apart(v: Voice, pair: Triangulated) -> str:
    """The outcome of a pair, and where it is not clear which of the two is not."""
    if pair.match != "neither" or pair.opinion.value is None:
        return pair.match
    scale = v.report.playbook.instrument.scale
    says = is_high(pair.opinion.value, scale) or is_low(pair.opinion.value, scale)
    shows = pair.high.met or pair.low.met
    return "neither-figure" if says else "neither-opinion" if shows else "neither"
