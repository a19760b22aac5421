"""Takes files that a chat brings for a piece of feedback: read as where the channel keeps them, then attached to the draft."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.flow import Answers, Place

_FILE = "file:"
_KEPT = ("file", "url", "name", "type", "size")


@dataclass(frozen=True)
class Attached:
    """What became of a file."""

    lead: str
    """What is said of it."""
    count: int | None = None
    """How many the draft has now; ``None`` when it was not taken."""


def file_in(inbound: Inbound) -> str:
    """Return a flow's answer for a file: where its channel keeps it."""
    named = {key: str(inbound.data[key]) for key in _KEPT if inbound.data.get(key)}
    return _FILE + msgspec.json.encode({**named, "kind": inbound.kind.value}).decode()


def is_file(answer: str) -> bool:
    """Tell whether an answer tells of a file."""
    return answer.startswith(_FILE)


async def attached(outside: AboutFeedback, at: Place, answers: Answers, answer: str) -> Attached:
    """Attach the file that an answer tells of, and say what became of it."""
    if outside.takes is None or not outside.hands_over(at.ref.channel):
        return Attached(at.texts.render("utter_pakn_files_not_here"))
    data = msgspec.json.decode(answer.removeprefix(_FILE), type=dict[str, str])
    inbound = Inbound(at.ref, at.message, InboundKind(data.pop("kind")), at.now, data=data)
    draft = answers.get("draft", "")
    taken = await outside.takes.take(draft, inbound)
    if taken.refused:
        return Attached(at.texts.render(taken.refused))
    count = await outside.drafts.files(draft)
    return Attached(at.texts.render("utter_pakn_files_got", name=taken.name, count=count), count)
