"""How a dossier becomes a row and a row a dossier: sealed, with nothing of its owner in the open."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.dossiers.agencies import unit_path
from bot.dossiers.facts import FactKeys, e164, identity, last_four
from bot.dossiers.rating.times import columns
from bot.dossiers.record import ENDED, Owner, Record
from bot.dossiers.tables import UNIT_LENGTH
from nlu.codes import parse_dossier_code

Row = dict[str, Any]
Shape = TypeVar("Shape", Record, Owner)
PACKING = 1
"""How hard a body is packed: the quickest way."""
CHANNELS = range(1, 4)
NO_OWNER: Row = dict.fromkeys(("contact", "phone_tail", "identity_tail", "phone_key", "identity_key"))
"""The columns about the owner when nothing of one is kept."""


@dataclass(frozen=True)
class Sealing:
    """Seals records under the operator's keys."""

    cipher: Cipher
    keys: FactKeys

    def row(self, record: Record, ended_at: datetime | None) -> Row:
        """Return the columns that a record itself decides."""
        about, code = record.owner, parse_dossier_code(record.code)
        return {
            "code": record.code,
            "level1": code.level1,
            "status": int(record.status),
            "procedure_code": record.procedure_code,
            "channel": channel_of(record),
            "unit": record.unit[:UNIT_LENGTH] or None,
            "office": None if record.status in ENDED else unit_path(code.unit),
            "received_at": record.received_at,
            "due_at": record.appointment,
            "ended_at": ended_at,
            "sample": record.sample,
            **columns(record),
            "body": self.body(record),
            **(self._owner_columns(record.code, about) if about != Owner() else NO_OWNER),
        }

    def body(self, record: Record) -> bytes:
        """Seal a record without its owner's telephone and id number."""
        named = replace(record, owner=Owner(name=record.owner.name))
        # A third of its size: a million of them stay in memory where the database reads them from.
        packed = zlib.compress(msgspec.json.encode(named), PACKING)
        return self.cipher.seal(packed, about_dossier(record.code))

    def record(self, code: str, body: bytes) -> Record:
        """Open a record; its owner has a name at most.

        Raises:
            UnreadableError: it was sealed with another key, or is damaged.
        """
        return _decoded(zlib.decompress(self.cipher.open(body, about_dossier(code))), Record, code)

    def owner(self, code: str, contact: bytes | None) -> Owner:
        """Open what is known of an owner.

        Raises:
            UnreadableError: it was sealed with another key, or is damaged.
        """
        if contact is None:
            return Owner()
        return _decoded(self.cipher.open(contact, about_owner(code)), Owner, code)

    def whole(self, row: Any) -> Record | None:
        """Open a row's dossier with its owner; ``None`` when it was sealed with another key, or is damaged."""
        try:
            record = self.record(row["code"], row["body"])
            return replace(record, owner=self.owner(row["code"], row["contact"]))
        except UnreadableError:
            return None

    def _owner_columns(self, code: str, owner: Owner) -> Row:
        phone, number = e164(owner.phone), identity(owner.identity)
        phone_tail, identity_tail = last_four(phone or owner.phone), last_four(number)
        return {
            "contact": self.cipher.seal(msgspec.json.encode(owner), about_owner(code)),
            "phone_tail": self.keys.tail(code, phone_tail) if phone_tail else None,
            "identity_tail": self.keys.tail(code, identity_tail) if identity_tail else None,
            "phone_key": self.keys.phone(phone) if phone else None,
            "identity_key": self.keys.identity(number) if number else None,
        }


def channel_of(record: Record) -> int:
    """Return by which of the three channels a dossier was filed; 0 where its source does not say one of them."""
    return record.channel if record.channel in CHANNELS else 0


def end_of(record: Record, as_of: datetime, known: datetime | None) -> datetime | None:
    """Return when a dossier ended: as its source says, else when it was first seen to have ended."""
    if record.status not in ENDED:
        return None
    return record.ended_at or known or as_of


def _decoded(plain: bytes, shape: type[Shape], code: str) -> Shape:
    try:
        return msgspec.json.decode(plain, type=shape)
    except msgspec.MsgspecError as error:
        raise UnreadableError(f"dossier {code}: what was kept is no longer in a known form.") from error


def about_dossier(code: str) -> str:
    """Return the place that a dossier's body is bound to."""
    return f"dossier:{code}"


def about_owner(code: str) -> str:
    """Return the place that what is known of a dossier's owner is bound to."""
    return f"dossier owner:{code}"
