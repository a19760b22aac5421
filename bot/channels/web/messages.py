"""What a client of the web chat sends, read strictly: every fault is named, none is guessed away."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from bot.channels.web.errors import RefusedError
from bot.dossiers.organisations.ports import MOST_CODES

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
FIELD_IN_ERROR = re.compile(r"`\$\.(\w+)(?:\[\d+\])?`|field `(\w+)`")


class WebMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of ``POST /api/v1/messages``."""

    conversation: Name
    """The client's own name for the conversation."""
    id: Name
    """The client's id of the message, unique within the conversation."""
    text: str | msgspec.UnsetType = msgspec.UNSET
    choice: Annotated[str, msgspec.Meta(min_length=1, max_length=256)] | msgspec.UnsetType = msgspec.UNSET
    """Id of the button that was pressed."""
    codes: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=MOST_CODES)] | msgspec.UnsetType = msgspec.UNSET
    """Dossier codes that were read from a file."""
    name: Annotated[str, msgspec.Meta(max_length=100)] | msgspec.UnsetType = msgspec.UNSET
    """Of that file."""
    language: Literal["vi", "en"] | msgspec.UnsetType = msgspec.UNSET
    """Of the client's page: a new conversation begins in it."""
    trace: bool = False
    """Whether to say how the message was understood; only servers started with tracing do."""


def read_message(raw: bytes) -> WebMessage:
    """Read the body of a request.

    Raises:
        RefusedError: It is not JSON, or not of the documented form.
    """
    try:
        message = msgspec.json.decode(raw, type=WebMessage)
    except msgspec.ValidationError as error:
        found = FIELD_IN_ERROR.search(str(error))
        raise RefusedError(400, "invalid", field=(found.group(1) or found.group(2)) if found else "body") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(400, "malformed") from error
    for field in ("conversation", "id"):
        check_name(getattr(message, field), field)
    if sum(one is not msgspec.UNSET for one in (message.text, message.choice, message.codes)) != 1:
        raise RefusedError(400, "invalid", field="text | choice | codes")
    return message


def check_name(name: str, field: str) -> None:
    """Refuse names and ids that cannot be printed, or that are empty or over-long.

    Raises:
        RefusedError: The name cannot be used.
    """
    if not 1 <= len(name) <= 128 or not name.isprintable():
        raise RefusedError(400, "invalid", field=field)
