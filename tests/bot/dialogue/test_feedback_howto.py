"""The instructions for feedback, in the chat."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from bot.dialogue.flows.feedback_howto import HowToOutside
from bot.dialogue.say_feedback_howto import HowToVoice
from feedback.office import Doors, IntakeWay, Office, Unit
from nlu.understanding import Intent
from tests.bot.dialogue_house import TEXTS, FlowTalk, means
from tests.factories import TODAY

OFFICE = Office(
    code="H48",
    name="Ủy ban nhân dân tỉnh Mẫu",
    intake=IntakeWay.PUBLISHED_ADDRESS,
    decision="Quyết định số 1/QĐ-UBND ngày 02/01/2026",
    forward_to="pakn@mau.example",
    doors=Doors(
        address="1 đường Mẫu",
        phone="0255 000 000",
        email="pakn@mau.example",
        website="https://mau.example",
        field_reports="1022",
        source="Cổng thông tin tỉnh Mẫu",
        checked=date(2026, 11, 2),
    ),
    units=(
        Unit("A", "Sở cũ", receives=True, valid_to=date(2026, 11, 1)),
        Unit("B", "Văn phòng mới", receives=True, valid_from=date(2026, 11, 2)),
    ),
)


async def told(office: Office, public_url: str = "https://motcua.example", language: str = "") -> tuple[str, FlowTalk]:
    talk = FlowTalk()
    talk.howto = HowToOutside(office, lambda: TODAY, public_url)
    if language:
        await talk.say(f"/language {language}")
    said = "who takes feedback here" if language else "phản ánh thì gửi cho ai"
    return await talk.say(said, means(Intent.FEEDBACK_HOWTO)), talk


async def test_who_receives_where_and_what_is_needed_is_told() -> None:
    text, talk = await told(OFFICE)
    for word in ("Quyết định số 1/QĐ-UBND", "Văn phòng mới", "0255 000 000", "1 đường Mẫu", "pakn@mau.example", "1022"):
        assert word in text
    assert "Sở cũ" not in text
    assert "số điện thoại (hoặc địa chỉ nhận thư)" in text
    assert "5 ngày làm việc" in text
    assert "không đặt thời hạn trả lời chung" in text
    assert "đối chiếu ngày 02/11/2026" in text
    assert talk.last is not None
    links = [choice.url for reply in talk.last.replies for choice in reply.choices]
    assert "https://motcua.example/huong-dan-phan-anh" in links


async def test_a_trial_says_that_nothing_arrives_and_names_the_portal() -> None:
    text, talk = await told(Office(), public_url="")
    assert "bản thử nghiệm" in text
    assert "https://dichvucong.gov.vn" in text
    assert "Đơn vị mẫu" not in text
    assert talk.last is not None
    assert [choice.url for reply in talk.last.replies for choice in reply.choices if choice.url] == []


async def test_a_forwarding_office_names_its_mail_box() -> None:
    text, _ = await told(msgspec.structs.replace(OFFICE, intake=IntakeWay.FORWARD_TO))
    assert "(pakn@mau.example)" in text
    assert "Quyết định số 1" not in text


@pytest.mark.parametrize("said", ["/cachphananh", "hướng dẫn phản ánh", "Cách gửi phản ánh"])
async def test_a_command_and_plain_words_open_it(said: str) -> None:
    assert "Điều 7" in await FlowTalk().say(said)


async def test_it_speaks_english() -> None:
    text, _ = await told(OFFICE, language="english")
    assert "Who receives it" in text
    assert "Article 7" in text


def test_without_checked_addresses_no_source_is_named() -> None:
    office = msgspec.structs.replace(OFFICE, doors=Doors())
    assert HowToVoice(TEXTS, office).source() == ""
