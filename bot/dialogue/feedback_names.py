"""Reads a name that was asked for, or that somebody has none: "không biết", "gửi luôn". Pure."""

from __future__ import annotations

import re

from bot.channels.contract import Inbound
from bot.dialogue.feedback_words import says_send
from bot.dialogue.flow import some_words
from bot.dialogue.typed_answers import asks_something
from nlu.text import expand, fold, normalise, words

_NOTHING = re.compile(
    r"(?:(?:da|thoi|toi|em|minh|hien) )*(?:khong|chua)(?: (?:co|biet|ro|nho|can|gui|kem))*"
    r"(?: (?:gi|nao|ca|het|dau|nua|ro|lam|chinh xac|anh|hinh|hinh anh|tep|file|pdf|kem|kem theo|dinh kem|ma|so|ma so"
    r"|ma ho so|ho so|ten|ngay|thu tuc|a|em|nhe|nha|thoi|luon))*"
    r"|quen(?: mat)? roi|no|none|(?:i )?don'?t know|not sure|nothing"
)


def named(inbound: Inbound) -> str | None:
    """Accept a name of something; a question is one for the assistant, and "không biết" says that there is none."""
    said = some_words(inbound)
    if said is None or asks_something(said) or not any(letter.isalpha() for letter in said):
        return None
    return "" if says_nothing(said) or says_send(said) else said


def says_nothing(text: str) -> bool:
    """Tell whether somebody says that there is none, or that they do not know."""
    return _NOTHING.fullmatch(folded_whole(text)) is not None


def folded_whole(text: str) -> str:
    """Return words without accents and in full: "ko" is "khong"."""
    return " ".join(fold(word) for word in expand(words(normalise(text))))
