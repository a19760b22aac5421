"""A register of many records to measure on: made once, kept, and found again."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Table, func, select
from tqdm import tqdm

from benchmarks.copying import careless, copied, settled
from benchmarks.feedback_texts import PROCEDURES, Folds, Texts
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.publication.store import PublicationStore
from feedback.record import ENDED, About, Book, Border, Form, Kind, SenderKind, Status
from feedback.similarity import words_of
from feedback.tables import deadline, event, publication, published_word, record, word
from feedback.transitions import Action
from feedback.word_store import PUBLISHED

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
DAYS = 900
UNITS, AGENCIES, FIELDS = 12, 40, 25
_AT_ONCE = 2000
_FRESH_DAYS = 40
_TABLES = (record, word, deadline, event, publication, published_word)
_CLOSED = {
    Status.PUBLISHED: 45,
    Status.DECIDED: 25,
    Status.FORWARDED: 16,
    Status.NOT_RECEIVED: 7,
    Status.OUT_OF_SCOPE: 4,
    Status.MERGED: 2,
    Status.IN_REVIEW: 1,
}
_FRESH = {
    Status.IN_REVIEW: 60,
    Status.RECEIVED: 20,
    Status.NEEDS_SUPPLEMENT: 10,
    Status.AWAITING_PUBLICATION: 5,
    Status.DECIDED: 5,
}
STATUSES = (*_CLOSED, *(one for one in _FRESH if one not in _CLOSED))


class Rows:
    """Makes the rows of records up: in the order of entry, over two years and a half, the open ones mostly at its end."""

    def __init__(self, texts: Texts, count: int) -> None:
        self._texts, self._count = texts, count
        self._chance, self._folds = texts.chance, Folds()
        self._public = PublicationStore(Folds())
        self._seq = counting(1)

    def all(self) -> Iterator[Mapping[Table, Sequence[Mapping[str, Any]]]]:
        """Yield the rows of each record by table."""
        for number in range(1, self._count + 1):
            age = DAYS * (1 - number / (self._count + 1))
            yield self._one(number, NOW - timedelta(days=age), _status(self._chance, age))

    def _one(self, number: int, entered: datetime, status: Status) -> Mapping[Table, Sequence[Mapping[str, Any]]]:
        procedure = self._chance.randrange(PROCEDURES)
        said = self._texts.text(procedure)
        words = words_of(self._folds.fold(said))
        made: dict[Table, list[Mapping[str, Any]]] = {
            record: [record_row(number, procedure, status, entered, said)],
            word: [{"word": one, "record": number} for one in words],
            deadline: [_deadline(number, status, entered)],
            event: list(self._events(number, status, entered)),
        }
        if status is Status.PUBLISHED:
            answer = f"Cơ quan đã kiểm tra và trả lời như sau: {' '.join(self._texts.some(80))}."
            item = made[publication] = [_publication(number, procedure, entered, said, answer)]
            whole = f"{item[0]['procedure_name']} {item[0]['procedure_code']} {said} {answer}"
            made[word] += [{"word": PUBLISHED + one, "record": number} for one in words]
            found = self._public.search_words(whole)
            made[published_word] = [{"word": one, "record": number} for one in found]
        return made

    def _events(self, number: int, status: Status, entered: datetime) -> Iterator[Mapping[str, Any]]:
        steps = [(Action.SUBMIT, Status.RECEIVED), (Action.CLASSIFY, Status.RECEIVED), (Action.TAKE, Status.IN_REVIEW)]
        steps += [(Action.DECIDE, status)] * (status in ENDED)
        before: Status | None = None
        for later, (action, to) in enumerate(steps):
            yield {
                "seq": next(self._seq),
                "record": number,
                "at": min(NOW, entered + timedelta(days=4 * later)),
                "actor": "somebody",
                "unit": "H48.1",
                "action": action.value,
                "from_status": before.value if before else None,
                "to_status": to.value,
                "from_unit": "H48.1",
                "to_unit": "H48.1",
                "note": bytes(600),
                "note_digest": bytes(32),
                "previous": bytes(32),
                "hash": bytes(32),
            }
            before = to


def _status(chance: Random, age: float) -> Status:
    likely = _FRESH if age < _FRESH_DAYS else _CLOSED
    return chance.choices(list(likely), list(likely.values()))[0]


def record_row(number: int, procedure: int, status: Status, entered: datetime, said: str) -> Mapping[str, Any]:
    """Return the row of a record."""
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
            "masked": said,
            "procedure_code": f"1.{procedure:06}.000.00.00.H48",
            "procedure_name": f"thủ tục {procedure}",
            "field": f"lĩnh vực {procedure % FIELDS}",
            "agency": f"H48.{number % AGENCIES}",
            "unit": f"H48.{number % UNITS}",
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


def _publication(number: int, procedure: int, entered: datetime, said: str, answer: str) -> Mapping[str, Any]:
    return {
        "record": number,
        "slug": f"s{number}",
        "question": said,
        "answer": answer,
        "procedure_code": f"1.{procedure:06}.000.00.00.H48",
        "procedure_name": f"thủ tục {procedure}",
        "field": f"lĩnh vực {procedure % FIELDS}",
        "agency": f"H48.{number % AGENCIES}",
        "category": None,
        "published_at": entered,
        "updated_at": entered,
        "hidden_at": None,
        "hidden_why": None,
        "trial": False,
        "sample": False,
    }


async def kept(url: str, count: int) -> UnitOfWork:
    """Open a database with so many records; they are made when it has none."""
    transactions = UnitOfWork(open_engine(url))
    await upgrade(transactions.engine)
    async with transactions.read() as session:
        there = (await session.execute(select(func.count()).select_from(record))).scalar_one()
    if there == count:
        return transactions
    if there:
        raise ValueError(f"the database has {there} records, not {count}")
    await _fill(transactions, count)
    # Another pool: the one that filled was told to be careless.
    await transactions.close()
    return UnitOfWork(open_engine(url))


async def _fill(transactions: UnitOfWork, count: int) -> None:
    made = Rows(Texts(), count).all()
    await careless(transactions)
    with tqdm(total=count, desc="records", disable=None, file=sys.stderr) as bar:
        while chunk := list(islice(made, _AT_ONCE)):
            for table in _TABLES:
                await copied(transactions, table, [row for one in chunk for row in one.get(table, ())])
            bar.update(len(chunk))
    await settled(transactions, _TABLES)
