"""Updates as Telegram sends them, in its own shape."""

from __future__ import annotations

import itertools
from typing import Any

PERSON = 4242
DATE = 1_790_000_000
_numbers = itertools.count(900_000_001)


def person(id: int = PERSON, language: str = "vi") -> dict[str, Any]:
    """Return somebody."""
    return {"id": id, "is_bot": False, "first_name": "Lan", "language_code": language}


def message(chat: int = PERSON, id: int = 11, type: str = "private", **content: Any) -> dict[str, Any]:
    """Return an update with a message of any content."""
    said = {"message_id": id, "from": person(chat), "chat": {"id": chat, "type": type, "first_name": "Lan"}}
    return {"update_id": next(_numbers), "message": {**said, "date": DATE, **content}}


def text(said: str, chat: int = PERSON) -> dict[str, Any]:
    """Return an update with a text; commands are marked as Telegram marks them."""
    content: dict[str, Any] = {"text": said}
    if said.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(said.split()[0])}]
    return message(chat, **content)


def tap(data: str, shown: int, chat: int = PERSON, query: str = "q1", date: int = DATE) -> dict[str, Any]:
    """Return an update for a tap on a button of one of the bot's messages."""
    sender = {"id": 123456789, "is_bot": True, "first_name": "Một Cửa"}
    carries = {"message_id": shown, "from": sender, "chat": {"id": chat, "type": "private"}, "date": date, "text": "…"}
    query_ = {"id": query, "from": person(chat), "chat_instance": "7", "data": data, "message": carries}
    return {"update_id": next(_numbers), "callback_query": query_}


def member(status: str, was: str, chat: int = PERSON, type: str = "private") -> dict[str, Any]:
    """Return an update for somebody who blocked or unblocked the bot."""
    bot = {"id": 123456789, "is_bot": True, "first_name": "Một Cửa"}
    change = {"chat": {"id": chat, "type": type}, "from": person(chat), "date": DATE}
    change |= {"old_chat_member": {"user": bot, "status": was}, "new_chat_member": {"user": bot, "status": status}}
    return {"update_id": next(_numbers), "my_chat_member": change}
