import copy
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from readback import read_page
from sample_document import sample_document

from alignment_report.rendering.fonts import font_faces, fontconfig_file
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.labelled import labelled

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}{{ document }}",
    "<!-- & &amp; ]]> -->",
    "javascript:alert(1)",
    "\u202eright to left\u2066",
)


class Page:
    """A page as elements with their attributes, its text, its tables, and what was left open or closed out of order."""

    def __init__(self, markup: str) -> None:
        root, self.misnested = read_page(markup)
        self.elements = [(element.tag, element.attributes) for element in root if element.tag]
        self.text = root.text
        self.tables = [[" ".join(cell.text.split()) for cell in table.all("td", "th")] for table in root.all("table")]

    def shape(self) -> Counter[tuple[str, tuple[str, ...]]]:
        return Counter((tag, tuple(sorted(attributes))) for tag, attributes in self.elements)

    def all(self, name: str) -> Iterator[str]:
        return (value for _, attributes in self.elements for key, value in attributes.items() if key == name and value is not None)


@pytest.fixture(scope="module", params=[screen_page, print_page], ids=["screen", "print"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param(sample_document()))


def strings(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)
    elif isinstance(part, str):
        yield part


def test_every_section_is_on_the_page_with_its_title(page: Page) -> None:
    anchors = set(page.all("id"))
    for section in sample_document()["sections"]:
        assert section["anchor"] in anchors
        assert section["title"] in page.text
        assert all(sentence["text"] in page.text for paragraph in section["paragraphs"] for sentence in paragraph)


def test_every_table_of_an_exhibit_is_on_the_page(page: Page) -> None:
    for exhibit in sample_document()["exhibits"].values():
        cells = [column["name"] for column in exhibit["table"]["columns"]] + [cell for row in exhibit["table"]["rows"] for cell in row]
        assert cells in page.tables


def test_every_statement_and_every_play_is_on_the_page(page: Page) -> None:
    sections = {section["id"]: section for section in sample_document()["sections"]}
    assert all(row["topic"] in page.text for row in sections["dimensions"]["statements"])
    assert all(row["text"] in page.text for row in sections["statements"]["rows"])
    assert {card["anchor"] for card in sections["plays"]["cards"]} <= set(page.all("id"))


def test_missing_data_are_named_under_the_heading(page: Page) -> None:
    assert "The gross margin and the number of orders are missing; the head of finance has them." in page.text


def test_a_withheld_figure_shows_the_word(page: Page) -> None:
    rows = [cell for cells in page.tables for cell in cells]
    assert "withheld" in rows


def test_no_inner_form_of_a_sentence_shows_through(page: Page) -> None:
    assert "'trace'" not in page.text
    assert "None" not in page.text


def test_elements_are_closed_in_order(page: Page) -> None:
    assert page.misnested == []


def test_ids_are_unique_and_every_link_has_its_target(page: Page) -> None:
    ids = Counter(page.all("id"))
    assert [id for id, count in ids.items() if count > 1] == []
    assert {address[1:] for address in page.all("href") if address.startswith("#")} <= set(ids)


def test_heading_levels_have_no_gap(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_heads_say_what_they_head(page: Page) -> None:
    assert all(attributes.get("scope") in ("col", "row", "rowgroup") for tag, attributes in page.elements if tag == "th")


def test_nothing_outside_the_page_is_referred_to(page: Page) -> None:
    addresses = [*page.all("href"), *page.all("src")]
    assert all(address.startswith(("#", "data:image/svg+xml;base64,")) for address in addresses)
    assert not [tag for tag, _ in page.elements if tag in ("script", "link", "iframe", "object", "embed", "form", "base")]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("make", [screen_page, print_page])
def test_styles_load_nothing_but_the_fonts_inside(make: Any) -> None:
    styles = "".join(re.findall(r"<style>(.*?)</style>", make(sample_document()), re.DOTALL))
    assert "@import" not in styles
    assert all(address.startswith("data:font/woff2;base64,") for address in re.findall(r"url\(([^)]*)\)", styles))


@pytest.mark.parametrize("make", [screen_page, print_page])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(make: Any, hostile: str) -> None:
    def poisoned(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            return {name: poisoned(value, name) for name, value in part.items()}
        if isinstance(part, list):
            return [poisoned(value, key) for value in part]
        shown = isinstance(part, str) and key not in KEPT
        return f"{part}{hostile}" if shown else part

    plain, attacked = sample_document(), poisoned(sample_document())
    attacked["exhibits"] = {id: copy.deepcopy(exhibit) for id, exhibit in plain["exhibits"].items()}
    for exhibit in attacked["exhibits"].values():
        exhibit["title"] += hostile
        exhibit["alt"] += hostile
    page = make(attacked)
    assert Page(page).shape() == Page(make(plain)).shape()
    assert " ".join(hostile.split()) in Page(page).text


KEPT = {
    "exhibit",
    "exhibit_distribution",
    "exhibit_data",
    "id",
    "anchor",
    "kind",
    "role",
    "verdict_kind",
    "outcome",
    "match",
    "view",
    "strength",
    "format",
    "language",
    "status",
    "align",
    "n",
}


def test_the_screen_page_forbids_everything_it_does_not_need() -> None:
    policy = "default-src &#39;none&#39;; img-src data:; font-src data:; style-src &#39;unsafe-inline&#39;".replace("&#39;", "'")
    page = Page(screen_page(sample_document()))
    assert policy in [
        attributes.get("content")
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]


def test_the_screen_page_has_its_landmarks_and_a_way_past_the_contents() -> None:
    page = Page(screen_page(sample_document()))
    tags = Counter(tag for tag, _ in page.elements)
    assert (tags["main"], tags["nav"], tags["h1"]) == (1, 1, 1)
    assert next(page.all("href")) == "#content"
    assert next(attributes for tag, attributes in page.elements if tag == "html")["lang"] == "en"


def test_the_contents_name_every_section_after_the_cover(page: Page) -> None:
    linked = [address for address, _ in groupby(address for address in page.all("href") if address.startswith("#s-"))]
    anchors = [f"#{section['anchor']}" for section in sample_document()["sections"][1:]]
    first = linked.index(anchors[0])
    assert linked[first : first + len(anchors)] == anchors


def test_every_chart_has_its_words() -> None:
    exhibits = sample_document()["exhibits"].values()
    assert [*Page(print_page(sample_document())).all("alt")] != []
    assert set(Page(print_page(sample_document())).all("alt")) == {exhibit["alt"] for exhibit in exhibits}
    assert all(f'<desc id="chart-{exhibit["id"]}-description">' in screen_page(sample_document()) for exhibit in exhibits)


def test_a_field_a_template_needs_and_does_not_get_is_an_error() -> None:
    document = sample_document()
    del document["sections"][1]["decision"]
    with pytest.raises(UndefinedError):
        screen_page(document)


@pytest.mark.parametrize("make", [screen_page, print_page])
def test_a_document_without_any_data_still_has_all_its_headings(make: Any) -> None:
    document = emptied(sample_document())
    text = Page(make(document)).text
    assert all(section["title"] in text for section in document["sections"])


def emptied(document: dict[str, Any]) -> dict[str, Any]:
    """No exhibit, no row, no optional part."""
    document["exhibits"] = {}
    for section in document["sections"]:
        for key, value in section.items():
            if isinstance(value, list) and key not in ("paragraphs", "decision", "why_not_further", "control"):
                section[key] = []
            if key in ("exhibit", "exhibit_distribution", "phase", "result", "cost"):
                section[key] = None
    return document


@pytest.mark.parametrize("make", [screen_page, print_page])
def test_the_same_document_gives_the_same_page(make: Any) -> None:
    assert make(sample_document()) == make(sample_document())


def test_the_print_page_leaves_fonts_to_fontconfig() -> None:
    page = print_page(sample_document())
    assert "@font-face" not in page
    assert "font/woff2" not in page


def test_both_weights_travel_with_the_screen_page() -> None:
    assert font_faces().count("@font-face") == 2
    assert font_faces() in screen_page(sample_document())


def test_the_font_configuration_knows_our_folder_alone() -> None:
    text = fontconfig_file().read_text(encoding="utf-8")
    folders = re.findall(r"<dir>(.*?)</dir>", text)
    assert [sorted(path.name for path in Path(folder).iterdir()) for folder in folders] == [
        [f"alignment-sans-{face}.ttf" for face in ("400", "600", "arabic-400", "arabic-600", "hebrew-400", "hebrew-600")]
    ]
    assert "<include" not in text


def test_nothing_on_the_print_page_is_laid_out_several_times_or_drawn_dot_by_dot() -> None:
    styles = (Path(__file__).parents[1] / "templates" / "styles" / "print.css").read_text(encoding="utf-8")
    assert not re.search(r"display: (inline-)?(flex|grid)|dotted|leader\(", styles)


def test_every_section_finding_play_condition_and_exhibit_has_a_link_to_copy() -> None:
    document = sample_document()
    root, _ = read_page(screen_page(document))
    links = {link.attributes["href"]: link.attributes["aria-label"] for link in root.of_class("here")}
    sections = {section["id"]: section for section in document["sections"]}
    wanted = {section["anchor"]: section["title"] for id, section in sections.items() if id != "cover"}
    wanted |= {finding["anchor"]: finding["title"] for finding in sections["friction"]["findings"]}
    wanted |= {other["anchor"]: other["name"] for other in sections["friction"]["others"]}
    wanted |= {card["anchor"]: card["name"] for card in sections["plays"]["cards"]}
    wanted |= {c["anchor"]: c["name"] for group in sections["decision"]["groups"] for c in group["conditions"]}
    wanted |= {f"x-{id}": f"Exhibit {exhibit['number']}" for id, exhibit in document["exhibits"].items()}
    assert len(wanted) > 40
    assert links == {f"#{anchor}": f"{document['words']['link_here']}: {name}" for anchor, name in wanted.items()}
    assert set(wanted) <= set(root.values("id"))
    assert read_page(print_page(document))[0].of_class("here") == []


def test_every_cell_of_the_screen_names_its_column() -> None:
    root, _ = read_page(screen_page(sample_document()))
    for table in root.all("table"):
        heads = [re.sub("^[●◆■]", "", head.text) for part in table.all("thead") for head in part.all("th")]
        for row in table.all("tr")[1:] if heads else []:
            cells = row.all("th", "td")
            if len(cells) == len(heads):
                named = [cell.attributes.get("data-label", head) for cell, head in zip(cells, heads, strict=True)]
                assert [cell.tag for cell in cells if cell.tag == "td" and "data-label" not in cell.attributes] == []
                assert named == heads
    assert "data-label=" not in re.sub(r"<(section|nav)[^>]*>", "", print_page(sample_document()))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<table><tbody><tr><td>1</td></tr></tbody></table>", None),
        (
            '<table><thead><tr><th>A</th><th><span class="sign">●</span>B &#34;&lt;</th></tr></thead><tr><th>x</th><td class="end">1</td></tr></table>',
            '<table><thead><tr><th>A</th><th><span class="sign">●</span>B &#34;&lt;</th></tr></thead><tr><th>x</th><td data-label="B &#34;&lt;" class="end">1</td></tr></table>',
        ),
        (
            "<thead><tr><th>A</th><th></th></tr></thead><tr><td>1</td><td>2</td></tr>",
            '<thead><tr><th>A</th><th></th></tr></thead><tr><td data-label="A">1</td><td>2</td></tr>',
        ),
    ],
)
def test_a_cell_is_labelled_with_its_header_as_it_was_escaped(table: str, expected: str | None) -> None:
    assert labelled(Markup(table)) == Markup(expected or table)
