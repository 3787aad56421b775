"""What a playbook was built from, beside client and wave: the revision of the client's folder and the program."""

from dataclasses import dataclass

from alignment_report import __version__


@dataclass(frozen=True, slots=True)
class Revision:
    """The last commit that touched a folder.

    `commit` is None where that cannot be told: no repository, no commit, no git, or a history cut off before it.
    """

    commit: str | None
    changed: bool
    """Whether the folder differs from that commit; never true without one."""


UNVERSIONED = Revision(commit=None, changed=False)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the colophon cannot take from the report itself."""

    revision: Revision = UNVERSIONED
    program_version: str = __version__
