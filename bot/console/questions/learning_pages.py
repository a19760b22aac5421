"""Learns what was labelled, and lets a newer model answer when it is not worse than the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from aiohttp import web

from bot.console.done import go
from bot.console.questions.outside import HOME, Outside
from bot.console.questions.words import FIGURES, QUESTION_KINDS
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import BusyError, JobKind
from nlu.learning.store import ReviewState, ReviewStore
from nlu.live_model import read_live


class Figure(msgspec.Struct, frozen=True):
    """One figure before and after."""

    kind: str
    figure: str
    before: float
    after: float
    worse: bool


class Trained(msgspec.Struct, frozen=True):
    """What a training came to."""

    model: str
    learned: int
    new: bool


class Promoted(msgspec.Struct, frozen=True):
    """What a promotion came to."""

    promoted: str
    refused: str
    changes: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the table: one kind of question with its figures."""

    kind: str
    figures: Mapping[str, Figure]


class LearningPages:
    """``/canbo/cau-hoi/hoc``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/hoc", CATALOGUE_READERS, self.shown),
            Route("POST", f"{HOME}/hoc/huan-luyen", EDITORS, self.train),
            Route("POST", f"{HOME}/hoc/dua-vao-dung", EDITORS, self.promote),
        ]

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show what can be learned, how far a training is, and the figures before and after."""
        jobs = self._outside.jobs
        training, promoting = await jobs.newest(JobKind.TRAIN), await jobs.newest(JobKind.PROMOTE)
        async with self._outside.transactions.read() as session:
            counts = await ReviewStore(session).counts()
        promoted = promoting.result_as(Promoted) if promoting else None
        live = read_live(self._outside.root / "models")
        return self._outside.frame.respond(
            visit,
            "questions_learning.html",
            labelled=sum(number for (state, _), (number, _) in counts.items() if state is ReviewState.ACCEPTED),
            live=live,
            since=_moment(live.promoted_at) if live else None,
            training=training,
            trained=training.result_as(Trained) if training else None,
            promoting=promoting,
            promoted=promoted,
            lines=_lines(promoted) if promoted else [],
            figures=FIGURES,
            kinds=QUESTION_KINDS,
            busy=any(job is not None and job.running for job in (training, promoting)),
            may_edit=visit.official.has(EDITORS),
        )

    async def train(self, visit: Visit) -> web.StreamResponse:
        """Begin to learn what was labelled."""
        return await self._begun(visit, JobKind.TRAIN, "Đang huấn luyện. Trợ lý vẫn trả lời bằng mô hình cũ.")

    async def promote(self, visit: Visit) -> web.StreamResponse:
        """Begin to measure the newest model and, when it is not worse, let it answer."""
        return await self._begun(visit, JobKind.PROMOTE, "Đang đo hai mô hình trên cùng bộ câu hỏi.")

    async def _begun(self, visit: Visit, kind: JobKind, said: str) -> web.StreamResponse:
        try:
            await self._outside.jobs.start(kind, visit.official.account)
        except BusyError as error:
            raise Refused(
                "Đang huấn luyện hoặc đang đo mô hình. Chờ xong hoặc dừng việc ấy rồi làm lại.", 409
            ) from error
        return go(f"{HOME}/hoc", said)


def _moment(text: str) -> datetime | None:
    """Read a moment that a file names; ``None`` for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _lines(promoted: Promoted) -> list[Line]:
    kinds = dict.fromkeys(one.kind for one in promoted.changes)
    return [Line(kind, {one.figure: one for one in promoted.changes if one.kind == kind}) for kind in kinds]
