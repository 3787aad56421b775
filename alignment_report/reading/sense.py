"""What must hold between the facts of a client and between the answers of a wave; contradictions only, no judgement."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from alignment_report.model.assessment import Assessment, Respondent
from alignment_report.model.client import Client, MeasureValue, Range, facts
from alignment_report.model.fields import FactValue
from alignment_report.model.playbook import Instrument, Measure, Playbook
from alignment_report.reading.approvals import approvals, redact_list
from alignment_report.reading.leaves import plain_digits, share_hint
from alignment_report.reading.playbook_names import fact_kinds
from alignment_report.reading.remarks import Path, Remark, all_known, exactly, known, strangers

MOST_RESPONDENTS = 10_000
_HEADS_A_POST = 2
"""Posts may be counted in full time, people by the head: up to so many people a post raise no question."""
_CURRENCY = re.compile("[A-Z]{3}")
_KEY = re.compile("[0-9A-Fa-f]{32,}")


def about_client(client: Client, playbook: Playbook) -> Iterator[Remark]:
    """Every remark about the facts."""
    for check in _CLIENT_CHECKS:
        yield from check(client, playbook)


def about_assessment(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    """Every remark about a wave of answers; none of them repeats an answer."""
    for check in _ASSESSMENT_CHECKS:
        yield from check(assessment, playbook)


def about_case(client: Client, assessment: Assessment) -> Iterator[Remark]:
    """Remarks about the client's facts as seen from the wave."""
    yield from _about_dates(client, assessment)
    answered = Counter(respondent.function for respondent in assessment.respondents)
    for function in ("sales", "marketing"):
        people = getattr(client.people, function)
        asked = getattr(assessment.invited, function)
        if people is not None and people * _HEADS_A_POST < answered[function]:
            yield Remark(("people", function), f"far more people of this function have answered ({answered[function]}) than work in it")
        elif None not in (people, asked) and people * _HEADS_A_POST < asked:
            yield Remark(("people", function), f"far more people of this function were asked ({asked}) than work in it")


def _about_dates(client: Client, assessment: Assessment) -> Iterator[Remark]:
    reported = assessment.report_date
    if reported is None:
        return
    if client.engagement.start and client.engagement.start < reported:
        yield Remark(("engagement", "start"), f"the plan cannot start before the report date, {reported}")
    if client.engagement.next_wave and client.engagement.next_wave <= reported:
        yield Remark(("engagement", "next_wave"), f"the next wave must come after the report date, {reported}")
    for observation in client.observations:
        if observation.date and observation.date > reported:
            yield Remark(("observations", observation.id, "date"), f"this lies after the report date, {reported}")


def _reporting_lines(client: Client, playbook: Playbook) -> Iterator[Remark]:
    structure = client.structure
    lines = (structure.sales_reports_to, structure.marketing_reports_to)
    if structure.common_superior and None not in lines and lines[0] != lines[1]:
        says = f"the heads report to two people, `{lines[0]}` and `{lines[1]}`, so they have no common superior"
        yield Remark(("structure", "common_superior"), says, "write `no`, or mend the reporting lines")


def _people(client: Client, playbook: Playbook) -> Iterator[Remark]:
    people = client.people
    if people.employees is not None and (people.sales or 0) + (people.marketing or 0) > people.employees:
        yield Remark(("people", "employees"), "Sales and Marketing together are more than everybody employed")


def _currency(client: Client, playbook: Playbook) -> Iterator[Remark]:
    company = client.company
    if company.currency is None:
        if amount := next(_amounts(client, playbook), None):
            yield Remark(
                ("company", "currency"), f"amounts are given (`{amount}`), but not their currency", "a three-letter code, like EUR"
            )
    elif not _CURRENCY.fullmatch(company.currency):
        yield Remark(("company", "currency"), "a currency is a code of three capital letters", "like EUR", company.currency)
    elif (
        company.currency == "EUR" and None not in (company.revenue, company.revenue_in_euro) and company.revenue != company.revenue_in_euro
    ):
        yield Remark(("company", "revenue_in_euro"), "this differs from `revenue`, which is in euro already", "leave one of the two out")


def _amounts(client: Client, playbook: Playbook) -> Iterator[str]:
    values = facts(client)
    yield from (path for path, kind in fact_kinds().items() if kind.field.unit == "money" and values[path] is not None)
    units = {measure.id: measure.unit for measure in playbook.measures}
    yield from (f"measures.{name}" for name, given in client.measures.items() if units.get(name) == "money" and _value(given) is not None)
    if client.business_case is not None:
        yield "business_case"
    if client.engagement.budget is not None:
        yield "engagement.budget"


def _selling(client: Client, playbook: Playbook) -> Iterator[Remark]:
    selling = client.selling
    if selling.deal_size is not None and selling.large_deal_size is not None and selling.large_deal_size < selling.deal_size:
        yield Remark(("selling", "large_deal_size"), "a large deal cannot be smaller than the median deal (`deal_size`)")


def _money(client: Client, playbook: Playbook) -> Iterator[Remark]:
    revenue = client.company.revenue
    for name in ("sales_budget", "marketing_budget"):
        budget = getattr(client.money, name)
        if None not in (revenue, budget) and budget > revenue:
            yield Remark(("money", name), "this is more than the company's whole turnover (`revenue`)", "", plain_digits(budget))


def _systems(client: Client, playbook: Playbook) -> Iterator[Remark]:
    if client.systems.crm is False and client.systems.marketing_reads_crm:
        yield Remark(("systems", "marketing_reads_crm"), "Marketing cannot work with the data of a system that is not there (`crm: no`)")


def _measures(client: Client, playbook: Playbook) -> Iterator[Remark]:
    measures = {measure.id: measure for measure in playbook.measures}
    yield from strangers(("measures",), client.measures, measures, "this is no measure of the playbook")
    for name, given in client.measures.items():
        if name in measures:
            yield from _measure(("measures", name), given, measures[name])
            yield from _same_as_fact(("measures", name, "value"), given, measures[name], facts(client))


def _measure(path: Path, given: MeasureValue | None, measure: Measure) -> Iterator[Remark]:
    value = _value(given)
    if value is None:
        return
    hint = share_hint(value) if measure.unit == "share" else ""
    if measure.at_least is not None and value < measure.at_least:
        yield Remark((*path, "value"), f"this measure is never less than {measure.at_least}", hint, plain_digits(value))
    elif measure.at_most is not None and value > measure.at_most:
        yield Remark((*path, "value"), f"this measure is never more than {measure.at_most}", hint, plain_digits(value))
    elif measure.unit == "share" and value > 10:
        yield Remark((*path, "value"), "a share is written from 0 to 1", hint, plain_digits(value))


def _same_as_fact(
    path: Path, given: MeasureValue | None, measure: Measure, known_facts: Mapping[str, FactValue | None]
) -> Iterator[Remark]:
    value, fact = _value(given), known_facts.get(measure.fact or "")
    if value is not None and isinstance(fact, Fraction) and value != fact:
        says = f"this differs from the fact `{measure.fact}` ({plain_digits(fact)}), which says the same"
        yield Remark(path, says, "mend one of the two, or leave it out", plain_digits(value))


def _value(given: MeasureValue | None) -> Fraction | None:
    return given.value if given else None


def _funnel(client: Client, playbook: Playbook) -> Iterator[Remark]:
    given = [(name, _value(client.measures[name])) for name in playbook.funnel_order if name in client.measures]
    counts = [(name, value) for name, value in given if value is not None]
    for (wider, more), (narrower, fewer) in pairwise(counts):
        if fewer > more:
            yield Remark(
                ("measures", narrower, "value"), f"this cannot be more than `{wider}`, of which it is a part", "", plain_digits(fewer)
            )


def _ownership(client: Client, playbook: Playbook) -> Iterator[Remark]:
    if client.ownership:
        yield from exactly(("ownership",), client.ownership, [step.id for step in playbook.buyer_steps], "step of the buyer")


def _observations(client: Client, playbook: Playbook) -> Iterator[Remark]:
    sources = [friction.id for friction in playbook.frictions]
    for observation in client.observations:
        yield from known(("observations", observation.id, "about"), observation.about, sources, "friction source")


def _business_case(client: Client, playbook: Playbook) -> Iterator[Remark]:
    if client.business_case is None:
        return
    yield from _rising(("business_case", "cost"), client.business_case.cost)
    for driver in client.business_case.drivers:
        yield from _rising(("business_case", "drivers", driver.id, "yearly"), driver.yearly)


def _rising(path: Path, figures: Range | None) -> Iterator[Remark]:
    if figures is None or None in (figures.low, figures.base, figures.high):
        return
    if figures.base < figures.low:
        yield Remark((*path, "base"), "this cannot be less than `low`")
    if figures.high < figures.base:
        yield Remark((*path, "high"), "this cannot be less than `base`")


def _never_propose(client: Client, playbook: Playbook) -> Iterator[Remark]:
    plays = [play.id for play in playbook.plays]
    yield from all_known(("engagement", "never_propose"), client.engagement.never_propose, plays, "play")


def _instrument(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    used, instrument = assessment.instrument, playbook.instrument
    if used.id is not None and used.id != instrument.id:
        yield Remark(("instrument", "id"), f"the playbook's instrument is `{instrument.id}`")
    elif None not in (used.id, used.version) and used.version != instrument.version:
        yield Remark(
            ("instrument", "version"),
            f"the playbook holds version {instrument.version} of the instrument",
            "answers belong to the version they were given to",
        )


def _collected(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    first, last, reported = assessment.collected_from, assessment.collected_to, assessment.report_date
    if first and last and last < first:
        yield Remark(("collected_to",), "this lies before `collected_from`")
    elif last and reported and reported < last:
        yield Remark(("report_date",), "this lies before `collected_to`")
    elif first and reported and not last and reported < first:
        yield Remark(("report_date",), "this lies before `collected_from`")


def _confidentiality(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    terms = assessment.confidentiality
    if terms.consent and terms.consent.date and assessment.report_date and terms.consent.date > assessment.report_date:
        yield Remark(("confidentiality", "consent", "date"), "consent was given after the report date")
    if terms.key is not None and not _KEY.fullmatch(terms.key):
        yield Remark(("confidentiality", "key"), "a key is at least 32 digits, each 0 to 9 or a to f", "put it in quotes")
    if terms.mode != "named":
        return
    if terms.consent is None:
        yield Remark(
            ("confidentiality", "consent"), "`mode: named` needs `consent`", "write under `consent` who agreed (`by`) and when (`date`)"
        )
    for respondent in assessment.respondents:
        if respondent.level == "staff" and respondent.function != "leadership":
            says = "with `mode: named` only heads of a function and leadership answer"
            yield Remark(("respondents", respondent.id, "level"), says, "take `mode: anonymous` for the answers of staff")


def _response(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    if len(assessment.respondents) > MOST_RESPONDENTS:
        yield Remark(("respondents",), f"a wave holds {MOST_RESPONDENTS:,} respondents at the most")
    answered = Counter(respondent.function for respondent in assessment.respondents)
    for function in ("sales", "marketing", "leadership"):
        invited = getattr(assessment.invited, function)
        if invited is not None and invited < answered[function]:
            yield Remark(("invited", function), "fewer people were asked than have answered")


def _answers(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    if assessment.instrument.id not in (None, playbook.instrument.id):
        return  # answers to other statements: one remark is enough
    for respondent in assessment.respondents:
        yield from _answers_of(respondent, playbook.instrument)


def _answers_of(respondent: Respondent, instrument: Instrument) -> Iterator[Remark]:
    statements = {statement.id: statement for statement in instrument.statements}
    labels = instrument.scale.labels
    path = ("respondents", respondent.id, "answers")
    yield from strangers(path, respondent.answers, statements, "this is no statement of the instrument")
    for name, answer in respondent.answers.items():
        if name not in statements or answer is None:
            continue
        if answer == "dont-know":
            if not statements[name].structural:
                yield Remark((*path, name), "this statement does not allow `dont-know`", "leave a skipped statement out")
        elif answer not in labels:
            yield Remark((*path, name), f"the answer lies outside the scale of {min(labels)} to {max(labels)}")


_CLIENT_CHECKS: tuple[Callable[[Client, Playbook], Iterator[Remark]], ...] = (
    _people,
    _reporting_lines,
    _currency,
    _selling,
    _money,
    _systems,
    _measures,
    _funnel,
    _ownership,
    _observations,
    _business_case,
    _never_propose,
)
_ASSESSMENT_CHECKS: tuple[Callable[[Assessment, Playbook], Iterator[Remark]], ...] = (
    _instrument,
    _collected,
    _confidentiality,
    _response,
    _answers,
    redact_list,
    approvals,
)
