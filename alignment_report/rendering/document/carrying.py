"""What the answers can carry: the grades of what may be said, which of them this client reaches, and how estimates are made."""

from alignment_report.analysis.claims import people_needed
from alignment_report.model.claims import ClaimGrade
from alignment_report.rendering.document.voice import Json, Voice


def carrying(v: Voice) -> Json | None:
    """Every grade with what may and may not be said at it, this client's marked; None where the playbook holds no grades."""
    grades = v.report.playbook.claims
    if not grades:
        return None
    return {"reached": _reached(v), "grades": [_grade(v, grade) for grade in grades]}


def _reached(v: Voice) -> Json:
    grade, published = v.report.grade, v.report.published
    if grade is None:
        return v.say("carrying.none", ["score", "rule:claims"])
    key = "carrying.whole-team" if published.whole_team and grade.basis != "named" else f"carrying.{grade.basis}"
    counts = [figure.n for figure in (published.score.sales, published.score.marketing) if figure.n]
    n = min(counts, key=lambda count: count.at_least, default=published.score.combined.n)
    return v.say(key, ["score", f"rule:claims.{grade.id}"], name=v.within(grade.name), n=v.count(n) or "")


def _grade(v: Voice, grade: ClaimGrade) -> Json:
    reached = grade is v.report.grade
    return {
        "name": grade.name,
        "from": v.words(f"carrying.from.{grade.basis}", n=str(people_needed(grade, v.report.published.thresholds))),
        "may": grade.may,
        "may_not": grade.may_not,
        "reason": grade.reason,
        "reached": reached,
    }
