"""Puts together what is kept about a person who asked for a copy; each look at a record stands in the register's log."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import BotError
from bot.privacy.person_store import PersonStore
from bot.privacy.request import DataRequest, RequestKind
from bot.privacy.request_store import DataRequestStore
from feedback.actor import Actor, NotAllowedError, Role
from feedback.case import Case, SenderOf
from feedback.record import Address
from feedback.register_store import NoSuchRecordError

logger = logging.getLogger(__name__)

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class ExportError(BotError):
    """There is nothing to export; the message says why."""


class FindsRecords(Protocol):
    """The register."""

    async def of_conversation(self, session: AsyncSession, where: Address, since: datetime) -> Sequence[Case]:
        """Return the newest records of a conversation."""
        ...


class ShowsSenders(Protocol):
    """The register, as officials may read it."""

    async def see_sender(
        self, session: AsyncSession, actor: Actor, record_id: int, at: datetime, why: str = ""
    ) -> SenderOf:
        """Return who sent a record, and write down that it was looked at."""
        ...


@dataclass(frozen=True)
class Copy:
    """What a person is given."""

    data: Mapping[str, Any]
    withheld: int
    """Records that this official may not open whole: those who hold them add their part."""


@dataclass(frozen=True)
class Exporting:
    """The copies of one installation."""

    requests: DataRequestStore
    rows: PersonStore
    register: FindsRecords
    reading: ShowsSenders

    async def copy(self, session: AsyncSession, actor: Actor, number: str, at: datetime) -> Copy:
        """Return the copy that a request asks for.

        Args:
            session: to write with: each look at a record is an entry of the log.
            actor: who answers the request.
            number: of the request.
            at: now.

        Raises:
            NotAllowedError: only who receives sees contact data of all kinds.
            ExportError: there is no such request, or it asks for something else.
        """
        actor.require(Role.RECEIVER)
        found = await self.requests.get(session, number)
        if found is None or found.asked.kind is not RequestKind.COPY:
            raise ExportError(f"{number} is no request for a copy; see `motcua privacy list`")
        where = Address(found.ref.channel, found.ref.account, found.ref.conversation)
        told, withheld = [], 0
        for case in await self.register.of_conversation(session, where, _EVER):
            shown = await self._record(session, actor, case, number, at)
            told.append(shown)
            withheld += "noi_dung" not in shown
        data = {"yeu_cau": number, "kenh": found.ref.channel, "lap_luc": at.isoformat(), "phan_anh": told}
        rows = await self.rows.rows(session, found.ref)
        _note(actor, found)
        return Copy({**data, "bang": rows}, withheld)

    async def _record(
        self, session: AsyncSession, actor: Actor, case: Case, number: str, at: datetime
    ) -> Mapping[str, Any]:
        named = {"so_vao_so": case.register_number, "bien_nhan": case.receipt, "trang_thai": case.status.value}
        try:
            sent = await self.reading.see_sender(session, actor, case.id, at, f"bản sao theo yêu cầu {number}")
        except (NotAllowedError, NoSuchRecordError):
            return named
        content = {
            "noi_dung": msgspec.to_builtins(case.matter),
            "nguoi_gui": msgspec.to_builtins(sent.sender),
            "dong_y": msgspec.to_builtins(sent.consent),
            "ngay_gui": case.submitted_at.isoformat(),
            "ngay_vao_so": case.entered_at.isoformat(),
            "hai_long": case.satisfied,
        }
        return named | content


def _note(actor: Actor, found: DataRequest) -> None:
    logger.info("%s made the copy that request %s asks for.", actor.id, found.asked.number)
