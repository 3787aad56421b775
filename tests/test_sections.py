"""Which sections a playbook has, in which order, and that nothing points at one that is left out."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from readback import read_page
from samples import report

from alignment_report.model.theme import Sections, Theme
from alignment_report.provenance import Provenance
from alignment_report.rendering.document import SECTIONS, STAYING, chosen, make_document
from alignment_report.rendering.document_schema import report_schema
from alignment_report.rendering.html import print_page, screen_page

IDS = tuple(id for id, _ in SECTIONS)
FREE = tuple(id for id in IDS if id not in STAYING)


def document(**sections: tuple[str, ...]) -> dict[str, Any]:
    return make_document(report("marlow-cooling"), Provenance(), theme=Theme(sections=Sections(**sections)))


def test_chapters_are_counted_on_and_appendices_have_letters() -> None:
    found = chosen(Sections(leave_out=("context", "statements")))
    assert [number for number, _ in found] == [*map(str, range(23)), "A", "B"]
    assert [id for _, id in found] == [id for id in IDS if id not in ("context", "statements")]


def test_sections_that_are_named_come_first_and_appendices_stay_at_the_end() -> None:
    found = [id for _, id in chosen(Sections(order=("plays", "evidence", "decision")))]
    assert found[:5] == ["cover", "summary", "plays", "decision", "context"]
    assert found[-3:] == ["evidence", "method", "statements"]


def test_all_sections_are_there_once_whatever_the_order() -> None:
    assert sorted(id for _, id in chosen(Sections(order=tuple(reversed(IDS))))) == sorted(IDS)


@pytest.mark.parametrize("left_out", [(id,) for id in FREE] + [FREE, ("plays", "friction"), ("statements", "stage")])
def test_no_link_dangles_and_every_exhibit_is_where_a_section_shows_it(left_out: tuple[str, ...]) -> None:
    made = document(leave_out=left_out)
    for page in (screen_page(made), print_page(made)):
        root, misnested = read_page(page)
        ids = {value for element in root if (value := element.attributes.get("id"))}
        pointed = {value[1:] for element in root if (value := element.attributes.get("href")) and value.startswith("#")}
        assert pointed <= ids
        assert misnested == []
    shown = [value for section in made["sections"] for key, value in section.items() if key.startswith("exhibit") and value]
    assert list(made["exhibits"]) == shown
    assert [exhibit["number"] for exhibit in made["exhibits"].values()] == list(range(1, len(shown) + 1))


@pytest.mark.parametrize("sections", [Sections(), Sections(FREE), Sections(("statements",), ("roadmap", "plays"))])
def test_a_document_with_other_sections_keeps_to_the_schema(sections: Sections) -> None:
    made = make_document(report("harrow-pumps"), Provenance(), theme=Theme(sections=sections))
    assert [error.message for error in Draft202012Validator(report_schema()).iter_errors(made)] == []


def test_the_data_of_the_exhibits_are_printed_where_the_statements_are_left_out() -> None:
    made = document(leave_out=("statements",))
    root, _ = read_page(print_page(made))
    assert sum("data-title" in (element.attributes.get("class") or "") for element in root) == len(made["exhibits"])


def test_a_title_stays_that_of_its_exhibit_where_its_section_is_left_out() -> None:
    whole, without = document(), document(leave_out=("stage",))
    assert without["exhibits"]["stage-scale"]["title"] == whole["exhibits"]["stage-scale"]["title"]


def test_the_theme_changes_no_figure() -> None:
    whole, other = document(), document(leave_out=("plays",), order=("decision",))
    kept = {section["id"]: section for section in other["sections"]}
    for section in whole["sections"]:
        if section["id"] not in ("plays", "summary", "friction", "roadmap", "cover"):
            assert {**kept[section["id"]], "number": section["number"]} == section
