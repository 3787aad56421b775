"""One client's case into one Report: a table of contents of the steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from alignment_report.analysis.beside import EarlierWave, stand_beside
from alignment_report.analysis.business_case import CaseResult, compute
from alignment_report.analysis.certainty import Certainty, stage_certainty
from alignment_report.analysis.claims import claim_grade
from alignment_report.analysis.comments import Quote, quotes
from alignment_report.analysis.conditions import Known, judge
from alignment_report.analysis.counterparts import Triangulated, triangulate
from alignment_report.analysis.decision import StageReading, Verdict, decide, read_stage
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.friction import Finding, diagnose
from alignment_report.analysis.perception import Perceived, perceive
from alignment_report.analysis.planning import Plan, plan
from alignment_report.analysis.portfolio import Portfolio, place
from alignment_report.analysis.progress import Progress, follow
from alignment_report.analysis.published import Published
from alignment_report.analysis.rerun import HeldBack, PastDelivery, counts_others, hold_back
from alignment_report.analysis.scoring import score_respondents
from alignment_report.model.assessment import Assessment
from alignment_report.model.benchmark import Benchmark
from alignment_report.model.claims import ClaimGrade
from alignment_report.model.client import Client, facts
from alignment_report.model.narrative import NO_WORDS, Words
from alignment_report.model.playbook import Phase, Playbook, Risk


@dataclass(frozen=True, slots=True)
class Wave:
    """What may be said of the wave itself; it holds no respondent."""

    id: str
    report_date: date
    collected_from: date | None
    collected_to: date | None
    mode: Literal["anonymous", "named"]
    consent: str | None
    consent_date: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the playbook says about one client, before it is put into words. `progress` is None without an earlier wave,
    `portfolio` without a benchmark.
    """

    client: Client
    wave: Wave
    playbook: Playbook
    known: Known
    published: Published
    held_back: HeldBack
    stage: StageReading | None
    certainty: Certainty | None
    grade: ClaimGrade | None
    phase: Phase | None
    perceived: tuple[Perceived, ...]
    triangulated: tuple[Triangulated, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    plan: Plan
    risks: tuple[Risk, ...]
    case: CaseResult | None
    quotes: tuple[Quote, ...]
    words: Words
    progress: Progress | None = None
    portfolio: Portfolio | None = None


def compile_report(
    client: Client,
    assessment: Assessment,
    playbook: Playbook,
    past: Sequence[PastDelivery] = (),
    words: Words = NO_WORDS,
    earlier: Sequence[EarlierWave] = (),
    others: Benchmark | None = None,
) -> Report:
    """The whole analysis: hold back, score, disclose, diagnose, decide, plan. Pure: the same values give the same report.

    `past` are the deliveries that bind this one, `earlier` the waves before it in the order of time, `others` a benchmark without this client.
    Keys and digests are left behind in the first step, answers in the third. `words` are the consultant's; the report carries them, and no
    step reads them: an override changes no judgement but its own print.
    """
    instrument = playbook.instrument
    assessment, held_back = hold_back(assessment, past, instrument)
    beside = stand_beside(assessment, earlier, instrument)
    published = disclose(score_respondents(assessment, instrument), assessment, instrument, playbook.stages)
    if counts_others(assessment.respondents, past):
        published = replace(published, levels=None)  # heads and staff are not among what deliveries are compared by
    known = _known(client, published, playbook)
    stage = read_stage(published, playbook.stages, instrument)
    findings = diagnose(known, playbook.frictions, client.observations, playbook.strength)
    verdict = decide(stage, playbook.transitions, known)
    return Report(
        client=client,
        wave=_wave(assessment),
        playbook=playbook,
        known=known,
        published=published,
        held_back=held_back,
        stage=stage,
        certainty=stage_certainty(published, playbook.stages, instrument.scale, playbook.likelihoods),
        grade=claim_grade(published, playbook.claims),
        phase=next((phase for phase in playbook.phases if judge(phase.when, known).met), None),
        perceived=perceive(published.statements, instrument.scale),
        triangulated=triangulate(playbook.counterparts, known, instrument),
        findings=findings,
        verdict=verdict,
        plan=plan(verdict, stage, findings, published.statements, known, playbook, client.engagement, assessment.report_date),
        risks=tuple(risk for risk in playbook.risks if judge(risk.when, known).met),
        case=compute(client.business_case),
        quotes=quotes(assessment, client, playbook.comments),
        words=words,
        progress=follow(published, findings, known, client.observations, beside, playbook),
        portfolio=place(published, others, instrument.dimensions) if others else None,
    )


def _known(client: Client, published: Published, playbook: Playbook) -> Known:
    measures: dict[str, Fraction | None] = {measure.id: None for measure in playbook.measures}
    return Known(
        facts=facts(client),
        measures=measures | {id: figure.value for id, figure in client.measures.items()},
        statements={s.statement.id: s.split for s in published.statements},
        dimensions={d.dimension.id: d.split for d in published.dimensions},
        score=published.score,
    )


def _wave(assessment: Assessment) -> Wave:
    rules = assessment.confidentiality
    consent = rules.consent if rules.mode == "named" else None
    return Wave(
        id=assessment.wave,
        report_date=assessment.report_date,
        collected_from=assessment.collected_from,
        collected_to=assessment.collected_to,
        mode=rules.mode,
        consent=consent.by if consent else None,
        consent_date=consent.date if consent else None,
    )
