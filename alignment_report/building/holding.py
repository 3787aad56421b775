"""The output folder held for one run at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from alignment_report.building.write import require_place
from alignment_report.errors import EnvironmentTrouble, OutputHeld


@contextmanager
def held(output: Path) -> Iterator[None]:
    """Keeps other runs off the folder; the lock ends with the process, so none is ever left over.

    Raises OutputHeld where another run has it, EnvironmentTrouble where nothing can be written.
    """
    require_place(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(output / ".lock", timeout=0, mode=0o600)
        lock.acquire()
    except Timeout as trouble:
        raise OutputHeld(
            f"Another run is building into {output}. Wait until it has ended, or name another folder with --output."
        ) from trouble
    except OSError as trouble:
        raise EnvironmentTrouble(f"Cannot write into {output}: {trouble.strerror or trouble}.") from trouble
    try:
        yield
    finally:
        lock.release()
