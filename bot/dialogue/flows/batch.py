"""/doanhnghiep: where an organisation's dossiers stand, all at once; with a token from the agency, or ten at level 0."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.effects import BlankMessage, LeaveOrganisation, LinkOrganisation, SendDigest
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, rest_given
from bot.dialogue.flows.carrying import tried_too_often, with_one_more_try
from bot.dialogue.flows.dossier import asker_of
from bot.dialogue.say_batch import BatchVoice
from bot.dialogue.uploaded import Uploaded, read_answer, uploaded
from bot.dossiers.desk import Looks
from bot.dossiers.organisations.ports import (
    MOST_CODES,
    Asked,
    Organisations,
    PageOffer,
    ReadsUploads,
    Upload,
    UploadOutcome,
)
from bot.dossiers.organisations.tokens import is_attempt, read_token
from bot.dossiers.organisations.uploads import codes_in_text
from nlu.text import fold, normalise

WITHOUT_TOKEN = 10
"""Codes that anybody may ask for at once."""
_ALL = frozenset({"tat ca", "tat ca ho so", "toan bo", "het", "all", "all of them", "everything"})


@dataclass(frozen=True)
class Business:
    """What the flows for organisations read from outside."""

    organisations: Organisations
    desk: Looks
    """Asked for the outline that anybody may know."""
    uploads: ReadsUploads | None = None
    """``None`` where files cannot be read."""
    typed_on: frozenset[str] = frozenset({"web"})
    """Channels on which a token is typed in the conversation, which is a page of ours itself; elsewhere on its own page."""


def batch_flows(outside: Business) -> tuple[Flow, ...]:
    """Return the flows for organisations."""
    talk = _Batch(outside)
    return (
        Flow(
            name="batch",
            title="utter_title_batch",
            finish=talk.ask,
            steps=(
                Step(
                    "codes",
                    asks="utter_batch_which",
                    asks_on={"zalo_bot": "utter_batch_which_pasted"},
                    example="utter_batch_example",
                    reads=_codes,
                    kinds=frozenset({InboundKind.TEXT, InboundKind.FILE}),
                    offers=(Offer("all", "utter_button_batch_all"), Offer("token", "utter_button_batch_token")),
                    needed=lambda answers: "token" not in answers,
                ),
            ),
            commands=("doanhnghiep",),
            given=_given,
        ),
        Flow(
            "upload", "utter_title_batch", talk.ask, given=lambda rest: {"codes": rest} if rest else {}, buttons=False
        ),
        Flow(
            name="orgtoken",
            title="utter_title_batch",
            finish=talk.token,
            commands=("madoanhnghiep",),
            given=lambda rest: {"token": rest} if is_attempt(rest) else {},
        ),
        Flow(
            name="orgtype",
            title="utter_title_batch",
            finish=talk.show_token,
            steps=(Step("token", asks="utter_batch_token", example="utter_batch_token_example", reads=_token),),
        ),
        Flow("orgleave", "utter_title_batch", talk.leave),
        Flow("orgdigest", "utter_title_batch", talk.digest, given=rest_given),
    )


@dataclass(frozen=True)
class _Batch:
    outside: Business

    async def ask(self, at: Place, answers: Answers) -> End:
        if answers.get("token"):
            return await self.show_token(at, answers)
        said = answers.get("codes", "")
        if said == "token":
            return End((), at.state, then="orgtoken")
        file = read_answer(said)
        if file is not None:
            return await self._file(at, file)
        if said != "all":
            return await self._some(at, tuple(said.split()))
        if await self.outside.organisations.linked(at.ref, at.now) is None:
            return self._needs_token(at)
        return await self._told(at, ())

    async def token(self, at: Place, answers: Answers) -> End:
        """Take a token that was given along; else say where to type it."""
        if answers.get("token"):
            return await self.show_token(at, answers)
        if at.ref.channel in self.outside.typed_on:
            return End((), at.state, then="orgtype")
        page = await self.outside.organisations.page(at.ref, at.texts.language, at.now)
        if page.offer is PageOffer.NONE:
            return End((), at.state, then="orgtype")
        if page.offer is PageOffer.LIMITED:
            return End((Reply(at.texts.render("utter_batch_token_too_often")),), at.state)
        return End((BatchVoice(at.texts).page(page),), at.state)

    async def show_token(self, at: Place, answers: Answers) -> End:
        """Take a token; its message is blanked whatever comes of it."""
        gone, now = (BlankMessage(),), int(at.now.timestamp())
        if tried_too_often(at.state, now):
            return End((Reply(at.texts.render("utter_batch_token_too_often")),), at.state, gone)
        token = read_token(answers["token"])
        name = await self.outside.organisations.owner_of(token) if token else None
        if token is None or name is None:
            return End((Reply(at.texts.render("utter_batch_token_wrong")),), with_one_more_try(at.state, now), gone)
        said = BatchVoice(at.texts).linked(name)
        return End((said,), at.state, (*gone, LinkOrganisation(token, at.texts.language)))

    async def leave(self, at: Place, _: Answers) -> End:
        return End((Reply(at.texts.render("utter_batch_left")),), at.state, (LeaveOrganisation(),))

    async def digest(self, at: Place, answers: Answers) -> End:
        linked = await self.outside.organisations.linked(at.ref, at.now)
        if linked is None:
            return self._needs_token(at)
        on = answers.get("rest", "") != "stop"
        said = BatchVoice(at.texts).digest(linked, on=on)
        return End((said,), at.state, (SendDigest(on, at.texts.language),))

    async def _file(self, at: Place, file: Uploaded) -> End:
        """Read a file; its message is blanked whatever comes of it."""
        gone, uploads = (BlankMessage(),), self.outside.uploads
        read = Upload(UploadOutcome.READ if file.codes else UploadOutcome.NO_CODES, file.codes)
        if file.place:
            fetched = await uploads.read(at.ref, file.place) if uploads is not None else None
            read = fetched or Upload(UploadOutcome.NOT_FETCHED)
        if read.outcome is not UploadOutcome.READ:
            text = at.texts.render(f"utter_batch_file_{read.outcome}")
            return End((Reply(text, (BatchVoice(at.texts).again(),)),), at.state, gone)
        end = await self._some(at, read.codes)
        return End(end.replies, end.state, gone, then=end.then)

    async def _some(self, at: Place, codes: tuple[str, ...]) -> End:
        """Tell all of some dossiers to the organisation that is linked here, and to anybody the outline of ten."""
        if await self.outside.organisations.linked(at.ref, at.now) is None:
            return await self._anybody(at, codes)
        return await self._told(at, codes)

    def _needs_token(self, at: Place) -> End:
        return End((Reply(at.texts.render("utter_batch_needs_token")),), at.state, then="orgtoken")

    async def _told(self, at: Place, codes: tuple[str, ...]) -> End:
        voice = BatchVoice(at.texts)
        if len(codes) > MOST_CODES:
            return End((Reply(at.texts.render("utter_batch_file_too_many"), (voice.again(),)),), at.state)
        told = await self.outside.organisations.ask(at.ref, codes, at.texts.language, at.now)
        linked = await self.outside.organisations.linked(at.ref, at.now)
        if told.outcome is Asked.NOT_LINKED or linked is None:
            return self._needs_token(at)
        if told.outcome is Asked.LIMITED:
            return End((voice.limited(told),), at.state)
        return End((voice.summary(linked, told, at.now),), at.state)

    async def _anybody(self, at: Place, codes: tuple[str, ...]) -> End:
        asker = asker_of(at)
        looks = [(code, await self.outside.desk.look(asker, code)) for code in codes[:WITHOUT_TOKEN]]
        return End((BatchVoice(at.texts).coarse(looks, more=len(codes) > WITHOUT_TOKEN),), at.state)


def _codes(inbound: Inbound) -> str | None:
    return uploaded(inbound) if inbound.kind is InboundKind.FILE else _read(inbound.text)


def _read(text: str) -> str | None:
    if fold(normalise(text[:100])).strip(" .,!?") in _ALL:
        return "all"
    return " ".join(codes_in_text(text)) or None


def _token(inbound: Inbound) -> str | None:
    return inbound.text.strip() if is_attempt(inbound.text) else None


def _given(rest: str) -> Answers:
    if is_attempt(rest):
        return {"token": rest}
    codes = _read(rest) if rest else None
    return {"codes": codes} if codes else {}
