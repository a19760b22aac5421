from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from feedback.attachments.kinds import MediaKind, Refusal, sniff
from tests.feedback.attachments.samples import archive, pdf, picture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_known_by_its_bytes(form: str) -> None:
    assert sniff(picture(form)) is MediaKind[form]


def test_a_pdf_is_known_by_its_bytes() -> None:
    assert sniff(pdf()) is MediaKind.PDF


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"MZ\x90\x00", Refusal.KIND),
        (b"GIF89a", Refusal.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", Refusal.KIND),
        (b"PK\x03\x04", Refusal.KIND),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Refusal.HEIC),
        (b" %PDF-1.7", Refusal.KIND),
    ],
)
def test_what_is_not_taken_is_told_apart(content: bytes, why: Refusal) -> None:
    assert sniff(content) is why


@pytest.mark.parametrize(
    "content",
    [
        picture()[:20] + b"%PDF-1.4" + picture()[20:],
        picture("PNG") + archive(),
        pdf() + archive(),
        b"%PDF-1.4\n<script>alert(1)</script>",
        picture()[:4] + b"<!DOCTYPE html>" + picture()[4:],
    ],
)
def test_what_could_be_two_things_is_none(content: bytes) -> None:
    assert sniff(content) is Refusal.TWO_KINDS


@given(some.binary(max_size=300))
def test_nothing_that_is_sent_breaks_it(content: bytes) -> None:
    assert isinstance(sniff(content), MediaKind | Refusal)
