"""One client's folder into its finished files."""

import io
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alignment_report.analysis.report import Report, compile_report
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.building.benchmark import others
from alignment_report.building.branding import NOTHING, Branding, Practice, read_branded
from alignment_report.building.letters import borrowed_letters, require_letters
from alignment_report.building.placing import require_places
from alignment_report.building.write import as_json, require_place, write_files
from alignment_report.errors import EnvironmentTrouble, Flaw, FlawedInput
from alignment_report.history import revision
from alignment_report.model.playbook import Playbook
from alignment_report.provenance import Provenance
from alignment_report.reading.client import Case
from alignment_report.rendering.document import Edition, make_document
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.look import OUR_LOOK, Look

_TOLD = 300
"""So much of an address is told by the engine at least."""
_LOST = re.compile(r"anchor (?:\('string', ')?#([\w-]+)")
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

    `is_purged` says that the wave's file still holds answers of somebody who was purged; they were left out. `notes` says what of the
    theme is not used as it was given.
    """

    client: str
    wave: str
    files: tuple[Path, ...]
    lacking: EnvironmentTrouble | None
    is_purged: bool
    notes: tuple[Flaw, ...] = ()


def build_client(
    folder: Path, wave: str | None, playbook: Playbook, output: Path, wanted: Wanted = Wanted(), brought: Practice = NOTHING
) -> Built:
    """Reads a client, compiles its report and writes the files, marked draft, into `output/<client>/<wave>/`; the newest wave by default.

    The caller holds the output folder. All files are made before the first is written. Whatever an earlier build left there that this one does
    not make is removed, so that what lies together belongs together.
    """
    case, branding = read_branded(folder, wave, playbook, brought)
    place = (case.client.client, case.assessment.wave)
    require_place(output.joinpath(*place))
    report, provenance = compiled(folder, case, playbook, branding.theme.sections.leave_out, wanted.benchmark), Provenance(revision(folder))
    documents = [make_document(report, provenance, edition=edition, theme=branding.theme) for edition in wanted.editions]
    files, lacking = made_editions(documents, folder, wanted, branding)
    unmade = tuple(name for names in NAMES.values() for name in names if name not in files)
    written = write_files(output, place, files, remove=unmade, held=True)
    return Built(*place, tuple(written / name for name in files), lacking, case.is_purged, noted(documents, branding))


def compiled(folder: Path, case: Case, playbook: Playbook, left_out: Collection[str] = (), benchmark: Path | None = None) -> Report:
    """A case's report; FlawedInput where no set of figures is safe to show, or where words of the consultant have lost their place."""
    among = others(benchmark, folder, playbook) if benchmark else None
    try:
        report = compile_report(case.client, case.assessment, playbook, case.past, case.words, case.earlier, among)
    except NoSafeFigures:
        says = "no set of figures was found that keeps everybody's answers safe, so nothing is written"
        raise FlawedInput([Flaw(str(folder / "assessments" / f"{case.assessment.wave}.yaml"), 1, 1, says)]) from None
    require_places(folder, report, left_out)
    return report


def noted(documents: Sequence[dict[str, Any]], branding: Branding) -> tuple[Flaw, ...]:
    """What of the theme is not used as it was given, and which letters of the documents its typeface lacks."""
    return (*branding.notes, *borrowed_letters("".join(as_json(document).decode() for document in documents), branding))


def made_editions(
    documents: Sequence[dict[str, Any]], folder: Path, wanted: Wanted, branding: Branding
) -> tuple[dict[str, bytes], EnvironmentTrouble | None]:
    """The files of several documents of one client; FlawedInput where no typeface of the PDF has a letter."""
    found: dict[str, bytes] = {}
    trouble = None
    for document in documents:
        if wanted.pdf:
            require_letters(folder, document["wave"]["id"], as_json(document).decode(), branding)
        files, lacking = made_files(document, wanted, branding.look)
        found, trouble = found | files, trouble or lacking
    return found, trouble


def made_files(document: dict[str, Any], wanted: Wanted, look: Look = OUR_LOOK) -> tuple[dict[str, bytes], EnvironmentTrouble | None]:
    """Every file's content by its name, and what this machine lacks for the PDF, if it cannot be made."""
    json, html, pdf, print_html = NAMES[document["edition"]]
    files = {json: as_json(document), html: screen_page(document, look).encode()}
    if not (wanted.pdf or wanted.print_page):
        return files, None
    page = print_page(document, look)
    if wanted.print_page:
        files[print_html] = page.encode()
    try:
        return files | ({pdf: made_pdf(page, look)} if wanted.pdf else {}), None
    except EnvironmentTrouble as trouble:
        return files, trouble


def made_pdf(page: str, look: Look) -> bytes:
    """The PDF of a print page; FlawedInput where the engine refuses the look's logo, or what templates of its own folder ask for."""
    # Its import alone costs more than all the rest, so only where a PDF is asked for.
    from alignment_report.rendering.pdf import TemplateFault, write_pdf

    try:
        with redirect_stdout(io.StringIO()):  # where a library is missing, WeasyPrint prints advice of its own
            return write_pdf(page, look.typeface)
    except TemplateFault as fault:
        if look.logo and look.logo.address[:_TOLD] in str(fault):
            hint = "export it as plain SVG from a drawing program, or use PNG"
            raise FlawedInput([Flaw(look.logo.file, 1, 1, "the PDF engine cannot draw this picture", hint)]) from fault
        if look.templates is None:
            raise
        raise FlawedInput(_refused(look.templates, str(fault))) from fault


def _refused(templates: Path, complaint: str) -> list[Flaw]:
    """What the PDF engine complains of, in plain words where it is what happens most: a link without its target."""
    lost = dict.fromkeys(_LOST.findall(complaint))
    if not lost:
        return [Flaw(str(templates), 1, 1, f"the PDF engine refuses what these templates make: {complaint}")]
    hint = "a section's own element has id=\"{{ section.anchor }}\", a card's has that of its anchor"
    return [Flaw(str(templates), 1, 1, f"something points at `{id}`, and nothing on the page has this id", hint) for id in lost]
