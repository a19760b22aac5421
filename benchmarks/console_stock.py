"""What a house has kept after a year, beside its records and dossiers: made up once for the console's pages to be measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import structs
from sqlalchemy import Table, func, select, update

from benchmarks.console_dossiers import DAYS
from benchmarks.console_dossiers import fill as fill_dossiers
from benchmarks.copying import copied, settled
from benchmarks.dossiers import code
from benchmarks.feedback_stock import NOW
from bot.app.house import House
from bot.console.audit.entry import Event
from bot.console.audit.tables import console_event, console_log_head
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.delivery.tables import inbox, outbox
from bot.dossiers.access.alert_store import AlertKind, Whose
from bot.dossiers.access.tables import alert
from bot.dossiers.organisations.store import Issued
from bot.dossiers.rating.tables import dossier_rating, dossier_rating_day
from bot.figures.grade_store import GradeCounts
from bot.figures.recount import Recount
from bot.figures.tables import dossier_day, post_day, reply_day, sent_day, talk_day
from bot.figures.tables import metadata as figures
from bot.figures.waits import BOUNDS
from bot.handover.tables import handover_request
from bot.keyed_hash import KeyedHash
from bot.postal.asked import Topic
from bot.postal.asked_tables import postal_asked
from bot.rating.tables import answer_rating, answer_rating_day
from feedback.chain import START
from feedback.record import Book, Status
from feedback.reports.counting_days import CountsDays
from feedback.reports.daily import FLOWS
from feedback.reports.daily_tables import day_count, day_took, mark
from feedback.tables import event, record
from feedback.working_time.zone import here
from nlu.catalogue.proposal_store import ProposalKind
from nlu.catalogue.proposals import Proposing, propose_edit
from nlu.catalogue.store import CatalogueStore
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.store import ReviewStore

CHANNELS = ("web", "telegram", "zalo_oa", "zalo_bot", "email")
MESSAGE_DAYS, MESSAGES = 30, 100
"""Messages are kept so long, so many a day and channel; of the days before only counts are left."""
RATED, OPINIONS, NOTED, QUESTIONS, ALERTS, ACCOUNTS, ORGANISATIONS = 100_000, 50_000, 100_000, 5000, 3000, 300, 200
OF_POST = 50_000
PROPOSALS, HAND_OVERS, WAITING = 10, 3000, 60
MINE = 20
"""Conversations in the hands of who looks."""
BOOK, HANDLED = Book.REGISTER.value, (Status.DECIDED, Status.PUBLISHED)
Rows = Sequence[Mapping[str, Any]]


async def fill(house: House, dossiers: int, secret: str, me: str) -> None:
    """Make what is missing; the house's catalogue is published already.

    Args:
        house: over the database.
        dossiers: how many there shall be.
        secret: with which the house seals and hashes.
        me: account of who looks.
    """
    transactions = house.transactions
    await fill_dossiers(transactions, dossiers, secret, NOW)
    if not await _any(house, console_event):
        await _beside(house, dict(_tables(secret, dossiers, me)))
        await _people(house)
        await _proposals(house)
    if not await _any(house, dossier_day):
        await _register_days(house)
    if not await _any(house, postal_asked):
        await copied(transactions, postal_asked, list(_of_post()))
        await settled(transactions, [postal_asked])
    if not await _any(house, post_day):
        counting = CountsDays(house.kept.feedback.log, transactions.read, transactions.write)
        grades = GradeCounts(house.dossiers.store, house.kept.dossier_ratings)
        await Recount.over(transactions, counting, grades, lambda: NOW).once()
        await settled(transactions, figures.sorted_tables)


async def _any(house: House, table: Table) -> bool:
    async with house.transactions.read() as session:
        return (await session.execute(select(table).limit(1))).first() is not None


async def _beside(house: House, tables: Mapping[Table, Rows]) -> None:
    for table, rows in tables.items():
        await copied(house.transactions, table, rows)
    async with house.transactions.write() as session:
        last = tables[console_event][-1]
        await session.execute(update(console_log_head).values(seq=last["seq"], hash=last["hash"]))
        await ReviewStore(session).note_all([(one, NOW - timedelta(hours=n % 9000)) for n, one in _questions()])
    await settled(house.transactions, tables)


async def _register_days(house: House) -> None:
    """Count the register's days from the records alone: their made-up log has no details to be read again."""
    days: dict[tuple[str, date, str], Counter[str]] = {}
    took: Counter[tuple[date, int]] = Counter()
    async with house.transactions.read() as session:
        last = (await session.execute(select(func.max(event.c.seq)))).scalar_one()
        rows = (
            await session.execute(select(*(record.c[name] for name in ("id", "unit", "status", "entered_at"))))
        ).all()
    for row in rows:
        waited = row.id % 30
        entered, ended = (here(row.entered_at + timedelta(days=more)).date() for more in (0, waited))
        handled = {"handled": 1, "handled_on_time": int(waited <= 21), "handled_late": int(waited > 21)}
        for day, counts in ((entered, {"new": 1}), (ended, handled if row.status in HANDLED else {})):
            for key in (("d", day, row.unit), ("m", day.replace(day=1), row.unit), ("t", day, "")):
                days.setdefault(key, Counter()).update(counts)
        took[ended, waited] += row.status in HANDLED
    cells = [
        {"book": BOOK, "grain": grain, "day": day, "unit": unit, "category": 0} | {name: one[name] for name in FLOWS}
        for (grain, day, unit), one in days.items()
    ]
    await copied(house.transactions, day_count, cells)
    lasted = [{"book": BOOK, "day": day, "days": number, "count": count} for (day, number), count in took.items()]
    await copied(house.transactions, day_took, lasted)
    async with house.transactions.write() as session:
        await session.execute(update(mark).values(seq=last))
    await settled(house.transactions, [day_count, day_took])


def _tables(secret: str, dossiers: int, me: str) -> Iterator[tuple[Table, Rows]]:
    chance = Random(9)
    yield console_event, list(_log())
    yield inbox, list(_messages())
    yield outbox, [_sent(number, row) for number, row in enumerate(_messages(), 1)]
    yield from _counted().items()
    useful = [_useful(chance) for _ in range(RATED)]
    yield answer_rating, useful
    yield answer_rating_day, _by_day(useful, "rated_at", "useful")
    hashed = KeyedHash("ratings of dossiers", secret)
    opinions = [_opinion(chance, hashed.of("dossier", code(n))) for n in range(min(OPINIONS, dossiers))]
    yield dossier_rating, opinions
    yield dossier_rating_day, _by_day(opinions, "changed_at", "attitude")
    yield alert, [_alert(number) for number in range(ALERTS)]
    yield handover_request, [_request(number, me) for number in range(HAND_OVERS)]


def _by_day(ratings: Rows, moment: str, said: str) -> Rows:
    counts = Counter((here(one[moment]).date(), one[said]) for one in ratings)
    return [{"day": day, said: what, "count": count} for (day, what), count in counts.items()]


def _log() -> Iterator[Mapping[str, Any]]:
    previous = START
    for seq in range(1, NOTED + 1):
        at = NOW - timedelta(minutes=5 * (NOTED - seq))
        one = Event(seq, at, f"official{seq % ACCOUNTS}", f"did {seq % 20}", f"thing:{seq}", bytes(32), previous)
        previous = one.bound().hash
        yield {name: getattr(one.bound(), name) for name in (*_LOGGED, "hash")} | {"note": None}


_LOGGED = ("seq", "at", "actor", "what", "about", "note_digest", "previous")


def _messages() -> Iterator[dict[str, Any]]:
    outcomes = ("answered", "choose", "declined", None)
    for number in range(MESSAGE_DAYS * MESSAGES * len(CHANNELS)):
        at = NOW - timedelta(days=MESSAGE_DAYS * (1 - number / (MESSAGE_DAYS * MESSAGES * len(CHANNELS))))
        waits = number % 5000 == 0
        yield {
            "id": number + 1,
            **_where(number),
            "message_id": str(number),
            "body": None,
            "received_at": at,
            "state": "new" if waits else "done",
            "recoveries": 0,
            "finished_at": None if waits else at,
            "outcome": outcomes[number % len(outcomes)],
            "trace": None,
        }


def _sent(number: int, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    same = {name: asked[name] for name in ("channel", "account", "conversation", "body")}
    at = asked["received_at"] + timedelta(seconds=number % 7)
    state = "waiting" if number % 3000 == 0 else "delivered"
    more = {"due_at": None, "finished_at": at, "sent_id": None, "detail": None}
    key = {"id": number, "key": str(number), "inbox_id": asked["id"]}
    return key | same | {"created_at": at, "state": state, "attempts": 1} | more


def _where(number: int) -> dict[str, str]:
    return {"channel": CHANNELS[number % len(CHANNELS)], "account": "ours", "conversation": f"c{number % 4000}"}


def _counted() -> Mapping[Table, Rows]:
    """Return the counts of the days whose messages are gone."""
    talk, sent, replies, months = [], [], [], dict[Any, int]()
    for ago in range(MESSAGE_DAYS + 1, DAYS + 1):
        day = here(NOW).date() - timedelta(days=ago)
        for channel in CHANNELS:
            key = {"day": day, "channel": channel}
            asked = {"came": 300, "answered": 200, "asked_back": 30, "declined": 20, "failed": 1, "last_came": NOW}
            talk.append(key | asked)
            sent.append(key | {"went": 300, "unreachable": 2, "dead": 1, "last_went": NOW})
            for bucket in range(len(BOUNDS) + 1):
                replies.append(key | {"grain": "d", "bucket": bucket, "count": 12})
                whole = day.replace(day=1), channel, bucket
                months[whole] = months.get(whole, 0) + 12
    replies += [
        {"grain": "m", "day": day, "channel": channel, "bucket": bucket, "count": count}
        for (day, channel, bucket), count in months.items()
    ]
    return {talk_day: talk, sent_day: sent, reply_day: replies}


def _useful(chance: Random) -> Mapping[str, Any]:
    about = {"procedure": f"1.{chance.randrange(300) + 1000:06}", "aspects": "papers", "channel": "web"}
    return about | {"useful": chance.random() < 0.8, "rated_at": NOW - timedelta(hours=chance.randrange(24 * DAYS))}


def _opinion(chance: Random, mark: bytes) -> Mapping[str, Any]:
    at = NOW - timedelta(hours=chance.randrange(24 * DAYS))
    said = {"contacts": "none", "agencies": "none", "attitude": chance.choice(("good", "good", "bad"))}
    return said | {"dossier": mark, "person": None, "channel": "web", "comment": None, "first_at": at, "changed_at": at}


def _of_post() -> Iterator[Mapping[str, Any]]:
    chance, topics = Random(10), [one.value for one in Topic]
    for _ in range(OF_POST):
        day = here(NOW - timedelta(hours=chance.randrange(24 * DAYS))).date()
        yield {"day": day, "procedure_code": f"1.{chance.randrange(300) + 1000:06}", "topic": chance.choice(topics)}


def _alert(number: int) -> Mapping[str, Any]:
    at = NOW - timedelta(hours=number)
    subject = {"subject": number.to_bytes(32, "big"), "unit": "H48.1", "channel": "web", "amount": 40}
    kinds = {"kind": AlertKind.SERIES.value, "whose": Whose.SOURCE.value}
    return kinds | subject | {"day": at, "first_at": at, "last_at": at}


def _request(number: int, me: str) -> Mapping[str, Any]:
    at = NOW - timedelta(minutes=20 * (HAND_OVERS - number))
    waits, mine = number >= HAND_OVERS - WAITING, number >= HAND_OVERS - MINE
    state = "taken" if mine else "open" if waits else "closed"
    taken = None if waits and not mine else at + timedelta(minutes=7)
    who = {"official": me if mine else None, "taken_at": taken, "state": state, "ended_at": None if waits else taken}
    return {"id": number + 1, **_where(number), "question": "hỏi về giấy tờ", "asked_at": at, "language": "vi"} | who


def _questions() -> Iterator[tuple[int, Sighting]]:
    for number in range(QUESTIONS):
        near = tuple(Kept(f"1.{(number + more) % 300 + 1000:06}", 0.4, "tên thủ tục") for more in range(9))
        said = f"câu hỏi khó số {'abcdefghij'[number % 10]} {number} về giấy tờ"
        yield number, Sighting(said, list(Reason)[number % len(Reason)], candidates=near, aspects=("fee",))


async def _people(house: House) -> None:
    accounts, organisations = house.officials.kept.accounts, house.kept.organisations
    async with house.transactions.write() as session:
        for number in range(ACCOUNTS):
            roles = frozenset({list(ConsoleRole)[number % len(ConsoleRole)]})
            one = Official(f"official{number}", f"Nguyễn Văn {number}", f"H48.{number % 12}", roles)
            await accounts.add(session, one, "benchmark", NOW)
        for number in range(ORGANISATIONS):
            token = Issued(f"MCDN{number:030}", NOW)
            key = str(number), number.to_bytes(32, "big")
            await organisations.add(session, f"Công ty số {number}", key, ["H48.1"], token)


async def _proposals(house: House) -> None:
    async with house.transactions.read() as session:
        live = await CatalogueStore(session).live_number() or 0
        held = list((await CatalogueStore(session).held(live)).values())[:PROPOSALS]
        records = await CatalogueStore(session).get_many(live, [one.code for one in held])
    for one, procedure in zip(held, records, strict=True):
        wanted = Proposing("official4", "sửa cho đúng", NOW, ProposalKind.EDIT, f"sửa {procedure.code}")
        await propose_edit(house.transactions, structs.replace(procedure, result="Giấy mới"), one.hash, wanted)
