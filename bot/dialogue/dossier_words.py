"""Tells from its words that a message is about a dossier, before anything else reads it. Pure: patterns over folded text.

What names a code, or goes on about a dossier that was looked up, is surely meant so; anything vaguer is left to the intents.
"""

from __future__ import annotations

import re

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_codes import almost_in, codes_in
from bot.dialogue.dossier_follow_ups import Meant, going_on_about_it
from bot.dialogue.state import ConversationState, DossierTalk
from bot.dialogue.uploaded import is_table, uploaded
from nlu.codes import CodeFault
from nlu.learning.masking_words import word_set
from nlu.text import expand, fold, normalise

PROVING = 15 * 60
"""Seconds for which bare digits are taken for a further try, or for the one-time code typed in the wrong place."""
LONGEST = 200
"""Characters beyond which a message without a code is no short question about a dossier."""

_ME = r"(?:toi|em|minh|tui|chau|con|anh|chi|nha toi|nha em|me|my)"
_POLITE = r"(?: (?:a|thi co|vay|roi|nhi|nhe|di|the|nua|ha|khong|em|oi|chua|voi|luon|please))*"
_STATE = (
    r"(?:(?:da |duoc )?(?:giai quyet |xu ly |lam )?xong (?:chua|roi chua)|(?:da )?co ket qua (?:chua|roi chua)|co chua"
    r"|(?:den|toi|di den) dau roi|(?:dang )?(?:o|den|toi) (?:dau|buoc nao|khau nao)|(?:den|toi) buoc nao(?: roi)?"
    r"|(?:giai quyet|xu ly|duyet|lam|tiep nhan) (?:xong )?chua|sao roi|the nao roi|ra sao(?: roi)?|nhu the nao roi"
    r"|bao gio (?:xong|co|lay duoc|tra)|khi nao (?:xong|co|lay duoc|tra)|con bao lau|con may ngay|duoc chua"
    r"|(?:tinh trang|trang thai)(?: the nao| ra sao| sao)?|is it (?:done|ready)(?: yet)?|done yet|any news|status)"
)
_AGAIN = re.compile(
    rf"(?:(?:the|vay|con) )?(?:(?:no|ho so|ho so nay|ho so do|ho so ay|cai do|cai nay|ho so cua {_ME}) )?{_STATE}{_POLITE}"
)
_OTHER = re.compile(
    r"(?:the |vay )?(?:con )?(?:ho so|cai|ma)(?: ho so)? (?:kia|con lai|truoc|luc nay|luc truoc|ban nay|hoi nay|the first one)"
    r"(?: (?:thi )?(?:sao|the nao|xong chua|den dau roi))?(?: a| roi| vay)*"
)
_OWN = re.compile(
    rf"(?:(?:cho|xem|kiem tra|tra|tra cuu|hoi|biet|giup|{_ME}) )*(?:(?:bo |cai |tinh trang |trang thai )?ho so)"
    rf"(?: (?:cua|da nop|nop|hom|{_ME}|dat dai|ben))*(?: \w+){{0,4}}? {_STATE}{_POLITE}"
    rf"|(?:tinh trang|trang thai|tien do) (?:ho so|giai quyet)(?: cua {_ME})?{_POLITE}|where is my (?:dossier|application|file)"
    r"|(?:what ?(?:'s|s|is) |check |tell me )?(?:the )?status of (?:my|the) (?:dossier|application|file)\b.*|check my (?:dossier|application|file)\b.*"
    r"|(?:is|has) my (?:dossier|application|file)\b.*"
)
_WATCH = re.compile(
    rf"\b(?:bao|thong bao|nhan tin|goi|nhac)(?: lai)?(?: cho| giup)?(?: (?:voi|{_ME}))?(?: (?:biet|voi|ngay))*"
    r" (?:khi|luc|neu|ngay khi|luc nao|khi nao|bao gio) "
    rf"|\b(?:khi nao|bao gio|luc nao|khi)(?: \w+){{1,6}} (?:thi )?(?:bao|nhan tin|nhac) (?:lai |cho |giup )*(?:{_ME}|voi|nhe|biet|ngay)\b"
    rf"|\btheo doi (?:giup |ho |dum )?(?:{_ME} )?(?:ho so|ma|cai|giup|ho|no)|\btell me when\b|\bnotify me\b|\bwatch (?:it|this|my)\b"
)
_LATE = re.compile(
    r"\b(?:tre|cham|qua|lo) (?:hen|han|ngay|roi|tre|lau)|\b(?:bi|sao|sao lai|lai|dang|van|la|qua|co) (?:tre|cham)\b|\bcham tra\b"
    r"|\b(?:tre|cham) (?:qua|the)\b|\bqua hen\b|\b(?:hen|den hen|toi hen)(?: \w+){0,4} (?:ma |nhung )?(?:chua|khong) (?:co|thay|xong|tra)"
    r"|\b(?:is|is it|it's|its) late\b|\boverdue\b|\btoo late\b"
)
_LATE_ONLY = word_set(
    "the sao lai ma bi tre cham qua hen han lau roi vay a nhi nhe ho so nay do cua em toi minh anh chi con van"
    " chua co xong tra ket thay den ngay may bao nhieu nhu thi lam gi duoc khong dang la day hoai mai can bo no"
    " cai hom luon khiep cu tai vi de lo nhung is it it's its late my why overdue too this"
)
"""The words of a message that says of a dossier that it is late, and names nothing else."""
_TOLD = r"(?:theo doi|bao|thong bao|nhan|nhan tin|tin|nhac|canh|lich|hen)"
_UNWATCH = re.compile(
    rf"(?:(?:thoi|{_ME}|muon|xin|lam on|hay) )*(?:dung|ngung|ngat|huy|tat|bo|go|khoi|thoi|tam dung|khong can|khong muon)"
    rf"(?: (?:bo|gui|nhan|dang ky|can|muon|tin|lich|ma|ho so|nay|do|khoi|danh sach))* {_TOLD}\b(?!.* khong$).*"
    rf"|.*\b(?:khoi|dung|thoi|khong) (?:can |muon )?{_TOLD}\b.*\bnua|stop watching.*|do not tell me.*"
)
_THIS = re.compile(r"\b(?:ho so|ma|cai) (?:nay|do|ay)\b|\bno\b")
_WATCHING = re.compile(
    rf".*\b{_ME} (?:dang )?(?:theo doi|cho) (?:gi|nhung gi|ho so nao|nhung ho so nao|cai gi)\b.*"
    r"|(?:danh sach|xem) (?:ho so )?(?:dang )?theo doi.*|dang theo doi (?:gi|nhung gi|nhung ho so nao|ho so nao).*"
    r"|what am i watching.*"
)
_SEEN = re.compile(
    r".*\bai (?:da |vua |tung |dang )?(?:xem|coi|tra cuu|tra|ngo|doc|hoi)(?: \w+){0,3}? ?(?:ho so|no)\b.*"
    r"|.*who (?:has )?(?:looked|seen|viewed|read).*(?:dossier|application|file).*"
)
_FORGET = re.compile(
    rf"(?:hay |xin |vui long )?quen {_ME}(?: di| nhe| a| luon| ngay)*|forget me(?: please)?|ket thuc truy cap|thoat quyen xem"
)
_LEAVE = re.compile(r"(?:thoat|thoat ra|dang xuat|log ?out|sign out)(?: di| nhe| a)*")
_DIGITS = re.compile(
    r"(?:(?:khong phai|khong|nham|la|so|thu|lai|day|xin loi|sorry|no|it is|a|da|ma|moi dung)[ ,]+){0,5}(\d{4,8})(?: (?:moi dung|nhe|a|day|ne))*"
)
_DOSSIER = re.compile(r"\b(?:ho so|bien nhan|giay hen|dossier)\b")
_ANOTHERS = re.compile(
    r"\bho so (?:cua )?(?:(?:ong|ba|anh|chi|co|chu|bac) (?:hang xom|ay|ta|kia|\w+ van|\w+ thi)\b|hang xom|nguoi khac|nguoi ta|dong nghiep)"
)
"""Of somebody who is not the one whose dossier was looked up."""
_STATES = re.compile(rf"\b{_STATE}")


def about_dossier(inbound: Inbound, state: ConversationState) -> Meant | None:
    """Return what a message about a dossier opens; ``None`` for every other message."""
    talk = state.dossier or DossierTalk()
    if inbound.kind in (InboundKind.IMAGE, InboundKind.FILE):
        return _sent(inbound)
    if inbound.kind is InboundKind.CONTACT:
        return _contact(inbound, talk)
    if inbound.kind is not InboundKind.TEXT or not inbound.text:
        return None
    said = " ".join(fold(word) for word in expand(normalise(inbound.text).lower().split())).strip(" .,!?…")
    found = codes_in(inbound.text)
    code = found.dossiers[0].text if found.dossiers else ""
    rights = _rights(said, talk, code) if len(said) <= LONGEST else None
    if rights is not None:
        return rights
    if found.dossiers or found.faulty:
        sure = bool(found.dossiers) or found.faulty is None or found.faulty.fault is not CodeFault.UNIT_MISSING
        return _with_code(said, inbound.text, code) if sure or _short(said) or _DOSSIER.search(said) else None
    if (found.procedure or found.feedback) and _DOSSIER.search(said) and _STATES.search(said):
        return Meant("dossier", inbound.text)
    if len(said) > LONGEST or found.procedure or found.feedback:
        return None
    almost = almost_in(inbound.text)
    if almost:
        return Meant("dossier", almost)
    return _digits(said, talk, inbound) or _without_code(said, talk) or going_on_about_it(said, state)


def _sent(inbound: Inbound) -> Meant | None:
    """Take a picture for one of a QR code, and a table for one of codes; other files are none of our business."""
    place, kind = inbound.file, str(inbound.data.get("type") or "")
    if inbound.kind is InboundKind.IMAGE or kind.startswith("image/"):
        return Meant("photo", place) if place else None
    table = uploaded(inbound) if is_table(inbound) else None
    return Meant("upload", table) if table else None


def _contact(inbound: Inbound, talk: DossierTalk) -> Meant | None:
    """Take a contact for the proof that was just begun, whatever was said in between."""
    phone = str(inbound.data.get("phone") or "")
    fresh = bool(talk.proving) and inbound.at.timestamp() - talk.proving_at <= PROVING
    return Meant("contact", f"{'own' if inbound.data.get('own') else 'other'} {phone}") if phone and fresh else None


def _rights(said: str, talk: DossierTalk, code: str) -> Meant | None:
    """Return what ends access, or asks who looked."""
    if _FORGET.fullmatch(said) or (_LEAVE.fullmatch(said) and (talk.codes or talk.proving)):
        return Meant("forget")
    if _SEEN.fullmatch(said):
        return Meant("seen", code)
    if _WATCHING.fullmatch(said):
        return Meant("watching")
    if not _UNWATCH.fullmatch(said):
        return None
    return Meant("unwatch", code or ("this" if _THIS.search(said) else ""))


def _with_code(said: str, text: str, code: str) -> Meant:
    if code and _WATCH.search(said):
        return Meant("watch", code)
    if code and _LATE.search(said):
        return Meant("late", code)
    return Meant("dossier", text)


def _digits(said: str, talk: DossierTalk, inbound: Inbound) -> Meant | None:
    """Take bare digits soon after a try for what was just asked for."""
    digits = _DIGITS.fullmatch(said)
    if not talk.proving or digits is None or inbound.at.timestamp() - talk.proving_at > PROVING:
        return None
    if talk.page:
        return Meant("typed")
    if talk.proving in talk.codes[:-1]:  # another dossier was looked up since: nobody says for which one they are
        return None
    return Meant("prove", f"{talk.proving} {digits[1]}") if len(digits[1]) == 4 else None


def _without_code(said: str, talk: DossierTalk) -> Meant | None:
    if _ANOTHERS.search(said) and _STATES.search(said):
        return Meant("dossier")
    if talk.codes:
        if _OTHER.fullmatch(said):
            return Meant("status", "other")
        if _AGAIN.fullmatch(said):
            return Meant("status")
        if _short(said) and _WATCH.search(f"{said} "):
            return Meant("watch")
        if _LATE.search(said) and set(said.split()) <= _LATE_ONLY:
            return Meant("late")
    if _OWN.fullmatch(said):
        return Meant("status")
    if _DOSSIER.search(said) and _WATCH.search(f"{said} "):
        return Meant("watch")
    return None


def _short(said: str) -> bool:
    return len(said.split()) <= 12
