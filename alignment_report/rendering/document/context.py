"""The company as it told of itself: the facts that set the scene, Marketing's form, and every fact, known or unknown."""

from alignment_report.model.client import FACT_GROUPS
from alignment_report.rendering.document.voice import Json, Prose, Voice, fact_fields


def context(v: Voice) -> Json:
    """What the company told about itself, known and unknown."""
    phase = v.report.phase
    return {
        "title": _context_title(v),
        "label": v.words("context.label"),
        "paragraphs": [said for said in [_setting(v)] if said],
        "missing": None if phase else [v.say("missing.phase", ["rule:phase"])],
        "profile": [_group(v, group) for group in FACT_GROUPS],
        "phase": {"name": phase.name, "marketing": phase.marketing, "relationship": phase.relationship} if phase else None,
    }


def _context_title(v: Voice) -> str:
    company = v.report.client.company
    places = {"company": v.company, "offering": company.offering, "customers": company.customers}
    sales, marketing = v.fact("people.sales"), v.fact("people.marketing")
    if sales and marketing:
        return v.title("context.title", sales=sales, marketing=marketing, **places)
    return v.title("context.title-short", **places)


def _setting(v: Voice) -> Prose:
    """The facts that set the scene, as sentences; those unknown are left to the table."""
    lines = []
    for key, paths in CONTEXT_SENTENCES:
        texts = {path.partition(".")[2]: _in_a_sentence(v, path) for path in paths}
        if all(texts.values()):
            places = {name: text or "" for name, text in texts.items()}
            lines.append(v.say(f"context.{key}", [trace for path in paths for trace in v.paths(path)], company=v.company, **places))
    return lines


def _in_a_sentence(v: Voice, path: str) -> str | None:
    """A fact with its unit where a bare number would read wrongly with one."""
    return v.counted(fact_fields()[path].unit, v.report.known.facts.get(path)) or v.fact(path)


CONTEXT_SENTENCES = (
    ("size", ("people.employees", "company.revenue", "company.industry")),
    ("selling", ("selling.motion", "selling.cycle_days", "company.customers")),
    ("concentration", ("selling.top_ten_share",)),
    ("market", ("market.product_type", "company.offering")),
    ("lines", ("structure.sales_head", "structure.sales_reports_to", "structure.marketing_head", "structure.marketing_reports_to")),
)


def _group(v: Voice, group: str) -> Json:
    paths = [path for path in fact_fields() if path.startswith(f"{group}.")]
    return {"group": v.words(f"fact-group.{group}"), "items": [_item(v, path) for path in paths if path != "company.revenue_in_euro"]}


def _item(v: Voice, path: str) -> Json:
    text = v.fact(path)
    unknown = v.words("cover.whole-company" if path == "company.unit" else "unknown")
    return {"label": v.words(f"fact.{path}"), "value": text or unknown, "known": text is not None}
