"""The doors of the console, from a browser's side."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from aiohttp import FormData
from argon2 import PasswordHasher

from bot.console.roles import ConsoleRole
from bot.console.routing import HELD_BYTES
from tests.bot.console.accounts.house import GOOD, Surfer, World, surfer

RECEIVER = ConsoleRole.RECEIVER
WRONG = "Thông tin vừa nhập không đúng"
SECRET = {"second_factor": "personal"}


async def test_who_signs_in_comes_to_the_page_that_was_wanted(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.get("/canbo/toi?a=1")
    assert lan.path == "/canbo/vao"
    await lan.sign_in(tiep=lan.hidden("tiep"))
    assert lan.path == "/canbo/toi"
    assert "Người lan" in lan.text
    assert [what for _, what, _ in await world.log()] == ["added", "sign_in"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/canbo", "//evil.example", "/canbo/../x", "/canbo\\x", "/khac", "/canbox"]
)
async def test_a_sign_in_leads_nowhere_but_into_the_console(world: World, lan: Surfer, elsewhere: str) -> None:
    await world.account(RECEIVER)
    await lan.sign_in(tiep=elsewhere)
    assert (lan.path, lan.status) == ("/canbo", 200)


async def test_unknown_wrong_and_disabled_get_the_same_page(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await world.account(RECEIVER, account="binh")
    await world.officials.administration.disable("binh", "test")
    pages = [
        (await lan.sign_in(account, password), lan.status)
        for account, password in (("lan", "sai"), ("binh", GOOD), ("nobody", "sai"), ("Không Phải Tên", "sai"))
    ]
    same = {(re.sub(r'name="account" value="[^"]*"', "", text), status) for text, status in pages}
    assert len(same) == 1
    assert WRONG in pages[0][0]


async def test_an_unknown_name_is_not_noted_for_it_may_be_a_password(world: World, lan: Surfer) -> None:
    await lan.sign_in("matkhaucuatoi", "x")
    assert await world.log() == [("", "unknown", "")]


async def test_failures_make_the_next_try_wait_even_with_the_right_password(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    for _ in range(5):
        await lan.sign_in(password="sai")
    await lan.sign_in()
    assert lan.status == 429
    assert "giây" in lan.text
    world.later(seconds=3)
    await lan.sign_in()
    assert lan.path == "/canbo"


async def test_who_is_known_to_the_browser_is_not_kept_out_by_tries_from_elsewhere(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    await lan.post("/canbo/ra")
    other = await surfer(world.app(), "198.51.100.9")
    for _ in range(6):
        await other.sign_in(password="sai")
    assert other.status == 429
    await lan.sign_in()
    assert lan.path == "/canbo"
    await other.client.close()


async def test_one_network_waits_after_many_names(world: World, lan: Surfer) -> None:
    for number in range(31):
        await lan.sign_in(f"name{number}", "sai")
    await lan.sign_in("another", "sai")
    assert lan.status == 429


async def test_a_one_time_password_must_be_replaced_by_a_good_one(world: World, lan: Surfer) -> None:
    once = await world.officials.administration.first()
    assert once
    assert await world.officials.administration.first() is None
    await lan.sign_in("quantri", once)
    assert lan.path == "/canbo/vao/mat-khau"
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"
    await lan.post("/canbo/vao/mat-khau", password="matkhau123456", password_again="matkhau123456")
    assert "dễ bị đoán" in lan.text
    await lan.post("/canbo/vao/mat-khau", password=once, password_again=once)
    assert "mật khẩu cũ" in lan.text
    await lan.post("/canbo/vao/mat-khau", password=GOOD, password_again=GOOD + "x")
    assert "không giống nhau" in lan.text
    await lan.post("/canbo/vao/mat-khau", password=GOOD, password_again=GOOD)
    assert lan.path == "/canbo"


async def test_a_one_time_password_is_good_for_seven_days(world: World, lan: Surfer) -> None:
    once = await world.officials.administration.first()
    world.later(days=7)
    await lan.sign_in("quantri", once or "")
    assert WRONG in lan.text


@pytest.mark.parametrize("world", [SECRET], indirect=True)
async def test_a_role_that_sees_personal_data_sets_a_second_factor_up_first(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    assert lan.path == "/canbo/vao/xac-thuc"
    assert "data:image/svg+xml" in lan.text
    secret = re.search(r'id="khoa">([A-Z2-7 ]+)<', lan.text)
    assert secret
    await lan.post("/canbo/vao/xac-thuc", totp="000000")
    assert WRONG in lan.text
    await lan.post("/canbo/vao/xac-thuc", totp=world.code(secret[1].replace(" ", "")))
    codes = re.findall(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", lan.text)
    assert len(codes) == 10
    await lan.get("/canbo")
    assert lan.path == "/canbo"


@pytest.mark.parametrize("world", [SECRET], indirect=True)
async def test_a_role_without_personal_data_needs_no_second_factor(world: World, lan: Surfer) -> None:
    await world.account(ConsoleRole.EDITOR)
    await lan.sign_in()
    assert lan.path == "/canbo"


async def test_a_code_opens_once_and_not_again(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    secret = await world.totp()
    await lan.sign_in()
    assert lan.path == "/canbo/vao/ma"
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"
    code = world.code(secret)
    await lan.post("/canbo/vao/ma", totp=f" {code[:3]} {code[3:]} ")
    assert lan.path == "/canbo"
    await lan.post("/canbo/ra")
    await lan.sign_in()
    await lan.post("/canbo/vao/ma", totp=code)
    assert "mỗi mã chỉ dùng được một lần" in lan.text
    assert "chờ ứng dụng trên điện thoại hiện mã mới" in lan.text
    assert WRONG not in lan.text
    await lan.post("/canbo/vao/ma", totp="000000" if code != "000000" else "000001")
    assert WRONG in lan.text
    world.later(seconds=31)
    await lan.post("/canbo/vao/ma", totp=world.code(secret))
    assert lan.path == "/canbo"


async def test_codes_cannot_be_tried_without_end(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    secret = await world.totp()
    for _ in range(5):
        await lan.sign_in()
        await lan.post("/canbo/vao/ma", totp="000000")
    await lan.post("/canbo/vao/ma", totp=world.code(secret))
    assert lan.status == 429
    # The right password alone forgives nothing.
    await lan.sign_in()
    assert lan.status == 429


async def test_what_was_typed_when_the_sign_in_was_over_is_sent_again(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    await lan.get("/canbo/ghi")
    token = re.search(r"<p>(\w{64})</p>", lan.text)
    assert token
    world.later(minutes=31)
    words = 'Dòng một\n<b>"hai"</b> & ba'
    await lan.post("/canbo/ghi", csrf=token[1], words=words, password_x="mật")
    assert lan.status == 403
    assert "được giữ lại" in lan.text
    assert "ba" not in html.unescape(lan.hidden("kept"))[:40]
    await lan.sign_in(kept=lan.hidden("kept"))
    assert lan.path == "/canbo/gui-lai"
    assert "chưa được lưu" in lan.text
    assert 'action="/canbo/ghi"' in lan.text
    assert "mật" not in lan.text.lower().replace("mật khẩu", "").replace("bảo mật", "")
    carried = re.search(r'name="words" value="([^"]*)"', lan.text)
    assert carried
    assert html.unescape(carried[1]) == words
    await lan.post("/canbo/ghi", words=html.unescape(carried[1]))
    assert world.written == [{"words": words, "by": "lan"}]


def many(count: int, token: str = "") -> dict[str, Any]:
    """A form with so many letters, sent in parts."""
    body = io.BytesIO(f"csrf={token}&words={'x' * count}".encode())
    return {"data": body, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}


async def test_files_cannot_be_carried_and_that_is_said(world: World, lan: Surfer) -> None:
    data = FormData({"words": "đang viết"})
    data.add_field("scan", b"%PDF", filename="giayto.pdf")
    response = await lan.client.post("/canbo/giay", data=data)
    text = await response.text()
    assert response.status == 403
    assert "giayto.pdf" in text
    assert "phải chọn lại" in text
    assert 'name="kept"' in text


async def test_of_strangers_no_more_is_read_than_a_form(world: World, lan: Surfer) -> None:
    response = await lan.client.post("/canbo/giay", **many(HELD_BYTES + 1))
    text = await response.text()
    assert response.status == 403
    assert 'name="kept"' not in text
    await world.account(RECEIVER)
    await lan.sign_in()
    await lan.get("/canbo/toi")
    await lan.client.post("/canbo/giay", **many(HELD_BYTES + 1, lan.hidden("csrf")))
    assert len(world.written) == 1


async def test_the_largest_form_that_is_held_comes_through_the_door(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    words = "đ" * 300_000
    data = FormData({"words": words})
    data.add_field("scan", b"", filename="a.pdf")
    lan.text = await (await lan.client.post("/canbo/giay", data=data)).text()
    await lan.sign_in(kept=lan.hidden("kept"))
    assert lan.path == "/canbo/gui-lai"
    assert words in lan.text


async def test_what_somebody_else_typed_is_shown_to_nobody(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await world.account(RECEIVER, account="binh")
    await lan.sign_in()
    await lan.get("/canbo/ghi")
    world.later(minutes=31)
    await lan.post("/canbo/ghi", words="riêng của lan")
    await lan.sign_in("binh", kept=lan.hidden("kept"))
    assert lan.status == 403
    assert "của người khác" in lan.text
    assert "riêng của lan" not in lan.text
    await lan.get("/canbo/gui-lai")
    assert lan.path == "/canbo"


async def test_a_form_from_before_a_sign_in_in_another_tab_is_offered_again(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    await lan.get("/canbo/toi")
    await lan.post("/canbo/ra")
    old = "0" * 64
    await lan.sign_in()
    response = await lan.client.post(
        "/canbo/ghi", data={"csrf": old, "words": "giữ <lại>"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    text = await response.text()
    assert response.status == 403
    assert world.written == []
    assert 'name="words" value="giữ &lt;lại&gt;"' in text
    assert old not in text
    # A browser that does not say where its form comes from is not trusted that far.
    response = await lan.client.post("/canbo/ghi", data={"csrf": old, "words": "x y"})
    assert "Gửi lại" not in await response.text()


async def test_nobody_can_measure_which_accounts_there_are(
    world: World, lan: Surfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.account(RECEIVER)
    await world.account(RECEIVER, account="binh")
    await world.officials.administration.disable("binh", "test")
    compared: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        compared.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for account in ("lan", "binh", "nobody", "Không Phải Tên"):
        compared.clear()
        await lan.sign_in(account, "sai")
        assert len(compared) == 1, account


async def test_what_was_carried_cannot_be_made_up(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in(kept="AAAA")
    assert lan.path == "/canbo"


async def test_sign_ins_end_by_idleness_and_in_any_case(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    for _ in range(21):
        world.later(minutes=29)
        await lan.get("/canbo")
    assert lan.path == "/canbo/vao"
    assert world.now.hour == 12
    await lan.sign_in()
    world.later(minutes=30)
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"


async def test_a_page_that_looks_for_news_by_itself_keeps_nobody_signed_in(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    for _ in range(2):
        world.later(minutes=20)
        await lan.get("/canbo", **{"Sec-Fetch-Dest": "empty"})
    assert lan.path == "/canbo/vao"


async def test_the_cookie_is_new_at_each_step_and_nothing_but_its_hash_is_kept(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    secret = await world.totp()
    await lan.sign_in()
    half = lan.cookies()["motcua_canbo"]
    await lan.post("/canbo/vao/ma", totp=world.code(secret))
    whole = lan.cookies()["motcua_canbo"]
    assert half != whole
    lan.client.session.cookie_jar.clear()
    lan.client.session.cookie_jar.update_cookies({"motcua_canbo": half})
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"
    async with world.transactions.read() as session:
        rows = await session.connection()
        kept = str((await rows.exec_driver_sql("SELECT id, token, account FROM official_session")).all())
    assert whole not in kept


async def test_behind_tls_the_cookie_is_bound_to_the_host(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    response = await lan.client.post(
        "/canbo/vao",
        data={"account": "lan", "password": GOOD},
        headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"},
        allow_redirects=False,
    )
    cookie = response.cookies["__Host-motcua_canbo"]
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, True, "/", "Lax")


async def test_signing_out_ends_the_sign_in_and_not_only_the_cookie(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    held = lan.cookies()["motcua_canbo"]
    await lan.post("/canbo/ra")
    assert "đã đăng xuất" in lan.text
    lan.client.session.cookie_jar.update_cookies({"motcua_canbo": held})
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"


@pytest.mark.parametrize("path", ["/canbo/vao", "/canbo/vao/ma", "/canbo/vao/mat-khau", "/canbo/vao/xac-thuc"])
async def test_another_sites_form_signs_nobody_in(world: World, lan: Surfer, path: str) -> None:
    await world.account(RECEIVER)
    response = await lan.client.post(
        path, data={"account": "lan", "password": GOOD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status == 403
    assert "motcua_canbo" not in response.cookies


async def test_a_role_that_is_taken_away_ends_the_sign_ins(world: World, lan: Surfer) -> None:
    await world.account(RECEIVER)
    await lan.sign_in()
    await world.officials.administration.change("lan", "Người lan", "H48.1", frozenset({ConsoleRole.EDITOR}), "test")
    await lan.get("/canbo")
    assert lan.path == "/canbo/vao"
