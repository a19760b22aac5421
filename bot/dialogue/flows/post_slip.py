"""``postal_request``: fills in the sender's slip (Phiếu gửi hồ sơ) step by step; nothing goes to the post by that alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.controls import Control
from bot.dialogue.effects import Effect
from bot.dialogue.flow import Answers, End, Flow, Heard, Place, Question, Step, answer_id, folded_words, rest_given
from bot.dialogue.flows.post_slip_what import WhatSteps, office_in
from bot.dialogue.flows.post_slip_who import CHAT, COPY, FORM, WhoSteps, about_procedure, returns, sends
from bot.dialogue.flows.post_slips import SlipDesk
from bot.dialogue.post_slip_ports import AboutSlips
from bot.dialogue.postal_effects import DropSlip, KeepSlip
from bot.dialogue.runner import FIXING
from bot.dialogue.say_post_slip import PostSlipVoice, SlipPrice, wish_of
from bot.dialogue.state import ConversationState, FlowState
from bot.dialogue.titles import short_titles
from bot.postal.option import PostalOption
from bot.postal.quote import NoQuote
from bot.postal.request import FeeBy, Parties, Party, Payer, PostalRequest

OPENS = "postal_request"
MINE = "mine:"
"""Before the number of a slip whose names are offered again."""
_CONFIRM = frozenset(
    {"dung", "dung roi", "dung het", "dung het roi", "ok", "xac nhan", "lap phieu", "vang", "dong y", "yes", "confirm", "chinh xac"}
)  # fmt: skip


@dataclass(frozen=True)
class Filling:
    """Opens the form, shows it once more, and keeps it."""

    about: AboutSlips

    @property
    def who(self) -> WhoSteps:
        """The first steps."""
        return WhoSteps(self.about)

    @property
    def what(self) -> WhatSteps:
        """The other steps."""
        return WhatSteps(self.about, self.who)

    def steps(self) -> tuple[Step, ...]:
        """Return all questions in their order."""
        confirm = Step(
            "confirm",
            asks="utter_pslip_confirm_again",
            example="utter_pslip_confirm_example",
            question=self._preview,
            reads=lambda inbound: "yes" if folded_words(inbound) in _CONFIRM else None,
            taps=lambda value: value.partition(":")[0] == "yes",
            heard=self._confirmed,
        )
        return (*self.who.steps(), *self.what.steps(), confirm)

    async def begin(self, at: Place, answers: Answers) -> End:
        """Open the form, go on with one that was begun, or take one that was begun over to another procedure."""
        rest = answers.get("rest", "")
        begun = next((one for one in at.state.flows if one.name == FORM), None)
        before = rest.removeprefix(MINE) if rest.startswith(MINE) else ""
        code = "" if before else rest or ("" if begun else at.state.procedure)
        procedure = await self.about.post.catalogue.get(code) if code else None
        if procedure is not None and self.who.refused(procedure):
            return self.who.not_by_post(at, procedure)
        kept = dict(begun.answers) if begun else {}
        if before:
            kept[COPY] = before
        if procedure is None:
            return End((), _on_top(at.state, FlowState(name=FORM, answers=kept)), then=FORM)
        said: tuple[Reply, ...] = ()
        if begun and begun.answers.get("procedure") not in (None, procedure.code):
            name = short_titles([procedure.name])[0]
            said = (Reply(at.texts.render("utter_pslip_changed", name=name)),)
        state = _on_top(at.state, FlowState(name=FORM, answers=about_procedure(kept, procedure.code)))
        return End(said, state, then=FORM)

    async def filled(self, at: Place, answers: Answers) -> End:
        """Go on after the form page was filled in, as if the person had said so."""
        begun = next((one for one in at.state.flows if one.name == FORM), None)
        if begun is None or begun.answers.get("id") != answers.get("rest"):
            return End((Reply(at.texts.render("utter_pslip_no_draft")),), at.state)
        kept = {name: value for name, value in begun.answers.items() if name not in ("contact", FIXING)}
        state = _on_top(at.state, msgspec.structs.replace(begun, answers=kept))
        return End((Reply(at.texts.render("utter_pslip_page_filled")),), state, then=FORM)

    async def finish(self, at: Place, answers: Answers) -> End:
        """Keep it; who sends is read once more, so that no slip is made without."""
        parties = await self.who.parties(at, answers)
        if parties is None:
            kept = {name: value for name, value in answers.items() if name not in ("contact", "confirm")}
            state = _on_top(at.state, FlowState(name=FORM, answers=kept))
            return End((Reply(at.texts.render("utter_pslip_contact_missing")),), state, then=FORM)
        request = await self._request(at, answers, parties)
        kept_now = KeepSlip(request, answers["version"], datetime.fromisoformat(answers["agreed_at"]))
        said = SlipDesk(self.about).made(at, request, another=bool(answers.get("another")))
        return End((said,), at.state, (kept_now,))

    async def _confirmed(self, at: Place, answers: Answers) -> Heard:
        """Take a button that names another slip for what it is: tapped once more, it makes nothing of this one."""
        _, _, number = answers["confirm"].partition(":")
        if number in ("", answers["id"]):
            return Heard(answers)
        told = await SlipDesk(self.about).ended(at, number)
        return Heard({name: one for name, one in answers.items() if name != "confirm"}, told.replies[0].text)

    async def _preview(self, at: Place, answers: Answers) -> Question | str:
        parties = await self.who.parties(at, answers)
        if parties is None:
            return "yes"  # the end asks for what is missing
        request = await self._request(at, answers, parties)
        hidden = answers.get("contact") != CHAT
        render = at.texts.render
        procedure = await self.about.post.catalogue.get(request.procedure_code)
        price, heavy = "", False
        if procedure is not None:
            found = self.about.post.facts.compare(procedure, wish_of(self.about.post, request))
            price = SlipPrice(at.texts, self.about.post).said(found)
            heavy = any(one.no_quote is NoQuote.TOO_HEAVY for one in found.ways)
        shown = PostSlipVoice(at.texts).preview(request, hidden=hidden)
        parts = (render("utter_pslip_preview"), shown, price, render("utter_pslip_confirm"))
        again = "weight" if heavy else "papers" if sends(answers) else "office"
        choices = (
            Choice(answer_id(FORM, "confirm", f"yes:{request.id}"), render("utter_button_pslip_confirm")),
            Choice(f"go:{Control.FIX}:{again}", render(f"utter_button_pslip_fix_{again}")),
            Choice(
                f"go:{Control.FIX}:{'address' if not hidden else 'contact'}", render("utter_button_pslip_fix_contact")
            ),
            Choice(f"go:{Control.FIX}:option", render("utter_button_pslip_fix_option")),
        )
        return Question("\n\n".join(part for part in parts if part), choices)

    async def _request(self, at: Place, answers: Answers, parties: Parties) -> PostalRequest:
        procedure = await self.about.post.catalogue.get(answers["procedure"])
        name = procedure.name if procedure else answers["procedure"]
        result = (procedure.result if procedure else "") or at.texts.render("utter_pslip_result_of", name=name)
        option, weight = PostalOption(answers["option"]), int(answers["weight"])
        return PostalRequest(
            id=answers["id"],
            option=option,
            procedure_code=answers["procedure"],
            procedure_name=name,
            applicant=parties.applicant,
            office=office_in(answers),
            papers=await self.what.papers.chosen(answers) if sends(answers) else (),
            result=result if returns(answers) else "",
            weight=weight,
            payer=Payer(answers["payer"]),
            fee_by=FeeBy(answers["fee_by"]),
            made_at=at.now,
            door=parties.door if returns(answers) else None,
            dossier_code=answers.get("dossier", "") if not sends(answers) else "",
            notes=_notes(answers, parties, office_in(answers)),
        )


def _notes(answers: Answers, parties: Parties, office: Party) -> tuple[str, ...]:
    """Return the keys of what must be known before it is printed."""
    found = []
    if not parties.applicant.commune or (parties.door and not parties.door.commune):
        found.append("utter_pslip_note_place")
    if office.commune and office.commune != parties.applicant.commune:
        found.append("utter_pslip_note_office")
    if answers.get("another"):
        found.append("utter_pslip_note_several")
    return tuple(found)


def post_slip_flows(about: AboutSlips) -> tuple[Flow, ...]:
    """Return the flow that opens the form, the form itself, and what is done with finished slips."""
    filling, desk = Filling(about), SlipDesk(about)
    title = "utter_title_pslip"
    return (
        Flow(OPENS, title, filling.begin, given=rest_given),
        Flow(
            FORM,
            title,
            filling.finish,
            steps=filling.steps(),
            kept=timedelta(days=7),
            dropped=_dropped,
            ended=desk.ended,
        ),
        Flow("pslip_page", title, filling.filled, given=rest_given),
        *desk.flows(),
    )


def _on_top(state: ConversationState, begun: FlowState) -> ConversationState:
    flows = (*(one for one in state.flows if one.name != FORM), begun)
    return msgspec.structs.replace(state, flows=flows)


def _dropped(answers: Answers) -> tuple[Effect, ...]:
    return (DropSlip(answers["id"]),) if answers.get("id") else ()
