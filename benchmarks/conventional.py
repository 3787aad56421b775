"""What our print template saves: the same content set the conventional way, one switch a lever.

    python benchmarks/conventional.py [--client FOLDER] [--runs N] [--forms]

The conventional page holds the same document in the same template; each lever puts back one habit that a template for this engine
usually has. Printed are CPU seconds of the PDF, conventional and ours in turn in one process each, and for every lever the conventional page
without that one habit. Then what tags and the archival form cost our page. Read the ratios: absolute times depend on the machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

LEVERS: Mapping[str, str] = {
    "leaders of one dot each": "contents with leader('.'): a box for every dot",
    "charts inside the page": "inline SVG, to which the whole style sheet is applied",
    "fonts from the style sheet": "@font-face with data: addresses in place of fontconfig",
    "columns by their content": "table-layout: auto",
    "cards in a grid": "display: grid for what stands side by side: each part laid out several times",
    "dotted rules": "dotted lines between rows: a circle for every dot",
    "a framework's style sheet": "1,500 rules that nothing on the page uses",
    "collecting while rendering": "Python's cyclic garbage collector left on",
}

_STYLES: Mapping[str, str] = {
    "leaders of one dot each": ".contents .entry-title::after { content: leader('.'); }",
    "columns by their content": "table { table-layout: auto; }",
    "cards in a grid": """
        .answer, .card-body, .pair, .numbers { display: grid; width: auto; }
        .answer-cell, .card-text, .card-side, .pair-half, .numbers-cell { display: block; width: auto !important; }
        .card-text, .pair-half { padding-right: 0 !important; }
        .answer { grid-template-columns: 48mm 66mm 56mm; }
        .numbers { grid-template-columns: 56mm 58mm 56mm; }
        .pair { grid-template-columns: 81mm 81mm; column-gap: 8mm; }
        .card-body { grid-template-columns: 108mm 57mm; column-gap: 5mm; }
        .finding .card-body { grid-template-columns: 102mm 65mm; column-gap: 3mm; }
        .play:not(.headline) .card-body { grid-template-columns: 109mm 57mm; column-gap: 4mm; }
    """,
    "dotted rules": "td, th { border-bottom: 0.75pt dotted #9aa4b2; }",
    "a framework's style sheet": "\n".join(
        f".u-{number} {{ margin: {number % 7}px; color: #{number:06x}; }}\n.u-{number}:first-child > .v-{number} {{ padding: {number % 5}px; }}"
        for number in range(750)
    ),
}


def page(document: Mapping[str, object], habits: Sequence[str]) -> str:
    """The print page with these habits put back."""
    from alignment_report.rendering import html
    from alignment_report.rendering.fonts import font_faces

    made = html.print_page(document)
    if "charts inside the page" in habits:
        made = _inline(made, document)
    styles = [font_faces()] if "fonts from the style sheet" in habits else []
    styles += [_STYLES[habit] for habit in habits if habit in _STYLES]
    return made.replace("</style>", "\n".join(["", *styles, "</style>"]), 1)


def _inline(made: str, document: Mapping[str, object]) -> str:
    """Every image of a chart replaced by its SVG."""
    import re
    from base64 import b64decode

    def opened(match: "re.Match[str]") -> str:
        svg = b64decode(match[1]).decode()
        return svg[svg.index("<svg") :].replace("<svg", '<svg class="chart"', 1)

    found, count = re.subn(r'<img class="chart" src="data:image/svg\+xml;base64,([^"]+)" alt="[^"]*">', opened, made)
    assert count >= len(document["exhibits"])  # type: ignore[arg-type]
    return found


FORMS: Mapping[str, str] = {
    "plain": "untagged",
    "tagged": "tagged (PDF/UA-1)",
    "delivered": "tagged and archival (PDF/A-3a), as delivered",
}


def _render(file: Path, collecting: bool, form: str, runs: int) -> None:
    """CPU seconds of each run but the first, one a line."""
    import gc

    import weasyprint

    from alignment_report.rendering.pdf import write_pdf

    text = file.read_text("utf-8")
    for run in range(runs + 1):
        gc.collect()
        if not collecting:
            gc.disable()
        start = time.process_time()
        if form == "delivered":
            write_pdf(text)
        else:
            weasyprint.HTML(string=text).write_pdf(**({"pdf_variant": "pdf/ua-1", "pdf_tags": True} if form == "tagged" else {}))
        spent = time.process_time() - start
        gc.enable()
        if run:
            print(f"{spent:.4f}", flush=True)


def _seconds(text: str, habits: Sequence[str], place: Path, form: str = "tagged") -> float:
    """One warm render of a page in a process of its own."""
    file = place / "page.html"
    file.write_text(text, "utf-8")
    collecting = "collecting while rendering" in habits
    command = [sys.executable, __file__, "--render", str(file), "--form", form, *(["--collecting"] if collecting else [])]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", type=Path, default=ROOT / "configs" / "clients" / "marlow-cooling")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--render", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--collecting", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--form", choices=tuple(FORMS), default="tagged", help=argparse.SUPPRESS)
    parser.add_argument("--forms", action="store_true", help="only what tags and the archival form cost")
    arguments = parser.parse_args()
    if arguments.render:
        _render(arguments.render, arguments.collecting, arguments.form, 1)
    else:
        _compare(arguments.client, arguments.runs, [_compare_forms] if arguments.forms else [_compare_habits, _compare_forms])


def _compare(client: Path, runs: int, comparisons: Sequence[Callable[[Mapping[str, object], Path, int], None]]) -> None:
    from alignment_report.rendering.fonts import fontconfig_file

    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    document = _document(client)
    with tempfile.TemporaryDirectory() as place:
        for compare in comparisons:
            compare(document, Path(place), runs)


def _compare_habits(document: Mapping[str, object], place: Path, runs: int) -> None:
    every = tuple(LEVERS)
    variants = {"conventional": every, "ours": (), **{f"without: {lever}": tuple(h for h in every if h != lever) for lever in every}}
    pages = {name: page(document, habits) for name, habits in variants.items()}
    _print("conventional", {n: lambda n=n: _seconds(pages[n], variants[n], place) for n in variants}, runs)


def _compare_forms(document: Mapping[str, object], place: Path, runs: int) -> None:
    ours = page(document, ())
    _print(FORMS["plain"], {name: lambda form=form: _seconds(ours, (), place, form) for form, name in FORMS.items()}, runs)


def _print(base: str, measured: Mapping[str, Callable[[], float]], runs: int) -> None:
    """A table of medians and of ratios to one of them, all measured in turn."""
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs):
        for name, measure in measured.items():
            found[name].append(measure())
    print(f"{'CPU seconds of one PDF, warm; median ratio':<46} {'seconds':>8} {f'of {base}':>16}   from – to")
    for name, seconds in found.items():
        ratios = sorted(a / b for a, b in zip(seconds, found[base], strict=True))
        print(f"{name:<46} {statistics.median(seconds):>8.2f} {statistics.median(ratios):>16.2f}   {ratios[0]:.2f} – {ratios[-1]:.2f}")


def _document(client: Path) -> Mapping[str, object]:
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "alignment_report", "build", str(client), "--no-pdf", "--output", place]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        found: Mapping[str, object] = json.loads(next(Path(place).rglob("report.json")).read_text("utf-8"))
    return found


if __name__ == "__main__":
    main()
