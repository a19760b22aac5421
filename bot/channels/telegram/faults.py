"""What went wrong with a call, told apart and told to operators."""

from __future__ import annotations

from telegram.error import BadRequest, InvalidToken, TelegramError

TOKEN_REFUSED = "Telegram refuses the bot's token: set MOTCUA_TELEGRAM_TOKEN to the one of @BotFather."  # noqa: S105


def is_foreign(error: BaseException | None) -> bool:
    """Tell whether what came back was no answer of the Bot API: a firewall's 403 says nothing about a citizen."""
    while error is not None:
        # The library raises the bare class for what it cannot read, and its own error from it.
        if type(error) is TelegramError:
            return True
        error = error.__cause__
    return False


def is_refused_token(error: TelegramError) -> bool:
    """Tell whether Telegram itself does not know the token."""
    return isinstance(error, InvalidToken) and not is_foreign(error)


def is_refusal(error: TelegramError) -> bool:
    """Tell whether Telegram itself refused what was sent."""
    return isinstance(error, BadRequest) and not is_foreign(error)


def detail_of(error: TelegramError) -> str:
    """Return what went wrong without what Telegram quotes of the message, nor any address: it would hold the token."""
    if is_foreign(error):
        return "an answer that is not Telegram's"
    if isinstance(error, BadRequest):
        said = error.message.split('"')[0].split("'http")[0]
        return f"BadRequest: {':'.join(said.split(':')[:2])}"[:120].strip()
    return type(error).__name__
