"""Says where a dossier stands, as much as the desk told: level 0 for anybody, level 1 for its applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_ports import AboutDossiers
from bot.dialogue.say_moments import say_as_of, say_masked, say_moment
from bot.dialogue.say_money_and_time import money
from bot.dialogue.say_slips import slip_choices
from bot.dialogue.say_time_left import TimeLeft, say_hours
from bot.dialogue.texts import Texts
from bot.dossiers.agencies import office_code
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.disclosure import Coarse, Shown, Stage
from bot.dossiers.record import ENDED, PAUSED, Status
from feedback.working_time.hours import OfficeHours
from feedback.working_time.remaining import State, remaining
from feedback.working_time.zone import here
from nlu.codes import CodeError, DossierCode, parse_dossier_code

PORTAL = "https://dichvucong.gov.vn"
"""The national portal: who logs in there with VNeID sees the whole file (level 2)."""


@dataclass(frozen=True)
class DossierVoice:
    """Says look-ups with the sentences of ``domain.yml``."""

    texts: Texts
    outside: AboutDossiers

    def reply(self, code: DossierCode, look: Look, now: datetime) -> Reply:
        """Say one look-up, with what can be done next."""
        if look.outcome is LookOutcome.LIMITED:
            return self._limited(look)
        if look.outcome is LookOutcome.DOWN:
            return Reply(self._told("utter_dossier_down", code, now), self._back(code))
        if look.outcome is LookOutcome.UNKNOWN or look.coarse is None:
            again = (self.button("dossier", "", "utter_button_dossier_other"), self.portal())
            return Reply(self._told("utter_dossier_unknown", code, now), again)
        known = self._shown(code, look.shown, now) if look.shown else self._coarse(look.coarse, look.provable)
        parts = [*known, self._where_from(look), self.agency(code, now)]
        choices = self._shown_choices(code, look.shown) if look.shown else self._coarse_choices(code, look)
        if look.down:
            choices = [*self._back(code), *choices]
        choices = list(dict.fromkeys(choices))
        return Reply("\n\n".join(part for part in parts if part), tuple(choices))

    def stands(self, code: DossierCode, look: Look, now: datetime) -> str:
        """Say in short how it stands now; empty for what is not known."""
        if look.coarse is None:
            return ""
        if look.shown is None:
            said = [self.stage(look.coarse), self._sample(look.coarse.sample)]
        else:
            said = [f"{self.status(look.shown.status)}\n{self.due(code, look.shown, now)}".strip()]
            said += [*self._to_do(look.shown), self._sample(look.shown.sample)]
        return "\n".join(part for part in [*said, self._where_from(look)] if part)

    # ---- level 0 ------------------------------------------------------------------------------------------------------

    def _coarse(self, known: Coarse, provable: bool) -> list[str]:
        head = f"**{self.texts.render('utter_dossier_head', code=known.code)}**\n{self.stage(known)}"
        more = "utter_dossier_prove_more" if provable else "utter_dossier_portal_more"
        return [head, self._sample(known.sample), self.texts.render(more)]

    def stage(self, known: Coarse) -> str:
        """Say how far it is, as anybody may know."""
        said = self.texts.render(f"utter_stage_{known.stage}")
        if known.step is None or known.steps is None:
            return said
        return f"{said} {self.texts.render('utter_stage_step', step=known.step, steps=known.steps)}"

    def _coarse_choices(self, code: DossierCode, look: Look) -> list[Choice]:
        choices = [self.button("prove", code.text, "utter_button_prove")] if look.provable else []
        if look.coarse is None or look.coarse.stage is not Stage.ENDED:
            choices.append(self.button("watch", code.text, "utter_button_watch"))
        return [*choices, self.portal()]

    # ---- level 1 ------------------------------------------------------------------------------------------------------

    def _shown(self, code: DossierCode, known: Shown, now: datetime) -> list[str]:
        render = self.texts.render
        head = [f"**{render('utter_dossier_head', code=known.code)}**"]
        head += [known.procedure_name] if known.procedure_name else []
        head += [render("utter_dossier_applicant", name=say_masked(known.applicant))] if known.applicant else []
        return [
            "\n".join(head),
            self._sample(known.sample),
            f"{self.status(known.status)}\n{self.due(code, known, now)}".strip(),
            "\n".join(self._to_do(known)),
            "\n".join(self.where(code, known)),
        ]

    def status(self, status: Status) -> str:
        """Say a state with its official name and what it means."""
        name, plain = (self.texts.render(f"utter_{part}_{status.name.lower()}") for part in ("status", "plain"))
        return f"**{name}**. {plain}" if name != plain else plain

    def due(self, code: DossierCode, known: Shown, now: datetime) -> str:
        """Say the appointment and what is left of it, as far as it still matters."""
        if known.status in ENDED:
            return (
                self.texts.render("utter_dossier_ended", at=say_moment(self.texts, known.ended_at))
                if known.ended_at
                else ""
            )
        if known.due_at is None:
            return self.texts.render("utter_dossier_no_due") if known.status is not Status.NEW else ""
        if known.status in PAUSED:
            # That the clock stands is known of a supplement alone.
            key = "utter_left_payment" if known.status is Status.NEED_PAYMENT else "utter_left_waiting"
            return self.texts.render(key, due=say_moment(self.texts, known.due_at))
        said = TimeLeft(self.texts, self.hours(code)).line(known.due_at, now)
        moved = known.first_due_at is not None and known.first_due_at != known.due_at
        if moved and known.first_due_at is not None:
            said += f" {self.texts.render('utter_dossier_moved', first=say_moment(self.texts, known.first_due_at))}"
        return said

    def is_late(self, code: DossierCode, known: Shown, now: datetime) -> bool:
        """Tell whether a dossier is beyond its appointment, and the office is not waiting."""
        if known.due_at is None or known.status in ENDED or known.status in PAUSED:
            return False
        return remaining(known.due_at, now, self.hours(code)).state is State.LATE

    def _to_do(self, known: Shown) -> list[str]:
        render = self.texts.render
        lines = [render("utter_dossier_next", step=known.next_step)] if known.next_step else []
        if known.missing:
            lines += [render("utter_dossier_missing"), *(f"- {paper}" for paper in known.missing)]
        if known.fee_due is not None:
            lines.append(render("utter_dossier_fee", amount=money(known.fee_due)))
        return lines

    def where(self, code: DossierCode, known: Shown) -> list[str]:
        """Say where the result is handed out, and who took the dossier."""
        render = self.texts.render
        lines = []
        if known.status is Status.DONE or (known.collect_at and known.status not in ENDED):
            place = known.collect_at or known.unit
            lines += [render("utter_dossier_collect", place=place)] if place else []
            hours = say_hours(self.texts, self.hours(code)) if place else ""
            lines += [render("utter_dossier_hours", hours=hours)] if hours else []
        if known.unit:
            lines.append(render("utter_dossier_unit", unit=known.unit))
        begun = [step for step in known.steps if step.started_at is not None]
        if begun and known.status not in ENDED:
            lines.append(render("utter_dossier_step", step=len(begun), steps=len(known.steps), unit=begun[-1].unit))
        return lines

    def _shown_choices(self, code: DossierCode, known: Shown) -> list[Choice]:
        choices: list[Choice] = []
        if known.status not in ENDED:
            if known.due_at is not None and known.status not in PAUSED:
                choices.append(self.button("reckon", code.text, "utter_button_reckon"))
            choices.append(self.button("watch", code.text, "utter_button_watch"))
        choices += [*slip_choices(self.texts, known), *self.outside.after_result(self.texts, known)]
        return [*choices, self.portal(), self.button("forget", "", "utter_button_forget")]

    # ---- what goes with both --------------------------------------------------------------------------------------------

    def line(self, code: DossierCode, look: Look, now: datetime) -> str:
        """Say one of several look-ups on one line."""
        render = self.texts.render
        if look.coarse is None:
            key = f"utter_dossier_row_{look.outcome}"
            return f"- {code.text}: {render(key)}"
        if look.shown is None:
            key = "step" if look.coarse.step is not None else look.coarse.stage
            said = render(f"utter_dossier_row_{key}", step=look.coarse.step, steps=look.coarse.steps)
            return f"- {code.text}: {said}"
        due = self.due(code, look.shown, now)
        return f"- {code.text}: {render(f'utter_status_{look.shown.status.name.lower()}')}{f'. {due}' if due else ''}"

    def agency(self, code: DossierCode, now: datetime) -> str:
        """Say who answers for the code of a merged unit; nothing for any other."""
        agencies = self.outside.agencies
        agency = agencies.of(code)
        now_answers = agencies.successor(agency, _today(now)) if agency else None
        if agency is None or now_answers is None:
            return ""
        return self.texts.render(
            "utter_dossier_merged",
            old=agency.code,
            old_name=agency.name,
            new=now_answers.code,
            new_name=now_answers.name,
            since=f"{agency.valid_to:%d/%m/%Y}",
        )

    def hours(self, code: DossierCode) -> OfficeHours:
        """Return the hours of the office that took a dossier."""
        return self.outside.time.hours(office_code(code))

    def button(self, flow: str, rest: str, title: str) -> Choice:
        """Return the button that opens a flow."""
        return Choice(f"do:{flow}:{rest}" if rest else f"do:{flow}", self.texts.render(title))

    def portal(self) -> Choice:
        """Return the link to the national portal."""
        return Choice("", self.texts.render("utter_link_portal"), PORTAL)

    def _told(self, key: str, code: DossierCode, now: datetime) -> str:
        told = [self.texts.render(key, code=code.text), self.agency(code, now)]
        return "\n\n".join(part for part in told if part)

    def _limited(self, look: Look) -> Reply:
        until = say_moment(self.texts, look.until) if look.until else ""
        key = "utter_dossier_limited_until" if until else "utter_dossier_limited"
        return Reply(self.texts.render(key, until=until), (self.portal(),))

    def _back(self, code: DossierCode) -> tuple[Choice, ...]:
        return (self.button("tellback", code.text, "utter_button_tell_back"), self.portal())

    def _where_from(self, look: Look) -> str:
        if look.as_of is None:
            return ""
        key = "utter_dossier_as_of_down" if look.down else "utter_dossier_as_of"
        named = look.source or self.texts.render("utter_dossier_source_offices")
        source = self.texts.render("utter_dossier_source", source=named)
        return self.texts.render(key, at=say_as_of(look.as_of), source=source)

    def _sample(self, sample: bool) -> str:
        return self.texts.render("utter_dossier_sample") if sample else ""


def parse(code: str) -> DossierCode | None:
    """Read a code out of a button of ours, or of anybody's making."""
    try:
        return parse_dossier_code(code)
    except CodeError:
        return None


def _today(now: datetime) -> date:
    return here(now).date()
