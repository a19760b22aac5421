"""How the console names what the register knows, in officials' words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar

from feedback.beside.viewer_store import Viewer
from feedback.publication.item import HiddenWhy
from feedback.record import (
    About,
    Basis,
    Book,
    Border,
    Category,
    Criterion,
    Form,
    Kind,
    Outcome,
    Requirement,
    SenderKind,
    Status,
)
from feedback.transitions import Action

Named = TypeVar("Named", bound=Enum)

STATUSES: Mapping[Status, str] = {
    Status.NEEDS_TRIAGE: "Chờ cán bộ phân loại",
    Status.RECEIVED: "Đã vào sổ",
    Status.NEEDS_SUPPLEMENT: "Chờ bổ sung",
    Status.NOT_RECEIVED: "Không tiếp nhận",
    Status.OUT_OF_SCOPE: "Đã hướng dẫn nơi khác",
    Status.FORWARDED: "Đã chuyển cơ quan khác",
    Status.IN_REVIEW: "Đang xử lý",
    Status.INSUFFICIENT_BASIS: "Chưa đủ cơ sở",
    Status.DECIDED: "Đã trả lời",
    Status.AWAITING_PUBLICATION: "Chờ công khai",
    Status.PUBLISHED: "Đã công khai",
    Status.REOPENED: "Người gửi mở lại",
    Status.MERGED: "Đã gộp",
    Status.WITHDRAWN: "Người gửi rút lại",
}
ACTIONS: Mapping[Action, str] = {
    Action.SUBMIT: "Người dân gửi, vào sổ",
    Action.ENTER: "Cán bộ vào sổ",
    Action.CLASSIFY: "Phân loại",
    Action.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Action.SUPPLEMENT: "Nhận bổ sung",
    Action.REFUSE: "Không tiếp nhận",
    Action.REDIRECT: "Hướng dẫn nơi khác",
    Action.FORWARD: "Chuyển cơ quan khác",
    Action.TAKE: "Giao xử lý",
    Action.ASSIGN: "Giao lại",
    Action.HOLD: "Để lại, chưa đủ cơ sở",
    Action.ASSESS: "Đánh giá theo sáu tiêu chí",
    Action.DRAFT: "Soạn trả lời",
    Action.DECIDE: "Duyệt và gửi trả lời",
    Action.TO_PUBLISH: "Đưa vào hàng chờ công khai",
    Action.PUBLISH: "Công khai",
    Action.REWORD: "Sửa nội dung đã công khai",
    Action.HIDE: "Gỡ khỏi trang công khai",
    Action.REOPEN: "Người gửi mở lại",
    Action.MERGE: "Gộp vào phản ánh khác",
    Action.SPLIT: "Tách thành phản ánh riêng",
    Action.WITHDRAW: "Người gửi rút lại",
    Action.UNDO: "Hoàn tác",
    Action.RATE: "Người gửi đánh giá",
    Action.FOLLOW: "Có người theo dõi",
    Action.REMIND: "Nhắc hạn",
    Action.RECOMPUTE: "Tính lại hạn",
    Action.SEE_SENDER: "Xem thông tin người gửi",
    Action.SEE_FILE: "Mở tệp đính kèm",
    Action.RESTRICT: "Người gửi yêu cầu xóa dữ liệu",
}
KINDS: Mapping[Kind, str] = {Kind.REPORT: "Phản ánh", Kind.RECOMMENDATION: "Kiến nghị"}
ABOUTS: Mapping[About, str] = {
    About.CONDUCT: "Hành vi của cán bộ, cơ quan",
    About.CONTENT: "Nội dung quy định",
    About.BOTH: "Cả hai",
}
CATEGORIES: Mapping[Category, str] = {
    Category.OBSTACLE: "Vướng mắc do hành vi: chậm trễ, phiền hà, không thực hiện hoặc thực hiện sai quy định",
    Category.UNREALISTIC: "Quy định không phù hợp thực tế",
    Category.INCONSISTENT: "Quy định không đồng bộ, thiếu thống nhất",
    Category.UNLAWFUL: "Quy định không hợp pháp",
    Category.AGAINST_TREATY: "Quy định trái với điều ước quốc tế",
    Category.OTHER_PROBLEM: "Vấn đề khác của quy định",
    Category.SOLUTION: "Đề xuất phương án xử lý",
    Category.INITIATIVE: "Sáng kiến ban hành quy định mới",
}
BORDERS: Mapping[Border, str] = {
    Border.CONDUCT: "Phản ánh hành vi",
    Border.CONTENT: "Phản ánh quy định",
    Border.RECOMMENDATION: "Kiến nghị",
    Border.COMPLAINT: "Khiếu nại",
    Border.DENUNCIATION: "Tố cáo",
    Border.FIELD_REPORT: "Phản ánh hiện trường (đường, đèn, rác, tiếng ồn)",
    Border.LEGAL_QUESTION: "Câu hỏi về pháp luật",
    Border.EMERGENCY: "Việc khẩn cấp",
    Border.ADVERT: "Quảng cáo",
    Border.INSULT: "Xúc phạm, không có nội dung",
    Border.OTHER: "Chưa rõ là gì",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.AMEND_OWN: "Sửa đổi, bãi bỏ quy định của cơ quan mình",
    Outcome.PROPOSE: "Đề nghị cơ quan có thẩm quyền sửa đổi",
    Outcome.NEW_RULE: "Ban hành quy định mới",
    Outcome.EXPLAIN: "Giữ quy định, giải thích lý do",
    Outcome.CONDUCT_FOUND: "Phản ánh đúng, đã xử lý",
    Outcome.CONDUCT_NOT_FOUND: "Phản ánh không đúng",
}
CRITERIA: Mapping[Criterion, str] = {
    Criterion.NECESSITY: "Sự cần thiết",
    Criterion.LEGALITY: "Tính hợp lý, hợp pháp",
    Criterion.SIMPLICITY: "Tính đơn giản, dễ hiểu",
    Criterion.FEASIBILITY: "Tính khả thi",
    Criterion.CONSISTENCY: "Sự thống nhất, đồng bộ",
    Criterion.TREATIES: "Sự phù hợp với điều ước quốc tế",
}
REQUIREMENTS: Mapping[Requirement, str] = {
    Requirement.NAME: "Không ghi tên người gửi",
    Requirement.ADDRESS: "Không ghi địa chỉ",
    Requirement.CONTACT: "Không có số điện thoại hoặc địa chỉ thư",
    Requirement.LANGUAGE: "Không viết bằng tiếng Việt",
    Requirement.CONTENT: "Nội dung không rõ ràng",
    Requirement.FORM: "Không gửi qua địa chỉ đã công bố",
}
BASES: Mapping[Basis, str] = {Basis.ENOUGH: "Đủ cơ sở", Basis.NOT_ENOUGH: "Chưa đủ cơ sở"}
FORMS: Mapping[Form, str] = {
    Form.WRITTEN: "Văn bản hoặc thông điệp điện tử",
    Form.PHONE: "Điện thoại",
    Form.OPINION_SHEET: "Phiếu lấy ý kiến",
}
CHANNELS: Mapping[str, str] = {
    "web": "Trang web",
    "telegram": "Telegram",
    "zalo_oa": "Zalo OA",
    "zalo_bot": "Zalo Bot",
    "paper": "Giấy",
    "counter": "Tại quầy",
    "portal": "Cổng khác chuyển đến",
    "telephone": "Điện thoại",
    "opinion_sheet": "Phiếu lấy ý kiến",
}
SENDERS: Mapping[SenderKind, str] = {
    SenderKind.CITIZEN: "Công dân",
    SenderKind.ENTERPRISE: "Doanh nghiệp, tổ chức",
    SenderKind.HOUSEHOLD: "Hộ kinh doanh",
    SenderKind.FOREIGNER: "Người nước ngoài",
}
BOOKS: Mapping[Book, str] = {
    Book.REGISTER: "Sổ tiếp nhận",
    Book.FORWARDED: "Đã gửi mẫu đến cơ quan",
    Book.TRIAL: "Dùng thử",
}
HIDDEN: Mapping[HiddenWhy, str] = {
    HiddenWhy.SENDER: "Người gửi đề nghị",
    HiddenWhy.PERSONAL: "Có thông tin cá nhân",
    HiddenWhy.MISTAKE: "Công khai nhầm",
    HiddenWhy.OUTDATED: "Quy định hoặc câu trả lời không còn đúng",
    HiddenWhy.OTHER: "Lý do khác",
}
RULES: Mapping[str, str] = {
    "feedback_transfer": "Chuyển cơ quan có thẩm quyền",
    "feedback_refuse": "Trả lời không tiếp nhận",
    "feedback_ask_supplement": "Yêu cầu bổ sung",
    "feedback_process": "Xử lý và trả lời",
    "feedback_publish": "Công khai kết quả",
}
GLOBALS: Mapping[str, Any] = {
    "statuses": STATUSES,
    "actions": ACTIONS,
    "kinds": KINDS,
    "abouts": ABOUTS,
    "categories": CATEGORIES,
    "borders": BORDERS,
    "outcomes": OUTCOMES,
    "criteria": CRITERIA,
    "bases": BASES,
    "came_as": FORMS,
    "channels": CHANNELS,
    "senders": SENDERS,
    "books": BOOKS,
}
"""What templates look words up in."""


def choices(words: Mapping[Named, str], *only: Enum) -> tuple[tuple[str, str], ...]:
    """Return the choices of a field, in the order of the words."""
    return tuple((str(one.value), said) for one, said in words.items() if not only or one in only)


def present(viewers: Iterable[Viewer]) -> str:
    """Say who else has a record open; empty for nobody."""
    return "; ".join(
        f"{one.name} {'đang soạn trên phản ánh này' if one.typing else 'cũng đang mở phản ánh này'}" for one in viewers
    )
