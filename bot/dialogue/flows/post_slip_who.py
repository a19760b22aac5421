"""The first part of filling in a slip: which procedure and way, the notice, and who sends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.flow import Answers, End, Heard, Offer, Place, Question, Step, answer_id, folded_words
from bot.dialogue.flows.feedback_story import consented
from bot.dialogue.flows.post_slip_address import SAME, AddressSteps
from bot.dialogue.post_slip_corrections import changed_phone, changes_way
from bot.dialogue.post_slip_ports import AboutSlips
from bot.dialogue.postal_effects import BeginSlip
from bot.dialogue.runner import FIXING
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.titles import short_titles
from bot.dialogue.typed_answers import asks_something
from bot.postal.option import PostalOption
from bot.postal.request import Parties
from feedback.requirements import name_of, phone_of
from nlu.catalogue.model import Procedure
from nlu.text import normalise

FORM = "post_slip"
"""Name of the flow; it stands in conversations and button ids."""
PAGE, CHAT, COPY = "page", "chat", "copy"
"""Answers of the step ``contact``: where names and addresses come from."""
OF_PROCEDURE = frozenset(
    {
        "option",
        "office",
        "papers",
        "unticked",
        "more",
        "doubted",
        "weight",
        "weighed",
        "payer",
        "fee_by",
        "dossier",
        "confirm",
    }
)
"""Answers that do not hold for another procedure."""
LONGEST_NAME = 5
"""Words up to which what was written is a name rather than a question."""
_BOTH = re.compile(r"\b(?:ca hai|ca 2|hai chieu|2 chieu|both)\b")
_RECEIVE = re.compile(r"\b(?:nhan|tra|receive|result)\b")
_SEND = re.compile(r"\b(?:gui|nop|send|submit)\b")
_FILLED = frozenset({"xong", "xong roi", "da dien", "dien xong", "da dien xong", "da xong", "done"})


@dataclass(frozen=True)
class WhoSteps:
    """The steps; they read what ``AboutSlips`` gives."""

    about: AboutSlips

    @property
    def address(self) -> AddressSteps:
        """Where the applicant lives."""
        return AddressSteps(self.about.post.places, FORM, "address", in_chat)

    @property
    def door(self) -> AddressSteps:
        """Where the result is brought."""
        return AddressSteps(
            self.about.post.places, FORM, "door", lambda answers: in_chat(answers) and returns(answers), own=True
        )

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (*self._about_what(), *self._agreeing(), *_chat_steps(), *self.address.steps(), *self.door.steps())

    def _about_what(self) -> tuple[Step, ...]:
        return (
            Step(
                "procedure",
                asks="utter_pslip_ask_procedure",
                example="utter_pslip_ask_procedure_example",
                label="utter_label_pslip_procedure",
                reads=_procedure_words,
                heard=self._procedure_heard,
            ),
            Step(
                "option",
                asks="utter_pslip_ask_option",
                label="utter_label_pslip_option",
                question=self._option,
                reads=_option_words,
                told=_option_told,
                taps=frozenset(PostalOption).__contains__,
                heard=self._option_heard,
            ),
        )

    def _agreeing(self) -> tuple[Step, ...]:
        return (
            Step(
                "consent",
                asks="utter_pslip_notice",
                example="utter_pslip_notice_example",
                once_more="utter_pslip_notice_again",
                question=self._notice,
                reads=consented,
                offers=(Offer("agree", "utter_button_pslip_agree"), Offer("refuse", "utter_button_pslip_refuse")),
                heard=self._agreed,
                cancel=False,
            ),
            Step(
                "contact",
                asks="utter_pslip_contact",
                example="utter_pslip_contact_example",
                label="utter_label_pslip_contact",
                question=self._contact,
                reads=lambda inbound: "done" if folded_words(inbound) in _FILLED else None,
                taps=frozenset({"done", COPY, CHAT}).__contains__,
                private=True,
                heard=self._contact_heard,
            ),
        )

    # ---- which procedure, which way ------------------------------------------------------------------------------

    async def _procedure_heard(self, at: Place, answers: Answers) -> Heard:
        """Find the procedure that was named; one under way is left as it was until another one is found."""
        named = await self.about.procedures.meant(answers["procedure"])
        kept = {name: value for name, value in answers.items() if name != "procedure"}
        if named is None:
            return Heard(kept, lead=at.texts.render("utter_pslip_procedure_unknown"))
        procedure = await self.about.post.catalogue.get(named.code)
        if procedure is None:
            return Heard(kept, lead=at.texts.render("utter_pslip_procedure_unknown"))
        if self.refused(procedure):
            return Heard(answers, end=self.not_by_post(at, procedure))
        return Heard(about_procedure(kept, procedure.code))

    def refused(self, procedure: Procedure) -> bool:
        """Tell whether nothing is known to go by post."""
        return not self.about.post.facts.options(procedure).offered

    def not_by_post(self, at: Place, procedure: Procedure) -> End:
        """Say why no slip is made, and who knows more."""
        said = PostalVoice(at.texts, self.about.post).options(procedure)
        return End((Reply(at.texts.render("utter_pslip_not_by_post")), said), at.state)

    async def _option(self, at: Place, answers: Answers) -> Question | str:
        procedure = await self.about.post.catalogue.get(answers["procedure"])
        offered = self.about.post.facts.options(procedure).offered if procedure else ()
        if len(offered) == 1:
            return offered[0].value
        name = short_titles([procedure.name])[0] if procedure else ""
        choices = tuple(
            Choice(answer_id(FORM, "option", one.value), at.texts.render(f"utter_button_pslip_{one.value}"))
            for one in offered
        )
        return Question(at.texts.render("utter_pslip_ask_option", name=name), choices)

    async def _option_heard(self, at: Place, answers: Answers) -> Heard:
        """Take a way that is offered; what hung on another way is asked once more."""
        procedure = await self.about.post.catalogue.get(answers["procedure"])
        offered = self.about.post.facts.options(procedure).offered if procedure else ()
        dropped = {"payer", "fee_by", "confirm"}
        if answers["option"] not in offered:
            kept = {name: value for name, value in answers.items() if name != "option"}
            return Heard(kept, lead=at.texts.render("utter_pslip_option_not_offered"))
        return Heard({name: value for name, value in answers.items() if name not in dropped})

    # ---- the notice, and where names are given -------------------------------------------------------------------

    async def _notice(self, at: Place, _: Answers) -> Question:
        notice, render = self.about.notice(), at.texts.render
        shown = (Choice("", render("utter_button_pslip_sample"), self.about.sample),) if self.about.sample else ()
        return Question(
            render(
                "utter_pslip_notice",
                controller=notice.controller or render("utter_pakn_no_controller"),
                servers=notice.servers or render("utter_pakn_no_servers"),
                contact=notice.contact or render("utter_pakn_no_contact"),
                days=notice.days,
            ),
            shown,
        )

    async def _agreed(self, at: Place, answers: Answers) -> Heard:
        if answers["consent"] != "agree":
            return Heard(answers, end=End((Reply(at.texts.render("utter_pslip_refused")),), at.state))
        notice = self.about.notice()
        noted = {"id": self.about.new_number(), "version": notice.version, "agreed_at": at.now.isoformat()}
        return Heard({**answers, **noted}, effects=(BeginSlip(noted["id"], notice.version),))

    async def _contact(self, at: Place, answers: Answers) -> Question | str:
        """Offer the last slip's names, else our own page where the channel wants it, else the chat."""
        render, fixing = at.texts.render, answers.get(FIXING) == "contact"
        if not fixing and await self.about.kept.parties(answers["id"]) is not None:
            return PAGE
        page = self.about.page(answers["id"], at) if at.ref.channel in self.about.notice().on_page else ""
        again: tuple[Choice, ...] = ()
        if answers.get(COPY) and await self.about.kept.one(at.ref, answers[COPY]) is not None:
            again = (Choice(answer_id(FORM, "contact", COPY), render("utter_button_pslip_copy")),)
        if page:
            link = Choice("", render("utter_button_pslip_page"), page)
            done = Choice(answer_id(FORM, "contact", "done"), render("utter_button_pslip_filled"))
            return Question(render("utter_pslip_contact"), (*again, link, done))
        if not again:
            return CHAT
        anew = Choice(answer_id(FORM, "contact", CHAT), render("utter_button_pslip_anew"))
        return Question(render("utter_pslip_contact_copy"), (*again, anew))

    async def _contact_heard(self, at: Place, answers: Answers) -> Heard:
        if answers["contact"] != "done":
            return Heard(answers)
        if await self.about.kept.parties(answers["id"]) is not None:
            return Heard({**answers, "contact": PAGE})
        kept = {name: value for name, value in answers.items() if name != "contact"}
        return Heard(kept, lead=at.texts.render("utter_pslip_contact_missing"))

    async def parties(self, at: Place, answers: Answers) -> Parties | None:
        """Return who sends and where the result goes; ``None`` while that is not known (any more)."""
        if answers.get("contact") == PAGE:
            return await self.about.kept.parties(answers["id"])
        if answers.get("contact") == COPY:
            before = await self.about.kept.one(at.ref, answers.get(COPY, ""))
            return Parties(before.applicant, before.door) if before else None
        if not answers.get("name") or not answers.get("address"):
            return None
        who = answers["name"], answers.get("phone", "")
        door = self.door.party(answers, *who) if returns(answers) and answers.get("door", SAME) != SAME else None
        return Parties(self.address.party(answers, *who), door)


def about_procedure(answers: Answers, code: str) -> dict[str, str]:
    """Return answers for another procedure: who sends stays, what hangs on the procedure goes."""
    kept = answers if answers.get("procedure") == code else {k: v for k, v in answers.items() if k not in OF_PROCEDURE}
    return {**kept, "procedure": code}


def in_chat(answers: Answers) -> bool:
    """Tell whether names are asked one by one."""
    return answers.get("contact") == CHAT


def sends(answers: Answers) -> bool:
    """Tell whether papers go to the agency."""
    return answers.get("option") != PostalOption.RECEIVE


def returns(answers: Answers) -> bool:
    """Tell whether the result comes back."""
    return answers.get("option") != PostalOption.SEND


def _chat_steps() -> tuple[Step, ...]:
    return (
        Step(
            "name",
            asks="utter_pslip_ask_name",
            example="utter_pslip_ask_name_example",
            label="utter_label_pslip_name",
            reads=_name,
            private=True,
            needed=in_chat,
        ),
        Step(
            "phone",
            asks="utter_pslip_ask_phone",
            example="utter_pslip_ask_phone_example",
            label="utter_label_pslip_phone",
            reads=lambda inbound: phone_of(inbound.text),
            numbers=True,
            told=lambda inbound: changed_phone(inbound.text),
            private=True,
            needed=in_chat,
        ),
    )


def _name(inbound: Inbound) -> str | None:
    """Read a name; "Sao" and "Đâu" are names too, so only a whole sentence asks."""
    asks = "?" in inbound.text or (len(inbound.text.split()) > LONGEST_NAME and asks_something(inbound.text))
    return None if asks else name_of(inbound.text)


def _procedure_words(inbound: Inbound) -> str | None:
    said = normalise(inbound.text)
    return said if len(said.split()) <= 30 and sum(one.isalpha() for one in said) >= 4 else None


def _option_words(inbound: Inbound) -> str | None:
    said = folded_words(inbound)
    if asks_something(inbound.text) or len(said.split()) > 10:
        return None
    if _BOTH.search(said) or (_RECEIVE.search(said) and _SEND.search(said)):
        return PostalOption.BOTH.value
    if _RECEIVE.search(said):
        return PostalOption.RECEIVE.value
    return PostalOption.SEND.value if _SEND.search(said) else None


def _option_told(inbound: Inbound) -> str | None:
    """Read another way in words that take the first back: "à nhầm, gửi cả nhận kết quả luôn"."""
    return _option_words(inbound) if changes_way(folded_words(inbound)) else None
