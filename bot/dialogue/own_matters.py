"""Tells a question about a procedure from what sounds like it: somebody's own dossier or complaint. Pure."""

from __future__ import annotations

import re

from bot.dialogue.postal_words import asks_for_dossier
from nlu.decision import Thresholds
from nlu.text import fold
from nlu.understanding import Intent, Understanding

_OF_PROCEDURE = re.compile(
    r"\b(?:thu tuc|trinh tu|quy trinh|thoi han|bao lau|ho so gom|giay to gi|mau don|le phi|online|truc tuyen|nop o dau)\b"
)
_OWN = re.compile(
    r"\b(?:roi|chua|(?:toi|den) dau|buoc nao|tinh trang|tien do|xong|cua (?:toi|em|minh)|ve (?:toi|em|minh))\b"
)
"""Of one's own matter."""
_PAPERS_OF = re.compile(r"(?:bo )?ho so(?: \w+){1,4}")
"""The papers of something, and nothing said of them: "hồ sơ kết hôn"."""
_LED = frozenset({Intent.COMPLAINT, Intent.DENUNCIATION})


def asks_procedure(read: Understanding, limits: Thresholds, *, going_on: bool) -> bool:
    """Tell whether a message whose intent is somebody's own matter asks about the procedure that it names.

    "Thủ tục khiếu nại" is no complaint, and "hồ sơ kết hôn" nobody's dossier.

    Args:
        read: how the message was understood.
        limits: from where on a procedure counts as named.
        going_on: another procedure is under discussion: what hardly names one would be answered by that.
    """
    said, naming = fold(read.text), read.scores.get("naming", 0.0)
    if read.intent is Intent.DOSSIER_STATUS:
        bare = _PAPERS_OF.fullmatch(said.strip(" .,!?")) is not None and _OWN.search(said) is None
        line = limits.naming if going_on else limits.nameless
        return bare and naming >= line and not asks_for_dossier(read.text, after=False)
    if naming < limits.naming:
        return False
    if read.intent is Intent.PRIVACY_VIEW:
        return _OWN.search(said) is None
    return read.intent in _LED and _OF_PROCEDURE.search(said) is not None
