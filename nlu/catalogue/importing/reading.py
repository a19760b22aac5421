"""Reads import files whole: every row becomes a record, a rejection or a duplicate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from nlu.catalogue.errors import UnreadableFileError
from nlu.catalogue.importing.cleaning import capped
from nlu.catalogue.importing.findings import Finding, Severity
from nlu.catalogue.importing.formats import Progress, RawRow, open_rows
from nlu.catalogue.importing.names import NameWatch
from nlu.catalogue.importing.portal import read_procedure
from nlu.catalogue.importing.row import RowRejectedError
from nlu.catalogue.importing.spool import Slot, Spool
from nlu.catalogue.model import Detail, Doubt, Procedure
from nlu.catalogue.starter import load_file, starter_files

Report = Callable[[Finding], None]


class Reading:
    """One import: reads a file or folder into a spool and tells the report what it finds."""

    def __init__(self, spool: Spool, report: Report, today: date) -> None:
        self._spool = spool
        self._report = report
        self._today = today
        self._names = NameWatch()
        self._file = ""
        self.rows = 0
        """Rows seen, good and bad."""

    def read(self, path: Path, progress: Progress) -> None:
        """Read one file or one folder of YAML files.

        Raises:
            UnreadableFileError: the whole cannot be read, or not one row of it can.
        """
        before = len(self._spool)
        self._file = path.name
        if path.is_dir() or path.suffix in (".yaml", ".yml"):
            self._read_yaml(path)
        else:
            for row in open_rows(path, progress):
                self.rows += 1
                self._take_row(row)
        if len(self._spool) == before == 0:
            raise UnreadableFileError(f"{path.name} holds no procedure that can be imported ({self.rows} rows read)")

    def finish(self) -> None:
        """Judge what can only be judged when all rows are known."""
        for procedure in self._spool.procedures():
            self._names.see(procedure)
        for code, reason in self._names.suspicious().items():
            self._spool.doubts.setdefault(code, []).append(Doubt(field="name", reason=reason))
            slot = self._spool.slot(code)
            if slot is not None:
                self._report(Finding(slot.file, slot.line, code, Severity.DOUBTFUL, "name", reason))

    def _take_row(self, row: RawRow) -> None:
        if row.data is None:
            self._find(row.line, "", Severity.REJECTED, "row", row.fault)
            return
        try:
            procedure = read_procedure(row.data, self._today)
        except RowRejectedError as error:
            code = capped(str(row.data.get("code") or ""), 40)
            self._find(row.line, code, Severity.REJECTED, error.field, error.reason)
            return
        self._take(row.line, procedure)

    def _take(self, line: int, procedure: Procedure) -> None:
        """Keep a record; of those with one code the first full one wins, also across files."""
        earlier = self._spool.slot(procedure.code)
        if earlier is not None:
            better = earlier.detail is Detail.LISTING and procedure.detail is Detail.FULL
            here = Slot(self._file, line, 0, 0, procedure.detail)
            loser, winner = (earlier, here) if better else (here, earlier)
            reason = f"mã đã có ở {winner.file} dòng {winner.line}, dòng này bị bỏ qua"
            self._report(Finding(loser.file, loser.line, procedure.code, Severity.DUPLICATE, "code", reason))
            if not better:
                return
        self._spool.put(self._file, line, procedure)
        for doubt in procedure.doubts:
            self._find(line, procedure.code, Severity.DOUBTFUL, doubt.field, doubt.reason)

    def _find(self, line: int, code: str, severity: Severity, field: str, reason: str) -> None:
        self._report(Finding(self._file, line, code, severity, field, reason))

    def _read_yaml(self, path: Path) -> None:
        files = starter_files(path) or sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not files:
            raise UnreadableFileError(f"{path} holds no .yaml files")
        for file in files:
            self.rows += 1
            self._file = file.name
            procedure, faults = load_file(file)
            for fault in faults:
                severity = Severity.REJECTED if procedure is None else Severity.DOUBTFUL
                code = procedure.code if procedure else file.stem
                self._find(1, code, severity, fault.key, f"{fault.problem}; {fault.remedy}")
            if procedure is not None:
                self._take(1, procedure)
