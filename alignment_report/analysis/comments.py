"""What people wrote into what may be quoted: approved comments without names, in an order that tells nothing.

Comments of Sales and Marketing are quoted, those of leadership never, nor any of named heads. They need `confidentiality.comments` people
who wrote one, whether it was approved or not. The function of an author is told only if that many wrote in each function: with one function
told, whatever is left would be the other's.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from alignment_report.analysis.redaction import Part, Person, Redaction, Removed, person
from alignment_report.analysis.spelling import folded, words_in
from alignment_report.model.assessment import Assessment, Respondent
from alignment_report.model.client import Client
from alignment_report.model.comments import CommentRules

Function = Literal["sales", "marketing"]
FUNCTIONS: tuple[Function, ...] = ("sales", "marketing")

LONGEST_QUOTED = 600
"""Characters of a comment that may be approved; a longer one tells more than it should about who writes, and fills the page."""
SHORTEST_NAME = 4
"""A shorter word of a firm's name (The, Co) is no name of a person."""
FEWEST_WORDS = 3
"""Whoever wrote less (“none”, “n/a”) does not count as one who wrote a comment: nobody is hidden among those."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One comment as it may be printed; `function` is None where it is not told."""

    function: Function | None
    parts: tuple[Part, ...]


def quotes(assessment: Assessment, client: Client, rules: CommentRules | None) -> tuple[Quote, ...]:
    """The comments that may be quoted, ordered by a digest of what is printed; none without the playbook's rules for them."""
    authors = {role: [p for p in assessment.respondents if p.function == role and _counts(p)] for role in FUNCTIONS}
    least = assessment.confidentiality.comments
    if rules is None or assessment.confidentiality.mode == "named" or sum(map(len, authors.values())) < least:
        return ()
    is_told = all(len(people) >= least for people in authors.values())
    redact = redaction(assessment, client, rules)
    chosen = [
        Quote(role if is_told else None, redact(respondent.comment))
        for role in FUNCTIONS
        for respondent in assessment.respondents
        if respondent.function == role and respondent.verbatim and respondent.comment
    ]
    return tuple(sorted(chosen, key=lambda quote: (FUNCTIONS.index(quote.function) if quote.function else 0, _digest(quote.parts))))


def redaction(assessment: Assessment, client: Client, rules: CommentRules) -> Redaction:
    """What is taken out of every comment of this wave: names and nicknames, those of the client's file, respondents' ids, titles."""
    structure, terms = client.structure, client.engagement
    stated = [structure.sales_head, structure.marketing_head, structure.sales_reports_to, structure.marketing_reports_to, terms.sponsor]
    titles = (*rules.titles, *(title for title in stated if title))
    people = [*map(person, assessment.redact), *_named(client, [*stated, terms.consultants], rules)]
    return Redaction(people, [respondent.id for respondent in assessment.respondents], titles)


def _named(client: Client, texts: Iterable[str | None], rules: CommentRules) -> Iterator[Person]:
    """The names within what should be titles, and the consultants': capital words that are part of no title and not of the company's name."""
    for text in texts:
        for one in [person(text, no_names(client, rules))] if text else []:
            yield from (person(word) for word in one.alone if len(word) >= SHORTEST_NAME)


def no_names(client: Client, rules: CommentRules | None) -> list[str]:
    """Words that name no person by themselves: those of titles and of the company's name."""
    stated = (*(rules.titles if rules else ()), client.company.name)
    return [word for text in stated if text for word in re.findall(r"[^\W_]+", text)]


def _counts(respondent: Respondent) -> bool:
    return len(words_in(folded(respondent.comment or "").text)) >= FEWEST_WORDS


def _digest(parts: Sequence[Part]) -> str:
    """Of the printed text alone: a digest of what was taken out could be looked up by whoever knows the names."""
    shown = "".join(f"\0{part.kind}\0" if isinstance(part, Removed) else part for part in parts)
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
