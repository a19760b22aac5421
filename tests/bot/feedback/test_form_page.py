"""The form page in a browser's eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.feedback.form_links import PATH, FormLinks
from bot.feedback.form_page import FormOutside, FormPage
from bot.http.headers import add_security_headers
from bot.unit_of_work import UnitOfWork
from feedback.draft_store import DraftStore
from feedback.record import Address, Sender
from tests.bot.messages import NOW
from tests.feedback.fakes import OpenSeals

Client = TestClient[web.Request, web.Application]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
WEEK = timedelta(days=7)
GOOD = {"name": "Nguyễn Văn An", "address": "12 Lê Lợi, phường Mẫu", "phone": "0905 123 427", "email": ""}


@dataclass
class Files:
    """Keeps what is small and no program."""

    most_bytes: int = 1000
    kept: list[tuple[str, str, bytes]] = field(default_factory=list)

    async def keep(self, draft: str, name: str, content: bytes) -> str:
        if name.endswith(".exe"):
            return "utter_attachment_kind"
        self.kept.append((draft, name, content))
        return ""

    async def count(self, draft: str) -> int:
        return len(self.kept)


@dataclass
class House:
    """The page with what it reads and tells."""

    database: UnitOfWork
    store: DraftStore = field(default_factory=lambda: DraftStore(OpenSeals()))
    links: FormLinks = field(default_factory=lambda: FormLinks("", "k" * 40))
    files: Files = field(default_factory=Files)
    went_on: list[tuple[Address, str]] = field(default_factory=list)
    browser: str = ""

    async def path(self, channel: str = "telegram", browser: str = "") -> str:
        async with self.database.write() as session:
            where = Address(channel, "default", "c1")
            await self.store.begin(session, "d1", where, "1", (NOW, NOW + WEEK))
        return PATH + self.links.token("d1", browser)

    async def contact(self) -> Sender | None:
        async with self.database.read() as session:
            return await self.store.contact(session, "d1")

    async def goes_on(self, where: Address, draft: str, at: datetime) -> None:
        self.went_on.append((where, draft))

    def page(self) -> FormPage:
        outside = FormOutside(
            transactions=self.database,
            store=self.store,
            links=self.links,
            clock=lambda: NOW,
            browser=lambda _: self.browser,
            goes_on=self.goes_on,
            kept=WEEK,
            trial=lambda: True,
            files=self.files,
        )
        return FormPage(outside, load_house_texts(project_root()))


@pytest.fixture
def house(database: UnitOfWork) -> House:
    return House(database)


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    app.add_routes(house.page().routes())
    async with TestClient(TestServer(app)) as client:
        yield client


def form(**changes: str) -> FormData:
    """A filled form, as a browser sends it."""
    data = FormData(default_to_multipart=True)
    for name, value in {**GOOD, **changes}.items():
        data.add_field(name, value)
    data.add_field("files", b"", filename="", content_type="application/octet-stream")
    return data


async def test_the_page_says_why_it_asks_and_that_it_is_a_trial(house: House, client: Client) -> None:
    response = await client.get(await house.path())
    text = await response.text()
    assert response.status == 200
    assert "Điều 7" in text
    assert "chạy thử" in text
    assert "Telegram" in text
    assert "<script" not in text
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


async def test_what_is_given_is_kept_and_the_conversation_goes_on(house: House, client: Client) -> None:
    path = await house.path()
    response = await client.post(path, data=form(), headers=SAME_SITE)
    assert "Đã lưu" in await response.text()
    assert await house.contact() == Sender("Nguyễn Văn An", "12 Lê Lợi, phường Mẫu", "+84905123427")
    assert house.went_on == [(Address("telegram", "default", "c1"), "d1")]
    again = await (await client.get(path)).text()
    assert "N∗∗∗ V∗∗ A∗" in again
    for secret in ("Nguyễn", "Lê Lợi", "0905"):
        assert secret not in again


async def test_what_is_lacking_is_said_beside_it_and_nothing_is_lost(house: House, client: Client) -> None:
    response = await client.post(await house.path(), data=form(name="ẩn danh", phone="123"), headers=SAME_SITE)
    text = await response.text()
    assert response.status == 422
    assert "giấu tên" in text
    assert "10 chữ số" in text
    assert "12 Lê Lợi, phường Mẫu" in text
    assert await house.contact() is None
    assert house.went_on == []


async def test_files_go_along_and_a_refused_one_is_named(house: House, client: Client) -> None:
    path, data = await house.path(), form()
    data.add_field("files", b"picture", filename="giấy hẹn.jpg", content_type="image/jpeg")
    data.add_field("files", b"x" * 2000, filename="to.pdf", content_type="application/pdf")
    response = await client.post(path, data=data, headers=SAME_SITE)
    assert response.status == 422
    assert "to.pdf" in await response.text()
    assert [(draft, content) for draft, _, content in house.files.kept] == [("d1", b"picture")]


async def test_another_sites_form_is_not_taken(house: House, client: Client) -> None:
    path = await house.path()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await client.post(path, data=form(), headers=headers)).status == 403
    assert await house.contact() is None


async def test_on_the_web_only_the_browser_that_chats_opens_it(house: House, client: Client) -> None:
    path = await house.path("web", "mine")
    assert (await client.get(path)).status == 403
    house.browser = "mine"
    assert (await client.get(path)).status == 200


async def test_a_made_up_or_finished_one_is_gone(house: House, client: Client) -> None:
    assert (await client.get(f"{PATH}{'0' * 64}")).status == 404
    path = await house.path()
    async with house.database.write() as session:
        await house.store.drop(session, "d1")
    assert (await client.get(path)).status == 404
    assert (await client.post(path, data=form(), headers=SAME_SITE)).status == 404
