"""A new key reaches whatever the stores have sealed, beside others who write, and after a crash."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.keys import SEALED
from bot.channels.contract import NativeCall
from bot.channels.zalo_oa.store import Pair, ZaloOaStore
from bot.checklists.store import ChecklistStore
from bot.console.accounts.account import Stage
from bot.console.accounts.account_store import AccountStore
from bot.console.accounts.carried import Carried
from bot.console.accounts.letter_store import LetterStore
from bot.console.accounts.session_store import Place, Session, SessionStore
from bot.console.audit.entry import What
from bot.console.audit.store import Audit
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.places import columns_of
from bot.delivery.sealing import Sealing
from bot.delivery.tables import conversation, inbox, outbox
from bot.dialogue.state import ConversationState
from bot.dossiers.access.challenge_store import ChallengeStore, Wanted
from bot.dossiers.access.marks import Marks
from bot.dossiers.organisations.file_store import FileStore
from bot.dossiers.organisations.store import Issued, OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys
from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.dossiers.rating.store import Rated, RatingStore
from bot.keys.attachment_files import FileValues
from bot.keys.column_store import ColumnValues
from bot.keys.ports import Value
from bot.keys.resealing import Count, Resealing
from bot.postal.request import Parties
from bot.postal.request_records import Consent
from bot.postal.request_store import RequestStore
from bot.privacy.request import NewRequest, RequestKind, RequestState
from bot.privacy.request_store import DataRequestStore
from bot.resume.snapshot import Snapshot, Ticked
from bot.resume.store import ResumeStore
from bot.unit_of_work import UnitOfWork
from feedback.actor import CITIZEN
from feedback.answer import Answer
from feedback.answer_store import AnswerStore
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import MediaKind
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.beside.filter_store import FilterStore
from feedback.beside.note_store import NoteStore
from feedback.draft_store import DraftStore
from feedback.log_store import LogStore, Movement
from feedback.outgoing_store import OutgoingStore
from feedback.ports import Mail
from feedback.record import Address, Sender, Status
from feedback.register_rows import Placing
from feedback.register_store import RegisterStore
from feedback.transitions import Action
from tests.bot.dossiers.records import CODE, dossier_store, record
from tests.bot.messages import NOW, inbound, ref
from tests.fakes.console import official
from tests.fakes.post_slips import AN
from tests.feedback.fakes import PlainHashes, SimpleWords
from tests.feedback.records import submission

BEFORE, NEW = "b" * 40, "n" * 40
OLD, BOTH, NEWEST = AesGcmCipher(BEFORE), AesGcmCipher(f"{NEW}\n{BEFORE}"), AesGcmCipher(NEW)
LATER = NOW + timedelta(days=3)
RESUME = ResumeStore(OLD, "s" * 40)
PLACES = tuple(ColumnValues(one, most=2) for one in SEALED)
"""In pages of two, so that page follows page."""


def resealing(database: UnitOfWork, *places: ColumnValues | FileValues) -> Resealing:
    return Resealing(database, BOTH, places or PLACES)


def silent(_: int) -> None:
    return None


async def counts(database: UnitOfWork) -> list[Count]:
    found = resealing(database)
    return [await found.count(place, silent) for place in found.places]


async def delivered(session: AsyncSession) -> None:
    """Fill the delivery's tables."""
    seals, place = Sealing(OLD), columns_of(ref())
    came = {"message_id": "m1", "received_at": NOW, "state": "done", "recoveries": 0}
    row = {"id": 1, **place, **came, "body": seals.inbound(inbound()), "trace": seals.trace({"a": 1}, 1)}
    await session.execute(insert(inbox).values(row))
    body = seals.call(NativeCall("say", {}), "1:0")
    row = {"key": "1:0", **place, "body": body, "created_at": NOW, "state": "held", "attempts": 0}
    await session.execute(insert(outbox).values(row))
    row = {**place, "version": 1, "state": seals.state(ConversationState(), ref()), "updated_at": NOW}
    await session.execute(insert(conversation).values(row))


async def about_dossiers(session: AsyncSession) -> None:
    """Fill the tables about dossiers and organisations."""
    await dossier_store(BEFORE).put(session, "test", [(record(), NOW)])
    await RatingStore(OLD, "s" * 40).rate(
        session, ref(), Rated(CODE, Answers(Contacts.NONE, Agencies.ONE, Attitude.GOOD), "cảm ơn"), NOW
    )
    wanted = Wanted("web", "default", "c1", CODE, b"fact", "browser", "vi")
    await ChallengeStore(OLD, Marks("s" * 40)).begin(session, wanted, NOW, LATER)
    keys = TokenKeys("s" * 40)
    await OrganisationStore(OLD, keys).add(session, "Công ty Mẫu", ("0100", b"k" * 32), (), Issued("T", NOW))
    await FileStore(OLD, keys).keep(session, ref(), "secret", ((CODE,), "vi"), LATER)


async def fed_back(session: AsyncSession) -> None:
    """Fill the tables of feedback."""
    register, log = RegisterStore(OLD, PlainHashes(), SimpleWords()), LogStore(OLD)
    for _ in range(3):
        case = await register.enter(session, submission(), Placing("H48.1", Status.RECEIVED), NOW)
        moved = Movement(Action.SUBMIT, None, Status.RECEIVED, to_unit="H48.1", why="gửi")
        await log.append(session, case.id, CITIZEN, moved, NOW)
        await NoteStore(OLD).add(session, case.id, "an", "H48.1", "gọi lại sau", NOW)
    await FilterStore(OLD).put(session, "an", "Hẹn lại", "tim=0901234567")
    await AnswerStore(OLD).add(session, case.id, Answer("Xin lỗi."), "an", NOW)
    file = Attachment("a" * 32, "anh.jpg", MediaKind.JPEG, 3, b"h" * 32, ScanState.CLEAN, NOW, record=case.id)
    await AttachmentStore(OLD).add(session, file)
    await DraftStore(OLD).begin(session, "d1", Address("web", "default", "c1"), "1", (NOW, LATER))
    await DraftStore(OLD).put_contact(session, "d1", Sender("Thử", "Đường Thử"), (NOW, LATER))
    await OutgoingStore(OLD, lambda: NOW).send(session, Mail("a@example.org", "x", "y", (), "k1"))


async def signed_in(session: AsyncSession) -> None:
    """Fill the tables of officials."""
    accounts, sessions, audit = AccountStore(OLD), SessionStore(OLD), Audit(OLD)
    for who in (official(account="lan"), official(account="binh")):
        await accounts.add(session, who, "test", NOW)
        await accounts.set_totp(session, who.account, "JBSWY3DPEHPK3PXP", None)
        await accounts.set_email(session, who.account, "a@example.org")
        await LetterStore(OLD).add(session, "a@example.org", "Tài khoản", NOW)
        made = Session(who.account, who.account, Stage.ENROL, Place(), NOW, NOW, None, Carried(secret="x"))
        await sessions.add(session, made, who.account)
        await audit.note(session, who, What.DOSSIER_OWNER_SEEN, "PA-1", "gọi lại", NOW)


async def filled(database: UnitOfWork) -> None:
    """Have every store of the house seal something with the key before."""
    async with database.write() as session:
        await delivered(session)
        for number in range(3):
            await RESUME.issue(session, f"MC-7KQM-2XW{number}", Snapshot(procedure="1.001193"), ref(), NOW)
        await ChecklistStore(OLD).keep(session, ref(), Ticked(procedure="1.001193"), 1, NOW)
        await about_dossiers(session)
        await fed_back(session)
        await signed_in(session)
        for access in ("one", "two"):
            await ZaloOaStore("oa", OLD).keep(session, Pair(access, "r", LATER), NOW)
        asked = NewRequest("DL-2222-2222", RequestKind.CORRECT, "sai tên", LATER, LATER)
        await DataRequestStore(OLD).note(session, ref(), asked, NOW)
        await RequestStore(OLD).begin(session, ref(), "BC-2222-2222", Consent("1", NOW))
        await RequestStore(OLD).put_parties(session, "BC-2222-2222", Parties(AN), NOW)
        await DataRequestStore(OLD).step(session, asked.number, RequestState.ANSWERED, "đã sửa", ("an", NOW))


async def test_whatever_any_store_has_sealed_opens_with_the_new_key_alone(database: UnitOfWork) -> None:
    await filled(database)
    before = await counts(database)
    assert [one.name for one in before if not one.before] == [], "every place has something"
    assert {(one.newest, one.unreadable) for one in before} == {(0, 0)}
    told = [await resealing(database).reseal(place, silent) for place in PLACES]
    assert [one.done for one in told] == [one.before for one in before]
    only_new = Resealing(database, NEWEST, PLACES)
    after = [await only_new.count(place, silent) for place in PLACES]
    assert [(one.newest, one.before, one.unreadable) for one in after] == [(one.before, 0, 0) for one in before]
    async with database.read() as session:
        assert await ResumeStore(NEWEST, "s" * 40).peek(session, "MC-7KQM-2XW1", NOW) == Snapshot(procedure="1.001193")
        assert (await dossier_store(NEW).whole(session, [CODE]))[CODE].owner.phone


async def test_what_is_done_stays_done_after_a_crash_and_is_not_done_again(database: UnitOfWork) -> None:
    await filled(database)
    for place in PLACES[:7]:
        await resealing(database).reseal(place, silent)
    again = [await resealing(database).reseal(place, silent) for place in PLACES]
    assert [one.done for one in again[:7]] == [0] * 7
    assert all(one.done for one in again[7:])


async def test_a_value_that_no_key_opens_is_counted_and_left_alone(database: UnitOfWork) -> None:
    await filled(database)
    async with database.write() as session:
        await session.execute(update(outbox).values(body=b"\x01 damaged, and too short"))
    (place,) = (one for one in PLACES if one.name == "outbox.body")
    told = await resealing(database).reseal(place, silent)
    assert (told.done, told.unreadable) == (0, 1)
    async with database.read() as session:
        assert await session.scalar(select(outbox.c.body)) == b"\x01 damaged, and too short"


@dataclass(frozen=True)
class Interrupted:
    """A column in which somebody else writes between reading and replacing, once."""

    inner: ColumnValues
    database: UnitOfWork
    rest: list[bytes] = field(default_factory=list)
    name: str = "interrupted"

    async def size(self, session: AsyncSession) -> int:
        return await self.inner.size(session)

    async def page(self, session: AsyncSession, after: tuple[object, ...] | None) -> Sequence[Value]:
        return await self.inner.page(session, after)

    async def swap(self, session: AsyncSession, value: Value, sealed: bytes) -> bool:
        if self.rest:
            changed = update(conversation).values(state=self.rest.pop(), version=conversation.c.version + 1)
            await session.execute(changed)
        return await self.inner.swap(session, value, sealed)


async def test_what_a_server_writes_meanwhile_is_not_lost_and_is_looked_at_again(database: UnitOfWork) -> None:
    await filled(database)
    (place,) = (one for one in PLACES if one.name == "conversation.state")
    newer = ConversationState(language="en")
    told = await resealing(database).reseal(Interrupted(place, database, [Sealing(OLD).state(newer, ref())]), silent)
    assert (told.done, told.changed_meanwhile) == (1, 0)
    async with database.read() as session:
        state = await session.scalar(select(conversation.c.state))
    assert state is not None
    assert Sealing(NEWEST).open_state(state, ref()) == newer


async def test_files_are_sealed_anew_and_a_deleted_one_does_not_come_back(database: UnitOfWork, tmp_path: Path) -> None:
    ids = [letter * 32 for letter in "abcdef"]
    for id in ids:
        await asyncio.to_thread(SealedFiles(tmp_path, OLD).write, id, id.encode())
    files = SealedFiles(tmp_path, BOTH)
    told = await resealing(database).reseal(FileValues(files), silent)
    assert told.done == len(ids)
    assert [SealedFiles(tmp_path, NEWEST).read(id) for id in ids] == [id.encode() for id in ids]
    files.drop(["a" * 32])
    assert not files.replace("a" * 32, b"what was read", b"sealed anew")
    assert files.sealed("a" * 32) is None
    assert files.ids() == ids[1:]


async def test_an_unfinished_write_of_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    files = SealedFiles(tmp_path, OLD)
    files.write("a" * 32, b"content")
    assert not files.replace("a" * 32, b"something else", b"new")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a" * 32]
    assert files.read("a" * 32) == b"content"
