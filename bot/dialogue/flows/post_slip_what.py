"""The second part of filling in a slip: the agency, what lies in the envelope, how heavy it is, and who pays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.channels.contract import Choice, Inbound
from bot.dialogue.dossier_codes import codes_in
from bot.dialogue.dossier_memory import last_code
from bot.dialogue.flow import Answers, Heard, Offer, Place, Question, Step, answer_id, folded_words
from bot.dialogue.flows.post_slip_papers import DONE, TITLE, PaperStep
from bot.dialogue.flows.post_slip_who import FORM, WhoSteps, returns, sends
from bot.dialogue.flows.postal_price import USUAL_SHEETS
from bot.dialogue.post_slip_ports import AboutSlips
from bot.dialogue.postal_asked import grams_of, weight_said
from bot.dialogue.say_post_slip import cut_titles
from bot.dialogue.say_postal_price import PriceVoice, grams
from bot.dialogue.typed_answers import asks_something
from bot.postal.comparison import Comparison
from bot.postal.option import PostalOption
from bot.postal.ports import Wish
from bot.postal.quote import NoQuote, Zone
from bot.postal.request import FeeBy, Party, Payer
from feedback.requirements import plain
from nlu.catalogue.model import FeeKind, FilingWay, Procedure
from nlu.places.place import Outcome
from nlu.text import normalise
from nlu.weights import without_weight

MOST_OFFICES = 4
_ON_DELIVERY = re.compile(r"\b(?:luc nhan|khi nhan|nhan moi tra|tra sau|nguoi nhan|nhan ket qua|on delivery|later)\b")
_ON_SENDING = re.compile(r"\b(?:luc gui|khi gui|tra truoc|tra luon|tra ngay|nguoi gui|now|when sending)\b")
_BY_POST = re.compile(r"\b(?:nho buu dien|qua buu dien|buu dien (?:nop|thu|dong)|thu ho|nop ho|through the post)\b")
_DIRECT = re.compile(
    r"\b(?:tu nop|nop truc tiep|chuyen khoan|nop online|truc tuyen|tai quay|qua mang|directly|transfer)\b"
)
_NO_FEE = re.compile(r"\b(?:khong phai nop|mien phi|khong mat phi|mien|khong co phi|no fee|free)\b")

_AROUND_WEIGHT = re.compile(
    r"(?:\s*\b(?:a|nham|nham roi|thoi|khoang|chung|tam|co|tong|tong cong|ca|tat ca|het|la|nang|can|can nang|giay|giay to|phong bi|ho so|bi|cai|no"
    r"|em|toi|minh|doi|sua|lai|sang|thanh|thanh ra|duoc|day|do|nhe|nha|luon|roi|hon|gan|about|it|is|weighs|weight|sheets)\b[ ,.]*)*"
)
"""What may stand around a weight that is all that is said."""


@dataclass(frozen=True)
class WhatSteps:
    """The steps; they read what ``AboutSlips`` gives."""

    about: AboutSlips
    who: WhoSteps

    @property
    def papers(self) -> PaperStep:
        """What lies in the envelope."""
        return PaperStep(self.about.post.catalogue)

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (self._office_step(), *self._contents(), *self._paying())

    def _office_step(self) -> Step:
        return Step(
            "office",
            asks="utter_pslip_ask_office",
            example="utter_pslip_ask_office_example",
            label="utter_label_pslip_office",
            question=self._office,
            reads=_office_words,
            taps=_is_office,
            heard=self._office_heard,
        )

    def _contents(self) -> tuple[Step, ...]:
        return (
            self.papers.step(),
            Step(
                "dossier",
                asks="utter_pslip_ask_dossier",
                example="utter_pslip_ask_dossier_example",
                label="utter_label_pslip_dossier",
                question=_dossier,
                reads=_dossier_code,
                taps=lambda value: bool(codes_in(value).dossiers),
                numbers=True,
                skippable=True,
                needed=lambda answers: not sends(answers),
            ),
            Step(
                "weight",
                asks="utter_pslip_ask_weight_plain",
                example="utter_pslip_ask_weight_example",
                label="utter_label_pslip_weight",
                question=self._weight,
                reads=_weight_said,
                taps="ok".__eq__,
                numbers=True,
                told=_weight_told,
                heard=self._weight_heard,
            ),
        )

    def _paying(self) -> tuple[Step, ...]:
        payers = tuple(Offer(one.value, f"utter_button_pslip_{one.value}") for one in Payer)
        fees = tuple(Offer(one.value, f"utter_button_pslip_fee_{one.value}") for one in FeeBy)
        return (
            Step(
                "payer",
                asks="utter_pslip_ask_payer",
                label="utter_label_pslip_payer",
                question=_payer,
                reads=_payer_said,
                offers=payers,
            ),
            Step(
                "fee_by",
                asks="utter_pslip_ask_fee",
                label="utter_label_pslip_fee",
                question=self._fee,
                reads=_fee_said,
                offers=fees,
            ),
        )

    # ---- the agency ----------------------------------------------------------------------------------------------

    async def _office(self, at: Place, answers: Answers) -> Question:
        render = at.texts.render
        names = [
            ", ".join(part for part in (one.name, one.address) if part) for one in await self._offices(at, answers)
        ]
        choices = tuple(
            Choice(answer_id(FORM, "office", f"o{place}"), name) for place, name in enumerate(cut_titles(names, TITLE))
        )
        key = "utter_pslip_ask_office" if sends(answers) else "utter_pslip_ask_office_back"
        return Question(render(key if choices else "utter_pslip_ask_office_free"), choices)

    async def _office_heard(self, at: Place, answers: Answers) -> Heard:
        said = answers["office"]
        kept = {name: value for name, value in answers.items() if name != "office"}
        if _is_office(said):
            offices = await self._offices(at, answers)
            place = int(said[1:])
            return Heard({**kept, "office": _packed(offices[place])} if place < len(offices) else kept)
        found = self.about.post.places.read(normalise(said))
        if found.outcome is Outcome.ABROAD:
            return Heard(kept, lead=at.texts.render("utter_pslip_abroad"))
        province = found.province.code if found.province else ""
        return Heard({**kept, "office": _packed(Party(plain(said), "", "", "", "", province=province))})

    async def _offices(self, at: Place, answers: Answers) -> Sequence[Party]:
        procedure, parties = await self._procedure(answers), await self.who.parties(at, answers)
        if procedure is None or parties is None:
            return ()
        return self.about.offices(procedure, parties.applicant)[:MOST_OFFICES]

    # ---- weight and money ----------------------------------------------------------------------------------------

    async def _weight(self, at: Place, answers: Answers) -> Question:
        estimate, papers = await self._estimate(answers)
        ok = Choice(answer_id(FORM, "weight", "ok"), at.texts.render("utter_button_pslip_right"))
        key = "utter_pslip_ask_weight" if papers else "utter_pslip_ask_weight_plain"
        return Question(at.texts.render(key, weight=grams(at.texts, estimate), papers=papers), (ok,))

    async def _weight_heard(self, at: Place, answers: Answers) -> Heard:
        if answers["weight"] == "ok":
            return Heard({**answers, "weight": str((await self._estimate(answers))[0])})
        facts = self.about.post.facts
        weight = grams_of(answers["weight"], facts)
        answers = {**answers, "weight": str(weight)}
        if "option" not in answers:
            return Heard(answers)
        quote = facts.quote(PostalOption(answers["option"]), Zone.SAME_PROVINCE, weight, carry_fee=False)
        if quote is NoQuote.TOO_HEAVY:
            return Heard(answers, lead=PriceVoice(at.texts, self.about.post).no_quote(quote, Zone.SAME_PROVINCE))
        return Heard(answers)

    async def _estimate(self, answers: Answers) -> tuple[int, int]:
        """Return grams, and from how many papers they were estimated."""
        found = await self._compared(answers)
        return (found.weight, found.papers) if found else (self.about.post.facts.weigh(USUAL_SHEETS), 0)

    async def _fee(self, at: Place, answers: Answers) -> Question | str:
        found = await self._compared(answers)
        fees = [way.fee for way in found.ways if way.way is FilingWay.POST] if found else []
        if fees and all(fee.kind is FeeKind.FREE for fee in fees):
            return FeeBy.NONE.value
        return Question(at.texts.render("utter_pslip_ask_fee"))

    async def _procedure(self, answers: Answers) -> Procedure | None:
        return await self.about.post.catalogue.get(answers["procedure"])

    async def _compared(self, answers: Answers) -> Comparison | None:
        """Return the ways side by side; ``None`` where the procedure was taken out of the catalogue meanwhile."""
        procedure = await self._procedure(answers)
        papers = await self.papers.sent(answers) if sends(answers) else None
        wish = Wish(PostalOption(answers["option"]), papers=papers)
        return self.about.post.facts.compare(procedure, wish) if procedure else None


def office_in(answers: Answers) -> Party:
    """Return the agency that was chosen."""
    return msgspec.json.decode(answers["office"], type=Party)


def _packed(party: Party) -> str:
    return msgspec.json.encode(party).decode()


def _is_office(value: str) -> bool:
    return re.fullmatch(r"o\d", value) is not None


async def _payer(at: Place, answers: Answers) -> Question | str:
    return Question(at.texts.render("utter_pslip_ask_payer")) if returns(answers) else Payer.SENDER.value


async def _dossier(at: Place, answers: Answers) -> Question:
    code = last_code(at.state)
    choices = (Choice(answer_id(FORM, "dossier", code), code),) if code else ()
    return Question(at.texts.render("utter_pslip_ask_dossier"), choices)


def _office_words(inbound: Inbound) -> str | None:
    said = plain(inbound.text)
    letters = sum(one.isalpha() for one in said)
    names = len(said.split()) > 1 and not DONE.fullmatch(folded_words(inbound))
    return said if names and letters >= 4 and len(said) <= 200 and not asks_something(said) else None


def _dossier_code(inbound: Inbound) -> str | None:
    found = codes_in(inbound.text).dossiers
    return found[0].text if found else None


def _weight_said(inbound: Inbound) -> str | None:
    found = weight_said(inbound.text)
    if found:
        return found
    return "ok" if DONE.fullmatch(folded_words(inbound)) else None


def _weight_told(inbound: Inbound) -> str | None:
    """Read a message that tells a weight and nothing else, whatever was asked."""
    found = weight_said(inbound.text)
    rest = without_weight(inbound.text).strip(" .,!")
    return found if found and _AROUND_WEIGHT.fullmatch(rest) else None


def _payer_said(inbound: Inbound) -> str | None:
    said = folded_words(inbound)
    if _ON_DELIVERY.search(said):
        return Payer.ON_DELIVERY.value
    return Payer.SENDER.value if _ON_SENDING.search(said) else None


def _fee_said(inbound: Inbound) -> str | None:
    said = folded_words(inbound)
    rows = ((_NO_FEE, FeeBy.NONE), (_BY_POST, FeeBy.POST), (_DIRECT, FeeBy.DIRECT))
    return next((value.value for pattern, value in rows if pattern.search(said)), None)
