"""Comments: who may be quoted, what is taken out of a quote, and that nothing of the others comes through."""

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from cases import ACME, ANONYMOUS, NAMED, PLAYBOOK, TINY, law, mixed_team, wave
from hypothesis import strategies as st
from planted import FILES, Planted, folder_with
from samples import CLIENTS, case, compiled, document, made, section, strings

from alignment_report.analysis.comments import LONGEST_QUOTED, Quote, quotes, redaction
from alignment_report.analysis.redaction import LONG_NAME, Part, Redaction, Removed, person
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.telling import is_telling
from alignment_report.errors import FlawedInput
from alignment_report.model.assessment import Assessment, Confidentiality, Respondent
from alignment_report.model.client import Client, Engagement, Structure
from alignment_report.model.comments import CommentRules
from alignment_report.model.playbook import Playbook
from alignment_report.reading.client import read_case
from alignment_report.rendering.html import print_page, screen_page

RULES = PLAYBOOK.comments or CommentRules((), ())


def shown(parts: Sequence[Part]) -> str:
    return "".join("▮" if isinstance(part, Removed) else part for part in parts)


def spoken(sales: int, marketing: int, approved: int = 99, leadership: int = 0, rules: Confidentiality = ANONYMOUS) -> Assessment:
    """A wave in which so many of each function wrote a comment, and the first few of them are approved."""
    groups = [_writing(role, number, approved) for role, number in (("sales", sales), ("marketing", marketing), ("leadership", leadership))]
    return wave(*groups, rules=rules)


def _writing(role: str, number: int, approved: int) -> list[Respondent]:
    people = mixed_team(role, max(number, 12))  # type: ignore[arg-type]
    said = [f"{role} remark number {chr(97 + place)} on planning" for place in range(number)]
    told = [
        replace(p, comment=text, verbatim="approved" if n < approved else None)
        for n, (p, text) in enumerate(zip(people, said, strict=False))
    ]
    return [*told, *people[number:]]


def quoted(of: Assessment, client: Client = ACME) -> tuple[Quote, ...]:
    return quotes(of, client, RULES)


# Who may be quoted


@pytest.mark.parametrize(
    ("sales", "marketing", "labels"),
    [
        (9, 0, None),
        (5, 4, None),
        (5, 5, {None}),
        (10, 0, {None}),
        (12, 1, {None}),
        (12, 9, {None}),
        (10, 10, {"sales", "marketing"}),
    ],
)
def test_comments_are_quoted_from_ten_authors_on_and_their_functions_told_from_ten_in_each(
    sales: int, marketing: int, labels: set[str | None] | None
) -> None:
    found = quoted(spoken(sales, marketing))
    assert len(found) == (sales + marketing if labels else 0)
    assert {quote.function for quote in found} == (labels or set())


def test_those_whose_comment_is_not_approved_count_among_the_authors_and_are_not_quoted() -> None:
    found = quoted(spoken(6, 6, approved=1))
    assert sorted(shown(quote.parts) for quote in found) == ["marketing remark number a on planning", "sales remark number a on planning"]
    assert quoted(spoken(6, 6, approved=0)) == ()


def test_leadership_is_never_quoted_and_does_not_help_the_others_over_the_threshold() -> None:
    assert quoted(spoken(5, 4, leadership=12)) == ()
    assert not [quote for quote in quoted(spoken(6, 6, leadership=12)) if "leadership" in shown(quote.parts)]


def test_a_raised_threshold_withholds_what_the_usual_one_shows() -> None:
    assert len(quoted(spoken(6, 6))) == 12
    assert quoted(spoken(6, 6, rules=Confidentiality(comments=13))) == ()
    assert {q.function for q in quoted(spoken(11, 11, rules=Confidentiality(comments=12)))} == {None}


def test_a_word_or_two_is_no_comment_that_hides_the_others() -> None:
    people = spoken(9, 0).respondents
    short = [replace(person, comment="n/a") for person in mixed_team("marketing", 5)]
    assert quoted(wave([*people, *short])) == ()


def test_named_heads_and_a_playbook_without_rules_are_not_quoted() -> None:
    assert quoted(spoken(10, 10, rules=NAMED)) == ()
    assert quotes(spoken(10, 10), ACME, None) == ()


def test_the_line_on_withheld_comments_is_the_same_whatever_the_reason() -> None:
    told = {_rule_said(spoken(*numbers)) for numbers in ((0, 0, 0), (9, 0, 99), (5, 4, 99), (12, 12, 0))}
    assert len(told) == 1
    assert "ten people or more" in told.pop()


def _rule_said(of: Assessment) -> str:
    said = section(made(compile_report(ACME, of, PLAYBOOK)), "method")["suppression"]
    return str(next(sentence["text"] for sentence in said if sentence["trace"] == ["rule:comments"]))


# The order


@law(st.randoms(use_true_random=False), st.integers(5, 12), st.integers(5, 12))
def test_the_order_of_respondents_changes_no_quote(chance: object, sales: int, marketing: int) -> None:
    original = spoken(sales, marketing)
    people = list(original.respondents)
    chance.shuffle(people)  # type: ignore[attr-defined]
    assert quoted(replace(original, respondents=tuple(people))) == quoted(original)


@pytest.mark.parametrize("turns", [5, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.parametrize("client", ["marlow-cooling", "lindqvist-instruments"])
def test_the_order_of_respondents_changes_no_byte_of_a_sample_with_comments(client: str, turns: int) -> None:
    told, chance = case(client), random.Random(7)
    for _ in range(turns):
        people = chance.sample(told.assessment.respondents, len(told.assessment.respondents))
        turned = replace(told.assessment, respondents=tuple(people))
        assert made(compiled(replace(told, assessment=turned))) == document(client)


def test_the_order_follows_what_is_printed_and_not_what_was_taken_out() -> None:
    def order(name: str) -> list[str]:
        people = spoken(6, 6).respondents
        people = tuple(replace(p, comment=f"{name} {p.comment}") if p.comment and n % 2 else p for n, p in enumerate(people))
        return [shown(quote.parts) for quote in quoted(replace(wave(people), redact=(name,)))]

    assert len({tuple(order(name)) for name in ("Anna", "Bertram", "Cyrus", "Dorothea", "Emil")}) == 1


def test_two_who_wrote_the_same_are_both_quoted() -> None:
    people = [replace(p, comment="We plan too late", verbatim="approved") for p in mixed_team("sales", 10)]
    assert [shown(quote.parts) for quote in quoted(wave(people))] == ["We plan too late"] * 10


# What is taken out


ROSTER = (
    "Jana Müller",
    "Jean-Luc Petit",
    "Łukasz Żak",
    "Siobhán O'Neill",
    "Björn Ångström",
    "Bobby",
    "Al",
    "Project Falcon",
    "Zoë",
    "陈小明",
)
SENTENCES = (
    "{} decides on the range.",
    "We asked {} twice and heard nothing.",
    "Without {}, nothing moves",
    "Ask ({}) or nobody.",
    "»{}« is the bottleneck; see minutes.",
    "*{}* wrote the plan – alone.",
    "Sales/{}/Marketing should meet.",
    "Everything waits for {}!",
    "\"{}\" never calls back",
    "ask_{}_first they say",
    "the plan\nof {}\nis late",
    "{}: too many meetings, too few decisions.",
)  # fmt: skip
FORMS = {
    "as it is": lambda name: name,
    "small": str.lower,
    "capital": str.upper,
    "without accents": lambda name: _plainly(name),
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "possessive": lambda name: f"{name}'s",
    "typographic possessive": lambda name: f"{name}’s",
    "genitive": lambda name: f"{name}s",
    "hyphenated": lambda name: name.replace(" ", "-"),
    "without hyphens": lambda name: name.replace("-", " "),
    "in one word": lambda name: re.sub(r"[\s'-]", "", name),
    "over two lines": lambda name: name.replace(" ", "\n"),
    "in a compound": lambda name: f"pro-{name}-camp",
    "in a longer word": lambda name: f"anti{name}gate",
    "soft hyphen": lambda name: f"{name[:1]}\u00ad{name[1:]}",
    "first word": lambda name: name.split()[0],
    "last word": lambda name: name.split()[-1],
}


def _plainly(text: str) -> str:
    """An oracle of its own: letters without marks, in small letters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    return bare.replace("Ł", "L").replace("ł", "l").lower()


def survivors(text: str, names: Sequence[str]) -> list[str]:
    """The names, or words of them that start with a capital letter, that can still be read in a text."""
    words = re.findall(r"[^\W_]+", _plainly(text))
    told = [re.sub(r"[\W_]", "", _plainly(part)) for name in names for part in [name, *name.split()]]
    return [one for one in told if one in words or f"{one}s" in words or (len(one) >= LONG_NAME and any(one in word for word in words))]


@pytest.mark.parametrize("form", FORMS)
def test_no_name_of_the_roster_survives_in_any_sentence(form: str) -> None:
    redact = Redaction([person(name) for name in ROSTER], [], [])
    left = [
        (sentence, name, after)
        for sentence, name in product(SENTENCES, ROSTER)
        if survivors(after := shown(redact(sentence.format(FORMS[form](name)))), [name])
    ]
    assert left == []


def test_the_oracle_sees_the_names_before_they_are_taken_out() -> None:
    assert all(survivors(sentence.format(name), [name]) for sentence, name in product(SENTENCES, ROSTER))


@pytest.mark.parametrize("written", ["JM", "J.M.", "J. M.", "J.-M.", "J. Müller", "J Müller", "Müller, J."])
def test_initials_and_an_initial_beside_the_last_name_are_taken_out(written: str) -> None:
    redact = Redaction([person("Jana Müller")], [], [])
    assert shown(redact(f"Only {written} knows.")).replace(" ", "").rstrip(".") in ("Only▮knows", "Only▮.knows")


@pytest.mark.parametrize(
    ("name", "written", "left"),
    [
        ("Ana Sofia de Lima", "ASL", "▮"),
        ("Ana Sofia de Lima", "A.S.L.", "▮"),
        ("Ana Sofia de Lima", "AL", "▮"),
        ("Ana Sofia de Lima", "A. Lima", "▮"),
        ("Ana Sofia de Lima", "SL", "SL"),
        ("Ana Sofia de Lima", "AS", "AS"),
        ("Ana Bo Cruz Dias Egas", "ABCDE", "▮"),
        ("Ana Bo Cruz Dias Egas", "AE", "▮"),
        ("Ana Bo Cruz Dias Egas Faro", "ABCDEF", "ABCDEF"),
        ("Ana", "A", "A"),
    ],
)
def test_initials_are_those_of_all_capital_words_or_of_the_first_and_the_last(name: str, written: str, left: str) -> None:
    """Of two words to five: more initials than that are rather those of a firm, and a lone one is any letter."""
    assert shown(Redaction([person(name)], [], [])(f"only {written} knows")) == f"only {left} knows"


def test_the_words_of_a_name_stand_for_it_by_themselves_but_for_small_and_harmless_ones() -> None:
    assert person("Jean-Luc van Petit").alone == ("Jean-Luc", "Jean", "Luc", "Petit")
    assert person("Acme Rossi", ["ACME"]).alone == ("Rossi",)


@pytest.mark.parametrize(
    "text",
    [
        "In a meeting with all of us it is also fine.",
        "e.g. the fair in 2024/2025, where we sold 12 of 1,200 machines",
        "The DJMX model and jm sizes sell best at 3.5 %.",
        "Half-day training, follow-up and hand-over.",
    ],
)
def test_what_only_looks_like_a_name_or_a_number_to_call_stays(text: str) -> None:
    assert Redaction([person(name) for name in ("Ina", "Al", "Jana Müller")], ["r-5rhq"], RULES.titles)(text) == (text,)


@pytest.mark.parametrize(
    "contact",
    [
        "jana.mueller@firm.example", "JM+sales@sub.firm.co.uk", "jana (at) firm.de", "jana [at] firm.de", "jana @ firm.de",
        "+49 30 1234567", "+49 (0)30/123 45-67", "030-123456-78", "(030) 1234567", "0171.1234567", "+1 (555) 010-9999 ext. 12", "ext 4711",
        "phone: 4711", "+44 20 7946 0958", "00420777123456",
        "https://intranet/x?u=jana", "HTTP://A.example", "www.firm.example/jana", "firm.com/jana", "linkedin.com/in/jm", "mailto:jm",
        "@jana_m", "@JM",
    ],
)  # fmt: skip
def test_addresses_and_numbers_to_call_are_taken_out(contact: str) -> None:
    left = shown(Redaction([], [], [])(f"Write to {contact} today"))
    assert left.startswith("Write to ▮")
    assert not re.search(r"\d{2}|jana|@|firm|jm|http|www", left, re.IGNORECASE)


@pytest.mark.parametrize("title", ["head of Sales", "Head Of Marketing", "sales director", "Sales-Director's", "CMO", "cmos", "VP Sales"])
def test_titles_that_one_person_has_give_way_to_a_neutral_word(title: str) -> None:
    parts = redaction(wave(), ACME, RULES)(f"Ask the {title} first")
    assert Removed("role") in parts
    assert survivors(shown(parts), [title]) == []


def test_what_the_clients_file_names_and_the_ids_of_the_wave_are_taken_out() -> None:
    client = replace(
        ACME,
        structure=Structure(sales_head="Verkaufsleiterin", marketing_reports_to="Group Brand Officer"),
        engagement=Engagement(sponsor="Dr. Petra Lindgren, managing director", consultants="Tarn & Ostler"),
    )
    people = [replace(one, id=f"r-{n}x7q") for n, one in enumerate(mixed_team("sales", 3))]
    redact = redaction(wave(people), client, RULES)
    text = "Lindgren and PETRA told tarn, Ostler's people, the verkaufsleiterin, the group brand officer, r-1x7q and R_2X7Q of Acme sales"
    assert re.sub(r"[▮,\s]+", " ", shown(redact(text))) == " and told people the the and of Acme sales"


def test_the_companys_own_name_within_a_title_is_no_name_of_a_person() -> None:
    client = replace(ACME, structure=Structure(sales_head="Kopf Acme Rheinland"))
    text = "Acme itself is fine, Rheinland is not"
    assert shown(redaction(wave(), client, RULES)(text)) == "Acme itself is fine, ▮ is not"


def test_half_a_sign_in_a_comment_stops_nothing() -> None:
    people = [replace(p, comment="We plan too late \ud83d", verbatim="approved") for p in mixed_team("sales", 10)]
    assert len(quoted(wave(people))) == 10


WORDS = st.text(st.sampled_from("abcdeéüßøł'-_. @0123ABC\n李"), min_size=1, max_size=12)


@law(st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, max_size=12), st.randoms(use_true_random=False))
def test_no_string_to_be_redacted_survives_anywhere(names: list[str], around: list[str], chance: object) -> None:
    kept = [name for name in names if len(re.sub(r"[\W_]", "", _plainly(name))) >= 2]
    text = around + kept
    chance.shuffle(text)  # type: ignore[attr-defined]
    redact = Redaction([person(name) for name in kept], [], [])
    parts = redact(" ".join(text))
    left = [part for part in parts if isinstance(part, str)]
    assert [part for part in left if any(_is_in(part, name) for name in kept)] == []
    assert [part for part in left if redact(part) != (part,)] == []


def _is_in(text: str, name: str) -> bool:
    """Whether the words of a name stand in a row in a text, or its letters in a longer word of it."""
    words, looked_for = re.findall(r"[^\W_]+", _plainly(text)), re.findall(r"[^\W_]+", _plainly(name))
    row = any(words[start : start + len(looked_for)] == looked_for for start in range(len(words)))
    letters = "".join(looked_for)
    return row or (len(letters) >= LONG_NAME and any(letters in word for word in words))


# What its author could be recognised by


TELLING = (
    "As the only woman in Sales I see it daily.", "as the only young engineer in marketing", "I'm the only one who visits customers.",
    "I am the only marketer at this site", "In my 20 years here nothing changed.", "in my twenty-five years of selling", "After 12 years here",
    "After so many years in this company", "Since I joined in 2019 we had three plans.", "Since I started, nobody asked.",
    "When I joined we had one list", "Before I came there was a plan", "I have been here longest", "I’ve been with the firm for long",
    "As a mother I leave at four.", "As a foreigner I hear the jokes", "My team does that already.", "My direct reports complain",
    "As head of key accounts I decide", "In my role as liaison I hear both", "My predecessor did it better", "At my previous company we met weekly",
    "I am responsible for the north", "In my territory nobody reads it", "My maternity leave was not covered", "As a part-timer I miss the meetings",
    "As the newest here I wonder", "My accent is laughed at", "The works council said so to me", "As a former salesman I know",
)  # fmt: skip
HARMLESS = (
    "The brochures show machines, not running costs.", "Sales hears too late of the fair.", "We need one plan.", "Leads come without a budget.",
    "It takes years until a product is replaced.", "The only thing that counts is volume.", "Price lists change when it suits one side.",
)  # fmt: skip


@pytest.mark.parametrize("text", TELLING)
def test_a_phrase_that_tells_who_wrote_is_found(text: str) -> None:
    assert is_telling(text, RULES.telling)
    assert is_telling(text.upper().replace(" ", "\n "), RULES.telling)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_sentence_that_tells_nothing_of_its_author_is_let_through(text: str) -> None:
    assert not is_telling(text, RULES.telling)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("as the only in", True),
        ("as the only very young woman in", True),
        ("as the only very young French woman in", False),
        ("as the only one here", False),
        ("in as the only one", False),
    ],
)
def test_an_ellipsis_stands_for_up_to_three_words_before_the_next_one(text: str, tells: bool) -> None:
    assert is_telling(text, ["as the only … in"]) is tells


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", ""])
def test_no_apostrophe_parts_a_telling_word(apostrophe: str) -> None:
    assert is_telling(f"I{apostrophe}m the only one", ["I'm the only one"])


# The files


W = "assessments/2026-03.yaml"
SPEAKING = replace(TINY, comments=RULES)


def messages(folder: Path, knowledge: Playbook = SPEAKING) -> list[str]:
    with pytest.raises(FlawedInput) as raised:
        read_case(folder, None, knowledge)
    return [str(flaw) for flaw in raised.value.flaws]


SAID = "comment: zebrafish"
AGREED = "§approved"
FLAWS = [
    (Planted(W, SAID, "§comment: Since I joined the zebrafish club it works\n    verbatim: approved", "could be recognised"), True),
    (Planted(W, SAID, f"§comment: {'zebrafish ' * 61}\n    verbatim: approved", "600 characters at the most"), True),
    (Planted(W, SAID, f"verbatim: {AGREED}", "no comment to approve"), False),
    (Planted(W, SAID, "comment: zebrafish\n    verbatim: §zebrafish", "this must be `approved`"), False),
    (Planted(W, SAID, "comment: zebrafish\n    verbatim: §unknown", "this must be `approved`"), False),
    (Planted(W, "function: marketing\n    level: head", f"function: leadership\n    verbatim: {AGREED}\n    level: head", "never printed"), False),
    (Planted(W, "respondents:", "redact: [zebrafish, §z]\nrespondents:", "2 letters or more"), False),
    (Planted(W, "respondents:", "redact:\n  - zebrafish\n  - §{name: zebrafish}\nrespondents:", "this must be text"), False),
]  # fmt: skip


@pytest.mark.parametrize(("flaw", "at_value"), FLAWS)
def test_an_approval_that_cannot_stand_is_one_flaw_without_a_word_of_the_comment(flaw: Planted, at_value: bool, tmp_path: Path) -> None:
    if at_value:
        flaw = replace(flaw, new=flaw.new.replace("§comment: ", "comment: §"))
    folder, (place,) = folder_with(tmp_path / "acme", FILES, flaw)
    (message,) = messages(folder)
    assert message.startswith(f"{place}: ")
    assert flaw.says in message
    assert "zebrafish" not in message


def test_an_approved_comment_of_named_heads_is_a_flaw(tmp_path: Path) -> None:
    named = Planted(W, "mode: anonymous", "mode: named\n  consent: {by: both heads, date: 2026-03-01}", "")
    heads = Planted(W, "level: staff", "level: head", "")
    agreed = Planted(W, SAID, f"{SAID}\n    verbatim: {AGREED}", "")
    folder, (place,) = folder_with(tmp_path / "acme", FILES, named, heads, agreed)
    assert [message.split(": ", 1)[0] for message in messages(folder)] == [place]


def test_a_playbook_without_rules_for_comments_prints_none_and_says_so(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path / "acme", FILES, Planted(W, SAID, f"{SAID}\n    verbatim: approved", ""))
    assert "the playbook in use has no `comments`" in messages(folder, TINY)[0]
    assert read_case(folder, None, SPEAKING).assessment.respondents[2].verbatim == "approved"


def test_a_comment_of_the_longest_length_may_be_approved(tmp_path: Path) -> None:
    text = ("word " * LONGEST_QUOTED)[: LONGEST_QUOTED - 1] + "d"
    folder, _ = folder_with(tmp_path / "acme", FILES, Planted(W, SAID, f"comment: {text}\n    verbatim: approved", ""))
    assert len(read_case(folder, None, SPEAKING).assessment.respondents[2].comment or "") == LONGEST_QUOTED


# The page


def test_a_quote_is_shown_as_it_was_written_and_commands_nothing() -> None:
    people = list(spoken(6, 6, approved=0).respondents)
    people[0] = replace(people[0], comment="<script>alert(1)</script> {{ 7*7 }} {count} & 'more'", verbatim="approved")
    of = made(compile_report(ACME, wave(people), PLAYBOOK))
    (quote,) = section(of, "perception")["quotes"]["groups"][0]["said"]
    assert quote == {"text": "“<script>alert(1)</script> {{ 7*7 }} {count} & 'more'”", "trace": ["rule:comments"]}
    for page in (screen_page(of), print_page(of)):
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {count} &amp; &#39;more&#39;" in page


@pytest.mark.parametrize("client", CLIENTS)
def test_the_samples_print_their_approved_comments_and_no_other(client: str) -> None:
    told = " ".join(strings(document(client)))
    people = case(client).assessment.respondents
    assert not [p.comment for p in people if p.comment and not p.verbatim and p.comment in told]
    approved = [p for p in people if p.verbatim]
    groups = (section(document(client), "perception")["quotes"] or {"groups": []})["groups"]
    assert sum(len(group["said"]) for group in groups) == len(approved)


def test_a_name_to_be_redacted_stands_in_a_sample_and_not_in_its_playbook() -> None:
    (name,) = case("marlow-cooling").assessment.redact
    assert any(name in (p.comment or "") for p in case("marlow-cooling").assessment.respondents)
    assert survivors(" ".join(strings(document("marlow-cooling"))), [name]) == []
