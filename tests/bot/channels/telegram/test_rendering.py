"""The form of replies: compared with ``golden.json``, and within Telegram's limits for any reply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.contract import Ask, Choice, FileRef, NativeCall, Ref, Reply
from bot.channels.telegram.keyboards import is_web_address
from bot.channels.telegram.rendering import CAPS, render, without_links, without_markup
from tests.bot.channels.telegram.conftest import title
from tests.fakes.telegram.checks import checked_markup, checked_text

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden.json").read_text("utf-8"))
REF = Ref("telegram", "123456789", "4242")
ASPECTS = tuple(
    Choice(f"tt:1.001193:{id}", title)
    for id, title in (
        ("documents", "Giấy tờ"),
        ("fee", "Lệ phí"),
        ("time", "Thời hạn giải quyết"),
        ("where", "Nơi nộp"),
    )
)
PDF = FileRef("Tờ khai <mẫu>.pdf", "https://dichvucong.gov.vn/to-khai.pdf", "application/pdf")
DOC = FileRef("Tờ khai.docx", "https://dichvucong.gov.vn/to-khai.docx", "application/msword")
PAGE = Choice("", "Xem trên Cổng", "https://dichvucong.gov.vn/1.001193")
STARS = tuple(Choice(f"r:{n}", f"{n} ★") for n in range(1, 6))

CASES: Mapping[str, tuple[Reply, str]] = {
    "bold, list and signs": (Reply("**Giấy tờ**\n\n- Tờ khai <mẫu 1>\n- A & B"), ""),
    "short buttons two in a row, long ones alone": (Reply("Hỏi gì?", (*ASPECTS, PAGE)), ""),
    "stars side by side": (Reply("Có ích không?", STARS), ""),
    "edited in place": (Reply("Lệ phí: 0 đồng", ASPECTS[:1], replace=True), "77"),
    "edited in place without buttons": (Reply("Cảm ơn", replace=True), "77"),
    "nothing to edit": (Reply("Cảm ơn", replace=True), ""),
    "long text: the first part edited, buttons on the last": (
        Reply("\n\n".join(letter * 3000 for letter in "ABC"), ASPECTS[:1], replace=True),
        "77",
    ),
    "asks for a telephone number": (
        Reply("Anh/chị gửi số điện thoại giúp em", (Choice("skip", "Bỏ qua"), PAGE), ask=Ask.CONTACT),
        "77",
    ),
    "asks for a place in English": (Reply("Please share where you are", ask=Ask.LOCATION), ""),
    "files before the buttons, those that Telegram does not fetch as links": (
        Reply("Mẫu đơn", ASPECTS[:1], files=(PDF, DOC)),
        "",
    ),
    "a file alone": (Reply("", files=(PDF,)), ""),
    "a file beside an edited message": (Reply("Mẫu đơn", files=(PDF,), replace=True), "77"),
    "links that are none": (
        Reply("Xem", (Choice("", "Trang", "ftp://x.vn"), Choice("", "Nhà", "http://localhost/a"), ASPECTS[0])),
        "",
    ),
    "an id too long for a button": (Reply("Chọn", (ASPECTS[0], Choice("x" * 65, "Việc khác"))), ""),
    "nothing at all": (Reply(""), ""),
}


def rendered(reply: Reply, shown: str = "") -> list[NativeCall]:
    """Render a reply."""
    return render(REF, reply, shown, title)


@pytest.mark.parametrize("name", CASES)
def test_a_reply_has_the_form_that_is_written_down(name: str) -> None:
    calls = rendered(*CASES[name])
    assert [{"method": call.method, **call.body} for call in calls] == GOLDEN[name]


def test_every_form_that_is_written_down_is_tested() -> None:
    assert set(GOLDEN) == set(CASES)


def check(call: NativeCall) -> None:
    """Refuse what Telegram would refuse."""
    body = {name: value if isinstance(value, str) else json.dumps(value) for name, value in call.body.items()}
    if call.method == "sendDocument":
        assert len(body["caption"]) <= 1024
        return
    checked_text(body)
    checked_markup(body)


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LONG = st.builds(
    lambda piece, units: piece * (units // len(piece)),
    st.sampled_from(
        ["**đậm** ", "- mục\n", "<b>&amp;</b> ", "🙂", "e\u0302\u0301", "Ế.", "**", "\u200b", "a\n\n", "x"]
    ),
    st.integers(0, 13_000),
)
URL = st.one_of(st.none(), TEXT, st.sampled_from(["https://a.vn", "http://1.2.3.4:80/x", "https://[", "javascript:x"]))
CHOICE = st.builds(Choice, st.one_of(st.just(""), TEXT), TEXT, URL)
FILE = st.builds(FileRef, TEXT, st.one_of(TEXT, st.just("https://a.vn/b.pdf")), st.sampled_from([PDF.kind, DOC.kind]))
REPLY = st.builds(
    Reply,
    text=st.one_of(TEXT, LONG, st.tuples(LONG, TEXT, LONG).map("".join)),
    choices=st.one_of(st.lists(CHOICE, max_size=8), st.lists(CHOICE, min_size=95, max_size=110)).map(tuple),
    files=st.lists(FILE, max_size=3).map(tuple),
    ask=st.one_of(st.none(), st.sampled_from(Ask)),
    replace=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(REPLY, st.sampled_from(["", "77", "x", "²"]))
@example(Reply("\u200b\u0000", (Choice("a", "\n"),)), "")
@example(Reply("**" * 5000), "77")
def test_any_reply_keeps_every_limit(reply: Reply, shown: str) -> None:
    calls = rendered(reply, shown)
    assert calls
    for call in calls:
        json.dumps(dict(call.body)).encode()
        check(call)
        if "text" in call.body:
            check(without_markup(call))
            linkless = without_links(call)
            assert linkless is None or "url" not in json.dumps(linkless.body.get("reply_markup", {}))
    marked = [call for call in calls if "inline_keyboard" in call.body.get("reply_markup", {})]
    assert len(marked) <= 1, "buttons stand under one message"


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_makes_the_check_of_links_fail(host: str, rest: str) -> None:
    assert isinstance(is_web_address(f"https://{host}/{rest}"), bool)
    assert not is_web_address(f"javascript:{host}.vn")


def test_the_caps_say_what_is_rendered() -> None:
    assert (CAPS.max_text, CAPS.payload_max_bytes, CAPS.utf16) == (4096, 64, True)
