"""How careful and how much of one mind those who answered were, in sentences for the method appendix."""

from fractions import Fraction

from alignment_report.analysis.agreement import Interval
from alignment_report.analysis.consensus import deviation_cut_off
from alignment_report.analysis.intraclass import Intraclass
from alignment_report.analysis.published import MOST_NEUTRAL
from alignment_report.analysis.quality import Quality
from alignment_report.analysis.scoring import bounds
from alignment_report.rendering.document.voice import Json, Prose, Voice


def quality(v: Voice) -> Prose:
    published = v.report.published
    if published.neutral is None or published.missing is None or published.unknown is None or published.mode == "named":
        return [v.say("quality.withheld", ["score"])]
    shares = [
        v.say(
            "quality.neutral-most" if published.neutral >= MOST_NEUTRAL else "quality.neutral",
            ["score"],
            share=v.numbers.percent(published.neutral),
        ),
        v.say("quality.missing", ["score"], skipped=v.numbers.percent(published.missing), unknown=v.numbers.percent(published.unknown)),
    ]
    return [*shares, *(_about_answers(v, published.quality) if published.quality else [])]


def _about_answers(v: Voice, quality: Quality) -> Prose:
    """How far apart, how much of one mind and how careful those who answered were."""
    told: Prose = []
    if quality.effect and not v.report.published.whole_team:
        told.append(v.say("quality.effect", ["score"], **_with_interval(v, "g", quality.effect.g, quality.effect.interval)))
    if quality.between and not v.report.published.whole_team:
        told.append(_between(v, quality.between))
    for role, consensus in quality.consensus.items():
        places = {
            "function": v.words(f"who.{role}"),
            "n": str(consensus.people),
            "strength": v.words(f"agreement.{agreement(consensus.r_wg)}"),
            "r_wg": v.numbers.decimal(consensus.r_wg, 2),
            "star": v.numbers.decimal(consensus.r_star_wg, 2),
            "deviation": v.numbers.decimal(consensus.deviation),
            "most": v.numbers.decimal(deviation_cut_off(*bounds(v.report.playbook.instrument.scale))),
        }
        told.append(v.say("quality.agreement", ["score"], **places))
    if quality.alpha and quality.alpha.interval and not v.report.published.whole_team:
        figures = _with_interval(v, "alpha", quality.alpha.value, quality.alpha.interval)
        statements = str(len(v.report.playbook.instrument.statements))
        told.append(v.say("quality.alpha", ["score"], n=str(quality.alpha.people), count=statements, **figures))
    if quality.careless is None:
        k = v.words.counted(v.report.published.thresholds.figures)
        return [*told, v.say("quality.few-careless", ["score"], k=k)]
    return [*told, v.say("quality.careless", ["score"], count=str(quality.careless))]


def _between(v: Voice, found: Intraclass) -> Json:
    """How much of the differences between people lies between their functions."""
    figures = _with_interval(v, "single", found.single, found.single_interval)
    key = "quality.between" if found.single > 0 else "quality.not-between"
    return v.say(
        key, ["score"], share=v.numbers.percent(max(found.single, Fraction(0))), group=v.numbers.decimal(found.group, 2), **figures
    )


def _with_interval(v: Voice, name: str, value: Fraction | float, interval: Interval) -> dict[str, str]:
    return {name: v.numbers.decimal(value, 2), "low": v.numbers.decimal(interval.low, 2), "high": v.numbers.decimal(interval.high, 2)}


AGREEMENT = (("very-strong", Fraction(9, 10)), ("strong", Fraction(7, 10)), ("moderate", Fraction(1, 2)), ("weak", Fraction(3, 10)))
"""Above which r_wg agreement is called what (LeBreton & Senter 2008); below the last it is lacking."""


def agreement(r_wg: Fraction) -> str:
    """What a mean r_wg is called."""
    return next((name for name, above in AGREEMENT if r_wg > above), "lacking")
