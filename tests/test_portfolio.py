"""A client among others: where it stands, and that nobody can be made out from what is known of them."""

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import yaml
from cases import ACME, INSTRUMENT, NAMED, PLAYBOOK, ROOT, answers_for, law, mixed_team, published, respondent, team, wave
from hypothesis import strategies as st
from samples import CONFIGS, case, made, report, section

from alignment_report.analysis.digests import key_check, member_digest
from alignment_report.analysis.exact import half_up
from alignment_report.analysis.portfolio import LEAST, SCORE, Entry, entry, gather, place, without
from alignment_report.analysis.report import compile_report
from alignment_report.analysis.rerun import counted_digests
from alignment_report.building.benchmark import benchmark_text, others, write_benchmark
from alignment_report.building.record import write_deliveries
from alignment_report.cli.main import main
from alignment_report.errors import FlawedBenchmark, FlawedInput, UsageTrouble
from alignment_report.model.assessment import InstrumentUsed
from alignment_report.model.benchmark import Benchmark
from alignment_report.model.record import Delivery
from alignment_report.reading.benchmark import read_benchmark
from alignment_report.reading.schema import schemas

DIMENSIONS = tuple(d.id for d in INSTRUMENT.dimensions)
USED = InstrumentUsed(INSTRUMENT.id, INSTRUMENT.version)
DAY = date(2026, 6, 30)


def entries(*scores: int) -> list[Entry]:
    """Clients that stand as high in every dimension as in the score."""
    return [{SCORE: score} | dict.fromkeys(DIMENSIONS, score) for score in scores]


def benchmark(*scores: int) -> Benchmark:
    return gather(entries(*scores), [f"{number:032x}" for number in range(len(scores))], DAY, USED, DIMENSIONS)


TEN = (31, 38, 44, 50, 52, 57, 60, 66, 71, 80)


# Placing


def test_a_percentile_is_the_share_of_the_others_that_stand_lower_ties_by_half() -> None:
    found = published(wave(mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)))
    own = half_up(found.score.combined.value or Fraction(0), 0)
    placed = place(found, benchmark(*TEN[:-1], own), INSTRUMENT.dimensions)
    below, ties = (sum(chosen(score) for score in (*TEN[:-1], own)) for chosen in (own.__gt__, own.__eq__))
    assert (own, below, ties) == (60, 6, 2)
    assert placed.rows[0].percentile == 70
    assert (placed.others, placed.rows[0].dimension, placed.why_not) == (10, None, None)
    assert [row.dimension.id for row in placed.rows[1:] if row.dimension] == list(DIMENSIONS)


@pytest.mark.parametrize(
    ("scores", "percentile", "quarter"), [((21,) * 10, 100, "top"), ((99,) * 10, 0, "bottom"), ((60,) * 10, 50, "middle")]
)
def test_all_lower_is_a_hundred_all_higher_is_nought_and_all_equal_is_the_middle(
    scores: tuple[int, ...], percentile: int, quarter: str
) -> None:
    totals = [56, 58, 60, 62, 64]
    found = published(wave(team("sales", totals), team("marketing", totals)))
    row = place(found, benchmark(*scores), INSTRUMENT.dimensions).rows[0]
    assert (row.percentile, row.quarter) == (percentile, quarter)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    found = published(wave(mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)))
    assert place(found, benchmark(*TEN), INSTRUMENT.dimensions).rows[0].median == Fraction(109, 2)
    assert place(found, benchmark(*TEN, 99), INSTRUMENT.dimensions).rows[0].median == 57


def test_among_fewer_than_ten_others_nobody_is_placed() -> None:
    found = published(wave(mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)))
    nine = without(benchmark(*TEN), entries(52)[0])
    assert nine is not None
    placed = place(found, nine, INSTRUMENT.dimensions)
    assert (placed.rows, placed.why_not, placed.others) == ((), "too-few", 9)


def test_a_dimension_that_fewer_than_ten_can_show_is_left_out() -> None:
    found = entries(*TEN, 40)
    found[:2] = [{SCORE: 31, DIMENSIONS[1]: 31}, {SCORE: 38, DIMENSIONS[1]: 38}]
    made_of = gather(found, ["a"] * 11, DAY, USED, DIMENSIONS)
    assert [spots.id for spots in made_of.dimensions] == [DIMENSIONS[1]]
    shown = published(wave(mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)))
    assert len(place(shown, made_of, INSTRUMENT.dimensions).rows) == 2


def test_two_named_heads_are_neither_counted_nor_placed() -> None:
    heads = wave([respondent("sales", answers_for(60), "head")], [respondent("marketing", answers_for(70), "head")], rules=NAMED)
    assert entry(published(heads)) == {}
    assert place(published(heads), benchmark(*TEN), INSTRUMENT.dimensions).why_not == "named"


def test_a_client_without_a_score_adds_nothing_and_one_with_it_whole_points() -> None:
    assert entry(published(wave(mixed_team("sales", 2)))) == {}
    found = published(wave(mixed_team("sales", 8), mixed_team("marketing", 8, turn=3)))
    assert entry(found)[SCORE] == half_up(found.score.combined.value or Fraction(0), 0)
    assert all(isinstance(points, int) for points in entry(found).values())


ENTRIES = st.lists(st.tuples(st.integers(20, 100), st.integers(20, 100)), min_size=LEAST, max_size=30).map(
    lambda pairs: [{SCORE: a, DIMENSIONS[0]: b} for a, b in pairs]
)


@law(ENTRIES, st.randoms(use_true_random=False))
def test_whose_figures_belong_together_leaves_no_trace(found: list[Entry], chance: object) -> None:
    """Clients in another order, and their dimensions dealt anew among them, give the same bytes."""
    firsts = [each[DIMENSIONS[0]] for each in found]
    chance.shuffle(firsts)  # type: ignore[attr-defined]
    dealt = [{SCORE: each[SCORE], DIMENSIONS[0]: first} for each, first in zip(found, firsts, strict=True)]
    made_of, other = (benchmark_text(gather(each, ["a", "b"], DAY, USED, DIMENSIONS)) for each in (found, dealt[::-1]))
    assert made_of == other


@law(ENTRIES)
def test_one_who_is_left_out_takes_one_of_each_figure_along(found: list[Entry]) -> None:
    whole = gather(found, ["a"] * len(found), DAY, USED, DIMENSIONS)
    left = without(whole, found[0])
    assert left is not None
    assert left.clients == whole.clients - 1
    rest = gather(found[1:], [], DAY, USED, DIMENSIONS)
    assert left.score == rest.score
    ((_, points),) = [(spots.id, spots.points) for spots in left.dimensions]
    assert Counter(points) + Counter([found[0][DIMENSIONS[0]]]) == Counter(whole.dimensions[0].points)
    assert without(whole, {SCORE: 19}) is None
    assert without(whole, {}) is None


# The file


def test_a_file_is_read_as_it_was_written_and_fits_its_schema(tmp_path: Path) -> None:
    made_of = benchmark(*TEN)
    file = tmp_path / "benchmark.yaml"
    file.write_text(benchmark_text(made_of), "utf-8")
    assert read_benchmark(file, INSTRUMENT) == made_of
    jsonschema.validate(
        yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader) | {}, _texts_as_numbers(schemas()["benchmark.schema.json"])
    )


def _texts_as_numbers(schema: object) -> object:
    """The schema for a file of which every value was read as text."""
    if isinstance(schema, dict):
        kept = {key: _texts_as_numbers(value) for key, value in schema.items() if key not in ("minimum", "maximum")}
        return kept | ({"type": "string"} if schema.get("type") == "integer" else {})
    return [_texts_as_numbers(each) for each in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version: '1.0'", "version: '0.9'", "asked with another questionnaire"),
        ("  31: 1\n", "", "there are not as many digests here as clients in the score"),
        ("  31: 1\n", "  310: 1\n", "scores lie between 20 and 100"),
        ("  31: 1\n", "  31: 0\n", "1"),
        ("  31: 1\n", "  31: many\n", "whole number"),
        (DIMENSIONS[0], "no-such-thing", "this is no dimension"),
        (f"'{0:032x}'", "'acme'", "this is no digest"),
        ("as_of: 2026-06-30\n", "", "as_of"),
    ],
)
def test_a_file_that_was_spoilt_is_refused_with_the_place(old: str, new: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "benchmark.yaml"
    text = benchmark_text(benchmark(*TEN))
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FlawedBenchmark) as refused:
        read_benchmark(file, INSTRUMENT)
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: ", str(refused.value))
    assert says in str(refused.value)


def test_a_file_of_fewer_than_ten_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "benchmark.yaml"
    file.write_text(benchmark_text(replace(benchmark(*TEN[:9]), dimensions=())), "utf-8")
    with pytest.raises(FlawedBenchmark, match="counts 10 clients or more"):
        read_benchmark(file, INSTRUMENT)


# Gathering


def delivered(folder: Path, number: int, like: str = "fennel-and-rye") -> Path:
    """A client of its own name and key whose wave was delivered as it stands."""
    client = folder / f"client-{number:02}"
    shutil.copytree(CONFIGS / "clients" / like, client)
    told = client / "client.yaml"
    told.write_text(told.read_text("utf-8").replace(f"client: {like}", f"client: {client.name}"), "utf-8")
    (file,) = (client / "assessments").iterdir()
    key = f"{number + 1:032x}"
    file.write_text(re.sub(r"key: '\w+'", f"key: '{key}'", file.read_text("utf-8")), "utf-8")
    people = case(like).assessment.respondents
    record = Delivery(
        "1", file.stem, date(2026, 3, 2), "delivered-2026-03-02", key_check(key), {"report.json": "0" * 64}, counted_digests(people, key)
    )
    write_deliveries(client, (), [record])
    return client


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    place = tmp_path_factory.mktemp("clients")
    return [delivered(place, number) for number in range(11)]


def test_ten_delivered_clients_make_a_benchmark_without_names(clients: Sequence[Path], tmp_path: Path) -> None:
    done = write_benchmark([*clients[:10], ROOT / "configs" / "clients" / "marlow-cooling"], DAY, PLAYBOOK, tmp_path / "b.yaml")
    text = done.file.read_text("utf-8")
    assert (done.clients, [folder.name for folder in done.left_out]) == (10, ["marlow-cooling"])
    assert "client-" not in text
    assert "Fennel" not in text
    assert read_benchmark(done.file, INSTRUMENT).score == {
        half_up(report("fennel-and-rye").published.score.combined.value or Fraction(0), 0): 10
    }
    assert done.file.stat().st_mode & 0o077 == 0
    again = write_benchmark(clients[9::-1], DAY, PLAYBOOK, tmp_path / "again.yaml")
    assert again.file.read_text("utf-8") == text


def test_nine_are_refused_and_nothing_is_written(clients: Sequence[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageTrouble, match="of these 9 only 9 have some"):
        write_benchmark(clients[:9], DAY, PLAYBOOK, tmp_path / "b.yaml")
    with pytest.raises(UsageTrouble, match="of these 10 only 0 have some"):
        write_benchmark(clients[:10], date(2026, 3, 1), PLAYBOOK, tmp_path / "b.yaml")
    assert list(tmp_path.iterdir()) == []


def test_a_client_is_found_by_its_own_key_alone_and_is_not_among_the_others(clients: Sequence[Path], tmp_path: Path) -> None:
    file = write_benchmark(clients, DAY, PLAYBOOK, tmp_path / "b.yaml").file
    whole = read_benchmark(file, INSTRUMENT)
    assert others(file, clients[0], PLAYBOOK).clients == whole.clients - 1 == 10
    assert others(file, ROOT / "configs" / "clients" / "marlow-cooling", PLAYBOOK) == whole
    assert member_digest(DAY, f"{1:032x}") in whole.members
    assert member_digest(date(2026, 7, 1), f"{1:032x}") not in whole.members


def test_a_client_whose_delivered_answers_have_gone_is_not_counted_and_an_old_benchmark_with_it_is_refused(
    clients: Sequence[Path], tmp_path: Path
) -> None:
    file = write_benchmark(clients, DAY, PLAYBOOK, tmp_path / "b.yaml").file
    changed = tmp_path / clients[0].name
    shutil.copytree(clients[0], changed)
    (answers,) = (changed / "assessments").iterdir()
    answers.write_text(re.sub(r"(little-blame: )\d", r"\g<1>5", answers.read_text("utf-8"), count=1), "utf-8")
    with pytest.raises(FlawedInput, match="make the benchmark anew"):
        others(file, changed, PLAYBOOK)
    assert write_benchmark([changed, *clients[1:]], DAY, PLAYBOOK, tmp_path / "c.yaml").left_out == (changed,)


def test_the_commands_make_a_benchmark_and_place_a_client_in_it(
    clients: Sequence[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.yaml"
    assert main(["benchmark", *map(str, clients), "--output", str(file), "--as-of-date", "2026-06-30"]) == 0
    assert capfd.readouterr().out == f"{file}: 11 clients\n"
    sample = str(CONFIGS / "clients" / "marlow-cooling")
    assert main(["build", sample, "--output", str(tmp_path / "with"), "--no-pdf", "--benchmark", str(file)]) == 0
    assert '"id": "portfolio"' in (tmp_path / "with" / "marlow-cooling" / "2026-03" / "report.json").read_text("utf-8")
    file.write_text("as_of: never\n")
    assert main(["build", sample, "--output", str(tmp_path / "none"), "--no-pdf", "--benchmark", str(file)]) == 2
    assert not (tmp_path / "none" / "marlow-cooling").exists()


# The document


def told(*scores: int, client: str = "marlow-cooling") -> dict[str, object]:
    found = case(client)
    return made(compile_report(found.client, found.assessment, PLAYBOOK, others=benchmark(*scores)))


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        (tuple(range(85, 95)), "Against ten other companies, all six dimensions are in the bottom quarter"),
        (tuple(range(21, 31)), "Against ten other companies, all six dimensions are in the top quarter"),
        (tuple(range(34, 84, 2)), None),
    ],
)
def test_the_title_names_the_quarters(scores: tuple[int, ...], title: str | None) -> None:
    found = section(told(*scores), "portfolio")
    assert title is None or found["title"] == title
    assert found["title"].startswith(f"Against {'ten' if title else len(scores)} other companies")
    assert found["exhibit"] == "portfolio"


def test_a_client_that_cannot_be_placed_is_told_why() -> None:
    named = section(told(*TEN, client="brightwater-clinics"), "portfolio")
    assert "the two heads alone have answered" in named["missing"][0]["text"]
    few = compile_report(ACME, wave(mixed_team("sales", 2)), PLAYBOOK, others=benchmark(*TEN))
    assert "ten other companies or more" in section(made(few), "portfolio")["missing"][0]["text"]


def test_dimensions_are_drawn_lowest_percentile_first_under_the_score() -> None:
    found = told(*TEN)["exhibits"]["portfolio"]  # type: ignore[index]
    rows = found["data"]["rows"]
    assert rows[0]["is_score"]
    assert [int(row["percentile"]) for row in rows[1:]] == sorted(int(row["percentile"]) for row in rows[1:])
    assert found["table"]["rows"][0][-1] == "10"


def test_without_a_benchmark_nothing_of_it_is_in_a_document() -> None:
    assert report("marlow-cooling").portfolio is None
    assert "portfolio" not in [each["id"] for each in made(report("marlow-cooling"))["sections"]]
