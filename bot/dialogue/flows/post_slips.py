"""Finished slips: list, show again, send to the post office by e-mail, take that back, note codes, delete."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.contract import Choice, FileRef, Inbound, Reply
from bot.dialogue.dossier_codes import codes_in
from bot.dialogue.dossier_memory import last_code
from bot.dialogue.flow import Answers, End, Flow, Place, Question, Step, answer_id, no_words, rest_given
from bot.dialogue.post_slip_ports import AboutSlips
from bot.dialogue.postal_effects import DropSlip, MailSlip, NoteCodes, TakeSlipBack
from bot.dialogue.say_post_slip import PostSlipVoice
from bot.postal.request import PREFIX, SENDABLE, PostalRequest, RequestState
from nlu.item_codes import read_item_code

SHOW, LIST = "postal_slip", "postal_slips"
MAIL, BACK, ITEM, DOSSIER, DROP = "pslip_mail", "pslip_back", "pslip_item", "pslip_dossier", "pslip_drop"
FILE = "pslip_pdf"
PDF = "application/pdf"
MOST = 10
"""Slips in a list."""
Does = Callable[[Place, Answers, PostalRequest], Awaitable[End]]
_YES, _NO = "yes", "no"
_NUMBER = re.compile(rf"{PREFIX}-\w{{4}}-\w{{4}}$")


@dataclass(frozen=True)
class SlipDesk:
    """What is done with finished slips; each button carries the slip's number, which only its own conversation can use."""

    about: AboutSlips

    def flows(self) -> tuple[Flow, ...]:
        """Return the flows."""
        return (
            Flow(LIST, "utter_title_pslips", self.listed, commands=("phieubuuchinh",), given=rest_given),
            self._flow(SHOW, self._shown),
            self._flow(FILE, self._given, self._sure(FILE, "utter_pslip_pdf_sure")),
            self._flow(MAIL, self._mailed, self._sure(MAIL, "utter_pslip_mail_sure")),
            self._flow(BACK, self._taken_back),
            self._flow(ITEM, self._item, _asks_item()),
            self._flow(DOSSIER, self._dossier, self._asks_dossier()),
            self._flow(DROP, self._dropped, self._sure(DROP, "utter_pslip_drop_sure")),
        )

    def made(self, at: Place, request: PostalRequest, *, another: bool) -> Reply:
        """Say that a slip is there, and what can be done with it."""
        said = [at.texts.render("utter_pslip_made", number=request.id), at.texts.render("utter_pslip_made_next")]
        if another:
            said.append(at.texts.render("utter_pslip_made_another"))
        reply = self._with_links(at, request, "\n\n".join(said), file=True)
        more = Choice(f"do:postal_request:mine:{request.id}", at.texts.render("utter_button_pslip_another"))
        listed = Choice(f"do:{LIST}", at.texts.render("utter_button_pslips"))
        return Reply(reply.text, (*reply.choices, more, listed), reply.files)

    async def listed(self, at: Place, _: Answers) -> End:
        """List this conversation's slips."""
        found = await self.about.kept.of(at.ref)
        if not found:
            return End((Reply(at.texts.render("utter_pslips_none")),), at.state)
        voice = PostSlipVoice(at.texts)
        lines = "\n".join(f"- {voice.listed(one)}" for one in found[:MOST])
        choices = tuple(Choice(f"do:{SHOW}:{one.id}", one.id) for one in found[:MOST])
        said = at.texts.render("utter_pslips", days=self.about.notice().days)
        return End((Reply(f"{said}\n\n{lines}", choices),), at.state)

    async def ended(self, at: Place, answer: str) -> End:
        """Say what became of the slip whose button is tapped once more; of the newest where the button names none."""
        named = _NUMBER.search(answer)
        found = await self.about.kept.of(at.ref)
        slip = next((one for one in found if named is None or one.id == named[0]), None)
        render = at.texts.render
        if slip is not None:
            line = PostSlipVoice(at.texts).listed(slip)
            return End((self._with_links(at, slip, render("utter_pslip_ended", line=line)),), at.state)
        said = render("utter_pslip_ended_gone", number=named[0]) if named else render("utter_pslip_ended_none")
        return End((Reply(said, (Choice("do:postal_request", render("utter_button_postal_request")),)),), at.state)

    # ---- one slip ------------------------------------------------------------------------------------------------

    def _flow(self, name: str, does: Does, *steps: Step) -> Flow:
        async def finish(at: Place, answers: Answers) -> End:
            request = await self._own(at, answers)
            if request is None:
                return End((Reply(at.texts.render("utter_pslip_gone")),), at.state)
            return await does(at, answers, request)

        return Flow(
            name,
            "utter_title_pslips",
            finish,
            steps=steps,
            given=rest_given,
            fleeting=any(step.name == "sure" for step in steps),
            ended=self.ended,
        )

    async def _own(self, at: Place, answers: Answers) -> PostalRequest | None:
        """Return the slip that is meant: the one of the button that agreed, else the one that the flow was opened for."""
        _, _, agreed = answers.get("sure", "").partition(":")
        return await self.about.kept.one(at.ref, agreed or answers.get("rest", ""))

    async def _shown(self, at: Place, _: Answers, request: PostalRequest) -> End:
        voice = PostSlipVoice(at.texts)
        hidden = at.ref.channel in self.about.notice().on_page
        said = f"{voice.listed(request)}\n\n{voice.preview(request, hidden=hidden)}"
        return End((self._with_links(at, request, said, file=True),), at.state)

    async def _given(self, at: Place, answers: Answers, request: PostalRequest) -> End:
        """Hand the PDF over in the chat, where names are otherwise kept out of it: once somebody was told what that means."""
        files = self._files(request)
        if not _agreed(answers) or not files:
            return End((self._with_links(at, request, at.texts.render("utter_pslip_pdf_not"), file=True),), at.state)
        return End((Reply(at.texts.render("utter_pslip_pdf", number=request.id), files=files),), at.state)

    async def _mailed(self, at: Place, answers: Answers, request: PostalRequest) -> End:
        mail = self.about.mailbox(request)
        if not _agreed(answers):
            return End((Reply(at.texts.render("utter_pslip_mail_not")),), at.state)
        if request.state not in SENDABLE or not mail:
            key = (
                f"utter_pslip_mail_{request.state.value}" if request.state not in SENDABLE else "utter_pslip_mail_none"
            )
            return End((self._with_links(at, request, at.texts.render(key)),), at.state)
        back = Choice(f"do:{BACK}:{request.id}", at.texts.render("utter_button_pslip_back"))
        said = at.texts.render("utter_pslip_mailing", mail=mail)
        return End((Reply(said, (back,)),), at.state, (MailSlip(request.id, mail),))

    async def _taken_back(self, at: Place, _: Answers, request: PostalRequest) -> End:
        """Take sending back while that is possible; afterwards say honestly that it is not."""
        if request.state is not RequestState.SENDING or not await self.about.kept.can_take_back(request.id):
            key = (
                "utter_pslip_back_late"
                if request.state in (RequestState.SENDING, RequestState.SENT)
                else "utter_pslip_back_nothing"
            )
            return End((self._with_links(at, request, at.texts.render(key)),), at.state)
        return End((Reply(at.texts.render("utter_pslip_back")),), at.state, (TakeSlipBack(request.id),))

    async def _item(self, at: Place, answers: Answers, request: PostalRequest) -> End:
        code = answers["item"]
        track = Choice(f"do:postal_track:{code}", at.texts.render("utter_button_pslip_track"))
        said = at.texts.render("utter_pslip_item_noted", code=code, number=request.id)
        return End((Reply(said, (track,)),), at.state, (NoteCodes(request.id, item=code),))

    async def _dossier(self, at: Place, answers: Answers, request: PostalRequest) -> End:
        code = answers["code"]
        said = at.texts.render("utter_pslip_dossier_noted", code=code, number=request.id)
        look = Choice(f"do:status:{code}", at.texts.render("utter_button_pslip_status"))
        return End((Reply(said, (look,)),), at.state, (NoteCodes(request.id, dossier=code),))

    async def _dropped(self, at: Place, answers: Answers, request: PostalRequest) -> End:
        if not _agreed(answers):
            return End((Reply(at.texts.render("utter_pslip_drop_not")),), at.state)
        late = request.state in (RequestState.SENDING, RequestState.SENT) and not await self.about.kept.can_take_back(
            request.id
        )
        key = "utter_pslip_dropped_sent" if late else "utter_pslip_dropped"
        return End((Reply(at.texts.render(key, number=request.id)),), at.state, (DropSlip(request.id),))

    # ---- questions and buttons -----------------------------------------------------------------------------------

    def _sure(self, flow: str, asks: str) -> Step:
        """Ask for a second yes; its buttons carry the slip's number, so that they never stand for another one."""

        async def question(at: Place, answers: Answers) -> Question | str:
            request = await self._own(at, answers)
            if request is None:
                return _NO
            titles = {_YES: f"{asks.replace('utter_', 'utter_button_')}_yes", _NO: "utter_button_pslip_no"}
            choices = (
                Choice(answer_id(flow, "sure", f"{value}:{request.id}"), at.texts.render(title))
                for value, title in titles.items()
            )
            return Question(at.texts.render(asks, mail=self.about.mailbox(request) or "–"), tuple(choices))

        return Step("sure", asks=asks, reads=no_words, question=question, taps=_answers_yes_or_no, cancel=False)

    def _asks_dossier(self) -> Step:
        async def question(at: Place, _: Answers) -> Question:
            known = dict.fromkeys((last_code(at.state), *await self.about.watched(at.ref)))
            choices = tuple(Choice(answer_id(DOSSIER, "code", one), one) for one in known if one)
            return Question(at.texts.render("utter_pslip_ask_code"), choices[:MOST])

        def read(inbound: Inbound) -> str | None:
            found = codes_in(inbound.text).dossiers
            return found[0].text if found else None

        return Step(
            "code",
            asks="utter_pslip_ask_code",
            example="utter_pslip_ask_dossier_example",
            question=question,
            reads=read,
            taps=lambda value: bool(codes_in(value).dossiers),
            numbers=True,
        )

    def _with_links(self, at: Place, request: PostalRequest, text: str, *, file: bool = False) -> Reply:
        render = at.texts.render
        files = self._files(request) if file else ()
        hidden = at.ref.channel in self.about.notice().on_page
        rows = [
            (FILE, "utter_button_pslip_pdf_here", hidden and bool(files)),
            (MAIL, "utter_button_pslip_mail", request.state in SENDABLE and bool(self.about.mailbox(request))),
            (BACK, "utter_button_pslip_back", request.state is RequestState.SENDING),
            ("postal_track", "utter_button_pslip_track", bool(request.item_code)),
            (ITEM, "utter_button_pslip_item", True),
            (DOSSIER, "utter_button_pslip_dossier", True),
            (DROP, "utter_button_pslip_drop", True),
        ]
        links = [("utter_button_pslip_print", self.about.sheet(request.id))]
        links += [("utter_button_pslip_pdf", one.url) for one in files if hidden]
        opens = [Choice("", render(title), url) for title, url in links if url]
        buttons = [
            Choice(f"do:{flow}:{request.item_code if flow == 'postal_track' else request.id}", render(title))
            for flow, title, shown in rows
            if shown
        ]
        return Reply(text, (*opens, *buttons), () if hidden else files)

    def _files(self, request: PostalRequest) -> tuple[FileRef, ...]:
        """Return the slip as a PDF, which channels carry or link to."""
        address = self.about.file(request.id)
        return (FileRef(f"phieu-gui-ho-so-{request.id}.pdf", address, PDF),) if address else ()


def _agreed(answers: Answers) -> bool:
    return answers["sure"].partition(":")[0] == _YES


def _answers_yes_or_no(value: str) -> bool:
    return value.partition(":")[0] in (_YES, _NO)


def _asks_item() -> Step:
    def read(inbound: Inbound) -> str | None:
        found = read_item_code(inbound.text)
        return found.text if found and found.usable else None

    return Step("item", asks="utter_pslip_ask_item", example="utter_pslip_ask_item_example", reads=read, numbers=True)
