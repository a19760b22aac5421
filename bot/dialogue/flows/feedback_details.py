"""The middle of taking feedback in: procedure, office, day, dossier, proposal, files, and what was published about the same.

What the conversation or the story tells already is not asked; everything here can be skipped with one tap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.contract import Choice, Inbound, InboundKind, Reply
from bot.dialogue.day_words import day_in
from bot.dialogue.dossier_codes import codes_in
from bot.dialogue.dossier_memory import last_code
from bot.dialogue.effects import DropDraft, FollowFeedback
from bot.dialogue.feedback_files import attached, file_in, is_file
from bot.dialogue.feedback_names import folded_whole, named, says_nothing
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.feedback_words import says_send
from bot.dialogue.flow import Answers, End, Heard, Offer, Place, Question, Step, answer_id, some_words
from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.flows.feedback_where import WhereSteps
from bot.dialogue.say_feedback import say_similar
from feedback.record import About, Category
from feedback.requirements import story_of
from feedback.suggesting import NamedProcedure
from feedback.working_time.zone import here
from nlu.text import fold, normalise

_PROPOSES = frozenset({str(Category.SOLUTION.value), str(Category.INITIATIVE.value)})
_NAMES_PROCEDURE = frozenset({"yes", "other"})
_NOT_IT = frozenset(
    {
        "khong phai",
        "khong phai a",
        "khong phai dau",
        "khong dung",
        "chua dung",
        "sai",
        "sai roi",
        "nham roi",
        "wrong",
        "khac",
    }
    | {"thu tuc khac", "viec khac", "cai khac", "khong phai thu tuc nay", "khong phai viec nay", "khong phai cai nay"}
)
_OFFICE = re.compile(
    r"(?:o |tai |cho |ben )?(?:ubnd|uy ban|phuong|xa|bo phan mot cua|mot cua|trung tam|so|chi cuc|cuc|cong an)\b.*"
)
_DONE = frozenset({"xong", "xong roi", "het", "het roi", "du roi", "done", "vay thoi"})
MOST_SIMILAR = 3


@dataclass(frozen=True)
class DetailSteps:
    """The steps; they read what ``AboutFeedback`` gives."""

    outside: AboutFeedback

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (*self._what(), *self._which(), *self._with_it())

    def _what(self) -> tuple[Step, ...]:
        return (
            Step(
                "procedure",
                asks="utter_pakn_procedure_free",
                label="utter_label_pakn_procedure",
                question=self._procedure,
                reads=_procedure_words,
                taps=_NAMES_PROCEDURE.__contains__,
                heard=self._procedure_heard,
                skippable=True,
            ),
            *WhereSteps(self.outside).steps(),
            Step(
                "day",
                asks="utter_pakn_day",
                example="utter_pakn_day_example",
                label="utter_label_pakn_day",
                question=_day,
                reads=_day_words,
                offers=(Offer("0", "utter_button_pakn_today"), Offer("1", "utter_button_pakn_yesterday")),
                heard=_day_heard,
                skippable=True,
            ),
        )

    def _which(self) -> tuple[Step, ...]:
        return (
            Step(
                "dossier",
                asks="utter_pakn_dossier_free",
                example="utter_pakn_dossier_example",
                label="utter_label_pakn_dossier",
                question=_dossier,
                reads=_code,
                taps=_a_code,
                skippable=True,
                numbers=True,
            ),
            Step(
                "proposal",
                asks="utter_pakn_proposal",
                label="utter_label_pakn_proposal",
                reads=_words,
                skippable=True,
                story=True,
                needed=lambda answers: answers.get("category", "") in _PROPOSES,
            ),
        )

    def _with_it(self) -> tuple[Step, ...]:
        return (
            Step(
                "files",
                asks="utter_pakn_files",
                label="utter_label_pakn_files",
                question=self._files,
                reads=_file,
                kinds=frozenset({InboundKind.TEXT, InboundKind.IMAGE, InboundKind.FILE}),
                taps="done".__eq__,
                heard=self._file_heard,
                skippable=True,
            ),
            Step(
                "similar",
                asks="utter_pakn_similar",
                question=self._similar,
                reads=lambda inbound: "on" if says_send(inbound.text) else None,
                taps=_an_item,
                heard=self._chosen,
            ),
        )

    # ---- procedure -----------------------------------------------------------------------------------------------

    async def _procedure(self, at: Place, answers: Answers) -> Question | str:
        if answers.get("procedure_asked"):
            return Question(at.texts.render("utter_pakn_procedure_free"))
        found = await self._suggested(at, answers)
        if found is not None:
            said = at.texts.render("utter_pakn_procedure", name=found.name)
            yes = Choice(answer_id(FORM, "procedure", "yes"), at.texts.render("utter_button_pakn_yes"))
            other = Choice(answer_id(FORM, "procedure", "other"), at.texts.render("utter_button_pakn_another"))
            return Question(said, (yes, other))
        # What somebody did can be handled without its name; what is wrong with a rule cannot.
        asked = answers.get("about") != About.CONDUCT.value
        return Question(at.texts.render("utter_pakn_procedure_free")) if asked else ""

    async def _suggested(self, at: Place, answers: Answers) -> NamedProcedure | None:
        """Return the procedure that the story is surely about, else the one of which the conversation speaks."""
        meant = await self.outside.procedures.meant(answers.get("story", ""))
        if meant is not None or not at.state.procedure:
            return meant
        return await self.outside.procedures.named(at.state.procedure)

    async def _procedure_heard(self, at: Place, answers: Answers) -> Heard:
        said = answers["procedure"]
        kept = {name: value for name, value in answers.items() if name not in ("procedure_asked", "procedure_name")}
        if said == "other" and not answers.get("procedure_asked"):
            kept.pop("procedure")
            return Heard({**kept, "procedure_asked": "1"})
        if not said or said == "other":
            return Heard({**kept, "procedure": ""})
        if said != "yes" and "where" not in kept and _OFFICE.fullmatch(folded_whole(said)):
            # It was asked for a procedure, and the office was named: noted as that, and asked once more.
            kept.pop("procedure")
            asked = {"procedure_asked": "1"} if answers.get("procedure_asked") else {}
            return Heard({**kept, **asked, "where": said}, lead=at.texts.render("utter_pakn_where_noted"))
        found = await (self._suggested(at, answers) if said == "yes" else self.outside.procedures.meant(said))
        if found is None:
            return Heard({**kept, "procedure": "~", "procedure_name": said[:200] if said != "yes" else ""})
        return Heard({**kept, "procedure": found.code, "procedure_name": found.name})

    # ---- files ---------------------------------------------------------------------------------------------------

    async def _files(self, at: Place, answers: Answers) -> Question | str:
        page = self.outside.page(answers.get("draft", ""), at)
        if page and at.ref.channel in self.outside.reception().on_page:
            return ""  # they are given on the page, with the contact data
        count = int(answers.get("files_count", "0"))
        done = Choice(answer_id(FORM, "files", "done"), at.texts.render("utter_button_pakn_files_done"))
        if self.outside.takes is None or not self.outside.hands_over(at.ref.channel):
            link = Choice("", at.texts.render("utter_button_pakn_page"), page)
            return Question(at.texts.render("utter_pakn_files_page"), (link,)) if page else ""
        return Question(
            at.texts.render("utter_pakn_files_more" if count else "utter_pakn_files"), (done,) if count else ()
        )

    async def _file_heard(self, at: Place, answers: Answers) -> Heard:
        said = answers["files"]
        if not is_file(said):
            return Heard(answers)
        kept = {name: value for name, value in answers.items() if name != "files"}
        found = await attached(self.outside, at, answers, said)
        return Heard(kept if found.count is None else {**kept, "files_count": str(found.count)}, lead=found.lead)

    # ---- what was published about the same -----------------------------------------------------------------------

    async def _similar(self, at: Place, answers: Answers) -> Question | str:
        code = answers.get("procedure", "").strip("~")
        items = tuple(await self.outside.similar.find(answers.get("story", ""), code))[:MOST_SIMILAR]
        if not items:
            return ""
        texts, choices = at.texts, []
        for number, item in enumerate(items, start=1):
            follow = texts.render("utter_button_pakn_follow", number=number)
            choices.append(Choice(answer_id(FORM, "similar", f"f.{item.slug}"), follow))
            if item.link:
                choices.append(Choice("", texts.render("utter_button_pakn_read", number=number), item.link))
        choices.append(Choice(answer_id(FORM, "similar", "on"), texts.render("utter_button_pakn_go_on")))
        return Question(say_similar(texts, items), tuple(choices))

    async def _chosen(self, at: Place, answers: Answers) -> Heard:
        kind, _, slug = answers["similar"].partition(".")
        if kind != "f":
            return Heard(answers)
        effects = (FollowFeedback(slug, at.texts.language), DropDraft(answers.get("draft", "")))
        return Heard(answers, effects=effects, end=End((Reply(at.texts.render("utter_pakn_followed")),), at.state))


async def _day(at: Place, answers: Answers) -> Question | str:
    if answers.get("about") == About.CONTENT.value or answers.get("late"):
        return ""
    told = day_in(answers.get("story", ""), here(at.now).date())
    return told.isoformat() if told else Question(at.texts.render("utter_pakn_day"))


async def _day_heard(at: Place, answers: Answers) -> Heard:
    said, today = answers["day"], here(at.now).date()
    if said in ("0", "1"):
        return Heard({**answers, "day": (today - timedelta(int(said))).isoformat()})
    day = day_in(said, today) if said else None
    if day is not None or not said:
        return Heard({**answers, "day": day.isoformat() if day else ""})
    kept = {name: value for name, value in answers.items() if name != "day"}
    return Heard(kept, lead=at.texts.render("utter_pakn_day_example"))


async def _dossier(at: Place, answers: Answers) -> Question | str:
    told = codes_in(answers.get("story", "")).dossiers
    if told:
        return told[0].text
    code = last_code(at.state)
    if not code:
        return ""
    yes = Choice(answer_id(FORM, "dossier", code), at.texts.render("utter_button_pakn_yes"))
    no = Choice(answer_id(FORM, "dossier", "-"), at.texts.render("utter_button_pakn_no"))
    return Question(at.texts.render("utter_pakn_dossier", code=code), (yes, no))


def _words(inbound: Inbound) -> str | None:
    text = story_of(inbound.text)
    return text if any(letter.isalnum() for letter in text) else None


def _procedure_words(inbound: Inbound) -> str | None:
    return "other" if folded_whole(inbound.text) in _NOT_IT else named(inbound)


def _day_words(inbound: Inbound) -> str | None:
    """Accept what may name a day; which one is read when today is known."""
    said = some_words(inbound)
    if said is not None and (says_nothing(said) or says_send(said)):
        return ""
    return said if said is not None and len(said.split()) <= 8 and day_in(said, here(inbound.at).date()) else None


def _code(inbound: Inbound) -> str | None:
    found = codes_in(inbound.text).dossiers
    return found[0].text if found else "" if says_nothing(inbound.text) or says_send(inbound.text) else None


def _a_code(value: str) -> bool:
    return value == "-" or bool(codes_in(value).dossiers)


def _an_item(value: str) -> bool:
    return value == "on" or (value.startswith("f.") and value[2:].isalnum())


def _file(inbound: Inbound) -> str | None:
    """Read a file as where its channel keeps it; words are an answer only when they say that there is none, or no more."""
    if inbound.kind is InboundKind.TEXT:
        said = fold(normalise(inbound.text)).strip(" .,!?…")
        return "" if says_nothing(said) else "done" if said in _DONE or says_send(said) else None
    return file_in(inbound)
