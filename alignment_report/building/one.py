"""One client's folder into its finished files."""

import io
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alignment_report.analysis.report import Report, compile_report
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.building.benchmark import others
from alignment_report.building.letters import require_letters
from alignment_report.building.write import as_json, require_place, write_files
from alignment_report.errors import EnvironmentTrouble, Flaw, FlawedInput
from alignment_report.history import revision
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case, read_case
from alignment_report.rendering.document import Edition, make_document
from alignment_report.rendering.html import print_page, screen_page

JSON, HTML, PDF, PRINT = "report.json", "playbook.html", "playbook.pdf", "print.html"
NAMES: Mapping[Edition, tuple[str, str, str, str]] = {
    "client": (JSON, HTML, PDF, PRINT),
    "internal": ("internal.json", "internal.html", "internal.pdf", "internal-print.html"),
    "board": ("board.json", "board.html", "board.pdf", "board-print.html"),
}
"""The document, the two pages and the PDF of each edition."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions a build makes, which files beside the JSON and the HTML, and the benchmark in which it places the client, if any."""

    pdf: bool = True
    print_page: bool = False
    editions: tuple[Edition, ...] = ("client",)
    benchmark: Path | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What was written for one client, and what this machine lacked for the PDF, if it could not be made.

    `is_purged` says that the wave's file still holds answers of somebody who was purged; they were left out.
    """

    client: str
    wave: str
    files: tuple[Path, ...]
    lacking: EnvironmentTrouble | None
    is_purged: bool


def build_client(folder: Path, wave: str | None, playbook: Playbook, output: Path, wanted: Wanted = Wanted()) -> Built:
    """Reads a client, compiles its report and writes the files, marked draft, into `output/<client>/<wave>/`; the newest wave by default.

    The caller holds the output folder. All files are made before the first is written. Whatever an earlier build left there that this one does
    not make is removed, so that what lies together belongs together.
    """
    case = read_case(folder, wave, playbook)
    place = (case.client.client, case.assessment.wave)
    require_place(output.joinpath(*place))
    report, provenance = compiled(folder, case, playbook, wanted.benchmark), Provenance(revision(folder))
    files, lacking = made_editions([make_document(report, provenance, edition=edition) for edition in wanted.editions], folder, wanted)
    unmade = tuple(name for names in NAMES.values() for name in names if name not in files)
    written = write_files(output, place, files, remove=unmade, held=True)
    return Built(*place, tuple(written / name for name in files), lacking, case.is_purged)


def compiled(folder: Path, case: Case, playbook: Playbook, benchmark: Path | None = None) -> Report:
    """A case's report; FlawedInput where no set of figures is safe to show."""
    among = others(benchmark, folder, playbook) if benchmark else None
    try:
        return compile_report(case.client, case.assessment, playbook, case.past, case.earlier, among)
    except NoSafeFigures:
        says = "no set of figures was found that keeps everybody's answers safe, so nothing is written"
        raise FlawedInput([Flaw(str(folder / "assessments" / f"{case.assessment.wave}.yaml"), 1, 1, says)]) from None


def made_editions(documents: Sequence[dict[str, Any]], folder: Path, wanted: Wanted) -> tuple[dict[str, bytes], EnvironmentTrouble | None]:
    """The files of several documents of one client; FlawedInput where the PDF's typeface lacks a letter."""
    found: dict[str, bytes] = {}
    trouble = None
    for document in documents:
        if wanted.pdf:
            require_letters(folder, document["wave"]["id"], as_json(document).decode())
        files, lacking = made_files(document, wanted)
        found, trouble = found | files, trouble or lacking
    return found, trouble


def made_files(document: dict[str, Any], wanted: Wanted) -> tuple[dict[str, bytes], EnvironmentTrouble | None]:
    """Every file's content by its name, and what this machine lacks for the PDF, if it cannot be made."""
    json, html, pdf, print_html = NAMES[document["edition"]]
    files = {json: as_json(document), html: screen_page(document).encode()}
    if not (wanted.pdf or wanted.print_page):
        return files, None
    page = print_page(document)
    if wanted.print_page:
        files[print_html] = page.encode()
    try:
        return files | ({pdf: _pdf(page)} if wanted.pdf else {}), None
    except EnvironmentTrouble as trouble:
        return files, trouble


def _pdf(page: str) -> bytes:
    # Its import alone costs more than all the rest, so only where a PDF is asked for.
    from alignment_report.rendering.pdf import write_pdf

    with redirect_stdout(io.StringIO()):  # where a library is missing, WeasyPrint prints advice of its own
        return write_pdf(page)
