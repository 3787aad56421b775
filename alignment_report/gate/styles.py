"""A page's own styles into the colours, grounds and sizes it gives to elements.

Read are plain selectors of tags, classes, attributes, `:not()` of a class, and of elements within or directly under others; what stands behind
a condition (`@media`) or a state (`:hover`) is left out, since it does not always hold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alignment_report.gate.tree import Element

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*|\*)?((?:\.[\w-]+|\[[^\]]+\]|:not\(\.[\w-]+\)|:(?:first|last)-(?:child|of-type))*)")
_PART = re.compile(r"\.([\w-]+)|\[([\w-]+)(?:=\"?([^\"\]]*)\"?)?\]|:not\(\.([\w-]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\btransparent\b")
_READ = ("color", "background", "background-color", "font-size", "font-weight")
_STATES = (":hover", ":focus", ":target", ":focus-visible", "::")
_UNITS = {"pt": 1.0, "px": 0.75, "rem": 12.0}


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector's parts, inmost first, each with whether it must be the very parent; what it sets; its weight and the selector as it was written."""

    parts: tuple[tuple[str, bool], ...]
    sets: Mapping[str, str]
    weight: tuple[int, int, int]
    selector: str


@dataclass(frozen=True, slots=True)
class Look:
    """How an element's own text is set: colours as `#rrggbb`, size in points; the selector that set the colour."""

    colour: str = "#000000"
    ground: str = "#ffffff"
    size: float = 12.0
    is_bold: bool = False
    selector: str = ""


def looks(page: Element) -> Iterator[tuple[Element, Look]]:
    """Every element that holds text of its own, with its look."""
    styles = "".join(child for style in page.all("style") for child in style.children if isinstance(child, str))
    yield from _looks(page, Look(), _stylesheet(styles))


def _looks(element: Element, above: Look, rules: Mapping[str, Sequence[Rule]]) -> Iterator[tuple[Element, Look]]:
    if element.tag in ("svg", "head"):
        return
    look = _look(element, above, rules)
    if any(isinstance(child, str) and child.strip() for child in element.children):
        yield element, look
    for child in element.children:
        if isinstance(child, Element):
            yield from _looks(child, look, rules)


def _look(element: Element, above: Look, rules: Mapping[str, Sequence[Rule]]) -> Look:
    keys = (element.tag, *(f".{name}" for name in element.classes), "*")
    fitting = sorted(
        (rule for key in dict.fromkeys(keys) for rule in rules.get(key, ()) if _fits(rule, element)), key=lambda rule: rule.weight
    )
    colour, ground, size, is_bold, selector = above.colour, above.ground, above.size, above.is_bold, above.selector
    for rule in fitting:
        for name, value in rule.sets.items():
            found = _COLOUR.search(value)
            if name == "color" and found:
                colour, selector = _long(found[0]), rule.selector
            elif name.startswith("background") and found and found[0] != "transparent":
                ground = _long(found[0])
            elif name == "font-size":
                size = _size(value, above.size)
            elif name == "font-weight":
                is_bold = value in ("600", "700", "bold")
    own = element.attributes.get("style", "")
    for name, value in _declared(own).items():
        found = _COLOUR.search(value)
        if found and name == "color":
            colour, selector = _long(found[0]), ""
        elif found and name.startswith("background"):
            ground = _long(found[0])
    return Look(colour, ground, size, is_bold, selector)


def _stylesheet(text: str) -> Mapping[str, Sequence[Rule]]:
    """The rules that set what is read, by the inmost tag or class of their selector."""
    found: dict[str, list[Rule]] = {}
    for order, (selector, body) in enumerate(_rules(_COMMENT.sub("", text))):
        sets = {name: value for name, value in _declared(body).items() if name in _READ}
        for one in selector.split(",") if sets else ():
            rule = _rule(one.strip(), sets, order, selector)
            if rule:
                found.setdefault(_key(rule.parts[0][0]), []).append(rule)
    return found


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selector and body of each plain rule; whatever begins with @ is left out whole."""
    at = 0
    while (opened := text.find("{", at)) >= 0:
        selector = text[at:opened].strip()
        depth, end = 1, opened + 1
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if not selector.startswith("@"):
            yield selector, text[opened + 1 : end - 1]
        at = end


def _declared(body: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in body.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _rule(selector: str, sets: Mapping[str, str], order: int, written: str) -> Rule | None:
    if any(state in selector for state in _STATES) or "+" in selector or "~" in selector:
        return None
    words = selector.replace(">", " > ").split()
    parts: list[tuple[str, bool]] = []
    for place, word in enumerate(words):
        if word != ">":
            if not _SIMPLE.fullmatch(word):
                return None
            parts.insert(0, (word, place > 0 and words[place - 1] == ">"))
    tags = sum(bool(re.match(r"[a-z]", word)) for word, _ in parts)
    classes = sum(len(_PART.findall(word)) for word, _ in parts)
    return Rule(tuple(parts), sets, (classes, tags, order), written) if parts else None


def _key(word: str) -> str:
    own = re.sub(r":not\([^)]*\)", "", word)
    named = re.search(r"\.[\w-]+", own)
    return named[0] if named else (re.match(r"[a-z][a-z0-9]*|\*", own) or ["*"])[0]


def _fits(rule: Rule, element: Element) -> bool:
    """Whether the inmost part fits the element and the others, in their order, what holds it."""
    if not _is(rule.parts[0][0], element):
        return False
    above, direct = list(element.within)[1:], rule.parts[0][1]
    for word, next_direct in rule.parts[1:]:
        while above and not _is(word, above[0]):
            if direct:
                return False
            above = above[1:]
        if not above:
            return False
        above, direct = above[1:], next_direct
    return True


def _is(word: str, element: Element) -> bool:
    tag = re.match(r"[a-z][a-z0-9]*", word)
    if tag and tag[0] != element.tag:
        return False
    for name, attribute, value, without in _PART.findall(word):
        if name and name not in element.classes:
            return False
        if without and without in element.classes:
            return False
        if attribute and (attribute not in element.attributes or (value and element.attributes[attribute] != value)):
            return False
    return ":first" not in word and ":last" not in word


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * letter for letter in colour[1:])


def _size(value: str, above: float) -> float:
    """In points; of a clamp the least."""
    found = re.search(r"(?:clamp\(\s*)?([\d.]+)(rem|em|px|pt|%)", value)
    if not found:
        return above
    number, unit = float(found[1]), found[2]
    return number * _UNITS[unit] if unit in _UNITS else number * above / (100 if unit == "%" else 1)
