"""Markdown into blocks: what is read, what is refused at which line, and that no word is lost in between."""

import re

import pytest
from cases import law
from hypothesis import strategies as st

from alignment_report.model.narrative import Block, Listing, Paragraph, Run, Runs
from alignment_report.reading.markdown import read_markdown


def plain(block: Block) -> str:
    entries: tuple[Runs, ...] = (block.runs,) if isinstance(block, Paragraph) else block.entries
    return " ".join("".join(run.text for run in runs) for runs in entries)


def test_paragraphs_emphasis_and_lists_are_read() -> None:
    text = "One *soft* and **firm\nand *both***.\n\n- first\n  goes on\n- second\n\n1. this\n2. that"
    blocks, troubles = read_markdown(text)
    assert troubles == ()
    assert blocks == (
        Paragraph(
            (
                Run("One "),
                Run("soft", emphasis=True),
                Run(" and "),
                Run("firm and ", strong=True),
                Run("both", strong=True, emphasis=True),
                Run("."),
            )
        ),
        Listing(numbered=False, entries=((Run("first goes on"),), (Run("second"),))),
        Listing(numbered=True, entries=((Run("this"),), (Run("that"),))),
    )


@pytest.mark.parametrize("text", ["a\\\nb", "a  \nb", "a\nb", "a   b", "a\tb"])
def test_a_break_within_a_paragraph_and_spaces_in_a_row_are_one_space(text: str) -> None:
    assert read_markdown(text) == ((Paragraph((Run("a b"),)),), ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r"5 \* 3 \< 20", "5 * 3 < 20"),
        (r"2026\. A year", "2026. A year"),
        ("R&D and Q&A; a < b", "R&D and Q&A; a < b"),
        ("see https://example.org/a_b_c", "see https://example.org/a_b_c"),
        ("snake_case_word", "snake_case_word"),
        ("“quoted” – and [in brackets]", "“quoted” – and [in brackets]"),
        ("an *open star", "an *open star"),
    ],
)
def test_what_marks_nothing_stays_as_it_was_typed(text: str, says: str) -> None:
    blocks, troubles = read_markdown(text)
    assert (tuple(map(plain, blocks)), troubles) == ((says,), ())


REFUSED = [
    ("# Head", "a heading"),
    ("Head\n---", "a heading"),
    ("***", "a rule"),
    ("> said", "a quotation"),
    ("```\nx\n```", "code"),
    ("a `b` c", "backticks"),
    ("<div>\nx\n</div>", "HTML"),
    ("a <b>c</b>", "HTML"),
    ("a <!-- b --> c", "HTML"),
    ("[a](https://example.org)", "a link"),
    ("<https://example.org>", "a link"),
    ("[a]: https://example.org", "a link"),
    ("![a](b.png)", "a picture"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a table"),
    ("a ~~b~~ c", "struck through"),
    ("R&amp;D", "as HTML would"),
    ("a &#8238; b", "as HTML would"),
    ("- a\n  - b", "a list within a list"),
    ("- - a", "a list within a list"),
    ("- a\n\n  b", "several paragraphs"),
    ("- # a", "a heading"),
    ("-\n- a", "an entry without words"),
    ("2026. A year", "does not start with 1"),
    ("**strong `code`**", "backticks"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_everything_else_is_refused_at_its_line(text: str, says: str) -> None:
    row = 1 if text in ("- a\n  - b",) else 2 if text == "- a\n\n  b" else 0
    for before, rows in (("", 0), ("Words.\n\nMore\nwords.\n\n", 5)):
        told = [trouble for trouble in read_markdown(before + text)[1] if says in trouble.says]
        assert {trouble.row for trouble in told} == {rows + row}


def test_a_line_indented_deeper_is_code_and_refused() -> None:
    assert [(t.row, "four spaces" in t.says) for t in read_markdown("Words.\n\n    indented")[1]] == [(2, True)]


def test_every_trouble_of_a_text_is_told_in_the_order_of_its_lines() -> None:
    assert [trouble.row for trouble in read_markdown("a `b`\nc <i>\n\n# d\n\n[e](f)")[1]] == [0, 1, 3, 5]


LETTERS = st.text(st.sampled_from("ab1 \n*_-+.)(#>`<&;![]|~\\/:="), max_size=60)


@law(LETTERS)
def test_a_text_is_refused_or_keeps_every_letter_in_its_order(text: str) -> None:
    blocks, troubles = read_markdown(text)
    kept = "".join(re.findall("[ab1]", " ".join(map(plain, blocks))))
    numbers = re.sub(r"(?m)^[ >]*(?:[-+*][ ]+)*1{1,9}[.)](?=[ \n]|$)", "", text)
    assert troubles or kept in ("".join(re.findall("[ab1]", text)), "".join(re.findall("[ab1]", numbers)))


@law(st.lists(st.text("abcdé ü", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_plain_paragraphs_come_back_as_they_were(paragraphs: list[str]) -> None:
    written = [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert read_markdown("\n\n".join(written)) == (tuple(Paragraph((Run(text),)) for text in written), ())
