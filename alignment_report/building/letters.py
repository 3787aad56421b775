"""Letters that the PDF's typeface lacks, told where they stand in the client's files."""

from collections.abc import Collection
from pathlib import Path

from alignment_report.errors import Flaw, FlawedInput
from alignment_report.rendering.exhibits.typeset import letters

HINT = "write them in letters it has, or build HTML and JSON alone with --no-pdf"


def require_letters(folder: Path, wave: str, shown: str) -> None:
    """Raises FlawedInput with one flaw for all the letters of what is shown that the bundled typeface cannot print.

    Letters that come from an approved comment are told by their place alone.
    """
    lacking = {letter for letter in set(shown) - letters() if not letter.isspace()}
    if not lacking:
        return
    file, answers = folder / "client.yaml", folder / "assessments" / f"{wave}.yaml"
    place, spoken = _place(file, lacking), _place(answers, lacking)
    if spoken and not place:
        raise FlawedInput([Flaw(str(answers), *spoken, "the PDF's typeface lacks letters of a comment that is to be printed", HINT)])
    says = f"the PDF's typeface lacks {', '.join(f'{letter} (U+{ord(letter):04X})' for letter in sorted(lacking))}"
    raise FlawedInput([Flaw(str(file), *(place or (1, 1)), says, HINT)])


def _place(file: Path, lacking: Collection[str]) -> tuple[int, int] | None:
    """Line and column of the first of these letters in a file."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    found = ((row, column) for row, line in enumerate(lines, 1) for column, letter in enumerate(line, 1) if letter in lacking)
    return next(found, None)
