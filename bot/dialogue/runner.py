"""Leads a citizen through a flow: asks, reads, goes back, corrects, cancels, steps aside and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

import msgspec

from bot.channels.contract import Choice, Inbound, InboundKind, Reply
from bot.dialogue.controls import Control, Steering, button, read_control, stops_or_agrees
from bot.dialogue.effects import BlankMessage, Effect
from bot.dialogue.flow import Answers, End, Flow, Flows, Heard, Place, Question, Step, answer_id, no_effects
from bot.dialogue.state import ConversationState, FlowState
from nlu.text import fold

WAITING = 2
"""Flows that may wait beneath the present one; the oldest is dropped beyond that."""
PATIENCE = 3
"""Answers in a row that could not be read, from which a person is offered."""


FIXING = "fixing"
"""Among the answers: name of the step that is asked once more as the citizen wished, so that its question is asked in any case."""
SHORT = 6
"""Words of a correction ("sửa địa chỉ giúp em") while a story is asked for; what is longer belongs to the story."""
OFFERS = 3
"""How often it is offered to come back to a flow; after that its words ("làm tiếp") still do."""


@dataclass(frozen=True)
class Runner:
    """The state machine over ``ConversationState.flows``."""

    flows: Flows

    async def open(self, flow: Flow, at: Place, rest: str = "") -> End:
        """Begin a flow, or take it up again where it was left; another one that was going on waits, unless it is of the same matter.

        Args:
            flow: to begin.
            at: where the conversation stands.
            rest: what stood behind the command, or in the button.
        """
        same = [one for one in at.state.flows if one.name == flow.name or self._replaces(flow, one)]
        kept = tuple(one for one in at.state.flows if one not in same)
        begun = next((one for one in same if one.name == flow.name), FlowState(name=flow.name))
        answered = {name: value for one in same for name, value in one.answers.items() if flow.step(name)}
        begun = msgspec.structs.replace(begun, answers={**answered, **begun.answers, **flow.given(rest)})
        waiting = tuple(msgspec.structs.replace(one, aside=True) for one in kept)
        return await self._go_on(flow, begun, _with(at, waiting[-WAITING:]))

    def _replaces(self, flow: Flow, waiting: FlowState) -> bool:
        other = self.flows.named(waiting.name)
        return bool(flow.matter) and other is not None and other.matter == flow.matter

    async def hear(self, at: Place, inbound: Inbound) -> End | None:
        """Take a message for the present flow; ``None`` when it is none of its business."""
        present, flow = self.present(at.state)
        if present is None or flow is None:
            return None
        beneath = _with(at, at.state.flows[:-1])
        steering = read_control(inbound)
        asked = self._waiting(at.state)
        if asked is not None and not asked.story:
            careful = flow.dropped is not no_effects and stops_or_agrees(inbound)
            if careful or (inbound.kind is InboundKind.TEXT and asked.refuses(inbound)):
                return await self._unclear(flow, present, beneath, inbound, asked)
        if steering is not None:
            steered = await self._steered(flow, present, beneath, steering, inbound)
            if steered is not None:
                return steered
        step = flow.step(present.step)
        if step is None:
            return await self._go_on(flow, present, beneath)
        waits = present.aside or self.expired(flow, present, at)
        if inbound.kind is InboundKind.CHOICE:
            value = _tapped(flow, step, inbound.payload)
            if value is None and not waits and _tapped_twice(flow, present, inbound.payload):
                return await self._go_on(flow, present, beneath)
            return None if value is None else await self._accepted(flow, present, beneath, step, value)
        if inbound.kind not in step.kinds:
            return (
                None if inbound.kind is InboundKind.TEXT or waits else await self._again(flow, present, beneath, "kind")
            )
        told = None if waits or step.story else _told(flow, present, inbound)
        if told is not None:
            return await self._noted(flow, _without(present, [told[0].name]), beneath, *told)
        value = None if waits and step.story else step.reads(inbound)
        return None if value is None else await self._accepted(flow, present, beneath, step, value, _hides(step))

    def waits(self, at: Place) -> bool:
        """Tell whether a question was asked that waits for its answer now."""
        present, flow = self.present(at.state)
        return present is not None and flow is not None and not (present.aside or self.expired(flow, present, at))

    def present(self, state: ConversationState) -> tuple[FlowState | None, Flow | None]:
        """Return the flow that is going on or waits on top; what this program does not know is passed over."""
        top = state.flows[-1] if state.flows else None
        return top, self.flows.named(top.name) if top else None

    def expired(self, flow: Flow, present: FlowState, at: Place) -> bool:
        """Tell whether the last answer is too long ago for a message to be taken for the next."""
        return at.now.timestamp() - present.at > flow.expires.total_seconds()

    def remembered(self, state: ConversationState, now: datetime) -> ConversationState:
        """Drop the flows that were begun too long ago, and those that this program does not know."""
        kept = tuple(
            one
            for one in state.flows
            if (flow := self.flows.named(one.name)) is not None and now.timestamp() - one.at < flow.kept.total_seconds()
        )
        return state if len(kept) == len(state.flows) else msgspec.structs.replace(state, flows=kept)

    def own_number(self, at: Place, inbound: Inbound) -> bool:
        """Tell whether a bare number is an answer to the question asked, rather than the number of a choice."""
        step = self._waiting(at.state)
        return step is not None and not step.offers and not step.story and self.takes(at.state, inbound)

    def tells_story(self, state: ConversationState) -> bool:
        """Tell whether the question asked takes whatever is written: then no word of it is a choice."""
        step = self._waiting(state)
        return step is not None and step.story

    def takes(self, state: ConversationState, inbound: Inbound) -> bool:
        """Tell whether a message is the answer to the question that a flow asked last."""
        step, (present, flow) = self._waiting(state), self.present(state)
        if step is None or present is None or flow is None:
            return False
        return step.story or step.reads(inbound) is not None or _told(flow, present, inbound) is not None

    def wants_numbers(self, state: ConversationState) -> bool:
        """Tell whether the question asked is for a number of a paper."""
        present, flow = self.present(state)
        step = flow.step(present.step) if flow and present else None
        return step is not None and step.numbers

    def aside(self, end: End, at: Place) -> End:
        """Offer to come back to the flow that something else interrupted; the offer stands beneath the last reply."""
        present, flow = self.present(end.state)
        if present is None or flow is None or not end.replies:
            return end
        if flow.fleeting:
            return self.aside(replace(end, state=_with(replace(at, state=end.state), end.state.flows[:-1]).state), at)
        waiting = msgspec.structs.replace(present, aside=True, offered=present.offered + 1)
        state = msgspec.structs.replace(end.state, flows=(*end.state.flows[:-1], waiting))
        if present.offered >= OFFERS:
            return replace(end, state=state)
        last = end.replies[-1]
        texts = at.texts
        said = texts.render("utter_flow_come_back", title=texts.render(flow.title))
        choices = (*last.choices, button(texts, Control.RESUME), button(texts, Control.CANCEL))
        offered = replace(last, text=f"{last.text}\n\n{said}", choices=choices)
        return replace(end, replies=(*end.replies[:-1], offered), state=state)

    async def late(self, at: Place, payload: str) -> End | None:
        """Say what became of the flow whose question a button answers, where that flow is over and can tell."""
        kind, _, answer = payload.partition(":")
        name, _, answer = answer.partition(":")
        flow = self.flows.named(name) if kind == "in" else None
        if flow is None or flow.ended is None or any(one.name == name for one in at.state.flows):
            return None
        return self.aside(await flow.ended(at, answer), at)

    async def missed(self, at: Place) -> End | None:
        """Ask again, kindly and with an example, when a message was neither the answer nor a question of its own."""
        present, flow = self.present(at.state)
        if present is None or flow is None:
            return None
        beneath = _with(at, at.state.flows[:-1])
        if flow.fleeting or present.aside or self.expired(flow, present, at):
            return None
        return await self._again(flow, present, beneath, "again")

    def cancel(self, at: Place) -> End | None:
        """Stop the present flow, whatever words asked for it."""
        present, flow = self.present(at.state)
        if present is None or flow is None:
            return None
        beneath = _with(at, at.state.flows[:-1])
        said = at.texts.render("utter_flow_cancelled", title=at.texts.render(flow.title))
        return self.aside(End((Reply(said),), beneath.state, flow.dropped(present.answers)), at)

    def _waiting(self, state: ConversationState) -> Step | None:
        """Return the question that waits for its answer; none while something else is talked about."""
        present, flow = self.present(state)
        return flow.step(present.step) if flow and present and not present.aside else None

    async def _unclear(self, flow: Flow, present: FlowState, beneath: Place, inbound: Inbound, step: Step) -> End:
        """Take "dung" for "right" where a question can be answered so, else ask again: it never drops what was written."""
        value = step.reads(inbound) if step.offers else None
        if value is None:
            return await self._again(flow, present, beneath, "again")
        return await self._accepted(flow, present, beneath, step, value)

    async def _steered(
        self, flow: Flow, present: FlowState, beneath: Place, said: Steering, inbound: Inbound
    ) -> End | None:
        if said.control is Control.CANCEL:
            return self.cancel(_with(beneath, (*beneath.state.flows, present)))
        if said.control is Control.RESUME:
            return await self._go_on(flow, present, beneath, lead="utter_flow_resumed")
        if present.aside:
            # "Quay lại" while something else is talked about comes back to the flow, not to the question before.
            back = said.control is Control.BACK
            return await self._go_on(flow, present, beneath, lead="utter_flow_resumed") if back else None
        if said.control is Control.SKIP:
            step = flow.step(present.step)
            able = step is not None and step.skippable
            return await self._accepted(flow, present, beneath, step, "") if step is not None and able else None
        if said.control is Control.BACK:
            return await self._back(flow, present, beneath)
        waiting = flow.step(present.step)
        if waiting is not None and waiting.story and len(said.about.split()) > SHORT:
            return None  # "Đổi địa chỉ trên căn cước mà phải đi ba lần" tells a story and corrects nothing.
        return await self._fix(flow, present, beneath, said, inbound)

    async def _back(self, flow: Flow, present: FlowState, beneath: Place) -> End:
        before = takewhile(lambda step: step.name != present.step, flow.steps)
        answered = [step.name for step in before if step.name in present.answers]
        asked = [name for name in answered if name not in present.unasked]
        if not asked:
            return await self._go_on(flow, present, beneath, lead="utter_flow_first")
        dropped = answered[answered.index(asked[-1]) :]
        return await self._go_on(flow, _without(present, dropped), beneath)

    async def _fix(
        self, flow: Flow, present: FlowState, beneath: Place, said: Steering, inbound: Inbound
    ) -> End | None:
        """Ask one answered step once more, or take the new answer said along; the others keep their answers."""
        for step in sorted(flow.steps, key=lambda one: one.name in present.unasked):
            names = fold(beneath.texts.render(step.label)).split("|") if step.label else ()
            named = next((name for name in names if name in said.about), "")
            if not named and said.about != f"step={step.name}":
                continue
            rest, words = _without(present, [step.name]), said.value(named) if named else ""
            value = step.reads(replace(inbound, text=words)) if words else None
            asked = step.name == present.step and not step.story
            if value is not None and (asked or step.name in present.answers):
                return await self._noted(flow, rest, beneath, step, value)
            if step.name in present.answers:
                again = await self._ask(flow, step, rest, beneath)
                return replace(again, effects=(*again.effects, *_hides(step))) if words else again
        return None

    async def _noted(self, flow: Flow, present: FlowState, beneath: Place, step: Step, value: str) -> End:
        """Take an answer to another question than the one asked, and say so."""
        name = beneath.texts.render(step.label).split("|")[0]
        lead = beneath.texts.render("utter_flow_noted", name=name)
        return await self._accepted(flow, present, beneath, step, value, _hides(step), lead)

    async def _accepted(
        self,
        flow: Flow,
        present: FlowState,
        beneath: Place,
        step: Step,
        value: str,
        effects: tuple[Effect, ...] = (),
        lead: str = "",
    ) -> End:
        answers: Answers = {**{name: one for name, one in present.answers.items() if name != FIXING}, step.name: value}
        heard = await step.heard(beneath, answers) if step.heard else Heard(answers)
        if heard.end is not None:
            end = await self._followed(replace(heard.end, effects=(*heard.effects, *heard.end.effects)), beneath)
        else:
            noted = msgspec.structs.replace(present, answers=heard.answers)
            taken = (lead if step.name in heard.answers else "", heard.lead)
            end = await self._go_on(flow, noted, beneath, said="\n".join(one for one in taken if one))
            end = replace(end, effects=(*heard.effects, *end.effects))
        return replace(end, effects=(*end.effects, *effects))

    async def _go_on(self, flow: Flow, present: FlowState, beneath: Place, lead: str = "", said: str = "") -> End:
        """Ask the next open step, or come to the end."""
        told = beneath.texts.render(lead, title=beneath.texts.render(flow.title)) if lead else said
        while (step := flow.open_step(present.answers)) is not None:
            asked = await self._worded(step, present, beneath)
            if isinstance(asked, Question):
                return _asking(flow, step, _now_at(step, present, beneath), beneath, asked, told)
            answers = {**present.answers, step.name: asked}
            present = msgspec.structs.replace(present, answers=answers, unasked=(*present.unasked, step.name))
        return await self._followed(await flow.finish(beneath, present.answers), beneath)

    async def _ask(self, flow: Flow, step: Step, present: FlowState, beneath: Place) -> End:
        """Ask one step in its plain words where its question has nothing to ask."""
        present = msgspec.structs.replace(present, answers={**present.answers, FIXING: step.name})
        asked = await self._worded(step, present, beneath)
        if not isinstance(asked, Question):
            asked = Question(beneath.texts.render(_key(step, beneath), **present.answers))
        return _asking(flow, step, _now_at(step, present, beneath), beneath, asked)

    async def _worded(self, step: Step, present: FlowState, beneath: Place) -> Question | str:
        if step.question is None:
            return Question(beneath.texts.render(_key(step, beneath), **present.answers))
        return await step.question(beneath, present.answers)

    async def _followed(self, end: End, beneath: Place) -> End:
        """Go on with the flow that follows an end, else come back to the one beneath."""
        after = replace(beneath, state=end.state, texts=beneath.texts.speaking(end.state.language))
        following = self.flows.named(end.then)
        if following is None:
            return self.aside(end, after)
        more = await self.open(following, after, end.given)
        return replace(more, replies=(*end.replies, *more.replies), effects=(*end.effects, *more.effects))

    async def _again(self, flow: Flow, present: FlowState, beneath: Place, why: str) -> End:
        step = flow.step(present.step) or flow.steps[0]
        missed = msgspec.structs.replace(present, misses=present.misses + 1, at=int(beneath.now.timestamp()))
        told = [beneath.texts.render(f"utter_flow_{why}")]
        if step.example:
            told.append(beneath.texts.render(step.example))
        person: tuple[Choice, ...] = ()
        if missed.misses >= PATIENCE:
            told.append(beneath.texts.render("utter_flow_person"))
            person = (Choice("do:person", beneath.texts.render("utter_button_person")),)
        asked = await self._worded(step, missed, beneath)
        if not isinstance(asked, Question):
            asked = Question(beneath.texts.render(_key(step, beneath), **missed.answers))
        if step.once_more:
            asked = replace(asked, text=beneath.texts.render(step.once_more))
        end = _asking(flow, step, missed, beneath, asked, " ".join(told))
        last = end.replies[-1]
        effects = (BlankMessage(),) if step.private else ()
        return replace(end, replies=(replace(last, choices=(*last.choices, *person)),), effects=effects)


def _key(step: Step, beneath: Place) -> str:
    return step.asks_on.get(beneath.ref.channel, step.asks)


def _told(flow: Flow, present: FlowState, inbound: Inbound) -> tuple[Step, str] | None:
    """Return the step other than the one asked whose answer a message surely is, with that answer."""
    for step in flow.steps:
        if inbound.kind is InboundKind.TEXT and step.name != present.step and step.needed(present.answers):
            value = step.told(inbound)
            if value is not None:
                return step, value
    return None


def _hides(step: Step) -> tuple[Effect, ...]:
    return (BlankMessage(),) if step.private else ()


def _without(present: FlowState, names: Sequence[str]) -> FlowState:
    kept = {name: value for name, value in present.answers.items() if name not in names}
    unasked = tuple(name for name in present.unasked if name not in names)
    return msgspec.structs.replace(present, answers=kept, unasked=unasked)


def _now_at(step: Step, present: FlowState, beneath: Place) -> FlowState:
    now = int(beneath.now.timestamp())
    return msgspec.structs.replace(present, step=step.name, misses=0, at=now, aside=False, offered=0)


def _asking(flow: Flow, step: Step, present: FlowState, beneath: Place, asked: Question, lead: str = "") -> End:
    """Ask a step's question, with what can be tapped."""
    texts = beneath.texts
    choices = [Choice(answer_id(flow.name, step.name, one.value), texts.render(one.title)) for one in step.offers]
    choices = [*asked.choices, *choices]
    if step.skippable:
        choices.append(button(texts, Control.SKIP))
    if any(one.name in present.answers for one in flow.steps):
        choices.append(button(texts, Control.BACK))
    if step.cancel:
        choices.append(button(texts, Control.CANCEL))
    reply = Reply("\n\n".join(part for part in (lead, asked.text) if part), tuple(choices), ask=step.ask)
    state = msgspec.structs.replace(beneath.state, flows=(*beneath.state.flows, present), options=(), aspects=())
    return End((reply,), state)


def _tapped(flow: Flow, step: Step, payload: str) -> str | None:
    """Return the value of a tapped answer to the question that was asked last."""
    lead = f"in:{flow.name}:{step.name}:"
    value = payload.removeprefix(lead) if payload.startswith(lead) else None
    if value is not None and step.taps is not None and step.taps(value):
        return value
    return value if value in {offer.value for offer in step.offers} else None


def _tapped_twice(flow: Flow, present: FlowState, payload: str) -> bool:
    """Tell whether a button repeats the answer to another question of the flow: nothing changes, and nobody is to blame."""
    return any(payload == answer_id(flow.name, name, value) for name, value in present.answers.items())


def _with(at: Place, flows: tuple[FlowState, ...]) -> Place:
    return replace(at, state=msgspec.structs.replace(at.state, flows=flows))
