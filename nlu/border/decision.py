"""Decides what to call a text from the shares of the labels, and how sure that is. Pure.

Two mistakes are not alike. A denunciation or an emergency that is registered as feedback is shown to the very officials it
is about, or waits while somebody needs help: so a small share of these is enough. Feedback that is turned away is lost: so
whatever is doubtful is said to be, and the caller registers it for an official's triage.
"""

from __future__ import annotations

from collections.abc import Mapping

from nlu.border.labels import CONDUCT_CATEGORY, REGISTERED, Label, Suggested
from nlu.border.model import Reading

SURE = 0.85
"""From here on the label is taken without an official's look; below it an official looks at it, whatever the label."""
DOUBTFUL = 0.5
"""As sure as a label may be that another one nearly took its place."""
GUARDED: Mapping[Label, float] = {Label.DENUNCIATION: 0.04, Label.EMERGENCY: 0.04}
"""Share from which a text is called so rather than something to register."""
SHADOW = 0.01
"""Share of a denunciation or emergency from which something to register is doubtful, so that none is registered unseen."""
CLOSE = 0.2
"""Share from which conduct beside a denunciation or complaint, or the other way round, makes the label doubtful."""
NEAR_CONDUCT = frozenset((Label.DENUNCIATION, Label.COMPLAINT))
PROPOSES = 0.35
"""Share of recommendations from which another report is taken to propose something too."""
BOTH = 0.3
"""Share from which both conduct and a rule are taken to be meant."""
ABOUT_A_RULE = (Label.CONTENT, Label.RECOMMENDATION)


def decide(reading: Reading) -> Suggested:
    """Return what a text is called."""
    shares = reading.shares
    likeliest = max(shares, key=shares.__getitem__)
    label = _guarded(likeliest, shares)
    return Suggested(
        label,
        shares[label] if label is likeliest and not _close(label, shares) else min(shares[label], DOUBTFUL),
        shares,
        label is Label.RECOMMENDATION or (label in REGISTERED and shares[Label.RECOMMENDATION] >= PROPOSES),
        label in REGISTERED and min(shares[Label.CONDUCT], sum(shares[one] for one in ABOUT_A_RULE)) >= BOTH,
        _category(label, reading),
    )


def _guarded(likeliest: Label, shares: Mapping[Label, float]) -> Label:
    if likeliest not in REGISTERED:
        return likeliest
    urgent = max(GUARDED, key=shares.__getitem__)
    return urgent if shares[urgent] >= GUARDED[urgent] else likeliest


def _close(label: Label, shares: Mapping[Label, float]) -> bool:
    if label in REGISTERED and any(shares[one] >= SHADOW for one in GUARDED):
        return True
    if label is Label.CONDUCT:
        return shares[Label.COMPLAINT] >= CLOSE
    return label in NEAR_CONDUCT and shares[Label.CONDUCT] >= CLOSE


def _category(label: Label, reading: Reading) -> int | None:
    if label is Label.CONDUCT:
        return CONDUCT_CATEGORY
    if label is Label.CONTENT:
        return reading.problem
    return reading.proposal if label is Label.RECOMMENDATION else None
