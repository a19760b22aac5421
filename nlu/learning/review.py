"""Decides whether a turn goes to the review list, and why. Pure.

What was declined, asked back or answered beside the point is what the assistant has still to learn. A message counts as
answered beside the point when the citizen writes it again in other words; that shows one turn later, so a conversation
remembers its last question, masked, for one turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

import msgspec

from nlu.catalogue.model import base_code
from nlu.decision import Outcome
from nlu.learning.masking import mask, same_key, unmasked
from nlu.learning.masking_words import word_set
from nlu.text import fold, tokens
from nlu.understanding import Intent, Understanding

CANDIDATES = 9
"""Candidates kept for the reviewer: as many as there are keys."""
SHARED = 0.6
"""Share of the content words, of the shorter of two messages, from which they ask the same."""
FEWEST_SHARED = 2
"""Content words that two messages must share at least."""


class Reason(StrEnum):
    """Why a message is on the list; a later one never replaces a weightier earlier one."""

    ASKED_BACK = "asked_back"
    REPHRASED = "rephrased"
    """The citizen asked again in other words."""
    NOT_USEFUL = "not_useful"
    """The citizen said that the answer did not help."""
    DECLINED = "declined"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    CHOSE_NONE = "chose_none"
    """None of the choices offered was meant ("không có việc nào ở trên")."""


WEIGHT = {reason: weight for weight, reason in enumerate(Reason)}
"""Place in the order of ``Reason``."""

_REASONS = {
    Outcome.CHOOSE: Reason.ASKED_BACK,
    Outcome.DECLINED: Reason.DECLINED,
    Outcome.NOT_IN_CATALOGUE: Reason.NOT_IN_CATALOGUE,
}
_ASKED = frozenset({*_REASONS, Outcome.ANSWERED, Outcome.DETAILS_MISSING})
"""Outcomes of the flow for procedures; all others belong to other flows, whose texts are nobody's business here."""
_ANSWERED = frozenset({Outcome.ANSWERED, Outcome.DETAILS_MISSING})

PRIVATE = frozenset(
    {
        Intent.COMPLAINT,
        Intent.DENUNCIATION,
        Intent.FEEDBACK_SUBMIT,
        Intent.FEEDBACK_STATUS,
        Intent.FEEDBACK_HOWTO,
        Intent.EMERGENCY,
        Intent.DOSSIER_STATUS,
        Intent.DOSSIER_WATCH,
        Intent.DOSSIER_LATE,
        Intent.PRIVACY_VIEW,
        Intent.PRIVACY_DELETE,
        Intent.RATE_SERVICE,
        Intent.TALK_TO_PERSON,
    }
)
"""Intents whose texts are never kept, however unsure the reading was."""

_PRIVATE_WORDS = re.compile(
    r"\b(?:to cao|to giac|khieu nai|khieu to|khieu kien|phan anh|kien nghi|hoi lo|dut lot|lot tay|tham nhung"
    r"|tham o|an chan|voi vinh|nhung nhieu|hach sach|bao che|lam quyen|danh dap|hiep dam|xam hai|xam pham"
    r"|tu tu|tu sat|muon chet|bao hanh|hanh hung|lua dao|otp|mat khau|ma xac nhan|ma xac thuc|so cuoi)\b"
)
"""Words of complaints, denunciations, emergencies and second facts: such a message is not kept, whatever it was read as."""

_FILLERS = word_set(
    "a ad anh ban biet cac cach cai can chau chi cho co con cua da dang day de den di do dung duoc em gi giay gium giup ha hay"
    " hoi khong la lam luc ma mat minh mot muon nao nay ne nha nhe nhu o phai qua ra roi sao sap se tai the thi thu toi tren"
    " tu tui tuc va vay ve viec vi voi xin y"
)
"""Words that say nothing about which procedure is meant."""


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A candidate as it is kept for the reviewer."""

    code: str
    score: float
    name: str = ""


class Earlier(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The last question of a conversation, masked: what the next turn may show to have been misunderstood."""

    text: str
    candidates: tuple[Kept, ...] = ()
    aspects: tuple[str, ...] = ()
    context: str = ""
    """Code of the procedure that was under discussion."""
    answered: str = ""
    """Code of the procedure that was answered."""
    reason: str = ""
    """Why it is on the list already; empty when it is not."""
    corrected: bool = False
    """Whether the citizen has said since that this was not what was meant."""
    catalogue: int = 0
    """Version of the catalogue that the candidates are from."""


@dataclass(frozen=True)
class Sighting:
    """One entry for the review list, or more that is known about one."""

    text: str
    """Masked."""
    reason: Reason
    candidates: tuple[Kept, ...] = ()
    aspects: tuple[str, ...] = ()
    context: str = ""
    suggested: str = ""
    """Code that the citizen picked or was content with: a weak label."""
    catalogue: int = 0
    counted: bool = True
    """Whether the message was met once more; false when only more became known about it."""

    @property
    def hash(self) -> str:
        """The same for all texts that say the same."""
        return text_hash(self.text)


@dataclass(frozen=True)
class Turn:
    """A finished turn, as far as it matters here."""

    outcome: Outcome
    text: str = ""
    """What the citizen wrote; empty for a choice."""
    read: Understanding | None = None
    """How it was understood; ``None`` for a choice and for what no reader saw."""
    codes: tuple[str, ...] = ()
    """What was answered or offered, best first."""
    context: str = ""
    """Code of the procedure that was under discussion before."""
    offered: tuple[str, ...] = ()
    """Codes that were offered before the turn."""
    chosen: str = ""
    """Code picked, by button or by its number or name."""
    chose_none: bool = False
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Reviewed:
    """What a turn leaves for the list, and what the conversation is to remember."""

    sightings: tuple[Sighting, ...] = ()
    earlier: Earlier | None = None


def text_hash(masked: str) -> str:
    """Return the hash of a masked text, equal for texts that say the same."""
    return sha256(same_key(masked).encode()).hexdigest()


def review(turn: Turn) -> Reviewed:
    """Decide about one turn."""
    if turn.chosen or turn.chose_none:
        return _choice(turn)
    read = turn.read
    if read is None or _private(turn.text, read):
        return Reviewed()
    if turn.outcome not in _ASKED:
        return Reviewed(earlier=_corrected(turn.earlier) if read.intent is Intent.CORRECT else None)
    now = _earlier(turn, read)
    if not same_key(now.text):
        return Reviewed()
    found = [_again(turn.earlier, turn, now)] if turn.earlier and _rephrased(turn.earlier, turn, now, read) else []
    if turn.outcome in _REASONS:
        found.append(_sighting(now, _REASONS[turn.outcome]))
    return Reviewed(tuple(found), now)


def _corrected(earlier: Earlier | None) -> Earlier | None:
    return msgspec.structs.replace(earlier, corrected=True) if earlier is not None else None


def _choice(turn: Turn) -> Reviewed:
    """What a choice tells of the question before it."""
    earlier = turn.earlier
    if earlier is None:
        return Reviewed()
    if turn.chose_none:
        known = msgspec.structs.replace(earlier, reason=Reason.CHOSE_NONE.value, corrected=True)
        return Reviewed((_sighting(earlier, Reason.CHOSE_NONE, counted=not earlier.reason),), known)
    if turn.chosen in turn.offered and earlier.reason:
        found = _sighting(earlier, Reason(earlier.reason), suggested=turn.chosen, counted=False)
        return Reviewed((found,), msgspec.structs.replace(earlier, answered=turn.chosen))
    return Reviewed()


def _private(text: str, read: Understanding) -> bool:
    return read.intent in PRIVATE or bool(read.dossier_codes) or bool(_PRIVATE_WORDS.search(fold(text)))


def _earlier(turn: Turn, read: Understanding) -> Earlier:
    reason = _REASONS.get(turn.outcome)
    return Earlier(
        text=mask(turn.text),
        candidates=tuple(Kept(one.code, round(one.score, 4), one.name[:200]) for one in read.candidates[:CANDIDATES]),
        aspects=tuple(aspect.value for aspect in read.aspects),
        context=turn.context,
        answered=turn.codes[0] if turn.codes and turn.outcome in _ANSWERED else "",
        reason=reason.value if reason else "",
        catalogue=read.catalogue_version,
    )


def _rephrased(earlier: Earlier, turn: Turn, now: Earlier, read: Understanding) -> bool:
    """Tell whether a question is the earlier one in other words, or corrects what was made of it."""
    if same_key(earlier.text) == same_key(now.text):
        return False
    same = bool(earlier.answered) and base_code(earlier.answered) == base_code(now.answered or "")
    if earlier.corrected or read.intent is Intent.CORRECT:
        return not same
    if not _alike(earlier.text, now.text):
        return False
    # A question about the same procedure that asks for something new goes on; one that asks for the same asks again.
    return not same or set(now.aspects) <= set(earlier.aspects)


def _alike(one: str, other: str) -> bool:
    first, second = _content(one), _content(other)
    shared = len(first & second)
    return shared >= FEWEST_SHARED and shared >= SHARED * min(len(first), len(second))


def _content(text: str) -> set[str]:
    return {word for word in tokens(unmasked(text)) if word not in _FILLERS}


def _again(earlier: Earlier, turn: Turn, now: Earlier) -> Sighting:
    """What the second wording tells of the first."""
    better = now.answered if base_code(now.answered) != base_code(earlier.answered) else ""
    return _sighting(earlier, Reason.REPHRASED, suggested=better, counted=not earlier.reason)


def not_useful(earlier: Earlier) -> Sighting:
    """Return what goes on the list when a citizen says that the answer to the last question did not help."""
    return _sighting(earlier, Reason.NOT_USEFUL, counted=not earlier.reason)


def _sighting(earlier: Earlier, reason: Reason, *, suggested: str = "", counted: bool = True) -> Sighting:
    return Sighting(
        text=earlier.text,
        reason=reason,
        candidates=earlier.candidates,
        aspects=earlier.aspects,
        context=earlier.context,
        suggested=suggested,
        catalogue=earlier.catalogue,
        counted=counted,
    )
