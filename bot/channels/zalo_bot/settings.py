"""What can be set for the Zalo Bot; without a token the channel is off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.settings import Settings, SettingsError

HOST = "https://bot-api.zaloplatforms.com"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}:[A-Za-z0-9_-]{1,256}")
SHORTEST_SECRET = 8
LONGEST_SECRET = 256


@dataclass(frozen=True)
class ZaloBotSettings:
    """One bot."""

    token: str = field(repr=False)
    """``bot id:secret``; it stands in the address of every call, so no address is ever logged."""
    secret: str = field(default="", repr=False)
    """What Zalo sends along with every webhook request; empty: no webhook."""
    polling: bool = False
    """Whether updates are fetched, for development: Zalo takes no acknowledgement, so a crash may lose one."""
    host: str = HOST

    @property
    def account(self) -> str:
        """The bot's id."""
        return self.token.partition(":")[0]


def zalo_bot_settings(settings: Settings) -> ZaloBotSettings | None:
    """Return the bot's settings; ``None`` when it is off.

    Raises:
        SettingsError: some are given and others that they need are not.
    """
    token = settings.zalo_bot_token.reveal() if settings.zalo_bot_token else ""
    secret = settings.zalo_bot_secret.reveal() if settings.zalo_bot_secret else ""
    if not token and not secret:
        return None
    problems = []
    if not _TOKEN.fullmatch(token):
        problems.append("MOTCUA_ZALO_BOT_TOKEN must be the token of a Zalo Bot, of the form id:secret")
    if secret and not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        problems.append(f"MOTCUA_ZALO_BOT_SECRET must have {SHORTEST_SECRET} to {LONGEST_SECRET} characters")
    if not secret and not settings.zalo_bot_polling:
        problems.append(
            "MOTCUA_ZALO_BOT_SECRET is missing; the Zalo Bot's webhook needs it (or MOTCUA_ZALO_BOT_POLLING)"
        )
    if problems:
        raise SettingsError(problems)
    return ZaloBotSettings(token, secret, settings.zalo_bot_polling, settings.zalo_bot_base_url or HOST)
