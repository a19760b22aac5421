"""The doors into the assistant for one procedure: our page, Telegram and Zalo, as a QR code at the counter opens them.

Zalo passes no parameter along: its door is the account, and the page says which short code to send there.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bot.errors import BotError
from nlu.codes import parse_procedure_code


class DoorError(BotError):
    """A door cannot be made; the message says which setting it needs."""


@dataclass(frozen=True)
class Doors:
    """Where citizens can come in; what is empty is not offered."""

    public_url: str = ""
    """Address of this server as citizens reach it, without a slash at the end."""
    telegram: str = ""
    """The Telegram bot's user name, without @."""
    zalo_oa: str = ""
    """Id of the Zalo Official Account."""

    def page(self, code: str) -> str:
        """Return the address that a QR code holds.

        Raises:
            DoorError: nobody told the public address.
        """
        if not self.public_url:
            raise DoorError("set MOTCUA_PUBLIC_URL to the address at which citizens reach this server")
        return f"{self.public_url}/z/{path_code(code)}"

    def web(self, code: str, language: str = "vi") -> str:
        """Return the web chat's address that opens the procedure in a language; it stands on our own server."""
        return f"/?tt={quote(code, safe='')}{'' if language == 'vi' else f'&lang={language}'}"

    def telegram_link(self, code: str) -> str:
        """Return the deep link into Telegram, whose payloads allow no dot; empty without a bot."""
        return f"https://t.me/{quote(self.telegram)}?start=tt_{path_code(code)}" if self.telegram else ""

    def telegram_home(self) -> str:
        """Return the link into Telegram that names no procedure; empty without a bot."""
        return f"https://t.me/{quote(self.telegram)}" if self.telegram else ""

    def zalo_link(self) -> str:
        """Return the link to the Official Account; empty without one."""
        return f"https://zalo.me/{quote(self.zalo_oa)}" if self.zalo_oa else ""


def short_code(code: str) -> str:
    """Return what a citizen types on a channel without deep links."""
    return f"#TT{code}"


def path_code(code: str) -> str:
    """Return a procedure's code for an address: dots would be forbidden in Telegram's deep links."""
    return code.replace(".", "-")


def read_path_code(text: str) -> str | None:
    """Return the code that an address or a short code names; ``None`` when it is none."""
    plain = text.strip().removeprefix("#").upper().removeprefix("TT").replace("-", ".")
    found = parse_procedure_code(plain)
    return found.text if found is not None else None
