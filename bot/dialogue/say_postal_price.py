"""Says what a journey by post costs, always with where the figures come from and how old they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_money_and_time import money
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.texts import Texts
from bot.postal.quote import NoQuote, Quote, Zone


@dataclass(frozen=True)
class PriceVoice:
    """Says prices with the sentences of ``domain.yml``."""

    texts: Texts
    about: AboutPostal

    def quote(self, quote: Quote) -> list[str]:
        """Say the lines of a price, their sum, who pays nothing, and the source."""
        render = self.texts.render
        lines = [
            f"- {render(f'utter_postal_line_{line.kind}')}: {self.range(line.low, line.high)}" for line in quote.lines
        ]
        if len(quote.lines) > 1:
            lines.append(render("utter_postal_sum", amount=self.range(quote.low, quote.high)))
        return ["\n".join(lines), self.exempt(quote), "\n".join([self.warning(quote), self.source(quote)]).strip()]

    def exempt(self, quote: Quote) -> str:
        """Say who pays nothing; a table may know more groups than there are names for."""
        names = [f"utter_postal_exempt_{key}" for key in quote.exempt]
        free = [self.texts.render(name) for name in names if name in self.texts.sentences]
        return self.texts.render("utter_postal_exempt", groups="; ".join(free)) if free else ""

    def no_quote(self, why: NoQuote, zone: Zone) -> str:
        """Say why no price can be told, and who knows."""
        if why is not NoQuote.TOO_HEAVY:
            return self.texts.render(f"utter_postal_no_quote_{why}")
        most, sheets = self.about.facts.heaviest(zone)
        return self.texts.render(f"utter_postal_no_quote_{why}", most=grams(self.texts, most), sheets=sheets)

    def basis(self, zone: Zone, weight: int, *, assumed: bool, estimated: bool, papers: int = 0) -> str:
        """Say what a price was computed for.

        Args:
            zone: how far it goes.
            weight: grams.
            assumed: whether the zone is only an example.
            estimated: whether nobody told the weight.
            papers: from which it was estimated; 0 for none.
        """
        render = self.texts.render
        far = render(f"utter_postal_zone_{zone}")
        key = "utter_postal_weighs_papers" if papers else "utter_postal_weighs"
        weighs = render(
            key if estimated else "utter_postal_weighs_told", weight=grams(self.texts, weight), papers=papers
        )
        return render("utter_postal_basis_example" if assumed else "utter_postal_basis", zone=far, weighs=weighs)

    def range(self, low: int, high: int) -> str:
        """Say a price, or from where to where it goes."""
        amount = money(low) if low == high else f"{money(low)}–{money(high)}"
        return self.texts.render("utter_fee_fixed", amount=amount)

    def warning(self, quote: Quote) -> str:
        """Say that a price is only for reference, where it is."""
        if quote.expired:
            return self.texts.render("utter_postal_expired")
        return self.texts.render("utter_postal_reference") if quote.reference else ""

    def source(self, quote: Quote) -> str:
        """Say where a price comes from."""
        since = f"{quote.valid_from:%Y-%m-%d}" if isinstance(quote.valid_from, date) else ""
        return PostalVoice(self.texts, self.about).source(quote.source, quote.as_of or since)


def grams(texts: Texts, weight: int) -> str:
    """Say a weight: "300 g", "1,5 kg"."""
    if weight < 1000:
        return f"{weight} g"
    kilos = f"{weight / 1000:g}"
    return f"{kilos.replace('.', ',') if texts.language == 'vi' else kilos} kg"


def joined(parts: Sequence[str]) -> str:
    """Put the parts of an answer one after the other; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)
