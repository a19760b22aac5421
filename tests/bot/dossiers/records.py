"""Builders of dossiers for the tests: made-up people, numbers that nobody has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.record import Owner, Record, Slip, SlipKind, Status, Step
from bot.dossiers.store import DossierStore
from tests.bot.messages import NOW

CODE = "000.00.16.H48-261116-0012"
OTHER = "H48.30.02-261117-0001"
OWNER = Owner(name="Nguyễn Văn Mẫu", phone="0100 000 123", identity="000200001234")
BASE = Record(
    code=CODE,
    status=Status.IN_PROGRESS,
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    owner=OWNER,
    unit="Trung tâm Phục vụ hành chính công phường Mẫu",
    received_at=NOW - timedelta(days=6),
    due_at=NOW + timedelta(days=3),
    steps=(Step("Bộ phận một cửa", action="Tiếp nhận", started_at=NOW - timedelta(days=6)), Step("Tư pháp")),
)


def record(code: str = CODE, status: Status = Status.IN_PROGRESS, **differing: Any) -> Record:
    """Return a dossier that is being handled."""
    return replace(BASE, code=code, status=status, **differing)


def apology(**differing: Any) -> Slip:
    """Return the slip by which an office says that it is late."""
    slip = Slip(SlipKind.APOLOGY, date(2026, 11, 20), "12/PXL", "chờ ý kiến", old_due_at=BASE.due_at)
    return replace(slip, **{"new_due_at": NOW + timedelta(days=9), **differing})


def dossier_store(secret: str = "e" * 40, contact_kept: timedelta | None = None) -> DossierStore:
    """Return a store under keys that only the tests use."""
    return DossierStore(AesGcmCipher(secret), "s" * 40, contact_kept)
