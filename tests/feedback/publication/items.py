"""Published items to test with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from feedback.publication.item import Published
from tests.feedback.records import NOW


def item(record: int = 1, **changed: Any) -> Published:
    """Return an item; each further record is a day younger."""
    at = NOW + timedelta(days=record)
    values: dict[str, Any] = {
        "record": record,
        "slug": f"item{record:06d}",
        "question": "Quy định nộp hai bản sao giấy khai sinh là thừa.",
        "answer": "Từ nay chỉ cần một bản.",
        "published_at": at,
        "updated_at": at,
        "procedure_code": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "field": "Hộ tịch",
        "agency": "H48.1",
        "category": 2,
    }
    return Published(**{**values, **changed})
