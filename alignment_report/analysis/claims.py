"""What is shown of the answers into the grade of what may be said of them."""

from collections.abc import Sequence

from alignment_report.analysis.published import Published
from alignment_report.model.assessment import Confidentiality
from alignment_report.model.claims import Basis, ClaimGrade


def claim_grade(published: Published, grades: Sequence[ClaimGrade]) -> ClaimGrade | None:
    """The grade that asks for the most people of those this wave reaches; None where no score may be shown or no grade is reached."""
    basis, size = _basis(published), _size(published)
    reached = [grade for grade in grades if grade.basis == basis and size >= people_needed(grade, published.thresholds)]
    return max(reached, key=lambda grade: people_needed(grade, published.thresholds), default=None)


def people_needed(grade: ClaimGrade, thresholds: Confidentiality) -> int:
    """How many people a grade needs in this wave: never fewer than the wave's own threshold of what it allows."""
    if grade.basis == "named":
        return grade.at_least
    return max(grade.at_least, thresholds.spread if grade.intervals else thresholds.figures)


def _basis(published: Published) -> Basis:
    if published.mode == "named":
        return "named"
    return "together" if published.score.gap.value is None else "apart"


def _size(published: Published) -> int:
    """People in the smaller function, or in both where they are not shown apart; none without a score."""
    score = published.score
    counts = [score.sales.n, score.marketing.n] if _basis(published) == "apart" else [score.combined.n]
    return min(count.at_least if count else 0 for count in counts)
