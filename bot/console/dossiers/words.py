"""What the pages about dossiers call things."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dossiers.access.alert_store import AlertKind, Whose
from bot.dossiers.due import Urgency
from bot.dossiers.rating.grade import Index
from bot.dossiers.record import SlipKind, Status

URGENCIES: Mapping[Urgency, str] = {
    Urgency.LATE_AGAIN: "Trễ cả hẹn lại",
    Urgency.LATE: "Trễ, chưa xin lỗi",
    Urgency.TODAY: "Hôm nay",
    Urgency.NEXT: "Ngày làm việc tới",
}
STATUSES: Mapping[Status, str] = {
    Status.UNKNOWN: "Chưa rõ",
    Status.NEW: "Mới nộp",
    Status.RECEIVED: "Đã tiếp nhận",
    Status.REFUSED: "Từ chối tiếp nhận",
    Status.IN_PROGRESS: "Đang xử lý",
    Status.NEED_SUPPLEMENT: "Chờ bổ sung",
    Status.NEED_PAYMENT: "Chờ nộp nghĩa vụ tài chính",
    Status.WITHDRAWN: "Người dân rút",
    Status.STOPPED: "Dừng xử lý",
    Status.DONE: "Đã xong",
    Status.RETURNED: "Đã trả kết quả",
}
SLIPS: Mapping[SlipKind, str] = {
    SlipKind.RECEIPT: "Giấy tiếp nhận và hẹn trả",
    SlipKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung",
    SlipKind.REFUSAL: "Phiếu từ chối",
    SlipKind.APOLOGY: "Phiếu xin lỗi và hẹn lại",
}
ALERTS: Mapping[AlertKind, str] = {
    AlertKind.UNKNOWN: "Thử nhiều mã không có",
    AlertKind.SERIES: "Thử nhiều mã của một ngày",
    AlertKind.FACTS: "Thử nhiều thông tin xác nhận",
}
ABOUT: Mapping[Whose, str] = {
    Whose.PERSON: "một người hỏi",
    Whose.SOURCE: "một mạng",
    Whose.UNIT: "mã của một cơ quan",
    Whose.DOSSIER: "một hồ sơ",
}
INDICES: Mapping[Index, str] = {
    Index.TOTAL_TIME: "1. Thời gian giải quyết",
    Index.AGENCY_TIME: "2. Thời gian ở từng cơ quan",
    Index.CONTACTS: "3. Số lần liên hệ",
    Index.AGENCIES: "4. Số cơ quan phải đến",
    Index.ONE_STOP: "5. Tổ chức một cửa",
    Index.PUBLICATION: "6. Công khai",
    Index.ATTITUDE: "7. Thái độ",
    Index.FEEDBACK: "8. Xử lý phản ánh",
    Index.ONLINE: "9. Dịch vụ trực tuyến",
}
