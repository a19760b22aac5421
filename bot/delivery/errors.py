"""What can go wrong while messages are taken in, answered and kept."""

from __future__ import annotations

from bot.errors import BotError


class DeliveryError(BotError):
    """Base of the delivery engine's errors."""


class StaleStateError(DeliveryError):
    """Another turn changed the conversation, or finished the message, in between: read again and repeat."""


class DifferentMessageError(DeliveryError):
    """A message id that was used before came with another content."""


class UnreadableError(DeliveryError):
    """Stored bytes could not be opened: the key is another one, or they were changed."""


class ChannelOffError(DeliveryError):
    """The conversation is on a channel that is switched off here: nothing can be said there."""


class StoppedError(DeliveryError):
    """The engine is stopping and takes nothing more in; the sender should try again shortly."""
