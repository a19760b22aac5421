"""What both environments must agree on: a small index's arrays and its rankings. Run, it prints them as JSON."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import numpy as np

from nlu.catalogue.index_build import build_index
from nlu.catalogue.services import Entry

ENTRIES = (
    Entry(
        "1.001193", "Đăng ký khai sinh", ("làm giấy khai sinh cho con", "con mới đẻ"), body="tờ khai giấy chứng sinh"
    ),
    Entry("1.000894", "Đăng ký kết hôn", ("làm giấy kết hôn", "cưới"), body="giấy xác nhận tình trạng hôn nhân"),
    Entry("1.000689", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", ()),
    Entry("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", ("công chứng giấy tờ",)),
    Entry("1.002835", "Cấp mới Giấy phép lái xe", ("thi bằng lái",)),
    Entry("1.002809", "Đổi Giấy phép lái xe do ngành Xây dựng cấp", ("đổi bằng lái xe hết hạn",)),
)
QUESTIONS = (
    "làm giấy khai sinh cho con cần giấy tờ gì",
    "lam giay khai sinh cho con can giay to gi",
    "đổi gplx hết hạn",
    "cong chung giay to o dau",
    "hai đứa em sắp cưới",
    "dang ky ket hon",
    "giá vàng hôm nay",
    "uỷ ban ở đâu",
    "🙂",
    "x" * 500,
)


def observed() -> dict[str, Any]:
    """Return hashes of the index's arrays and the ranking of every question, rounded for the last bit of a float."""
    index = build_index(ENTRIES, version=7)
    data = index.to_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        # numpy before 2 takes the keyword of the call for one more array; only the app, with numpy 2, writes real ones.
        names = sorted(set(arrays.files) - {"allow_pickle"})
        hashes = {name: hashlib.sha256(arrays[name].tobytes()).hexdigest() for name in names}
    again = type(index).from_bytes(data)
    rankings = {}
    for question in QUESTIONS:
        ranking = again.rank(question)
        found = [[one.code, round(one.score, 3)] for one in ranking.candidates]
        rankings[question] = {"candidates": found, "in_scope": round(ranking.in_scope, 3)}
    return {"arrays": hashes, "version": again.version, "rankings": rankings}


if __name__ == "__main__":
    print(json.dumps(observed(), ensure_ascii=False))
