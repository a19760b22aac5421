"""A dialogue on fakes, with the real sentences, and a conversation with it that remembers its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.app import load_house_texts, project_root
from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Conversation
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.feedback_noticed import Notices
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.flow import Flow, Flows
from bot.dialogue.flows.batch import Business
from bot.dialogue.flows.dossier_rating import RatingOutside
from bot.dialogue.flows.feedback_howto import HowToOutside
from bot.dialogue.flows.feedback_rating import AnswerOutside
from bot.dialogue.flows.handing_over import Office
from bot.dialogue.flows.registry import Outside, all_flows
from bot.dialogue.manners import Manners
from bot.dialogue.postal_heard import PostalEar
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.runner import Runner
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.state import ConversationState, decode, encode
from bot.dialogue.turn import Dialogue, TurnResult
from bot.dossiers.agencies import load_agencies
from bot.dossiers.forms import load_forms
from bot.postal.request import Parties
from feedback.office import Office as FeedbackOffice
from feedback.record import Sender
from feedback.working_time.loading import load_working_time
from nlu.catalogue.model import Procedure
from nlu.decision import Thresholds
from nlu.english import load_english
from nlu.fields import load_fields
from nlu.text import normalise
from nlu.understanding import Aspect, Candidate, Intent, Understander, Understanding
from tests.bot.messages import NOW, ref
from tests.factories import TODAY, procedure
from tests.fakes.dossiers import FakeDesk, FakePhotos, FakeWatches
from tests.fakes.feedback import FakeFeedback, FakeUnderstanding
from tests.fakes.kept import FakeKept
from tests.fakes.organisations import FakeOrganisations, FakeUploads
from tests.fakes.own_feedback import FakeOwnFeedback
from tests.fakes.post import FakePost
from tests.fakes.post_slips import AN, FakeSlips
from tests.fakes.procedures import FakeCatalogue, FakeReader

TEXTS = load_house_texts(project_root())
FIELDS = load_fields()
ENGLISH = load_english()
NOTICES = Notices(FakeUnderstanding(), ENGLISH)
AGENCIES, FORMS, TIME = load_agencies(), load_forms(), load_working_time()

BIRTH = procedure()
MARRIAGE = procedure(
    "1.000894", name="Đăng ký kết hôn", result="Giấy chứng nhận kết hôn", url="https://dichvucong.gov.vn/ket-hon"
)
FOREIGN_MARRIAGE = procedure("2.000806", name="Đăng ký kết hôn có yếu tố nước ngoài")


def asks(
    *candidates: tuple[Procedure, float], aspects: Sequence[Aspect] = (), in_scope: float = 0.99, **changes: Any
) -> Understanding:
    """A procedure question as Rasa would have read it, with (procedure, share) as its candidates."""
    values: dict[str, Any] = {
        "text": "",
        "intent": Intent.ASK_PROCEDURE,
        "confidence": 0.97,
        "aspects": tuple(aspects),
        "candidates": tuple(Candidate(one.code, score, one.name) for one, score in candidates),
        "in_scope": in_scope,
        "out_of_scope": 1 - in_scope,
        "catalogue_version": 1,
        "by": Understander.RASA,
        "scores": {"naming": 1.0 if candidates else 0.0},
    }
    return Understanding(**{**values, **changes})


def goes_on(*aspects: Aspect) -> Understanding:
    """A follow-up that names no procedure of its own."""
    return asks((MARRIAGE, 0.2), (BIRTH, 0.15), aspects=aspects, in_scope=0.4, scores={"naming": 0.0})


def means(intent: Intent, confidence: float = 0.95) -> Understanding:
    """A message of another intent, as Rasa reads it."""
    outside = 0.99 if intent.out_of_scope else 0.01
    return Understanding(
        text="…", intent=intent, confidence=confidence, in_scope=0.01, out_of_scope=outside, by=Understander.RASA
    )


async def never_rated(_: str) -> datetime | None:
    """Tell that a dossier was not rated yet."""
    return None


@dataclass
class Talk:
    """One conversation; the state goes through its stored form between turns, as in the engine."""

    catalogue: FakeCatalogue = field(default_factory=lambda: FakeCatalogue(BIRTH, MARRIAGE, FOREIGN_MARRIAGE))
    reader: FakeReader = field(default_factory=FakeReader)
    state: ConversationState = field(default_factory=ConversationState)
    stale_after_days: int = 365
    last: TurnResult | None = None

    def dialogue(self) -> Dialogue:
        """Put the dialogue together."""
        return self.conversation()

    def conversation(self) -> Conversation:
        """Put together what answers questions."""
        flow = ProcedureFlow(
            self.catalogue, TEXTS, AnswerVoice(TEXTS), Thresholds(), lambda: TODAY, self.stale_after_days
        )
        return Conversation(self.reader, flow, TEXTS, FieldFlow(FIELDS, flow.asking))

    async def send(self, inbound: Inbound) -> str:
        """Send a message and return all replies as one text."""
        self.last = await self.dialogue().turn(self.state, inbound)
        self.state = decode(encode(self.last.state))
        return "\n\n".join(reply.text for reply in self.last.replies)

    async def say(self, text: str, read: Understanding | None = None) -> str:
        """Write a text; ``read`` is what the reader makes of it."""
        if read is not None:
            self.reader.known[normalise(text)] = replace(read, text=normalise(text))
        return await self.send(Inbound(ref(), self.next_id(), InboundKind.TEXT, NOW, text=text))

    def next_id(self) -> str:
        """Return the channel's id for the next message."""
        return f"m{self.state.turns + 1}"

    async def tap(self, payload: str) -> str:
        """Tap a button."""
        return await self.send(Inbound(ref(), "m", InboundKind.CHOICE, NOW, payload=payload))

    @property
    def outcome(self) -> str:
        """Outcome of the last turn."""
        assert self.last is not None
        return str(self.last.trace["outcome"])

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Replies of the last turn."""
        assert self.last is not None
        return self.last.replies

    def titles(self) -> list[str]:
        """Titles of the buttons under the last reply."""
        return [choice.title for choice in self.replies[-1].choices]


@dataclass
class FlowTalk(Talk):
    """A conversation with the whole assistant: commands, flows and manners around the answers."""

    kept: FakeKept = field(default_factory=FakeKept)
    office: Office = field(default_factory=Office)
    extra: tuple[Flow, ...] = ()
    """Flows beside those of the house."""
    rates: bool = False
    business: Business | None = None
    """What organisations ask; a made-up one's by default."""
    rating: RatingOutside | None = None
    """What rating asks; by default the desk, and nothing is rated yet."""
    howto: HowToOutside = field(default_factory=lambda: HowToOutside(FeedbackOffice(), lambda: TODAY))
    answers: AnswerOutside | None = None
    """Answered feedback; none by default."""
    organisations: FakeOrganisations = field(
        default_factory=lambda: FakeOrganisations(NOW, "MCDNBCDFGHJKMNPQRSTVWXZBCDFGHJKMNP")
    )
    now: datetime = NOW
    desk: FakeDesk = field(default_factory=FakeDesk)
    watches: FakeWatches = field(default_factory=FakeWatches)
    photos: FakePhotos | None = field(default_factory=FakePhotos)
    feedback: FakeFeedback = field(default_factory=FakeFeedback)
    own_feedback: FakeOwnFeedback = field(default_factory=FakeOwnFeedback)
    post: FakePost = field(default_factory=lambda: FakePost(TODAY))
    slips: FakeSlips = field(default_factory=FakeSlips)
    channel: str = "web"
    """On which it is held, where that matters."""

    def dialogue(self) -> Dialogue:
        """Put the assistant together."""
        postal = self.post.about(self.catalogue, TIME)
        outside = Outside(
            requests=self.kept,
            holdings=self.kept,
            office=self.office,
            catalogue=self.catalogue,
            codes=self.kept,
            new_code=lambda: f"MC-2222-{len(self.kept.codes) + 2222}",
            list_address=lambda ticked: f"https://motcua.example/c/{ticked.procedure}",
            today=lambda: TODAY,
            stale_after_days=self.stale_after_days,
            dossiers=self.dossiers(),
            business=self.business or Business(self.organisations, self.desk, FakeUploads()),
            rating=self.rating or RatingOutside(self.desk, never_rated),
            howto=self.howto,
            answers=self.answers,
            feedback=self.feedback.about(),
            own_feedback=self.own_feedback.about(),
            data=self.kept.data(),
            postal=postal,
            slips=self.slips.about(postal, self.feedback),
        )
        flows = Flows((*all_flows(outside).flows, *self.extra))
        talk = self.conversation()
        talk = replace(talk, procedures=replace(talk.procedures, post=PostalVoice(TEXTS, postal)))
        ear = PostalEar(postal.places, talk.procedures.limits)
        manners = Manners(TEXTS, rates=self.rates)
        return Assistant(talk, Runner(flows), manners, ENGLISH, self.kept, NOTICES, ear)

    def dossiers(self) -> AboutDossiers:
        """Put together what the flows about dossiers read."""
        return AboutDossiers(
            self.desk,
            self.watches,
            AGENCIES,
            FORMS,
            TIME,
            self.photos,
            slip_address=lambda _, code, kind: f"https://motcua.example/hs/{code}.{kind}",
            sms=frozenset({"web", "zalo_oa", "zalo_bot"}),
        )

    async def send(self, inbound: Inbound) -> str:
        """Send a message, carry its effects out, and return all replies as one text."""
        inbound = replace(inbound, ref=replace(inbound.ref, channel=self.channel))
        self.feedback.said[inbound.id] = inbound.text
        text = await super().send(replace(inbound, at=self.now))
        assert self.last is not None
        for effect in self.last.effects:
            self.kept.apply(inbound.ref, effect)
            self.watches.apply(inbound.ref, effect)
            self.organisations.apply(inbound.ref, effect)
            self.feedback.apply(inbound.ref, effect)
            self.own_feedback.apply(inbound.ref, effect)
            self.slips.apply(inbound.ref, effect)
        return text

    async def fill_form(self) -> str:
        """Fill in the form page of feedback; the conversation goes on by itself."""
        draft = self.state.flows[-1].answers["draft"]
        self.feedback.contacts[draft] = Sender("Nguyễn Văn An", "12 Lê Lợi, phường Mẫu", "+84905123427")
        return await self.tap(f"do:pakn_page:{draft}")

    async def fill_slip_form(self) -> str:
        """Fill in the form page of a slip; the conversation goes on by itself."""
        draft = self.state.flows[-1].answers["id"]
        self.slips.given[draft] = Parties(AN)
        return await self.tap(f"do:pslip_page:{draft}")

    async def press(self, title: str) -> str:
        """Tap the button with this title."""
        found = {choice.title: choice.id for reply in self.replies for choice in reply.choices}
        assert title in found, f"no button {title!r} among {sorted(found)}"
        return await self.tap(found[title])
