"""A folder of templates into what is wrong with its files, before any of them is run."""

import difflib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta

from alignment_report.errors import Flaw
from alignment_report.rendering.templates import environment
from alignment_report.resources import shipped

LARGEST = 1_048_576
_TEMPLATES = (".j2", ".css")
_TEXTS = (".md", ".txt")
_MOST = 500


def template_flaws(folder: Path) -> list[Flaw]:
    """Links, unreadable files, faults of syntax, and files that nothing would ever use; sorted."""
    files = [path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink()]
    files = [path for path in files if not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)]
    if len(files) > _MOST:
        return [Flaw(str(folder), 1, 1, f"this folder holds more than {_MOST} files: is it one of templates?")]
    flaws, named, is_open = list[Flaw](), set[str](), False
    for path in files:
        if path.suffix in _TEXTS:
            continue
        content = _content(path)
        if isinstance(content, Flaw):
            flaws.append(content)
            continue
        try:
            found = set(meta.find_referenced_templates(environment(folder).parse(content)))
        except TemplateSyntaxError as error:
            flaws.append(Flaw(str(path), error.lineno, 1, f"this cannot be read: {str(error.message).rstrip('.')}"))
            is_open = True
            continue
        named |= {name for name in found if name}
        is_open = is_open or None in found
    return sorted([*flaws, *_unused([path for path in files if path.suffix in _TEMPLATES], folder, named, is_open)])


def _content(path: Path) -> str | Flaw:
    """A template's text, or what stands in the way."""
    if path.is_symlink() or not path.is_file():
        return Flaw(str(path), 1, 1, "this is a link or no file; a copy of the file itself must stand here")
    if path.suffix not in _TEMPLATES:
        return Flaw(str(path), 1, 1, "this is no template", f"templates end in {' or '.join(_TEMPLATES)}; keep other files elsewhere")
    content = path.read_bytes()[: LARGEST + 1]
    if len(content) > LARGEST:
        return Flaw(str(path), 1, 1, f"this template has more than {LARGEST // 1024} KiB")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Flaw(str(path), line, 1, "a character here cannot be read", "save the file as UTF-8 text")


def _unused(files: list[Path], folder: Path, named: set[str], is_open: bool) -> Iterator[Flaw]:
    """Files whose name none of ours has and none of theirs asks for; none where what is asked for only shows when they run."""
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name not in _ours() and name not in named and not is_open:
            near = difflib.get_close_matches(name, _ours(), 1, 0.7)
            hint = f"did you mean {near[0]}?" if near else f"name it like one of ours, or bring it in with {{% include '{name}' %}}"
            yield Flaw(str(path), 1, 1, "no template of ours has this name, and none of yours asks for it", hint)


@cache
def _ours() -> frozenset[str]:
    folder = shipped("templates")
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in _TEMPLATES)
