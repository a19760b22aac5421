"""/cachphananh: how feedback is given, who receives it, and what happens then; nothing is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.channels.contract import Choice, Reply
from bot.dialogue.flow import Answers, End, Flow, Place
from bot.dialogue.say_feedback_howto import HowToVoice
from feedback.office import Office
from nlu.understanding import Intent

PATH = "/huong-dan-phan-anh"


@dataclass(frozen=True)
class HowToOutside:
    """What the flow reads from outside."""

    office: Office
    today: Callable[[], date]
    public_url: str = ""
    """Address of this server; empty where it has none."""


def howto_flows(outside: HowToOutside) -> tuple[Flow, ...]:
    """Return the flow that shows the instructions."""

    async def finish(at: Place, _: Answers) -> End:
        render = at.texts.render
        voice = HowToVoice(at.texts, outside.office)
        told = [f"**{render('utter_howto_title')}**"]
        for part in voice.parts(outside.today()):
            told.append("\n".join((f"**{part.title}**", *(f"- {line}" for line in part.lines))))
        told += [source] if (source := voice.source()) else []
        choices = [Choice("do:feedback", render("utter_button_howto_begin"))]
        if outside.public_url:
            choices.append(Choice("", render("utter_button_howto_page"), f"{outside.public_url}{PATH}"))
        return End((Reply("\n\n".join(told), tuple(choices)),), at.state)

    return (
        Flow(
            "feedback_howto",
            "utter_title_feedback_howto",
            finish,
            commands=("cachphananh",),
            intents=frozenset({Intent.FEEDBACK_HOWTO}),
        ),
    )
