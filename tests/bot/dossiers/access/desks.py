"""A desk on a real database with a source, a sender and a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import ChannelOffError
from bot.dossiers.access.access_store import AccessStore, LookupStore
from bot.dossiers.access.agencies import Agencies, FactAlone
from bot.dossiers.access.alert_store import Alert, AlertStore
from bot.dossiers.access.alerts import Alarm
from bot.dossiers.access.beat import Beat
from bot.dossiers.access.challenge_store import ChallengeStore
from bot.dossiers.access.confirming import Confirming, Opened
from bot.dossiers.access.counting_store import CountingStore
from bot.dossiers.access.desk import FrontDesk, Rules, Stores
from bot.dossiers.access.facts import Facts
from bot.dossiers.access.held import HeldAccess
from bot.dossiers.access.limiting import Limits
from bot.dossiers.access.limits import Amounts
from bot.dossiers.access.marks import Marks
from bot.dossiers.access.post import CodePost
from bot.dossiers.desk import Asker
from bot.dossiers.record import Owner, Record
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.store import WatchStore
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import BASE
from tests.fakes.known_dossiers import FakeCodeSender, KnownDossiers
from tests.fakes.time import FakeTime

KNOWN = "H48.30.02-261117-0001"
UNKNOWN = "H48.30.02-261117-0002"
WITHOUT_CONTACT = "H48.30.02-261117-0003"
PHONE = "0912 345 678"
OWNER = Owner(name="Nguyễn Văn Mẫu", phone=PHONE, identity="048200001234")
PAGE = "https://motcua.example/ma/"
ALONE = Agencies((FactAlone("H48.30", "QĐ 1/QĐ-UBND (mẫu)", date(2026, 1, 1)),))
NONE = Agencies(())


def asker(conversation: str = "a", channel: str = "web", **differing: Any) -> Asker:
    return Asker(Ref(channel, "default", conversation), FakeTime().clock(), **differing)


def dossier(code: str, owner: Owner = OWNER) -> Record:
    return replace(BASE, code=code, owner=owner)


@dataclass
class Told:
    """Keeps what conversations are told."""

    said: dict[str, tuple[Ref, Reply]] = field(default_factory=dict)
    off: bool = False

    async def notify(self, session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        if self.off:
            raise ChannelOffError("off")
        self.said.setdefault(key, (ref, reply))
        return True


@dataclass
class Counter:
    """A desk with everything around it."""

    database: UnitOfWork
    rules: Rules = field(default_factory=lambda: Rules(NONE, PAGE))
    amounts: Amounts = field(default_factory=Amounts)
    time: FakeTime = field(default_factory=FakeTime)
    source: KnownDossiers = field(
        default_factory=lambda: KnownDossiers(
            {KNOWN: dossier(KNOWN), WITHOUT_CONTACT: dossier(WITHOUT_CONTACT, Owner("Trần Thị Mẫu"))}
        )
    )
    sender: FakeCodeSender = field(default_factory=FakeCodeSender)
    told: Told = field(default_factory=Told)
    watches: WatchStore = field(default_factory=WatchStore)

    def __post_init__(self) -> None:
        cipher, marks = AesGcmCipher("e" * 40), Marks("s" * 40)
        self.dossiers = DossierStore(cipher, "s" * 40)
        self.stores = Stores(marks, AccessStore(), LookupStore(), ChallengeStore(cipher, marks), self.watches)
        self.counting, self.alerts = CountingStore(), AlertStore()
        alarm = Alarm(marks, self.alerts, self.amounts)
        self.limits = Limits(marks, self.counting, alarm, self.amounts, frozenset({"web"}))
        self.facts = Facts(self.source, self.dossiers, self.database)
        shared: dict[str, Any] = {
            "stores": self.stores,
            "limits": self.limits,
            "transactions": self.database,
            "clock": self.time.clock,
        }
        beat = Beat(self.time.ticks, self.time.sleep)
        self.desk = FrontDesk(source=self.source, facts=self.facts, rules=self.rules, beat=beat, **shared)
        self.confirming = Confirming(
            rules=self.rules,
            tries=self.amounts.tries_per_page,
            says=lambda language, code, until: Reply(f"{language} {code} {until:%H:%M}"),
            **shared,
        )
        self.post = CodePost(facts=self.facts, sender=self.sender, random=lambda: 0.5, **shared)
        self.held = HeldAccess(self.stores, self.counting, self.time.clock)

    async def type(self, page: str, code: str, browser: str = "") -> Opened:
        """Type a code on a page."""
        return await self.confirming.type(page.removeprefix(PAGE), code, browser, self.told.notify)

    async def alarms(self) -> list[Alert]:
        async with self.database.read() as session:
            return list(await self.alerts.listed(session, 100))
