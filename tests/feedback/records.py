"""Records to test with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feedback.receipts import new_receipt
from feedback.record import (
    About,
    Address,
    Book,
    Border,
    Category,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Sender,
    Submission,
)

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""A Friday morning in Vietnam."""
SLOW = Classification(Border.CONDUCT, Kind.REPORT, About.CONDUCT, Category.OBSTACLE)
RULE = Classification(Border.CONTENT, Kind.REPORT, About.CONTENT, Category.UNREALISTIC)


def submission(**changed: Any) -> Submission:
    """Return a submission of the web chat about a late result."""
    given = Submission(
        receipt=new_receipt(),
        book=Book.REGISTER,
        form=Form.WRITTEN,
        channel="web",
        matter=Matter("Hồ sơ của tôi trễ hẹn mười ngày mà không ai gọi.", agency="H48.1"),
        suggested=SLOW,
        certain=True,
        sender=Sender("Nguyễn Văn Thử", "Số 1, đường Thử, tỉnh Quảng Ngãi", "+84901234567"),
        consent=Consent("2026-11", NOW),
        at=NOW,
        where=Address("web", "default", "somebody"),
    )
    return replace(given, **changed)
