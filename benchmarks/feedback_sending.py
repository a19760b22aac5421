"""``python -m benchmarks.feedback_sending URL JOURNAL FIRST UNTIL STEP EACH``: one worker of the feedback measurement.

Its conversations hand in, are cancelled, and try again until they have a receipt. It imports little: it is killed and
started again often.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.cipher import AesGcmCipher
from bot.keyed_hash import KeyedHash
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.answer_store import AnswerStore
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.intake import Intake
from feedback.log_store import LogStore
from feedback.office import IntakeWay, Office, Policy, Unit
from feedback.ports import Mail, NamedProcedure, Notice
from feedback.receipts import new_receipt
from feedback.record import (
    About,
    Address,
    Book,
    Border,
    Category,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Receipt,
    Sender,
    Submission,
)
from feedback.register_store import RegisterStore
from feedback.steps import Outside, build_steps
from feedback.timekeeping import Clocks
from feedback.working_time.loading import load_working_time
from nlu.learning.masking import mask
from nlu.text import fold

SECRET = "b" * 40
AT_ONCE = 8
"""Connections of one worker: the others wait, as turns do."""
CANCELLED = 0.03
"""Share of attempts whose task is cancelled on its way."""
WITHIN = 0.03
"""Seconds within which."""
DOUBLED = 0.02
"""Share of submissions that are handed in twice at once."""
OFFICE = Office(
    "H48",
    "UBND tỉnh",
    "H48",
    IntakeWay.PUBLISHED_ADDRESS,
    "1/QĐ-UBND",
    units=(Unit("H48.1", "Văn phòng", True),),
    policy=Policy(sent_a_day=0),
)
SLOW = Classification(Border.CONDUCT, Kind.REPORT, About.CONDUCT, Category.OBSTACLE)


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What one sender was told, and how long it took in milliseconds."""

    conversation: int
    place: int
    receipt: str
    number: int
    new: bool
    spent: float
    waited: float
    cancelled: int
    doubled: bool


class _Words:
    def fold(self, text: str) -> str:
        return fold(text)

    def mask(self, text: str) -> str:
        return mask(text)


class _Nothing:
    """Nobody to write to, no mail, no catalogue, no attachments."""

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        return None

    async def release(self, session: AsyncSession, start: str) -> None:
        return None

    async def drop(self, session: AsyncSession, start: str) -> int:
        return 0

    async def send(self, session: AsyncSession, mail: Mail) -> None:
        return None

    def procedure(self, code: str) -> NamedProcedure | None:
        return None

    async def of_record(self, session: AsyncSession, record: int, /) -> Sequence[_File]:
        return ()

    async def adopt(self, session: AsyncSession, draft: str, record: int, /) -> None:
        return None


@dataclass(frozen=True)
class _File:
    id: str


def stores() -> tuple[RegisterStore, LogStore]:
    """Return the register and the log as the assistant seals them."""
    cipher = AesGcmCipher(SECRET)
    return RegisterStore(cipher, KeyedHash("feedback", SECRET), _Words()), LogStore(cipher)


def intake() -> Intake:
    """Return the service that receives, with its clocks."""
    register, log = stores()
    working, nothing = load_working_time(), _Nothing()
    clocks = Clocks(ClockStore(), Timer(working.rules, working.hours(), "H48"))
    outside = Outside(nothing, nothing, _Words(), nothing, nothing, (clocks,))
    return build_steps(register, log, AnswerStore(AesGcmCipher(SECRET)), OFFICE, outside).intake


def submission(conversation: int, place: int) -> Submission:
    """Return what a conversation hands in at a place; the same each time, receipt number included."""
    chance, now = Random(f"{conversation} {place}"), datetime.now(UTC)
    text = f"Lần {place}: bộ phận một cửa hẹn {chance.randrange(10**9)} rồi không trả kết quả, gọi 0901234567 không ai nghe."
    return Submission(
        receipt=new_receipt(lambda letters: chance.choice(letters)),
        book=Book.REGISTER,
        form=Form.WRITTEN,
        channel="web",
        matter=Matter(text, agency="H48.12"),
        suggested=SLOW,
        certain=chance.random() < 0.9,
        sender=Sender("Nguyễn Văn Thử", "Số 1, đường Thử, tỉnh Quảng Ngãi", "+84901234567"),
        consent=Consent("1", now),
        at=now,
        where=Address("web", "default", f"conversation {conversation}"),
    )


def read_journal(path: Path) -> Iterator[Told]:
    """Yield what was told; the last line may be torn by a kill, and then was told to nobody."""
    if path.exists():
        for line in path.read_bytes().split(b"\n")[:-1]:
            yield msgspec.json.decode(line, type=Told)


async def send(url: str, journal: Path, conversations: Sequence[int], each: int) -> None:
    """Hand in what the journal does not say was handed in already."""
    done = {(one.conversation, one.place) for one in read_journal(journal)}
    transactions = UnitOfWork(open_engine(url))
    handle = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        worker = _Worker(transactions, intake(), asyncio.Semaphore(AT_ONCE), handle, Random())
        wanted = [[place for place in range(each) if (one, place) not in done] for one in conversations]
        await asyncio.gather(*map(worker.talk, conversations, wanted))
    finally:
        os.close(handle)
        await transactions.close()


@dataclass
class _Worker:
    transactions: UnitOfWork
    intake: Intake
    turns: asyncio.Semaphore
    journal: int
    chance: Random

    async def talk(self, conversation: int, places: Sequence[int]) -> None:
        for place in places:
            told = await self._until_told(conversation, place)
            os.write(self.journal, msgspec.json.encode(told) + b"\n")

    async def _until_told(self, conversation: int, place: int) -> Told:
        given, cancelled = submission(conversation, place), 0
        while True:
            asked = time.perf_counter()
            double = self.chance.random() < DOUBLED
            taps = [asyncio.ensure_future(self._once(given)) for _ in range(2 if double else 1)]
            if self.chance.random() < CANCELLED:
                await asyncio.sleep(self.chance.random() * WITHIN)
                taps[0].cancel()
            answers = await asyncio.gather(*taps, return_exceptions=True)
            for answer in answers:
                if isinstance(answer, BaseException) and not isinstance(
                    answer, asyncio.CancelledError | SQLAlchemyError
                ):
                    raise answer
            found = [answer for answer in answers if not isinstance(answer, BaseException)]
            if found:
                receipt, spent = found[0]
                waited = (time.perf_counter() - asked) * 1000
                new = any(answer.new for answer, _ in found)
                return Told(conversation, place, receipt.receipt, receipt.number, new, spent, waited, cancelled, double)
            cancelled += 1

    async def _once(self, given: Submission) -> tuple[Receipt, float]:
        async with self.turns:
            started = time.perf_counter()
            async with self.transactions.write() as session:
                receipt = await self.intake.receive(session, given, datetime.now(UTC))
            return receipt, (time.perf_counter() - started) * 1000


def main() -> None:
    """Be a worker."""
    url, journal, *numbers = sys.argv[1:]
    first, until, step, each = map(int, numbers)
    asyncio.run(send(url, Path(journal), range(first, until, step), each))


if __name__ == "__main__":
    main()
