"""Letters that the PDF's typeface lacks, told where they stand in the client's file."""

from pathlib import Path

from alignment_report.errors import Flaw, FlawedInput
from alignment_report.rendering.exhibits.typeset import letters


def require_letters(folder: Path, shown: str) -> None:
    """Raises FlawedInput with one flaw for all the letters of what is shown that the bundled typeface cannot print."""
    lacking = {letter for letter in set(shown) - letters() if not letter.isspace()}
    if not lacking:
        return
    file = folder / "client.yaml"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    found = ((row, column) for row, line in enumerate(lines, 1) for column, letter in enumerate(line, 1) if letter in lacking)
    row, column = next(found, (1, 1))
    says = f"the PDF's typeface lacks {', '.join(f'{letter} (U+{ord(letter):04X})' for letter in sorted(lacking))}"
    raise FlawedInput([Flaw(str(file), row, column, says, "write them in letters it has, or build HTML and JSON alone with --no-pdf")])
