"""What may be said of figures: words for how sure a stage is, and what so many answers can carry."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from alignment_report.model.fields import Field

Basis = Literal["named", "together", "apart"]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A word for a stage that has at least so much of a chance to be the true one."""

    id: str
    at_least: Annotated[Fraction, Field("The smallest chance that is called so.", unit="share")]
    says: Annotated[str, Field("The words after the stage's name, in lower case: «defined, almost certainly».")]
    reason: Annotated[str, Field("Why this threshold.")]
    open: Annotated[bool, Field("Is the next stage then as good an answer? The chapter's heading says so.")] = False


@dataclass(frozen=True, slots=True)
class ClaimGrade:
    """What may be said of the answers of so many people, and what not."""

    id: str
    name: Annotated[str, Field("The grade as printed.")]
    basis: Annotated[
        Basis,
        Field("`named`: heads by name. `together`: both functions in one figure only. `apart`: each function for itself."),
    ]
    at_least: Annotated[int, Field("People it needs: in the smaller function if they are shown apart, else in both.", at_least=2)]
    may: Annotated[str, Field("What may be said, one full sentence or more.")]
    may_not: Annotated[str, Field("What may not be said, one full sentence or more.")]
    least_difference: Annotated[
        Fraction, Field("Points that the lowest and the highest dimension must lie apart to be told apart.", unit="points")
    ]
    reason: Annotated[str, Field("Why from so many people on.")]
    intervals: Annotated[bool, Field("May intervals be given, and what follows from them?")] = False
    ranks_dimensions: Annotated[bool, Field("May a dimension be called lowest or highest for all, not just among those who answered?")] = (
        False
    )
