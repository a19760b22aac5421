"""Officials are told of what happens to their accounts: at the next sign-in, and by a letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.console.accounts.administration import AccountError
from bot.console.accounts.letter_store import Letter, LetterStore
from bot.console.accounts.mailing import MailingOfficials
from bot.console.accounts.one_time_codes import recovery_hash
from bot.console.accounts.tables import EMAIL_LENGTH
from bot.console.accounts.telling import letter
from bot.console.audit.entry import What
from bot.console.roles import ConsoleRole
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import ChannelOffError
from bot.delivery.tables import CONVERSATION
from tests.bot.console.accounts.house import GOOD, START, Surfer, World, surfer

BANNER = "Có thay đổi với tài khoản của bạn"
NEW = "sáng nay trời đầy mây"
MAIL = "lan@example.vn"


async def signs_in_again(world: World, lan: Surfer) -> None:
    world.later(minutes=1)
    await lan.get("/canbo")
    await lan.post("/canbo/ra")
    await lan.sign_in()


async def letters(world: World) -> list[Letter]:
    async with world.transactions.read() as session:
        return list(await world.officials.kept.telling.letters.waiting(session, 100))


async def test_what_others_change_is_shown_at_the_next_sign_in_on_every_page_until_it_is_confirmed(
    world: World, lan: Surfer
) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await lan.sign_in()
    assert BANNER not in lan.text
    world.later(minutes=1)
    await world.officials.administration.change(
        "lan", "Người lan", "H48.1", frozenset({ConsoleRole.RECEIVER, ConsoleRole.EDITOR}), "chu"
    )
    await signs_in_again(world, lan)
    assert BANNER in lan.text
    assert BANNER in await lan.get("/canbo/ghi")
    await lan.get("/canbo/toi")
    assert "Tiếp nhận → Tiếp nhận, Biên tập thủ tục" in lan.text
    assert "1 thay đổi" in lan.text
    await lan.post("/canbo/toi/da-xem")
    assert "bạn biết các thay đổi này" in lan.text
    assert BANNER not in await lan.get("/canbo")
    await signs_in_again(world, lan)
    assert BANNER not in lan.text
    await lan.get("/canbo/toi")
    await lan.post("/canbo/toi/da-xem")
    assert "Không có thay đổi nào" in lan.text
    assert (await world.log()).count(("lan", "confirmed", "lan")) == 1


async def test_what_somebody_does_themselves_waits_for_another_sign_in_to_be_confirmed(
    world: World, lan: Surfer
) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await world.officials.administration.totp_reset("lan", "chu")
    world.later(minutes=1)
    await lan.sign_in()
    await lan.get("/canbo/toi")
    world.later(minutes=1)
    await lan.post("/canbo/toi/mat-khau", password=GOOD, password_new=NEW, password_again=NEW)
    assert "1 thay đổi" in await lan.get("/canbo/toi")
    await lan.post("/canbo/toi/da-xem")
    assert BANNER not in await lan.get("/canbo")
    world.later(minutes=1)
    await lan.post("/canbo/ra")
    await lan.sign_in(password=NEW)
    assert BANNER in lan.text
    assert "<td>Đổi mật khẩu</td><td>chính bạn</td>" in await lan.get("/canbo/toi")
    assert "1 thay đổi" in lan.text


async def test_a_sign_in_with_a_browser_that_is_not_known_is_told_and_the_first_one_and_known_ones_are_not(
    world: World, lan: Surfer
) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await lan.sign_in()
    await signs_in_again(world, lan)
    assert BANNER not in lan.text
    world.later(minutes=1)
    stranger = await surfer(world.app(), "198.51.100.9")
    await stranger.sign_in()
    assert BANNER not in stranger.text
    await stranger.get("/canbo")
    await stranger.post("/canbo/toi/da-xem")
    await stranger.client.close()
    await signs_in_again(world, lan)
    assert BANNER in lan.text
    await lan.get("/canbo/toi")
    assert "<td>Đăng nhập từ trình duyệt chưa từng dùng</td><td>chính bạn</td><td>198.51.100.0/24" in lan.text


async def test_the_account_is_written_before_the_log_or_its_owner_and_an_administrator_wait_for_each_other(
    world: World, lan: Surfer
) -> None:
    await world.account(ConsoleRole.RECEIVER)
    steps, kept, code = world.officials.steps, world.officials.kept, "ABCDE-FGHIJ"
    async with world.transactions.write() as session:
        await kept.accounts.seen(session, "lan", world.now)
    transactions, tables = [""], {"official_account": "a", "console_log_head": "h"}

    def note(_: object, __: object, statement: str, *___: object) -> None:
        verb, table, *_ = statement.split()
        transactions[-1] += tables.get(table, "") if verb == "UPDATE" else ""

    engine = world.transactions.engine.sync_engine
    event.listen(engine, "begin", lambda _: transactions.append(""))
    event.listen(engine, "before_cursor_execute", note)
    await lan.sign_in()
    await world.totp()
    async with world.transactions.write() as session:
        await kept.accounts.set_codes(session, "lan", [recovery_hash(steps.recovery, "lan", code)])
    await signs_in_again(world, lan)
    await lan.post("/canbo/vao/ma", totp=code)
    assert {("lan", "recovery", "lan"), ("lan", "new_place", "lan")} <= set(await world.log())
    both = [one for one in transactions if set(one) == {"a", "h"}]
    assert len(both) == 2
    assert [one[0] for one in both] == ["a", "a"]


async def test_a_letter_goes_where_there_is_an_address_and_to_the_former_one_when_it_changes(world: World) -> None:
    await world.account(ConsoleRole.RECEIVER)
    administration = world.officials.administration
    await administration.totp_reset("lan", "chu")
    assert await letters(world) == []
    await administration.set_email("lan", MAIL, "chu")
    await administration.set_email("lan", MAIL, "chu")
    await administration.disable("lan", "chu", "nghỉ việc, vì kỷ luật")
    await administration.end("lan", "chu")
    await administration.set_email("lan", "khac@example.vn", "máy: root")
    found = await letters(world)
    assert sorted((one.to, one.words.splitlines()[0]) for one in found) == [
        ("khac@example.vn", "Tài khoản cán bộ lan: đổi địa chỉ thư báo"),
        (MAIL, "Tài khoản cán bộ lan: khóa tài khoản"),
        (MAIL, "Tài khoản cán bộ lan: đổi địa chỉ thư báo"),
        (MAIL, "Tài khoản cán bộ lan: đổi địa chỉ thư báo"),
    ]
    assert "kỷ luật" not in "".join(one.words for one in found)
    for address in ("lan@", "l" * EMAIL_LENGTH + "@example.vn"):
        with pytest.raises(AccountError):
            await administration.set_email("lan", address, "chu")


def test_every_address_that_is_taken_has_room_in_the_outbox() -> None:
    assert CONVERSATION.length == EMAIL_LENGTH


def test_a_letter_says_what_when_and_who_and_leads_nowhere() -> None:
    said = letter("lan", "lan", What.NEW_PLACE, "198.51.100.0/24, Chrome, Windows", START)
    assert said.splitlines()[0] == "Tài khoản cán bộ lan: đăng nhập từ trình duyệt chưa từng dùng"
    assert "(198.51.100.0/24, Chrome, Windows). Lúc 09:00 ngày 26/11/2026, do chính tài khoản này thực hiện." in said
    assert "http" not in said


async def test_letters_are_handed_on_once_and_one_that_cannot_leave_keeps_none_back(world: World) -> None:
    await world.account(ConsoleRole.RECEIVER)
    for address in (MAIL, "xa@example.vn"):
        await world.officials.administration.set_email("lan", address, "chu")
        world.later(minutes=1)
    said = list[tuple[Ref, str]]()

    async def notify(session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        if ref.conversation == MAIL:
            raise ChannelOffError("mail")
        said.append((ref, key.partition(":")[0]))
        return True

    mailing = MailingOfficials(world.transactions, world.officials.kept.telling.letters, notify)
    assert [await mailing.once(), await mailing.once()] == [3, 0]
    assert said == [(Ref("mail", "default", "xa@example.vn"), "account")]


async def test_a_letter_that_cannot_be_opened_keeps_none_back(world: World) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await world.officials.administration.set_email("lan", MAIL, "chu")
    async with world.transactions.write() as session:
        await LetterStore(AesGcmCipher("x" * 40)).add(session, MAIL, "mất khóa", START - timedelta(hours=1))
    assert [one.words.partition(":")[0] for one in await letters(world)] == ["Tài khoản cán bộ lan"]


async def test_letters_that_nobody_takes_out_are_forgotten(world: World) -> None:
    await world.account(ConsoleRole.RECEIVER)
    await world.officials.administration.set_email("lan", MAIL, "chu")
    for days in (2, 4):
        assert len(await letters(world)) == 1
        async with world.transactions.write() as session:
            late = START + timedelta(days=days)
            await world.officials.forget(session, late, timedelta(days=30), timedelta(days=730))
    assert await letters(world) == []


async def test_an_administrator_sets_the_address_with_their_password(world: World, lan: Surfer) -> None:
    await world.account(ConsoleRole.ADMINISTRATOR)
    await lan.sign_in()
    await lan.get("/canbo/tai-khoan/lan")
    await lan.post("/canbo/tai-khoan/lan/thu", email=MAIL, password="sai")
    assert lan.status == 403
    assert f'value="{MAIL}"' in lan.text
    await lan.post("/canbo/tai-khoan/lan/thu", email="lan", password=GOOD)
    assert "không phải là địa chỉ" in lan.text
    await lan.post("/canbo/tai-khoan/lan/thu", email=MAIL, password=GOOD)
    assert "Đã lưu địa chỉ" in lan.text
    assert MAIL in await lan.get("/canbo/toi")
