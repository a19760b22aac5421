"""Builders of test data: each gives something valid, and a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from nlu.catalogue.model import (
    Fee,
    FeeKind,
    FilingMethod,
    FilingWay,
    Level,
    PaperCase,
    Procedure,
    RequiredPaper,
    Source,
    TimeLimit,
    TimeUnit,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def procedure(code: str = "1.001193", **changes: Any) -> Procedure:
    """A procedure with one paper, and one way of filing with its time and fee."""
    values: dict[str, Any] = {
        "code": code,
        "name": "Đăng ký khai sinh",
        "field": "Hộ tịch",
        "levels": (Level.COMMUNE,),
        "agencies": ("Ủy ban nhân dân cấp xã",),
        "published_by": "Bộ Tư pháp",
        "cases": (PaperCase(papers=(RequiredPaper(name="Tờ khai đăng ký khai sinh", originals=1, copies=0),)),),
        "methods": (counter(),),
        "steps": ("Nộp hồ sơ.",),
        "result": "Giấy khai sinh",
        "url": "https://dichvucong.gov.vn/",
        "source": Source(name="Cổng Dịch vụ công quốc gia"),
        "as_of": "2026-06",
    }
    return Procedure(**{**values, **changes})


def counter(days: float = 1, fee: Fee | None = None) -> FilingMethod:
    """Filing at the counter, with so many working days and a fee (free by default)."""
    time = TimeLimit(amount=days, unit=TimeUnit.WORKING_DAY)
    return FilingMethod(way=FilingWay.COUNTER, time=time, fee=fee or Fee(kind=FeeKind.FREE))


def portal_row(**changes: Any) -> dict[str, Any]:
    """A row as the national portal publishes it, with every field."""
    row: dict[str, Any] = {
        "code": "1.001193",
        "name": "Thủ tục đăng ký khai sinh",
        "field": "Hộ tịch",
        "level": "Cấp xã",
        "agency": "Ủy ban nhân dân cấp xã",
        "published_by": "Bộ Tư pháp",
        "authority": "",
        "receiving_address": "",
        "applicants": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "kind": None,
        "decision_no": "Quyết định số 163/QĐ-BTP",
        "documents": [{"case": "", "name": "- Tờ khai theo mẫu", "original": 1, "copy": 0, "form": None}],
        "fees": "",
        "time_limit": "",
        "channels": [portal_channel()],
        "channels_text": None,
        "online_level": None,
        "conditions": "Không",
        "result": "Giấy khai sinhMã: KQ.G15.000123",
        "legal_basis": ["60/2014/QH13", "123/2015/NĐ-CP"],
        "steps": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
        "scope": "national",
        "detail": "full",
        "sources": [],
        "source": "copy (dichvucong.gov.vn, crawl 06-07/2026)",
    }
    return {**row, **changes}


def portal_channel(**changes: Any) -> dict[str, Any]:
    """One way of filing of a portal row."""
    channel: dict[str, Any] = {
        "channel": "Trực tiếp",
        "time_value": 5,
        "time_unit": "Ngày làm việc",
        "time_text": "5 Ngày làm việc",
        "fee": "8,000 VNĐ",
        "fee_note": None,
        "note": "",
        "ambiguous": False,
    }
    return {**channel, **changes}
