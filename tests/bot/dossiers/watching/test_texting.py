"""Notices that did not arrive go by SMS: to a proven telephone, with consent, once, whatever dies in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.contract import Ref
from bot.delivery.tables import OutboxState
from bot.dossiers.record import Owner, Status
from bot.dossiers.sms.gateway import Outcome, SmsGateway
from bot.dossiers.sms.length import fits, one_sms
from bot.dossiers.sms.notices import NoticesBySms
from bot.dossiers.watching.news import Told
from bot.dossiers.watching.reaching import PATIENCE, Reaching
from bot.dossiers.watching.tables import watch_notice
from bot.dossiers.watching.texting import ATTEMPTS, LEASE, Texting
from bot.dossiers.watching.wording import Voice
from tests.bot.dossiers.records import CODE, record
from tests.bot.dossiers.watching.conftest import ME, TEXTS, World
from tests.bot.dossiers.watching.test_reaching import open_notices, speaks, told
from tests.bot.messages import ref
from tests.fakes.sms_gateway import FakeSmsGateway, running

PAGE = ref("me", "web")
PHONE = "84100000123"


class Killed(BaseException):
    """The end of a process."""


@dataclass
class FakeSms:
    """Implements ``ReachesOtherwise``."""

    outcomes: list[Outcome] = field(default_factory=list)
    """Of the next ones; taken when there are none left."""
    knows_keys: bool = True
    dies: bool = False
    """Whether the process dies after the next one left."""
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    async def reach(self, phone: str, wordings: Sequence[str], key: str) -> Outcome:
        self.sent.append((phone, one_sms(wordings, accents=False), key))
        if self.dies:
            self.dies = False
            raise Killed
        return self.outcomes.pop(0) if self.outcomes else Outcome.TAKEN


@pytest.fixture
async def gateway() -> AsyncIterator[FakeSmsGateway]:
    async with running() as fake:
        yield fake


def reaching(world: World, sender: FakeSms | NoticesBySms) -> Reaching:
    keys = {"key_of": lambda key: key.replace(":", "x").rjust(8, "0")}
    texting = Texting(world.database, world.store, world.watches, world.manners, world.clock, sender, **keys)
    return Reaching(world.database, world.manners, world.clock, texting)


async def allow(world: World, to: Ref = ME, on: bool = True) -> bool:
    """Let the person allow SMS, or withdraw it."""
    async with world.database.write() as session:
        known = await world.store.secrets(session, CODE)
        assert known is not None
        return await world.watches.allow_sms(session, to, CODE, known.phone_key if on else None)


async def missed(world: World, level: int = 1, consent: bool = True) -> None:
    """Let somebody watch and miss a notice."""
    await world.put(record())
    await world.watch(level=level)
    assert await allow(world) is (level > 0)
    if not consent:
        await allow(world, on=False)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.NEED_PAYMENT))
    assert await world.teller.look() == 1
    await world.fate(OutboxState.UNREACHABLE)
    world.now += timedelta(minutes=2)


async def test_who_allowed_it_is_reached_by_the_strict_gateway_once(world: World, gateway: FakeSmsGateway) -> None:
    gateway.statuses, gateway.silent = [503], 1
    by_sms = reaching(world, NoticesBySms(SmsGateway(gateway.gateway(), _at_once), accents=False))
    await missed(world)
    for _ in range(3):
        await by_sms.look()
    assert gateway.reached == [
        (
            PHONE,
            f"Mot Cua: ho so {CODE} dang cho nop phi, le phi. Anh/chi mo lai cuoc tro chuyen voi tro ly hoac hoi noi tiep nhan.",
        )
    ]
    assert await open_notices(world) == 0


@pytest.mark.parametrize(("level", "consent"), [(0, True), (1, False)])
async def test_without_proof_or_consent_no_telephone_rings(world: World, level: int, consent: bool) -> None:
    sms = FakeSms()
    await missed(world, level, consent)
    await reaching(world, sms).look()
    assert sms.sent == []
    assert await open_notices(world) == 1


async def test_consent_that_ends_before_the_message_leaves_is_respected(world: World) -> None:
    sms = FakeSms([Outcome.BUSY])
    by_sms = reaching(world, sms)
    await missed(world)
    await by_sms.look()
    async with world.database.write() as session:
        await world.watches.lower(session, ME)
    world.now += timedelta(minutes=2)
    await by_sms.look()
    assert len(sms.sent) == 1


async def test_another_telephone_on_the_dossier_is_not_the_one_that_was_proven(world: World) -> None:
    sms = FakeSms()
    await missed(world)
    await world.put(record(status=Status.NEED_PAYMENT, owner=Owner("X", "0912 345 678", "048200001234")))
    await reaching(world, sms).look()
    assert sms.sent == []


async def test_at_night_no_telephone_rings(world: World) -> None:
    sms = FakeSms()
    await missed(world)
    world.now += timedelta(hours=14)
    await reaching(world, sms).look()
    assert sms.sent == []
    world.now += timedelta(hours=9)
    await reaching(world, sms).look()
    assert len(sms.sent) == 1


async def test_a_busy_gateway_is_asked_again_later_and_given_up_after_some_hours(world: World) -> None:
    sms = FakeSms([Outcome.BUSY] * 20)
    by_sms = reaching(world, sms)
    await missed(world)
    for _ in range(12):
        await by_sms.look()
        world.now += timedelta(minutes=30)
    assert len(sms.sent) == ATTEMPTS
    assert len({key for _, _, key in sms.sent}) == 1
    await speaks(world)
    world.now += timedelta(minutes=2)
    await by_sms.look()
    assert "em có tin" in (await world.said())[-1]


@pytest.mark.parametrize(("knows_keys", "sent"), [(True, 2), (False, 1)])
async def test_a_process_that_dies_while_sending_neither_loses_nor_doubles_it(
    world: World, knows_keys: bool, sent: int
) -> None:
    sms = FakeSms(knows_keys=knows_keys, dies=True)
    await missed(world)
    with pytest.raises(Killed):
        await reaching(world, sms).look()
    restarted = reaching(world, sms)
    await restarted.look()
    assert len(sms.sent) == 1
    world.now += LEASE
    await restarted.look()
    assert len(sms.sent) == sent
    assert len(set(sms.sent)) == 1
    await speaks(world)
    world.now += timedelta(minutes=2)
    await restarted.look()
    honest = [one for one in await world.said() if "em có tin" in one]
    assert len(honest) == (0 if knows_keys else 1)


async def test_a_notice_that_nobody_fetched_from_the_page_goes_by_sms(world: World) -> None:
    sms = FakeSms()
    by_sms = reaching(world, sms)
    await world.put(record())
    await world.watch(to=PAGE)
    await allow(world, PAGE)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE))
    await world.teller.look()
    await world.fate(OutboxState.HELD)
    world.now += timedelta(minutes=2)
    await by_sms.look()
    assert sms.sent == []
    world.now += PATIENCE
    await by_sms.look()
    await by_sms.look()
    [(phone, text, _)] = sms.sent
    assert phone == f"+{PHONE}"
    assert "da co ket qua" in text
    assert await open_notices(world) == 0


async def test_what_no_gateway_takes_still_stands_on_the_page(world: World) -> None:
    sms = FakeSms([Outcome.REFUSED])
    await world.put(record())
    await world.watch(to=PAGE)
    await allow(world, PAGE)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE))
    await world.teller.look()
    await world.fate(OutboxState.HELD)
    world.now += PATIENCE + timedelta(minutes=2)
    await reaching(world, sms).look()
    assert await open_notices(world) == 0


async def test_without_a_gateway_an_applicant_is_told_when_they_are_back(world: World) -> None:
    await told(world)
    await world.fate(OutboxState.UNREACHABLE)
    world.now += timedelta(minutes=2)
    await world.reaching.look()
    async with world.database.read() as session:
        assert await session.scalar(select(watch_notice.c.state)) == "missed"


@pytest.mark.parametrize("accents", [True, False])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_notice_is_one_sms_that_says_what_happened(accents: bool, language: str) -> None:
    code = "000.00.16.H48-261123-9002"
    for one in Told:
        text = one_sms(Voice(TEXTS).by_sms(one.value, code, language), accents=accents)
        assert fits(text)
        assert len(text) > len(code) + 8, one
        longest = "H48.30.02.01.15-20261123-0009002"
        assert one_sms(Voice(TEXTS).by_sms(one.value, longest, language), accents=accents)


async def _at_once(seconds: float) -> None:
    pass
