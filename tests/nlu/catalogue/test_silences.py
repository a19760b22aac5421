"""What is switched off cannot be told by any way, for any code of its service, and only while it is switched off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of
from nlu.catalogue.live import LiveCatalogue, WholeRecords
from nlu.catalogue.model import Fee, FilingMethod, FilingWay, OnlineLevel, TimeLimit
from nlu.catalogue.silence_store import SilenceStore
from nlu.catalogue.silences import LONGEST_DAYS, Silence, SilenceError, by_service, hushed
from nlu.catalogue.versions import make_draft, publish
from nlu.understanding import Aspect
from tests.factories import NOW, TODAY, procedure

DAY = timedelta(days=1)
RECORD = procedure(applicants=("Công dân",), legal_basis=("60/2014/QH13",), summary="Ghi nhận việc sinh.")


def silence(
    aspect: Aspect | None = None, code: str = "1.001193", days: int = 7, reason: str = "Đang rà soát"
) -> Silence:
    """Something switched off."""
    return Silence(0, code, aspect, reason, TODAY + days * DAY, "lan", NOW)


def test_every_aspect_can_be_taken_out_of_a_record() -> None:
    for aspect in Aspect:
        kept = hushed(RECORD, [silence(aspect)], TODAY)
        assert kept.withholds(aspect.value), aspect
        assert kept.name == RECORD.name


def test_a_fee_that_is_switched_off_is_gone_and_the_time_stays() -> None:
    method = hushed(RECORD, [silence(Aspect.FEE)], TODAY).methods[0]
    assert (method.fee, method.time) == (Fee(), RECORD.methods[0].time)


def test_what_is_known_of_filing_online_stays_while_the_post_is_switched_off() -> None:
    both = tuple(FilingMethod(way=way) for way in (FilingWay.COUNTER, FilingWay.POST))
    record = procedure(methods=both, online=OnlineLevel.FULL)
    kept = hushed(record, [silence(Aspect.POST)], TODAY)
    assert (kept.methods, kept.online) == (both[:1], OnlineLevel.FULL)
    assert hushed(record, [silence(Aspect.HOW_ONLINE)], TODAY).online is None


def test_of_a_procedure_that_is_switched_off_only_name_field_and_source_are_left() -> None:
    kept = hushed(RECORD, [silence()], TODAY)
    assert (kept.name, kept.field, kept.source) == (RECORD.name, RECORD.field, RECORD.source)
    assert (kept.cases, kept.steps, kept.agencies, kept.applicants, kept.legal_basis) == ((), (), (), (), ())
    assert all(one.fee == Fee() and one.time == TimeLimit() for one in kept.methods)
    assert FilingWay.ONLINE not in {one.way for one in kept.methods}
    assert kept.withholds()


def test_it_is_told_again_the_day_after_its_last_one() -> None:
    assert hushed(RECORD, [silence(days=0)], TODAY).withheld
    assert hushed(RECORD, [silence(days=0)], TODAY + DAY) == RECORD


def test_what_is_switched_off_for_one_code_is_so_for_all_codes_of_its_service() -> None:
    found = by_service([silence(code="1.1")], [("1.1", "1.2"), ("1.3",)])
    assert set(found) == {"1.1", "1.2"}
    assert set(by_service([silence(code="1.9")], [("1.1",)])) == {"1.9"}


@pytest.mark.parametrize(
    "wrong", [silence(reason=" "), silence(days=-1), silence(days=LONGEST_DAYS + 1)], ids=["no reason", "past", "far"]
)
async def test_a_reason_and_a_near_last_day_are_asked_for(database: UnitOfWork, wrong: Silence) -> None:
    with pytest.raises(SilenceError):
        async with database.write() as session:
            await SilenceStore(session).add(wrong)


async def test_the_same_thing_is_switched_off_once_until_somebody_takes_it_back(database: UnitOfWork) -> None:
    async with database.write() as session:
        first = await SilenceStore(session).add(silence(Aspect.FEE))
        await SilenceStore(session).add(silence())
    with pytest.raises(SilenceError, match="already"):
        async with database.write() as session:
            await SilenceStore(session).add(silence(Aspect.FEE))
    async with database.write() as session:
        assert (await SilenceStore(session).end(first.id, "binh", NOW)).aspect is Aspect.FEE
        await SilenceStore(session).add(silence(Aspect.FEE))
    with pytest.raises(SilenceError):
        async with database.write() as session:
            await SilenceStore(session).end(first.id, "binh", NOW)


async def test_a_running_process_follows_within_one_look_and_comparisons_see_the_whole(database: UnitOfWork) -> None:
    copy = procedure("1.001193.000.00.00.H17")
    await make_draft(database, lambda: [RECORD, copy], origin="t", now=NOW)
    await publish(database, index_of, now=NOW)
    live = LiveCatalogue(database, today=lambda: TODAY)
    await live.refresh()

    async with database.write() as session:
        added = await SilenceStore(session).add(silence(Aspect.FEE))
    assert await live.refresh() is False
    hidden = await live.get_many([RECORD.code, copy.code])
    assert [bool(one.withholds("fee")) for one in hidden] == [True, True]
    assert await WholeRecords(live).get(RECORD.code) == RECORD

    async with database.write() as session:
        await SilenceStore(session).end(added.id, "binh", NOW)
    await live.refresh()
    assert await live.get(RECORD.code) == RECORD
