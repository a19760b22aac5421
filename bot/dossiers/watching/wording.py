"""Puts notices about dossiers into words of ``domain.yml``: for the applicant what it is, for others that it moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.contract import Choice, Reply
from bot.dialogue.texts import Texts
from bot.dossiers.disclosure import Level, Shown, shown, stage_of
from bot.dossiers.record import Record
from bot.dossiers.watching.news import News, Told
from feedback.working_time.zone import here

MOST_PAPERS = 5
_WITH_DAY = frozenset({Told.RECEIVED, Told.RESUMED})
"""Told with the appointment, where there is one."""
_OF_DAY = frozenset({Told.APOLOGY, Told.DUE_CHANGED})
"""About an appointment: where there is none any more, another sentence says so."""

_NO_DAY = "_no_day"
_SMS = ("whole", "short", "bare")
"""Ends of the keys of the sentences around what happened."""


@dataclass(frozen=True)
class Said:
    """A notice in words, and what a form that a platform approved beforehand needs to say the same."""

    reply: Reply
    kind: str
    """End of the key of its sentence: ``done``, ``apology_no_day``."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the sentence names, for one kind always the same."""


@dataclass(frozen=True)
class Voice:
    """Speaks the texts of one house."""

    texts: Texts

    def news(self, news: News, code: str, record: Record | None, level: Level, language: str) -> Said:
        """Say one piece of news.

        Args:
            news: the change.
            code: of the dossier.
            record: as it is now; ``None`` when it cannot be opened.
            level: what the person may know.
            language: of the conversation.
        """
        texts = self.texts.speaking(language)
        if level < Level.APPLICANT:
            stage = texts.render(f"utter_notice_stage_{stage_of(news.status).value}")
            return self._said(Told.MOVED, code, texts, record, stage=stage)
        told, day = news.told, day_of(news.due_at)
        if told in _OF_DAY:
            if not day:
                return self._said(f"{told}{_NO_DAY}", code, texts, record)
            return self._said(told, code, texts, record, day=day)
        lines = self._lines(told, shown(record) if record is not None else None, texts)
        if told in _WITH_DAY and day:
            lines.append(texts.render("utter_notice_due", day=day))
        return self._said(told, code, texts, record, lines)

    def appointment(self, told: Told, code: str, record: Record | None, due: datetime, language: str) -> Said:
        """Say that an appointment is near, or was missed; for the applicant alone."""
        texts = self.texts.speaking(language)
        lines = self._lines(told, shown(record) if record is not None else None, texts)
        return self._said(told, code, texts, record, lines, day=day_of(due))

    def back(self, code: str, language: str) -> Said:
        """Say that the source of a dossier answers again."""
        return self._said(Told.BACK, code, self.texts.speaking(language), None, watched=False)

    def missed(self, code: str, at: datetime, language: str) -> Said:
        """Say honestly that an earlier notice did not arrive."""
        return self._said(Told.MISSED, code, self.texts.speaking(language), None, day=day_of(at))

    def by_sms(self, told: str, code: str, language: str) -> Sequence[str]:
        """Return wordings of a notice for one SMS, the longest first: what happened, and nothing of a person or a date."""
        key = f"utter_sms_{told.removesuffix(_NO_DAY)}"
        what = self.texts.render(key if key in self.texts.sentences else "utter_sms_moved", language)
        return [self.texts.render(f"utter_sms_{form}", language, code=code, what=what) for form in _SMS]

    def _lines(self, told: Told, facts: Shown | None, texts: Texts) -> list[str]:
        if facts is None:
            return []
        lines: list[str] = []
        if told is Told.SUPPLEMENT:
            lines = [f"- {paper}" for paper in facts.missing[:MOST_PAPERS]]
            if len(facts.missing) > MOST_PAPERS:
                lines.append(texts.render("utter_notice_more_papers", count=len(facts.missing) - MOST_PAPERS))
        elif told is Told.PAYMENT and facts.fee_due:
            lines = [texts.render("utter_notice_fee", amount=f"{facts.fee_due:,}".replace(",", "."))]
        elif told in (Told.DONE, Told.DAY_BEFORE) and facts.collect_at:
            lines = [texts.render("utter_notice_collect", place=facts.collect_at)]
        return lines

    def _said(
        self,
        kind: str,
        code: str,
        texts: Texts,
        record: Record | None,
        lines: Sequence[str] = (),
        *,
        watched: bool = True,
        **values: str,
    ) -> Said:
        given = {"code": code, **values}
        said = texts.render(f"utter_notice_{kind}", **given)
        sample = [texts.render("utter_notice_sample")] if record is not None and record.sample else []
        choices = [Choice(f"do:dossier:{code}", texts.render("utter_button_notice_show"))]
        if watched:
            choices.append(Choice(f"do:unwatch:{code}", texts.render("utter_button_notice_stop")))
        return Said(Reply("\n".join([said, *lines, *sample]), tuple(choices)), str(kind), given)


def day_of(moment: datetime | None) -> str:
    """Return a day as people write it; empty for none."""
    return f"{here(moment):%d/%m/%Y}" if moment is not None else ""
