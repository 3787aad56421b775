"""What a user can put right, worded for the terminal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\xa0\\xad\\u061c\\u2000-\\u200b\\u202f\\u205f\\u2060\\u3000\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
)


def printable(text: str) -> str:
    r"""The text with control, direction and unseen characters written out (`\x1b`), safe for a terminal and for one line of a log."""
    return _UNSAFE.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """One thing that is wrong in an input file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    says: str
    hint: str = ""

    def __str__(self) -> str:
        message = f"{self.says}; {self.hint}" if self.hint else self.says
        return printable(f"{self.file}:{self.line}:{self.column}: {message}")


class AlignmentReportError(Exception):
    """Something the user can put right."""


class _Flawed(AlignmentReportError):
    """Input with flaws, all of them, in the order of the files."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(sorted(flaws))
        super().__init__(self.flaws)

    def __str__(self) -> str:
        return "\n".join(map(str, self.flaws))


class FlawedInput(_Flawed):
    """A client's files cannot be used as they stand."""


class FlawedPlaybook(_Flawed):
    """The playbook folder cannot be used as it stands."""


class FlawedBenchmark(_Flawed):
    """The benchmark file cannot be used as it stands."""


class FlawedTheme(_Flawed):
    """The theme or the templates named on the command line cannot be used as they stand."""


class Undeliverable(AlignmentReportError):
    """Finished files with faults that must not go out, each with its place and what to mend; nothing was written."""

    def __init__(self, faults: Iterable[object]) -> None:
        self.faults = tuple(map(str, faults))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)


class UsageTrouble(AlignmentReportError):
    """The command was given something it cannot work with."""


class OutputHeld(AlignmentReportError):
    """Another run is writing into the output folder."""


class EnvironmentTrouble(AlignmentReportError):
    """The machine stands in the way: disk, permission, a missing library."""
