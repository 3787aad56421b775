"""A theme's colours into ones that can be read, and what had to be changed.

Only lightness moves: hue stays, and chroma as far as a screen shows it. A colour that passes is not touched, so a theme that passes stays as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from alignment_report.model.theme import Colour, Colours
from alignment_report.rendering.colours import at_lightness, contrast, difference, lightness, lightness_of, luminance
from alignment_report.rendering.exhibits.theme import OURS
from alignment_report.rendering.palette import NAMES

PALEST = 94.0
"""L* that paper has at least: every mark and text is darker than it, and there is room for six that differ."""
TEXT, MARK, FIGURE = 7.0, 3.0, 4.5
"""Contrast with the paper: of running text, which also stands on tinted panels and keeps 4.5 there; of marks (WCAG 2.2, 1.4.11); of figures (1.4.3)."""
GREY_STEP = 20.0
"""L* between Sales and Marketing, so that they differ in grey print."""
ALIKE = 8.0
"""Colours nearer than this in CIELAB are taken for one another."""

_LEAST = {"ink": TEXT, "all": FIGURE} | dict.fromkeys(("sales", "marketing", "leadership", "accent", "heat", "agree", "disagree"), MARK)
_APART = (("leadership", ("sales", "marketing")), ("accent", ("sales", "marketing", "leadership")), ("disagree", ("agree",)))
_STEP = 0.25


@dataclass(frozen=True, slots=True)
class Correction:
    """A colour that is used otherwise than it was given, or than ours where none was given, and why."""

    field: str
    was: str
    used: str
    why: tuple[str, ...]


def corrected(given: Colours) -> tuple[Colours, tuple[Correction, ...]]:
    """The colours as they may be used. One that was not given stays None unless it stands in the way of another."""
    own = {field.name: getattr(given, field.name) for field in fields(given)}
    was = {name: str(own[name] or ours) for name, ours in _ours(given).items()}
    used, why = dict(was), {name: list[str]() for name in was}
    for step in (_paper, _contrasts, _grey_step, _differences):
        step(used, why, frozenset(name for name in own if own[name]))
    changed = {name: Colour(colour) for name, colour in used.items() if colour != was[name]}
    return replace(given, **changed), tuple(Correction(name, was[name], colour, tuple(why[name])) for name, colour in changed.items())


def faults(colours: Colours) -> list[str]:
    """What cannot be read or told apart in these colours, ours standing where none is given; empty if all is well."""
    used = {name: str(getattr(colours, name) or ours) for name, ours in _ours(colours).items()}
    found = ["paper"] if lightness(used["paper"]) < PALEST else []
    found += [name for name, least in _LEAST.items() if contrast(used[name], used["paper"]) < least]
    found += ["sales and marketing"] if _grey_distance(used) < GREY_STEP else []
    pairs = [(name, other) for name, others in _APART for other in others]
    return found + [f"{name} and {other}" for name, other in pairs if difference(used[name], used[other]) < ALIKE]


def _ours(given: Colours) -> dict[str, str]:
    """What stands where a colour is not given."""
    answers = {"agree": OURS.likert[4], "disagree": OURS.likert[0], "all": str(given.ink or OURS.overall)}
    return {name: answers.get(name) or getattr(OURS, NAMES.get(name, name)) for name in (field.name for field in fields(given))}


_Used = dict[str, str]
_Why = dict[str, list[str]]


def _paper(used: _Used, why: _Why, _given: frozenset[str]) -> None:
    if lightness(used["paper"]) < PALEST:
        why["paper"].append(f"paper has a lightness (L*) of {PALEST:.0f} at least and this has {lightness(used['paper']):.0f}")
        used["paper"] = _moved(used["paper"], PALEST, _STEP, lambda shade: lightness(shade) >= PALEST)


def _contrasts(used: _Used, why: _Why, given: frozenset[str]) -> None:
    paper = used["paper"]
    for name, least in _LEAST.items():
        if name == "all" and name not in given:
            continue  # it is drawn in ink then
        if (has := contrast(used[name], paper)) < least:
            why[name].append(f"it needs {least:g} to 1 against the paper ({paper}) and has {has:.1f}")
            used[name] = _moved(used[name], _lightest_for(paper, least), -_STEP, lambda s, least=least: contrast(s, paper) >= least)  # type: ignore[misc]


def _grey_step(used: _Used, why: _Why, given: frozenset[str]) -> None:
    """Moves one of the two, rather the one that was not given, by as little as will do; under paper's L* there is always room for that."""
    if (distance := _grey_distance(used)) >= GREY_STEP:
        return
    told = f"Sales and Marketing need {GREY_STEP:.0f} of lightness (L*) between them for grey print and have {distance:.0f}"
    ways = _ways(used, _lightest_for(used["paper"], MARK))
    name, target, step = min(ways, key=lambda way: (way[0] in given, abs(way[1] - lightness(used[way[0]]))))
    used[name] = _moved(used[name], target, step, lambda shade: _grey_distance({**used, name: shade}) >= GREY_STEP)
    why[name].append(told)


def _ways(used: _Used, top: float) -> list[tuple[str, float, float]]:
    """Which of the two may move, to which L*, and which way on where rounding to a screen's colours falls short."""
    pairs = (("sales", "marketing"), ("marketing", "sales"))
    ways = [(name, lightness(used[other]) + way * (GREY_STEP + _STEP), way * _STEP) for name, other in pairs for way in (1, -1)]
    return [way for way in ways if 0 <= way[1] <= top - 1]


def _differences(used: _Used, why: _Why, _given: frozenset[str]) -> None:
    for name, others in _APART:
        like = [other for other in others if difference(used[name], used[other]) < ALIKE]
        if like:
            why[name].append(f"it cannot be told from {' and '.join(like)}")
            used[name] = _nearest_free(used[name], [used[other] for other in others], used["paper"])


def _nearest_free(colour: str, taken: Iterable[str], paper: str) -> str:
    """The colour at the nearest lightness at which it differs from all that are taken."""
    taken, here, top = tuple(taken), lightness(colour), _lightest_for(paper, MARK)
    levels = sorted((step * _STEP for step in range(int(top / _STEP) + 1)), key=lambda level: (abs(level - here), level))
    shades = (at_lightness(colour, level) for level in levels)
    return next(s for s in shades if contrast(s, paper) >= MARK and all(difference(s, other) >= ALIKE for other in taken))


def _moved(colour: str, target: float, step: float, passes: Callable[[str], bool]) -> str:
    """The colour at a lightness, and by steps beyond it where rounding to a screen's colours falls short."""
    while not passes(shade := at_lightness(colour, target)):
        target += step
    return shade


def _lightest_for(paper: str, least: float) -> float:
    """The highest L* at which a colour darker than the paper keeps that contrast with it."""
    return lightness_of((luminance(paper) + 0.05) / least - 0.05)


def _grey_distance(used: _Used) -> float:
    return abs(lightness(used["sales"]) - lightness(used["marketing"]))
