"""Keeps which table an address stands for, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.dossiers.organisations.tables import organisation_file
from bot.dossiers.organisations.tokens import TokenKeys
from feedback.sealed import SealedColumn


@dataclass(frozen=True)
class KeptFile:
    """What an address stands for."""

    ref: Ref
    """The conversation that asked; only while it is linked the table can be fetched."""
    codes: tuple[str, ...]
    language: str


class FileStore:
    """The questions behind the addresses of tables; the tables themselves are made when they are fetched."""

    def __init__(self, cipher: Cipher, keys: TokenKeys) -> None:
        """Take what seals codes, and what hashes addresses."""
        self._cipher = cipher
        self._keys = keys

    async def keep(
        self, session: AsyncSession, ref: Ref, secret: str, asked: tuple[Sequence[str], str], until: datetime
    ) -> None:
        """Keep a question, with its codes and language, under the secret part of an address."""
        codes, language = asked
        address = self._keys.address(secret)
        row = {
            "address": address,
            "channel": ref.channel,
            "account": ref.account,
            "conversation": ref.conversation,
            "codes": self._cipher.seal(msgspec.json.encode(list(codes)), _about(address)),
            "language": language,
            "until": until,
        }
        await session.execute(insert(organisation_file).values(row))

    async def find(self, session: AsyncSession, secret: str, now: datetime) -> KeptFile | None:
        """Return the question behind an address; ``None`` when there is none, or it is too old."""
        address = self._keys.address(secret)
        chosen = select(organisation_file).where(
            organisation_file.c.address == address, organisation_file.c.until > now
        )
        row = (await session.execute(chosen)).mappings().first()
        if row is None:
            return None
        try:
            codes = msgspec.json.decode(self._cipher.open(row["codes"], _about(address)), type=tuple[str, ...])
        except (UnreadableError, msgspec.MsgspecError):
            return None
        return KeptFile(Ref(row["channel"], row["account"], row["conversation"]), codes, row["language"])


def _about(address: bytes) -> str:
    return f"organisation file:{address.hex()}"


SEALED = (SealedColumn(organisation_file, "codes", lambda row: _about(row.address)),)
