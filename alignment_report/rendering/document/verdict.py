"""The verdict in words, as its own line."""

from alignment_report.rendering.document.voice import Voice


def verdict_title(v: Voice, kind: str | None = None) -> str:
    """The verdict of the rules, or another one at the same stage."""
    stage = v.report.stage
    above = v.stage_name(stage.above.name) if stage and stage.above else ""
    return v.title(f"verdict.title.{kind or v.report.verdict.kind}", stage=v.stage_name(stage.stage.name) if stage else "", next=above)
