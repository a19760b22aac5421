"""Puts together what answers questions from two versions of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.app.clock import present
from bot.checklists.affected import count_affected
from bot.checklists.store import ChecklistStore
from bot.dialogue.conversation import Conversation
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.texts import Texts
from bot.jobs.job import JobError
from bot.jobs.running import Progress
from bot.replay.questions import Regression, labelled, of_changed
from bot.replay.replay import FRESH, Asks, Replayed, Told, inbound, replay, told
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.held_version import HeldVersion
from nlu.catalogue.live import today_in_vietnam
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore, Named
from nlu.client import NluPort, NluUnavailable
from nlu.decision import Thresholds
from nlu.fields import load_fields
from nlu.learning.store import ReviewState, ReviewStore
from nlu.reader import Reader
from nlu.understanding import Understanding


async def replay_version(
    work: UnitOfWork,
    root: Path,
    texts: Texts,
    lists: ChecklistStore,
    nlu: NluPort | None,
    number: int,
    stale_after_days: int,
    progress: Progress,
) -> Replayed:
    """Ask the regression questions of the live catalogue and of a version, and count the checklists that it changes.

    Raises:
        JobError: nothing is live to compare with.
    """
    progress.say("Đọc hai bản danh mục")
    async with work.read() as session:
        store = CatalogueStore(session)
        live = await store.live_number()
        if live is None:
            raise JobError("chưa có bản nào đang dùng để so sánh")
        added, removed, changed = await store.differing(live, number)
        before, after = await HeldVersion.read(session, live), await HeldVersion.read(session, number)
        accepted = await ReviewStore(session).find((ReviewState.ACCEPTED,))
    questions = [*labelled(root, accepted), *of_changed([(one.code, one.name) for one in (*changed, *added)])]
    rasa = Once(nlu) if nlu is not None and await _there(nlu) else None
    found = await replay(
        questions,
        _asks(before, rasa, texts, stale_after_days),
        _asks(after, rasa, texts, stale_after_days),
        lambda done, total: progress.say("Hỏi lại các câu hỏi kiểm tra", done, total),
    )
    records = await _changed(after, removed, changed)
    saved, affected = await count_affected(
        work, lists, records, lambda looked: progress.say("Đếm danh sách giấy tờ đã lưu", looked)
    )
    return replace(found, lists=saved, lists_changed=affected, by_search=rasa is None)


async def _changed(after: HeldVersion, removed: list[Named], changed: list[Named]) -> Mapping[str, Procedure | None]:
    known = await after.get_many([one.code for one in changed])
    return {**{one.code: one for one in known}, **{one.code: None for one in removed}}


class Once:
    """Asks Rasa once for each text: both catalogues must be asked about the same reading, also when it gave none."""

    def __init__(self, nlu: NluPort) -> None:
        """Take the client."""
        self._nlu = nlu
        self._read: dict[str, Understanding | NluUnavailable] = {}

    async def understand(self, text: str) -> Understanding:
        """Return what was read the first time.

        Raises:
            NluUnavailable: Rasa was away the first time.
        """
        if text not in self._read:
            try:
                self._read[text] = await self._nlu.understand(text)
            except NluUnavailable as error:
                self._read[text] = error
        found = self._read[text]
        if isinstance(found, NluUnavailable):
            raise found
        return found

    async def ready(self) -> bool:
        """See ``NluPort.ready``."""
        return await self._nlu.ready()


async def _there(nlu: NluPort) -> bool:
    try:
        await nlu.understand("đăng ký khai sinh")
    except NluUnavailable:
        return False
    return True


def _asks(held: HeldVersion, nlu: NluPort | None, texts: Texts, stale_after_days: int) -> Asks:
    flow = ProcedureFlow(held, texts, AnswerVoice(texts), Thresholds(), today_in_vietnam, stale_after_days)
    talk = Conversation(Reader(nlu, held), flow, texts, FieldFlow(load_fields(), flow.asking))

    async def ask(question: Regression) -> Told:
        if question.code:
            return told(await flow.by_code(FRESH, question.code, question.aspects))
        said, _ = await talk.hear(FRESH, inbound(question.text, present()))
        return told(said)

    return ask
