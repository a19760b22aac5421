"""Steps and slips that a table of dossiers has in second tables, by the code of their dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from bot.dossiers.importing.errors import RowRejectedError
from bot.dossiers.importing.parts import MOST
from bot.dossiers.importing.reading import RawRow
from bot.dossiers.importing.rows import read_code
from bot.dossiers.importing.values import CellError
from nlu.codes import DossierCode

Part = TypeVar("Part")
Reject = Callable[[int, str, str, str], None]
"""Told line, code, field and reason."""


class Attached(Generic[Part]):
    """What belongs to each dossier, in the order of the table."""

    def __init__(self, read: Callable[[DossierCode, Mapping[str, Any]], Part], reject: Reject) -> None:
        self._read, self._reject = read, reject
        self._found: dict[str, list[Part]] = {}

    def fill(self, rows: Iterable[RawRow]) -> None:
        """Read a table; rows that cannot be read are reported and left out."""
        for row in rows:
            code = ""
            try:
                if row.fault:
                    raise RowRejectedError("dòng", row.fault)
                parsed = read_code(row.given.get("MaHoSo"))
                code = parsed.text
                mine = self._found.setdefault(code, [])
                if len(mine) >= MOST:
                    raise RowRejectedError("dòng", f"quá {MOST} dòng cho một hồ sơ")
                mine.append(self._read(parsed, row.given))
            except RowRejectedError as error:
                self._reject(row.line, code, error.field, error.reason)
            except CellError as error:
                self._reject(row.line, code, "dòng", str(error))

    def of(self, code: str) -> tuple[Part, ...]:
        """Return what belongs to a dossier."""
        return tuple(self._found.get(code, ()))
