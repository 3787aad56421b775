"""A new client's folder: every field of the model as YAML, explained by its own declaration."""

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alignment_report.building.fields import UNITS, about, comment, declared, example, explained, may_be_unknown, names
from alignment_report.building.placing import SPOKEN_ON
from alignment_report.building.write import SECRET, write_files
from alignment_report.errors import UsageTrouble
from alignment_report.model.assessment import Assessment, Confidentiality, Consent, Invited, Respondent
from alignment_report.model.client import (
    FACT_GROUPS,
    START_CUSTOMERS,
    START_OFFERING,
    BusinessCase,
    Client,
    Driver,
    MeasureValue,
    Observation,
    Range,
)
from alignment_report.model.narrative import FrictionOverride, Narrative, View, WaveNarrative
from alignment_report.model.playbook import Measure, Playbook, Statement
from alignment_report.model.theme import Colours, Fonts, Logo, Sections, Theme
from alignment_report.reading.hints import written
from alignment_report.reading.narrative import NARRATIVE
from alignment_report.rendering.document import SECTIONS

_ID = re.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_KEY_BYTES = 16
_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of a client at the start. Without a date the wave must be named for a month."""

    client: str
    wave: str
    name: str | None = None
    report_date: date | None = None


def write_client(start: Start, clients: Path, playbook: Playbook) -> tuple[Path, ...]:
    """Writes `client.yaml`, `theme.yaml`, `narrative.yaml` and the first wave, with a random key of its own, into `clients/<client>/`.

    Nothing that exists is overwritten.
    """
    for text in (start.client, start.wave):
        _checked_id(text)
    folder = clients / start.client
    if folder.exists() or folder.is_symlink():
        raise UsageTrouble(f"{folder} exists already; nothing was written.")
    day = start.report_date or _first_day(start.wave)
    wave = _for_editors("assessment", folder / "assessments") + wave_file(start.wave, day, playbook, secrets.token_hex(_KEY_BYTES))
    client = _for_editors("client", folder) + client_file(start.client, start.name or _as_name(start.client), day, playbook)
    write_files(clients, (start.client, "assessments"), {f"{start.wave}.yaml": wave.encode()}, mode=SECRET)
    files = {
        "client.yaml": client,
        "theme.yaml": _for_editors("theme", folder) + theme_file(),
        NARRATIVE: _for_editors("narrative", folder) + narrative_file(start.wave, day, playbook),
    }
    write_files(clients, (start.client,), {name: text.encode() for name, text in files.items()})
    return folder / "client.yaml", folder / "assessments" / f"{start.wave}.yaml", folder / "theme.yaml", folder / NARRATIVE


def _for_editors(kind: str, folder: Path) -> str:
    """The line that leads an editor to the schema, where `alignment-report schema` writes it when run from here."""
    try:
        schemas = Path(os.path.relpath("schemas", folder)).as_posix()
    except ValueError:  # another drive of Windows
        return ""
    return f"# yaml-language-server: $schema={schemas}/{kind}.schema.json\n"


def client_file(client: str, name: str, report_date: date, playbook: Playbook) -> str:
    """A client.yaml with every fact unknown and all else explained."""
    start = {"name": _quoted(name), "offering": START_OFFERING, "customers": START_CUSTOMERS}
    purpose = (
        "One client: facts about the company, measures, observations and the terms of the work. What you do not know stays `unknown`, and the "
        "playbook lists it; nothing is guessed. The words at `offering` and `customers` are there for a start only: replace them. Blocks "
        "behind `#` are optional: take away the `#` at the start of their lines to use them."
    )
    return _text(
        [
            *comment(purpose),
            "",
            *_record(Client, {"client": client}, only=("client",)),
            *(line for group in FACT_GROUPS for line in ["", *_group(Client, group, start if group == "company" else {})]),
            "",
            *_group(Client, "engagement", {}),
            *(line for block in _optional_blocks(report_date, playbook) for line in ["", *map(_commented_out, block)]),
        ]
    )


def theme_file() -> str:
    """A theme.yaml that changes nothing, with all it could say explained."""
    blocks = [
        ["colours:", *_indented(_record(Colours, {}))],
        [*comment(about(Theme, "logo")), "logo:", *_indented(_record(Logo, {}))],
        [*comment(about(Theme, "fonts")), "fonts:", *_indented(_record(Fonts, {}))],
        *(_record(Theme, {}, only=[name]) for name in ("cover", "footer")),
        [
            *comment(f"{about(Theme, 'sections')} They are {', '.join(id for id, _ in SECTIONS)}."),
            "sections:",
            *_indented(_record(Sections, {})),
        ],
        _record(Theme, {}, only=["templates"]),
    ]
    purpose = (
        "How the playbook looks: optional, and this file may be deleted. Without it, or with nothing in it, the playbook has its own look. "
        "Take away the `#` at the start of the lines you want to use."
    )
    return _text(
        [
            *comment(purpose),
            "",
            *comment(f"{about(Theme, 'colours')} Put those you have, like the ones below, in the place of this line."),
            "colours: {}",
            *(line for block in blocks for line in ["", *map(_commented_out, block)]),
        ]
    )


def wave_file(wave: str, report_date: date, playbook: Playbook, key: str) -> str:
    """A wave without answers yet, with its key, and every statement listed for the answers to come."""
    used = playbook.instrument
    day = report_date.isoformat()
    given = {"wave": _quoted(wave), "report_date": day, "collected_from": day, "collected_to": day}
    invited = dict.fromkeys(names(Invited), "10")
    terms = _record(Confidentiality, {"key": _quoted(key)}, only=[name for name in names(Confidentiality) if name != "consent"])
    consent = _record(Confidentiality, {"date": day}, only=["consent"], nested={"consent": Consent})
    return _text(
        [
            *comment("One wave of answers. Blocks behind `#` are optional: take away the `#` at the start of their lines to use them."),
            "",
            *_record(Assessment, given, only=("wave", "report_date")),
            *comment(about(Assessment, "instrument")),
            f"instrument: {{id: {used.id}, version: {_quoted(used.version)}}}",
            "",
            *map(_commented_out, _record(Assessment, given, only=("collected_from", "collected_to"))),
            "",
            *map(_commented_out, [*comment(about(Assessment, "invited")), "invited:", *_indented(_record(Invited, invited))]),
            "",
            *comment(about(Assessment, "confidentiality")),
            "confidentiality:",
            *_indented(terms),
            "",
            *_indented(map(_commented_out, consent)),
            "",
            *map(_commented_out, [*comment(about(Assessment, "redact")), f"redact: {example(Assessment, 'redact')}"]),
            "",
            *comment(
                f"{about(Assessment, 'respondents')} Nobody has answered yet; put a block like the one below in the place of this line."
            ),
            "respondents: {}",
            "",
            *map(_commented_out, _example_respondents(playbook)),
        ]
    )


def narrative_file(wave: str, day: date, playbook: Playbook) -> str:
    """A narrative.yaml without words yet, and how they are written."""
    purpose = (
        "Your own words in the playbook, marked as yours, with who and when. The program reads this file and never writes to it. Take away "
        "the `#` at the start of the lines below to use them, in the place of `waves: {}`."
    )
    source = playbook.frictions[0].id if playbook.frictions else "an-id"
    view, given = _record(View, {"date": day.isoformat()}), {"from_": "not-assessable", "date": day.isoformat()}
    kinds = [f"{name}: {about(WaveNarrative, name)}" for name in ("conditions", "plays", "statements", "risks")]
    example = [
        "waves:",
        f"  {_quoted(wave)}:",
        *_deeper(2, comment(f"{about(WaveNarrative, 'sections')} The sections: {', '.join(SPOKEN_ON)}.")),
        "    sections:",
        "      stage:",
        *_deeper(4, view),
        *_deeper(2, comment(about(WaveNarrative, "frictions"))),
        *_deeper(2, [line for kind in kinds for line in comment(f"In the same way: {kind}")]),
        "    frictions:",
        f"      {source}:",
        *_deeper(4, view),
        *_deeper(2, comment(about(WaveNarrative, "overrides"))),
        "    overrides:",
        *_deeper(3, comment("The verdict in the same way: `verdict:`, and below it the same five keys.")),
        "      frictions:",
        f"        {source}:",
        *_deeper(5, _record(FrictionOverride, given)),
    ]
    return _text([*comment(purpose), "", *comment(about(Narrative, "waves")), "waves: {}", "", *map(_commented_out, example)])


def _optional_blocks(report_date: date, playbook: Playbook) -> Iterator[list[str]]:
    """The parts of a client.yaml that may be left out, as they read once they are used."""
    yield [
        *comment(about(Client, "ownership")),
        "ownership:",
        *(f"  {step.id}: unclear # {step.name}" for step in playbook.buyer_steps),
    ]
    yield [
        *comment(f"{about(Client, 'measures')} Keep those you have."),
        *(line for name in names(MeasureValue) for line in comment(f"`{name}`: {about(MeasureValue, name)}")),
        "measures:",
        *(f"  {measure.id}: {{value: unknown, period: unknown, source: unknown}} # {_told(measure)}" for measure in playbook.measures),
    ]
    seen = {"about": playbook.frictions[0].id, "date": report_date.isoformat()}
    observation = _record(Observation, seen, only=tuple(name for name in names(Observation) if name != "id"))
    yield [
        *comment(f"{about(Client, 'observations')} The friction sources: {', '.join(source.id for source in playbook.frictions)}."),
        "observations:",
        "  an-id-of-your-own:",
        *_indented(_indented(observation)),
    ]
    yield [
        *comment(about(Client, "business_case")),
        "business_case:",
        *_indented(_record(BusinessCase, {"horizon_months": "24"}, nested={"cost": Range}, only=("horizon_months", "cost"))),
        *_indented(comment(about(BusinessCase, "drivers"))),
        "  drivers:",
        "    an-id-of-your-own:",
        *_indented(_indented(_indented(_record(Driver, {}, nested={"yearly": Range}, only=("title", "yearly"))))),
    ]


def _example_respondents(playbook: Playbook) -> list[str]:
    scale = playbook.instrument.scale.labels
    return [
        "respondents:",
        "  r-7f3a:",
        *_indented(_indented(_record(Respondent, {"level": "staff"}, only=("function", "level")))),
        *_indented(
            _indented(comment(f"{about(Respondent, 'answers')} {'; '.join(f'{point} {label}' for point, label in scale.items())}."))
        ),
        "    answers:",
        *(f"      {statement.id}: {max(scale)} # {_asked(statement)}" for statement in playbook.instrument.statements),
        *_indented(_indented(_record(Respondent, {}, only=("comment", "verbatim")))),
    ]


def _asked(statement: Statement) -> str:
    return f"{statement.number}. {statement.text}{' (or dont-know)' if statement.structural else ''}"


def _told(measure: Measure) -> str:
    return f"{measure.name}: {UNITS[measure.unit]}"


def _group(owner: type, name: str, given: Mapping[str, str]) -> list[str]:
    return [*comment(about(owner, name)), f"{name}:", *_indented(_facts(declared(owner, name)[1], given))]


def _facts(kind: type, given: Mapping[str, str]) -> Iterator[str]:
    """A record's fields, each under its explanation: what may be unknown is written so, what may be left out is commented out."""
    for name in names(kind):
        yield from comment(explained(kind, name))
        if name in given:
            yield f"{name}: {given[name]}"
        elif may_be_unknown(kind, name):
            yield f"{name}: unknown"
        else:
            yield f"# {name}: {example(kind, name)}"


def _record(
    kind: type, given: Mapping[str, str], *, only: Sequence[str] | None = None, nested: Mapping[str, type] | None = None
) -> list[str]:
    """A record's fields as they read once they are filled in, by way of example where nothing is given."""
    lines: list[str] = []
    for name in only or names(kind):
        inner, key = (nested or {}).get(name), written(name)
        lines += comment(about(kind, name) if inner else explained(kind, name))
        lines += [f"{key}:", *_indented(_record(inner, given))] if inner else [f"{key}: {given.get(name) or example(kind, name)}"]
    return lines


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _deeper(levels: int, lines: Iterable[str]) -> list[str]:
    return [f"{'  ' * levels}{line}" for line in lines]


def _commented_out(line: str) -> str:
    return f"# {line}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _checked_id(text: str) -> None:
    if not _ID.fullmatch(text):
        raise UsageTrouble(f"{text!r} cannot be an id: use lower-case letters, digits and hyphens inside, 64 characters at the most.")
    if text in _DEVICES:
        raise UsageTrouble(f"{text!r} cannot be an id: Windows keeps this name for a device.")


def _first_day(wave: str) -> date:
    month = _MONTH.fullmatch(wave)
    if month is None:
        raise UsageTrouble(f"The wave {wave!r} is not named for a month, so give the report's date with --date.")
    return date(int(month[1]), int(month[2]), 1)


def _as_name(client: str) -> str:
    return client.replace("-", " ").title()
