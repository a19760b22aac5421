"""The questions "gửi từ đâu, đến đâu" that a price and a comparison share, and the zone that their answers come to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.contract import Choice, Inbound
from bot.dialogue.flow import Answers, Heard, Offer, Place, Question, Step, answer_id
from bot.dialogue.postal_memory import journey, wish_of
from bot.dialogue.postal_places import Where, distance_said, place_words, places_said, told_of, where
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.runner import FIXING
from bot.postal.quote import Zone
from nlu.places.place import Outcome

KNOWN = "known"
"""Answer of a question that needs not be asked: the conversation remembers."""
_BARE = frozenset({"", "same", "other", KNOWN})
"""Answers that name no place."""
_FAR = {"same": Zone.SAME_PROVINCE, "other": Zone.OTHER_PROVINCE}
_BOTH = " -> "
"""Between two places that were told at once; nobody types it between names."""
AGAIN = "again"
"""Among the answers: the person wants to name other places than before."""


@dataclass(frozen=True)
class Route:
    """What the answers come to."""

    zone: Zone | None
    """``None`` where it was not said: an example is told then."""
    origin: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()
    abroad: bool = False


@dataclass(frozen=True)
class Routes:
    """Asks for both ends, as little as it can."""

    about: AboutPostal
    flow: str
    """Name of the flow that asks."""
    matters: Callable[[Place, Answers], Awaitable[bool]]
    """Tells whether the distance changes the answer at all; where it does not, nobody is asked."""

    def steps(self) -> tuple[Step, ...]:
        """Return the questions."""
        same = Offer("same", "utter_postal_same")
        other = Offer("other", "utter_postal_other")
        return (
            Step(
                "from",
                asks="utter_postal_from",
                example="utter_postal_place_example",
                label="utter_postal_label_from",
                reads=self._far_or_places,
                offers=(same, other),
                skippable=True,
                question=self._from,
                heard=_both_ends,
            ),
            self._which("from"),
            Step(
                "to",
                asks="utter_postal_to",
                example="utter_postal_place_example",
                label="utter_postal_label_to",
                reads=self._far_or_place,
                offers=(same,),
                skippable=True,
                needed=lambda answers: self._names(answers, "from"),
                question=self._to,
            ),
            self._which("to"),
        )

    def route(self, at: Place, answers: Answers) -> Route:
        """Return what the answers come to, with what the person should know of how they were understood."""
        said, talk = answers.get("from", ""), journey(at.state)
        if said == KNOWN:
            return Route(wish_of(talk).zone, talk.origin, talk.target)
        if said in _FAR:
            return Route(_FAR[said])
        begins, ends = self._where(answers, "from"), self._end(answers)
        found = [one for one in (begins, ends) if one is not None]
        if any(one.abroad for one in found):
            return Route(None, abroad=True)
        notes = tuple(note for one in found for note in told_of(at.texts, one))
        if answers.get("to") == "same" and begins is not None:
            return Route(Zone.SAME_PROVINCE, begins.name, "", notes)
        target = ends.province if ends else self.about.home
        if begins is None or begins.province is None or target is None:
            return Route(None, begins.name if begins else "", ends.name if ends else "", notes)
        zone = self.about.facts.zone(begins.province.code, target.code)
        return Route(zone, begins.name, ends.name if ends and ends.name else target.name, notes)

    def _which(self, step: str) -> Step:
        """Ask which of several places of one name is meant, where they lie in different provinces."""
        return Step(
            f"{step}_which",
            asks="utter_place_which",
            reads=self._another,
            skippable=True,
            needed=lambda answers: self._torn(answers, step),
            question=_asks_which(self.about, self.flow, step),
            taps=str.isdigit,
            heard=another_place(step),
        )

    def _far_or_place(self, inbound: Inbound) -> str | None:
        return distance_said(inbound.text) or place_words(self.about.places, inbound.text)

    def _far_or_places(self, inbound: Inbound) -> str | None:
        """Accept both ends where they stand in one message: "tôi ở Huế gửi ra Hà Nội"."""
        ends = places_said(self.about.places, inbound.text)
        return _BOTH.join(ends) if all(ends) else self._far_or_place(inbound)

    def _another(self, inbound: Inbound) -> str | None:
        return place_words(self.about.places, inbound.text)

    async def _from(self, at: Place, answers: Answers) -> Question | str:
        talk = journey(at.state)
        if FIXING not in answers and AGAIN not in answers:
            if not await self.matters(at, answers):
                return ""
            if talk.origin and "to" in answers:
                return talk.origin
            if talk.zone and "to" not in answers:
                return KNOWN
        return Question(at.texts.render("utter_postal_from"))

    async def _to(self, at: Place, answers: Answers) -> Question | str:
        talk = journey(at.state)
        if self.about.home is not None and FIXING not in answers:
            return ""
        if talk.target and FIXING not in answers and AGAIN not in answers:
            return talk.target
        begins = self._where(answers, "from")
        return Question(at.texts.render("utter_postal_to", place=begins.name if begins else ""))

    def _end(self, answers: Answers) -> Where | None:
        return self._where(answers, "to")

    def _where(self, answers: Answers, step: str) -> Where | None:
        if answers.get(step, "") in _BARE:
            return None
        return where(self.about.places, answers[step], answers.get(f"{step}_which", ""))

    def _names(self, answers: Answers, step: str) -> bool:
        found = self._where(answers, step)
        return found is not None and not found.abroad

    def _torn(self, answers: Answers, step: str) -> bool:
        said = answers.get(step, "")
        if said in _BARE:
            return False
        reading = self.about.places.read(said)
        return reading.outcome is Outcome.SEVERAL and reading.province is None


async def _both_ends(_: Place, answers: Answers) -> Heard:
    origin, both, target = answers["from"].partition(_BOTH)
    return Heard({**answers, "from": origin, "to": target} if both else answers)


def _asks_which(about: AboutPostal, flow: str, step: str) -> Callable[[Place, Answers], Awaitable[Question | str]]:
    async def question(at: Place, answers: Answers) -> Question | str:
        return which_of(about, at, answers.get(step, ""), flow, f"{step}_which")

    return question


def another_place(step: str) -> Callable[[Place, Answers], Awaitable[Heard]]:
    """Take a place that is typed where one was to be chosen for a new answer to the question before."""

    async def heard(at: Place, answers: Answers) -> Heard:
        picked = answers.get(f"{step}_which", "")
        if not picked or picked.isdigit():
            return Heard(answers)
        kept = {name: one for name, one in answers.items() if name != f"{step}_which"}
        return Heard({**kept, step: picked})

    return heard


def which_of(about: AboutPostal, at: Place, said: str, flow: str, step: str) -> Question:
    """Ask which of the places is meant that words may stand for."""
    reading = about.places.read(said)
    former = next((one.name for one in reading.former if not one.whole), "")
    key = "utter_place_divided" if former else "utter_place_which"
    choices = tuple(
        Choice(answer_id(flow, step, one.code), f"{one.name}, {one.province.name}") for one in reading.candidates
    )
    return Question(at.texts.render(key, name=former or said), choices)
