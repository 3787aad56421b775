"""The exhibit of the waves: the score over time, for both functions and for each."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from alignment_report.analysis.published import Published
from alignment_report.rendering.document.exhibit_parts import bands, exhibit, people, placed, row_text, table_of, with_interval
from alignment_report.rendering.document.score_exhibits import printed_interval
from alignment_report.rendering.document.voice import Json, Voice
from alignment_report.rendering.exhibits import figures
from alignment_report.rendering.exhibits import trend as chart
from alignment_report.rendering.exhibits.theme import Role


def trend_exhibit(v: Voice, title: str) -> Json | None:
    """The score wave by wave; None where no earlier one may be shown beside this."""
    found = v.report.progress
    if found is None or found.since_last is None:
        return None
    waves = [*((wave.report_date, wave.published) for wave in found.waves), (v.report.wave.report_date, v.report.published)]
    names = _names(v, [day for day, _ in waves])
    edges = [band.floor for band in bands(v)] + [bands(v)[-1].ceiling]
    data = chart.Trend(
        waves=tuple(chart.Wave(name, (day - waves[0][0]).days) for name, (day, _) in zip(names, waves, strict=True)),
        bands=bands(v),
        edges=tuple(figures.Figure(edge, v.numbers.decimal(edge, 0)) for edge in edges),
        series=tuple(_series(v, role, who, [published for _, published in waves]) for role, who in _SERIES),
    )
    rows = [[name, *_printed(v, published)] for name, (_, published) in zip(names, waves, strict=True)]
    table = table_of(v, "trend", ("wave", "both", "sales", "marketing", "n"), rows)
    ids = v.numbers.joined([*(wave.wave for wave in found.waves), v.report.wave.id])
    sizes = v.numbers.joined([people(v, published.score.combined) for _, published in waves])
    return exhibit(v, "trend", title, row_text(rows), table, asdict(data), _about_intervals(v, data), n=sizes, waves=ids)


def _about_intervals(v: Voice, data: chart.Trend) -> str:
    """What the intervals are, and why a figure or all of them have none."""
    spread = v.words.counted(v.report.published.thresholds.spread)
    drawn = [point.interval for line in data.series for point in line.points]
    if not any(drawn):
        key = "without-intervals.named" if v.report.published.mode == "named" else "trend.note.none"
        return v.words(f"exhibit.{key}", spread=spread)
    note = v.words(f"exhibit.trend.note.{'bars' if len(data.waves) == 2 else 'bands'}")
    return note if all(drawn) else f"{note} {v.words('exhibit.trend.note.some', spread=spread)}"


_SERIES: tuple[tuple[Role, str], ...] = (("overall", "both"), ("sales", "sales"), ("marketing", "marketing"))


def _names(v: Voice, days: Sequence[date]) -> list[str]:
    """The months of the waves, or their days where a month has two of them."""
    months = [v.numbers.month(day) for day in days]
    return months if len(set(months)) == len(months) else [v.numbers.day(day) for day in days]


def _series(v: Voice, role: Role, who: str, waves: Sequence[Published]) -> chart.Series:
    """One line of the chart; without points where its figure is withheld now."""
    name = "combined" if who == "both" else who
    figures_of = [getattr(published.score, name) for published in waves]
    if figures_of[-1].value is None:
        return chart.Series(role, v.words(f"who.{who}"), (), "")
    points = tuple(
        chart.Point(place, placed(v, figure), None if published.whole_team else printed_interval(figure.interval))
        for place, (published, figure) in enumerate(zip(waves, figures_of, strict=True))
        if figure.value is not None
    )
    change = v.numbers.signed(points[-1].figure.value - points[0].figure.value) if len(points) > 1 else ""
    return chart.Series(role, v.words(f"who.{who}"), points, change)


def _printed(v: Voice, published: Published) -> list[str]:
    score = published.score
    told = [
        (v.score_figure(f)["text"], None if published.whole_team else f.interval) for f in (score.combined, score.sales, score.marketing)
    ]
    return [*(with_interval(v, text, interval, "value-range") for text, interval in told), people(v, score.combined)]
