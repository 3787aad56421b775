"""Templates of one's own: they take the place of ours, see plain data alone, and what is wrong in them is said in plain words."""

import os
import shutil
from pathlib import Path

import pytest
from readback import read_page
from sample_document import sample_document
from samples import CLIENTS, CONFIGS, playbook
from test_theme import client, flaws

from alignment_report.building.branding import named_brand, practice
from alignment_report.building.one import PDF, Wanted, build_client
from alignment_report.building.template_check import NOBODY, Tried, samples, try_templates
from alignment_report.cli.main import main
from alignment_report.errors import FlawedInput, FlawedTheme
from alignment_report.reading.theme import Brand
from alignment_report.rendering.html import print_page, screen_page
from alignment_report.rendering.look import Look
from alignment_report.rendering.template_files import template_flaws
from alignment_report.resources import SAMPLES, shipped

FENNEL = CONFIGS / "clients" / "fennel-and-rye"


def templates(place: Path, **files: str) -> Path:
    """A folder of templates; `__` in a name stands for `/`, and the ending is left out."""
    for name, text in files.items():
        path = place / (name.replace("__", "/") + (".css" if name.startswith("styles") else ".html.j2"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def shown(folder: Path) -> str:
    return screen_page(sample_document(), Look(templates=folder))


def stumbled(folder: Path) -> str:
    with pytest.raises(FlawedInput) as refused:
        shown(folder)
    (flaw,) = refused.value.flaws
    return str(flaw).removeprefix(f"{folder}/")


# What they can do


def test_an_empty_folder_changes_no_byte(tmp_path: Path) -> None:
    assert shown(tmp_path) == screen_page(sample_document())
    assert print_page(sample_document(), Look(templates=tmp_path)) == print_page(sample_document())


def test_a_section_takes_the_place_of_ours(tmp_path: Path) -> None:
    folder = templates(tmp_path, sections__risks='<section id="{{ section.anchor }}"><h2>Mine: {{ section.title }}</h2></section>')
    assert "Mine: " in shown(folder)
    assert "Mine: " in print_page(sample_document(), Look(templates=folder))


@pytest.mark.parametrize("id", [section["id"] for section in sample_document()["sections"]])
def test_a_block_of_every_section_takes_the_place_of_ours(tmp_path: Path, id: str) -> None:
    block = "front" if id == "cover" else "body"
    text = f'{{% extends "shipped/sections/{id}.html.j2" %}}{{% block {block} %}}<p>Mine instead of {{{{ section.label }}}}</p>{{% endblock %}}'
    page = shown(templates(tmp_path, **{f"sections__{id}": text}))
    root, misnested = read_page(page)
    label = next(section["label"] for section in sample_document()["sections"] if section["id"] == id)
    assert f"Mine instead of {label}" in root.text
    assert misnested == []


@pytest.mark.parametrize("block", ["styles", "cover", "contents", "sections", "colophon"])
def test_a_block_of_the_page_takes_the_place_of_ours(tmp_path: Path, block: str) -> None:
    folder = templates(tmp_path, playbook=f'{{% extends "shipped/playbook.html.j2" %}}{{% block {block} %}}/* mine */{{% endblock %}}')
    assert "/* mine */" in shown(folder)


def test_a_block_may_add_to_ours(tmp_path: Path) -> None:
    folder = templates(tmp_path, playbook='{% extends "shipped/playbook.html.j2" %}{% block styles %}{{ super() }}.mine {}{% endblock %}')
    assert shown(folder).replace(".mine {}", "") == screen_page(sample_document())


def test_styles_and_macros_take_the_place_of_ours(tmp_path: Path) -> None:
    macros = (shipped("templates") / "macros.html.j2").read_text("utf-8").replace('<ul class="list', '<ul class="mine')
    page = shown(templates(tmp_path, macros=macros, styles__screen="body { color: {{ theme.ink }} }"))
    assert "body { color: #1b2430 }" in page
    assert 'class="mine' in page


def test_nothing_is_written_beside_templates_of_ones_own(tmp_path: Path) -> None:
    folder = templates(tmp_path, sections__risks="x")
    shown(folder)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["risks.html.j2"]


def test_nothing_of_them_is_kept_beside_ours(tmp_path: Path) -> None:
    before = set((shipped("templates") / "__pycache__").glob("*"))
    shown(templates(tmp_path, sections__risks="x"))
    assert set((shipped("templates") / "__pycache__").glob("*")) == before


# What they cannot do


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ document.__init__.__globals__ }}",
        "{{ document.update({'title': 'x'}) }}",
        "{{ document.sections.append(1) }}",
        "{{ cycler.__init__.__globals__.os.getcwd() }}",
        "{{ self._TemplateReference__context }}",
        "{{ ''|attr('__class__') }}",
        "{{ lipsum() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../../etc/passwd' %}",
        "{{ range(999999999) | list }}",
    ],
)
def test_a_template_reaches_nothing_but_the_document(tmp_path: Path, text: str) -> None:
    assert stumbled(templates(tmp_path, sections__risks=text)).startswith("sections/risks.html.j2:1:1: ")


def test_a_link_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "risks.html.j2").symlink_to("/etc/passwd")
    assert [flaw.says for flaw in template_flaws(tmp_path)] == ["this is a link or no file; a copy of the file itself must stand here"]


# What is said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n{{ section.titel }}", "2:1: there is no field `titel` here; did you mean `title`?"),
        ("{{ document.client.name.first }}", "1:1: `first` is asked of a text, which has no fields"),
        ("{{ section.rows.name }}", "1:1: `name` is asked of a list; go through it with {% for … %}"),
        ("{{ document.delivered.iso }}", "1:1: `iso` is asked of something that is empty here; ask first whether it is there, with {% if … %}"),
        ("{{ client.name }}", "1:1: there is no `client` here; a template sees `document`, `theme` and `drawings`, and within a section `section`"),
        ("{{ document.client.town }}", "1:1: there is no field `town` here; there is `id`, `name`, `unit`"),
        ("{{ 1 / 0 }}", "1:1: this does not work here: division by zero"),
        ("{% include 'sections/none.html.j2' %}", "1:1: there is no template `sections/none.html.j2`; those of ours can be had as `shipped/…`"),
        ("{% include 'sections/risks.html.j2' %}", "1:1: this template brings itself in again without end"),
        ("{% import 'macros.html.j2' as show %}\n{{ show.headd(section) }}", "2:1: there is no macro `headd` in the macros that are used here; those of ours are in shipped/macros.html.j2"),
        ("{{ ''.__class__ }}", "1:1: a template may not do this; it shows fields of the document and reaches nothing else"),
        ("\n\n{% if x", "3:1: this cannot be read: unexpected end of template, expected 'end of statement block'"),
    ],
)  # fmt: skip
def test_what_a_template_stumbles_over_is_one_message_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    document_without = sample_document() | {"delivered": None}
    with pytest.raises(FlawedInput) as refused:
        screen_page(document_without, Look(templates=templates(tmp_path, sections__risks=text)))
    (flaw,) = refused.value.flaws
    assert str(flaw).removeprefix(f"{tmp_path}/sections/risks.html.j2:") == told


def test_a_fault_of_ours_is_no_users_message() -> None:
    broken = sample_document()
    del broken["client"]
    del broken["running"]
    with pytest.raises(Exception, match="running") as trouble:
        screen_page(broken)
    assert not isinstance(trouble.value, FlawedInput)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("sections/rissks.html.j2", "x", "no template of ours has this name, and none of yours asks for it"),
        ("logo.png", "x", "this is no template"),
        ("sections/risks.html.j2", "{% for %}", "this cannot be read: Expected an expression, got 'end of statement block'"),
    ],
)
def test_files_that_cannot_be_templates_are_told_before_any_is_run(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    assert [flaw.says for flaw in template_flaws(tmp_path)] == [says]


def test_a_part_that_another_template_brings_in_is_no_stray(tmp_path: Path) -> None:
    assert template_flaws(templates(tmp_path, sections__risks="{% include 'parts/mine.html.j2' %}", parts__mine="x")) == []


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "macros.html.j2").write_bytes("eins\nzwölf".encode("latin-1"))
    assert [(flaw.line, flaw.says) for flaw in template_flaws(tmp_path)] == [(2, "a character here cannot be read")]


# In the commands


def test_the_themes_templates_are_used_and_those_of_the_command_go_before_them(tmp_path: Path) -> None:
    folder = client(tmp_path, "templates: mine\n")
    templates(folder / "mine", sections__risks="<section id='{{ section.anchor }}'>of the theme</section>")
    other = templates(tmp_path / "other", sections__risks="<section id='{{ section.anchor }}'>of the command</section>")
    for brought, words in ((practice(None, None), b"of the theme"), (practice(None, other), b"of the command")):
        done = build_client(folder, None, playbook(), tmp_path / "out", Wanted(pdf=False), brought)
        assert words in next(path for path in done.files if path.suffix == ".html").read_bytes()


def test_flawed_templates_of_a_theme_are_the_clients_flaw(tmp_path: Path) -> None:
    folder = client(tmp_path, "templates: mine\n")
    templates(folder / "mine", sections__risks="{% if %}")
    assert [flaw.split(":")[0] for flaw in flaws(folder)] == ["mine/sections/risks.html.j2"]


def test_flawed_templates_of_the_command_stop_everything(tmp_path: Path) -> None:
    with pytest.raises(FlawedTheme):
        practice(None, templates(tmp_path, sections__risks="{% if %}"))


def test_what_the_pdf_engine_refuses_is_told_of_the_folder(tmp_path: Path) -> None:
    section = (
        '<section id="{{ section.anchor }}"><h2 id="{{ section.anchor }}-title">x</h2><img src="http://x.example/a.png" alt="x"></section>'
    )
    brought = practice(None, templates(tmp_path / "mine", sections__risks=section))
    with pytest.raises(FlawedInput) as refused:
        build_client(FENNEL, None, playbook(), tmp_path / "out", Wanted(), brought)
    (flaw,) = refused.value.flaws
    assert flaw.file == str(tmp_path / "mine")
    assert "http://x.example/a.png" in flaw.says
    assert not (tmp_path / "out" / "fennel-and-rye" / "2026-02" / PDF).exists()


def test_an_address_that_nothing_has_is_told_in_plain_words(tmp_path: Path) -> None:
    brought = practice(None, templates(tmp_path / "mine", sections__risks="<section>mine</section>"))
    with pytest.raises(FlawedInput) as refused:
        build_client(FENNEL, None, playbook(), tmp_path / "out", Wanted(), brought)
    assert [flaw.says for flaw in refused.value.flaws] == ["something points at `s-risks`, and nothing on the page has this id"]


# template check


def test_the_invented_clients_are_the_shipped_ones() -> None:
    assert SAMPLES == CLIENTS
    assert [folder.name for folder in samples()] == list(SAMPLES)


def test_ours_have_no_flaws_for_a_client_and_for_one_of_whom_nothing_is_known(tmp_path: Path) -> None:
    assert try_templates(tmp_path, [FENNEL], playbook()) == Tried((), ("fennel-and-rye", NOBODY))


def test_every_missing_field_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = '{% extends "shipped/sections/risks.html.j2" %}\n{% block body %}\n{{ section.a }}{{ document.b }}\n{% for row in section.rows %}{{ row.c }}{% endfor %}\n{{ theme.d }}\n{% endblock %}'
    tried = try_templates(templates(tmp_path, sections__risks=text), [FENNEL], playbook())
    assert [(Path(flaw.file).name, flaw.line, flaw.says) for flaw in tried.flaws] == [
        ("risks.html.j2", 3, "there is no field `a` here"),
        ("risks.html.j2", 3, "there is no field `b` here"),
        ("risks.html.j2", 4, "there is no field `c` here"),
        ("risks.html.j2", 5, "there is no field `d` here"),
    ]
    assert tried.flaws[2].hint.endswith("met with fennel-and-rye")


def test_what_is_empty_for_some_is_told_with_whom(tmp_path: Path) -> None:
    tried = try_templates(templates(tmp_path, sections__risks="{{ document.delivered.iso }}"), [FENNEL], playbook())
    (flaw,) = tried.flaws
    assert flaw.hint.endswith("met with fennel-and-rye")


def test_each_client_is_shown_in_its_own_look_over_the_theme_that_is_brought(tmp_path: Path) -> None:
    """One of two clients has a logo; with a theme that has one nobody is without, and the client's own goes before it."""
    asked = "{% if not theme.logo %}{{ section.none }}{% elif theme.logo.alt == 'Ours' %}{{ section.ours }}{% else %}{{ section.theirs }}{% endif %}"
    folder = templates(tmp_path / "templates", sections__risks=asked)
    two = [CONFIGS / "clients" / "brightwater-clinics", FENNEL]

    def lacking(brand: Brand | None) -> dict[str, str]:
        return {flaw.says.split("`")[1]: flaw.hint.split("met with ")[-1] for flaw in try_templates(folder, two, playbook(), brand).flaws}

    assert lacking(None) == {"theirs": "brightwater-clinics", "none": f"fennel-and-rye, {NOBODY}"}
    shutil.copy(two[0] / "logo.svg", tmp_path / "logo.svg")
    (tmp_path / "theme.yaml").write_text("logo: {file: logo.svg, alt: Ours}\ntemplates: templates\n", encoding="utf-8")
    assert lacking(named_brand(tmp_path / "theme.yaml")) == {"theirs": "brightwater-clinics", "ours": f"fennel-and-rye, {NOBODY}"}


def test_a_section_that_a_theme_leaves_out_is_not_tried(tmp_path: Path) -> None:
    theme = tmp_path / "theme.yaml"
    theme.write_text("sections: {leave_out: [risks]}\n", encoding="utf-8")
    folder = templates(tmp_path / "templates", sections__risks="{{ section.a }}")
    two = [os.fspath(CONFIGS / "clients" / name) for name in ("fennel-and-rye", "lindqvist-instruments")]
    assert main(["template", "check", os.fspath(folder), *two, "--theme", os.fspath(theme)]) == 0
    assert main(["template", "check", os.fspath(folder), *two]) == 1


def test_asking_whether_a_field_is_there_is_no_flaw(tmp_path: Path) -> None:
    asked = "{% if section.a is defined %}{{ section.a }}{% endif %}{{ section.b | default('–') }}"
    text = f'<section id="{{{{ section.anchor }}}}">{asked}</section>'
    assert try_templates(templates(tmp_path, sections__risks=text), [FENNEL], playbook()).flaws == ()


def test_the_command_ends_with_1_where_there_are_flaws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = templates(tmp_path, sections__risks="{{ section.a }}")
    assert main(["template", "check", os.fspath(folder), os.fspath(FENNEL)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"{folder}: 1 flaw"
    assert main(["template", "check", os.fspath(tmp_path / "none")]) == 2
