"""The dialogue's ports: a catalogue that is a dictionary, and a reader that knows what it was told beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from nlu.catalogue.model import Procedure
from nlu.understanding import Understanding


class FakeCatalogue:
    """Holds the procedures it was given."""

    def __init__(self, *procedures: Procedure) -> None:
        self._procedures = {procedure.code: procedure for procedure in procedures}

    async def get(self, code: str) -> Procedure | None:
        """See ``Catalogue.get``."""
        return self._procedures.get(code)

    async def get_many(self, codes: Sequence[str]) -> Sequence[Procedure]:
        """See ``Catalogue.get_many``."""
        return [self._procedures[code] for code in codes if code in self._procedures]

    async def in_fields(self, fields: Collection[str]) -> Sequence[Procedure]:
        """See ``Catalogue.in_fields``."""
        return [procedure for procedure in self._procedures.values() if procedure.field in fields]


@dataclass
class FakeReader:
    """Understands the texts that were laid ready, and nothing of any other."""

    known: dict[str, Understanding] = field(default_factory=dict)
    read_texts: list[str] = field(default_factory=list)

    async def read(self, text: str) -> Understanding:
        """See ``ReadsMessages.read``."""
        self.read_texts.append(text)
        return self.known.get(text, Understanding(text=text))
