"""How the bot presents itself: where Telegram posts to, the menu of commands, and what it says about itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.background import rest
from bot.channels.telegram.faults import TOKEN_REFUSED, detail_of, is_refusal, is_refused_token
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.delivery.ports import Sleep

logger = logging.getLogger(__name__)

Say = Callable[[str, str], str]
"""Returns a sentence of ``domain.yml`` by key and language."""

Menu = Sequence[tuple[str, str]]
"""Names of commands and the keys of what is said beside them, in their order."""
LANGUAGES = {None: "vi", "en": "en"}
"""Our language by Telegram's; everybody whose client speaks no English sees the Vietnamese one."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds between tries while Telegram cannot be reached; doubled each time."""


@dataclass(frozen=True)
class Webhook:
    """Where Telegram posts to."""

    url: str
    secret: str


class Presence:
    """Tells Telegram all this at the start. It may take its time: messages are answered meanwhile."""

    def __init__(self, bot: Bot, say: Say, webhook: Webhook | None, *, menu: Menu, sleep: Sleep = rest) -> None:
        """Take what is to be told.

        Args:
            bot: tells it.
            say: the sentences.
            webhook: ``None`` to leave it as it is.
            menu: the commands to choose from.
            sleep: waits between tries.
        """
        self._bot = bot
        self._say = say
        self._webhook = webhook
        self._menu = menu
        self._sleep = sleep

    async def show(self) -> None:
        """Tell Telegram until it has taken it; never raises for what Telegram answers."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._set_webhook()
                await self._introduce()
                return
            except TelegramError as error:
                if is_refused_token(error):
                    logger.error(TOKEN_REFUSED)
                    return
                if is_refusal(error):
                    logger.error("Telegram does not take what it is told about the bot (%s).", detail_of(error))
                    return
                logger.warning("Telegram cannot be told about the bot yet (%s).", detail_of(error))
            await self._sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _set_webhook(self) -> None:
        if self._webhook is None:
            return
        await self._bot.set_webhook(
            self._webhook.url, secret_token=self._webhook.secret, allowed_updates=list(ALLOWED_UPDATES)
        )
        logger.info("Telegram posts to %s.", self._webhook.url)

    async def _introduce(self) -> None:
        """Set what differs: Telegram lets a bot change these only now and then."""
        for theirs, ours in LANGUAGES.items():
            commands = tuple(BotCommand(name, self._say(key, ours).strip()) for name, key in self._menu)
            if await self._bot.get_my_commands(language_code=theirs) != commands:
                await self._bot.set_my_commands(commands, language_code=theirs)
            about = self._say("utter_telegram_about", ours).strip()
            if (await self._bot.get_my_description(language_code=theirs)).description != about:
                await self._bot.set_my_description(about, language_code=theirs)
            short = self._say("utter_telegram_about_short", ours).strip()
            if (await self._bot.get_my_short_description(language_code=theirs)).short_description != short:
                await self._bot.set_my_short_description(short, language_code=theirs)
