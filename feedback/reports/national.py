"""Items in the shape in which the national feedback system is filled in by hand or by a program of the agency's.

Its own interface is not known to us: the names of fields are those seen in provinces' systems, the states those of the national
portal's measuring document; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedback.record import About, Status
from feedback.reports.making import Line
from feedback.working_time.zone import here

STATES: Mapping[Status, str] = {
    Status.NEEDS_TRIAGE: "Tiếp nhận ở địa phương",
    Status.RECEIVED: "Tiếp nhận ở địa phương",
    Status.NEEDS_SUPPLEMENT: "PA chờ bổ sung",
    Status.NOT_RECEIVED: "Từ chối tiếp nhận",
    Status.OUT_OF_SCOPE: "Từ chối tiếp nhận",
    Status.FORWARDED: "BNĐP gửi trả lại BNĐP khác",
    Status.IN_REVIEW: "Xử lý ở địa phương",
    Status.INSUFFICIENT_BASIS: "Xử lý ở địa phương",
    Status.REOPENED: "Xử lý ở địa phương",
    Status.DECIDED: "PAKN chờ công khai",
    Status.AWAITING_PUBLICATION: "PAKN chờ công khai",
    Status.PUBLISHED: "PAKN đã công khai",
}
"""The portal's name for where a record stands; merged and withdrawn ones are not told there."""
_ABOUT = {
    About.CONDUCT: "Hành vi của cán bộ công chức",
    About.CONTENT: "Quy định, chính sách, thủ tục",
    About.BOTH: "Quy định, chính sách, thủ tục; Hành vi của cán bộ công chức",
}


def item(line: Line) -> dict[str, Any] | None:
    """Return one item; ``None`` for what the portal has no state for."""
    story = line.story
    state = STATES.get(story.moves[-1].to) if story.moves else None
    if state is None:
        return None
    return {
        "MaPhanAnh": story.receipt or None,
        "SoVaoSo": f"{story.number}/{story.year}",
        "NgayGui": here(story.entered_at).isoformat(),
        "DoiTuong": story.sender_kind.value,
        "PhanLoai": _ABOUT[story.about],
        "NoiDungDieu5": story.category.value if story.category else None,
        "LinhVuc": story.field or None,
        "MaTTHC": story.procedure or None,
        # Its applicant is known to the agency complained about.
        "MaHoSo": (story.dossier or None) if story.about is About.CONTENT else None,
        "CoQuan": story.agency or None,
        "DonViXuLy": story.unit,
        "NoiDung": None if line.withheld else line.words,
        "TrangThai": state,
        "HanXuLy": here(line.due_at).isoformat() if line.due_at else None,
        "NgayKetThuc": here(line.ended_at).isoformat() if line.ended_at else None,
        "KetQua": story.outcome.value if story.outcome else None,
        "MucHaiLong": story.satisfied,
    }
