"""A text into the same without what names a person or tells how to reach one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from alignment_report.analysis.spelling import Folded, Word, folded, spellings, squeezed, words_in

Kind = Literal["name", "role", "contact"]


@dataclass(frozen=True, slots=True)
class Removed:
    """What stood at a place, by its kind alone."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Person:
    """A name that must not be printed, with the words of it that must not be printed by themselves."""

    name: str
    alone: tuple[str, ...]


Part = str | Removed
_Span = tuple[int, int, Kind]

LONG_NAME = 5
"""From so many letters on a name is also found inside a longer word; shorter ones (Al, Ina) stand inside too many other words."""
FEWEST_LETTERS = 2
"""A name of one letter would take out every I and a."""

_DASH = "\\-\u2010-\u2015\u2212"
_CONTACTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^\s@<>()\[\],;:]+(?:@|\s@\s|\s?[(\[{]\s?(?:at|@)\s?[)\]}]\s?)[^\s@<>()\[\],;:]+",
        r"\b(?:https?|ftps?|mailto|tel)\s?:\s?/{0,2}\S+|\bwww\.\S+",
        r"(?<!\w)\w[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2}|com|org|net|info|biz|edu|gov|app|dev|cloud|online|shop|site|tech)(?!\w)(?:/\S*)?",
        r"(?<!\w)@\w[\w.-]*",
        rf"(?:\+|\(|\b)\d(?:[\s()./{_DASH}]{{0,3}}\d){{6,}}(?:\s?(?:ext|x|extension)\W{{0,2}}\d+)?",
        r"\b(?:ext|extension|tel|phone|mobile|room|desk)\b\W{0,3}\d{2,}",
    )
)
"""E-mail addresses (also with “(at)”), web addresses, handles, numbers of seven digits and more, numbers of a telephone or a room."""
_YEARS = re.compile(rf"(?:19|20)\d\d\s?[{_DASH}/]\s?(?:19|20)\d\d")
_JOINT = re.compile(rf"['’]|[{_DASH}]\s*")
_UNSPACED = "\u0e00"
"""From here on lie scripts that put no spaces between words."""


def person(name: str, harmless: Iterable[str] = ()) -> Person:
    """A name and each word of it that does not start with a small letter, but for the harmless ones; of a double name also each half."""
    composed, known = unicodedata.normalize("NFC", name), {squeezed(word) for word in harmless}
    words = [*re.findall(r"[^\W_]+(?:['’-][^\W_]+)+", composed), *_words(composed)]
    return Person(composed, tuple(word for word in words if not word[0].islower() and squeezed(word) not in known))


class Redaction:
    """Takes out names with their initials, codes, titles, and addresses of every kind; in which order they are given does not count."""

    def __init__(self, people: Sequence[Person], codes: Iterable[str], titles: Iterable[str]) -> None:
        texts = [text for one in people for text in (one.name, *one.alone)]
        names = {spelling: size for spelling, size in _sizes(texts).items() if len(spelling) >= FEWEST_LETTERS}
        roles = _sizes(titles)
        self._roles = frozenset(roles.keys() - names.keys())
        self._sizes = roles | _sizes(codes) | names
        self._longest = max(self._sizes.values(), default=1)
        self._inside = tuple(sorted(name for name in names if len(name) >= LONG_NAME or name >= _UNSPACED))
        self._initials = tuple(map(re.compile, sorted({pattern for one in people for pattern in _initials(one.name)})))

    def __call__(self, text: str) -> tuple[Part, ...]:
        """The text in parts; a removed one says of what kind it was. Nothing is left that a second pass would take out."""
        parts: list[Part] = []
        waiting: list[Part] = [unicodedata.normalize("NFC", text)]
        while waiting:
            piece = waiting.pop()
            cut = () if isinstance(piece, Removed) else self._cut(piece)
            if cut:
                waiting += reversed(cut)
            elif piece:
                parts.append(piece)
        return tuple(parts)

    def _cut(self, text: str) -> tuple[Part, ...]:
        """The text around what is to be taken out first, and what that is; empty where nothing is."""
        spans = sorted(self._spans(text), key=lambda span: (span[0], -span[1]))
        if not spans:
            return ()
        start, end, kind = spans[0]
        for further, until, _ in spans[1:]:
            end = max(end, until) if further < end else end
        return text[:start], Removed(kind), text[end:]

    def _spans(self, text: str) -> Iterator[_Span]:
        compared = folded(text)
        words = words_in(compared.text)
        yield from ((*compared.span(*found), "contact") for found in _contacts(compared.text))
        yield from ((*found.span(), "name") for pattern in self._initials for found in pattern.finditer(text))
        for first in range(len(words)):
            yield from self._starting_at(words, first, compared)

    def _starting_at(self, words: Sequence[Word], first: int, within: Folded) -> Iterator[_Span]:
        """A name, a code or a title of one word or several; a name within words that hyphens and apostrophes join."""
        start, joined = words[first].start, _joined_to(words, first, within.text)
        for last in range(first, min(max(first + self._longest, joined + 1), len(words))):
            letters = "".join(word.text for word in words[first : last + 1])
            most = self._words_of(letters)
            if most and (last - first < most or last <= joined):
                yield *within.span(start, words[last].end), self._kind(letters)
        end = words[joined].end
        if any(name in squeezed(within.text[start:end]) for name in self._inside):
            yield *within.span(start, end), "name"

    def _words_of(self, letters: str) -> int:
        """Of how many words what these letters spell consists, 0 where they spell nothing known."""
        return max(self._sizes.get(form, 0) for form in _forms(letters))

    def _kind(self, letters: str) -> Kind:
        return "role" if self._roles & _forms(letters) else "name"


def _forms(letters: str) -> set[str]:
    """The letters as they stand, without digits around them, and each without the s of a possessive or a plural."""
    whole = {letters, letters.strip("0123456789")}
    return {form for one in whole for form in (one, one.removesuffix("s"), one.removesuffix("es")) if form}


def _initials(name: str) -> Iterator[str]:
    """Patterns of a name's capital initials, with points or without, and of the first one beside the last word."""
    words = [word for word in _words(name) if word[0].isupper()]
    if not 2 <= len(words) <= 5:
        return
    letters, last = [word[0] for word in words], re.escape(words[-1])
    for end in (letters, [letters[0], letters[-1]]):
        yield _dotted(end)
    yield rf"(?<!\w){letters[0]}\.?\s?{last}(?!\w)"
    yield rf"(?<!\w){last},?\s{letters[0]}(?!\w)\.?"


def _dotted(letters: Sequence[str]) -> str:
    return r"(?<!\w)" + r"\.?[ \-]?".join(letters) + r"(?!\w)\.?"


def _contacts(text: str) -> Iterator[tuple[int, int]]:
    found = (match for pattern in _CONTACTS for match in pattern.finditer(text))
    return (match.span() for match in found if not _YEARS.fullmatch(match[0]))


def _joined_to(words: Sequence[Word], first: int, text: str) -> int:
    """The last word that hyphens and apostrophes alone join to this one."""
    last = first
    while last + 1 < len(words) and _JOINT.fullmatch(text[words[last].end : words[last + 1].start]):
        last += 1
    return last


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _sizes(texts: Iterable[str]) -> dict[str, int]:
    """Every spelling of these texts, and of how many words it consists at the most."""
    sizes: dict[str, int] = {}
    for text in texts:
        for spelling in spellings(text) - {""}:
            sizes[spelling] = max(sizes.get(spelling, 1), len(_words(text)))
    return sizes
