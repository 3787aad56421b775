"""Laws of the charts: what is drawn fits, is told apart, is safe, and gives nothing away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from unicodedata import bidirectional
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alignment_report.rendering.colours import contrast, legible, mix, on
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
from alignment_report.rendering.exhibits.figures import Band, Figure, Interval
from alignment_report.rendering.exhibits.geometry import Box, Scale, place_labels, share, spread
from alignment_report.rendering.exhibits.svg import WIDTH, Svg, n
from alignment_report.rendering.exhibits.theme import Role, Theme
from alignment_report.rendering.exhibits.typeset import REGULAR, SEMIBOLD, clip, width, wrap
from alignment_report.resources import shipped

THEME = Theme()
COMPOUND = "Kundenbeziehungsmanagementverantwortlichkeitsregelungen"
HOSTILE = '</text></svg><script>alert("1")</script>&amp;<img src=x onerror=alert(1)>]]>\x00\x1b\ud800{{ 7*7 }}'
STAGES = ("Undefined", "Defined", "Aligned", "Integrated")
SAFE_ELEMENTS = {"svg", "title", "desc", "text", "rect", "path"}
SAFE_ATTRIBUTES = {
    *("xmlns", "role", "aria-labelledby", "id", "viewBox", "width", "height", "style", "text-rendering", "x", "y", "d", "transform"),
    *("font-family", "font-size", "font-weight", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"),
}


@dataclass(frozen=True)
class Case:
    """What draws a chart, and a strategy for what it shows."""

    draw: Callable[[Svg, Any], float]
    data: st.SearchStrategy[Any]


def canvas() -> Svg:
    return Svg(THEME, "stage", "Title", "Alt")


def markup(draw: Callable[[Svg, Any], float], data: Any) -> str:
    svg = canvas()
    return svg.markup(draw(svg, data))


def scores() -> st.SearchStrategy[Fraction]:
    return st.integers(200, 1000).map(lambda tenths: Fraction(tenths, 10)) | st.sampled_from(
        [Fraction(edge) for edge in (20, 40, 60, 80, 100)]
    )


def words(longest: int = 60) -> st.SearchStrategy[str]:
    plain = st.text(st.sampled_from("abc defg hijklm WMÄß-ÿ,"), min_size=1, max_size=longest)
    return plain | st.sampled_from(
        [COMPOUND, f"{COMPOUND} und {COMPOUND}", "M" * 80, HOSTILE, "Sales", "Both teams plan product launches together"]
    )


def figures(values: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Figure]:
    return values.map(lambda value: Figure(value, f"{float(value):.1f}"))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(scores()), draw(scores())))
    return Interval(low, high)


def bands(reached: int | None = None) -> tuple[Band, ...]:
    return tuple(Band(name, 20 + 20 * place, 40 + 20 * place, place == reached) for place, name in enumerate(STAGES))


EDGES = tuple(Figure(edge, str(edge)) for edge in (20, 40, 60, 80, 100))
ROLES: st.SearchStrategy[Role] = st.sampled_from(["sales", "marketing", "leadership", "shared"])
NAMES: tuple[tuple[Role, str], ...] = (("sales", "Sales"), ("marketing", "Marketing"), ("leadership", "Leadership"), ("shared", "Both"))


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def rows(strategy: st.SearchStrategy[Any], most: int, least: int = 1) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


STAGE_SCALE = st.builds(
    stage_scale.StageScale,
    bands=st.integers(0, 3).map(bands),
    edges=st.just(EDGES),
    score=st.builds(stage_scale.Score, figures(scores()), words(), words(), some(intervals())),
    functions=rows(st.builds(stage_scale.FunctionScore, ROLES, words(), words(), figures(scores()), some(intervals())), 3, 0),
    last=some(st.builds(Figure, scores(), words())),
)
DIMENSIONS = st.builds(
    dimensions.Dimensions,
    bands=st.just(bands()),
    rows=rows(st.builds(dimensions.DimensionRow, words(), figures(scores()), some(intervals()), some(scores()), some(scores())), 6),
    all_name=words(),
    sales_name=words(),
    marketing_name=words(),
    column=words(),
)
MEANS = figures(st.integers(10, 50).map(lambda tenths: Fraction(tenths, 10)))
PERCEPTION_GAP = st.builds(
    perception_gap.PerceptionGap,
    rows=rows(st.builds(perception_gap.GapRow, words(), MEANS, MEANS, words(6), some(st.booleans())), 20),
    answers=st.just(tuple(Figure(answer, str(answer)) for answer in range(1, 6))),
    lowest=words(),
    highest=words(),
    sales_name=words(),
    marketing_name=words(),
    column=words(),
)


def answer_row(statement: str, counts: list[int]) -> answers.AnswerRow:
    a, b, c, d, e = (Figure(part, str(part)) for part in share(counts))
    return answers.AnswerRow(statement, (a, b, replace(c, text=f"{c.text} %"), d, e), f"{a.value + b.value} %", f"{d.value + e.value} %")


ANSWERS = st.builds(
    answers.Answers,
    rows=rows(st.builds(answer_row, words(120), st.lists(st.integers(0, 60), min_size=5, max_size=5)), 20),
    labels=st.tuples(*[words()] * 5),
)
EVIDENCE = st.integers(0, 40).map(lambda count: friction.Evidence(count, str(count)))
STRENGTHS = st.sampled_from(["none", "weak", "moderate", "strong", "not-assessable"])
FRICTION = st.builds(
    friction.Friction,
    groups=rows(
        st.builds(friction.FrictionGroup, words(), rows(st.builds(friction.FrictionRow, words(), STRENGTHS, EVIDENCE, EVIDENCE), 8)),
        2,
    ),
    columns=st.tuples(*[words(20)] * 5),
    evidence=st.tuples(words(20), words(20)),
)
STEP_OWNERS = st.sampled_from(["marketing", "shared", "sales", "unclear"])
OWNERSHIP = st.builds(
    ownership.Ownership,
    rows=rows(st.builds(ownership.OwnershipRow, words(), STEP_OWNERS, words(), some(STEP_OWNERS), words()), 8),
    today=words(),
    target=words(),
)


@st.composite
def steps(draw: st.DrawFn, number: int) -> roadmap.Bar:
    start = draw(st.integers(0, 363))
    end = draw(st.integers(start + 1, 364))
    after = draw(st.lists(st.integers(0, number), max_size=2, unique=True))
    return roadmap.Bar(str(number), draw(words()), draw(ROLES), draw(st.sampled_from("SMLB")), start, end, tuple(map(str, after)))


@st.composite
def plans(draw: st.DrawFn) -> roadmap.Roadmap:
    quarters = tuple(roadmap.Quarter(f"Q{place + 1} 2026", 91 * place, 91 * place + 91) for place in range(4))
    bars = [draw(steps(number)) for number in range(draw(st.integers(1, 12)))]
    cut = draw(st.integers(0, len(bars)))
    lanes = tuple(roadmap.Lane(draw(words()), tuple(part)) for part in (bars[:cut], bars[cut:]))
    milestones = draw(rows(st.builds(roadmap.Milestone, st.integers(0, 364), words()), 4, 0))
    return roadmap.Roadmap(quarters, lanes, NAMES, milestones, draw(words()))


def items(labels: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[priority.PriorityItem, ...]]:
    ratings = st.integers(1, 5)
    return rows(st.builds(priority.PriorityItem, labels, ROLES, ratings, ratings), 14)


PRIORITY = st.builds(
    priority.Priority,
    items=items(words()),
    fields=st.tuples(*[words()] * 4),
    little_effort=words(),
    much_effort=words(),
    small_impact=words(),
    large_impact=words(),
    names=st.just(NAMES),
)
NEED_BY_STAGE = st.builds(
    need_by_stage.NeedByStage,
    bands=st.just(bands()),
    fields=st.tuples(*[words()] * 4),
    little=words(),
    much=words(),
    score=figures(scores()),
    need=st.floats(0, 1),
    marker=words(),
)


@st.composite
def waves(draw: st.DrawFn) -> trend.Trend:
    """Two to nine waves, close together and far apart; a function may be withheld in some, an interval too; scores may all be equal."""
    days = draw(st.lists(st.integers(1, 3000), min_size=1, max_size=8, unique=True).map(sorted))
    found = tuple(trend.Wave(draw(words(30)), day) for day in (0, *days))
    values = st.just(draw(figures(scores()))) if draw(st.booleans()) else figures(scores())
    roles: tuple[Role, ...] = ("overall", "sales", "marketing")
    series = []
    for role in roles[: draw(st.integers(1, 3))]:
        shown = draw(st.sets(st.integers(0, len(found) - 1), min_size=1)) | {len(found) - 1}
        points = tuple(trend.Point(place, draw(values), draw(some(intervals()))) for place in sorted(shown))
        series.append(trend.Series(role, draw(words()), points, draw(words(6))))
    return trend.Trend(found, draw(st.integers(0, 3).map(bands)), EDGES, tuple(series))


PORTFOLIO = st.builds(
    portfolio.Portfolio,
    bands=st.just(bands()),
    rows=rows(
        st.builds(
            portfolio.PortfolioRow,
            words(),
            figures(scores()),
            (st.lists(st.integers(20, 100), min_size=10, max_size=40) | st.integers(20, 100).map(lambda at: [at] * 120)).map(tuple),
            scores(),
            st.integers(0, 100).map(str),
            st.booleans(),
            st.booleans(),
        ),
        7,
    ),
    own_name=words(),
    median_name=words(),
    other_name=words(),
    column=words(),
)


CASES = {
    "stage-scale": Case(stage_scale.stage_scale, STAGE_SCALE),
    "dimensions": Case(dimensions.dimensions, DIMENSIONS),
    "perception-gap": Case(perception_gap.perception_gap, PERCEPTION_GAP),
    "answers": Case(answers.answers, ANSWERS),
    "friction": Case(friction.friction, FRICTION),
    "ownership": Case(ownership.ownership, OWNERSHIP),
    "roadmap": Case(roadmap.roadmap, plans()),
    "priority": Case(priority.priority, PRIORITY),
    "portfolio": Case(portfolio.portfolio, PORTFOLIO),
    "trend": Case(trend.trend, waves()),
    "need-by-stage": Case(need_by_stage.need_by_stage, NEED_BY_STAGE),
}
each_exhibit = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@each_exhibit
@given(source=st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_labels_stay_on_the_canvas_and_off_one_another(case: Case, source: st.DataObject) -> None:
    svg = canvas()
    height = case.draw(svg, source.draw(case.data))
    paper = Box(-0.1, -0.1, WIDTH + 0.2, height + 0.2)
    outside = [text for box, text in svg.labels if not box.within(paper)]
    crossing = [(one, other) for (a, one), (b, other) in combinations(svg.labels, 2) if _shrunk(a).overlap(_shrunk(b)) > 0]
    assert not outside
    assert not crossing


def _shrunk(box: Box) -> Box:
    return Box(box.x + 0.2, box.y + 0.8, box.width - 0.4, box.height - 1.6)


@each_exhibit
@given(source=st.data())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_only_the_safe_subset_is_used_and_every_text_is_at_least_ten_and_a_half(case: Case, source: st.DataObject) -> None:
    data = source.draw(case.data)
    root = ElementTree.fromstring(markup(case.draw, data))
    elements = list(root.iter())
    assert {_bare(element.tag) for element in elements} <= SAFE_ELEMENTS
    assert {name for element in elements for name in element.attrib} <= SAFE_ATTRIBUTES
    assert all(float(element.get("font-size", "12.5")) >= 10.5 for element in elements)
    assert [_bare(element.tag) for element in root[:2]] == ["title", "desc"]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == " ".join(element.get("id", "") for element in root[:2]) == "stage-title stage-description"
    assert all(element.get("id") is None for element in elements if element not in root[:2])


def _bare(tag: str) -> str:
    return tag.removeprefix("{http://www.w3.org/2000/svg}")


@each_exhibit
@given(source=st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_same_figures_give_the_same_bytes(case: Case, source: st.DataObject) -> None:
    data = source.draw(case.data)
    assert markup(case.draw, data) == markup(case.draw, data)


def test_a_hostile_string_stays_text() -> None:
    drawn = Svg(THEME, "stage", HOSTILE, HOSTILE).markup(10)
    root = ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert "\x00" not in drawn
    assert (root[0].text or "").startswith('</text></svg><script>alert("1")</script>&amp;<img')


SCORE = stage_scale.Score(Figure(Fraction(584, 10), "58.4"), "both functions", "n = 42", Interval(54, 62))
SALES = stage_scale.FunctionScore("sales", "Sales 51.3", "n = 24", Figure(51, "51.3"))
MARKETING = stage_scale.FunctionScore("marketing", "Marketing 67.5", "n = 18", Figure(67, "67.5"))
SCALE_CHART = stage_scale.StageScale(bands(1), EDGES, SCORE, (SALES, MARKETING))


def test_a_withheld_function_leaves_neither_colour_nor_room_behind() -> None:
    svg = canvas()
    height = stage_scale.stage_scale(svg, replace(SCALE_CHART, functions=(SALES,)))
    assert THEME.marketing not in svg.markup(height)
    assert height == stage_scale.stage_scale(canvas(), SCALE_CHART) - 25


def test_a_withheld_interval_leaves_no_mark() -> None:
    drawn = markup(stage_scale.stage_scale, replace(SCALE_CHART, score=replace(SCORE, interval=None), functions=()))
    assert "fill-opacity" not in drawn
    assert drawn.count("<path") == 2


def test_a_function_withheld_in_every_row_is_missing_from_the_key() -> None:
    row = dimensions.DimensionRow("Joint planning", Figure(44, "44.0"), None, 38, None)
    drawn = markup(dimensions.dimensions, dimensions.Dimensions(bands(), (row,), "All", "Sales", "Marketing", "Score"))
    assert "Marketing" not in drawn
    assert THEME.marketing not in drawn


@pytest.mark.parametrize(("score", "need", "name"), [(30, 0.8, "Move"), (90, 0.8, "Careful"), (30, 0.2, "Hold"), (90, 0.2, "Sustain")])
def test_only_the_field_in_which_stage_and_need_meet_stands_out(score: int, need: float, name: str) -> None:
    names = ("Move", "Careful", "Hold", "Sustain")
    chart = need_by_stage.NeedByStage(bands(), names, "little", "much", Figure(score, str(score)), need, "Acme")
    root = ElementTree.fromstring(markup(need_by_stage.need_by_stage, chart))
    assert [element.text for element in root if element.text in names and element.get("fill") != THEME.muted] == [name]


def test_marks_of_the_same_value_both_stay_visible() -> None:
    row = perception_gap.GapRow("We plan together", Figure(4, "4.0"), Figure(4, "4.0"), "0.0", False)
    chart = perception_gap.PerceptionGap((row,), (Figure(1, "1"), Figure(5, "5")), "low", "high", "Sales", "Marketing", "Gap")
    root = ElementTree.fromstring(markup(perception_gap.perception_gap, chart))
    marks = [element.get("d", "") for element in root if element.get("fill") in (THEME.sales, THEME.marketing) and element.get("d")]
    assert len({mark.split("L")[0].split("a")[0] for mark in marks}) == 2


def chart_of(*items: priority.PriorityItem) -> priority.Priority:
    return priority.Priority(items, ("Now", "Plan", "Fit in", "Leave"), "little", "much", "small", "large", NAMES)


def test_plays_of_the_same_rating_keep_their_labels() -> None:
    found = [priority.PriorityItem(f"Play number {place}", "sales", 3, 4) for place in range(12)]
    svg = canvas()
    priority.priority(svg, chart_of(*found))
    assert {item.label for item in found} <= {text for _, text in svg.labels}


RATED = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=14).map(
    lambda ratings: [priority.PriorityItem(f"Play {'abcdefghijklmn'[place]}", "sales", *rating) for place, rating in enumerate(ratings)]
)


@given(RATED)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_play_stands_beside_the_number_of_its_impact_and_between_those_of_the_others(found: list[priority.PriorityItem]) -> None:
    svg = canvas()
    priority.priority(svg, chart_of(*found))
    numbers = {int(text): _middle(box) for box, text in svg.labels if text.isdigit() and box.right < 40}
    heights = {text: _middle(box) for box, text in svg.labels}
    assert set(numbers) == {item.impact for item in found}
    for item in found:
        assert all((number > item.impact) == (height < heights[item.label]) for number, height in numbers.items() if number != item.impact)
    assert all((one.impact > other.impact) <= (heights[one.label] < heights[other.label]) for one in found for other in found)


@pytest.mark.parametrize("effort", range(1, 6))
def test_a_mark_stands_over_the_number_of_its_effort(effort: int) -> None:
    svg = canvas()
    height = priority.priority(svg, chart_of(priority.PriorityItem("Play", "sales", effort, 4)))
    marks = [element.get("d", "") for element in ElementTree.fromstring(svg.markup(height)) if element.get("fill") == THEME.sales]
    under = {text: box.x + box.width / 2 for box, text in svg.labels if text.isdigit() and box.y > height - 40}
    assert sorted(under) == ["1", "2", "3", "4", "5"]
    assert float(marks[-1].removeprefix("M").split()[0]) == pytest.approx(under[str(effort)], abs=0.1)


def _middle(box: Box) -> float:
    return box.y + box.height / 2


@given(plans())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_plan_writes_nothing_but_letters_where_bars_arrows_and_lines_are(plan: roadmap.Roadmap) -> None:
    svg = canvas()
    root = ElementTree.fromstring(svg.markup(roadmap.roadmap(svg, replace(plan, milestones=()))))
    quarters = [element for element in root if element.get("fill") == THEME.band and element.get("height") == "23"]
    first_day, head = float(quarters[0].get("x", "")), float(quarters[0].get("y", "")) + 23
    assert {text for box, text in svg.labels if box.y > head and box.right > first_day - 6} <= set("SMLB")


def test_an_arrow_goes_round_a_bar_that_is_in_its_way() -> None:
    bars = (
        roadmap.Bar("first", "Agree", "sales", "S", 0, 40),
        roadmap.Bar("between", "Meet", "sales", "S", 0, 42),
        roadmap.Bar("waits", "Sign", "sales", "S", 40, 91, ("first",)),
    )
    svg = canvas()
    plan = roadmap.Roadmap((roadmap.Quarter("Quarter 1", 0, 91),), (roadmap.Lane("Sales", bars),), NAMES)
    root = ElementTree.fromstring(svg.markup(roadmap.roadmap(svg, plan)))
    arrow = next(element.get("d", "") for element in root if "H" in element.get("d", "") and element.get("d", "").count("V") == 2)
    between = [element for element in root if element.get("fill") == THEME.sales][-2]
    assert float(arrow.split("H")[1].split("V")[0]) > float(between.get("x", "")) + float(between.get("width", "")) + 2


def test_the_letter_of_a_shared_bar_keeps_off_both_its_edges() -> None:
    bar = roadmap.Bar("1", "Meet every month", "shared", "B", 0, 90)
    quarters = (roadmap.Quarter("Quarter 1", 0, 91),)
    svg = canvas()
    root = ElementTree.fromstring(svg.markup(roadmap.roadmap(svg, roadmap.Roadmap(quarters, (roadmap.Lane("Both", (bar,)),), NAMES))))
    upper, lower = (
        [element for element in root if element.get("fill") == colour and _bare(element.tag) == "rect"][-1]
        for colour in (THEME.sales, THEME.marketing)
    )
    baseline = next(float(element.get("y", "")) for element in root if element.text == "B")
    assert float(upper.get("y", "")) + float(upper.get("height", "")) + 1 < baseline - 0.73 * 11
    assert baseline + 1 < float(lower.get("y", ""))


@given(st.lists(st.floats(0, 400), min_size=1, max_size=80))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_swarm_leaves_every_dot_at_its_value_within_its_strip_and_off_the_others_where_there_is_room(xs: list[float]) -> None:
    found = portfolio.swarm(xs, size=5.0, tall=34.0)
    assert [x for x, _ in found] == sorted(xs)
    assert all(abs(aside) + 2.5 <= 17 + 1e-9 for _, aside in found)
    free = portfolio.swarm(xs, size=5.0, tall=1e6)
    assert all((x1 - x2) ** 2 + (y1 - y2) ** 2 >= 25 - 1e-6 for (x1, y1), (x2, y2) in combinations(free, 2))
    assert portfolio.swarm(xs[::-1], size=5.0, tall=34.0) == found


def test_dots_of_others_are_grey_the_median_ink_and_this_company_alone_in_the_accent() -> None:
    row = portfolio.PortfolioRow("Score", Figure(50, "50.0"), (30, 40, 60, 60), 50, "50", False, True)
    root = ElementTree.fromstring(
        markup(portfolio.portfolio, portfolio.Portfolio(bands(), (row,), "This", "Median", "Other", "Percentile"))
    )
    dots = [e for e in root if e.get("stroke") == THEME.peer and e.get("stroke-width") == "5.2"]
    assert [e.get("d", "").count("h.01") for e in dots] == [4]
    assert len([e for e in root if e.get("fill") == THEME.accent]) == 1


def slope(*series: trend.Series, days: tuple[int, ...] = (0, 365)) -> trend.Trend:
    return trend.Trend(tuple(trend.Wave(f"Wave {day}", day) for day in days), bands(1), EDGES, series)


def line_of(role: Role, *values: float | None, interval: Interval | None = None) -> trend.Series:
    points = [trend.Point(place, Figure(v, f"{v:.1f}"), interval) for place, v in enumerate(values) if v is not None]
    return trend.Series(role, role, tuple(points), "+1.0")


def test_two_waves_are_a_slope_with_bars_and_more_have_bands() -> None:
    lines = [line_of(role, 50, 60, interval=Interval(45, 65)) for role in ("overall", "sales", "marketing")]
    bars = [e for e in ElementTree.fromstring(markup(trend.trend, slope(*lines))) if e.get("fill-opacity")]
    assert [_bare(e.tag) for e in bars] == ["rect"] * 6
    assert len({e.get("x") for e in bars}) == 6
    longer = [line_of(role, 50, 60, 55, interval=Interval(45, 65)) for role in ("overall", "sales", "marketing")]
    bands_of = [e for e in ElementTree.fromstring(markup(trend.trend, slope(*longer, days=(0, 365, 730)))) if e.get("fill-opacity")]
    assert [_bare(e.tag) for e in bands_of] == ["path"] * 6


def test_a_line_is_broken_where_a_wave_shows_nothing() -> None:
    whole, broken = (markup(trend.trend, slope(line_of("sales", 50, v, 60), days=(0, 30, 60))) for v in (55, None))
    assert whole.count('stroke-width="2.2"') == 2
    assert broken.count('stroke-width="2.2"') == 0


def test_waves_stand_at_their_place_in_time() -> None:
    svg = canvas()
    trend.trend(svg, slope(line_of("overall", 50, 55, 60), days=(0, 100, 400)))
    first, middle, last = (box.x + box.width / 2 for box, text in svg.labels if text.startswith("Wave"))
    first, middle, last = sorted((first, middle, last))
    assert (middle - first) / (last - first) == pytest.approx(0.25, abs=0.01)


@given(figures(scores()), figures(scores()), words())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_triangle_of_the_last_wave_stands_where_its_score_was(score: Figure, last: Figure, text: str) -> None:
    svg = canvas()
    chart = replace(SCALE_CHART, score=replace(SCORE, figure=score, interval=None), last=Figure(last.value, text), functions=())
    root = ElementTree.fromstring(svg.markup(stage_scale.stage_scale(svg, chart)))
    (triangle,) = [e.get("d", "") for e in root if e.get("fill") == THEME.muted and e.get("d")]
    assert float(triangle.split("L")[1].split()[0]) == pytest.approx(Scale(20, 100, 1, WIDTH - 1)(last.value), abs=0.1)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=7))
def test_shares_sum_to_the_whole_and_lie_within_one_of_the_exact_share(counts: list[int]) -> None:
    shares = share(counts)
    total = sum(counts)
    assert sum(shares) == (100 if total else 0)
    assert all(abs(part - Fraction(100 * count, total)) < 1 for part, count in zip(shares, counts, strict=True) if total)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 20)), min_size=1, max_size=10))
def test_spread_parts_labels_in_their_order_and_stays_within_bounds(things: list[tuple[float, float]]) -> None:
    centres, sizes = [centre for centre, _ in things], [size for _, size in things]
    assume(sum(sizes) <= 300)
    moved = spread(centres, sizes, 0, 300)
    placed = sorted(zip(moved, sizes, centres, strict=True))
    assert all(centre - size / 2 >= -1e-6 and centre + size / 2 <= 300 + 1e-6 for centre, size, _ in placed)
    assert all(b - a >= (one + other) / 2 - 1e-6 for (a, one, _), (b, other, _) in pairwise(placed))
    assert [wished for _, _, wished in placed] == sorted(centres)


def test_spread_leaves_what_does_not_touch_where_it_is() -> None:
    assert spread([30, 10, 50], [10, 10, 10], 0, 100) == (30, 10, 50)


def test_place_labels_gives_up_where_there_is_no_room() -> None:
    mark = Box(0, 0, 10, 10)
    assert place_labels([mark], [(50, 10)], [Box(0, 0, 20, 20)], []) is None
    assert place_labels([mark], [(50, 10)], [Box(0, 0, 80, 20)], []) == (Box(14, 0, 50, 10),)


@given(words(120), st.floats(40, 300))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, room: float) -> None:
    lines = wrap(text, 12.5, room, most=1000)
    assert all(width(line, 12.5) <= room for line in lines)
    assert "".join("".join(lines).split()).replace("-", "") == "".join(text.split()).replace("-", "")


@given(words(120), st.floats(0, 300), st.sampled_from([REGULAR, SEMIBOLD]))
def test_a_clipped_text_fits(text: str, room: float, weight: int) -> None:
    assert width(clip(text, 11, room, weight), 11, weight) <= room


def test_wrapped_lines_are_of_even_length() -> None:
    assert wrap("Marketing is measured on revenue, not volume", 12.5, 270) == ("Marketing is measured", "on revenue, not volume")


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1"), (-0.04, "0"), (2.35, "2.4"), (-3.0, "-3"), (10.0, "10")])
def test_a_coordinate_has_one_decimal_at_most(value: float, shown: str) -> None:
    assert n(value) == shown


def test_values_beyond_a_scale_are_drawn_at_its_edge() -> None:
    scale = Scale(20, 100, 0, 800)
    assert [scale(value) for value in (0, 20, 60, 100, 130)] == [0, 0, 400, 800, 800]


def test_every_colour_of_the_default_theme_can_be_told_from_its_ground() -> None:
    marks = (THEME.sales, THEME.marketing, THEME.leadership, THEME.overall, THEME.accent, THEME.heat)
    assert all(contrast(colour, THEME.paper) >= 3 for colour in (*marks, THEME.peer))
    assert all(contrast(THEME.words(colour), THEME.paper) >= 4.5 for colour in (*marks, THEME.muted))
    assert abs(_lightness(THEME.sales) - _lightness(THEME.marketing)) >= 20


def _lightness(colour: str) -> float:
    """L* of CIELAB, 0 to 100: what is left of a colour in a grey print."""
    luminance = 1.05 / contrast(colour, "#ffffff") - 0.05
    return float(116 * luminance ** (1 / 3) - 16)


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["#ffffff", "#f7f3ea", "#101418"]))
def test_any_colour_becomes_legible_and_any_fill_takes_a_legible_text(number: int, ground: str) -> None:
    colour = f"#{number:06x}"
    assert contrast(legible(colour, ground), ground) >= 4.5
    assert contrast(on(colour), colour) >= 4.58
    assert mix(colour, ground, 1) == colour


FACES = {"": "→−≥≤×…–—“”‘’•✓✗◆●■▲▼↗ΔΩąłőșİẞ€", "-hebrew": "משאבותץ", "-arabic": "شركةپچگیے"}


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])
@pytest.mark.parametrize("script", FACES)
def test_both_formats_of_a_face_hold_the_glyphs_that_were_measured(script: str, weight: int) -> None:
    fonts = shipped("templates") / "fonts"
    file = f"alignment-sans{script}-{weight}"
    printed, shown = (_advances(fonts / name, script) for name in (f"print/{file}.ttf", f"screen/{file}.woff2"))
    assert printed == shown
    own = {letter for letter in printed if not script or bidirectional(letter) in ("R", "AL", "NSM")}
    assert all(width(letter, 2048, weight) == pytest.approx(printed[letter], abs=0.5) for letter in own)
    assert set(FACES[script]) <= set(printed)


def _advances(path: Path, script: str) -> dict[str, float]:
    with TTFont(path) as font:
        names = {name.nameID: str(name) for name in font["name"].names}
        assert names[16] == f"Alignment Sans {script[1:].title()}".strip()
        assert not any(other in text for name, text in names.items() if name not in (0, 13) for other in ("Inter", "Plex", "Vazir"))
        scale = 2048 / font["head"].unitsPerEm
        return {chr(code): font["hmtx"][glyph][0] * scale for code, glyph in font.getBestCmap().items()}


def test_no_folder_of_fonts_holds_two_files_of_one_face() -> None:
    fonts = shipped("templates") / "fonts"
    assert sorted(path.relative_to(fonts).as_posix() for path in fonts.rglob("*.*") if path.suffix in (".ttf", ".woff2", ".otf")) == [
        f"{folder}/alignment-sans-{face}.{kind}"
        for folder, kind in (("print", "ttf"), ("screen", "woff2"))
        for face in ("400", "600", "arabic-400", "arabic-600", "hebrew-400", "hebrew-600")
    ]
