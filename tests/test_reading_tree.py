"""YAML: traps and bombs are refused at their place, and no bytes whatever raise."""

import sys
import time
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment_report.errors import printable
from alignment_report.reading import yaml_tree
from alignment_report.reading.yaml_tree import DEEPEST, LARGEST_FILE, LONGEST_SCALAR, Mapping, Refused, Scalar, parse

BOMBS = [
    b"a: &a [x]\nb: [*a, *a]",
    b"a: &a {x: 1}\nb: {<<: *a}",
    b"&a [*a]",
    b"a: &a\n  b: *a",
    b"\n".join([b"a0: &a0 [x,x]"] + [b"a%d: &a%d [*a%d,*a%d]" % (n, n, n - 1, n - 1) for n in range(1, 12)]),
    b"\n".join([b"a0: &a0 {k: v}"] + [b"a%d: &a%d\n  <<: [*a%d, *a%d]" % (n, n, n - 1, n - 1) for n in range(1, 12)]),
    b"*a",
    b"? &k x\n: *k",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_references_to_other_places_are_refused_at_once(bomb: bytes) -> None:
    assert _refused_within(bomb, 0.1)


@pytest.mark.parametrize("count", [DEEPEST + 1, 1_000, 30_000, 262_144])
@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? ", b"[[", b"{? "])
def test_deep_nesting_is_refused_at_once(opening: bytes, count: int) -> None:
    content = (opening * count)[:LARGEST_FILE]
    assert _refused_within(content, 0.1)
    assert "deep" in parse(content, "f").flaws[0].says


def test_nesting_at_the_limit_is_read() -> None:
    assert not parse(b"a: " + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1), "f").flaws
    assert parse(b"a: " + b"[" * DEEPEST + b"]" * DEEPEST, "f").flaws


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not() -> None:
    line = b"a: x #"
    assert not parse(line + b"x" * (LARGEST_FILE - len(line)), "f").flaws
    assert _refused_within(line + b"x" * (LARGEST_FILE - len(line) + 1), 0.1)
    assert _refused_within(b"a: " + b"x" * 20_000_000, 0.1)
    assert _refused_within(b"\n".join(b"k%d: v" % n for n in range(1_000_000)), 0.3)


def test_a_text_at_the_limit_is_read_and_one_letter_more_is_not() -> None:
    assert not parse(b"a: " + b"x" * LONGEST_SCALAR, "f").flaws
    assert parse(b"a: " + b"x" * (LONGEST_SCALAR + 1), "f").flaws


def test_too_many_values_are_refused() -> None:
    assert "200,000 values" in parse(b"a: [" + b"1," * 200_001 + b"]", "f").flaws[0].says


DOUBLED = [
    ("a: 1\na: 2", 2, 1),
    ('a: 1\n"a": 2', 2, 1),
    ("'a': 1\na: 2", 2, 1),
    ("a: {b: 1, b: 2}", 1, 11),
    ('"\\x61": 1\na: 2', 2, 1),
    ("é: 1\n" + unicodedata.normalize("NFD", "é") + ": 2", 2, 1),
    ("1: 1\n1: 2", 2, 1),
    ("a:\n  b: 1\n  b: 2", 3, 3),
    ("? a\n: 1\n? a\n: 2", 3, 3),
    ("a: 1\na: 1", 2, 1),
]


@pytest.mark.parametrize(("text", "line", "column"), DOUBLED)
def test_a_key_that_stands_twice_is_refused_with_both_lines(text: str, line: int, column: int) -> None:
    (flaw,) = parse(text.encode(), "f").flaws
    assert (flaw.line, flaw.column) == (line, column)
    assert "already stands on line" in flaw.says


TAGS = [
    "!!python/object/apply:os.system ['touch marker']",
    "!!python/object/new:os.system ['touch marker']",
    "!!python/name:os.system",
    "!!python/module:os",
    "!!python/tuple [1]",
    "!!python/object:object {}",
    "!!binary aGk=",
    "!!set {a}",
    "!!omap [a: 1]",
    "!!pairs [a: 1]",
    "!!int 3",
    "!!str 3",
    "!!float 3",
    "!!bool yes",
    "!!null x",
    "!!timestamp 2026-01-01",
    "!!map {}",
    "!!seq []",
    "!local x",
    "! x",
    "!<tag:yaml.org,2002:str> x",
]


@pytest.mark.parametrize("value", TAGS)
def test_tags_are_refused(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (flaw,) = parse(f"a: {value}".encode(), "f").flaws
    assert (flaw.line, flaw.column) == (1, 4)
    assert not list(tmp_path.iterdir())


def test_merge_keys_are_refused_and_the_same_sign_in_quotes_is_a_key() -> None:
    assert "merges" in parse(b"a: {<<: {b: 1}}", "f").flaws[0].says
    assert not parse(b"'<<': 1", "f").flaws


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "---\n",
        "just text",
        "- a\n- b",
        "a: 1\n---\nb: 2",
        "? [a]\n: 1",
        "? {a: 1}\n: 1",
        "a: 1\n...\n---\n",
        "%YAML 1.1\n---\na: 1",
        "%TAG ! x\n---\na: 1",
    ],
)
def test_a_file_is_one_group_of_keys(text: str) -> None:
    assert len(parse(text.encode(), "f").flaws) == 1


CHARACTERS = [
    (b"\xff", False),
    (b"\xc3(", False),
    (b"\xed\xa0\x80", False),
    (b"\xf8\x88\x80\x80\x80", False),
    *(
        (f"a: x{character}y\n".encode(), False)
        for character in "\0\x01\x07\x08\x0b\x0c\x1b\x7f\x80\x85\x9f\u2028\u2029\u202a\u202e\u2066\u2069\u200e\u061c\ufeff\ufffe\uffff"
    ),
    *((f"a: x{character}y\n".encode(), True) for character in "\u200b\u200c\u200d\ue000\U0001f600é\t"),
    *(
        (f'a: "x{escape}y"\n'.encode(), False)
        for escape in ("\\0", "\\e", "\\x1b", "\\a", "\\b", "\\u202e", "\\N", "\\L", "\\P", "\\uD800", "\\U00110000")
    ),
    ("a: x\n".encode("utf-16"), False),
    ("a: x\n".encode("utf-16-le"), False),
    ("a: x\n".encode("utf-32"), False),
    ("a: x\n".encode("utf-8-sig"), True),
    ("\ufeff\ufeffa: x\n".encode(), False),
    (b"a: x\r\nb: y\r\n", True),
    (b"a: x\rb: y\r", True),
    (b"\ta: x", False),
    (b"a:\n\tb: x", False),
]


@pytest.mark.parametrize(("content", "fine"), CHARACTERS)
def test_characters_are_text_or_refused(content: bytes, fine: bool) -> None:
    assert (not parse(content, "f").flaws) is fine


def test_a_flaw_points_at_the_character() -> None:
    (flaw,) = parse("a: é\r\nb: xy\x1bz".encode(), "f").flaws
    assert (flaw.line, flaw.column) == (2, 6)
    (flaw,) = parse(b"a: 1\nb: \xc3\xa9\xff", "f").flaws
    assert (flaw.line, flaw.column) == (2, 5)


def test_values_know_their_span() -> None:
    text = "a: 'x y'\nb: {c: é1, d: \"q\"}\n"
    root = parse(text.encode(), "f").root
    assert isinstance(root, Mapping)
    assert isinstance(root["a"], Scalar)
    assert text[root["a"].start : root["a"].end] == "'x y'"
    assert isinstance(root["b"], Mapping)
    assert root["b"].keys_at["d"] == (2, 12)
    assert isinstance(root["b"]["c"], Scalar)
    assert text[root["b"]["c"].start : root["b"]["c"].end] == "é1"
    assert (root["b"]["c"].line, root["b"]["c"].column, root["b"]["c"].plain) == (2, 8, True)


@pytest.mark.parametrize("loader", [yaml_tree._LOADER, yaml.SafeLoader])
def test_any_bytes_are_read_or_refused(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)

    @given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")), _yaml_like()))
    @settings(max_examples=150, deadline=None)
    def read(content: bytes) -> None:
        found = parse(content, "f")
        assert (found.root is not None) or found.flaws
        assert all(flaw.line >= 1 and flaw.column >= 1 for flaw in found.flaws)

    read()


def _yaml_like() -> st.SearchStrategy[bytes]:
    pieces = [
        "a",
        ":",
        ": ",
        "- ",
        "\n",
        "  ",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "&a ",
        "*a",
        "!t ",
        "|",
        ">",
        "\\x1b",
        "\\U99999999",
        "#",
        "---\n",
        "...\n",
        "%Y",
        "? ",
        "<<",
        "\t",
        "@",
        "`",
        "é",
        "\r",
    ]
    return st.lists(st.sampled_from(pieces), max_size=40).map(lambda found: "".join(found).encode())


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("a:\n  b: 1\n\u00a0 c: 2\n", (3, 1)),
        ("a:\n  b: 1\n  c:\u00a0x\n  d: 2\n", (3, 5)),
        ("a:\n\u3000b: 1\n", (2, 1)),
    ],
)
def test_a_space_that_only_looks_like_one_is_named_where_it_stands(content: str, place: tuple[int, int]) -> None:
    (flaw,) = parse(content.encode(), "f").flaws
    assert (flaw.line, flaw.column) == place
    assert "no ordinary one (U+" in flaw.says


def test_an_odd_space_inside_a_text_is_text() -> None:
    assert parse("a: 'x\u00a0y'\nb: 5\u202f000\n".encode(), "f").flaws == ()


def test_a_placeholder_in_braces_is_one_flaw() -> None:
    document = parse(b"a: {{name}}\nb: 1", "f")
    assert [str(flaw) for flaw in document.flaws] == ["f:1:5: a key must be a single word or text"]
    assert isinstance(document.root["a"], Refused) if document.root else False


def test_a_key_written_twice_with_nothing_under_the_first_is_one_flaw() -> None:
    document = parse(b"a:\na:\n  b: 1", "f")
    assert len(document.flaws) == 1
    assert isinstance(document.root["a"], Refused) if document.root else False


def test_without_the_c_parser_the_same_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", yaml.SafeLoader)
    limit = sys.getrecursionlimit()
    for bomb in [*BOMBS, b"[" * 50_000, b"{a: " * 50_000, *(f"a: {tag}".encode() for tag in TAGS)]:
        assert parse(bomb, "f").flaws
    assert sys.getrecursionlimit() == limit
    assert parse(b"a: [1, 'x']\nb: {c: d}", "f").root == {"a": [_any, _any], "b": {"c": _any}}


class _Anything:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scalar)

    __hash__ = None  # type: ignore[assignment]


_any = _Anything()


def _refused_within(content: bytes, seconds: float) -> bool:
    start = time.process_time()
    refused = bool(parse(content, "f").flaws)
    return refused and time.process_time() - start < seconds


def test_a_space_that_cannot_be_seen_is_written_out_in_messages() -> None:
    assert printable("data\u00a0 a\u200bb") == "data\\xa0 a\\u200bb"
