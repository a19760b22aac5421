"""Puts notices about dossiers into words of ``domain.yml``: for the applicant what it is, for others that it moved."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True)
class Said:
    """A notice in words, and what a form that a platform approved beforehand needs to say the same."""

    reply: Reply
    kind: Told
    values: Mapping[str, str] = field(default_factory=dict)


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
            return self._said(Told.MOVED, code, texts, record, [], stage=stage)
        told = news.told
        if told in (Told.APOLOGY, Told.DUE_CHANGED) and news.due_at is None:
            return self._said(told, code, texts, record, [], key=f"utter_notice_{told.value}_no_day")
        facts = shown(record) if record is not None else None
        lines = self._lines(told, facts, texts)
        if told in _WITH_DAY and news.due_at is not None:
            lines.append(texts.render("utter_notice_due", day=day_of(news.due_at)))
        return self._said(told, code, texts, record, lines, day=day_of(news.due_at))

    def appointment(self, told: Told, code: str, record: Record | None, due: datetime, language: str) -> Said:
        """Say that an appointment is near, or was missed; for the applicant alone."""
        texts = self.texts.speaking(language)
        lines = self._lines(told, shown(record) if record is not None else None, texts)
        return self._said(told, code, texts, record, lines, day=day_of(due))

    def back(self, code: str, language: str) -> Said:
        """Say that the source of a dossier answers again."""
        return self._said(Told.BACK, code, self.texts.speaking(language), None, [], watched=False)

    def missed(self, code: str, at: datetime, language: str) -> Said:
        """Say honestly that an earlier notice did not arrive."""
        return self._said(Told.MISSED, code, self.texts.speaking(language), None, [], day=day_of(at))

    def short(self, code: str, language: str) -> str:
        """Return the words for a way that carries a line of text and no buttons; they tell nothing of the dossier."""
        return self.texts.render("utter_notice_elsewhere", language, code=code)

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
        told: Told,
        code: str,
        texts: Texts,
        record: Record | None,
        lines: list[str],
        *,
        key: str = "",
        watched: bool = True,
        day: str = "",
        stage: str = "",
    ) -> Said:
        said = texts.render(key or f"utter_notice_{told.value}", code=code, day=day, stage=stage)
        sample = [texts.render("utter_notice_sample")] if record is not None and record.sample else []
        choices = [Choice(f"do:dossier:{code}", texts.render("utter_button_notice_show"))]
        if watched:
            choices.append(Choice(f"do:unwatch:{code}", texts.render("utter_button_notice_stop")))
        given = {"code": code, **({"day": day} if day else {}), **({"stage": stage} if stage else {})}
        return Said(Reply("\n".join([said, *lines, *sample]), tuple(choices)), told, given)


def day_of(moment: datetime | None) -> str:
    """Return a day as people write it; empty for none."""
    return f"{here(moment):%d/%m/%Y}" if moment is not None else ""
