"""The release gate: measures the newest model beside the live one, and makes it live only when nothing guarded got worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from bot.errors import BotError
from bot.evaluation.cases import Case
from bot.evaluation.compare import Change, Summary, changes, comparison, missing, regressions
from bot.evaluation.report import summarise
from bot.evaluation.run import Result
from bot.evaluation.whole import Contender
from nlu.live_model import LiveModel, code_hash, live_path, read_live, write_live
from nlu.training import RasaHome, fingerprint

TOLERANCE = 0.005
"""How much worse a guarded figure may become, as a share of the questions of its kind."""


class RefusedError(BotError):
    """The newest model is not made live."""


class Measures(Protocol):
    """Asks questions through the complete path."""

    async def measure(
        self, contender: Contender, cases: Sequence[Case], twins: bool = False, label: str = "questions"
    ) -> tuple[list[Result], list[Result]]:
        """Return the results, and those without accents."""
        ...


@dataclass(frozen=True)
class Exam:
    """What models are measured on."""

    sets: Mapping[str, Sequence[Case]]
    """Questions by the name of their set; figures are guarded for each set by itself."""
    about: str
    """What else the figures depend on, such as the catalogue."""

    @property
    def hash(self) -> str:
        """Equal for exams whose figures can be compared."""
        return sha256(repr((sorted(self.sets.items()), self.about)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Promotion:
    """Promotes models of one project."""

    home: RasaHome
    bench: Measures
    candidate: Contender
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    compared: Callable[[Sequence[Change]], None] | None = None
    """Is given the figures side by side before it is decided on them."""

    async def run(self, exam: Exam, tolerance: float = TOLERANCE, uncompared: bool = False) -> LiveModel:
        """Make the model of the present inputs live.

        Args:
            exam: what the models are measured on.
            tolerance: how much worse a guarded figure may become.
            uncompared: promote even when nothing is known of the live model that could be compared.

        Raises:
            RefusedError: it is worse than the live one, or cannot be compared; nothing was changed.
        """
        live = read_live(self.home.models)
        if live is not None and self._is_live(live):
            self.tell(f"{live.model} is live already, with the sayings learned last; nothing to do")
            return live
        model = await self.candidate.prepare()
        after = await self._figures(self.candidate, exam, "candidate")
        if live is not None:
            before = await self._before(live, exam, uncompared)
            self._compare(before, after, tolerance)
        else:
            self.tell("nothing was promoted before: no comparison")
        promoted = LiveModel(
            model=model.name,
            fingerprint=fingerprint(self.home),
            code=code_hash(self.home.root),
            promoted_at=self.clock().isoformat(timespec="seconds"),
            questions=exam.hash,
            figures=after,
        )
        return write_live(self.home.models, promoted, self.candidate.sayings)

    def _is_live(self, live: LiveModel) -> bool:
        same = live.fingerprint == fingerprint(self.home) and live_path(self.home.root) is not None
        return same and _content(self._live_sayings(live)) == _content(self.candidate.sayings)

    def _live_sayings(self, live: LiveModel) -> Path | None:
        return self.home.models / live.sayings if live.sayings else None

    async def _before(self, live: LiveModel, exam: Exam, uncompared: bool) -> Summary:
        """Return the figures of the live model: measured again where it still runs, else those written down."""
        path = live_path(self.home.root)
        if path is not None:

            async def present() -> Path:
                return path

            return await self._figures(Contender(present, self._live_sayings(live)), exam, "live")
        if live.questions == exam.hash:
            self.tell("the live model does not run with this program: comparing with the figures written down for it")
            return live.figures
        if uncompared:
            return {}
        raise RefusedError(
            "the live model does not run with this program, and its figures are of other questions; "
            "look at the figures of `motcua evaluate`, then promote with --uncompared"
        )

    async def _figures(self, contender: Contender, exam: Exam, label: str) -> Summary:
        cases = [case for some in exam.sets.values() for case in some]
        results, _ = await self.bench.measure(contender, cases, label=label)
        found: dict[str, Mapping[str, float | int | None]] = {}
        place = 0
        for name, some in exam.sets.items():
            part = results[place : place + len(some)]
            place += len(some)
            prefix = f"{name}: " if len(exam.sets) > 1 else ""
            found |= {f"{prefix}{kind}": figures for kind, figures in summarise(part).items()}
        return found

    def _compare(self, before: Summary, after: Summary, tolerance: float) -> None:
        if not before:
            self.tell("no comparison, as wished")
            return
        found = changes(before, after)
        if self.compared is not None:
            self.compared(found)
        self.tell("live → candidate\n" + comparison(found, tolerance))
        odd = missing(before, after)
        if odd:
            raise RefusedError(f"the figures of {', '.join(odd)} are of other questions; nothing was changed")
        worse = regressions(found, tolerance)
        if worse:
            named = "; ".join(f"{one.kind} {one.figure} {one.before:.3f} → {one.after:.3f}" for one in worse)
            raise RefusedError(
                f"worse than the live model by more than {tolerance:g}: {named}. Nothing was changed; "
                "`motcua questions reject` takes back what was accepted"
            )


def _content(path: Path | None) -> bytes:
    return path.read_bytes() if path is not None and path.is_file() else b""
