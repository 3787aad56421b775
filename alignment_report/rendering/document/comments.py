"""What people wrote, as far as it may be quoted, and which rule held where it may not."""

from alignment_report.analysis.comments import FUNCTIONS, Quote
from alignment_report.analysis.redaction import Part, Removed
from alignment_report.rendering.document.voice import Json, Voice, sentence


def comments(v: Voice) -> Json | None:
    """The quoted comments, under their functions where these are told; None where there are none."""
    quotes = v.report.quotes
    if not quotes:
        return None
    return {
        "title": v.words("comments.title"),
        "about": v.say("comments.about", ["rule:comments"]),
        "groups": [_group(v, function) for function in (None, *FUNCTIONS) if any(quote.function == function for quote in quotes)],
    }


def comments_rule(v: Voice) -> Json:
    """How comments were treated; the one reason for having none does not tell which of its parts held."""
    least = v.words.counted(v.report.published.thresholds.comments)
    if v.report.published.mode == "named":
        return v.say("comments.rule-named", ["rule:comments"])
    if v.report.quotes:
        return v.say("comments.rule", ["rule:comments"], least=least)
    return v.say("comments.rule-none", ["rule:comments"], least=least)


def _group(v: Voice, function: str | None) -> Json:
    chosen = [quote for quote in v.report.quotes if quote.function == function]
    return {
        "name": v.words(f"who.{function}") if function else None,
        "function": function,
        "said": [sentence(_text(v, quote), ["rule:comments"]) for quote in chosen],
    }


def _text(v: Voice, quote: Quote) -> str:
    return v.words("comments.quote", text=" ".join("".join(_shown(v, part) for part in quote.parts).split()))


def _shown(v: Voice, part: Part) -> str:
    return v.words(f"removed.{part.kind}") if isinstance(part, Removed) else part
