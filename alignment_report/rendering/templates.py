"""The shipped templates, and a folder of others that take the place of those with the same name; what is wrong in them, in plain words.

A template is run in a sandbox and sees the document, the theme and the drawings as plain data, nothing else.
"""

import difflib
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from alignment_report.errors import Flaw, FlawedInput
from alignment_report.rendering.compiled import BesideTemplates
from alignment_report.resources import shipped

SHIPPED = "shipped"
"""What stands before the name of a template of ours where one of the same name takes its place: `{% extends "shipped/…" %}`."""

_CHANCE = {"globals": ("lipsum",), "filters": ("random",)}
"""What would make other bytes of the same document."""
_SEEN = "a template sees `document`, `theme` and `drawings`, and within a section `section`"
_SHOWS = "it shows fields of the document and reaches nothing else"
_MOST_NAMED = 12


def environment(own: Path | None = None, lacking: type[Undefined] | None = None) -> ImmutableSandboxedEnvironment:
    """The templates of a folder before ours. Those of a folder are compiled anew each time: nothing is written beside them."""
    return _kept(own) if lacking is None else _made(own, lacking)


@cache
def _kept(own: Path | None) -> ImmutableSandboxedEnvironment:
    return _made(own, StrictUndefined if own is None else Lacking)


def _made(own: Path | None, lacking: type[Undefined]) -> ImmutableSandboxedEnvironment:
    ours = shipped("templates")
    found = ImmutableSandboxedEnvironment(
        loader=_loader(own, ours),
        autoescape=True,
        undefined=lacking,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=BesideTemplates(ours) if own is None else None,
    )
    for kind, names in _CHANCE.items():
        for name in names:
            getattr(found, kind).pop(name)
    return found


def _loader(own: Path | None, ours: Path) -> BaseLoader:
    plain = FileSystemLoader(ours)
    return plain if own is None else ChoiceLoader([FileSystemLoader(own), plain, PrefixLoader({SHIPPED: plain})])


class Lacking(StrictUndefined):
    """A field that is not there, named with what is there instead."""

    @property
    def _undefined_message(self) -> str:
        says, hint = self.words()
        return f"{says}\0{hint}"

    def words(self) -> tuple[str, str]:
        """What is missing, and what would do."""
        name, around = self._undefined_name, self._undefined_obj
        if self._undefined_exception is SecurityError:
            return f"a template may not use `{name}`", _SHOWS
        if self._undefined_hint:
            return str(self._undefined_hint), ""
        if isinstance(around, TemplateModule):
            return f"there is no macro `{name}` in the macros that are used here", f"those of ours are in {SHIPPED}/macros.html.j2"
        if around is missing:
            return f"there is no `{name}` here", _SEEN
        if around is None:
            return f"`{name}` is asked of something that is empty here", "ask first whether it is there, with {% if … %}"
        if isinstance(around, Mapping):
            return f"there is no field `{name}` here", _what_there_is(str(name), list(map(str, around)))
        if isinstance(around, list | tuple):
            return f"`{name}` is asked of a list", "go through it with {% for … %}"
        return f"`{name}` is asked of {'a text' if isinstance(around, str) else 'a value'}, which has no fields", ""


def _what_there_is(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.7)
    if near:
        return f"did you mean `{near[0]}`?"
    shown = ", ".join(f"`{key}`" for key in known[:_MOST_NAMED])
    return f"there is {shown}{' and more' if len(known) > _MOST_NAMED else ''}" if known else ""


def recording(own: Path, found: dict[Flaw, None]) -> type[Lacking]:
    """A kind of missing field that puts what was asked of it into `found` and shows nothing, so that one run finds them all."""

    def told(field: Lacking) -> None:
        found[Flaw(*_asked_in(own, sys._getframe(2)), 1, *field.words())] = None

    def giving(value: Any) -> Callable[..., Any]:
        def give(self: Lacking, *_: Any, **__: Any) -> Any:
            told(self)
            return value

        return give

    shown = {"__str__": "", "__len__": 0, "__bool__": False, "__hash__": 0, "__int__": 0, "__float__": 0.0, "__contains__": False}
    compared = dict.fromkeys(("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"), False)
    joined = dict.fromkeys(("__add__", "__radd__", "__mod__", "__rmod__", "__call__", "__html__"), "")
    made = {name: giving(value) for name, value in {**shown, **compared, **joined}.items()}

    def none(self: Lacking) -> Iterator[Any]:
        told(self)
        return iter(())

    def more(self: Lacking, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        told(self)
        return self

    return type("Recording", (Lacking,), {**made, "__iter__": none, "__getattr__": more, "__getitem__": lambda self, _: more(self, "item")})


def _asked_in(own: Path, frame: FrameType | None) -> tuple[str, int]:
    """The template and line that runs: of the own folder if one does, else the innermost of ours."""
    places: list[tuple[str, int]] = []
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename:
            places.append((template.filename, template.get_corresponding_lineno(frame.f_lineno)))
        frame = frame.f_back
    return _place(own, places)


def _place(own: Path, places: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """The first of the places that lies in the own folder; else the first in ours, by its name there."""
    ours, found = shipped("templates"), list(places)
    within = [(file, line) for file, line in found if Path(file).is_relative_to(own)]
    if within:
        return within[0]
    other = [(f"{SHIPPED}/{Path(file).relative_to(ours).as_posix()}", line) for file, line in found if Path(file).is_relative_to(ours)]
    return other[0] if other else (str(own), 1)


@contextmanager
def told_plainly(own: Path | None) -> Iterator[None]:
    """Turns whatever a template of an own folder stumbles over into FlawedInput with its file and line; ours are not expected to stumble."""
    try:
        yield
    except FlawedInput:
        raise
    except Exception as trouble:
        if own is None:
            raise
        raise FlawedInput([_flaw(own, trouble)]) from trouble


def _flaw(own: Path, trouble: Exception) -> Flaw:
    if isinstance(trouble, TemplateSyntaxError):
        return Flaw(trouble.filename or str(own), trouble.lineno, 1, f"this cannot be read: {str(trouble.message).rstrip('.')}")
    frames = [(step.filename, step.lineno or 1) for step in traceback.extract_tb(trouble.__traceback__)]
    file, line = _place(own, reversed(frames))
    return Flaw(file, line, 1, *_words(trouble))


def _words(trouble: Exception) -> tuple[str, str]:
    if isinstance(trouble, UndefinedError):
        says, _, hint = str(trouble.message).partition("\0")
        return says, hint
    if isinstance(trouble, TemplateNotFound):
        return f"there is no template `{trouble.name}`", f"those of ours can be had as `{SHIPPED}/…`"
    if isinstance(trouble, SecurityError):
        return "a template may not do this", _SHOWS
    if isinstance(trouble, RecursionError):
        return "this template brings itself in again without end", ""
    return f"this does not work here: {str(trouble).rstrip('.') or type(trouble).__name__}", ""
