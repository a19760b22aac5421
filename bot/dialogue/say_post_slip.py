"""Says what stands on the sender's slip (Phiếu gửi hồ sơ): to look at, to print, to send to a post office, to list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.contract import Reply
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_moments import say_as_of, say_day, say_masked
from bot.dialogue.say_postal_price import PriceVoice, grams, joined
from bot.dialogue.texts import Texts
from bot.dossiers.disclosure import masked
from bot.postal.comparison import Comparison, WayFacts
from bot.postal.ports import Wish
from bot.postal.request import FeeBy, Parties, Party, PostalRequest
from nlu.catalogue.model import FilingWay


@dataclass(frozen=True)
class Line:
    """One field."""

    label: str
    value: str = ""
    """Empty: a blank to be written in by hand."""


@dataclass(frozen=True)
class Section:
    """Fields that belong together."""

    title: str
    lines: tuple[Line, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class PostSlipVoice:
    """Says it with the sentences of ``domain.yml``."""

    texts: Texts

    def sections(self, request: PostalRequest) -> tuple[Section, ...]:
        """Return what the person filled in, in the order of Article 9.2."""
        render = self.texts.render
        parties = [
            Section(render("utter_pslip_sender"), self._party(request.sender)),
            Section(render("utter_pslip_receiver"), self._party(request.receiver)),
        ]
        if request.sends and request.returns:
            parties.append(Section(render("utter_pslip_home"), self._party(request.home)))
        return (*parties, self._matter(request), *self._contents(request))

    def preview(self, request: PostalRequest, *, hidden: bool) -> str:
        """Say all of it in a message.

        Args:
            request: as it will be kept.
            hidden: whether names and numbers are masked: they were given on the page so that they do not stand here.
        """
        shown = _hidden(request) if hidden else request
        parts = [self.texts.render("utter_pslip_practice")] if request.practice else []
        for section in self.sections(shown):
            lines = [f"- {line.label}: {line.value}" for line in section.lines if line.value]
            lines += [f"- {item}" for item in section.items]
            parts.append("\n".join([f"**{section.title}**", *lines]))
        parts += [self.texts.render(key) for key in request.notes]
        return "\n\n".join(parts)

    def letter(self, request: PostalRequest) -> Reply:
        """Return the slip as an e-mail to a post office; its first line is the subject. Always Vietnamese, as the slip is."""
        speaking = replace(self, texts=self.texts.speaking("vi"))
        render = speaking.texts.render
        subject = render("utter_pslip_mail_subject", number=request.id)
        intro = render("utter_pslip_mail_intro", number=request.id, made=say_as_of(request.made_at))
        return Reply(f"{subject}\n{intro}\n\n{speaking.preview(request, hidden=False)}")

    def listed(self, request: PostalRequest) -> str:
        """Say one request in a line: its number, what for, how far."""
        render = self.texts.render
        codes = [
            render("utter_pslip_with_dossier", code=request.dossier_code) if request.dossier_code else "",
            render("utter_pslip_with_item", code=request.item_code) if request.item_code else "",
        ]
        state = render(f"utter_pslip_state_{request.state.value}")
        said = render("utter_pslip_line", number=request.id, name=request.procedure_name, state=state)
        return "; ".join([said, *(code for code in codes if code)])

    def _party(self, party: Party) -> tuple[Line, ...]:
        values = (
            ("name", party.name),
            ("address", party.address),
            ("phone", _dial(party.phone)),
            ("email", party.email),
        )
        return tuple(Line(self.texts.render(f"utter_pslip_{name}"), value) for name, value in values)

    def _matter(self, request: PostalRequest) -> Section:
        render = self.texts.render
        lines = [
            Line(render("utter_pslip_procedure"), f"{request.procedure_name} ({request.procedure_code})"),
            Line(render("utter_pslip_way"), render(f"utter_pslip_way_{request.option.value}")),
            Line(render("utter_pslip_weight"), grams(self.texts, request.weight)),
            Line(render("utter_pslip_payer"), render(f"utter_pslip_payer_{request.payer.value}")),
            Line(render("utter_pslip_fee"), render(f"utter_pslip_fee_{request.fee_by.value}")),
        ]
        if request.dossier_code:
            lines.append(Line(render("utter_pslip_dossier"), request.dossier_code))
        if request.item_code:
            lines.append(Line(render("utter_pslip_item"), request.item_code))
        return Section(render("utter_pslip_matter"), tuple(lines))

    def _contents(self, request: PostalRequest) -> list[Section]:
        render = self.texts.render
        found = []
        if request.sends:
            found.append(Section(render("utter_pslip_papers"), items=request.papers))
        if request.returns:
            found.append(Section(render("utter_pslip_result"), items=(request.result,)))
        return found


@dataclass(frozen=True)
class SlipPrice:
    """Says what the journey on a slip costs and when it ends, as far as is known today."""

    texts: Texts
    about: AboutPostal

    def said(self, found: Comparison) -> str:
        """Say price and days, each with its source."""
        way = _post(found)
        if way is None:
            return ""
        voice = PriceVoice(self.texts, self.about)
        parts = (
            voice.quote(way.quote) if way.quote else [voice.no_quote(way.no_quote, found.zone)] if way.no_quote else []
        )
        basis = voice.basis(found.zone, found.weight, assumed=not found.zone_known, estimated=False)
        return joined([*parts, basis if parts else "", self._days(way)])

    def time(self, found: Comparison) -> str:
        """Say the days alone."""
        way = _post(found)
        return self._days(way) if way else ""

    def _days(self, way: WayFacts) -> str:
        """Say when the result is there, and where that cannot be said that it cannot."""
        ends = way.journey.ends
        if ends is None:
            return self.texts.render("utter_pslip_days_unknown")
        key = "utter_pslip_days_about" if way.journey.unverified else "utter_pslip_days"
        return self.texts.render(key, start=say_day(self.texts, way.journey.starts), day=say_day(self.texts, ends))

    def amount(self, found: Comparison) -> str:
        """Say the price alone; empty where none is known."""
        way = _post(found)
        return PriceVoice(self.texts, self.about).range(way.quote.low, way.quote.high) if way and way.quote else ""

    def source(self, found: Comparison) -> str:
        """Say where the price comes from."""
        way = _post(found)
        if way is None or way.quote is None:
            return ""
        voice = PriceVoice(self.texts, self.about)
        return " ".join(part for part in (voice.warning(way.quote), voice.source(way.quote)) if part)


def wish_of(about: AboutPostal, request: PostalRequest) -> Wish:
    """Return what is asked of the facts for a slip."""
    there = request.office.province or (about.home.code if about.home else "")
    here = (request.home if request.returns else request.applicant).province
    zone = about.facts.zone(here, there) if here and there else None
    return Wish(request.option, zone, request.weight, carry_fee=request.fee_by is FeeBy.POST)


def _post(found: Comparison) -> WayFacts | None:
    return next((way for way in found.ways if way.way is FilingWay.POST), None)


def _hidden(request: PostalRequest) -> PostalRequest:
    door = _veiled(request.door) if request.door else None
    return replace(request, applicant=_veiled(request.applicant), door=door)


def _veiled(party: Party) -> Party:
    """Leave so much of somebody that they know it is theirs."""
    phone = f"… {party.phone[-3:]}" if party.phone else ""
    return replace(party, name=say_masked(masked(party.name)), phone=phone, street="", email="")


def known_parties(texts: Texts, parties: Parties) -> tuple[str, str]:
    """Return the applicant's masked name and place, for who fills in the page again."""
    veiled = _veiled(parties.applicant)
    return veiled.name, veiled.place or texts.render("utter_pslip_no_place")


def _dial(phone: str) -> str:
    """Return a number as people dial it here."""
    return f"0{phone.removeprefix('+84')}" if phone.startswith("+84") else phone


def cut_titles(names: Sequence[str], most: int) -> list[str]:
    """Return names that fit buttons."""
    return [one if len(one) <= most else one[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…" for one in names]
