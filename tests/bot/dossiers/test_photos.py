"""QR codes in pictures: read in a process of their own, within limits, and told for what they are."""

from __future__ import annotations

import asyncio
import io
import sys

import pytest
import segno
from PIL import Image

from bot.dossiers.photos import MOST_BYTES, Fetched, PhotoOutcome, PhotoRead, Photos, QrReader, meaning
from tests.bot.messages import ref

CODE = "000.00.16.H48-261110-0012"


def picture(text: str, kind: str = "PNG") -> bytes:
    """A photograph of a QR code: grey around it, and a little turned."""
    made = io.BytesIO()
    segno.make_qr(text).save(made, kind="png", scale=6)
    code = Image.open(io.BytesIO(made.getvalue())).convert("RGB").rotate(9, expand=True, fillcolor=(150, 150, 140))
    sheet = Image.new("RGB", (900, 700), (150, 150, 140))
    sheet.paste(code, (250, 150))
    out = io.BytesIO()
    sheet.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_dossier_code_is_read_from_a_photograph(kind: str) -> None:
    assert await QrReader().read(picture(CODE, kind)) == PhotoRead(PhotoOutcome.FOUND, CODE)


async def test_a_sheet_without_a_code_is_told_as_such() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    assert (await QrReader().read(blank.getvalue())).outcome is PhotoOutcome.NO_CODE


async def test_a_small_file_that_unpacks_to_a_wall_is_not_unpacked() -> None:
    wall = io.BytesIO()
    Image.new("1", (12000, 12000)).save(wall, "PNG")
    assert (await QrReader().read(wall.getvalue())).outcome is PhotoOutcome.TOO_LARGE
    assert (await QrReader().read(b"x" * (MOST_BYTES + 1))).outcome is PhotoOutcome.TOO_LARGE


@pytest.mark.parametrize("noise", [b"", b"%PDF-1.7", b"GIF89a", b"\xff\xd8\xff\xe0 cut off", b"<svg/>"])
async def test_what_is_no_picture_of_ours_is_not_opened(noise: bytes) -> None:
    assert (await QrReader().read(noise)).outcome is PhotoOutcome.NO_PICTURE


async def test_a_reader_that_hangs_is_ended() -> None:
    slow = QrReader((sys.executable, "-I", "-c", "import time; time.sleep(600)"), seconds=0.3)
    assert (await slow.read(b"x")).outcome is PhotoOutcome.BUSY


async def test_too_many_at_once_are_sent_away() -> None:
    slow = QrReader((sys.executable, "-I", "-c", "import time; time.sleep(600)"), seconds=0.5)
    read = await asyncio.gather(*(slow.read(b"x") for _ in range(12)))
    assert {one.outcome for one in read} == {PhotoOutcome.BUSY}


async def test_the_reader_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_SIGNING_KEY", CODE)
    tell = "import json, os, sys; json.dump([os.environ.get('MOTCUA_SIGNING_KEY', 'none')], sys.stdout)"
    assert (await QrReader((sys.executable, "-I", "-c", tell)).read(b"x")).outcome is PhotoOutcome.OTHER


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ([], PhotoRead(PhotoOutcome.NO_CODE)),
        (["xin chào", CODE.lower()], PhotoRead(PhotoOutcome.FOUND, CODE)),
        ([f"https://motcua.example/tra?ma={CODE}&x=1"], PhotoRead(PhotoOutcome.FOUND, CODE)),
        (["https://motcua.example/?ma=H48.16%2D261110%2D0012"], PhotoRead(PhotoOutcome.FOUND, "H48.16-261110-0012")),
        (["001099012345|012345678|Nguyễn Văn An|01011999|Nam|Kon Tum|01012022"], PhotoRead(PhotoOutcome.IDENTITY)),
        (["https://example.com"], PhotoRead(PhotoOutcome.OTHER)),
    ],
)
def test_what_the_codes_of_a_picture_are(texts: list[str], read: PhotoRead) -> None:
    assert meaning(texts) == read


class Fetcher:
    """Hands over what was laid ready."""

    def __init__(self, fetched: Fetched | None) -> None:
        self.fetched = fetched

    async def fetch(self, file: str, most: int) -> Fetched | None:
        return self.fetched


@pytest.mark.parametrize(
    ("fetched", "outcome"),
    [
        (None, PhotoOutcome.BUSY),
        (Fetched(too_large=True), PhotoOutcome.TOO_LARGE),
        (Fetched(b"not one"), PhotoOutcome.NO_PICTURE),
    ],
)
async def test_what_a_channel_hands_over(fetched: Fetched | None, outcome: PhotoOutcome) -> None:
    photos = Photos(QrReader(), {"telegram": Fetcher(fetched)})
    assert (await photos.read(ref(channel="telegram"), "f")).outcome is outcome


async def test_a_channel_that_hands_nothing_over() -> None:
    assert (await Photos(QrReader()).read(ref(), "f")).outcome is PhotoOutcome.BUSY
