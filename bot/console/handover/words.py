"""What the desk's pages say, in Vietnamese."""

from __future__ import annotations

from bot.delivery.tables import OutboxState

INSTEAD = {
    "choice": "bấm một nút",
    "image": "gửi một ảnh",
    "file": "gửi một tệp",
    "voice": "gửi một đoạn ghi âm",
    "location": "gửi một vị trí",
    "contact": "gửi số điện thoại bằng nút của ứng dụng",
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
REASONS = ("Trả lời theo phân công trực", "Thuộc lĩnh vực tôi phụ trách", "Đồng nghiệp nhờ trả lời thay")
"""Offered where a reason is asked for; another one can be typed."""
