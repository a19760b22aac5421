"""Restates the printed slips (phiếu, giấy hẹn) of a dossier: what the office issued, in its words, never as an original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.channels.contract import Choice
from bot.dialogue.say_moments import say_as_of, say_day, say_masked, say_moment
from bot.dialogue.texts import Texts
from bot.dossiers.disclosure import Shown, without_numbers
from bot.dossiers.forms import FormSets
from bot.dossiers.record import Slip, SlipKind, Step
from feedback.working_time.zone import here

CONTROL = "control"
"""Phiếu kiểm soát quá trình giải quyết hồ sơ: made from the steps, for a proven owner."""


@dataclass(frozen=True)
class Line:
    """One field of a slip."""

    label: str
    value: str


@dataclass(frozen=True)
class Restated:
    """A slip as it is told again."""

    title: str
    lines: tuple[Line, ...]
    items: tuple[str, ...] = ()
    """Papers, or rows of the progress."""
    items_label: str = ""

    @property
    def text(self) -> str:
        """The slip in the light markup of replies."""
        told = [f"**{self.title}**", *(f"{line.label}: {line.value}" for line in self.lines)]
        if self.items:
            told += [f"{self.items_label}:", *(f"- {item}" for item in self.items)]
        return "\n".join(told)


def slip_kinds(known: Shown) -> tuple[str, ...]:
    """Return the slips that a dossier has, each kind once."""
    kinds = [kind.value for kind in SlipKind if any(slip.kind is kind for slip in known.slips)]
    return (*kinds, CONTROL) if known.steps else tuple(kinds)


def slip_choices(texts: Texts, known: Shown, only: str = "") -> list[Choice]:
    """Return the button of each slip, or of one kind alone."""
    kinds = [kind for kind in slip_kinds(known) if only in ("", kind)]
    return [Choice(f"do:slip:{known.code}:{kind}", texts.render(f"utter_button_slip_{kind}")) for kind in kinds]


@dataclass(frozen=True)
class SlipVoice:
    """Says slips."""

    texts: Texts
    forms: FormSets

    def restated(self, known: Shown, kind: str, today: date) -> Restated | None:
        """Restate the newest slip of a kind; ``None`` where there is none."""
        if kind == CONTROL:
            return self._control(known, today) if known.steps else None
        found = [slip for slip in known.slips if slip.kind == kind]
        slip = max(found, key=lambda one: one.issued_on, default=None)
        return None if slip is None else self._slip(known, slip)

    def title(self, kind: str, day: date) -> str:
        """Return the name that a form had on a day."""
        return self.texts.render(f"utter_slip_{kind}_{self.forms.on(day).name}")

    def _slip(self, known: Shown, slip: Slip) -> Restated:
        lines = [*self._head(known), *self._own(known, slip)]
        kept = tuple(line for line in lines if line.value)
        items = tuple(without_numbers(item) for item in slip.items)
        label = self.texts.render(f"utter_slip_items_{slip.kind}") if items else ""
        return Restated(self.title(slip.kind, slip.issued_on), kept, items, label)

    def _head(self, known: Shown) -> Iterator[Line]:
        yield self._line("code", known.code)
        yield self._line("procedure", known.procedure_name)
        yield self._line("applicant", say_masked(known.applicant))
        yield self._line("unit", known.unit)

    def _own(self, known: Shown, slip: Slip) -> Iterator[Line]:
        yield self._line("number", slip.number)
        yield self._line("issued", say_day(self.texts, slip.issued_on))
        if slip.kind is SlipKind.RECEIPT:
            yield self._line("received", self._moment(known.received_at))
            yield self._line("due", self._moment(known.first_due_at))
            yield self._line("collect", known.collect_at)
        yield self._line("reason", without_numbers(slip.reason))
        if slip.kind is SlipKind.APOLOGY:
            yield self._line("old_due", self._moment(slip.old_due_at or known.first_due_at))
            yield self._line("new_due", self._moment(slip.new_due_at))
        yield self._line("contact", slip.contact)

    def _control(self, known: Shown, today: date) -> Restated:
        lines = [
            *self._head(known),
            self._line("received", self._moment(known.received_at)),
            self._line("due", self._moment(known.due_at)),
        ]
        rows = tuple(self._step(number, step) for number, step in enumerate(known.steps, start=1))
        kept = tuple(line for line in lines if line.value)
        return Restated(self.title(CONTROL, today), kept, rows, self.texts.render("utter_slip_items_control"))

    def _step(self, number: int, step: Step) -> str:
        """Say one row: who has it, since when, and whether it was passed on in time."""
        render = self.texts.render
        who = f"{step.unit} ({step.officer})" if step.officer else step.unit
        told = [render("utter_slip_row", number=number, who=who)]
        told += [without_numbers(step.action)] if step.action else []
        if step.started_at is None:
            return "; ".join([*told, render("utter_slip_row_waiting")])
        told.append(render("utter_slip_row_from", at=say_as_of(step.started_at)))
        if step.ended_at is None:
            return "; ".join([*told, render("utter_slip_row_open")])
        told.append(render("utter_slip_row_until", at=say_as_of(step.ended_at)))
        result = [render(f"utter_slip_row_{_result(step.ended_at, step.due_at)}")] if step.due_at else []
        return "; ".join([*told, *result])

    def _moment(self, at: datetime | None) -> str:
        return say_moment(self.texts, at) if at is not None else ""

    def _line(self, name: str, value: str) -> Line:
        return Line(self.texts.render(f"utter_slip_label_{name}"), value)


def _result(ended: datetime, due: datetime) -> str:
    """Return trước hạn, đúng hạn or quá hạn; early is a day before at least, on Vietnamese calendars."""
    if ended > due:
        return "late"
    return "early" if here(ended).date() < here(due).date() else "in_time"
