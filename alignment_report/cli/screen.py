"""What is printed: one line at a time, with nothing in it that a terminal would obey."""

import io
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TextIO

from alignment_report.errors import EnvironmentTrouble, Flaw, printable


def prepare() -> None:
    """Lets the terminal's encoding fail on no character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(*lines: str) -> None:
    """A result, to the standard output. Where nobody reads it any more it is dropped and the work goes on."""
    try:
        _write(sys.stdout, lines)
    except OSError as trouble:
        raise EnvironmentTrouble(f"Cannot write to the standard output: {trouble.strerror or trouble}.") from trouble


def complain(*lines: str) -> None:
    """A trouble, to the standard error."""
    try:
        _write(sys.stderr, lines)
    except OSError:
        return


def purged_again(client: str, wave: str) -> str:
    """That a wave's file holds answers of somebody who was purged; whose is not said."""
    return f"{client}, wave {wave}: the file of the wave holds answers that were purged. They were left out; run `purge` for them again."


def noted(note: Flaw) -> str:
    """What is worth knowing and wrong with nothing."""
    return str(replace(note, says=f"note: {note.says}"))


def _write(stream: TextIO | None, lines: Iterable[str]) -> None:
    if stream is None:
        return
    try:
        stream.write("".join(f"{printable(line)}\n" for line in lines))
        stream.flush()
    except BrokenPipeError:
        abandon(stream)
    except OSError:
        abandon(stream)
        raise


def abandon(stream: TextIO | None) -> None:
    """Sends what is still to be written nowhere, so that the interpreter does not stumble over it at its end."""
    if stream is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
