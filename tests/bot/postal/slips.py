"""Slips for tests."""

from __future__ import annotations

from typing import Any

from bot.postal.option import PostalOption
from bot.postal.request import FeeBy, Party, Payer, PostalRequest
from tests.bot.messages import NOW
from tests.fakes.post_slips import AN

OFFICE = Party("Ủy ban nhân dân xã Bình Minh", "", "", "21085", "Xã Bình Minh, Tỉnh Quảng Ngãi", province="51")


def slip(**changes: Any) -> PostalRequest:
    """A slip for a birth's registration."""
    values: dict[str, Any] = {
        "id": "BC-7KQM-2XWP",
        "option": PostalOption.BOTH,
        "procedure_code": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "applicant": AN,
        "office": OFFICE,
        "papers": ("Tờ khai <b>", "Giấy chứng sinh"),
        "result": "Giấy khai sinh",
        "weight": 45,
        "payer": Payer.SENDER,
        "fee_by": FeeBy.NONE,
        "made_at": NOW,
    }
    return PostalRequest(**{**values, **changes})
