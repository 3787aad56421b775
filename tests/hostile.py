"""Strings that would break out of a page that did not escape them, put into every text of a client."""

import random
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from itertools import cycle, islice
from typing import Any, get_args, get_type_hints

from samples import Json, case, made, playbook

from alignment_report.analysis.report import compile_report
from alignment_report.model.narrative import Group, Listing, Override, Paragraph, Run, Said, Words
from alignment_report.model.theme import Theme
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import make_document

SAID = "it ran"
"""What a string writes to the console where it is run."""

_RUN = f"console.log('{SAID}')"
_CLOSERS = (
    *("", "", '"', "'", '">', "'>", "`", "-->", "]]>", "</style>", "</title>", "</svg>", "</desc></svg>", "</text>", "</script>", "</a>"),
    *(
        "</td></tr></table>",
        "</p></section></main>",
        "</details>",
        "\u2028",
        "&lt;",
        "&quot;>",
        "{{",
        "{%",
        "%}",
        "{#",
        "\\",
        "\\'",
        "<!--",
        "<![CDATA[",
    ),
)
_PAYLOADS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f'<img src="x" onerror="{_RUN}">',
    f"<svg onload={_RUN}>",
    f"<svg/onload={_RUN}//",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s></svg>",
    f" onmouseover={_RUN} autofocus onfocus={_RUN} tabindex=0 x=",
    f"<input autofocus onfocus={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f'<iframe srcdoc="<script>parent.{_RUN}</script>"></iframe>',
    f"<iframe src=javascript:parent.{_RUN}></iframe>",
    f"<a href=javascript:{_RUN} autofocus>here</a>",
    f"<math><mtext><table><mglyph><style></math><img src onerror={_RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}></audio>",
    f"<body onload={_RUN}>",
    f"<marquee onstart={_RUN}>x</marquee>",
    f"<object data=x onerror={_RUN}></object>",
    f"<template shadowrootmode=open><img src=x onerror={_RUN}></template>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    "<base href=//elsewhere.example/>",
    "<link rel=stylesheet href=//elsewhere.example/a.css>",
    "<style>@import '//elsewhere.example/a.css'; * { display: none }</style>",
    "<form action=//elsewhere.example><button autofocus>x</button>",
    f"&#x3c;script&#x3e;{_RUN}&#x3c;/script&#x3e;",
    f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    "{{ 7 * 7 }}{% for x in document %}{{ x }}{% endfor %}",
    "{{ document.__class__.__mro__ }}",
    "\u202e<b>\u2066",
    "<p class=page id=content tabindex=-1 aria-hidden=true>",
)


def hostile(count: int) -> list[str]:
    """So many different strings, the same ones every time."""
    chance = random.Random(2000)
    return list(islice(dict.fromkeys(_string(chance) for _ in range(2 * count)), count))


def _string(chance: random.Random) -> str:
    text = "".join(chance.choice(_CLOSERS) for _ in range(chance.choice((1, 1, 2, 3)))) + chance.choice(_PAYLOADS)
    change = chance.choice(("none", "none", "none", "tabs", "twice", "capitals", "words"))
    if change == "tabs":
        return text.replace(" ", "\t").replace("=", " = ")
    if change == "twice":
        return text + chance.choice(_PAYLOADS)
    if change == "capitals":
        return "".join(part.title() if place % 2 else part for place, part in enumerate(text.split("script"))).replace("Console", "console")
    return f"Vertrieb {text} & Co." if change == "words" else text


_KEPT = {"client", "id", "about", "currency", "wave", "instrument", "key"}
"""Texts that name something or follow a pattern, so that no reader of files lets others through."""


_MARK = "Qzxjwk"
"""A word that stands nowhere else."""


def poisoned_document(client: str, text: str) -> Json:
    """The document of a sample in which every text that somebody wrote freely, the client, the consultant or whoever made the theme, is this one.

    It is made once, with a mark in these places, and the text put where the mark has come to stand: two thousand times that is quicker.
    """
    poisoned: Json = _put(_marked_document(client), text)
    return poisoned


def document_made_anew(client: str, text: str) -> Json:
    """The same, made from a client that has this text in all these places."""
    sample = case(client)
    report = compile_report(_poisoned(sample.client, text), sample.assessment, playbook(), words=_words(text))
    return make_document(report, Provenance(), theme=Theme(cover=text, footer=text))


def _words(text: str) -> Words:
    """A consultant who says this wherever a view may stand, and for judgements of their own."""
    lists = tuple(Listing(numbered, ((Run(text, emphasis=True),),)) for numbered in (False, True))
    blocks = (Paragraph((Run(text), Run(text, strong=True))), *lists)
    said = Said("", blocks, text, date(2026, 4, 1))
    ids: tuple[tuple[Group, str], ...] = (
        ("sections", "summary"),
        ("sections", "friction"),
        ("frictions", "price"),
        ("plays", "disciplined-meeting"),
        ("conditions", "simple-offering"),
        ("statements", "calm-meetings"),
        *(("risks", risk.id) for risk in playbook().risks),
    )
    return Words(dict.fromkeys(ids, said), Override("move", "hold", said), {"price": Override("strong", "weak", said)})


@cache
def _marked_document(client: str) -> Json:
    return document_made_anew(client, _MARK)


def _put(part: Any, text: str) -> Any:
    if isinstance(part, dict):
        return {key: _put(value, text) for key, value in part.items()}
    if isinstance(part, list):
        return [_put(value, text) for value in part]
    if isinstance(part, str):
        return part.replace(_MARK, text).replace(_MARK.lower(), text[:1].lower() + text[1:])
    return part


def commented_document(client: str, texts: Sequence[str]) -> Json:
    """The document of a sample in whose comments these texts stand, in turn, each among words of somebody who means no harm."""
    sample = case(client)
    turn = cycle(texts)
    people = tuple(
        replace(p, comment=f"What we say: {next(turn)} and nothing else", verbatim="approved") if p.comment else p
        for p in sample.assessment.respondents
    )
    return made(compile_report(sample.client, replace(sample.assessment, respondents=people, redact=()), playbook()))


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_poisoned(part, text) if is_dataclass(part) else part for part in value)
    if hasattr(value, "items"):
        return {key: _poisoned(part, text) if is_dataclass(part) else part for key, part in value.items()}
    if not is_dataclass(value):
        return value
    return replace(value, **{field.name: _changed(value, field.name, text) for field in fields(value)})  # type: ignore[type-var]


def _changed(value: Any, name: str, text: str) -> Any:
    part = getattr(value, name)
    if not isinstance(part, str):
        return _poisoned(part, text)
    return text if name not in _KEPT and _is_free(type(value), name) else part


def _is_free(kind: type, name: str) -> bool:
    """Whether the field takes any text: no choice of words."""
    return not any(
        get_args(part) for part in (get_type_hints(kind)[name], *get_args(get_type_hints(kind)[name])) if "Literal" in repr(part)
    )
