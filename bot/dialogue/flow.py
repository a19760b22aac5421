"""How a flow is declared: what it asks, what it accepts, what opens it, and what its end comes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.contract import Ask, Choice, Inbound, InboundKind, Ref, Reply
from bot.dialogue.effects import Effect
from bot.dialogue.state import ConversationState
from bot.dialogue.texts import Texts
from nlu.learning.review import Sighting
from nlu.text import fold, normalise
from nlu.understanding import Intent

Answers = Mapping[str, str]
"""What was answered, by step; empty for a step that was skipped."""

Reads = Callable[[Inbound], str | None]
"""Reads an answer; ``None`` when the message is none. Pure."""


@dataclass(frozen=True)
class Place:
    """Where in a conversation a flow stands."""

    ref: Ref
    now: datetime
    state: ConversationState
    texts: Texts
    """In the conversation's language."""
    source: str = ""
    """See ``Inbound.source``."""
    browser: str = ""
    """See ``Inbound.browser``."""
    message: str = ""
    """See ``Inbound.id``."""


@dataclass(frozen=True)
class End:
    """What a flow, or one message in it, came to."""

    replies: tuple[Reply, ...]
    state: ConversationState
    effects: tuple[Effect, ...] = ()
    review: tuple[Sighting, ...] = ()
    then: str = ""
    """Name of the flow that follows at once."""
    given: str = ""
    """What it is given, as behind a command."""


@dataclass(frozen=True)
class Offer:
    """An answer that can be tapped."""

    value: str
    title: str
    """Key of a response."""


@dataclass(frozen=True)
class Question:
    """A question whose words depend on what was said before."""

    text: str
    choices: tuple[Choice, ...] = ()
    """Before those that steer the flow; an answer's id is made by ``answer_id``."""


@dataclass(frozen=True)
class Heard:
    """What an answer comes to beyond being noted."""

    answers: Answers
    """All of them from now on: a step that is not among them is asked once more."""
    lead: str = ""
    """Said before the next question."""
    effects: tuple[Effect, ...] = ()
    end: End | None = None
    """The flow is over; its other answers are dropped."""


def answer_id(flow: str, step: str, value: str) -> str:
    """Return the id of a button that answers a step."""
    return f"in:{flow}:{step}:{value}"


def some_words(inbound: Inbound) -> str | None:
    """Accept any words."""
    said = normalise(inbound.text)
    return said if any(letter.isalnum() for letter in said) else None


def folded_words(inbound: Inbound) -> str:
    """Return what was written in small letters, without accents and the signs around it."""
    return fold(normalise(inbound.text).lower()).strip(" .,!?…")


def no_words(_: Inbound) -> str | None:
    """Accept none: only what is offered counts."""
    return None


def nothing_given(_: str) -> Answers:
    """Take nothing from the words behind a command."""
    return {}


def rest_given(rest: str) -> Answers:
    """Take the words behind a command, or what a button carries, as they are: the answer ``rest``."""
    return {"rest": rest} if rest else {}


def always(_: Answers) -> bool:
    """Ask in any case."""
    return True


def never(_: Inbound) -> bool:
    """Refuse no words."""
    return False


def no_effects(_: Answers) -> tuple[Effect, ...]:
    """Change nothing more."""
    return ()


@dataclass(frozen=True)
class Step:
    """One question of a flow."""

    name: str
    asks: str
    """Key of the response that asks; it may name earlier answers."""
    asks_on: Mapping[str, str] = field(default_factory=dict)
    """Key of another one, by name of the channel where that does not hold."""
    example: str = ""
    """Key of the response that shows a good answer, said when one could not be read."""
    label: str = ""
    """Key of the response with the step's name, by which a citizen corrects it: "sửa số điện thoại"; several names stand
    between bars."""
    reads: Reads = some_words
    told: Reads = no_words
    """Reads its answer from words said at another question of the flow, which surely mean this one."""
    kinds: frozenset[InboundKind] = frozenset({InboundKind.TEXT})
    """Kinds of messages that can be an answer; buttons always can."""
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
    """What the citizen's client is asked to hand over."""
    once_more: str = ""
    """Key of a shorter question, said when an answer could not be read; by default it is asked as before."""
    refuses: Callable[[Inbound], bool] = never
    """Tells which words are no answer and no question of their own either: it is asked once more at once."""
    story: bool = False
    """Whether whatever is written is the answer, questions too; only commands interrupt it."""
    numbers: bool = False
    """Whether numbers of papers are asked for: then one is not taken for a secret sent by mistake."""
    skippable: bool = False
    cancel: bool = True
    """Whether a cancel button stands beside the answers; not where one of them says the same. The word always works."""
    needed: Callable[[Answers], bool] = always
    question: Callable[[Place, Answers], Awaitable[Question | str]] | None = None
    """Words the question in place of ``asks``; returns the answer itself where there is nothing to ask."""
    taps: Callable[[str], bool] | None = None
    """Tells what a button of such a question may answer; by default only ``offers``."""
    heard: Callable[[Place, Answers], Awaitable[Heard]] | None = None
    """Looks at an answer that was just given."""
    private: bool = False
    """Whether the message with the answer is not kept: it tells who somebody is."""


@dataclass(frozen=True)
class Flow:
    """A matter that the assistant sees through with a citizen."""

    name: str
    """Short; stored in conversations and button ids."""
    title: str
    """Key of the response that names it: "Quay lại phần {title}?"."""
    finish: Callable[[Place, Answers], Awaitable[End]]
    """Called when every needed step is answered. Reads only; what it changes are effects."""
    steps: tuple[Step, ...] = ()
    """None for what is answered at once."""
    commands: tuple[str, ...] = ()
    """Names of the commands that open it."""
    intents: frozenset[Intent] = frozenset()
    given: Callable[[str], Answers] = nothing_given
    """Reads answers from what stood behind the command or in the button that opened it."""
    hears: bool = False
    """Whether ``given`` also reads the message by whose intent it is opened."""
    buttons: bool = True
    """Whether a button may open it: not where ``given`` believes what it is given, for buttons' ids can be forged."""
    matter: str = ""
    """What it is about: one about the same matter that waits is replaced by it, and what was answered there is not asked again."""
    fleeting: bool = False
    """Whether it is not worth coming back to: dropped by whatever else is said."""
    expires: timedelta = timedelta(minutes=30)
    """After so long without an answer, messages are not taken for one; the citizen may take the flow up again."""
    kept: timedelta = timedelta(days=7)
    """After so long it is dropped: what was half said then is not what is meant now."""
    dropped: Callable[[Answers], tuple[Effect, ...]] = no_effects
    """What follows from cancelling it."""
    ended: Callable[[Place, str], Awaitable[End]] | None = None
    """Says what became of its matter when one of its buttons is tapped after its end; it is given the button's answer."""

    def step(self, name: str) -> Step | None:
        """Return a step; ``None`` for one of another program's."""
        return next((step for step in self.steps if step.name == name), None)

    def open_step(self, answers: Answers) -> Step | None:
        """Return the first needed step without an answer."""
        return next((step for step in self.steps if step.name not in answers and step.needed(answers)), None)


@dataclass(frozen=True)
class Flows:
    """All flows, by what opens them."""

    flows: Sequence[Flow]

    def named(self, name: str) -> Flow | None:
        """Return a flow by name; ``None`` for one that this program does not know."""
        return next((flow for flow in self.flows if flow.name == name), None)

    def for_command(self, command: str) -> Flow | None:
        """Return the flow that a command opens."""
        return next((flow for flow in self.flows if command in flow.commands), None)

    def for_intent(self, intent: Intent) -> Flow | None:
        """Return the flow that an intent opens."""
        return next((flow for flow in self.flows if intent in flow.intents), None)
