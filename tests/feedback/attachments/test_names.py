from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from feedback.attachments.kinds import MediaKind
from feedback.attachments.names import LONGEST, clean_name, download_headers


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("giấy hẹn.JPG", "giấy hẹn.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\x\\ảnh.exe", "ảnh.jpg"),
        ("a\r\nSet-Cookie: x.png", "a Set-Cookie x.jpg"),
        ("", "tep.jpg"),
        ("..", "tep.jpg"),
        ("tài liệu\u202egpj.exe", "tài liệu gpj.jpg"),
    ],
)
def test_a_name_keeps_its_words_and_gets_the_contents_ending(name: str, shown: str) -> None:
    assert clean_name(name, MediaKind.JPEG) == shown


@given(some.text(max_size=300))
def test_no_name_gets_out_of_its_header(name: str) -> None:
    shown = clean_name(name, MediaKind.PDF)
    assert shown.endswith(".pdf")
    assert len(shown) <= LONGEST + 4
    headers = download_headers(shown, MediaKind.PDF)
    headers["Content-Disposition"].encode("ascii")
    assert not any(sign in value for value in headers.values() for sign in "\r\n")


def test_a_file_leaves_to_be_saved_and_never_to_be_shown() -> None:
    headers = download_headers("giấy hẹn.pdf", MediaKind.PDF)
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
