"""What the consultant says, as `explain` tells it: whose words they are, where they stand, and that the rules are another matter."""

from collections.abc import Callable, Iterator

from alignment_report.model.narrative import Block, Group, Override, Paragraph, Said

Place = Callable[[Said], str]
"""Tells where a text stands in the client's folder."""


def spoken(group: Group, id: str, said: Said, place: Place) -> Iterator[str]:
    """A view on a section or finding. No rule made it, and nothing follows from it."""
    yield f"The consultant's view on `{id}` ({group}), by {said.by} on {said.date}; no rule made it, and nothing follows from it"
    yield from (f"  {line}" for block in said.blocks for line in _lines(block))
    yield f"  words      {place(said)}"


def overridden(override: Override | None, place: Place) -> Iterator[str]:
    """A judgement that is not shared, beside that of the rules; nothing where there is none."""
    if override is None:
        return
    yield f"  overridden by the consultant: `{override.from_}` of the rules to `{override.to}`, by {override.why.by} on {override.why.date}"
    yield from (f"    {line}" for block in override.why.blocks for line in _lines(block))
    yield f"    words    {place(override.why)}; figures, plays and dates follow the rules"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield "".join(run.text for run in block.runs)
        return
    for number, entry in enumerate(block.entries, 1):
        yield f"{f'{number}.' if block.numbered else '-'} {''.join(run.text for run in entry)}"
