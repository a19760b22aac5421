"""What an applicant can prove to know of a dossier, compared without telling by the time what was compared."""

from __future__ import annotations

import hmac
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.ports import Transactions
from bot.dossiers.facts import TAIL, e164, identity, last_four
from bot.dossiers.ports import DossierSource
from bot.dossiers.record import Owner, Record
from bot.dossiers.store import Secrets
from nlu.codes import DossierCode

NOBODY = Secrets(None, None, None)
"""Of an unknown dossier, and of one without contact data."""


class KeepsOwners(Protocol):
    """The store of dossiers, as far as proofs need it."""

    async def secrets(self, session: AsyncSession, code: str) -> Secrets | None:
        """Return the hashes of what the applicant can prove to know; ``None`` for an unknown code."""
        ...

    async def owner(self, session: AsyncSession, code: str) -> Owner | None:
        """Open who owns a dossier; ``None`` when nobody is known."""
        ...

    def tail_hash(self, code: str, four: str) -> bytes:
        """Return what ``Secrets`` holds when these are the last four digits on this dossier."""
        ...

    def phone_hash(self, number: str) -> bytes:
        """Return what ``Secrets.phone_key`` holds for a telephone number in E.164."""
        ...


def digits_of(typed: str) -> str:
    """Return the digits of what somebody typed, full-width ones too."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed) if letter.isascii() and letter.isdecimal())


@dataclass(frozen=True)
class Compared:
    """What agrees; both are always worked out."""

    fact: bool
    phone: bool
    sample: bool
    """Whether there is such a dossier and it is a made-up one."""


class Facts:
    """Asks source and store, the same for every code, and compares with a decoy what is not there."""

    def __init__(
        self,
        source: DossierSource,
        store: KeepsOwners,
        transactions: Transactions,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        """Take the source, the store of what sources said, and where decoys come from."""
        self._source = source
        self._store = store
        self._transactions = transactions
        self._decoy = random(32)

    def fact_hash(self, code: DossierCode, fact: str) -> bytes:
        """Return the hash of what somebody typed: its last four digits, if it has so many."""
        return self._store.tail_hash(code.text, digits_of(fact)[-TAIL:])

    async def compare(self, code: DossierCode, fact: bytes, phone: str) -> Compared:
        """Compare a fact and a telephone number with a dossier.

        An unknown code, a dossier without contact data and a wrong fact take the same statements and the same hashes.

        Args:
            code: known or not.
            fact: see ``fact_hash``.
            phone: as it was shared; empty for none.

        Raises:
            SourceDownError: the source cannot be asked.
        """
        record, kept = await self._known(code)
        owner = record.owner if record else Owner()
        written = self._hashed(code, owner)
        number = self._store.phone_hash(e164(phone) or "")
        found = Compared(False, False, record is not None and record.sample)
        for one in (kept, written):
            tails = (self._same(fact, one.phone_tail), self._same(fact, one.identity_tail))
            whole = self._same(number, one.phone_key) and bool(phone)
            found = Compared(found.fact | any(tails), found.phone | whole, found.sample)
        return found

    async def phone(self, code: DossierCode) -> str:
        """Return the telephone number on a dossier in E.164; empty for none.

        Raises:
            SourceDownError: the source cannot be asked.
        """
        record, _ = await self._known(code)
        if record is not None and (number := e164(record.owner.phone)):
            return number
        async with self._transactions.read() as session:
            opened = await self._store.owner(session, code.text)
        return (e164(opened.phone) if opened else None) or ""

    async def _known(self, code: DossierCode) -> tuple[Record | None, Secrets]:
        sighting = await self._source.find(code)
        async with self._transactions.read() as session:
            kept = await self._store.secrets(session, code.text)
        return sighting.record, kept or NOBODY

    def _hashed(self, code: DossierCode, owner: Owner) -> Secrets:
        """Return what a source said of the owner itself; as many hashes are made for an empty one."""
        phone, person = e164(owner.phone), identity(owner.identity)
        of_phone, of_person = last_four(phone), last_four(person)
        phone_tail = self._store.tail_hash(code.text, of_phone or "")
        person_tail = self._store.tail_hash(code.text, of_person or "")
        whole = self._store.phone_hash(phone or "")
        return Secrets(
            phone_tail if of_phone else None, person_tail if of_person else None, whole if phone is not None else None
        )

    def _same(self, given: bytes, kept: bytes | None) -> bool:
        return hmac.compare_digest(given, kept if kept is not None else self._decoy)
