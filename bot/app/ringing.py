"""Where officials are told that somebody waits, from the settings."""

from __future__ import annotations

from bot.channels.contract import Ref
from bot.channels.desk.channel import DESK
from bot.settings import Secret, Settings, SettingsError


def bell_places(settings: Settings) -> tuple[Ref, ...]:
    """Return the officials' chats and their desk; none when nothing is set.

    Raises:
        SettingsError: a chat is on a channel that is off.
    """
    accounts = {
        "telegram": _before_colon(settings.telegram_token),
        "zalo_oa": settings.zalo_oa_id if settings.zalo_oa_app_id else "",
        "zalo_bot": _before_colon(settings.zalo_bot_token),
    }
    off = sorted({channel for channel, _ in settings.handover_chats if not accounts[channel]})
    if off:
        raise SettingsError([f"MOTCUA_HANDOVER_CHATS names {channel}, which is switched off" for channel in off])
    chats = tuple(Ref(channel, accounts[channel], chat) for channel, chat in settings.handover_chats)
    return (*chats, *((DESK,) if settings.handover_webhook else ()))


def _before_colon(token: Secret | None) -> str:
    return token.reveal().partition(":")[0] if token else ""
