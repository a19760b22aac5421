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
_SHOW = r"(?:xem|coi|dua|gui|mo|in|doc|cho|xin|lay|can|muon|tim|show|see|print|give)\b"
_WHERE_IS = r"(?:dau|o dau|nao|kia)(?: (?:roi|vay|a|nhi|ha|the))*$"
_SUPPLEMENT_SLIP = r"(?:phieu|giay|thong bao) (?:yeu cau )?(?:bo sung|hoan thien)"
_APOLOGY_SLIP = r"(?:phieu|van ban|thu|giay) xin loi"
_RECEIPT = r"(?:giay hen|giay tiep nhan|bien nhan|phieu hen|phieu tiep nhan|phieu bien nhan|receipt)"
_SLIPS = (
    (
        "refusal",
        re.compile(
            r"\b(?:phieu tu choi|(?:sao|tai sao|vi sao|ly do|why)\b.*(?:tu choi|khong nhan|khong tiep nhan|refused))"
        ),
    ),
    ("supplement", re.compile(rf"\b(?:{_SHOW}.*\b{_SUPPLEMENT_SLIP}\b|{_SUPPLEMENT_SLIP} {_WHERE_IS})")),
    ("control", re.compile(rf"\b{_SHOW}.*\b(?:cac buoc|qua trinh|tien trinh|phieu kiem soat|steps)\b")),
    ("apology", re.compile(rf"\b(?:{_SHOW}.*\b{_APOLOGY_SLIP}\b|{_APOLOGY_SLIP} {_WHERE_IS})")),
    (
        "receipt",
        re.compile(
            rf"\b(?:{_SHOW}.*\b{_RECEIPT}\b|{_RECEIPT} {_WHERE_IS})"
            r"|\b(?:nop|tiep nhan|nhan ho so)(?: ho so| don)?(?: vao| tu| luc)? (?:ngay nao|hom nao|khi nao|bao gio|ngay may|luc nao|hoi nao)\b"
            r"|\b(?:ngay nao|hom nao|khi nao|bao gio|luc nao)(?: \w+)? (?:nop|tiep nhan)\b"
        ),
    ),
    ("", re.compile(rf"\b{_SHOW}.*\b(?:phieu|slips?)\b|\b(?:cac |may |nhung )?phieu {_WHERE_IS}|^(?:cac )?phieu$")),
)
"""The last one leaves it open which slip."""
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
_WHEN = re.compile(
    r"\bcon (?:lai )?(?:may|bao nhieu|nhieu) (?:ngay|hom|tuan|buoi|lau)\b|\bcon (?:bao )?lau\b"
    r"|\b(?:may|bao nhieu) (?:ngay|hom|tuan|buoi) nua\b|\bbao lau (?:nua|thi xong|moi xong|xong)\b"
    r"|\b(?:hom nay|bua nay|ngay mai|mai|chieu nay|sang mai)\b.*\b(?:xong|co|lay|nhan)\b.*\b(?:chua|khong)\b"
    r"|\b(?:bao gio|khi nao|chung nao|luc nao|ngay nao|hom nao|bua nao|ngay may|may gio|thu may|khi mo)\b.*\b(?:xong|co|lay|nhan|tra|hen|ket qua|duoc|ra)\b"
    r"|\b(?:hen|tra|lay|nhan|xong|ket qua)\b.*\b(?:bao gio|khi nao|chung nao|luc nao|ngay nao|hom nao|bua nao|ngay may|may gio|thu may|bua nao)\b"
    r"|\b(?:sap|gan) (?:xong|den hen|toi hen|co)\b.*\b(?:chua|khong)\b|\bhow (?:many days|long)\b|\bwhen (?:will|is|can|do|does)\b|\bdays left\b"
)
_TO_SUPPLY = re.compile(
    r"\bbo sung\b.*\b(?:tre|cham|muon|qua (?:han|ngay)|het han|kip|sao|bi gi|han|may ngay|bao nhieu ngay|bao lau|bao gio|khi nao|chung nao|luc nao|ngay nao|hom nao|bua nao|may hom)\b"
    r"|\b(?:tre|cham|muon|qua han|het han|kip|khong|han|khi nao|bao gio|chung nao|bao lau)\b.*\bbo sung\b.*"
    r"|\bnop\b.*\bthieu\b.*\b(?:tre|cham|muon|qua han|het han)\b"
)
_WHO = re.compile(
    r"\b(?:ai|phong (?:ban )?nao|noi nao|co quan nao|can bo nao|bo phan nao|cho nao)\b.*\b(?:xu ly|giai quyet|giu|lam|phu trach|tham dinh|ky)\b"
    r"|\b(?:dang )?(?:o|nam|toi|den|ket) (?:o )?(?:phong|cho|bo phan|khau|tay|buoc)(?: \w+)? ?(?:nao|ai|may|dau)\b|(?<!nop )(?<!gui )\b(?:ho so|no) (?:dang )?(?:o|nam) (?:dau|cho nao|phong nao)\b"
    r"|\bwho (?:is|has)\b.*\b(?:handling|it)\b"
)
_WHAT = re.compile(
    r"^(?:(?:ho so|cai|no|day|nay|do|the|vay|ma|ben) )*(?:(?:la|ve) )*(?:thu tuc|ho so|viec|loai|giay) gi(?: (?:vay|the|a|day|nhi|do|ha))*$"
    r"|\b(?:ai dung ten|dung ten ai|ten ai|cua ai|ten nguoi nop)\b"
)
_WELL = re.compile(
    r"\b(?:giay to|ho so|no|vay)?\b.*\b(?:du|hop le|on|duoc duyet|duyet)(?: giay to| ho so)? (?:chua|roi chua|khong|het chua)\b"
    r"|\b(?:co )?(?:van de|truc trac|vuong|sai|loi|thieu sot) gi khong\b|\bco bi (?:tra|tu choi|dung|sao|gi)(?: lai)?(?: gi)? khong\b"
)
_IMPATIENT = re.compile(
    r"(?:(?:the|ma|vay|tai|vi|sao|cho|doi|lam|gi) )*(?:lai )?(?:lau|cham|ngam)(?: (?:the|qua|vay|lac|roi|nhi|a|du|dzay|lam|ghe|kinh|troi))+|(?:the |ma )?sao (?:ma )?(?:lau|cham)(?: \w+){0,3}"
)
_HURRY = re.compile(r"(?:(?:toi|em|minh|can|dang|viec|rat|la) )*gap(?: (?:lam|qua|roi|a|nhe|may|ghe))*")
_FEE = re.compile(
    r"(?:(?:con|phai|can|la|thi|co|cai|ho so|nay|do|no|nop|dong|tra|het|mat|ton|bao nhieu|khong|vay|a|the|nhi|ha|toi|em|minh|tat ca) )*"
    r"(?:le phi|phi|tien|bao nhieu)(?: (?:le phi|phi|tien|ho so|nay|do|la|thi|het|mat|ton|nop|dong|bao nhieu|khong|vay|a|the|nhi|ha|nua))*"
)
_PAID = re.compile(
    r"\b(?:nop|dong|tra|thanh toan)(?: le)?(?: phi| tien)? (?:chua|roi chua)\b|\b(?:con|co) (?:phai |can )?(?:nop|dong|tra|thanh toan) (?:them )?(?:tien|phi|le phi|gi)\b"
)
_OPEN = re.compile(
    r"\bmay gio\b.*\b(?:mo cua|lam viec|dong cua|lam)\b|\b(?:thu (?:bay|7)|chu nhat|cuoi tuan|(?:buoi )?trua|buoi toi|ngay le)\b.*\b(?:lam|mo|nghi)\b"
    r"|\bdia chi\b|\bnho (?:\w+ ){1,3}(?:lay|nhan|di)\b|\b(?:lay|nhan) o dau\b"
)
_CALL = re.compile(
    r"\b(?:goi|hoi|lien lac|lien he) (?:so|ai|cho|dau)(?: \w+)? ?(?:nao|dau)?\b|\bgoi (?:dien )?(?:so )?(?:nao|dau|cho ai)\b"
)
_PAY = re.compile(
    r"\b(?:nop|dong|tra|chuyen) (?:tien|khoan|phi|le phi)\b.*\b(?:dau|ai|nao|sao|bao nhieu|gi|khong)\b|\bso tai khoan\b"
    r"|how much (?:do|must) i (?:have to )?pay|(?:where|who|how) (?:do|can) i pay"
)
_COLLECT = re.compile(
    r"\b(?:lay|nhan) (?:ket qua )?(?:thay|ho|giup|dum|gium)\b|\b(?:lay|nhan|tra)(?: ket qua)? (?:o dau|cho nao|qua buu dien|tai nha)\b"
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
    " in nop tiep chung kip han nhieu giai quyet xu ly phong giu lam thuoc tuc thu ten dung loai du hop le on duyet van vuong trac"
    " truc sot loi sai ngam lac du dzay ghe kinh troi bay nhat cuoi trua dia mo cua nho goi lien lac vo chong con xin lai het ton"
    " thanh toan hang gui cac nhung tre muon bu phu trach tham dinh ky ket nam tay khau bo sap gan buoi hom tuan ngay gio thieu"
    " chot huy coi ban trai gai gium online mang khoang len bua nay le lau chieu sang handling has slip slips give me days left many long will is can does when ready done it"
)
"""The words of messages that go on about a dossier: one with any other word may be about a procedure."""


_SHORT = {"kq": "ket qua", "bsung": "bo sung", "bs": "bo sung", "kqua": "ket qua"}
"""Shorthand that stands for one thing only where a dossier is talked about."""


@dataclass(frozen=True)
class Meant:
    """The flow that a message opens."""

    flow: str
    rest: str = ""


def going_on_about_it(said: str, state: ConversationState) -> Meant | None:
    """Return what a folded message opens for the dossier under discussion; ``None`` where there is none, or it says no such thing."""
    talk = state.dossier or DossierTalk()
    said = " ".join(_SHORT.get(word, word) for word in said.split())
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
        ("office", _TO_SUPPLY, "supplement"),
        ("late", _LATE, code),
        ("reckon", _RECKON, code),
        ("office", _PAY, "pay"),
        ("office", _COLLECT, "collect"),
        ("office", _OFFICE, "ask"),
        ("office", _PAID, "pay"),
        ("office", _OPEN, "collect"),
        ("office", _CALL, "ask"),
        ("status", _ABOUT_IT, ""),
        ("status", _WHEN, ""),
        ("status", _WHO, ""),
        ("status", _WHAT, ""),
        ("status", _WELL, ""),
    ):
        if words.search(said):
            return Meant(flow, rest)
    if _IMPATIENT.fullmatch(said):
        return Meant("late", code)
    if _HURRY.fullmatch(said):
        return Meant("office", "ask")
    # Where a procedure is under discussion, the dossier's or another one, its fee is meant.
    return Meant("office", "pay") if (talk.owes or not state.procedure) and _FEE.fullmatch(said) else None
