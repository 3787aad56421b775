"""The delivery gate: faults planted in finished files, each found with its place and the line to mend."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from faulty import Drawn, drawn, edited, replaced, substituted, tags
from markupsafe import escape
from samples import case, document, section

from alignment_report.building.one import HTML, PDF, Wanted, made_files
from alignment_report.gate.checks import CHECKS, faults
from alignment_report.gate.fault import Fault
from alignment_report.gate.finished import Around, Finished, read_finished
from alignment_report.gate.paper import read_paper
from alignment_report.gate.tree import read_page
from alignment_report.rendering.html import print_page
from alignment_report.rendering.pdf import write_pdf

ROOT = Path(__file__).parents[1]
SAMPLE = "fennel-and-rye"
DOCUMENT = document(SAMPLE)
WORDS = DOCUMENT["words"]
COMPANY = DOCUMENT["client"]["name"]
STRANGER = "Harrow Pumps"
AROUND = Around((STRANGER, "harrow-pumps"), frozenset({"r-7f3a"}), frozenset({"telltaleuser"}))
BY_NAME: dict[str, Callable[[Finished], Any]] = {check.__name__: check for check in CHECKS}


@cache
def base() -> Finished:
    """The sample's files, made and read once."""
    files, lacking = made_files(DOCUMENT, Wanted())
    assert lacking is None
    return read_finished(DOCUMENT, files[HTML], files[PDF], AROUND)


@dataclass(frozen=True)
class Planted:
    """A fault: the check that has to find it, what it has to say, where, and words that stand in the template line to mend."""

    name: str
    check: str
    says: str
    where: str
    mend: str
    line: str
    page: Callable[[str], str] | None = None
    paper: Callable[[pikepdf.Pdf], None] | None = None


def in_page(name: str, check: str, says: str, where: str, mend: str, line: str, plant: Callable[[str], str]) -> Planted:
    return Planted(name, check, says, where, mend, line, page=plant)


def in_paper(name: str, check: str, says: str, where: str, mend: str, line: str, plant: Callable[[pikepdf.Pdf], None]) -> Planted:
    return Planted(name, check, says, where, mend, line, paper=plant)


def text_of(id: str) -> str:
    """A first sentence of a section, as it stands in the page."""
    return str(escape(section(DOCUMENT, id)["paragraphs"][0][0]["text"]))


def said(id: str, words: str) -> Callable[[str], str]:
    """Words put before the first sentence of a section."""
    return lambda page: replaced(page, text_of(id), f"{words} {text_of(id)}", f'id="s-{id}"')


def at(old: str, new: str, id: str = "") -> Callable[[str], str]:
    return lambda page: replaced(page, old, new, f'id="s-{id}"' if id else "")


def by(pattern: str, new: str, id: str = "") -> Callable[[str], str]:
    return lambda page: substituted(page, pattern, new, f'id="s-{id}"' if id else "")


ROW = next(row for row in section(DOCUMENT, "dimensions")["statements"] if "value" in row["sales"] and row["sales"] != row["marketing"])
ANSWER = section(DOCUMENT, "summary")["answer"]
READING = section(DOCUMENT, "stage")["readings"][0]
CARD = section(DOCUMENT, "plays")["cards"][0]
SCALE = DOCUMENT["exhibits"]["stage-scale"]
CELL = rf"({re.escape(str(escape(ROW['topic'])))}</th><td[^>]*>){re.escape(ROW['sales']['text'])}"
"""The cell of a statement in the table of dimensions that shows the mean of Sales."""
LEAD = ("templates/macros.html.j2", "paragraph")
HEAD = "<head>\n"

ON_PAGE = [
    in_page("a mark of a template", "residue", "a mark of the template", "section context", *LEAD, said("context", "{{ section.lead }}")),
    in_page("a place not filled", "residue", "not filled", "section context", *LEAD, said("context", "{company} is here.")),
    in_page("undefined", "residue", "program", "section summary", "templates/sections/summary.html.j2", "answer-small", at(ANSWER["score"]["text"], "undefined", "summary")),
    in_page("None for a figure", "residue", "program", "section context", *LEAD, said("context", "The gap is None points.")),
    in_page("None alone with a sign", "residue", "program", "section dimensions", "templates/sections/dimensions.html.j2", "row.sales", by(CELL, r"\1None/5", "dimensions")),
    in_page("nan", "residue", "number that is none", "section dimensions", "templates/sections/dimensions.html.j2", "row.sales", by(CELL, r"\1nan", "dimensions")),
    in_page("words of a typesetter", "residue", "placeholder", "section plays", "templates/sections/plays.html.j2", "card", at(str(escape(CARD["what"])), "Lorem ipsum dolor sit amet.", "plays")),
    in_page("a note to oneself", "residue", "placeholder", "section rewards", *LEAD, said("rewards", "TODO")),
    in_page("an object of the program", "residue", "program", "section context", *LEAD, said("context", "Cell at object at 0x7f3a.")),
    in_page("markup escaped twice", "residue", "markup", "section context", *LEAD, said("context", "Salt &amp;amp; pepper.")),
    in_page("letters read in the wrong code", "residue", "lost", "section context", *LEAD, said("context", "KÃ¶ln.")),
    in_page("the empty place of a word", "residue", "empty place", "section context", *LEAD, said("context", "A turnover of ( ) a year.")),
    in_page("a residue that is read aloud", "residue", "mark of the template", "section summary", "templates/macros.html.j2", "drawing", by('<div class="drawing" role="group" tabindex="0" aria-label="', '\\g<0>{{ shown.title }} ', "summary")),
    in_page("an element that is not closed", "residue", "closed", "line", "templates/macros.html.j2", "paragraph", at(f"{text_of('context')}", f"<b>{text_of('context')}", "context")),
    in_page("a section without content", "emptiness", "empty but for its heading", "section rewards", "templates/sections/rewards.html.j2", "section-", by("(</header>).*?(</section>)", r"\1\2", "rewards")),
    in_page("a section that is not there", "emptiness", "missing", "playbook.html", "templates/sections/risks.html.j2", "import", by('<section class="section section-risks".*?</section>', "")),
    in_page("an item that says nothing", "emptiness", "no words", "section method", "templates/", "<li>", by("<li>.*?</li>", "<li></li>", "method")),
    in_page("a blank cell", "emptiness", "blank", "section dimensions", "templates/sections/dimensions.html.j2", "row.sales", by(CELL, r"\1", "dimensions")),
    in_page("a heading without words", "emptiness", "no words", "section plays", "templates/sections/plays.html.j2", "<h3", by("(<h3[^>]*>).*?</h3>", r"\1</h3>", "plays")),
    in_page("a table without rows", "emptiness", "nothing in it", "section statements", "templates/sections/statements.html.j2", "<tbody>", by("(<tbody>).*?(</tbody>)", r"\1\2", "statements")),
    in_page("another client's name", "strangers", STRANGER, "section context", *LEAD, said("context", f"As at {STRANGER}, most is sold by phone.")),
    in_page("another client's folder in an attribute", "strangers", "harrow-pumps", "section summary", "templates/sections/summary.html.j2", "section-summary", at('id="s-summary" data-label="', 'id="s-summary" data-label="harrow-pumps ')),
    in_page("another client in the words for a drawing", "strangers", STRANGER, "section summary", "templates/macros.html.j2", "drawing", by("(<desc[^>]*>)", rf"\1{STRANGER}. ", "summary")),
    in_page("an id of somebody who answered", "strangers", "the id of somebody", "section statements", "templates/sections/statements.html.j2", "<tr>", by("(<tbody>\\s*)<tr>", r'\1<tr data-who="r-7f3a">', "statements")),
    in_page("a number that is told nowhere", "figures", "987.6", "section context", *LEAD, said("context", "It grew by 987.6 points.")),
    in_page("a digit that was turned", "figures", "is not one that the document tells", "section stage", "templates/", "", by(r"\b(\d)(\d)\.(\d)\b", "9\\g<2>\\g<1>.\\g<3>", "stage")),
    in_page("a number in a drawing", "figures", "is not one that the document tells", "section summary", "templates/macros.html.j2", "drawing", by(r"(<text[^>]*>)\d\d\.\d</text>", r"\g<1>98.7</text>", "summary")),
    in_page("figures of the two functions changed over", "figures", f"under “{WORDS['sales']}”", "section dimensions", "templates/sections/dimensions.html.j2", "row.sales", by(rf"{CELL}(</td><td[^>]*>){re.escape(ROW['marketing']['text'])}", rf"\g<1>{ROW['marketing']['text']}\g<2>{ROW['sales']['text']}", "dimensions")),
    in_page("a score under the wrong label", "figures", "under “", "section stage", "templates/sections/stage.html.j2", "reading", by(rf'({re.escape(str(escape(READING["label"])))}</th><td[^>]*>)\s*{re.escape(READING["figure"]["text"])}', r"\g<1>20", "stage")),
    in_page("another stage in the answer", "figures", "does not show the stage", "section summary", "templates/sections/summary.html.j2", "answer", by(r'(answer-big">)' + ANSWER["stage"], r"\1Integrated", "summary")),
    in_page("a cell of an exhibit's table", "figures", "the table of the exhibit says", "section summary", "templates/macros.html.j2", "<td", by(r'(<table class="data">.*?<tbody>\s*<tr><td[^>]*>)[^<]*', r"\1Somebody", "summary")),
    in_page("a drawing without words", "alternatives", "words", "section summary", "templates/macros.html.j2", "drawing", by("<desc.*?</desc>", "", "summary")),
    in_page("the words of another drawing", "alternatives", "not in those of the document", "section summary", "templates/macros.html.j2", "drawing", by("(<desc[^>]*>).*?</desc>", r"\1A chart of nothing in particular that is long.</desc>", "summary")),
    in_page("an exhibit that is not there", "alternatives", "missing", "playbook.html", "templates/macros.html.j2", "drawing", by("<svg.*?</svg>", "", "summary")),
    in_page("contents in another order", "contents", "the contents say", "<a>", "templates/macros.html.j2", "entry.anchor", lambda page: page.replace('href="#s-stage"><span class="entry-number">3', 'href="#s-stage"><span class="entry-number">4')),
    in_page("an entry of the contents that is lacking", "contents", "entries for", "<ol.entries>", "templates/macros.html.j2", "<ol", by('<li><a href="#s-evidence">.*?</li>', "")),
    in_page("a link to nothing", "contents", "leads nowhere", "section summary", "templates/sections/summary.html.j2", "point-name", by('(class="point-name" href="#)', r"\1x", "summary")),
    in_page("an id that stands twice", "contents", "two elements have the id", "section decision", "templates/", "", by('id="s-decision-title"', 'id="s-stage-title"', "decision")),
    in_page("a picture from outside", "contents", "outside the file", "section context", *LEAD, said("context", '<img alt="A picture of a pump at work." src="https://example.org/a.png">')),
    in_page("pale text by the stylesheet", "contrast", "has a contrast of", "playbook.html", "templates/styles/screen.css", ".quiet", by(r"\.quiet-text, \.quiet \{ color: #[0-9a-f]{6}", ".quiet-text, .quiet { color: #c0c0c0")),
    in_page("pale text by itself", "contrast", "has a contrast of", "section context", "templates/macros.html.j2", "lead", by('<p class="lead">', '<p class="lead" style="color: #bbbbbb">', "context")),
    in_page("a ground too near to its text", "contrast", "has a contrast of", "playbook.html", "templates/styles/screen.css", "", by(r"\.ask \{ ([^}]*)background: #[0-9a-f]{6}", r".ask { \1background: #556677")),
    in_page("a font that is not there", "fonts", "missing or damaged", "<style>", "templates/playbook.html.j2", "font_faces", by(r"@font-face\{.*?\}\n", "")),
    in_page("a font that is damaged", "fonts", "missing or damaged", "<style>", "templates/playbook.html.j2", "font_faces", at("base64,d09GMg", "base64,AAAAAA")),
    in_page("a style from outside", "fonts", "outside the file", "<style>", "templates/playbook.html.j2", "<style>", at("<style>", "<style>@import 'https://example.org/a.css';")),
    in_page("a letter the font lacks", "fonts", "lacks the letter", "section context", *LEAD, said("context", "水")),
    in_page("a label over a drawing's edge", "layout", "over the edge of its drawing", "section summary", "templates/macros.html.j2", "drawing", by(r'(<text x=")[\d.]+', r"\g<1>675", "summary")),
    in_page("a page too heavy to be mailed", "weight", "MB", "playbook.html", "templates/macros.html.j2", "", said("context", "<span hidden>" + "x" * 5_000_000 + "</span>")),
    in_page("an author", "privacy", "author", "<meta>", "templates/playbook.html.j2", "<meta", at(HEAD, HEAD + '<meta name="author" content="J. Doe">')),
    in_page("an e-mail address", "privacy", "e-mail", "section context", "templates/macros.html.j2", "<a", said("context", '<a href="#s-stage" title="jo@example.org">more</a>')),
    in_page("a path of the machine", "privacy", "path", "<html>", "templates/playbook.html.j2", "<html", at("<html ", '<html data-from="/home/jo/clients/x.yaml" ')),
    in_page("the user's name", "privacy", "machine or its user", "<meta>", "templates/playbook.html.j2", "<meta", at(HEAD, HEAD + '<meta name="viewport" content="telltaleuser">')),
    in_page("a comment in the source", "privacy", "comment", "section context", "templates/", "", said("context", "<!-- ask Jo -->")),
    in_page("another title", "privacy", "title", "<title>", "templates/playbook.html.j2", "<title>", by("<title>.*?</title>", "<title>Playbook</title>")),
    in_page("no language", "privacy", "language", "<html>", "templates/playbook.html.j2", "<html", at('<html lang="en">', "<html>")),
]  # fmt: skip


def place_of(id: str) -> int:
    """The page on which a section begins."""
    return next(element.line for part, element in base().parts if part == id)


def on(id: str, words: str, change: Callable[[Any], None]) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: drawn(place_of(id), words, change)(pdf)


def first_words(id: str) -> str:
    """The first words of a section's first sentence, more than its title begins with."""
    return " ".join(section(DOCUMENT, id)["paragraphs"][0][0]["text"].split()[:6])


def outline(pdf: pikepdf.Pdf, number: int) -> Any:
    root: Any = pdf.Root
    item = root.Outlines.First
    for _ in range(number):
        item = item.Next
    return item


def set_alt(words: str | None) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        figure = tags(pdf, "Figure")[0]
        if words is None:
            del figure["/Alt"]
        else:
            figure["/Alt"] = words

    return change


def lead_to(pdf: pikepdf.Pdf, page: int) -> None:
    item = outline(pdf, 3)
    item["/Dest"] = pikepdf.Array([pdf.pages[page - 1].obj, pikepdf.Name("/Fit")])
    if "/A" in item:
        del item["/A"]


def cut_off(line: Any) -> None:
    line.before(([], "q"), ([0, 0, 300, 200], "re"), ([], "W"), ([], "n"))


def over_another(pdf: pikepdf.Pdf) -> None:
    page = Drawn(pdf, place_of("context"))
    page.line(first_words("context")).move(0, 19)
    page.put_back()


def without_bookmark(pdf: pikepdf.Pdf) -> None:
    second = outline(pdf, 1)
    outline(pdf, 0)["/Next"] = second.Next


def unembedded(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        about = font.DescendantFonts[0].FontDescriptor
        for name in ("/FontFile2", "/FontFile3"):
            if name in about:
                del about[name]


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    page: Any = pdf.pages[4].obj
    return list(page.Resources.Font.values())


def unspoken(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def renamed(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        font["/BaseFont"] = pikepdf.Name("/ABCDEF+DejaVu-Sans")


def broken_link(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[place_of("summary") - 1].obj
    page.Annots[0]["/Dest"] = pikepdf.String("s-nowhere")


def told_in_xmp(words: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root
        content = root.Metadata.read_bytes().replace(b"<dc:title>", words + b"<dc:title>", 1)
        root.Metadata.write(content)

    return change


def info(name: str, value: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.docinfo.__setitem__(name, value)


def root_key(name: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__setitem__(name, value)


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["answers.csv"] = b"who,what"


def heavy(pdf: pikepdf.Pdf) -> None:
    noise = random.Random(1).randbytes(10_500_000)
    pdf.pages[0].obj["/Weight"] = pdf.make_stream(noise)


RUNNING = "/ "

IN_PAPER = [
    in_paper("undefined in the PDF", "residue", "program", "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.say("an undefined line"))),
    in_paper("a placeholder in the PDF", "residue", "placeholder", "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.say("Lorem ipsum dolor"))),
    in_paper("a number changed in the PDF", "figures", "is not one that the document tells", "page {summary}, summary", "templates/sections/summary.html.j2", "", on("summary", ANSWER["score"]["text"], lambda line: line.say("Score 98.7 of those"))),
    in_paper("another client in the PDF", "strangers", STRANGER, "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.say(f"As at {STRANGER}"))),
    in_paper("another client among the bookmarks", "strangers", STRANGER, "metadata", "templates/print.html.j2", "<title>", lambda pdf: outline(pdf, 2).__setitem__("/Title", f"3 {STRANGER}")),
    in_paper("an exhibit without words in the PDF", "alternatives", "words for an exhibit", "summary", "templates/macros.html.j2", "drawing", set_alt(None)),
    in_paper("other words for an exhibit in the PDF", "alternatives", "words for an exhibit", "summary", "templates/macros.html.j2", "drawing", set_alt("A chart of something that nobody can see here.")),
    in_paper("another page in the contents", "contents", "the contents disagree", "contents", "templates/print.html.j2", 'class="entry"', lambda pdf: page_in_contents(pdf)),
    in_paper("another title in the contents", "contents", "the contents disagree", "contents", "templates/print.html.j2", 'class="entry"', lambda pdf: drawn(3, WORDS["contents"] and "Context", lambda line: line.say("Contest"))(pdf)),
    in_paper("a bookmark with another title", "contents", "leads to page", "bookmarks", "templates/macros.html.j2", "data-bookmark", lambda pdf: outline(pdf, 2).__setitem__("/Title", "3 The age")),
    in_paper("a bookmark to another page", "contents", "leads to page 1", "bookmarks", "templates/macros.html.j2", "data-bookmark", lambda pdf: lead_to(pdf, 1)),
    in_paper("a bookmark that is lacking", "contents", "there are", "bookmarks", "templates/macros.html.j2", "data-bookmark", without_bookmark),
    in_paper("a link to nothing in the PDF", "contents", "leads nowhere", "page {summary}", "templates/", "", broken_link),
    in_paper("a wrong page number", "contents", "the page says", "page 6", "templates/styles/print.css", "counter(page)", lambda pdf: drawn(6, RUNNING, lambda line: line.say("9 / 11"))(pdf)),
    in_paper("text over the edge of the page", "layout", "over the edge", "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.move(400, 0))),
    in_paper("text in the margin at the side", "layout", "margin at the side", "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.move(-40, 0))),
    in_paper("text in the margin below", "layout", "margin above or below", "page {rewards}, rewards", "templates/", "", lambda pdf: into_the_foot(pdf)),
    in_paper("text that is cut off", "layout", "cut off", "page {context}, context", *LEAD, on("context", first_words("context"), cut_off)),
    in_paper("text over other text", "layout", "lies over", "page {context}, context", "templates/", "", over_another),
    in_paper("text too small to read", "layout", "points; less than", "page {context}, context", *LEAD, on("context", first_words("context"), lambda line: line.resize(0.4))),
    in_paper("pale text in the PDF", "contrast", "has a contrast of", "page {context}, context", "templates/", "", on("context", first_words("context"), lambda line: line.before(([0.8, 0.8, 0.8], "rg")))),
    in_paper("text on a dark ground in the PDF", "contrast", "has a contrast of", "page {context}, context", "templates/", "", on("context", first_words("context"), lambda line: line.before(([], "q"), ([0.1, 0.1, 0.1], "rg"), ([0, 0, 900, 1200], "re"), ([], "f"), ([], "Q")))),
    in_paper("text that is not painted", "contrast", "has a contrast of", "page {context}, context", "templates/", "", on("context", first_words("context"), lambda line: line.before(([3], "Tr")))),
    in_paper("a font that is not in the PDF", "fonts", "not in the file", "playbook.pdf", "templates/styles/print.css", "font-family", unembedded),
    in_paper("a font that cannot be read aloud", "fonts", "which letters", "playbook.pdf", "templates/styles/print.css", "font-family", unspoken),
    in_paper("another font", "fonts", "not the typeface", "playbook.pdf", "templates/styles/print.css", "font-family", renamed),
    in_paper("a PDF too heavy to be mailed", "weight", "MB", "playbook.pdf", "templates/print.html.j2", "", heavy),
    in_paper("an author in the PDF", "privacy", "/Author", "metadata", "templates/print.html.j2", "<title>", info("/Author", "J. Doe")),
    in_paper("the user's name in the PDF", "privacy", "machine or its user", "metadata", "templates/print.html.j2", "<title>", info("/Subject", "by telltaleuser")),
    in_paper("the program in the metadata", "privacy", "CreatorTool", "metadata", "templates/print.html.j2", "<title>", told_in_xmp(b"<xmp:CreatorTool>x</xmp:CreatorTool>")),
    in_paper("an address in the metadata", "privacy", "e-mail", "metadata", "templates/print.html.j2", "<title>", told_in_xmp(b"<dc:rights>jo@example.org</dc:rights>")),
    in_paper("a path in the metadata", "privacy", "path", "metadata", "templates/print.html.j2", "<title>", told_in_xmp(b"<dc:source>/home/jo/x.html</dc:source>")),
    in_paper("another title of the PDF", "privacy", "the title is not", "metadata", "templates/print.html.j2", "<title>", info("/Title", "Playbook")),
    in_paper("no language of the PDF", "privacy", "language", "metadata", "templates/print.html.j2", "<html", lambda pdf: pdf.Root.__delitem__("/Lang")),
    in_paper("something that runs", "privacy", "/OpenAction", "playbook.pdf", "templates/print.html.j2", "", root_key("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="1"))),
    in_paper("an attachment", "privacy", "/EmbeddedFiles", "playbook.pdf", "templates/print.html.j2", "", attached),
]  # fmt: skip


def page_in_contents(pdf: pikepdf.Pdf) -> None:
    """The number of the last entry of the contents, raised."""
    page = Drawn(pdf, 3)
    number = str(place_of("evidence"))
    line = next(page.line(number) for _ in (0,))
    line.say(number.translate(str.maketrans("0123456789", "1234567890")))
    page.put_back()


def into_the_foot(pdf: pikepdf.Pdf) -> None:
    page = place_of("rewards")
    lowest = max((run for run in base().sheet(page).runs if id(run) in base().tagged), key=lambda run: run.box.bottom)
    height = (base().sheet(page).height - lowest.box.bottom - 20) / 0.75
    drawn(page, lowest.text, lambda line: line.move(0, height))(pdf)


TOGETHER = (
    (
        *("undefined in the PDF", "a number changed in the PDF", "an exhibit without words in the PDF", "another page in the contents"),
        *("a bookmark with another title", "a link to nothing in the PDF", "a wrong page number", "text in the margin below"),
        *("a PDF too heavy to be mailed", "an author in the PDF", "the user's name in the PDF", "the program in the metadata"),
        *("an address in the metadata", "a path in the metadata", "another title of the PDF", "no language of the PDF"),
        *("something that runs", "an attachment"),
    ),
    (
        *("another client among the bookmarks", "other words for an exhibit in the PDF", "another title in the contents"),
        *("a bookmark to another page", "text that is cut off", "a font that is not in the PDF"),
    ),
    ("a bookmark that is lacking", "pale text in the PDF", "another font"),
)
"""Faults that do not touch one another are planted in one file, which is read once."""


def planted(fault: Planted) -> Finished:
    told = base()
    if fault.page:
        page = fault.page(told.html.decode())
        assert page != told.html.decode(), "nothing was planted"
        return _with_page(told, page)
    return _with_paper(next((names for names in TOGETHER if fault.name in names), (fault.name,)))


@cache
def _with_paper(names: tuple[str, ...]) -> Finished:
    pdf = base().pdf
    for fault in IN_PAPER:
        if fault.name in names and fault.paper:
            pdf = edited(pdf, fault.paper)
    return replace(base(), pdf=pdf, paper=read_paper(pdf))


def _with_page(told: Finished, page: str) -> Finished:
    tree, misnested = read_page(page)
    return replace(told, html=page.encode(), page=tree, misnested=tuple(misnested))


@pytest.mark.parametrize("fault", [*ON_PAGE, *IN_PAPER], ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_with_its_place_and_the_line_to_mend(fault: Planted) -> None:
    found = tuple(BY_NAME[fault.check](planted(fault)))
    where = re.sub(r"\{(\w+)\}", lambda name: str(place_of(name[1])), fault.where)
    telling = [f for f in found if fault.says in f.what and where in f.where]
    assert telling, found
    assert any(f.mend.startswith(fault.mend) and fault.line in line_of(f) for f in telling), [(f.mend, line_of(f)) for f in telling]


def line_of(fault: Fault) -> str:
    """The line of the template that a fault names."""
    file, _, number = fault.mend.rpartition(":")
    return (ROOT / file).read_text("utf-8").splitlines()[int(number) - 1]


def test_at_least_forty_faults_are_planted_and_every_check_finds_some() -> None:
    names = [fault.name for fault in (*ON_PAGE, *IN_PAPER)]
    assert len(set(names)) == len(names) >= 40
    assert {name for together in TOGETHER for name in together} <= set(names)
    assert {fault.check for fault in (*ON_PAGE, *IN_PAPER)} | {"breaks"} == set(BY_NAME)


def test_nothing_is_found_in_the_sample_itself() -> None:
    told = base()
    assert faults(DOCUMENT, told.html, told.pdf, AROUND) == ()


# Breaks of pages


def broken(style: str) -> list[Fault]:
    """The faults of a short playbook set with another rule."""
    short = {**DOCUMENT, "sections": [s for s in DOCUMENT["sections"] if s["id"] in ("cover", "summary", "stage", "rewards")]}
    page = print_page(short).replace("</style>", f"{style}</style>", 1)
    there = set(re.findall(r'id="([^"]+)"', page))
    page = re.sub(r'href="#([^"]*)"', lambda link: link[0] if link[1] in there else "", page)
    told = read_finished(short, base().html, write_pdf(page), AROUND)
    return list(BY_NAME["breaks"](told))


@pytest.mark.parametrize(
    ("style", "says"),
    [
        (".section-rewards h2 { break-after: page !important } .section-rewards .section-head { break-after: page !important }", "the heading stands at the foot"),
        (".section-summary .moves td { padding: 8mm 0 } .answer { break-inside: auto }", "it must stand on one page"),
        (".section-stage .section-head { break-before: page } .section-stage .lead { break-before: page !important }", "the page is nearly empty"),
    ],
)  # fmt: skip
def test_a_bad_break_is_found(style: str, says: str) -> None:
    assert any(says in fault.what and fault.mend for fault in broken(style))
    assert not broken("")


# What is no fault


@pytest.mark.parametrize(
    "words",
    [
        "None of the conditions is met.",
        "Move or hold None of the reasons is met; • None of them either.",
        "None.",
        "Nan Goldin, the founder, sponsors it.",
        "A relationship that is undefined, defined or aligned.",
        "It is told … and more.",
        "Harrow, where pumps are made, is a town.",
    ],
)
def test_plain_words_that_look_like_a_fault_are_none(words: str) -> None:
    told = _with_page(base(), said("context", words)(base().html.decode()))
    found = [fault for name in ("residue", "strangers", "emptiness", "fonts") for fault in BY_NAME[name](told)]
    assert found == []


def test_another_clients_name_that_is_a_common_word_or_part_of_the_own_name_is_not_sought() -> None:
    own = replace(base(), around=Around(("Scorecard", COMPANY.split()[0], "plays", "It")))
    assert list(BY_NAME["strangers"](own)) == []


def test_an_id_that_is_a_word_or_a_number_is_not_sought() -> None:
    assert list(BY_NAME["strangers"](replace(base(), around=Around((), frozenset({"head", "12", "r1"}))))) == []
    assert case(SAMPLE).assessment.respondents


def test_a_file_that_is_no_pdf_is_one_fault() -> None:
    (fault,) = faults(DOCUMENT, base().html, b"%PDF-1.7 and no more", AROUND)
    assert fault.where == "playbook.pdf"
    assert "no PDF" in fault.what
