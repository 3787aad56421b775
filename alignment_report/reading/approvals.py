"""Which comments of a wave may be approved, and what their redaction needs."""

from collections.abc import Iterator

from alignment_report.analysis.comments import LONGEST_QUOTED
from alignment_report.analysis.redaction import FEWEST_LETTERS, person
from alignment_report.analysis.spelling import squeezed
from alignment_report.analysis.telling import is_telling
from alignment_report.model.assessment import Assessment, Respondent
from alignment_report.model.comments import CommentRules
from alignment_report.model.playbook import Playbook
from alignment_report.reading.remarks import Remark

WITHDRAW = "delete `verbatim: approved`"


def redact_list(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    """Remarks about names too short to be looked for, and about those of which no word could be looked for by itself."""
    for number, name in enumerate(assessment.redact):
        if len(squeezed(name)) < FEWEST_LETTERS:
            yield Remark(("redact", number), f"a name must hold {FEWEST_LETTERS} letters or more", "write the whole name")
        elif len(name.split()) > 1 and not person(name).alone:
            says = "no word of this name starts with a capital letter, so none of them would be taken out where it stands alone"
            yield Remark(("redact", number), says, "write the name with its capitals")


def approvals(assessment: Assessment, playbook: Playbook) -> Iterator[Remark]:
    """Remarks about approved comments that cannot be printed, none of which repeats a comment."""
    for respondent in assessment.respondents:
        if respondent.verbatim:
            yield from _of_one(respondent, assessment, playbook.comments)


def _of_one(respondent: Respondent, assessment: Assessment, rules: CommentRules | None) -> Iterator[Remark]:
    approval, comment = ("respondents", respondent.id, "verbatim"), ("respondents", respondent.id, "comment")
    if respondent.comment is None:
        yield Remark(approval, "there is no comment to approve", WITHDRAW)
    elif assessment.confidentiality.mode == "named":
        yield Remark(approval, "with `mode: named` no comment is printed", WITHDRAW)
    elif respondent.function == "leadership":
        yield Remark(approval, "a comment of leadership is never printed", WITHDRAW)
    elif rules is None:
        yield Remark(approval, "the playbook in use has no `comments`, so no comment can be printed", WITHDRAW)
    elif len(respondent.comment) > LONGEST_QUOTED:
        yield Remark(comment, f"an approved comment has {LONGEST_QUOTED} characters at the most", f"shorten it, or {WITHDRAW}")
    elif is_telling(respondent.comment, rules.telling):
        yield Remark(comment, "an approved comment holds words by which its author could be recognised", f"reword it, or {WITHDRAW}")
