"""English words that people mix in, and whole questions in English, as the words of the catalogue. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache

from nlu.text import looks_vietnamese, words

_MEANINGS: Mapping[str, str] = {
    "birth certificate": "giấy khai sinh", "birth registration": "đăng ký khai sinh", "register birth": "đăng ký khai sinh", "birth": "khai sinh",
    "newborn": "khai sinh", "death certificate": "giấy khai tử", "death": "khai tử", "marriage certificate": "giấy chứng nhận kết hôn",
    "marriage registration": "đăng ký kết hôn", "marriage": "kết hôn", "married": "kết hôn", "marry": "kết hôn", "wedding": "kết hôn",
    "marital status": "tình trạng hôn nhân", "single status": "tình trạng hôn nhân", "divorce": "ly hôn", "divorced": "ly hôn", "adoption": "nuôi con nuôi",
    "adopt": "nhận con nuôi", "guardianship": "giám hộ", "guardian": "giám hộ", "driving licence": "giấy phép lái xe",
    "driving license": "giấy phép lái xe", "driver license": "giấy phép lái xe", "drivers license": "giấy phép lái xe", "driver s license": "giấy phép lái xe",
    "driver licence": "giấy phép lái xe", "business license": "giấy phép kinh doanh", "business licence": "giấy phép kinh doanh",
    "business household": "hộ kinh doanh", "household business": "hộ kinh doanh", "business": "doanh nghiệp", "enterprise": "doanh nghiệp", "company": "công ty",
    "branch": "chi nhánh", "representative office": "văn phòng đại diện", "work permit": "giấy phép lao động", "residence card": "thẻ tạm trú",
    "temporary residence": "tạm trú", "permanent residence": "thường trú", "residence": "cư trú", "land use right": "quyền sử dụng đất",
    "land certificate": "giấy chứng nhận quyền sử dụng đất", "red book": "sổ đỏ", "pink book": "sổ hồng", "land": "đất", "house": "nhà", "apartment": "căn hộ",
    "construction permit": "giấy phép xây dựng", "building permit": "giấy phép xây dựng", "construction": "xây dựng", "vehicle": "xe", "car": "xe",
    "motorbike": "xe máy", "license plate": "biển số xe", "number plate": "biển số xe", "id card": "căn cước", "identity card": "căn cước",
    "citizen id": "căn cước", "criminal record": "lý lịch tư pháp", "police check": "lý lịch tư pháp", "background check": "lý lịch tư pháp",
    "passport": "hộ chiếu", "health insurance": "bảo hiểm y tế", "social insurance": "bảo hiểm xã hội", "unemployment": "thất nghiệp",
    "insurance": "bảo hiểm", "maternity": "thai sản", "pension": "lương hưu", "retirement": "hưu trí", "tax code": "mã số thuế", "tax number": "mã số thuế",
    "taxes": "thuế", "tax": "thuế", "foreigners": "người nước ngoài", "foreigner": "người nước ngoài", "foreign": "nước ngoài", "citizenship": "quốc tịch",
    "nationality": "quốc tịch", "notarize": "công chứng", "notarized": "công chứng", "notary": "công chứng", "certified copy": "bản sao chứng thực",
    "authorization": "ủy quyền", "power of attorney": "giấy ủy quyền", "inheritance": "thừa kế", "last will": "di chúc", "disability": "khuyết tật",
    "scholarship": "học bổng", "school": "trường học", "kindergarten": "mầm non", "restaurant": "quán ăn", "food safety": "an toàn thực phẩm",
    "trademark": "nhãn hiệu", "copyright": "quyền tác giả", "patent": "sáng chế", "export": "xuất khẩu", "import": "nhập khẩu",
    "registration": "đăng ký", "register": "đăng ký", "registered": "đăng ký", "apply": "xin cấp", "application": "hồ sơ", "renewal": "gia hạn",
    "renew": "gia hạn", "extend": "gia hạn", "extension": "gia hạn", "reissue": "cấp lại", "replace": "cấp lại", "lost": "mất", "change": "thay đổi",
    "correct": "cải chính", "correction": "cải chính", "cancel": "hủy", "transfer": "chuyển nhượng", "issue": "cấp", "license": "giấy phép",
    "licence": "giấy phép", "permit": "giấy phép", "certificate": "giấy chứng nhận", "copy": "bản sao", "procedures": "thủ tục", "procedure": "thủ tục",
    "process": "quy trình", "steps": "các bước", "papers": "giấy tờ", "paperwork": "giấy tờ", "paper": "giấy tờ", "documents": "hồ sơ", "document": "hồ sơ",
    "docs": "hồ sơ", "requirements": "điều kiện", "requirement": "điều kiện", "conditions": "điều kiện", "required": "cần", "require": "cần",
    "how much": "bao nhiêu tiền", "cost": "lệ phí", "price": "giá", "fees": "lệ phí", "fee": "lệ phí", "how long": "bao lâu", "how to": "làm thế nào",
    "how do": "làm thế nào", "how can": "làm thế nào", "how": "làm thế nào", "what": "là gì", "where": "ở đâu", "when": "khi nào", "which": "nào",
    "need": "cần", "needed": "cần", "want": "muốn", "office": "cơ quan", "submit": "nộp", "appointment": "lịch hẹn", "help me": "", "help": "giúp",
    "child": "con", "children": "con", "baby": "con", "kid": "con", "husband": "chồng", "wife": "vợ", "mother": "mẹ", "father": "cha", "vietnam": "việt nam",
}  # fmt: skip
"""English → what the catalogue calls it."""
_FILLING = frozenset(
    ("i", "a", "an", "the", "to", "for", "of", "in", "on", "at", "do", "does", "is", "are", "be", "can", "and", "or", "with", "from", "get",
     "my", "me", "you", "your", "it", "this", "that", "please", "pls", "plz", "thanks", "thank", "tks", "help", "hi", "hello", "ok", "there", "have",
     "has", "was", "if", "by", "as", "new", "am", "would", "like", "should", "could", "make", "want", "we", "our", "any", "some", "into", "about")
)  # fmt: skip
"""English words that say nothing of a service; most are Vietnamese words too, so that they count only beside English ones …"""
_PLEADING = frozenset(("please", "pls", "plz", "thanks", "thank", "tks"))
"""… but these."""
MOSTLY = 0.6
"""Share of English words from which a message is in English."""

Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


@cache
def _phrases() -> Phrases:
    """Return English phrases with their meanings by their first words, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for said, meant in _MEANINGS.items():
        phrase = tuple(said.split())
        found.setdefault(phrase[0], []).append((phrase, tuple(words(meant))))
    return {first: sorted(phrases, key=lambda one: -len(one[0])) for first, phrases in found.items()}


def in_vietnamese(said: Sequence[str], pairs: Container[tuple[str, str]]) -> list[str]:
    """Return the words of a message with English ones said in Vietnamese; the same words where there are none.

    Args:
        said: words in lower case.
        pairs: neighbouring words of the catalogue: "health certificate" is a name there and stays.
    """
    phrases = _phrases()
    if phrases.keys().isdisjoint(said) and _FILLING.isdisjoint(said):
        return list(said)
    parts = list(_parts(said, phrases, pairs))
    english = sum(len(part) for part, meant in parts if meant is not None or part[0] in _FILLING)
    mostly = any(meant for _, meant in parts) and english >= MOSTLY * len(said)
    told: list[str] = []
    for number, (part, meant) in enumerate(parts):
        if meant is not None:
            told.extend(meant)
        elif not (part[0] in _PLEADING or (mostly and part[0] in _FILLING) or (number == 0 and part[0] == "i")):
            told.extend(part)
    return told or list(said)


def _parts(
    said: Sequence[str], phrases: Phrases, pairs: Container[tuple[str, str]]
) -> Iterator[tuple[Sequence[str], Sequence[str] | None]]:
    """Yield the phrases of a message with their meanings, and its other words one by one with none."""
    at = 0
    while at < len(said):
        options = phrases.get(said[at], ())
        phrase, meant = next(
            (one for one in options if tuple(said[at : at + len(one[0])]) == one[0]), ((said[at],), None)
        )
        named = len(phrase) == 1 and meant is not None and _is_name(said, at, pairs)
        yield phrase, None if named else meant
        at += len(phrase)


def _is_name(said: Sequence[str], at: int, pairs: Container[tuple[str, str]]) -> bool:
    beside = [(said[one], (said[one], said[one + 1])) for one in (at - 1,) if one >= 0]
    beside += [(said[at + 1], (said[at], said[at + 1]))] if at + 1 < len(said) else []
    return any(
        pair in pairs and word not in _MEANINGS and word not in _FILLING and not looks_vietnamese(word)
        for word, pair in beside
    )
