"""The exhibits of a document into SVG texts, each under the exhibit's id."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from alignment_report.rendering.exhibits import (
    answers,
    dimensions,
    friction,
    need_by_stage,
    ownership,
    perception_gap,
    portfolio,
    priority,
    roadmap,
    stage_scale,
    trend,
)
from alignment_report.rendering.exhibits.svg import Svg
from alignment_report.rendering.exhibits.theme import Theme
from alignment_report.rendering.exhibits.typeset import Face, set_in

_Draw = Callable[[Svg, Any], float]

_KINDS: dict[str, tuple[type[Any], _Draw]] = {
    "stage-scale": (stage_scale.StageScale, stage_scale.stage_scale),
    "dimensions": (dimensions.Dimensions, dimensions.dimensions),
    "perception-gap": (perception_gap.PerceptionGap, perception_gap.perception_gap),
    "answers": (answers.Answers, answers.answers),
    "friction": (friction.Friction, friction.friction),
    "ownership": (ownership.Ownership, ownership.ownership),
    "need-by-stage": (need_by_stage.NeedByStage, need_by_stage.need_by_stage),
    "priorities": (priority.Priority, priority.priority),
    "roadmap": (roadmap.Roadmap, roadmap.roadmap),
    "portfolio": (portfolio.Portfolio, portfolio.portfolio),
    "trend": (trend.Trend, trend.trend),
}


def drawings(exhibits: Mapping[str, Mapping[str, Any]], theme: Theme, face: Face | None = None) -> dict[str, str]:
    """One SVG text for each exhibit, measured in the face; the keys of an exhibit's `data` are the fields of the chart's own value."""
    with set_in(face):
        return {id: _drawn(exhibit, theme) for id, exhibit in exhibits.items()}


def _drawn(exhibit: Mapping[str, Any], theme: Theme) -> str:
    value, draw = _KINDS[exhibit["kind"]]
    svg = Svg(theme, f"chart-{exhibit['id']}", exhibit["title"], exhibit["alt"])
    return svg.markup(draw(svg, _built(value, exhibit["data"])))


def _built(kind: Any, plain: Any) -> Any:
    """Plain data into values of the kind: a mapping into its dataclass, a list into its tuple."""
    if is_dataclass(kind) and isinstance(kind, type):
        kinds = _kinds(kind)
        return kind(**{name: _built(kinds[name], part) for name, part in plain.items()})
    if get_origin(kind) is tuple:
        return _row(get_args(kind), plain)
    if get_origin(kind) in (Union, UnionType):
        return _optional(get_args(kind), plain)
    return plain


@cache
def _kinds(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _row(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_built(kinds[0], part) for part in plain)
    return tuple(_built(kind, part) for kind, part in zip(kinds, plain, strict=True))


def _optional(kinds: tuple[Any, ...], plain: Any) -> Any:
    if plain is None:
        return None
    values = [kind for kind in kinds if kind is not NoneType]
    return _built(values[0], plain) if len(values) == 1 else plain
