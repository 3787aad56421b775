"""The catalogue of interface words: nothing missing, nothing left over, every place fillable."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from alignment_report.analysis.beside import WhyNot
from alignment_report.analysis.counterparts import Match
from alignment_report.analysis.decision import Reason, VerdictKind
from alignment_report.analysis.friction import Strength
from alignment_report.analysis.progress import Standing, Turn
from alignment_report.model import client as client_model
from alignment_report.model.assessment import Role
from alignment_report.model.client import FACT_GROUPS, Client, Observation, Owner, StepOwner
from alignment_report.model.playbook import Measure, Reference
from alignment_report.rendering.document.agreements import LEVELS
from alignment_report.rendering.document.appendices import GLOSSARY
from alignment_report.rendering.document.decision import OUTCOMES
from alignment_report.rendering.document.diagnosis import VIEWS
from alignment_report.rendering.document.quality import AGREEMENT
from alignment_report.rendering.document.voice import choice_facts, fact_fields
from alignment_report.rendering.words import Message, words

ROOT = Path(__file__).parents[1]
CATALOGUE = words("en").messages
TEMPLATES = tuple(sorted((ROOT / "templates").rglob("*.j2")))
CODE = tuple(sorted(p for room in ("rendering", "building") for p in (ROOT / "alignment_report" / room).rglob("*.py")))


def _choices() -> set[str]:
    hints = {group: get_type_hints(get_type_hints(Client)[group], vars(client_model)) for group in FACT_GROUPS}
    named = [hints[path.partition(".")[0]][path.partition(".")[2]] for path in choice_facts()]
    return {value for hint in named for part in get_args(hint) if get_origin(part) is Literal for value in get_args(part)}


def _field(of: type, name: str) -> set[str]:
    return set(get_args(get_type_hints(of)[name]))


FAMILIES: dict[str, Iterable[str]] = {
    "agreement": {"lacking", *(name for name, _ in AGREEMENT)},
    "certainty": {"nearly-sure", "tenths"},
    "certainty-share": {"nearly-sure", "tenths"},
    "choice": _choices(),
    "fact": set(fact_fields()),
    "fact-group": FACT_GROUPS,
    "frequency": _field(Measure, "frequency"),
    "glossary": {f"{term}.{part}" for term in GLOSSARY for part in ("term", "meaning")},
    "exhibit.priorities.field": {"now", "plan", "fit-in", "leave"},
    "gap": {
        "withheld",
        "no-score",
        "none",
        *(f"{who}-higher.{stages}" for who in ("sales", "marketing") for stages in ("same-stage", "two-stages")),
    },
    "grade": _field(Reference, "grade"),
    "kind": {"economic", "cultural"},
    "level": LEVELS,
    "match": get_args(Match),
    "measure-kind": _field(Measure, "kind"),
    "outcome": OUTCOMES.values(),
    "owner": get_args(Owner),
    "owner-letter": get_args(Owner),
    "portfolio.quarter": {"bottom", "top"},
    "portfolio.missing": {"named", "too-few"},
    "progress.left-out": get_args(WhyNot),
    "progress.standing": get_args(Standing),
    "progress.standing-name": get_args(Standing),
    "progress.tail": get_args(Standing),
    "progress.turn": get_args(Turn),
    "rates": {f"{mode}.{function}" for mode in ("anonymous", "named") for function in ("sales", "marketing")},
    "role": get_args(Role),
    "source": {str(value) for value in get_args(get_type_hints(Observation)["source"])},
    "step-owner": get_args(StepOwner),
    "strength": get_args(Strength),
    "strength-column": get_args(Strength),
    "summary.title": get_args(Reason),
    "tripwire": {"met", "not-met"},
    "triangulation.note": {*get_args(Match), "neither-opinion", "neither-figure"},
    "triangulation.part": get_args(Match),
    "verdict.title": get_args(VerdictKind),
    "decision.title": get_args(Reason),
    "view": VIEWS,
    "view-about": VIEWS,
}
"""Messages of which one is taken by a value of the model: there is one for each value, and no other."""


@pytest.mark.parametrize("prefix", FAMILIES)
def test_every_value_of_the_model_has_its_word_and_no_word_is_without_value(prefix: str) -> None:
    assert {key[len(prefix) + 1 :] for key in CATALOGUE if key.startswith(f"{prefix}.")} == set(FAMILIES[prefix])


def test_every_key_that_the_program_asks_for_is_in_the_catalogue() -> None:
    optional = {r"exhibit\.[^ ]+\.note"}
    missing = {key for key in asked() - optional if not any(re.fullmatch(key, known) for known in CATALOGUE)}
    assert missing == set()


def test_every_message_is_asked_for() -> None:
    patterns = [re.compile(key) for key in {*asked(), *chosen()}]
    families = tuple(f"{prefix}." for prefix in FAMILIES)
    own = ("number.", "page.", *families)
    left = {key for key in CATALOGUE if not key.startswith(own) and not any(pattern.fullmatch(key) for pattern in patterns)}
    assert left == set()


def test_the_templates_ask_for_words_that_exist_and_for_all_of_them() -> None:
    page = {key.removeprefix("page.") for key in CATALOGUE if key.startswith("page.")}
    used = set(template_words())
    assert used - page == set()
    assert page - used == set()


@pytest.mark.parametrize("key", [key for key, message in CATALOGUE.items() if not isinstance(message, str)])
def test_a_message_with_plural_forms_has_those_of_english(key: str) -> None:
    assert set(CATALOGUE[key]) == {"one", "other"}


def test_no_message_has_a_place_that_no_call_could_fill() -> None:
    broken = {key for key, message in CATALOGUE.items() for place in places(message) if not re.fullmatch(r"[a-z][a-z_]*", place)}
    assert broken == set()


def test_a_small_number_is_spelt_and_a_large_one_is_not() -> None:
    assert [words("en").counted(n) for n in (0, 1, 12, 13)] == ["none", "one", "twelve", "13"]
    assert words("en")("weeks", 1) == "one week"
    assert words("en")("weeks", 26) == "26 weeks"


def places(message: Message) -> Iterator[str]:
    """The places of a message, in all of its forms."""
    for form in [message] if isinstance(message, str) else message.values():
        yield from (name for _, name, _, _ in Formatter().parse(form) if name is not None)


def asked() -> set[str]:
    """The keys that calls name outright, as patterns: a value put into a key stands for anything."""
    return {key for path in CODE for call in calls(path) for key in patterns(call.args[0])}


def chosen() -> set[str]:
    """Keys or parts of them that stand elsewhere in the code, for calls that take a variable."""
    strings = {
        key for path in CODE for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant | ast.JoinedStr) for key in patterns(node)
    }
    return strings | {f"{first}{second}" for first in strings for second in SUFFIXES}


SUFFIXES = (r"\-split", r"\-against")


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            of_theme = (
                isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name | ast.Attribute)
                and "theme" in ast.dump(node.func.value)
            )
            if name in ("words", "say", "title") and not of_theme and path.parent.name != "exhibits":
                yield node


def patterns(node: ast.AST) -> list[str]:
    """The keys an expression may give, as regular expressions."""
    match node:
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z][a-zA-Z0-9.-]*", text):
            return [re.escape(text)]
        case ast.JoinedStr(values=values):
            parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[^ ]+" for v in values]
            return ["".join(parts)] if parts and parts[0] != "[^ ]+" and "." in parts[0] else []
        case ast.IfExp(body=body, orelse=orelse):
            return [*patterns(body), *patterns(orelse)]
    return []


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def template_words() -> Iterator[str]:
    """The words that templates name, outright or as the argument of a macro that looks them up."""
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        yield from re.findall(r"\bwords\.([a-z_]+)", text)
        yield from re.findall(r"\bpips\(\s*[\"']([a-z_]+)[\"']", text)
