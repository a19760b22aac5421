"""Says a personal checklist: what to bring, ticked or not, what it costs and takes, and where that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.contract import Choice, Reply
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.say_money_and_time import say_fee, say_time
from bot.dialogue.texts import Texts
from bot.dialogue.titles import short_titles
from bot.resume.snapshot import Ticked
from nlu.answers.checklist import Checklist, Item
from nlu.answers.facts import Passport
from nlu.catalogue.model import FeeKind, Form, PaperRole, Procedure

TICKED, OPEN = "☑", "☐"


@dataclass(frozen=True)
class ChecklistVoice:
    """Says checklists with the sentences of ``domain.yml``."""

    texts: Texts

    def reply(
        self, procedure: Procedure, checklist: Checklist, ticked: Ticked, address: str, source: Passport
    ) -> Reply:
        """Say a checklist with the buttons to tick off, print and take along.

        Args:
            procedure: that it is for.
            checklist: what applies.
            ticked: what is done.
            address: of its page to print; empty for none.
            source: where the facts come from.
        """
        render = self.texts.render
        head = f"**{render('utter_list_title', name=procedure.name)}**"
        papers = [f"{TICKED if item.id in ticked.done else OPEN} {self.paper(item)}" for item in checklist.items]
        body = [head, "\n".join(papers) if papers else render("utter_list_empty")]
        if papers:
            body.append(render("utter_list_progress", done=len(ticked.done), all=len(papers)))
        body += self.facts(checklist)
        body.append(AnswerVoice(self.texts).passport(source))
        return Reply("\n\n".join(body), tuple(self._choices(checklist, ticked, address)), replace=True)

    def facts(self, checklist: Checklist) -> list[str]:
        """Say notes, forms, fee and time, as far as they are known and the same."""
        render = self.texts.render
        parts = []
        if checklist.notes:
            notes = "\n".join(f"- {note.rstrip()}" for note in checklist.notes)
            parts.append(f"{render('utter_papers_note')}\n{notes}")
        forms = "\n".join(f"- {form.name}: {form.url}" for form in _forms(checklist.items))
        if forms:
            parts.append(f"{render('utter_label_form')}:\n{forms}")
        lines = []
        if checklist.fee is not None and checklist.fee.kind is not FeeKind.UNKNOWN:
            lines.append(render("utter_overview_fee", fee=say_fee(self.texts, checklist.fee)))
        if checklist.time is not None and checklist.time.known:
            lines.append(render("utter_overview_time", time=say_time(self.texts, checklist.time)))
        return [*parts, "\n".join(lines)] if lines else parts

    def paper(self, item: Item) -> str:
        """Say one paper, how many of it, and whether it is only shown."""
        shown = AnswerVoice(self.texts).paper(item.paper)
        only = f" – {self.texts.render('utter_list_show')}" if item.paper.role is PaperRole.SHOW else ""
        return f"{shown}{only}"

    def _choices(self, checklist: Checklist, ticked: Ticked, address: str) -> list[Choice]:
        render = self.texts.render
        titles = short_titles([item.paper.name for item in checklist.items])
        choices = [
            Choice(f"do:tick:{item.id}", f"{TICKED if item.id in ticked.done else OPEN} {title}")
            for item, title in zip(checklist.items, titles, strict=True)
        ]
        choices.append(Choice("do:carry", render("utter_button_carry")))
        choices.append(Choice(f"do:list:{ticked.procedure}", render("utter_button_list_again")))
        if address:
            choices.append(Choice("", render("utter_button_print"), address))
        return choices


def _forms(items: Sequence[Item]) -> list[Form]:
    found = {item.paper.form.url: item.paper.form for item in items if item.paper.form and item.paper.form.url}
    return list(found.values())
