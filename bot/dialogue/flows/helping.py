"""/help: what the assistant can do."""

from __future__ import annotations

from bot.channels.contract import Choice, Reply
from bot.dialogue.flow import Answers, End, Flow, Place
from nlu.understanding import Intent


async def _finish(at: Place, _: Answers) -> End:
    texts = at.texts
    choices = (
        Choice("do:person", texts.render("utter_button_person")),
        Choice("do:language", texts.render("utter_button_language")),
    )
    return End((Reply(texts.render("utter_help"), choices),), at.state)


HELPING = Flow(
    name="help", title="utter_title_help", finish=_finish, commands=("help",), intents=frozenset({Intent.HELP})
)
