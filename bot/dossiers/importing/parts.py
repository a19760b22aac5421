"""Reads the rows that belong to a dossier: steps of its progress, and slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.dossiers.importing.values import CellError, day, moment, text, texts
from bot.dossiers.importing.words import Words, plain
from bot.dossiers.record import Slip, Step

MOST = 200
"""Rows of one dossier."""
Due = Callable[[object], datetime | None]
"""Reads by when something is due."""


def read_steps(value: object, words: Words, due: Due) -> tuple[Step, ...]:
    """Read progress rows.

    Raises:
        CellError: a row cannot be read.
    """
    return tuple(read_step(row, words, due) for row in _listed(value))


def read_step(row: Mapping[str, Any], words: Words, due: Due) -> Step:
    """Read one progress row.

    Raises:
        CellError: it cannot be read.
    """
    given = _known(row, words.step_fields)
    return Step(
        unit=text(given.get("PhongBanXuLy")),
        officer=text(given.get("NguoiXuLy")),
        action=text(given.get("NoiDungXuLy")),
        started_at=moment(given.get("NgayBatDau")),
        due_at=due(given.get("NgayKetThucTheoQuyDinh")),
        ended_at=moment(given.get("NgayKetThuc")),
    )


def read_slips(value: object, words: Words, due: Due) -> tuple[Slip, ...]:
    """Read slips.

    Raises:
        CellError: a slip is of no known kind, has no day, or cannot be read.
    """
    return tuple(read_slip(row, words, due) for row in _listed(value))


def read_slip(row: Mapping[str, Any], words: Words, due: Due) -> Slip:
    """Read one slip.

    Raises:
        CellError: it is of no known kind, has no day, or cannot be read.
    """
    given = _known(row, words.slip_fields)
    kind, issued_on = words.slip_kinds.get(plain(text(given.get("LoaiPhieu")))), day(given.get("NgayLap"))
    if kind is None or issued_on is None:
        raise CellError("phiếu phải có loại (theo tên) và ngày lập")
    return Slip(
        kind=kind,
        issued_on=issued_on,
        number=text(given.get("SoPhieu"), 60),
        reason=text(given.get("LyDo")),
        items=texts(given.get("NoiDung")),
        old_due_at=due(given.get("NgayHenCu")),
        new_due_at=due(given.get("NgayHenMoi")),
        contact=text(given.get("LienHe")),
    )


def _known(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names[plain(name)]: value for name, value in row.items() if plain(name) in names}


def _listed(value: object) -> Sequence[Mapping[str, Any]]:
    rows = value if value else []
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(row, Mapping) for row in rows):
        raise CellError("phải là danh sách các dòng")
    return rows
