"""The JSON Schema of report.json, put together from a few small shapes."""

from typing import Any

from alignment_report.rendering.document import APPENDICES, EDITIONS, FIRST, FORMAT, NOTES, SECTIONS, STAYING

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FILLED: Schema = {"type": "string", "minLength": 1}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
CHANCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
ANYTHING: Schema = {"type": "object"}


def report_schema() -> Schema:
    """The schema, in the 2020-12 draft; every object lists all its fields, but for the data that charts are drawn from."""
    rest = [id for id in (NOTES, *(id for id, _ in SECTIONS)) if id not in FIRST]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The document of a playbook: everything it shows, and nothing that may not be shown",
        "$defs": {
            "sentence": _SENTENCE,
            "figure": _FIGURE,
            "prose": _many(_ref("sentence")),
            "table": _TABLE,
            "said": _SAID,
            "override": _OVERRIDE,
        },
        **_record(
            format={"const": FORMAT},
            language=FILLED,
            title=FILLED,
            edition={"enum": list(EDITIONS)},
            status={"enum": ["draft", "final"]},
            delivered=_or_null(_DAY),
            client=_record(id=FILLED, name=FILLED, unit=_or_null(TEXT)),
            wave=_record(id=FILLED, date=_DAY, mode=_one_of("anonymous", "named")),
            words=_by_name(TEXT),
            colophon=_record(lines=_many(FILLED)),
            running=_texts("header", "footer", "status"),
            exhibits=_by_name(_EXHIBIT),
            exhibit_data=_or_null(_one_of(*APPENDICES)),
            sections={
                "oneOf": [
                    _sections({"items": {"anyOf": [_section(id) for id in rest]}, "minItems": len(STAYING)}),
                    _sections({"items": False}),
                ]
            },
        ),
    }


def _sections(others: Schema) -> Schema:
    """Cover and summary, and what others there are."""
    return {"type": "array", "prefixItems": [_section(id) for id in FIRST], "minItems": len(FIRST), **others}


def _record(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _texts(*names: str) -> Schema:
    """A record of texts that are never empty."""
    return _record(**_filled(*names))


def _filled(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, FILLED)


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _by_name(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(*values: str | int) -> Schema:
    return {"enum": list(values)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _section(id: str) -> Schema:
    shared: dict[str, Schema] = {
        "id": {"const": id},
        "number": {"type": "string", "pattern": "^[0-9]+$" if id not in (*APPENDICES, NOTES) else "^[A-Z]$"},
        "anchor": {"const": f"s-{id}"},
        "title": FILLED,
        "label": FILLED,
        "paragraphs": _many(_ref("prose")),
        "missing": _or_null(_ref("prose")),
        "consultant": _or_null(_ref("said")),
    }
    return _record(**shared, **_OWN[id])


EXHIBIT = _or_null(FILLED)
_DAY = _record(iso={"type": "string", "format": "date"}, text=FILLED)
_SENTENCE = _record(text=FILLED, trace=_many(FILLED))
_FIGURE: Schema = {
    "oneOf": [
        _record(value={"type": "number"}, text=FILLED, n=_or_null(FILLED)),
        _record(withheld={"const": True}, text=FILLED),
    ]
}
_PARTS = _many(_record(text=FILLED, strong=FLAG, emphasis=FLAG))
_BLOCK: Schema = {
    "oneOf": [_record(kind={"const": "paragraph"}, parts=_PARTS), _record(kind=_one_of("bullets", "numbers"), entries=_many(_PARTS))]
}
_SAID = _record(by=FILLED, date=FILLED, blocks=_many(_BLOCK), trace=_many(FILLED))
_OVERRIDE = _record(text=_ref("sentence"), follows=_ref("sentence"), consultant=_ref("said"))
_SPOKEN_ON: dict[str, Schema] = {"consultant": _or_null(_ref("said"))}
_JUDGED = {**_SPOKEN_ON, "override": _or_null(_ref("override"))}
_TABLE = _record(columns=_many(_record(name=TEXT, align=_one_of("start", "end"))), rows=_many(_many(TEXT)))
_EXHIBIT = _record(
    **_filled("id", "kind", "title", "subtitle", "alt", "source"),
    note=_or_null(TEXT),
    table=_ref("table"),
    data=ANYTHING,
    number=WHOLE,
)
_SPLIT = {name: _ref("figure") for name in ("sales", "marketing", "combined", "gap")}
_STATEMENT: dict[str, Schema] = {
    **_filled("id", "text", "topic", "dimension"),
    **_SPLIT,
    "number": WHOLE,
    "structural": FLAG,
    "heat": _or_null(_one_of(0, 1, 2, 3, 4)),
    "n": _or_null(FILLED),
}
_SET_ASIDE = _many(_record(id=FILLED, name=FILLED, text=_ref("sentence"), **_SPOKEN_ON))
_LINK = _or_null(FILLED)
"""Where something points; null where the section it lies in is left out."""
_LINKS = _many(_record(name=FILLED, anchor=_LINK))
_POINTS = _many(_record(text=FILLED, source=TEXT, trace=_many(FILLED)))
_LEVEL = _one_of(1, 2, 3, 4, 5)
_FINDING = _record(
    **_filled("id", "anchor", "kind", "kind_name", "name", "strength", "strength_name", "title", "sales", "marketing"),
    paragraph=_ref("prose"),
    **{"for": _POINTS},
    against=_POINTS,
    open=_many(_texts("text", "source")),
    probes=_many(FILLED),
    eased_by=_LINKS,
    evidence=_many(_texts("id", "text")),
    **_JUDGED,
)
_CONDITION = _record(
    **_filled("id", "anchor", "name", "outcome_name", "reason"),
    outcome=_one_of("met", "not-met", "unknown"),
    text=_ref("sentence"),
    source=TEXT,
    **_SPOKEN_ON,
)
_CARD_TEXTS = ("id", "anchor", "name", "owner", "owner_id", "sponsor", "start", "end", "weeks", "what", "why")
_CARD = _record(
    **_filled(*_CARD_TEXTS, "first_step", "first_step_date", "risk", "done_when"),
    needs=_or_null(FILLED),
    number=WHOLE,
    headline=FLAG,
    effort=_LEVEL,
    impact=_LEVEL,
    here=_ref("sentence"),
    adapted=_or_null(_ref("sentence")),
    because=_ref("prose"),
    indicators=_many(FILLED),
    evidence=_many(_texts("id", "grade", "text")),
    after=_LINKS,
    touches_pay=FLAG,
    pay_note=_or_null(FILLED),
    **_SPOKEN_ON,
)
_OWN: dict[str, dict[str, Schema]] = {
    "cover": {
        **_filled("client", "subtitle", "date", "wave"),
        **{name: _or_null(FILLED) for name in ("unit", "confidentiality", "consultants", "sponsor", "text")},
        "control": _many(_texts("label", "value")),
    },
    "summary": {
        "answer": _record(
            stage=FILLED,
            score=_ref("figure"),
            score_scale=FILLED,
            confidence=_ref("sentence"),
            gap=_or_null(_ref("figure")),
            gap_text=_ref("sentence"),
            verdict=FILLED,
            verdict_kind=_one_of("move", "hold", "prerequisites-first", "sustain", "not-enough-evidence"),
            override=_or_null(_ref("sentence")),
        ),
        "topics": _many(_record(label=FILLED, anchor=_LINK)),
        "exhibit": EXHIBIT,
        "moves": _many(_record(number=WHOLE, why=_ref("sentence"), anchor=_LINK, **_filled("name", "owner", "start"))),
        "decision": _ref("prose"),
    },
    "notes": {"groups": _many(_record(**_filled("id", "name"), items=_many(_ref("sentence"))))},
    "context": {
        "profile": _many(_record(group=FILLED, items=_many(_record(label=FILLED, value=FILLED, known=FLAG)))),
        "phase": _or_null(_texts("name", "marketing", "relationship")),
    },
    "stage": {
        "bands": _many(_record(name=FILLED, range=FILLED, meaning=FILLED, reached=FLAG)),
        "readings": _many(_record(label=FILLED, figure=_ref("figure"), stage=_or_null(FILLED))),
        "interval": _ref("sentence"),
        "certainty": _or_null(_record(chance=CHANCE, told=FILLED, likelihood=FILLED, neighbour=_or_null(FILLED))),
        "hangs_on_one": _or_null(FLAG),
    },
    "dimensions": {
        "exhibit": EXHIBIT,
        "statements": _many(_record(**_STATEMENT, **_SPOKEN_ON)),
        "strongest": _ref("prose"),
        "weakest": _ref("prose"),
    },
    "portfolio": {"exhibit": EXHIBIT},
    "perception": {
        "exhibit": EXHIBIT,
        "exhibit_distribution": EXHIBIT,
        "groups": _many(_record(view=FILLED, name=FILLED, about=FILLED, statements=_many(_record(number=WHOLE, topic=FILLED, **_SPLIT)))),
        "quotes": _or_null(
            _record(
                title=FILLED,
                about=_ref("sentence"),
                groups=_many(_record(name=_or_null(FILLED), function=_or_null(_one_of("sales", "marketing")), said=_ref("prose"))),
            )
        ),
    },
    "friction": {
        "exhibit": EXHIBIT,
        "findings": _many(_FINDING),
        "others": _many(
            _record(text=_ref("sentence"), observed=_POINTS, **_filled("id", "anchor", "name", "kind_name", "strength_name"), **_JUDGED)
        ),
    },
    "progress": {
        "exhibit": EXHIBIT,
        "changes": _or_null(
            _record(
                **_filled("caption", "what", "note"),
                columns=_many(FILLED),
                rows=_many(
                    _record(
                        **_filled("name", "standing_name"),
                        cells=_many(FILLED),
                        standing=_one_of("beyond-chance", "may-be-chance", "too-few", "whole-team", "named"),
                    )
                ),
            )
        ),
        "turned": _or_null(
            _record(
                title=FILLED,
                about=_ref("sentence"),
                columns=_many(FILLED),
                groups=_many(
                    _record(
                        turn=_one_of("appeared", "stayed", "gone", "open"),
                        name=FILLED,
                        rows=_many(_texts("name", "anchor", "before", "after")),
                    )
                ),
            )
        ),
    },
    "triangulation": {
        "rows": _many(
            _record(
                topic=FILLED,
                opinion=_ref("figure"),
                hard=_ref("sentence"),
                match=_one_of("agrees", "contradicts", "neither", "no-data"),
                match_name=FILLED,
                note=_ref("sentence"),
            )
        )
    },
    "funnel": {
        "exhibit": EXHIBIT,
        "has_target": FLAG,
        "steps": _many(_record(number=WHOLE, name=FILLED, about=FILLED, now=FILLED, at_stage=_or_null(FILLED), target=_or_null(FILLED))),
        "conversion": _many(_record(name=FILLED, count=FILLED, share=_or_null(FILLED), lost=_or_null(FILLED))),
        "sales_steps": _many(_texts("name", "marketing")),
    },
    "decision": {
        "exhibit": EXHIBIT,
        "verdict_title": FILLED,
        "override": _or_null(_ref("override")),
        "groups": _many(_record(id=FILLED, name=FILLED, conditions=_many(_CONDITION))),
        "why_not_further": _ref("prose"),
        "deciding": _many(_texts("name", "find_out")),
        "tripwires": _many(_texts("name", "text", "turns", "watched_by")),
    },
    "target": {
        "now_name": _or_null(FILLED),
        "next_name": _or_null(FILLED),
        "rows": _many(_record(facet=FILLED, here=_ref("sentence"), now=TEXT, next=_or_null(TEXT))),
    },
    "plays": {"cards": _many(_CARD), "stops": _many(_record(id=FILLED, name=FILLED, text=_ref("sentence")))},
    "priorities": {
        "has_order": FLAG,
        "exhibit": EXHIBIT,
        "rows": _many(_record(number=WHOLE, name=FILLED, points=FILLED, impact=_LEVEL, effort=_LEVEL, owner=FILLED, after=_many(FILLED))),
        "blocked": _SET_ASIDE,
        "excluded": _SET_ASIDE,
        "already": _SET_ASIDE,
    },
    "roadmap": {
        "exhibit": EXHIBIT,
        "periods": _many(_record(name=FILLED, range=FILLED, items=_many(_record(anchor=_LINK, **_filled("name", "owner", "dates"))))),
        "gates": _many(_texts("date", "text")),
    },
    "responsibilities": {
        "decisions": _many(
            _record(today=_or_null(_ref("sentence")), **_filled("decision", "responsible", "accountable", "consulted", "informed"))
        )
    },
    "handoff": {"terms": _many(_record(today=_or_null(_ref("sentence")), **_filled("term", "sales", "marketing", "usual")))},
    "scorecard": {
        "groups": _many(
            _record(
                name=FILLED,
                measures=_many(_texts("name", "formula", "baseline", "target", "owner", "source", "frequency", "kind")),
            )
        )
    },
    "rewards": {"options": _many(_texts("option", "for", "against", "settle_first")), "note": _or_null(FILLED)},
    "governance": {"meetings": _many(_texts("name", "cadence", "chair", "attendees", "inputs", "decides"))},
    "business-case": {
        "result": _or_null(
            _record(
                **{name: _ref("figure") for name in ("low", "base", "high")},
                break_even=_or_null(FILLED),
                horizon=FILLED,
            )
        ),
        "drivers": _many(_texts("name", "low", "base", "high", "basis")),
        "cost": _or_null(_texts("low", "base", "high", "basis")),
        "sensitivity": _many(_texts("name", "low", "high")),
    },
    "risks": {"rows": _many(_record(id=FILLED, name=FILLED, text=_ref("sentence"), response=FILLED, evidence=_many(FILLED), **_SPOKEN_ON))},
    "next-steps": {
        "decisions": _ref("prose"),
        "fortnight": _many(_texts("when", "who", "text")),
        "next_wave": _ref("sentence"),
    },
    "method": {
        "participation": _many(_texts("role", "invited", "answered", "valid", "rate")),
        "rules": _many(_texts("name", "text")),
        "assumptions": _many(_record(text=_ref("sentence"))),
        "carrying": _or_null(
            _record(
                reached=_ref("sentence"),
                grades=_many(_record(**_filled("name", "from", "may", "may_not", "reason"), reached=FLAG)),
            )
        ),
        "quality": _ref("prose"),
        "suppression": _ref("prose"),
        "attribution": FILLED,
    },
    "statements": {"rows": _many(_record(**_STATEMENT))},
    "evidence": {
        "references": _many(_texts("id", "grade", "citation", "finding")),
        "grades": _many(_texts("grade", "meaning")),
        "glossary": _many(_texts("term", "meaning")),
    },
}
