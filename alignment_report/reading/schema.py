"""The declarations of the model into JSON Schemas for editors."""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from alignment_report.model.assessment import Assessment
from alignment_report.model.benchmark import Benchmark
from alignment_report.model.client import Client
from alignment_report.model.narrative import Narrative
from alignment_report.model.playbook import Playbook
from alignment_report.model.record import Deliveries, Purged
from alignment_report.model.theme import Theme
from alignment_report.reading.playbook import FILES
from alignment_report.reading.shapes import core

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """A JSON Schema 2020-12 for each kind of file, by the name of the schema's own file."""
    kinds = {
        "client": Client,
        "assessment": Assessment,
        "narrative": Narrative,
        "theme": Theme,
        "deliveries": Deliveries,
        "purged": Purged,
        "benchmark": Benchmark,
    }
    clients = {f"{name}.schema.json": _schema(kind) for name, kind in kinds.items()}
    whole = _schema(Playbook)
    return clients | {name.replace(".yaml", ".schema.json"): _part(whole, keys) for name, keys in FILES.items()}


def _schema(kind: type) -> Schema:
    """JSON Schema 2020-12 of a file that holds one `kind`."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **_JsonSchema().generate(core(kind))}


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


class _JsonSchema(GenerateJsonSchema):
    """pydantic's generator, told what our own values look like."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchemaValue:
        return dict(schema["metadata"]["json"])

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inside = super().function_before_schema(schema)
        single = schema.get("metadata", {}).get("single")
        return {"anyOf": [inside, dict(single)]} if single else inside

    def typed_dict_field_schema(self, schema: core_schema.TypedDictField) -> JsonSchemaValue:
        inside = super().typed_dict_field_schema(schema)
        about = schema["metadata"]["about"]
        return {**inside, "description": about} if about else inside
