"""A confirmed slip leaves once, its person is told once, and a crash between any two steps changes nothing of that."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.channels.mail.channel import MailChannel
from bot.channels.mail.server import read_mail_server
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.dead_letter_store import count_undecided, list_undecided, send_again
from bot.delivery.engine import Engine
from bot.delivery.tables import OutboxState, outbox
from bot.postal.posting import Posting
from bot.postal.request import RequestState
from bot.postal.request_records import Consent
from bot.postal.request_store import RequestStore
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import engine_on
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW, ref
from tests.bot.postal.slips import slip

STORE = RequestStore(AesGcmCipher("k" * 40))
ID = "BC-7KQM-2XWP"
MINUTE = timedelta(minutes=1)


async def nothing(_: str) -> None:
    """Enclose no file."""


MAIL: Any = MailChannel(read_mail_server("smtp://127.0.0.1:9"), "post@example.vn", lambda: NOW, nothing)


class Crash(RuntimeError):
    """The process ended."""


@dataclass
class Dying:
    """A database whose process ends around one of its writes: before its commit, or just after it."""

    inner: UnitOfWork
    at: int
    after: bool
    written: int = 0

    def read(self) -> contextlib.AbstractAsyncContextManager[AsyncSession]:
        return self.inner.read()

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        self.written += 1
        dies = self.written == self.at
        async with self.inner.write() as session:
            yield session
            if dies and not self.after:
                raise Crash
        if dies:
            raise Crash


@dataclass
class Post:
    """Everything around the work."""

    database: UnitOfWork
    mail: bool = True
    said: list[tuple[Ref, Reply]] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        return engine_on(self.database, platform=MAIL if self.mail else None)

    def posting(self, transactions: UnitOfWork | Dying | None = None) -> Posting:
        engine = self.engine

        async def notify(session: AsyncSession, to: Ref, reply: Reply, key: str) -> bool:
            self.said.append((to, reply))
            return await engine.notify(session, to, reply, key)

        return Posting(transactions or self.database, STORE, TEXTS, notify, engine.told, lambda: NOW + MINUTE)

    async def confirmed(self) -> None:
        async with self.database.write() as session:
            await STORE.keep(session, ref(), slip(), "vi", Consent("1", NOW))
            assert await STORE.confirm(session, ref(), ID, "buucuc@example.vn", (NOW, NOW + MINUTE))

    async def letters(self, state: OutboxState) -> None:
        """Have the mail server answer."""
        async with self.database.write() as session:
            mine = update(outbox).where(outbox.c.channel == "mail", outbox.c.state == OutboxState.WAITING)
            await session.execute(mine.values(state=state))

    async def rows(self, channel: str) -> list[str]:
        async with self.database.read() as session:
            chosen = select(outbox.c.key).where(outbox.c.channel == channel).order_by(outbox.c.id)
            return [key.split(".")[0] for key in await session.scalars(chosen)]

    async def state(self) -> RequestState:
        async with self.database.read() as session:
            found = await STORE.one(session, ref(), ID)
        assert found is not None
        return found.state


@pytest.fixture
async def post(database: UnitOfWork) -> Post:
    made = Post(database)
    await made.confirmed()
    return made


async def test_the_letter_holds_the_slip_and_its_person_is_told_that_it_left(post: Post) -> None:
    work = post.posting()
    assert await work.once() == 1
    assert await work.once() == 0, "nobody knows yet what became of it"
    (to, letter), *_ = post.said
    assert to == Ref("mail", "default", "buucuc@example.vn")
    for part in (ID, "Nguyễn Văn An", "0905123427", "12 Lê Lợi", "Giấy chứng sinh"):
        assert part in letter.text
    await post.letters(OutboxState.DELIVERED)
    assert await work.once() == 1
    assert await post.state() is RequestState.SENT
    assert "đã gửi đến bưu cục" in post.said[-1][1].text
    assert (await post.rows("mail"), len(await post.rows("web"))) == ([f"n:post:{ID}:1"], 1)


@pytest.mark.parametrize("state", [OutboxState.DEAD, OutboxState.UNREACHABLE])
async def test_a_letter_that_cannot_be_delivered_is_told_and_may_be_tried_again(post: Post, state: OutboxState) -> None:
    await post.posting().once()
    await post.letters(state)
    await post.posting().once()
    assert await post.state() is RequestState.FAILED
    assert "không gửi được" in post.said[-1][1].text
    async with post.database.write() as session:
        assert await STORE.confirm(session, ref(), ID, "buucuc@example.vn", (NOW, NOW))
    await post.posting().once()
    assert await post.rows("mail") == [f"n:post:{ID}:1", f"n:post:{ID}:2"]


@pytest.mark.parametrize("outcome", [OutboxState.DELIVERED, OutboxState.DEAD])
async def test_a_failed_letter_that_an_operator_sends_again_counts_as_sent_once_it_arrives(
    post: Post, outcome: OutboxState
) -> None:
    work = post.posting()
    await work.once()
    await post.letters(OutboxState.DEAD)
    await work.once()
    assert await post.state() is RequestState.FAILED
    assert await work.once() == 0, "nobody sent it again yet"
    async with post.database.write() as session:
        assert len(await send_again(session, None, "mail")) == 1
    await work.once()
    assert await post.state() is RequestState.SENDING
    assert await work.once() == 0, "it is under way"
    async with post.database.read() as session:
        assert not await STORE.waits(session, ID), "it cannot be taken back"
    await post.letters(outcome)
    await work.once()
    arrived = outcome is OutboxState.DELIVERED
    assert await post.state() is (RequestState.SENT if arrived else RequestState.FAILED)
    told = [f"n:post:{ID}:1:failed", *([f"n:post:{ID}:1:sent"] if arrived else [])]
    assert (await post.rows("mail"), await post.rows("web")) == ([f"n:post:{ID}:1"], told)
    assert await work.once() == 0


@pytest.mark.parametrize("confirmed_anew", [False, True])
async def test_a_failed_letter_cannot_be_sent_again_once_its_slip_is_deleted_or_confirmed_anew(
    post: Post, confirmed_anew: bool
) -> None:
    await post.posting().once()
    await post.letters(OutboxState.DEAD)
    await post.posting().once()
    async with post.database.write() as session:
        if confirmed_anew:
            assert await STORE.confirm(session, ref(), ID, "khac@example.vn", (NOW, NOW + timedelta(days=1)))
        else:
            await STORE.drop(session, ref(), ID)
    async with post.database.write() as session:
        assert await send_again(session, None, "mail") == []
        assert await list_undecided(session, OutboxState.UNREACHABLE, None, 0, 9) == []
        assert await count_undecided(session, OutboxState.DEAD, None) == 0
    await post.posting().once()
    assert await post.rows("mail") == [f"n:post:{ID}:1"], "the new letter has not left"


async def test_what_was_taken_back_does_not_leave(post: Post) -> None:
    async with post.database.write() as session:
        assert await STORE.take_back(session, ref(), ID, NOW)
    assert await post.posting().once() == 0
    assert await post.rows("mail") == []


async def test_with_mail_switched_off_its_person_is_told_that_nothing_left(post: Post) -> None:
    post.mail = False
    await post.posting().once()
    await post.posting().once()
    assert await post.state() is RequestState.FAILED
    assert "không gửi được" in post.said[-1][1].text


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("write", [1, 2])
async def test_a_crash_at_any_step_sends_one_letter_and_tells_once(post: Post, write: int, after: bool) -> None:
    dying = Dying(post.database, write, after)
    for _ in range(4):
        with contextlib.suppress(Crash):
            await post.posting(dying).once()
        await post.letters(OutboxState.DELIVERED)
    assert await post.rows("mail") == [f"n:post:{ID}:1"]
    assert await post.rows("web") == [f"n:post:{ID}:1:sent"]
    assert await post.state() is RequestState.SENT
    assert dying.written >= 2
