"""The whole analysis of one client: one value, made of the steps."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from cases import ACME, NAMED, PLAYBOOK, ROOT, STATEMENTS, TINY, answers_for, is_yes, mixed_team, respondent, team, wave, without

from alignment_report.analysis.published import Count
from alignment_report.analysis.report import Report, compile_report
from alignment_report.model.client import Client, MeasureValue, Observation, People, Relations, facts
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
