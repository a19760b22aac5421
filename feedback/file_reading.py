"""Reads YAML that people of an agency write, and writes it anew: what looks like a number or a day is text until its field asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

import msgspec
import yaml

from feedback.file_faults import FileFault

_Shape = TypeVar("_Shape")
_KEPT = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
_PLACE = re.compile(r"at `(key` in `)?(\$[^`]*)`")
_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_NAMED = re.compile(r"field `([^`]*)`")
_NAMING = (msgspec.inspect.StructType, msgspec.inspect.DataclassType)
"""Shapes with names of their own."""
_MESSAGES = {
    "missing": "Object missing required field",
    "unknown": "Object contains unknown field",
    "choice": "Invalid enum value",
    "day": "Invalid RFC3339",
    "pattern": "matching regex",
    "type": "Expected",
}
"""Kinds of faults by how the reader's message about them begins, or what stands in it."""


def _knowing_less() -> dict[str, Any]:
    known = yaml.SafeLoader.yaml_implicit_resolvers
    return {first: [one for one in resolvers if one[0] in _KEPT] for first, resolvers in known.items()}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader that takes neither numbers nor days for what they look like: a telephone keeps its first 0."""

    yaml_implicit_resolvers: ClassVar = _knowing_less()


class _Dumper(yaml.SafeDumper):
    """Puts into quotes only what the loader would not take for text."""

    yaml_implicit_resolvers: ClassVar = _knowing_less()  # type: ignore[misc]


class UnreadableFileError(Exception):
    """A text is no YAML, or not of the shape that is wanted; ``fault`` says what and where."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.said)
        self.fault = fault


def read_plain(text: str) -> Any:
    """Return what a text holds, with everything but yes, no and nothing as it is written.

    Raises:
        UnreadableFileError: it is no YAML.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader, knowing less
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), str(getattr(error, "problem", "") or error)
        line = mark.line + 1 if mark is not None else 0
        raise UnreadableFileError(FileFault("yaml", str(error), line=line, values={"problem": problem})) from error
    except ValueError as error:
        raise UnreadableFileError(FileFault("yaml", str(error), values={"problem": str(error)})) from error


def read_shape(text: str, shape: type[_Shape]) -> _Shape:
    """Return what a text holds, in a shape.

    Raises:
        UnreadableFileError: it is no YAML, or of another shape.
    """
    plain = read_plain(text)
    try:
        return msgspec.convert({} if plain is None else plain, shape, strict=False)
    except msgspec.ValidationError as error:
        raise UnreadableFileError(_fault(text, shape, str(error))) from error


def write_plain(plain: Any) -> str:
    """Return the text of what ``read_plain`` gives, in the same order; comments are not in it."""
    return str(yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))


def line_of(text: str, found: str) -> int:
    """Return the last line on which a value stands by itself; 0 for none. Of what is given twice it is the second."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return 0
    return max((one.start_mark.line + 1 for one in _scalars(node) if one.value == found), default=0)


def _fault(text: str, shape: Any, message: str) -> FileFault:
    said = _PLACE.search(message)
    parts = _PART.findall(said.group(2)) if said else []
    node, type_, walked = yaml.compose(text, Loader=_Loader), msgspec.inspect.type_info(shape), ""
    for name, number in parts:
        inner, type_ = _inner(node, name, number), _type_inside(type_, name)
        walked += f".{name}" if name else f"[{int(number) + 1}]" if number.isdecimal() else ""
        node = inner if inner is not None else node
    kind = next((kind for kind, begins in _MESSAGES.items() if begins in message), "type")
    named = _NAMED.search(message)
    found = named.group(1) if named else _written(node, key=bool(said and said.group(1)))
    if kind == "unknown":
        node = _key(node, found) or node
    values = {"place": walked.lstrip("."), "field": found if named else "", "expected": _expected(type_, said)}
    return FileFault(f"shape.{kind}", message, found, node.start_mark.line + 1 if node is not None else 0, values)


def _expected(type_: Any, said: re.Match[str] | None) -> str:
    """Return which names or values may stand there, or which kind of value; empty for what is not known."""
    if said and said.group(1):
        type_ = getattr(type_, "key_type", type_)
    if isinstance(type_, _NAMING):
        return ", ".join(one.encode_name for one in type_.fields)
    if isinstance(type_, msgspec.inspect.EnumType):
        return ", ".join(str(one.value) for one in type_.cls)
    if isinstance(type_, msgspec.inspect.LiteralType):
        return ", ".join(map(str, type_.values))
    if isinstance(type_, msgspec.inspect.UnionType):
        return _expected(type_.types[0], None)
    return type(type_).__name__.removesuffix("Type").lower()


def _type_inside(type_: Any, name: str) -> Any:
    if isinstance(type_, msgspec.inspect.UnionType):
        type_ = type_.types[0]
    if name and isinstance(type_, _NAMING):
        return next((one.type for one in type_.fields if one.encode_name == name), None)
    if name:
        return getattr(type_, "value_type", None)
    return getattr(type_, "item_type", None) or getattr(type_, "value_type", None)


def _inner(node: Any, name: str, number: str) -> Any:
    if number.isdecimal() and isinstance(node, yaml.SequenceNode):
        return node.value[int(number)] if int(number) < len(node.value) else None
    if name and isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None


def _key(node: Any, name: str) -> Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((key for key, _ in pairs if key.value == name), None)


def _written(node: Any, *, key: bool) -> str:
    """Return a single value as it is written; empty for a list, or for a part with names."""
    return node.value if isinstance(node, yaml.ScalarNode) and not key else ""


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value)
    elif node is not None:
        yield node
