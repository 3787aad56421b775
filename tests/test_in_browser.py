"""The page in a real browser: axe-core's rules, small and wide screens, the keyboard, and what the browser prints."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser, Tab, axe_source
from pypdf import PdfReader
from readback import squeezed
from samples import CLIENTS, Json, brand, themed

from alignment_report.rendering.document import EDITIONS
from alignment_report.rendering.html import screen_page

pytestmark = pytest.mark.browser

SAMPLE = "marlow-cooling"
OTHERS = [
    pytest.param(name, marks=pytest.mark.slow) for name in (*CLIENTS, *(f"{SAMPLE}/{edition}" for edition in EDITIONS)) if name != SAMPLE
]
WIDTHS = (320, 360, 768, 1280)

each = pytest.mark.parametrize("name", [SAMPLE, *OTHERS])

_AXE = """
axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})
   .then(found => found.violations.map(rule => [rule.id, rule.help, rule.nodes.map(node => node.html.slice(0, 200))]))
"""
_TOO_WIDE = """
(() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  const beyond = [...document.querySelectorAll('body *')].filter(part => part.checkVisibility() && !part.closest('.box, .drawing')
    && part.getBoundingClientRect().right > innerWidth + 1).map(part => part.tagName + '.' + part.className);
  const closed = [...document.querySelectorAll('*')].filter(part => part.scrollWidth > part.clientWidth + 1
    && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) && !(part.tabIndex === 0 && part.ariaLabel)
    && part !== document.scrollingElement && part.checkVisibility()).map(part => part.tagName + '.' + part.className);
  return [wide > 0, beyond, closed];
})()
"""
_SMALLEST_LABEL = """
Math.min(...[...document.querySelectorAll('.drawing svg')].map(svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return scale * Math.min(...[...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize)));
}))
"""
_SPOIL = {
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "color-contrast": "document.querySelector('.lead').style.color = '#aaa'",
    "image-alt": "document.querySelector('.lead').append(new Image(40, 40))",
    "heading-order": "document.querySelector('h3').outerHTML = '<h6>Too deep</h6>'",
    "landmark-one-main": "document.querySelector('main').outerHTML = '<div>' + document.querySelector('main').innerHTML + '</div>'",
}
_UNMOVED = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
_HIDDEN_LINK = "[...document.querySelectorAll('.here')].filter(link => getComputedStyle(link).opacity !== '1').length"


@cache
def _document(name: str) -> Json:
    client, _, edition = name.partition("/")
    return themed(client, edition or "client")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def address(folder: Path, name: str) -> str:
    file = folder / f"{name.replace('/', '-')}.html"
    file.write_text(screen_page(_document(name), brand(name.partition("/")[0]).look), "utf-8")
    return file.as_uri()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    opened = Tab(browser)
    yield opened
    opened.close()


def violations(tab: Tab) -> Any:
    tab.run(f"{axe_source()};1")
    return tab.run(_AXE)


@each
@pytest.mark.parametrize("wide", [320, 1280])
def test_axe_finds_no_violation_of_wcag_2_2_aa_or_of_good_practice(tab: Tab, address: str, wide: int) -> None:
    tab.size(wide)
    tab.open(address)
    tab.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert violations(tab) == []


@pytest.mark.parametrize("name", [SAMPLE])
def test_a_spoilt_page_is_noticed(tab: Tab, address: str) -> None:
    tab.size(1280)
    tab.open(address)
    for spoil in _SPOIL.values():
        tab.run(f"{spoil}; 1")
    assert set(_SPOIL) <= {found[0] for found in violations(tab)}


@each
@pytest.mark.parametrize("wide", WIDTHS)
def test_the_page_fits_its_screen_and_what_scrolls_in_it_has_a_name_and_takes_the_keyboard(tab: Tab, address: str, wide: int) -> None:
    tab.size(wide)
    tab.open(address)
    assert tab.run(_TOO_WIDE) == [False, [], []]
    assert tab.ran() == []


@each
def test_no_label_of_a_chart_is_smaller_than_ten_pixels_on_any_screen(tab: Tab, address: str) -> None:
    for wide in WIDTHS:
        tab.size(wide)
        tab.open(address)
        assert tab.run(_SMALLEST_LABEL) >= 10


@pytest.mark.parametrize("name", [SAMPLE])
def test_the_first_key_shows_the_way_past_the_contents(tab: Tab, address: str) -> None:
    tab.size(1280)
    tab.call("Emulation.setEmulatedMedia", **_UNMOVED)
    tab.open(address)
    tab.press("Tab", 9)
    assert tab.run("document.activeElement.className") == "skip"
    assert tab.run("document.activeElement.getBoundingClientRect().top >= 0")
    tab.press("Enter", 13)
    assert tab.run("location.hash + ' ' + document.activeElement.id") == "#content content"
    assert tab.run("Math.round(document.querySelector('main').getBoundingClientRect().top) < innerHeight / 2")


@pytest.mark.parametrize("name", [SAMPLE])
def test_contents_stand_beside_a_wide_page_and_fold_on_a_narrow_one_always_at_hand(tab: Tab, address: str) -> None:
    shown = "['.contents > ol', '.contents-folded'].map(part => document.querySelector(part).checkVisibility())"
    at_hand = "scrollTo({top: 9000, behavior: 'instant'}); Math.round(document.querySelector('.contents').getBoundingClientRect().top)"
    for wide, expected in ((1280, [True, False]), (768, [False, True]), (320, [False, True])):
        tab.size(wide)
        tab.open(address)
        assert tab.run(shown) == expected
        assert tab.run(at_hand) == 0


@pytest.mark.parametrize("name", [SAMPLE])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_section_chosen_from_the_folded_contents_is_not_hidden_beneath_them(tab: Tab, address: str, is_open: bool) -> None:
    tab.size(360, 740)
    tab.call("Emulation.setEmulatedMedia", **_UNMOVED)
    tab.open(address)
    tab.run(f"document.querySelector('.contents-folded').open = {str(is_open).lower()}; location.hash = '#s-decision'; 1")
    top = "document.querySelector('#s-decision h2').getBoundingClientRect().top - document.querySelector('.contents').getBoundingClientRect().bottom"
    assert 0 <= tab.run(f"new Promise(done => setTimeout(() => done({top}), 300))") < 400


@pytest.mark.parametrize("name", [SAMPLE])
def test_links_to_copy_are_seen_with_the_keyboard_and_nothing_moves_where_motion_is_unwanted(tab: Tab, address: str) -> None:
    tab.size(1280)
    tab.call("Emulation.setEmulatedMedia", **_UNMOVED)
    tab.open(address)
    assert tab.run("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    hidden = tab.run(_HIDDEN_LINK)
    tab.run("document.querySelector('.here').focus()")
    assert tab.run(_HIDDEN_LINK) == max(hidden - 1, 0)


@each
def test_what_the_browser_prints_holds_every_section_and_no_help_for_the_screen(tab: Tab, address: str, name: str) -> None:
    tab.open(address)
    pages = [page.extract_text() for page in PdfReader(BytesIO(tab.printed())).pages]
    text = squeezed("".join(pages))
    told = _document(name)
    assert [section["title"] for section in told["sections"] if squeezed(section["title"]) not in text] == []
    assert squeezed(told["words"]["wide_drawing"]) not in text
    assert squeezed(told["words"]["skip_to_content"]) not in text
    assert [number for number, page in enumerate(pages, start=1) if len(page.strip()) < 40] == []
