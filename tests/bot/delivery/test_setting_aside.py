"""What cannot be told is set aside with why; what another process told is not told again; a fault of ours is not hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import ChannelOffError
from bot.delivery.setting_aside import News, hand_on
from tests.fakes.transactions import FakeTransactions


@dataclass
class Waits:
    """One thing that waits, and what became of it."""

    fault: Exception | None = None
    free: bool = True
    said: int = 0
    aside: list[str] = field(default_factory=list)

    async def take(self, session: AsyncSession) -> bool:
        return self.free

    async def say(self, session: AsyncSession) -> None:
        if self.fault:
            raise self.fault
        self.said += 1

    async def set_aside(self, session: AsyncSession, why: str) -> None:
        self.aside.append(why)

    @property
    def news(self) -> News:
        return News("A notice (7)", self.take, self.say, self.set_aside)


@pytest.mark.parametrize(("free", "said"), [(True, 1), (False, 0)])
async def test_it_is_told_only_by_who_took_it(free: bool, said: int) -> None:
    one = Waits(free=free)
    await hand_on(FakeTransactions(), one.news)
    assert (one.said, one.aside) == (said, [])


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (ChannelOffError("The channel mail is switched off."), "The channel mail is switched off."),
        (KeyError("bà Lan"), "KeyError"),
        (ValueError("bà Lan"), "ValueError"),
    ],
)
async def test_what_cannot_be_told_is_set_aside_and_its_words_stay_out_of_the_log(
    fault: Exception, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    one, transactions = Waits(fault), FakeTransactions()
    await hand_on(transactions, one.news)
    assert (one.aside, transactions.rolled_back, transactions.committed) == ([why], 1, 1)
    assert "A notice (7)" in caplog.text
    assert "Lan" not in caplog.text


async def test_any_other_fault_is_raised() -> None:
    one = Waits(RuntimeError("the database is away"))
    with pytest.raises(RuntimeError):
        await hand_on(FakeTransactions(), one.news)
    assert one.aside == []
