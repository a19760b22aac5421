"""How records become sealed columns and back; each seal is bound to its row, so that rows cannot be exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from bot.channels.contract import Inbound, NativeCall, Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.dialogue.state import ConversationState, decode, encode

Kind = TypeVar("Kind")


class Sealing:
    """Seals and opens what the delivery tables keep."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher that protects everything at rest."""
        self._cipher = cipher

    def inbound(self, inbound: Inbound) -> bytes:
        """Seal a citizen's message."""
        return self._cipher.seal(msgspec.json.encode(inbound), about_message(inbound.ref, inbound.id))

    def open_inbound(self, sealed: bytes, ref: Ref, message_id: str) -> Inbound:
        """Open a citizen's message.

        Raises:
            UnreadableError: Another key, another row, or another layout.
        """
        return self._open(sealed, about_message(ref, message_id), Inbound)

    def call(self, call: NativeCall, key: str) -> bytes:
        """Seal a native call under its idempotency key."""
        return self._cipher.seal(msgspec.json.encode(call), about_call(key))

    def open_call(self, sealed: bytes, key: str) -> NativeCall:
        """Open a native call; raises ``UnreadableError`` as ``open_inbound`` does."""
        return self._open(sealed, about_call(key), NativeCall)

    def state(self, state: ConversationState, ref: Ref) -> bytes:
        """Seal what a conversation remembers."""
        return self._cipher.seal(encode(state), about_state(ref))

    def open_state(self, sealed: bytes, ref: Ref) -> ConversationState:
        """Open what a conversation remembers; raises ``UnreadableError`` for another key or row."""
        return decode(self._cipher.open(sealed, about_state(ref)))

    def trace(self, trace: Mapping[str, Any], inbox_id: int) -> bytes:
        """Seal the account of a turn; what JSON does not know is written as its text."""
        return self._cipher.seal(msgspec.json.encode(trace, enc_hook=str), about_trace(inbox_id))

    def open_trace(self, sealed: bytes, inbox_id: int) -> dict[str, Any]:
        """Open the account of a turn; raises ``UnreadableError`` as ``open_inbound`` does."""
        return self._open(sealed, about_trace(inbox_id), dict[str, Any])

    def _open(self, sealed: bytes, about: str, kind: type[Kind]) -> Kind:
        plain = self._cipher.open(sealed, about)
        try:
            return msgspec.json.decode(plain, type=kind)
        except msgspec.MsgspecError as error:
            raise UnreadableError(f"{about.split(':')[0]}: stored in an unknown layout.") from error


def _place(table: str, ref: Ref) -> str:
    return f"{table}:{ref.channel}:{ref.account}:{ref.conversation}"


def about_message(ref: Ref, message_id: str) -> str:
    """Return the place that a citizen's message is bound to."""
    return f"{_place('inbox', ref)}:{message_id}"


def about_call(key: str) -> str:
    """Return the place that a native call is bound to."""
    return f"outbox:{key}"


def about_state(ref: Ref) -> str:
    """Return the place that what a conversation remembers is bound to."""
    return _place("conversation", ref)


def about_trace(inbox_id: int) -> str:
    """Return the place that the account of a turn is bound to."""
    return f"trace:{inbox_id}"
