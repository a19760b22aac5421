"""The own page: password, second factor, sign-ins."""

from __future__ import annotations

import re

import pytest

from bot.console.roles import ConsoleRole
from tests.bot.console.accounts.house import GOOD, Surfer, World, surfer

NEW = "sáng nay trời đầy mây"


@pytest.fixture
async def signed(world: World, lan: Surfer) -> Surfer:
    await world.account(ConsoleRole.RECEIVER)
    await lan.sign_in()
    return lan


async def test_another_password_ends_all_other_sign_ins_and_renews_the_own(world: World, signed: Surfer) -> None:
    other = await surfer(world.app(), "198.51.100.9")
    await other.sign_in()
    before = signed.cookies()["motcua_canbo"]
    await signed.get("/canbo/toi")
    await signed.post("/canbo/toi/mat-khau", password=GOOD, password_new=NEW, password_again=NEW)
    assert "Đã đổi mật khẩu" in signed.text
    assert signed.cookies()["motcua_canbo"] != before
    await other.get("/canbo")
    assert other.path == "/canbo/vao"
    await other.sign_in(password=NEW)
    assert other.path == "/canbo"
    await other.client.close()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ((GOOD + "x", NEW, NEW), "không đúng"),
        ((GOOD, NEW, NEW + "x"), "không giống nhau"),
        ((GOOD, "vietnam123456", "vietnam123456"), "dễ bị đoán"),
        ((GOOD, GOOD, GOOD), "mật khẩu cũ"),
        ((GOOD, "UBND xã Mẫu H48!", "UBND xã Mẫu H48!"), "tên cơ quan"),
    ],
)
async def test_a_password_is_not_changed_by_somebody_else_or_to_a_weak_one(
    world: World, signed: Surfer, fields: tuple[str, str, str], words: str
) -> None:
    await signed.get("/canbo/toi")
    names = ("password", "password_new", "password_again")
    await signed.post("/canbo/toi/mat-khau", **dict(zip(names, fields, strict=True)))
    assert words in signed.text
    assert signed.status in (403, 422)


async def test_the_own_password_cannot_be_guessed_through_the_page(world: World, signed: Surfer) -> None:
    await signed.get("/canbo/toi")
    for _ in range(6):
        await signed.get("/canbo/toi")
        await signed.post("/canbo/toi/mat-khau", password="sai", password_new=NEW, password_again=NEW)
    assert signed.status == 429


async def test_a_second_factor_is_set_up_with_the_password_and_recovery_codes_open_once(
    world: World, signed: Surfer
) -> None:
    await signed.get("/canbo/toi/xac-thuc")
    found = re.search(r'id="khoa">([A-Z2-7 ]+)<', signed.text)
    assert found
    code = world.code(found[1].replace(" ", ""))
    await signed.post("/canbo/toi/xac-thuc", totp=code, password="sai")
    assert signed.status == 403
    await signed.get("/canbo/toi/xac-thuc")
    assert found[1] in signed.text
    await signed.post("/canbo/toi/xac-thuc", totp=code, password=GOOD)
    codes = re.findall(r"<code>(\S+)</code>", signed.text)
    await signed.get("/canbo")
    await signed.post("/canbo/ra")
    await signed.sign_in()
    await signed.post("/canbo/vao/ma", totp=codes[3].lower().replace("-", " "))
    assert signed.path == "/canbo"
    await signed.get("/canbo/toi")
    assert "Còn 9 mã dự phòng" in signed.text
    await signed.post("/canbo/ra")
    await signed.sign_in()
    await signed.post("/canbo/vao/ma", totp=codes[3])
    assert signed.status == 403
    assert "recovery" in [what for _, what, _ in await world.log()]


async def test_tries_that_failed_and_what_others_changed_are_shown_to_the_owner(world: World, signed: Surfer) -> None:
    other = await surfer(world.app(), "198.51.100.9")
    await other.sign_in(password="sai")
    await other.client.close()
    await world.officials.administration.link("lan", "079", "chu")
    await signed.sign_in()
    await signed.get("/canbo/toi")
    assert "Đăng nhập không thành" in signed.text
    assert "198.51.100.0/24, Chrome, Windows" in signed.text
    assert "Nối với đăng nhập chung" in signed.text


async def test_new_recovery_codes_replace_the_old(world: World, signed: Surfer) -> None:
    await world.totp()
    await signed.get("/canbo/toi")
    await signed.post("/canbo/toi/ma-du-phong", password=GOOD)
    first = re.findall(r"<code>(\S+)</code>", signed.text)
    await signed.post("/canbo/toi/ma-du-phong", password=GOOD)
    assert len(first) == 10
    assert not set(first) & set(re.findall(r"<code>(\S+)</code>", signed.text))


async def test_own_sign_ins_are_listed_and_ended_and_nobody_elses(world: World, signed: Surfer) -> None:
    await world.account(ConsoleRole.RECEIVER, account="binh")
    other, stranger = await surfer(world.app(), "198.51.100.9"), await surfer(world.app(), "192.0.2.1")
    await other.sign_in()
    await stranger.sign_in("binh")
    await signed.get("/canbo/toi")
    assert "198.51.100.0/24" in signed.text
    assert "Chrome, Windows" in signed.text
    assert "192.0.2" not in signed.text
    await stranger.get("/canbo/toi")
    theirs = re.search(r'name="session" value="(\w+)"', signed.text)
    assert theirs
    await stranger.post("/canbo/toi/phien", session=theirs[1])
    await other.get("/canbo")
    assert other.path == "/canbo"
    await signed.post("/canbo/toi/phien", session=theirs[1])
    await other.get("/canbo")
    assert other.path == "/canbo/vao"
    await stranger.get("/canbo")
    assert stranger.path == "/canbo"
    for one in (other, stranger):
        await one.client.close()
