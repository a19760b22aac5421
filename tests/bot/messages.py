"""Builders of messages for the tests of channels and delivery."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.contract import Inbound, InboundKind, Ref

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def ref(conversation: str = "c1", channel: str = "web") -> Ref:
    """Return a conversation's address."""
    return Ref(channel, "default", conversation)


def inbound(text: str = "xin chào", id: str = "m1", conversation: str = "c1", channel: str = "web") -> Inbound:
    """Return a text message."""
    return Inbound(ref(conversation, channel), id, InboundKind.TEXT, NOW, text=text)
