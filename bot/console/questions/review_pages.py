"""Labels questions that were not understood: one key decides, and the next one is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.console.catalogue.words import ASPECTS
from bot.console.done import go
from bot.console.questions.outside import HOME, Outside
from bot.console.questions.words import KINDS, REASONS, STATES
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from nlu.learning.errors import LearningError
from nlu.learning.review import Kept, Reason
from nlu.learning.store import WAITING, Decision, Question, ReviewState, ReviewStore
from nlu.understanding import Aspect, Intent

KEYS = 9
FOUND = 9
ELSEWHERE = "Câu này vừa được người khác quyết định; chưa có gì thay đổi. Đây là câu tiếp theo."
LISTED = 100


@dataclass(frozen=True)
class Offer:
    """A procedure that a question may mean."""

    code: str
    name: str
    picked: bool
    """Whether a citizen picked it."""


def options(question: Question) -> list[Kept]:
    """Return the procedures that have a key; what a citizen picked is always among them."""
    found = list(question.candidates)
    if question.suggested and all(one.code != question.suggested for one in found):
        found.insert(0, Kept(question.suggested, 0.0))
    return found[:KEYS]


class ReviewPages:
    """``/canbo/cau-hoi``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", HOME, CATALOGUE_READERS, self.shown),
            Route("GET", f"{HOME}/danh-sach", CATALOGUE_READERS, self.listed),
            Route("POST", f"{HOME}/{{number:\\d{{1,9}}}}", EDITORS, self.decide),
        ]

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show the next question, or one that was asked for."""
        reason = _reason(visit.asked.get("lydo", ""))
        words = visit.asked.get("q", "").strip()[:200]
        question = await self._chosen(visit.asked.get("so", ""), reason)
        found = self._found(words) if question is not None and words else []
        offers = found or (options(question) if question is not None else [])
        context = [question.context] if question is not None and question.context else []
        names = await self._outside.names([*(one.code for one in offers), *context])
        async with self._outside.transactions.read() as session:
            counts = await ReviewStore(session).counts()
        return self._outside.frame.respond(
            visit,
            "questions_review.html",
            one=question,
            offers=[
                Offer(
                    one.code, names.get(one.code) or one.name, question is not None and one.code == question.suggested
                )
                for one in offers
            ],
            words=words,
            nothing=bool(words) and not found,
            reason=reason.value if reason else "",
            reasons=REASONS,
            open={reason: sum(counts.get((state, reason), (0, 0))[0] for state in WAITING) for reason in Reason},
            waiting=sum(number for (state, _), (number, _) in counts.items() if state in WAITING),
            labelled=sum(number for (state, _), (number, _) in counts.items() if state is ReviewState.ACCEPTED),
            names=names,
            aspects=ASPECTS,
            kinds=KINDS,
            undo=visit.asked.get("vua", "") if visit.asked.get("vua", "").isdecimal() else "",
            may_edit=visit.official.has(EDITORS),
        )

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """List what was decided, and what is met again although it was learned."""
        wanted = visit.asked.get("trangthai", "")
        state = ReviewState(wanted) if wanted in set(ReviewState) else ReviewState.ACCEPTED
        async with self._outside.transactions.read() as session:
            store = ReviewStore(session)
            found, again = await store.find((state,), None, LISTED), await store.met_again()
        names = await self._outside.names([one.decision.code for one in (*found, *again) if one.decision.code])
        return self._outside.frame.respond(
            visit,
            "questions_list.html",
            found=found,
            again=again[:LISTED],
            state=state,
            states=STATES,
            names=names,
            kinds=KINDS,
            reasons=REASONS,
        )

    async def decide(self, visit: Visit) -> web.StreamResponse:
        """Write a decision down and show the next question."""
        number, what = int(visit.part["number"]), visit.text("do")
        decision = await self._decision(visit, what)
        following = f"{HOME}?" + (f"lydo={visit.text('lydo')}&" if _reason(visit.text("lydo")) else "")
        try:
            async with self._outside.transactions.write() as session:
                store = ReviewStore(session)
                if decision is None:
                    await store.delete(number)
                elif what == "undo":
                    await store.decide(number, decision, tuple(ReviewState))
                else:
                    await store.decide(number, decision)
        except LearningError:
            return go(following.rstrip("?&"), ELSEWHERE)
        if decision is None:
            await self._outside.noted(visit, "Xóa câu hỏi", str(number))
        if what == "undo":
            return go(f"{following}so={number}", "Đã lấy lại câu vừa quyết định.")
        return go(f"{following}vua={number}" if decision else following.rstrip("?&"))

    async def _decision(self, visit: Visit, what: str) -> Decision | None:
        """Return what a button stands for; ``None`` for deleting."""
        plain = {"skip": ReviewState.LATER, "nothing": ReviewState.REJECTED, "undo": ReviewState.OPEN}
        base = Decision(ReviewState.ACCEPTED, by=visit.official.account, at=visit.at)
        if what in plain:
            return replace(base, state=plain[what]) if what != "undo" else Decision(ReviewState.OPEN)
        if what == "delete":
            return None
        if what == "outside":
            kind = visit.text("kind")
            return replace(base, kind=Intent(kind) if Intent.is_out_of_scope(kind) and kind in set(Intent) else OTHER)
        code = what.removeprefix("code:") if what.startswith("code:") else visit.text("code")
        if not code:
            raise Refused("Chọn một thủ tục, “ngoài phạm vi”, hoặc bỏ qua.")
        if not await self._outside.names([code]):
            raise Refused(f"Danh mục đang dùng không có thủ tục mã “{code}”. Tìm theo tên bằng phím /.")
        aspects = tuple(Aspect(one) for one in visit.texts("aspect") if one in set(Aspect))
        return replace(base, code=code, aspects=aspects)

    async def _chosen(self, number: str, reason: Reason | None) -> Question | None:
        async with self._outside.transactions.read() as session:
            store = ReviewStore(session)
            if number.isdecimal() and len(number) <= 9:
                try:
                    return await store.get(int(number))
                except LearningError:
                    pass
            for state in WAITING:
                if found := await store.find((state,), reason, 1):
                    return found[0]
        return None

    def _found(self, words: str) -> Sequence[Kept]:
        index = self._outside.index()
        if index is None:
            return []
        return [Kept(one.code, one.score, one.name) for one in index.rank(words, FOUND).candidates]


OTHER = Intent.OOS_OTHER
"""What is meant by "out of scope" when no kind was chosen."""


def _reason(text: str) -> Reason | None:
    return Reason(text) if text in set(Reason) else None
