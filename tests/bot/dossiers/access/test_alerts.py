"""Operators hear of codes and facts being tried out, and learn of nobody who it is."""

from __future__ import annotations

import argparse
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands.dossiers_alerts import list_alerts
from bot.dossiers.access.alert_store import AlertKind, Whose
from bot.dossiers.access.desk import Rules
from bot.dossiers.access.limits import Amounts
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.access.desks import KNOWN, NONE, PAGE, Counter, asker

FEW = Amounts(person_unknown=3, source_unknown=4, unit_unknown=6, person_series=5, source_series=7, code_tries=3)


@pytest.fixture
def counter(database: UnitOfWork) -> Counter:
    return Counter(database, Rules(NONE, PAGE), FEW)


def code(number: int) -> str:
    return f"H48.30.02-261118-{number:04}"


async def kinds(counter: Counter) -> set[tuple[AlertKind, Whose]]:
    return {(one.kind, one.whose) for one in await counter.alarms()}


async def test_a_few_codes_raise_no_alert(counter: Counter) -> None:
    for n in range(2):
        await counter.desk.look(asker(source="home"), code(n))
    for _ in range(9):
        await counter.desk.look(asker(source="home"), KNOWN)
    assert await counter.alarms() == []


async def test_one_person_with_many_unknown_codes(counter: Counter) -> None:
    for n in range(4):
        await counter.desk.look(asker(), f"H48.30.02-26111{n}-0007")
    [told] = await counter.alarms()
    assert (told.kind, told.whose, told.amount, told.unit) == (AlertKind.UNKNOWN, Whose.PERSON, 4, "H48.30.02")


async def test_one_network_with_new_conversations_each_time(counter: Counter) -> None:
    for n in range(5):
        await counter.desk.look(asker(str(n), source="cafe"), f"H48.30.0{n}-261118-0007")
    assert await kinds(counter) == {(AlertKind.UNKNOWN, Whose.SOURCE)}


async def test_one_agencys_codes_from_everywhere(counter: Counter) -> None:
    for n in range(6):
        await counter.desk.look(asker(str(n), source=str(n)), f"H48.30.02-26111{n}-0007")
    assert await kinds(counter) == {(AlertKind.UNKNOWN, Whose.UNIT)}


async def test_codes_counted_on_from_one_to_the_next_even_if_they_are_known(counter: Counter) -> None:
    counter.source.records |= {code(n): counter.source.records[KNOWN] for n in range(9)}
    for n in range(5):
        await counter.desk.look(asker(), code(n))
    assert await kinds(counter) == {(AlertKind.SERIES, Whose.PERSON)}


async def test_facts_tried_on_one_dossier_by_many(counter: Counter) -> None:
    for n in range(3):
        await counter.desk.prove(asker(str(n)), KNOWN, "9999")
    assert await kinds(counter) == {(AlertKind.FACTS, Whose.DOSSIER)}


async def test_one_line_a_day_says_how_many_and_the_log_names_nobody(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for n in range(10):
            await counter.desk.look(asker("visible", source="addr"), f"H48.30.02-26111{n}-0007")
    assert 0 < len(caplog.records) <= 3
    for secret in ("visible", "addr", "0007"):
        assert secret not in caplog.text
    persons = [one for one in await counter.alarms() if one.whose is Whose.PERSON]
    assert [one.amount for one in persons] == [10]


async def test_the_command_lists_them(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(3):
        await counter.desk.look(asker("visible"), f"H48.30.02-26111{n}-0007")
    at: Any = SimpleNamespace(transactions=counter.database)
    assert await list_alerts(argparse.Namespace(limit=10), at) == 0
    shown = capsys.readouterr().out
    assert "unknown codes" in shown
    assert "H48.30.02" in shown
    assert "visible" not in shown
