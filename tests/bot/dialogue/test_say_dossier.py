"""What is said of a dossier: little to anybody, all states with name and meaning to the applicant, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogue.say_dossier import DossierVoice, parse
from bot.dialogue.say_slips import SlipVoice, slip_kinds
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.disclosure import Shown, coarse, shown, without_numbers
from bot.dossiers.record import ENDED, Record, Slip, SlipKind, Status, Step
from nlu.codes import DossierCode
from tests.bot.dialogue_house import FORMS, TEXTS, FlowTalk
from tests.bot.messages import NOW
from tests.fakes.dossiers import APOLOGISED, OWNER, RUNNING, SUPPLEMENT, record


def code_of(known: Record) -> DossierCode:
    code = parse(known.code)
    assert code is not None
    return code


def voice(language: str = "vi") -> DossierVoice:
    return DossierVoice(TEXTS.speaking(language), FlowTalk().dossiers())


def told(known: Record, *, level1: bool, language: str = "vi") -> str:
    look = Look(LookOutcome.TOLD, coarse(known), shown(known) if level1 else None, NOW)
    reply = voice(language).reply(code_of(known), look, NOW)
    return "\n".join([reply.text, *(f"[{choice.title}]" for choice in reply.choices)])


SECRETS = (
    "Nguyễn",
    "Văn An",
    OWNER.phone,
    OWNER.identity,
    "27/11",
    "kết hôn",
    "Cẩm Thành",
    "Trần Thị B",
    "Quầy 3",
    "N∗",
)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_anybody_is_told_nothing_beyond_how_far_it_is(status: Status, language: str) -> None:
    said = told(record(RUNNING.code, status, missing=("Giấy X",), fee_due=1234567), level1=False, language=language)
    assert RUNNING.code in said
    assert [secret for secret in (*SECRETS, "Giấy X", "1.234.567") if secret in said] == []


def test_anybody_hears_the_same_of_two_results() -> None:
    by_status = {told(record(RUNNING.code, status), level1=False) for status in ENDED}
    assert len(by_status) == 1


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.UNKNOWN])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_applicant_hears_the_official_name_of_each_state_and_what_it_means(status: Status, language: str) -> None:
    said = told(record(RUNNING.code, status), level1=True, language=language)
    texts = TEXTS.speaking(language)
    assert texts.render(f"utter_status_{status.name.lower()}") in said
    assert texts.render(f"utter_plain_{status.name.lower()}") in said
    assert "N∗∗∗ V∗∗ A∗" in said
    assert [secret for secret in (*OWNER.name.split()[:2], OWNER.phone, OWNER.identity) if secret in said] == []


def test_a_state_that_no_table_knows_sends_to_the_office_and_is_not_quoted() -> None:
    said = told(record(RUNNING.code, Status.UNKNOWN, vendor_status="QUEUE_7"), level1=True)
    assert "liên hệ" in said
    assert "QUEUE_7" not in said


def test_a_pause_has_no_days_running_down() -> None:
    said = told(SUPPLEMENT, level1=True)
    assert "tạm dừng" in said
    assert "ngày làm việc" not in said
    assert "[Cách tính]" not in said


def test_where_a_payment_is_asked_for_nothing_is_said_of_the_clock_and_no_amount_is_promised() -> None:
    said = told(record(RUNNING.code, Status.NEED_PAYMENT), level1=True)
    assert "ngày hẹn có thể đổi" in said
    assert "tạm dừng" not in said
    assert "bên dưới" not in said


def test_every_button_of_every_state_fits_the_narrowest_channel() -> None:
    known = record(
        "H48.16.300.25.13-20261110-0000092637", slips=tuple(Slip(kind, date(2026, 11, 10)) for kind in SlipKind)
    )
    look = Look(LookOutcome.TOLD, coarse(known), shown(known), NOW, down=True)
    choices = voice().reply(code_of(known), look, NOW).choices
    assert max(len(choice.id.encode()) for choice in choices) <= 64


def test_the_code_of_a_merged_province_names_who_answers_today_and_that_nobody_verified_it() -> None:
    said = told(record("000.00.16.H34-200827-0012"), level1=False)
    assert "Quảng Ngãi (H48)" in said
    assert "chưa đối chiếu" in said
    assert "Kon Tum" not in told(RUNNING, level1=False)


# ---- slips ------------------------------------------------------------------------------------------------------------


def slips(*given: Slip) -> Shown:
    return shown(replace(RUNNING, slips=given, steps=()))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 9, 14), "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        (date(2025, 9, 15), "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
        (date(2018, 1, 1), "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    ],
)
def test_a_form_has_the_name_of_its_day_and_never_a_form_number(day: date, name: str) -> None:
    restated = SlipVoice(TEXTS, FORMS).restated(slips(Slip(SlipKind.APOLOGY, day)), "apology", date(2026, 11, 22))
    assert restated is not None
    assert restated.title == name


def test_the_newest_slip_of_a_kind_is_restated() -> None:
    known = slips(
        Slip(SlipKind.STOP, date(2026, 1, 1), reason="cũ"), Slip(SlipKind.STOP, date(2026, 2, 1), reason="mới")
    )
    restated = SlipVoice(TEXTS, FORMS).restated(known, "stop", date(2026, 11, 22))
    assert restated is not None
    assert "Lý do: mới" in restated.text
    assert slip_kinds(known) == ("stop",)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("gọi 0912 345 678 gấp", "gọi … gấp"),
        ("gọi 0912.345.678.", "gọi …."),
        ("+84 912-345-678", "…"),
        ("CCCD 001 099 012 345", "CCCD …"),
        ("hẹn 05.06.2026 08:00", "hẹn 05.06.2026 08:00"),
        ("hẹn 05-06-2026 08 giờ", "hẹn 05-06-2026 08 giờ"),
        ("thủ tục 1.001612.000.00.00.H48", "thủ tục 1.001612.000.00.00.H48"),
        ("hồ sơ 000.00.16.H48-261110-0012", "hồ sơ 000.00.16.H48-261110-0012"),
        ("nộp 1.250.000.000 đồng", "nộp 1.250.000.000 đồng"),
    ],
)
def test_numbers_of_people_are_left_out_however_they_are_grouped(typed: str, told: str) -> None:
    assert without_numbers(typed) == told


def test_numbers_that_somebody_typed_into_a_reason_are_not_repeated() -> None:
    known = slips(Slip(SlipKind.REFUSAL, date(2026, 1, 1), reason="CCCD 001099012345 mờ", items=("Thẻ 001099012345",)))
    restated = SlipVoice(TEXTS, FORMS).restated(known, "refusal", date(2026, 11, 22))
    assert restated is not None
    assert "001099012345" not in restated.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_is_restated_in_both_languages(language: str) -> None:
    known = shown(
        replace(APOLOGISED, slips=tuple(Slip(kind, date(2026, 11, 1), "1", "vì", ("a",)) for kind in SlipKind))
    )
    for kind in (*SlipKind, "control"):
        restated = SlipVoice(TEXTS.speaking(language), FORMS).restated(known, kind, date(2026, 11, 22))
        assert restated is not None
        assert "{" not in restated.text
        assert "N∗∗∗ V∗∗ A∗" in restated.text


@pytest.mark.parametrize(
    ("ended", "result"),
    [
        (datetime(2026, 11, 9, 10, tzinfo=UTC), "trước hạn"),
        (datetime(2026, 11, 9, 23, tzinfo=UTC), "đúng hạn"),
        (datetime(2026, 11, 10, 11, tzinfo=UTC), "quá hạn"),
    ],
)
def test_a_step_is_early_by_the_day_that_vietnamese_calendars_show(ended: datetime, result: str) -> None:
    due = datetime(2026, 11, 10, 10, tzinfo=UTC)
    known = shown(replace(RUNNING, steps=(Step("Một cửa", "", "", ended - timedelta(hours=1), due, ended),)))
    restated = SlipVoice(TEXTS, FORMS).restated(known, "control", date(2026, 11, 22))
    assert restated is not None
    assert restated.items[0].endswith(result)


def test_a_slip_that_was_not_issued_is_not_made_up() -> None:
    assert SlipVoice(TEXTS, FORMS).restated(slips(), "apology", date(2026, 11, 22)) is None
    assert SlipVoice(TEXTS, FORMS).restated(slips(), "control", date(2026, 11, 22)) is None
