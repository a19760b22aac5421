"""The question what lies in the envelope: papers of the record to tick, others to type, and what may not go along."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.contract import Choice, Inbound
from bot.dialogue.effects import BlankMessage
from bot.dialogue.flow import Answers, Heard, Place, Question, Step, answer_id, folded_words
from bot.dialogue.flows.post_slip_who import FORM, sends
from bot.dialogue.ports import Catalogue
from bot.dialogue.post_contents import bans_in, several_in
from bot.dialogue.post_slip_corrections import is_correction
from bot.dialogue.say_post_slip import cut_titles
from bot.dialogue.typed_answers import asks_something
from bot.dialogue.typed_papers import is_doubtful, listed_in, names_in, taken_off
from bot.postal.weight import papers_of
from nlu.catalogue.model import RequiredPaper
from nlu.text import fold, normalise

TITLE = 60
"""Letters of a name on a button."""
MOST_PAPERS, MOST_TYPED = 30, 20
DONE = re.compile(
    r"(?:da )?(?:xong|du|day du|het|dung|chinh xac|ok|vang|done|all)(?: roi| het| ca| cac giay to| a| nhe)*|gui (?:het|du|tat ca)|tat ca|that is all"
)
_COPIES = re.compile(r"\b(?:ban sao|sao y|sao luc)\b", re.IGNORECASE)
"""Ask nothing, although "sao" alone does."""


@dataclass(frozen=True)
class PaperStep:
    """The question; it reads the record."""

    catalogue: Catalogue

    def step(self) -> Step:
        """Return it."""
        return Step(
            "papers",
            asks="utter_pslip_ask_papers",
            example="utter_pslip_ask_papers_example",
            label="utter_label_pslip_papers",
            question=self._question,
            reads=_paper_words,
            taps=lambda value: value == "done" or _is_paper(value),
            heard=self._heard,
            needed=sends,
        )

    async def _question(self, at: Place, answers: Answers) -> Question:
        render, names, more = at.texts.render, await self._listed(answers), _more(answers)
        if not names and not more:
            return Question(render("utter_pslip_ask_papers_free"))
        left = _unticked(answers)
        rows = [(f"t{place}", name, place not in left) for place, name in enumerate(names)]
        rows += [(f"m{place}", name, True) for place, name in enumerate(more)]
        choices = [
            Choice(answer_id(FORM, "papers", value), f"{'☑' if ticked else '☐'} {title}")
            for (value, _, ticked), title in zip(rows, cut_titles([one[1] for one in rows], TITLE), strict=True)
        ]
        done = Choice(answer_id(FORM, "papers", "done"), render("utter_button_pslip_papers_done"))
        count = sum(ticked for _, _, ticked in rows)
        return Question(render("utter_pslip_ask_papers", count=count), (done, *choices))

    async def _heard(self, at: Place, answers: Answers) -> Heard:
        """Tick, take off, or note what was typed; only "xong" ends it."""
        said, render = answers["papers"], at.texts.render
        kept = {name: value for name, value in answers.items() if name != "papers"}
        if said == "done":
            chosen = await self.chosen(answers)
            return Heard(answers) if chosen else Heard(kept, lead=render("utter_pslip_papers_none"))
        if _is_paper(said):
            return Heard(_toggled(kept, said))
        if several_in(said):
            return Heard({**kept, "another": "1"}, lead=render("utter_pslip_several"))
        bans = bans_in(said, await self._listed(answers))
        if bans:
            return Heard(kept, lead="\n".join(render(f"utter_pslip_ban_{one.value}") for one in bans))
        if is_correction(said):
            return Heard(kept, lead=render("utter_pslip_papers_not"), effects=(BlankMessage(),))
        off = await self._taken_off(kept, said)
        if off is not None:
            return Heard(off, lead=render("utter_pslip_papers_off"))
        return await self._typed(at, kept, said)

    async def _taken_off(self, kept: dict[str, str], said: str) -> dict[str, str] | None:
        """Take papers that are named off the list; ``None`` where the words do not say so."""
        listed, more = await self._listed(kept), _more(kept)
        off = listed_in(taken_off(said), (*listed, *more))
        if not off:
            return None
        left = _unticked(kept) | {place for place in off if place < len(listed)}
        stays = [name for place, name in enumerate(more, start=len(listed)) if place not in off]
        return {**kept, "unticked": ",".join(map(str, sorted(left))), "more": "\n".join(stays)}

    async def _typed(self, at: Place, kept: dict[str, str], said: str) -> Heard:
        """Tick what the record lists, note the rest; what hardly names anything is asked back once."""
        listed, render, told = await self._listed(kept), at.texts.render, []
        known, more = list[int](), list(_more(kept))
        for name in names_in(said):
            places = listed_in(name, listed)
            known += places
            if not places and fold(name) not in map(fold, more):
                more.append(name)
        doubted = kept.get("doubted", "").split("\n")
        doubtful = [name for name in more[len(_more(kept)) :] if is_doubtful(name) and fold(name) not in doubted]
        more = [name for name in more if name not in doubtful]
        new = more[len(_more(kept)) :]
        if known or not (new or doubtful):
            names = "; ".join(cut_titles([listed[place] for place in dict.fromkeys(known)], TITLE))
            told.append(
                render("utter_pslip_papers_listed", names=names) if names else render("utter_pslip_papers_noted")
            )
        if new:
            told.append(render("utter_pslip_papers_added"))
        if len(more) > MOST_TYPED:
            told.append(render("utter_pslip_papers_most", most=MOST_TYPED))
        if doubtful:
            told.append(render("utter_pslip_papers_doubtful", name="”, “".join(doubtful)))
            kept = {**kept, "doubted": fold("\n".join(doubtful))}
        left = sorted(_unticked(kept) - set(known))
        ticked = {**kept, "unticked": ",".join(map(str, left)), "more": "\n".join(more[:MOST_TYPED])}
        return Heard(ticked, lead="\n".join(told))

    async def chosen(self, answers: Answers) -> tuple[str, ...]:
        """Return the names of what is ticked and what was typed."""
        return tuple(paper.name for paper in await self.sent(answers))

    async def sent(self, answers: Answers) -> tuple[RequiredPaper, ...]:
        """Return what is ticked and what was typed."""
        left = _unticked(answers)
        listed = [paper for place, paper in enumerate(await self._papers(answers)) if place not in left]
        return (*listed, *(RequiredPaper(name=name) for name in _more(answers)))

    async def _listed(self, answers: Answers) -> list[str]:
        return [paper.name for paper in await self._papers(answers)]

    async def _papers(self, answers: Answers) -> tuple[RequiredPaper, ...]:
        procedure = await self.catalogue.get(answers["procedure"])
        return papers_of(procedure)[:MOST_PAPERS] if procedure else ()


def _more(answers: Answers) -> tuple[str, ...]:
    return tuple(one for one in answers.get("more", "").split("\n") if one)


def _unticked(answers: Answers) -> frozenset[int]:
    return frozenset(int(one) for one in answers.get("unticked", "").split(",") if one.isdigit())


def _toggled(answers: dict[str, str], said: str) -> dict[str, str]:
    place = int(said[1:])
    if said[0] == "m":
        more = [one for index, one in enumerate(_more(answers)) if index != place]
        return {**answers, "more": "\n".join(more)}
    left = _unticked(answers) ^ {place}
    return {**answers, "unticked": ",".join(str(one) for one in sorted(left))}


def _is_paper(value: str) -> bool:
    return re.fullmatch(r"[tm]\d{1,2}", value) is not None


def _paper_words(inbound: Inbound) -> str | None:
    said = inbound.text.strip()
    if DONE.fullmatch(folded_words(inbound)):
        return "done"
    if several_in(said) or bans_in(said, ()) or is_correction(said):
        return said[:2000]  # "bỏ tiền mặt vào được không" is answered here, whether it asks or not
    if not any(one.isalpha() for one in said) or _is_paper(said):
        return None
    return None if asks_something(_COPIES.sub("", fold(normalise(said)))) else said[:2000]
