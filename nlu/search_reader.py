"""Reads a message with the catalogue search and cue words alone: what answers while Rasa is away, loading or behind."""

from __future__ import annotations

import re

from nlu.asking_model import fitted
from nlu.catalogue.index import Index
from nlu.codes import CodeKind, find_codes
from nlu.text import fold, normalise
from nlu.understanding import Intent, Understander, Understanding

_CUES: tuple[tuple[Intent, str], ...] = (
    (Intent.GREET, r"^(?:xin )?(?:chao|hello|hi|alo|hey)\b(?: (?:ad|em|ban|anh|chi|shop|bot|moi nguoi|mot cua))*[ !.,]*$"),
    (Intent.THANK, r"^(?:(?:da|ok|oke|vang|uh|u|roi|the|em)\W+)*(?:xin )?(?:cam on|thanks|thank you|tks|cam un)\b.{0,30}$"),
    (Intent.GOODBYE, r"^(?:tam biet|bye|chao tam biet|hen gap lai)\b.{0,20}$"),
    (Intent.HELP, r"^(?:/?help|tro giup|giup (?:toi|em|minh)(?: voi)?|huong dan su dung|ban (?:lam|giup) duoc (?:gi|nhung gi))\b.{0,20}$"),
    (Intent.CANCEL, r"^(?:huy|huy bo|thoi|dung lai|khong can nua|bo qua)(?: (?:di|nhe|a|nha))*$"),
    (Intent.AFFIRM, r"^(?:da )?(?:co|dung(?: roi)?|u|uh|ok|oke|okie|vang|da|phai|duoc)(?: (?:a|roi|nhe|em|vay))*$"),
    (Intent.DENY, r"^(?:da )?(?:khong|ko|khong phai|sai roi|chua dung)(?: (?:a|nhe|dau))*$"),
    (Intent.BOT_CHALLENGE, r"(?:ban|may|em) la (?:ai|may|nguoi|robot|bot)"),
    (Intent.DOSSIER_STATUS, r"(?:tra cuu|kiem tra|xem|tinh trang|toi dau|den dau|xong chua)(?: \w+){0,4} (?:ho so|giay hen)|ho so (?:cua )?(?:toi|em|minh|con|tui)?(?: \w+){0,4} (?:den dau|toi dau|xong chua|ra sao)"),
    (Intent.TALK_TO_PERSON, r"(?:gap|noi chuyen|lien he|gap mat)(?: voi)? (?:can bo|nhan vien|nguoi that|tong dai)"),
    (Intent.DENUNCIATION, r"^(?:toi|em|minh)? ?muon to cao"),
    (Intent.COMPLAINT, r"^(?:toi|em|minh)? ?muon khieu nai"),
    (Intent.FEEDBACK_SUBMIT, r"(?:gui|muon|lam)(?: \w+){0,2} (?:phan anh|kien nghi|gop y)"),
)  # fmt: skip
_COMPILED = tuple((intent, re.compile(pattern)) for intent, pattern in _CUES)
_STOPS = frozenset({"dừng", "dừng lại", "ngừng", "ngưng"})
"""Words for stopping that without their accents read as others: "dừng" and "đúng" are both "dung"."""
_SINGLE_WORDS = frozenset({Intent.CANCEL, Intent.AFFIRM, Intent.DENY})
"""Intents whose cue is the whole message: one or two words that mean nothing else."""


def single_word_intent(text: str) -> Intent | None:
    """Return the intent of a message that is nothing but "thôi", "vâng ạ", "không" and the like."""
    plain = normalise(text).lower().strip(" .!,")
    if plain in _STOPS:
        return Intent.CANCEL
    folded = fold(plain)
    return next((intent for intent, cue in _COMPILED if intent in _SINGLE_WORDS and cue.search(folded)), None)


def search_reading(text: str, index: Index | None) -> Understanding:
    """Read a message without Rasa.

    Args:
        text: the message, normalised or not.
        index: of the live catalogue; without one only codes and cue words are read.
    """
    plain = normalise(text)
    folded = fold(plain).strip()
    intent = next((intent for intent, cue in _COMPILED if cue.search(folded)), None)
    ranking = index.rank(plain) if index is not None else None
    codes = find_codes(plain)
    dossiers = tuple(code.value for code in codes if code.kind is CodeKind.DOSSIER)
    if dossiers and intent is None:
        intent = Intent.DOSSIER_STATUS
    return Understanding(
        text=plain,
        intent=intent or Intent.UNKNOWN,
        confidence=0.9 if intent else 0.0,
        aspects=fitted().asked(plain),
        candidates=ranking.candidates if ranking else (),
        in_scope=ranking.in_scope if ranking else 0.0,
        procedure_codes=tuple(code.value for code in codes if code.kind is CodeKind.PROCEDURE),
        dossier_codes=dossiers,
        catalogue_version=index.version if index is not None else 0,
        by=Understander.SEARCH,
        scores=dict(ranking.features) if ranking else {},
    )
