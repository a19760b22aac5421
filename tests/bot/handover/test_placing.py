"""Who names a place before they ask for a person is the unit's of that place, where exactly one is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app.owning import home_of, make_charged, may_complain
from bot.app.postal_talk import Atlas
from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.held_store import blank_message
from bot.delivery.records import Arrival
from bot.delivery.store import DeliveryStore
from bot.dialogue.ports import Concern
from bot.handover.owning import Owning
from bot.handover.placing import LATEST, RECENT, NamedPlace
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.office import Office, Unit
from feedback.working_time.loading import load_working_time
from nlu.catalogue.live import LiveCatalogue
from tests.bot.delivery.conftest import SECRET
from tests.bot.messages import NOW, inbound, ref

HOURS = load_working_time().hours()
UNITS = (
    Unit("H48.1", "Văn phòng UBND tỉnh", receives=True),
    Unit("H48.30", "UBND xã Tịnh Khê"),
    Unit("H48.31", "Trung tâm Phục vụ hành chính công phường Cẩm Thành"),
    Unit("H48.32", "Ủy ban nhân dân xã Sơn Mai"),
    Unit("H48.33", "Một cửa xã Sơn Mai"),
    Unit("H48.34", "Bộ phận Một cửa", agencies=("21172",)),
    Unit("H48.35", "UBND xã Bình Minh", valid_to=NOW.date() - timedelta(days=9)),
    Unit("H48.36", "UBND phường An Khê"),
    Unit("H48.37", "UBND xã Tây Trà Bồng, tỉnh Quảng Ngãi"),
)
OFFICE = Office(code="H48", name="UBND tỉnh Quảng Ngãi", units=UNITS)


async def unit_for(*texts: str, office: Office = OFFICE) -> str:
    """Return the unit of who wrote some texts."""

    async def said(where: Ref, since: datetime) -> Sequence[str]:
        assert (where, since) == (ref(), NOW - RECENT)
        return texts

    owning = Owning(office, HOURS, timedelta(minutes=30))
    return await NamedPlace(owning, Atlas(), home_of(office), said, may_complain).unit(ref(), NOW)


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (("khai sinh ở xã Tịnh Khê cần gì", "gặp cán bộ"), "H48.30"),
        (("cho tôi gặp cán bộ xã Tịnh Khê",), "H48.30"),
        (("phuong Cam Thanh", "cho em gap can bo"), "H48.31"),
        (("xã Tịnh Khê", "à nhầm, phường Cẩm Thành"), "H48.31"),
        (("xã Tịnh Khê", "à nhầm, xã Ba Động"), ""),
        (("xã Tây Trà Bồng",), "H48.37"),
        (("xã Tây Trà",), ""),
        (("xã Sơn Mai",), ""),
        (("xã Bình Minh, tỉnh Quảng Ngãi",), ""),
        (("gặp chị Cẩm Thanh",), ""),
        (("phường An Khê",), ""),
        (("tỉnh Quảng Ngãi",), ""),
        (("gặp cán bộ",), ""),
        ((), ""),
    ],
)
async def test_it_is_the_one_unit_that_bears_the_name_of_the_place_named_last(
    texts: tuple[str, ...], unit: str
) -> None:
    assert await unit_for(*texts) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("xã Tịnh Kỳ, thành phố Quảng Ngãi", "H48.30"),
        ("xã Tịnh An", "H48.34"),
        ("phường Trương Quang Trọng", "H48.34"),
    ],
)
async def test_an_old_name_is_the_commune_of_today_which_a_unit_may_also_have_by_its_code(text: str, unit: str) -> None:
    assert await unit_for(text) == unit


@pytest.mark.parametrize(
    "complaint",
    ["cán bộ xã Tịnh Khê hẹn mãi không trả hồ sơ", "can bo xa tinh khe thai do kem", "ở đó đòi tiền bồi dưỡng"],
)
async def test_who_complains_is_not_given_to_the_unit_that_they_name(complaint: str) -> None:
    assert await unit_for("tôi ở xã Tịnh Khê", complaint, "cho tôi gặp cán bộ") == ""
    assert await unit_for(complaint, *["xã Tịnh Khê"] * LATEST) == ""


async def test_who_said_something_that_was_not_kept_may_have_complained() -> None:
    assert await unit_for("tôi ở xã Tịnh Khê", "", "cho tôi gặp cán bộ") == ""


async def test_an_office_whose_province_is_not_known_takes_the_name_alone() -> None:
    office = Office(code="MAU", units=UNITS)
    assert await unit_for("xã Tịnh Khê", office=office) == "H48.30"
    assert await unit_for("phường An Khê", office=office) == "H48.36"


async def test_the_house_reads_what_was_written_lately_in_this_conversation(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    database = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    settings = Settings(signing_key=Secret("s" * 40), encryption_key=Secret(SECRET))
    lately, long_ago = NOW - timedelta(minutes=5), NOW - timedelta(hours=2)
    async with database.write() as session:
        for number, (conversation, text, at) in enumerate(
            [
                ("c1", "ở xã Tịnh Khê", lately),
                ("c2", "ở phường Cẩm Thành", NOW),
                ("c3", "ở xã Tịnh Khê", long_ago),
                ("c5", "ở xã Tịnh Khê", lately),
                ("c5", "tôi tố cáo cán bộ ở đó", lately),
            ]
        ):
            arrival = Arrival(inbound(text, f"m{number}", conversation), at)
            (added,) = await DeliveryStore(AesGcmCipher(SECRET)).add(session, [arrival])
        await blank_message(session, added.received.id)
    owning = Owning(OFFICE, HOURS, timedelta(minutes=30))
    charged = make_charged(settings, database, owning, LiveCatalogue(database), Atlas())
    found = [await charged.unit(ref(one), Concern(), NOW) for one in ("c1", "c2", "c3", "c4", "c5")]
    assert found == ["H48.30", "H48.31", "", "", ""]
    await database.close()
