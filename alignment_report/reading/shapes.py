"""The dataclasses of the model into pydantic validators: one declaration, read in one place.

In a file a record is a group of keys; records with an `id` are keyed by it; a trailing underscore of a field's name is not written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from copy import deepcopy
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from alignment_report.model.assessment import Answer
from alignment_report.model.conditions import Bound, Condition, Subject
from alignment_report.model.fields import Field
from alignment_report.model.playbook import Reference
from alignment_report.reading import leaves, yaml_tree
from alignment_report.reading.leaves import Leaf, refuse
from alignment_report.reading.remarks import Path, Remark, node_at, strangers

Kind = TypeVar("Kind")

_SUBJECTS: tuple[str, ...] = get_args(Subject)
_COMPARISONS = ("at_least", "at_most", "below", "above", "is_")
# What no key of a file can be: pydantic puts these into its paths.
_TAGS = frozenset({"\0bound", "\0all", "\0any"})
_PLAIN = Field("")


def read(kind: type[Kind], root: yaml_tree.Mapping) -> tuple[Kind, tuple[Remark, ...]]:
    """The value written in a tree, and every remark about its shape.

    Where there are remarks the value is only fit for finding more of them: it lacks what they are about (None or empty).
    """
    try:
        return cast(Kind, _validator(cast(Any, kind), "whole").validate_python(root)), ()
    except ValidationError as error:
        remarks = tuple(_remarks(kind, root, error))
        return _what_is_sound(kind, root, error), remarks


def core(kind: type) -> CoreSchema:
    """pydantic's description of a file that holds one `kind`."""
    return _Shapes("whole").schema(kind)


def keys_of(kind: type) -> tuple[str, ...]:
    """The keys a record is written with."""
    return tuple(_written(field.name) for field in fields(kind))


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
        written = {name: hint for name, hint in _hints(kind).items() if not (keyed and name == "id")}
        inside: CoreSchema = core_schema.typed_dict_schema(
            {name: self._field(kind, name, hint) for name, hint in written.items()}, extra_behavior="forbid", total=False
        )
        made = _kept if keyed else self._maker(kind)
        if self.wanted == "sound":
            inside = core_schema.no_info_before_validator_function(_without_refused, inside)
        return core_schema.no_info_after_validator_function(made, inside, ref=reference)

    def _field(self, kind: type, name: str, hint: Any) -> core_schema.TypedDictField:
        return core_schema.typed_dict_field(
            self._value(hint, name),
            required=self.wanted == "whole" and name in _required(kind),
            validation_alias=_written(name),
            metadata={"about": _about(hint)},
        )

    def _value(self, hint: Any, name: str = "") -> CoreSchema:
        bare, field = _parts(hint)
        if leaf := _leaf(bare, field, name):
            return _leaf_schema(leaf)
        bare = _without_none(bare)
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
        hints = _hints(Bound)
        written: dict[str, Any] = dict.fromkeys(_SUBJECTS, hints["id"])
        written |= {name: _without_none(hints[name]) for name in ("function", *_COMPARISONS[:-1])}
        inside = {
            name: core_schema.typed_dict_field(self._value(hint), required=False, metadata={"about": ""}) for name, hint in written.items()
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
    inner = _without_none(bare)
    found = _known_leaf(inner, field, name)
    if found is None or inner is bare or inner is date:
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
    subjects = [name for name in _SUBJECTS if name in values]
    comparisons = [name for name in _COMPARISONS if name in values]
    if len(subjects) != 1:
        raise refuse("a bound names one thing to look at", "one of `fact`, `measure`, `statement`, `dimension` or `score`")
    if len(comparisons) != 1:
        raise refuse("a bound makes one comparison", "one of `at_least`, `at_most`, `below`, `above` or `is`; join two bounds with `all:`")
    subject = subjects[0]
    compared: dict[str, Any] = {comparisons[0]: values[comparisons[0]]}
    return Bound(cast(Subject, subject), values[subject], function=values.get("function"), **compared)


def _remarks(kind: type, root: yaml_tree.Mapping, error: ValidationError) -> Iterator[Remark]:
    troubles = [(trouble, _path(trouble)) for trouble in error.errors(include_url=False, include_input=False)]
    unknown = tuple(_unknown_keys(kind, root, (trouble["loc"] for trouble, _ in troubles if trouble["type"] == "extra_forbidden")))
    meant = {(*remark.path[:-1], remark.meant) for remark in unknown}
    yield from unknown
    for trouble, path in troubles:
        if trouble["type"] == "extra_forbidden" or isinstance(node_at(root, path), yaml_tree.Refused):
            continue
        if trouble["type"] != "missing":
            yield _remark(trouble, path)
        elif path not in meant:
            yield Remark(path, f"`{path[-1]}` is missing here", _meaning(kind, trouble["loc"]))


def _unknown_keys(kind: type, root: yaml_tree.Mapping, locations: Iterable[Path]) -> Iterator[Remark]:
    refused: dict[Path, dict[str | int, None]] = {}
    for *around, key in locations:
        refused.setdefault(tuple(around), {})[key] = None
    for location, keys in refused.items():
        path = tuple(step for step in location if step not in _TAGS)
        written = cast(yaml_tree.Mapping, node_at(root, path))
        names = [name for name in _keys_of_hint(_hint_at(kind, location)) if name not in keys]
        for remark in strangers(path, written, names, "this key is not known here"):
            number = str(remark.path[-1]).isdecimal()
            yield replace(remark, hint="write a number without separators between thousands") if number else remark


def _remark(trouble: Any, path: Path) -> Remark:
    if trouble["type"] == "flaw":
        words = trouble["ctx"]
        at_key = trouble["loc"][-1:] == ("[key]",)
        return Remark(path, words["says"], words["hint"], words["given"] or "", at_key)
    if trouble["type"] == "too_short":
        return Remark(path, "at least one bound must stand here")
    if trouble["type"] == "list_type":
        return Remark(path, "this must be a list", "write each entry on its own line after `- `, or all in square brackets")
    return Remark(path, "this must be a group of keys", "write the keys indented below, each with its value")


def _path(trouble: Any) -> Path:
    path = tuple(step for step in trouble["loc"] if step not in _TAGS)
    return path[:-1] if trouble["type"] == "flaw" and path[-1:] == ("[key]",) else path


def _meaning(kind: type, location: Path) -> str:
    """What a key that is missing would say."""
    around = _hint_at(kind, location[:-1])
    hints = {} if around is Condition else _hints(around)
    about = next((_parts(hint)[1].about for name, hint in hints.items() if _written(name) == location[-1]), "")
    return (about[:1].lower() + about[1:]).rstrip(".")


def _hint_at(kind: type, location: Path) -> Any:
    hint: Any = kind
    for step in location:
        hint = _inside(hint, step)
    return hint


def _keys_of_hint(hint: Any) -> tuple[str, ...]:
    if hint is Condition:
        return ("all", "any")
    if hint is Bound:
        return (*_SUBJECTS, "function", *map(_written, _COMPARISONS), "all", "any")
    return keys_of(hint)


def _inside(hint: Any, step: str | int) -> Any:
    if step == "\0bound":
        return Bound
    if hint is Condition:
        return hint if step in _TAGS else tuple[Bound, ...]
    if is_dataclass(hint):
        found = next(inner for name, inner in _hints(cast(type, hint)).items() if _written(name) == step)
        return _without_none(_parts(found)[0])
    inner = get_args(hint)[0 if get_origin(hint) is tuple else 1]
    return _without_none(inner)


def _what_is_sound(kind: type[Kind], root: yaml_tree.Mapping, error: ValidationError) -> Kind:
    root = deepcopy(root)
    for _ in range(yaml_tree.DEEPEST):
        for trouble in error.errors(include_url=False, include_input=False):
            if trouble["type"] != "missing":
                _cut(root, _path(trouble))
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
    return {name: _blank(_parts(hint)[0]) for name, hint in _hints(kind).items() if name in _required(kind)}


def _blank(bare: Any) -> Any:
    if get_origin(bare) is tuple:
        return ()
    if is_dataclass(bare) and bare not in (Condition, Bound):
        return bare(**_blanks(cast(type, bare)))  # type: ignore[operator]
    return {} if get_origin(bare) not in (None, Literal, Union, UnionType) else None


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


@cache
def _required(kind: type) -> Set[str]:
    return {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}


def _parts(hint: Any) -> tuple[Any, Field]:
    """The bare type and what is said about it."""
    if get_origin(hint) is not Annotated:
        return hint, _PLAIN
    bare, *rest = get_args(hint)
    inner, _ = _parts(bare)
    return inner, next((extra for extra in rest if isinstance(extra, Field)), _PLAIN)


def _about(hint: Any) -> str:
    _, field = _parts(hint)
    unit = f" Unit: {field.unit}." if field.unit else ""
    example = f" Example: {field.example}" if field.example else ""
    return f"{field.about}{unit}{example}".strip()


def _without_none(bare: Any) -> Any:
    if get_origin(bare) not in (Union, UnionType):
        return bare
    rest = tuple(inner for inner in get_args(bare) if inner is not NoneType)
    return rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007


def _written(name: str) -> str:
    return name.rstrip("_")
