"""What an agency sets itself: versions that are checked, laid down at each start, and noticed by who serves."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

import bot.configuration
import bot.dialogue.texts
import bot.handover
import feedback
from bot.configuration.fault_words import told
from bot.configuration.folder import changed, laid_down, with_own_files
from bot.configuration.kinds import LONGEST, Kind, faults_of
from bot.configuration.store import ConfigurationStore, NewVersion
from bot.dialogue.texts import Texts, TextsError, with_own
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.file_faults import FileFault
from feedback.working_time.loading import load_working_time
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import NOW

STORE = ConfigurationStore()
HOLIDAY = 'province: H48\ndays_off:\n- {from: 2026-11-30, to: 2026-11-30, sure: own, source: "Công văn 1"}\n'
FEW = Texts({"utter_a": {"vi": "Chào {name}", "en": "Hello {name}"}, "utter_b": {"vi": "Dạ"}}, {})


async def put(database: UnitOfWork, kind: Kind, body: str, based_on: int = 0) -> int | None:
    async with database.write() as session:
        return await STORE.add(session, NewVersion(kind, body, "vì thử", "lan", based_on), NOW)


WEEK = "province: H48\noffices:\n- name: H48.30\n  source: x\n  sure: own\n  sessions:\n    monday: [{}]\n"
LISTED = "lists:\n  decision: QĐ 1\n  date: 2026-01-02\n  procedures:\n  - {code: 1.001193, available: [send]}\n"
UPSIDE_DOWN = "tariffs: [{source: a, sure: own, prices: [{zone: same_province, weight_from: 5, weight_to: 1, low: 1}]}]"
REAL = "name: Sở\nprivacy: {controller: a, contact: b, servers: c, retention: d}\n"


@pytest.mark.parametrize(
    ("kind", "body", "fault"),
    [
        (Kind.WORKING_TIME, HOLIDAY.replace("to: 2026-11-30", "to: 2026-11-29"), "Dòng 3: ngày nghỉ từ 30/11/2026 lại"),
        (Kind.WORKING_TIME, HOLIDAY + HOLIDAY[HOLIDAY.index("- {") :], "Dòng 4: ngày 30/11/2026 được ghi hai lần"),
        (Kind.WORKING_TIME, HOLIDAY.replace("to: 2026-11-30", "to: 2026-02-30"), "“2026-02-30”; cần ngày có thật"),
        (Kind.WORKING_TIME, HOLIDAY.replace("sure: own", "sure: chắc"), "mục days_off[1].sure: tìm thấy “chắc”"),
        (Kind.WORKING_TIME, "province: H48\nnghỉ: 1\n", "Dòng 2: không có trường nào tên “nghỉ”"),
        (Kind.WORKING_TIME, "province: Thanh Hóa\n", "Dòng 1, mục province: tìm thấy “Thanh Hóa”; cần mã tỉnh"),
        (Kind.WORKING_TIME, "days_off: []\n", "thiếu trường bắt buộc “province”"),
        (Kind.WORKING_TIME, WEEK.format("7h30-11h30"), "Dòng 7: tìm thấy “7h30-11h30”; “7h30” không phải giờ"),
        (Kind.WORKING_TIME, WEEK.format("11:30-07:30"), "giờ đóng cửa phải sau giờ mở cửa"),
        (Kind.WORKING_TIME, WEEK.format("07:30"), "ví dụ: 07:30-11:30"),
        (Kind.WORKING_TIME, WEEK.format("07:30-11:30, 10:00-12:00"), "các buổi chồng nhau"),
        (Kind.WORKING_TIME, WEEK.format(""), "không có buổi làm việc nào"),
        (Kind.WORKING_TIME, WEEK.replace("H48.30", "H49").format("07:30-11:30"), "Dòng 3: cơ quan H49 thuộc tỉnh khác"),
        (Kind.WORKING_TIME, "- " * 50_000, "lồng quá 20 cấp"),
        (
            Kind.POSTAL,
            LISTED.replace("1.001193", "abc"),
            "Dòng 5, mục lists.procedures[1].code: tìm thấy “abc”; cần mã",
        ),
        (Kind.POSTAL, LISTED.replace("[send]", "[gửi]"), "tìm thấy “gửi”; chỉ được ghi một trong: receive, send"),
        (
            Kind.POSTAL,
            LISTED.replace("  date: 2026-01-02\n", ""),
            "Dòng 4: lists.procedures mục thứ 1 (1.001193): thiếu decision",
        ),
        (
            Kind.POSTAL,
            LISTED + LISTED[LISTED.index("  - {") :],
            "Dòng 6: lists.procedures mục thứ 2 (1.001193): mã này đã",
        ),
        (Kind.POSTAL, UPSIDE_DOWN, "Bảng giá thứ 1 (a): nấc"),
        (Kind.FEEDBACK, "intake: published_address\n" + REAL, "cần trường decision"),
        (Kind.FEEDBACK, "intake: forward_to\nforward_to: x\n" + REAL, "Dòng 2: cách tiếp nhận forward_to"),
        (Kind.FEEDBACK, "intake: nhận\n", "published_address, forward_to, trial"),
        (Kind.FEEDBACK, "units:\n- {code: A, name: A, receives: có}\n", "“có”; cần true hoặc false"),
        (Kind.FEEDBACK, "units:\n- {code: A, name: A}\n", "phải có một đơn vị tiếp nhận"),
        (Kind.FEEDBACK, "units: A\n", "Dòng 1, mục units: tìm thấy “A”; cần một danh sách"),
        (Kind.FEEDBACK, "doors: {checked: 26/11/2026}\n", "viết năm-tháng-ngày"),
        (Kind.FEEDBACK, "policy: {reopen_days: -1}\n", "policy.reopen_days không được nhỏ hơn 0"),
        (Kind.FEEDBACK, "doors:\n  phone:\n", "Dòng 2, mục doors.phone: tìm thấy chỗ trống"),
        (Kind.FEEDBACK, "[" * 100_000, "lồng quá 20 cấp"),
        (Kind.FEEDBACK, "units:\n- &u {code: A, name: A}\n- *u\n", "Dòng 3: tham chiếu *u"),
        (Kind.FEEDBACK, "decision: QĐ 1: sửa\n", "đặt cả câu trong dấu nháy"),
        (Kind.PERSON, 'hours: "8h"\n', "phải có source"),
        (Kind.PERSON, "điện thoại: 1\n", "không có trường nào tên “điện thoại”"),
        (Kind.PERSON, "chỉ một câu\n", "các trường viết tên: giá trị, gồm place, hours"),
        (Kind.TEXTS, "utter_greet: {vi: '{'}\n", "Dòng 1, câu utter_greet (vi): có dấu ngoặc nhọn"),
        (Kind.TEXTS, "utter_person_hours: {vi: Giờ}\n", "thiếu chỗ điền {hours}"),
        (Kind.TEXTS, "utter_greet: {vi: ''}\n", "lời đang để trống"),
        (Kind.TEXTS, "- a\n", "utter_greet: {vi: Kính chào bác}"),
        (Kind.TEXTS, "a: 2026-02-30\n", "trợ lý không có câu “a”"),
        (Kind.TEXTS, "a: [1", "thiếu dấu phẩy hoặc dấu đóng"),
        (Kind.TEXTS, "x" * (LONGEST + 1), "Dài quá 200000 ký tự"),
    ],
)
def test_a_fault_is_told_in_vietnamese_with_its_place_and_what_is_expected(kind: Kind, body: str, fault: str) -> None:
    said = [told(one) for one in faults_of(kind, body, TEXTS)]
    assert any(fault in one for one in said), said
    assert not any("Expected" in one or "/tmp" in one for one in said)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.WORKING_TIME, HOLIDAY),
        (Kind.WORKING_TIME, WEEK.format("07:30-11:30")),
        (Kind.FEEDBACK, "intake: trial\ndoors: {phone: 02373852222, source: x, checked: 2026-11-26}\n"),
        (Kind.PERSON, "place: Trung tâm Mẫu\nphone: 02373852222\nsource: x\nchecked: 2026-11-26\n"),
    ],
)
def test_what_can_hold_has_no_fault_days_and_telephones_without_quotes_neither(kind: Kind, body: str) -> None:
    assert faults_of(kind, body, TEXTS) == []


def test_every_fault_that_a_reader_may_find_has_words() -> None:
    packages = (Path(one.__file__).parent for one in (feedback, bot.configuration, bot.handover))
    code = "\n".join(one.read_text("utf-8") for folder in packages for one in folder.rglob("*.py"))
    code += Path(bot.dialogue.texts.__file__).read_text("utf-8")
    keys = set(re.findall(r'(?:FileFault|DataFaultError\.of)\(\s*"([a-z_.]+)"', code))
    assert len(keys) > 30
    names = [
        "code",
        "email",
        "id",
        "unit",
        "version",
        "name",
        "names",
        "office",
        "weekday",
        "province",
        "rule",
        "first",
        "last",
        "day",
        "free",
        "worked",
        "time",
        "key",
    ]
    values = dict.fromkeys([*names, "language", "longest", "deepest", "problem", "missing", "foreign"], "x")
    said = {key: told(FileFault(key, "in English", values=values)) for key in keys - {"other"}}
    assert [key for key, one in said.items() if "in English" in one] == []


def test_an_own_wording_keeps_the_values_of_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "texts.yml"
    path.write_text("utter_a: {vi: 'Kính chào {name}'}\n", "utf-8")
    own = with_own(FEW, path)
    assert own.render("utter_a", name="bác") == "Kính chào bác"
    assert own.render("utter_a", "en", name="Lan") == "Hello Lan"
    path.write_text("utter_a: {vi: 'Chào {ten}'}\nutter_c: {vi: x}\nutter_b: {fr: x}\n", "utf-8")
    with pytest.raises(TextsError) as caught:
        with_own(FEW, path)
    for part in ("lacks {name}", "{ten}, which is not given", "utter_c", "utter_b"):
        assert part in str(caught.value)


async def test_the_newest_version_of_each_kind_holds_and_a_stale_one_is_refused(database: UnitOfWork) -> None:
    first = await put(database, Kind.WORKING_TIME, HOLIDAY)
    assert first is not None
    assert await put(database, Kind.WORKING_TIME, "province: H49\n") is None
    second = await put(database, Kind.WORKING_TIME, "province: H50\n", first)
    await put(database, Kind.PERSON, "place: Mẫu\n")
    async with database.read() as session:
        newest = await STORE.newest(session)
        history = await STORE.history(session, Kind.WORKING_TIME)
    assert {kind: version.body for kind, version in newest.items()} == {
        Kind.WORKING_TIME: "province: H50\n",
        Kind.PERSON: "place: Mẫu\n",
    }
    assert [one.id for one in history] == [second, first]


async def test_what_holds_is_laid_down_and_read_instead_of_the_operators_file(
    database: UnitOfWork, tmp_path: Path
) -> None:
    await put(database, Kind.WORKING_TIME, HOLIDAY)
    settings, number = await laid_down(Settings(), database, TEXTS, tmp_path)
    monday = NOW.replace(day=30, hour=3)
    assert not load_working_time(settings.working_time_files).hours("H48").at(monday).is_open
    assert load_working_time().hours("H48").at(monday).is_open
    assert with_own_files(Settings(), tmp_path) == settings

    await put(database, Kind.WORKING_TIME, "", number)
    settings, _ = await laid_down(Settings(), database, TEXTS, tmp_path)
    assert settings == Settings()


async def test_what_this_program_cannot_read_is_left_out_and_alarms(
    database: UnitOfWork, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, Kind.TEXTS, "utter_not_there_any_more: {vi: x}\n")
    settings, number = await laid_down(Settings(), database, TEXTS, tmp_path)
    assert settings == Settings()
    assert number
    assert "ALARM" in caplog.text


async def test_who_serves_notices_a_new_version_and_nothing_else(database: UnitOfWork) -> None:
    number = await put(database, Kind.PERSON, "place: Mẫu\n")
    assert number is not None
    waiting = asyncio.ensure_future(changed(database, number, 0.01, 0.02))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await put(database, Kind.PERSON, "place: Khác\n", number)
    await asyncio.wait_for(waiting, 10)


async def test_what_is_set_one_after_another_is_waited_for(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await put(database, Kind.PERSON, "place: Mẫu\n")
    assert number is not None
    saves = iter([Kind.TEXTS, None, Kind.FEEDBACK, None, None])
    looks: list[Kind | None] = []

    async def instead_of_waiting(_: float) -> None:
        looks.append(kind := next(saves))
        if kind is not None:
            await put(database, kind, "x")

    monkeypatch.setattr("bot.configuration.folder.asyncio.sleep", instead_of_waiting)
    await changed(database, number, 5.0, 10.0)
    assert looks == [Kind.TEXTS, None, Kind.FEEDBACK, None, None]


async def test_processes_that_begin_at_once_do_not_write_into_the_same_file(
    database: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, Kind.WORKING_TIME, HOLIDAY)
    written: list[Path] = []
    with monkeypatch.context() as patched:
        patched.setattr("bot.configuration.folder.os.replace", lambda fresh, _: written.append(Path(fresh)))
        for _ in range(2):
            await laid_down(Settings(), database, TEXTS, tmp_path)
    assert len(set(written)) == 2
    assert {path.read_text("utf-8") for path in written} == {HOLIDAY}


async def test_of_two_who_set_the_same_at_once_one_is_told(database: UnitOfWork) -> None:
    first = await put(database, Kind.WORKING_TIME, HOLIDAY)
    assert first is not None
    new = NewVersion(Kind.WORKING_TIME, HOLIDAY, "vì thử", "binh", first)
    async with database.write() as session:
        assert await STORE.add(session, new, NOW)
        other = asyncio.ensure_future(put(database, Kind.WORKING_TIME, HOLIDAY, first))
        await asyncio.wait({other}, timeout=0.3)
    assert await other is None
