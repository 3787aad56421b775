"""Contents into files, whole or not at all."""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alignment_report.errors import EnvironmentTrouble

_BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_A_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER_MODE = 0o750
_FILE_MODE = 0o640
SECRET = 0o600
"""The mode of files that hold answers, keys or digests of answers."""


def write_files(
    root: Path,
    below: tuple[str, ...],
    files: Mapping[str, bytes],
    *,
    remove: tuple[str, ...] = (),
    held: bool = False,
    first: Callable[[], None] = lambda: None,
    mode: int = _FILE_MODE,
) -> Path:
    """Writes every file into the folder `below` the root, then removes the names in `remove`; gives the folder.

    All contents are on the disk under temporary names before the first one takes its place. A link below the root is not
    followed: a linked folder is refused, a link at a file's name is replaced. With `held`, which says that no other run writes
    here, what a killed one left half-written is removed first. `first` is called once all contents are on the disk and before the
    first one takes its place: what it raises leaves every file as it was.
    """
    folder = root.joinpath(*below)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _opened(root, below) as place:
            if held:
                _clear(place, (*files, *remove))
            _put(place, files, first, mode)
            for name in remove:
                place.remove(name)
    except OSError as trouble:
        raise EnvironmentTrouble(f"Cannot write into {folder}: {trouble.strerror or trouble}.") from trouble
    return folder


def require_place(folder: Path) -> None:
    """Makes sure, as far as that can be seen without writing, that files can be put into a folder which may not exist yet."""
    nearest = next((place for place in (folder, *folder.absolute().parents) if os.path.lexists(place)), folder)
    if not nearest.is_dir():
        raise EnvironmentTrouble(f"Cannot write into {folder}: {nearest} is no folder.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise EnvironmentTrouble(f"Cannot write into {folder}: no permission to write into {nearest}.")


def as_json(value: Mapping[str, Any]) -> bytes:
    """A document's one form in bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder held open by its descriptor, or named by its path where the system has no such means."""

    path: Path
    descriptor: int | None = None

    def create(self, name: str, content: bytes, mode: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(self._name(name), flags, 0o600, dir_fd=self.descriptor), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)

    def rename(self, old: str, new: str) -> None:
        os.replace(self._name(old), self._name(new), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self.descriptor)

    def names(self) -> list[str]:
        return os.listdir(self.path if self.descriptor is None else self.descriptor)

    def _name(self, name: str) -> str:
        return name if self.descriptor is not None else str(self.path / name)


@contextmanager
def _opened(root: Path, below: tuple[str, ...]) -> Iterator[_Place]:
    """The folder below the root, made where it is missing, entered part by part without following a link."""
    if not _BY_DESCRIPTOR:
        yield _made(root, below)
        return
    descriptor = os.open(root, _A_FOLDER)
    try:
        for part in below:
            descriptor = _entered(descriptor, part)
        yield _Place(root.joinpath(*below), descriptor)
    finally:
        os.close(descriptor)


def _entered(parent: int, name: str) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, _FOLDER_MODE, dir_fd=parent)
    folder = os.open(name, _A_FOLDER | _NO_LINK, dir_fd=parent)
    os.close(parent)
    return folder


def _made(root: Path, below: tuple[str, ...]) -> _Place:
    folder = root
    for part in below:
        folder = folder / part
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(20, "a link stands where a folder is needed")
    return _Place(folder)


def _clear(place: _Place, names: Iterable[str]) -> None:
    """Removes what a run that was killed left under the temporary names of these files."""
    left = re.compile(rf"\.({'|'.join(map(re.escape, names))})\.[0-9a-f]{{12}}\.tmp")
    for name in place.names():
        if left.fullmatch(name):
            place.remove(name)


def _put(place: _Place, files: Mapping[str, bytes], first: Callable[[], None], mode: int) -> None:
    temporary = {name: f".{name}.{secrets.token_hex(6)}.tmp" for name in files}
    try:
        for name, content in files.items():
            place.create(temporary[name], content, mode)
        first()
        for name in files:
            place.rename(temporary[name], name)
    finally:
        for name in temporary.values():
            place.remove(name)
