"""Invented clients: facts of a sample, of which some are unknown and some are put strangely, and answers of invented people."""

import random
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from random_clients import invented_people
from samples import CLIENTS, Json, brand, case, playbook

from alignment_report.analysis.report import compile_report
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.model.assessment import Confidentiality
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import make_document

_STRANGE = (
    "Österreichisch-Ungarische Kältemaschinenbau- und Anlagenvertriebsgesellschaft m.b.H. & Co. Kommanditgesellschaft auf Aktien",
    "Kühl – “kalt” & <mehr> 100 % Łódź Ďáblice Ġgantija",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)


def sample_of(seed: int) -> str:
    """The sample whose facts and theme the client of a seed has."""
    return CLIENTS[seed % len(CLIENTS)]


@cache
def generated(seed: int) -> Json:
    """The document of the client of a seed."""
    chance = random.Random(seed)
    sample = case(sample_of(seed))
    client = _with_unknown(sample.client, chance, chance.choice((0.0, 0.2, 0.5, 0.9)))
    if chance.random() < 0.4:
        client = replace(client, company=replace(client.company, name=chance.choice(_STRANGE), unit=chance.choice((None, *_STRANGE))))
    rules = Confidentiality(key=sample.assessment.confidentiality.key)
    assessment = replace(sample.assessment, confidentiality=rules, respondents=invented_people(chance), redact=())
    try:
        return make_document(compile_report(client, assessment, playbook()), Provenance(), theme=brand(sample_of(seed)).theme)
    except NoSafeFigures:
        return generated(seed + 1000 * len(CLIENTS))


def _with_unknown(value: Any, chance: random.Random, share: float) -> Any:
    """The value, where each fact that may be unknown is so with this chance."""
    changed = {}
    for field in fields(value):
        part = getattr(value, field.name)
        if is_dataclass(part):
            changed[field.name] = _with_unknown(part, chance, share)
        elif field.default is None and chance.random() < share:
            changed[field.name] = None
    return replace(value, **changed)
