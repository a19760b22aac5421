"""/phananh: takes feedback in (phản ánh, kiến nghị; Decree 20/2008): opens, resumes, shows other doors, and sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from bot.channels.contract import Reply
from bot.dialogue.effects import BlankMessage, DropDraft, Effect, SendFeedback
from bot.dialogue.feedback_border import door_reply, weigh
from bot.dialogue.feedback_noticed import FLOW as NOTICED
from bot.dialogue.feedback_noticed import offer_choice
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.feedback_contact import PAGE, ContactSteps, on_page, sender_in
from bot.dialogue.flows.feedback_details import DetailSteps
from bot.dialogue.flows.feedback_story import FORM, StorySteps
from bot.dialogue.say_dossier import parse
from bot.dialogue.say_feedback import kind_of, moment_of, say_sent
from bot.dialogue.state import ConversationState, FlowState
from feedback.receipts import read_receipt
from feedback.record import (
    REGISTERED_KINDS,
    About,
    Address,
    Border,
    Category,
    Classification,
    Consent,
    Form,
    Kind,
    Matter,
    Sender,
    Submission,
)
from nlu.text import normalise

TELLS = 10
"""Words from which what opened the flow tells something itself: it is offered to take it over."""
_NO_CASE = frozenset({Border.INSULT, Border.FIELD_REPORT, Border.EMERGENCY})
"""Seen instead of what the first reading took for a complaint or a denunciation."""
_BORDERS: Mapping[Kind, Border] = {Kind.RECOMMENDATION: Border.RECOMMENDATION}


def feedback_flows(outside: AboutFeedback) -> tuple[Flow, ...]:
    """Return the flows: the one that opens, the form itself, and those that come back to it."""
    intake = _Intake(outside)
    steps = (*StorySteps(outside).steps(), *DetailSteps(outside).steps(), *ContactSteps(outside).steps())
    title = "utter_title_feedback"
    return (
        Flow("feedback", title, intake.begin, commands=("phananh",), given=rest_given, hears=True),
        Flow("complaint", title, intake.complaint, given=rest_given, hears=True),
        Flow("denunciation", title, intake.denunciation, given=rest_given, hears=True),
        Flow(FORM, title, intake.finish, steps=steps, kept=timedelta(days=outside.draft_days), dropped=_dropped),
        Flow(NOTICED, title, intake.noticed, given=rest_given, buttons=False),
        Flow("pakn_send", title, intake.send, given=rest_given),
        Flow("pakn_page", title, intake.filled, given=rest_given),
    )


@dataclass(frozen=True)
class _Intake:
    outside: AboutFeedback

    async def begin(self, at: Place, answers: Answers) -> End:
        """Open the form, go on with one that was begun, or show another door before anything is written down."""
        rest = answers.get("rest", "")
        begun = _begun(at.state)
        if begun is not None and begun.answers.get("story"):
            said = () if not rest else (Reply(at.texts.render("utter_pakn_unfinished")),)
            return End(said, _on_top(at.state, begun), then=FORM)
        known = self._known(at, rest)
        tells = not known and len(normalise(rest).split()) >= TELLS
        if tells:
            found = weigh(self.outside.understands, rest)
            if found.door is not None:
                return self._door(at, found.door, rest)
            known = {"message": at.message}
        kept = {**begun.answers, **known} if begun is not None else known
        return End((), _on_top(at.state, FlowState(name=FORM, answers=kept)), then=FORM)

    def _known(self, at: Place, rest: str) -> dict[str, str]:
        """Return the answers that a button brings along: a late dossier's, an earlier message, or that it is feedback in any case."""
        if rest == "mine":
            return {"own": "1", "again": "1"}
        lead, _, given = rest.partition(":")
        if lead == "said" and given:
            return {"message": given}
        written, _, days = given.rpartition(":")
        code = parse(written) if lead == "late" else None
        if code is None or not days.isdecimal():
            return {}
        key = "utter_pakn_late_story" if int(days) else "utter_pakn_late_story_unknown"
        story = at.texts.render(key, code=code.text, days=days)
        conduct = str(Category.OBSTACLE.value)
        return {
            "late": "1",
            "story": story,
            "kind": "right",
            "category": conduct,
            "about": About.CONDUCT.value,
            "border_suggested": Border.CONDUCT.value,
            "certain": "1",
            "dossier": code.text,
            "days": days,
            "procedure": "",
        }

    async def complaint(self, at: Place, answers: Answers) -> End:
        """Explain khiếu nại and its door."""
        return self._explained(at, Border.COMPLAINT, answers.get("rest", ""))

    async def denunciation(self, at: Place, answers: Answers) -> End:
        """Explain tố cáo and its door; what was written is not kept."""
        return self._explained(at, Border.DENUNCIATION, answers.get("rest", ""))

    def _explained(self, at: Place, border: Border, text: str) -> End:
        """Show the door, unless the text is surely nothing of the kind: an insult accuses nobody of a crime."""
        seen = weigh(self.outside.understands, text).door if text else None
        return self._door(at, seen if seen is not None and seen in _NO_CASE else border, text)

    def _door(self, at: Place, border: Border, text: str) -> End:
        return End((door_reply(at.texts, self.outside.reception(), border, text),), at.state, (BlankMessage(),))

    async def noticed(self, at: Place, answers: Answers) -> End:
        """Show the door of what was told without saying what it is, or offer to take it in."""
        label, _, text = answers.get("rest", "").partition(" ")
        if Border(label) not in REGISTERED_KINDS:
            return self._door(at, Border(label), text)
        return End((Reply(at.texts.render("utter_pakn_offer"), (offer_choice(at.texts, at.message),)),), at.state)

    async def filled(self, at: Place, answers: Answers) -> End:
        """Go on after the form page was filled in, as if the person had said so."""
        begun = _begun(at.state)
        if begun is None or begun.answers.get("draft") != answers.get("rest"):
            return End((Reply(at.texts.render("utter_pakn_nothing_to_send")),), at.state)
        noted = {name: value for name, value in begun.answers.items() if name not in ("name", "address", "phone")}
        if await self.outside.drafts.contact(answers.get("rest", "")) is not None:
            noted["contact"] = PAGE
        if begun.step == "files":
            noted["files"] = ""
        state = _on_top(at.state, msgspec.structs.replace(begun, answers=noted))
        return End((Reply(at.texts.render("utter_pakn_filled")),), state, then=FORM)

    async def send(self, at: Place, answers: Answers) -> End:
        """Send what was looked at last; a second tap is told that it was sent."""
        begun, receipt = _begun(at.state), read_receipt(answers.get("rest", "")) or ""
        if begun is not None and receipt and begun.answers.get("receipt") == receipt and begun.step == "send":
            answered = {**begun.answers, "send": "yes"}
            return End((), _on_top(at.state, msgspec.structs.replace(begun, answers=answered)), then=FORM)
        if receipt and receipt == at.state.receipt:
            return End((Reply(at.texts.render("utter_pakn_sent_already", receipt=receipt)),), at.state)
        if begun is not None:
            return End((), _on_top(at.state, begun), then=FORM)
        return End((Reply(at.texts.render("utter_pakn_nothing_to_send")),), at.state)

    async def finish(self, at: Place, answers: Answers) -> End:
        """Hand it in; who sends is read once more, so that nothing goes out without it."""
        draft = answers.get("draft", "")
        sender = await self.outside.drafts.contact(draft) if on_page(answers) else sender_in(answers)
        if sender is None:
            kept = {name: value for name, value in answers.items() if name not in ("contact", "send")}
            state = _on_top(at.state, FlowState(name=FORM, answers=kept))
            return End((Reply(at.texts.render("utter_pakn_contact_missing")),), state, then=FORM)
        sent = self._submission(at, answers, sender)
        known = await self.outside.known(sent, at.now)
        if known:
            state = msgspec.structs.replace(at.state, receipt=known)
            told = Reply(at.texts.render("utter_pakn_sent_already", receipt=known))
            return End((told,), state, (DropDraft(draft),))
        reception = self.outside.reception()
        if await self.outside.full(sent, at.now):
            kept = {name: value for name, value in answers.items() if name != "send"}
            told = Reply(at.texts.render("utter_pakn_full", portal=reception.doors.portal))
            waits = FlowState(name=FORM, answers=kept, at=int(at.now.timestamp()))
            return End((told,), _on_top(at.state, waits))
        said = say_sent(at.texts, reception, sent.receipt, answers, self.outside.by_when(at.now))
        state = msgspec.structs.replace(at.state, receipt=sent.receipt)
        return End((Reply(said),), state, (SendFeedback(sent),))

    def _submission(self, at: Place, answers: Answers, sender: Sender) -> Submission:
        consent = Consent(answers["version"], moment_of(answers, at.now), answers.get("publish") == "yes")
        return Submission(
            receipt=answers["receipt"],
            book=self.outside.reception().book,
            form=Form.WRITTEN,
            channel=at.ref.channel,
            matter=_matter(answers, self.outside.agency_of(answers.get("where", ""))),
            suggested=classified(answers),
            certain=bool(answers.get("certain")),
            sender=sender,
            consent=consent,
            at=at.now,
            where=Address(at.ref.channel, at.ref.account, at.ref.conversation),
            draft=answers.get("draft", ""),
            language=at.texts.language,
        )


def classified(answers: Answers) -> Classification:
    """Return where it stands in Articles 3, 5 and 9, as the sender confirmed it."""
    number = answers.get("category", "")
    about = About(answers.get("about") or About.CONTENT.value)
    if not number:
        return Classification(Border(answers.get("border_suggested") or Border.OTHER.value), Kind.REPORT, about)
    category = Category(int(number))
    kind = kind_of(category)
    plain = Border.CONDUCT if category is Category.OBSTACLE else Border.CONTENT
    return Classification(_BORDERS.get(kind, plain), kind, about, category)


def _matter(answers: Answers, agency: str) -> Matter:
    day, days = answers.get("day", ""), answers.get("days", "")
    return Matter(
        text=answers["story"],
        proposal=answers.get("proposal", ""),
        procedure_code=answers.get("procedure", "").strip("~"),
        procedure_name=answers.get("procedure_name", ""),
        agency=agency,
        agency_words=answers.get("where", ""),
        place=answers.get("place", ""),
        happened_on=date.fromisoformat(day) if day else None,
        dossier_code=answers.get("dossier", "").strip("-"),
        days_late=int(days) if days.isdecimal() else None,
    )


def _begun(state: ConversationState) -> FlowState | None:
    return next((one for one in state.flows if one.name == FORM), None)


def _on_top(state: ConversationState, begun: FlowState) -> ConversationState:
    flows = (*(one for one in state.flows if one.name != FORM), begun)
    return msgspec.structs.replace(state, flows=flows)


def _dropped(answers: Answers) -> tuple[Effect, ...]:
    draft = answers.get("draft", "")
    return (DropDraft(draft),) if draft else ()
