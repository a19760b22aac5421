"""Recognises a receipt of feedback, and the question where one's feedback is, without a model. Pure."""

from __future__ import annotations

import re

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_follow_ups import Meant
from feedback.receipts import read_receipt
from nlu.text import fold, normalise

LONGEST = 14
"""Words beyond which a message is no short question."""
_SEND = re.compile(
    r"(?:(?:ok|oke|da|vang|xong roi|roi) )*(?:gui|send)(?: (?:di|luon|nhe|nha|ngay|a|em|thoi|it|now|tiep|giup em|giup toi))*"
)
"""Not "ok" or "đồng ý" alone: these answer whatever was asked last."""
_WHERE = re.compile(
    r"\b(?:phan anh|kien nghi|gop y|pakn)\b.*\b(?:(?:toi|den) (?:dau|buoc nao)|xong chua|(?:tra loi|xu ly|giai quyet|tiep nhan|phan hoi) (?:gi )?chua"
    r"|(?:the nao|sao|ra sao) roi|co ket qua chua|ket qua (?:the nao|ra sao|chua)|tinh trang)\b"
    r"|\b(?:tinh trang|tien do|theo doi|tra cuu|kiem tra|xem) (?:cua )?(?:(?:xu ly|giai quyet) )?(?:phan anh|kien nghi|pakn)\b"
    r"|\bwhere is my feedback\b|\b(?:status|progress) of my feedback\b"
)


def says_send(text: str) -> bool:
    """Tell whether a message says no more than to send."""
    return _SEND.fullmatch(fold(normalise(text)).strip(" .,!?…").replace(",", "")) is not None


def about_feedback(inbound: Inbound, receipt_here: str = "") -> Meant | None:
    """Return what a message about sent feedback opens; ``None`` for every other message.

    Args:
        inbound: the message.
        receipt_here: of what was sent in this conversation last: "gửi" once more is told that it was.
    """
    if inbound.kind is not InboundKind.TEXT or not inbound.text:
        return None
    receipt = read_receipt(inbound.text)
    if receipt:
        return Meant("feedback_status", receipt)
    if receipt_here and says_send(inbound.text):
        return Meant("pakn_send", receipt_here)
    said = fold(normalise(inbound.text)).strip(" .,!?…")
    return Meant("feedback_status") if len(said.split()) <= LONGEST and _WHERE.search(said) else None
