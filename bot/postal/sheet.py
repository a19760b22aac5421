"""What stands on the printed slip, before a page or a PDF gives it its form: what was filled in, blanks for the counter, the law's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_moments import say_as_of
from bot.dialogue.say_post_slip import Line, PostSlipVoice, Section, SlipPrice, wish_of
from bot.dialogue.texts import Texts
from bot.postal.request import PostalRequest
from feedback.working_time.zone import here

COMPLAINT = {
    "months": "post_complaint_within",
    "same_days": "post_complaint_same_province",
    "other_days": "post_complaint_other_province",
}
"""Rules of time by what the sheet calls their amounts."""
RIGHTS = ("right_check", "right_track", "right_complain", "duty_true", "duty_pay", "duty_forbidden")
COUNTER = ("time", "place", "staff", "item", "weighed")
"""Blanks that are filled in at the counter, but for the price."""


@dataclass(frozen=True)
class Terms:
    """A part of the contract: a paragraph, or a list."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The whole slip in words."""

    id: str
    """Number of the slip; its QR code says the same."""
    title: str
    law: str
    number: str
    marks: tuple[str, ...]
    """How far it has come, and whether it is made up."""
    sections: tuple[Section, ...]
    """As the person filled it in."""
    counter: Section
    """To be written in by hand; a line's value is a hint beside the blank."""
    terms: tuple[Terms, ...]
    signs: tuple[str, ...]
    """Who signs."""
    sign_hint: str
    made: str
    """Where it comes from, and of when."""


@dataclass(frozen=True)
class SheetVoice:
    """Says it, always in Vietnamese, as its law asks."""

    texts: Texts
    about: AboutPostal
    clock: Callable[[], datetime]

    async def sheet(self, slip: PostalRequest) -> Sheet:
        """Return a slip in words; what the post costs and takes is reckoned as of today."""
        amount, source, days = await self._price(slip)
        say = self._say
        about = say("about", amount=amount, source=source) if amount else ""
        blanks = (*(Line(say(name)) for name in COUNTER), Line(say("price"), about))
        practice = (self.texts.render("utter_pslip_practice"),) if slip.practice else ()
        rights = tuple(say(name, **self._complaint()) for name in RIGHTS)
        return Sheet(
            id=slip.id,
            title=say("title"),
            law=say("law"),
            number=say("number", number=slip.id),
            marks=(say(slip.state.value), *practice),
            sections=PostSlipVoice(self.texts).sections(slip),
            counter=Section(say("counter"), blanks),
            terms=(
                Terms(say("quality"), " ".join(part for part in (say("quality_text"), days) if part)),
                Terms(say("rights"), items=rights),
                Terms(say("compensation"), say("compensation_text")),
            ),
            signs=(say("sign_sender"), say("sign_staff")),
            sign_hint=say("sign_hint"),
            made=say("made", at=say_as_of(self.clock())),
        )

    def _say(self, name: str, **values: object) -> str:
        return self.texts.render(f"utter_pslip_sheet_{name}", "", **values)

    def _complaint(self) -> dict[str, int]:
        """Return the amounts of Article 8 as they hold today: months to complain, working days to answer."""
        rules, today = self.about.time.rules, here(self.clock()).date()
        return {name: rules.on(rule, today).amount for name, rule in COMPLAINT.items()}

    async def _price(self, slip: PostalRequest) -> tuple[str, str, str]:
        """Return price, source and days; empty where the procedure is not in the catalogue any more."""
        procedure = await self.about.catalogue.get(slip.procedure_code)
        if procedure is None:
            return "", "", ""
        found = self.about.facts.compare(procedure, wish_of(self.about, slip))
        price = SlipPrice(self.texts, self.about)
        return price.amount(found), price.source(found), price.time(found)
