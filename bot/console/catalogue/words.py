"""What the catalogue's pages call things, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from nlu.catalogue.importing.findings import Severity
from nlu.catalogue.model import Detail, FeeKind, FilingWay, Level, OnlineLevel, PaperRole, TimeUnit
from nlu.catalogue.proposal_store import ProposalKind, ProposalState
from nlu.catalogue.store import State
from nlu.catalogue.wording import LABELS
from nlu.understanding import Aspect

PARTS: Mapping[str, str] = {**LABELS, "methods": "Cách nộp, thời hạn và phí", "forms": "Mẫu đơn, mẫu tờ khai"}
LEVELS = {
    Level.CENTRAL: "Trung ương",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện (đã bỏ từ 01/07/2025)",
    Level.COMMUNE: "Cấp xã",
    Level.OTHER: "Khác",
}
WAYS = {FilingWay.COUNTER: "Trực tiếp", FilingWay.ONLINE: "Trực tuyến", FilingWay.POST: "Bưu chính công ích"}
UNITS = {
    TimeUnit.HOUR: "giờ",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.MONTH: "tháng",
    TimeUnit.YEAR: "năm",
}
FEES = {
    FeeKind.UNKNOWN: "Chưa rõ",
    FeeKind.FREE: "Miễn phí",
    FeeKind.FIXED: "Một mức cố định",
    FeeKind.VARIES: "Nhiều mức",
    FeeKind.LOCAL: "Do HĐND cấp tỉnh quy định",
}
ROLES = {PaperRole.SUBMIT: "Nộp", PaperRole.SHOW: "Xuất trình", PaperRole.NOTE: "Ghi chú"}
ONLINE = {
    OnlineLevel.FULL: "Toàn trình",
    OnlineLevel.PARTIAL: "Một phần",
    OnlineLevel.INFORMATION: "Chỉ cung cấp thông tin",
    OnlineLevel.NONE: "Không trực tuyến",
}
DETAILS = {Detail.FULL: "Đầy đủ", Detail.LISTING: "Chỉ có tên"}
ASPECTS: Mapping[Aspect, str] = {
    Aspect.DOCUMENTS: "Giấy tờ phải nộp",
    Aspect.FEE: "Phí, lệ phí",
    Aspect.TIME: "Thời hạn",
    Aspect.WHERE: "Nơi nộp, cơ quan thực hiện",
    Aspect.STEPS: "Các bước thực hiện",
    Aspect.CONDITIONS: "Yêu cầu, điều kiện",
    Aspect.FORM: "Mẫu đơn, tờ khai",
    Aspect.HOW_ONLINE: "Nộp trực tuyến",
    Aspect.POST: "Nộp qua bưu chính",
    Aspect.RESULT: "Kết quả",
    Aspect.WHO: "Đối tượng thực hiện",
    Aspect.LEGAL: "Căn cứ pháp lý",
    Aspect.OVERVIEW: "Giới thiệu chung",
}
PROPOSALS: Mapping[ProposalState, tuple[str, str]] = {
    ProposalState.WAITING: ("Chờ người thứ hai duyệt", "warn"),
    ProposalState.APPROVED: ("Đã duyệt, chờ công bố", "good"),
    ProposalState.RETURNED: ("Đã trả lại", "bad"),
    ProposalState.REPLACED: ("Đã có đề nghị khác thay", "soft"),
    ProposalState.PUBLISHED: ("Đã công bố", "good"),
}
KINDS = {ProposalKind.EDIT: "Sửa trên trang", ProposalKind.IMPORT: "Nhập từ tệp"}
VERSIONS: Mapping[State, tuple[str, str]] = {
    State.DRAFT: ("Bản nháp", "soft"),
    State.LIVE: ("Đang dùng", "good"),
    State.RETIRED: ("Đã dùng trước đây", "soft"),
    State.WITHDRAWN: ("Đã rút", "bad"),
}
SEVERITIES = {Severity.REJECTED: "Bị loại", Severity.DOUBTFUL: "Nghi ngờ", Severity.DUPLICATE: "Trùng mã"}
OUTCOMES = {
    "answered": "trả lời",
    "details_missing": "báo chưa có chi tiết",
    "choose": "hỏi lại",
    "declined": "báo không trả lời được",
    "not_in_catalogue": "báo không có trong danh mục",
    "emergency": "chỉ số khẩn cấp",
    "other_flow": "trò chuyện",
}
TURNS = {
    "worse": ("Đúng → sai", "bad"),
    "better": ("Sai → đúng", "good"),
    "other": ("Chỉ đổi nội dung", "soft"),
}


def say_as_of(as_of: str) -> str:
    """Write an ISO year, month or day the Vietnamese way."""
    return "/".join(reversed(as_of.split("-")))
