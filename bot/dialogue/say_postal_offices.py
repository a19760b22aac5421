"""Names post offices with what the imported list says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.contract import Choice, Reply
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.say_postal_price import joined
from bot.dialogue.texts import Texts
from bot.postal.office import Near


@dataclass(frozen=True)
class OfficesVoice:
    """Says offices with the sentences of ``domain.yml``."""

    texts: Texts
    about: AboutPostal

    def near(self, found: Sequence[Near], lead: str) -> Reply:
        """Name the nearest ones, or say that the list has none."""
        if not found:
            return self.none()
        blocks = ["\n".join(self._office(one)) for one in found]
        sources = dict.fromkeys((one.office.source, one.office.as_of) for one in found)
        source = "\n".join(PostalVoice(self.texts, self.about).source(*one) for one in sources if one[0])
        maps = [
            Choice(
                "",
                self.texts.render("utter_button_office_map", name=one.office.name),
                self.about.map_link(one.office),
            )
            for one in found
        ]
        again = Choice("do:postal_offices", self.texts.render("utter_button_offices_again"))
        return Reply(joined([lead, *blocks, self.texts.render("utter_offices_call"), source]), (again, *maps))

    def none(self) -> Reply:
        """Say that there is no list, and who knows."""
        site = Choice("", self.texts.render("utter_button_post_site"), self.about.links.site)
        return Reply(self.texts.render("utter_offices_none"), (site,))

    def _office(self, near: Near) -> list[str]:
        office, render = near.office, self.texts.render
        far = ""
        if near.kilometres is not None:
            key = "utter_offices_far" if near.exact else "utter_offices_far_about"
            far = render(key, kilometres=self._kilometres(near.kilometres))
        lines = [f"**{office.name}**{far}", office.address]
        if office.hours:
            lines.append(render("utter_offices_hours", hours=office.hours))
        if office.phone:
            lines.append(render("utter_offices_phone", phone=office.phone))
        return [line for line in lines if line]

    def _kilometres(self, far: float) -> str:
        said = f"{far:.1f}" if far < 10 else f"{far:.0f}"
        return said.replace(".", ",") if self.texts.language == "vi" else said
