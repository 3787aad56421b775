"""Text into words as they compare: without case, accents and unseen characters, each with its place in the text."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ħ": "h"})
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_SHORTENED = re.compile(r"([aou])e|aa")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it compares; `places` gives, for every letter of it, where it stands in the text as written."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as written that a span of the folded one stands for."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, folded, with its span in the folded text."""

    text: str
    start: int
    end: int


def folded(text: str) -> Folded:
    """The text in small letters without accents (Unicode's compatible decomposition) and without characters that are not seen."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def words_in(text: str) -> list[Word]:
    """The words of a folded text; an underscore parts them as a hyphen does."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


def squeezed(text: str) -> str:
    """A text as it compares, its letters and digits alone."""
    return "".join(word.text for word in words_in(folded(text).text))


def spellings(text: str) -> set[str]:
    """The text squeezed, in every usual spelling of its umlauts: Müller, Mueller and Muller are one."""
    composed = unicodedata.normalize("NFC", text).casefold()
    found = {squeezed(text), squeezed(composed.translate(_SPELT_OUT))}
    return found | {_SHORTENED.sub(lambda pair: pair[1] or "a", spelling) for spelling in found}


def _plain(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter)
    seen = "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFKD", seen.casefold().translate(_PLAIN))
