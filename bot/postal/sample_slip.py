"""A slip of nobody's, to show what one looks like; made up, and marked so wherever it is shown."""

from __future__ import annotations

from datetime import datetime

from bot.postal.option import PostalOption
from bot.postal.request import FeeBy, Party, Payer, PostalRequest

NAME = "mau"
"""In the place of a token in the address of its page."""


def sample_slip(now: datetime) -> PostalRequest:
    """Return it: a name, a number and an address that belong to nobody."""
    applicant = Party("Nguyễn Thị Mẫu", "0900000000", "Số 1 đường Mẫu", "", "Xã Mẫu, Tỉnh Mẫu")
    return PostalRequest(
        id="BC-MAU2-MAU2",
        option=PostalOption.BOTH,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        applicant=applicant,
        office=Party("Ủy ban nhân dân xã Mẫu", "", "", "", "Xã Mẫu, Tỉnh Mẫu"),
        papers=("Tờ khai đăng ký khai sinh", "Giấy chứng sinh"),
        result="Giấy khai sinh",
        weight=45,
        payer=Payer.SENDER,
        fee_by=FeeBy.NONE,
        made_at=now,
        practice=True,
    )
