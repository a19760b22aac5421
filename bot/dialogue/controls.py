"""The words and buttons that steer any flow: back, cancel, take up again, skip, correct. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.contract import Choice, Inbound, InboundKind
from bot.dialogue.texts import Texts
from nlu.text import expand, fold, normalise


class Control(StrEnum):
    """What to do with the present flow; the values are also the button ids after ``go:``."""

    BACK = "back"
    CANCEL = "cancel"
    RESUME = "resume"
    SKIP = "skip"
    FIX = "fix"


@dataclass(frozen=True)
class Steering:
    """A control as it was given."""

    control: Control
    about: str = ""
    """With ``FIX``: the words that name the step, or after ``step=`` its name."""
    words: str = ""
    """With ``FIX``: the same words as they were written."""

    def value(self, name: str) -> str:
        """Return what stands behind a step's name as its new answer: "thành 0905…"; "" for nothing."""
        rest = self.words[self.about.index(name) + len(name) :] if self.words else ""
        found = _VALUE.match(fold(rest))
        said = rest[found.end() :].strip() if found else ""
        return said[: len(said) - len(polite[0])] if (polite := _POLITE.search(fold(said))) else said


_WORDS = {
    Control.BACK: r"(?:cho )?(?:em |toi |minh )?(?:quay|tro|lui) lai(?: (?:buoc|cau) truoc| mot buoc)?|lui lai|back|go back",
    Control.CANCEL: r"/?(?:huy|cancel|stop)|(?:toi |em |minh )?(?:muon )?huy (?:bo|di|phan nay)"
    r"|(?:thoi )?(?:khong lam nua|dung lai|bo qua phan nay)|thoi|dung"
    r"|(?:thoi )?(?:khoi|(?:toi |em |minh )?khong can)(?: nua)?"
    r"|(?:thoi )?(?:khoi|khong) can(?: dau| nua)?|thoi (?:toi |em |minh )?(?:khoi|khong can|khong lam|bo)(?: can| lam| nua| qua)?"
    r"|(?:thoi )?de (?:sau|mai|hom khac|luc khac|bua khac)(?: tinh| lam)?|(?:thoi )?(?:toi |em |minh )?khong (?:muon|lam)(?: lam| xac nhan)? nua",
    Control.RESUME: r"(?:lam )?tiep(?: tuc| di)?|continue|resume",
    Control.SKIP: r"bo qua|skip|khong co",
}
_COMPILED = {
    control: re.compile(rf"(?:{words})(?: (?:a|nhe|nha|di|em|oi|cam on|vay|luon))*")
    for control, words in _WORDS.items()
}
_OTHERS = re.compile(r"(?:đúng|đừng|dùng|đứng|dụng|thời|thổi|thói|thối)\b")
"""Without their accents these look like "dừng" (stop) and "thôi" (enough)."""
_STOP_OR_RIGHT = re.compile(r"dung(?: (?:a|nhe|nha|em|vay|luon))*")
"""Without accents: "dừng" (stop), "đừng" (do not) or "đúng" (right)."""
_FIX = re.compile(
    r"(?:(?:thoi|a|o|nham|nham roi|cho|em|toi|minh|muon|xin)[ ,]+)*(?:(?:sua|doi|thay|nhap|ghi|fix|change|correct)(?: lai)?|nham|(?:ghi |go )?sai(?= .+ roi$))"
    r" (?P<about>.+)"
)
_WRONG = re.compile(r"(?P<about>(?:\w+ ){1,3}?)(?:bi |ghi |go )*(?:sai|nham)(?: mat)?(?: roi)?")
_POLITE = re.compile(r"(?:[ ,]+(?:a|nhe|nha|di|luon|(?:giup|gium|ho)(?: em| toi| minh)?|em oi|please))+$")
_VALUE = re.compile(r"(?: (?:moi|lai|cua (?:toi|em|minh)))*(?: *[:=] *| (?:thanh|sang|qua|la|to) | (?=\+?\d))")


def read_control(inbound: Inbound) -> Steering | None:
    """Return the control that a message or button is."""
    if inbound.kind is InboundKind.CHOICE:
        kind, _, rest = inbound.payload.partition(":")
        name, _, about = rest.partition(":")
        return Steering(Control(name), f"step={about}" if about else "") if kind == "go" and name in _IDS else None
    if inbound.kind is not InboundKind.TEXT:
        return None
    plain = normalise(inbound.text)
    written = plain.strip(" .,!?")
    said = fold(written)
    if _OTHERS.match(plain.lower()):
        return None
    whole = " ".join(fold(word) for word in expand(plain.lower().split())).strip(" .,!?")
    for control, words in _COMPILED.items():
        if words.fullmatch(said) or words.fullmatch(whole):
            return Steering(control)
    found = _FIX.fullmatch(said) or _WRONG.fullmatch(said)
    if found is None:
        return None
    same = len(said) == len(written)
    return Steering(Control.FIX, found["about"], written[slice(*found.span("about"))] if same else "")


def stops_or_agrees(inbound: Inbound) -> bool:
    """Tell whether a message may say "stop" as well as "right": nothing that was written may be dropped for it."""
    return inbound.kind is InboundKind.TEXT and bool(
        _STOP_OR_RIGHT.fullmatch(normalise(inbound.text).lower().strip(" .,!?"))
    )


def is_cancel(inbound: Inbound) -> bool:
    """Tell whether a message says to stop."""
    steering = read_control(inbound)
    return steering is not None and steering.control is Control.CANCEL


def button(texts: Texts, control: Control, about: str = "") -> Choice:
    """Return the button of a control."""
    return Choice(f"go:{control}" + (f":{about}" if about else ""), texts.render(f"utter_button_{control}"))


_IDS = frozenset(Control)
