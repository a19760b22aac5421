"""What the pages about questions call things, in Vietnamese."""

from __future__ import annotations

from nlu.learning.review import Reason
from nlu.learning.store import ReviewState
from nlu.understanding import Intent

REASONS = {
    Reason.ASKED_BACK: "Trợ lý hỏi lại",
    Reason.REPHRASED: "Người dân phải hỏi lại bằng lời khác",
    Reason.NOT_USEFUL: "Câu trả lời không có ích",
    Reason.DECLINED: "Trợ lý không trả lời được",
    Reason.NOT_IN_CATALOGUE: "Không có trong danh mục",
    Reason.CHOSE_NONE: "Không đúng lựa chọn nào",
}
STATES = {
    ReviewState.OPEN: "Đang mở",
    ReviewState.LATER: "Để sau",
    ReviewState.ACCEPTED: "Đã gắn nhãn",
    ReviewState.REJECTED: "Không học",
}
KINDS = {
    Intent.OOS_FINES: "Mức phạt",
    Intent.OOS_LAW: "Hỏi luật chung",
    Intent.OOS_NEWS: "Tin tức",
    Intent.OOS_EXAMS: "Thi cử",
    Intent.OOS_COURT: "Tòa án, kiện tụng",
    Intent.OOS_MEDICAL: "Khám chữa bệnh",
    Intent.OOS_PRICES: "Giá cả",
    Intent.OOS_ENTERTAINMENT: "Giải trí",
    Intent.OOS_PROMPT: "Lệnh cho máy",
    Intent.OOS_ABROAD: "Việc ở nước ngoài",
    Intent.OOS_OTHER: "Việc khác",
}
FIGURES = {
    "R@1": "Đúng ngay thủ tục đầu",
    "R@3": "Đúng trong ba thủ tục đầu",
    "answered": "Trả lời",
    "asked back": "Hỏi lại",
    "declined": "Báo không trả lời được",
    "aspect": "Hiểu đúng điều hỏi",
}
QUESTION_KINDS = {
    "answer": "Câu hỏi có một thủ tục đúng",
    "clarify": "Câu phải hỏi lại",
    "out_of_scope": "Câu ngoài phạm vi",
    "not_in_catalogue": "Câu về thủ tục không có trong danh mục",
    "follow_up": "Câu hỏi tiếp",
}
