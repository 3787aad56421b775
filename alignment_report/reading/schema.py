"""The declarations of the model into JSON Schemas for editors."""

from collections.abc import Iterator
from typing import Any

from alignment_report.model.assessment import Assessment
from alignment_report.model.client import Client
from alignment_report.model.playbook import Playbook
from alignment_report.reading.playbook import FILES
from alignment_report.reading.shapes import json_schema

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """A JSON Schema 2020-12 for each kind of file, by the name of the schema's own file."""
    clients = {"client.schema.json": json_schema(Client), "assessment.schema.json": json_schema(Assessment)}
    whole = json_schema(Playbook)
    return clients | {name.replace(".yaml", ".schema.json"): _part(whole, keys) for name, keys in FILES.items()}


def _part(whole: Schema, keys: tuple[str, ...]) -> Schema:
    """The schema of a file that holds some of the keys."""
    properties = {key: whole["properties"][key] for key in keys}
    kept = _used(properties, whole["$defs"])
    definitions = {name: schema for name, schema in whole["$defs"].items() if name in kept}
    part = {name: value for name, value in whole.items() if name not in ("$defs", "required", "properties")}
    return part | {"properties": properties} | ({"$defs": definitions} if definitions else {})


def _used(schema: Any, definitions: Schema) -> set[str]:
    waiting, found = set(_references(schema)), set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_references(definitions[name])) - found
    return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix("#/$defs/")
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)
