"""``python -m benchmarks.feedback_search``: how long officials' lists, their search and similar items take with 100,000 records.

The texts are made up: sentences about procedures among words that are as unevenly common as words are, so that some stand
in nearly every text and most in few. Every question is asked in a transaction of its own, as a page or a turn does.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from tqdm import tqdm

from benchmarks.caching import FOLDER
from benchmarks.databases import BOTH, databases
from benchmarks.figures import percentile
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.listing import Listing, Wanted
from feedback.listing_store import ListingStore, Mark
from feedback.record import ENDED, About, Book, Border, Form, Kind, Matter, SenderKind, Status
from feedback.similar import Groups, Similar
from feedback.similar_store import SimilarStore
from feedback.similarity import words_of
from feedback.tables import deadline, publication, record, word
from feedback.word_store import PUBLISHED, WordStore
from nlu.text import fold

RECORDS = 100_000
ASKED = 200
WARMING = 10
WANTED_P95_MS = 120.0
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
_AT_ONCE = 2000
_DAYS = 900
_PROCEDURES, _UNITS, _AGENCIES, _FIELDS = 200, 12, 40, 25
_STATUSES = {
    Status.PUBLISHED: 40,
    Status.DECIDED: 25,
    Status.FORWARDED: 15,
    Status.NOT_RECEIVED: 6,
    Status.OUT_OF_SCOPE: 4,
    Status.MERGED: 2,
    Status.IN_REVIEW: 4,
    Status.RECEIVED: 2,
    Status.NEEDS_SUPPLEMENT: 1,
    Status.AWAITING_PUBLICATION: 1,
}
_SAYINGS = (
    "hồ sơ trễ hẹn mà không ai gọi báo",
    "cán bộ yêu cầu nộp thêm giấy tờ không có trong quy định",
    "tôi phải đi lại nhiều lần để bổ sung",
    "quy định này không phù hợp với thực tế ở xã",
    "mức thu lệ phí không được niêm yết",
    "đề nghị bỏ yêu cầu công chứng bản sao",
    "cổng dịch vụ công báo lỗi khi nộp trực tuyến",
    "thời gian giải quyết kéo dài hơn phiếu hẹn",
    "hai văn bản hướng dẫn mâu thuẫn nhau",
    "thái độ của người tiếp nhận không đúng mực",
)
_ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "g",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_RIMES = [
    "a",
    "ac",
    "ach",
    "ai",
    "am",
    "an",
    "ang",
    "anh",
    "ao",
    "ap",
    "at",
    "au",
    "ay",
    "e",
    "ec",
    "em",
    "en",
    "eo",
    "et",
    "i",
    "ia",
    "ich",
    "iem",
    "ien",
    "iet",
    "im",
    "in",
    "inh",
    "o",
    "oa",
    "oan",
    "oc",
    "oi",
    "om",
    "on",
    "ong",
    "op",
    "ot",
    "u",
    "ua",
    "uc",
    "ui",
    "um",
    "un",
    "ung",
    "uoc",
    "uoi",
    "uong",
    "uot",
    "ut",
    "uy",
    "uyen",
    "y",
]
RECEIVER = Actor("receiver", "H48.1", frozenset({Role.RECEIVER}))
HANDLER = Actor("handler", "H48.3", frozenset({Role.HANDLER}))


class Folds:
    """Folds as the assistant does; nothing here needs masking."""

    def fold(self, text: str) -> str:
        """Fold a text."""
        return fold(text)

    def mask(self, text: str) -> str:
        """Return it as it is."""
        return text


class Texts:
    """Makes texts up."""

    def __init__(self, seed: int = 6) -> None:
        self.chance = Random(seed)
        self._words = [f"{onset}{rime}" for onset in _ONSETS for rime in _RIMES]
        self.chance.shuffle(self._words)
        self._likely = [1 / (place + 5) for place in range(len(self._words))]
        self.procedures = [f"thủ tục {' '.join(self.some(4))} {number}" for number in range(_PROCEDURES)]

    def some(self, count: int) -> list[str]:
        """Return words, the common ones more often."""
        return self.chance.choices(self._words, self._likely, k=count)

    def text(self, procedure: int) -> str:
        """Return what somebody may have said about a procedure."""
        said = [self.procedures[procedure], *self.chance.sample(_SAYINGS, 2)]
        return ", ".join([said[0], said[1], " ".join(self.some(self.chance.randint(15, 60))), said[2]])


def rows(texts: Texts, first: int, last: int) -> Iterator[Mapping[Table, Sequence[Mapping[str, Any]]]]:
    """Yield the rows of each record."""
    chance = texts.chance
    for number in range(first, last):
        procedure = chance.randrange(_PROCEDURES)
        status = chance.choices(list(_STATUSES), list(_STATUSES.values()))[0]
        fresh = status not in ENDED
        entered = NOW - timedelta(days=chance.uniform(0, 40 if fresh else _DAYS))
        text = texts.text(procedure)
        made: dict[Table, list[Mapping[str, Any]]] = {
            record: [_record(number, procedure, status, entered, text)],
            word: [{"word": one, "record": number} for one in words_of(fold(text))],
            deadline: [_deadline(number, status, entered)],
        }
        if status is Status.PUBLISHED:
            made[publication] = [_publication(number, procedure, entered, text)]
            made[word] += [{"word": PUBLISHED + one, "record": number} for one in words_of(fold(text))]
        yield made


def _record(number: int, procedure: int, status: Status, entered: datetime, text: str) -> Mapping[str, Any]:
    matter = dict.fromkeys(("officer", "accused", "dossier_code", "days_late", "happened_on", "basis", "outcome"))
    none = dict.fromkeys(("merged_into", "split_from", "satisfied", "category"))
    return (
        matter
        | none
        | {
            "id": number,
            "receipt": f"PA-{number:08}",
            "book": Book.REGISTER,
            "year": entered.year,
            "number": number,
            "form": Form.WRITTEN,
            "channel": "web",
            "kind": Kind.REPORT,
            "about": About.CONTENT,
            "border": Border.CONTENT,
            "status": status,
            "body": bytes(400),
            "masked": text,
            "procedure_code": f"1.{procedure:06}.000.00.00.H48",
            "procedure_name": f"thủ tục {procedure}",
            "field": f"lĩnh vực {procedure % _FIELDS}",
            "agency": f"H48.{number % _AGENCIES}",
            "unit": f"H48.{number % _UNITS}",
            "sender_kind": SenderKind.CITIZEN,
            "submitted_at": entered,
            "entered_at": entered,
            "clock_from": entered,
            "ended_at": entered if status in ENDED else None,
            "reopened": 0,
            "publishable": True,
            "sample": False,
            "revision": 1,
        }
    )


def _deadline(number: int, status: Status, entered: datetime) -> Mapping[str, Any]:
    return {
        "id": number,
        "record": number,
        "rule": "feedback_process",
        "province": None,
        "started_at": entered,
        "due_at": entered + timedelta(days=21),
        "met_at": entered if status in ENDED else None,
        "state": "met" if status in ENDED else "open",
        "unit": "H48.1",
        "pauses": "[]",
        "reminded": 0,
        "sample": False,
    }


def _publication(number: int, procedure: int, entered: datetime, text: str) -> Mapping[str, Any]:
    return {
        "record": number,
        "slug": f"s{number}",
        "question": text,
        "answer": "Cơ quan đã kiểm tra và trả lời như sau. " * 8,
        "procedure_code": f"1.{procedure:06}.000.00.00.H48",
        "procedure_name": f"thủ tục {procedure}",
        "field": f"lĩnh vực {procedure % _FIELDS}",
        "agency": f"H48.{number % _AGENCIES}",
        "category": None,
        "published_at": entered,
        "updated_at": entered,
        "hidden_at": None,
        "hidden_why": None,
        "trial": False,
        "sample": False,
    }


async def fill(transactions: UnitOfWork, texts: Texts, count: int) -> None:
    """Make the records."""
    made = rows(texts, 1, count + 1)
    with tqdm(total=count, desc="records", disable=None, file=sys.stderr) as bar:
        while chunk := list(islice(made, _AT_ONCE)):
            for table in (record, word, deadline, publication):
                await _write(transactions, table, [row for one in chunk for row in one.get(table, ())])
            bar.update(len(chunk))
    async with transactions.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        for table in (record, word, deadline, publication):
            if transactions.engine.dialect.name == "postgresql":
                await raw.execute(f"VACUUM ANALYZE {table.name}")


async def _write(transactions: UnitOfWork, table: Table, chunk: Sequence[Mapping[str, Any]]) -> None:
    if not chunk:
        return
    if transactions.engine.dialect.name != "postgresql":
        async with transactions.write() as session:
            await session.execute(insert(table), list(chunk))
        return
    columns = [column.name for column in table.columns]
    async with transactions.engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        records = [[row[name] for name in columns] for row in chunk]
        await raw.copy_records_to_table(table.name, records=records, columns=columns)


Asks = Callable[[AsyncSession, Random], Awaitable[object]]


def questions(texts: Texts, sent: Sequence[str]) -> Mapping[str, Asks]:
    """Return the kinds of questions by name."""
    listing = Listing(ListingStore(), WordStore(), Folds())
    similar, groups = Similar(WordStore(), SimilarStore(), Folds()), Groups(WordStore(), SimilarStore(), Folds())

    def lists(**wanted: Any) -> Asks:
        async def ask(session: AsyncSession, chance: Random) -> object:
            given = {name: value(chance) if callable(value) else value for name, value in wanted.items()}
            actor = given.pop("actor", RECEIVER)
            # Every other page is one somewhere behind the first.
            behind = Mark(NOW - timedelta(days=chance.uniform(0, _DAYS)), 0) if chance.random() < 0.5 else None
            return await listing.page(session, actor, Wanted(**given), NOW, behind)

        return ask

    async def find(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, chance.choice(sent))

    async def find_on(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, chance.choice(sent), f"1.{chance.randrange(_PROCEDURES):06}.000.00.00.H48")

    async def common(session: AsyncSession, chance: Random) -> object:
        return await similar.find(session, ", ".join(chance.sample(_SAYINGS, 2)))

    async def group(session: AsyncSession, chance: Random) -> object:
        return await groups.like(session, RECEIVER, _case(chance.choice(sent)))

    return {
        "list: all": lists(),
        "list: one status": lists(statuses=lambda chance: (chance.choice(list(_STATUSES)),)),
        "list: open ones": lists(statuses=tuple(one for one in _STATUSES if one not in ENDED)),
        "list: a handler's unit": lists(actor=HANDLER, statuses=(Status.IN_REVIEW,)),
        "list: agency and status": lists(
            agency=lambda chance: f"H48.{chance.randrange(_AGENCIES)}",
            statuses=lambda chance: (chance.choice(list(_STATUSES)),),
        ),
        "list: field in a month": lists(
            of_field=lambda chance: f"lĩnh vực {chance.randrange(_FIELDS)}",
            since=NOW - timedelta(days=430),
            until=NOW - timedelta(days=400),
        ),
        "list: procedure": lists(procedure_code=lambda chance: f"1.{chance.randrange(_PROCEDURES):06}.000.00.00.H48"),
        "list: overdue": lists(overdue=True),
        "search: a rare word": lists(words=lambda chance: chance.choice(chance.choice(sent).split())),
        "search: common words": lists(words=lambda chance: chance.choice(_SAYINGS)),
        "search: a saying and a name": lists(
            words=lambda chance: f"{chance.choice(_SAYINGS)} {' '.join(chance.choice(texts.procedures).split()[2:])}"
        ),
        "search: common words, one status": lists(
            words=lambda chance: chance.choice(_SAYINGS), statuses=(Status.RECEIVED,)
        ),
        "similar: any procedure": find,
        "similar: one procedure": find_on,
        "similar: only common words": common,
        "group of an open record": group,
    }


def _case(text: str) -> Case:
    given = _record(0, 0, Status.RECEIVED, NOW, text)
    names = Case.__dataclass_fields__.keys() - {"matter", "category"}
    return Case(**{name: given[name] for name in names}, matter=Matter(text), category=None)


@dataclass(frozen=True)
class Took:
    """How long one kind of question took."""

    database: str
    question: str
    p50: float
    p95: float
    worst: float


async def measure(url: str, name: str, count: int, asked: int) -> list[Took]:
    """Measure one database."""
    transactions, texts = UnitOfWork(open_engine(url)), Texts()
    try:
        await upgrade(transactions.engine)
        await fill(transactions, texts, count)
        async with transactions.read() as session:
            chosen = select(record.c.masked).where(record.c.id % max(1, count // 500) == 0)
            sent = list((await session.execute(chosen)).scalars())
        return [await _took(transactions, name, what, ask, asked) for what, ask in questions(texts, sent).items()]
    finally:
        await transactions.close()


async def _took(transactions: UnitOfWork, name: str, what: str, ask: Asks, asked: int) -> Took:
    chance, milliseconds = Random(8), []
    for _ in range(WARMING + asked):
        started = time.perf_counter()
        async with transactions.read() as session:
            await ask(session, chance)
        milliseconds.append((time.perf_counter() - started) * 1000)
    counted = milliseconds[WARMING:]
    took = Took(name, what, percentile(counted, 0.5), percentile(counted, 0.95), percentile(counted, 1.0))
    sys.stdout.write(told(took) + "\n")
    sys.stdout.flush()
    return took


def told(one: Took) -> str:
    """Return the line of a kind of question."""
    verdict = "" if one.p95 <= WANTED_P95_MS else f"  wanted ≤ {WANTED_P95_MS:.0f}"
    return (
        f"{one.database:<11}{one.question:<34} p50 {one.p50:7.1f} ms  p95 {one.p95:7.1f} ms"
        f"  worst {one.worst:7.1f} ms{verdict}"
    )


def main() -> None:
    """Measure and print; ends with 1 when something took too long."""
    parser = ArgumentParser(prog="python -m benchmarks.feedback_search", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of each kind")
    parser.add_argument("--only", choices=BOTH)
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    found: list[Took] = []
    with (
        tempfile.TemporaryDirectory(prefix="feedback-", dir=FOLDER) as folder,
        databases((given.only,) if given.only else BOTH, Path(folder)) as urls,
    ):
        for name, url in urls.items():
            found += asyncio.run(measure(url, name, given.records, given.asked))
    sys.exit(any(one.p95 > WANTED_P95_MS for one in found))


if __name__ == "__main__":
    main()
