"""What the pages about requests call kinds, states and steps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.privacy.reminding import KINDS as SAID
from bot.privacy.request import DataRequest, RequestKind, RequestState

KINDS: Mapping[RequestKind, str] = {kind: said[:1].upper() + said[1:] for kind, said in SAID.items()}
STATES: Mapping[RequestState, str] = {
    RequestState.OPEN: "Mới",
    RequestState.ACKNOWLEDGED: "Đã nhận",
    RequestState.ANSWERED: "Đã trả lời",
    RequestState.REFUSED: "Đã từ chối",
    RequestState.WITHDRAWN: "Người yêu cầu rút",
    RequestState.REOPENED: "Xem xét lại",
}


@dataclass(frozen=True)
class Step:
    """What an official may do with a request, as its form shows it."""

    state: RequestState
    title: str
    about: str
    """What it does, for who is about to do it."""
    done: str
    told: str = ""
    """Label of what the person is told; empty where they are told no words of the official."""
    needs_why: bool = True
    """Whether a reason for the log is asked for."""


STEPS: Mapping[str, Step] = {
    "nhan": Step(
        RequestState.ACKNOWLEDGED,
        "Báo đã nhận",
        "Người yêu cầu được báo là cơ quan đã nhận và hạn trả lời.",
        "Đã ghi nhận. Người yêu cầu được báo trong vài giây.",
        needs_why=False,
    ),
    "tra-loi": Step(
        RequestState.ANSWERED,
        "Trả lời",
        "Báo cho người yêu cầu biết đã làm gì. Trang này không tự sửa hay xóa gì trong sổ: hãy làm việc đó trước.",
        "Đã trả lời. Người yêu cầu được báo trong vài giây.",
        "Lời trả lời",
    ),
    "tu-choi": Step(
        RequestState.REFUSED,
        "Từ chối",
        "Nêu rõ căn cứ. Với yêu cầu xóa, phản đối hoặc hạn chế: phần luật buộc giữ từ nay chỉ dùng cho việc luật định.",
        "Đã từ chối. Người yêu cầu được báo trong vài giây.",
        "Lý do từ chối, như người yêu cầu sẽ đọc",
    ),
    "rut": Step(
        RequestState.WITHDRAWN,
        "Người yêu cầu đã rút",
        "Chỉ dùng khi chính người đó nói không yêu cầu nữa.",
        "Đã ghi là người yêu cầu rút.",
    ),
    "xem-lai": Step(
        RequestState.REOPENED,
        "Rút lại câu trả lời để xem xét lại",
        "Người yêu cầu được báo; hạn trả lời vẫn như cũ. Phần đã hạn chế sử dụng vẫn bị hạn chế.",
        "Đã mở lại. Người yêu cầu được báo trong vài giây.",
        "Lý do, như người yêu cầu sẽ đọc",
    ),
}
"""By the last part of the address."""


def steps_of(one: DataRequest) -> Mapping[str, Step]:
    """Return what may be done with a request now."""
    return {name: step for name, step in STEPS.items() if one.state in step.state.before}
