"""Somebody in danger is sent to the telephone at once; somebody with papers to do is not."""

from __future__ import annotations

import pytest

from nlu.hotlines import Emergency, emergency_of, helpers_of, load_hotlines
from nlu.text import fold

IN_DANGER = {
    Emergency.FIRE: [
        "nhà tôi đang cháy",
        "cháy nhà rồi cứu với",
        "chung cư đang cháy, khói nhiều lắm",
        "nhà hàng xóm bốc cháy",
        "xe máy đang bốc cháy ngoài đường",
        "có người bị kẹt trong thang máy",
        "con tôi bị đuối nước",
        "rò rỉ khí gas trong bếp",
        "nhà cháy, có người bị bỏng",
        "nhà tôi đang cháy, giấy tờ cháy hết rồi",
    ],
    Emergency.CHILD: [
        "bố dượng xâm hại cháu bé nhà bên",
        "có người bắt cóc trẻ em",
        "cô giữ trẻ bạo hành em bé",
        "cháu bé bị đánh đập dã man",
    ],
    Emergency.VIOLENCE: [
        "chồng đang đánh tôi",
        "tôi bị chồng đánh",
        "chồng dọa giết tôi",
        "em bị người yêu đánh",
        "chồng đang đánh tôi và giữ hết giấy tờ của tôi",
    ],
    Emergency.DESPAIR: ["tôi muốn tự tử", "em không muốn sống nữa", "con chỉ muốn chết cho xong"],
    Emergency.AMBULANCE: [
        "mẹ tôi bị đột quỵ",
        "bố em ngừng thở rồi",
        "có người ngất xỉu giữa đường",
        "tai nạn giao thông vừa xảy ra, có người bị thương",
        "gọi xe cấp cứu giúp tôi",
        "con tôi uống thuốc trừ sâu",
        "con tôi không thở được",
        "mẹ tôi ngã chảy máu nhiều quá",
        "vợ tôi vỡ ối rồi",
        "có người bị tai nạn",
        "ở ngã tư vừa xảy ra tai nạn",
        "xe tải tông người rồi",
        "con tôi bị gãy tay",
    ],
    Emergency.POLICE: [
        "có cướp đang vào nhà tôi",
        "có trộm vào nhà",
        "có kẻ cầm dao đuổi tôi",
        "có người đột nhập vào nhà",
        "giết người ở ngõ nhà tôi",
        "cứu tôi với",
        "có người bị chém",
    ],
}

PAPERWORK = [
    "thủ tục hưởng trợ cấp tai nạn lao động",
    "xin giấy phép phòng cháy chữa cháy",
    "em bị tai nạn lao động thì được hưởng gì",
    "bố em bị tai nạn giao thông năm ngoái, giờ đi lại khó",
    "tôi bị tai nạn 2 tháng trước",
    "mở quán chay ở quê",
    "bat toi chay toi chay lui xin chu ky",
    "nghiệm thu phòng cháy chữa cháy cần gì",
    "quán karaoke bị cháy muốn xin cấp lại giấy phép",
    "bị trộm mất ví rồi làm lại căn cước ở đâu",
    "bị giật túi mất căn cước rồi làm lại thế nào",
    "bị cướp mất hộ chiếu thì làm sao",
    "mất bằng lái xe do bị trộm",
    "tôi đang chạy grab muốn mở hộ kinh doanh",
    "tôi đang chạy xe biển số tỉnh khác có phải đổi biển không",
    "em đang chạy hồ sơ cho mẹ",
    "cho em hỏi từ từ đã",
    "từ từ em hỏi thêm",
    "trợ cấp cho nạn nhân bạo lực gia đình",
    "làm giấy chứng tử cho người đuối nước",
    "khai tử cho người bị tai nạn giao thông chết",
    "nhận con nuôi là trẻ em bị bạo hành cần điều kiện gì",
    "vợ chồng tôi muốn ly hôn vì chồng đánh vợ thì nộp đơn ở đâu",
    "hỗ trợ nhà bị cháy",
    "hộ nghèo bị cháy nhà được hỗ trợ gì",
    "mở phòng khám cấp cứu",
    "an toàn thực phẩm ngộ độc",
    "bị mất mẫu tờ khai",
    "cửa hàng giặt là cần giấy phép gì",
    "người bị bệnh khó thở có được miễn nghĩa vụ quân sự không",
    "bằng lái bị cháy rồi đổi ở đâu",
    "làm lại sổ đỏ do nhà bị cháy",
    "nhà bị cháy mất hết căn cước",
    "lý lịch tư pháp có tiền án trộm cắp",
    "chồng đánh vợ bị phạt bao nhiêu",
    "trợ cấp mai táng cho người bị chết đuối",
    "chứng nhận nạn nhân chất độc da cam",
]


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_ in IN_DANGER.items() for words in all_])
def test_an_emergency_is_recognised_with_and_without_accents(kind: Emergency, words: str) -> None:
    assert emergency_of(words) is kind
    assert emergency_of(fold(words)) is kind
    assert emergency_of(words.upper() + "!!!") is kind


@pytest.mark.parametrize("words", PAPERWORK)
def test_paperwork_raises_no_alarm_with_or_without_accents(words: str) -> None:
    assert emergency_of(words) is None
    assert emergency_of(fold(words)) is None


def test_accents_tell_a_running_car_from_a_burning_one() -> None:
    assert emergency_of("xe đang chạy ngoài đường") is None
    assert emergency_of("xe đang cháy ngoài đường") is Emergency.FIRE


def test_the_numbers_are_those_of_the_country() -> None:
    numbers = load_hotlines()
    assert {name: numbers[name] for name in ("police", "fire", "ambulance", "child")} == {
        "police": "113",
        "fire": "114",
        "ambulance": "115",
        "child": "111",
    }


@pytest.mark.parametrize(
    ("text", "helpers"),
    [
        ("có người bị tai nạn", ("ambulance", "police")),
        ("co nguoi bi tai nan giao thong", ("ambulance", "police")),
        ("tai nạn xe, có người mắc kẹt trong xe", ("fire", "ambulance", "police")),
        ("nhà cháy, có người bị bỏng", ("fire", "ambulance")),
        ("con tôi bị đuối nước", ("fire", "ambulance")),
        ("mẹ tôi bị đột quỵ", ("ambulance",)),
        ("chồng đang đánh tôi chảy máu", ("police", "ambulance")),
        ("có người bị chém", ("police", "ambulance")),
        ("có trộm vào nhà", ("police",)),
        ("có chuyện rồi", ()),
    ],
)
def test_the_numbers_are_named_in_the_order_of_what_was_told(text: str, helpers: tuple[str, ...]) -> None:
    assert helpers_of(text) == helpers
