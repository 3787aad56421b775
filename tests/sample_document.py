"""A document written by hand: every section, every kind of field, an invented client."""

from typing import Any

WORDS = {
    "accountable": "Accountable",
    "adapted": "Adapted for this company",
    "after": "After",
    "against": "Speaks against it",
    "action": "Action",
    "action_log": "Action log",
    "agreed": "Agreed",
    "done_on": "Done on",
    "first_date": "First date",
    "already": "Already done here",
    "answered": "Answered",
    "assumptions": "Assumptions and gaps",
    "at_stage": "Usual at this stage",
    "attendees": "Attendees",
    "grade_from": "Answers of",
    "carrying": "What so many answers can carry",
    "may": "May be said",
    "may_not": "May not be said",
    "bands": "The four stages",
    "base": "Base",
    "baseline": "Baseline",
    "basis": "Basis",
    "because": "What called for it",
    "blocked": "Would help, but cannot be done here",
    "break_even": "Break-even",
    "by": "by",
    "cadence": "Cadence",
    "chair": "Chair",
    "citation": "Reference",
    "combined": "Both",
    "condition": "Condition",
    "consulted": "Consulted",
    "consultants_view": "Consultant's view",
    "consultants_judgement": "Consultant's judgement",
    "contents": "Contents",
    "control": "Document control",
    "conversion": "From step to step",
    "cost": "One-off cost",
    "count": "Count",
    "data": "Data table",
    "data_of_exhibits": "Data of the exhibits",
    "decides": "Decides",
    "deciding": "What would decide it",
    "decision": "Decision",
    "decision_asked": "The decision we ask for",
    "decisions": "Decisions asked for",
    "dimension": "Dimension",
    "done_when": "Done when",
    "driver": "Benefit a year",
    "drivers": "Benefits a year",
    "eased_by": "Eased by",
    "effort": "Effort",
    "evidence": "Evidence",
    "excluded": "Left out by the terms of the engagement",
    "exhibit": "Exhibit",
    "facet": "Aspect",
    "find_out": "How to find out",
    "finding": "Finding",
    "first_step": "First step",
    "for": "Speaks for it",
    "fortnight": "The first steps",
    "frequency": "How often",
    "gap": "Gap",
    "gates": "Gates",
    "glossary": "Words used here",
    "grade": "Grade",
    "grades": "What the grades mean",
    "hard": "What the figures say",
    "here": "Here",
    "high": "High",
    "horizon": "Horizon",
    "impact": "Impact",
    "indicators": "Indicators",
    "informed": "Informed",
    "inputs": "Inputs",
    "invited": "Invited",
    "kind": "Lead or lag",
    "lost": "Do not go on",
    "low": "Low",
    "marketing": "Marketing",
    "marketing_position": "How Marketing tends to see it",
    "match": "Together",
    "meaning": "Meaning",
    "measure": "Measure",
    "meeting": "Meeting",
    "moves": "Five moves",
    "needs": "Needs",
    "net_result": "Net result over the horizon",
    "next_wave": "Next wave",
    "note": "Note",
    "now": "Today",
    "number": "No.",
    "open": "Not known",
    "opinion": "What people answered",
    "option": "Option",
    "order": "Order of the plays",
    "others": "Sources not found, or not assessable",
    "outcome": "Outcome",
    "owner": "Owner",
    "participation": "Who answered",
    "pay": "Pay",
    "period": "Set up",
    "set_up": "set up",
    "phase": "Marketing's form",
    "play": "Play",
    "points": "Points",
    "probes": "Questions that would settle it",
    "quality": "Quality of the answers",
    "range": "Range",
    "rate": "Response",
    "reading": "Reading",
    "readings": "Who reads it how",
    "reason": "Why this threshold",
    "references": "References",
    "response": "Answer",
    "responsible": "Responsible",
    "risk": "Risk",
    "role": "Group",
    "rule": "Rule",
    "rules": "Rules",
    "sales": "Sales",
    "sales_position": "How Sales tends to see it",
    "sales_steps": "Marketing's part in the sales steps",
    "score": "Score",
    "sensitivity": "What moves the base result",
    "settle_first": "To be settled first",
    "share": "Go on",
    "skip_to_content": "Skip to the content",
    "link_here": "Link to",
    "wide_drawing": "Scroll it sideways.",
    "source": "Source",
    "sponsor": "Sponsor",
    "stage": "Stage",
    "start": "Start",
    "statement": "Statement",
    "statements": "Statements",
    "step": "Step",
    "steps": "The buyer's steps",
    "stops": "What to stop",
    "strength": "Strength",
    "strongest": "What works best",
    "structural": "fact of structure",
    "suppression": "What is withheld",
    "target": "Target",
    "term": "Term",
    "topic": "Topic",
    "tripwires": "What to watch",
    "turns": "Look again when",
    "usual": "Usual starting point",
    "valid": "Complete enough",
    "verdict": "Verdict",
    "watched_by": "Who watches",
    "weakest": "What works least",
    "what": "What",
    "when": "When",
    "here_now": "Here today",
    "typical_now": "Typical of the stage reached",
    "typical_next": "Typical of the next stage",
    "who": "Who",
    "why": "Why",
    "why_here": "Why here",
    "why_not_further": "Why not further",
}

TOPICS = (
    ("What we sell in a period turns out close to what we said we would sell.", "how closely sales meet the forecast", "Results and trust"),
    (
        "After a poor result, neither Sales nor Marketing points at the other.",
        "dealing with poor results without blame",
        "Results and trust",
    ),
    (
        "Marketers often meet our most important customers while a purchase is still being decided.",
        "marketers' contact with key customers during a sale",
        "Customer work",
    ),
    (
        "Marketing asks Sales to work on the marketing plan before it is written, not after.",
        "Sales' part in writing the marketing plan",
        "Joint planning",
    ),
    (
        "Our salespeople use the material that Marketing makes, because it helps them.",
        "usefulness of sales material",
        "Language and information",
    ),
    ("Sales passes on what customers say, and Marketing does something with it.", "feedback from the field", "Language and information"),
    ("Both teams use the same words for customers, deals and stages.", "a shared vocabulary", "Language and information"),
    ("The heads of both teams think about new offerings together.", "new offerings thought out jointly", "Joint planning"),
    ("People of both teams study together how customers buy.", "joint study of buying habits", "Customer work"),
    ("The two teams meet on fixed dates with an agenda.", "regular, prepared meetings", "Process and measures"),
    ("Work on next year's segments is done by both.", "segments chosen by both", "Joint planning"),
    ("Members of Sales are part of every product development.", "Sales in product development", "Joint planning"),
    ("One set of measures says how both are doing.", "shared measures", "Process and measures"),
    (
        "Both teams manage the steps from first contact to order as one process.",
        "one process from contact to order",
        "Process and measures",
    ),
    ("We use figures about these steps to decide what to change.", "use of process figures", "Process and measures"),
    ("Marketers spend time with customers of each salesperson.", "marketers in the field", "Customer work"),
    ("One executive answers for both teams.", "one superior for both", "Structure, people and culture"),
    ("People change between Sales and Marketing.", "moves between the teams", "Structure, people and culture"),
    ("A part of everybody's pay hangs on a shared result.", "pay that hangs on a shared result", "Structure, people and culture"),
    ("If one side does badly, the other feels it.", "a common fate", "Structure, people and culture"),
)
SALES = (2.6, 2.2, 3.1, 1.8, 2.1, 3.4, 2.0, 2.9, 2.4, 2.3, 2.6, 3.3, 2.5, 2.2, 2.7, 3.0, 3.2, 1.9, 1.4, 2.8)
MARKETING = (3.3, 2.9, 3.4, 3.2, 3.7, 2.2, 3.1, 3.2, 3.0, 2.9, 3.3, 2.6, 2.7, 3.0, 2.8, 3.5, 3.2, 2.3, 1.5, 2.6)


def say(text: str, *trace: str) -> dict[str, Any]:
    return {"text": text, "trace": list(trace)}


def figure(value: float, n: str | None = "14", signed: bool = False) -> dict[str, Any]:
    text = f"{value:+.1f}" if signed else f"{value:.1f}"
    return {"text": text.replace("-", "−"), "value": value, "n": n}


WITHHELD = {"withheld": True, "text": "withheld"}


def table(columns: str, *rows: list[str], numbers: int = 1) -> dict[str, Any]:
    names = columns.split("|")
    return {
        "columns": [{"name": name, "align": "end" if place >= numbers else "start"} for place, name in enumerate(names)],
        "rows": [list(row) for row in rows],
    }


def exhibit(id: str, number: int, title: str, subtitle: str, shown: dict[str, Any], note: str | None = None) -> dict[str, Any]:
    source = "Survey of 4 March 2026, answers of 25 people in Sales and Marketing; calculation by this program."
    alt = f"{title}. {subtitle}. The table of the exhibit gives every figure."
    return {
        "id": id,
        "kind": id,
        "number": number,
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "note": note,
        "source": source,
        "table": shown,
        "data": drawn(id),
    }


def number(value: float) -> dict[str, Any]:
    return {"value": value, "text": f"{value:g}"}


BANDS = [
    {"name": name, "floor": 20 + 20 * place, "ceiling": 40 + 20 * place, "reached": place == 1}
    for place, name in enumerate(("Undefined", "Defined", "Aligned", "Integrated"))
]


def drawn(id: str) -> dict[str, Any]:
    """What the chart of this exhibit shows, by the fields of its own value."""
    names = {"sales_name": "Sales", "marketing_name": "Marketing"}
    roles = [["sales", "Sales"], ["marketing", "Marketing"], ["shared", "Both"]]
    if id == "stage-scale":
        functions = [
            {"role": "sales", "label": "Sales 49.6", "count": "14 people", "figure": number(49.6), "interval": {"low": 45.1, "high": 54.1}},
            {"role": "marketing", "label": "Marketing 55.2", "count": "11 people", "figure": number(55.2)},
        ]
        score = {
            "figure": number(52.4),
            "caption": "both teams, same weight",
            "note": "95% interval 48.9 to 55.9",
            "interval": {"low": 48.9, "high": 55.9},
        }
        return {"bands": BANDS, "edges": [number(edge) for edge in (20, 40, 60, 80, 100)], "score": score, "functions": functions}
    if id == "dimensions":
        scores = [
            ("Joint planning", 49.8, 46, 53.5),
            ("Process and measures", 51.3, 48.5, 57),
            ("Results and trust", 55, 48, 62),
            ("Customer work", 61.3, 56.7, 66),
        ]
        rows = [
            {
                "name": name,
                "score": number(score),
                "interval": {"low": score - 4, "high": score + 4},
                "sales": sales,
                "marketing": marketing,
            }
            for name, score, sales, marketing in scores
        ]
        return {"bands": BANDS, "rows": rows, "all_name": "Both", "column": "Score", **names}
    if id == "portfolio":
        others = [38, 41, 44, 44, 47, 51, 55, 56, 58, 63, 67, 72]
        own = [("Overall score", number(52.4), "42", False, True), ("Joint planning", number(42.1), "17", True, False)]
        rows = [
            {"name": name, "own": figure, "others": others, "median": 53, "percentile": percentile, "is_outer": outer, "is_score": score}
            for name, figure, percentile, outer, score in own
        ]
        key = {"own_name": "This company", "median_name": "Median", "other_name": "One of 12 others", "column": "Percentile"}
        return {"bands": BANDS, "rows": rows, **key}
    if id == "trend":
        lines = [("overall", "Both", 48.3, 52.4), ("sales", "Sales", 44.0, 49.6), ("marketing", "Marketing", 52.6, 55.2)]
        series = [
            {
                "role": role,
                "name": name,
                "points": [
                    {"wave": 0, "figure": number(before), "interval": {"low": before - 4, "high": before + 4}},
                    {"wave": 1, "figure": number(after), "interval": None},
                ],
                "change": f"+{after - before:.1f}",
            }
            for role, name, before, after in lines
        ]
        waves = [{"name": "March 2025", "day": 0}, {"name": "March 2026", "day": 360}]
        return {"waves": waves, "bands": BANDS, "edges": [number(edge) for edge in (20, 40, 60, 80, 100)], "series": series}
    if id == "perception-gap":
        places = (4, 3, 5, 6, 7, 0)
        rows = [
            {
                "statement": TOPICS[place][1],
                "sales": number(SALES[place]),
                "marketing": number(MARKETING[place]),
                "gap": f"{MARKETING[place] - SALES[place]:+.1f}".replace("-", "−"),
                "clear": place < 6,
            }
            for place in places
        ]
        return {
            "rows": rows,
            "answers": [number(answer) for answer in (1, 2, 3, 4, 5)],
            "lowest": "strongly disagree",
            "highest": "strongly agree",
            "column": "Gap",
            **names,
        }
    if id == "answers":
        rows = [
            {
                "statement": TOPICS[place][1],
                "shares": [number(share) for share in (12, 28, 24, 26, 10)],
                "against": "40%",
                "in_favour": "36%",
            }
            for place in (18, 3, 17, 6)
        ]
        return {"rows": rows, "labels": ["strongly disagree", "disagree", "neither", "agree", "strongly agree"]}
    if id == "friction":
        rows = [
            {"name": name, "strength": strength, "in_favour": {"count": 3, "text": "3 of 4"}, "against": {"count": 1, "text": "1"}}
            for name, strength in (
                ("promotion spend", "strong"),
                ("how people are judged", "moderate"),
                ("price", "weak"),
                ("stereotypes", "not-assessable"),
            )
        ]
        groups = [{"name": "Economic", "rows": rows[:2]}, {"name": "Cultural", "rows": rows[2:]}]
        return {"groups": groups, "columns": ["none", "weak", "moderate", "strong", "not assessable"], "evidence": ["for", "against"]}
    if id == "ownership":
        rows = [
            {"name": name, "today": today, "today_text": text, "target": "shared", "target_text": "shared"}
            for name, today, text in (
                ("Awareness", "marketing", "Marketing"),
                ("Hand-off", "unclear", "unclear"),
                ("Purchase", "sales", "Sales"),
            )
        ]
        return {"rows": rows, "today": "Today", "target": "At the next stage"}
    if id == "need-by-stage":
        return {
            "bands": BANDS,
            "fields": ["Move on", "Keep it up", "Wait", "Too much"],
            "little": "little need",
            "much": "much need",
            "score": number(52.4),
            "need": 0.7,
            "marker": "today",
        }
    if id == "priorities":
        items = [
            {"label": name, "role": role, "effort": effort, "impact": impact}
            for name, role, effort, impact in (
                ("Lead definition", "shared", 1, 5),
                ("Hand-off agreement", "marketing", 2, 5),
                ("Monthly meeting", "sales", 2, 4),
                ("Options for shared pay", "leadership", 5, 4),
            )
        ]
        return {
            "items": items,
            "fields": ["Do now", "Plan with care", "Fit in", "Leave"],
            "little_effort": "little effort",
            "much_effort": "much effort",
            "small_impact": "small impact",
            "large_impact": "large impact",
            "names": roles,
        }
    bars = [
        {"id": "a", "label": "Lead definition", "role": "shared", "letter": "B", "start": 0, "end": 40},
        {"id": "b", "label": "Hand-off agreement", "role": "marketing", "letter": "M", "start": 45, "end": 110, "after": ["a"]},
        {"id": "c", "label": "Sales writes part of the plan", "role": "sales", "letter": "S", "start": 120, "end": 300, "after": ["b"]},
    ]
    quarters = [{"text": f"Quarter {place + 1}", "start": 91 * place, "end": 91 * place + 91} for place in range(4)]
    return {
        "quarters": quarters,
        "lanes": [{"name": "Groundwork", "bars": bars[:2]}, {"name": "Joint work", "bars": bars[2:]}],
        "names": roles,
        "milestones": [{"day": 91, "text": "Gate"}],
        "arrow": "needs",
    }


def exhibits() -> dict[str, Any]:
    per_statement = [
        [f"{place + 1}", topic[1], f"{sales:.1f}", f"{marketing:.1f}"]
        for place, (topic, sales, marketing) in enumerate(zip(TOPICS, SALES, MARKETING, strict=True))
    ]
    drawn = [
        exhibit(
            "stage-scale", 1, "The two teams work from defined rules, not yet from shared ones", "Alignment score, twenty statements answered 1 to 5",
            table("Group|Score|People", ["Sales", "49.6", "14"], ["Marketing", "55.2", "11"], ["Both, same weight", "52.4", "25"]),
            "Rounded figures need not add up.",
        ),
        exhibit("dimensions", 2, "Planning together is where the most is missing", "Score by dimension, 20 to 100", table("Dimension|Sales|Marketing|Both", ["Joint planning", "46.0", "61.5", "53.8"], ["Customer work", "56.7", "66.0", "61.3"])),
        exhibit("portfolio", 10, "Against 12 other companies, joint planning is in the bottom quarter", "Score and dimensions, 20 to 100", table("Figure|Percentile", ["Overall score", "42"], ["Joint planning", "17"])),
        exhibit("trend", 11, "Since March 2025 the score has risen by 4.1 points", "Score by wave, 20 to 100", table("Wave|Both|Sales|Marketing", ["March 2025", "48.3", "44.0", "52.6"], ["March 2026", "52.4", "49.6", "55.2"])),
        exhibit("perception-gap", 3, "Marketing thinks its material helps; Sales does not", "Mean answer, 1 to 5", table("No.|Topic|Sales|Marketing", *per_statement, numbers=2)),
        exhibit("answers", 4, "On pay and on job moves nearly everybody disagrees", "Share of answers in per cent", table("Statement|1|2|3|4|5", ["pay that hangs on a shared result", "52", "30", "10", "6", "2"])),
        exhibit("friction", 5, "Two economic sources and one cultural source are strong", "Signs found for and against each source", table("Source|Kind|Strength", ["promotion spend", "economic", "strong"], numbers=3)),
        exhibit("ownership", 6, "Three of eight steps have no clear owner", "Who answers for each buyer step", table("Step|Owner", ["Awareness", "Marketing"], ["Hand-off", "unclear"], numbers=2)),
        exhibit("need-by-stage", 7, "The need for closer work is ahead of the stage reached", "Conditions met, by stage", table("Group|Met|Not met|Unknown", ["For holding", "0", "3", "0"])),
        exhibit("priorities", 8, "Four plays repay their effort in the first quarter", "Impact against effort, 1 to 5", table("Play|Effort|Impact", ["A written lead definition", "1", "5"])),
        exhibit("roadmap", 9, "The groundwork is done by June, the joint work starts in September", "Weeks from March 2026", table("Play|From|To", ["A written lead definition", "16 March 2026", "24 April 2026"], numbers=3)),
    ]  # fmt: skip
    return {one["id"]: one for one in drawn}


def spoken(text: str, path: str) -> dict[str, Any]:
    """A view of the consultant with every kind of block."""
    parts = [{"text": text, "strong": False, "emphasis": False}, {"text": " ", "strong": False, "emphasis": False}]
    marked = [{"text": f"{mark} words", "strong": mark != "told", "emphasis": mark != "firm"} for mark in ("told", "firm", "both")]
    return {
        "by": "Ruth Harbour, Harbour & Reed",
        "date": "9 March 2026",
        "blocks": [
            {"kind": "paragraph", "parts": [*parts, *marked]},
            {"kind": "bullets", "entries": [[parts[0]], marked[:1]]},
            {"kind": "numbers", "entries": [[parts[0]], marked[:1]]},
        ],
        "trace": [f"narrative:waves.2026-03.{path}.text"],
    }


def override(id: str) -> dict[str, Any]:
    path = f"overrides.frictions.{id}"
    return {
        "text": say("By the rules: strong. Judged otherwise by Ruth Harbour, Harbour & Reed: weak.", f"narrative:waves.2026-03.{path}"),
        "follows": say("The chart, the plays and their dates follow the rules.", f"rule:friction.{id}"),
        "consultant": spoken(f"The reasons for judging {id} otherwise.", path),
    }


def section(id: str, number: str, label: str, title: str, *paragraphs: str, missing: str | None = None, **fields: Any) -> dict[str, Any]:
    common = {"id": id, "number": number, "anchor": f"s-{id}", "title": title, "label": label, "consultant": None}
    return {**common, "paragraphs": [[say(text)] for text in paragraphs], "missing": [say(missing)] if missing else None, **fields}


def statement_rows() -> list[dict[str, Any]]:
    both = [(sales + marketing) / 2 for sales, marketing in zip(SALES, MARKETING, strict=True)]
    rows = []
    for place, (text, topic, dimension) in enumerate(TOPICS):
        hidden = place == 17
        rows.append(
            {
                "number": place + 1, "text": text, "topic": topic, "dimension": dimension, "structural": place > 15, "n": "25",
                "sales": WITHHELD if hidden else figure(SALES[place]), "marketing": WITHHELD if hidden else figure(MARKETING[place], "11"),
                "combined": figure(both[place], "25"), "gap": WITHHELD if hidden else figure(MARKETING[place] - SALES[place], None, signed=True),
                "heat": None if hidden else min(4, int((both[place] - 1) * 5 / 4)),
            }
        )  # fmt: skip
    return rows


def condition(id: str, name: str, outcome: str, text: str) -> dict[str, Any]:
    names = {"met": "met", "not-met": "not met", "unknown": "unknown"}
    reason = "Our assumption: below three people a written division of work is rarely read by anybody."
    return {
        "id": id,
        "anchor": f"c-{id}",
        "name": name,
        "outcome": outcome,
        "outcome_name": names[outcome],
        "text": say(text, f"client.{id}"),
        "reason": reason,
        "source": "Client facts",
        "consultant": spoken("A view on a condition.", f"conditions.{id}") if outcome == "unknown" else None,
    }


def card(number: int, name: str, headline: bool, owner: str, effort: int, impact: int, **more: Any) -> dict[str, Any]:
    id = name.lower().replace(" ", "-").replace(",", "")
    return {
        "id": id, "anchor": f"p-{id}", "number": number, "name": name, "headline": headline, "owner": owner, "sponsor": "Chief executive", "start": "16 March 2026", "end": "24 April 2026",
        "weeks": "6 weeks", "effort": effort, "impact": impact,
        "what": "Three people from each team write down in one page what a lead is, what it has to contain before Sales is asked to call, and what happens to it when it is not taken.",
        "why": "A word that means two things starts the same argument each month, and nobody can tell whether the leads or the follow-up is at fault.",
        "here": say("At Northwind Sensors 41 of 100 passed leads were never called, and the two teams give the shared vocabulary 2.0 and 3.1 of 5."),
        "adapted": None, "because": [say("Sales rates the shared vocabulary 2.0 of 5, Marketing 3.1."), say("No written definition of a lead exists.")],
        "first_step": "Collect the twenty last leads that were refused and write beside each why.", "first_step_date": "20 March 2026", "needs": "One afternoon of six people; a decision by both heads.",
        "indicators": ["Share of leads accepted within two days", "Share of leads sent back with a reason"], "risk": "The page becomes a rule book; keep it to one page and look at it each quarter.",
        "done_when": "Both heads have signed the page and the customer system has a field for it.", "evidence": [{"id": "R7", "grade": "B", "text": "clear roles and working together, 337 firms"}],
        "after": [], "touches_pay": False, "pay_note": None, "consultant": spoken("A view on a play.", f"plays.{id}") if number == 2 else None, **more,
    }  # fmt: skip


def cards() -> list[dict[str, Any]]:
    first = card(1, "A written lead definition", True, "Sales and Marketing", 1, 5)
    after = [{"name": first["name"], "anchor": first["anchor"]}]
    return [
        first,
        card(2, "A hand-off agreement", True, "Marketing", 2, 5, after=after),
        card(3, "A disciplined monthly meeting", True, "Sales", 2, 4, adapted=say("The teams meet each week already: the monthly meeting takes the place of one of the four.")),
        card(4, "Marketers on sales calls", True, "Marketing", 2, 4),
        card(5, "Sales writes part of the plan", True, "Sales", 3, 4, after=after),
        card(6, "An escalation path", False, "Leadership", 1, 3),
        card(7, "A review of sales material", False, "Marketing", 2, 3),
        card(8, "Options for shared pay", False, "Leadership", 5, 4, touches_pay=True, pay_note="A paper with options only: pay is changed by the board after advice on labour law and with the works council."),
        card(9, "A contact directory", False, "Sales and Marketing", 1, 2),
    ]  # fmt: skip


def finding(id: str, name: str, title: str, strength: str) -> dict[str, Any]:
    return {
        "id": id, "anchor": f"f-{id}", "kind": "economic", "kind_name": "Economic", "name": name, "strength": strength, "strength_name": strength.capitalize(), "title": title,
        "paragraph": [say("Marketing spends 38% of its budget on advertising."), say("Sales reads this as money that could have paid for two more people in the field.")],
        "sales": "Money for advertising is money not spent on people who sell.", "marketing": "Without a known name every call starts cold.",
        "for": [{"text": "Sales rates the marketing plan 1.8 of 5", "source": "Survey, statement 4", "trace": []}, {"text": "the two budgets are set apart", "source": "Client facts", "trace": []}],
        "against": [{"text": "no public quarrel in the last year", "source": "Client facts", "trace": []}], "open": [{"text": "how the campaign of 2025 was decided", "source": "Head of Marketing"}],
        "probes": ["Which campaign of the last year would Sales have paid for itself?", "Who has to agree before money moves from one budget to the other?"],
        "eased_by": [{"name": "A written lead definition", "anchor": "p-a-written-lead-definition"}], "evidence": [{"id": "R12", "text": "joint planning and budget fights"}],
        "override": override(id) if strength == "strong" else None, "consultant": spoken("A view on a friction source.", f"frictions.{id}") if strength == "strong" else None,
    }  # fmt: skip


def sample_document() -> dict[str, Any]:
    """The whole document, a new one at each call."""
    return {
        "format": "alignment-report/1", "language": "en", "title": "How Sales and Marketing work together at Northwind Sensors", "status": "draft", "delivered": None,
        "client": {"id": "northwind", "name": "Northwind Sensors", "unit": "Industrial Division"}, "wave": {"id": "2026-03", "date": {"iso": "2026-03-04", "text": "4 March 2026"}, "mode": "anonymous"},
        "words": dict(WORDS), "colophon": {"lines": ["Client northwind, wave 2026-03, playbook Sales and Marketing 1.0.", "Written by alignment-report 0.1.0 from revision 3f9a2c1e77b0.", "The framework follows Kotler, Rackham and Krishnaswamy (2006)."]},
        "running": {"header": "Northwind Sensors", "footer": "Confidential", "status": "Draft"}, "edition": "client", "exhibits": exhibits(), "exhibit_data": "statements", "sections": sections(),
    }  # fmt: skip


def sections() -> list[dict[str, Any]]:
    return [*opening(), *diagnosis(), *choice(), *plan(), *running(), *appendix()]


def opening() -> list[dict[str, Any]]:
    moves = [
        {
            "number": one["number"],
            "name": one["name"],
            "owner": one["owner"],
            "start": one["start"],
            "why": say("41 of 100 passed leads were never called, and the two teams do not mean the same by the word lead."),
            "anchor": one["anchor"],
        }
        for one in cards()
        if one["headline"]
    ]
    control = [
        ("Client", "Northwind Sensors, Industrial Division"),
        ("Survey", "4 March 2026, anonymous"),
        ("People asked and counted", "31 asked, 25 counted"),
        ("Version", "Playbook 1.0, program 0.1.0"),
        ("Status", "Draft"),
        ("Revision", "3f9a2c1e77b0"),
    ]
    profile = [
        {
            "group": "Company",
            "items": [
                {"label": "Employees", "value": "240", "known": True},
                {"label": "Revenue", "value": "€ 48 million", "known": True},
                {"label": "Growth", "value": "unknown", "known": False},
                {"label": "Ownership", "value": "family", "known": True},
            ],
        },
        {
            "group": "Market",
            "items": [
                {"label": "Offering", "value": "configured sensors with service", "known": True},
                {"label": "Product life cycles", "value": "getting shorter", "known": True},
                {"label": "Share of the ten largest customers", "value": "46%", "known": True},
            ],
        },
        {
            "group": "Selling",
            "items": [
                {"label": "Kind of sale", "value": "consultative", "known": True},
                {"label": "Length of a sale", "value": "210 days", "known": True},
                {"label": "People in Sales", "value": "22", "known": True},
                {"label": "People in Marketing", "value": "9", "known": True},
            ],
        },
        {
            "group": "Structure",
            "items": [
                {"label": "Reporting lines", "value": "separate, both to the chief executive", "known": True},
                {"label": "Rules of who does what", "value": "in part", "known": True},
            ],
        },
    ]
    return [
        section("cover", "0", "Cover", "How Sales and Marketing work together", client="Northwind Sensors", unit="Industrial Division", subtitle="Where the two teams stand, where the friction comes from, and what to do next", date="4 March 2026", wave="2026-03", confidentiality="Confidential: for the leadership of Northwind Sensors only", text="A working paper, discussed with both heads.", consultants="Harbour & Reed", sponsor="Anna Berger, chief executive", control=[{"label": label, "value": value} for label, value in control]),
        section(
            "summary", "1", "Summary", "The two teams have their rules; now they should plan and sell together",
            "The relationship is in the second of four stages: rules exist, and people keep to them, but plans, words and figures are still each team's own. The market no longer waits for that: life cycles get shorter and customers ask for configured solutions.",
            answer={"stage": "Defined", "score": figure(52.4, "25"), "score_scale": "20 to 100", "confidence": say("The 95% interval from 48.9 to 55.9 lies inside the stage; the nearer edge is 7.6 points away."), "gap": figure(5.6, None), "gap_text": say("Marketing rates the relationship 55.2, Sales 49.6."), "verdict": "Move to Aligned", "verdict_kind": "move", "override": say("Judged otherwise by Ruth Harbour: hold at defined.", "narrative:waves.2026-03.overrides.verdict")},
            topics=[{"label": "Stage", "anchor": "s-stage"}], exhibit="stage-scale", moves=moves, decision=[say("Agree on 16 March to start the first two plays, name one owner for each, and keep three days a month of six people free until June.")],
        ),
        section("context", "2", "Context", "A growing maker of sensors that sells more and more solutions", "Northwind Sensors sells configured sensors to machine builders. Its sale takes seven months and five people on the customer's side.", profile=profile, phase={"name": "Independent marketing group", "marketing": "Marketing has its own head and budget and reports beside Sales.", "relationship": "Both sides compete for money and for the ear of the chief executive."}),
    ]  # fmt: skip


def diagnosis() -> list[dict[str, Any]]:
    bands = [
        (
            "Undefined",
            "20 to 40",
            "Sales and Marketing have each grown up by themselves, and how they fit together has never been settled.",
        ),
        ("Defined", "40 to 60", "Both sides know who does what, keep to it, and have rules for the places where their work touches."),
        (
            "Aligned",
            "60 to 80",
            "The line between the two is still there, and people step over it whenever a customer or a plan gains by it.",
        ),
        ("Integrated", "80 to 100", "One team in all but name: shared figures, shared money, a common fate."),
    ]
    readings = [
        ("Both, same weight", figure(52.4, "25"), "Defined"),
        ("Sales", figure(49.6), "Defined"),
        ("Marketing", figure(55.2, "11"), "Defined"),
        ("Leadership", WITHHELD, None),
    ]
    rows = statement_rows()
    groups = [
        ("agreed-strength", "Both say it works", [5, 15]),
        ("agreed-weakness", "Both say it is missing", [18, 3]),
        ("sales-blind-spot", "Sales sees less of a problem", [11, 5]),
        ("marketing-blind-spot", "Marketing sees less of a problem", [4, 3, 6]),
    ]
    others = [
        {
            "id": "price",
            "anchor": "f-price",
            "name": "price",
            "kind_name": "Economic",
            "strength_name": "Weak",
            "text": say("One sign of three was found: special prices are rare."),
            "observed": [{"text": "Two prices were asked back.", "source": "Interview, 2 March 2026", "trace": []}],
            "override": None,
            "consultant": None,
        },
        {
            "id": "stereotypes",
            "anchor": "f-stereotypes",
            "name": "stereotypes",
            "kind_name": "Cultural",
            "strength_name": "Not assessable",
            "text": say("Two of three signs are not known."),
            "observed": [],
            "override": override("stereotypes"),
            "consultant": spoken("A view on a source in the table.", "frictions.stereotypes"),
        },
    ]
    pairs = [
        ("Forecast", figure(2.9), "The forecast was missed by 18% on average over the last four quarters.", "agree", "Agree"),
        ("Steps from contact to order", figure(2.6), "41 of 100 passed leads were never called.", "agree", "Agree"),
        ("Sales material", figure(3.7), "A quarter of the material was used in the last quarter.", "contradict", "Contradict"),
        ("One superior", figure(3.2), "No figure: the organisation chart was not given.", "no-data", "No data"),
    ]
    steps = [
        "Customer awareness",
        "Brand awareness",
        "Brand consideration",
        "Brand preference",
        "Purchase intention",
        "Purchase",
        "Customer loyalty",
        "Customer advocacy",
    ]
    conversion = [
        ("Leads", "4,200", None, None),
        ("Qualified by Marketing", "1,260", "30%", "2,940"),
        ("Accepted by Sales", "743", "59%", "517"),
        ("Opportunities", "310", "42%", "433"),
        ("Orders", "78", "25%", "232"),
    ]
    return [
        section("stage", "3", "Stage", "At 52.4 points the relationship is in the second stage, well inside its edges", "Each person's twenty answers give a total from 20 to 100. Both teams weigh the same, whatever their size.", bands=[{"name": name, "range": span, "meaning": meaning, "reached": name == "Defined"} for name, span, meaning in bands], readings=[{"label": label, "figure": shown, "stage": stage} for label, shown, stage in readings], interval=say("The 95% interval for the combined score runs from 48.9 to 55.9."), certainty={"chance": 0.95, "told": "at least nineteen chances in twenty", "likelihood": "almost certainly", "neighbour": None}, hangs_on_one=False, consultant=spoken("A view on the whole section.", "sections.stage")),
        section("dimensions", "4", "Topics", "Planning together and pay hold the score down", "The six dimensions group the twenty statements by what they are about.", exhibit="dimensions", statements=[{**row, "consultant": spoken("A view on a statement.", "statements.s3") if row["number"] == 3 else None} for row in rows], strongest=[say("Marketers are often with customers (3.3 of 5).")], weakest=[say("Pay hangs on no shared result (1.5 of 5)."), say("Sales has no part in writing the plan (2.5 of 5).")]),
        section("portfolio", "4a", "Among others", "Against 12 other companies, joint planning is in the bottom quarter", "Of twelve other companies the median score is 53.", exhibit="portfolio"),
        section("perception", "5", "Two views", "Marketing sees a helpful partner where Sales sees none", "On eight of twenty statements the two teams are more than half a point apart.", exhibit="perception-gap", exhibit_distribution="answers", quotes={"title": "In their own words", "about": say("Comments that were approved for printing.", "rule:comments"), "groups": [{"name": None, "function": None, "said": [say("“We hear of the fair when the stand is booked by [name].”", "rule:comments"), say("Long " + "word" * 60, "rule:comments")]}]}, groups=[{"view": id, "name": name, "about": "Statements that both teams rate alike or apart, sorted by the size of the gap.", "statements": [{key: rows[place][key] for key in ("number", "topic", "sales", "marketing", "gap")} for place in places]} for id, name, places in groups]),
        section("friction", "6", "Friction", "Money for promotion is the strongest source of friction", "Fourteen sources were looked at; three were found.", exhibit="friction", findings=[finding("promotion-spend", "promotion spend", "Sales would rather have the advertising money in the field", "strong"), finding("how-judged", "how people are judged", "Marketing is judged by projects, Sales by the quarter", "moderate")], others=others),
        section("progress", "6a", "Changes", "Since March 2025 the score has risen by 4.1 points", "The same questions were asked in March 2025.", exhibit="trend", changes={"caption": "What moved", "what": "Figure", "columns": ["March 2025", "Now", "Change", "More than chance?"], "rows": [{"name": "Both functions", "cells": ["48.3", "52.4", "+4.1"], "standing": "may-be-chance", "standing_name": "may be chance"}], "note": "Dimensions are looked at together."}, turned={"title": "Friction, then and now", "about": say("Facts are those of today."), "columns": ["Source", "March 2025", "Now"], "groups": [{"turn": "stayed", "name": "Still there", "rows": [{"name": "Promotion spend", "anchor": "f-price", "before": "weak", "after": "strong"}]}]}),
        section("triangulation", "7", "Hard figures", "The figures bear out the ratings on leads, not those on material", "Four ratings have a counterpart in the company's own figures.", rows=[{"topic": topic, "opinion": rating, "hard": say(hard), "match": match, "match_name": name, "note": say("The rating is that of the people asked.")} for topic, rating, hard, match, name in pairs]),
        section("funnel", "8", "Funnel", "Two of five leads are lost at the hand-off", "Ownership is what the client told us; the usual picture at each stage is our own advice.", exhibit="ownership", has_target=True, steps=[{"number": place + 1, "name": name, "about": "The buyer knows that there is such a thing.", "now": "unclear" if place == 4 else "Marketing", "at_stage": "Marketing", "target": "shared"} for place, name in enumerate(steps)], conversion=[dict(zip(("name", "count", "share", "lost"), row, strict=True)) for row in conversion], sales_steps=[{"name": "Needs are defined", "marketing": "Helps to write the value statement."}, {"name": "Offer", "marketing": "Gives proof from other customers."}]),
    ]  # fmt: skip


def choice() -> list[dict[str, Any]]:
    groups = [
        {"id": "stay", "name": "Reasons to hold", "conditions": [condition("simple-offering", "The offering is simple", "not-met", "The offering is configured for each customer."), condition("traditional-split-works", "The usual division of work does its job", "not-met", "Two of five leads are lost at the hand-off."), condition("no-strong-reason", "Nothing presses for change", "unknown", "Nobody has asked the ten largest customers.")]},
        {"id": "tighten", "name": "Reasons to move", "conditions": [condition("shorter-life-cycles", "Product life cycles get shorter", "met", "Life cycles fell from seven years to four."), condition("products-shaped-in-sale", "Products take shape while they are sold", "met", "Six of ten orders are configured during the sale.")]},
    ]  # fmt: skip
    facets = [
        "Boundaries",
        "What each knows of the other",
        "Meetings",
        "Language",
        "Work done together",
        "Where attention goes",
        "Structure",
        "Measures and money",
        "Culture",
    ]
    return [
        section("decision", "9", "Decision", "Two reasons to move, none to hold", "A case for moving is made where one reason to move is met and none to hold.", exhibit="need-by-stage", verdict_title="Move to Aligned", override=override("verdict"), groups=groups, why_not_further=[say("The third stage has to hold first: without common planning an executive for both would have nothing to lead.")], deciding=[{"name": "Nothing presses for change", "find_out": "Ask the ten largest customers; the head of Sales has their names."}], tripwires=[{"name": "The offering is simple", "text": "If three of four orders come without configuration, look again.", "turns": "– once this is met", "watched_by": "Head of Sales"}]),
        section("target", "10", "Next stage", "What will be different once the two are aligned", now_name="Defined", next_name="Aligned", rows=[{"facet": facet, "here": say("Joint meetings in a quarter: 3; share of their time spent on disputes: 12%."), "now": "The line is drawn, and each team stays on its own side of it.", "next": "Everybody sees the line, and stepping over it for a good reason is normal." if facet != "Culture" else None} for facet in facets]),
        section("plays", "11", "Plays", "Nine plays, five of them first", "Each play names who owns it, what it needs and how you will see that it worked.", cards=cards(), stops=[{"name": "The quarterly lead count", "text": say("It rewards the number of leads, of which two in five are never called.")}]),
        section("priorities", "12", "Order", "The two cheapest plays come first because the rest hang on them", exhibit="priorities", has_order=True, rows=[{"number": one["number"], "name": one["name"], "points": "14", "impact": one["impact"], "effort": one["effort"], "owner": one["owner"], "after": [link["name"] for link in one["after"]]} for one in cards()], blocked=[{"id": "liaison", "name": "A liaison", "text": say("With nine marketers the head can do it."), "consultant": None}], excluded=[{"id": "sitting-together", "name": "Sitting together", "text": "The client ruled it out: two sites.", "consultant": spoken("A view on a play that is set aside.", "plays.sitting-together")}], already=[{"id": "joint-events", "name": "Joint events", "text": "Done each year.", "consultant": None}]),
    ]  # fmt: skip


def plan() -> list[dict[str, Any]]:
    items = [{"name": one["name"], "owner": one["owner"], "dates": "16 March to 24 April 2026", "anchor": one["anchor"]} for one in cards()]
    decisions = [
        {
            "decision": name,
            "today": None,
            "responsible": "Marketing",
            "accountable": "Head of Marketing",
            "consulted": "Sales",
            "informed": "Chief executive",
        }
        for name in ("Choice of segments", "Lead definition", "Prices of new offerings", "Campaign plan", "Material for sales calls")
    ]
    terms = [
        {
            "term": term,
            "today": None,
            "sales": "Calls within two working days.",
            "marketing": "Passes only what fits the definition.",
            "usual": "two working days",
        }
        for term in ("What a lead is", "Time to the first call", "What happens to a refused lead", "Figures both look at")
    ]
    measures = [
        {
            "name": name,
            "formula": "Leads accepted by Sales, divided by leads passed by Marketing",
            "baseline": "59%",
            "target": "80%",
            "owner": "Head of Sales",
            "source": "Customer system",
            "frequency": "monthly",
            "kind": "lead",
        }
        for name in ("Leads accepted", "First call within two days", "Forecast error")
    ]
    return [
        section("roadmap", "13", "Roadmap", "Groundwork by June, joint work from September", exhibit="roadmap", periods=[{"name": "First 30 days", "range": "16 March to 14 April 2026", "items": items[:3]}, {"name": "To day 60", "range": "15 April to 14 May 2026", "items": items[3:6]}, {"name": "To day 90", "range": "15 May to 13 June 2026", "items": items[6:]}], gates=[{"date": "12 June 2026", "text": "If fewer than three of four leads are accepted, the second half waits."}]),
        section("responsibilities", "14", "Who does what", "One name for each decision", decisions=decisions),
        section("handoff", "15", "Hand-off", "A contract of one page, to be filled in together", terms=terms),
        section("scorecard", "16", "Scorecard", "Eight figures that both teams look at", groups=[{"name": "Shared", "measures": measures}, {"name": "Sales", "measures": measures[:1]}]),
        section("rewards", "17", "Rewards", "Pay comes last, and as a paper with options", options=[{"option": "A common bonus on revenue", "for": "One aim for both.", "against": "Marketing cannot steer the quarter.", "settle_first": "Which revenue counts."}], note="No change of pay without advice on labour law and the works council."),
        section("governance", "18", "Meetings", "One meeting a month, with an agenda and a list of actions", meetings=[{"name": "Monthly meeting", "cadence": "first Tuesday, 90 minutes", "chair": "in turn", "attendees": "both heads, two people of each team", "inputs": "the scorecard", "decides": "actions with names and dates"}]),
        section("business-case", "19", "Business case", "What the plan is worth cannot be said yet", "The figures of the company would show it.", missing="The gross margin and the number of orders are missing; the head of finance has them.", result=None, drivers=[], cost=None, sensitivity=[]),
    ]  # fmt: skip


def running() -> list[dict[str, Any]]:
    return [
        section("risks", "20", "Risks", "Too many meetings is the likeliest way to fail", rows=[{"name": "Meeting overload", "text": say("The teams meet each week already."), "response": "One meeting goes for each that comes.", "evidence": ["R1"], "consultant": spoken("A view on a risk.", "risks.meeting-overload")}, {"name": "Loss of productive tension", "text": say("Two views find more than one."), "response": "Keep separate budgets.", "evidence": ["R1", "R23"], "consultant": None}]),
        section("next-steps", "21", "Next two weeks", "Three decisions and six dates", decisions=[say("Start the first two plays on 16 March."), say("Name the owners.")], fortnight=[{"when": "16 March 2026", "who": "Chief executive", "text": "Opens the work in both teams."}, {"when": "20 March 2026", "who": "Sales and Marketing", "text": "Collect the twenty last refused leads."}], next_wave=say("The next survey is on 2 September 2026.")),
    ]  # fmt: skip


def appendix() -> list[dict[str, Any]]:
    rows = [
        {key: row[key] for key in ("number", "text", "dimension", "structural", "sales", "marketing", "combined", "gap", "n")}
        for row in statement_rows()
    ]
    part = [
        {"role": "Sales", "invited": "20", "answered": "16", "valid": "14", "rate": "80%"},
        {"role": "Marketing", "invited": "11", "answered": "11", "valid": "11", "rate": "100%"},
    ]
    references = [
        {
            "id": f"R{number}",
            "grade": "B",
            "citation": "Author, A. and Writer, B. (2010), A study of two teams, Journal of Something 14(2), 101–120.",
            "finding": "Clear roles go with better working together.",
        }
        for number in range(1, 16)
    ]
    return [
        section("method", "A", "Method", "How the figures were made, and what they cannot say", participation=part, rules=[{"name": "Missing answers", "text": "A total needs eighteen answers."}], assumptions=[{"text": say("The forecast error is taken from four quarters only.")}, {"text": say("Growth is unknown; no condition depends on it.")}], carrying={"reached": say("The smaller team has ten people."), "grades": [{"name": "Ten in each team", "from": "from 10 in the smaller team", "may": "Means with intervals.", "may_not": "The order of the dimensions.", "reason": "Ten people carry an interval.", "reached": True}]}, quality=[say("Nobody gave the same answer twenty times.")], suppression=[say("Leadership is not shown: fewer than five people.")], attribution="The four stages and the twenty topics follow Kotler, Rackham and Krishnaswamy (2006). The statements are our own."),
        section("statements", "B", "Statements", "The twenty statements, one by one", rows=rows),
        section("evidence", "C", "Evidence", "What research says, graded", references=references, grades=[{"grade": "A", "meaning": "Several sound studies agree."}, {"grade": "B", "meaning": "One sound study."}], glossary=[{"term": "Gap", "meaning": "Marketing's score less Sales' score."}]),
    ]  # fmt: skip
