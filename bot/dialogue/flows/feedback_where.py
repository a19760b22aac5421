"""Where it happened: the office, and in which commune or province it is. What the story or the office's name tells is not asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.feedback_names import named
from bot.dialogue.feedback_places import names_place, office_in, place_in
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.flow import Answers, Heard, Place, Question, Step
from feedback.record import About


@dataclass(frozen=True)
class WhereSteps:
    """The steps; they read what ``AboutFeedback`` gives."""

    outside: AboutFeedback

    def steps(self) -> tuple[Step, ...]:
        """Return them in their order."""
        return (
            Step(
                "where",
                asks="utter_pakn_where",
                label="utter_label_pakn_where",
                question=_where,
                reads=named,
                heard=_where_heard,
                skippable=True,
            ),
            Step(
                "place",
                asks="utter_pakn_place",
                label="utter_label_pakn_place",
                question=self._place,
                reads=named,
                skippable=True,
                needed=lambda answers: bool(answers.get("where")),
            ),
        )

    async def _place(self, at: Place, answers: Answers) -> Question | str:
        """Ask where the office is, unless its name says so, or it is one of the house's own units.

        A place in the story is not taken: it may be where the sender lives.
        """
        said = answers["where"]
        known = place_in(said)
        if known or names_place(said) or self.outside.agency_of(said):
            return known
        return Question(at.texts.render("utter_pakn_place"))


async def _where(at: Place, answers: Answers) -> Question | str:
    told = office_in(answers.get("story", ""))
    asked = answers.get("about") != About.CONTENT.value and not answers.get("late")
    return told or (Question(at.texts.render("utter_pakn_where")) if asked else "")


async def _where_heard(_: Place, answers: Answers) -> Heard:
    """Forget the place of an office that was named before."""
    return Heard({name: value for name, value in answers.items() if name != "place"})
