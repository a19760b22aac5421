"""Short messages that go on about the dossier that was just told of, as people write them."""

from __future__ import annotations

import msgspec
import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_follow_ups import Meant
from bot.dialogue.dossier_memory import forgotten, told
from bot.dialogue.dossier_words import about_dossier
from bot.dialogue.state import ConversationState, DossierTalk
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.disclosure import shown
from tests.bot.messages import NOW, ref
from tests.fakes.dossiers import FEE, RUNNING

CODE = "000.00.16.H48-261110-0012"
KNOWN = ConversationState(dossier=DossierTalk(codes=(CODE,)))
STATUS, PAY, SUPPLEMENT = Meant("status"), Meant("office", "pay"), Meant("office", "supplement")
COLLECT, ASK, LATE = Meant("office", "collect"), Meant("office", "ask"), Meant("late", CODE)


def meant(text: str, state: ConversationState = KNOWN) -> Meant | None:
    return about_dossier(Inbound(ref(), "m", InboundKind.TEXT, NOW, text=text), state)


def slip(kind: str) -> Meant:
    return Meant("slip", f"{CODE}:{kind}")


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        (
            SUPPLEMENT,
            "bổ sung trễ có sao không|nop bo sung muon thi sao|quá hạn bổ sung thì bị gì|không bổ sung thì sao|hạn bổ sung tới ngày nào"
            "|phải bổ sung trong bao nhiêu ngày|em chưa kịp bổ sung|bsung trễ 3 ngày được ko|nộp giấy thiếu trễ hạn có bị hủy không",
        ),
        (slip(""), "cho tôi xem phiếu|phieu dau|cho xin cái phiếu|gửi phiếu cho em|show me the slip"),
        (
            slip("receipt"),
            "phiếu hẹn đâu|in giấy hẹn|coi lại biên nhận|cho mình coi giấy hẹn với|nộp ngày nào|nop hom nao vay|tiếp nhận khi nào",
        ),
        (slip("supplement"), "phiếu bổ sung đâu|cho xem phiếu yêu cầu bổ sung|gui phieu bo sung cho toi"),
        (slip("apology"), "cho xem văn bản xin lỗi|phiếu xin lỗi đâu"),
        (
            STATUS,
            "còn mấy ngày nữa|con bn ngay nua|còn bao nhiêu ngày|mấy hôm nữa xong|bao lâu thì xong|khi nào có kết quả|chừng nào có kq vậy em"
            "|ngày nào lấy|bữa nào lấy được|hẹn mấy giờ|ngày hẹn là ngày nào|hẹn trả bữa nào|mai lấy được chưa|sắp xong chưa|how many days left",
        ),
        (
            STATUS,
            "ai đang xử lý|phong ban nao dang giai quyet|đang ở phòng nào|hồ sơ ở chỗ nào|tới tay ai rồi|who is handling it",
        ),
        (STATUS, "hồ sơ này là hồ sơ gì|thủ tục gì vậy|ai đứng tên"),
        (STATUS, "đủ giấy tờ chưa|ho so hop le chua|có bị trả lại không|có vấn đề gì không"),
        (PAY, "nộp phí chưa|còn phải đóng tiền không|còn phải nộp gì nữa không|dong tien o dau"),
        (COLLECT, "địa chỉ ở đâu|mấy giờ mở cửa|chiều thứ 7 có làm không|nhờ vợ lấy được không|lay o dau"),
        (ASK, "gọi số nào|cần gấp|em đang cần gấp lắm|có làm nhanh được không"),
        (LATE, "sao lâu quá vậy|lau qua|chờ lâu quá|làm gì mà lâu thế"),
    ],
)
def test_a_short_question_is_about_the_dossier_on_the_screen(expected: Meant, texts: str) -> None:
    for text in texts.split("|"):
        assert meant(text) == expected, text
        assert meant(text, ConversationState()) in (None, STATUS), text


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký kết hôn cần giấy tờ gì",
        "khi nào phải đổi căn cước",
        "làm sổ đỏ lần đầu cần hồ sơ gì",
        "bổ sung tên cha vào giấy khai sinh khi nào được",
        "cấp phiếu lý lịch tư pháp ở đâu",
        "tôi cần nộp hồ sơ ở đâu",
        "ai giải quyết tranh chấp đất đai",
        "thêm tên đệm cho con là thủ tục gì",
    ],
)
def test_what_names_another_matter_is_left_to_the_questions(text: str) -> None:
    assert meant(text) is None


def test_a_question_about_fees_is_about_the_procedure_under_discussion_if_there_is_one() -> None:
    assert meant("lệ phí bao nhiêu") == PAY
    over = msgspec.structs.replace(KNOWN, procedure="1.000894")
    talked = msgspec.structs.replace(over, dossier=DossierTalk(codes=(CODE,), over="1.000894"))
    assert meant("lệ phí bao nhiêu", talked) is None


def test_a_question_about_fees_is_about_the_amount_that_the_office_waits_for() -> None:
    owing = told(KNOWN, FEE.code, Look(LookOutcome.TOLD, shown=shown(FEE)))
    assert meant("lệ phí bao nhiêu", owing) == PAY
    assert meant("het bao nhieu tien", owing) == PAY
    assert meant("le phi dang ky ket hon bao nhieu", owing) is None


def test_the_dossiers_procedure_comes_under_discussion_and_goes_with_it() -> None:
    earlier = ConversationState(procedure="2.000806", asked=("fees",))
    look = Look(LookOutcome.TOLD, shown=shown(RUNNING), procedure="1.000894")
    after = told(earlier, CODE, look)
    assert (after.procedure, after.asked) == ("1.000894", ())
    assert meant("còn mấy ngày nữa", after) == STATUS
    other = told(after, "H48.16-261102-0003", Look(LookOutcome.TOLD))
    assert other.procedure == ""
    assert forgotten(after) == ConversationState()
    asked = msgspec.structs.replace(after, procedure="2.000806")
    assert forgotten(asked).procedure == "2.000806"
