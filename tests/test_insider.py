"""Somebody who answered takes their own answer away from what is printed, and does not learn what every other one answered."""

from collections.abc import Sequence
from fractions import Fraction

from cases import INSTRUMENT, STATEMENTS, law, published, respondent, wave
from hypothesis import strategies as st

from alignment_report.analysis.published import Figure
from alignment_report.analysis.scoring import score_range, score_respondents
from alignment_report.model.assessment import Assessment, Role
from alignment_report.rendering.numbers import rounded

FEWEST_OTHERS = 4
HIDDEN_BY_SPREAD = 10
"""From so many people on a figure may be of one mind; it says of a crowd what everybody knows of it."""

ROLES: tuple[Role, ...] = ("sales", "marketing", "leadership")


@st.composite
def extreme_waves(draw: st.DrawFn) -> Assessment:
    """Small groups whose answers lie at one value but for a few people: where little hides anybody."""
    groups = []
    for role in ROLES:
        usual = draw(st.sampled_from((1, 5, 5, 3)))
        people = [dict.fromkeys(STATEMENTS, usual) for _ in range(draw(st.integers(0, 9)))]
        for person in people[: draw(st.integers(0, 3))]:
            changed = draw(st.sampled_from((1, 2, 3, 4, 5)))
            person.update(dict.fromkeys(STATEMENTS[: draw(st.sampled_from((1, 5, 20)))], changed))
        groups.append([respondent(role, answers) for answers in people])
    return wave(*groups)


@law(extreme_waves())
def test_a_member_does_not_learn_the_answer_of_every_other_one(assessment: Assessment) -> None:
    found, scores = published(assessment), score_respondents(assessment, INSTRUMENT)
    told = []
    for role in ROLES:
        people = [score for score in scores if score.function == role]
        for figures in found.statements:
            answers = [Fraction(p.answers[figures.statement.id]) for p in people if figures.statement.id in p.answers]
            told += [figures.statement.id] if learns(getattr(figures.split, role), answers, (Fraction(1), Fraction(5))) else []
        totals = [p.total for p in people if p.total is not None]
        told += [role] if learns(getattr(found.score, role), totals, score_range(INSTRUMENT.scale)) else []
    assert told == []


def learns(figure: Figure, values: Sequence[Fraction], ends: tuple[Fraction, Fraction]) -> bool:
    """Whether some member can tell from the printed mean that all others lie at one end, or is left with too few others."""
    if figure.value is None or len(values) >= HIDDEN_BY_SPREAD:
        return False
    printed, half = Fraction(rounded(figure.value, 1)), Fraction(1, 20)
    for own in set(values):
        low, high = ((printed + off) * len(values) - own for off in (-half, half))
        others = len(values) - 1
        if others < FEWEST_OTHERS or low > others * ends[1] - 1 or high < others * ends[0] + 1:
            return True
    return False


def test_the_total_of_a_group_in_which_all_others_agree_with_everything_is_not_shown() -> None:
    alike = [respondent("leadership", dict.fromkeys(STATEMENTS, 5)) for _ in range(5)]
    for insider in (1, 3, 4):
        people = [*alike, respondent("leadership", dict.fromkeys(STATEMENTS, insider))]
        assert published(wave(people)).score.leadership.value is None
    two = [*alike, *(respondent("leadership", dict.fromkeys(STATEMENTS, answer)) for answer in (3, 4))]
    assert published(wave(two)).score.leadership.value is not None
