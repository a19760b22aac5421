"""Lends feedback what the assistant understands: what a text is, and how it is folded and masked."""

from __future__ import annotations

from feedback.record import About, Border, Category, Classification, Kind
from feedback.suggesting import Suggestion
from nlu.border.labels import Label, Suggested
from nlu.border.suggest import suggest
from nlu.border.words import plain
from nlu.learning.masking import mask_whole
from nlu.text import fold

_CONDUCT = frozenset((Label.CONDUCT, Label.COMPLAINT, Label.DENUNCIATION))
"""Labels about what somebody did."""


class BorderReader:
    """Implements ``feedback.suggesting.UnderstandsFeedback`` by the fitted border."""

    def suggest(self, text: str) -> Suggestion:
        """Return the suggestion for a text with or without accents; never raises."""
        found = suggest(text)
        return Suggestion(
            _classification(found), found.sure, {Border(label.value): share for label, share in found.shares.items()}
        )


class TextFolder:
    """Implements ``feedback.ports.FoldsText``."""

    def fold(self, text: str) -> str:
        """Return it in small letters without accents, in one writing of the letters, single spaces between the words."""
        return " ".join(map(fold, plain(text, len(text)).split()))

    def mask(self, text: str) -> str:
        """Return it with telephone and id numbers, addresses and names of persons masked."""
        return mask_whole(text)


def _classification(found: Suggested) -> Classification:
    about = About.CONDUCT if found.label in _CONDUCT else About.CONTENT
    return Classification(
        Border(found.label.value),
        Kind.RECOMMENDATION if found.proposes else Kind.REPORT,
        About.BOTH if found.about_both else about,
        None if found.category is None else Category(found.category),
    )
