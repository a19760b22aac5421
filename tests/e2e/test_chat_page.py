"""The page of the web chat in a real browser."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from bot.channels.contract import Choice, Reply, Table
from bot.http.health import Readiness, Understands
from tests.e2e.conftest import Site
from tests.fakes.web_texts import ENGLISH, RESPONSES

pytestmark = pytest.mark.browser


async def ask(page: Page, text: str) -> None:
    await page.fill("#say", text)
    await page.press("#say", "Enter")


async def mine(page: Page) -> list[str]:
    return [text.split(": ", 1)[1] for text in await page.locator(".mine").all_text_contents()]


async def test_a_question_is_answered_and_a_button_goes_on(page: Page, site: Site) -> None:
    await ask(page, "lệ phí khai sinh")
    await expect(page.locator(".theirs strong")).to_have_text("lệ phí khai sinh")
    await page.get_by_role("button", name="Thời hạn giải quyết").click()
    await expect(page.locator(".theirs")).to_have_count(2)
    assert await mine(page) == ["lệ phí khai sinh", "Thời hạn giải quyết"]
    assert site.dialogue.seen == ["lệ phí khai sinh", "time"]


async def test_an_example_question_is_asked_at_a_touch(page: Page, site: Site) -> None:
    await page.locator("#examples button").first.click()
    await expect(page.locator(".theirs")).to_have_count(1)
    assert site.dialogue.seen == [RESPONSES["utter_web_example_1"]]


async def test_a_reload_keeps_the_conversation(page: Page) -> None:
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.locator(".choices button").first.click()
    await expect(page.locator(".theirs")).to_have_count(2)
    await page.reload()
    await expect(page.locator(".theirs")).to_have_count(2)
    assert await mine(page) == ["một", "Lệ phí"]
    await ask(page, "hai")
    await expect(page.locator(".theirs").last).to_contain_text("lượt 3")
    await expect(page.locator(".theirs")).to_have_count(3)


async def test_a_double_tap_sends_once(page: Page, site: Site) -> None:
    await page.locator("#examples button").first.dblclick()
    await page.fill("#say", "hai")
    await page.locator("#send").dblclick()
    await expect(page.locator(".theirs")).to_have_count(2)
    assert len(site.dialogue.seen) == 2


async def test_what_is_written_offline_is_sent_once_on_coming_back(page: Page, site: Site) -> None:
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.context.set_offline(True)
    await ask(page, "hai")
    await ask(page, "ba")
    await expect(page.locator("#network")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.locator(".theirs")).to_have_count(3)
    await expect(page.locator("#network")).to_be_hidden()
    assert site.dialogue.seen == ["một", "hai", "ba"]


async def test_what_was_not_sent_survives_closing_the_page(page: Page, site: Site) -> None:
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.route("**/api/v1/messages", lambda route: route.abort())
    await ask(page, "hai")
    await expect(page.locator("#network")).to_be_visible()
    await page.unroute_all(behavior="ignoreErrors")
    await page.reload()
    await expect(page.locator(".theirs")).to_have_count(2)
    assert await mine(page) == ["một", "hai"]
    assert site.dialogue.seen == ["một", "hai"]


async def test_an_answer_lost_on_the_way_is_fetched_again_without_a_second_effect(page: Page, site: Site) -> None:
    lost: list[str] = []

    async def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append((await route.fetch()).status_text)
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/api/v1/messages", lose_the_first)
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await expect(page.locator(".trouble")).to_have_count(0)
    assert lost
    assert site.dialogue.seen == ["một"]


async def test_a_slow_answer_comes_while_the_typing_sign_shows(page: Page, site: Site) -> None:
    site.dialogue.gate = asyncio.Event()
    await ask(page, "một")
    await expect(page.locator("#typing")).to_be_visible()
    await expect(page.locator("#typing-words")).to_have_text(RESPONSES["utter_web_slow"])
    site.dialogue.gate.set()
    await expect(page.locator(".theirs")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_hidden()


async def test_enter_sends_but_not_while_telex_composes_nor_with_shift(page: Page, site: Site) -> None:
    await page.fill("#say", "dang ky")
    await page.evaluate(
        "document.getElementById('say').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    await page.press("#say", "Shift+Enter")
    await page.keyboard.type("hai")
    assert await page.input_value("#say") == "dang ky\nhai"
    assert site.dialogue.seen == []
    await page.press("#say", "Enter")
    await expect(page.locator(".theirs")).to_have_count(1)
    assert site.dialogue.seen == ["dang ky\nhai"]
    assert await page.input_value("#say") == ""


async def test_the_keyboard_alone_is_enough(page: Page, site: Site) -> None:
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator("#say").focus()
    await page.keyboard.type("một")
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.locator(".choices button").first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs")).to_have_count(2)


async def test_markup_is_shown_and_html_is_only_text(page: Page, site: Site) -> None:
    nasty = "**Giấy tờ**\n- <img src=x onerror=alert(1)>\n- Tờ khai\n\nXem https://dichvucong.gov.vn/p."
    link = (Choice("", "Mở cổng", url="https://dichvucong.gov.vn/"), Choice("x", "Xấu", url="javascript:alert(1)"))
    site.dialogue.replies = (Reply(nasty, link),)
    await ask(page, "<b>tôi</b>")
    await expect(page.locator(".theirs li").first).to_have_text("<img src=x onerror=alert(1)>")
    assert await mine(page) == ["<b>tôi</b>"]
    anchor = page.locator(".theirs a")
    assert await anchor.get_attribute("href") == "https://dichvucong.gov.vn/p"
    assert await anchor.get_attribute("rel") == "noopener noreferrer"
    assert await page.locator(".theirs img").count() == 0
    assert await page.locator(".choices a").count() == 1
    assert await page.locator(".choices a").get_attribute("target") == "_blank"


async def test_a_refused_message_says_why_and_is_not_sent_again(page: Page, site: Site) -> None:
    await page.evaluate("document.getElementById('say').value = 'ế'.repeat(59000) + '\\\\'.repeat(900)")
    await page.route(
        "**/api/v1/messages",
        lambda route: route.fulfill(
            status=413,
            content_type="application/json",
            body='{"error": {"code": "too_large", "message": "Tin nhắn dài quá"}}',
        ),
    )
    await page.press("#say", "Enter")
    await expect(page.locator(".trouble")).to_contain_text("Tin nhắn dài quá")
    assert await page.evaluate("Object.keys(localStorage).filter((key) => key.includes('unsent')).length") == 0


async def test_a_new_conversation_starts_empty(page: Page, site: Site) -> None:
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.locator("#fresh").click()
    await expect(page.locator(".theirs")).to_have_count(0)
    await ask(page, "hai")
    await expect(page.locator(".theirs")).to_contain_text("lượt 1")


async def test_the_page_says_when_it_is_fully_ready(page: Page, site: Site) -> None:
    site.readiness[0] = Readiness(True, Understands.LOADING)
    await page.reload()
    await expect(page.locator("#status")).to_have_text(RESPONSES["utter_web_status_loading"])
    site.readiness[0] = Readiness(True, Understands.READY)
    await expect(page.locator("#status")).to_have_text(RESPONSES["utter_web_status_ready"])


async def test_replies_are_announced_once_in_a_live_region(page: Page) -> None:
    log = page.locator("#log")
    assert await log.get_attribute("role") == "log"
    await ask(page, "một")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await page.wait_for_timeout(300)
    await expect(page.locator(".theirs")).to_have_count(1)
    assert await log.get_attribute("aria-live") == "polite"
    assert await page.evaluate("document.activeElement.id") == "say"


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (1280, 800)])
async def test_nothing_overflows_and_every_target_is_large_enough(
    page: Page, site: Site, width: int, height: int
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    long_one = Choice("y", "Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới " * 2)
    site.dialogue.replies = (
        Reply("Một câu dài. " * 200 + "x" * 300, tuple(Choice(f"c{n}", f"Chọn {n}") for n in range(12))),
        Reply("Hai", (long_one, *(Choice(f"d{n}", f"Chọn {n}") for n in range(4)))),
    )
    await ask(page, "y" * 400)
    await expect(page.locator(".theirs")).to_have_count(2)
    beyond = "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)"
    assert await page.evaluate(f"{beyond}.map((e) => e.outerHTML.slice(0, 80))") == []
    assert await page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    small = "[...document.querySelectorAll('button, .choices a')].filter((e) => e.offsetParent && e.offsetHeight < 44)"
    assert await page.evaluate(f"{small}.length") == 0


@pytest.mark.parametrize(("width", "stacked"), [(360, True), (1280, False)])
async def test_a_table_is_a_table_to_readers_and_fits_every_width(
    page: Page, site: Site, width: int, stacked: bool
) -> None:
    await page.set_viewport_size({"width": width, "height": 780})
    rows = (("Lệ phí, cước", "không mất lệ phí", "cước 61.000–63.000 đồng"), ("Có kết quả", "<b>x</b>", "y" * 60))
    table = Table("Các cách nộp", ("So sánh", "Tại quầy", "Qua bưu điện"), rows, "**Rẻ nhất:** tại quầy.", "Nguồn: A.")
    site.dialogue.replies = (Reply("Nói bằng lời", table=table),)
    await ask(page, "so sánh")
    shown = page.get_by_role("table", name="Các cách nộp")
    await expect(shown).to_be_visible()
    await expect(shown.get_by_role("columnheader", include_hidden=True)).to_have_count(3)
    await expect(shown.get_by_role("rowheader", name="Có kết quả")).to_be_visible()
    await expect(shown.get_by_role("cell")).to_have_count(4)
    assert await shown.locator("td").nth(2).text_content() == "<b>x</b>"
    assert await shown.locator("th[scope]").count() == 5
    assert "Nói bằng lời" not in await page.locator(".theirs").inner_text()
    await expect(page.locator(".theirs")).to_contain_text("Nguồn: A.")
    assert await page.locator("td").first.evaluate("(e) => getComputedStyle(e).display") == (
        "block" if stacked else "table-cell"
    )
    beyond = "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)"
    assert await page.evaluate(f"{beyond}.map((e) => e.outerHTML.slice(0, 80))") == []


async def test_names_stand_in_rows_and_short_words_side_by_side_even_with_two_long_ones(page: Page, site: Site) -> None:
    short = tuple(Choice(f"s{n}", f"Mục {n}") for n in range(7))
    long = tuple(Choice(f"l{n}", f"Đăng ký khai sinh có yếu tố nước ngoài {n}") for n in range(2))
    numbered = tuple(Choice(f"n{n}", f"{n}. {one.title}") for n, one in enumerate((*long, *short), start=1))
    site.dialogue.replies = (Reply("Một", (*short, *long)), Reply("Hai", numbered), Reply("Ba", (*long, short[0])))
    await ask(page, "hỏi")
    await expect(page.locator(".theirs")).to_have_count(3)
    rows = "[...document.querySelectorAll('.choices')].map((e) => e.classList.contains('rows'))"
    assert await page.evaluate(rows) == [False, True, True]


async def test_the_page_changes_its_language_and_the_conversation_goes_on_in_it(page: Page, site: Site) -> None:
    await page.fill("#say", "đang viết dở")
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    assert await page.input_value("#say") == "đang viết dở"
    assert page.url == site.url
    assert site.dialogue.seen == [], "nothing was said yet that could be in another language"
    await expect(page.locator("#send")).to_have_attribute("aria-label", ENGLISH["utter_web_send"])
    await page.press("#say", "Enter")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.get_by_role("link", name="Tiếng Việt").click()
    await expect(page.locator(".theirs")).to_have_count(2)
    assert site.dialogue.seen == ["đang viết dở", "do:language:vi"]
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "vi")
    await expect(page.locator(".theirs")).to_have_count(2)
    assert await mine(page) == ["đang viết dở", "Tiếng Việt"]
