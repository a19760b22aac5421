"""What the page about undelivered messages calls kinds and reasons. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.console.channels import CHANNELS
from bot.delivery.outgoing import OutboxLine
from bot.delivery.retention_store import TOO_OLD
from bot.delivery.sender import DETAIL_OF_UNREADABLE
from bot.delivery.tables import OutboxState

ANSWER = "Trả lời câu hỏi"
ABOUTS: Mapping[str, str] = {
    "feedback": "Báo tin phản ánh, kiến nghị",
    "f": "Báo tin phản ánh, kiến nghị",
    "remind": "Nhắc đơn vị về hạn xử lý",
    "data": "Yêu cầu về dữ liệu cá nhân",
    "w": "Báo hồ sơ đang theo dõi",
    "mw": "Báo hồ sơ qua kênh khác",
    "digest": "Tin hằng tuần cho tổ chức",
    "proof": "Mã xác nhận tra hồ sơ",
    "orgtoken": "Nối tổ chức",
    "list": "Báo danh mục giấy tờ thay đổi",
    "handover": "Báo cán bộ có người chờ",
    "desk": "Lời của cán bộ",
    "post": "Phiếu gửi hồ sơ qua bưu chính",
}
"""By the first word of a notice's key."""
OTHER = "Thông báo khác"
RECEIVED = frozenset({"feedback", "f", "remind", "data"})
"""What whoever receives feedback and requests may decide about."""

_BLOCKED = "Người nhận đã chặn tài khoản hoặc nền tảng không cho nhắn nữa"
_OWN: Mapping[str, str] = {
    TOO_OLD: "Chờ quá lâu nên nội dung đã được xóa",
    DETAIL_OF_UNREADABLE: "Không mở được nội dung đã niêm phong; khóa mã hóa có thể đã đổi",
    "the window for messages of ours is over": "Đã hết thời gian nền tảng cho nhắn sau lời cuối của người dân",
    "the person left the account": "Người dân đã bỏ quan tâm tài khoản",
}
"""What the delivery itself says."""
_PLATFORMS: Mapping[str, str] = {
    "Forbidden|chat not found|user is deactivated": _BLOCKED,
    "the letter cannot be written": "Thư không soạn được; hãy báo người vận hành",
    "SMTPRecipientsRefused": "Máy chủ thư không nhận địa chỉ này",
    "SMTP": "Máy chủ thư từ chối",
    "TimeoutError|TimedOut|NetworkError|ConnectionError|ClientConnector": "Không nối được với nền tảng",
    "refused in every form|BadRequest|unknown method": "Nền tảng không nhận nội dung này",
    r"HTTP 5\d\d": "Nền tảng gặp lỗi",
    r"HTTP 4\d\d": "Nền tảng từ chối yêu cầu",
    r"^-\d{2,5}\b": "Nền tảng từ chối và báo một mã lỗi",
}
"""What a platform said last: the first that fits."""


def kind_of(line: OutboxLine) -> str:
    """Return what a message is."""
    return ABOUTS.get(line.about, OTHER) if line.about else ANSWER


def reason_of(line: OutboxLine) -> tuple[str, str]:
    """Return why a message did not arrive, and what the platform itself said of it."""
    if line.detail in _OWN:
        return _OWN[line.detail], ""
    usual = _BLOCKED if line.state is OutboxState.UNREACHABLE else "Không gửi được sau nhiều lần thử"
    found = (said for pattern, said in _PLATFORMS.items() if re.search(pattern, line.detail))
    return next(found, usual), line.detail


def aside_kind(key: str) -> str:
    """Return what something of the register of feedback is that was set aside."""
    return ABOUTS.get(re.split("[.:]", key)[0], OTHER)


def aside_reason(why: str) -> str:
    """Return why something of the register could not be handed to the delivery."""
    off = re.fullmatch(r"The channel (\w+) is switched off\.", why)
    if off:
        return f"Kênh {CHANNELS.get(off[1], off[1])} đang tắt"
    return f"Chương trình không soạn được tin này ({why}); hãy báo người vận hành"
