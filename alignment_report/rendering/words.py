"""The interface words of one language: a catalogue of messages with places and plural forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml
from babel import Locale

from alignment_report.errors import UsageTrouble, printable
from alignment_report.resources import shipped

Message = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Messages by dotted key. A message with plural forms is chosen by its place `count`."""

    messages: Mapping[str, Message]
    locale: Locale

    def __call__(self, key: str, count: int | None = None, /, **places: str) -> str:
        """The message with its places filled. Raises KeyError where the catalogue lacks it."""
        message = self.messages[key]
        if not isinstance(message, str):
            message = message.get(self.locale.plural_form(count or 0), message["other"])
        return message.format(**places, **({} if count is None else {"count": self.counted(count)}))

    def has(self, key: str) -> bool:
        return key in self.messages

    def asks_for(self, key: str, place: str) -> bool:
        """Whether the message, in any of its forms, has this place."""
        message = self.messages[key]
        return any(f"{{{place}}}" in form for form in ([message] if isinstance(message, str) else message.values()))

    def under(self, prefix: str) -> dict[str, str]:
        """Every plain message whose key starts with `prefix.`, by the rest of its key."""
        return {key[len(prefix) + 1 :]: m for key, m in self.messages.items() if key.startswith(prefix + ".") and isinstance(m, str)}

    def counted(self, count: int) -> str:
        """A small number spelt out, a larger one in digits."""
        key = f"number.{count}"
        spelt = self.messages.get(key)
        return spelt if isinstance(spelt, str) else str(count)


@cache
def words(language: str) -> Words:
    """The catalogue of a language. Raises UsageTrouble where there is none."""
    folder = shipped("templates") / "words"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if language not in known:
        raise UsageTrouble(f"the playbook is written in `{printable(language)}`, but the interface has words in {', '.join(known)} only")
    with (folder / f"{language}.yaml").open("rb") as file:
        tree = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader either way
    messages = dict(_flat(tree, ""))
    return Words(messages, Locale.parse(str(messages["language.locale"])))


PLURALS = {"zero", "one", "two", "few", "many", "other"}


def _flat(tree: Mapping[str, object], prefix: str) -> list[tuple[str, Message]]:
    flat: list[tuple[str, Message]] = []
    for key, value in tree.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping) and not ("other" in value and set(value) <= PLURALS):
            flat += _flat(value, f"{path}.")
        elif isinstance(value, Mapping):
            flat.append((path, {str(form): str(text) for form, text in value.items()}))
        else:
            flat.append((path, str(value)))
    return flat
