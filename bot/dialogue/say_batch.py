"""Says where an organisation's dossiers stand: counts, the most urgent ones, and the table to fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Choice, FileRef, Reply
from bot.dialogue.texts import Texts
from bot.dossiers.desk import Look, LookOutcome
from bot.dossiers.organisations.overview import Group, Overview, Row
from bot.dossiers.organisations.ports import LINKED_FOR, Linked, TokenPage, Told
from feedback.working_time.zone import here

TABLE = "ho-so.xlsx"
TABLE_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class BatchVoice:
    """Speaks a conversation's language."""

    texts: Texts

    def linked(self, name: str) -> Reply:
        """Confirm that a conversation speaks for an organisation from now on."""
        every = Choice("do:batch:all", self.texts.render("utter_button_batch_all"))
        text = self.texts.render("utter_batch_linked", name=name, days=LINKED_FOR.days)
        return Reply(text, (every, self.again(), self._leave()))

    def page(self, page: TokenPage) -> Reply:
        """Say where a token is typed: on a page of ours rather than in a chat that the platform keeps."""
        until = f"{here(page.until):%H:%M}" if page.until else ""
        door = Choice("", self.texts.render("utter_button_batch_page"), page.address)
        return Reply(self.texts.render("utter_batch_page", until=until), (door,))

    def again(self) -> Choice:
        """Return the button that asks for codes."""
        return Choice("do:batch", self.texts.render("utter_button_batch_codes"))

    def limited(self, told: Told) -> Reply:
        """Say from when on the next question is answered."""
        until = f"{here(told.until):%H:%M}" if told.until else ""
        return Reply(self.texts.render("utter_batch_limited", until=until))

    def summary(self, linked: Linked, told: Told, now: datetime) -> Reply:
        """Say the answer to a question."""
        if not told.overview.rows:
            return Reply(self.texts.render("utter_batch_empty", name=linked.name), (self.again(), self._leave()))
        lines = [self.overview(linked.name, told.overview, now)]
        files: tuple[FileRef, ...] = ()
        if told.address and told.address_until:
            lines.append(self.texts.render("utter_batch_table", until=f"{here(told.address_until):%H:%M}"))
            files = (FileRef(TABLE, told.address, TABLE_KIND),)
        choices = (self._digest(on=not linked.digest), self.again(), self._leave())
        return Reply("\n\n".join(lines), choices, files)

    def overview(self, name: str, overview: Overview, now: datetime) -> str:
        """Say counts and the most urgent dossiers; also what a weekly summary says."""
        head = self.texts.render(
            "utter_batch_head", name=name, count=len(overview.rows), at=f"{here(now):%H:%M %d/%m/%Y}"
        )
        counts = [f"- {self._group(group)}: {count}" for group, count in overview.counts.items()]
        told = [head, "\n".join(counts)]
        if overview.more:
            told.append(self.texts.render("utter_batch_more", count=len(overview.rows)))
        if overview.urgent:
            told.append(self.texts.render("utter_batch_urgent"))
            told.append("\n".join(self._line(row) for row in overview.urgent))
        if Group.UNASKED in overview.counts:
            told.append(self.texts.render("utter_batch_unasked"))
        if Group.OTHER in overview.counts:
            told.append(self.texts.render("utter_batch_other"))
        if any(row.shown is not None and row.shown.sample for row in overview.rows):
            told.append(self.texts.render("utter_batch_sample"))
        return "\n\n".join(told)

    def weekly(self, name: str, overview: Overview, now: datetime) -> Reply:
        """Say the weekly summary, with the button that stops it."""
        text = f"{self.texts.render('utter_batch_weekly')}\n\n{self.overview(name, overview, now)}"
        return Reply(
            text, (Choice("do:batch:all", self.texts.render("utter_button_batch_all")), self._digest(on=False))
        )

    def digest(self, linked: Linked, *, on: bool) -> Reply:
        """Confirm that the weekly summary begins or ends."""
        key = "utter_batch_digest_on" if on else "utter_batch_digest_off"
        until = f"{here(linked.until):%d/%m/%Y}"
        return Reply(self.texts.render(key, until=until), (self._digest(on=not on),))

    def coarse(self, looks: Sequence[tuple[str, Look]], *, more: bool) -> Reply:
        """Say what anybody may be told of a few dossiers."""
        told = [self.texts.render("utter_batch_anybody")]
        told.append("\n".join(f"- {code}: {self._stage(look)}" for code, look in looks))
        if more:
            told.append(self.texts.render("utter_batch_anybody_more", most=len(looks)))
        token = Choice("do:orgtoken", self.texts.render("utter_button_batch_token"))
        return Reply("\n\n".join(told), (token,))

    def _stage(self, look: Look) -> str:
        if look.coarse is not None:
            sample = f" {self.texts.render('utter_batch_sample_mark')}" if look.coarse.sample else ""
            return self.texts.render(f"utter_dossier_row_{look.coarse.stage}") + sample
        outcome = LookOutcome.DOWN if look.outcome is LookOutcome.TOLD else look.outcome
        return self.texts.render(f"utter_batch_look_{outcome}")

    def _line(self, row: Row) -> str:
        due = row.shown.due_at if row.shown else None
        told = self._group(row.group)
        if row.group is Group.LATE and row.days is not None and row.days < 0:
            told = self.texts.render("utter_batch_late_by", days=-row.days)
        elif row.group is Group.DUE_SOON and row.days is not None:
            told = self.texts.render("utter_batch_due_in" if row.days else "utter_batch_due_today", days=row.days)
        day = f" ({self.texts.render('utter_batch_due', day=f'{here(due):%d/%m/%Y}')})" if due else ""
        return f"- {row.code}: {told}{day}"

    def _group(self, group: Group) -> str:
        return self.texts.render(f"utter_batch_group_{group}")

    def _leave(self) -> Choice:
        return Choice("do:orgleave", self.texts.render("utter_button_batch_leave"))

    def _digest(self, *, on: bool) -> Choice:
        what = "on" if on else "off"
        return Choice(f"do:orgdigest:{'start' if on else 'stop'}", self.texts.render(f"utter_button_digest_{what}"))
