"""How a reply degrades to what a channel can carry: buttons, else a numbered list; files, else links; text in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.contract import Caps, Choice, Reply
from bot.channels.splitting import Measure, split_text, utf16_length

_OWN_NUMBER = re.compile(r"^\d{1,2}\. ")
"""The number that some titles bring along."""


@dataclass(frozen=True)
class Fitted:
    """A reply in the pieces that a channel sends one after the other."""

    parts: tuple[str, ...]
    """Texts within the limit, in the light markup of ``Reply``; never empty."""
    buttons: tuple[Choice, ...]
    """For the last part; titles are cut to the limit."""


def numbered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices that a citizen may answer by number, in the order of their numbers; links have none.

    The dialogue remembers these, so that "2" means the same on every channel.
    """
    return tuple(choice for choice in choices if choice.id)


def fit(reply: Reply, caps: Caps, measure: Measure | None = None) -> Fitted:
    """Fit a reply into a channel's limits.

    Choices that the channel has too few buttons for are written as a numbered list, all of them; so are those whose
    titles would look the same on its buttons. Links that get no button are written as lines with their address.

    Args:
        reply: what is said.
        caps: of the channel.
        measure: counts what a text becomes on the channel (escaped, marked up); the plain count otherwise.
    """
    choices = numbered(reply.choices)
    links = [choice for choice in reply.choices if not choice.id and choice.url]
    carried = [choice for choice in choices if len(choice.id.encode()) <= caps.payload_max_bytes]
    all_fit = len(carried) == len(choices) <= caps.max_buttons and not _alike(carried, caps.title_max)
    free = max(caps.max_buttons - len(choices), 0)
    lines = [] if all_fit else [_line(at, choice) for at, choice in enumerate(choices, start=reply.first_number)]
    lines += [f"{choice.title}: {choice.url}" for choice in links[free:]]
    if not caps.upload:
        lines += [f"{file.name}: {file.url}" for file in reply.files]
    text = "\n\n".join(part for part in (reply.text, "\n".join(lines)) if part)
    parts = split_text(text, caps.max_text, measure or (utf16_length if caps.utf16 else len))
    buttons = [*carried[: caps.max_buttons], *links[:free]]
    return Fitted(tuple(parts), tuple(_short(button, caps.title_max) for button in buttons))


def _line(number: int, choice: Choice) -> str:
    """Write a choice with its number, once: some titles bring theirs along."""
    return choice.title if choice.title.startswith(f"{number}. ") else f"{number}. {choice.title}"


def _alike(choices: Sequence[Choice], most: int) -> bool:
    """Tell whether titles that differ look the same when they are cut: nobody could choose between them."""
    whole = {_OWN_NUMBER.sub("", choice.title) for choice in choices}
    return len({_OWN_NUMBER.sub("", _short(choice, most).title) for choice in choices}) < len(whole)


def _short(choice: Choice, most: int) -> Choice:
    if len(choice.title) <= most:
        return choice
    return replace(choice, title=choice.title[: most - 1].rstrip() + "…")
