"""Replies in Zalo's form, and within its limits."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Ask, Choice, FileRef, NativeCall, Ref, Reply
from bot.channels.zalo_oa.render import ContactForm, render
from tests.fakes.zalo_oa.rules import refusal

FORM = ContactForm("Chia sẻ số điện thoại", "Để báo tin", "https://example.vn/a.png")
HERE = Ref("zalo_oa", "oa", "42")
PDF = FileRef("Tờ khai.pdf", "https://example.vn/f/1", "application/pdf")
ODT = FileRef("Tờ khai.odt", "https://example.vn/f/2", "application/vnd.oasis.opendocument.text")


def messages(reply: Reply, ref: Ref = HERE) -> list[Any]:
    return [call.body.get("message", call.body) for call in render(ref, reply, FORM)]


def test_a_plain_text_goes_out_as_a_consultation_message() -> None:
    assert list(render(HERE, Reply("**Phí**\n- một"), FORM)) == [
        NativeCall("consult", {"recipient": {"user_id": "42"}, "message": {"text": "Phí\n• một"}})
    ]


def test_buttons_links_and_telephone_numbers_are_rendered() -> None:
    choices = (
        Choice("tt:1.001193:fee", "Lệ phí"),
        Choice("", "Cổng dịch vụ công", url="https://dichvucong.gov.vn"),
        Choice("", "Gọi 18001096", url="tel:18001096"),
        Choice("", "Gọi xã", url="tel:0236 3881 888"),
    )
    (message,) = messages(Reply("Chọn", choices))
    assert message == {
        "text": "Chọn",
        "attachment": {
            "type": "template",
            "payload": {
                "buttons": [
                    {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#:tt:1.001193:fee"},
                    {
                        "title": "Cổng dịch vụ công",
                        "type": "oa.open.url",
                        "payload": {"url": "https://dichvucong.gov.vn"},
                    },
                    {"title": "Gọi 18001096", "type": "oa.open.phone", "payload": {"phone_code": "18001096"}},
                    {"title": "Gọi xã", "type": "oa.open.phone", "payload": {"phone_code": "842363881888"}},
                ]
            },
        },
    }


def test_more_than_five_choices_are_a_numbered_list_and_the_first_five_are_buttons() -> None:
    (message,) = messages(Reply("Chọn", tuple(Choice(f"tt:{n}", f"Việc {n}") for n in range(1, 8))))
    assert message["text"].endswith("6. Việc 6\n7. Việc 7")
    assert [one["title"] for one in message["attachment"]["payload"]["buttons"]] == [f"Việc {n}" for n in range(1, 6)]


def test_the_buttons_stand_under_the_last_part_of_a_long_text() -> None:
    found = messages(Reply("\n\n".join("đoạn " * 150 for _ in range(5)), (Choice("none", "Không phải"),)))
    assert len(found) > 1
    assert ["attachment" in one for one in found] == [False] * (len(found) - 1) + [True]


def test_the_telephone_form_is_a_message_of_its_own_after_the_buttons() -> None:
    first, second = messages(Reply("Cần số điện thoại", (Choice("no", "Không"),), ask=Ask.CONTACT))
    assert "buttons" in first["attachment"]["payload"]
    assert second == {
        "attachment": {
            "type": "template",
            "payload": {
                "template_type": "request_user_info",
                "elements": [{"title": FORM.title, "subtitle": FORM.subtitle, "image_url": "https://example.vn/a.png"}],
            },
        }
    }


def test_a_file_that_zalo_takes_goes_along_and_another_as_its_address() -> None:
    text, file = render(HERE, Reply("Mẫu đơn", files=(PDF, ODT)), FORM)
    assert text.body["message"]["text"] == "Mẫu đơn\n\nTờ khai.odt: https://example.vn/f/2"
    assert file == NativeCall(
        "file", {"recipient": {"user_id": "42"}, "name": "Tờ khai.pdf", "url": "https://example.vn/f/1"}
    )


def test_a_visitor_gets_text_alone_with_numbers_and_addresses() -> None:
    ref = Ref("zalo_oa", "oa", "anonymous:7:c9")
    (call,) = render(ref, Reply("Chọn", (Choice("a", "Một"), Choice("b", "Hai")), files=(PDF,), ask=Ask.CONTACT), FORM)
    assert call.method == "anonymous"
    assert call.body["recipient"] == {"anonymous_id": "7", "conversation_id": "c9"}
    assert call.body["message"] == {"text": "Chọn\n\n1. Một\n2. Hai\nTờ khai.pdf: https://example.vn/f/1"}


@pytest.mark.parametrize("reply", [Reply(""), Reply(" \n "), Reply("\u0000"), Reply("", (Choice("a", "A"),))])
def test_a_reply_without_a_word_is_still_a_message_that_zalo_takes(reply: Reply) -> None:
    assert all(refusal(message, lambda _: True) == 0 for message in messages(reply))


CHOICES = st.builds(
    Choice,
    id=st.text(alphabet="abcế:.1", max_size=70),
    title=st.text(max_size=150),
    url=st.sampled_from([None, "https://example.vn", "tel:1022"]),
)


@given(
    st.text(max_size=60).map(lambda text: text * 60),
    st.lists(CHOICES, max_size=12),
    st.booleans(),
)
def test_zalo_takes_every_rendered_message(text: str, choices: list[Choice], ask: bool) -> None:
    reply = Reply(text, tuple(choices), ask=Ask.CONTACT if ask else None)
    for message in messages(reply):
        assert refusal(message, lambda _: True) == 0
        words = message.get("text", "")
        assert words == unicodedata.normalize("NFC", words)
