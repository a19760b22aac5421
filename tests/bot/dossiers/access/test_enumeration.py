"""Somebody guesses codes, facts, one-time codes and pages by the hundred: nothing beyond level 0 comes out."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.dossiers.access.confirming import Opened
from bot.dossiers.access.desk import Rules
from bot.dossiers.desk import Look, LookOutcome, Proof, Tried
from bot.dossiers.record import Status
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import ALONE, NONE, OWNER, PAGE, Counter, asker, dossier

GUESSES = 60
KNOWN_EVERY = 3
"""Every so many-th number of the day is a real dossier."""


def code(number: int) -> str:
    return f"H48.30.02-261117-{number:04}"


def known_dossiers(counter: Counter) -> None:
    statuses = [Status.NEED_SUPPLEMENT, Status.NEED_PAYMENT, Status.IN_PROGRESS, Status.RECEIVED]
    counter.source.records = {
        code(number): replace(
            dossier(code(number), replace(OWNER, phone=f"0912{number:06}", identity=f"0482{number:08}")),
            status=statuses[number % len(statuses)],
            missing=("Giấy chứng sinh",),
            fee_due=15_000,
            next_step="chờ ký",
            collect_at="quầy số 7",
        )
        for number in range(0, GUESSES, KNOWN_EVERY)
    }


PRIVATE = ("0912", "0482", "Nguyễn", "N***", "chứng sinh", "15000", "chờ ký", "quầy", "khai sinh", "1.001193", "Mẫu")


def says_too_much(answer: Look | Tried | Opened) -> bool:
    """Whether an answer holds anything that is the applicant's to know."""
    return any(secret in repr(answer) for secret in PRIVATE)


@pytest.fixture(params=["code must follow", "fact alone"])
def counter(request: pytest.FixtureRequest, database: UnitOfWork) -> Counter:
    counter = Counter(database, Rules(ALONE if request.param == "fact alone" else NONE, PAGE))
    known_dossiers(counter)
    return counter


async def test_guessing_brings_out_nothing_beyond_level_0(counter: Counter) -> None:
    chance = random.Random(5)
    answers: list[Look | Tried | Opened] = []
    for number in range(GUESSES):
        whose = asker(str(number // 5), "telegram" if number % 2 else "web", source=f"bot {number % 7}")
        look = await counter.desk.look(whose, code(number))
        # A guess is never the right one here: that one hits in five thousand is counted elsewhere.
        tried = await counter.desk.prove(whose, code(number), f"{chance.randrange(1000):03}x")
        contact = await counter.desk.prove_by_contact(whose, f"0987{chance.randrange(10**6):06}", own=True)
        typed = await counter.type(tried.page or PAGE + "guessed", f"{chance.randrange(10**6):06}")
        answers += [look, tried, contact, typed, await counter.desk.look(whose, code(number))]
        assert await counter.desk.seen(whose, code(number)) is None
        if number % 10 == 0:
            await counter.post.round()
    assert not [answer for answer in answers if says_too_much(answer)]
    assert not [answer for answer in answers if isinstance(answer, Look) and answer.shown is not None]
    assert not [answer for answer in answers if isinstance(answer, Tried) and answer.proof is Proof.PROVEN]
    assert counter.sender.sent == []
    assert counter.told.said == {}


async def test_the_answer_to_a_fact_is_the_same_for_every_code(counter: Counter) -> None:
    tried = [
        replace(await counter.desk.prove(asker(str(n)), code(n), f"{n:04}"), page="")
        for n in range(GUESSES)
        if n % KNOWN_EVERY or counter.rules.agencies is NONE
    ]
    assert len(set(tried)) == 1


async def test_the_owner_comes_through_in_the_midst_of_it(counter: Counter) -> None:
    for number in range(30):
        await counter.desk.prove(asker(f"bot {number}", source="bots"), code(0), f"{9000 + number}")
    tried = await counter.desk.prove(asker("owner", source="home"), code(0), "0000")
    if tried.proof is Proof.CODE_SENT:
        while await counter.post.round() or not counter.sender.sent:
            pass
        await counter.type(tried.page, counter.sender.sent[0][1])
    look = await counter.desk.look(asker("owner", source="home"), code(0))
    assert (look.outcome, look.shown is not None) == (LookOutcome.TOLD, True)


async def test_operators_hear_of_it(counter: Counter) -> None:
    for number in range(40):
        await counter.desk.look(asker(str(number // 8), source="bots"), code(number))
    assert {one.kind for one in await counter.alarms()} == {"series", "unknown"}
