"""Says where feedback stands: where it is, by when and on which basis, what is waited for, the answer, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Choice, Reply
from bot.dialogue.feedback_status_ports import AboutOwnFeedback
from bot.dialogue.say_moments import say_day, say_moment
from bot.dialogue.texts import Texts
from feedback.clocks import Promise
from feedback.looks import Brief, Look, LookOutcome, Shown
from feedback.record import ENDED, Book, Status
from feedback.transitions import Action
from feedback.working_time.zone import here

_SAID = {"feedback_transfer": "transfer", "feedback_process": "process", "feedback_publish": "publish"}


@dataclass(frozen=True)
class FeedbackVoice:
    """Speaks the texts of one house."""

    texts: Texts
    outside: AboutOwnFeedback

    def reply(self, receipt: str, look: Look, now: datetime) -> Reply:
        """Answer a look; a second fact is asked for by a flow."""
        if look.shown is not None:
            return self._card(look.shown, now)
        if look.outcome is LookOutcome.LIMITED:
            moment = say_moment(self.texts, look.until or now)
            return Reply(self._say("limited", moment=moment))
        retry = Choice(f"do:feedback_proof:{receipt}", self._button("retry"))
        return Reply(self._say("not_matched"), (retry, self._other()))

    def several(self, own: list[Brief]) -> Reply:
        """List what a conversation sent."""
        lines = [
            self._say(
                "own_line",
                receipt=one.receipt,
                day=f"{here(one.submitted_at):%d/%m/%Y}",
                status=self.status(one.status).rstrip("."),
            )
            for one in own
        ]
        choices = [Choice(f"do:feedback_status:{one.receipt}", self._button("see", receipt=one.receipt)) for one in own]
        return Reply(self._say("own", lines="\n".join(lines)), (*choices, self._other()))

    def status(self, status: Status) -> str:
        """Say a status in words."""
        return self._say(f"status_{status.value}")

    def _card(self, shown: Shown, now: datetime) -> Reply:
        parts = ["\n".join(self._head(shown)), "\n".join(self._promises(shown, now))]
        if shown.waits_for:
            key = "waits" if shown.status is Status.NEEDS_SUPPLEMENT else "reason"
            parts.append(self._say(key, why=shown.waits_for))
        if shown.answer:
            parts.append(self._say("answer", answer=shown.answer))
        if Action.REOPEN in shown.steps and shown.reopen_until is not None:
            last = here(shown.reopen_until).date().toordinal() - 1
            parts.append(self._say("reopen_until", day=say_day(self.texts, type(here(now).date()).fromordinal(last))))
        text = "\n\n".join(part for part in parts if part)
        return Reply(text, tuple(self._choices(shown)))

    def _head(self, shown: Shown) -> Iterator[str]:
        yield self._say("head", receipt=shown.receipt)
        if shown.sample:
            yield self._say("sample")
        if shown.book is Book.TRIAL:
            yield self._say("trial")
        if shown.book is Book.REGISTER:
            yield self._say("number", number=shown.register_number)
        if shown.procedure_name:
            yield self._say("about", procedure=shown.procedure_name)
        if shown.merged:
            yield self._say("merged")
        yield self.status(shown.status)
        day = say_day(self.texts, here(shown.since).date())
        if shown.receiver:
            yield self._say("receiver", unit=self.outside.unit(shown.receiver), day=day)
        elif shown.status in ENDED or not shown.unit:
            yield self._say("since", day=day)
        else:
            yield self._say("where", unit=self.outside.unit(shown.unit), day=day)

    def _promises(self, shown: Shown, now: datetime) -> Iterator[str]:
        if any(one.at is None for one in shown.promises):
            yield self._say("due_paused")
            return
        for one in shown.promises:
            yield " ".join(self._promise(one, now))

    def _promise(self, one: Promise, now: datetime) -> Iterator[str]:
        assert one.at is not None
        day = say_day(self.texts, here(one.at).date())
        if now > one.at:
            yield self._say("due_missed_law" if one.by_law else "due_missed", day=day)
            return
        kind = _SAID[one.rule.id]
        yield self._say(f"due_{kind}_own" if kind == "transfer" and not one.by_law else f"due_{kind}", day=day)
        if one.rule.province:
            yield self._say("due_own_basis", basis=one.rule.basis)
        if one.unverified:
            yield self._say("due_unsure")

    def _choices(self, shown: Shown) -> Iterator[Choice]:
        if Action.SUPPLEMENT in shown.steps:
            yield Choice(f"do:feedback_supplement:{shown.receipt}", self._button("supplement"))
        if Action.RATE in shown.steps and shown.satisfied is None:
            yield from self.outside.after_answer(self.texts, shown.receipt)
        if Action.REOPEN in shown.steps:
            yield Choice(f"do:feedback_reopen:{shown.receipt}", self._button("reopen"))
        if shown.slug:
            link = self.outside.link(shown.slug)
            if link:
                yield Choice("", self._button("public"), url=link)
            yield Choice(f"do:feedback_follow:{shown.slug}", self._button("follow"))
        if Action.WITHDRAW in shown.steps:
            yield Choice(f"do:feedback_withdraw:{shown.receipt}", self._button("withdraw"))
        yield self._other()

    def _other(self) -> Choice:
        return Choice("do:feedback_which", self._button("other"))

    def _say(self, key: str, **values: str) -> str:
        return self.texts.render(f"utter_feedback_{key}", **values)

    def _button(self, key: str, **values: str) -> str:
        return self.texts.render(f"utter_button_feedback_{key}", **values)
