"""Matters whose flow does not exist yet: said honestly, with the official door."""

from __future__ import annotations

from bot.channels.contract import Reply
from bot.dialogue.flow import Answers, End, Flow, Place


def _not_yet(name: str, *commands: str) -> Flow:
    async def finish(at: Place, _: Answers) -> End:
        return End((Reply(at.texts.render(f"utter_not_yet_{name}")),), at.state)

    return Flow(name=name, title=f"utter_title_{name}", finish=finish, commands=commands)


NOT_YET = (_not_yet("postal", "buudien"),)
"""Each one gives way to a file of its own."""
