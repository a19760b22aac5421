"""Proving to be the applicant: by a one-time code, by the channel's own contact, or by the fact alone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.dossiers.access.agencies import BUILT_IN, load_agencies
from bot.dossiers.access.confirming import PageState
from bot.dossiers.access.desk import Rules
from bot.dossiers.access.tables import access, challenge
from bot.dossiers.desk import Proof
from bot.dossiers.disclosure import Level
from bot.dossiers.record import Owner
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import (
    ALONE,
    KNOWN,
    NONE,
    PAGE,
    PHONE,
    UNKNOWN,
    WITHOUT_CONTACT,
    Counter,
    asker,
    dossier,
)

RIGHT = "5678"
"""Last four digits of the telephone on the dossier."""
OF_THE_ID = "1234"
TELEGRAM = asker("t", "telegram")


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database)


@pytest.fixture
def alone(database: UnitOfWork) -> Counter:
    """At an agency where the fact alone is enough, and no codes are sent."""
    return Counter(database, Rules(ALONE, ""))


async def sees(counter: Counter, conversation: str = "a", channel: str = "web") -> bool:
    return (await counter.desk.look(asker(conversation, channel), KNOWN)).shown is not None


@pytest.mark.parametrize("fact", [RIGHT, OF_THE_ID, "đuôi 5678", PHONE])
async def test_a_code_goes_to_the_telephone_and_opens_the_dossier_once_typed(counter: Counter, fact: str) -> None:
    tried = await counter.desk.prove(asker(), KNOWN, fact)
    assert tried.proof is Proof.CODE_SENT
    assert tried.page.startswith(PAGE)
    assert counter.source.asked == []
    assert await counter.post.round() == 1
    [(phone, code)] = counter.sender.sent
    assert phone == "+84912345678"
    assert not await sees(counter)
    assert (await counter.type(tried.page, f"{code[:3]} {code[3:]}")).state is PageState.DONE
    assert await sees(counter)
    assert not await sees(counter, "b")


async def test_the_conversation_is_told_and_what_it_sees_is_masked(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(language="en"), KNOWN, RIGHT)
    await counter.post.round()
    await counter.type(tried.page, counter.sender.sent[0][1])
    [(ref, reply)] = counter.told.said.values()
    assert ref == asker().ref
    assert reply.text == f"en {KNOWN} 08:30"
    look = await counter.desk.look(asker(), KNOWN)
    assert look.shown is not None
    assert look.shown.applicant == "N*** V** M**"


@pytest.mark.parametrize(("code", "fact"), [(KNOWN, "9999"), (KNOWN, "78"), (UNKNOWN, RIGHT), (WITHOUT_CONTACT, RIGHT)])
async def test_what_does_not_agree_gets_the_same_answer_and_no_code(counter: Counter, code: str, fact: str) -> None:
    tried = await counter.desk.prove(asker(), code, fact)
    assert (tried.proof, tried.contact) == (Proof.CODE_SENT, False)
    assert tried.page.startswith(PAGE)
    assert await counter.post.round() == 0
    async with counter.database.read() as session:
        nonce = await session.scalar(select(challenge.c.nonce))
    assert nonce is not None
    # Even who could guess the code that would have been sent gets nothing.
    assert (await counter.type(tried.page, counter.stores.marks.one_time(nonce))).state is PageState.WRONG
    assert not await sees(counter)


async def test_a_code_that_was_not_sent_yet_opens_nothing(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(), KNOWN, RIGHT)
    async with counter.database.read() as session:
        nonce = await session.scalar(select(challenge.c.nonce))
    assert nonce is not None
    assert (await counter.type(tried.page, counter.stores.marks.one_time(nonce))).state is PageState.WRONG


async def test_a_page_bears_five_codes_even_side_by_side(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(), KNOWN, RIGHT)
    await counter.post.round()
    right = counter.sender.sent[0][1]
    wrong = "000000" if right != "000000" else "111111"
    typed = await asyncio.gather(*(counter.type(tried.page, wrong) for _ in range(8)))
    assert sorted(one.state for one in typed) == [PageState.GONE] * 4 + [PageState.WRONG] * 4
    assert (await counter.type(tried.page, right)).state is PageState.GONE


async def test_a_page_works_once_and_not_after_its_time(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(), KNOWN, RIGHT)
    await counter.post.round()
    code = counter.sender.sent[0][1]
    typed = await asyncio.gather(*(counter.type(tried.page, code) for _ in range(3)))
    assert [one.state for one in typed].count(PageState.DONE) == 1
    assert len(counter.told.said) == 1

    again = await counter.desk.prove(asker("b"), KNOWN, RIGHT)
    await counter.post.round()
    counter.time.pass_to(counter.time.clock() + timedelta(minutes=10))
    assert (await counter.type(again.page, counter.sender.sent[1][1])).state is PageState.GONE


async def test_on_the_web_a_page_opens_only_in_the_browser_that_asked(counter: Counter) -> None:
    tried = await counter.desk.prove(asker(browser="mine"), KNOWN, RIGHT)
    await counter.post.round()
    code = counter.sender.sent[0][1]
    assert (await counter.type(tried.page, code, browser="theirs")).state is PageState.ELSEWHERE
    assert (await counter.type(tried.page, code, browser="mine")).state is PageState.DONE


async def test_a_newer_try_takes_the_place_of_an_older_one_and_a_repeated_turn_does_not(counter: Counter) -> None:
    first = await counter.desk.prove(asker(), KNOWN, RIGHT)
    assert (await counter.desk.prove(asker(), KNOWN, RIGHT)).page == first.page
    newer = await counter.desk.prove(asker(), KNOWN, OF_THE_ID)
    assert newer.page != first.page
    assert (await counter.type(first.page, "123456")).state is PageState.GONE
    assert await counter.post.round() == 1


async def test_access_ends_by_itself_and_when_asked_to_be_forgotten(counter: Counter) -> None:
    counter.desk._rules = replace(counter.rules, agencies=ALONE, page_address="")
    await counter.desk.prove(asker(), KNOWN, RIGHT)
    assert await sees(counter)
    await counter.desk.forget(asker("b"))
    assert await sees(counter)
    await counter.desk.forget(asker())
    assert not await sees(counter)

    await counter.desk.prove(asker(), KNOWN, RIGHT)
    assert await sees(counter)
    counter.time.pass_to(counter.time.clock() + timedelta(minutes=30))
    assert not await sees(counter)


async def test_a_contact_of_ones_own_stands_in_for_the_code_on_telegram(counter: Counter) -> None:
    tried = await counter.desk.prove(TELEGRAM, KNOWN, RIGHT)
    assert tried.contact
    assert (await counter.desk.prove_by_contact(TELEGRAM, "84912345678", own=True)).proof is Proof.PROVEN
    assert await sees(counter, "t", "telegram")
    # What was used up sends no code any more.
    assert await counter.post.round() == 0


@pytest.mark.parametrize("phone", ["0912345678", "+84 912 345 678", "84912345678", "0084912345678"])
async def test_a_number_is_the_same_however_it_is_written(counter: Counter, phone: str) -> None:
    await counter.desk.prove(TELEGRAM, KNOWN, RIGHT)
    assert (await counter.desk.prove_by_contact(TELEGRAM, phone, own=True)).proof is Proof.PROVEN


@pytest.mark.parametrize(
    ("code", "fact", "phone", "own"),
    [
        (KNOWN, RIGHT, PHONE, False),
        (KNOWN, RIGHT, "0912345679", True),
        (KNOWN, "9999", PHONE, True),
        (UNKNOWN, RIGHT, PHONE, True),
        (WITHOUT_CONTACT, RIGHT, PHONE, True),
        (WITHOUT_CONTACT, RIGHT, "", True),
    ],
)
async def test_anybody_elses_contact_proves_nothing(
    counter: Counter, code: str, fact: str, phone: str, own: bool
) -> None:
    await counter.desk.prove(TELEGRAM, code, fact)
    assert (await counter.desk.prove_by_contact(TELEGRAM, phone, own)).proof is Proof.NOT_PROVEN
    assert not await sees(counter, "t", "telegram")


async def test_a_contact_counts_only_where_the_platform_vouches_for_it(counter: Counter) -> None:
    zalo = asker("z", "zalo_oa")
    assert not (await counter.desk.prove(zalo, KNOWN, RIGHT)).contact
    assert (await counter.desk.prove_by_contact(zalo, PHONE, own=True)).proof is Proof.NOT_PROVEN


async def test_a_contact_without_a_try_before_it_proves_nothing(counter: Counter) -> None:
    assert (await counter.desk.prove_by_contact(TELEGRAM, PHONE, own=True)).proof is Proof.NOT_PROVEN


async def test_the_fact_alone_is_enough_where_the_agency_decided_so(alone: Counter) -> None:
    assert (await alone.desk.prove(asker(), KNOWN, OF_THE_ID)).proof is Proof.PROVEN
    assert await sees(alone)
    other = Counter(alone.database, Rules(NONE, ""))
    assert (await other.desk.prove(asker("b"), KNOWN, RIGHT)).proof is Proof.NOT_PROVEN


async def test_a_sample_opens_by_the_fact_alone_and_a_real_dossier_with_such_a_code_does_not(
    database: UnitOfWork,
) -> None:
    counter = Counter(database, Rules(load_agencies(BUILT_IN), PAGE))
    sample, real, unknown = (f"H48.30.02-261117-900{n}" for n in (1, 2, 3))
    counter.source.records = {sample: replace(dossier(sample), sample=True), real: dossier(real)}
    assert (await counter.desk.prove(asker("s"), sample, RIGHT)).proof is Proof.PROVEN
    for code, fact in ((sample, "9999"), (real, RIGHT), (real, "9999"), (unknown, RIGHT)):
        tried = await counter.desk.prove(asker(code + fact), code, fact)
        assert (tried.proof, bool(tried.page)) == (Proof.CODE_SENT, True)
    assert await counter.post.round() == 1


async def test_a_source_that_is_down_says_so_whatever_was_typed(alone: Counter) -> None:
    alone.source.down = True
    for code, fact in ((KNOWN, RIGHT), (UNKNOWN, RIGHT), (KNOWN, "9999")):
        assert (await alone.desk.prove(asker(code + fact), code, fact)).proof is Proof.DOWN


async def test_the_owner_sees_when_how_and_how_much_was_looked_at_and_nobody_else_does(alone: Counter) -> None:
    await alone.desk.look(asker("b", "telegram"), KNOWN)
    assert await alone.desk.seen(asker(), KNOWN) is None
    await alone.desk.prove(asker(), KNOWN, RIGHT)
    await alone.desk.look(asker(), KNOWN)
    seen = await alone.desk.seen(asker(), KNOWN)
    assert seen is not None
    assert [(one.channel, one.level) for one in seen] == [("web", Level.APPLICANT), ("telegram", Level.NOBODY)]
    assert await alone.desk.seen(asker("b", "telegram"), KNOWN) is None


async def test_the_tables_hold_neither_code_nor_fact_nor_person(counter: Counter) -> None:
    await counter.desk.prove(asker("visible"), KNOWN, RIGHT)
    await counter.post.round()
    code = counter.sender.sent[0][1]
    async with counter.database.read() as session:
        kept = repr((await session.execute(select(challenge))).one())
        await session.execute(select(access))
    for secret in (KNOWN, RIGHT, "visible", code, "912345678"):
        assert secret not in kept


async def test_a_dossier_kept_by_us_is_proved_by_its_keyed_hashes(database: UnitOfWork) -> None:
    counter = Counter(database, Rules(ALONE, PAGE))
    async with database.write() as session:
        await counter.dossiers.put(session, "database", [(dossier(KNOWN), counter.time.clock())])
    counter.source.records[KNOWN] = dossier(KNOWN, Owner(name="Nguyễn Văn Mẫu"))
    assert (await counter.desk.prove(asker(), KNOWN, RIGHT)).proof is Proof.PROVEN
    counter.desk._rules = replace(counter.rules, agencies=NONE)
    await counter.desk.prove(asker("b"), KNOWN, RIGHT)
    await counter.post.round()
    assert counter.sender.sent[0][0] == "+84912345678"
