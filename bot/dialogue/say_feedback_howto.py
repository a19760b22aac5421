"""How feedback is given here (Articles 7, 9, 12, 13): the same parts for the chat, the public page and the sheet on the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.dialogue.texts import Texts
from feedback.office import IntakeWay, Office

_DOORS = ("address", "phone", "email", "website", "hours", "portal")


@dataclass(frozen=True)
class Part:
    """One part of the instructions."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class HowToVoice:
    """Says the instructions in one language."""

    texts: Texts
    office: Office

    def parts(self, day: date) -> tuple[Part, ...]:
        """Return the instructions as they hold on a day."""
        say = self.texts.render
        return (
            Part(say("utter_howto_here"), tuple(self._here(day))),
            Part(say("utter_howto_doors"), tuple(self._doors())),
            Part(
                say("utter_howto_needs"),
                (
                    say("utter_howto_need_language"),
                    say("utter_howto_need_sender"),
                    say("utter_howto_need_proposal"),
                ),
            ),
            Part(
                say("utter_howto_next"),
                (say("utter_howto_next_book"), say("utter_howto_next_transfer"), say("utter_howto_next_public")),
            ),
            Part(say("utter_howto_not"), tuple(self._elsewhere())),
        )

    def source(self) -> str:
        """Return where the addresses are from; empty where there are none."""
        doors = self.office.doors
        if not doors.source or doors.checked is None:
            return ""
        return self.texts.render("utter_howto_source", source=doors.source, day=f"{doors.checked:%d/%m/%Y}")

    def _here(self, day: date) -> Iterator[str]:
        office, texts = self.office, self.texts
        if office.intake is IntakeWay.TRIAL:
            yield texts.render("utter_howto_here_trial")
            return
        if office.intake is IntakeWay.PUBLISHED_ADDRESS:
            yield texts.render("utter_howto_here_published", name=office.name, decision=office.decision)
        else:
            yield texts.render("utter_howto_here_forward", name=office.name, mail=office.forward_to)
        unit = office.receiving(day)
        if unit.name != office.name:
            yield texts.render("utter_howto_unit", name=unit.name)

    def _doors(self) -> Iterator[str]:
        for name in _DOORS:
            value = getattr(self.office.doors, name)
            if value:
                yield self.texts.render(f"utter_howto_{name}", value=value)

    def _elsewhere(self) -> Iterator[str]:
        yield self.texts.render("utter_howto_not_complaint")
        if self.office.doors.field_reports:
            yield self.texts.render("utter_howto_not_field", value=self.office.doors.field_reports)
