"""Keeps requests for the post, sealed, from the person's "Đồng ý" on. Within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, CursorResult, String, and_, cast, delete, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.notice_store import stands, take_out
from bot.delivery.places import columns_of, of
from bot.postal.request import SENDABLE, Parties, PostalRequest, RequestState
from bot.postal.request_records import Consent, Draft, Kept, letter_keys
from bot.postal.request_tables import postal_request
from bot.privacy.held import Held
from feedback.inserting import insertion
from feedback.sealed import SealedColumn

_T = TypeVar("_T")
DRAFT_KEPT = timedelta(days=14)
"""Since the consent, or since names were given on the page."""
_DRAFT = postal_request.c.state == RequestState.DRAFT
_NOT_HANDED = postal_request.c.handed_at.is_(None)


class RequestStore:
    """The requests of one database; also what ``bot.privacy`` asks about them."""

    name = "requests for the post"
    tables = frozenset({postal_request.name})

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._cipher = cipher

    async def begin(self, session: AsyncSession, ref: Ref, id: str, consent: Consent) -> None:
        """Keep the consent under which a slip is begun; the very same twice is one."""
        row = self._row(ref, id, "vi", consent) | {"state": RequestState.DRAFT, "body": None}
        await session.execute(insertion(session, postal_request).values(row).on_conflict_do_nothing())

    async def draft(self, session: AsyncSession, id: str) -> Draft | None:
        """Return a slip that is being filled in."""
        row = (await session.execute(select(postal_request).where(postal_request.c.id == id, _DRAFT))).one_or_none()
        if row is None:
            return None
        parties = self._open(row.body, id, Parties) if row.body is not None else None
        return Draft(id, _ref(row), parties)

    async def put_parties(self, session: AsyncSession, id: str, parties: Parties, at: datetime) -> bool:
        """Keep who sends and receives, as given on the page; tell whether the slip is still being filled in."""
        chosen = update(postal_request).where(postal_request.c.id == id, _DRAFT)
        body = self._cipher.seal(msgspec.msgpack.encode(parties), _about(id))
        return _one(await session.execute(chosen.values(body=body, updated_at=at)))

    async def keep(
        self, session: AsyncSession, ref: Ref, request: PostalRequest, language: str, consent: Consent
    ) -> None:
        """Keep a finished slip in the place of its draft; the same once more is one."""
        row = self._row(ref, request.id, language, consent) | {
            "body": self._seal(request),
            "state": RequestState.PREPARED,
            "procedure": request.procedure_code,
            "option": request.option,
            "made_at": request.made_at,
            "updated_at": request.made_at,
        }
        kept = {
            name: row[name] for name in ("body", "state", "procedure", "option", "language", "made_at", "updated_at")
        }
        added = insertion(session, postal_request).values(row)
        mine = and_(of(postal_request, ref), _DRAFT)
        await session.execute(added.on_conflict_do_update(index_elements=["id"], set_=kept, where=mine))

    async def of(self, session: AsyncSession, ref: Ref) -> Sequence[PostalRequest]:
        """Return a conversation's finished slips, the newest first."""
        chosen = select(postal_request).where(of(postal_request, ref), ~_DRAFT)
        rows = await session.execute(chosen.order_by(postal_request.c.made_at.desc(), postal_request.c.id))
        return [one.request for row in rows if (one := self._kept(row))]

    async def one(self, session: AsyncSession, ref: Ref, id: str) -> PostalRequest | None:
        """Return one of a conversation's finished slips."""
        found = await self.get(session, id)
        return found.request if found and found.ref == ref else None

    async def get(self, session: AsyncSession, id: str) -> Kept | None:
        """Return a finished slip, whosever it is."""
        row = (await session.execute(select(postal_request).where(postal_request.c.id == id, ~_DRAFT))).one_or_none()
        return self._kept(row) if row is not None else None

    async def note(self, session: AsyncSession, ref: Ref, id: str, codes: tuple[str, str], at: datetime) -> None:
        """Note a dossier's code and the post's item code where they are given.

        Args:
            session: the caller's.
            ref: whose slip it is.
            id: of the slip.
            codes: the dossier's and the item's; an empty one leaves what is there.
            at: now.
        """
        request = await self.one(session, ref, id)
        if request is None:
            return
        dossier, item = codes
        changed = replace(request, dossier_code=dossier or request.dossier_code, item_code=item or request.item_code)
        mine = update(postal_request).where(of(postal_request, ref), postal_request.c.id == id)
        await session.execute(mine.values(body=self._seal(changed), updated_at=at))

    async def confirm(
        self, session: AsyncSession, ref: Ref, id: str, mail_to: str, times: tuple[datetime, datetime]
    ) -> bool:
        """Have the letter leave; false where it was sent, is under way, or is not there any more.

        An earlier one that failed cannot be sent again from then on: nobody gets two.

        Args:
            session: the caller's.
            ref: whose slip it is.
            id: of the slip.
            mail_to: the post office's address.
            times: now, and until when it can be taken back.
        """
        at, leaves = times
        able = postal_request.c.state.in_(SENDABLE)
        mine = update(postal_request).where(of(postal_request, ref), postal_request.c.id == id, able)
        changed = mine.values(
            state=RequestState.SENDING,
            mail_to=mail_to,
            sendings=postal_request.c.sendings + 1,
            leaves_at=leaves,
            handed_at=None,
            updated_at=at,
        )
        sendings = await session.scalar(changed.returning(postal_request.c.sendings))
        await take_out(session, letter_keys(id, (sendings or 1) - 1))
        return sendings is not None

    async def take_back(self, session: AsyncSession, ref: Ref, id: str, at: datetime) -> bool:
        """Take a confirmation back; false once the letter was handed to the outbox."""
        waits = and_(postal_request.c.state == RequestState.SENDING, _NOT_HANDED)
        mine = update(postal_request).where(of(postal_request, ref), postal_request.c.id == id, waits)
        return _one(await session.execute(mine.values(state=RequestState.CANCELLED, leaves_at=None, updated_at=at)))

    async def waits(self, session: AsyncSession, id: str) -> bool:
        """Tell whether a confirmed letter was not handed on yet."""
        waits = and_(postal_request.c.state == RequestState.SENDING, _NOT_HANDED)
        return await session.scalar(select(postal_request.c.id).where(postal_request.c.id == id, waits)) is not None

    async def due(self, session: AsyncSession, now: datetime, most: int) -> Sequence[Kept]:
        """Return the slips whose letter may leave now."""
        return await self._sending(session, and_(_NOT_HANDED, postal_request.c.leaves_at <= now), most)

    async def handed(self, session: AsyncSession, most: int) -> Sequence[Kept]:
        """Return the slips whose letter is in the outbox, and of which it is not known yet what became of it."""
        return await self._sending(session, postal_request.c.handed_at.is_not(None), most)

    async def revived(self, session: AsyncSession, most: int) -> Sequence[Kept]:
        """Return the slips whose letter failed, and was sent again by somebody since."""
        key = literal("post:") + postal_request.c.id + ":" + cast(postal_request.c.sendings, String(6))
        again = and_(postal_request.c.state == RequestState.FAILED, stands(key))
        rows = await session.execute(select(postal_request).where(again).order_by(postal_request.c.id).limit(most))
        return [one for row in rows if (one := self._kept(row))]

    async def hand_on(self, session: AsyncSession, one: Kept, at: datetime) -> bool:
        """Note that a letter goes into the outbox; false when it was taken back, or another process has it."""
        mine = _this(one).where(_NOT_HANDED)
        return _one(await session.execute(mine.values(handed_at=at, updated_at=at)))

    async def settle(self, session: AsyncSession, one: Kept, state: RequestState, at: datetime) -> bool:
        """Note what became of a letter, once; or that one which had failed is under way again."""
        return _one(await session.execute(_this(one).values(state=state, leaves_at=None, updated_at=at)))

    async def drop(self, session: AsyncSession, ref: Ref, id: str) -> None:
        """Delete a slip or draft, with a letter of it that has not begun to leave or that failed."""
        await self._gone(session, and_(of(postal_request, ref), postal_request.c.id == id))

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        chosen = select(postal_request.c.id).where(of(postal_request, ref))
        count = len((await session.scalars(chosen)).all())
        return [Held("utter_held_postal", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await self._gone(session, of(postal_request, ref))

    async def stale(self, session: AsyncSession, now: datetime) -> Sequence[tuple[str, Ref]]:
        """Return the drafts that nobody goes on with, with their conversations; ``forget`` deletes them."""
        chosen = select(postal_request).where(_stale(now))
        return [(row.id, _ref(row)) for row in await session.execute(chosen)]

    async def forget(self, session: AsyncSession, now: datetime, kept: timedelta) -> int:
        """Delete slips that nobody touched for so long, and drafts that nobody goes on with; tell how many."""
        old = and_(~_DRAFT, postal_request.c.updated_at < now - kept)
        gone = await session.execute(delete(postal_request).where(or_(old, _stale(now))))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def _gone(self, session: AsyncSession, which: ColumnElement[bool]) -> None:
        chosen = await session.execute(select(postal_request.c.id, postal_request.c.sendings).where(which))
        await take_out(session, [key for row in chosen for key in letter_keys(row.id, row.sendings)])
        await session.execute(delete(postal_request).where(which))

    async def _sending(self, session: AsyncSession, which: ColumnElement[bool], most: int) -> Sequence[Kept]:
        chosen = select(postal_request).where(postal_request.c.state == RequestState.SENDING, which)
        rows = await session.execute(chosen.order_by(postal_request.c.leaves_at, postal_request.c.id).limit(most))
        return [one for row in rows if (one := self._kept(row))]

    def _row(self, ref: Ref, id: str, language: str, consent: Consent) -> dict[str, Any]:
        moments = dict.fromkeys(("consent_at", "made_at", "updated_at"), consent.at)
        plain = {"procedure": "", "option": "", "mail_to": "", "sendings": 0}
        return {
            "id": id,
            **columns_of(ref),
            "language": language,
            "consent_version": consent.version,
            **moments,
            **plain,
        }

    def _seal(self, request: PostalRequest) -> bytes:
        return self._cipher.seal(msgspec.msgpack.encode(request), _about(request.id))

    def _kept(self, row: Any) -> Kept | None:
        request = self._open(row.body, row.id, PostalRequest)
        if request is None:
            return None
        request = replace(request, state=RequestState(row.state))
        return Kept(request, _ref(row), row.language, row.mail_to, row.sendings)

    def _open(self, body: bytes, id: str, type_: type[_T]) -> _T | None:
        try:
            return msgspec.msgpack.decode(self._cipher.open(body, _about(id)), type=type_)
        except (UnreadableError, msgspec.MsgspecError):
            return None


def _stale(now: datetime) -> ColumnElement[bool]:
    """Choose the drafts that nobody goes on with."""
    return and_(_DRAFT, postal_request.c.updated_at < now - DRAFT_KEPT)


def _this(one: Kept) -> Any:
    """Choose a slip while it still stands as it was read, with the very confirmation."""
    return update(postal_request).where(
        postal_request.c.id == one.request.id,
        postal_request.c.state == one.request.state,
        postal_request.c.sendings == one.sendings,
    )


def _one(result: Any) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1


def _ref(row: Any) -> Ref:
    return Ref(row.channel, row.account, row.conversation)


def _about(id: str) -> str:
    return f"postal request {id}"


SEALED = (SealedColumn(postal_request, "body", lambda row: _about(row.id)),)
