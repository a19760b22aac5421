"""What is surely about a dossier, and what is left to the questions about procedures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_follow_ups import Meant
from bot.dialogue.dossier_words import PROVING, about_dossier
from bot.dialogue.state import ConversationState, DossierTalk
from tests.bot.messages import NOW, ref

CODE = "000.00.16.H48-261110-0012"
KNOWN = ConversationState(dossier=DossierTalk(codes=(CODE,)))


def meant(text: str, state: ConversationState = KNOWN) -> Meant | None:
    return about_dossier(Inbound(ref(), "m", InboundKind.TEXT, NOW, text=text), state)


def sent(kind: InboundKind, state: ConversationState = KNOWN, **data: Any) -> Meant | None:
    return about_dossier(Inbound(ref(), "m", kind, NOW, data=data), state)


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        (f"{CODE}", "dossier"),
        ("000.00.16.h48 – 261110 – 0012 xong chưa", "dossier"),
        ("hs 261110-0012 đến đâu rồi", "dossier"),
        (f"báo em khi {CODE} có kết quả", "watch"),
        (f"{CODE} sao trễ hẹn hoài vậy", "late"),
        ("hồ sơ của tôi xong chưa", "status"),
        ("ho so cua em den dau roi a", "status"),
        ("tình trạng hồ sơ của em", "status"),
        ("báo tôi khi hồ sơ có kết quả", "watch"),
        ("hồ sơ của tôi khi nào có kết quả thì báo nhé", "watch"),
        ("ai đã xem hồ sơ của tôi", "seen"),
        ("quên tôi", "forget"),
        ("quên em đi ạ", "forget"),
        ("tôi đang theo dõi gì", "watching"),
        ("ngừng theo dõi", "unwatch"),
        ("tôi muốn bỏ theo dõi hồ sơ này", "unwatch"),
        ("đừng nhắn thông báo hồ sơ nữa", "unwatch"),
        ("em không muốn nhận thông báo về hồ sơ đó nữa", "unwatch"),
        ("bỏ hồ sơ này khỏi danh sách theo dõi", "unwatch"),
        ("lấy giấy rồi nên khỏi báo nữa", "unwatch"),
        ("where is my dossier", "status"),
    ],
)
def test_what_names_a_dossier_is_about_one(text: str, flow: str) -> None:
    found = meant(text, ConversationState())
    assert found is not None
    assert found.flow == flow


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("xong chưa", "status"),
        ("xong chua a", "status"),
        ("thế có kết quả chưa em", "status"),
        ("còn bao lâu nữa", "status"),
        ("tới đâu rồi", "status"),
        ("sao rồi", "status"),
        ("còn hồ sơ kia?", "status"),
        ("báo tôi khi có kết quả", "watch"),
        ("khi nào xong thì báo em", "watch"),
        ("trễ quá rồi", "late"),
        ("sao lại chậm thế", "late"),
        ("ho so cua em bi tre hen roi", "late"),
        ("quá hẹn mà chưa có kết quả", "late"),
        ("it's overdue", "late"),
        ("is it late", "late"),
        ("thoát", "forget"),
        ("done yet?", "status"),
    ],
)
def test_short_words_go_on_about_the_dossier_that_was_looked_up(text: str, flow: str) -> None:
    found = meant(text)
    assert (found.flow if found else "") == flow
    if not text.startswith("quên"):
        assert meant(text, ConversationState()) is None


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký kết hôn cần giấy tờ gì",
        "làm hồ sơ tạm trú mất bao lâu",
        "hồ sơ gồm những gì",
        "hồ sơ đăng ký khai sinh gồm những giấy tờ nào",
        "nộp hồ sơ ở đâu",
        "con tôi 3 tuổi làm khai sinh trễ hạn có bị phạt không",
        "đăng ký khai sinh quá hạn thì sao",
        "khai sinh cho trẻ em",
        "1.000894",
        "đổi bằng lái xe bao giờ lấy được",
        "2026",
        "482913",
        "",
        "em quên mang giấy tờ",
        "nộp hồ sơ sau 15 giờ thì khi nào nhận được kết quả",
        "đừng quên báo khi hộ chiếu về",
        "có cần thông báo không",
        "khi nào phải thông báo lưu trú",
        "hủy đăng ký tạm trú cần giấy tờ gì",
        "tạm dừng kinh doanh phải thông báo ở đâu",
        "đi nộp hồ sơ trình báo mất giấy tờ cần mang gì",
    ],
)
def test_questions_about_procedures_are_left_alone(text: str) -> None:
    assert meant(text, ConversationState()) is None


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký kết hôn cần giấy tờ gì",
        "thế cấp lại thì sao",
        "cảm ơn em",
        "1",
        "trẻ em thì sao",
        "khai sinh quá hạn",
        "đổi hộ chiếu hết hạn",
    ],
)
def test_other_questions_are_left_alone_while_a_dossier_is_known(text: str) -> None:
    assert meant(text) is None


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("toi la nguoi nop", "prove"),
        ("em chính là chủ hồ sơ này", "prove"),
        ("I am the applicant", "prove"),
        ("cho tôi xem giấy hẹn", "slip"),
        ("show me the receipt", "slip"),
        ("tai sao bi tu choi", "slip"),
        ("còn thiếu gì vậy", "status"),
        ("nop bo sung o dau", "status"),
        ("chuyển khoản cho ai", "office"),
        ("tai sao tre, toi buc minh lam roi day", "late"),
        ("giờ phải làm sao", "status"),
        ("what is missing", "status"),
        ("con may ngay nua thi co", "status"),
        ("tinh sao ra 3 ngay vay", "reckon"),
        ("doi ngay hen duoc khong", "office"),
        ("tôi muốn rút hồ sơ", "office"),
        ("liên hệ ai, số điện thoại nào", "office"),
        ("vợ tôi đi lấy thay được không", "office"),
        ("den nhan ket qua can mang gi", "office"),
        ("can my wife collect it", "office"),
        ("tai sao tre, ai chiu trach nhiem", "late"),
    ],
)
def test_what_is_asked_next_goes_on_about_the_dossier_until_a_procedure_is_asked(text: str, flow: str) -> None:
    found = meant(text)
    assert (found.flow if found else "") == flow
    after = ConversationState(procedure="1.000894", dossier=DossierTalk(codes=(CODE,)))
    found = meant(text, after)
    assert found is None or found.flow == "status"
    assert meant(text, ConversationState()) is None


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký khai sinh cần mang gì",
        "đổi ngày sinh trong khai sinh",
        "nộp lệ phí trước bạ ở đâu",
        "ai được làm khai sinh thay",
        "đổi bằng lái cần gì",
    ],
)
def test_a_question_that_names_a_procedure_is_none_about_the_dossier(text: str) -> None:
    assert meant(text) is None


def test_a_further_try_may_be_said_with_a_few_words() -> None:
    tried = ConversationState(dossier=DossierTalk(codes=(CODE,), proving=CODE, proving_at=int(NOW.timestamp())))
    assert meant("không phải, 0005", tried) == Meant("prove", f"{CODE} 0005")
    assert meant("nhầm, số là 0005 nhé", tried) == Meant("prove", f"{CODE} 0005")


def test_digits_are_for_no_dossier_once_another_was_looked_up() -> None:
    talk = DossierTalk(codes=(CODE, "H48.16-261105-0005"), proving=CODE, proving_at=int(NOW.timestamp()))
    assert meant("0005", ConversationState(dossier=talk)) is None


def test_bare_digits_count_only_soon_after_a_try() -> None:
    tried = ConversationState(dossier=DossierTalk(proving=CODE, proving_at=int(NOW.timestamp())))
    assert meant("1234", tried) == Meant("prove", f"{CODE} 1234")
    assert meant("482913", tried) is None
    sent_code = ConversationState(dossier=DossierTalk(proving=CODE, proving_at=int(NOW.timestamp()), page="https://x"))
    assert meant("482913", sent_code) == Meant("typed")
    then = int((NOW - timedelta(seconds=PROVING + 1)).timestamp())
    assert meant("1234", ConversationState(dossier=DossierTalk(proving=CODE, proving_at=then))) is None


def test_a_contact_counts_only_soon_after_a_try() -> None:
    tried = ConversationState(dossier=DossierTalk(proving=CODE, proving_at=int(NOW.timestamp())))
    assert sent(InboundKind.CONTACT, tried, phone="+84905123427", own=True) == Meant("contact", "own +84905123427")
    assert sent(InboundKind.CONTACT, tried, phone="+84905123427", own=False) == Meant("contact", "other +84905123427")
    assert sent(InboundKind.CONTACT, KNOWN, phone="+84905123427", own=True) is None


def test_a_picture_is_looked_at_and_another_file_is_not() -> None:
    assert sent(InboundKind.IMAGE, file="f1", type="image/jpeg") == Meant("photo", "f1")
    assert sent(InboundKind.FILE, file="f1", type="image/png") == Meant("photo", "f1")
    assert sent(InboundKind.FILE, file="f1", type="application/pdf") is None
    assert sent(InboundKind.IMAGE, url="https://a.zdn.vn/x.jpg", type="image") == Meant(
        "photo", "https://a.zdn.vn/x.jpg"
    )
    assert sent(InboundKind.IMAGE) is None


def test_a_table_of_codes_is_read_whether_asked_for_or_not() -> None:
    assert sent(InboundKind.FILE, url="https://a.zdn.vn/1", name="ho-so.XLSX") == Meant(
        "upload", "file:https://a.zdn.vn/1"
    )
    assert sent(InboundKind.FILE, file="f1", type="text/csv") == Meant("upload", "file:f1")
    assert sent(InboundKind.FILE, codes=f"{CODE} x", name="") == Meant("upload", f"read:{CODE}")
    assert sent(InboundKind.FILE, file="f1", name="to-khai.docx") is None


def test_a_long_story_is_not_taken_for_a_short_question() -> None:
    assert meant("trễ quá " + "chuyện dài " * 50) is None
