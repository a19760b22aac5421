"""Imports files of dossiers: reads, reports what cannot be kept, and keeps the rest in batches of their own transactions.

A run that is killed loses nothing: what was committed is found the same by the next run, which goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ports import Transactions
from bot.dossiers.batching import Stored
from bot.dossiers.importing.attached import Attached
from bot.dossiers.importing.errors import RowRejectedError
from bot.dossiers.importing.parts import read_slip, read_step
from bot.dossiers.importing.reading import Progress, RawRow, other_sheets, read_rows, read_sheet
from bot.dossiers.importing.rows import RowReader, Told, read_code
from bot.dossiers.record import ENDED, Record, Slip, Step
from bot.dossiers.store import DossierStore
from nlu.catalogue.importing.findings import Finding, Severity
from nlu.codes import DossierCode

BATCH = 1000
"""Dossiers of one transaction: nobody who writes waits long for it."""
Part = TypeVar("Part", Step, Slip)


@dataclass(frozen=True)
class Files:
    """What is imported."""

    dossiers: Path
    steps: Path | None = None
    """Progress rows, where they are in a file of their own."""
    slips: Path | None = None


@dataclass
class Reading:
    """Reads files row by row; what it finds wrong is in ``findings``."""

    reader: RowReader
    kept: timedelta | None = None
    """How long after its end a dossier is kept; older ones are left out."""
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    """Rows seen, good and bad."""
    _lines: dict[str, int] = field(default_factory=dict)

    def read(self, files: Files, progress: Progress) -> Iterator[Told]:
        """Yield what each row says.

        Raises:
            DossierFileError: a file cannot be read; also half-way through.
        """
        steps, slips = self._attached(files)
        names = self.reader.words.fields
        for row in read_rows(files.dossiers, names, ("MaHoSo", "TrangThai"), progress):
            self.rows += 1
            told = self._told(files.dossiers.name, row)
            if told is None:
                continue
            more = {name: part.of(told.code) for name, part in (("steps", steps), ("slips", slips)) if part}
            yield replace(told, fields={**told.fields, **more}) if more else told

    def _told(self, file: str, row: RawRow) -> Told | None:
        code = ""
        try:
            if row.fault:
                raise RowRejectedError("dòng", row.fault)
            told = self.reader.read(row.line, row.given)
            code = told.code
            self._once(told)
            self._recent(told)
        except RowRejectedError as error:
            self._find(file, row.line, code or _code_of(row), Severity.REJECTED, error.field, error.reason)
            return None
        for name, reason in told.doubts:
            self._find(file, row.line, code, Severity.DOUBTFUL, name, reason)
        return told

    def _once(self, told: Told) -> None:
        first = self._lines.setdefault(told.code, told.line)
        if first != told.line:
            raise RowRejectedError("MaHoSo", f"mã đã có ở dòng {first}, dòng này bị bỏ qua")

    def _recent(self, told: Told) -> None:
        ended = told.fields.get("ended_at")
        if self.kept is None or ended is None or told.fields["status"] not in ENDED:
            return
        if ended < self.reader.as_of - self.kept:
            raise RowRejectedError("NgayKetThucXuLy", "hồ sơ đã kết thúc quá lâu, không lưu nữa")

    def _attached(self, files: Files) -> tuple[Attached[Step] | None, Attached[Slip] | None]:
        words, due = self.reader.words, self.reader.due
        sheets = other_sheets(files.dossiers, words.sheets)
        steps = self._table(files.steps, files.dossiers, sheets.get("steps"), words.step_fields)
        slips = self._table(files.slips, files.dossiers, sheets.get("slips"), words.slip_fields)
        return (
            self._filled("steps", steps, lambda code, row: read_step(row, words, due(code))),
            self._filled("slips", slips, lambda code, row: read_slip(row, words, due(code))),
        )

    def _table(
        self, own: Path | None, workbook: Path, sheet: int | None, fields: Mapping[str, str]
    ) -> Iterator[RawRow] | None:
        """Return the rows of a second table: of a file of its own, else of a sheet of the dossiers' own workbook."""
        codes = {name: official for name, official in self.reader.words.fields.items() if official == "MaHoSo"}
        names = {**codes, **fields}
        if own is not None:
            return read_rows(own, names, ("MaHoSo",), _nobody)
        return None if sheet is None else read_sheet(workbook, sheet, names, ("MaHoSo",), _nobody)

    def _filled(
        self, what: str, rows: Iterator[RawRow] | None, read: Callable[[DossierCode, Mapping[str, Any]], Part]
    ) -> Attached[Part] | None:
        if rows is None:
            return None
        found = Attached(read, self._reject(what))
        found.fill(rows)
        return found

    def _reject(self, what: str) -> Callable[[int, str, str, str], None]:
        return lambda line, code, name, reason: self._find(what, line, code, Severity.REJECTED, name, reason)

    def _find(self, file: str, line: int, code: str, severity: Severity, name: str, reason: str) -> None:
        self.findings.append(Finding(file, line, code, severity, name, reason))


@dataclass(frozen=True)
class Loading:
    """Keeps what was read."""

    transactions: Transactions
    store: DossierStore
    source: str
    as_of: datetime
    trial: bool = False
    """Whether everything is done and nothing kept."""

    async def load(self, told: Iterable[Told]) -> Stored:
        """Keep dossiers, batch by batch; tell what came of it."""
        stored, rest = Stored(), iter(told)
        while batch := list(islice(rest, BATCH)):
            async with self.transactions.write() as session:
                stored += await self._keep(session, batch)
                if self.trial:
                    await session.rollback()
        return stored

    async def _keep(self, session: AsyncSession, batch: list[Told]) -> Stored:
        known = await self.store.whole(session, [one.code for one in batch])
        records = [one.onto(_real(known.get(one.code))) for one in batch]
        return await self.store.put(session, self.source, [(record, self.as_of) for record in records])


def _code_of(row: RawRow) -> str:
    """Return the code of a row for the report; nothing where its cell holds something else, maybe about a person."""
    try:
        return read_code(row.given.get("MaHoSo")).text
    except RowRejectedError:
        return ""


def _real(record: Record | None) -> Record | None:
    """Return what is known of a dossier; a sample says nothing about a real one."""
    return None if record is None or record.sample else record


def _nobody(_bytes: int) -> None:
    """Take progress that nobody watches."""
