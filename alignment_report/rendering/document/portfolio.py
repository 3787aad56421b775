"""This company among others: in which quarter its figures stand, and what that can and cannot tell."""

from collections.abc import Sequence
from dataclasses import asdict

from alignment_report.analysis.portfolio import LEAST, Portfolio, Quarter, Standing
from alignment_report.rendering.document.exhibit_parts import bands, exhibit, placed, row_text, table_of
from alignment_report.rendering.document.voice import Json, Prose, Voice
from alignment_report.rendering.exhibits import portfolio as chart

NAMED_IN_TITLE = 3


def has_benchmark(v: Voice) -> bool:
    """Whether a benchmark was given, whether or not it can be used for this client."""
    return v.report.portfolio is not None


def portfolio(v: Voice) -> Json:
    """The quarter of the score and of each dimension among those of other companies."""
    found = v.report.portfolio
    rows = found.rows if found else ()
    return {
        "title": _title(v, found, rows) if found and rows else v.title("portfolio.title.none", company=v.company),
        "label": v.words("portfolio.label"),
        "paragraphs": [[_score(v, rows[0]), *_quarters(v, rows[1:])], _limits(v, found)] if found and rows else [],
        "missing": None if rows else _missing(v, found),
        "exhibit": "portfolio",
    }


def _missing(v: Voice, found: Portfolio | None) -> Prose:
    why = found.why_not if found and found.why_not else "too-few"
    return [v.say(f"portfolio.missing.{why}", ["score", "rule:benchmark"], company=v.company, least=v.words.counted(LEAST))]


def _title(v: Voice, found: Portfolio, rows: Sequence[Standing]) -> str:
    """The dimensions in the outer quarters; else that there are none."""
    low, high = (_in(v, rows[1:], quarter) for quarter in ("bottom", "top"))
    names = {name: _joined(v, each, len(rows) - 1) for name, each in (("low", low), ("high", high))}
    key = "both" if low and high else "bottom" if low else "top" if high else "middle"
    many = "-many" if key in ("bottom", "top") and len(low or high) > NAMED_IN_TITLE else ""
    return v.title(f"portfolio.title.{key}{many}", len(low or high), company=v.company, others=v.words.counted(found.others), **names)


def _in(v: Voice, rows: Sequence[Standing], quarter: Quarter) -> list[str]:
    return [v.within(row.dimension.name) for row in rows if row.dimension and row.quarter == quarter]


def _joined(v: Voice, names: Sequence[str], total: int) -> str:
    if len(names) == total > NAMED_IN_TITLE:
        return v.words("portfolio.all", len(names))
    if len(names) > NAMED_IN_TITLE:
        return v.words("portfolio.several", len(names), total=v.words.counted(total))
    return v.numbers.joined(names)


def _score(v: Voice, row: Standing) -> Json:
    places = {"own": v.score_figure(row.own)["text"], "median": v.numbers.number(row.median), "percentile": str(row.percentile)}
    return v.say("portfolio.score", ["score", "rule:benchmark"], company=v.company, others=v.words.counted(len(row.others)), **places)


def _quarters(v: Voice, rows: Sequence[Standing]) -> Prose:
    """The dimensions in either outer quarter, each with its percentile."""
    said = []
    for quarter in ("bottom", "top"):
        found = [row for row in rows if row.dimension and row.quarter == quarter]
        names = v.numbers.joined(
            [v.words("portfolio.at", name=v.within(row.dimension.name), percentile=str(row.percentile)) for row in found if row.dimension]
        )
        trace = [f"dimension:{row.dimension.id}" for row in found if row.dimension]
        said += [v.say(f"portfolio.quarter.{quarter}", [*trace, "rule:benchmark"], names=names)] if found else []
    return said


def _limits(v: Voice, found: Portfolio | None) -> Prose:
    day = v.numbers.day(found.as_of) if found else ""
    return [v.say("portfolio.limits", ["rule:benchmark"], day=day)]


def portfolio_exhibit(v: Voice, title: str) -> Json | None:
    """A strip for the score and one for each dimension, the lowest percentile first; None where the client cannot be placed."""
    found = v.report.portfolio
    if found is None or not found.rows:
        return None
    ranked = [found.rows[0], *sorted(found.rows[1:], key=lambda row: row.percentile)]
    data = chart.Portfolio(
        bands=bands(v),
        rows=tuple(_drawn(v, row) for row in ranked),
        own_name=v.words("exhibit.portfolio.own"),
        median_name=v.words("exhibit.portfolio.median"),
        other_name=v.words("exhibit.portfolio.other", n=str(found.others)),
        column=v.words("exhibit.portfolio.column.percentile"),
    )
    rows = [
        [r.name, r.percentile, r.own.text, v.numbers.number(f.median), str(len(f.others))] for r, f in zip(data.rows, ranked, strict=True)
    ]
    table = table_of(v, "portfolio", ("what", "percentile", "own", "median", "n"), rows)
    note = v.words("exhibit.portfolio.note")
    own = {"n": str(found.others), "day": v.numbers.day(found.as_of)}
    return exhibit(v, "portfolio", title, row_text(rows), table, asdict(data), note, **own)


def _drawn(v: Voice, row: Standing) -> chart.PortfolioRow:
    name = row.dimension.name if row.dimension else v.words("portfolio.score-name")
    is_outer = row.quarter != "middle"
    return chart.PortfolioRow(name, placed(v, row.own), row.others, float(row.median), str(row.percentile), is_outer, row.dimension is None)
