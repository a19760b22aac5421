"""In which language a message is clearly written."""

from __future__ import annotations

import pytest

from bot.dialogue.languages import surely_english, surely_vietnamese


@pytest.mark.parametrize(
    "text",
    [
        "cảm ơn em",
        "lệ phí bao nhiêu",
        "le phi bao nhieu",
        "toi muon lam giay khai sinh",
        "ĐĂNG KÝ KẾT HÔN",
        "dang ky ket hon",
        "làm passport ở đâu",
        "mat bao lau",
        "thế còn online?",
        "hello em cho hỏi visa",
        "o dau vay em",
    ],
)
def test_vietnamese_is_known_with_and_without_accents(text: str) -> None:
    assert surely_vietnamese(text)
    assert not surely_english(text)


@pytest.mark.parametrize(
    "text",
    [
        *("ok", "hi", "visa", "không", "no", "thanks", "passport online"),
        *("Nguyễn Văn Ba", "Đà Nẵng", "Ha Noi", "Le Van Tam"),
        *(
            "how much is it",
            "can you help me",
            "so long",
            "the fee of đăng ký kết hôn",
            "my son is 15",
            "long time no see",
        ),
    ],
)
def test_short_words_names_and_english_are_not_clearly_vietnamese(text: str) -> None:
    assert not surely_vietnamese(text)
