"""What the desk's pages say, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.tables import OutboxState
from bot.handover.sent_files import Missing
from feedback.attachments.kinds import Refusal

INSTEAD = {
    "choice": "bấm một nút",
    "image": "gửi một ảnh",
    "file": "gửi một tệp",
    "voice": "gửi một đoạn ghi âm",
    "location": "gửi một vị trí",
    "contact": "gửi số điện thoại bằng danh thiếp hoặc nút của ứng dụng",
    "start": "mở cuộc trò chuyện",
    "follow": "quan tâm tài khoản",
    "unfollow": "bỏ quan tâm tài khoản",
    "unsupported": "gửi nội dung mà kênh này không đọc được",
}
"""What a person did instead of writing."""
ARRIVED = {
    OutboxState.HELD: "Lời vừa rồi chờ ở trang web: người dân thấy khi mở trang.",
    OutboxState.WAITING: "Lời vừa rồi đang được gửi.",
    OutboxState.DELIVERED: "Lời vừa rồi đã tới.",
    OutboxState.UNREACHABLE: "Lời vừa rồi không tới được: người dân đã chặn tài khoản, hoặc nền tảng không cho nhắn nữa.",
    OutboxState.DEAD: "Lời vừa rồi không gửi được sau nhiều lần thử.",
}
NOT_YOURS = (
    "Cuộc trò chuyện này không còn trong tay bạn: người dân đã rút lại, hoặc người khác đã nhận. Chưa có gì được gửi."
)
NO_LONGER = "Cuộc trò chuyện này đã không còn trong tay bạn, nên không phải làm gì thêm."
CHANNEL_OFF = "Kênh của người này đang tắt nên không gửi được. Hãy báo quản trị viên."
TAKEN_ALREADY = "Người này vừa được nhận, đã rút yêu cầu, hoặc thuộc đơn vị khác."
NEEDS_WHY = "Hãy ghi lý do; lý do được lưu trong nhật ký. Chưa có gì được nhận hay mở ra."
NEEDS_UNIT = "Hãy chọn đơn vị nhận. Chưa có gì thay đổi."
BAD_TAG = "Trang này không cho biết đã hiện tới đâu. Hãy tải lại trang."
NEEDS_NOTE = "Hãy ghi vì sao chuyển, để đơn vị nhận biết. Chưa có gì thay đổi."
NOT_SHOWN: Mapping[Missing | Refusal, str] = {
    Missing.NOT_YOURS: "Cuộc trò chuyện này không nằm trong tay bạn nên không mở được ảnh hay tệp trong đó.",
    Missing.ERASED: (
        "Ảnh hoặc tệp này không còn: lời nhắn đã bị xóa theo thời hạn lưu giữ hoặc theo yêu cầu của người dân, "
        "hoặc được gửi trước khi họ hỏi gặp cán bộ."
    ),
    Missing.NOT_HANDED_OVER: (
        "Chưa lấy được ảnh hoặc tệp này từ ứng dụng nhắn tin: kênh đang tắt, không trả lời, hoặc không giữ tệp nữa. "
        "Hãy thử lại sau ít phút; vẫn không được thì nhờ người dân gửi lại."
    ),
    Refusal.KIND: "Chỉ mở được ảnh (JPEG, PNG, WebP) và PDF. Tệp này là loại khác; hãy nhờ người dân chụp ảnh rồi gửi lại.",
    Refusal.HEIC: (
        "Ảnh này ở dạng HEIC (iPhone hay dùng) nên chưa mở được. Hãy nhờ người dân chụp màn hình ảnh đó rồi gửi lại."
    ),
    Refusal.TWO_KINDS: "Tệp này có thể mở như hai loại khác nhau nên không được mở. Hãy nhờ người dân chụp ảnh gửi lại.",
    Refusal.EMPTY: "Tệp này trống. Hãy nhờ người dân gửi lại.",
    Refusal.TOO_LARGE: "Tệp này quá lớn nên không mở được. Hãy nhờ người dân gửi ảnh nhỏ hơn, hoặc chia PDF ra.",
    Refusal.TOO_MUCH: "Tệp này mở ra quá lớn nên không mở được. Hãy nhờ người dân gửi ảnh hoặc PDF ít trang hơn.",
    Refusal.LOCKED: "PDF này có mật khẩu. Hãy nhờ người dân gửi bản không khóa.",
    Refusal.BROKEN: "Tệp này bị hỏng nên không mở được. Hãy nhờ người dân gửi lại.",
    Refusal.INFECTED: "Phần mềm quét báo tệp này có mã độc nên không được mở.",
    Refusal.BUSY: "Máy chủ đang kiểm tra nhiều tệp khác. Hãy thử lại sau ít phút.",
}
"""Why a picture or file is not shown, and what to do."""
UNSCANNED = "chưa quét mã độc -"
"""Before the name of a PDF that no scanner looked at: pictures are made anew, of a PDF only what acts is taken out."""
REASONS = ("Trả lời theo phân công trực", "Thuộc lĩnh vực tôi phụ trách", "Đồng nghiệp nhờ trả lời thay")
"""Offered where a reason is asked for; another one can be typed."""
