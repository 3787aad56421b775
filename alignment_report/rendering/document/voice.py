"""What one report has to say, in one language: sentences with the values and rules they rest on, figures as text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from alignment_report.analysis.conditions import Judgement, Reading
from alignment_report.analysis.decision import JudgedCondition
from alignment_report.analysis.exact import decimals_beside, printed
from alignment_report.analysis.published import Count, Figure, Split
from alignment_report.analysis.report import Report
from alignment_report.analysis.scoring import bounds, score_range
from alignment_report.model import client as client_model
from alignment_report.model.client import FACT_GROUPS, Client
from alignment_report.model.conditions import Bound
from alignment_report.model.fields import FactValue, Field, Unit
from alignment_report.model.playbook import Risk, Stop, Templates
from alignment_report.rendering.numbers import Numbers, rounded
from alignment_report.rendering.words import Words, words

Json = dict[str, Any]
Prose = list[Json]
_PLURAL: tuple[Unit, ...] = ("people", "hours", "days", "weeks", "months")
PLACE = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")


@cache
def fact_fields() -> dict[str, Field]:
    """The meaning of every fact by its path."""
    groups = get_type_hints(Client)
    found = {}
    for group in FACT_GROUPS:
        hints = get_type_hints(groups[group], vars(client_model), include_extras=True)
        for fact in fields(groups[group]):
            found[f"{group}.{fact.name}"] = next(m for m in hints[fact.name].__metadata__ if isinstance(m, Field))
    return found


@cache
def choice_facts() -> frozenset[str]:
    """The facts that are a choice of fixed words, which have a plain word each in the catalogue."""
    groups = get_type_hints(Client)
    hints = {f"{group}.{name}": hint for group in FACT_GROUPS for name, hint in get_type_hints(groups[group], vars(client_model)).items()}
    return frozenset(path for path, hint in hints.items() if any(get_origin(part) is Literal for part in get_args(hint)))


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks for one report: every figure and sentence of the document is made here."""

    report: Report
    words: Words
    numbers: Numbers

    @property
    def company(self) -> str:
        return self.report.client.company.name

    def say(self, key: str, trace: Iterable[str] = (), count: int | None = None, /, **places: str) -> Json:
        """A sentence of the catalogue that rests on these paths, and on the company's name where it has a place for it."""
        named = ["fact:company.name"] if "company" in places and self.words.asks_for(key, "company") else []
        return sentence(capitalised(self.words(key, count, **places)), [*trace, *named])

    def title(self, key: str, count: int | None = None, /, **places: str) -> str:
        """A heading of the catalogue."""
        return capitalised(self.words(key, count, **places))

    def at_stage(self, told: Risk | Stop) -> Templates:
        """The sentences of a risk or a stop at the stage reached, then those for any stage."""
        stage = self.report.stage.stage.id if self.report.stage else ""
        return (*told.says_at.get(stage, ()), *told.says)

    def condition_name(self, judged: JudgedCondition) -> str:
        """The condition within a sentence; of several alternatives those that are met."""
        readings = judged.judgement.readings
        names = [name for name, reading in zip(judged.condition.each, readings, strict=False) if reading.holds]
        return self.within(self.numbers.joined(names)) if judged.met and names else self.within(judged.condition.name)

    def fill(self, templates: Templates, rule: str) -> Json | None:
        """The first template whose places are all known and read well, filled; None where none can be. It rests also on what ruled others out."""
        passed: list[str] = []
        for template in templates:
            places = PLACE.findall(template)
            unfit = [place for place in places if self._is_too_few(place) or self.place(place) is None]
            passed += [path for place in unfit for path in self.paths(place)]
            if not unfit:
                text = PLACE.sub(lambda match: self.place(match[1]) or "", template)
                return sentence(text, [*(path for place in places for path in self.paths(place)), *passed, f"rule:{rule}"])
        return None

    def told(self, templates: Templates, rule: str, *judgements: Judgement) -> Json | None:
        """`fill`, resting also on the readings of the conditions that called for it."""
        filled = self.fill(templates, rule)
        readings = [path_of(reading) for judgement in judgements for reading in decisive(judgement)]
        return filled and sentence(filled["text"], [*filled["trace"], *readings])

    def _is_too_few(self, place: str) -> bool:
        """Whether a sentence, worded for several people or days or for a gap that is there, would read wrongly with none or one."""
        group, _, rest = place.partition(".")
        if place == "gap":
            return not rounded(self.report.published.score.gap.value or Fraction(0), 1)
        value = self.report.known.measures.get(rest) if group == "measure" else self.report.known.facts.get(place)
        return self._unit(place) in _PLURAL and value in (0, 1)

    def paths(self, place: str) -> list[str]:
        """The paths of everything the text of a template's place rests on: an amount of money has a currency too."""
        return [trace_of(place), *(["fact:company.currency"] if self._unit(place) == "money" else [])]

    def _unit(self, place: str) -> Unit:
        group, _, rest = place.partition(".")
        if group == "measure":
            return next(m.unit for m in self.report.playbook.measures if m.id == rest)
        return fact_fields()[place].unit if place in fact_fields() else ""

    def place(self, path: str) -> str | None:
        """The text of one place of a template; None where its value is unknown or withheld."""
        group, _, rest = path.partition(".")
        match group:
            case "measure":
                return self.measure(rest)
            case "statement" | "dimension":
                return self._figure_at(group, rest)
            case "score" | "gap":
                return self._score_at(group, rest)
            case "stage":
                return self.stage_name(self.report.stage.stage.name) if self.report.stage else None
            case "next_stage":
                above = self.report.stage.above if self.report.stage else None
                return self.stage_name(above.name) if above else None
            case _:
                return self.fact(path)

    def within(self, name: str) -> str:
        """A name that starts with a capital, within a sentence; the functions' names and abbreviations keep theirs."""
        if self._names_keep_capitals:
            return name
        first = re.split(r"[^\w]", name, maxsplit=1)[0]
        functions = {self.words(f"who.{function}") for function in ("sales", "marketing")}
        return name if first in functions or name[1:2].isupper() else name[:1].lower() + name[1:]

    def stage_name(self, name: str) -> str:
        """A stage's name within a sentence."""
        return name if self._names_keep_capitals else name.lower()

    @property
    def _names_keep_capitals(self) -> bool:
        return self.words("language.names-within-sentences") == "as-written"

    def fact(self, path: str) -> str | None:
        """A fact in words; None where it is unknown."""
        value = self.report.known.facts.get(path)
        if isinstance(value, str):
            return self.words(f"choice.{value}") if path in choice_facts() else value
        return self.value(value, fact_fields()[path].unit)

    def measure(self, id: str) -> str | None:
        """A measure in words; None where it is unknown."""
        value = self.report.known.measures.get(id)
        if value is None:
            return None
        unit = next(m.unit for m in self.report.playbook.measures if m.id == id)
        return self.numbers.quantity(value, unit, self.currency)

    def counted(self, unit: Unit, value: FactValue | None) -> str | None:
        """A number of hours or days with its unit; None for anything else."""
        if unit not in ("hours", "days") or not isinstance(value, Fraction):
            return None
        return self.words(unit, 1 if value == 1 else 2, number=self.numbers.number(value))

    @property
    def scale(self) -> dict[str, str]:
        """The ends of the score and of the answer scale, as places of messages."""
        scale = self.report.playbook.instrument.scale
        (low, high), (lowest, highest) = score_range(scale), bounds(scale)
        return {
            "low": self.numbers.number(low),
            "high": self.numbers.number(high),
            "lowest": str(lowest),
            "highest": str(highest),
            "lowest_label": scale.labels[lowest],
            "highest_label": scale.labels[highest],
        }

    @property
    def currency(self) -> str | None:
        return self.report.client.company.currency

    def value(self, value: bool | Fraction | None, unit: Unit) -> str | None:
        """Yes, no, or a number in its unit; None where it is unknown."""
        if value is None:
            return None
        if isinstance(value, bool):
            return self.words("yes" if value else "no")
        return self.numbers.quantity(value, unit, self.currency)

    def _figure_at(self, group: str, path: str) -> str | None:
        id, _, function = path.partition(".")
        splits = self.report.known.statements if group == "statement" else self.report.known.dimensions
        figure = part(splits[id], function or "combined")
        return None if figure.value is None else self.mean(figure.value, signed=function == "gap")

    def _score_at(self, group: str, function: str) -> str | None:
        figure = part(self.report.published.score, "gap" if group == "gap" else function or "combined")
        if figure.value is None:
            return None
        return self.numbers.decimal(abs(figure.value)) if group == "gap" else self.score(figure.value)

    def score(self, value: Fraction) -> str:
        """A score with one decimal, or with as many as keep it on its side of a stage's edge."""
        return self.numbers.decimal(value, self._score_places(value))

    def printed_score(self, value: Fraction) -> Fraction:
        """A score as it is printed: distances from it tell no more than the print does."""
        return printed(value, self._score_places(value))

    def distance(self, value: Fraction) -> str:
        """Points between two printed scores or from one to an edge, never printed as none."""
        return self.numbers.decimal(value) if rounded(value, 1) else self.words("less-than", value=self.numbers.decimal(Fraction(1, 10)))

    def _score_places(self, value: Fraction) -> int:
        return decimals_beside(value, [stage.floor for stage in self.report.playbook.stages])

    def mean(self, value: Fraction, *, signed: bool = False) -> str:
        """A mean answer with as many decimals as keep it on its side of the middle of the scale, or a difference of two with one."""
        return self.numbers.signed(value) if signed else self.numbers.decimal(value, self._mean_places(value))

    def _mean_places(self, value: Fraction) -> int:
        return decimals_beside(value, [Fraction(sum(bounds(self.report.playbook.instrument.scale)), 2)])

    def score_figure(self, figure: Figure, *, signed: bool = False) -> Json:
        """A score, or a gap of scores, as a figure of the document."""
        if figure.value is None:
            return self.withheld()
        places = 1 if signed else self._score_places(figure.value)
        text = self.numbers.signed(figure.value, places) if signed else self.numbers.decimal(figure.value, places)
        return {"value": float(rounded(figure.value, places)), "text": text, "n": self.count(figure.n)}

    def mean_figure(self, figure: Figure, *, signed: bool = False) -> Json:
        """A mean answer, or a gap of means, as a figure of the document."""
        if figure.value is None:
            return self.withheld()
        text, places = self.mean(figure.value, signed=signed), 1 if signed else self._mean_places(figure.value)
        return {"value": float(rounded(figure.value, places)), "text": text, "n": self.count(figure.n)}

    def withheld(self) -> Json:
        """A figure that is not shown; with named heads nothing is hidden, so one of them has not answered."""
        key = "not-answered" if self.report.published.mode == "named" else "withheld"
        return {"withheld": True, "text": self.words(key)}

    def count(self, count: Count | None) -> str | None:
        """A number of people, or the band it lies in."""
        if count is None:
            return None
        return str(count.at_least) if count.at_least == count.at_most else f"{count.at_least}–{count.at_most}"

    def reading(self, reading: Reading) -> str:
        """One value a condition was held against, as «what: value»."""
        bound = reading.bound
        text = self._reading_value(bound, reading.value) if reading.value is not None else self.words("unknown")
        return self.words("reading", what=self.name_of(bound), value=text)

    def _reading_value(self, bound: Bound, value: FactValue) -> str:
        match bound.subject:
            case "fact":
                return self.fact(bound.id) or ""
            case "measure":
                return self.measure(bound.id) or ""
            case _ if isinstance(value, Fraction):
                if bound.function in ("gap", "distance"):
                    return self.numbers.signed(value) if bound.function == "gap" else self.numbers.decimal(value)
                return self.mean(value) if bound.subject == "statement" else self.score(value)
        return str(value)

    def name_of(self, bound: Bound) -> str:
        """What a bound speaks of, in words."""
        match bound.subject:
            case "fact":
                return self.words(f"fact.{bound.id}")
            case "measure":
                return next(m.name for m in self.report.playbook.measures if m.id == bound.id)
            case "statement":
                topic = next(s.topic for s in self.report.playbook.instrument.statements if s.id == bound.id)
                return self.words(f"reading-of.{bound.function or 'both'}", what=topic)
            case "dimension":
                name = next(d.name for d in self.report.playbook.instrument.dimensions if d.id == bound.id)
                return self.words(f"reading-of.{bound.function or 'both'}", what=name)
            case "score":
                return self.words("reading-of.score")


def voice(report: Report) -> Voice:
    """The voice of a report, in the playbook's language. Raises UsageTrouble where the interface has no words in it."""
    catalogue = words(report.playbook.language)
    return Voice(report, catalogue, Numbers(catalogue.locale))


def sentence(text: str, trace: Iterable[str] = ()) -> Json:
    """One sentence with the paths of everything it rests on, each once."""
    return {"text": text, "trace": sorted(set(trace))}


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def part(split: Split, name: str) -> Figure:
    """One figure of a split by its name."""
    return {"combined": split.combined, "sales": split.sales, "marketing": split.marketing, "gap": split.gap}[name]


def trace_of(place: str) -> str:
    """The path of the value behind a template's place."""
    group, _, rest = place.partition(".")
    match group:
        case "measure" | "statement" | "dimension":
            return f"{group}:{rest.partition('.')[0]}"
        case "score" | "gap" | "stage" | "next_stage":
            return "score"
        case _:
            return f"fact:{place}"


def decisive(judgement: Judgement) -> list[Reading]:
    """The readings on which the outcome rests: one that fails is enough against «all», one that holds enough for «any»."""
    enough = judgement.condition.joined == "any"
    if judgement.met is not enough:
        return list(judgement.readings)
    return [reading for reading in judgement.readings if reading.holds is enough]


def condition_paths(judged: JudgedCondition) -> list[str]:
    """What a condition's name within a sentence rests on."""
    return [f"rule:condition.{judged.condition.id}", *[path_of(r) for r in judged.judgement.readings if judged.condition.each]]


def path_of(reading: Reading) -> str:
    """The path of the value behind a reading."""
    return "score" if reading.bound.subject == "score" else f"{reading.bound.subject}:{reading.bound.id}"
