"""Whatever a client's texts hold, the page keeps its elements and attributes, and nothing of it is run in a browser."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from html import unescape
from pathlib import Path

import pytest
from chromium import Browser, Tab
from hostile import SAID, commented_document, document_made_anew, hostile, poisoned_document
from readback import Element, read_page

from alignment_report.model.narrative import Paragraph, Run
from alignment_report.reading.markdown import read_markdown
from alignment_report.rendering.html import screen_page
from alignment_report.rendering.look import Logo, Look

Shape = tuple[list[tuple[str, object]], set[str]]

CLIENT = "marlow-cooling"
TEXTS = hostile(2000)
BLOCK, TOGETHER = 200, 8
"""How many texts make one test, and how many stand in the comments of one page."""
BLOCKS = [range(3), *(pytest.param(range(first, first + BLOCK), marks=pytest.mark.slow) for first in range(0, len(TEXTS), BLOCK))]

_NAMES = {"aria-label", "data-label", "alt"}
"""Attributes that hold a client's words."""
_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>'
_LETTERS = "Plain words of the same length, and more of them "

each_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.start}-{block.stop}")


@lru_cache(maxsize=32)
def page_with(text: str) -> str:
    """The page of the sample with this text throughout the files of client, consultant and theme."""
    return screen_page(poisoned_document(CLIENT, text), Look(logo=Logo(_PICTURE, "svg+xml", 4, 1, text)))


def page_saying(texts: Sequence[str]) -> str:
    """The page of the sample with these texts in its comments."""
    return screen_page(commented_document(CLIENT, texts))


def pages(block: range) -> Iterator[str]:
    """Every page that the block's texts make."""
    texts = [TEXTS[place] for place in block]
    yield from map(page_with, texts)
    yield from map(page_saying, _parted(texts))


def _parted(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[first : first + TOGETHER] for first in range(0, len(texts), TOGETHER))


@cache
def harmless_shape(long: int) -> Shape:
    """The shape of the page with words of this length; the length alone decides how large a title is set."""
    return shape(page_with(harmless(long)))


def harmless(long: int) -> str:
    return (_LETTERS * (long // len(_LETTERS) + 1))[: long - 1] + "x"


def shape(page: str) -> Shape:
    """Every element in its order with its attributes, and the kinds of elements in drawings, whose number follows the length of words."""
    root, misnested = read_page(page)
    assert misnested == []
    outside: list[tuple[str, object]] = []
    inside: set[str] = set()
    _gather(root, outside, inside)
    return outside, inside


def _gather(element: Element, outside: list[tuple[str, object]], inside: set[str]) -> None:
    attributes = tuple((name, None if name in _NAMES else value) for name, value in element.attributes.items())
    outside.append((element.tag, attributes))
    for child in element.children:
        if isinstance(child, Element) and element.tag == "svg":
            inside |= {f"{part.tag} {name}" for part in child for name in (*part.attributes, "")}
        elif isinstance(child, Element):
            _gather(child, outside, inside)


@each_block
def test_hostile_texts_change_no_element_and_no_attribute(block: range) -> None:
    texts = [TEXTS[place] for place in block]
    assert [text for text in texts if shape(page_with(text)) != harmless_shape(len(text))] == []
    said = shape(page_saying([harmless(40)]))
    assert [some for some in _parted(texts) if shape(page_saying(some)) != said] == []


@pytest.mark.parametrize("text", [TEXTS[0], TEXTS[1], "Vertrieb <b>x</b> & Co."])
def test_a_text_put_into_a_document_stands_where_it_would_had_the_client_said_it(text: str) -> None:
    found, anew = poisoned_document(CLIENT, text), document_made_anew(CLIENT, text)
    assert {**found, "running": None} == {**anew, "running": None}  # running heads are cut to their room in a document made anew


def test_the_strings_are_many_and_reach_every_part_of_the_page() -> None:
    assert len(set(TEXTS)) == 2000
    comments, _ = read_page(page_saying([f"marked {SAID}"]))
    assert sum(part.text.count(SAID) for part in comments.all("blockquote")) > 5
    root, _ = read_page(page_with(f"marked {SAID}"))
    assert sum(part.text.count(SAID) for part in root.all("section")) > 100
    assert sum(part.text.count(SAID) for part in root.all("svg")) > 0
    assert sum(SAID in part.text for part in root.of_class("consultant")) > 9
    assert len(root.of_class("overriding")) == 2
    assert all(SAID in root.of_class(place)[0].text for place in ("cover-text", "colophon"))
    assert [SAID in picture.attributes["alt"] for picture in root.of_class("cover-logo")[0].all("img")] == [True]


def test_a_consultant_who_escapes_the_marks_of_markdown_has_them_read_as_one_plain_text() -> None:
    for text in map(str.strip, TEXTS):
        blocks, troubles = read_markdown(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text))
        assert (blocks, troubles) == ((Paragraph((Run(re.sub(r"[ \t]+", " ", text)),)),), ())


def test_a_page_that_did_not_escape_them_would_be_noticed() -> None:
    noticed = [text for text in TEXTS[:20] if "<" in text and _differs(unescape(page_with(text)), harmless_shape(len(text)))]
    assert len(noticed) > 10


def _differs(page: str, other: Shape) -> bool:
    try:
        return shape(page) != other
    except AssertionError:
        return True


# In a browser


def without_policy(page: str) -> str:
    """The page without its second lock, so that escaping alone has to hold."""
    return _without(page, '<meta http-equiv="Content-Security-Policy"', ">")


def without_styles(page: str) -> str:
    """The page without its styles, which hold no text of a client; a browser is quicker with it."""
    return _without(page, "<style>", "</style>")


def _without(page: str, start: str, end: str) -> str:
    before, found, after = page.partition(start)
    assert found
    return before + after.partition(end)[2]


def ran(tab: Tab, made: Iterable[str], folder: Path) -> Iterator[list[str]]:
    """What each page ran, asked for or opened, all of its parts opened and pointed at."""
    file = folder / "page.html"
    for page in made:
        file.write_text(without_styles(page), "utf-8", newline="")
        tab.open(file.as_uri())
        tab.run("document.querySelectorAll('details').forEach(part => part.open = true)")
        tab.run("new Promise(done => setTimeout(done, 5))")
        yield tab.ran()


@pytest.mark.browser
@each_block
def test_hostile_texts_run_nothing_in_a_browser(block: range, browser: Browser, tmp_path: Path) -> None:
    tab = Tab(browser)
    assert [found for found in ran(tab, map(without_policy, pages(block)), tmp_path) if found] == []
    tab.close()


@pytest.mark.browser
def test_the_same_texts_run_where_nothing_is_escaped_and_the_policy_stops_them_even_then(browser: Browser, tmp_path: Path) -> None:
    tab = Tab(browser)
    spoilt = [unescape(page) for page in pages(range(12))]
    assert sum(bool(found) for found in ran(tab, map(without_policy, spoilt), tmp_path)) >= 6
    assert [found for found in ran(tab, spoilt, tmp_path) if any("console" in each.lower() for each in found)] == []
    tab.close()
