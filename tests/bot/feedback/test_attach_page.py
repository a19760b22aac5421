"""The page on which a sender attaches files, on a real database and folder."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.photos import Fetched
from bot.feedback.attach_links import FOR, AttachLinks
from bot.feedback.attach_page import AttachPage
from bot.feedback.attaching import Attaching
from bot.unit_of_work import UnitOfWork
from feedback.attachments.examining import Examiner
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import Refusal
from feedback.attachments.service import Attachments, Limits
from feedback.attachments.store import Attachment, AttachmentStore
from tests.bot.messages import ref
from tests.feedback.attachments.samples import pdf, picture
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW

Client = TestClient[web.Request, web.Application]
DRAFT = "d" * 32
OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Bench:
    """A served page."""

    client: Client
    links: AttachLinks
    attaching: Attaching
    moments: list[datetime]
    drafts: set[str] = field(default_factory=lambda: {DRAFT})

    @property
    def path(self) -> str:
        return f"/tep/{self.links.token(DRAFT)}"

    async def names(self) -> list[str]:
        return [one.name for one in await self.attaching.of_draft(DRAFT)]

    async def post(self, *files: tuple[str, bytes], headers: dict[str, str] = OURS) -> tuple[int, str]:
        form = FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("other", "x")
        for name, content in files:
            form.add_field("file", content, filename=name, content_type="application/octet-stream")
        response = await self.client.post(self.path, data=form, headers=headers)
        return response.status, await response.text()


@dataclass
class OneFile:
    """A channel that hands over one file."""

    found: Fetched | None

    async def fetch(self, file: str, most: int) -> Fetched | None:
        return self.found


@pytest.fixture
async def bench(database: UnitOfWork, tmp_path: Path) -> AsyncIterator[Bench]:
    moments, drafts = [NOW], {DRAFT}
    files = SealedFiles(tmp_path / "files", OpenSeals())
    attachments = Attachments(AttachmentStore(OpenSeals()), files, Examiner(), Limits(files=2, bytes=100_000))
    attaching = Attaching(attachments, database, {}, lambda: moments[-1])
    links = AttachLinks("https://motcua.example", AesGcmCipher("k" * 40), lambda: moments[-1])

    async def lives(draft: str) -> bool:
        return draft in drafts

    app = web.Application(client_max_size=2048)
    app.add_routes(AttachPage(links, attaching, lives, load_house_texts(project_root())).routes())
    async with TestClient(TestServer(app)) as client:
        yield Bench(client, links, attaching, moments, drafts)


async def test_files_are_taken_listed_and_taken_off_again(bench: Bench) -> None:
    assert "Chưa có tệp nào" in await (await bench.client.get(bench.path)).text()
    status, text = await bench.post(("ảnh <1>.jpg", picture()), ("đơn.pdf", pdf()))
    assert status == 200
    assert "ảnh &lt;1&gt;" not in text
    assert "Đã nhận tệp: ảnh 1.jpg." in text
    assert "chưa được quét" in text
    assert set(await bench.names()) == {"ảnh 1.jpg", "đơn.pdf"}
    assert 'type="file"' not in text
    (id, *_) = re.findall(r'name="id" value="([0-9a-f]{32})"', text)
    response = await bench.client.post(f"{bench.path}/bo", data={"id": id}, headers=OURS)
    assert "Đã bỏ tệp" in await response.text()
    assert len(await bench.names()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ", "loại khác"),
        (picture("PNG", (400, 400)) + b"x" * 100_000, "quá lớn"),
        (b"%PDF-1.7 broken", "bị hỏng"),
        (pdf(password="x"), "có mật khẩu"),
        (b"", "trống"),
    ],
)
async def test_what_is_not_taken_says_why(bench: Bench, content: bytes, said: str) -> None:
    _, text = await bench.post(("x.jpg", content))
    assert said in text
    assert await bench.names() == []


async def test_no_more_files_than_allowed(bench: Bench) -> None:
    files = [(f"{side}.png", picture("PNG", (side, 9))) for side in (10, 20, 30)]
    _, text = await bench.post(*files)
    assert "Đã đủ số tệp" in text
    assert len(await bench.names()) == 2


async def test_a_form_without_files_or_of_another_kind_says_so(bench: Bench) -> None:
    assert "chưa chọn tệp" in (await bench.post())[1]
    response = await bench.client.post(bench.path, data={"file": "x"}, headers=OURS)
    assert "chưa chọn tệp" in await response.text()


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}])
async def test_another_sites_form_does_nothing(bench: Bench, headers: dict[str, str]) -> None:
    status, _ = await bench.post(("x.jpg", picture()), headers=headers)
    gone = await bench.client.post(f"{bench.path}/bo", data={"id": "a" * 32}, headers=headers)
    allowed = 200 if headers == {} else 403
    assert (status, gone.status) == (allowed, allowed)
    assert bool(await bench.names()) == (headers == {})


async def test_the_page_ends_with_its_time_or_its_draft(bench: Bench) -> None:
    path = bench.path
    bench.drafts.clear()
    assert (await bench.client.get(path)).status == 404
    bench.drafts.add(DRAFT)
    assert (await bench.client.get(path)).status == 200
    bench.moments.append(NOW + FOR + timedelta(seconds=1))
    response = await bench.client.get(path)
    assert response.status == 404
    assert "không còn dùng được" in await response.text()
    for token in ("x", "A" * 500, "%C3%A9"):
        assert (await bench.client.get(f"/tep/{token}")).status == 404


async def test_it_is_private_and_speaks_the_drafts_language(bench: Bench) -> None:
    response = await bench.client.get(f"/tep/{bench.links.token(DRAFT, 'en')}")
    assert "Choose files" in await response.text()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    assert bench.links.address(DRAFT).startswith("https://motcua.example/tep/")


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (Fetched(picture()), None),
        (Fetched(too_large=True), Refusal.TOO_LARGE),
        (Fetched(b"MZ"), Refusal.KIND),
        (None, Refusal.BUSY),
    ],
)
async def test_pictures_come_through_the_channels_own_fetchers(
    bench: Bench, found: Fetched | None, kept: Refusal | None
) -> None:
    attaching = Attaching(
        bench.attaching.attachments, bench.attaching.transactions, {"web": OneFile(found)}, lambda: NOW
    )
    for _ in range(2):
        taken = await attaching.fetch(ref(), "file", "ảnh.jpg", DRAFT)
        assert taken is kept or (kept is None and isinstance(taken, Attachment))
    assert len(await bench.names()) == (kept is None)
    assert await bench.attaching.fetch(ref(channel="zalo"), "file", "x", DRAFT) is Refusal.BUSY
