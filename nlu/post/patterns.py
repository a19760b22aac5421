"""Wordings by which a topic of the post is known. Pure: patterns over folded words."""

from __future__ import annotations

import re

from nlu.post.topic import Topic

LONGEST = 60
"""Words in which wordings are looked for; beyond, a message tells a story, and the time that some of them take grows with the cube of its length."""
_CHARGE = r"(?<!can )cuoc(?! (?:thi|hop|song|goi|doi|hoi|chien)\b)"
"""Not "căn cước", nor "cuộc thi"."""
_POST = rf"(?:buu (?:dien|chinh|ta|cuc|pham|gui)|vnpost|vn post|vietnam post|ship(?:per)?|chuyen phat|{_CHARGE}|buu phi|bcci|ems|bd|the post|post office|by post|postage|postal|postman|(?:by|in the|i) mail|courier|envelope)"
_ITEM = r"(?:buu (?:pham|gui)|van don|kien (?:hang|thu)|don (?:hang|ems|buu dien|chuyen phat)|thu (?:bao dam|cua)|goi (?:hang|giay)|ems|parcel|item|letter)"
_NEAR_HOME = r"(?:toi|den|tan|tai|ve|ghe|qua|lai) (?:tan )?(?:nha|noi|thon|ban|buon)"
_FOR_ANOTHER = r"(?:thay|ho(?! so)|giup|gium|dum)"
_VALUABLES = r"(?:tien mat|tien(?! (?:cuoc|phi|le|cong|ship|gui|buu|bao|tiet))|(?<!di )vang(?! (?:nha|mat|khach))|nu trang|trang suc)"
_CARD = r"(?:(?<!lam )(?<!cap )(?<!doi )(?<!lai )(?:can cuoc(?: cong dan)?|cccd|cmnd|chung minh (?:nhan dan|thu)|the atm|the ngan hang)(?! (?:ve|tan|toi|den)\b))"
_PUT = r"(?:gui|bo|de|kem|kep|nhet|dut|cho)"
_ENVELOPE = r"(?:phong bi|bi thu|bao thu|(?<!chuan )bi ho so|(?:trong|vao|vo) (?:bi|bao|ho so|thu))"
_IN = rf"(?:{_ENVELOPE}|{_POST})"
_WHEN = r"(?:khi nao|luc nao|chung nao|bao gio|(?:ngay|bua|hom) nao|(?:mat )?(?:bao )?lau (?:khong|chua)|may (?:ngay|bua|hom)|bao lau|bao nhieu ngay)"
_ARRIVES = r"(?:gui|giao|chuyen|phat|toi|den|ve|mang|dua)"
_PATTERNS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (
        Topic.NOT_OURS,
        (
            r"(?:mua|ban)(?: \w+){0,3} (?:tem|con tem)(?: thu| buu (?:chinh|dien)| suu tam)*(?: o dau| khong| a)*$",
            rf"{_POST}\b.*\b(?:tuyen (?:dung|nguoi|nhan vien|lao dong|buu ta)|xin viec|viec lam|tiet kiem|lai suat|vay (?:tien|von)|nap (?:tien|the)|the cao|ban (?:bao hiem|hang|sim|ve|the|do))",
            rf"(?:chuyen|rut|gui|nhan) tien\b(?! (?:cuoc|le phi|phi|ho so|thua)\b)(?: \w+){{0,2}} (?:qua|o|tai|bang) {_POST}(?! duoc|.*\b(?:ho so|le phi|bi)\b)",
            rf"(?:tuyen dung|xin viec|ung tuyen|tiet kiem|vay (?:tien|von)|lai suat)\b.*\b{_POST}",
            rf"(?:gui|ship|giao)(?: \w+){{0,2}} (?:qua (?:cho ban|tang|que|tet|sinh nhat)|qua cap|(?<!don )hang(?! xom)|do an|thuc an|com|quan ao|trai cay)\b.*\b(?:{_POST}|nha|noi|que)|(?:ship|giao) (?:do an|thuc an|com|hang hoa|quan ao)",
        ),
    ),
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
            rf"{_PUT}(?: \w+){{0,2}} (?:{_VALUABLES}|{_CARD})(?: \w+){{0,4}} {_IN}",
            rf"{_PUT}(?: \w+){{0,2}} tien(?: \w+){{0,3}} {_ENVELOPE}",
            rf"(?:phong bi|(?<!chuan )bi ho so|{_POST})\b.*\b(?:cam gui|duoc gui (?:tien|vang|nhung gi|cac gi)|{_PUT} (?:kem |ca )?(?:{_VALUABLES}|{_CARD}))",
            rf"gui(?: \w+){{0,2}} (?:{_CARD}|ho chieu)(?: \w+){{0,2}} (?:goc|that|ban chinh)\b.*\b(?:khong|sao|{_POST})",
            rf"gui(?: \w+){{0,5}} (?:tien mat|{_CARD} (?:va|voi|kem) tien)\b.*\b(?:khong|sao)",
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
            rf"{_POST} (?:lam |danh |bi )+(?:mat|rot|roi)|(?:gui|giao)\b.*\b{_POST}\b.* mat khong|mat {_ITEM}|(?:gui|giao)\b.*\b{_POST} den (?:bao nhieu|sao)",
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
            rf"(?:theo doi|tra cuu|kiem tra)(?: \w+){{0,3}} gui {_POST}",
            rf"{_ITEM}\b.*\b(?:dau roi|o dau|toi chua|den chua|the nao)|(?:{_POST}|gui buu dien)\b.*\b(?:toi|den|dang o) dau",
            r"ship toi dau|ma (?:buu (?:gui|pham|cuc)|van don)|(?:dang|giu)\b.*buu cuc nao|buu cuc nao (?:dang )?(?:giu|lay)|(?:tra cuu|hanh trinh) (?:chuyen phat|ems|buu dien)",
            r"track (?:my|an|the)? ?(?:parcel|item|letter)|tracking",
        ),
    ),
    (
        Topic.LATE,
        (
            rf"(?:{_POST}|{_ITEM})\b.*\b(?:sao (?:chua|lau|cham|khong thay)|lau qua|cham qua|qua cham|bi tre|giao cham|mai (?:chua|khong)|chua (?:thay )?(?:toi|den|nhan duoc|giao)|khieu nai|dung yen|may (?:hom|bua|ngay) (?:roi|nay))",
            rf"(?:chua|khong) (?:thay|nhan duoc)(?: \w+){{0,3}} {_POST}|sao (?:mai )?(?:chua|khong) {_POST}|khieu nai (?:buu|giao|ve buu)|(?:gui|giao) ve nha.*chua|(?:parcel|letter|item|post)\b.*\b(?:late|delayed|complain)",
        ),
    ),
    (
        Topic.DAYS,
        (
            rf"(?:{_POST}|{_ITEM})\b.*\b(?:may (?:ngay|bua|hom)|bao lau|bao nhieu ngay)|(?:gui|giao|chuyen)\b.*\b(?:may (?:ngay|bua)|bao lau)\b.*\b{_POST}",
            rf"{_POST}\b.*\b{_ARRIVES}\b.*\b{_WHEN}|{_WHEN}\b.*\b{_POST}\b.*\b{_ARRIVES}|{_ARRIVES}\b.*\b{_POST}\b.*\b{_WHEN}|{_POST}\b.*\b{_WHEN}(?: \w+){{0,2}} {_ARRIVES}",
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
            r"(?:buu cuc|buu dien|diem buu (?:dien|chinh)|buu dien van hoa)(?: xa| phuong)?(?: nao)?.*\b(?:gan|o dau|cho nao|quanh|may gio|gio (?:mo|lam)|mo cua|lam viec|chi duong|(?:chu nhat|thu bay|thu 7|ngay nghi|ngay le|buoi trua|gio nay)(?: \w+){0,2} (?:lam|mo|nghi|nhan))",
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

_ALONE = frozenset({Topic.COMPARE, Topic.TRACK, Topic.OFFICES, Topic.FORBIDDEN, Topic.NOT_OURS, Topic.WHAT})
"""Whose wordings name the post themselves, or the ways of filing."""


def topics_in(said: str) -> list[Topic]:
    """Return the topics whose wordings occur in folded words, the most particular first."""
    heard = _beginning(said)
    return [topic for topic, pattern in _COMPILED if pattern.search(heard)]


def names_post(said: str) -> bool:
    """Tell whether folded words name the post at all, delivery to the door, or what leaves no doubt without."""
    if _ABOUT.search(said):
        return True
    heard = _beginning(said)
    return any(pattern.search(heard) for topic, pattern in _COMPILED if topic in _ALONE)


def _beginning(said: str) -> str:
    return " ".join(said.split(maxsplit=LONGEST)[:LONGEST])
