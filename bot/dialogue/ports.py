"""What the dialogue needs from outside: a reader of messages and the live catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from nlu.catalogue.model import Procedure
from nlu.understanding import Understanding


class ReadsMessages(Protocol):
    """Understands a message; never fails."""

    async def read(self, text: str) -> Understanding:
        """Read one message."""
        ...


class Catalogue(Protocol):
    """The live catalogue."""

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        ...

    async def get_many(self, codes: Sequence[str]) -> Sequence[Procedure]:
        """Return the procedures that exist, in the order of their codes."""
        ...

    async def in_fields(self, fields: Collection[str]) -> Sequence[Procedure]:
        """Return the procedures of these fields (lĩnh vực), named as the catalogue names them; few of each."""
        ...
