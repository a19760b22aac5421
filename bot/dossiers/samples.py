"""Makes sample dossiers, so that a newcomer can try everything: the same ones for the same day, counted from today. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.dossiers.record import ENDED, ApplicantKind, Owner, Record, Slip, SlipKind, Status, Step
from bot.dossiers.sample_words import SampleProcedure, SampleUnit, SampleWords, Scene
from feedback.working_time.hours import OfficeHours
from feedback.working_time.zone import VIETNAM
from nlu.codes import DossierCode, Layout

COUNT = 320
FIRST_NUMBER = 9001
"""Running numbers that no office reaches on one day."""
ORGANISATIONS_EVERY = 7
"""Every seventh dossier is an organisation's."""
FEE = 50_000
OPENING = time(8, 0)
DAY = timedelta(days=1)
_SLIP_OF = {
    Status.NEED_SUPPLEMENT: SlipKind.SUPPLEMENT,
    Status.REFUSED: SlipKind.REFUSAL,
    Status.STOPPED: SlipKind.STOP,
}


@dataclass(frozen=True)
class SampleMaker:
    """Makes samples as they are on one day."""

    words: SampleWords
    hours: OfficeHours
    today: date

    def all(self) -> tuple[Record, ...]:
        """Return the samples, each kind of scene first once."""
        return tuple(self.one(number) for number in range(COUNT))

    def one(self, number: int) -> Record:
        """Return one sample."""
        words = self.words
        scene = words.scenes[number % len(words.scenes)]
        unit = words.units[(number + number // len(words.scenes)) % len(words.units)]
        procedure = words.procedures[number % len(words.procedures)]
        due = None if scene.due is None else self._from_today(scene.due)
        received = self._received(due, procedure)
        ended = None if scene.ended is None else max(received, self._from_today(-scene.ended))
        company = number % ORGANISATIONS_EVERY == ORGANISATIONS_EVERY - 1
        return Record(
            code=_code(unit, received, number),
            status=scene.status,
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            applicant=ApplicantKind.ENTERPRISE if company else ApplicantKind.CITIZEN,
            owner=self._organisation(number) if company else self._person(number),
            unit=unit.name,
            vendor_status="" if scene.status else words.unmapped,
            filed_at=_at(received, 7, number),
            received_at=None if due is None else _at(received, OPENING.hour, number),
            due_at=self._closing(due),
            ended_at=None if ended is None else _at(ended, 15, number),
            channel=number % 3 + 1,
            next_step=words.next_step if scene.status in (Status.RECEIVED, Status.IN_PROGRESS) else "",
            missing=procedure.papers[-1:] if scene.status is Status.NEED_SUPPLEMENT else (),
            fee_due=FEE if scene.status is Status.NEED_PAYMENT else None,
            collect_at=words.collect_at if scene.status is Status.DONE else "",
            steps=self._steps(scene, received, due, ended),
            slips=tuple(self._slips(scene, procedure, received, due, number)),
            sample=True,
        )

    def _closing(self, day: date | None) -> datetime | None:
        return None if day is None else self.hours.closing(day)

    def _from_today(self, days: int) -> date:
        calendar = self.hours.calendar
        if days > 0:
            return calendar.add(self.today, days).day
        return calendar.subtract(self.today, -days).day if days else calendar.on_or_after(self.today)

    def _received(self, due: date | None, procedure: SampleProcedure) -> date:
        calendar = self.hours.calendar
        latest = calendar.on_or_before(self.today - DAY)
        return latest if due is None else min(latest, calendar.subtract(due, procedure.days).day)

    def _steps(self, scene: Scene, received: date, due: date | None, ended: date | None) -> tuple[Step, ...]:
        begun, over = scene.begun, scene.status in ENDED
        return tuple(
            Step(
                step.unit,
                step.officer,
                step.action,
                started_at=_at(received, OPENING.hour + place, 0) if place < begun else None,
                due_at=self._closing(due),
                ended_at=_at(ended or received, OPENING.hour + place + 1, 0) if place < begun - (not over) else None,
            )
            for place, step in enumerate(self.words.steps)
        )

    def _slips(
        self, scene: Scene, procedure: SampleProcedure, received: date, due: date | None, number: int
    ) -> list[Slip]:
        if due is None:
            return []
        words, printed = self.words, f"{FIRST_NUMBER + number}/MAU"
        kind = _SLIP_OF.get(scene.status)
        brought = procedure.papers[:-1] if kind is SlipKind.SUPPLEMENT else procedure.papers
        slips = [Slip(SlipKind.RECEIPT, received, printed, items=brought, contact=words.contact)]
        if kind is not None:
            items = procedure.papers[-1:] if kind is SlipKind.SUPPLEMENT else ()
            slips.append(Slip(kind, received, printed, words.reasons[kind], items, contact=words.contact))
        if scene.again is not None:
            closing, reason = self.hours.closing, words.reasons[SlipKind.APOLOGY]
            old, new = closing(due), closing(self._from_today(scene.again))
            issued = self.hours.calendar.on_or_before(due - DAY)
            slips.append(Slip(SlipKind.APOLOGY, issued, printed, reason, (), old, new, words.contact))
        return slips

    def _person(self, number: int) -> Owner:
        words = self.words
        names = (words.families, words.middles, words.given)
        name = " ".join(part[(number * 7 + place * number) % len(part)] for place, part in enumerate(names))
        return Owner(name, f"{words.phones}{number + 1:06}", f"{words.citizens}{number * 7919 + 1001:09}")

    def _organisation(self, number: int) -> Owner:
        place = number // ORGANISATIONS_EVERY % len(self.words.organisations)
        words = self.words
        name = words.organisations[place]
        return Owner(name, f"{words.phones}{900_001 + place:06}", f"{words.taxpayers}{5_007_001 + place:07}")


def _code(unit: SampleUnit, day: date, number: int) -> str:
    layout = Layout.OLD if unit.id[0].isdecimal() else Layout.NEW
    running = f"{unit.lead}{FIRST_NUMBER + number:04}" if not unit.long else f"{FIRST_NUMBER + number:07}"
    return DossierCode(unit.id, day, running, layout, unit.long).text


def _at(day: date, hour: int, number: int) -> datetime:
    return datetime.combine(day, time(hour, number % 60), VIETNAM)
