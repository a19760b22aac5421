"""Stands in for the search index builder: keeps what it was given, and costs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlu.catalogue.model import Procedure


@dataclass(frozen=True)
class FakeIndex:
    """An index that is only its version and codes."""

    version: int
    codes: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return version and codes as text."""
        return f"{self.version}:{','.join(self.codes)}".encode()


def fake_index_of(procedures: Iterable[Procedure], version: int) -> FakeIndex:
    """Build a fake index."""
    return FakeIndex(version, tuple(procedure.code for procedure in procedures))
