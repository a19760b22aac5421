"""Tells from its words what a message asks about the post. Pure: patterns over folded text.

A topic alone does not tell that a message is about the post and nothing else: ``only_postal`` does, by a list of words.
"""

from __future__ import annotations

import re
from enum import StrEnum

from nlu.learning.masking_words import word_set
from nlu.text import expand, fold, normalise

LONGEST = 24
"""Words beyond which a message tells a story."""


class Topic(StrEnum):
    """What is asked; the values are the names of the explanations that only explain."""

    TRACK = "track"
    DAYS = "days"
    """When an item that was sent must arrive."""
    LATE = "late"
    MISSED = "missed"
    """Nobody was at home when the post came."""
    WHO = "who"
    """Who may receive."""
    LOSS = "loss"
    MORE_PAPERS = "more_papers"
    """Post staff ask for papers beyond the list."""
    ABROAD = "abroad"
    FORBIDDEN = "forbidden"
    """What may not lie in the envelope."""
    MANY = "many"
    """Several procedures at once."""
    CHANGE = "change"
    """Another address or time, or not by post after all."""
    EXEMPT = "exempt"
    PAY = "pay"
    HOME = "home"
    """The post comes to the house."""
    HOTLINE = "hotline"
    OFFICES = "offices"
    COMPARE = "compare"
    PRICE = "price"
    WHAT = "what"


_CHARGE = r"(?<!can )cuoc(?! (?:thi|hop|song|goi|doi|hoi|chien)\b)"
"""Not "căn cước", nor "cuộc thi"."""
_POST = rf"(?:buu (?:dien|chinh|ta|cuc|pham|gui)|vnpost|vn post|vietnam post|ship(?:per)?|chuyen phat|{_CHARGE}|bcci|ems|the post|post office|by post|postage|postal|postman)"
_ITEM = r"(?:buu (?:pham|gui)|van don|don (?:hang|ems|buu dien|chuyen phat)|thu (?:bao dam|cua)|goi (?:hang|giay)|ems|parcel|item|letter)"
_NEAR_HOME = r"(?:toi|den|tan|tai|ve|ghe|qua) (?:tan )?(?:nha|noi|thon|ban|buon)"
_FOR_ANOTHER = r"(?:thay|ho(?! so)|giup|gium|dum)"
_PATTERNS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (
        Topic.ABROAD,
        (
            rf"{_POST}\b.*\b(?:nuoc ngoai|quoc te|abroad|overseas)",
            rf"(?:(?:ra|di|sang) nuoc ngoai|quoc te|abroad|overseas)\b.*\b{_POST}",
        ),
    ),
    (
        Topic.FORBIDDEN,
        (
            rf"(?:gui|bo|de|kem|nhet)(?: \w+){{0,2}} (?:tien(?: mat)?|vang|can cuoc|cccd)(?: \w+){{0,3}} (?:phong bi|bi thu|bi ho so|trong bi|{_POST})",
            rf"(?:phong bi|(?<!chuan )bi ho so|{_POST})\b.*\b(?:cam gui|duoc gui (?:tien|vang|nhung gi|cac gi)|gui (?:kem )?(?:tien mat|vang))",
            r"send (?:cash|money|my id card)",
        ),
    ),
    (
        Topic.MORE_PAPERS,
        (
            rf"{_POST}\b.*\b(?:doi|bat|yeu cau|hoi) (?:(?:nop )?them|phai co|toi|em|nop)(?: \w+){{0,3}} (?:giay|tien)",
            r"post(?:man| staff)?.*ask(?:s|ed)? for more",
        ),
    ),
    (
        Topic.LOSS,
        (
            rf"(?:{_POST}|{_ITEM})\b.*\b(?:that lac|di lac|rach|uot|hong|den bu|boi thuong|den bao nhieu|chiu trach nhiem|giao nham|ai den|lost|damaged|torn)",
            rf"{_POST} (?:lam |danh |bi )+mat|(?:gui|giao)\b.*\b{_POST}\b.* mat khong|mat {_ITEM}|(?:gui|giao)\b.*\b{_POST} den (?:bao nhieu|sao)",
            rf"(?:that lac|rach|uot) {_ITEM}|giay bi (?:uot|rach)|{_POST}\b.*neu mat",
        ),
    ),
    (
        Topic.MISSED,
        (
            rf"(?:{_POST}|{_ITEM}|giao|phat)\b.*\b(?:khong (?:co (?:ai )?(?:o )?nha|ai (?:o )?nha|nghe may|lien lac duoc|thanh cong)|vang nha|lo may|goi nho|di vang|hoan ve|hoan lai|bi hoan|bi tra|tra lai|may lan|chua phat duoc)",
            r"nha khong ai nhan|missed (?:the )?(?:delivery|call)|nobody (?:was )?(?:at )?home",
        ),
    ),
    (
        Topic.CHANGE,
        (
            rf"(?:(?<!theo )doi|huy|hoan|ngung)(?: \w+){{0,3}} (?:dia chi (?:nhan|giao)|nguoi nhan|nhan tai (?:nha|quay)|giao|ship|{_POST})",
            r"huy tra ket qua|doi sang (?:nhan|nop)|change the (?:delivery )?address",
        ),
    ),
    (
        Topic.WHO,
        (
            rf"(?:{_POST}|giao|phat|ky nhan)\b.*\b(?:nguoi (?:nha|khac|than)|vo toi|chong toi|hang xom)\b.*\b(?:nhan|ky)",
            rf"(?:nhan|ky nhan) (?:ket qua )?{_FOR_ANOTHER}\b.*\b{_POST}|nguoi (?:nhan thay|khac ky)\b.*\b{_POST}|{_POST}\b.*nhan {_FOR_ANOTHER}",
            rf"{_POST}\b.*\b(?:uy quyen|can cuoc nguoi nhan|dua giay gi|can giay gi|xuat trinh|ky nhan khong)",
            rf"nhan (?:ket qua|giay)(?: \w+){{0,3}} can (?:dua )?(?:giay )?gi|nguoi khac nhan duoc|nhan giay cua {_POST} can",
            r"who (?:may|can) (?:receive|collect|sign)",
        ),
    ),
    (
        Topic.TRACK,
        (
            rf"(?:tra|tra cuu|kiem tra|theo doi|dinh vi|xem|coi|hanh trinh|ma|so hieu|so)(?: (?:giup|gium|ho|em|toi|minh|hanh trinh|cuu|ma|don))* {_ITEM}",
            rf"{_ITEM}\b.*\b(?:dau roi|o dau|toi chua|den chua|the nao)|(?:{_POST}|gui buu dien)\b.*\b(?:toi|den|dang o) dau",
            r"ship toi dau|ma (?:buu|van)|(?:dang|giu)\b.*buu cuc nao|buu cuc nao (?:dang )?(?:giu|lay)|(?:tra cuu|hanh trinh) (?:chuyen phat|ems|buu dien)",
            r"track (?:my|an|the)? ?(?:parcel|item|letter)|tracking",
        ),
    ),
    (
        Topic.LATE,
        (
            rf"(?:{_POST}|{_ITEM})\b.*\b(?:sao (?:chua|lau|cham|khong thay)|lau qua|cham qua|qua cham|bi tre|giao cham|mai (?:chua|khong)|chua (?:thay )?(?:toi|den|nhan duoc|giao)|khieu nai|dung yen|may (?:hom|bua|ngay) (?:roi|nay))",
            rf"sao (?:mai )?(?:chua|khong)(?: thay)? {_POST}|khieu nai (?:buu|giao|ve buu)|(?:gui|giao) ve nha.*chua|(?:parcel|letter|item|post)\b.*\b(?:late|delayed|complain)",
        ),
    ),
    (
        Topic.DAYS,
        (
            rf"(?:{_POST}|{_ITEM})\b.*\b(?:may (?:ngay|bua|hom)|bao lau|bao nhieu ngay)|(?:gui|giao|chuyen)\b.*\b(?:may (?:ngay|bua)|bao lau)\b.*\b{_POST}",
            r"how (?:long|many days)\b.*post",
        ),
    ),
    (
        Topic.MANY,
        (
            r"(?:hai|ba|may|nhieu|\d|cac) (?:bo )?(?:ho so|thu tuc)\b.*\b(?:cung luc|mot luc|chung|mot lan|cung (?:mot )?(?:bi|phong bi|goi))",
            rf"(?:chung|mot) (?:mot )?(?:phong bi|bi|goi)\b.*\b(?:ho so|thu tuc)|{_POST}\b.*\b(?:hai|ba|nhieu) (?:ho so|thu tuc)",
            r"(?:several|two) procedures.*\b(?:envelope|parcel|once)",
        ),
    ),
    (
        Topic.EXEMPT,
        (
            rf"(?:mien|giam|mien giam|mien phi)(?: \w+){{0,5}} ?(?:{_POST}|giao)|{_POST}\b.*\b(?:mien|giam|mien phi)",
            r"exempt",
        ),
    ),
    (
        Topic.PAY,
        (
            rf"(?:tra|dong|thanh toan|nop|dua|chuyen)(?: truoc)? (?:tien|{_CHARGE}|le phi|phi|khoan)\b.*\b(?:{_POST}|khi nhan|khi gui)",
            rf"{_POST}\b.*\b(?:thu (?:ho|gium|giup|le phi)|tra (?:truoc|sau|khi)|ai tra|lay tien .*\b(?:truoc|sau))|{_CHARGE} ai tra|who pays",
        ),
    ),
    (
        Topic.PRICE,
        (
            rf"(?:gia|phi|tien|bao nhieu|het|ton|bang gia)\b.*\b{_POST}|{_POST}\b.*\b(?:gia|phi|tien|bao nhieu|het|ton|nhieu|may dong)|{_CHARGE}",
            r"(?:gui|giao|ship|tra)(?: \w+){0,4} (?:ve |tan |den )?(?:nha|noi|tinh|que)(?: \w+){0,3} (?:bao nhieu|het|ton|mat bao|gia)",
            r"(?:gia|phi) (?:ship|gui|giao|nhan ho so tai)|how much.*post|postage",
        ),
    ),
    (
        Topic.HOME,
        (
            rf"{_POST}\b.*\b{_NEAR_HOME}\b.*\b(?:lay|nhan|thu gom)|{_POST}\b.*\b(?:lay|nhan|thu gom)\b.*\b{_NEAR_HOME}",
            r"(?:dat lich|hen|hen gio|goi|nho|dat|dang ky) buu (?:ta|dien)(?: (?:toi|den|lay|ghe|nhan|thu)\b.*)?$|nhan ho so tai nha|buu ta (?:co )?(?:toi|den) (?:nha|lay|khong)",
        ),
    ),
    (
        Topic.HOTLINE,
        (
            r"(?:(?<!ho )so (?:dien thoai|may|nao|tong dai)|tong dai|hotline|sdt)\b.*\b(?:buu (?:dien|chinh|cuc)|vnpost|vietnam post)",
            r"(?:buu (?:dien|chinh|cuc)|vnpost|post)\b.*\b(?:(?<!ho )so (?:dien thoai|may|nao|tong dai)|tong dai|hotline|sdt|phone number)",
        ),
    ),
    (
        Topic.OFFICES,
        (
            r"(?:buu cuc|buu dien|diem buu (?:dien|chinh)|buu dien van hoa)(?: xa| phuong)?(?: nao)?.*\b(?:gan|o dau|cho nao|quanh|may gio|gio (?:mo|lam)|mo cua|lam viec|chi duong)",
            r"(?:gan|quanh)(?: \w+){0,3} (?:buu cuc|buu dien)|tim (?:buu cuc|buu dien)|(?:buu cuc|buu dien) nao",
            r"nearest post office|post offices? near|where is (?:the|a) post office",
        ),
    ),
    (
        Topic.COMPARE,
        (
            r"so s[ai]nh.*\b(?:cach|nop|buu|quay|truc tuyen|online)|(?:cach|kieu|duong) nao (?:re|nhanh|tien|loi)",
            r"(?:cach|kieu|duong|buu dien|buu chinh|ship)\b.*\b(?:re|nhanh|tien) (?:nhat|hon)|(?:nop|gui)(?: \w+){0,4} (?:cach|kieu|duong) nao",
            r"nen (?:nop|gui|di)(?: \w+){0,4} hay |buu dien hay (?:truc tuyen|online|tai quay|truc tiep|ra xa)",
            r"compare (?:the )?ways|which way is (?:cheaper|faster)",
        ),
    ),
    (
        Topic.WHAT,
        (
            r"(?:buu chinh cong ich|bcci|dich vu (?:buu dien|buu chinh)(?: cong ich)?) (?:la gi|gom (?:nhung )?gi|co (?:nhung )?gi|the nao|co bat buoc)",
            r"what is the public postal",
        ),
    ),
)
"""The most particular first: "bưu điện làm mất" is a loss, not a price ("mất bao nhiêu")."""
_COMPILED = tuple((topic, re.compile("|".join(rf"\b(?:{one})\b" for one in patterns))) for topic, patterns in _PATTERNS)
_ABOUT = re.compile(
    rf"\b{_POST}\b|\b(?:van don|(?:gui|giao|ship|tra|nhan)(?: \w+){{0,3}} (?:ve|tan|tai) (?:nha|noi)|phong bi|(?<!chuan )bi ho so)\b"
)
_WORDS = word_set(
    "a ai an ay ba bac ban bang bao bat bay ben bi bo boi bua buu buoi ca cac cach cai cam can cao cap cau cay cha cham chau chi chieu chiu cho choi chon"
    " chong chua chuc chung chuyen co coi com con cong cua cuc cung cuoc cuoi da dai dam dan dang danh day de dem den deo di dia dich dien dieu dinh do doi"
    " don dong du dua dum dung duoc duong em ems gac gan ghe gi gia giac giam gian giao giay gio gium giup gom goi gui ha hai hang hanh hay hen het hien hinh"
    " ho hoac hoan hoi hom hon hong hotline hu hue huong huy huong ich it kem kenh khac khach khi kho khoan khong kia kiem kieu kip la lac lai lam lan lau lay le len lich lien lo"
    " loi luc luon lo mai mang mat may me mien minh mo moi mong mot mua muon nam nang nao nay nen neu ngay nghe nghi ngoai ngon nguoi nha nham nhan nhanh nhap nhat nhau nhe nhi nhiem nhieu nho nhu nhung no noi nop nua o oi on ong"
    " phai pham phan phat phi phieu phong phuc quan quay qua quanh ra rach re roi sao sang sau sdt se ship shipper so som soan ta tai tam tan tat tau te thai thanh thang that thay the them theo"
    " thi thieu tho thoai thoi thong thu thuc thue thuong tien tiep tim tin tinh to toan toi ton tong tra trach trang tre trinh truc tu tuan tui tuyen tuy uot va van vang vao vay ve vi viec vnpost vo voi vu xa xem xin yeu"
    " post postal postage postman office near nearest where how much does it cost is the a an i my me to by for of what which way can who pays track tracking parcel item letter lost late complain"
    " tuc ngheo nuoc goi bo lien chinh mot doi cu dum lo khau tinh dau ma trong giu vien que diem tay chu hieu uy quyen nui thon ghi loai truoc phuong quen ten buon biet trung what about from with in if within one province only both way fee carrying compare ways cheaper faster or and please do you do long many days when will arrive abroad send papers result home come number hotline price"
)
"""The words of messages that speak of the post and name no procedure."""

_PHRASES = re.compile(r"\b(?:so s[ai]nh|ket qua|ky nhan|tra cuu|dang ky (?=buu|nhan|gui))\b")
"""Words that in this row are the post's, and alone may be a procedure's: "kết hôn", "đăng ký". "Sanh" is read as "sinh"."""


def topic_of(text: str) -> Topic | None:
    """Return what a message asks about the post; ``None`` for another matter."""
    said = _said(text)
    if not said or len(said.split()) > LONGEST:
        return None
    about = _ABOUT.search(said)
    for topic, pattern in _COMPILED:
        if pattern.search(said) and (about or topic in _ALONE):
            return topic
    return None


_ALONE = frozenset(
    {
        Topic.COMPARE,
        Topic.TRACK,
        Topic.OFFICES,
        Topic.ABROAD,
        Topic.MISSED,
        Topic.WHO,
        Topic.MANY,
        Topic.FORBIDDEN,
        Topic.WHAT,
        Topic.EXEMPT,
    }
)
"""Whose patterns name the post themselves, or leave no doubt."""


def is_postal(text: str) -> bool:
    """Tell whether a message names the post at all."""
    return _ABOUT.search(_said(text)) is not None


def only_postal(text: str) -> bool:
    """Tell whether a message speaks of the post and of nothing else: it names no procedure."""
    return all(word in _WORDS or word.isdigit() for word in _PHRASES.sub(" ", _said(text)).split())


def _said(text: str) -> str:
    written = [fold(word) for word in expand(normalise(text).lower().split())]
    return re.sub(r"[^\w ]+", " ", " ".join(written)).strip()
