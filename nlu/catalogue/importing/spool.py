"""Keeps the records of an import in a temporary file until all of them are read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import msgspec

from nlu.catalogue.model import Detail, Doubt, Procedure


@dataclass(frozen=True)
class Slot:
    """Where a record lies in the spool, and what is needed to judge a second one with its code."""

    file: str
    line: int
    start: int
    size: int
    detail: Detail


class Spool(AbstractContextManager["Spool"]):
    """A temporary file of records by code."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._slots: dict[str, Slot] = {}
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Procedure)
        self.doubts: dict[str, list[Doubt]] = {}
        """Doubts found only after all records were seen, by code; added when they are read back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, code: str) -> Slot | None:
        """Return where the record of a code lies."""
        return self._slots.get(code)

    def put(self, file: str, line: int, procedure: Procedure) -> None:
        """Keep a record; an earlier one of the same code is given up."""
        body = self._encoder.encode(procedure)
        start = self._file.seek(0, 2)
        self._file.write(body)
        self._slots[procedure.code] = Slot(file, line, start, len(body), procedure.detail)

    def procedures(self) -> Iterator[Procedure]:
        """Give the records back, in the order of their codes."""
        for code in sorted(self._slots):
            slot = self._slots[code]
            self._file.seek(slot.start)
            procedure = self._decoder.decode(self._file.read(slot.size))
            late: Sequence[Doubt] = self.doubts.get(code, ())
            yield msgspec.structs.replace(procedure, doubts=(*procedure.doubts, *late)) if late else procedure
