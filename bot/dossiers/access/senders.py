"""Carries one-time codes to telephones: an SMS gateway described by settings, or, for development, the operator's own eyes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import aiohttp

logger = logging.getLogger(__name__)

LONGEST_ANSWER = 64 * 1024
SHOWN_DIGITS = 2
"""Of a telephone number, on the operator's own screen: fewer than any fact that is asked for."""


@dataclass(frozen=True)
class Gateway:
    """An SMS gateway. In address, headers and body stand ``{phone}`` (E.164), ``{phone84}`` (without the plus), ``{text}``,
    ``{code}`` and ``{secret}``; the body is JSON, or pairs as of a form.
    """

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    secret: str = field(default="", repr=False)
    good: str = ""
    """What the answer contains when the message was taken; empty: its status tells."""
    seconds: float = 10.0


class SmsGateway:
    """See ``SendsCodes``."""

    def __init__(self, gateway: Gateway, text: Callable[[str], str]) -> None:
        """Take the gateway, and what gives the message for a code."""
        self._gateway = gateway
        self._text = text

    async def send(self, phone: str, code: str) -> bool:
        """See ``SendsCodes.send``."""
        gateway, values = self._gateway, self._values(phone, code)
        url = _filled(gateway.url, {name: quote(value, safe="") for name, value in values.items()})
        headers = {name: _filled(value, values) for name, value in gateway.headers.items()}
        timeout = aiohttp.ClientTimeout(total=gateway.seconds)
        try:
            # Few and far between: a session each keeps none of the gateway's cookies.
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
                session.request(gateway.method, url, allow_redirects=False, **self._body(values)) as response,
            ):
                answer = (await response.content.read(LONGEST_ANSWER)).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # Its words may hold address and number.
            logger.warning("The SMS gateway could not be asked: %s.", type(error).__name__)
            return False
        taken = 200 <= response.status < 300 and gateway.good in answer
        if not taken:
            logger.warning("The SMS gateway refused a message with status %d.", response.status)
        return taken

    def _values(self, phone: str, code: str) -> Mapping[str, str]:
        return {
            "phone": phone,
            "phone84": phone.removeprefix("+"),
            "code": code,
            "text": self._text(code),
            "secret": self._gateway.secret,
        }

    def _body(self, values: Mapping[str, str]) -> dict[str, Any]:
        template = self._gateway.body
        if not template:
            return {}
        if template.startswith(("{", "[")):
            return {"json": _filled_in(json.loads(template), values)}
        return {"data": {name: _filled(value, values) for name, value in parse_qsl(template, keep_blank_values=True)}}


class OperatorsEyes:
    """Writes codes where the operator of a development machine sees them; never on a server that citizens use."""

    def __init__(self, file: Path | None) -> None:
        """Take the file to append to; ``None`` for the console."""
        self._file = file

    async def send(self, phone: str, code: str) -> bool:
        """See ``SendsCodes.send``."""
        line = f"one-time code {code} for the telephone that ends in {phone[-SHOWN_DIGITS:]}"
        if self._file is None:
            print(line, flush=True)
            return True
        try:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(line + "\n")
        except OSError:
            return False
        return True


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _filled_in(template: Any, values: Mapping[str, str]) -> Any:
    """Fill in every text of a JSON value; numbers and the like stay."""
    match template:
        case str():
            return _filled(template, values)
        case dict():
            return {key: _filled_in(value, values) for key, value in template.items()}
        case list():
            return [_filled_in(value, values) for value in template]
        case _:
            return template
