"""An organisation with dossiers of its own beside those of others, on a real database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.organisations.asking import Asking, Limits
from bot.dossiers.organisations.days import days_left
from bot.dossiers.organisations.elsewhere import Elsewhere
from bot.dossiers.organisations.file_store import FileStore
from bot.dossiers.organisations.page_store import PageStore
from bot.dossiers.organisations.ports import LINKED_FOR
from bot.dossiers.organisations.store import Issued, OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys, new_token, read_token
from bot.dossiers.record import Owner, Record, Status
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.dossiers.records import BASE, dossier_store
from tests.bot.messages import NOW, ref
from tests.fakes.organisations import FakeLookups

IDENTITY = "0100000019"
OWN = Owner(name="Công ty Mẫu", phone="0100 000 124", identity=IDENTITY)
LATE, SUPPLEMENT, SOON, CALM, ENDED = (f"H48.30.02-261117-010{number}" for number in range(5))
FOREIGN = "H48.30.02-261117-0999"
UNKNOWN = "H48.30.02-261117-7777"
TIME = load_working_time()


def own(code: str, status: Status, due: timedelta, **differing: object) -> Record:
    """Return a dossier of the organisation's own."""
    return replace(BASE, code=code, status=status, owner=OWN, due_at=NOW + due, **differing)  # type: ignore[arg-type]


RECORDS = (
    own(CALM, Status.IN_PROGRESS, timedelta(days=20), next_step='=HYPERLINK("http://x")'),
    own(ENDED, Status.DONE, timedelta(days=-9), ended_at=NOW - timedelta(days=9)),
    own(LATE, Status.IN_PROGRESS, timedelta(days=-7)),
    own(SOON, Status.RECEIVED, timedelta(days=1)),
    own(SUPPLEMENT, Status.NEED_SUPPLEMENT, timedelta(days=-3), missing=("Giấy phép cũ",)),
    replace(BASE, code=FOREIGN),
)


@dataclass
class House:
    """Everything that answers for organisations."""

    database: UnitOfWork
    asking: Asking
    lookups: FakeLookups
    number: int = 0
    token: str = ""
    spoken: list[str] = field(default_factory=list)

    async def issue(self, number: int | None = None) -> str:
        """Give a token, to a new organisation or to a known one."""
        token = read_token(new_token())
        assert token is not None
        async with self.database.write() as session:
            store, issued = self.asking.store, Issued(token, NOW)
            if number is not None:
                assert await store.rotate(session, number, issued)
                return token
            key = dossier_store().identity_hash(IDENTITY)
            made = await store.add(session, "Công ty Mẫu", (IDENTITY, key), (), issued)
        assert made is not None
        self.number, self.token = made, token
        return token

    async def link(self, at: Ref = ref(), now: datetime = NOW) -> bool:  # noqa: B008 - immutable
        """Show the token in a conversation."""
        async with self.database.write() as session:
            return await self.asking.store.link(session, at, self.token, now + LINKED_FOR, "vi")


async def make_house(
    database: UnitOfWork,
    *,
    limits: Limits | None = None,
    records: Sequence[Record] = RECORDS,
    elsewhere: Elsewhere | None = None,
) -> House:
    """Put it together and issue the first token."""
    cipher, keys, lookups = AesGcmCipher("e" * 40), TokenKeys("s" * 40), FakeLookups()
    asking = Asking(
        OrganisationStore(cipher, keys),
        FileStore(cipher, keys),
        PageStore(keys),
        dossier_store(),
        database,
        days_left(TIME),
        lookups,
        "https://motcua.example",
        elsewhere,
        limits or Limits(),
    )
    house = House(database, asking, lookups)
    async with database.write() as session:
        await dossier_store().put(session, "file", [(one, NOW) for one in records])
    await house.issue()
    return house
