"""Letters that the PDF's typeface lacks, told where they stand in the client's files."""

from collections.abc import Collection
from pathlib import Path

from alignment_report.building.branding import OURS, Branding
from alignment_report.errors import Flaw, FlawedInput
from alignment_report.reading.narrative import NARRATIVE
from alignment_report.rendering.exhibits.typeset import letters

HINT = "write them in letters it has, or build HTML and JSON alone with --no-pdf"


def require_letters(folder: Path, wave: str, shown: str, branding: Branding = OURS) -> None:
    """Raises FlawedInput with one flaw for all the letters of what is shown that neither typeface can print.

    Letters that come from an approved comment are told by their place alone; client's facts and the consultant's words are looked through
    first.
    """
    own = branding.look.typeface.letters if branding.look.typeface else frozenset[str]()
    lacking = {letter for letter in set(shown) - letters() - own if not letter.isspace()}
    if not lacking:
        return
    told, answers = [folder / "client.yaml", folder / NARRATIVE], folder / "assessments" / f"{wave}.yaml"
    places = [(file, place) for file in (*told, *branding.files) if file.is_file() and (place := _place(file, lacking))]
    spoken = _place(answers, lacking)
    if spoken and not places:
        raise FlawedInput([Flaw(str(answers), *spoken, "the PDF's typeface lacks letters of a comment that is to be printed", HINT)])
    file, place = places[0] if places else (told[0], (1, 1))
    raise FlawedInput([Flaw(str(file), *place, f"the PDF's typeface lacks {_named(lacking)}", HINT)])


def borrowed_letters(shown: str, branding: Branding) -> tuple[Flaw, ...]:
    """A note on the letters of what is shown that a brand's typeface lacks and ours lends."""
    face = branding.look.typeface
    lent = {letter for letter in set(shown) - face.letters if letter.isalpha()} if face else set()
    if not lent:
        return ()
    says = f"the theme's typeface lacks {_named(lent)}; ours stands in for it"
    return (Flaw(str(branding.files[0]), 1, 1, says),)


def _named(letters: Collection[str]) -> str:
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(letters))


def _place(file: Path, lacking: Collection[str]) -> tuple[int, int] | None:
    """Line and column of the first of these letters in a file."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    found = ((row, column) for row, line in enumerate(lines, 1) for column, letter in enumerate(line, 1) if letter in lacking)
    return next(found, None)
