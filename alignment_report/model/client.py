"""What the client told us about the company: facts, measures, observations and the terms of the engagement.

Every fact is a value or None, which means unknown. Nothing has a silent default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from alignment_report.model.fields import FactValue, Field, Number, Words, YesNo

Owner = Literal["sales", "marketing", "shared", "leadership"]
StepOwner = Literal["marketing", "shared", "sales", "unclear"]


START_OFFERING, START_CUSTOMERS = "products and services", "business customers"
"""What a new folder says until somebody replaces it."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who the client is."""

    name: Annotated[str, Field("The name printed on the cover.", example="Northwind Cold Chain")]
    offering: Annotated[
        str,
        Field(
            "What the company sells, as a noun phrase that fits into a sentence, in lower case.", example="refrigerated display cabinets"
        ),
    ]
    customers: Annotated[
        str, Field("Who buys it, as a noun phrase that fits into a sentence, in lower case.", example="regional grocery chains")
    ]
    unit: Annotated[Words, Field("The business unit assessed, if it is not the whole company.")] = None
    industry: Annotated[Words, Field("The industry, as a noun phrase.", example="commercial refrigeration")] = None
    business: Annotated[Literal["b2b", "b2c", "mixed"] | None, Field("To whom it sells: companies, consumers or both.")] = None
    ownership: Annotated[
        Literal["founder", "family", "private-equity", "listed", "subsidiary", "cooperative", "public-sector"] | None,
        Field("Who owns it."),
    ] = None
    currency: Annotated[Words, Field("The currency of every amount in this file, as a three-letter code.", example="EUR")] = None
    revenue: Annotated[Number, Field("Turnover of the last full year.", unit="money", at_least=0)] = None
    revenue_in_euro: Annotated[
        Number, Field("The same in euro, for the size class; needed only where the currency is another.", unit="euro", at_least=0)
    ] = None
    growth: Annotated[
        Number, Field("Growth of turnover over the last year; -0.05 is a fall of 5%.", unit="share", at_least=-1, at_most=1)
    ] = None
    gross_margin: Annotated[Number, Field("Gross margin.", unit="share", at_least=-1, at_most=1)] = None
    regions: Annotated[Words, Field("Where it sells, as a noun phrase.", example="Germany, Austria and Poland")] = None


@dataclass(frozen=True, slots=True)
class People:
    """How many people, and where they sit."""

    employees: Annotated[Number, Field("Everybody employed, as full-time equivalents.", unit="people", at_least=1)] = None
    sales: Annotated[Number, Field("People in Sales, as full-time equivalents.", unit="people", at_least=0)] = None
    marketing: Annotated[Number, Field("People in Marketing, as full-time equivalents.", unit="people", at_least=0)] = None
    same_site: Annotated[YesNo, Field("Do most of Sales and Marketing work at the same site?")] = None
    sales_dispersed: Annotated[YesNo, Field("Does most of Sales work remotely or in the field?")] = None
    sales_headcount_change: Annotated[
        Number, Field("Change of Sales' headcount over the last two years; -0.1 is a tenth fewer.", unit="share", at_least=-1, at_most=1)
    ] = None
    marketing_headcount_change: Annotated[
        Number, Field("Change of Marketing's headcount over the last two years.", unit="share", at_least=-1, at_most=1)
    ] = None


@dataclass(frozen=True, slots=True)
class Market:
    """What is offered, and how the market moves."""

    product_type: Annotated[
        Literal["standard", "configured", "custom", "co-developed"] | None, Field("How far an offer is made for the single customer.")
    ] = None
    products_shaped_in_sale: Annotated[
        YesNo, Field("Do products take shape inside the sale (development, prototypes, heavy tailoring)?")
    ] = None
    commoditising: Annotated[YesNo, Field("Are offers in this market becoming interchangeable?")] = None
    customising: Annotated[YesNo, Field("Is the market moving towards offers made for the single customer?")] = None
    price_pressure: Annotated[YesNo, Field("Have prices come under clear pressure over the last two years?")] = None
    life_cycle_months: Annotated[Number, Field("How long a product is sold before it is replaced.", unit="months", at_least=1)] = None
    life_cycle_trend: Annotated[
        Literal["shortening", "stable", "lengthening"] | None, Field("How that time has moved over the last five years.")
    ] = None
    technology_pace: Annotated[Literal["slow", "steady", "fast"] | None, Field("How fast the technology behind the offer turns over.")] = (
        None
    )


@dataclass(frozen=True, slots=True)
class Selling:
    """How the company sells."""

    motion: Annotated[Literal["transactional", "consultative", "enterprise", "channel"] | None, Field("The main way of selling.")] = None
    cycle_days: Annotated[Number, Field("Median days from qualified opportunity to signature.", unit="days", at_least=1)] = None
    deal_size: Annotated[Number, Field("Median value of a deal.", unit="money", at_least=1)] = None
    large_deal_size: Annotated[Number, Field("Value that one deal in ten exceeds.", unit="money", at_least=1)] = None
    buying_group: Annotated[
        Number, Field("People on the customer's side who take part in a typical decision.", unit="people", at_least=1)
    ] = None
    top_ten_share: Annotated[Number, Field("Share of turnover with the ten largest customers.", unit="share", at_least=0, at_most=1)] = None
    key_accounts: Annotated[YesNo, Field("Is there a key-account programme?")] = None
    licensed_selling: Annotated[YesNo, Field("Does selling need a personal licence or a regulated qualification?")] = None


@dataclass(frozen=True, slots=True)
class Structure:
    """How the two functions are set up and led."""

    sales_head: Annotated[Words, Field("Title of the head of Sales; a title, not a name.", example="VP Sales")] = None
    marketing_head: Annotated[Words, Field("Title of the head of Marketing; a title, not a name.", example="Head of Marketing")] = None
    sales_reports_to: Annotated[Words, Field("Title of the person the head of Sales reports to.", example="chief executive")] = None
    marketing_reports_to: Annotated[Words, Field("Title of the person the head of Marketing reports to.", example="chief executive")] = None
    common_superior: Annotated[
        YesNo,
        Field(
            "Do both functions report to one executive for revenue or customers below the chief executive, or to the owner who leads both?"
        ),
    ] = None
    revenue_officer: Annotated[YesNo, Field("Is there a chief revenue or chief customer officer?")] = None
    revenue_operations: Annotated[YesNo, Field("Is there one operations team for both functions?")] = None
    marketing_split: Annotated[YesNo, Field("Is Marketing divided into an upstream (strategic) and a downstream (sales-facing) group?")] = (
        None
    )
    marketing_supports_sales: Annotated[YesNo, Field("Does Marketing still mainly support Sales (material, events, leads)?")] = None
    liaison: Annotated[YesNo, Field("Does somebody hold the role of liaison between the two?")] = None
    rotation: Annotated[YesNo, Field("Have people moved between the two functions over the last two years?")] = None
    shadow_marketing: Annotated[YesNo, Field("Does Sales keep marketing people or budgets of its own?")] = None
    marketers_on_accounts: Annotated[YesNo, Field("Do marketers sit on the teams of important accounts?")] = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What is agreed between the two, and how it is kept."""

    roles_written: Annotated[YesNo, Field("Are roles and hand-offs between the two written down?")] = None
    roles_clear: Annotated[YesNo, Field("Do both sides know who does what?")] = None
    lead_definition: Annotated[YesNo, Field("Is there one agreed definition of a qualified lead?")] = None
    handoff_agreement: Annotated[YesNo, Field("Is there a written hand-off agreement with response times?")] = None
    joint_meetings_per_quarter: Annotated[
        Number, Field("Regular joint meetings of the two functions in a quarter.", unit="count", at_least=0)
    ] = None
    joint_calls_per_quarter: Annotated[
        Number, Field("Customer visits in a quarter with people of both functions.", unit="count", at_least=0)
    ] = None
    traditional_split_works: Annotated[
        YesNo, Field("Does the usual division (Marketing creates demand, Sales closes) still work in this market?")
    ] = None
    one_process_possible: Annotated[
        YesNo, Field("Could one process, from market sensing to service, be built and measured with today's systems and people?")
    ] = None


@dataclass(frozen=True, slots=True)
class Relations:
    """How the two get on, as the consultant has seen it."""

    informal_good: Annotated[YesNo, Field("Are the informal relations good?")] = None
    visible_conflict: Annotated[YesNo, Field("Is conflict between the two visible to others?")] = None
    conflicts_per_quarter: Annotated[Number, Field("Conflicts a quarter that reached senior management.", unit="count", at_least=0)] = None
    duplicated_work: Annotated[YesNo, Field("Is work done twice?")] = None
    dropped_tasks: Annotated[YesNo, Field("Do tasks fall between the two?")] = None
    competing_for_resources: Annotated[YesNo, Field("Do they compete for money or people?")] = None
    reason_to_change: Annotated[
        Words, Field("The strongest reason to change that leadership names, as a noun phrase; `none` if asked and nobody could.")
    ] = None
    shared_responsibility: Annotated[YesNo, Field("Is there a culture of answering for results together?")] = None
    metrics_driven: Annotated[YesNo, Field("Are both used to being led by measures?")] = None
    disciplined_planning: Annotated[YesNo, Field("Is planning disciplined on both sides: dates held, actions closed?")] = None
    sponsor_committed: Annotated[YesNo, Field("Does an executive above both stand behind the change and give it time?")] = None


@dataclass(frozen=True, slots=True)
class Money:
    """Who decides on prices and budgets, and how people are paid."""

    list_prices_set_by: Annotated[Literal["marketing", "sales", "shared", "finance"] | None, Field("Who sets list prices.")] = None
    special_prices_signed_by: Annotated[
        Literal["sales", "marketing", "shared", "finance"] | None, Field("Who signs off exceptions from the list price.")
    ] = None
    sales_budget: Annotated[Number, Field("Budget of Sales for the year, pay included.", unit="money", at_least=0)] = None
    marketing_budget: Annotated[Number, Field("Budget of Marketing for the year, pay included.", unit="money", at_least=0)] = None
    awareness_share: Annotated[
        Number, Field("Share of Marketing's budget spent on awareness (brand) rather than on demand.", unit="share", at_least=0, at_most=1)
    ] = None
    marketing_budget_change: Annotated[
        Number, Field("Change of Marketing's budget against last year.", unit="share", at_least=-1, at_most=1)
    ] = None
    sales_budget_change: Annotated[Number, Field("Change of Sales' budget against last year.", unit="share", at_least=-1, at_most=1)] = None
    heads_in_budget_reviews: Annotated[YesNo, Field("Do the heads attend each other's budget reviews?")] = None
    joint_plan: Annotated[YesNo, Field("Is there one plan both functions write and sign?")] = None
    sales_variable_pay: Annotated[Number, Field("Variable share of pay in Sales.", unit="share", at_least=0, at_most=1)] = None
    marketing_variable_pay: Annotated[Number, Field("Variable share of pay in Marketing.", unit="share", at_least=0, at_most=1)] = None
    sales_paid_on: Annotated[
        Literal["volume", "revenue", "margin", "mixed", "none"] | None, Field("What Sales' variable pay mainly follows.")
    ] = None
    shared_target: Annotated[YesNo, Field("Do both functions carry the same revenue target?")] = None
    pay_locked: Annotated[YesNo, Field("Is pay fixed by contract or agreement beyond the coming twelve months?")] = None
    marketing_reviewed_on: Annotated[
        Literal["activity", "leads", "revenue", "mixed"] | None, Field("What Marketing's work is mainly judged by.")
    ] = None


@dataclass(frozen=True, slots=True)
class Systems:
    """The tools both work with."""

    crm: Annotated[YesNo, Field("Is a customer relationship system in daily use?")] = None
    marketing_reads_crm: Annotated[YesNo, Field("Does Marketing work with the data in it?")] = None
    automation: Annotated[YesNo, Field("Is a marketing automation system in use?")] = None
    shared_database: Annotated[YesNo, Field("Do both work from one customer database that is kept up to date?")] = None


@dataclass(frozen=True, slots=True)
class Triggers:
    """What has happened lately, over the last year."""

    merger: Annotated[YesNo, Field("A merger or an acquisition?")] = None
    launch: Annotated[YesNo, Field("A major launch?")] = None
    missed_target: Annotated[YesNo, Field("A missed revenue target?")] = None
    new_head: Annotated[YesNo, Field("A new head of either function?")] = None


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One measured figure of the client."""

    value: Annotated[Number, Field("The figure, in the measure's unit; a share is written 0 to 1.")]
    period: Annotated[Words, Field("What time it covers.", example="2025")] = None
    source: Annotated[Words, Field("Where it was read.", example="CRM export of 2026-02-27")] = None


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen, heard or read that bears on a friction source."""

    id: str
    about: Annotated[str, Field("The id of the friction source it bears on.")]
    points: Annotated[Literal["for", "against"], Field("Does it speak for the friction or against it?")]
    source: Annotated[Literal["interview", "workshop", "document", "data"], Field("Where it comes from.")]
    date: Annotated[date, Field("The day it was seen, heard or read.")]
    says: Annotated[str, Field("What was seen, as one full sentence of the consultant; no names of respondents.")]


@dataclass(frozen=True, slots=True)
class Range:
    """A figure as low, base and high, with where it comes from."""

    low: Annotated[Fraction, Field("The cautious figure.")]
    base: Annotated[Fraction, Field("The expected figure.")]
    high: Annotated[Fraction, Field("The optimistic figure for a benefit, the dear one for a cost.")]
    basis: Annotated[str, Field("Where the figures come from, in one sentence.")]


@dataclass(frozen=True, slots=True)
class Driver:
    """One benefit of the business case, counted once."""

    id: str
    title: Annotated[str, Field("What gets better, as a noun phrase.", example="shorter sales cycle")]
    yearly: Annotated[Range, Field("Gross profit a year, in the client's currency.")]


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """The client's own assumptions; the program adds none."""

    horizon_months: Annotated[Number, Field("How far the case looks ahead.", unit="months", at_least=1, at_most=60)]
    cost: Annotated[Range, Field("One-off cost of the programme, in the client's currency.")]
    drivers: Annotated[tuple[Driver, ...], Field("The benefits, keyed by an id.")]


@dataclass(frozen=True, slots=True)
class Engagement:
    """The terms of the work."""

    consultants: Annotated[Words, Field("Who writes the playbook, as printed on the cover.", example="Hollis & Marsh")] = None
    sponsor: Annotated[Words, Field("Title of the executive who ordered it.", example="chief executive")] = None
    start: Annotated[date | None, Field("First day of the plan; without it the plan starts on the report date.")] = None
    horizon_months: Annotated[Number, Field("How far the plan may reach.", unit="months", at_least=3, at_most=36)] = None
    next_wave: Annotated[date | None, Field("When the assessment is to be repeated.")] = None
    budget: Annotated[Number, Field("Ceiling for what the plan may cost.", unit="money", at_least=0)] = None
    never_propose: Annotated[tuple[str, ...], Field("Ids of plays that must not be proposed.")] = ()
    may_name: Annotated[
        tuple[str, ...], Field("Names of other clients that this playbook may mention; any other client's name stops a delivery.")
    ] = ()
    confidentiality: Annotated[Words, Field("The line of confidentiality on the cover.", example="Confidential: for the board only")] = None


@dataclass(frozen=True, slots=True)
class Client:
    """One client's folder without its answers. `client` is the folder's name."""

    client: Annotated[str, Field("The client's id, the same as the folder's name: lower case, digits, hyphens.", example="northwind")]
    company: Annotated[Company, Field("Who the client is.")]
    people: Annotated[People, Field("How many people, and where they sit.")] = People()
    market: Annotated[Market, Field("What is offered, and how the market moves.")] = Market()
    selling: Annotated[Selling, Field("How the company sells.")] = Selling()
    structure: Annotated[Structure, Field("How the two functions are set up and led.")] = Structure()
    rules: Annotated[Rules, Field("What is agreed between the two.")] = Rules()
    relations: Annotated[Relations, Field("How the two get on.")] = Relations()
    money: Annotated[Money, Field("Prices, budgets and pay.")] = Money()
    systems: Annotated[Systems, Field("The tools both work with.")] = Systems()
    triggers: Annotated[Triggers, Field("What has happened over the last year.")] = Triggers()
    ownership: Annotated[
        Mapping[str, StepOwner], Field("Who owns each of the buyer's steps today, `step-id: marketing | shared | sales | unclear`.")
    ] = field(default_factory=dict)
    measures: Annotated[Mapping[str, MeasureValue], Field("Measured figures, keyed by the measure's id in the playbook.")] = field(
        default_factory=dict
    )
    observations: Annotated[tuple[Observation, ...], Field("What was seen, heard or read, keyed by an id.")] = ()
    business_case: Annotated[BusinessCase | None, Field("The client's own assumptions for the business case.")] = None
    engagement: Annotated[Engagement, Field("The terms of the work.")] = Engagement()


FACT_GROUPS = ("company", "people", "market", "selling", "structure", "rules", "relations", "money", "systems", "triggers")


def facts(client: Client) -> dict[str, FactValue]:
    """Every fact by its path (`people.marketing`), in the order of the file; None is unknown.

    Turnover in euro is taken from turnover where that is in euro.
    """
    found: dict[str, FactValue] = {}
    for name in FACT_GROUPS:
        group = getattr(client, name)
        for fact in fields(group):
            found[f"{name}.{fact.name}"] = getattr(group, fact.name)
    if client.company.currency == "EUR" and client.company.revenue_in_euro is None:
        found["company.revenue_in_euro"] = client.company.revenue
    return found
