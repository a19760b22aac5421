"""A watch on a real database, with a clock that the test sets and an outbox that is really written."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import load_house_texts, project_root
from bot.channels.contract import Ref
from bot.delivery.engine import Engine
from bot.delivery.tables import OutboxState, outbox
from bot.dossiers.ports import Sighting, SourceDownError
from bot.dossiers.record import Record
from bot.dossiers.sources.by_agency import ByAgency
from bot.dossiers.sources.health import Health
from bot.dossiers.store import DossierStore
from bot.dossiers.watching.polling import Polling
from bot.dossiers.watching.quiet import QuietHours
from bot.dossiers.watching.reaching import Reaching
from bot.dossiers.watching.store import WatchStore
from bot.dossiers.watching.telling import Manners, Teller
from bot.dossiers.watching.wording import Said, Voice
from bot.dossiers.watching.worker import DossierWatch
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from nlu.codes import DossierCode
from tests.bot.delivery.conftest import engine_on
from tests.bot.dossiers.records import CODE, dossier_store, record
from tests.bot.dossiers.sources.conftest import Nobody
from tests.bot.messages import ref
from tests.fakes.channel import FakeChannel

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Nine o'clock of a Monday in Vietnam."""
TIME = load_working_time()
TEXTS = load_house_texts(project_root())
ME = ref("me", "fake")


@dataclass
class FakeRemote:
    """A one-stop system in memory; implements ``Remote``."""

    clock: Callable[[], datetime]
    name: str = "tinh"
    agencies: tuple[str, ...] = ("H48",)
    handful: int = 50
    records: dict[str, Record] = field(default_factory=dict)
    fails: set[str] = field(default_factory=set)
    """Codes that cannot be had."""
    up: bool = True
    asked: list[str] = field(default_factory=list)
    probes: int = 0
    breaks_after: int | None = None
    """The process dies after so many sightings."""

    @property
    def health(self) -> Health:
        return Health(self.name, self.agencies, up=self.up)

    async def find(self, code: DossierCode) -> Sighting:
        if not self.up:
            raise SourceDownError("away")
        return Sighting(self.records.get(code.text), self.clock())

    async def poll(self, codes: Sequence[DossierCode]) -> AsyncGenerator[Sighting, None]:
        for code in codes:
            if not self.up:
                return
            self.asked.append(code.text)
            if self.breaks_after is not None and len(self.asked) > self.breaks_after:
                raise KeyboardInterrupt
            if code.text not in self.fails:
                yield Sighting(self.records.get(code.text), self.clock())

    async def probe(self, code: DossierCode) -> bool:
        self.probes += 1
        return self.up


@dataclass
class World:
    """All of one process; several may share a database."""

    database: UnitOfWork
    now: datetime = MORNING
    quiet: QuietHours = field(default_factory=QuietHours)
    channels: frozenset[str] = frozenset({"fake", "web"})
    store: DossierStore = field(default_factory=dossier_store)
    watches: WatchStore = field(default_factory=WatchStore)
    breaks: list[BaseException] = field(default_factory=list)
    """Raised right after the next notices were written, before anything is committed."""

    def __post_init__(self) -> None:
        self.platform = FakeChannel()
        self.engine: Engine = engine_on(self.database, platform=self.platform, clock=self.clock)
        self.remote = FakeRemote(self.clock)
        self.sources = ByAgency(Nobody(clock=self.clock), [self.remote])
        self.manners = Manners(Voice(TEXTS), self.notify, self.language, self.channels, self.quiet, timedelta(days=30))
        self.teller = Teller(self.database, self.watches, self.store, self.manners, TIME, self.clock)
        self.polling = Polling(self.database, self.store, self.sources, self.clock, lambda: 0.5)
        self.reaching = Reaching(self.database, self.manners, self.clock)
        self.worker = DossierWatch(
            self.database,
            self.watches,
            self.sources,
            self.polling,
            self.teller,
            self.reaching,
            self.manners,
            self.clock,
        )

    def clock(self) -> datetime:
        return self.now

    async def notify(self, session: AsyncSession, to: Ref, said: Said, key: str) -> bool:
        new = await self.engine.notify(session, to, said.reply, key)
        if self.breaks:
            raise self.breaks.pop(0)
        return new

    async def language(self, session: AsyncSession, to: Ref) -> str:
        return "en" if to.conversation == "english" else "vi"

    async def put(self, *records: Record, source: str = "file") -> None:
        """Let a source say something now."""
        async with self.database.write() as session:
            await self.store.put(session, source, [(one, self.now) for one in records])

    async def watch(self, code: str = CODE, level: int = 1, to: Ref = ME, back: bool = False) -> bool:
        async with self.database.write() as session:
            return await self.watches.start(session, to, code, level, self.now, back=back)

    async def stop(self, code: str | None = CODE, to: Ref = ME) -> int:
        async with self.database.write() as session:
            return await self.watches.stop(session, to, code, self.now)

    async def said(self, to: Ref = ME) -> list[str]:
        """Return the first line of each notice that was written for a conversation, in order."""
        return [text.splitlines()[0] for text in await self.texts(to)]

    async def texts(self, to: Ref = ME) -> list[str]:
        async with self.database.read() as session:
            keys = select(outbox.c.key, outbox.c.body).where(outbox.c.conversation == to.conversation)
            rows = (await session.execute(keys.order_by(outbox.c.id))).all()
        sealing = self.engine._store.outbox._sealing
        return [str(sealing.open_call(row.body, row.key).body["text"]) for row in rows]

    async def fate(self, state: OutboxState) -> None:
        """Decide what became of everything that was written."""
        async with self.database.write() as session:
            await session.execute(outbox.update().values(state=state))


@pytest.fixture
def world(database: UnitOfWork) -> World:
    return World(database)


def moved(**differing: object) -> Record:
    return record(**differing)  # type: ignore[arg-type]
