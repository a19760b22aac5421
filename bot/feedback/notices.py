"""Puts what senders and followers of feedback are told into words of ``domain.yml``, and hands it to the delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Choice, Ref, Reply, Template
from bot.dialogue.texts import Texts
from feedback.ports import Notice, NoticeKind
from feedback.record import Address, Border

Notify = Callable[[AsyncSession, Ref, Reply, str, Template | None], Awaitable[bool]]
"""Says something first, once per key; the template says it where a platform takes no words of ours any more."""

_DOORS = {Border.COMPLAINT.value: "utter_complaint", Border.DENUNCIATION.value: "utter_denunciation"}
"""What another door is told with, for what has one by law."""


def _same(code: str) -> str:
    return code


def _no_link(_: str) -> str:
    return ""


def _nothing(_: Texts, __: str) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True)
class FeedbackNotices:
    """See ``feedback.ports.Tells``."""

    texts: Texts
    notify: Notify
    unit: Callable[[str], str] = field(default=_same)
    """Gives the name of a unit by its code; what is no code stays as it is."""
    link: Callable[[str], str] = field(default=_no_link)
    """Gives the address of a public item's page by its slug; empty for none."""
    after_answer: Callable[[Texts, str], Sequence[Choice]] = field(default=_nothing)
    """Buttons that stand under an answer, by receipt."""

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        """Queue the notice; once per key.

        Raises:
            ChannelOffError: the conversation's channel is switched off.
        """
        ref = Ref(to.channel, to.account, to.conversation)
        await self.notify(session, ref, self.reply(notice, language), notice.key, self.template(notice))

    def reply(self, notice: Notice, language: str) -> Reply:
        """Return the notice in words."""
        texts = self.texts.speaking(language)
        values = {**notice.values, "receipt": notice.receipt}
        if "unit" in values:
            values["unit"] = self.unit(values["unit"])
        said = [texts.render(f"utter_feedback_notice_{notice.kind.value}", **values)]
        if notice.kind is NoticeKind.OUT_OF_SCOPE and (door := _DOORS.get(notice.values.get("border", ""))):
            said.append(texts.render(door))
        return Reply("\n\n".join(said), tuple(self._choices(notice, texts)))

    def template(self, notice: Notice) -> Template:
        """Return what an approved form needs: the receipt and what is no free text."""
        values = {name: value for name, value in notice.values.items() if name in _FORMS[notice.kind]}
        if "unit" in values:
            values["unit"] = self.unit(values["unit"])
        if notice.receipt:
            values["receipt"] = notice.receipt
        return Template(f"feedback_{notice.kind.value}", values)

    def _choices(self, notice: Notice, texts: Texts) -> Sequence[Choice]:
        choices: list[Choice] = []
        if notice.kind is NoticeKind.SUPPLEMENT:
            title = texts.render("utter_button_feedback_supplement")
            choices.append(Choice(f"do:feedback_supplement:{notice.receipt}", title))
        if notice.kind is NoticeKind.ANSWERED:
            choices += self.after_answer(texts, notice.receipt)
        slug = notice.values.get("slug", "")
        link = notice.values.get("link") or (self.link(slug) if slug else "")
        if link:
            choices.append(Choice("", texts.render("utter_button_feedback_public"), url=link))
        if notice.receipt:
            choices.append(Choice(f"do:feedback_status:{notice.receipt}", texts.render("utter_button_feedback_show")))
        return choices


_FORMS = {kind: frozenset[str]() for kind in NoticeKind} | {
    NoticeKind.FORWARDED: frozenset({"agency"}),
    NoticeKind.IN_REVIEW: frozenset({"unit"}),
    NoticeKind.SPLIT: frozenset({"receipts"}),
    NoticeKind.LATE: frozenset({"day"}),
}
"""What an approved form names beside the receipt; nobody's free words are among it."""
