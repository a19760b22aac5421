"""The end of taking feedback in: who sends (Article 7), whether it may be published, a last look, and sending."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Choice, Inbound, InboundKind
from bot.dialogue.controls import Control
from bot.dialogue.feedback_files import attached, file_in, is_file
from bot.dialogue.feedback_places import looks_like_address
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.feedback_words import says_send
from bot.dialogue.flow import Answers, Heard, Offer, Place, Question, Step
from bot.dialogue.runner import FIXING
from bot.dialogue.say_feedback import say_preview
from bot.dialogue.typed_answers import asks_something
from feedback.receipts import read_receipt
from feedback.record import Sender
from feedback.requirements import address_of, kind_of, name_of, phone_of
from nlu.text import fold, normalise

PAGE = "page"
"""Answer of the step ``contact`` when the data were given on the form page."""
_YES = frozenset({"dong y", "cho dang", "co", "duoc", "co a", "vang", "yes", "ok", "toi dong y"})
_NO = frozenset({"khong", "khong dong y", "khong cho", "khong cho dang", "khong dang", "dung dang", "no"})
_SEND = frozenset({"dong y gui", "dong y", "ok", "xac nhan"})
"""Words that mean to send beside ``says_send``."""
_ALLOW, _DENY = "allow", "deny"
"""Not "yes" and "no": only words of this step's own are a consent; "dung" may be "đúng" as well as "đừng"."""
_DOUBTED = "address_doubted"
"""Among the answers: what was given for an address looked like none."""
_IN_CHAT = ("name", "address", "phone")


@dataclass(frozen=True)
class ContactSteps:
    """The steps; they read what ``AboutFeedback`` gives."""

    outside: AboutFeedback

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (self._page_step(), *_chat_steps(), *self._last())

    def _page_step(self) -> Step:
        return Step(
            "contact",
            asks="utter_pakn_contact",
            label="utter_label_pakn_contact",
            question=self._contact,
            reads=_filled,
            taps="done".__eq__,
            heard=self._contact_heard,
        )

    def _last(self) -> tuple[Step, ...]:
        return (
            Step(
                "publish",
                asks="utter_pakn_publish",
                example="utter_pakn_publish_example",
                label="utter_label_pakn_publish",
                reads=_yes_or_no,
                offers=(Offer(_ALLOW, "utter_button_pakn_publish_yes"), Offer(_DENY, "utter_button_pakn_publish_no")),
                heard=_publish_heard,
            ),
            Step(
                "send",
                asks="utter_pakn_send_example",
                example="utter_pakn_send_example",
                question=self._preview,
                reads=_send,
                kinds=frozenset({InboundKind.TEXT, InboundKind.IMAGE, InboundKind.FILE}),
                heard=self._send_heard,
            ),
        )

    async def _contact(self, at: Place, answers: Answers) -> Question | str:
        """Ask for the page, unless its data are there; where the chat takes them, they are asked one by one."""
        draft = answers.get("draft", "")
        if answers.get(FIXING) != "contact" and await self.outside.drafts.contact(draft) is not None:
            return PAGE
        page = self.outside.page(draft, at)
        if not page or at.ref.channel not in self.outside.reception().on_page:
            return "chat"
        link = Choice("", at.texts.render("utter_button_pakn_page"), page)
        done = Choice("in:pakn:contact:done", at.texts.render("utter_button_pakn_filled"))
        return Question(at.texts.render("utter_pakn_contact"), (link, done))

    async def _contact_heard(self, at: Place, answers: Answers) -> Heard:
        kept = {name: value for name, value in answers.items() if name != "contact"}
        if await self.outside.drafts.contact(answers.get("draft", "")) is None:
            return Heard(kept, lead=at.texts.render("utter_pakn_contact_missing"))
        return Heard({**kept, "contact": PAGE})

    async def _send_heard(self, at: Place, answers: Answers) -> Heard:
        """Attach a file that comes while everything is looked at once more, and show it again."""
        if not is_file(answers["send"]):
            return Heard(answers)
        kept = {name: value for name, value in answers.items() if name != "send"}
        return Heard(kept, lead=(await attached(self.outside, at, answers, answers["send"])).lead)

    async def _preview(self, at: Place, answers: Answers) -> Question:
        contact = await self.outside.drafts.contact(answers.get("draft", "")) if on_page(answers) else None
        files = await self.outside.drafts.files(answers.get("draft", ""))
        render = at.texts.render
        again = "contact" if on_page(answers) else "name"
        choices = (
            Choice(f"do:pakn_send:{answers.get('receipt', '')}", render("utter_pakn_send")),
            Choice(f"go:{Control.FIX}:story", render("utter_button_pakn_fix_story")),
            Choice(f"go:{Control.FIX}:{again}", render("utter_button_pakn_fix_contact")),
        )
        return Question(say_preview(at.texts, answers, contact, files), choices)


def on_page(answers: Answers) -> bool:
    """Tell whether contact data were given on the page."""
    return answers.get("contact") == PAGE


def sender_in(answers: Answers) -> Sender | None:
    """Return who sends as it was said in the chat; ``None`` while something is missing."""
    name, address = answers.get("name", ""), answers.get("address", "")
    if not name or not address:
        return None
    return Sender(name, address, answers.get("phone", ""), kind=kind_of(name))


def _chat_steps() -> tuple[Step, ...]:
    reads = (
        lambda inbound: None if _other_words(inbound) else name_of(inbound.text),
        lambda inbound: None if _other_words(inbound) else address_of(inbound.text),
        lambda inbound: phone_of(inbound.text),
    )
    return tuple(
        Step(
            name,
            asks=f"utter_pakn_{name}",
            example=f"utter_pakn_{name}_example",
            label=f"utter_label_pakn_{name}",
            reads=read,
            numbers=True,
            private=True,
            refuses=_sends,
            skippable=name == "phone",
            needed=lambda answers: not on_page(answers),
            heard=_address_heard if name == "address" else None,
        )
        for name, read in zip(_IN_CHAT, reads, strict=True)
    )


async def _address_heard(at: Place, answers: Answers) -> Heard:
    """Ask once more about what looks like no address; what is said again is taken: an official can ask as well."""
    kept = {name: value for name, value in answers.items() if name != _DOUBTED}
    if _DOUBTED in answers or looks_like_address(answers["address"]):
        return Heard(kept)
    del kept["address"]
    return Heard({**kept, _DOUBTED: "1"}, lead=at.texts.render("utter_pakn_address_doubt"))


def _folded(inbound: Inbound) -> str:
    return fold(normalise(inbound.text)).strip(" .,!?…")


def _other_words(inbound: Inbound) -> bool:
    """Tell whether a message is no answer about a person: a question, "gửi", the number of a receipt."""
    return asks_something(inbound.text) or _sends(inbound) or read_receipt(inbound.text) is not None


def _filled(inbound: Inbound) -> str | None:
    said = _folded(inbound)
    words = ("xong", "da dien", "dien xong", "xong roi", "da dien xong", "toi da dien", "done", "da xong")
    return "done" if said in words else None


def _yes_or_no(inbound: Inbound) -> str | None:
    said = _folded(inbound)
    return _ALLOW if said in _YES else _DENY if said in _NO else None


async def _publish_heard(_: Place, answers: Answers) -> Heard:
    return Heard({**answers, "publish": "yes" if answers["publish"] == _ALLOW else "no"})


def _sends(inbound: Inbound) -> bool:
    return says_send(inbound.text) or _folded(inbound) in _SEND


def _send(inbound: Inbound) -> str | None:
    """Read the word to send, or a file that comes at the last moment."""
    return file_in(inbound) if inbound.kind is not InboundKind.TEXT else "yes" if _sends(inbound) else None
