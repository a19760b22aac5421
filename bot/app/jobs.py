"""What each kind of background job does, in a process of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec
import yaml

from bot.app.clock import present
from bot.app.house import load_house_texts
from bot.app.importing import import_proposal
from bot.app.replaying import replay_version
from bot.checklists.store import ChecklistStore
from bot.console.catalogue.outside import say
from bot.console.dashboard.verifying import LogVerifying
from bot.delivery.cipher import AesGcmCipher
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.compare import Change, regressions
from bot.evaluation.promotion import TOLERANCE, Exam, Measures, Promotion, RefusedError
from bot.evaluation.run import Result
from bot.evaluation.whole import Bench, Contender
from bot.jobs.job import Job, JobError, JobKind
from bot.jobs.running import Progress, Work
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork
from feedback.log_store import LogStore
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.errors import CatalogueError
from nlu.catalogue.family_changes import Who, join, reset, split
from nlu.catalogue.proposals import publish_proposal
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import renew_index, rollback
from nlu.client import RasaClient
from nlu.learning.lessons import FIXED_QUESTIONS, FOLDER, SAYINGS, held_out_questions, lessons, write_lessons
from nlu.learning.store import ReviewState, ReviewStore
from nlu.training import RasaHome, ensure_model, model_path


@dataclass(frozen=True)
class Jobs:
    """What does the jobs of one database."""

    settings: Settings
    root: Path
    work: UnitOfWork
    rasa_url: str | None

    def works(self) -> Mapping[JobKind, Work]:
        """Return what does each kind."""
        own: Mapping[JobKind, Work] = {
            JobKind.IMPORT: self.import_file,
            JobKind.REPLAY: self.replay,
            JobKind.PUBLISH: self.publish,
            JobKind.ROLLBACK: self.rollback,
            JobKind.FAMILY: self.family,
            JobKind.TRAIN: self.train,
            JobKind.PROMOTE: self.promote,
            JobKind.VERIFY: self.verify,
        }
        return {kind: _said(work) for kind, work in own.items()}

    async def import_file(self, job: Job, progress: Progress) -> object:
        """Read a file into a proposal."""
        progress.say("Đọc tệp")
        asked = msgspec.json.decode(job.asked, type=dict[str, str])
        file = Path(asked["file"])
        try:
            made = await import_proposal(self.work, file, asked["note"], job.by, present(), progress)
        finally:
            shutil.rmtree(file.parent, ignore_errors=True)
        return made

    async def replay(self, job: Job, progress: Progress) -> object:
        """Tell what a proposal would change for citizens."""
        _, encryption_key = self.settings.require_keys()
        lists = ChecklistStore(AesGcmCipher(encryption_key.reveal()))
        texts, stale = load_house_texts(self.root), self.settings.stale_after_days
        async with aiohttp.ClientSession() as session:
            rasa = RasaClient(session, self.rasa_url) if self.rasa_url else None
            return await replay_version(self.work, self.root, texts, lists, rasa, int(job.about), stale, progress)

    async def publish(self, job: Job, progress: Progress) -> object:
        """Make an approved proposal live."""
        progress.say("Lập chỉ mục tìm kiếm và công bố")
        live = await publish_proposal(self.work, index_of, int(job.about), job.by, present())
        return {"live": live.number}

    async def rollback(self, job: Job, progress: Progress) -> object:
        """Return to the version before; a button pressed twice does it once."""
        progress.say("Quay lại bản trước")
        async with self.work.read() as session:
            live = await CatalogueStore(session).live_number()
        if str(live) != job.about:
            raise JobError(f"bản đang dùng là {live}, không còn là {job.about}; xem lại các bản rồi làm lại")
        withdrawn, live_again = await rollback(self.work)
        progress.say("Cập nhật chỉ mục tìm kiếm")
        await renew_index(self.work, index_of, index_recipe)
        return {"live": live_again.number, "withdrawn": withdrawn.number}

    async def family(self, job: Job, progress: Progress) -> object:
        """Correct which codes are one service."""
        progress.say("Lập lại chỉ mục tìm kiếm")
        asked = msgspec.json.decode(job.asked, type=dict[str, str])
        code, who = job.about, Who(job.by, present(), asked.get("note", ""))
        if asked["change"] == "join":
            made = await join(self.work, index_of, code, asked["with"], who)
        elif asked["change"] == "split":
            made = await split(self.work, index_of, code, who)
        else:
            made = await reset(self.work, index_of, code, who)
        return {"before": made.before.family(code), "after": made.after.family(code)}

    async def train(self, job: Job, progress: Progress) -> object:
        """Learn what was accepted in review."""
        home = RasaHome(self.root)
        progress.say("Ghi các câu đã nhận")
        async with self.work.read() as session:
            accepted = await ReviewStore(session).find((ReviewState.ACCEPTED,))
        learned = lessons(accepted, held_out_questions(home.root))
        write_lessons(home.root / FOLDER, learned)
        known = model_path(home).is_file()
        steps, done = _components(home.root), 0

        def report(line: str) -> None:
            nonlocal done
            done = min(done + 1, steps)
            progress.say("Huấn luyện mô hình hiểu câu hỏi", done, steps)

        model = await ensure_model(home, os.environ, report)
        progress.say("Đã huấn luyện", steps, steps)
        return {"model": model.name, "learned": len(learned), "new": not known}

    async def promote(self, job: Job, progress: Progress) -> object:
        """Measure the newest model beside the live one, and make it live when nothing guarded is worse."""
        home = RasaHome(self.root)
        exam = Exam({"fixed": read_cases([home.root / FIXED_QUESTIONS])}, "starter")
        found: list[Change] = []
        said: list[str] = []

        async def candidate() -> Path:
            return await ensure_model(home, os.environ, lambda line: None)

        promotion = Promotion(
            home,
            _Measuring(Bench(self.settings, home), progress),
            Contender(candidate, home.root / FOLDER / SAYINGS),
            present,
            said.append,
            found.extend,
        )
        try:
            live = await promotion.run(exam)
        except RefusedError as error:
            return {"promoted": "", "refused": str(error), "changes": _plain(found)}
        progress.say("Cập nhật chỉ mục tìm kiếm", 2, 3)
        await renew_index(self.work, index_of, index_recipe)
        return {"promoted": live.model, "refused": "", "changes": _plain(found)}

    async def verify(self, job: Job, progress: Progress) -> object:
        """Verify the register by its log."""
        _, encryption_key = self.settings.require_keys()
        log = LogStore(AesGcmCipher(encryption_key.reveal()))
        return await LogVerifying(self.work, log).whole(progress, job.at)


@dataclass(frozen=True)
class _Measuring:
    """Says which model is measured."""

    bench: Measures
    progress: Progress

    async def measure(
        self, contender: Contender, cases: Sequence[Case], twins: bool = False, label: str = "questions"
    ) -> tuple[list[Result], list[Result]]:
        """See ``Measures.measure``."""
        step, done = _MEASURED.get(label, (label, 0))
        self.progress.say(step, done, 3)
        return await self.bench.measure(contender, cases, twins, label)


_MEASURED: Mapping[str, tuple[str, int]] = {
    "candidate": ("Đo mô hình mới trên bộ câu hỏi cố định", 0),
    "live": ("Đo mô hình đang dùng trên cùng bộ câu hỏi", 1),
}


def _said(work: Work) -> Work:
    """Let faults of the catalogue be said as its pages say them."""

    async def saying(job: Job, progress: Progress) -> object:
        try:
            return await work(job, progress)
        except CatalogueError as error:
            raise JobError(say(error, str(error))) from error

    return saying


def _plain(found: Sequence[Change]) -> list[dict[str, object]]:
    worse = set(regressions(found, TOLERANCE))
    return [
        {"kind": one.kind, "figure": one.figure, "before": one.before, "after": one.after, "worse": one in worse}
        for one in found
    ]


def _components(root: Path) -> int:
    """Return how many steps a training has: the components of the pipeline, and its beginning."""
    return len(yaml.safe_load((root / "config.yml").read_text("utf-8"))["pipeline"]) + 1
