"""Dossiers for the console's pages to be measured on: spread over four hundred days and a hundred units, each sealed for itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Table, func, select
from tqdm import tqdm

from benchmarks.copying import careless, copied, settled
from benchmarks.dossiers import TODAY, code
from bot.delivery.cipher import AesGcmCipher
from bot.dossiers.batching import slip_procedure
from bot.dossiers.changes import Kind
from bot.dossiers.facts import FactKeys
from bot.dossiers.record import ENDED, Owner, Record, Slip, SlipKind, Status
from bot.dossiers.sample_words import load_sample_words
from bot.dossiers.samples import SampleMaker
from bot.dossiers.sealing import Row, Sealing
from bot.dossiers.tables import dossier, dossier_change
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time

DAYS, UNITS, PROCEDURES = 400, 100, 300
AT_ONCE = 5000
_STATES = {Status.RETURNED: 93, Status.REFUSED: 2, Status.IN_PROGRESS: 4, Status.NEED_SUPPLEMENT: 1}
_LATE = 0.05
_SLIPS = {Status.REFUSED: Kind.REFUSED, Status.NEED_SUPPLEMENT: Kind.SUPPLEMENT}
_EVERY = 10
"""For so many dossiers papers were asked for once."""


class Dossiers:
    """Makes their rows up."""

    def __init__(self, secret: str, now: datetime) -> None:
        self._sealing, self._chance, self._now = Sealing(AesGcmCipher(secret), FactKeys(secret)), Random(6), now
        samples = SampleMaker(load_sample_words(), load_working_time().hours(), TODAY).all()
        self._samples = {
            state: [one for one in samples if (one.status in ENDED) is (state in ENDED)] for state in _STATES
        }

    def rows(self, first: int, last: int) -> Iterator[Mapping[Table, Sequence[Row]]]:
        """Yield the rows of each dossier by table."""
        for number in range(first, last):
            record = self._record(number)
            told = {"source": "bench", "as_of": self._now, "revision": 1, "changed_at": self._now}
            yield {
                dossier: [self._sealing.row(record, record.ended_at) | told],
                dossier_change: list(self._changes(number, record)),
            }

    def _record(self, number: int) -> Record:
        chance = self._chance
        state = chance.choices(list(_STATES), list(_STATES.values()))[0]
        over = state in ENDED
        due = self._now + timedelta(days=20 - chance.random() * (DAYS if over else 21), minutes=chance.randrange(600))
        late = chance.random() < _LATE
        ended = min(self._now, due + timedelta(days=2 if late else -3 * chance.random())) if over else None
        received, apologised = due - timedelta(days=15), late and number % 2 == 0
        apology = Slip(SlipKind.APOLOGY, due.date(), "9/MAU", old_due_at=due)
        return replace(
            chance.choice(self._samples[state]),
            code=code(number),
            owner=Owner(),
            status=state,
            procedure_code=f"1.{number % PROCEDURES + 1000:06}",
            unit=f"Bộ phận một cửa số {number % UNITS}",
            filed_at=received,
            received_at=received,
            due_at=due,
            ended_at=ended,
            slips=(apology,) if apologised else (),
            sample=False,
        )

    def _changes(self, number: int, record: Record) -> Iterator[Row]:
        kind = _SLIPS.get(record.status) or (Kind.SUPPLEMENT if number % _EVERY == 0 else None)
        if kind is None or record.received_at is None:
            return
        yield {
            "id": number + 1,
            "code": record.code,
            "revision": 2,
            "at": min(self._now, record.received_at + timedelta(days=3)),
            "from_status": int(Status.RECEIVED),
            "to_status": int(record.status),
            "kind": kind.value,
            "due_at": record.due_at,
            "procedure_code": slip_procedure(record),
        }


async def fill(transactions: UnitOfWork, upto: int, secret: str, now: datetime) -> None:
    """Add dossiers until there are so many."""
    async with transactions.read() as session:
        have = await session.scalar(select(func.count()).select_from(dossier)) or 0
    made = Dossiers(secret, now).rows(have, upto)
    await careless(transactions)
    with tqdm(total=upto - have, desc="dossiers", disable=None, file=sys.stderr) as bar:
        while chunk := list(islice(made, AT_ONCE)):
            for table in (dossier, dossier_change):
                rows: list[Mapping[str, Any]] = [row for one in chunk for row in one[table]]
                await copied(transactions, table, rows)
            bar.update(len(chunk))
    await settled(transactions, (dossier, dossier_change))
