"""The postal ports: a few places, offices and prices that a test lays down, and facts that add up by simple rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.dialogue.ports import Catalogue
from bot.dialogue.postal_ports import AboutPostal
from bot.postal.comparison import Comparison, Journey, Leg, LegKind, WayFacts
from bot.postal.office import Near, PostOffice
from bot.postal.option import Options, Possibility, PostalOption, Standing, Why
from bot.postal.ports import Wish
from bot.postal.public_links import load_public_links
from bot.postal.quote import LineKind, NoQuote, Quote, QuoteLine, Zone
from feedback.working_time.loading import WorkingTime
from nlu.catalogue.model import Fee, FeeKind, FilingWay, Procedure, TimeLimit
from nlu.places.place import Commune, Former, Outcome, PlaceReading, Province
from nlu.text import fold, normalise

QUANG_NGAI, HA_NOI, HCM = (
    Province("51", "Tỉnh Quảng Ngãi"),
    Province("01", "Thành phố Hà Nội"),
    Province("79", "Thành phố Hồ Chí Minh"),
)
BINH_MINH = Commune("21085", "Xã Bình Minh", QUANG_NGAI, 15.3, 108.7)
IA_CHIM = Commune("23332", "Xã Ia Chim", QUANG_NGAI)
TAN_AN_1 = Commune("00101", "Phường Tân An", HA_NOI)
TAN_AN_2 = Commune("79101", "Xã Tân An", HCM)
_PLACES = {
    "quang ngai": PlaceReading(Outcome.PROVINCE, province=QUANG_NGAI),
    "qngai": PlaceReading(Outcome.PROVINCE, province=QUANG_NGAI),
    "ha noi": PlaceReading(Outcome.PROVINCE, province=HA_NOI),
    "sai gon": PlaceReading(Outcome.PROVINCE, province=HCM, former=(Former("Sài Gòn"),)),
    "kon tum": PlaceReading(Outcome.PROVINCE, province=QUANG_NGAI, former=(Former("Tỉnh Kon Tum"),)),
    "ia chim": PlaceReading(Outcome.COMMUNE, IA_CHIM, QUANG_NGAI),
    "ia chim, kon tum": PlaceReading(Outcome.COMMUNE, IA_CHIM, QUANG_NGAI, former=(Former("Tỉnh Kon Tum"),)),
    "binh minh": PlaceReading(Outcome.COMMUNE, BINH_MINH, QUANG_NGAI),
    "binh an, huyen binh son": PlaceReading(
        Outcome.COMMUNE, BINH_MINH, QUANG_NGAI, former=(Former("Xã Bình An, Huyện Bình Sơn, Tỉnh Quảng Ngãi"),), districts=("Huyện Bình Sơn",)
    ),
    "tan an": PlaceReading(Outcome.SEVERAL, candidates=(TAN_AN_1, TAN_AN_2)),
    "xa la hoac, quang ngai": PlaceReading(Outcome.PROVINCE, province=QUANG_NGAI, unknown="xã Lạ Hoắc"),
    "paris": PlaceReading(Outcome.ABROAD),
    "duc": PlaceReading(Outcome.ABROAD),
}  # fmt: skip
OFFICE = PostOffice(
    code="570000",
    name="Bưu điện Bình Minh",
    address="12 Phạm Văn Đồng, xã Bình Minh",
    commune="21085",
    province="51",
    phone="0255 380 0000",
    hours="07:30–17:00",
    latitude=15.31,
    longitude=108.71,
    as_of="2026-10-01",
    source="Danh sách của Bưu điện tỉnh",
)
PLAIN_OFFICE = PostOffice("570001", "Bưu cục Ia Chim", "Thôn 3, xã Ia Chim", "23332", "51", as_of="2026-10-01")


class FakePlaces:
    """Knows some places, by default those above, however they are introduced."""

    def __init__(self, known: Mapping[str, PlaceReading] = _PLACES) -> None:
        self._known = {_plain(words): reading for words, reading in known.items()}

    def read(self, words: str) -> PlaceReading:
        """See ``ReadsPlaces.read``."""
        said = _plain(words)
        for lead in ("nha toi o ", "o ", "xa ", "phuong ", "tinh ", "thanh pho ", "tp ", "nuoc ", "ben "):
            if said not in self._known:
                said = said.removeprefix(lead)
        return self._known.get(said, PlaceReading(Outcome.NONE))


def _plain(words: str) -> str:
    return fold(normalise(words)).strip(" .,!?")


@dataclass
class FakeOffices:
    """The list that was laid down; none by default."""

    near: tuple[Near, ...] = ()
    asked: list[object] = field(default_factory=list)

    async def is_empty(self) -> bool:
        """See ``FindsOffices.is_empty``."""
        return not self.near

    async def near_commune(self, commune: Commune, most: int) -> tuple[Near, ...]:
        """See ``FindsOffices.near_commune``."""
        self.asked.append(commune.code)
        return self.near[:most]

    async def near_point(self, latitude: float, longitude: float, most: int) -> tuple[Near, ...]:
        """See ``FindsOffices.near_point``."""
        self.asked.append((latitude, longitude))
        return self.near[:most]


ALLOWED = Possibility(Standing.ALLOWED, Why.CATALOGUE, "Cổng Dịch vụ công quốc gia", "2026-07")
REFUSED = Possibility(Standing.REFUSED, Why.PRESENCE, "Cổng Dịch vụ công quốc gia", "2026-07")
UNKNOWN = Possibility(Standing.UNKNOWN, Why.NOTHING_KNOWN)


@dataclass
class FakeFacts:
    """Options by code; a price that grows with each begun kilogram; everything else the same for all."""

    today: date
    known: dict[str, Options] = field(default_factory=dict)
    """Of procedures that are not simply allowed both ways."""
    no_quote: NoQuote | None = None

    def options(self, procedure: Procedure) -> Options:
        """See ``PostalFacts.options``."""
        return self.known.get(procedure.code, Options(ALLOWED, ALLOWED))

    def quote(self, option: PostalOption, zone: Zone, weight: int, *, carry_fee: bool) -> Quote | NoQuote:
        """See ``PostalFacts.quote``."""
        if self.no_quote is not None:
            return self.no_quote
        if weight > 2000:
            return NoQuote.TOO_HEAVY
        low = {Zone.SAME_PROVINCE: 26_000}.get(zone, 30_500) + 10_000 * (weight // 1000)
        both = (LineKind.TO_OFFICE, LineKind.TO_DOOR)
        ways = {PostalOption.SEND: both[:1], PostalOption.RECEIVE: both[1:]}.get(option, both)
        lines = [QuoteLine(kind, low, low + 4_000) for kind in ways]
        if carry_fee:
            lines.append(QuoteLine(LineKind.CARRYING_FEE, 8_000, 8_000))
        groups = ("revolutionary_before_1945", "heroic_mother")
        return Quote(
            option,
            zone,
            weight,
            tuple(lines),
            "Bảng giá của Bưu điện tỉnh Khánh Hòa",
            "",
            None,
            None,
            True,
            exempt=groups,
        )

    def weigh(self, sheets: int) -> int:
        """See ``PostalFacts.weigh``."""
        return 15 + 5 * sheets

    def heaviest(self, zone: Zone) -> tuple[int, int]:
        """See ``PostalFacts.heaviest``."""
        return 2000, 397

    def zone(self, one: str, other: str) -> Zone:
        """See ``PostalFacts.zone``."""
        if one == other:
            return Zone.SAME_PROVINCE
        return Zone.BIG_CITIES if {one, other} == {"01", "79"} else Zone.OTHER_PROVINCE

    def compare(self, procedure: Procedure, wish: Wish) -> Comparison:
        """See ``PostalFacts.compare``."""
        options = self.options(procedure)
        option = wish.option or (options.offered or (None,))[0]
        weight, zone = wish.weight or 45, wish.zone or Zone.SAME_PROVINCE
        ways = [self._way(FilingWay.COUNTER, 3, (1, 2)), self._way(FilingWay.ONLINE, 3, (0, 1))]
        standing = Standing.REFUSED if options.refused else options.send.standing
        post = self._way(FilingWay.POST, 9, (0, 0), standing)
        quote = self.quote(option or PostalOption.BOTH, zone, weight, carry_fee=wish.carry_fee)
        ways.append(
            WayFacts(
                **{
                    **vars(post),
                    "quote": quote if isinstance(quote, Quote) else None,
                    "no_quote": quote if isinstance(quote, NoQuote) else None,
                }
            )
        )
        cheap = (FilingWay.COUNTER, FilingWay.ONLINE)
        if options.refused:
            del ways[-1]
        return Comparison(
            procedure.code, procedure.name, options, option, zone, wish.zone is not None, tuple(ways), cheap, cheap,
            ("Giấy chứng sinh",), 5 if wish.papers is None else len(wish.papers), weight, "Cổng Dịch vụ công quốc gia", "2026-07",
        )  # fmt: skip

    def _way(
        self, way: FilingWay, days: int, trips: tuple[int, int], standing: Standing = Standing.ALLOWED
    ) -> WayFacts:
        legs = (Leg(LegKind.PROCEDURE, days, self.today + timedelta(days)),)
        return WayFacts(way, standing, TimeLimit(), Fee(kind=FeeKind.FREE), Journey(self.today, legs), trips)


@dataclass
class FakePost:
    """All that the talk about the post reads."""

    today: date
    facts: FakeFacts = field(init=False)
    offices: FakeOffices = field(default_factory=FakeOffices)
    home: Province | None = None

    def __post_init__(self) -> None:
        self.facts: Any = FakeFacts(self.today)

    def about(self, catalogue: Catalogue, time: WorkingTime) -> AboutPostal:
        """Put it together."""
        return AboutPostal(
            self.facts,
            FakePlaces(),
            self.offices,
            catalogue,
            time,
            load_public_links(),
            lambda office: f"https://map.example/{office.code}",
            self.home,
            "postal_request",
        )
