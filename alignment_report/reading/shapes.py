"""The dataclasses of the model into pydantic validators: one declaration, read in one place.

In a file a record is a group of keys; records with an `id` are keyed by it; a trailing underscore of a field's name is not written.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from alignment_report.model.assessment import Answer
from alignment_report.model.conditions import Bound, Condition, Subject
from alignment_report.model.fields import Field
from alignment_report.model.playbook import Reference
from alignment_report.model.theme import Colour
from alignment_report.reading import leaves, yaml_tree
from alignment_report.reading.hints import COMPARISONS, SUBJECTS, about, hints, parts, required, without_none, written
from alignment_report.reading.leaves import Leaf, refuse
from alignment_report.reading.remarks import Path, Remark, node_at
from alignment_report.reading.shape_remarks import path_of, remarks_of

Kind = TypeVar("Kind")


def read(kind: type[Kind], root: yaml_tree.Mapping) -> tuple[Kind, tuple[Remark, ...]]:
    """The value written in a tree, and every remark about its shape.

    Where there are remarks the value is only fit for finding more of them: it lacks what they are about (None or empty).
    """
    try:
        return cast(Kind, _validator(cast(Any, kind), "whole").validate_python(root)), ()
    except ValidationError as error:
        remarks = tuple(remarks_of(kind, root, error))
        return _what_is_sound(kind, root, error), remarks


def core(kind: type) -> CoreSchema:
    """pydantic's description of a file that holds one `kind`."""
    return _Shapes("whole").schema(kind)


@cache
def _validator(kind: type, wanted: Literal["whole", "sound"]) -> SchemaValidator:
    return SchemaValidator(_Shapes(wanted).schema(kind))


class _Shapes:
    """Core schemas of one kind and of all records within it. `sound` accepts records that lack something."""

    def __init__(self, wanted: Literal["whole", "sound"]) -> None:
        self.wanted = wanted
        self.definitions: dict[str, CoreSchema | None] = {}

    def schema(self, kind: type) -> CoreSchema:
        top = self._record(kind, "")
        return core_schema.definitions_schema(top, [found for found in self.definitions.values() if found])

    def _record(self, kind: type, keyed: str) -> CoreSchema:
        reference = f"{kind.__name__}{keyed}"
        if reference not in self.definitions:
            self.definitions[reference] = None
            self.definitions[reference] = self._definition(kind, keyed, reference)
        return core_schema.definition_reference_schema(reference)

    def _definition(self, kind: type, keyed: str, reference: str) -> CoreSchema:
        if kind is Condition:
            return self._condition(reference)
        if kind is Bound:
            return self._bound(reference)
        kept = {name: hint for name, hint in hints(kind).items() if not (keyed and name == "id")}
        inside: CoreSchema = core_schema.typed_dict_schema(
            {name: self._field(kind, name, hint) for name, hint in kept.items()}, extra_behavior="forbid", total=False
        )
        made = _kept if keyed else self._maker(kind)
        if self.wanted == "sound":
            inside = core_schema.no_info_before_validator_function(_without_refused, inside)
        return core_schema.no_info_after_validator_function(made, inside, ref=reference)

    def _field(self, kind: type, name: str, hint: Any) -> core_schema.TypedDictField:
        return core_schema.typed_dict_field(
            self._value(hint, name),
            required=self.wanted == "whole" and name in required(kind),
            validation_alias=written(name),
            metadata={"about": about(hint)},
        )

    def _value(self, hint: Any, name: str = "") -> CoreSchema:
        bare, field = parts(hint)
        if leaf := _leaf(bare, field, name):
            return _leaf_schema(leaf)
        bare = without_none(bare)
        if is_dataclass(bare):
            return self._record(cast(type, bare), "")
        if get_origin(bare) is tuple:
            return self._several(get_args(bare)[0])
        key, value = get_args(bare)
        keys = leaves.whole_key() if key is int else leaves.key()
        group = core_schema.dict_schema(_leaf_schema(keys), self._or_refused(self._value(value), None))
        return core_schema.no_info_before_validator_function(_as_group, group)

    def _several(self, item: Any) -> CoreSchema:
        if item is str:
            texts = core_schema.list_schema(_leaf_schema(leaves.text()))
            listed = core_schema.no_info_before_validator_function(_as_list, texts, metadata={"single": leaves.text().json})
            return core_schema.no_info_after_validator_function(tuple, listed)
        ids = leaves.identifier(leaves.CASED_ID if item is Reference else leaves.ID)
        keyed = core_schema.dict_schema(_leaf_schema(ids), self._or_refused(self._record(item, "-keyed"), {}))
        make = self._maker(item)

        def records(found: Mapping[str, Mapping[str, Any]]) -> tuple[Any, ...]:
            return tuple(make({"id": name, **values}) for name, values in found.items())

        return core_schema.no_info_after_validator_function(records, core_schema.no_info_before_validator_function(_as_group, keyed))

    def _or_refused(self, schema: CoreSchema, blank: Any) -> CoreSchema:
        """In a sound value an entry that is refused leaves its key and a blank, so that the key does not seem to be missing."""
        if self.wanted == "whole":
            return schema

        def read_unless_refused(node: Any, read: core_schema.ValidatorFunctionWrapHandler) -> Any:
            return blank if isinstance(node, yaml_tree.Refused) else read(node)

        return core_schema.no_info_wrap_validator_function(read_unless_refused, schema)

    def _maker(self, kind: type) -> Callable[[Mapping[str, Any]], Any]:
        if self.wanted == "sound":
            return lambda values: kind(**{**_blanks(kind), **values})
        return lambda values: kind(**values)

    def _condition(self, reference: str) -> CoreSchema:
        bounds = core_schema.list_schema(self._record(Bound, ""), min_length=1)
        choices: dict[Any, CoreSchema] = {
            "\0bound": core_schema.no_info_after_validator_function(_lone, self._record(Bound, "")),
            "\0all": core_schema.no_info_after_validator_function(_joined, _single_key("all", bounds)),
            "\0any": core_schema.no_info_after_validator_function(_joined, _single_key("any", bounds)),
        }
        return core_schema.tagged_union_schema(choices, _tag, ref=reference)

    def _bound(self, reference: str) -> CoreSchema:
        known = hints(Bound)
        keys: dict[str, Any] = dict.fromkeys(SUBJECTS, known["id"])
        keys |= {name: without_none(known[name]) for name in ("function", *COMPARISONS[:-1])}
        inside = {
            name: core_schema.typed_dict_field(self._value(hint), required=False, metadata={"about": ""}) for name, hint in keys.items()
        }
        inside["is_"] = core_schema.typed_dict_field(
            _leaf_schema(leaves.yes_no_or_word()), required=False, validation_alias="is", metadata={"about": ""}
        )
        return core_schema.no_info_after_validator_function(
            _to_bound, core_schema.typed_dict_schema(inside, extra_behavior="forbid"), ref=reference
        )


def _leaf(bare: Any, field: Field, name: str) -> Leaf | None:
    if bare == Answer:
        return leaves.answer()
    inner = without_none(bare)
    found = _known_leaf(inner, field, name)
    if found is None or inner is bare or inner in (date, Colour) or len(get_args(inner)) == 1:  # a lone word stands there or is left out
        return found
    return leaves.or_none(found) if inner is int and field.unit == "" else leaves.or_unknown(found)


def _known_leaf(bare: Any, field: Field, name: str) -> Leaf | None:
    if bare is str:
        return leaves.identifier() if name == "id" else leaves.text()
    if get_origin(bare) is Literal:
        return leaves.one_of(get_args(bare))
    simple: dict[Any, Callable[[], Leaf]] = {
        bool: leaves.yes_no,
        date: leaves.day,
        Colour: leaves.colour,
        int: lambda: leaves.whole(field),
        Fraction: lambda: leaves.decimal(field),
    }
    return simple[bare]() if bare in simple else None


def _leaf_schema(leaf: Leaf) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(leaf.read, metadata={"json": leaf.json})


def _single_key(key: str, schema: CoreSchema) -> CoreSchema:
    return core_schema.typed_dict_schema({key: core_schema.typed_dict_field(schema, metadata={"about": ""})}, extra_behavior="forbid")


def _kept(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return values


def _without_refused(node: Any) -> Any:
    return {key: value for key, value in node.items() if not isinstance(value, yaml_tree.Refused)} if isinstance(node, dict) else node


def _as_group(node: Any) -> Any:
    if not isinstance(node, yaml_tree.Sequence):
        return node
    if node:
        raise refuse("this must be a group of keys, not a list", "write each entry as `its-key:` with what belongs to it after or below")
    return {}


def _as_list(node: Any) -> Any:
    if isinstance(node, yaml_tree.Scalar):
        return [node]
    return [] if isinstance(node, yaml_tree.Mapping) and not node else node


def _tag(node: Any) -> str:
    if isinstance(node, dict):
        return next((f"\0{joined}" for joined in ("all", "any") if joined in node), "\0bound")
    return "\0bound"


def _lone(bound: Bound) -> Condition:
    return Condition("all", (bound,))


def _joined(values: Mapping[Literal["all", "any"], list[Bound]]) -> Condition:
    ((joined, bounds),) = values.items()
    return Condition(joined, tuple(bounds))


def _to_bound(values: Mapping[str, Any]) -> Bound:
    subjects = [name for name in SUBJECTS if name in values]
    comparisons = [name for name in COMPARISONS if name in values]
    if len(subjects) != 1:
        raise refuse("a bound names one thing to look at", "one of `fact`, `measure`, `statement`, `dimension` or `score`")
    if len(comparisons) != 1:
        raise refuse("a bound makes one comparison", "one of `at_least`, `at_most`, `below`, `above` or `is`; join two bounds with `all:`")
    subject = subjects[0]
    compared: dict[str, Any] = {comparisons[0]: values[comparisons[0]]}
    return Bound(cast(Subject, subject), values[subject], function=values.get("function"), **compared)


def _what_is_sound(kind: type[Kind], root: yaml_tree.Mapping, error: ValidationError) -> Kind:
    root = deepcopy(root)
    for _ in range(yaml_tree.DEEPEST):
        for trouble in error.errors(include_url=False, include_input=False):
            if trouble["type"] != "missing":
                _cut(root, path_of(trouble))
        try:
            return cast(Kind, _validator(cast(Any, kind), "sound").validate_python(root))
        except ValidationError as again:
            error = again
    return kind(**_blanks(kind))


def _cut(root: yaml_tree.Mapping, path: Path) -> None:
    """Refuse the value of the nearest key at or above the path; remove the key where that was not enough."""
    while path:
        around = node_at(root, path[:-1])
        if isinstance(around, yaml_tree.Mapping) and path[-1] in around:
            key = str(path[-1])
            if isinstance(around[key], yaml_tree.Refused):
                del around[key]
            else:
                around[key] = yaml_tree.Refused(1, 1)
            return
        path = path[:-1]


def _blanks(kind: type) -> dict[str, Any]:
    return {name: _blank(parts(hint)[0]) for name, hint in hints(kind).items() if name in required(kind)}


def _blank(bare: Any) -> Any:
    if get_origin(bare) is tuple:
        return ()
    if is_dataclass(bare) and bare not in (Condition, Bound):
        return bare(**_blanks(cast(type, bare)))  # type: ignore[operator]
    return {} if get_origin(bare) not in (None, Literal, Union, UnionType) else None
