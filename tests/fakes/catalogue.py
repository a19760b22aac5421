"""Stands in for the search index builder: keeps what it was given, and costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.catalogue.families import Correction
from nlu.catalogue.model import Procedure


@dataclass(frozen=True)
class FakeIndex:
    """An index that is only its version, codes and corrections."""

    version: int
    codes: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()

    def to_bytes(self) -> bytes:
        """Return version, codes and corrections as text."""
        corrected = "".join(f";{one.code}={one.with_code}" for one in self.corrections)
        return f"{self.version}:{','.join(self.codes)}{corrected}".encode()


def fake_index_of(procedures: Iterable[Procedure], version: int, corrections: Sequence[Correction] = ()) -> FakeIndex:
    """Build a fake index."""
    return FakeIndex(version, tuple(procedure.code for procedure in procedures), tuple(corrections))
