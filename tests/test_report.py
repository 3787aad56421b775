"""The whole analysis of one client: one value, made of the steps."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from cases import ACME, NAMED, PLAYBOOK, ROOT, STATEMENTS, TINY, answers_for, is_yes, mixed_team, respondent, team, wave, without

from alignment_report.analysis.business_case import compute
from alignment_report.analysis.certainty import stage_certainty
from alignment_report.analysis.claims import claim_grade
from alignment_report.analysis.comments import quotes
from alignment_report.analysis.published import Count
from alignment_report.analysis.redaction import Removed
from alignment_report.analysis.report import Report, Wave, compile_report
from alignment_report.analysis.rerun import NOBODY_HELD_BACK, HeldBack, PastDelivery, counted_digests
from alignment_report.model.assessment import Answer, Assessment, Respondent, Role
from alignment_report.model.client import (
    BusinessCase,
    Client,
    Driver,
    Engagement,
    MeasureValue,
    Observation,
    People,
    Range,
    Relations,
    facts,
)
from alignment_report.model.conditions import Bound, Condition
from alignment_report.reading.client import read_case

CLIENTS = sorted(path.name for path in (ROOT / "configs" / "clients").iterdir() if path.is_dir())
SALES, MARKETING = mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)


def _report(client: Client = ACME, marketing: int = 8) -> Report:
    return compile_report(client, wave(SALES, MARKETING[:marketing]), PLAYBOOK)


@pytest.mark.parametrize("name", CLIENTS)
def test_the_same_values_give_the_same_report(name: str) -> None:
    case = read_case(ROOT / "configs" / "clients" / name, None, PLAYBOOK)
    first = compile_report(case.client, case.assessment, PLAYBOOK)
    backwards = replace(case.assessment, respondents=tuple(reversed(case.assessment.respondents)))
    assert compile_report(case.client, backwards, PLAYBOOK) == first
    assert first.stage is not None
    assert first.verdict.transition is None or first.verdict.transition.from_ == first.stage.stage.id


def test_a_report_holds_every_friction_statement_and_counterpart() -> None:
    report = _report()
    assert {f.source.id for f in report.findings} == {f.id for f in PLAYBOOK.frictions}
    assert {p.figures.statement.id for p in report.perceived} == set(STATEMENTS)
    assert len(report.triangulated) == len(PLAYBOOK.counterparts)
    assert report.case is None


def test_a_withheld_split_is_unknown_to_every_condition() -> None:
    report = _report(marketing=4)
    assert report.known.score.gap.value is None
    assert {s.gap.value for s in report.known.statements.values()} == {None}
    assert {p.view for p in report.perceived} == {"withheld"}
    readings = [r for c in report.verdict.conditions for r in c.judgement.readings if r.bound.function]
    assert {r.holds for r in readings} <= {None}


def test_an_observation_bears_on_its_friction() -> None:
    seen = Observation("o", "price", "for", "interview", date(2026, 3, 1), "They argue about every offer.")
    findings = {f.source.id: f for f in _report(replace(ACME, observations=(seen,))).findings}
    assert findings["price"].observations == (seen,)
    assert findings["price"].strength != "not-assessable"


def test_facts_and_measures_are_known_by_their_path() -> None:
    measures = {"win-rate": MeasureValue(Fraction(1, 4)), "churn": MeasureValue(None)}
    known = _report(replace(ACME, people=People(employees=Fraction(40)), measures=measures)).known
    assert known.facts["people.employees"] == 40
    assert known.facts["people.sales"] is None
    assert (known.measures["win-rate"], known.measures["churn"], known.measures["leads"]) == (Fraction(1, 4), None, None)


def test_turnover_in_euro_is_taken_from_turnover_in_euro() -> None:
    company = replace(ACME.company, currency="EUR", revenue=Fraction(9))
    assert facts(replace(ACME, company=company))["company.revenue_in_euro"] == 9
    assert facts(replace(ACME, company=replace(company, currency="USD")))["company.revenue_in_euro"] is None
    assert facts(replace(ACME, company=replace(company, revenue_in_euro=Fraction(8))))["company.revenue_in_euro"] == 8


def test_the_wave_says_who_agreed_only_where_people_are_named() -> None:
    people = (team("sales", [60]), team("marketing", [50]))
    named = compile_report(ACME, wave(*people, rules=NAMED), PLAYBOOK).wave
    assert (named.mode, named.consent, named.consent_date) == ("named", "both heads", date(2026, 3, 2))
    anonymous = compile_report(ACME, wave(*people), PLAYBOOK).wave
    assert (anonymous.mode, anonymous.consent, anonymous.consent_date) == ("anonymous", None, None)
    kept = compile_report(ACME, wave(*people, rules=replace(NAMED, mode="anonymous")), PLAYBOOK).wave
    assert (kept.consent, kept.consent_date) == (None, None)


def test_no_report_holds_an_answer_or_an_id_of_a_respondent() -> None:
    person = respondent("sales", answers_for(60))
    secret = replace(person, id="zq-secret-id", comment="zq-secret-comment")
    printed = repr(compile_report(ACME, wave([secret, *SALES], MARKETING), PLAYBOOK))
    assert "zq-secret" not in printed
    assert "RespondentScore" not in printed


def test_too_few_answers_give_no_stage_and_no_plays() -> None:
    report = compile_report(ACME, wave(SALES[:4]), PLAYBOOK)
    assert (report.stage, report.verdict.reason, report.plan.plays) == (None, "no-stage", ())


def test_another_instrument_and_other_stages_need_no_code() -> None:
    rows = [(4, 1, 4, 4), (3, 2, 4, 3), (4, 1, 3, "dont-know"), (2, 3, 1, 1), (1, 4, 2, 2)]
    ids = [s.id for s in TINY.instrument.statements]
    people = [respondent(function, dict(zip(ids, row, strict=True))) for function in ("sales", "marketing") for row in rows]
    report = compile_report(
        replace(ACME, relations=Relations(dropped_tasks=True), people=People(marketing=Fraction(2))), wave(people), TINY
    )
    totals = [Fraction(20, 5), Fraction(17, 5), Fraction(14, 4), Fraction(7, 5), Fraction(8, 5)]
    assert report.published.score.combined.value == sum(totals, Fraction(0)) / 5 * 25
    assert report.stage is not None
    assert (report.stage.stage.id, report.verdict.kind, report.verdict.reason) == ("together", "sustain", "top-stage")


def test_an_unfinished_dimension_costs_a_person_that_dimension_alone() -> None:
    sizes = {d.id: [s.id for s in PLAYBOOK.instrument.statements if s.dimension == d.id] for d in PLAYBOOK.instrument.dimensions}
    dimension, ids = next((id, ids) for id, ids in sizes.items() if len(ids) == 3)
    sales = mixed_team("sales", 12)
    report = compile_report(ACME, wave([*(without(p, ids[:2]) for p in sales[:6]), *sales[6:]], MARKETING), PLAYBOOK)
    assert report.published.score.sales.n == Count(12, 12)
    assert report.known.dimensions[dimension].sales.n == Count(6, 6)


def test_the_phase_shown_is_the_first_whose_condition_is_met() -> None:
    phases = tuple(
        replace(phase, when=Condition("all", (Bound("fact", "people.employees", above=Fraction(limit)),)))
        for phase, limit in zip(PLAYBOOK.phases, (1000, 100, 10), strict=False)
    )
    playbook = replace(PLAYBOOK, phases=phases)
    for employees, place in ((5000, 0), (500, 1), (50, 2), (5, None), (None, None)):
        people = People(employees=None if employees is None else Fraction(employees))
        report = compile_report(replace(ACME, people=people), wave(SALES, MARKETING), playbook)
        assert report.phase == (None if place is None else phases[place])


def test_only_risks_that_threaten_here_are_told() -> None:
    risks = tuple(
        replace(PLAYBOOK.risks[0], id=id, when=is_yes(f"relations.{id}")) for id in ("dropped_tasks", "duplicated_work", "visible_conflict")
    )
    client = replace(ACME, relations=Relations(dropped_tasks=True, duplicated_work=False))
    report = compile_report(client, wave(SALES, MARKETING), replace(PLAYBOOK, risks=risks))
    assert [risk.id for risk in report.risks] == ["dropped_tasks"]


# What every step adds, in a small playbook

COST = Range(Fraction(1), Fraction(2), Fraction(3), "a guess")
CLIENT = replace(
    ACME,
    business_case=BusinessCase(Fraction(12), COST, (Driver("d", "a benefit", COST),)),
    engagement=Engagement(sponsor="Petra Lindgren", start=date(2026, 4, 1)),
)
KNOWING = replace(TINY, likelihoods=PLAYBOOK.likelihoods, claims=PLAYBOOK.claims, comments=PLAYBOOK.comments)
KEY = "0123456789abcdef" * 2


def _person(function: Role, place: int) -> Respondent:
    answers: dict[str, Answer] = {
        id: 1 + (place * (3 if step % 2 else 1) + step) % 4 for step, id in enumerate([s.id for s in TINY.instrument.statements], 1)
    }
    level = "head" if place < 5 else "staff"
    return replace(respondent(function, answers, level), comment="Lindgren plans too late", verbatim="approved")


def _small_wave(size: int = 12) -> Assessment:
    people = [_person(function, place) for function in ("sales", "marketing") for place in range(size)]
    dates = {"collected_from": date(2026, 3, 2), "collected_to": date(2026, 3, 13)}
    return replace(wave(people), **dates)  # type: ignore[arg-type]


def test_a_report_holds_its_wave_its_client_and_what_each_step_gives() -> None:
    assessment = _small_wave()
    report = compile_report(CLIENT, assessment, KNOWING)
    scale = KNOWING.instrument.scale
    assert (report.client, report.playbook, report.held_back) == (CLIENT, KNOWING, NOBODY_HELD_BACK)
    assert report.wave == Wave("2026-03", date(2026, 3, 20), date(2026, 3, 2), date(2026, 3, 13), "anonymous", None, None)
    assert report.certainty == stage_certainty(report.published, KNOWING.stages, scale, KNOWING.likelihoods) is not None
    assert report.grade == claim_grade(report.published, KNOWING.claims) is not None
    assert report.case == compute(CLIENT.business_case) is not None
    assert report.quotes == quotes(assessment, CLIENT, KNOWING.comments) != ()
    assert {quote.parts[0] for quote in report.quotes} == {Removed("name")}
    assert report.published.hangs_on_one is not None
    assert report.plan.start == date(2026, 4, 1)


def test_who_came_late_is_in_no_figure_and_heads_are_told_apart_only_where_the_same_people_were_counted() -> None:
    first = _small_wave()
    past = PastDelivery(date(2026, 3, 27), KEY, counted_digests(first.respondents, KEY), is_same_wave=True)
    later = replace(first, respondents=(*first.respondents, replace(_person("sales", 4), level="head")))
    assert compile_report(CLIENT, first, KNOWING, [past]).published.levels is not None
    report = compile_report(CLIENT, later, KNOWING, [past])
    assert report.held_back == HeldBack(late=(past.day,))
    assert report.published == compile_report(CLIENT, first, KNOWING).published
    more = _small_wave(18)
    again = compile_report(CLIENT, more, KNOWING, [past])
    assert (again.held_back, again.published) == (NOBODY_HELD_BACK, replace(compile_report(CLIENT, more, KNOWING).published, levels=None))
    assert compile_report(CLIENT, more, KNOWING).published.levels is not None
