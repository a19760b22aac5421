from __future__ import annotations

import asyncio
import io
import signal
import sys
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.kinds import MediaKind, Refusal
from tests.feedback.attachments.samples import MAKER, disguised_pdf, pdf, pdf_bomb, picture, wall_of_pixels
from tests.feedback.fakes import FakeScanner

MOST = 2_000_000


async def examined(content: bytes, verdict: Verdict = Verdict.UNKNOWN) -> Examined:
    found = await Examiner(FakeScanner(verdict)).examine(content, MOST)
    assert isinstance(found, Examined)
    return found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_keeps_its_pixels_and_nothing_else(form: str) -> None:
    found = await examined(picture(form) + b"behind the picture")
    assert found.kind is MediaKind[form]
    assert MAKER.encode() not in found.content
    assert b"behind" not in found.content
    with Image.open(io.BytesIO(found.content)) as kept:
        assert kept.size == (60, 40)
        assert dict(kept.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)


async def test_a_picture_taken_sideways_stands_upright() -> None:
    found = await examined(picture(turned=6))
    with Image.open(io.BytesIO(found.content)) as kept:
        assert kept.size == (40, 60)
        top, bottom = kept.getpixel((20, 5)), kept.getpixel((20, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]


async def test_a_pdf_keeps_its_pages_and_nothing_that_acts_or_tells() -> None:
    found = await examined(pdf(within=picture()))
    for word in (MAKER.encode(), b"JavaScript", b"app.alert", b"OpenAction", b"EmbeddedFile", b"x.exe", b"/Metadata"):
        assert word not in found.content
    with pikepdf.open(io.BytesIO(found.content)) as kept:
        assert "/Info" not in kept.trailer
        page = kept.pages[0]
        assert b"readable" in page.Contents.read_bytes()
        assert {"/F1", "/AA"} <= set(page.Resources.Font.keys())
        assert [str(note.Subtype) for note in page.Annots] == ["/Text"]
        photo = page.Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(photo)) as within:
        assert dict(within.getexif()) == {}
        within.load()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: picture()[:300], Refusal.BROKEN),
        (lambda: b"\xff\xd8\xff\xe0 no picture", Refusal.BROKEN),
        (lambda: b"%PDF-1.7 no document", Refusal.BROKEN),
        (lambda: pdf(password="x"), Refusal.LOCKED),
        (wall_of_pixels, Refusal.TOO_MUCH),
        (pdf_bomb, Refusal.TOO_MUCH),
        (lambda: b"x" * (MOST + 1), Refusal.TOO_LARGE),
        (lambda: b"hello", Refusal.KIND),
    ],
    ids=["cut", "no picture", "no pdf", "locked", "pixels", "bomb", "large", "kind"],
)
async def test_what_is_broken_locked_or_enormous_is_refused(content: Callable[[], bytes], why: Refusal) -> None:
    assert await Examiner().examine(content(), MOST) is why


async def test_what_the_scanner_knows_is_refused_and_seen_as_it_was_sent() -> None:
    scanner = FakeScanner(Verdict.REFUSED)
    assert await Examiner(scanner).examine(picture(), MOST) is Refusal.INFECTED
    assert scanner.seen == [picture()]


async def test_without_a_scanner_nothing_is_said_to_be_clean() -> None:
    found = await Examiner().examine(picture(), MOST)
    assert isinstance(found, Examined)
    assert found.verdict is Verdict.UNKNOWN


async def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[asyncio.subprocess.Process] = []
    begin = asyncio.create_subprocess_exec

    async def kept(*command: Any, **more: Any) -> asyncio.subprocess.Process:
        children.append(await begin(*command, **more))
        return children[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", kept)
    slow = Examiner(command=(sys.executable, "-c", "import time; time.sleep(600)"), seconds=0.2)
    assert await slow.examine(picture(), MOST) is Refusal.BUSY
    assert [child.returncode for child in children] == [-signal.SIGKILL]


async def test_what_acts_in_a_pdf_goes_whatever_it_says_that_it_is() -> None:
    found = await examined(disguised_pdf())
    assert isinstance(found, Examined)
    for word in (b"JavaScript", b"app.alert", b"Launch", b"OpenAction", b"x.exe", b"/AA"):
        assert word not in found.content
