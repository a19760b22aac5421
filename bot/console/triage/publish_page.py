"""Redaction before publication: what should be taken out is marked, the original stays, and what was changed is shown."""

from __future__ import annotations

import asyncio
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.done import go
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.case_page import CASE, record_of
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.queues import address_of
from bot.console.triage.refusals import NO_SUCH, OVERTAKEN, said_of
from bot.console.triage.seeing_page import WORDS
from feedback.actor import Actor
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.publication.redaction import Mask, Suggested
from feedback.publication.service import Proposal, Redacted, StillTellsError
from feedback.record import Status
from feedback.register_store import NoSuchRecordError, OvertakenError
from feedback.transitions import ANSWERED

PUBLISHERS = frozenset({ConsoleRole.APPROVER, ConsoleRole.PUBLISHER})
WHY = "chuẩn bị công khai"
WORD_BY_WORD = 500
"""Words up to which every one is compared; in longer texts those that stand everywhere no longer lead the comparison: a
sender's few words a thousand times over would hold up the whole server."""
NOTHING = "Phản ánh này chưa có câu trả lời được duyệt nên chưa công khai được."


@dataclass(frozen=True)
class Piece:
    """A part of a text: marked, put in, taken out, or as it is."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class PublishPage:
    """See the module."""

    desk: TriageDesk
    counts: Counts

    def routes(self) -> list[Route]:
        """Return the routes."""
        path = CASE + "/cong-khai"
        return [Route("GET", path, PUBLISHERS, self.show), Route("POST", path, PUBLISHERS, self.publish)]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the suggestion beside the original."""
        return await self._page(visit, "", 200)

    async def publish(self, visit: Visit) -> web.StreamResponse:
        """Publish, or show what was changed."""
        desk, record = self.desk, record_of(visit)
        if not visit.text("lam"):
            return await self._page(visit, "", 200)
        redacted = Redacted(visit.text("cau-hoi"), visit.text("tra-loi"))
        try:
            async with desk.transactions.write() as session:
                case = await desk.register.get(session, record)
                if str(case.revision) != visit.text("ban"):
                    raise OvertakenError("the page was made of an older revision")
                await publish_one(desk, session, visit.actor, case, redacted, visit)
        except OvertakenError:
            return await self._page(visit, OVERTAKEN, 409)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        except FeedbackError as error:
            still = error if isinstance(error, StillTellsError) else None
            return await self._page(visit, said_of(error), 422, still)
        self.counts.forget()
        return go(address_of(record, visit.text("hang")), "Đã công khai và báo cho người gửi.")

    async def _page(
        self, visit: Visit, wrong: str, status: int, still: StillTellsError | None = None
    ) -> web.StreamResponse:
        desk, record = self.desk, record_of(visit)
        try:
            async with desk.transactions.write() as session:
                case = await desk.steps.reading.open(session, visit.actor, record, visit.at)
                proposal = await proposed(desk, session, visit.actor, case, visit)
                item = await desk.published.of_record(session, record)
                if not desk.steps.reading.hides_sender(visit.actor, case, visit.at):
                    await desk.looks.note(session, visit.official, WORDS, case.register_number, WHY, visit.at)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        except FeedbackError as error:
            raise Refused(said_of(error), 403) from error
        public = item if item is not None and item.hidden_at is None else None
        question = public.question if public else proposal.question.redacted
        answer = public.answer if public else proposal.answer.redacted
        if visit.typed is not None:
            question, answer = visit.text("cau-hoi"), visit.text("tra-loi")
        parts = (
            ("cau-hoi", "Câu hỏi", proposal.question, question),
            ("tra-loi", "Câu trả lời", proposal.answer, answer),
        )
        return desk.frame.respond(
            visit,
            "triage_publish.html",
            status,
            case=case,
            parts=await asyncio.to_thread(_compared, parts, still),
            seen=visit.typed is not None,
            wrong=wrong,
            hang=visit.asked.get("hang", "") or visit.text("hang"),
            path=address_of(record),
        )


def _compared(
    parts: Sequence[tuple[str, str, Suggested, str]], still: StillTellsError | None
) -> Sequence[tuple[object, ...]]:
    return [
        (name, said, marked(found), typed, changed(found.text, typed), _still(still, name, typed))
        for name, said, found, typed in parts
    ]


async def proposed(desk: TriageDesk, session: AsyncSession, actor: Actor, case: Case, visit: Visit) -> Proposal:
    """Return what should be taken out of a record's question and of its approved answer.

    Raises:
        Refused: there is no approved answer.
    """
    answers = await desk.steps.reading.answers(session, actor, case.id, visit.at)
    approved = next((one.answer.text for one in reversed(answers) if one.approved_at), "")
    if not approved or case.status not in ANSWERED:
        raise Refused(NOTHING, 409)
    return await desk.publishing.propose(session, actor, case.id, approved, visit.at)


async def publish_one(
    desk: TriageDesk, session: AsyncSession, actor: Actor, case: Case, redacted: Redacted, visit: Visit
) -> None:
    """Publish what was looked through; a record that only is answered is marked for publication before."""
    if case.status is Status.DECIDED:
        await desk.steps.answering.to_publish(session, actor, case.id, visit.at)
    await desk.publishing.publish(session, actor, case.id, redacted, visit.at)


def marked(found: Suggested) -> Sequence[Piece]:
    """Return a text in pieces, what should be taken out marked."""
    return _pieces(found.text, found.masks)


def changed(before: str, after: str) -> Sequence[Piece]:
    """Return what was taken out of a text and what was put in, word by word."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    pieces: list[Piece] = []
    compared = difflib.SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > WORD_BY_WORD)
    for what, a, b, c, d in compared.get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("".join(old[a:b]), "del"))
        if c < d:
            pieces.append(Piece("".join(new[c:d]), "ins"))
    return pieces


def _still(error: StillTellsError | None, name: str, typed: str) -> Sequence[Piece]:
    """Return the typed text with what still tells of the sender marked; nothing for the other part."""
    if error is None or ("the question" in str(error)) is not (name == "cau-hoi"):
        return ()
    return _pieces(typed, error.masks)


def _pieces(text: str, masks: Iterable[Mask]) -> Sequence[Piece]:
    pieces, place = [], 0
    for mask in masks:
        pieces += [Piece(text[place : mask.start]), Piece(text[mask.start : mask.end], "mark")]
        place = mask.end
    return [one for one in (*pieces, Piece(text[place:])) if one.text]
