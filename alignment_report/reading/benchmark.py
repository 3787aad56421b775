"""A benchmark file into a Benchmark, or every flaw of it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from alignment_report.analysis.digests import DIGITS
from alignment_report.analysis.portfolio import LEAST
from alignment_report.analysis.scoring import score_range
from alignment_report.errors import FlawedBenchmark
from alignment_report.model.benchmark import Benchmark
from alignment_report.model.playbook import Instrument
from alignment_report.reading import shapes
from alignment_report.reading.files import document
from alignment_report.reading.remarks import Remark, Source, beside, strangers

_REMAKE = "the program writes this file: make it anew with `alignment-report benchmark`"
_DIGEST = re.compile(f"[0-9a-f]{{{DIGITS}}}")


def read_benchmark(path: Path, instrument: Instrument) -> Benchmark:
    """The benchmark of clients that were asked the same questions; raises FlawedBenchmark with every flaw."""
    found = document(path)
    if found.root is None:
        raise FlawedBenchmark(found.flaws)
    read, remarks = shapes.read(Benchmark, found.root)
    told = beside((Remark(r.path, r.says, r.hint or _REMAKE, at_key=r.at_key) for r in remarks), _about(read, instrument))
    flaws = (*found.flaws, *Source(found.file, found.root, confidential=True).flaws(told))
    if flaws:
        raise FlawedBenchmark(flaws)
    return read


def _about(read: Benchmark, instrument: Instrument) -> Iterator[Remark]:
    used = read.instrument
    if None not in (used.id, used.version) and (used.id, used.version) != (instrument.id, instrument.version):
        says = f"these clients were asked with another questionnaire than the playbook's, {instrument.id} version {instrument.version}"
        yield Remark(("instrument",), says, "make a benchmark of clients that were asked the same", at_key=True)
        return
    yield from _points(("score",), read.score, instrument, len(read.members))
    if sum(count or 0 for count in read.score.values()) != len(read.members):
        yield Remark(("members",), "there are not as many digests here as clients in the score", _REMAKE, at_key=True)
    yield from strangers(
        ("dimensions",), (spots.id for spots in read.dimensions), (d.id for d in instrument.dimensions), "this is no dimension"
    )
    for spots in read.dimensions:
        yield from _points(("dimensions", spots.id, "points"), spots.points, instrument, len(read.members))
    for row, digest in enumerate(read.members):
        if not _DIGEST.fullmatch(digest):
            yield Remark(("members", row), "this is no digest", _REMAKE)


def _points(path: tuple[str | int, ...], points: Mapping[int, int | None], instrument: Instrument, members: int) -> Iterator[Remark]:
    low, high = score_range(instrument.scale)
    for at in points:
        if not low <= at <= high:
            yield Remark((*path, str(at)), f"scores lie between {low} and {high}", _REMAKE, at_key=True)
    clients = sum(count or 0 for count in points.values())
    if not LEAST <= clients <= max(members, LEAST):
        yield Remark(path, f"a benchmark counts {LEAST} clients or more, each once; these are {clients}", _REMAKE, at_key=True)
