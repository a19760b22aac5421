"""What a resume code carries: the matter under discussion and a checklist, never personal data or a proof of identity."""

from __future__ import annotations

import msgspec

from nlu.answers.checklist import Wishes


class Ticked(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A person's checklist for one procedure."""

    procedure: str
    name: str = ""
    """The procedure's name when the list was made."""
    language: str = "vi"
    wishes: Wishes = Wishes()
    done: tuple[str, ...] = ()
    """Ids of the papers that are ticked off."""
    fingerprint: str = ""
    """Of the checklist as the person last saw it."""


class Snapshot(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A conversation as another channel takes it up."""

    language: str = "vi"
    procedure: str = ""
    """Code of the procedure under discussion."""
    asked: tuple[str, ...] = ()
    """Aspects answered last."""
    checklist: Ticked | None = None
