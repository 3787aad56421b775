"""A text that will be printed into what it gives away of those who answered.

Names are those that are taken out of comments. There a word too many is taken out without harm; here each hit asks somebody to reword, so a
name of one word, or a word of a name, counts only where it is written as a name is: with a capital letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from alignment_report.analysis.redaction import FEWEST_LETTERS, Person, Redaction, person
from alignment_report.analysis.spelling import Word, folded, spellings, squeezed, words_in
from alignment_report.model.assessment import Assessment

Kind = Literal["name", "id", "comment"]

WORDS_IN_A_ROW = 6
"""From so many words in a row that also stand in a comment a text repeats it. Our convention: fewer are met by chance."""
LONG_ID = 4
"""A shorter id counts only to the letter: r2 is one, R2 may be anything."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """What is given away, and in which line of the text, counted from 0."""

    kind: Kind
    row: int


def leaks(text: str, assessment: Assessment, harmless: Iterable[str] = ()) -> tuple[Leak, ...]:
    """Names of the wave's `redact` list, ids of respondents and words of their comments, each kind once a line.

    `harmless` are words that are no name by themselves, though they may be part of one. An id of digits or of letters alone cannot be told
    from a number or a word, and is not looked for.
    """
    written = unicodedata.normalize("NFC", text)
    people = [person(name, harmless) for name in assessment.redact]
    found = {Leak("name", row) for row in (*_full_names(written, people), *_lone_names(written, people))}
    found |= {Leak("id", row) for row in _ids(written, [respondent.id for respondent in assessment.respondents])}
    found |= {Leak("comment", row) for row in _repeats(written, [respondent.comment or "" for respondent in assessment.respondents])}
    return tuple(sorted(found, key=lambda leak: (leak.row, leak.kind)))


def _row(text: str, place: int) -> int:
    return text.count("\n", 0, place)


def _full_names(text: str, people: Iterable[Person]) -> Iterator[int]:
    """Names of several words, in any spelling, and their initials."""
    several = [Person(one.name, ()) for one in people if len(_WORD.findall(one.name)) > 1]
    past = 0
    for part in Redaction(several, (), ())(text):
        if isinstance(part, str):
            past = text.index(part, past) + len(part)
        elif part.kind == "name":
            yield _row(text, past)


def _lone_names(text: str, people: Iterable[Person]) -> Iterator[int]:
    names = {spelling for one in people for word in one.alone if len(squeezed(word)) >= FEWEST_LETTERS for spelling in spellings(word)}
    for found in _WORD.finditer(text):
        if found[0][0].isupper() and names & spellings(found[0]):
            yield _row(text, found.start())


def _ids(text: str, ids: Iterable[str]) -> Iterator[int]:
    for id in ids:
        if re.search("[0-9]", id) and re.search("[a-z]", id):
            case = re.IGNORECASE if len(id) >= LONG_ID else re.NOFLAG
            yield from (_row(text, found.start()) for found in re.finditer(rf"(?<![\w-]){re.escape(id)}(?![\w-])", text, case))


def _repeats(text: str, comments: Iterable[str]) -> Iterator[int]:
    told = {run for comment in comments for run in _runs(words_in(folded(comment).text))}
    compared = folded(text)
    words = words_in(compared.text)
    for place, run in enumerate(_runs(words)):
        if run in told:
            yield _row(text, compared.places[words[place].start])


def _runs(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """Every run of so many words."""
    return (tuple(word.text for word in words[place : place + WORDS_IN_A_ROW]) for place in range(len(words) - WORDS_IN_A_ROW + 1))
