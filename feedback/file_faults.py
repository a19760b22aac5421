"""What is wrong in a file that people of an agency write, so that it can be told in more than one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

TOLD = "told"
"""Key of a fault whose sentence is in Vietnamese already."""


@dataclass(frozen=True)
class FileFault:
    """One fault."""

    key: str
    """Names its kind."""
    said: str
    """In English, for whoever runs the program; see ``TOLD``."""
    found: str = ""
    """A value as it stands in the file, by which the line is found; empty where something is missing."""
    line: int = 0
    """Where it is known from reading; 0 for not known."""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else a sentence about it names."""


class FileFaultsError(Exception):
    """A file cannot be used; ``faults`` are what is wrong with it, where that is known one by one."""

    def __init__(self, message: str, faults: Sequence[FileFault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
