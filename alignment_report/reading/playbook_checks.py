"""What must hold within a playbook beyond the shape of its records: order, limits, ways from stage to stage, plays for everything found."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from alignment_report.model.assessment import Confidentiality
from alignment_report.model.playbook import (
    Playbook,
    Transition,
)
from alignment_report.reading.leaves import plain_digits, share_hint
from alignment_report.reading.playbook_names import remarks_about_names
from alignment_report.reading.remarks import Path, Remark, all_known, exactly, known

STRENGTHS = ("weak", "moderate", "strong")


def remarks_about(playbook: Playbook, told: Sequence[Remark] = ()) -> Iterator[Remark]:
    """Every remark about the playbook's sense, without what only follows from what is `told` already."""
    if any(map(_hides_names, told)):
        return
    remarks = tuple(_remarks(playbook))
    yield from remarks
    flawed = {remark.path[0] for remark in (*told, *remarks)}
    for check, sections in _GAPS:
        if not flawed & sections:
            yield from check(playbook)


def _hides_names(remark: Remark) -> bool:
    """Is a whole section, or a record's id, not there to be referred to?"""
    section, *rest = remark.path or ("",)
    if section == "instrument":
        return remark.at_key or len(rest) < 2 or rest[0] == "scale"
    return not rest or (remark.at_key and len(rest) == 1 and section not in ("planning", "strength"))


def _remarks(playbook: Playbook) -> Iterator[Remark]:
    for check in _CHECKS:
        yield from check(playbook)
    yield from remarks_about_names(playbook)


def _scale(playbook: Playbook) -> Iterator[Remark]:
    instrument, path = playbook.instrument, ("instrument", "scale")
    labels, points = instrument.scale.labels, instrument.scale.points
    if len(labels) < 2 or list(labels) != list(range(min(labels), min(labels) + len(labels))):
        yield Remark((*path, "labels"), "the labels of a scale go from its lowest to its highest whole number, none left out, two at least")
    if points is not None and points <= 0:
        yield Remark((*path, "points"), "this must be more than 0")


def _statements(playbook: Playbook) -> Iterator[Remark]:
    instrument = playbook.instrument
    dimensions = [dimension.id for dimension in instrument.dimensions]
    path: Path = ("instrument", "statements")
    if not instrument.statements:
        yield Remark(path, "an instrument needs statements")
    if len(instrument.statements) > 500:
        yield Remark(path, "an instrument holds 500 statements at the most")
    for statement in instrument.statements:
        here = (*path, statement.id)
        yield from known((*here, "dimension"), statement.dimension, dimensions, "dimension")
        if statement.weight is not None and statement.weight <= 0:
            yield Remark((*here, "weight"), "a weight must be more than 0", "delete a statement that is not to count")


def _unused_dimensions(playbook: Playbook) -> Iterator[Remark]:
    used = {statement.dimension for statement in playbook.instrument.statements}
    for dimension in [dimension.id for dimension in playbook.instrument.dimensions]:
        if dimension not in used:
            yield Remark(("instrument", "dimensions", dimension), "no statement belongs to this dimension", at_key=True)


def _missing_policy(playbook: Playbook) -> Iterator[Remark]:
    missing, count, path = playbook.instrument.missing, len(playbook.instrument.statements), ("instrument", "missing")
    if missing.total is not None and not 1 <= missing.total <= count:
        yield Remark((*path, "total"), f"this must be between 1 and the number of statements, {count}")
    elif missing.total_when_structural is not None and not 1 <= missing.total_when_structural <= (missing.total or count):
        yield Remark((*path, "total_when_structural"), "this must be between 1 and `total`")
    yield from _share((*path, "dimension_share"), missing.dimension_share)
    yield from _share(("instrument", "neutral", "share"), playbook.instrument.neutral.share)


def _share(path: Path, share: Fraction | None) -> Iterator[Remark]:
    if share is not None and not 0 < share <= 1:
        yield Remark(path, "a share must be more than 0 and 1 at the most", share_hint(share))


def _numbers(playbook: Playbook) -> Iterator[Remark]:
    yield from _each_once(playbook.instrument.statements, ("instrument", "statements"))
    yield from _each_once(playbook.phases, ("phases",))
    yield from _each_once(playbook.buyer_steps, ("buyer_steps",))


def _each_once(records: Iterable[Any], path: Path) -> Iterator[Remark]:
    seen: dict[int, str] = {}
    for record in records:
        if record.number is not None and seen.setdefault(record.number, record.id) != record.id:
            yield Remark((*path, record.id, "number"), f"`{seen[record.number]}` has the same number")


def _floors(playbook: Playbook) -> Iterator[Remark]:
    if not playbook.stages:
        yield Remark(("stages",), "a playbook needs stages")
        return
    labels, points = playbook.instrument.scale.labels, playbook.instrument.scale.points
    floors = [(stage.id, stage.floor) for stage in playbook.stages if stage.floor is not None]
    if labels and points is not None and points > 0 and len(floors) == len(playbook.stages):
        lowest, highest = min(labels) * points, max(labels) * points
        if floors[0][1] != lowest:
            says = f"the first stage starts at the lowest score, {plain_digits(lowest)}"
            yield Remark(("stages", floors[0][0], "floor"), says)
        if floors[-1][1] > highest and len(floors) > 1:
            says = f"no score lies at or above this floor: the highest is {plain_digits(highest)}"
            yield Remark(("stages", floors[-1][0], "floor"), says)
    for (lower, floor), (stage, above) in pairwise(floors):
        if above <= floor:
            yield Remark(
                ("stages", stage, "floor"), f"this floor must lie above that of `{lower}`", "stages stand from the lowest to the highest"
            )


def _facets(playbook: Playbook) -> Iterator[Remark]:
    facets = [facet.id for facet in playbook.facets]
    for stage in playbook.stages:
        yield from exactly(("stages", stage.id, "facets"), stage.facets, facets, "facet")


def _ways_out(playbook: Playbook) -> Iterator[Remark]:
    stages = [stage.id for stage in playbook.stages]
    for transition in playbook.transitions:
        path = ("transitions", transition.id)
        strange = [*known((*path, "from"), transition.from_, stages, "stage"), *known((*path, "to"), transition.to, stages, "stage")]
        yield from strange
        yield from [] if strange or transition.from_ is None or transition.to is None else _one_step(transition, stages)
    for stage in stages[:-1]:
        out = [transition.id for transition in playbook.transitions if transition.from_ == stage]
        for second in out[1:]:
            yield Remark(("transitions", second, "from"), f"`{out[0]}` already leads out of this stage")


def _dead_ends(playbook: Playbook) -> Iterator[Remark]:
    left = {transition.from_ for transition in playbook.transitions}
    for stage in playbook.stages[:-1]:
        if stage.id not in left:
            yield Remark(("stages", stage.id), "no transition leads out of this stage", at_key=True)


def _one_step(transition: Transition, stages: list[str]) -> Iterator[Remark]:
    if stages.index(transition.to) != stages.index(transition.from_) + 1:
        yield Remark(
            ("transitions", transition.id, "to"),
            f"a transition leads to the next stage, and this is not the one after `{transition.from_}`",
        )


def _conditions_of_transitions(playbook: Playbook) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for transition in playbook.transitions:
        for group in ("stay", "tighten", "prerequisites"):
            for condition in getattr(transition, group):
                path = ("transitions", transition.id, group, condition.id)
                if condition.id in seen:
                    yield Remark(path, f"a condition of this id already stands in {seen[condition.id]}", "give it another id", at_key=True)
                seen.setdefault(condition.id, f"`{transition.id}` under `{group}`")
                if condition.each and (condition.when.joined != "any" or len(condition.each) != len(condition.when.bounds)):
                    yield Remark((*path, "each"), "this names the bounds of an `any`, one name for each bound")
        tighten = [condition.id for condition in transition.tighten]
        yield from all_known(
            ("transitions", transition.id, "persistent"), transition.persistent, tighten, "tighten condition of this transition"
        )


def _owners(playbook: Playbook) -> Iterator[Remark]:
    stages = [stage.id for stage in playbook.stages]
    for step in playbook.buyer_steps:
        yield from exactly(("buyer_steps", step.id, "owners"), step.owners, stages, "stage")


def _funnel(playbook: Playbook) -> Iterator[Remark]:
    units = {measure.id: measure.unit for measure in playbook.measures}
    for number, name in enumerate(playbook.funnel_order):
        if units.get(name, "count") not in ("count", None):
            yield Remark(("funnel_order", number), "the funnel consists of counts, and the unit of this measure is another", given=name)


def _strength(playbook: Playbook) -> Iterator[Remark]:
    rule = playbook.strength
    if rule.weak is not None and rule.weak < 1:
        yield Remark(("strength", "weak"), "this must be 1 or more")
    for lower, higher in pairwise(STRENGTHS):
        low, high = getattr(rule, lower), getattr(rule, higher)
        if low is not None and high is not None and high < low:
            yield Remark(("strength", higher), f"this must not be less than `{lower}`")
    yield from _share(("strength", "known"), rule.known)


def _planning(playbook: Playbook) -> Iterator[Remark]:
    rule = playbook.planning
    yield from exactly(("planning", "friction_points"), rule.friction_points, STRENGTHS, "strength") if rule.friction_points else ()
    for name in ("headline", "total", "parallel", "per_owner", "recheck_months"):
        value = getattr(rule, name)
        if value is not None and value < 1:
            yield Remark(("planning", name), "this must be 1 or more")
    if rule.headline is not None and rule.total is not None and 1 <= rule.total < rule.headline:
        yield Remark(("planning", "headline"), "there cannot be more headline plays than plays in all")


def _likelihoods(playbook: Playbook) -> Iterator[Remark]:
    """The first thing that is wrong with the order: what comes after may only follow from it."""
    starts = [(("likelihoods", known.id, "at_least"), known.at_least) for known in playbook.likelihoods if known.at_least is not None]
    for path, start in starts:
        if not 0 <= start < 1:
            yield Remark(path, "a chance to start from must be 0 or more and less than 1", share_hint(start))
            return
    for (above, higher), (path, lower) in pairwise(starts):
        if lower >= higher:
            yield Remark(path, f"this must lie below that of `{above[1]}`", "the surest stands first")
            return
    if starts and len(starts) == len(playbook.likelihoods) and starts[-1][1] > 0:
        yield Remark(starts[-1][0], "the last of them must start at 0, so that every chance has its words")


def _claims(playbook: Playbook) -> Iterator[Remark]:
    usual, seen = Confidentiality(), dict[tuple[str, int], str]()
    for grade in playbook.claims:
        path = ("claims", grade.id)
        least = 2 if grade.basis == "named" else usual.spread if grade.intervals else usual.figures
        if grade.at_least is not None and grade.at_least < least:
            yield Remark((*path, "at_least"), f"no fewer than {least} people may be behind this")
        if grade.basis == "named" and grade.intervals:
            yield Remark((*path, "intervals"), "two people's views carry no interval")
        if seen.setdefault((grade.basis, grade.at_least), grade.id) != grade.id:
            yield Remark((*path, "at_least"), f"`{seen[grade.basis, grade.at_least]}` starts from as many people")


def _plays(playbook: Playbook) -> Iterator[Remark]:
    for play in playbook.plays:
        path = ("plays", play.id)
        if not play.serves and not play.within:
            yield Remark((*path, "serves"), "this play belongs to no transition and to no stage", "name one under `serves` or `within`")
        for guard in play.guards:
            if guard.action == "adapt" and guard.instead is None:
                yield Remark((*path, "guards", guard.id, "instead"), "a guard that adapts says what is done `instead`")
        if play.id in play.after:
            yield Remark((*path, "after", play.after.index(play.id)), "a play cannot come after itself")


def _order_of_plays(playbook: Playbook) -> Iterator[Remark]:
    before = {play.id: [name for name in play.after if name != play.id] for play in playbook.plays}
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = [*error.args[1]][::-1]
        play, after = circle[0], circle[1]
        path = ("plays", play, "after", list(next(p.after for p in playbook.plays if p.id == play)).index(after))
        yield Remark(path, f"these plays wait for one another: {' → '.join(circle)}", "take one of them out of `after`")


def _uncured(playbook: Playbook) -> Iterator[Remark]:
    if not playbook.plays:
        return
    cured = {name for play in playbook.plays for name in (*play.cures.frictions, *play.cures.statements)}
    built = {name for play in playbook.plays for name in play.builds}
    for statement in playbook.instrument.statements:
        if statement.id not in cured:
            yield Remark(("instrument", "statements", statement.id), "no play improves on this statement", _CURE, at_key=True)
    for friction in playbook.frictions:
        if friction.id not in cured:
            yield Remark(("frictions", friction.id), "no play works against this friction source", _CURE, at_key=True)
    for transition in playbook.transitions:
        for condition in transition.prerequisites:
            if condition.id not in built:
                path = ("transitions", transition.id, "prerequisites", condition.id)
                yield Remark(path, "no play builds this prerequisite", "name it under `builds` of a play", at_key=True)


_CURE = "name it under `cures` of a play"


_CHECKS: tuple[Callable[[Playbook], Iterator[Remark]], ...] = (
    _scale,
    _statements,
    _missing_policy,
    _numbers,
    _floors,
    _facets,
    _ways_out,
    _conditions_of_transitions,
    _owners,
    _funnel,
    _strength,
    _planning,
    _likelihoods,
    _claims,
    _plays,
    _order_of_plays,
)
_GAPS: tuple[tuple[Callable[[Playbook], Iterator[Remark]], Set[str]], ...] = (
    (_unused_dimensions, {"instrument"}),
    (_dead_ends, {"stages", "transitions"}),
    (_uncured, {"instrument", "frictions", "transitions", "plays"}),
)
"""What nothing uses, and the sections that must be sound for saying so."""
