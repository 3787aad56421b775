"""What changed between waves, from printed figures alone, and whether that is more than chance."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from cases import ACME, INSTRUMENT, NAMED, PLAYBOOK, STATEMENTS, answers_for, known, respondent, source, wave
from samples import CLIENTS, Json, case, compiled, document, made, section
from scipy import stats

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.audit import Auditor, Exposure
from alignment_report.analysis.beside import EarlierWave, WaveBeside
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.friction import diagnose
from alignment_report.analysis.progress import Change, Progress, follow
from alignment_report.analysis.published import Count, Published
from alignment_report.analysis.report import Report, compile_report
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Invited, Respondent, Role
from alignment_report.model.conditions import Bound, Condition
from alignment_report.model.playbook import Sign
from alignment_report.rendering.document.progress import changed_in_short
from alignment_report.rendering.document.voice import voice

FIRST, SECOND = date(2024, 3, 20), date(2025, 3, 20)
THEN_SALES, THEN_MARKETING = [48, 55, 61, 50, 58, 44, 63, 52, 57, 49, 59], [66, 59, 70, 62, 55, 73, 68, 64, 61, 71]
NOW_SALES, NOW_MARKETING = [62, 71, 66, 58, 74, 69, 63, 70, 65, 61, 72, 68], [70, 64, 75, 67, 72, 61, 77, 69, 74, 66]


def answered(function: Role, totals: Sequence[int], turn: int) -> tuple[Respondent, ...]:
    """People of these totals; in another turn nobody answers as in this one."""
    chance = random.Random(turn)
    return tuple(respondent(function, dict(zip(STATEMENTS, shuffled(chance, total), strict=True))) for total in totals)


def shuffled(chance: random.Random, total: int) -> list[Answer]:
    answers = list(answers_for(total).values())
    chance.shuffle(answers)
    return answers


def then(sales: Sequence[int] = THEN_SALES, marketing: Sequence[int] = THEN_MARKETING, day: date = SECOND, **more: object) -> EarlierWave:
    turn = 1 if day == FIRST else 3
    people = answered("sales", sales, turn), answered("marketing", marketing, turn)
    return EarlierWave(str(day.year), day, replace(wave(*people), wave=str(day.year), report_date=day, **more))  # type: ignore[arg-type]


def report(sales: Sequence[int] = NOW_SALES, marketing: Sequence[int] = NOW_MARKETING, *earlier: EarlierWave, **more: object) -> Report:
    return compile_report(
        ACME, replace(wave(answered("sales", sales, 0), answered("marketing", marketing, 0)), **more), PLAYBOOK, earlier=earlier
    )  # type: ignore[arg-type]


def progress(sales: Sequence[int] = NOW_SALES, marketing: Sequence[int] = NOW_MARKETING, *earlier: EarlierWave) -> Progress:
    found = report(sales, marketing, *(earlier or (then(),))).progress
    assert found is not None
    return found


def mean(totals: Sequence[int]) -> Fraction:
    return Fraction(sum(totals), len(totals))


# Changes


def test_without_an_earlier_wave_there_is_no_progress() -> None:
    assert report(NOW_SALES, NOW_MARKETING).progress is None


def test_a_change_is_the_difference_of_the_printed_figures() -> None:
    changes = progress().since_last
    assert changes is not None
    assert changes.sales is not None
    assert (changes.sales.before.value, changes.sales.after.value) == (mean(THEN_SALES), mean(NOW_SALES))
    assert changes.sales.points == Fraction(666 - 542, 10)
    assert changes.sales.after.n == Count(12, 12)


def test_a_functions_change_has_welchs_interval() -> None:
    changes = progress().since_last
    assert changes is not None
    assert changes.sales is not None
    assert changes.sales.interval is not None
    told = stats.ttest_ind(NOW_SALES, THEN_SALES, equal_var=False).confidence_interval()
    off = float(changes.sales.points) - float(mean(NOW_SALES) - mean(THEN_SALES))
    assert changes.sales.interval.low - off == pytest.approx(told.low, abs=1e-9)
    assert changes.sales.interval.high - off == pytest.approx(told.high, abs=1e-9)


def variances() -> list[tuple[float, int]]:
    return [(float(stats.tvar(totals)) / len(totals), len(totals) - 1) for totals in (THEN_SALES, THEN_MARKETING, NOW_SALES, NOW_MARKETING)]


@pytest.mark.parametrize(("part", "weight"), [("score", 0.25), ("gap", 1.0)])
def test_the_change_of_score_and_gap_rests_on_all_four_groups(part: str, weight: float) -> None:
    changes = progress().since_last
    change: Change = getattr(changes, part)
    assert change.interval is not None
    squared = weight * sum(v for v, _ in variances())
    df = sum(v for v, _ in variances()) ** 2 / sum(v**2 / df for v, df in variances())
    half = stats.t.ppf(0.975, df) * math.sqrt(squared)
    assert (change.interval.high - change.interval.low) / 2 == pytest.approx(half, rel=1e-9)
    assert (change.interval.high + change.interval.low) / 2 == pytest.approx(float(change.points), abs=1e-9)


def test_a_change_stands_where_its_interval_holds_no_nought() -> None:
    changes = progress().since_last
    assert changes is not None
    assert changes.score.standing == "beyond-chance"
    small = progress([t + 1 for t in THEN_SALES], [t + 1 for t in THEN_MARKETING]).since_last
    assert small is not None
    assert small.score.points == 1
    assert small.score.standing == "may-be-chance"


def test_of_the_changes_of_dimensions_that_stand_one_in_twenty_may_be_false() -> None:
    """Held against scipy's Benjamini-Hochberg of p-values from all four groups. One that would stand by itself does not among all."""
    old, totals = then(), [t + 8 for t in THEN_SALES]
    changes = progress(totals, THEN_MARKETING, old).since_last
    assert changes is not None
    assert old.assessment is not None
    now = wave(answered("sales", totals, 0), answered("marketing", THEN_MARKETING, 0))
    people = [*score_respondents(now, INSTRUMENT), *score_respondents(old.assessment, INSTRUMENT)]
    groups = [[p for p in each if p.function == f] for each in (people[:21], people[21:]) for f in ("sales", "marketing")]
    by_itself = []
    for dimension, change in changes.dimensions:
        squared = [float(stats.tvar([float(p.dimensions[dimension.id] or 0) for p in group])) / len(group) / 4 for group in groups]
        df = sum(squared) ** 2 / sum(each**2 / (len(group) - 1) for each, group in zip(squared, groups, strict=True))
        by_itself.append(2 * stats.t.sf(abs(float(change.points)) / math.sqrt(sum(squared)), df))
    stands = [p <= 0.05 for p in stats.false_discovery_control(by_itself)]
    assert [change.standing == "beyond-chance" for _, change in changes.dimensions] == stands
    assert 0 < sum(stands) < sum(p <= 0.05 for p in by_itself)


def test_with_nine_in_one_group_nothing_can_be_told() -> None:
    for found in (progress(NOW_SALES[:9]), progress(NOW_SALES, NOW_MARKETING, then(THEN_SALES[:9]))):
        changes = found.since_last
        assert changes is not None
        assert {changes.score.standing, changes.sales.standing, changes.gap.standing} == {"too-few"}  # type: ignore[union-attr]
        assert {change.standing for _, change in changes.dimensions} == {"too-few"}
        assert changes.marketing is not None
        assert changes.marketing.standing == "beyond-chance" if len(NOW_MARKETING) < 10 else changes.marketing.interval is not None


def test_where_nearly_everybody_has_answered_both_times_nothing_is_tested() -> None:
    all_then = then(invited=Invited(sales=11, marketing=10))
    found = report(NOW_SALES, NOW_MARKETING, all_then, invited=Invited(sales=12, marketing=10)).progress
    assert found is not None
    assert found.since_last is not None
    assert found.since_last.score.standing == "whole-team"
    assert found.since_last.gap is not None
    assert found.since_last.gap.standing == "whole-team"
    assert {change.standing for _, change in found.since_last.dimensions} == {"whole-team"}
    once = report(NOW_SALES, NOW_MARKETING, all_then).progress
    assert once is not None
    assert once.since_last is not None
    assert once.since_last.score.standing == "beyond-chance"


def test_two_named_heads_are_compared_and_not_tested() -> None:
    heads = [
        (respondent("sales", answers_for(s), "head"), respondent("marketing", answers_for(m), "head")) for s, m in ((60, 70), (72, 71))
    ]
    old = EarlierWave("2025", SECOND, replace(wave(heads[0], rules=NAMED), wave="2025", report_date=SECOND))
    found = compile_report(ACME, wave(heads[1], rules=NAMED), PLAYBOOK, earlier=[old]).progress
    assert found is not None
    assert found.since_last is not None
    assert (found.since_last.score.points, found.since_last.score.standing) == (Fraction(13, 2), "named")


def test_a_function_not_shown_apart_in_one_of_the_waves_has_no_change() -> None:
    changes = progress(NOW_SALES, NOW_MARKETING, then(THEN_SALES, THEN_MARKETING[:4])).since_last
    assert changes is not None
    assert (changes.sales, changes.marketing, changes.gap) == (None, None, None)
    assert changes.score.standing == "too-few"


def test_since_the_first_wave_is_told_where_there_are_several() -> None:
    found = progress(NOW_SALES, NOW_MARKETING, then([t - 9 for t in THEN_SALES], THEN_MARKETING, FIRST), then())
    assert [wave.wave for wave in found.waves] == ["2024", "2025"]
    assert found.since_first is not None
    assert found.since_last is not None
    assert found.since_first.score.points - found.since_last.score.points == Fraction(9, 2)
    assert progress().since_first is None


def test_a_wave_of_which_no_score_may_be_shown_is_left_out_and_so_is_one_that_cannot_be_compared() -> None:
    other = EarlierWave("2024", FIRST, None)
    found = progress(NOW_SALES, NOW_MARKETING, other, then(THEN_SALES[:2], THEN_MARKETING[:2]))
    assert [(out.wave, out.why) for out in found.left_out] == [("2024", "other-instrument"), ("2025", "protected")]
    assert (found.waves, found.since_last) == ((), None)


def test_without_a_score_now_nothing_is_compared() -> None:
    found = progress(NOW_SALES[:2], NOW_MARKETING[:2])
    assert len(found.waves) == 1
    assert found.since_last is None


@pytest.mark.parametrize("seed", range(6))
def test_changes_follow_from_what_the_two_waves_print(seed: int) -> None:
    """What each of the two waves shows by itself is what stands in the changes."""
    chance = random.Random(seed)
    a, b, c, d = ([chance.randint(30, 95) for _ in range(chance.randint(5, 13))] for _ in range(4))
    old, new = then(a, b).assessment, wave(answered("sales", c, 0), answered("marketing", d, 0))
    assert old is not None
    before, now = (disclose(score_respondents(of, INSTRUMENT), of, INSTRUMENT, PLAYBOOK.stages) for of in (old, new))
    found = follow(now, (), known(), (), [WaveBeside("2025", SECOND, old)], replace(PLAYBOOK, frictions=()))
    assert found is not None
    assert (found.since_last is None) == (before.score.combined.value is None or now.score.combined.value is None)
    if found.since_last is None:
        return
    assert_printed(found.since_last.score, before, now, "combined")
    for part in ("sales", "marketing", "gap"):
        change = getattr(found.since_last, part)
        assert (change is None) == (getattr(before.score, part).value is None or getattr(now.score, part).value is None)
        if change:
            assert_printed(change, before, now, part)


def assert_printed(change: Change, before: Published, now: Published, part: str) -> None:
    assert (change.before, change.after) == (getattr(before.score, part), getattr(now.score, part))
    assert change.points == _one_decimal(change.after.value) - _one_decimal(change.before.value)
    assert (change.interval is None) == (change.standing == "too-few")


def _one_decimal(value: Fraction | None) -> Fraction:
    assert value is not None
    return Fraction(math.floor(abs(value) * 10 + Fraction(1, 2)), 10) * (1 if value >= 0 else -1)


# Friction


def test_a_source_that_came_went_or_stayed_is_told_by_todays_facts() -> None:
    found = progress_of("lindqvist-instruments")
    assert {(t.turn, t.after.source.id) for t in found.turned} == {
        ("stayed", "price"),
        ("stayed", "product-features"),
        ("gone", "time-horizon"),
    }
    was, is_now = case("lindqvist-instruments"), case("lindqvist-instruments").earlier[0].assessment
    assert is_now is not None
    turned_round = replace(
        was, assessment=replace(is_now, report_date=date(2026, 4, 30)), earlier=(EarlierWave("2025", SECOND, was.assessment),)
    )
    assert ("appeared", "time-horizon") in {(t.turn, t.after.source.id) for t in compiled(turned_round).progress.turned}  # type: ignore[union-attr]


def test_a_source_that_cannot_be_assessed_in_one_wave_is_neither_new_nor_gone() -> None:
    """Read of the difference between the functions, which the earlier wave, with three in Marketing, does not show."""
    differ = Condition("all", (Bound("score", "", function="distance", at_least=Fraction(0)),))
    apart = source("apart", [Sign("differ", differ, ("says",))])
    playbook = replace(PLAYBOOK, frictions=(apart,))
    now, old = (wave(answered("sales", NOW_SALES, 0), answered("marketing", NOW_MARKETING[:n], turn)) for n, turn in ((10, 0), (3, 9)))
    then_shown, shown = (disclose(score_respondents(of, INSTRUMENT), of, INSTRUMENT, PLAYBOOK.stages) for of in (old, now))
    assert then_shown.score.combined.value is not None
    today = known(score=shown.score)
    found = follow(
        shown, diagnose(today, playbook.frictions, (), playbook.strength), today, (), [WaveBeside("2025", SECOND, old)], playbook
    )
    assert found is not None
    assert [(t.turn, t.before.strength) for t in found.turned] == [("open", "not-assessable")]


def test_an_earlier_wave_of_which_no_set_of_figures_is_safe_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now, old = (wave(answered("sales", NOW_SALES, turn), answered("marketing", NOW_MARKETING, turn)) for turn in (0, 9))
    shown = disclose(score_respondents(now, INSTRUMENT), now, INSTRUMENT, PLAYBOOK.stages)
    monkeypatch.setattr(Auditor, "exposures", lambda *_: (Exposure(frozenset(), frozenset()),))
    found = follow(shown, (), known(), (), [WaveBeside("2025", SECOND, old)], replace(PLAYBOOK, frictions=()))
    assert found is not None
    assert [(out.wave, out.why) for out in found.left_out] == [("2025", "protected")]


def progress_of(client: str) -> Progress:
    found = compiled(case(client)).progress
    assert found is not None
    return found


# The document


def told(found: Report) -> Json:
    return section(made(found), "progress")


def test_only_a_client_with_an_earlier_wave_has_the_chapter_the_sentence_the_exhibit_and_the_triangle() -> None:
    for client in CLIENTS:
        found = document(client)
        is_there = client == "lindqvist-instruments"
        assert ("progress" in [each["id"] for each in found["sections"]]) is is_there
        assert ("trend" in found["exhibits"]) is is_there
        assert ("last" in found["exhibits"]["stage-scale"]["data"]) is is_there
        assert any("Since April 2025" in s["text"] for s in section(found, "summary")["paragraphs"][0]) is is_there


@pytest.mark.parametrize(
    ("sales", "marketing", "earlier", "title"),
    [
        (NOW_SALES, NOW_MARKETING, [then()], "Since March 2025 the score has risen by 8.5 points, from defined to aligned"),
        (
            [t + 1 for t in THEN_SALES],
            [t + 1 for t in THEN_MARKETING],
            [then()],
            "Since March 2025 the score has risen by 1.0 points, which may be chance",
        ),
        (THEN_SALES, THEN_MARKETING, [then()], "Since March 2025 the score has stayed where it was"),
        (
            THEN_SALES,
            THEN_MARKETING,
            [then(NOW_SALES, NOW_MARKETING)],
            "Since March 2025 the score has fallen by 8.5 points, from aligned to defined",
        ),
        (
            NOW_SALES,
            NOW_MARKETING,
            [then([t - 9 for t in THEN_SALES], THEN_MARKETING, FIRST), then()],
            "The score has risen from wave to wave since March 2024, by 13.0 points in all",
        ),
        (
            NOW_SALES,
            NOW_MARKETING,
            [then(THEN_SALES, THEN_MARKETING, FIRST), then([t - 9 for t in THEN_SALES])],
            "Since March 2024 the score has risen by 8.5 points, from defined to aligned",
        ),
        (NOW_SALES, NOW_MARKETING, [EarlierWave("2024", FIRST, None)], "No earlier wave of Acme can be shown beside this one"),
    ],
)
def test_the_title_says_how_the_score_went(sales: list[int], marketing: list[int], earlier: list[EarlierWave], title: str) -> None:
    assert told(report(sales, marketing, *earlier))["title"] == title


def test_every_change_stands_in_the_table_with_what_may_be_made_of_it() -> None:
    rows = told(report(NOW_SALES, NOW_MARKETING, then([t - 9 for t in THEN_SALES], THEN_MARKETING, FIRST), then()))["changes"]
    assert rows["columns"][:3] == ["March 2024", "March 2025", "Now"]
    assert [row["name"] for row in rows["rows"]][:4] == ["Both functions", "Sales", "Marketing", "Gap (Marketing less Sales)"]
    assert len(rows["rows"]) == 4 + len(INSTRUMENT.dimensions)
    assert rows["rows"][1]["cells"] == ["45.2", "54.2", "66.6", "+12.4"]
    assert rows["rows"][3]["cells"] == ["+19.7", "+10.7", "+2.9", "−7.8"]


def test_a_gap_that_turned_round_is_told_as_that() -> None:
    sentences = [s["text"] for s in told(report(THEN_MARKETING, THEN_SALES, then()))["paragraphs"][0]]
    assert any(
        s.startswith("The gap between the two has turned round: the function that rated the relationship 10.7 points higher")
        for s in sentences
    )


def test_what_cannot_be_compared_is_said_with_its_day() -> None:
    found = told(report(NOW_SALES, NOW_MARKETING, EarlierWave("2024", FIRST, None), then()))
    assert "The wave reported on 20 March 2024 is not compared" in found["paragraphs"][1][-1]["text"]
    alone = told(report(NOW_SALES, NOW_MARKETING, then(THEN_SALES[:2], THEN_MARKETING[:2])))
    assert [s["text"] for s in alone["missing"]] == [
        "The wave reported on 20 March 2025 is not shown beside this one, to protect those who answered."
    ]
    assert (alone["exhibit"], alone["changes"], alone["turned"]) == (None, None, None)


def test_the_chart_has_each_wave_at_its_place_in_time_and_no_more_than_is_printed() -> None:
    found = made(report(NOW_SALES, NOW_MARKETING, then([t - 9 for t in THEN_SALES], THEN_MARKETING[:4], FIRST), then()))["exhibits"][
        "trend"
    ]
    assert [w["day"] for w in found["data"]["waves"]] == [0, 365, 730]
    assert [[p["wave"] for p in line["points"]] for line in found["data"]["series"]] == [[0, 1, 2], [1, 2], [1, 2]]
    assert [row[0] for row in found["table"]["rows"]] == ["March 2024", "March 2025", "March 2026"]
    values = [p["figure"]["value"] for line in found["data"]["series"] for p in line["points"]]
    assert all(abs(value * 10 - round(value * 10)) < 1e-9 for value in values)


def test_a_score_of_a_wave_without_an_interval_says_why() -> None:
    one = made(report(NOW_SALES[:9], NOW_MARKETING, then()))["exhibits"]["trend"]
    assert [("(" in cell) for cell in one["table"]["rows"][-1][1:4]] == [False, False, True]
    assert "A score without one rests on fewer than ten people in a function" in one["note"]
    none = made(report(NOW_SALES[:9], NOW_MARKETING[:9], then(THEN_SALES[:9], THEN_MARKETING[:9])))["exhibits"]["trend"]
    assert none["note"].startswith("No wave has an interval: that takes ten people or more in a function")


def test_two_waves_of_one_month_are_told_apart_by_their_days() -> None:
    found = made(report(NOW_SALES, NOW_MARKETING, then(day=date(2026, 3, 2))))["exhibits"]["trend"]
    assert [row[0] for row in found["table"]["rows"]] == ["2 March 2026", "20 March 2026"]


@pytest.mark.parametrize(
    ("sales", "earlier", "says"),
    [
        (NOW_SALES, then(), "Since March 2025 the score has risen by 8.5 points, more than chance."),
        (NOW_SALES[:9], then(), "Since March 2025 the score has risen by 8.5 points; whether that is more than chance cannot be told."),
    ],
)
def test_the_summary_says_in_one_sentence_since_when_how_many_points_and_whether_by_chance(
    sales: list[int], earlier: EarlierWave, says: str
) -> None:
    assert [s["text"] for s in changed_in_short(voice(report(sales, NOW_MARKETING, earlier)))] == [says]


def test_raised_thresholds_of_an_earlier_wave_hold_for_it() -> None:
    raised = then()
    assert raised.assessment is not None
    strict: Assessment = replace(raised.assessment, confidentiality=replace(Confidentiality(), figures=11, spread=12))
    changes = progress(NOW_SALES, NOW_MARKETING, EarlierWave("2025", SECOND, strict)).since_last
    assert changes is not None
    assert changes.sales is None
    assert not isinstance(changes.score.interval, Interval)
