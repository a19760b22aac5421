"""What shows who somebody is goes; the words that say which procedure is meant stay."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.app import project_root
from nlu.learning.masking import LONGEST, mask, same_key, unmasked
from nlu.text import normalise

MASKED = [
    ("Tôi tên là Nguyễn Văn An, sinh ngày 12/03/1990 muốn làm lại giấy khai sinh", "Nguyễn An 12/03 1990"),
    ("toi ten nguyen van a muon lam khai sinh cho con", "nguyen van"),
    ("toi la le van luyen o bac giang", "le van luyen"),
    ("em tên hoa, em muốn đăng ký tạm trú", "hoa"),
    ("tên tôi là trần thị bích ngọc, hỏi về thẻ bảo hiểm", "trần thị bích ngọc"),
    ("TÔI TÊN LÀ TRẦN THỊ BÍCH, MUỐN LÀM KHAI SINH CHO CON", "TRẦN THỊ BÍCH"),
    ("Tôi Tên Là Trần Thị Bích Muốn Làm Khai Sinh", "Trần Thị Bích"),
    ("con trai tôi tên là minh khôi bị sai chữ lót", "minh khôi"),
    ("bé nhà em tên là Su, tên thật Trần Gia Bảo", "Su Trần Bảo"),
    ("vợ tôi là Lê Thị Hoa mất năm 2010", "Lê Thị Hoa"),
    ("vợ chồng em Hùng và Lan muốn ly hôn", "Hùng Lan"),
    ("ông Trần Văn Hùng chủ tịch xã", "Trần Hùng"),
    ("chị nguyễn thị hoa nhờ em hỏi", "nguyễn thị hoa"),
    ("chủ tk NGUYEN VAN A cho em hỏi", "NGUYEN VAN"),
    ("ho ten: pham van b, sn 1988", "pham van 1988"),
    ("họ và tên: hoàng minh quân", "hoàng minh quân"),
    ("tên cha: Nguyễn Văn B, tên mẹ: Lê Thị C", "Nguyễn Lê"),
    ("người tên Hùng nộp hộ được không", "Hùng"),
    ("tôi đứng tên Phan Văn Trị", "Phan Trị"),
    ("dạ em Thảo đây, muốn hỏi giấy độc thân", "Thảo"),
    ("gọi tôi số 0912 345 678 hoặc 0912.345.678 nhé", "0912 345 678"),
    ("+84 912 345 678 là số của em", "84 912"),
    ("sđt: 0 9 1 2 3 4 5 6 7 8", "0 9 1"),
    ("o912345678 nha", "912345678"),
    ("cmnd 025 123 456 đổi sang căn cước", "025 123"),
    ("cccd 079200001234", "079200001234"),
    ("số hộ chiếu B1234567 hết hạn", "B1234567"),
    ("thẻ bhyt GD4797912345678 sai ngày sinh", "4797912345678"),
    ("stk 19034567890123 vietcombank", "19034567890123"),
    ("mã số thuế 0312345678-001", "0312345678"),
    ("mã otp là 9981", "9981"),
    ("4 số cuối 1234", "1234"),
    ("hồ sơ H15.50.05.13-261008-0975 của tôi tới đâu rồi", "261008 0975"),
    ("mã hồ sơ 000.00.16.H34-200827-0012", "200827 0012"),
    ("biển số 29A-123.45 bị mất cà vẹt", "123.45 29A"),
    ("xe 59X1 23456 sang tên", "23456"),
    ("xe biển 30A12345", "30A12345"),
    ("email tôi là nguyenvana@gmail.com", "nguyenvana gmail"),
    ("abc @ gmail . com", "abc gmail"),
    ("https://facebook.com/nguyenvana bị lừa", "nguyenvana"),
    ("fb.com/abc", "fb abc"),
    ("ngày sinh của con là 3 tháng 5 năm 2020", "2020"),
    ("ns 12/02/1990", "1990"),
    ("anh Tuấn ở xã Tân Phú huyện Châu Thành tỉnh Đồng Tháp muốn tách thửa", "Tuấn Tân Châu"),
    ("nhà ở số 12/5 hẻm 45 đường Nguyễn Trãi, phường 2, quận 5", "12/5 45 Trãi"),
    ("thường trú tại phường bến nghé muốn xin tạm trú", "bến nghé"),
    ("địa chỉ: 15 lê lợi, phường 4, tp vũng tàu, muốn cấp lại sổ", "15 lợi vũng"),
    ("số nhà 12 ngách 34 ngõ 56 phố Khâm Thiên", "12 34 56 Khâm"),
    ("ap binh hoa xa binh duc", "hoa duc"),
    ("ấp 3 xã bình minh tách hộ khẩu", "3 bình"),
    ("khóm 2, thị trấn Cái Bè, huyện Cái Bè", "2 Cái Bè"),
    ("hẻm 45/6/7 Bùi Viện", "45/6/7"),
    ("tổ 5 khu phố 3 làm tạm trú", "5 3"),
]
"""A message, and the parts of it that must be gone."""

KEPT = """đổi tên trong khai sinh
tên em quê quá bị bạn chọc từ nhỏ, muốn đổi tên khác
con tôi tên sai dấu trong khai sinh
UBND xã có làm chứng thực không
nộp ở xã hay phường
lên xã làm khai tử mất bao lâu
hòa giải tranh chấp đất tại xã gồm các bước nào
đổi bằng lái xe quốc tế
giao thông đường bộ cấp phép
sổ đỏ đứng tên hai vợ chồng
sang tên xe máy
tôi là người nước ngoài muốn tạm trú
em là sinh viên cần làm thẻ bhyt
tôi là chủ hộ
em lấy chồng Đài Loan thì khai sinh cho con làm sao
mẹ em người Mường mà khai sinh ghi Kinh
lệ phí 1.500.000 đồng đúng không
mã thủ tục 1.001193
2.000806.000.00.00.H17 là thủ tục gì
nghị định 123/2015/NĐ-CP
Thông tư 28/2026 của Bộ Công an
con 14 tuổi làm căn cước
căn cước 12 số
chứng minh 9 số đổi sang 12 số
xe 50cc cần bằng lái không
tổ chức từ thiện
hợp tác xã muốn đổi tên
nộp trên dichvucong.gov.vn
làm lý lịch tư pháp
Lý Lịch Tư Pháp làm ở đâu
áp dụng cho ai
ap dung cho ai
buôn bán nhỏ có cần đăng ký không
con tên gì cũng được
tên công ty bị trùng
đăng ký kết hôn ở phường nào
lam lai cccd o dau
giay xac nhan doc than xin o xa nao
thay đổi địa chỉ trên đăng ký xe
từ năm 2020 đến 2025 có đổi không
làm hộ chiếu ở Hà Nội được không
TP Hồ Chí Minh cấp đổi bằng lái ở đâu
trưởng thôn xác nhận hộ nghèo
đất nông nghiệp 500m2 tách thửa
30/4 nghỉ mấy ngày
mẫu CT01 tải ở đâu
phí công chứng hợp đồng 2 tỷ""".splitlines()


@pytest.mark.parametrize(("text", "gone"), MASKED)
def test_what_shows_who_somebody_is_goes(text: str, gone: str) -> None:
    masked = mask(text)
    left = re.findall(r"[\w/.]+", re.sub("⟨[^⟩]*⟩", " ", masked))
    assert "⟨" in masked
    assert [part for part in gone.split() if part in left] == [], masked


@pytest.mark.parametrize("text", KEPT)
def test_the_words_of_a_procedure_stay(text: str) -> None:
    assert mask(text) == text


def test_of_the_fixed_questions_hardly_one_loses_a_word() -> None:
    """They hold no personal data: whatever is masked in them is a mistake."""
    path = project_root() / "nlu" / "data" / "questions" / "fixed.jsonl"
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert sum(mask(text) != normalise(text) for text in texts) <= 0.01 * len(texts)


def test_the_accents_tell_a_person_from_a_ministry() -> None:
    assert mask("bố Chính bị mất giấy tờ") == "bố ⟨tên⟩ bị mất giấy tờ"
    assert mask("nghị quyết của Bộ Chính trị") == "nghị quyết của Bộ Chính trị"


def test_the_unit_of_a_place_stays_so_that_the_question_can_be_understood() -> None:
    assert mask("UBND xã Tân Phú làm chứng thực không") == "UBND xã ⟨địa chỉ⟩ làm chứng thực không"


def test_a_long_story_is_cut_at_a_word_and_never_within_a_mark() -> None:
    long = mask("muốn làm khai sinh " * 40)
    assert len(long) <= LONGEST
    assert long.endswith("khai …")
    for extra in range(30):
        cut = mask("x" * extra + " " + "gọi 0912345678 nhé " * 40)
        assert cut.count("⟨") == cut.count("⟩")


def test_what_is_learned_from_a_masked_text_holds_no_marks() -> None:
    assert unmasked("tôi tên ⟨tên⟩, muốn làm khai sinh ⟨ngày⟩") == "tôi tên, muốn làm khai sinh"
    assert unmasked("⟨tên⟩") == ""


def test_texts_that_say_the_same_have_the_same_key() -> None:
    assert same_key("Làm  khai sinh?") == same_key("lam khai sinh") != same_key("làm khai tử")


CARRIERS = st.sampled_from(
    ["gọi em số {} nhé", "{}", "cccd của tôi là {} muốn đổi", "zalo {} , cam on", "so {}. hoi ti"]
)
PHONES = st.builds(
    lambda head, digits, gap: head + gap + gap.join([digits[:2], digits[2:5], digits[5:]]),
    st.sampled_from(["0", "+84", "84", "(+84)"]),
    st.text("0123456789", min_size=9, max_size=9),
    st.sampled_from(["", " ", ".", "-", ") ", " - "]),
)
IDENTITIES = st.one_of(st.text("0123456789", min_size=9, max_size=9), st.text("0123456789", min_size=12, max_size=12))


@settings(deadline=None)
@example("gọi em số {} nhé", "(+84).11.111.1111")
@example("gọi {}", "(028) 3823 4567")
@given(CARRIERS, st.one_of(PHONES, IDENTITIES, st.text("0123456789", min_size=8, max_size=20)))
def test_no_long_number_survives_whatever_stands_around_it(carrier: str, number: str) -> None:
    masked = mask(carrier.format(number))
    assert len(re.findall(r"\d", masked)) < 4, masked


@settings(deadline=None)
@given(CARRIERS, st.emails())
def test_no_address_of_a_mailbox_survives(carrier: str, address: str) -> None:
    name = address.split("@")[0]
    masked = mask(carrier.format(address))
    assert "@" not in masked
    assert len(name) < 5 or name not in masked


@settings(deadline=None)
@given(
    st.sampled_from(["tôi tên là", "toi ten la", "em tên", "Họ tên:", "tên tôi là"]),
    st.sampled_from(["", ",", " muốn hỏi"]),
)
@example("toi ten", " muon lam khai sinh")
def test_a_full_name_after_telling_it_never_survives(before: str, after: str) -> None:
    for name in ("Nguyễn Thị Minh Khai", "lê văn tám", "TRAN VAN ON", "pham thi lan huong"):
        masked = mask(f"{before} {name}{after}")
        assert not set(name.split()) & set(masked.split()), masked


@settings(deadline=None)
@given(st.text(max_size=400))
def test_masking_never_fails_keeps_its_length_and_changes_nothing_a_second_time(text: str) -> None:
    once = mask(text)
    assert len(once) <= LONGEST
    assert mask(once) == once
    once.encode()
