"""Tells what a short message means that goes on about the dossier under discussion. Pure: patterns over folded text.

Nothing here names a dossier: it counts only where one was looked up and no procedure was answered since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.state import ConversationState, DossierTalk
from nlu.learning.masking_words import word_set

LONGEST = 14
"""Words beyond which a message is no short question about what is on the screen."""

_ME = r"(?:toi|em|minh|tui|chau|con|anh|chi)"
_APPLICANT = re.compile(
    rf"(?:(?:da|vang|ua|thi|chinh|dung|ma|{_ME}) )*(?:la )?(?:(?:chinh )?(?:nguoi (?:da )?nop(?: don| ho so)?|chu ho so))(?: (?:nay|do|ma|day|a|roi|ne))*"
    rf"|(?:day )?(?:la )?ho so cua (?:chinh )?{_ME}(?: (?:ma|day|a|do))+|(?:(?:cho|muon|{_ME}) )*xac nhan(?: (?:la )?nguoi nop)?(?: di| a| nhe)*"
    r"|i am the (?:applicant|owner)|it is my (?:dossier|file|application)|(?:let me )?prove it"
)
_SHOW = r"(?:xem|coi|dua|gui|mo|in|doc|show|see|print)\b"
_SLIPS = (
    (
        "refusal",
        re.compile(
            r"\b(?:phieu tu choi|(?:sao|tai sao|vi sao|ly do|why)\b.*(?:tu choi|khong nhan|khong tiep nhan|refused))"
        ),
    ),
    ("supplement", re.compile(rf"\b{_SHOW}.*\bphieu (?:yeu cau )?bo sung\b")),
    ("control", re.compile(rf"\b{_SHOW}.*\b(?:cac buoc|qua trinh|tien trinh|phieu kiem soat|steps)\b")),
    ("receipt", re.compile(rf"\b{_SHOW}.*\b(?:giay hen|giay tiep nhan|bien nhan|phieu hen|receipt)\b")),
)
_RECKON = re.compile(
    r"\b(?:tinh|dem) (?:the nao|sao|kieu gi|nhu the nao|lam sao|ra sao|gi ky|tu dau)\b|\bcach tinh\b"
    r"|\bsao (?:lai )?(?:ra |la |con |den |tan |co )*\d+ ngay\b|\bhow (?:is|was|do you) (?:it|that|this|you)? ?(?:count|reckon|calculat)"
)
_ABOUT_IT = re.compile(
    r"\b(?:thieu|bo sung|nop them|can them) (?:them )?(?:gi|nhung gi|cai gi|giay gi|giay to gi|o dau|the nao|bang cach nao)\b"
    r"|(?:(?:vay|the|gio|bay gio|tiep theo|thi) )*(?:toi |em |minh )?(?:phai|can|nen) lam (?:gi|sao|the nao)(?: nua| tiep| day| bay gio| a)*"
    r"|\b(?:sao|tai sao|vi sao|ly do)\b.*\b(?:tra lai|dung lai|bi dung|bi tra|bi rut|tam dung)\b|\bnop lai (?:duoc|o dau|the nao|sao)\b"
    r"|what is missing|what(?:'s| is) still missing|what do i (?:do|have to do|need to do)(?: now| next)?|what(?:'s| is) next"
    r"|why (?:was|is) it (?:returned|stopped|sent back)"
)
_PAY = re.compile(
    r"\b(?:nop|dong|tra|chuyen) (?:tien|khoan|phi|le phi)\b.*\b(?:dau|ai|nao|sao|bao nhieu|gi|khong)\b|\bso tai khoan\b"
    r"|how much (?:do|must) i (?:have to )?pay|(?:where|who|how) (?:do|can) i pay"
)
_COLLECT = re.compile(
    r"\b(?:lay|nhan) (?:ket qua )?(?:thay|ho|giup|dum)\b|\b(?:lay|nhan|tra)(?: ket qua)? (?:o dau|cho nao|qua buu dien|tai nha)\b"
    r"|\b(?:di|den|toi|ra) (?:lay|nhan)\b.*\b(?:mang|dem|cam)\b|\b(?:mang|dem|cam) (?:theo )?(?:gi|giay gi|giay to gi|nhung gi)\b"
    r"|\b(?:mat|lam mat|quen|khong mang|khong co) (?:giay hen|bien nhan|giay tiep nhan)\b"
    r"|\b(?:wife|husband|somebody else|someone else|friend)\b.*\b(?:collect|pick)|\bwhere (?:do|can) i (?:collect|pick)|\bwhat (?:do|should) i bring\b"
)
_OFFICE = re.compile(
    r"\b(?:doi|doi lai|hen lai|lui) (?:ngay|lich|gio)?\s*(?:hen|khac)\b|\bdoi ngay\b|\b(?:lay|co|tra|nhan|lam)(?: ket qua)? (?:som|nhanh|gap)\b"
    r"|\brut (?:lai )?(?:ho so|don)\b|\bsua (?:lai )?(?:ho so|thong tin tren ho so)\b|\blien he (?:ai|o dau|voi ai|so nao|cho nao)\b"
    r"|\b(?:so dien thoai|sdt) (?:nao|cua (?:co quan|noi|cho))\b|\b(?:change|move) (?:the )?appointment\b|\bwithdraw\b|\bwho (?:do|can) i (?:call|contact)\b"
)
_LATE = re.compile(
    r"^(?:(?:(?:the|ma|vay|tai|vi) )*sao (?:lai |ma |bi |van )*(?:tre|cham)\b|(?:co |bi )+(?:tre|cham)\b|why .*\blate\b|(?:tre|cham) (?:may|bao nhieu)\b)"
)
_WORDS = word_set(
    "a ai am anh applicant application appointment ba bac back ban bao bay bi bien bo boi bring bu bua buoc buoi"
    " buon buu cac cach cai calculate calculated call cam can cau chac cham change chau chi chinh chiu cho choi"
    " chong chu chua chuc chung chuyen co collect con contact could count counted cua cung da dai dang dau day de"
    " dem den di dien dieu do doi don dong dossier du dua dum dung duoc duoi else file for friend gap gi giay gio"
    " gioi giup goi gui ha hai have hay he hen her het him ho hoac hoan hoi hom hon how huong husband i is it ket"
    " khac khi khoan khoi khong kia kiem kieu ky la lai lam lan late lay le let lich lien lui luon ly ma mai mang"
    " mat may me minh missing mo moi mot move mua much muon must my nan nao nay ne need nen next ngan ngay nghiem"
    " nguoi nha nhan nhanh nhat nhe nhi nhiem nhieu nho nhu nhung no noi nop now nua o oi ok oke on ong owner pay"
    " phai phan phi phieu pick please print prove qua quay quen qui ra rang receipt reckon reckoned refused"
    " returned ro roi rut sao sap sdt se see sent should show so soat som somebody someone steps still stopped"
    " sua sung ta tai tam tan tang tao te tham than thao that thay the them theo thi thieu this thoai thoi thong"
    " thu thua thuc tien tiep tieu tim tin tinh to toi tra trach tre tren trinh trong tu tuan tung up van vang"
    " vao vay ve vi viec vien vo voi vua was what what's where who why wife withdraw xac xem xin xong yeu you em ca luc buc gian"
)
"""The words of messages that go on about a dossier: one with any other word may be about a procedure."""


@dataclass(frozen=True)
class Meant:
    """The flow that a message opens."""

    flow: str
    rest: str = ""


def going_on_about_it(said: str, state: ConversationState) -> Meant | None:
    """Return what a folded message opens for the dossier under discussion; ``None`` where there is none, or it says no such thing."""
    talk = state.dossier or DossierTalk()
    if not talk.codes or talk.over != state.procedure or len(said.split()) > LONGEST:
        return None
    if not all(word in _WORDS or word.isdigit() for word in said.replace(",", " ").split()):
        return None
    code = talk.codes[-1]
    if _APPLICANT.fullmatch(said):
        return Meant("prove", code)
    for kind, words in _SLIPS:
        if words.search(said):
            return Meant("slip", f"{code}:{kind}")
    for flow, words, rest in (
        ("late", _LATE, code),
        ("reckon", _RECKON, code),
        ("office", _PAY, "pay"),
        ("office", _COLLECT, "collect"),
        ("office", _OFFICE, "ask"),
        ("status", _ABOUT_IT, ""),
    ):
        if words.search(said):
            return Meant(flow, rest)
    return None
