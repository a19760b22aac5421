"""What the names in a template stand for, of one record."""

from __future__ import annotations

from collections.abc import Mapping

from bot.console.triage.forms import Asked
from feedback.clocks import PROCESS, State
from feedback.errors import FeedbackError
from feedback.transitions import Action
from feedback.working_time.zone import here

TEXT: Mapping[Action, tuple[str, ...]] = {
    Action.DRAFT: ("noi-dung",),
    Action.ASK_SUPPLEMENT: ("noi-dung",),
    Action.REFUSE: ("noi-dung",),
    Action.REDIRECT: ("noi-dung",),
    Action.FORWARD: ("ly-do",),
}
"""The field of a step's form that a template fills."""
NAMED: Mapping[str, str] = {
    "so_bien_nhan": "mã biên nhận",
    "so_vao_so": "số vào sổ",
    "ngay_gui": "ngày gửi",
    "han_tra_loi": "ngày hết hạn trả lời",
    "so_ngay": "số ngày xử lý",
    "don_vi": "tên đơn vị đang xử lý",
    "thu_tuc": "tên thủ tục",
    "co_quan": "tên cơ quan",
}


async def values_of(asked: Asked) -> Mapping[str, str]:
    """Return what the names in a template stand for; empty where it is not known."""
    desk, case = asked.desk, asked.case
    deadlines = await desk.clocks.of(asked.session, case)
    process = next((one for one in reversed(deadlines) if one.rule == PROCESS and one.state is State.OPEN), None)
    days = ""
    if process is not None:
        try:
            days = str(desk.clocks.timer.rule(PROCESS, process.started_at).amount)
        except FeedbackError:
            days = ""
    return {
        "so_bien_nhan": case.receipt,
        "so_vao_so": case.register_number,
        "ngay_gui": f"{here(case.submitted_at):%d/%m/%Y}",
        "han_tra_loi": f"{here(process.due_at):%d/%m/%Y}" if process and process.due_at else "",
        "so_ngay": days,
        "don_vi": desk.unit_name(case.unit),
        "thu_tuc": case.matter.procedure_name,
        "co_quan": desk.office.name,
    }
