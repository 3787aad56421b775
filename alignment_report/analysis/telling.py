"""Whether a text holds a phrase by which its author could be recognised."""

from collections.abc import Iterable, Sequence
from functools import cache

from alignment_report.analysis.spelling import folded, words_in

ANY = "…"
MOST_BETWEEN = 3
"""Words that `…` may stand for: “as the only … in” also finds “as the only young woman in”."""


def is_telling(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text; case, accents, apostrophes and what parts words do not count."""
    words = _plain_words(text)
    return any(_stands_at(words, place, _pattern(phrase)) for phrase in phrases for place in range(len(words)))


def _stands_at(words: Sequence[str], place: int, pattern: Sequence[str]) -> bool:
    if not pattern:
        return True
    if pattern[0] == ANY:
        return any(_stands_at(words, place + skipped, pattern[1:]) for skipped in range(MOST_BETWEEN + 1))
    return place < len(words) and words[place] == pattern[0] and _stands_at(words, place + 1, pattern[1:])


@cache
def _pattern(phrase: str) -> tuple[str, ...]:
    return tuple(word for part in phrase.split() for word in ([ANY] if part == ANY else _plain_words(part)))


def _plain_words(text: str) -> tuple[str, ...]:
    """The words as they compare; I'm and Im are one."""
    compared = folded(text).text
    return tuple(word.text for word in words_in(compared.replace("'", "").replace("’", "").replace("ʼ", "")))
