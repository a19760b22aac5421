"""Texts for the measurement of lists and searches: made up, with words as unevenly common as words are."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from nlu.text import fold

PROCEDURES = 200
SAYINGS = (
    "hồ sơ trễ hẹn mà không ai gọi báo",
    "cán bộ yêu cầu nộp thêm giấy tờ không có trong quy định",
    "tôi phải đi lại nhiều lần để bổ sung",
    "quy định này không phù hợp với thực tế ở xã",
    "mức thu lệ phí không được niêm yết",
    "đề nghị bỏ yêu cầu công chứng bản sao",
    "cổng dịch vụ công báo lỗi khi nộp trực tuyến",
    "thời gian giải quyết kéo dài hơn phiếu hẹn",
    "hai văn bản hướng dẫn mâu thuẫn nhau",
    "thái độ của người tiếp nhận không đúng mực",
)
_ONSETS = "b c ch d g gi h k kh l m n ng nh ph qu r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eo et i ia ich iem ien iet im in inh o oa oan oc oi om on ong "
    "op ot u ua uc ui um un ung uoc uoi uong uot ut uy uyen y"
)


class Folds:
    """Folds as the assistant does; nothing here needs masking."""

    def fold(self, text: str) -> str:
        """Fold a text."""
        return fold(text)

    def mask(self, text: str) -> str:
        """Return it as it is."""
        return text


class Texts:
    """Makes texts up."""

    def __init__(self, seed: int = 6) -> None:
        self.chance = Random(seed)
        self._words = [f"{onset}{rime}" for onset in _ONSETS.split() for rime in _RIMES.split()]
        self.chance.shuffle(self._words)
        self._likely = list(accumulate(1 / (place + 5) for place in range(len(self._words))))
        self.procedures = [f"thủ tục {' '.join(self.some(4))} {number}" for number in range(PROCEDURES)]

    def some(self, count: int) -> list[str]:
        """Return words, the common ones more often."""
        return self.chance.choices(self._words, cum_weights=self._likely, k=count)

    def text(self, procedure: int) -> str:
        """Return what somebody may have said about a procedure."""
        said = [self.procedures[procedure], *self.chance.sample(SAYINGS, 2)]
        return ", ".join([said[0], said[1], " ".join(self.some(self.chance.randint(15, 60))), said[2]])
