"""Reads one data file, and says in which line its fault is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from feedback.working_time.errors import DataFaultError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Shape = TypeVar("_Shape", bound=msgspec.Struct)
_PLACE = re.compile(r"\$[\w.\[\]]*(?=`)")
"""Between backquotes: a pattern that did not match may hold a ``$`` too."""
_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
_DAY = "tag:yaml.org,2002:timestamp"


def read_file(path: Path, shape: type[_Shape]) -> _Shape:
    """Read a file of a shape.

    Raises:
        DataFaultError: it is missing or malformed; the message says where.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise DataFaultError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataFaultError(f"{path.name} is no UTF-8 text") from error
    try:
        return msgspec.convert(yaml.load(text, Loader=_LOADER), shape)  # noqa: S506 - the safe loader
    except yaml.YAMLError as error:
        raise DataFaultError(f"{path.name}: {error}") from error
    except msgspec.ValidationError as error:
        raise DataFaultError(f"{path.name}{_line(_at(text, str(error)))}: {error}") from error
    except ValueError as error:
        # A day that no calendar has; YAML does not say which.
        raise DataFaultError(f"{path.name}{_line(_impossible(text))}: {error}") from error


def _line(node: Any) -> str:
    return f", line {node.start_mark.line + 1}" if node is not None else ""


def _at(text: str, fault: str) -> Any:
    """Return the node of a place such as ``$.days_off[0].from``, or the nearest one around it that is there."""
    node, place = yaml.compose(text, Loader=_LOADER), _PLACE.search(fault)
    for name, number in _PART.findall(place.group() if place else ""):
        inner = _inner(node, name, number)
        if inner is None:
            break
        node = inner
    return node


def _inner(node: Any, name: str, number: str) -> Any:
    if number and isinstance(node, yaml.SequenceNode):
        return node.value[int(number)] if int(number) < len(node.value) else None
    if name and isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None


def _impossible(text: str) -> Any:
    """Return the first node that is written as a day and is none."""
    return next((node for node in _days(yaml.compose(text, Loader=_LOADER)) if not _is_day(node.value)), None)


def _days(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _days(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _days(value)
    elif node is not None and node.tag == _DAY:
        yield node


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written[:10])
    except ValueError:
        return False
    return True
