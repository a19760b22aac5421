"""Says in officials' words why a service did not do what was asked, and what to do next. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.console.triage.words import ACTIONS, CRITERIA, STATUSES
from feedback.actor import NotAllowedError
from feedback.beside.notes import NoteError
from feedback.beside.templates import TemplateError
from feedback.errors import FeedbackError
from feedback.publication.service import StillTellsError, VerbatimError
from feedback.record import Criterion, Status
from feedback.register_store import NoSuchRecordError, OvertakenError
from feedback.transitions import Action

NO_SUCH = "Không có phản ánh này trong sổ, hoặc phản ánh thuộc đơn vị khác nên bạn không mở được."
OVERTAKEN = "Người khác vừa thay đổi phản ánh này. Bạn hãy xem thay đổi bên dưới rồi gửi lại nếu vẫn cần; những gì bạn đã gõ còn nguyên."
STILL_TELLS = "Nội dung vẫn còn thông tin của người gửi ({part}). Hãy che các phần được tô trong bản gốc rồi gửi lại."
VERBATIM = "Người gửi không đồng ý công khai nguyên văn. Hãy viết lại ngắn gọn nội dung sự việc bằng lời của cơ quan."
UNKNOWN = "Việc này chưa làm được vì phản ánh không phù hợp với bước đó. Hãy tải lại trang và kiểm tra trạng thái."

_NOT_ALLOWED: Mapping[str, str] = {
    "drafted this answer": "Bạn đã soạn câu trả lời này nên người khác phải duyệt (nguyên tắc bốn mắt).",
    "complained about": "Phản ánh này nói về bạn hoặc cơ quan của bạn nên bạn không làm được việc này.",
    "only take up again": "Người xử lý chỉ được lấy lại việc mà đơn vị mình đã để lại; việc khác do người tiếp nhận giao.",
    "may not see who sent": "Bạn không được xem thông tin người gửi của phản ánh này.",
    "may not take back": "Bước cuối do vai trò khác làm nên bạn không hoàn tác được.",
    "not of the receiving unit": "Chỉ người tiếp nhận của đơn vị tiếp nhận mới vào sổ được.",
    "photograph": "Tệp đính kèm có thể cho biết người gửi là ai nên bạn không mở được.",
    "scanner": "Tệp này bị phần mềm quét phát hiện có mã độc nên không mở được.",
}
_PLAIN: Mapping[str, str] = {
    "the answer has no text": "Câu trả lời chưa có nội dung.",
    "the answer names no outcome": "Chưa chọn kết quả xử lý.",
    "is no outcome of a case about conduct": "Kết quả đã chọn không dùng cho phản ánh về hành vi.",
    "is no outcome of a case about a rule": "Kết quả đã chọn không dùng cho phản ánh về quy định.",
    "nobody has assessed": "Chưa có đánh giá là đủ cơ sở theo sáu tiêu chí; hãy làm bước đánh giá trước.",
    "there is no draft": "Chưa có dự thảo trả lời để duyệt; hãy soạn trả lời trước.",
    "classify it first": "Chưa rõ là phản ánh gì, hoặc không thuộc Nghị định 20; hãy phân loại trước.",
    "is not charged in this office": "Đơn vị này hôm nay không được giao nhiệm vụ trong cơ quan.",
    "handle it": "Người bị phản ánh không được giao xử lý chính phản ánh đó.",
    "lies there already": "Phản ánh đang ở đúng đơn vị và người này rồi.",
    "another unit needs a reason": "Giao cho đơn vị khác phải ghi lý do.",
    "category 1 is about conduct": "Nhóm 1 chỉ dùng cho phản ánh về hành vi.",
    "is about a rule, not about conduct": "Nhóm đã chọn chỉ dùng cho phản ánh về quy định.",
    "is received here": "Loại này được tiếp nhận tại đây, không hướng dẫn nơi khác.",
    "merged into itself": "Không gộp một phản ánh vào chính nó.",
    "two books": "Hai phản ánh ở hai sổ khác nhau nên không gộp được.",
    "goes to others as well": "Câu trả lời gửi cho nhiều người nhưng lại có tên hoặc số điện thoại của một người gửi; hãy viết chung.",
    "has left the house": "Bước cuối đã thông báo cho người gửi nên không hoàn tác được nữa.",
    "sender's own step": "Bước cuối do người gửi làm nên không hoàn tác được.",
    "nothing to take back": "Không còn bước nào để hoàn tác.",
    "which was split off": "Phần đã tách ra đã được xử lý tiếp nên không hoàn tác được; nếu cần hãy gộp hai phản ánh.",
    "was blanked": "Chi tiết của bước này đã được xóa theo thời hạn lưu nên không hoàn tác được.",
    "a supplement needs": "Hãy ghi nội dung bổ sung.",
    "later than now": "Thời điểm nhận không thể sau hiện tại.",
    "has no public item": "Phản ánh này không có mục nào đang công khai.",
    "needs a question and an answer": "Bản công khai phải có cả câu hỏi và câu trả lời.",
    "no such attachment": "Không có tệp này.",
    "needs a reason": "Hãy ghi lý do; lý do được lưu trong nhật ký.",
    "the reason is missing": "Hãy ghi lý do; lý do được lưu trong nhật ký.",
}
_STEP = re.compile(r"cannot (\w+) what is (\w+); possible now: (.*)", re.DOTALL)
_VERDICT = re.compile(r"(?:the verdict on )?(\w+) needs (one verdict|a reason)")


def said_of(error: FeedbackError) -> str:
    """Return the sentence for an error of the register's services."""
    for kind, say in _SAYS.items():
        if isinstance(error, kind):
            return say(error)
    step = _STEP.search(str(error))
    if step:
        return _stands(step)
    parts = [_part(part) for part in str(error).split("; ")]
    return " ".join(dict.fromkeys(part for part in parts if part)) or UNKNOWN


def _part(part: str) -> str:
    verdict = _VERDICT.search(part)
    if verdict and verdict[1] in {one.value for one in Criterion}:
        missing = "chưa có kết luận" if verdict[2] == "one verdict" else "chưa ghi lý do"
        return f"Tiêu chí “{CRITERIA[Criterion(verdict[1])]}” {missing}."
    return next((said for found, said in _PLAIN.items() if found in part), "")


def _stands(found: re.Match[str]) -> str:
    step, status = ACTIONS[Action(found[1])].lower(), STATUSES[Status(found[2])]
    known = {one.value for one in Action}
    other = [ACTIONS[Action(one)].lower() for one in found[3].split(", ") if one in known]
    next_steps = f" Bước làm được lúc này: {', '.join(other)}." if other else ""
    return f"Phản ánh đang ở trạng thái “{status}” nên không {step} được.{next_steps}"


def _not_allowed(error: FeedbackError) -> str:
    found = next((said for part, said in _NOT_ALLOWED.items() if part in str(error)), "")
    return found or "Vai trò của bạn không làm được việc này với phản ánh này."


def _still_tells(error: FeedbackError) -> str:
    return STILL_TELLS.format(part="trong câu hỏi" if "the question" in str(error) else "trong câu trả lời")


def _template(error: FeedbackError) -> str:
    unknown = re.findall(r"\{(\w*)\}", str(error))
    named = f" Không có chỗ điền tên {', '.join('{' + one + '}' for one in unknown)}." if unknown else ""
    return f"Mẫu cần tên, nội dung và bước dùng mẫu.{named}"


_SAYS: Mapping[type[FeedbackError], Callable[[FeedbackError], str]] = {
    NoSuchRecordError: lambda _: NO_SUCH,
    OvertakenError: lambda _: OVERTAKEN,
    StillTellsError: _still_tells,
    VerbatimError: lambda _: VERBATIM,
    NoteError: lambda _: "Ghi chú cần có nội dung và không dài quá 4.000 ký tự.",
    TemplateError: _template,
    NotAllowedError: _not_allowed,
}
