"""What it costs to let the post carry it, and the ways of filing side by side."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import msgspec

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.flow import Answers, End, Flow, Place, Step
from bot.dialogue.flows.postal_route import AGAIN, Route, Routes
from bot.dialogue.postal_asked import code_said, grams_of, journey_said, weight_said
from bot.dialogue.postal_memory import MATTER, journey, noted, waiting_for_post, wish_of
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.say_postal_compare import CompareVoice
from bot.dialogue.say_postal_price import PriceVoice, joined
from bot.dialogue.say_postal_tracking import TrackingVoice
from bot.dialogue.state import ConversationState
from bot.dialogue.titles import short_titles
from bot.postal.option import Options, PostalOption
from bot.postal.quote import NoQuote, Zone
from feedback.working_time.zone import here
from nlu.catalogue.model import Procedure

USUAL_SHEETS = 17
"""Sheets in a usual envelope, where no procedure tells how many there are."""
PRICE, COMPARE, WEIGH = "postal_price", "postal_compare", "postal_weight"


@dataclass(frozen=True)
class Pricing:
    """Answers both questions about one journey."""

    about: AboutPostal

    async def price(self, at: Place, answers: Answers) -> End:
        """Say a price."""
        procedure = await self.procedure(at, answers)
        options = self.about.facts.options(procedure) if procedure else None
        voice = PostalVoice(at.texts, self.about)
        if procedure is not None and options is not None and options.refused:
            return End((voice.options(procedure),), _under(at, procedure))
        route = self.routes(PRICE).route(at, answers)
        if route.abroad:
            return abroad(at, voice)
        state = self._told(_under(at, procedure), answers, route, PRICE)
        text = self._priced(replace(at, state=state), procedure, options)
        days = TrackingVoice(at.texts, self.about).times(here(at.now).date()) if "days" in answers else ""
        lead = "\n".join(route.notes)
        code = procedure.code if procedure else ""
        choices = (*self._changing(replace(at, state=state), PRICE), *voice.choices(code, options, PRICE))
        return End((Reply(joined([lead, text, days]), choices),), state)

    async def compare(self, at: Place, answers: Answers) -> End:
        """Put the ways side by side."""
        procedure = await self.procedure(at, answers)
        if procedure is None:
            return which_procedure(at)
        route = self.routes(COMPARE).route(at, answers)
        voice, options = PostalVoice(at.texts, self.about), self.about.facts.options(procedure)
        if route.abroad:
            return abroad(at, voice)
        state = self._told(_under(at, procedure), answers, route, COMPARE)
        found = self.about.facts.compare(procedure, wish_of(journey(state)))
        said = CompareVoice(at.texts, self.about, weighed=bool(journey(state).weight))
        table = said.table(found)
        lead = "\n".join(route.notes)
        changing = () if options.refused else self._changing(replace(at, state=state), COMPARE)
        choices = (*changing, *voice.choices(procedure.code, options, COMPARE))
        text, table = joined([lead, said.message(found)]), replace(table, lead=joined([lead, table.lead]))
        return End((Reply(text, choices, table=table),), state)

    async def weighed(self, at: Place, answers: Answers) -> End:
        """Go on with another weight."""
        state = noted(at.state, weight=grams_of(answers["weight"], self.about.facts))
        return End((), state, then=journey(state).last or PRICE)

    async def exempt(self, at: Place, _: Answers) -> End:
        """Say who pays nothing, by the price list."""
        voice = PriceVoice(at.texts, self.about)
        quote = self.about.facts.quote(
            PostalOption.BOTH, Zone.SAME_PROVINCE, self.about.facts.weigh(USUAL_SHEETS), carry_fee=False
        )
        free = "" if isinstance(quote, NoQuote) else voice.exempt(quote)
        if isinstance(quote, NoQuote) or not free:
            return End((Reply(at.texts.render("utter_postal_answer_exempt_unknown")),), at.state)
        text = joined([at.texts.render("utter_postal_answer_exempt", exempt=free), voice.source(quote)])
        return End((Reply(text, tuple(PostalVoice(at.texts, self.about).choices("", None))),), at.state)

    async def procedure(self, at: Place, answers: Answers) -> Procedure | None:
        """Return the procedure that was named with the question, else the one under discussion."""
        code = answers.get("code") or at.state.procedure
        return await self.about.catalogue.get(code) if code else None

    def routes(self, flow: str) -> Routes:
        """Return what asks for the distance: a comparison needs it only where the post may carry something."""

        async def matters(at: Place, answers: Answers) -> bool:
            procedure = await self.procedure(at, answers)
            if procedure is None:
                return flow == PRICE
            options = self.about.facts.options(procedure)
            return bool(options.offered) or (flow == PRICE and not options.refused)

        return Routes(self.about, flow, matters)

    def _told(self, state: ConversationState, answers: Answers, route: Route, flow: str) -> ConversationState:
        """Remember the journey; what was said of another procedure's papers does not hold for these."""
        talk = journey(state)
        if talk.over != state.procedure:
            talk = msgspec.structs.replace(talk, weight=0, option="", carry_fee=False)
        carry = answers.get("carry")
        return noted(
            state,
            zone=route.zone.value if route.zone else "",
            origin=route.origin,
            target=route.target,
            weight=grams_of(answers.get("weight", ""), self.about.facts) or talk.weight,
            option=answers.get("option") or talk.option,
            carry_fee=carry == "yes" if carry else talk.carry_fee,
            last=flow,
        )

    def _priced(self, at: Place, procedure: Procedure | None, options: Options | None) -> str:
        talk, voice = journey(at.state), PriceVoice(at.texts, self.about)
        wish = wish_of(talk)
        offered = options.offered if options else ()
        able = wish.option if wish.option in offered or not offered else None
        option = able or (offered[0] if offered else PostalOption.BOTH)
        zone = wish.zone or Zone.SAME_PROVINCE
        papers, weight = 0, wish.weight or self.about.facts.weigh(USUAL_SHEETS)
        if procedure is not None and not wish.weight:
            estimate = self.about.facts.compare(procedure, replace(wish, option=option, zone=zone))
            papers, weight = estimate.papers, estimate.weight
        quote = self.about.facts.quote(option, zone, weight, carry_fee=wish.carry_fee)
        head = at.texts.render("utter_postal_price_head", what=at.texts.render(f"utter_postal_what_{option}"))
        name = at.texts.render("utter_postal_price_for", name=short_titles([procedure.name])[0]) if procedure else ""
        basis = voice.basis(zone, weight, assumed=wish.zone is None, estimated=not wish.weight, papers=papers)
        route = (
            at.texts.render("utter_postal_route", origin=talk.origin, target=talk.target)
            if talk.origin and talk.target
            else ""
        )
        told = [voice.no_quote(quote, zone)] if isinstance(quote, NoQuote) else voice.quote(quote)
        other = ""
        if able is None and wish.option is not None:
            other = at.texts.render("utter_postal_price_other_way", what=at.texts.render(f"utter_postal_what_{option}"))
        unsure = at.texts.render("utter_postal_price_unsure") if options and not options.offered else ""
        return joined(
            [
                "\n".join(part for part in (head, name) if part),
                told[0],
                "\n".join(part for part in (route, basis) if part),
                *told[1:],
                other,
                unsure,
            ]
        )

    def _changing(self, at: Place, flow: str) -> tuple[Choice, ...]:
        render, carries = at.texts.render, journey(at.state).carry_fee
        fee = Choice(
            f"do:{flow}:{'khong ' if carries else ''}thu ho",
            render("utter_button_no_carrying" if carries else "utter_button_carrying"),
        )
        return (
            Choice(f"do:{WEIGH}", render("utter_button_postal_weight")),
            Choice(f"do:{flow}:{AGAIN}", render("utter_button_postal_places")),
            *((fee,) if flow == PRICE else ()),
        )


def price_flows(about: AboutPostal) -> tuple[Flow, ...]:
    """Return the flows about prices and comparisons."""
    pricing = Pricing(about)

    def given(text: str) -> Answers:
        found = dict(journey_said(text, about.places))
        code = code_said(text)
        return {**found, **({"code": code} if code else {}), **({AGAIN: "yes"} if text == AGAIN else {})}

    def flow(name: str, finish: Callable[[Place, Answers], Awaitable[End]], steps: tuple[Step, ...]) -> Flow:
        return Flow(name, "utter_title_postal", finish, steps=steps, given=given, matter=MATTER)

    return (
        flow(PRICE, pricing.price, pricing.routes(PRICE).steps()),
        flow(COMPARE, pricing.compare, pricing.routes(COMPARE).steps()),
        Flow(WEIGH, "utter_title_postal", pricing.weighed, steps=(_WEIGHT,), matter=MATTER),
        Flow("postal_exempt", "utter_title_postal", pricing.exempt),
    )


def _weight(inbound: Inbound) -> str | None:
    return weight_said(inbound.text) or None


def which_procedure(at: Place) -> End:
    """Ask which procedure is meant; the ways of filing it are compared then."""
    state = waiting_for_post(at.state, COMPARE)
    return End((Reply(at.texts.render("utter_postal_which")),), state)


def abroad(at: Place, voice: PostalVoice) -> End:
    """Say that the public postal service does not go abroad, and who does."""
    choices = tuple(voice.choices("", None))
    return End((Reply(at.texts.render("utter_postal_answer_abroad"), choices),), noted(at.state))


def _under(at: Place, procedure: Procedure | None) -> ConversationState:
    return msgspec.structs.replace(at.state, procedure=procedure.code) if procedure else at.state


_WEIGHT = Step(
    "weight", asks="utter_postal_weight", example="utter_postal_weight_example", reads=_weight, skippable=True
)
