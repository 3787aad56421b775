"""Why a play is proposed here: the problems of this client that it eases."""

from alignment_report.analysis.planning import PlannedPlay
from alignment_report.rendering.document.voice import Json, Prose, Voice, condition_paths


def here_sentence(v: Voice, planned: PlannedPlay) -> Json | None:
    """What the play means at this client."""
    filled = v.fill(planned.play.here, f"play.{planned.play.id}")
    return filled and {**filled, "trace": sorted({*filled["trace"], *problem_paths(planned)})}


def problem_paths(planned: PlannedPlay) -> list[str]:
    """The paths of the problems that called for the play."""
    chosen = planned.chosen
    paths = [f"rule:friction.{finding.source.id}" for finding in chosen.frictions]
    paths += [f"statement:{figures.statement.id}" for figures in chosen.statements]
    return paths + [f"rule:condition.{condition.condition.id}" for condition in chosen.prerequisites]


def because(v: Voice, planned: PlannedPlay) -> Prose:
    """The problems it eases, each with its figure or strength."""
    chosen = planned.chosen
    rule = f"rule:play.{planned.play.id}"
    reasons = [
        v.say(
            "because.friction",
            [f"rule:friction.{finding.source.id}", rule],
            name=finding.source.name,
            strength=v.words(f"strength.{finding.strength}"),
        )
        for finding in chosen.frictions
    ]
    for figures in chosen.statements:
        value = figures.split.combined.value
        if value is not None:
            trace = [f"statement:{figures.statement.id}", rule]
            limit = v.numbers.number(v.report.playbook.planning.low_statement)
            reasons.append(v.say("because.statement", trace, topic=figures.statement.topic, mean=v.mean(value), limit=limit))
    for condition in chosen.prerequisites:
        key = "because.prerequisite-unknown" if condition.met is None else "because.prerequisite"
        reasons.append(v.say(key, [*condition_paths(condition), rule], name=v.condition_name(condition)))
    return reasons
