"""How often a question was met in which month, as long as the question is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.unit_of_work import UnitOfWork
from nlu.learning.month_store import MonthStore, month_of
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import WAITING, ReviewStore
from tests.factories import NOW


def sighting(text: str, counted: bool = True) -> Sighting:
    """An entry for the list."""
    return Sighting(text, Reason.DECLINED, candidates=(Kept("1.001193", 0.4),), counted=counted)


def test_a_month_begins_at_midnight_in_vietnam() -> None:
    assert month_of(datetime(2026, 10, 31, 17, 0, tzinfo=UTC)) == "2026-11"


async def test_questions_are_counted_in_their_months_and_go_with_their_question(database: UnitOfWork) -> None:
    month = timedelta(days=31)
    async with database.write() as session:
        noted = [
            (sighting("làm giấy cho bé"), NOW),
            (sighting("Làm giấy cho bé?"), NOW),
            (sighting("khác"), NOW - month),
        ]
        await ReviewStore(session).note_all(noted)
        await ReviewStore(session).note_all([(sighting("khác", counted=False), NOW)])
    async with database.read() as session:
        store = MonthStore(session)
        assert await store.totals() == {"2026-11": 2, "2026-10": 1}
        (met,) = await store.met("2026-11")
        questions = {one.text: one.id for one in await ReviewStore(session).find(WAITING)}
    assert (met.count, met.text, met.code, met.decided) == (2, "làm giấy cho bé", "1.001193", False)
    async with database.write() as session:
        await ReviewStore(session).delete(questions["khác"])
        assert await MonthStore(session).totals() == {"2026-11": 2}
