"""One thing in a finished file that must not go out."""

from dataclasses import dataclass

from alignment_report.errors import printable


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Where a reader meets it, what is wrong, and the line of the template or stylesheet in which to mend it.

    `mend` is empty where no template is to blame.
    """

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.what}" + (f"; mend {self.mend}" if self.mend else ""))
