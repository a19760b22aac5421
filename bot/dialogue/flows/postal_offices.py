"""Where the nearest post offices are, by commune or by a shared location."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Ask, Inbound, InboundKind
from bot.dialogue.flow import Answers, End, Flow, Heard, Place, Question, Step
from bot.dialogue.flows.postal_price import abroad
from bot.dialogue.flows.postal_route import another_place, which_of
from bot.dialogue.postal_memory import MATTER
from bot.dialogue.postal_places import place_words, route_in, told_of, where
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.say_postal_offices import OfficesVoice
from bot.dialogue.say_postal_price import joined
from nlu.places.place import Outcome

OFFICES = "postal_offices"
MOST = 3
"""Offices named: who sees five more maps chooses none."""
_LOCATES = frozenset({"telegram", "zalo_oa"})
"""Channels whose clients can share a location with us."""
_NEAR_ENOUGH = frozenset({Outcome.COMMUNE, Outcome.SEVERAL, Outcome.ABROAD})
"""Of a place in a question; one that names a province alone is asked for its commune."""
_POINT = "@"
"""How an answer begins that is a shared location."""
_NONE = "none"
"""Answer where there is no list: then nobody is asked where they are."""


@dataclass(frozen=True)
class Offices:
    """Finds them."""

    about: AboutPostal

    async def finish(self, at: Place, answers: Answers) -> End:
        """Name the nearest ones."""
        voice, said = OfficesVoice(at.texts, self.about), answers.get("place", "")
        if said in ("", _NONE):
            return End((voice.none(),), at.state)
        if said.startswith(_POINT):
            latitude, longitude = (float(one) for one in said.removeprefix(_POINT).split(","))
            near = await self.about.offices.near_point(latitude, longitude, MOST)
            return End((voice.near(near, at.texts.render("utter_offices_here")),), at.state)
        found = where(self.about.places, said, answers.get("place_which", ""))
        if found.abroad:
            return abroad(at, PostalVoice(at.texts, self.about))
        if found.commune is None:
            return End((voice.none(),), at.state)
        near = await self.about.offices.near_commune(found.commune, MOST)
        lead = joined(["\n".join(told_of(at.texts, found)), at.texts.render("utter_offices_near", place=found.name)])
        return End((voice.near(near, lead),), at.state)

    async def ask(self, at: Place, _: Answers) -> Question | str:
        """Ask where somebody is, where that leads anywhere."""
        if await self.about.offices.is_empty():
            return _NONE
        key = "utter_offices_where" if at.ref.channel in _LOCATES else "utter_offices_where_typed"
        return Question(at.texts.render(key))

    async def heard(self, at: Place, answers: Answers) -> Heard:
        """Ask once more where only a province was named: its offices are too many to call one the nearest."""
        said = answers.get("place", "")
        if not said or said == _NONE or said.startswith(_POINT):
            return Heard(answers)
        found = where(self.about.places, said)
        if found.reading.outcome is not Outcome.PROVINCE or found.province is None:
            return Heard(answers)
        unknown = found.reading.unknown
        key = "utter_offices_unknown" if unknown else "utter_offices_which_commune"
        lead = at.texts.render(key, name=unknown, province=found.province.name)
        return Heard({name: one for name, one in answers.items() if name != "place"}, lead)

    async def which(self, at: Place, answers: Answers) -> Question | str:
        """Ask which of several communes is meant, where that leads anywhere."""
        if await self.about.offices.is_empty():
            return _NONE
        return which_of(self.about, at, answers.get("place", ""), OFFICES, "place_which")

    def torn(self, answers: Answers) -> bool:
        """Tell whether several communes may be meant."""
        said = answers.get("place", "")
        words = said and said != _NONE and not said.startswith(_POINT)
        return bool(words) and self.about.places.read(said).outcome is Outcome.SEVERAL

    def place(self, inbound: Inbound) -> str | None:
        """Accept the name of a place, or a shared location."""
        if inbound.kind is InboundKind.LOCATION:
            latitude, longitude = inbound.data.get("latitude"), inbound.data.get("longitude")
            return f"{_POINT}{latitude},{longitude}" if latitude is not None and longitude is not None else None
        return place_words(self.about.places, inbound.text)

    def given(self, text: str) -> Answers:
        """Take the place that a question names: "bưu cục nào gần xã Ia Chim"."""
        begins, ends = route_in(text)
        for words in (begins or ends, _behind_near(text)):
            if words and self.about.places.read(words).outcome in _NEAR_ENOUGH:
                return {"place": words}
        return {}


def office_flows(about: AboutPostal) -> tuple[Flow, ...]:
    """Return the flow that names post offices."""
    offices = Offices(about)
    steps = (
        Step(
            "place",
            asks="utter_offices_where",
            example="utter_offices_example",
            label="utter_postal_label_place",
            reads=offices.place,
            kinds=frozenset({InboundKind.TEXT, InboundKind.LOCATION}),
            ask=Ask.LOCATION,
            question=offices.ask,
            heard=offices.heard,
            private=True,
        ),
        Step(
            "place_which",
            asks="utter_place_which",
            reads=lambda inbound: place_words(about.places, inbound.text),
            needed=offices.torn,
            question=offices.which,
            taps=str.isdigit,
            heard=another_place("place"),
        ),
    )
    return (Flow(OFFICES, "utter_title_offices", offices.finish, steps=steps, given=offices.given, matter=MATTER),)


def _behind_near(text: str) -> str:
    """Return the words behind "gần", "ở" and the like."""
    for word in (" gần ", " ở ", " tại ", " gan ", " o ", " tai ", " near ", " in "):
        _, found, rest = f" {text.strip(' ?.!')} ".partition(word)
        if found:
            return rest.strip()
    return ""
