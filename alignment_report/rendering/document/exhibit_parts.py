"""What exhibits are made of: their common fields, table, bands, figures placed where they are printed.

Marks are placed by the printed numbers, so that a chart tells no more than its labels.
"""

from collections.abc import Mapping, Sequence

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.published import Figure as GroupFigure
from alignment_report.analysis.scoring import score_range
from alignment_report.rendering.document.voice import Json, Voice
from alignment_report.rendering.exhibits import figures


def exhibit(
    v: Voice, id: str, title: str, finding: str, table: Json, data: Mapping[str, object], note: str | None = None, **own: str
) -> Json:
    """The parts that every exhibit has; the text alternative is the kind of chart, the finding and its table in short.

    `data` holds what is drawn, by the fields of the chart's own value.
    """
    places = v.scale | own
    return {
        "id": id,
        "kind": id,
        "title": title,
        "subtitle": v.words(f"exhibit.{id}.subtitle", **places),
        "alt": v.words(f"exhibit.{id}.alt", finding=finding, **places),
        "note": note,
        "source": v.words(f"exhibit.{id}.source", **{"wave": v.report.wave.id} | own),
        "table": table,
        "data": _plain(data),
    }


def _plain(node: object) -> object:
    """The same in dicts and lists alone, as it comes back from a file."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list | tuple) else node


def table_of(v: Voice, id: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Json:
    """A table with its columns named in the catalogue; the first one is that of the rows' names."""
    names = [{"name": v.words(f"exhibit.{id}.column.{c}"), "align": "start" if i == 0 else "end"} for i, c in enumerate(columns)]
    return {"columns": names, "rows": [list(row) for row in rows]}


def placed(v: Voice, figure: GroupFigure) -> figures.Figure:
    """A score at its printed value."""
    printed = v.score_figure(figure)
    return figures.Figure(printed["value"], printed["text"])


def interval_text(v: Voice, interval: Interval | None) -> str:
    """An interval in a cell of its own; a dash where there is none."""
    return v.words("exhibit.range", **_ends(v, interval)) if interval else "–"


def with_interval(v: Voice, value: str, interval: Interval | None, key: str = "with-interval") -> str:
    """A value with its interval behind it, if it has one."""
    return v.words(f"exhibit.{key}", value=value, **_ends(v, interval)) if interval else value


def _ends(v: Voice, interval: Interval) -> dict[str, str]:
    return {"low": v.numbers.decimal(interval.low), "high": v.numbers.decimal(interval.high)}


def people(v: Voice, figure: GroupFigure) -> str:
    """How many people a figure rests on, as printed; nothing where that is withheld."""
    return v.count(figure.n) or ""


def bands(v: Voice) -> tuple[figures.Band, ...]:
    """The stages' bands from the lowest up, with the one that is reached."""
    stages = sorted(v.report.playbook.stages, key=lambda s: s.floor)
    ends = [s.floor for s in stages[1:]] + [score_range(v.report.playbook.instrument.scale)[1]]
    reached = v.report.stage.stage if v.report.stage else None
    return tuple(figures.Band(s.name, float(s.floor), float(end), s is reached) for s, end in zip(stages, ends, strict=True))


def row_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows in short, by their first two cells."""
    return "; ".join(" ".join(cell for cell in row[:2] if cell) for row in rows)
