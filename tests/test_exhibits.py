"""Laws of the charts: what is drawn fits, is told apart, is safe, and gives nothing away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alignment_report.rendering.exhibits import (
    answers,
    dimensions,
    friction,
    need_by_stage,
    ownership,
    perception_gap,
    priority,
    roadmap,
    stage_scale,
    trend,
)
from alignment_report.rendering.exhibits.figures import Band, Figure, Interval
from alignment_report.rendering.exhibits.geometry import Box, Scale, place_labels, share, spread
from alignment_report.rendering.exhibits.svg import WIDTH, Svg, n
from alignment_report.rendering.exhibits.theme import Role, Theme, contrast, legible, lightness, mix, on, told_apart
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
    """A chart's two functions and a strategy for what it shows."""

    draw: Callable[[Theme, Any, str], tuple[Svg, float]]
    exhibit: Callable[[Theme, Any, str], str]
    data: st.SearchStrategy[Any]


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
    title=words(),
    alt=words(),
    bands=st.integers(0, 3).map(bands),
    edges=st.just(EDGES),
    score=some(st.builds(stage_scale.Score, figures(scores()), words(), words(), some(intervals()))),
    functions=rows(st.builds(stage_scale.FunctionScore, ROLES, words(), words(), figures(scores()), some(intervals())), 3, 0),
    previous=some(st.builds(Figure, scores(), words())),
)
DIMENSIONS = st.builds(
    dimensions.Dimensions,
    title=words(),
    alt=words(),
    bands=st.just(bands()),
    rows=rows(st.builds(dimensions.DimensionRow, words(), some(figures(scores())), some(intervals()), some(scores()), some(scores())), 6),
    all_name=words(),
    sales_name=words(),
    marketing_name=words(),
    column=words(),
)
MEANS = figures(st.integers(10, 50).map(lambda tenths: Fraction(tenths, 10)))
PERCEPTION_GAP = st.builds(
    perception_gap.PerceptionGap,
    title=words(),
    alt=words(),
    rows=rows(st.builds(perception_gap.GapRow, words(), some(MEANS), some(MEANS), words(6), some(st.booleans())), 20),
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
    title=words(),
    alt=words(),
    rows=rows(st.builds(answer_row, words(120), st.lists(st.integers(0, 60), min_size=5, max_size=5)), 20),
    labels=st.tuples(*[words()] * 5),
)
EVIDENCE = st.integers(0, 40).map(lambda count: friction.Evidence(count, str(count)))
STRENGTHS = st.sampled_from(["none", "weak", "moderate", "strong", "not-assessable"])
FRICTION = st.builds(
    friction.Friction,
    title=words(),
    alt=words(),
    groups=rows(
        st.builds(
            friction.FrictionGroup, words(), rows(st.builds(friction.FrictionRow, words(), STRENGTHS, some(EVIDENCE), some(EVIDENCE)), 8, 0)
        ),
        2,
    ),
    columns=st.tuples(*[words(20)] * 5),
    evidence=st.tuples(words(20), words(20)),
)
STEP_OWNERS = st.sampled_from(["marketing", "shared", "sales", "unclear"])
HANDOFFS = st.builds(ownership.Handoff, st.integers(1, 7), words())
OWNERSHIP = st.builds(
    ownership.Ownership,
    title=words(),
    alt=words(),
    rows=rows(st.builds(ownership.OwnershipRow, words(), STEP_OWNERS, words(), some(STEP_OWNERS), words(), some(words(8))), 8, 8),
    today=words(),
    target=words(),
    contacts=words(),
    handoff_today=some(HANDOFFS),
    handoff_target=some(HANDOFFS),
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
    return roadmap.Roadmap(draw(words()), draw(words()), quarters, lanes, NAMES, milestones, draw(words()))


def items(labels: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[priority.PriorityItem, ...]]:
    ratings = st.integers(1, 5)
    item = st.builds(priority.PriorityItem, st.just(""), labels, ROLES, ratings, ratings)
    return rows(item, 14).map(lambda found: tuple(replace(item, number=str(place + 1)) for place, item in enumerate(found)))


PRIORITY = st.builds(
    priority.Priority,
    title=words(),
    alt=words(),
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
    title=words(),
    alt=words(),
    bands=st.just(bands()),
    fields=st.tuples(*[st.builds(need_by_stage.Field, words(), words())] * 4),
    little=words(),
    much=words(),
    score=some(figures(scores())),
    need=some(st.floats(0, 1)),
    marker=words(),
)


@st.composite
def waves(draw: st.DrawFn) -> trend.Trend:
    count = draw(st.integers(1, 6))
    roles: list[Role] = draw(st.lists(st.sampled_from(["sales", "marketing", "overall"]), unique=True, max_size=3))
    points = [
        tuple(trend.WavePoint(wave, draw(figures(scores())), draw(some(intervals()))) for wave in range(count) if draw(st.booleans()))
        for _ in roles
    ]
    lines = tuple(trend.Series(role, draw(words(20)), found, draw(words(6))) for role, found in zip(roles, points, strict=True))
    return trend.Trend(draw(words()), draw(words()), tuple(draw(words(14)) for _ in range(count)), bands(), EDGES, lines)


CASES = {
    "stage-scale": Case(stage_scale.draw, stage_scale.stage_scale, STAGE_SCALE),
    "dimensions": Case(dimensions.draw, dimensions.dimensions, DIMENSIONS),
    "perception-gap": Case(perception_gap.draw, perception_gap.perception_gap, PERCEPTION_GAP),
    "answers": Case(answers.draw, answers.answers, ANSWERS),
    "friction": Case(friction.draw, friction.friction, FRICTION),
    "ownership": Case(ownership.draw, ownership.ownership, OWNERSHIP),
    "roadmap": Case(roadmap.draw, roadmap.roadmap, plans()),
    "priority": Case(priority.draw, priority.priority, PRIORITY),
    "need-by-stage": Case(need_by_stage.draw, need_by_stage.need_by_stage, NEED_BY_STAGE),
    "trend": Case(trend.draw, trend.trend, waves()),
}
each_exhibit = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@each_exhibit
@given(source=st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_labels_stay_on_the_canvas_and_off_one_another(case: Case, source: st.DataObject) -> None:
    svg, height = case.draw(THEME, source.draw(case.data), "x")
    canvas = Box(-0.1, -0.1, WIDTH + 0.2, height + 0.2)
    outside = [text for box, text in svg.labels if not box.within(canvas)]
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
    root = ElementTree.fromstring(case.exhibit(THEME, data, "stage"))
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
    assert case.exhibit(THEME, data, "x") == case.exhibit(THEME, data, "x")


def test_a_hostile_string_stays_text() -> None:
    drawn = need_by_stage.need_by_stage(THEME, _need(HOSTILE), "x")
    root = ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert "\x00" not in drawn
    assert (root[0].text or "").startswith('</text></svg><script>alert("1")</script>&amp;<img')


def _need(title: str, score: Figure | None = None, need: float | None = None) -> need_by_stage.NeedByStage:
    field = need_by_stage.Field("Hold", "Loose is enough")
    return need_by_stage.NeedByStage(title, "", bands(), (field, field, field, field), "little", "much", score, need, "58.4")


SCORE = stage_scale.Score(Figure(Fraction(584, 10), "58.4"), "both functions", "n = 42", Interval(54, 62))
SALES = stage_scale.FunctionScore("sales", "Sales 51.3", "n = 24", Figure(51, "51.3"))
MARKETING = stage_scale.FunctionScore("marketing", "Marketing 67.5", "n = 18", Figure(67, "67.5"))
SCALE_CHART = stage_scale.StageScale("Title", "Alt", bands(1), EDGES, SCORE, (SALES, MARKETING), Figure(49, "49.0 last wave"))


def test_a_withheld_function_leaves_neither_colour_nor_room_behind() -> None:
    svg, height = stage_scale.draw(THEME, replace(SCALE_CHART, functions=(SALES,)), "x")
    assert THEME.marketing not in svg.markup(height)
    assert height == stage_scale.draw(THEME, SCALE_CHART, "x")[1] - 25


def test_a_withheld_interval_and_an_absent_wave_leave_no_mark() -> None:
    bare = replace(SCALE_CHART, score=replace(SCORE, interval=None), functions=(), previous=None)
    drawn = stage_scale.stage_scale(THEME, bare, "x")
    assert "fill-opacity" not in drawn
    assert drawn.count("<path") == 2


def test_a_row_without_figures_is_not_drawn() -> None:
    full = dimensions.DimensionRow("Joint planning", Figure(44, "44.0"), Interval(40, 48), 38, 52)
    empty = dimensions.DimensionRow("Customer work")
    chart = dimensions.Dimensions("Title", "Alt", bands(), (full, empty), "All", "Sales", "Marketing", "Score")
    assert dimensions.dimensions(THEME, chart, "x") == dimensions.dimensions(THEME, replace(chart, rows=(full,)), "x")


def test_a_function_withheld_in_every_row_is_missing_from_the_key() -> None:
    row = dimensions.DimensionRow("Joint planning", Figure(44, "44.0"), None, 38, None)
    chart = dimensions.Dimensions("Title", "Alt", bands(), (row,), "All", "Sales", "Marketing", "Score")
    drawn = dimensions.dimensions(THEME, chart, "x")
    assert "Marketing" not in drawn
    assert THEME.marketing not in drawn


def test_a_statement_with_one_withheld_function_is_not_drawn() -> None:
    full = perception_gap.GapRow("We plan together", Figure(2, "2.0"), Figure(4, "4.0"), "+2.0", True)
    chart = perception_gap.PerceptionGap("T", "A", (full,), (Figure(1, "1"), Figure(5, "5")), "low", "high", "Sales", "Marketing", "Gap")
    half = replace(full, statement="We sell together", marketing=None)
    assert perception_gap.perception_gap(THEME, replace(chart, rows=(full, half)), "x") == perception_gap.perception_gap(THEME, chart, "x")


def test_a_line_without_points_is_not_drawn() -> None:
    line = trend.Series("sales", "Sales", (trend.WavePoint(0, Figure(44, "44.0")),))
    chart = trend.Trend("T", "A", ("May 2026",), bands(), EDGES, (line,))
    withheld = replace(chart, series=(line, trend.Series("marketing", "Marketing", ())))
    assert trend.trend(THEME, withheld, "x") == trend.trend(THEME, chart, "x")


def test_without_a_need_there_is_no_marker_and_no_tint() -> None:
    blank = need_by_stage.need_by_stage(THEME, _need("T"), "x")
    assert blank == need_by_stage.need_by_stage(THEME, _need("T", Figure(58, "58.4")), "x")
    assert THEME.accent not in blank
    assert THEME.accent in need_by_stage.need_by_stage(THEME, _need("T", Figure(58, "58.4"), 0.8), "x")


def test_marks_of_the_same_value_both_stay_visible() -> None:
    row = perception_gap.GapRow("We plan together", Figure(4, "4.0"), Figure(4, "4.0"), "0.0", False)
    chart = perception_gap.PerceptionGap("T", "A", (row,), (Figure(1, "1"), Figure(5, "5")), "low", "high", "Sales", "Marketing", "Gap")
    root = ElementTree.fromstring(perception_gap.perception_gap(THEME, chart, "x"))
    marks = [element.get("d", "") for element in root if element.get("fill") in (THEME.sales, THEME.marketing) and element.get("d")]
    assert len({mark.split("L")[0].split("a")[0] for mark in marks}) == 2


def test_plays_of_the_same_rating_keep_their_labels() -> None:
    found = tuple(priority.PriorityItem(str(place), f"Play number {place}", "sales", 3, 4) for place in range(12))
    chart = priority.Priority("T", "A", found, ("Now", "Plan", "Fit in", "Leave"), "little", "much", "small", "large", NAMES)
    svg, _ = priority.draw(THEME, chart, "x")
    assert {item.label for item in found} <= {text for _, text in svg.labels}


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
    assert all(contrast(colour, THEME.paper) >= 3 for colour in marks)
    assert all(contrast(THEME.words(colour), THEME.paper) >= 4.5 for colour in (*marks, THEME.muted))
    assert abs(lightness(THEME.sales) - lightness(THEME.marketing)) >= 20


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["#ffffff", "#f7f3ea", "#101418"]))
def test_any_colour_becomes_legible_and_any_fill_takes_a_legible_text(number: int, ground: str) -> None:
    colour = f"#{number:06x}"
    assert contrast(legible(colour, ground), ground) >= 4.5
    assert contrast(on(colour), colour) >= 4.58
    assert mix(colour, ground, 1) == colour


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_a_brand_s_colours_are_told_apart_in_a_grey_print(sales: int, marketing: int) -> None:
    theme = told_apart(replace(THEME, sales=f"#{sales:06x}", marketing=f"#{marketing:06x}"))
    assert abs(lightness(theme.sales) - lightness(theme.marketing)) >= 20
    assert all(contrast(colour, theme.paper) >= 3 for colour in (theme.sales, theme.marketing))


def test_the_default_colours_need_no_change() -> None:
    assert told_apart(THEME) == THEME


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])
def test_both_formats_of_a_face_hold_the_glyphs_that_were_measured(weight: int) -> None:
    fonts = shipped("templates") / "fonts"
    printed, shown = (_advances(fonts / name) for name in (f"print/alignment-sans-{weight}.ttf", f"screen/alignment-sans-{weight}.woff2"))
    assert printed == shown
    assert all(width(character, 2048, weight) == advance for character, advance in printed.items())
    assert set("→−≥≤×…–—“”‘’•✓✗◆●■▲▼↗ΔΩąłőșİẞ€") <= set(printed)


def _advances(path: Path) -> dict[str, int]:
    with TTFont(path) as font:
        names = {name.nameID: str(name) for name in font["name"].names}
        assert names[16] == "Alignment Sans"
        assert not any("Inter" in text for name, text in names.items() if name not in (0, 13))
        return {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}


def test_no_folder_of_fonts_holds_two_files_of_one_face() -> None:
    fonts = shipped("templates") / "fonts"
    assert sorted(path.relative_to(fonts).as_posix() for path in fonts.rglob("*.*") if path.suffix in (".ttf", ".woff2", ".otf")) == [
        *(
            "print/alignment-sans-400.ttf",
            "print/alignment-sans-600.ttf",
            "screen/alignment-sans-400.woff2",
            "screen/alignment-sans-600.woff2",
        ),
    ]
