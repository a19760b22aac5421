"""The form with names and addresses, and the slip to print, in a browser's eyes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.feedback.form_links import FormLinks
from bot.http.headers import add_security_headers
from bot.postal.option import PostalOption
from bot.postal.party_page import PATH, PartyOutside, PartyPage
from bot.postal.request import Parties, PostalRequest
from bot.postal.request_records import Consent
from bot.postal.request_store import RequestStore
from bot.postal.sheet import Sheet
from bot.postal.sheet_links import SheetLinks
from bot.postal.sheet_page import SheetOutside, SheetPage
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.dialogue_house import BIRTH, TEXTS, TIME
from tests.bot.messages import NOW, ref
from tests.bot.postal.pdf_words import read_pdf
from tests.bot.postal.slips import slip
from tests.factories import TODAY
from tests.fakes.post import FakePost
from tests.fakes.post_slips import AN, Streets
from tests.fakes.procedures import FakeCatalogue

Client = TestClient[web.Request, web.Application]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
ID = "BC-7KQM-2XWP"
GOOD = {"name": "Nguyễn Văn An", "phone": "0905 123 427", "email": "", "address": "12 Lê Lợi, Bình Minh", "door": ""}
SECRETS = ("Nguyễn", "905123427", "0905", "Lê Lợi")


@dataclass
class House:
    """Both pages with what they read and tell."""

    database: UnitOfWork
    now: datetime = NOW
    went_on: list[tuple[Ref, str]] = field(default_factory=list)
    store: RequestStore = field(default_factory=lambda: RequestStore(AesGcmCipher("k" * 40)))
    forms: FormLinks = field(default_factory=lambda: FormLinks("", "k" * 40, PATH, "postal slip form"))

    @property
    def sheets(self) -> SheetLinks:
        return SheetLinks("https://motcua.example", AesGcmCipher("k" * 40), lambda: self.now)

    async def form(self) -> str:
        async with self.database.write() as session:
            await self.store.begin(session, ref(channel="telegram"), ID, Consent("1", NOW))
        return PATH + self.forms.token(ID, "")

    async def given(self) -> Parties | None:
        async with self.database.read() as session:
            draft = await self.store.draft(session, ID)
        return draft.parties if draft else None

    async def sheet(self, request: PostalRequest) -> str:
        async with self.database.write() as session:
            await self.store.keep(session, ref(), request, "vi", Consent("1", NOW))
        return self.sheets.address(request.id).removeprefix("https://motcua.example")

    async def goes_on(self, where: Ref, draft: str, at: datetime) -> None:
        self.went_on.append((where, draft))

    def routes(self) -> list[web.RouteDef]:
        post = FakePost(TODAY).about(FakeCatalogue(BIRTH), TIME)
        form = PartyOutside(
            self.database, self.store, self.forms, Streets(post.places), lambda: NOW, lambda _: "", self.goes_on
        )
        sheet = SheetOutside(self.database, self.store, self.sheets, post, lambda: self.now)
        return [*PartyPage(form, TEXTS).routes(), *SheetPage(sheet, TEXTS).routes()]


@pytest.fixture
async def house(small_catalogue: str) -> AsyncIterator[House]:
    database = UnitOfWork(open_engine(small_catalogue))
    yield House(database)
    await database.close()


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    app = web.Application()
    app.on_response_prepare.append(add_security_headers)
    app.add_routes(house.routes())
    async with TestClient(TestServer(app)) as client:
        yield client


def private(response: web.Response | object) -> bool:
    headers = response.headers  # type: ignore[union-attr]
    return (headers["Cache-Control"], headers["Referrer-Policy"], headers["X-Robots-Tag"]) == (
        "no-store",
        "no-referrer",
        "noindex, nofollow",
    )


async def test_what_is_given_is_kept_sealed_masked_when_opened_again_and_the_conversation_goes_on(
    house: House, client: Client
) -> None:
    path = await house.form()
    assert "Nguyễn" not in path
    assert "<script" not in await (await client.get(path)).text()
    response = await client.post(path, data=GOOD, headers=SAME_SITE)
    assert "Đã lưu" in await response.text()
    assert private(response)
    assert await house.given() == Parties(AN)
    assert house.went_on == [(ref(channel="telegram"), ID)]
    again = await (await client.get(path)).text()
    assert "N∗∗∗ V∗∗ A∗" in again
    assert [one for one in SECRETS if one in again] == []


async def test_old_names_are_told_and_another_door_is_kept(house: House, client: Client) -> None:
    form = {**GOOD, "door": "Bình An, huyện Bình Sơn"}
    text = await (await client.post(await house.form(), data=form, headers=SAME_SITE)).text()
    assert "nay là Xã Bình Minh" in text
    given = await house.given()
    assert given is not None
    assert given.door is not None
    assert (given.door.commune, given.door.name) == ("21085", "Nguyễn Văn An")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "ẩn danh"}, "giấu tên"),
        ({"phone": "12"}, "0912 345 678"),
        ({"phone": ""}, "0912 345 678"),
        ({"email": "an@"}, "email"),
        ({"address": "Paris"}, "chỉ đưa trong nước"),
        ({"address": "5 Trần Phú, Tân An"}, "Phường Tân An, Thành phố Hà Nội"),
    ],
)
async def test_what_lacks_is_said_and_nothing_typed_is_lost(
    house: House, client: Client, changes: dict[str, str], said: str
) -> None:
    response = await client.post(await house.form(), data={**GOOD, **changes}, headers=SAME_SITE)
    text = await response.text()
    assert response.status == 422
    assert said in text
    kept = {**GOOD, **changes}
    assert all(value in text for name, value in kept.items() if name != "email")
    assert await house.given() is None
    assert house.went_on == []


async def test_a_place_that_is_not_found_stays_as_it_was_written(house: House, client: Client) -> None:
    await client.post(await house.form(), data={**GOOD, "address": "xóm Mít, chợ Quê"}, headers=SAME_SITE)
    given = await house.given()
    assert given is not None
    assert (given.applicant.commune, given.applicant.address) == ("", "xóm Mít, chợ Quê")


async def test_another_sites_form_a_wrong_address_and_a_finished_slip_take_nothing(
    house: House, client: Client
) -> None:
    path = await house.form()
    assert (await client.post(path, data=GOOD, headers={"Sec-Fetch-Site": "cross-site"})).status == 403
    assert (await client.get(path[:-1] + ("0" if path[-1] != "0" else "1"))).status in (403, 404)
    feedback = FormLinks("", "k" * 40).token(ID, "")
    assert (await client.get(PATH + feedback)).status == 404
    assert await house.given() is None
    async with house.database.write() as session:
        await house.store.keep(session, ref(channel="telegram"), slip(), "vi", Consent("1", NOW))
    assert (await client.post(path, data=GOOD, headers=SAME_SITE)).status == 404


async def test_the_slip_holds_every_field_of_the_circular_and_blanks_for_the_counter(
    house: House, client: Client
) -> None:
    response = await client.get(await house.sheet(slip()))
    text = await response.text()
    assert response.status == 200
    assert private(response)
    for part in (
        *(
            "PHIẾU GỬI HỒ SƠ",
            ID,
            "chưa gửi cho bưu điện",
            "Nguyễn Văn An",
            "0905123427",
            "12 Lê Lợi, Xã Bình Minh",
            "Email",
        ),
        *(
            "Ủy ban nhân dân xã Bình Minh",
            "Đăng ký khai sinh (1.001193)",
            "Gửi hồ sơ và nhận kết quả",
            "Giấy khai sinh",
        ),
        *("Tờ khai &lt;b&gt;", "Thời gian nhận", "Nơi nhận (", "Giá cước", "52.000–60.000", "Khánh Hòa", "trả khi gửi"),
        *("Chất lượng", "Quyền và nghĩa vụ", "Điều 8 Thông tư 17/2017", "Bồi thường", "Điều 14 Quyết định 45/2016"),
        *("Người gửi", "Nhân viên bưu điện", "<svg"),
    ):
        assert part in text, part
    assert "<script" not in text


async def test_the_page_leads_to_a_pdf_that_says_the_same_and_is_as_private(house: House, client: Client) -> None:
    path = await house.sheet(slip())
    assert f'href="{path}/tep"' in await (await client.get(path)).text()
    file = await client.get(path + "/tep")
    assert file.content_type == "application/pdf"
    assert file.headers["Content-Disposition"] == f'attachment; filename="phieu-gui-ho-so-{ID}.pdf"'
    assert private(file)
    read = read_pdf(await file.read())
    assert read.codes == [ID]
    for part in ("Nguyễn Văn An", "Giá cước", "tham khảo 52.000–60.000", f"Phiếu {ID}, trang 1"):
        assert part in read.words, part


async def test_the_slip_stays_vietnamese_whatever_language_was_chosen(house: House, client: Client) -> None:
    text = await (await client.get(await house.sheet(slip()) + "?lang=en")).text()
    assert '<html lang="vi">' in text
    assert "Người nhận" in text


async def test_a_result_that_comes_back_is_sent_by_the_agency(house: House, client: Client) -> None:
    received = slip(option=PostalOption.RECEIVE, papers=(), dossier_code="H48.30.02-261117-0001", practice=True)
    text = await (await client.get(await house.sheet(received))).text()
    assert text.index("Ủy ban nhân dân") < text.index("Nguyễn Văn An")
    assert "H48.30.02-261117-0001" in text
    assert "BẢN THỬ" in text
    assert "Giấy tờ gửi đi" not in text


async def test_an_address_tells_nothing_ends_after_some_days_and_dies_with_its_slip(
    house: House, client: Client
) -> None:
    path = await house.sheet(slip())
    assert ID not in path
    house.now = NOW + timedelta(days=7)
    gone = await client.get(path)
    assert gone.status == 404
    assert "Nguyễn" not in await gone.text()
    house.now = NOW
    assert (await client.get("/phieu/abc")).status == 404
    async with house.database.write() as session:
        await house.store.drop(session, ref(), ID)
    assert (await client.get(path)).status == 404
    assert (await client.get(path + "/tep")).status == 404


async def test_a_made_up_slip_can_be_seen_by_anybody_and_is_marked(client: Client) -> None:
    text = await (await client.get("/phieu/mau")).text()
    assert "BẢN THỬ" in text
    assert "Nguyễn Thị Mẫu" in text


async def test_only_the_made_up_slip_is_drawn_once_for_all_who_ask_and_anew_when_its_words_change(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(sheet: Sheet, page_of: Callable[[int], str]) -> bytes:
        drawn.append(sheet.id)
        return page_of(1).encode()

    monkeypatch.setattr("bot.postal.sheet_page.sheet_pdf", draw)
    sample, own = "/phieu/mau/tep", await house.sheet(slip()) + "/tep"
    told = [await (await client.get(path)).text() for path in (sample, own, sample, own)]
    assert (told[0], told[1]) == (told[2], told[3])
    assert [id for id in drawn if id != ID] == [drawn[0]]
    assert drawn.count(ID) == 2
    house.now += timedelta(days=1)
    await client.get(sample)
    assert len(drawn) == 4


async def test_a_procedure_that_left_the_catalogue_leaves_the_slip_without_a_price(
    house: House, client: Client
) -> None:
    text = await (await client.get(await house.sheet(replace(slip(), procedure_code="9.999999")))).text()
    assert "Giá cước" in text
    assert "tham khảo" not in text
