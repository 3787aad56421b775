"""What the playbook knows of comments, in its language: who is named by a title, and which phrases tell who wrote them."""

from dataclasses import dataclass
from typing import Annotated

from alignment_report.model.fields import Field


@dataclass(frozen=True, slots=True)
class CommentRules:
    """Case and accents do not count, neither in a title nor in a phrase."""

    titles: Annotated[tuple[str, ...], Field("Titles that one person or few have; in a printed comment each gives way to a neutral word.")]
    telling: Annotated[
        tuple[str, ...],
        Field("Phrases by which an author could be recognised; `…` stands for none to three words. A comment with one is not printed."),
    ]
