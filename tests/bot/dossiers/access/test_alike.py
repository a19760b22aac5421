"""Hit and miss take the same way: the same statements, the same hashes, an answer at the same beat."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.dossiers.access.desk import Rules
from bot.dossiers.desk import Asker, Proof, Tried
from bot.dossiers.ports import Sighting
from bot.dossiers.store import DossierStore
from bot.unit_of_work import UnitOfWork
from nlu.codes import DossierCode
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
)
from tests.fakes.known_dossiers import KnownDossiers
from tests.fakes.time import FakeTime

CASES = [(KNOWN, "9999"), (UNKNOWN, "5678"), (WITHOUT_CONTACT, "5678")]
"""A wrong fact, an unknown code, a dossier without contact data."""


@contextmanager
def statements(database: UnitOfWork) -> Iterator[list[str]]:
    """What is sent to the database meanwhile, in order, with each transaction's beginning and end."""
    seen: list[str] = []
    engine = database.engine.sync_engine

    def executed(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    def ended(_connection: Any) -> None:
        seen.append("COMMIT")

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", ended)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", ended)


@contextmanager
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Which hashes are made and compared meanwhile."""
    made: list[str] = []
    compare = hmac.compare_digest
    with monkeypatch.context() as patch:
        for name in ("tail_hash", "phone_hash"):
            original = getattr(DossierStore, name)

            def hashed(*args: Any, _name: str = name, _original: Any = original) -> Any:
                made.append(_name)
                return _original(*args)

            patch.setattr(DossierStore, name, hashed)

        def compared(one: Any, other: Any) -> bool:
            made.append("compare")
            return compare(one, other)

        patch.setattr(hmac, "compare_digest", compared)
        yield made


async def prepared(database: UnitOfWork, rules: Rules) -> Counter:
    """A counter with the known dossiers in our own table too, as those of the database source are."""
    counter = Counter(database, rules)
    async with database.write() as session:
        known = [(one, counter.time.clock()) for one in counter.source.records.values()]
        await counter.dossiers.put(session, "database", known)
    return counter


async def way(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, code: str, fact: str, whose: Asker, contact: str = ""
) -> tuple[Tried, list[str], list[str], float]:
    if contact:
        await counter.desk.prove(whose, code, fact)
    began = counter.time.ticks()
    with statements(counter.database) as sent, hashes(monkeypatch) as made:
        if contact:
            tried = await counter.desk.prove_by_contact(whose, contact, own=True)
        else:
            tried = await counter.desk.prove(whose, code, fact)
    return tried, sent, made, round(counter.time.ticks() - began, 6)


async def test_where_a_code_follows_a_hit_too_takes_the_same_way(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = await prepared(database, Rules(NONE, PAGE))
    ways = [await way(counter, monkeypatch, code, fact, asker(code + fact)) for code, fact in [(KNOWN, "5678"), *CASES]]
    for tried, sent, made, took in ways:
        assert (tried.proof, len(tried.page)) == (Proof.CODE_SENT, len(ways[0][0].page))
        assert (sent, made, took) == (ways[0][1], ways[0][2], ways[0][3])
    assert not any("FROM dossier \n" in one or "dossier.phone_tail" in one for one in ways[0][1])
    assert counter.source.asked == []


async def test_where_the_fact_alone_decides_all_misses_take_the_same_way(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = await prepared(database, Rules(ALONE, ""))
    ways = [await way(counter, monkeypatch, code, fact, asker(code + fact)) for code, fact in CASES]
    for tried, sent, made, took in ways:
        assert tried == Tried(Proof.NOT_PROVEN)
        assert (sent, made, took) == (ways[0][1], ways[0][2], ways[0][3])
    assert any("dossier.phone_tail" in one for one in ways[0][1])
    hit, *_, took = await way(counter, monkeypatch, KNOWN, "5678", asker("owner"))
    assert (hit.proof, took) == (Proof.PROVEN, ways[0][3])


async def test_a_contact_that_does_not_agree_takes_the_same_way_whatever_is_missing(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = await prepared(database, Rules(NONE, PAGE))
    cases = [*CASES, (KNOWN, "5678")]
    numbers = [PHONE, PHONE, PHONE, "0987654321"]
    ways = [
        await way(counter, monkeypatch, code, fact, asker(code + fact, "telegram"), number)
        for (code, fact), number in zip(cases, numbers, strict=True)
    ]
    for tried, sent, made, took in ways:
        assert tried == Tried(Proof.NOT_PROVEN)
        assert (sent, made, took) == (ways[0][1], ways[0][2], ways[0][3])


async def test_a_page_takes_codes_the_same_way_whether_one_was_sent_or_not(database: UnitOfWork) -> None:
    counter = await prepared(database, Rules(NONE, PAGE))
    pages = [
        (await counter.desk.prove(asker(code + fact), code, fact)).page for code, fact in [(KNOWN, "5678"), *CASES]
    ]
    await counter.post.round()
    assert len(counter.sender.sent) == 1
    wrong = "000000" if counter.sender.sent[0][1] != "000000" else "111111"
    seen = []
    for page in pages:
        with statements(database) as sent:
            typed = [await counter.type(page, wrong) for _ in range(6)]
        seen.append((typed, sent))
    assert all(one == seen[0] for one in seen)


class SlowDossiers(KnownDossiers):
    """Takes its time, another one for each code."""

    def __init__(self, time: FakeTime, seconds: dict[str, float]) -> None:
        super().__init__()
        self._time, self._seconds = time, seconds

    async def find(self, code: DossierCode) -> Sighting:
        await self._time.sleep(self._seconds[code.text])
        return await super().find(code)


async def test_answers_that_are_slow_to_find_leave_at_a_beat_all_the_same(database: UnitOfWork) -> None:
    time = FakeTime()
    source = SlowDossiers(time, {KNOWN: 0.05, UNKNOWN: 0.25, WITHOUT_CONTACT: 0.4})
    counter = Counter(database, Rules(ALONE, ""), time=time, source=source)
    took = []
    for code in (KNOWN, UNKNOWN, WITHOUT_CONTACT):
        began = time.ticks()
        await counter.desk.prove(asker(code), code, "9999")
        took.append(round(time.ticks() - began, 6))
    assert took == [0.3, 0.3, 0.6]
