"""Delivered waves of many clients into one benchmark without names, and a benchmark less the client that is placed in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alignment_report.analysis.beside import EarlierWave, as_published
from alignment_report.analysis.digests import member_digest
from alignment_report.analysis.disclosure import disclose
from alignment_report.analysis.portfolio import LEAST, Entry, entry, gather, without
from alignment_report.analysis.scoring import score_respondents
from alignment_report.analysis.withholding import NoSafeFigures
from alignment_report.building.write import SECRET, write_files
from alignment_report.errors import Flaw, FlawedInput, UsageTrouble
from alignment_report.model.assessment import InstrumentUsed
from alignment_report.model.benchmark import Benchmark
from alignment_report.model.playbook import Playbook
from alignment_report.reading.benchmark import read_benchmark
from alignment_report.reading.client import read_case, waves
from alignment_report.reading.files import document
from alignment_report.reading.record import key_in, read_records

_HEAD = """\
# Where many clients stand, written by `alignment-report benchmark`. It holds no names: for each item, how many clients stand at each whole
# point, item by item apart. Do not edit it; make it anew instead. Keep it where only those who advise these clients can read it.
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was written, how many clients it counts, and the folders of those that it does not."""

    file: Path
    clients: int
    left_out: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    entry: Entry
    digest: str


def write_benchmark(folders: Sequence[Path], as_of: date, playbook: Playbook, output: Path) -> Gathered:
    """Counts the last wave that each client was delivered up to a day, as it was delivered.

    Raises FlawedInput with the flaws of all clients, UsageTrouble where fewer than ten have figures that count; nothing is written then.
    """
    found: dict[Path, _Member | None] = {}
    flaws: list[Flaw] = []
    for folder in folders:
        try:
            found[folder] = _member(folder, as_of, playbook)
        except FlawedInput as flawed:
            flaws += flawed.flaws
    if flaws:
        raise FlawedInput(flaws)
    members = [member for member in found.values() if member]
    left_out = tuple(folder for folder, member in found.items() if member is None)
    if len(members) < LEAST:
        raise UsageTrouble(
            f"A benchmark needs {LEAST} clients with figures that were delivered by {as_of}, from groups and with the same questionnaire; "
            f"of these {len(folders)} only {len(members)} have some. In fewer a single client could be made out."
        )
    instrument = playbook.instrument
    used = InstrumentUsed(instrument.id, instrument.version)
    made = gather([m.entry for m in members], (m.digest for m in members), as_of, used, [d.id for d in instrument.dimensions])
    folder = write_files(output.parent, (), {output.name: benchmark_text(made).encode()}, mode=SECRET)
    return Gathered(folder / output.name, len(members), left_out)


def benchmark_text(benchmark: Benchmark) -> str:
    """The text of a benchmark file: the same clients, the same bytes, in whatever order they were named."""
    return "".join(f"{line}\n" for line in (*_HEAD.splitlines(), *_lines(benchmark)))


def _lines(benchmark: Benchmark) -> Iterator[str]:
    yield f"as_of: {benchmark.as_of.isoformat()}"
    yield f"instrument: {{id: {benchmark.instrument.id}, version: '{benchmark.instrument.version}'}}"
    yield "score:"
    yield from (f"  {at}: {clients}" for at, clients in sorted(benchmark.score.items()))
    yield "dimensions:" if benchmark.dimensions else "dimensions: {}"
    for spots in benchmark.dimensions:
        yield f"  {spots.id}:"
        yield "    points:"
        yield from (f"      {at}: {clients}" for at, clients in sorted(spots.points.items()))
    yield "members:"
    yield from (f"  - '{digest}'" for digest in benchmark.members)


def others(path: Path, folder: Path, playbook: Playbook) -> Benchmark:
    """A benchmark without the client in this folder, whom the key of its own wave finds in it.

    Raises FlawedBenchmark where the file cannot be used, FlawedInput where the client's own figures have changed since.
    """
    benchmark = read_benchmark(path, playbook.instrument)
    for wave in waves(folder):
        root = document(folder / "assessments" / f"{wave}.yaml").root
        key = key_in(root) if root is not None else None
        if key is not None and member_digest(benchmark.as_of, key) in benchmark.members:
            left = without(benchmark, _entry(folder, wave, benchmark.as_of, playbook))
            if left is None:
                says = f"this counts {folder} with figures that wave {wave} does not have any more: answers were purged or changed since"
                raise FlawedInput([Flaw(str(path), 1, 1, says, "make the benchmark anew")])
            return left
    return benchmark


def _member(folder: Path, as_of: date, playbook: Playbook) -> _Member | None:
    """What a client adds; None where it has no delivered wave, of groups, that may be shown still."""
    delivered = (delivery for delivery in read_records(folder).deliveries if delivery.date <= as_of)
    wave = _newest(folder, {delivery.wave for delivery in delivered})
    if wave is None:
        return None
    key = read_case(folder, wave, playbook).assessment.confidentiality.key
    found = _entry(folder, wave, as_of, playbook)
    return _Member(found, member_digest(as_of, key)) if found and key else None


def _newest(folder: Path, delivered: Iterable[str]) -> str | None:
    """The last of the delivered waves of which the file is still there."""
    return next((wave for wave in reversed(waves(folder)) if wave in set(delivered)), None)


def _entry(folder: Path, wave: str, as_of: date, playbook: Playbook) -> Entry:
    """A wave's figures with exactly the people of its last delivery by that day; nothing where they cannot be shown any more."""
    case = read_case(folder, wave, playbook)
    past = tuple(delivery for delivery in case.past if delivery.day <= as_of)
    counted = as_published(EarlierWave(wave, case.assessment.report_date, case.assessment, past))
    if counted is None:
        return {}
    try:
        return entry(disclose(score_respondents(counted, playbook.instrument), counted, playbook.instrument, playbook.stages))
    except NoSafeFigures:
        return {}
