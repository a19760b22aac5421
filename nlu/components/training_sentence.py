"""A training sentence that Rasa may copy and compare as often as it likes.

Rasa hashes and copies every message, with its words and features, at each step of a training: with sixty thousand sentences
that is two thirds of the time, for a cache that this project keeps switched off (``nlu.training.rasa_environment``).
"""

from __future__ import annotations

from hashlib import md5
from secrets import token_hex
from typing import Any

from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

_RUN = token_hex(8)
"""Goes into every hash: what another process stored in Rasa's cache is never taken for this training's."""


class TrainingSentence(Message):
    """A message known by its text and its labels; what components add to it is the same for the same text."""

    @classmethod
    def of(cls, message: Message) -> TrainingSentence:
        """Return the same sentence as one of this kind."""
        return cls(message.data, set(message.output_properties), message.time, list(message.features))

    def fingerprint(self) -> str:
        """Return the hash of the text, the labels and how much was added."""
        if self._cached_fingerprint is None:
            labels = (self.data.get(INTENT), self.data.get(METADATA))
            told = (_RUN, self.data.get(TEXT), labels, len(self.data), len(self.features))
            self._cached_fingerprint = md5(repr(told).encode(), usedforsecurity=False).hexdigest()
        return self._cached_fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> TrainingSentence:
        """Copy what components write to; the values that they read are shared."""
        return self.of(self)
