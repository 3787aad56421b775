"""A theme's few colours into all those of charts and pages.

The shades of our own look are chosen by hand. Where a theme brings the colour that a shade belongs to, the shade follows from it by a rule, and
where it is text it is brought to 4.5 to 1 on the ground it stands on.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from alignment_report.model.theme import Colours
from alignment_report.rendering.colours import contrast, legible, mix, on
from alignment_report.rendering.exhibits.theme import OURS, Theme

NAMES = {"all": "overall", "agree": "", "disagree": ""}
"""Roles of theme.yaml that have another name in `Theme`, or none of their own."""

_PALEST = 0.07
"""The share of ink in the darkest panel that quiet text stands on."""

_Rule = tuple[tuple[str, ...], Callable[[Theme], str]]


def theme_of(colours: Colours) -> Theme:
    """Our own look in these colours; a colour that is None is ours."""
    given = {field.name: str(value) for field in fields(colours) if (value := getattr(colours, field.name)) is not None}
    named: dict[str, Any] = {NAMES.get(name, name): value for name, value in given.items() if NAMES.get(name, name)}
    base = replace(OURS, **named)
    if "ink" in given and "all" not in given:
        base = replace(base, overall=base.ink)
    if given.keys() & {"ink", "paper"}:
        base = _with_greys(base)
    if given.keys() & {"agree", "disagree", "ink", "paper"}:
        base = replace(base, likert=_answers(base, given.get("disagree", base.likert[0]), given.get("agree", base.likert[4])))
    return base


_GREYS = (("rule", 0.18), ("grid", 0.1), ("band", 0.13), ("peer", 0.55))
"""How much ink is in each grey; the dots of other companies are marks, so they take more than lines do."""


def _with_greys(theme: Theme) -> Theme:
    shades: dict[str, Any] = {name: mix(theme.ink, theme.paper, share) for name, share in _GREYS}
    return replace(theme, muted=_quiet(theme, 0.7), **shades)


def _answers(theme: Theme, disagree: str, agree: str) -> tuple[str, str, str, str, str]:
    paler = (mix(disagree, theme.paper, 0.45), mix(theme.ink, theme.paper, 0.16), mix(agree, theme.paper, 0.45))
    return disagree, paler[0], paler[1], paler[2], agree


def _quiet(theme: Theme, share: float) -> str:
    return legible(mix(theme.ink, theme.paper, share), mix(theme.ink, theme.paper, _PALEST))


def shades(theme: Theme) -> dict[str, str]:
    """Every colour that the styles of the pages use, by its name there."""
    changed = _changed(theme)
    made = {name: ours_is if not changed & set(sources) else rule(theme) for name, (ours_is, (sources, rule)) in _SHADES.items()}
    plain = {field.name: getattr(theme, field.name) for field in fields(theme) if field.name not in ("likert", "family")}
    return plain | made


def _changed(theme: Theme) -> set[str]:
    return {field.name for field in fields(theme) if getattr(theme, field.name) != getattr(OURS, field.name)}


def _of_ink(share: float) -> _Rule:
    return ("ink", "paper"), lambda theme: mix(theme.ink, theme.paper, share)


def _quiet_ink(share: float) -> _Rule:
    return ("ink", "paper"), lambda theme: _quiet(theme, share)


def _of(name: str, share: float) -> _Rule:
    return (name, "paper"), lambda theme: mix(getattr(theme, name), theme.paper, share)


def _words(name: str, share: float = 0.0) -> _Rule:
    """A colour as text on paper, or on its own tint of that share."""
    return (name, "paper"), lambda theme: legible(getattr(theme, name), mix(getattr(theme, name), theme.paper, share))


def _words_on_grey(name: str) -> _Rule:
    """A colour as text on paper and on every grey ground of the pages."""
    return (name, "ink", "paper"), lambda theme: legible(getattr(theme, name), mix(theme.ink, theme.paper, _PALEST))


def _on(name: str, share: float = 1.0) -> _Rule:
    return (name, "paper"), lambda theme: on(mix(getattr(theme, name), theme.paper, share))


def _on_cover(share: float) -> _Rule:
    return ("cover",), lambda theme: legible(mix(on(theme.cover), theme.cover, share), theme.cover)


def _accent_on_cover(least: float) -> _Rule:
    """The accent, made lighter or darker in equal steps towards the cover's text until it stands out that much."""

    def rule(theme: Theme) -> str:
        steps = (mix(on(theme.cover), theme.accent, share / 20) for share in range(20))
        return next((shade for shade in steps if contrast(shade, theme.cover) >= least), on(theme.cover))

    return ("accent", "cover"), rule


def _text_on_draft(theme: Theme) -> str:
    return theme.cover if contrast(theme.cover, _DRAFT) >= 4.5 else on(_DRAFT)


_DRAFT = "#f2c14e"
_SHADES: Mapping[str, tuple[str, _Rule]] = {
    "faint": ("#6b7480", _quiet_ink(0.63)),
    "soft": ("#3d4757", _quiet_ink(0.84)),
    "softer": ("#4a5361", _quiet_ink(0.78)),
    "edge": ("#8a94a3", _of_ink(0.5)),
    "line": ("#e1e5ea", _of_ink(0.12)),
    "panel": ("#f4f6f9", _of_ink(0.04)),
    "cell": ("#f1f4f7", _of_ink(0.05)),
    "chip": ("#eef0f3", _of_ink(_PALEST)),
    "accent_words": ("#0b7a75", _words("accent", 0.11)),
    "accent_strong": ("#0a5f5b", _words("accent", 0.11)),
    "on_accent": ("#ffffff", _on("accent")),
    "wash": ("#e9f3f2", _of("accent", 0.09)),
    "tint": ("#e4f0ef", _of("accent", 0.11)),
    "bright": ("#35b0a8", _of("accent", 0.8)),
    "sales_words": ("#0f4c8a", _words_on_grey("sales")),
    "marketing_words": ("#a55808", _words_on_grey("marketing")),
    "marketing_deep": ("#8f4b05", _words_on_grey("marketing")),
    "leadership_words": ("#5f646c", _words_on_grey("leadership")),
    "heat_words": ("#7a1f3d", _words_on_grey("heat")),
    "heat_high": ("#a4516f", _of("heat", 0.74)),
    "heat_middle": ("#dcb9c6", _of("heat", 0.28)),
    "heat_low": ("#f2e4e9", _of("heat", 0.11)),
    "on_heat": ("#ffffff", _on("heat")),
    "on_heat_high": ("#ffffff", _on("heat", 0.74)),
    "on_cover": ("#ffffff", _on_cover(1.0)),
    "on_cover_soft": ("#dfe5ec", _on_cover(0.88)),
    "on_cover_quiet": ("#c5ced9", _on_cover(0.78)),
    "on_cover_edge": ("#8fa0b3", _on_cover(0.57)),
    "cover_line": ("#35b0a8", _accent_on_cover(3.0)),
    "on_cover_accent": ("#7fd0ca", _accent_on_cover(6.0)),
    "draft": (_DRAFT, ((), lambda _: _DRAFT)),
    "cover_words": ("#13202f", (("cover", "paper"), lambda theme: legible(theme.cover, theme.paper))),
    "on_draft": ("#13202f", (("cover",), _text_on_draft)),
    "draft_words": ("#a0400b", (("paper",), lambda theme: legible("#a0400b", theme.paper))),
    "found": ("#fdf6e3", (("paper",), lambda theme: mix(_DRAFT, theme.paper, 0.15))),
}
