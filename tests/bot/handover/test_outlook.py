"""How long people wait, as far as it can be told."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.contract import Ref
from bot.handover.outlook import OpenRequests, usual_wait
from bot.handover.store import HandOverStore
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.messages import NOW

HOURS = load_working_time().hours()
MINUTE = timedelta(minutes=1)


def test_a_wait_is_told_only_when_enough_people_waited_and_nights_do_not_count() -> None:
    friday_evening = NOW.replace(day=20, hour=9, minute=50)
    monday_morning = NOW.replace(day=23, hour=0, minute=42)
    waits = [(friday_evening, monday_morning)] * 4
    assert usual_wait(waits, HOURS) is None
    worked = HOURS.between(friday_evening, monday_morning) / MINUTE
    assert 0 < worked < 60
    told = usual_wait([*waits, waits[0]], HOURS)
    assert told is not None
    assert worked <= told < worked + 5


async def test_the_wait_is_counted_from_asking_to_the_first_taking(database: UnitOfWork) -> None:
    look = OpenRequests(database, HandOverStore(), HOURS)
    monday = NOW.replace(day=23, hour=2)
    async with database.write() as session:
        for person in range(5):
            where = Ref("web", "default", f"p{person}")
            number = await HandOverStore().ask(session, where, "", monday)
            assert number is not None
            assert await HandOverStore().take(session, number, "lan", monday + 12 * MINUTE)
            assert await HandOverStore().let_go(session, number, "lan")
            assert await HandOverStore().take(session, number, "lan", monday + 60 * MINUTE)
    assert (await look.outlook(monday + 60 * MINUTE)).minutes == 15
    assert (await look.outlook(monday + timedelta(days=40))).minutes is None
