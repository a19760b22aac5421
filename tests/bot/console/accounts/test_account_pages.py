"""The administrator's pages about accounts."""

from __future__ import annotations

import re

import pytest

from bot.console.roles import ConsoleRole
from tests.bot.console.accounts.house import GOOD, Surfer, World, surfer

PATH = "/canbo/tai-khoan"


@pytest.fixture
async def admin(world: World, lan: Surfer) -> Surfer:
    await world.account(ConsoleRole.ADMINISTRATOR, account="chu")
    await lan.sign_in("chu")
    await lan.get(PATH)
    return lan


async def add(admin: Surfer, **more: str) -> str:
    """Add an account by the form; return its one-time password."""
    fields = {
        "account": "lan",
        "name": "Nguyễn Thị Lan",
        "unit": "H48.1",
        "roles": "receiver",
        "password": GOOD,
        **more,
    }
    await admin.post(PATH, **fields)
    found = re.search(r"<code>(\S+)</code>", admin.text)
    return found[1] if found else ""


async def test_an_account_is_added_with_a_one_time_password_that_signs_in(world: World, admin: Surfer) -> None:
    once = await add(admin)
    other = await surfer(world.app(), "198.51.100.9")
    await other.sign_in(password=once)
    assert other.path == "/canbo/vao/mat-khau"
    await admin.get(PATH)
    assert "Nguyễn Thị Lan" in admin.text
    assert "chưa đặt mật khẩu" in admin.text
    assert once not in admin.text
    assert ("chu", "added", "lan") in await world.log()
    await other.client.close()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"password": "sai"}, "Mật khẩu của bạn không đúng"),
        ({"account": "Lan Nguyễn"}, "Tên tài khoản gồm"),
        ({"account": "system"}, "Tên tài khoản gồm"),
        ({"account": "chu"}, "đã có"),
        ({"roles": "king"}, "ít nhất một vai trò"),
        ({"unit": "H99"}, "Không có đơn vị"),
        ({"name": ""}, "họ tên"),
    ],
)
async def test_what_cannot_be_added_is_said(admin: Surfer, more: dict[str, str], words: str) -> None:
    assert await add(admin, **more) == ""
    assert words in admin.text


NOTHING_LOST = ('value="lan"', 'value="Nguyễn Thị Lan"', 'value="receiver" checked', 'value="H48.1" selected')


async def test_a_form_that_was_sent_again_without_the_password_asks_for_it_and_loses_nothing(
    world: World, admin: Surfer
) -> None:
    assert await add(admin, password="") == ""
    assert admin.status == 403
    assert "không kèm mật khẩu của bạn" in admin.text
    assert [part for part in NOTHING_LOST if part not in admin.text] == []
    assert "failed" not in [what for _, what, _ in await world.log()], "nothing was tried"
    await admin.post(PATH, account="lan", name="Nguyễn Thị Lan", unit="H48.1", roles="receiver", password="sai rồi")
    assert [part for part in NOTHING_LOST if part not in admin.text] == []
    assert "sai rồi" not in admin.text
    assert await add(admin)


async def test_a_form_that_was_sent_twice_says_that_the_account_is_there_and_where(admin: Surfer) -> None:
    assert await add(admin)
    assert await add(admin) == ""
    assert "Tên tài khoản này đã có" in admin.text
    assert f'<a href="{PATH}/lan">Mở tài khoản lan</a>' in admin.text
    assert "cấp lại ở đó" in admin.text
    assert [part for part in NOTHING_LOST if part not in admin.text] == []


async def test_a_wrong_password_loses_no_change_no_reason_and_no_identity(admin: Surfer) -> None:
    await add(admin)
    await admin.post(f"{PATH}/lan", name="Tên mới", unit="", roles="editor", password="")
    assert 'value="Tên mới"' in admin.text
    assert 'value="editor" checked' in admin.text
    await admin.post(f"{PATH}/lan/khoa", why="chuyển công tác", password="sai")
    assert 'value="chuyển công tác"' in admin.text
    await admin.post(f"{PATH}/lan/dinh-danh", subject="sub-17", password="sai")
    assert 'value="sub-17"' in admin.text


async def test_roles_and_unit_change_and_each_change_is_noted(world: World, admin: Surfer) -> None:
    await add(admin)
    await admin.get(f"{PATH}/lan")
    fields = {"name": "Nguyễn Thị Lan", "unit": "", "password": GOOD}
    await admin.post(f"{PATH}/lan", roles=["handler", "editor"], **fields)
    assert "Đã lưu" in admin.text
    assert 'value="handler" checked' in admin.text
    assert [(what, about) for _, what, about in (await world.log())[-2:]] == [("unit", "lan"), ("roles", "lan")]


@pytest.mark.parametrize("roles", ["editor", ()])
async def test_the_last_administrator_stays(admin: Surfer, roles: str | tuple[str, ...]) -> None:
    await admin.get(f"{PATH}/chu")
    await admin.post(f"{PATH}/chu", name="Người chu", unit="H48.1", password=GOOD, roles=roles)
    assert admin.status == 422
    await admin.get(f"{PATH}/chu")
    await admin.post(f"{PATH}/chu/khoa", why="x", password=GOOD)
    assert "quản trị viên cuối cùng" in admin.text


async def test_a_disabled_account_is_out_at_once_and_may_come_back(world: World, admin: Surfer) -> None:
    await world.account(ConsoleRole.EDITOR)
    other = await surfer(world.app(), "198.51.100.9")
    await other.sign_in()
    await admin.get(f"{PATH}/lan")
    assert "198.51.100.0/24" in admin.text
    await admin.post(f"{PATH}/lan/khoa", why="", password=GOOD)
    assert "lý do" in admin.text
    await admin.get(f"{PATH}/lan")
    await admin.post(f"{PATH}/lan/khoa", why="Chuyển công tác", password=GOOD)
    await other.get("/canbo")
    assert other.path == "/canbo/vao"
    await other.sign_in()
    assert other.status == 403
    await admin.post(f"{PATH}/lan/mo", password=GOOD)
    await other.sign_in()
    assert other.path == "/canbo"
    await other.client.close()


async def test_a_lost_telephone_and_a_forgotten_password_are_mended(world: World, admin: Surfer) -> None:
    await world.account(ConsoleRole.EDITOR)
    await world.totp()
    await admin.get(f"{PATH}/lan")
    await admin.post(f"{PATH}/lan/xac-thuc", password=GOOD)
    assert "Đã đặt lại mã xác thực" in admin.text
    await admin.post(f"{PATH}/lan/mat-khau", password=GOOD)
    once = re.search(r"<code>(\S+)</code>", admin.text)
    assert once
    other = await surfer(world.app(), "198.51.100.9")
    await other.sign_in()
    assert other.status == 403
    await other.sign_in(password=once[1])
    assert other.path == "/canbo/vao/mat-khau"
    await other.client.close()


async def test_an_auditor_reads_and_changes_nothing(world: World, lan: Surfer) -> None:
    await world.account(ConsoleRole.AUDITOR)
    await lan.sign_in()
    await lan.get(f"{PATH}/lan")
    assert lan.status == 200
    assert "Khóa tài khoản" not in lan.text
    await lan.post(f"{PATH}/lan/khoa", why="x", password=GOOD)
    assert lan.status == 403
    await lan.get(f"{PATH}/nobody")
    assert lan.status == 404


async def test_two_accounts_are_never_the_same_identity(world: World, admin: Surfer) -> None:
    await world.account(ConsoleRole.EDITOR)
    await admin.get(f"{PATH}/lan")
    await admin.post(f"{PATH}/lan/dinh-danh", subject="079@tinh", password=GOOD)
    assert "Đã lưu danh tính" in admin.text
    await admin.post(f"{PATH}/chu/dinh-danh", subject="079@tinh", password=GOOD)
    assert "đã nối với tài khoản khác" in admin.text
