"""What the pages about accounts say, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from bot.console.accounts.administration import Fault
from bot.console.accounts.tables import EMAIL_LENGTH
from bot.console.roles import ConsoleRole

FAULTS: Mapping[Fault, str] = {
    Fault.NAME: "Tên tài khoản gồm 3 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch; bắt đầu bằng chữ.",
    Fault.TAKEN: "Tên tài khoản này đã có. Tên không được cấp lại cho người khác; hãy chọn tên khác.",
    Fault.NO_ROLE: "Tài khoản cần ít nhất một vai trò.",
    Fault.NO_UNIT: "Không có đơn vị này trong tệp cơ quan.",
    Fault.UNKNOWN: "Không có tài khoản này.",
    Fault.LAST: "Đây là quản trị viên cuối cùng. Hãy thêm một quản trị viên khác trước.",
    Fault.SUBJECT: "Danh tính này đã nối với tài khoản khác.",
    Fault.PERSON: "Hãy nhập họ tên, không quá 120 ký tự.",
    Fault.EMAIL: f"Đây không phải là địa chỉ thư điện tử, hoặc dài quá {EMAIL_LENGTH} ký tự. Hãy kiểm tra lại, hoặc để trống.",
}
DUTIES: Mapping[ConsoleRole, str] = {
    ConsoleRole.RECEIVER: "tiếp nhận, phân loại, chuyển; xem thông tin người gửi khi có lý do",
    ConsoleRole.HANDLER: "xử lý việc của đơn vị mình, soạn trả lời",
    ConsoleRole.APPROVER: "duyệt trả lời",
    ConsoleRole.PUBLISHER: "đưa trả lời đã duyệt lên trang công khai",
    ConsoleRole.EDITOR: "biên tập danh mục thủ tục; người khác duyệt",
    ConsoleRole.DOSSIERS: "tra cứu hồ sơ khi có lý do",
    ConsoleRole.ADMINISTRATOR: "tài khoản và cài đặt; không tự xử lý việc nào",
    ConsoleRole.AUDITOR: "đọc sổ, báo cáo, nhật ký; không đổi gì",
}
"""What each role does, beside its box."""
