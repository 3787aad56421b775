"""What we know, as data: the instrument, the stages, the friction sources, the transitions, the plays, the evidence.

A `Template` is a sentence of the knowledge with places for the client's own values: `{people.marketing}` (a fact),
`{measure.average-discount}`, `{statement.shared-vocabulary}` (both functions), `{statement.shared-vocabulary.sales}`,
`{score}`, `{gap}`. Where several are given, the first one is printed whose places are all known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Literal

from alignment_report.model.claims import ClaimGrade, Likelihood
from alignment_report.model.client import Owner, StepOwner
from alignment_report.model.comments import CommentRules
from alignment_report.model.conditions import Condition
from alignment_report.model.fields import Field, Unit

Templates = tuple[str, ...]
"""One template, or several from the richest to the plainest."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The answer scale, from the lowest to the highest whole number, each with its label."""

    labels: Annotated[Mapping[int, str], Field("A label for each answer, from the lowest to the highest.")]
    points: Annotated[Fraction, Field("Points of the score for each point of the mean answer: 20 turns a mean of 1–5 into 20–100.")]
    dont_know: Annotated[str, Field("The label of «don't know».")]


@dataclass(frozen=True, slots=True)
class MissingPolicy:
    """How many answers a person's total needs, and how many a dimension needs."""

    total: Annotated[int, Field("Answers a total needs.")]
    total_when_structural: Annotated[int, Field("Answers it needs when all that is missing is «don't know» on structural statements.")]
    dimension_share: Annotated[Fraction, Field("Share of a dimension's statements that a person must have answered.")]
    reason: Annotated[str, Field("Why these numbers.")]


@dataclass(frozen=True, slots=True)
class Dimension:
    id: str
    name: Annotated[str, Field("As printed.")]
    about: Annotated[str, Field("What the statements under it have in common, as a noun phrase.")]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the questionnaire. Agreeing means a closer relationship, unless `reverse`."""

    id: str
    number: int
    text: Annotated[str, Field("The statement as respondents read it.")]
    topic: Annotated[str, Field("What it asks about, as a noun phrase in lower case that fits into a sentence.")]
    dimension: str
    structural: Annotated[bool, Field("Is it a fact of structure that staff may not know? Then «don't know» is allowed.")] = False
    reverse: Annotated[bool, Field("Does agreeing mean a more distant relationship?")] = False
    weight: Annotated[Fraction, Field("Its weight within the total and its dimension.")] = Fraction(1)


@dataclass(frozen=True, slots=True)
class NeutralFlag:
    """When a stage is said to rest on neutral answers."""

    share: Annotated[Fraction, Field("Share of neutral answers from which the flag is raised.")]
    reason: str


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    version: str
    title: str
    attribution: Annotated[str, Field("Where the framework comes from, as printed.")]
    scale: Scale
    missing: MissingPolicy
    neutral: NeutralFlag
    dimensions: tuple[Dimension, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One aspect of the way of working: what each stage looks like in it is said there, what is known of this client here."""

    id: str
    name: str
    here: Annotated[Templates, Field("What is known of it at this client, a short sentence that consists of the client's own values.")]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the relationship: it starts at its floor and ends below the next stage's."""

    id: str
    name: str
    floor: Annotated[Fraction, Field("The lowest score of the stage, on the score's own scale.")]
    meaning: Annotated[str, Field("What the stage means, in one sentence that starts with a capital letter.")]
    facets: Annotated[Mapping[str, str], Field("What is typical of it, facet by facet; each a short sentence.")]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the company's life cycle and the form Marketing has in it."""

    id: str
    number: int
    name: str
    marketing: Annotated[str, Field("Marketing's form in this phase, one or two sentences.")]
    relationship: Annotated[str, Field("What the relationship with Sales is usually like, one sentence.")]
    when: Annotated[Condition, Field("How the phase is recognised; the first phase whose condition is met is shown.")]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for a friction source, or against it."""

    id: str
    when: Condition
    says: Annotated[Templates, Field("What it says about this client; a clause in lower case without a full stop, joined with others.")]
    weight: Annotated[int, Field("How much it counts.", at_least=1, at_most=3)] = 1


@dataclass(frozen=True, slots=True)
class FrictionSource:
    id: str
    kind: Literal["economic", "cultural"]
    name: Annotated[str, Field("A noun phrase in lower case that fits into a sentence.")]
    about: Annotated[str, Field("What the friction is, one sentence.")]
    sales: Annotated[str, Field("The position Sales tends to take, one sentence.")]
    marketing: Annotated[str, Field("The position Marketing tends to take, one sentence.")]
    here: Annotated[
        Templates,
        Field("What it comes to at this client if it is found, one sentence that names the client's own offering, customers or figures."),
    ]
    signs: tuple[Sign, ...]
    counter_signs: tuple[Sign, ...]
    probes: Annotated[tuple[str, ...], Field("Questions that would settle it.")]
    evidence: Annotated[tuple[str, ...], Field("Ids of references.")] = ()


@dataclass(frozen=True, slots=True)
class StrengthRule:
    """Ordinal strength from weights of signs met, less the weights of counter-signs met."""

    weak: int
    moderate: int
    strong: int
    known: Annotated[Fraction, Field("Share of a source's signs that must be known for it to be assessable.")]
    reason: str


@dataclass(frozen=True, slots=True)
class TransitionCondition:
    """A reason to hold, a reason to move, or a prerequisite."""

    id: str
    name: Annotated[str, Field("The condition as a short statement without a full stop.")]
    when: Condition
    reason: Annotated[str, Field("Why this threshold; marked as an assumption where the framework gives none.")]
    met: Annotated[Templates, Field("What to say where it is met; one full sentence with this client's values.")]
    not_met: Annotated[Templates, Field("What to say where it is not met; one full sentence with this client's values.")]
    find_out: Annotated[str, Field("How to find it out where it is unknown, and who has it; one sentence.")]
    watch: Annotated[str, Field("What would change it: the tripwire, one sentence.")]
    watched_by: Owner
    each: Annotated[
        tuple[str, ...], Field("For an `any`: the bounds' own names in their order, said instead of `name` of those that are met.")
    ] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    id: str
    from_: str
    to: str
    name: Annotated[str, Field("A noun phrase in lower case.")]
    gist: Annotated[str, Field("What changes in this transition, one sentence.")]
    stay: tuple[TransitionCondition, ...]
    tighten: tuple[TransitionCondition, ...]
    prerequisites: tuple[TransitionCondition, ...]
    persistent: Annotated[tuple[str, ...], Field("Ids of tighten conditions that outweigh a case for holding.")]
    why_not_further: Annotated[str, Field("Why the next transition after this one is not proposed yet, one sentence.")]


@dataclass(frozen=True, slots=True)
class PlanningRule:
    """Caps and order of the plan."""

    headline: Annotated[int, Field("Headline plays.")]
    total: Annotated[int, Field("Plays in all, at the most.")]
    parallel: Annotated[int, Field("Plays that may run at the same time.")]
    per_owner: Annotated[int, Field("Plays of one owner that may run at the same time.")]
    friction_points: Annotated[Mapping[str, int], Field("Points for curing a friction of each strength: weak, moderate, strong.")]
    low_statement: Annotated[Fraction, Field("A statement whose mean is below this is low.")]
    low_statement_points: int
    prerequisite_points: Annotated[int, Field("Points for building an unmet prerequisite.")]
    order: Annotated[str, Field("How plays are ranked and ties broken, as printed.")]
    recheck_months: Annotated[int, Field("Months until the next wave where the engagement names no date.")]


@dataclass(frozen=True, slots=True)
class Cures:
    frictions: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """When a play cannot be done as it stands at this client."""

    id: str
    when: Condition
    action: Literal["block", "adapt"]
    says: Annotated[Templates, Field("Why, one full sentence with this client's values.")]
    instead: Annotated[str | None, Field("What is done instead: replaces `what`. Needed with `adapt`.")] = None


@dataclass(frozen=True, slots=True)
class Play:
    """One thing to do."""

    id: str
    name: Annotated[str, Field("An imperative, without a full stop.")]
    serves: Annotated[tuple[str, ...], Field("Ids of the transitions it belongs to.")]
    within: Annotated[tuple[str, ...], Field("Ids of the stages within which it improves the relationship for a hold verdict.")]
    cures: Cures
    what: Annotated[str, Field("What is done, two or three sentences.")]
    why: Annotated[str, Field("Why it works, one sentence; no uplift, no cause claimed beyond the evidence.")]
    here: Annotated[Templates, Field("What it means at this client, one sentence with the client's own values.")]
    owner: Owner
    sponsor: Annotated[str, Field("The role that backs it.")]
    first_step: Annotated[str, Field("The first thing somebody does, one sentence.")]
    weeks: Annotated[int, Field("How long until it runs.", unit="weeks", at_least=1, at_most=52)]
    effort: Annotated[int, Field("1 little to 5 much; our judgement.", at_least=1, at_most=5)]
    impact: Annotated[int, Field("1 little to 5 much; our judgement.", at_least=1, at_most=5)]
    risk: Annotated[str, Field("What may go wrong, one sentence.")]
    done_when: Annotated[str, Field("How one sees that it runs, one sentence.")]
    indicators: Annotated[tuple[str, ...], Field("Ids of measures.")] = ()
    after: Annotated[tuple[str, ...], Field("Ids of plays that come first, if they are in the plan.")] = ()
    builds: Annotated[tuple[str, ...], Field("Ids of prerequisites it builds.")] = ()
    needs: Annotated[str | None, Field("What must be there before, one phrase; nothing where left out.")] = None
    touches_pay: Annotated[bool, Field("Does it touch pay? Then it is an options paper.")] = False
    already: Annotated[Condition | None, Field("When the client already does this, so that it is not proposed.")] = None
    guards: tuple[Guard, ...] = ()
    evidence: Annotated[tuple[str, ...], Field("Ids of references.")] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing to stop doing."""

    id: str
    name: Annotated[str, Field("What to stop, as «Stop …».")]
    when: Condition
    says: Annotated[Templates, Field("Why here, one full sentence with this client's values.")]
    stages: Annotated[tuple[str, ...], Field("Ids of the stages at which it applies.")]
    says_at: Annotated[Mapping[str, Templates], Field("Instead of `says`, at a stage where it reads otherwise: `stage-id: sentences`.")] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True)
class BuyerStep:
    id: str
    number: int
    name: str
    about: str
    owners: Annotated[Mapping[str, StepOwner], Field("Who owns it at each stage, `stage-id: owner`.")]


@dataclass(frozen=True, slots=True)
class SalesStep:
    id: str
    name: str
    marketing: Annotated[str, Field("What Marketing contributes, one sentence.")]
    stages: Annotated[tuple[str, ...], Field("Ids of the stages from which this belongs to the way of working.")]


@dataclass(frozen=True, slots=True)
class Measure:
    id: str
    name: Annotated[str, Field("A noun phrase, in lower case.")]
    level: Literal["shared", "sales", "upstream", "downstream"]
    formula: str
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    kind: Literal["lead", "lag"]
    frequency: Literal["weekly", "monthly", "quarterly", "yearly"]
    owner: Owner
    source: Annotated[str, Field("Where it is usually found.")]
    stages: Annotated[tuple[str, ...], Field("Ids of the target stages whose scorecard holds it.")]
    at_least: Annotated[int | None, Field("Smallest possible value.")] = 0
    at_most: Annotated[int | None, Field("Largest possible value.")] = None
    fact: Annotated[str | None, Field("The fact that says the same, by its path.")] = None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A hard figure or fact to hold beside what people answered."""

    id: str
    statement: str
    against: Annotated[str, Field("What it is held against, as a noun phrase in lower case.")]
    speaks_high: Annotated[Condition, Field("When the figure says what agreeing would say.")]
    speaks_low: Annotated[Condition, Field("When the figure says what disagreeing would say.")]
    shows: Annotated[Templates, Field("The figure in words, a clause without a full stop.")]
    find_out: Annotated[str, Field("Who has it, where it is missing; one sentence.")]


@dataclass(frozen=True, slots=True)
class Reference:
    id: str
    grade: Literal["A", "A-", "B", "C", "D+", "D"]
    citation: str
    finding: Annotated[str, Field("What it found, in our words, one sentence; associations are called associations.")]


@dataclass(frozen=True, slots=True)
class DecisionRight:
    """Who does what in one recurring decision, at a target stage."""

    id: str
    decision: str
    stages: tuple[str, ...]
    responsible: Owner
    accountable: Annotated[str, Field("One role.")]
    consulted: str
    informed: str
    today: Annotated[Templates, Field("Who does it today, where a fact says so.")] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    id: str
    name: str
    stages: tuple[str, ...]
    cadence: str
    chair: str
    attendees: str
    inputs: str
    decides: str


@dataclass(frozen=True, slots=True)
class HandoffTerm:
    id: str
    term: str
    sales: Annotated[str, Field("What Sales commits to.")]
    marketing: Annotated[str, Field("What Marketing commits to.")]
    usual: Annotated[str, Field("A usual starting value: a convention, to be agreed.")]
    measure: Annotated[str | None, Field("The measure that says how it is today.")] = None


@dataclass(frozen=True, slots=True)
class RewardOption:
    id: str
    option: str
    speaks_for: str
    speaks_against: str
    settle_first: Annotated[str, Field("What has to be settled with whom before.")]
    when: Annotated[
        Condition | None, Field("What must hold for it to be an option; it is left out where the facts speak against that.")
    ] = None


@dataclass(frozen=True, slots=True)
class Risk:
    id: str
    name: str
    when: Condition
    says: Annotated[Templates, Field("Why it threatens here, one full sentence with this client's values.")]
    response: str
    evidence: tuple[str, ...] = ()
    says_at: Annotated[Mapping[str, Templates], Field("Instead of `says`, at a stage where it reads otherwise: `stage-id: sentences`.")] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The whole knowledge folder, checked."""

    name: str
    version: str
    language: Annotated[str, Field("The language its sentences are written in, as a two-letter code; the interface follows.")] = "en"
    instrument: Instrument
    facets: tuple[Facet, ...] = ()
    stages: tuple[Stage, ...]
    phases: tuple[Phase, ...] = ()
    strength: StrengthRule
    frictions: tuple[FrictionSource, ...] = ()
    planning: PlanningRule
    transitions: tuple[Transition, ...]
    plays: tuple[Play, ...] = ()
    stops: tuple[Stop, ...] = ()
    buyer_steps: tuple[BuyerStep, ...] = ()
    sales_steps: tuple[SalesStep, ...] = ()
    measures: tuple[Measure, ...] = ()
    funnel_order: Annotated[tuple[str, ...], Field("Ids of count measures, each a part of the one before.")] = ()
    funnel_note: Annotated[Templates, Field("What the counts of the funnel hold that another measure leaves out.")] = ()
    counterparts: tuple[Counterpart, ...] = ()
    references: tuple[Reference, ...] = ()
    decision_rights: tuple[DecisionRight, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    handoff: tuple[HandoffTerm, ...] = ()
    rewards: tuple[RewardOption, ...] = ()
    risks: tuple[Risk, ...] = ()
    likelihoods: tuple[Likelihood, ...] = ()
    claims: tuple[ClaimGrade, ...] = ()
    comments: Annotated[CommentRules | None, Field("What to look for in comments; without it none is printed.")] = None
