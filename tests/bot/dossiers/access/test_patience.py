"""How often facts may be tried: nobody slips through, and no stranger shuts the owner out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.dossiers.access.desk import Rules
from bot.dossiers.access.limits import CODE, PERSON, Amounts
from bot.dossiers.desk import Proof
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import ALONE, KNOWN, NONE, PAGE, UNKNOWN, Counter, asker

RIGHT = "5678"


@pytest.fixture
def alone(database: UnitOfWork) -> Counter:
    return Counter(database, Rules(ALONE, ""))


async def tries(counter: Counter, number: int, code: str = KNOWN, **whose: str) -> list[Proof]:
    return [(await counter.desk.prove(asker(**whose), code, f"{9000 + n}")).proof for n in range(number)]


@pytest.mark.parametrize("code", [KNOWN, UNKNOWN])
async def test_one_person_has_three_tries_and_then_ever_longer_waits(alone: Counter, code: str) -> None:
    assert await tries(alone, 4, code) == [Proof.NOT_PROVEN] * 3 + [Proof.WAIT]
    waits = []
    for _ in range(3):
        tried = await alone.desk.prove(asker(), code, RIGHT + "0")
        assert tried.until is not None
        waits.append(tried.until - alone.time.clock())
        alone.time.pass_to(tried.until)
        await tries(alone, 1, code)
    assert waits[0] < waits[1] < waits[2]


async def test_what_must_wait_is_not_looked_at_even_if_it_is_right(alone: Counter) -> None:
    await tries(alone, 3)
    assert (await alone.desk.prove(asker(), KNOWN, RIGHT)).proof is Proof.WAIT
    assert len(alone.source.asked) == 3


async def test_tries_side_by_side_are_counted_one_after_the_other(alone: Counter) -> None:
    proofs = await asyncio.gather(*(alone.desk.prove(asker(), KNOWN, f"{9000 + n}") for n in range(12)))
    assert sum(one.proof is Proof.NOT_PROVEN for one in proofs) == PERSON.free


async def test_many_conversations_on_one_dossier_are_one_stranger(alone: Counter) -> None:
    proofs = await asyncio.gather(
        *(alone.desk.prove(asker(str(n), source=str(n)), KNOWN, f"{9000 + n}") for n in range(20))
    )
    assert sum(one.proof is Proof.NOT_PROVEN for one in proofs) == CODE.free


async def test_many_dossiers_from_one_network_are_one_stranger(alone: Counter) -> None:
    codes = [f"H48.30.02-261117-{n:04}" for n in range(40)]
    proofs = [(await alone.desk.prove(asker(code, source="cafe"), code, "9999")).proof for code in codes]
    assert proofs.count(Proof.NOT_PROVEN) == 20


async def test_a_crowd_of_networks_shares_what_the_web_may_guess_in_an_hour(database: UnitOfWork) -> None:
    counter = Counter(database, Rules(ALONE, ""), Amounts(open_guesses_an_hour=3))
    codes = [f"H48.30.02-261117-{n:04}" for n in range(5)]
    proofs = [(await counter.desk.prove(asker(code, source=code), code, "9999")).proof for code in codes]
    assert proofs == [Proof.NOT_PROVEN] * 3 + [Proof.WAIT] * 2


async def test_a_stranger_on_the_web_does_not_slow_down_the_owner_on_telegram(alone: Counter) -> None:
    for n in range(10):
        await tries(alone, 1, conversation=str(n))
    assert (await alone.desk.prove(asker("owner", "telegram"), KNOWN, RIGHT)).proof is Proof.PROVEN


async def test_while_guessing_is_slowed_down_the_owner_may_prove_by_a_code(database: UnitOfWork) -> None:
    counter = Counter(database, Rules(ALONE, PAGE))
    for n in range(10):
        await tries(counter, 1, conversation=str(n))
    tried = await counter.desk.prove(asker("owner"), KNOWN, RIGHT)
    assert tried.proof is Proof.CODE_SENT
    await counter.post.round()
    await counter.type(tried.page, counter.sender.sent[0][1])
    assert (await counter.desk.look(asker("owner"), KNOWN)).shown is not None


async def test_nobody_waits_longer_than_an_hour_for_what_strangers_did(alone: Counter) -> None:
    for n in range(60):
        await tries(alone, 1, conversation=str(n))
        alone.time.pass_to(alone.time.clock() + timedelta(hours=1))
    for n in range(6):
        await tries(alone, 1, conversation=f"x{n}")
    tried = await alone.desk.prove(asker("owner"), KNOWN, RIGHT)
    assert tried.until is None or tried.until - alone.time.clock() <= timedelta(hours=1)


async def test_where_a_code_must_follow_no_number_of_strangers_shuts_the_owner_out(database: UnitOfWork) -> None:
    counter = Counter(database, Rules(NONE, PAGE))
    for n in range(25):
        await tries(counter, 1, conversation=str(n))
    assert (await counter.desk.prove(asker("owner"), KNOWN, RIGHT)).proof is Proof.CODE_SENT


async def test_what_proved_to_be_the_owners_is_given_back(alone: Counter) -> None:
    for n in range(12):
        whose = asker("a" if n < 6 else "b", source="home")
        assert (await alone.desk.prove(whose, KNOWN, RIGHT)).proof is Proof.PROVEN


async def test_proving_ones_own_dossier_does_not_pay_for_guessing_at_others(alone: Counter) -> None:
    guessed = 0
    for n in range(10):
        await alone.desk.prove(asker(), KNOWN, RIGHT)
        tried = await alone.desk.prove(asker(), UNKNOWN, f"{9000 + n}")
        guessed += tried.proof is Proof.NOT_PROVEN
    assert guessed == PERSON.free
