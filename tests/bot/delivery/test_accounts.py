"""A refused account is tried by one call at a time."""

from __future__ import annotations

from bot.delivery.accounts import Accounts
from tests.bot.messages import ref


def test_while_refused_one_tries_and_the_others_wait() -> None:
    now = [0.0]
    accounts = Accounts(60, lambda: now[0])
    assert accounts.wait(ref("a")) == 0
    assert accounts.refused(ref("a"))
    assert not accounts.refused(ref("b"))
    assert accounts.wait(ref("b")) == 60
    now[0] = 60.0
    assert accounts.wait(ref("a")) == 0
    assert accounts.wait(ref("b")) == 60
    assert accounts.accepted(ref("a"))
    assert accounts.wait(ref("b")) == 0
    assert not accounts.accepted(ref("a"))
