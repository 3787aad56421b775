"""The exhibits of a document: title, text alternative, table, and the plain data each is drawn from."""

from collections.abc import Callable, Iterable, Mapping

from alignment_report.rendering.document import plan_exhibits, portfolio, score_exhibits, trend
from alignment_report.rendering.document.voice import Json, Voice

EXHIBITS: tuple[tuple[str, Callable[[Voice, str], Json | None]], ...] = (
    ("stage", score_exhibits.stage_scale_exhibit),
    ("dimensions", score_exhibits.dimensions_exhibit),
    ("portfolio", portfolio.portfolio_exhibit),
    ("perception", score_exhibits.perception_gap_exhibit),
    ("perception", score_exhibits.answers_exhibit),
    ("friction", plan_exhibits.friction_exhibit),
    ("progress", trend.trend_exhibit),
    ("funnel", plan_exhibits.ownership_exhibit),
    ("decision", plan_exhibits.need_by_stage_exhibit),
    ("priorities", plan_exhibits.priorities_exhibit),
    ("roadmap", plan_exhibits.roadmap_exhibit),
)
"""By section: what makes each exhibit, from its section's title."""


def exhibits(v: Voice, titles: Mapping[str, str]) -> Json:
    """Every exhibit whose data exist, by id; it bears the finding of its section as its title."""
    made = [exhibit for section, make in EXHIBITS if section in titles and (exhibit := make(v, titles[section]))]
    return {exhibit["id"]: exhibit for exhibit in made}


def numbered(made: Json, shown: Iterable[str]) -> Json:
    """Those that are shown, in the order in which sections show them."""
    return {id: {**made[id], "number": number} for number, id in enumerate(dict.fromkeys(shown), start=1)}
