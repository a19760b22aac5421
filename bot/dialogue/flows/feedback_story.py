"""The first half of taking feedback in: the notice, what happened, its border, and its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.contract import Inbound, Reply
from bot.dialogue.commands import read_command
from bot.dialogue.effects import BeginDraft, BlankMessage, DropDraft, Effect
from bot.dialogue.feedback_border import KEPT, door_reply, door_text, weigh
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.flow import Answers, End, Heard, Offer, Place, Question, Step, no_words
from bot.dialogue.say_feedback import cut, say_doors, say_kind, say_notice
from bot.dialogue.texts import Texts
from bot.dialogue.typed_answers import asks_something
from feedback.record import About, Border, Category
from feedback.requirements import LONGEST_TEXT, story_of, tells_enough
from nlu.text import fold, looks_vietnamese, normalise

FORM = "pakn"
"""Name of the flow; it stands in conversations and button ids."""
_MORE = "+"
"""Before words that go on with the story at the question after it."""
_GOES_ON = 6
"""Words from which a message there goes on with the story."""
_QUESTION = 10
"""Words up to which it may be a question of its own although it has no question mark."""
_AGREE = re.compile(
    r"(?:(?:da|vang|ok|oke|u|uh) )*(?:(?:toi|em|minh|chau) )?(?:xin )?dong y(?: (?:a|nhe|nha|em|luon|ghi))*"
    r"|(?:(?:yes|ok) )?(?:i )?agree"
)
_REFUSE = frozenset({"khong dong y", "toi khong dong y", "khong", "khong a", "no", "i do not agree", "i don't agree"})
_RIGHT = frozenset(
    {
        "dung",
        "dung roi",
        "dung vay",
        "phai",
        "phai roi",
        "vang",
        "vang dung",
        "ok",
        "uh",
        "u",
        "yes",
        "right",
        "chinh xac",
    }
)
_WRONG = frozenset(
    {"khong", "khong phai", "khong dung", "sai", "sai roi", "chua dung", "no", "wrong", "khac", "loai khac"}
)


@dataclass(frozen=True)
class StorySteps:
    """The steps; they read what ``AboutFeedback`` gives."""

    outside: AboutFeedback

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (*self._agreeing(), *self._telling(), *self._sorting())

    def _agreeing(self) -> tuple[Step, ...]:
        return (
            Step(
                "consent",
                asks="utter_pakn_notice",
                example="utter_pakn_notice_example",
                once_more="utter_pakn_notice_again",
                question=self._notice,
                reads=consented,
                offers=(Offer("agree", "utter_button_pakn_agree"), Offer("refuse", "utter_button_pakn_refuse")),
                heard=self._agreed,
                cancel=False,
            ),
            Step(
                "take",
                asks="utter_pakn_take",
                question=_take,
                reads=no_words,
                offers=(Offer("yes", "utter_button_pakn_take"), Offer("no", "utter_button_pakn_anew")),
                heard=self._took,
                needed=lambda answers: "said" in answers and "story" not in answers,
            ),
        )

    def _telling(self) -> tuple[Step, ...]:
        return (
            Step(
                "story",
                asks="utter_pakn_story",
                label="utter_label_pakn_story",
                question=_story,
                reads=_words,
                heard=self._told,
                story=True,
            ),
            Step(
                "door",
                asks="utter_pakn_door_ask",
                question=self._door,
                reads=no_words,
                offers=(Offer("mine", "utter_button_pakn_mine"), Offer("stop", "utter_button_pakn_stop")),
                heard=self._insisted,
                needed=lambda answers: bool(answers.get("border")),
                cancel=False,
            ),
        )

    def _sorting(self) -> tuple[Step, ...]:
        return (
            Step(
                "kind",
                asks="utter_pakn_category",
                label="utter_label_pakn_kind",
                question=_kind,
                reads=_right_or_more,
                offers=(Offer("right", "utter_button_pakn_right"), Offer("other", "utter_button_pakn_other")),
                heard=self._kind_heard,
            ),
            Step(
                "category",
                asks="utter_pakn_category",
                reads=_more,
                offers=tuple(Offer(str(number), f"utter_pakn_category_{number}") for number in (*range(1, 9), 0)),
                heard=self._categorised,
                needed=lambda answers: answers.get("kind") == "other",
            ),
        )

    async def _notice(self, at: Place, _: Answers) -> Question:
        return Question(say_notice(at.texts, self.outside.reception()))

    async def _agreed(self, at: Place, answers: Answers) -> Heard:
        reception = self.outside.reception()
        if answers["consent"] != "agree":
            said = at.texts.render("utter_pakn_refused", doors=say_doors(at.texts, reception.doors))
            return Heard(answers, end=End((Reply(said),), at.state))
        draft = self.outside.new_draft()
        noted: dict[str, str] = {
            **answers,
            "draft": draft,
            "receipt": self.outside.new_receipt(),
            "version": reception.version,
            "agreed_at": at.now.isoformat(),
        }
        message = noted.pop("message", "")
        if message and "story" not in noted:
            text = await self.outside.recall(at.ref, message)
            called = read_command(text)
            if said := story_of(called.rest if called else text):
                noted["said"] = said
        return Heard(noted, effects=(BeginDraft(draft, reception.version),))

    async def _took(self, at: Place, answers: Answers) -> Heard:
        kept = {name: value for name, value in answers.items() if name != "said"}
        if answers["take"] == "no":
            return Heard(kept)
        return await self._told(at, {**kept, "story": answers["said"]})

    async def _told(self, at: Place, answers: Answers) -> Heard:
        """Look at the story: too short, of another door, or to go on with."""
        raw = "\n".join(part for part in (answers.get("begun", ""), answers["story"]) if part)
        text = story_of(raw)
        kept = {name: value for name, value in answers.items() if name not in ("begun", "border", "door", "again")}
        if _AGREE.fullmatch(_plain(text)):
            return Heard({name: value for name, value in kept.items() if name != "story"})
        if not tells_enough(text):
            begun = {name: value for name, value in kept.items() if name != "story"}
            return Heard({**begun, "begun": text})
        found = weigh(self.outside.understands, text)
        noted = {**kept, "story": text, "certain": "1" if found.certain and not answers.get("own") else ""}
        category = found.suggested.category
        if found.door is not None and not answers.get("own"):
            return self._other_door(at, noted, found.door)
        noted |= {"category_suggested": str(category.value) if category else "", "about": found.suggested.about.value}
        noted |= {"border_suggested": found.suggested.border.value}
        return Heard(noted, lead=_remarks(at.texts, text, raw))

    def _other_door(self, at: Place, answers: Answers, border: Border) -> Heard:
        if border in KEPT:
            return Heard({**answers, "border": border.value}, effects=(BlankMessage(),))
        gone: tuple[Effect, ...] = (BlankMessage(), DropDraft(answers.get("draft", "")))
        reply = door_reply(at.texts, self.outside.reception(), border, answers["story"])
        return Heard(answers, effects=gone, end=End((reply,), at.state))

    async def _door(self, at: Place, answers: Answers) -> Question:
        said = door_text(at.texts, self.outside.reception(), Border(answers["border"]))
        return Question(f"{said}\n\n{at.texts.render('utter_pakn_door_ask')}")

    async def _insisted(self, at: Place, answers: Answers) -> Heard:
        if answers["door"] == "stop":
            said = Reply(at.texts.render("utter_pakn_door_stopped"))
            return Heard(answers, effects=(DropDraft(answers.get("draft", "")),), end=End((said,), at.state))
        return await self._told(at, {**answers, "own": "1"})

    async def _kind_heard(self, at: Place, answers: Answers) -> Heard:
        said = answers["kind"]
        if said.startswith(_MORE):
            return await self._went_on(at, answers, "kind")
        kept = {name: value for name, value in answers.items() if name != "category"}
        if said == "right":
            kept["category"] = answers.get("category_suggested", "")
        return Heard(kept)

    async def _categorised(self, at: Place, answers: Answers) -> Heard:
        said = answers["category"]
        if said.startswith(_MORE):
            return await self._went_on(at, answers, "category")
        if said == "0":
            return Heard({**answers, "category": "", "certain": ""})
        about = About.CONDUCT if said == str(Category.OBSTACLE.value) else About.CONTENT
        if answers.get("about") == About.BOTH.value:
            about = About.BOTH
        return Heard({**answers, "about": about.value})

    async def _went_on(self, at: Place, answers: Answers, step: str) -> Heard:
        """Take words at a question after the story for more of it: people send it in several messages."""
        more = answers[step].removeprefix(_MORE)
        kept = {name: value for name, value in answers.items() if name != step}
        heard = await self._told(at, {**kept, "story": f"{answers['story']}\n{more}"})
        lead = at.texts.render("utter_pakn_story_more")
        return _led(heard, lead)


def _led(heard: Heard, lead: str) -> Heard:
    """Return the same with words before the next question."""
    return Heard(heard.answers, " ".join(part for part in (lead, heard.lead) if part), heard.effects, heard.end)


async def _take(at: Place, answers: Answers) -> Question:
    return Question(at.texts.render("utter_pakn_take", said=cut(answers["said"])))


async def _story(at: Place, answers: Answers) -> Question:
    if answers.get("begun"):
        return Question(at.texts.render("utter_pakn_story_short"))
    return Question(at.texts.render("utter_pakn_story_again" if answers.get("again") else "utter_pakn_story"))


async def _kind(at: Place, answers: Answers) -> Question | str:
    return Question(say_kind(at.texts, answers)) if answers.get("category_suggested") else "other"


def _remarks(texts: Texts, text: str, raw: str) -> str:
    remarks = [] if looks_vietnamese(normalise(text)) else [texts.render("utter_pakn_story_foreign")]
    if len(raw.strip()) > LONGEST_TEXT:
        remarks.append(texts.render("utter_pakn_story_long", count=LONGEST_TEXT))
    return " ".join(remarks)


def _folded(inbound: Inbound) -> str:
    return _plain(inbound.text)


def _plain(text: str) -> str:
    return " ".join(fold(normalise(text)).strip(" .,!?…").replace(",", " ").split())


def consented(inbound: Inbound) -> str | None:
    """Accept an explicit "Đồng ý" alone: neither silence nor any other word is one (Law 91/2025, Article 9)."""
    said = _folded(inbound)
    return "agree" if _AGREE.fullmatch(said) else "refuse" if said in _REFUSE else None


def _words(inbound: Inbound) -> str | None:
    text = story_of(inbound.text)
    return text if any(letter.isalnum() for letter in text) else None


def _more(inbound: Inbound) -> str | None:
    text = story_of(inbound.text)
    count = len(text.split())
    asks = text.endswith("?") or (count <= _QUESTION and asks_something(text))
    return f"{_MORE}{text}" if count >= _GOES_ON and not asks else None


def _right_or_more(inbound: Inbound) -> str | None:
    said = _folded(inbound)
    return "right" if said in _RIGHT else "other" if said in _WRONG else _more(inbound)
