"""The folders named on the command line, made sure of before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from alignment_report.errors import UsageTrouble
from alignment_report.reading.client import waves


def client_folders(named: Sequence[Path]) -> tuple[Path, ...]:
    """The clients' folders in the order they were named, each once.

    A folder without a client.yaml, and two clients with the same id, are refused.
    """
    found: dict[Path, Path] = {}
    for folder in named:
        found.setdefault(client_folder(folder).resolve(), folder)
    seen: dict[str, Path] = {}
    for place, folder in found.items():
        other = seen.setdefault(place.name.casefold(), folder)
        if other is not folder:
            raise UsageTrouble(f"{other} and {folder} have the same name, so their files would overwrite each other. Build them apart.")
    return tuple(found.values())


def require_wave(folders: Sequence[Path], wave: str | None) -> None:
    """Refuses a wave that one of the clients does not have; None, which means the newest, suits all."""
    without = [str(folder) for folder in folders if wave is not None and wave not in waves(folder)]
    if without:
        raise UsageTrouble(f"There is no wave '{wave}' in {', '.join(without)}.")


def client_folder(named: Path) -> Path:
    """A client's folder, refused where it is none."""
    if not named.exists():
        raise UsageTrouble(f"{named}: there is no such folder. `alignment-report new` writes one.")
    if not (named / "client.yaml").is_file():
        raise UsageTrouble(f"{named} is no client's folder: it has no client.yaml.")
    return named
