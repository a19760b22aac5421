"""Leads every turn: emergencies, pauses, commands, flows, then questions. The one implementation of ``Dialogue``."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import msgspec

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.commands import Called, is_unknown_command, procedure_of, read_command
from bot.dialogue.controls import is_cancel
from bot.dialogue.conversation import SURE, Conversation, trace_of
from bot.dialogue.dossier_words import about_dossier
from bot.dialogue.effects import BlankMessage, Effect, EraseEverything
from bot.dialogue.feedback_border import HARMFUL
from bot.dialogue.feedback_noticed import FLOW as NOTICED
from bot.dialogue.feedback_noticed import Notice, Noticed, Notices, offered
from bot.dialogue.feedback_words import about_feedback
from bot.dialogue.flow import End, Flow, Place
from bot.dialogue.for_officials import kept_for_officials
from bot.dialogue.languages import surely_english, surely_vietnamese
from bot.dialogue.learning import reviewed
from bot.dialogue.list_again import list_again, was_an_answer
from bot.dialogue.manners import Manners
from bot.dialogue.ports import HandOvers
from bot.dialogue.postal_counted import asked_of_post
from bot.dialogue.postal_heard import PostalEar
from bot.dialogue.postal_memory import waiting_for_post
from bot.dialogue.runner import Runner
from bot.dialogue.said import Said
from bot.dialogue.secrets_sent import secret_in
from bot.dialogue.shown import counted, meant_by, nearly, shown_by, taken_back
from bot.dialogue.state import ConversationState, without_options
from bot.dialogue.turn import TurnResult
from bot.dialogue.typed_answers import answers_in_words
from feedback.record import Border
from nlu.decision import Outcome
from nlu.english import English
from nlu.hotlines import emergency_of
from nlu.learning.review import Earlier, Sighting
from nlu.understanding import Intent, Understanding

_UNSPOKEN = frozenset({InboundKind.UNFOLLOW, InboundKind.STATUS})
"""What nobody answers."""
_NOT_KEPT = frozenset(
    {InboundKind.IMAGE, InboundKind.FILE, InboundKind.VOICE, InboundKind.CONTACT, InboundKind.LOCATION}
)
"""What is not kept when no flow asked for it and nobody waits: nobody needs it, and it may show a person or their papers."""
_QUESTIONS = frozenset({Outcome.ANSWERED, Outcome.DETAILS_MISSING, Outcome.CHOOSE})
"""Outcomes of a message that was a question about procedures."""

WELCOMED = 600
"""Seconds after a greeting for which another sign of coming is not greeted: to follow and to open the chat are two."""
STARTED = 30
"""Seconds after a follow for which /start is not greeted: clients send it along with the follow."""
_HEARD = frozenset({"start", "huy", "dulieucuatoi", "xoadulieu"})
"""Commands that are heard while a person of the agency is writing: a citizen's rights do not pause."""


@dataclass(frozen=True)
class Answered:
    """What a message came to, before manners."""

    said: Said
    read: Understanding | None = None
    effects: tuple[Effect, ...] = ()
    review: tuple[Sighting, ...] = ()
    earlier: Earlier | None = None
    """The last question, for the next turn."""


@dataclass(frozen=True)
class Assistant:
    """Answers each message of a conversation."""

    talk: Conversation
    runner: Runner
    manners: Manners
    english: English
    requests: HandOvers
    """Who waits for a person: what they say meanwhile is the official's to read."""
    notices: Notices | None = None
    """Notices feedback that was not called so; ``None`` where none is taken in."""
    post: PostalEar | None = None
    """Hears questions about the post."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """Answer one message; see ``Dialogue``."""
        began = time.perf_counter()
        state = self.manners.addressed(state, inbound)
        state, inbound = self._cried(self.runner.remembered(state, inbound.at), inbound)
        if self._unspoken(state, inbound):
            return self._silent(state, inbound, began)
        changed = state
        effects: tuple[Effect, ...] = ()
        first: tuple[Reply, ...] = ()
        if inbound.kind is InboundKind.TEXT:
            changed, inbound, effects, first = self._arrived(state, inbound)
        found = await self._answer(changed, inbound)
        polite = self.manners.polite(state, inbound, found.said)
        replies = counted((*first, *polite.replies))
        after = msgspec.structs.replace(
            polite.state, turns=state.turns + 1, earlier=found.earlier, shown=shown_by(replies)
        )
        trace = trace_of(replace(polite, state=after), found.read, time.perf_counter() - began)
        effects = (*effects, *found.effects, *asked_of_post(found.said))
        return TurnResult(replies, after, trace, found.review, effects, found.said.outcome.value)

    # ---- before the answer ---------------------------------------------------------------------------------------

    def _cried(self, state: ConversationState, inbound: Inbound) -> tuple[ConversationState, Inbound]:
        """Put an emergency that is reported in English into words that every part knows."""
        cry = self.english.cry(inbound.text) if inbound.kind is InboundKind.TEXT else ""
        if not cry:
            return state, inbound
        noticed = state.language_noticed or state.language != "en"
        return msgspec.structs.replace(state, language="en", language_noticed=noticed), replace(
            inbound, text=cry, data={"cry": True}
        )

    def _unspoken(self, state: ConversationState, inbound: Inbound) -> bool:
        """Tell whether a message gets no reply: news of the platform, and what is meant for a person."""
        if inbound.kind in (*_UNSPOKEN, InboundKind.STAFF, InboundKind.WITHDRAW) or _welcomed(state, inbound):
            return True
        if inbound.at.timestamp() >= state.silent_until or inbound.kind is InboundKind.START:
            return False
        called = read_command(inbound.text) if inbound.kind is InboundKind.TEXT else None
        heard = called is not None and called.name in _HEARD
        erasing = bool(state.flows) and state.flows[-1].name == "erase"
        return not (heard or erasing) and (inbound.kind is not InboundKind.TEXT or emergency_of(inbound.text) is None)

    def _silent(self, state: ConversationState, inbound: Inbound, began: float) -> TurnResult:
        effects: tuple[Effect, ...] = ()
        after = state
        if inbound.kind is InboundKind.STAFF:
            until = 0 if inbound.data.get("back") else self.manners.silent_until(inbound.at)
            after = msgspec.structs.replace(state, silent_until=until)
        elif inbound.kind is InboundKind.WITHDRAW:
            after, effects = ConversationState(language=state.language), (EraseEverything(),)
        trace = trace_of(Said((), after, Outcome.OTHER_FLOW), None, time.perf_counter() - began)
        return TurnResult((), after, trace, (), effects, Outcome.OTHER_FLOW.value)

    def _arrived(
        self, state: ConversationState, inbound: Inbound
    ) -> tuple[ConversationState, Inbound, tuple[Effect, ...], tuple[Reply, ...]]:
        """Take secrets out of a text, and notice its language; what is to be said of that comes first."""
        said: list[Reply] = []
        effects: tuple[Effect, ...] = ()
        own = self.runner.wants_numbers(state)
        secret = None if own else secret_in(inbound.text)
        language = self._written_in(state, inbound)
        if language != state.language:
            state = msgspec.structs.replace(state, language=language, language_noticed=True)
            if emergency_of(inbound.text) is None:
                said.append(self.manners.now_speaking(language))
        if secret is not None:
            said.append(Reply(self.talk.texts.render(f"utter_secret_{secret.kind}", state.language)))
            effects = (BlankMessage(),)
            inbound = replace(inbound, text=secret.rest, data={"secret": True})
        return state, inbound, effects, tuple(said)

    def _written_in(self, state: ConversationState, inbound: Inbound) -> str:
        """Return the language to answer in: the other one when a message is clearly written in it."""
        text = inbound.text
        clear = surely_vietnamese(text) if state.language == "en" else surely_english(text)
        if not clear or state.language_kept or inbound.data.get("cry") or read_command(text) is not None:
            return state.language
        # Titles of cases and papers are Vietnamese in any language, and a flow may ask for a name.
        chosen = meant_by(text, state.shown) or answers_in_words(text, state.shown)
        if chosen or self.runner.takes(state, inbound):
            return state.language
        return "vi" if state.language == "en" else "en"

    # ---- the answer ----------------------------------------------------------------------------------------------

    async def _answer(self, state: ConversationState, inbound: Inbound) -> Answered:
        texts = self.talk.texts.speaking(state.language)
        at = Place(inbound.ref, inbound.at, state, texts, inbound.source, inbound.browser, inbound.id)
        if inbound.kind is InboundKind.TEXT:
            if emergency_of(inbound.text) is not None:
                return await self._heard(at, inbound)
            if not inbound.text and inbound.data.get("secret"):
                return Answered(Said((), state, Outcome.OTHER_FLOW))
            inbound = self._as_choice(at, inbound)
        called = _called(inbound)
        if called is not None and called.asks and state.procedure:
            inbound = replace(inbound, text=called.asks)
            called = None
        if called is not None and not self._own_cancel(called, state):
            return await self._commanded(at, inbound, called)
        if inbound.kind is InboundKind.TEXT and is_unknown_command(inbound.text):
            listed = End((self.manners.commands(texts),), state)
            return _ran(self.runner.aside(listed, at), state)
        if inbound.kind is InboundKind.CHOICE and inbound.payload.startswith("do:"):
            return await self._opened(at, inbound)
        ran = await self.runner.hear(at, inbound)
        if ran is None and inbound.kind is InboundKind.CHOICE:
            ran = await self.runner.late(at, inbound.payload)
        if ran is not None:
            return _ran(ran, state)
        if state.dossier is not None and not state.flows and is_cancel(inbound):
            # Nothing goes on that could be stopped; the search would take such words for a question.
            return Answered(Said((Reply(texts.render("utter_cancel")),), without_options(state), Outcome.OTHER_FLOW))
        return await self._asked(at, inbound)

    def _as_choice(self, at: Place, inbound: Inbound) -> Inbound:
        """Turn the number or title of something shown, or an answer in words, into the choice that it stands for."""
        option = meant_by(inbound.text, at.state.shown)
        if option is None and not self.runner.tells_story(at.state):
            found = answers_in_words(inbound.text, at.state.shown)
            option = found[0] if len(found) == 1 else None
            if option is None and not self.runner.takes(at.state, inbound):
                option = nearly(inbound.text, at.state.shown)
        if option is None and not at.state.flows and is_cancel(inbound):
            option = taken_back(at.state.shown)
        if option is None or self.runner.own_number(at, inbound):
            return inbound
        return replace(inbound, kind=InboundKind.CHOICE, payload=option.id)

    def _own_cancel(self, called: Called, state: ConversationState) -> bool:
        return called.name == "huy" and bool(state.flows)

    async def _asked(self, at: Place, inbound: Inbound) -> Answered:
        """Answer a message that belongs to no flow; one that goes on waits meanwhile."""
        meant = about_feedback(inbound, at.state.receipt) or about_dossier(inbound, at.state)
        kept = kept_for_officials(inbound, meant)
        if kept and await self.requests.is_open(at.ref):
            return _ran(self.runner.aside(End((Reply(at.texts.render(kept)),), at.state), at), at.state)
        meant = meant or (self.post.before(inbound, at.state) if self.post else None)
        opened = self.runner.flows.named(meant.flow) if meant else None
        if meant is not None and opened is not None:
            return await self._open(opened, at, meant.rest)
        found = await self._heard(at, inbound)
        if inbound.kind in _NOT_KEPT:
            found = replace(self._too_late(at, inbound, found), effects=(BlankMessage(),))
        limits = self.talk.procedures.limits
        if was_an_answer(at.state.shown, inbound.text, found.said, found.read, limits):
            again = await list_again(self.runner, at, inbound.text)
            return _ran(again, at.state) if again else found
        if found.said.state.greeted and not at.state.greeted:
            welcome = replace(found.said, replies=(self.manners.greeting(at.texts),))
            found = replace(found, said=welcome)
        post = self.post.after(inbound, found.said, found.read, at.state) if self.post else None
        flow = self.runner.flows.named(post.meant.flow if post else found.said.opens)
        if flow is not None and post is not None:
            return await self._open(flow, replace(at, state=post.state), post.meant.rest)
        if flow is not None:
            return await self._open(flow, at, inbound.text if flow.hears else "")
        found = await self._noticed(at, inbound, found)
        if not at.state.flows or found.said.outcome is Outcome.EMERGENCY:
            return found
        if found.read and found.read.intent is Intent.CANCEL and found.read.confidence >= SURE:
            stopped = self.runner.cancel(at)
            return _ran(stopped, at.state) if stopped else found
        if found.said.outcome not in _QUESTIONS:
            missed = await self.runner.missed(at)
            if missed is not None:
                return _ran(missed, at.state)
        end = self.runner.aside(End(found.said.replies, found.said.state), at)
        return replace(found, said=replace(found.said, replies=end.replies, state=end.state))

    def _too_late(self, at: Place, inbound: Inbound, found: Answered) -> Answered:
        """Say of a file that comes after feedback was sent that it is not with it: "Gửi" was tapped while it was on its way."""
        if not at.state.receipt or at.state.flows or inbound.kind not in (InboundKind.IMAGE, InboundKind.FILE):
            return found
        said = at.texts.render("utter_pakn_file_late", receipt=at.state.receipt)
        return replace(found, said=replace(found.said, replies=(Reply(said),)))

    async def _noticed(self, at: Place, inbound: Inbound, found: Answered) -> Answered:
        """Lead to its door what was told without saying what it is; what a question of a flow waits for is left alone."""
        if self.notices is None or self.runner.waits(at):
            return found
        noticed = self.notices.of(inbound, found.said, found.read, at.state.language)
        if await self._is_for_official(at, inbound, found, noticed):
            read = Reply(at.texts.render("utter_person_reads"))
            return (
                found if found.said.outcome in _QUESTIONS else replace(found, said=replace(found.said, replies=(read,)))
            )
        if noticed.notice is Notice.OFFER:
            return replace(found, said=offered(at.texts, found.said, at.message))
        flow = self.runner.flows.named(NOTICED) if noticed.notice is Notice.LEAD else None
        if flow is None:
            return found
        led = await self._open(flow, at, f"{noticed.border.value} {inbound.text}")
        # Neither answered nor a flow that goes on: as much out of the catalogue's scope as before. Nothing of it is reviewed.
        outcome = Outcome.EMERGENCY if noticed.border is Border.EMERGENCY else Outcome.DECLINED
        return replace(led, said=replace(led.said, outcome=outcome), read=found.read)

    async def _is_for_official(self, at: Place, inbound: Inbound, found: Answered, noticed: Noticed) -> bool:
        """Tell whether words that were not understood, or taken for something else, are those of somebody who waits.

        What does harm where officials read it, and an emergency, have their doors all the same.
        """
        unheard = found.said.outcome is Outcome.DECLINED or noticed.notice is not Notice.NOTHING
        if not unheard or inbound.kind is not InboundKind.TEXT or noticed.border in HARMFUL:
            return False
        return await self.requests.is_open(at.ref)

    async def _heard(self, at: Place, inbound: Inbound) -> Answered:
        if at.state.language == "en" and inbound.kind is InboundKind.TEXT:
            inbound = replace(inbound, text=self.english.in_vietnamese(inbound.text) or inbound.text)
        said, read = await self.talk.speaking(at.state.language).hear(at.state, inbound)
        learned = reviewed(at.state, inbound, said, read)
        return Answered(said, read, (), learned.sightings, learned.earlier)

    async def _commanded(self, at: Place, inbound: Inbound, called: Called) -> Answered:
        if called.name == "buudien" and self.post is not None and self.post.names_procedure(called.rest):
            asked = replace(at, state=waiting_for_post(at.state))
            return await self._asked(asked, replace(inbound, kind=InboundKind.TEXT, text=called.rest))
        flow = self.runner.flows.for_command(called.name)
        if flow is not None:
            return await self._open(flow, at, called.rest)
        if called.name == "huy":
            state = msgspec.structs.replace(at.state, procedure="", options=(), aspects=())
            return Answered(Said((Reply(at.texts.render("utter_cancel")),), state, Outcome.OTHER_FLOW))
        if called.name == "thutuc":
            if called.rest:
                return await self._asked(at, replace(inbound, kind=InboundKind.TEXT, text=called.rest))
            return _ran(
                self.runner.aside(End((Reply(at.texts.render("utter_which_procedure")),), at.state), at), at.state
            )
        return await self._started(at, called.rest, inbound.kind is InboundKind.FOLLOW)

    async def _started(self, at: Place, payload: str, followed: bool) -> Answered:
        """Begin anew: greet, or open the procedure that a link names; a pause by a person of the agency ends."""
        fresh = msgspec.structs.replace(at.state, silent_until=0, options=(), aspects=())
        code = procedure_of(payload)
        if code:
            said = await self.talk.speaking(at.state.language).procedures.by_code(fresh, code, ())
            end = self.runner.aside(End(said.replies, said.state), at)
            return Answered(replace(said, replies=end.replies, state=end.state))
        now = int(at.now.timestamp())
        since = now if followed else fresh.followed_at
        greeted = msgspec.structs.replace(fresh, greeted=True, welcomed_at=now, followed_at=since)
        end = self.runner.aside(End((self.manners.greeting(at.texts),), greeted), at)
        return Answered(Said(end.replies, end.state, Outcome.OTHER_FLOW))

    async def _opened(self, at: Place, inbound: Inbound) -> Answered:
        """Open the flow behind a button ``do:name:rest``."""
        _, _, given = inbound.payload.partition(":")
        name, _, rest = given.partition(":")
        flow = self.runner.flows.named(name)
        if flow is None or not flow.buttons:
            return await self._heard(at, inbound)
        return await self._open(flow, at, rest)

    async def _open(self, flow: Flow, at: Place, rest: str = "") -> Answered:
        return _ran(await self.runner.open(flow, at, rest), at.state)


def _welcomed(state: ConversationState, inbound: Inbound) -> bool:
    """Tell whether somebody who comes without a question was greeted just now for coming."""
    now = inbound.at.timestamp()
    if inbound.kind is InboundKind.FOLLOW:
        return abs(now - state.welcomed_at) < WELCOMED
    bare = inbound.kind is InboundKind.START and not inbound.payload
    typed = inbound.kind is InboundKind.TEXT and inbound.text.strip().lower() == "/start"
    return (bare or typed) and abs(now - state.followed_at) < STARTED


def _called(inbound: Inbound) -> Called | None:
    """Return the command that a message is."""
    if inbound.kind is InboundKind.START:
        return Called("start", inbound.payload)
    if inbound.kind is InboundKind.FOLLOW:
        return Called("start")
    return read_command(inbound.text) if inbound.kind is InboundKind.TEXT else None


def _ran(end: End, before: ConversationState) -> Answered:
    """Return what a flow said; the last question is remembered for it."""
    return Answered(Said(end.replies, end.state, Outcome.OTHER_FLOW), None, end.effects, end.review, end.state.earlier)
