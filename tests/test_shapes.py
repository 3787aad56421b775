"""The declarations of the model decide what a file may hold and what an editor knows about it."""

import json
import re
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import CLIENT, TINY, WAVE

from alignment_report.model.assessment import Assessment, Confidentiality, Consent
from alignment_report.model.client import Client, Engagement, MeasureValue, Observation, People
from alignment_report.model.playbook import Playbook
from alignment_report.reading import shapes
from alignment_report.reading.hints import keys_of
from alignment_report.reading.leaves import LONGEST_NUMBER, LONGEST_TEXT
from alignment_report.reading.playbook import FILES
from alignment_report.reading.schema import schemas
from alignment_report.reading.yaml_tree import parse


def read(kind: type, text: str) -> Any:
    root = parse(text.encode(), "f").root
    assert root is not None
    value, remarks = shapes.read(kind, root)
    assert not remarks, remarks
    return value


def remarks(kind: type, text: str) -> list[str]:
    root = parse(text.encode(), "f").root
    assert root is not None
    return [remark.says for remark in shapes.read(kind, root)[1]]


def test_a_record_is_a_group_of_keys() -> None:
    assert read(People, "employees: 12\nsales: 2.50\nmarketing: unknown\nsame_site: no") == People(
        Fraction(12), Fraction(5, 2), None, False
    )


def test_every_key_may_be_left_out_that_may_be_unknown() -> None:
    assert read(People, "{}") == People()


def test_records_with_an_id_are_keyed_by_it() -> None:
    text = "client: x\ncompany: {name: n, offering: o, customers: c}\nobservations:\n  o-1: {about: price, points: for, source: data, date: 2026-01-02, says: s}"
    assert read(Client, text).observations == (Observation("o-1", "price", "for", "data", date(2026, 1, 2), "s"),)


@pytest.mark.parametrize(
    ("written", "expected"), [("[a, b]", ("a", "b")), ("a", ("a",)), ("[]", ()), ("{}", ()), ("[010, no]", ("010", "no"))]
)
def test_a_list_of_texts_may_be_a_single_text(written: str, expected: tuple[str, ...]) -> None:
    assert read(Engagement, f"never_propose: {written}").never_propose == expected


def test_a_required_figure_may_be_unknown_but_not_left_out() -> None:
    assert read(MeasureValue, "value: unknown").value is None
    assert remarks(MeasureValue, "period: 2025") == ["`value` is missing here"]


def test_a_quoted_unknown_is_a_text() -> None:
    assert read(Engagement, "sponsor: 'unknown'\nconsultants: unknown") == Engagement(sponsor="unknown")


def test_an_inner_record_may_be_left_out_and_not_be_unknown() -> None:
    assert read(Confidentiality, "mode: anonymous").consent is None
    assert read(Confidentiality, "consent: {by: b, date: 2026-01-02}").consent == Consent("b", date(2026, 1, 2))
    assert len(remarks(Confidentiality, "consent: unknown")) == 1


@pytest.mark.parametrize(("figure", "fine"), [("4", False), ("5", True), ("5.0", False), ("'5'", False), ("999", True), ("5 # why", True)])
def test_thresholds_are_raised_never_lowered(figure: str, fine: bool) -> None:
    assert (not remarks(Confidentiality, f"figures: {figure}")) is fine


def test_limits_of_numbers_and_texts() -> None:
    assert read(People, f"sales: {'9' * LONGEST_NUMBER}").sales == int("9" * LONGEST_NUMBER)
    assert len(remarks(People, f"sales: {'9' * (LONGEST_NUMBER + 1)}")) == 1
    assert read(Engagement, f"sponsor: {'x' * LONGEST_TEXT}").sponsor == "x" * LONGEST_TEXT
    assert len(remarks(Engagement, f"sponsor: {'x' * (LONGEST_TEXT + 1)}")) == 1


def test_flawed_values_are_left_out_of_the_sound_rest() -> None:
    root = parse(b"client: x\ncompany: {name: [], offering: o, custommers: c}\npeople: {sales: two, marketing: 2}", "f").root
    assert root is not None
    client, found = shapes.read(Client, root)
    assert len(found) == 3
    assert (client.company.name, client.company.offering, client.people.sales, client.people.marketing) == (None, "o", None, 2)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12))
def test_a_plain_decimal_is_read_exactly(number: Any) -> None:
    assert read(People, f"sales: {number:f}").sales == Fraction(str(number))


_WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
)


@given(_WORDS.filter(lambda text: text.strip()))
def test_quoted_text_comes_back_to_the_letter(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    assert read(Engagement, f"sponsor: {quoted}").sponsor == text.strip()


@given(st.deferred(lambda: _json()))
@settings(max_examples=150, deadline=None)
def test_any_tree_is_read_or_remarked_upon(tree: Any) -> None:
    for kind in (Client, Assessment, Playbook):
        root = parse(json.dumps(tree).encode(), "f").root
        if root is not None:
            _, found = shapes.read(kind, root)
            assert found


def _json() -> st.SearchStrategy[Any]:
    keys = st.sampled_from(
        [
            *keys_of(Client),
            *keys_of(Assessment),
            *keys_of(Playbook),
            "id",
            "all",
            "any",
            "fact",
            "is",
            "name",
            "when",
            "(bound)",
            "[key]",
            "0",
        ]
    )
    leaves = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["unknown", "yes", "2026-01-01"])
    )
    inner = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=20)
    return st.dictionaries(keys, inner, max_size=5)


def test_every_file_has_a_schema_and_every_field_is_in_one() -> None:
    found = schemas()
    assert all(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema" for schema in found.values())
    parts = [key for name in FILES for key in found[name.replace(".yaml", ".schema.json")]["properties"]]
    assert sorted(parts) == sorted(field.name for field in fields(Playbook))
    assert json.loads(json.dumps(found)) == found


def test_a_schema_explains_fields_and_lists_their_words() -> None:
    client = schemas()["client.schema.json"]
    market = client["$defs"]["Market"]["properties"]
    assert market["product_type"]["enum"] == ["standard", "configured", "custom", "co-developed", "unknown"]
    assert market["price_pressure"]["description"].startswith("Have prices")
    assert client["required"] == ["client", "company"]
    assert client["additionalProperties"] is False
    assert "from" in schemas()["transitions.schema.json"]["$defs"]["Transition-keyed"]["properties"]


def test_what_the_reader_takes_the_schema_takes() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    found = schemas()
    files = {path.name.replace(".yaml", ".schema.json"): path.read_text(encoding="utf-8") for path in TINY.glob("*.yaml")}
    for name, text in (files | {"client.schema.json": CLIENT, "assessment.schema.json": WAVE}).items():
        jsonschema.Draft202012Validator(found[name]).validate(json.loads(json.dumps(yaml.load(text, _AsAnEditorReads))))


class _AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates are text, `yes` is a word."""


_AsAnEditorReads.yaml_implicit_resolvers = {}
_AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?[0-9]+$"), list("-0123456789"))
_AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"-?[0-9]+\.[0-9]+$"), list("-0123456789"))
