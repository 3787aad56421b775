"""The whole build on the sample clients: the same bytes everywhere, and every promise of the finished files read back."""

import ast
import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import readback
from readback import Element, squeezed

import alignment_report
from alignment_report.building import one
from alignment_report.building.branding import NOTHING, branding
from alignment_report.building.knowledge import knowledge
from alignment_report.gate.checks import faults
from alignment_report.gate.finished import Around
from alignment_report.rendering.pdf import TemplateFault

_ROOT = Path(__file__).parent.parent
_CLIENTS = _ROOT / "configs" / "clients"
_NAMES = tuple(sorted(folder.name for folder in _CLIENTS.iterdir() if folder.is_dir()))
_FILES = ("playbook.html", "playbook.pdf", "report.json")
_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
_MOST_PAGES = 60
_TELL_TALES = {"USER": "telltaleuser", "LOGNAME": "telltaleuser", "USERNAME": "telltaleuser", "HOSTNAME": "telltalehost"}

# What a section holds for templates and programs, not for readers' eyes, and the numbers of people that its exhibit says.
_UNSEEN = frozenset(
    {"id", "anchor", "trace", "kind", "view", "exhibit", "exhibit_distribution", "verdict_kind", "owner_id", "role", "strength", "outcome"}
    | {"match", "n", "standing", "turn"}
)
_SHOWN_ELSEWHERE = {
    ("dimensions", "statements.dimension"),
    ("dimensions", "statements.text"),
    ("friction", "findings.evidence.text"),
    ("perception", "groups.statements.combined.text"),
    ("plays", "cards.evidence.text"),
    ("statements", "rows.topic"),
}

each_sample = pytest.mark.parametrize("name", _NAMES)
not_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no such means")


@dataclass(frozen=True)
class Sample:
    """The three files of one sample."""

    folder: Path

    @property
    def html(self) -> Path:
        return self.folder / "playbook.html"

    @property
    def pdf(self) -> Path:
        return self.folder / "playbook.pdf"

    @property
    def document(self) -> dict[str, Any]:
        return _document(self.folder)

    @property
    def page(self) -> Element:
        return _page(self.html)[0]

    @property
    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}


@cache
def _document(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return read


@cache
def _page(file: Path) -> tuple[Element, list[str]]:
    return readback.read_page(file.read_text("utf-8"))


def _wave(output: Path, name: str) -> Path:
    (folder,) = (output / name).iterdir()
    return folder


@dataclass(frozen=True)
class Surroundings:
    """Where and how a build runs: everything that must leave no mark on its files."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    before: tuple[str, ...] = ()
    prepare: Callable[[], None] | None = None


def _build(
    *arguments: object, at: Surroundings, program: tuple[str, ...] = ("-m", "alignment_report")
) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    path = os.pathsep.join(filter(None, (at.environment.get("PYTHONPATH"), str(_ROOT))))
    means: dict[str, Any] = {} if os.name == "nt" else {"umask": at.umask, "preexec_fn": at.prepare}
    return subprocess.run(
        [*at.before, sys.executable, *program, "build", *map(str, arguments)],
        cwd=at.folder,
        env={**inherited, **_TELL_TALES, **at.environment, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
        **means,
    )


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sample, built once."""
    folder = tmp_path_factory.mktemp("telltalefolder")
    told = _build(*(_CLIENTS / name for name in _NAMES), at=Surroundings(folder, {"HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"}))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith(f"{len(_NAMES)} of {len(_NAMES)} clients built.\n")
    return folder / "output"


@pytest.fixture
def sample(output: Path, name: str) -> Sample:
    return Sample(_wave(output, name))


# The same bytes

_NO_NETWORK = """
import os, socket, sys
def refused(*_, **__):
    with open(os.environ["CALLS_OF_THE_NETWORK"], "a") as log:
        log.write("called\\n")
    raise OSError("there is no network")
socket.socket = type("Refused", (socket.socket,), {"__init__": refused})
socket.getaddrinfo = socket.gethostbyname = socket.gethostname = refused
"""


def _everything_different(folder: Path) -> Surroundings:
    """Another folder, home, locale, time zone, hash seed, umask and user, no network, and another day where that can be had."""
    home = folder / "a home with spaces, ü"
    home.mkdir()
    (folder / "sitecustomize.py").write_text(_NO_NETWORK)
    environment = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "LANGUAGE": "de:tr",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "1",
        "COLUMNS": "20",
        "USER": "somebodyelse",
        "CALLS_OF_THE_NETWORK": str(folder / "calls"),
        "PYTHONPATH": str(folder),
    }
    return Surroundings(home, environment, umask=0o077, before=(*_without_network(), *_on_another_day()))


def _without_network() -> tuple[str, ...]:
    """A prefix that takes the network from a process, where this machine permits it."""
    for prefix in (("unshare", "-n"), ("unshare", "-rn")):
        if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    return ()


def _on_another_day() -> tuple[str, ...]:
    return ("faketime", "-f", "+10y") if shutil.which("faketime") else ()


@pytest.fixture(scope="session")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sample with its PDF, the others without, everything around them different."""
    folder = tmp_path_factory.mktemp("elsewhere")
    at = _everything_different(folder)
    first, *others = (os.path.relpath(_CLIENTS / name, at.folder) for name in _NAMES)
    for arguments in ((first,), (*others, "--no-pdf")):
        told = _build(*arguments, "--output", "../out put", at=at)
        assert (told.returncode, told.stderr) == (0, "")
    return folder


@each_sample
def test_a_second_build_in_other_surroundings_writes_the_same_bytes(name: str, sample: Sample, varied: Path) -> None:
    again = Sample(_wave(varied / "out put", name)).bytes
    assert sorted(again) == [file for file in _FILES if file != "playbook.pdf" or name == _NAMES[0]]
    assert [file for file, content in again.items() if content != sample.bytes[file]] == []


def test_a_build_asks_for_no_network(varied: Path) -> None:
    assert not (varied / "calls").exists()


_VARIATIONS: dict[str, Callable[[Path], Surroundings]] = {
    "everything": _everything_different,
    "another-time-zone": lambda folder: Surroundings(folder, {"TZ": "America/St_Johns"}),
    "no-locale": lambda folder: Surroundings(folder, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "another-locale": lambda folder: Surroundings(folder, {"LC_ALL": "tr_TR.UTF-8", "LANG": "ja_JP.UTF-8"}),
    "hash-seed-0": lambda folder: Surroundings(folder, {"PYTHONHASHSEED": "0"}),
    "hash-seed-1": lambda folder: Surroundings(folder, {"PYTHONHASHSEED": "1"}),
    "hash-seed-99": lambda folder: Surroundings(folder, {"PYTHONHASHSEED": "99"}),
    "open-umask": lambda folder: Surroundings(folder, umask=0),
    "closed-umask": lambda folder: Surroundings(folder, umask=0o077),
    "no-home": lambda folder: Surroundings(folder, {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}),
    "optimised": lambda folder: Surroundings(folder, {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("variation", _VARIATIONS)
def test_every_sample_is_the_same_in_each_variation(variation: str, output: Path, tmp_path: Path) -> None:
    at = _VARIATIONS[variation](tmp_path)
    told = _build(*(_CLIENTS / name for name in reversed(_NAMES)), "--output", tmp_path / "out", at=at)
    assert (told.returncode, told.stderr) == (0, "")
    differing = [name for name in _NAMES if Sample(_wave(tmp_path / "out", name)).bytes != Sample(_wave(output, name)).bytes]
    assert differing == []


_ASKS_FOR_MORE = {
    *(
        "now",
        "utcnow",
        "today",
        "time",
        "time_ns",
        "monotonic",
        "perf_counter",
        "localtime",
        "gmtime",
        "ctime",
        "strftime",
        "fromtimestamp",
    ),
    *("gethostname", "getfqdn", "node", "uname", "getuser", "getlogin", "getpwuid", "expanduser", "home", "uuid1", "uuid4", "getpid"),
}


def test_no_module_reads_the_clock_or_asks_who_or_where_it_is() -> None:
    nodes = [
        (path.name, node)
        for path in Path(alignment_report.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]
    called = {(file, node.func.attr) for file, node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    imported = {(file, alias.name) for file, node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {(file, node.module) for file, node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    assert {(file, name) for file, name in called if name in _ASKS_FOR_MORE} == set()
    assert {(file, name) for file, name in imported if name in ("time", "uuid", "getpass", "pwd", "random", "locale")} == set()


@each_sample
def test_no_file_tells_where_by_whom_or_with_what_it_was_made(sample: Sample, output: Path) -> None:
    tells = {*_TELL_TALES.values(), "telltalefolder", str(_ROOT), str(output), f"{Path.home()}/", "WeasyPrint"}
    with pikepdf.open(sample.pdf) as pdf:
        contents = {"the PDF": readback.uncompressed(pdf) + b"".join(text.encode() for text in readback.pages(sample.pdf))}
    contents |= sample.bytes
    found = {(where, tell) for where, content in contents.items() for tell in tells if tell.lower().encode() in content.lower()}
    assert found == set()


@each_sample
def test_the_gate_of_a_delivery_finds_nothing_in_a_sample(name: str, sample: Sample) -> None:
    others = tuple(other for other in _NAMES if other != name)
    beside = Around(
        (*others, *(json.loads(report.read_text("utf-8"))["client"]["name"] for other in others for report in _reports(sample, other)))
    )
    own = replace(beside, look=branding(_CLIENTS / name, NOTHING).look)
    assert faults(sample.document, sample.html.read_bytes(), sample.pdf.read_bytes(), own) == ()


def _reports(sample: Sample, name: str) -> list[Path]:
    return list((sample.folder.parents[1] / name).glob("*/report.json"))


@each_sample
def test_the_pdfs_metadata_hold_title_and_language_only(sample: Sample) -> None:
    with pikepdf.open(sample.pdf) as pdf:
        assert {name: str(value) for name, value in pdf.docinfo.items()} == {"/Title": sample.document["title"]}
        assert str(pdf.Root.Lang) == sample.document["language"]
        packet = pdf.Root.Metadata.read_bytes().decode()
    described = packet[: packet.index("<rdf:Description", packet.index("<rdf:Description") + 1)]
    said = re.findall(r"<((?:pdf|dc)\w*:\w+)>([^<\n]*)", re.sub("</?rdf:[^>]*>", "", described))
    title = sample.document["title"].replace("&", "&amp;")
    assert said == [("dc:title", title), ("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")]
    assert not re.search(r"\d{4}-\d\d-\d\d|Producer|Creator", packet)


# The PDF


def _sections(sample: Sample) -> list[dict[str, Any]]:
    """The sections that the contents page lists: all but the cover."""
    return [section for section in sample.document["sections"] if section["id"] != "cover"]


def _squeezed_pages(sample: Sample, order: str = "") -> list[str]:
    return readback.squeezed_pages(readback.pages(sample.pdf, order), sample.document)


def _texts_of_sections(sample: Sample) -> Iterator[tuple[dict[str, Any], str]]:
    """Each section with the text of the pages it stands on, in both orders: what wraps beside something is whole in one of them."""
    starts = [bookmark.page for bookmark in readback.bookmarks(sample.pdf)]
    orders = [_squeezed_pages(sample), _squeezed_pages(sample, "-raw")]
    ends = [*starts[1:], len(orders[0])]
    for section, start, end in zip(_sections(sample), starts, ends, strict=True):
        yield section, "|".join("".join(pages[start - 1 : end]) for pages in orders)


def _lost(section: Mapping[str, Any], shown: str, everywhere: str) -> set[tuple[str, str, str]]:
    """What a section says and its part of the playbook does not, or for some of it, the whole playbook."""
    return {
        (section["id"], path, text)
        for path, text in readback.texts(section)
        if not _UNSEEN & set(path.split(".")) and squeezed(text) not in (everywhere if (section["id"], path) in _SHOWN_ELSEWHERE else shown)
    }


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pypdf alone does not follow a sentence over the end of a page")
@each_sample
def test_everything_that_may_be_shown_of_a_section_is_on_its_pages(sample: Sample) -> None:
    parts = list(_texts_of_sections(sample))
    everywhere = "".join(shown for _, shown in parts)
    assert set().union(*(_lost(section, shown, everywhere) for section, shown in parts)) == set()


@each_sample
def test_every_exhibit_is_on_its_sections_pages_with_title_note_and_source(sample: Sample) -> None:
    exhibits = sample.document["exhibits"]
    placed = [
        (exhibits[section[key]], shown)
        for section, shown in _texts_of_sections(sample)
        for key in ("exhibit", "exhibit_distribution")
        if section.get(key)
    ]
    assert {exhibit["id"] for exhibit, _ in placed} == set(exhibits)
    parts = ("title", "subtitle", "note", "source")
    lost = {(exhibit["id"], part) for exhibit, shown in placed for part in parts if squeezed(exhibit[part] or "") not in shown}
    assert lost == set()


@each_sample
def test_every_row_of_an_exhibits_table_is_printed_whole(sample: Sample) -> None:
    printed = "|".join("".join(_squeezed_pages(sample, order)) for order in ("", "-raw"))
    exhibits = sample.document["exhibits"].values()
    assert [row for exhibit in exhibits for row in exhibit["table"]["rows"] if squeezed("".join(row)) not in printed] == []


@each_sample
def test_the_cover_is_on_the_first_page(sample: Sample) -> None:
    cover = sample.document["sections"][0]
    first = squeezed(readback.pages(sample.pdf)[0])
    assert [lost for lost in _lost(cover, first, first) if lost[1] != "label"] == []


@pytest.mark.parametrize("name", [_NAMES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in _NAMES[1:])])
def test_a_second_reader_finds_every_title_and_figure_too(sample: Sample) -> None:
    text = "".join(map(squeezed, readback.pypdf_pages(sample.pdf)))
    titles = [part["title"] for part in (*_sections(sample), *sample.document["exhibits"].values())]
    values = [figure["text"] for figure in readback.figures(sample.document["sections"])]
    assert len(values) > 10
    assert [each for each in (*titles, *values) if squeezed(each) not in text] == []


@each_sample
def test_bookmarks_and_contents_page_name_the_same_sections_and_pages(sample: Sample) -> None:
    marks = readback.bookmarks(sample.pdf)
    sections = _sections(sample)
    assert [mark.title for mark in marks] == [f"{section['number']} {section['label']}" for section in sections]
    rows = [f"{section['number']}{section['label']}{section['title']}{mark.page}" for section, mark in zip(sections, marks, strict=True)]
    (contents,) = (page for page in _squeezed_pages(sample) if page.startswith(squeezed(sample.document["words"]["contents"])))
    assert [row for row in rows if squeezed(row) not in contents] == []


@each_sample
def test_a_bookmark_leads_to_its_sections_title_and_the_page_prints_its_number(sample: Sample) -> None:
    pages = [squeezed(page) for page in readback.pages(sample.pdf)]
    for section, mark in zip(_sections(sample), readback.bookmarks(sample.pdf), strict=True):
        page = pages[mark.page - 1]
        assert squeezed(section["title"]) in page
        assert page.endswith(f"{mark.page}/{len(pages)}")


@each_sample
def test_every_page_has_text_and_there_are_not_too_many(sample: Sample) -> None:
    bare = _squeezed_pages(sample)
    assert 15 <= len(bare) <= _MOST_PAGES
    assert [number for number, text in enumerate(bare, start=1) if len(text) < 100] == []


@each_sample
def test_the_pdf_is_tagged_and_every_picture_says_what_it_shows(sample: Sample) -> None:
    alternatives = {exhibit["alt"] for exhibit in sample.document["exhibits"].values()}
    with pikepdf.open(sample.pdf) as pdf:
        assert pdf.Root.MarkInfo.Marked
        kinds = Counter(str(tag.S) for tag in readback.tags(pdf))
        pictures = [str(tag.get("/Alt", "")) for tag in readback.tags(pdf) if tag.S == "/Figure"]
        headings = [str(tag.S) for tag in readback.tags(pdf) if re.fullmatch("/H[1-6]", str(tag.S))]
    logo = branding(_CLIENTS / sample.folder.parent.name, NOTHING).look.logo
    assert sorted(pictures) == sorted([*alternatives, *([logo.alt] if logo else [])])
    assert headings[0] == "/H1"
    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= len(_sections(sample))
    assert all(kinds[kind] for kind in ("/P", "/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/Link"))
    assert all(int(after[2]) <= int(before[2]) + 1 for before, after in pairwise(headings))


@each_sample
def test_only_our_typeface_is_inside_and_nothing_is_attached_or_run(sample: Sample) -> None:
    with pikepdf.open(sample.pdf) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"]
        used = {str(thing.BaseFont) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing}
        assert {re.sub(r"^/[A-Z]{6}\+", "", name) for name in used} == {"Alignment-Sans", "Alignment-Sans-Semi-Bold"}
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert len(pdf.attachments) == 0
        names = {str(key) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) for key in thing}
        assert (
            names & {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/AF", "/AcroForm", "/URI", "/GoToR", "/Launch"} == set()
        )


def test_a_page_the_engine_complains_of_fails_the_build_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "<!doctype html><html lang='en'><title>A</title><body><h1>A</h1><p style='colour: red'>text</p></body></html>"
    monkeypatch.setattr(one, "print_page", lambda *_: broken)
    with pytest.raises(TemplateFault, match="colour"):
        one.build_client(_CLIENTS / _NAMES[0], None, knowledge(None), tmp_path / "output")
    assert list(tmp_path.rglob("[!.]*.*")) == []


# The page


@each_sample
def test_the_page_is_closed_in_order_and_every_id_is_its_own(sample: Sample) -> None:
    page, misnested = _page(sample.html)
    assert misnested == []
    assert sample.html.read_text("utf-8").startswith("<!doctype html>")
    assert [id for id, count in Counter(page.values("id")).items() if count > 1] == []


@each_sample
def test_every_reference_stays_within_the_page(sample: Sample) -> None:
    ids, text = set(sample.page.values("id")), sample.html.read_text("utf-8")
    assert {address for address in sample.page.values("href") if address.removeprefix("#") not in ids} == set()
    for attribute in ("aria-labelledby", "aria-describedby", "for", "headers", "aria-controls"):
        assert {id for value in sample.page.values(attribute) for id in value.split()} <= ids
    assert [address for name in ("srcset", "data", "action", "poster", "xlink:href") for address in sample.page.values(name)] == []
    logo = branding(_CLIENTS / sample.folder.parent.name, NOTHING).look.logo
    assert list(sample.page.values("src")) == ([logo.address] if logo else [])
    assert all(address.strip("'\"").startswith(("data:", "#")) for address in re.findall(r"url\(([^)]*)\)", text))
    assert re.findall(r"@import|javascript:|\b(?:https?|ftp|file)://(?!www\.w3\.org/2000/svg)", text) == []


@each_sample
def test_the_page_runs_nothing_and_forbids_what_it_does_not_need(sample: Sample) -> None:
    assert sample.page.all("script", "iframe", "object", "embed", "link", "base", "form", "audio", "video") == []
    assert [name for element in sample.page for name in element.attributes if name.startswith("on")] == []
    policies = [
        meta.attributes["content"] for meta in sample.page.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == [_POLICY]


@each_sample
def test_the_page_has_its_language_and_title(sample: Sample) -> None:
    (root,) = sample.page.all("html")
    (head,) = sample.page.all("head")
    assert root.attributes["lang"] == sample.document["language"]
    assert [title.text for title in head.all("title")] == [" ".join(sample.document["title"].split())]


@each_sample
def test_headings_are_the_sections_titles_in_order_and_skip_no_level(sample: Sample) -> None:
    headings = sample.page.all("h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [heading.text for heading in headings if not heading.text] == []
    titles = [" ".join(section["title"].split()) for section in sample.document["sections"]]
    assert [heading.text for heading in headings if heading.tag in ("h1", "h2") and heading.text in titles] == titles


@each_sample
def test_every_exhibit_has_a_name_a_description_and_its_table(sample: Sample) -> None:
    by_id = {element.attributes["id"]: element for element in sample.page if "id" in element.attributes}
    for id, exhibit in sample.document["exhibits"].items():
        shown = by_id[f"x-{id}"]
        (drawing,) = shown.all("svg")
        assert drawing.attributes["role"] == "img"
        named = [by_id[each].text for each in (drawing.attributes["aria-labelledby"] or "").split()]
        assert named == [" ".join(exhibit[part].split()) for part in ("title", "alt")]
        (table,) = shown.all("table")
        rows = [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")]
        wanted = [[column["name"] for column in exhibit["table"]["columns"]], *exhibit["table"]["rows"]]
        assert rows == [[" ".join(cell.split()) for cell in row] for row in wanted]


@each_sample
def test_table_heads_say_what_they_head_and_rows_are_of_one_length(sample: Sample) -> None:
    assert [head.text for head in sample.page.all("th") if head.attributes.get("scope") not in ("col", "row", "colgroup", "rowgroup")] == []
    for table in sample.page.all("table"):
        rows = [sum(int(cell.attributes.get("colspan") or 1) for cell in row.all("th", "td")) for row in table.all("tr")]
        if not any("rowspan" in cell.attributes for cell in table.all("th", "td")):
            assert len(set(rows)) == 1, table.text[:200]


# The document


@each_sample
def test_everything_that_may_be_shown_of_a_section_is_in_its_part_of_the_page(sample: Sample) -> None:
    by_id = {element.attributes["id"]: element for element in sample.page if "id" in element.attributes}
    parts = [(section, squeezed(by_id[section["anchor"]].text)) for section in sample.document["sections"]]
    lost = set().union(*(_lost(section, shown, squeezed(sample.page.text)) for section, shown in parts))
    assert {each for each in lost if each[:2] != ("cover", "label")} == set()


@each_sample
def test_every_number_on_the_page_is_one_of_the_documents(sample: Sample) -> None:
    number = re.compile(r"\d+(?:[.,]\d+)*")
    known = {each for _, text in readback.texts(sample.document) for each in number.findall(text)}
    known |= {str(exhibit["number"]) for exhibit in sample.document["exhibits"].values()}
    (main,) = sample.page.all("main")
    steps = {str(count) for count in range(1, 6)} | {f"{count}/5" for count in range(1, 6)}
    assert {each for each in number.findall(main.text) if each not in known | steps} == set()


@each_sample
def test_a_withheld_figure_carries_no_value(sample: Sample) -> None:
    assert all(figure["text"] for figure in readback.figures(sample.document))
    assert [figure for figure in readback.figures(sample.document) if figure.get("withheld") and set(figure) != {"withheld", "text"}] == []


# Writing

_SAMPLE = _CLIENTS / "marlow-cooling"


def _stranger(folder: Path) -> dict[str, bytes | str]:
    """Every name below a folder with its content, or where its link points."""
    return {
        str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else "a folder"
        for path in folder.rglob("*")
    }


@not_on_windows
def test_links_at_the_outputs_names_are_replaced_and_nothing_behind_them_changes(tmp_path: Path, output: Path) -> None:
    behind = tmp_path / "behind"
    behind.mkdir()
    wave = tmp_path / "output" / "marlow-cooling" / _wave(output, "marlow-cooling").name
    wave.mkdir(parents=True)
    for file in (*_FILES, "print.html"):
        (behind / file).write_bytes(b"untouched")
        (wave / file).symlink_to(behind / file)
    told = _build(_SAMPLE, "--no-pdf", at=Surroundings(tmp_path))
    assert (told.returncode, told.stderr) == (0, "")
    assert {path.read_bytes() for path in behind.iterdir()} == {b"untouched"}
    assert [path.name for path in wave.iterdir() if path.is_symlink()] == []


@not_on_windows
def test_a_link_in_place_of_a_clients_folder_ends_the_build_with_3(tmp_path: Path) -> None:
    (tmp_path / "behind").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "marlow-cooling").symlink_to(tmp_path / "behind")
    told = _build(_SAMPLE, "--no-pdf", at=Surroundings(tmp_path))
    assert (told.returncode, told.stdout) == (3, "")
    assert len(told.stderr.splitlines()) == 1
    assert list((tmp_path / "behind").iterdir()) == []


def _as_an_ordinary_user() -> None:
    """Root, too, is held to the modes of files: it gives up the right to pass over them."""
    if os.geteuid() == 0 and sys.platform == "linux":
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


@not_on_windows
@pytest.mark.parametrize("place", ["a file", "below a file", "a folder nobody may write to", "a client's folder nobody may write to"])
def test_an_output_that_cannot_be_written_ends_with_3_before_anything_is_made(place: str, tmp_path: Path) -> None:
    where = tmp_path / "output"
    if "file" in place:
        where.write_bytes(b"untouched")
    else:
        closed = where / "marlow-cooling" if "client" in place else where
        closed.mkdir(parents=True)
        closed.chmod(0o555)
    before = _stranger(tmp_path)
    at = Surroundings(tmp_path, {"PYTHONPATH": str(_without_templates(tmp_path / "hooks"))}, prepare=_as_an_ordinary_user)
    told = _build(_SAMPLE, "--output", where / "below" if "below" in place else where, at=at)
    assert (told.returncode, told.stdout) == (2 if place == "a file" else 3, ""), told.stderr
    assert str(where) in told.stderr
    assert "Traceback" not in told.stderr
    shutil.rmtree(tmp_path / "hooks")
    if "client" in place:
        (where / ".lock").unlink()
    assert _stranger(tmp_path) == before


def _without_templates(folder: Path) -> Path:
    """A place to import from that lets no page be rendered."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import jinja2.sandbox\njinja2.sandbox.ImmutableSandboxedEnvironment.__init__ = None\n")
    return folder


@not_on_windows
def test_files_of_others_in_the_output_are_left_alone(tmp_path: Path, output: Path) -> None:
    behind = tmp_path / "behind.txt"
    behind.write_bytes(b"untouched")
    wave = tmp_path / "output" / "marlow-cooling" / _wave(output, "marlow-cooling").name
    for folder in (wave, wave.parent, wave.parent.parent, wave / "a folder", wave.parent / "2020-01"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("notes.txt", ".hidden", "playbook.html.bak", "report.json~", "Playbook.HTML"):
            (folder / name).write_bytes(b"of somebody else")
        (folder / "link").symlink_to(behind)
        (folder / "dangling").symlink_to("nowhere")
    before = _stranger(tmp_path)
    for _ in range(2):
        told = _build(_SAMPLE, "--no-pdf", at=Surroundings(tmp_path))
        assert (told.returncode, told.stderr) == (0, "")
    after = _stranger(tmp_path)
    assert {name: after.get(name) for name in before} == before
    new = {Path(name).name for name in after.keys() - before.keys()}
    assert new == {"playbook.html", "report.json", ".lock"}


@not_on_windows
@pytest.mark.parametrize(("redirection", "code"), [(">&-", 0), ("| true; exit ${PIPESTATUS[0]}", 0), ("> /dev/full", 3)])
def test_every_client_is_built_though_nobody_can_be_told(redirection: str, code: int, tmp_path: Path) -> None:
    if "/dev/full" in redirection and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    clients = " ".join(f"'{_CLIENTS / name}'" for name in _NAMES[:2])
    command = f"'{sys.executable}' -m alignment_report build {clients} --no-pdf {redirection}"
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    told = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == code, told.stderr
    assert len(told.stderr.splitlines()) == (1 if code else 0)
    assert "Traceback" not in told.stderr
    assert Counter(path.name for path in tmp_path.rglob("[!.]*.*")) == {"playbook.html": 2, "report.json": 2}


_KILLED = """
import os, signal, sys
from alignment_report.cli.main import main
steps, real = [], {name: getattr(os, name) for name in ("replace", "unlink", "fsync")}
def counted(name):
    def step(*arguments, **more):
        steps.append(name)
        if len(steps) == int(os.environ["KILLED_AT"]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real[name](*arguments, **more)
    return step
for name in real:
    setattr(os, name, counted(name))
sys.exit(main(sys.argv[1:]))
"""


@not_on_windows
@pytest.mark.parametrize("step", [1, 3, *(pytest.param(step, marks=pytest.mark.slow) for step in (2, 4, 5, 6, 7, 8))])
def test_a_killed_build_leaves_every_file_old_or_new_and_the_next_one_puts_all_right(step: int, tmp_path: Path, output: Path) -> None:
    new = Sample(_wave(output, "marlow-cooling")).bytes
    wave = tmp_path / "output" / "marlow-cooling" / _wave(output, "marlow-cooling").name
    wave.mkdir(parents=True)
    old = dict.fromkeys(("playbook.html", "report.json"), b"of an earlier build")
    for name, content in old.items():
        (wave / name).write_bytes(content)
    at = Surroundings(tmp_path, {"KILLED_AT": str(step)})
    told = _build(_SAMPLE, "--no-pdf", at=at, program=("-c", _KILLED))
    assert told.returncode == -9, told.stderr
    assert all((wave / name).read_bytes() in (old[name], new[name]) for name in old)
    assert _build(_SAMPLE, "--no-pdf", at=replace(at, environment={})).returncode == 0
    assert {name: (wave / name).read_bytes() for name in old} == {name: new[name] for name in old}


def test_a_flawed_client_among_good_ones_costs_only_itself(tmp_path: Path) -> None:
    for name in _NAMES[:3]:
        shutil.copytree(_CLIENTS / name, tmp_path / name)
    flawed = tmp_path / _NAMES[1]
    wave = max((flawed / "assessments").iterdir())
    for file in (flawed / "client.yaml", wave):
        file.write_text("nonsense: 1\n" + file.read_text("utf-8") + "more-nonsense: 2\n", "utf-8")
    told = _build(*(_NAMES[:3]), "--no-pdf", at=Surroundings(tmp_path))
    assert told.returncode == 1
    assert told.stdout.endswith("2 of 3 clients built.\n")
    places = [(match[1], int(match[2])) for line in told.stderr.splitlines() if (match := re.match(r"(.+?):(\d+):\d+: ", line))]
    assert len(places) == len(told.stderr.splitlines()) == 4
    assert places == sorted(places)
    assert {path.name for path in (tmp_path / "output").glob("[!.]*")} == {_NAMES[0], _NAMES[2]}


@not_on_windows
def test_owner_and_group_alone_may_read_a_playbook_whatever_the_umask(output: Path, varied: Path) -> None:
    for folder in (output, varied / "out put"):
        assert {path.stat().st_mode & 0o777 for path in folder.rglob("[!.]*.*")} == {0o640}
        assert [path for path in folder.glob("*") if path.stat().st_mode & 0o007] == []
