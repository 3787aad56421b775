"""A folder's history in git, behind functions named for what one wants to know.

Only commands that read objects are used: none of them starts a program that a repository's own configuration names.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from alignment_report.provenance import UNVERSIONED, Revision

_SECONDS = 20
_RECORD = "deliveries.yaml"
"""What a delivery itself writes into the folder says nothing of what was delivered."""
_PARTS = {".yaml", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".j2", ".css"}
_SHORT = 12  # fixed, so that the size of a clone does not change what is printed
_ALWAYS = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",
)


def revision(folder: Path) -> Revision:
    """The last commit that touched `folder`, and whether the folder has changed since; `UNVERSIONED` where git cannot say.

    The record of deliveries in it does not count: a delivery must not change what a second one would say.
    """
    try:
        head, shallow = _asked(folder, "rev-parse", "HEAD^{commit}", "--is-shallow-repository").split()
        commit = _asked(folder, "rev-list", "--max-count=1", head, "--", ".", f":(exclude,literal){_RECORD}").strip()
        if not commit or (shallow == "true" and not _has_parents(folder, commit)):
            return UNVERSIONED
        committed = dict(_entries(_asked(folder, "ls-tree", "-r", "-z", head)))
        return Revision(commit[:_SHORT], changed=_is_changed(folder, committed))
    except (OSError, ValueError, subprocess.SubprocessError):
        return UNVERSIONED


def _asked(folder: Path, *arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        raise FileNotFoundError("git")
    answer = subprocess.run(
        [git, *_ALWAYS, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=True,
    )
    return answer.stdout.decode("utf-8", "surrogateescape")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    # No object that is missing here may be fetched: that would run the transport the configuration names.
    return {**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _has_parents(folder: Path, commit: str) -> bool:
    """Whether a commit's parents are here; at the edge of a shallow clone they are not, and it seems to touch every file."""
    return len(_asked(folder, "rev-list", "--max-count=1", "--parents", commit).split()) > 1


def _entries(listing: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each committed file's path with its mode and object id; submodules are no files."""
    for line in filter(None, listing.split("\0")):
        about, path = line.split("\t", 1)
        mode, kind, object_id = about.split()
        if kind == "blob":
            yield path, (mode, object_id)


def _is_changed(folder: Path, committed: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a committed file differs or is gone, or one that a playbook may be built from was never committed."""
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix.lower() in _PARTS} - {_RECORD}
    entries = ((folder / path, entry) for path, entry in committed.items() if path != _RECORD)
    return not written <= committed.keys() or any(not _is_same(path, *entry) for path, entry in entries)


def _is_same(path: Path, mode: str, object_id: str) -> bool:
    if path.is_symlink() or mode == "120000":
        return path.is_symlink() and mode == "120000" and _object_id(os.fsencode(path.readlink()), object_id) == object_id
    if not path.is_file():
        return False
    content = path.read_bytes()
    # A checkout on Windows may write the same lines with other ends.
    return object_id in (_object_id(content, object_id), _object_id(content.replace(b"\r\n", b"\n"), object_id))


def _object_id(content: bytes, like: str) -> str:
    """The id git gives a file's content, in the repository's own hash (SHA-1 or SHA-256)."""
    digest = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest()
