"""Small waves, conditions, plays and figures, and the laws' number of examples, for the tests of the analysis."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alignment_report.analysis.conditions import Judgement, Known
from alignment_report.analysis.decision import JudgedCondition, StageReading, Verdict, read_stage
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.friction import Finding, Strength
from alignment_report.analysis.levels import LEVELS
from alignment_report.analysis.published import WITHHELD, Count, Figure, Published, Split, StatementFigures
from alignment_report.analysis.scoring import RespondentScore, score_respondents
from alignment_report.analysis.shown_sums import FUNCTIONS, Function, Sums
from alignment_report.model.assessment import Answer, Assessment, Confidentiality, Consent, InstrumentUsed, Invited, Respondent, Role
from alignment_report.model.client import Client, Company
from alignment_report.model.conditions import Bound, Condition
from alignment_report.model.fields import FactValue
from alignment_report.model.playbook import Cures, FrictionSource, Instrument, Play, Sign, TransitionCondition
from alignment_report.reading.playbook import read_playbook

ROOT = Path(__file__).resolve().parent.parent
PLAYBOOK = read_playbook(ROOT / "configs" / "playbook")
INSTRUMENT = PLAYBOOK.instrument
STATEMENTS = tuple(statement.id for statement in INSTRUMENT.statements)
STRUCTURAL = tuple(statement.id for statement in INSTRUMENT.statements if statement.structural)
TINY = read_playbook(Path(__file__).parent / "data" / "tiny-playbook")
TINY_STATEMENTS = tuple(statement.id for statement in TINY.instrument.statements)

ANONYMOUS = Confidentiality()
NAMED = Confidentiality("named", Consent("both heads", date(2026, 3, 2)))
NOBODY_ASKED = Invited()
ACME = Client("acme", Company("Acme", "cabinets", "grocers"))
FEW_EXAMPLES = os.environ.get("LAW_EXAMPLES")
"""So many examples of each law, and none made smaller once it fails: for mutants, where all of it runs thousands of times over."""
EXAMPLES = int(FEW_EXAMPLES or 100)
PHASES = (Phase.generate,) if FEW_EXAMPLES else tuple(Phase)
_ids = count()


def law(*strategies: st.SearchStrategy[object], **named: st.SearchStrategy[object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of a law: EXAMPLES in the quick set, a thousand in the slow one, the same on every run."""

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        @pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(1000, marks=pytest.mark.slow)])
        def test(examples: int) -> None:
            chosen = settings(
                max_examples=examples,
                derandomize=True,
                deadline=None,
                database=None,
                phases=PHASES,
                suppress_health_check=list(HealthCheck),
            )
            chosen(given(*strategies, **named)(check))()

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return decorate


def respondent(function: Role, answers: Mapping[str, Answer], level: str = "staff") -> Respondent:
    return Respondent(f"p{next(_ids)}", function, level, answers)  # type: ignore[arg-type]


def answers_for(total: int, turn: int = 0) -> dict[str, Answer]:
    """Twenty answers that add up to the total, as even as can be; `turn` moves the higher ones along."""
    base, higher = divmod(total, len(STATEMENTS))
    return {id: base + ((place + turn) % len(STATEMENTS) < higher) for place, id in enumerate(STATEMENTS)}


def team(function: Role, totals: Iterable[int]) -> tuple[Respondent, ...]:
    return tuple(respondent(function, answers_for(total, 7 * place)) for place, total in enumerate(totals))


def mixed_team(function: Role, size: int, turn: int = 0) -> tuple[Respondent, ...]:
    """People whose answers differ on every statement, so that nothing is withheld for being alike."""
    return tuple(
        respondent(function, {id: 1 + (person * 2 + place + turn) % 5 for place, id in enumerate(STATEMENTS)}) for person in range(size)
    )


def without(person: Respondent, statements: Iterable[str]) -> Respondent:
    left_out = set(statements)
    return replace(person, answers={id: answer for id, answer in person.answers.items() if id not in left_out})


def wave(*groups: Sequence[Respondent], rules: Confidentiality = ANONYMOUS, invited: Invited = NOBODY_ASKED) -> Assessment:
    people = tuple(person for group in groups for person in group)
    used = InstrumentUsed(INSTRUMENT.id, INSTRUMENT.version)
    return Assessment("2026-03", date(2026, 3, 20), used, people, invited=invited, confidentiality=rules)


def published(assessment: Assessment, instrument: Instrument = INSTRUMENT) -> Published:
    return disclose(score_respondents(assessment, instrument), assessment, instrument)


def scored(function: Role, totals: Iterable[Fraction | int | None]) -> list[RespondentScore]:
    """People of whom only the totals are known."""
    return [
        RespondentScore(function, "staff", {}, 0, None if t is None else Fraction(t), {d.id: None for d in INSTRUMENT.dimensions})
        for t in totals
    ]


def stage_of(assessment: Assessment) -> StageReading | None:
    return read_stage(published(assessment), PLAYBOOK.stages, INSTRUMENT)


def split_of(found: Published, statement: str) -> Split:
    return next(figures.split for figures in found.statements if figures.statement.id == statement)


def figure(value: int | float | Fraction | None) -> Figure:
    return WITHHELD if value is None else Figure(Fraction(value), Count(10, 10))


def split(sales: int | float | Fraction | None, marketing: int | float | Fraction | None) -> Split:
    """Both functions' figures with what follows from them; withheld where one is None."""
    if sales is None or marketing is None:
        return Split()
    s, m = Fraction(sales), Fraction(marketing)
    return Split(figure((s + m) / 2), figure(s), figure(m), figure(m - s))


def statement_figures(statement: str, sales: float | None, marketing: float | None) -> StatementFigures:
    return StatementFigures(next(s for s in INSTRUMENT.statements if s.id == statement), split(sales, marketing), None)


def known(
    facts: Mapping[str, FactValue] | None = None,
    measures: Mapping[str, Fraction | None] | None = None,
    statements: Mapping[str, Split] | None = None,
    dimensions: Mapping[str, Split] | None = None,
    score: Split | None = None,
) -> Known:
    return Known(facts or {}, measures or {}, statements or {}, dimensions or {}, score or Split())


def is_yes(fact: str) -> Condition:
    return Condition("all", (Bound("fact", fact, is_=True),))


def transition_condition(id: str) -> TransitionCondition:
    """A condition that is met where the fact of the same name is yes."""
    return TransitionCondition(id, id, is_yes(id), "a reason", ("met",), ("not met",), "ask", "watch", "sales")


def judged(id: str, met: bool | None) -> JudgedCondition:
    condition = transition_condition(id)
    return JudgedCondition(condition, Judgement(condition.when, met, ()))


def verdict_of(kind: str, prerequisites: Sequence[JudgedCondition] = (), **sides: Sequence[JudgedCondition]) -> Verdict:
    transition = PLAYBOOK.transitions[0]
    return Verdict(
        kind, "case-for-moving", transition, tuple(sides.get("stay", ())), tuple(sides.get("tighten", ())), tuple(prerequisites), ()
    )  # type: ignore[arg-type]


def source(id: str, signs: Sequence[Sign] = (), counter_signs: Sequence[Sign] = ()) -> FrictionSource:
    return FrictionSource(id, "economic", id, "about", "sales", "marketing", ("here",), tuple(signs), tuple(counter_signs), ("probe",))


def found(id: str, strength: Strength) -> Finding:
    return Finding(source(id), strength, None if strength == "not-assessable" else 1, (), (), ())


def play(id: str, **parts: object) -> Play:
    """A play of the first transition and the first stage that cures nothing, but for the parts given."""
    usual: dict[str, object] = {
        "serves": (PLAYBOOK.transitions[0].id,),
        "within": (PLAYBOOK.stages[0].id,),
        "cures": Cures(),
        "owner": "shared",
        "weeks": 4,
        "effort": 2,
        "impact": 2,
    }
    texts = {name: name for name in ("name", "what", "why", "sponsor", "first_step", "risk", "done_when")}
    return Play(id=id, here=("here",), **texts, **(usual | parts))  # type: ignore[arg-type]


FIRST, SECOND = INSTRUMENT.statements[0].id, INSTRUMENT.statements[1].id
DIMENSION = INSTRUMENT.statements[0].dimension
TWO = replace(
    INSTRUMENT,
    statements=tuple(replace(s, dimension=DIMENSION, reverse=False) for s in INSTRUMENT.statements[:2]),
    dimensions=tuple(d for d in INSTRUMENT.dimensions if d.id == DIMENSION),
    missing=replace(INSTRUMENT.missing, total=1, total_when_structural=1, dimension_share=Fraction(1, 2)),
)
Pair = tuple[int | None, int | None]
"""A person's answers to both."""


def sums_of(
    sales: Sequence[Pair],
    marketing: Sequence[Pair],
    floors: Sequence[Fraction] = (),
    levels: Mapping[Function, str] | None = None,
    weight: Fraction | int = 1,
) -> Sums:
    """People who answered two statements of one dimension and of this weight, or one of them; `levels` has a letter for each, H of a head."""
    two = replace(TWO, statements=tuple(replace(s, weight=Fraction(weight)) for s in TWO.statements))

    def people(function: Function, pairs: Sequence[Pair]) -> list[object]:
        given = ["head" if letter == "H" else "staff" for letter in (levels or {}).get(function, "s" * len(pairs))]
        answers = [{id: a for id, a in zip((FIRST, SECOND), pair, strict=True) if a} for pair in pairs]
        return [respondent(function, a, level) for a, level in zip(answers, given, strict=True)]

    scores = score_respondents(wave(people("sales", sales), people("marketing", marketing)), two)  # type: ignore[arg-type]
    return Sums({f: [s for s in scores if s.function == f] for f in FUNCTIONS}, two, floors, LEVELS if levels else ())
