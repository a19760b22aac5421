"""What a citizen reads about a procedure: true to the record, with its source, and never guessed."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.choices import ask_about, choose
from bot.dialogue.say_money_and_time import say_time
from nlu.catalogue.model import (
    Detail,
    Doubt,
    Fee,
    FeeItem,
    FeeKind,
    FilingMethod,
    FilingWay,
    Form,
    Level,
    OnlineLevel,
    Origin,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    Source,
    TimeLimit,
    TimeUnit,
    Withheld,
)
from nlu.understanding import Aspect, Understanding
from tests.bot.dialogue_house import BIRTH, MARRIAGE, TEXTS, Talk, asks
from tests.bot.messages import NOW, ref
from tests.factories import TODAY, counter, procedure
from tests.fakes.procedures import FakeCatalogue


async def told(record: Procedure, *aspects: Aspect) -> str:
    """What is said about a record when these aspects are asked."""
    talk = Talk(FakeCatalogue(record))
    return await talk.say("câu hỏi", asks((record, 0.95), aspects=aspects))


def with_fee(fee: Fee, *more: FilingMethod) -> Procedure:
    """A procedure whose counter takes this fee."""
    return procedure(methods=(counter(1, fee), *more))


@pytest.mark.parametrize("aspect", list(Aspect))
async def test_every_answer_ends_with_code_source_and_date(aspect: Aspect) -> None:
    text = await told(procedure(decision="Quyết định số 163/QĐ-BTP"), aspect)
    last = text.strip().splitlines()[-1]
    assert "1.001193" in last
    assert "Cổng Dịch vụ công quốc gia" in last
    assert "06/2026" in last
    assert "163/QĐ-BTP" in last
    assert "https://dichvucong.gov.vn/" in last


async def test_an_answer_begins_with_the_name_and_offers_the_other_aspects() -> None:
    talk = Talk()
    text = await talk.say("khai sinh cần gì", asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS]))
    assert text.startswith("**Đăng ký khai sinh**")
    assert "- Tờ khai đăng ký khai sinh (1 bản chính)" in text
    assert "Giấy tờ cần có" not in talk.titles()
    assert {"Lệ phí", "Thời hạn", "Nơi nộp", "Mở trang chính thức"} <= set(talk.titles())
    page = talk.replies[-1].choices[-1]
    assert (page.id, page.url) == ("", "https://dichvucong.gov.vn/")


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("làm khai sinh hết bao nhiêu tiền, cần giấy tờ gì", ["Lệ phí", "Giấy tờ cần có"]),
        ("khai sinh can giay to gi va het bao nhieu", ["Giấy tờ cần có", "Lệ phí"]),
        ("khai sinh nộp ở đâu, bao lâu, mất bao nhiêu tiền", ["Nơi nộp", "Thời hạn", "Lệ phí"]),
    ],
)
async def test_several_aspects_are_all_answered_in_the_order_asked(question: str, labels: list[str]) -> None:
    talk = Talk()
    text = await talk.say(question, asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS] if "Giấy" in str(labels) else []))
    places = [text.index(f"**{label}**") for label in labels]
    assert places == sorted(places)


async def test_an_answer_never_opens_with_what_is_not_recorded() -> None:
    text = await told(procedure(conditions=""), Aspect.CONDITIONS, Aspect.DOCUMENTS)
    assert text.index("Tờ khai") < text.index("Danh mục chưa ghi")


async def test_a_time_without_a_unit_is_never_shown_as_days() -> None:
    record = procedure(methods=(FilingMethod(way=FilingWay.COUNTER, time=TimeLimit(amount=15)),))
    for aspects in ((Aspect.TIME,), (), (Aspect.STEPS, Aspect.TIME)):
        text = await told(record, *aspects)
        assert "15" not in text
        assert not re.search(r"\d ngày", text)
    assert "không đoán" in await told(record, Aspect.TIME)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (TimeLimit(amount=1, unit=TimeUnit.WORKING_DAY), "1 ngày làm việc"),
        (TimeLimit(amount=30, unit=TimeUnit.DAY), "30 ngày"),
        (TimeLimit(amount=0.5, unit=TimeUnit.WORKING_DAY), "0,5 ngày làm việc"),
        (TimeLimit(amount=4, unit=TimeUnit.HOUR), "4 giờ"),
        (TimeLimit(amount=2, unit=TimeUnit.MONTH), "2 tháng"),
        (TimeLimit(amount=1, unit=TimeUnit.YEAR), "1 năm"),
        (TimeLimit(text="Trong ngày."), "Trong ngày"),
        (TimeLimit(amount=3, unit=TimeUnit.DAY, text="cần xác minh thì thêm 5 ngày."), "3 ngày (cần xác minh"),
    ],
)
async def test_a_time_is_said_with_its_own_unit(time: TimeLimit, said: str) -> None:
    assert said in await told(procedure(methods=(FilingMethod(way=FilingWay.COUNTER, time=time),)), Aspect.TIME)


@pytest.mark.parametrize("text", ["", "theo nghị quyết của HĐND tỉnh"])
async def test_a_local_fee_never_says_that_it_is_free(text: str) -> None:
    for aspects in ((Aspect.FEE,), ()):
        said = await told(with_fee(Fee(kind=FeeKind.LOCAL, text=text)), *aspects)
        assert "miễn phí" not in said.lower()
        assert "Hội đồng nhân dân cấp tỉnh" in said


@pytest.mark.parametrize("fee", [Fee(), Fee(kind=FeeKind.UNKNOWN), Fee(kind=FeeKind.UNKNOWN, text="theo quy định")])
async def test_an_unknown_fee_is_neither_free_nor_nought(fee: Fee) -> None:
    for aspects in ((Aspect.FEE,), ()):
        said = (await told(with_fee(fee), *aspects)).lower()
        assert "miễn phí" not in said
        assert "0 đồng" not in said


async def test_a_free_service_is_said_to_be_free() -> None:
    assert "Miễn phí" in await told(with_fee(Fee(kind=FeeKind.FREE)), Aspect.FEE)


async def test_a_fee_table_is_told_line_by_line() -> None:
    items = (FeeItem(name="Cấp lần đầu", amount=1_234_000), FeeItem(name="Cấp lại", text="miễn"), FeeItem(name="Khác"))
    text = await told(with_fee(Fee(kind=FeeKind.VARIES, items=items)), Aspect.FEE)
    assert "- Cấp lần đầu: 1.234.000 đồng\n- Cấp lại: miễn\n- Khác\n" in text


async def test_ways_that_differ_are_named_and_ways_that_agree_are_not() -> None:
    online = FilingMethod(way=FilingWay.ONLINE, fee=Fee(kind=FeeKind.FREE))
    differ = await told(with_fee(Fee(kind=FeeKind.FIXED, amount=8000), online), Aspect.FEE)
    assert "Nộp trực tiếp: 8.000 đồng" in differ
    assert "Nộp trực tuyến: miễn phí" in differ
    assert "Nộp trực tiếp" not in await told(with_fee(Fee(kind=FeeKind.FREE), online), Aspect.FEE)


async def test_a_fee_known_of_one_way_alone_is_not_said_of_all() -> None:
    record = with_fee(Fee(kind=FeeKind.FREE), FilingMethod(way=FilingWay.ONLINE))
    assert "Nộp trực tiếp: miễn phí" in await told(record, Aspect.FEE)
    overview = await told(record)
    assert "Lệ phí: miễn phí (nộp trực tiếp)." in overview
    assert "1 ngày làm việc (nộp trực tiếp)" in overview


async def test_an_old_record_says_so_in_the_answer() -> None:
    text = await told(procedure(as_of="2024-01"), Aspect.FEE)
    assert "từ 01/2024, đã lâu" in text
    assert "hỏi lại trước khi làm" in text
    assert "đã lâu" not in await told(procedure(), Aspect.FEE)


async def test_caveats_and_doubts_are_told_with_every_answer() -> None:
    record = procedure(
        caveats=("Nguồn có từ trước khi bỏ cấp huyện.",),
        doubts=(Doubt(field="methods[0].fee", reason="…"), Doubt(field="methods[0].time", reason="…")),
    )
    text = await told(record, Aspect.DOCUMENTS)
    assert "Nguồn có từ trước khi bỏ cấp huyện." in text
    assert "lệ phí, thời hạn" in text


async def test_a_listing_says_that_details_are_missing_and_who_to_ask() -> None:
    listing = procedure(detail=Detail.LISTING, agencies=("Sở Y tế",), cases=(), methods=(), steps=())
    talk = Talk(FakeCatalogue(listing))
    text = await talk.say("hỏi", asks((listing, 0.95), aspects=[Aspect.FEE]))
    assert talk.outcome == "details_missing"
    assert "Chi tiết chưa có trong danh mục" in text
    assert "Sở Y tế. Anh/chị hỏi nơi ấy" in text
    assert "1.001193" in text
    assert "06/2026" in text


async def test_a_listing_without_an_agency_names_the_one_stop_shop() -> None:
    listing = procedure(detail=Detail.LISTING, agencies=())
    assert "hỏi bộ phận một cửa nơi nộp hồ sơ" in await told(listing)


async def test_papers_are_told_by_case_and_by_what_is_to_be_done_with_them() -> None:
    cases = (
        PaperCase(
            papers=(
                RequiredPaper(name="Tờ khai.", originals=1, copies=2, form=Form(name="Mẫu 01")),
                RequiredPaper(name="Căn cước", role=PaperRole.SHOW),
                RequiredPaper(name="Bản sao phải chứng thực", role=PaperRole.NOTE),
            )
        ),
        PaperCase(title="Người khác làm thay:", papers=(RequiredPaper(name="Văn bản ủy quyền"),)),
    )
    text = await told(procedure(cases=cases), Aspect.DOCUMENTS)
    assert "- Tờ khai (1 bản chính, 2 bản sao, theo mẫu)" in text
    assert text.index("xuất trình") < text.index("- Căn cước") < text.index("Lưu ý:") < text.index("chứng thực")
    assert "Người khác làm thay:\n- Văn bản ủy quyền" in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (OnlineLevel.FULL, "toàn trình"),
        (OnlineLevel.PARTIAL, "một phần"),
        (OnlineLevel.INFORMATION, "chưa nhận hồ sơ qua mạng"),
        (OnlineLevel.NONE, "không ghi cách nộp qua mạng"),
        (None, "không ghi cách nộp qua mạng"),
    ],
)
async def test_online_is_full_partial_or_not_with_the_page(level: OnlineLevel | None, said: str) -> None:
    text = await told(procedure(online=level), Aspect.HOW_ONLINE)
    assert said in text
    assert ("Trang của thủ tục: https" in text) is (level in (OnlineLevel.FULL, OnlineLevel.PARTIAL))


async def test_a_place_says_who_decides_and_where_in_the_province_it_may_be_handed_in() -> None:
    text = await told(procedure(), Aspect.WHERE)
    assert "Ủy ban nhân dân cấp xã" in text
    assert "trong tỉnh" in text
    assert "cả nước" not in text
    assert "cả nước" in await told(procedure(nationwide=True), Aspect.WHERE)


@pytest.mark.parametrize(
    "changes",
    [
        {"agencies": ("Công an cấp xã",)},
        {"agencies": ("Ban Chỉ huy quân sự cấp xã",)},
        {"levels": (Level.CENTRAL,), "agencies": ("Bộ Y tế",)},
    ],
)
async def test_police_army_and_ministries_are_not_said_to_be_served_at_any_one_stop_shop(
    changes: dict[str, object],
) -> None:
    assert "bất kỳ trung tâm" not in await told(procedure(**changes), Aspect.WHERE)


async def test_what_the_record_does_not_say_is_admitted_with_who_knows() -> None:
    text = await told(procedure(conditions="", legal_basis=()), Aspect.LEGAL, Aspect.CONDITIONS)
    assert text.count("Danh mục chưa ghi phần này") == 2
    assert "bộ phận một cửa nơi nộp hồ sơ" in text


async def test_a_long_answer_is_split_between_sections_and_nothing_is_lost() -> None:
    papers = tuple(RequiredPaper(name=f"Giấy số {number} " + "x" * 60) for number in range(25))
    steps = tuple(f"Bước {number}: " + "y" * 80 for number in range(12))
    record = procedure(cases=(PaperCase(papers=papers),), steps=steps)
    talk = Talk(FakeCatalogue(record))
    text = await talk.say("hỏi", asks((record, 0.95), aspects=[Aspect.DOCUMENTS, Aspect.STEPS, Aspect.FEE]))
    assert len(talk.replies) > 1
    for line in [*(paper.name for paper in papers), *steps, "Miễn phí", "1.001193"]:
        assert text.count(line) == 1 or line in ("Miễn phí", "1.001193")
    assert all(reply.choices == () for reply in talk.replies[:-1])
    assert all(reply.text.strip() for reply in talk.replies)
    assert "Nguồn:" in talk.replies[-1].text


async def test_more_aspects_than_a_message_holds_are_cut_to_four() -> None:
    talk = Talk()
    await talk.say("hỏi hết", asks((BIRTH, 0.95), aspects=list(Aspect)))
    text = "\n".join(reply.text for reply in talk.replies)
    assert text.count("**") // 2 == 1 + 4


def as_one(*members: Procedure) -> Understanding:
    """A message that surely means the one service that these procedures are."""
    read = asks((members[0], 0.95))
    whole = dataclasses.replace(read.candidates[0], members=tuple(member.code for member in members))
    return dataclasses.replace(read, candidates=(whole,))


async def test_the_same_service_at_another_level_is_one_tap_away() -> None:
    province = procedure(
        "1.000001", name="Giải quyết khiếu nại lần đầu tại cấp tỉnh", levels=(Level.PROVINCE,), field="Khiếu nại"
    )
    commune = procedure(
        "1.000002", name="Giải quyết khiếu nại lần đầu tại cấp xã", levels=(Level.COMMUNE,), field="Khiếu nại"
    )
    talk = Talk(FakeCatalogue(province, commune))
    await talk.say("giải quyết khiếu nại", as_one(province, commune))
    assert "Xem ở cấp xã" in talk.titles()
    assert "tại cấp xã" in await talk.tap(choose("1.000002"))


async def test_a_service_with_details_goes_before_the_same_one_without() -> None:
    listing = procedure("1.000001", name="Đăng ký kết hôn (cấp tỉnh)", detail=Detail.LISTING)
    talk = Talk(FakeCatalogue(listing, MARRIAGE))
    await talk.say("kết hôn", as_one(listing, MARRIAGE))
    assert talk.outcome == "answered"
    assert talk.state.procedure == MARRIAGE.code


@pytest.mark.parametrize("aspect", list(Aspect))
async def test_a_tapped_aspect_is_answered(aspect: Aspect) -> None:
    talk = Talk()
    text = await talk.tap(ask_about(BIRTH.code, aspect))
    assert talk.outcome == "answered"
    assert text.startswith("**Đăng ký khai sinh**")


async def test_braces_in_a_record_are_shown_as_they_are() -> None:
    text = await told(procedure(name="Việc {x} {0} {", summary="{y}"), Aspect.OVERVIEW)
    assert "Việc {x} {0} {" in text
    assert "{y}" in text


async def test_an_empty_record_is_admitted_once_with_who_knows_and_its_source() -> None:
    empty = procedure(cases=(), methods=(), steps=(), agencies=(), result="", url=None)
    text = await told(empty, Aspect.LEGAL)
    assert text.count("Danh mục chưa ghi phần này") == 1
    assert "Mã thủ tục 1.001193" in text


async def test_the_national_record_of_today_goes_before_provincial_copies_and_old_ones() -> None:
    copy = procedure("1.001193.000.00.00.H17", name="Đăng ký khai sinh", as_of="2026-06")
    old = procedure("2.000001", name="Đăng ký khai sinh", as_of="2025-04-28")
    new = procedure("1.001193", name="Đăng ký khai sinh", as_of="2026-06")
    talk = Talk(FakeCatalogue(copy, old, new))
    text = await talk.say("khai sinh", as_one(copy, old, new))
    assert "Mã thủ tục 1.001193," in text or "Mã thủ tục 1.001193." in text
    assert "H17" not in text


@pytest.mark.parametrize(("amount", "said"), [(1, "1 working day"), (5, "5 working days"), (0.5, "0,5 working days")])
def test_a_time_in_english_is_one_day_or_several(amount: float, said: str) -> None:
    assert say_time(TEXTS.speaking("en"), TimeLimit(amount=amount, unit=TimeUnit.WORKING_DAY)) == said


async def test_in_a_group_one_is_asked_to_write_privately() -> None:
    talk = Talk()
    assert "chỉ trả lời trong cuộc trò chuyện riêng" in await talk.send(
        Inbound(ref(), "m", InboundKind.UNSUPPORTED, NOW, data={"group": True})
    )


async def test_what_an_official_switched_off_is_said_to_be_so_with_until_when_and_who_knows() -> None:
    record = procedure(withheld=(Withheld(aspect="fee", until=TODAY),))
    text = await told(record, Aspect.FEE)
    assert "đang được cơ quan rà soát" in text
    assert f"{TODAY:%d/%m/%Y}" in text
    assert "hỏi bộ phận một cửa nơi nộp hồ sơ" in text
    assert "Miễn phí" not in text


async def test_a_service_with_one_code_switched_off_is_not_answered_from_another_code() -> None:
    off = procedure("1.001193.H17", withheld=(Withheld(until=TODAY),))
    talk = Talk(FakeCatalogue(off, procedure()))
    reading = asks((procedure(), 0.95), aspects=[Aspect.FEE])
    both = replace(reading.candidates[0], members=(procedure().code, off.code))
    text = await talk.say("hỏi", replace(reading, candidates=(both,)))
    assert "đang được cơ quan rà soát" in text
    assert "phí" not in text
    assert talk.outcome == "details_missing"


async def test_an_answer_names_the_source_of_a_corrected_part() -> None:
    origin = Origin(part="fees", source=Source(name="Nghị quyết 12/2026/NQ-HĐND"), as_of="2026-10-01")
    text = await told(procedure(origins=(origin,)), Aspect.FEE)
    assert text.endswith("Lệ phí: theo Nghị quyết 12/2026/NQ-HĐND, tính đến 01/10/2026.")
    assert "Nghị quyết" not in await told(procedure(origins=(origin,)), Aspect.STEPS)
