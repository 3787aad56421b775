"""A theme's colours, words, logo and typeface: read or refused with their place, corrected only where they must be, shown everywhere alike."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from cases import law
from hypothesis import strategies as st
from readback import read_page
from sample_document import sample_document
from samples import playbook

from alignment_report.building.branding import NOTHING, branding, practice, read_branded
from alignment_report.building.one import Wanted, build_client
from alignment_report.errors import FlawedInput, FlawedTheme
from alignment_report.model.theme import Colour, Colours, Logo, Sections, Theme, over
from alignment_report.rendering.colours import at_lightness, contrast, difference, lightness
from alignment_report.rendering.correction import corrected, faults
from alignment_report.rendering.document import SECTIONS
from alignment_report.rendering.exhibits.theme import OURS
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.look import Look
from alignment_report.rendering.palette import shades, theme_of

ROOT = Path(__file__).parents[1]
FENNEL = ROOT / "configs" / "clients" / "fennel-and-rye"
NAMES = tuple(field.name for field in fields(Colours))
GREYS = st.integers(0, 255).map(lambda level: f"#{level:02x}{level:02x}{level:02x}")
COLOUR = st.one_of(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"), GREYS, st.sampled_from(["#000000", "#ffffff", "#777777"]))
COLOURS = st.dictionaries(st.sampled_from(NAMES), COLOUR).map(lambda given: Colours(**{name: Colour(c) for name, c in given.items()}))


def colours(**given: str) -> Colours:
    return Colours(**{name: Colour(colour) for name, colour in given.items()})


def client(folder: Path, theme: str, **files: bytes) -> Path:
    """A copy of a sample client with a theme of its own."""
    place = folder / "fennel-and-rye"
    (place / "assessments").mkdir(parents=True)
    for path in ("client.yaml", "assessments/2026-02.yaml"):
        (place / path).write_bytes((FENNEL / path).read_bytes())
    (place / "theme.yaml").write_text(theme, encoding="utf-8")
    for name, content in files.items():
        (place / name.replace("__", ".")).write_bytes(content)
    return place


def flaws(folder: Path) -> list[str]:
    with pytest.raises(FlawedInput) as refused:
        branding(folder, NOTHING)
    return [str(flaw).removeprefix(f"{folder}/") for flaw in refused.value.flaws]


# Correction


@law(COLOURS)
def test_any_colours_become_a_theme_that_can_be_read_and_told_apart(given: Colours) -> None:
    used, _ = corrected(given)
    assert faults(used) == []


@law(COLOURS)
def test_a_theme_that_passes_is_left_as_it_is(given: Colours) -> None:
    used, _ = corrected(given)
    assert corrected(used) == (used, ())


@law(COLOURS)
def test_what_is_changed_is_told_and_nothing_else_is_changed(given: Colours) -> None:
    used, told = corrected(given)
    changed = {name for name in NAMES if getattr(used, name) != getattr(given, name)}
    assert {correction.field for correction in told} == changed
    assert all(correction.used == getattr(used, correction.field) and correction.why for correction in told)


@law(COLOURS)
def test_every_text_of_the_pages_reads_on_its_ground(given: Colours) -> None:
    used = shades(theme_of(corrected(given)[0]))
    pairs = [
        *((name, "paper") for name in ("ink", "muted", "faint", "soft", "softer", "sales_words", "marketing_words", "heat_words")),
        *((name, ground) for name in ("ink", "muted", "soft", "sales_words", "marketing_words") for ground in ("panel", "cell", "chip")),
        *((name, "tint") for name in ("ink", "accent_strong")),
        ("ink", "band"),
        ("ink", "heat_low"),
        ("on_accent", "accent"),
        ("on_heat", "heat"),
        ("on_heat_high", "heat_high"),
        ("on_draft", "draft"),
        ("draft_words", "paper"),
        ("leadership_words", "paper"),
        ("marketing_deep", "panel"),
        *((name, "cover") for name in ("on_cover", "on_cover_soft", "on_cover_quiet", "on_cover_accent")),
    ]
    assert [(text, ground) for text, ground in pairs if contrast(used[text], used[ground]) < 4.49] == []


def test_our_own_colours_pass_and_are_unchanged() -> None:
    assert faults(Colours()) == []
    assert theme_of(corrected(Colours())[0]) == OURS


def test_a_colour_given_as_ours_is_changes_no_shade() -> None:
    given = colours(ink=OURS.ink, sales=OURS.sales, accent=OURS.accent, cover=OURS.cover)
    assert shades(theme_of(given)) | {"muted": "", "rule": "", "grid": "", "band": "", "peer": ""} == shades(OURS) | {
        "muted": "",
        "rule": "",
        "grid": "",
        "band": "",
        "peer": "",
    }


def test_of_two_too_alike_the_one_that_was_not_given_moves() -> None:
    used, told = corrected(colours(marketing="#0f4c8a"))
    assert [correction.field for correction in told] == ["sales"]
    assert used.marketing == "#0f4c8a"
    assert abs(lightness(str(used.sales)) - lightness("#0f4c8a")) >= 20


def test_an_accent_like_sales_is_moved_and_named_though_it_was_not_given() -> None:
    (correction,) = corrected(colours(sales=OURS.accent, marketing="#0b2c2a"))[1]
    assert (correction.field, correction.was, correction.why) == ("accent", OURS.accent, ("it cannot be told from sales",))
    assert difference(correction.used, OURS.accent) >= 8


@law(st.integers(0, 0xFFFFFF), st.floats(0, 100))
def test_a_colour_at_another_lightness_has_that_lightness(number: int, target: float) -> None:
    assert abs(lightness(at_lightness(f"#{number:06x}", target)) - target) < 0.5


def test_a_darkened_yellow_stays_yellow() -> None:
    assert at_lightness("#ffdd00", 50) == "#8a7600"


# Reading


def test_colours_are_read_and_a_theme_without_faults_has_no_notes(tmp_path: Path) -> None:
    found = branding(client(tmp_path, 'colours: {sales: "#8C2F1B"}\n'), NOTHING)
    assert (found.look.theme.sales, found.notes) == ("#8c2f1b", ())


def test_a_correction_is_told_with_its_place(tmp_path: Path) -> None:
    folder = client(tmp_path, 'colours:\n  marketing: "#ffdd00"\n')
    (note,) = branding(folder, NOTHING).notes
    assert str(note).removeprefix(f"{folder}/") == (
        "theme.yaml:2:14: `#ffdd00`: marketing is used as #ac9400: it needs 3 to 1 against the paper (#ffffff) and has 1.3"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("colours:\n  sales: #0f4c8a\n", 'theme.yaml:2:9: nothing is written here: without quotes a # starts a comment; write it in quotes, like "#0f4c8a"'),
        ("colours: {sales: red}\n", 'theme.yaml:1:18: `red`: this must be a colour: # and six digits, 0 to 9 and a to f; write it in quotes, like "#0f4c8a"'),
        ("colours: {sale: '#000000'}\n", "theme.yaml:1:11: `sale`: this key is not known here; did you mean `sales`?"),
        ("colours: [red]\n", "theme.yaml:1:10: "),
        ("logo: {file: ../logo.svg, alt: x}\n", "theme.yaml:1:14: `../logo.svg`: this must be a name beside theme.yaml, or in a folder there; without .. and not from the root"),
        ("logo: {file: /etc/passwd, alt: x}\n", "theme.yaml:1:14: `/etc/passwd`: this must be a name beside theme.yaml"),
        ("logo: {file: logo.svg, alt: x}\n", "theme.yaml:1:14: there is no such file beside theme.yaml"),
        ("logo: {file: logo.svg}\n", "theme.yaml:1:7: `alt` is missing here"),
        ("fonts: {folder: fonts, family: x}\n", "theme.yaml:1:8: there is no such folder beside theme.yaml"),
        ("templates: mine\n", "theme.yaml:1:12: `mine`: there is no such folder beside theme.yaml"),
        (f"footer: {'x' * 71}\n", "theme.yaml:1:9: there is room for 70 characters at the foot of a page, and this has 71"),
        ("cover: unknown\n", "theme.yaml:1:8: this must be known"),
        ("sections: {leave_out: [method]}\n", "theme.yaml:1:24: `method`: this section stays: cover, summary, method and evidence say what the figures rest on"),
        ("sections: {leave_out: [rewrds]}\n", "theme.yaml:1:24: `rewrds`: this is no known section; did you mean `rewards`?"),
        ("sections: {leave_out: [plays], order: [plays]}\n", "theme.yaml:1:40: `plays`: this section is left out, so it has no place in the order"),
        ("sections: {order: [plays, plays]}\n", "theme.yaml:1:27: `plays`: this stands in the list twice"),
        ("", "theme.yaml:1:1: the file is empty"),
    ],
)  # fmt: skip
def test_a_flaw_of_a_theme_is_told_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    assert [flaw[: len(told)] for flaw in flaws(client(tmp_path, written))] == [told]


def test_flaws_of_the_theme_and_of_the_client_are_told_together(tmp_path: Path) -> None:
    folder = client(tmp_path, "footer: unknown\n")
    (folder / "client.yaml").write_text("client: fennel-and-rye\n")
    with pytest.raises(FlawedInput) as refused:
        read_branded(folder, None, playbook(), NOTHING)
    assert {Path(flaw.file).name for flaw in refused.value.flaws} == {"client.yaml", "theme.yaml"}


def test_a_clients_theme_goes_before_the_practices_colour_by_colour() -> None:
    own = Theme(colours=colours(sales="#111111"), sections=Sections(leave_out=("plays",)))
    house = Theme(
        colours=colours(sales="#222222", ink="#333333"),
        footer="Hollis & Marsh",
        logo=Logo("l.svg", "L"),
        sections=Sections(order=("risks",)),
    )
    assert over(own, house) == Theme(
        colours=colours(sales="#111111", ink="#333333"),
        footer="Hollis & Marsh",
        logo=Logo("l.svg", "L"),
        sections=Sections(("plays",), ("risks",)),
    )  # fmt: skip


def test_a_flawed_theme_of_the_practice_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("colour: {}\n")
    with pytest.raises(FlawedTheme):
        practice(tmp_path / "house.yaml", None)


def test_a_note_on_a_practices_colour_names_the_practices_file(tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    house.write_text('colours:\n  marketing: "#ffdd00"\n')
    (note,) = branding(client(tmp_path, "footer: Ours\n"), practice(house, None)).notes
    assert (note.file, note.line, note.column) == (str(house), 2, 14)


# What is shown


def built(theme: str, folder: Path) -> dict[str, bytes]:
    done = build_client(client(folder, theme), None, playbook(), folder / "out", Wanted(pdf=False, print_page=True))
    return {path.name: path.read_bytes() for path in done.files}


def test_a_theme_that_says_nothing_changes_no_byte(tmp_path: Path) -> None:
    themed = build_client(client(tmp_path / "a", "colours: {}\n"), None, playbook(), tmp_path / "o1", Wanted(pdf=False, print_page=True))
    plain = client(tmp_path / "b", "")
    (plain / "theme.yaml").unlink()
    without = build_client(plain, None, playbook(), tmp_path / "o2", Wanted(pdf=False, print_page=True))
    assert [path.read_bytes() for path in without.files] == [path.read_bytes() for path in themed.files]


@pytest.mark.parametrize("make", [screen_page, print_page])
def test_a_role_has_its_one_colour_in_charts_and_styles(make: object) -> None:
    look = Look(theme_of(colours(sales="#123f12", marketing="#4f8f3a", accent="#9a1f6a", heat="#0f4f6f", cover="#200020")))
    page = screen_page(sample_document(), look) if make is screen_page else print_page(sample_document(), look)
    for colour in ("#123f12", "#9a1f6a", "#0f4f6f", "#200020"):
        assert colour in page
    for ours in (OURS.sales, OURS.marketing, OURS.accent, OURS.heat, OURS.cover):
        assert ours not in page


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% raw %}", "</style>"])
def test_hostile_words_of_a_theme_stay_text(tmp_path: Path, hostile: str) -> None:
    quoted = hostile.replace("'", "''")
    files = built(f"cover: '{quoted}'\nfooter: '{quoted}'\n", tmp_path)
    for name in ("playbook.html", "print.html"):
        root, misnested = read_page(files[name].decode())
        assert misnested == []
        assert not [element for element in root if element.tag in ("script", "img") and "onerror" in element.attributes]
        assert hostile in root.text


def test_the_line_of_confidentiality_stays_before_the_themes_footer(tmp_path: Path) -> None:
    page = built("footer: Hollis & Marsh\n", tmp_path)["playbook.html"].decode()
    assert "For the founder and the eleven people who answered ·\N{NO-BREAK SPACE}Hollis &amp; Marsh" in page


def test_the_same_theme_gives_the_same_bytes(tmp_path: Path) -> None:
    theme = 'colours: {sales: "#ffdd00", paper: "#fdfaf3"}\n'
    first = build_client(client(tmp_path / "a", theme), None, playbook(), tmp_path / "o1", Wanted(pdf=False))
    again = build_client(client(tmp_path / "b", theme), None, playbook(), tmp_path / "o2", Wanted(pdf=False))
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in again.files]


def test_every_colour_of_the_styles_comes_from_the_palette() -> None:
    names = set(shades(OURS))
    for style in (ROOT / "templates" / "styles").glob("*.css"):
        text = style.read_text("utf-8").replace('theme.paper != "#ffffff"', "")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []
        assert set(re.findall(r"theme\.([a-z_]+)", text)) <= names | {"family", "logo"}


def test_every_shade_is_used() -> None:
    used = set(re.findall(r"theme\.([a-z_]+)", "".join(p.read_text("utf-8") for p in (ROOT / "templates" / "styles").glob("*.css"))))
    drawn = {field.name for field in fields(OURS)}
    assert set(shades(OURS)) - used - drawn == set()


def test_a_logo_that_the_pdf_engine_cannot_draw_is_told_of_its_file(tmp_path: Path) -> None:
    odd = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g transform="rotate(abc)"><path d="M0 0h9"/></g></svg>'
    folder = client(tmp_path, "logo: {file: logo.svg, alt: Name}\n", logo__svg=odd)
    with pytest.raises(FlawedInput) as refused:
        build_client(folder, None, playbook(), tmp_path / "out")
    assert [(flaw.file, flaw.says) for flaw in refused.value.flaws] == [
        (str(folder / "logo.svg"), "the PDF engine cannot draw this picture")
    ]


def test_the_logo_is_on_both_pages_with_its_words_and_its_proportions(tmp_path: Path) -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h9"/></svg>'
    folder = client(tmp_path, "logo: {file: logo.svg, alt: Fennel & Rye}\n", logo__svg=drawn)
    done = build_client(folder, None, playbook(), tmp_path / "out", Wanted(pdf=False, print_page=True))
    for path in (path for path in done.files if path.suffix == ".html"):
        page = path.read_text("utf-8")
        (logo,) = [e for e in read_page(page)[0] if e.tag == "img" and e.attributes.get("alt") == "Fennel & Rye"]
        assert str(logo.attributes["src"]).startswith("data:image/svg+xml;base64,")
        assert ".cover-logo img { width: 60mm; height: 20mm;" in page


def test_every_section_and_block_is_in_the_docs() -> None:
    told = (ROOT / "docs" / "themes.md").read_text("utf-8")
    assert [id for id, _ in SECTIONS if f"`{id}`" not in told and id not in ("cover", "summary")] == []
    templates = [*(ROOT / "templates").glob("*.j2"), *(ROOT / "templates" / "sections").glob("*.j2")]
    blocks = {name for path in templates for name in re.findall(r"{% block (\w+) %}", path.read_text("utf-8"))}
    assert [name for name in sorted(blocks) if f"`{name}`" not in told] == []
