"""What the program remembers of a client, as the text of its two files: the same values, the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from alignment_report.building.write import SECRET, write_files
from alignment_report.errors import EnvironmentTrouble
from alignment_report.model.record import CountedDigests, Delivery, PurgedWave
from alignment_report.reading.record import DELIVERIES, PURGED, read_records

_OF_DELIVERIES = """\
# What was delivered, written by `alignment-report deliver`. Commit it with the client's folder and do not edit it: later playbooks are held
# against it, so that nobody's answers follow from the difference between two of them. It holds no answers and no ids, only digests that
# tell nothing without the wave's key.
"""
_OF_PURGED = """\
# Whose answers were deleted, written by `alignment-report purge`. Commit it with the client's folder and do not edit it: whoever stands here
# is in no playbook, even if an older file brings the answers back. It holds no ids, only digests that tell nothing without the wave's key.
"""


def write_deliveries(folder: Path, before: Sequence[Delivery], after: Sequence[Delivery]) -> None:
    """Puts the deliveries into the client's folder. Raises EnvironmentTrouble where another run has written there since `before`."""
    if read_records(folder).deliveries != tuple(before):
        raise EnvironmentTrouble(f"{folder / DELIVERIES} has just been changed by another run. Run the command again.")
    write_files(folder, (), {DELIVERIES: deliveries_text(after).encode()}, held=True, mode=SECRET)


def write_purged(folder: Path, waves: Sequence[PurgedWave]) -> None:
    """Puts the list of who was purged into the client's folder."""
    write_files(folder, (), {PURGED: purged_text(waves).encode()}, held=True, mode=SECRET)


def deliveries_text(deliveries: Sequence[Delivery]) -> str:
    """The text of deliveries.yaml."""
    return "".join(
        f"{line}\n" for line in [*_OF_DELIVERIES.splitlines(), "deliveries:", *(line for d in deliveries for line in _delivery(d))]
    )


def purged_text(waves: Iterable[PurgedWave]) -> str:
    """The text of purged.yaml; waves and digests are sorted, so that their order does not tell who left first."""
    found = sorted(waves, key=lambda wave: wave.id)
    return "".join(f"{line}\n" for line in [*_OF_PURGED.splitlines(), "waves:", *(line for wave in found for line in _wave(wave))])


def _delivery(delivery: Delivery) -> Iterator[str]:
    yield f"  {delivery.id}:"
    yield f"    wave: '{delivery.wave}'"
    yield f"    date: {delivery.date.isoformat()}"
    yield f"    folder: {delivery.folder}"
    yield f"    key_check: '{delivery.key_check}'"
    yield "    files:"
    yield from (f"      {name}: '{digest}'" for name, digest in sorted(delivery.files.items()))
    yield from _counted(delivery.counted, "    ")
    yield from ["    beside:"] if delivery.beside else []
    for shown in delivery.beside:
        yield f"      '{shown.id}':"
        yield f"        key_check: '{shown.key_check}'"
        yield from _counted(shown.counted, "        ")


def _counted(counted: CountedDigests, indent: str) -> Iterator[str]:
    yield f"{indent}counted:"
    for role in ("sales", "marketing", "leadership"):
        digests: tuple[str, ...] = getattr(counted, role)
        yield f"{indent}  {role}:" if digests else f"{indent}  {role}: []"
        yield from (f"{indent}    - '{digest}'" for digest in digests)


def _wave(wave: PurgedWave) -> Iterator[str]:
    yield f"  '{wave.id}':"
    yield f"    key_check: '{wave.key_check}'"
    yield "    respondents:"
    yield from (f"      - '{digest}'" for digest in sorted(wave.respondents))
