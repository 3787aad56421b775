"""Where the time of a build without PDF goes: CPU milliseconds of each phase, tab-separated, for a first and for a second client.

    python benchmarks/phases.py FOLDER FOLDER

`run.py --phases` runs this several times, each time in a new interpreter, and prints the medians.
"""

import importlib
import resource
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

IMPORTS = {
    "import what both need (bare)": "click yaml pydantic jinja2.sandbox babel.dates babel.lists babel.numbers",
    "import model and reading": "alignment_report.reading.client alignment_report.reading.playbook",
    "import analysis": "alignment_report.analysis.report",
    "import rendering and building": "alignment_report.building.one",
}
BARE = "parsing and Jinja alone (bare)"


class Clock:
    """CPU milliseconds by phase, those of finished child processes included."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        start = _cpu()
        yield
        self.spent[name] = (_cpu() - start) * 1000


def main() -> None:
    imports, first, again = Clock(), Clock(), Clock()
    for name, modules in IMPORTS.items():
        with imports.phase(name):
            for module in modules.split():
                importlib.import_module(module)
    playbook = _playbook(imports)
    for folder, clock in zip(map(Path, sys.argv[1:3]), (first, again), strict=True):
        _bare(folder, _built(folder, playbook, clock), clock)
    for name, spent in imports.spent.items():
        print(name, f"{spent:.2f}", "", sep="\t")
    for name, spent in first.spent.items():
        print(name, f"{spent:.2f}", f"{again.spent[name]:.2f}", sep="\t")


def _playbook(clock: Clock) -> Any:
    from alignment_report.building.knowledge import knowledge

    with clock.phase("read the playbook"):
        return knowledge(None)


def _built(folder: Path, playbook: Any, clock: Clock) -> Mapping[str, Any]:
    from alignment_report.analysis.report import compile_report
    from alignment_report.building.write import as_json
    from alignment_report.history import revision
    from alignment_report.provenance import Provenance
    from alignment_report.reading.client import read_case
    from alignment_report.rendering.document import make_document
    from alignment_report.rendering.html import screen_page

    with clock.phase("read the client"):
        case = read_case(folder, None, playbook)
    with clock.phase("analyse"):
        report = compile_report(case.client, case.assessment, playbook, words=case.words)
    with clock.phase("ask git"):
        provenance = Provenance(revision(folder))
    with clock.phase("make the document"):
        document = make_document(report, provenance)
    with clock.phase("write report.json"):
        as_json(document)
    with clock.phase("render playbook.html"):
        screen_page(document)
    return document


def _bare(folder: Path, document: Mapping[str, Any], clock: Clock) -> None:
    """What nobody who makes this page from these files can do without: parsing them, and Jinja on the finished document."""
    import yaml

    from alignment_report.rendering.html import _page
    from alignment_report.rendering.look import OUR_LOOK

    with clock.phase(BARE):
        for path in sorted(folder.rglob("*.yaml")):
            yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        _page("playbook.html.j2", document, OUR_LOOK, None, drawings=dict.fromkeys(document["exhibits"], ""), screen=True, font_faces="")


def _cpu() -> float:
    """Seconds of this process and of its finished children."""
    usages = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
