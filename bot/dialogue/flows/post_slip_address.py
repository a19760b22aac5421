"""The questions for one address on a slip: as it is written, which commune of today that is, and house or hamlet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.channels.contract import Choice, Inbound
from bot.dialogue.flow import Answers, Heard, Offer, Place, Question, Step, answer_id, folded_words, some_words
from bot.dialogue.postal_places import Where, told_of
from bot.dialogue.typed_answers import asks_something
from bot.postal.ports import ReadsPlaces
from bot.postal.request import Party
from feedback.requirements import address_of, plain
from nlu.places.place import Outcome
from nlu.text import fold, normalise

SAME = "same"
"""Answer of an address that is the applicant's own."""
_KEEP, _AGAIN = "keep", "again"
_YES = frozenset({"dung", "dung roi", "dung vay", "phai", "vang", "ok", "co", "yes", "right", "giu nguyen", "keep"})
_SAME = re.compile(
    r"(?:(?:nhu|giong|cung|chung)(?: \w+){0,5}|(?:dung )?dia chi (?:cu|do|nay|tren|cua toi|nha toi)|ve nha(?: toi| em)?|same.*)"
)


@dataclass(frozen=True)
class AddressSteps:
    """The steps of one address; names of answers begin with that of the first step."""

    places: ReadsPlaces
    flow: str
    name: str
    needed: Callable[[Answers], bool]
    own: bool = False
    """Whether it can be the applicant's own address."""

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (self._words(), self._which(), self._street())

    def _words(self) -> Step:
        return Step(
            self.name,
            asks=f"utter_pslip_ask_{self.name}",
            example="utter_pslip_ask_address_example",
            label=f"utter_label_pslip_{self.name}",
            reads=_same_or_address if self.own else _address,
            offers=(Offer(SAME, "utter_button_pslip_same"),) if self.own else (),
            numbers=True,
            private=True,
            needed=self.needed,
            heard=self._heard,
        )

    def _which(self) -> Step:
        return Step(
            f"{self.name}_commune",
            asks="utter_pslip_place_unknown",
            question=self._asks_which,
            reads=_picked,
            taps=lambda value: value.isdigit() or value in (_KEEP, _AGAIN),
            numbers=True,
            private=True,
            needed=self._given,
            heard=self._chosen,
        )

    def _street(self) -> Step:
        return Step(
            f"{self.name}_street",
            asks="utter_pslip_ask_street",
            question=self._asks_street,
            reads=lambda inbound: None if asks_something(inbound.text) else some_words(inbound),
            numbers=True,
            private=True,
            skippable=True,
            needed=lambda answers: self._given(answers) and answers.get(f"{self.name}_commune") != _KEEP,
        )

    def _given(self, answers: Answers) -> bool:
        return self.needed(answers) and answers.get(self.name) != SAME

    async def _heard(self, at: Place, answers: Answers) -> Heard:
        """Look at what was written: abroad is refused, old names and districts are told."""
        kept = {name: value for name, value in answers.items() if name not in self._parts}
        if answers[self.name] == SAME:
            return Heard(kept)
        found = self._read(answers)
        if found.abroad:
            del kept[self.name]
            return Heard(kept, lead=at.texts.render("utter_pslip_abroad"))
        return Heard(kept, lead=_remarks(at, found))

    async def _asks_which(self, at: Place, answers: Answers) -> Question | str:
        found, render = self._read(answers), at.texts.render
        reading = found.reading
        if found.commune is not None and not reading.guessed:
            return found.commune.code
        again = self._choice(_AGAIN, render("utter_button_pslip_again"))
        if found.commune is not None:
            right = self._choice(found.commune.code, render("utter_button_pslip_right"))
            return Question(render("utter_pslip_place_guess", name=found.name), (right, again))
        keep = self._choice(_KEEP, render("utter_button_pslip_keep"))
        if reading.outcome is Outcome.SEVERAL:
            some = tuple(self._choice(one.code, f"{one.name}, {one.province.name}") for one in reading.candidates)
            return Question(render("utter_pslip_place_which"), (*some, keep))
        key = "utter_pslip_place_unknown_in" if found.province else "utter_pslip_place_unknown"
        province = found.province.name if found.province else ""
        return Question(render(key, words=plain(answers[self.name]), province=province), (keep, again))

    async def _chosen(self, at: Place, answers: Answers) -> Heard:
        """Take the choice; words in its place are a better name for the place, or a whole new address."""
        step = f"{self.name}_commune"
        said = answers[step]
        if said.isdigit() or said == _KEEP:
            return Heard(answers)
        kept = {name: value for name, value in answers.items() if name not in (step, self.name)}
        if said == _AGAIN:
            return Heard(kept)
        if fold(said.lower()).strip(" .,!") in _YES:
            found = self._read(answers)
            return Heard({**answers, step: found.commune.code if found.commune else _KEEP})
        names_place = self.places.read(normalise(said)).outcome is not Outcome.NONE
        if not names_place and self._read(answers).reading.outcome is not Outcome.NONE:
            # Neither a choice nor a place: nothing of it belongs into an address that is half understood.
            return Heard({**kept, self.name: answers[self.name]}, lead=at.texts.render("utter_flow_again"))
        together = f"{answers[self.name]}, {said}"
        whole = together if self.places.read(normalise(together)).outcome is Outcome.COMMUNE else said
        return await self._heard(at, {**kept, self.name: whole})

    async def _asks_street(self, at: Place, answers: Answers) -> Question | str:
        return "" if self._read(answers).reading.rest else Question(at.texts.render("utter_pslip_ask_street"))

    def party(self, answers: Answers, name: str, phone: str, email: str = "") -> Party:
        """Return the party at this address."""
        found = self._read(answers)
        province = found.province.code if found.province else ""
        if found.commune is None or answers.get(f"{self.name}_commune") == _KEEP:
            return Party(name, phone, "", "", plain(answers[self.name]), email, province)
        street = ", ".join(part for part in (answers.get(f"{self.name}_street", ""), found.reading.rest) if part)
        return Party(name, phone, street, found.commune.code, found.name, email, province)

    def _read(self, answers: Answers) -> Where:
        reading = self.places.read(normalise(answers[self.name]))
        picked = answers.get(f"{self.name}_commune", "")
        commune = next((one for one in reading.candidates if one.code == picked), reading.commune)
        return Where(reading, commune, commune.province if commune else reading.province)

    def _choice(self, value: str, title: str) -> Choice:
        return Choice(answer_id(self.flow, f"{self.name}_commune", value), title)

    @property
    def _parts(self) -> frozenset[str]:
        return frozenset({f"{self.name}_commune", f"{self.name}_street"})


def _remarks(at: Place, found: Where) -> str:
    """Say what became of old names and districts; what is not certain is asked instead."""
    certain = replace(found, reading=replace(found.reading, unknown="", guessed=False))
    return " ".join(told_of(at.texts, certain)) if found.name else ""


def _address(inbound: Inbound) -> str | None:
    return None if asks_something(inbound.text) else address_of(inbound.text)


def _same_or_address(inbound: Inbound) -> str | None:
    return SAME if _SAME.fullmatch(folded_words(inbound)) else _address(inbound)


def _picked(inbound: Inbound) -> str | None:
    said = normalise(inbound.text)
    return None if said.isdigit() or asks_something(said) else some_words(inbound)
