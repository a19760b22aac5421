"""How what tells of a person looks in Vietnamese text. Pure data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something should be taken out."""

    SENDER = "sender"
    """It is the sender's own: never published."""
    NAME = "name"
    PHONE = "phone"
    ID = "id"
    """Number of an identity card, a passport, an insurance or tax number."""
    BANK = "bank"
    ADDRESS = "address"
    EMAIL = "email"
    ACCOUNT = "account"
    """A page of a social network."""
    DOSSIER = "dossier"
    """Code of a dossier or number of a receipt."""
    PLATE = "plate"
    """Of a vehicle."""


@dataclass(frozen=True)
class Pattern:
    """One way in which it is written."""

    reason: Reason
    pattern: re.Pattern[str]
    group: int = 0
    """What of a hit is taken out."""
    folded: bool = False
    """Whether it is looked for in small letters without accents."""


_UPPER = "".join(sign for sign in map(chr, range(0x41, 0x1EFA)) if sign.isalpha() and sign.isupper())
_WORD = rf"[{_UPPER}][^\W\d_]*"
"""Begins with a capital letter."""
_NAMED = rf"{_WORD}(?:\s+{_WORD}){{0,4}}"
_TITLES = (
    r"(?i:ông|bà|anh|chị|cô|chú|bác|em|cháu|con|mẹ|bố|vợ|chồng|thầy|đồng chí|đ/c|cán bộ|công chức|viên chức|chuyên viên"
    r"|nhân viên|chủ tịch|phó chủ tịch|trưởng phòng|giám đốc|họ và tên|họ tên|tên là|tôi là|tên tôi là|tên)"
)
_SURNAMES = (
    r"(?:nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|dao|doan|vuong|trinh|truong|lam|mai"
    r"|ha|cao|chau|ta|luong|luu|to|thai|quach|tong|tang|kieu|nghiem|la|thach|kim|son|y|a|h'|r'|ro|siu|rmah|ksor|nay|dinh)"
)
_SURNAMES_WRITTEN = (
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đào|Đoàn|Vương|Trịnh|Trương|Lâm|Mai"
    r"|Hà|Cao|Châu|Tạ|Lương|Lưu|Tô|Thái|Quách|Tống|Tăng|Kiều|Nghiêm|Thạch|NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG"
    r"|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐINH|ĐÀO|ĐOÀN|VƯƠNG|TRỊNH|TRƯƠNG|LÂM|MAI|HÀ|CAO|CHÂU|TẠ|LƯƠNG|LƯU|TÔ|THÁI|QUÁCH|TỐNG|TĂNG)"
)
_NOT_AFTER_NUMBER = r"(?!Nghị|Thông|Quyết|Luật|Công|Văn|Chỉ|Điều|Khoản|Ngày|Tháng|Năm)"
_HOUSE = r"\d+[a-zA-Z]?(?:/\d+[a-zA-Z]?)*"

PATTERNS = (
    Pattern(Reason.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    Pattern(
        Reason.ACCOUNT,
        re.compile(r"(?i:https?://)?(?i:www\.|m\.)?(?i:facebook\.com|fb\.com|zalo\.me|t\.me|tiktok\.com)/\S+"),
    ),
    Pattern(
        Reason.DOSSIER,
        re.compile(
            r"(?:\d{3}\.\d{2}\.\d{2}\.)?(?<![A-Z])[A-Z]\d{2}(?:\.\d{1,3}){0,4}\s*[-–—]\s*\d{6,8}\s*[-–—]\s*\d{4,10}"
            r"|(?<!\d)\d{6}\s*[-–—]\s*\d{4,10}(?!\d)|(?<![0-9A-Z])PA[ .-]?[0-9A-Z]{4}[ .-]?[0-9A-Z]{4}(?![0-9A-Z])",
            re.IGNORECASE,
        ),
    ),
    Pattern(Reason.PHONE, re.compile(r"(?<![\d.])(?:\(?\+?84\)?|\(?0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)")),
    Pattern(Reason.PHONE, re.compile(r"(?<![\d.,])[1-9]\d{2}[ .-]\d{3}[ .-]\d{3}(?![\d.,]|\s*(?i:đồng|đ\b|vnd))")),
    Pattern(
        Reason.BANK,
        re.compile(
            r"\b(?:tai khoan|stk|so tk|so the|account)(?:\s+\w+){0,4}?[\s:.-]*((?:\d[ .-]?){6,19})", re.IGNORECASE
        ),
        1,
        folded=True,
    ),
    Pattern(Reason.ID, re.compile(r"(?<![\d.,])\d{3}(?:[ .]?\d{3}){3}(?![\d.,]|\s*(?i:đồng|đ\b|vnd))")),
    Pattern(Reason.ID, re.compile(r"(?<![\d.,])\d{9,}(?!\d)")),
    Pattern(Reason.ID, re.compile(r"(?<!\w)[A-Z]{1,2}\d{7,13}(?!\w)")),
    Pattern(
        Reason.PLATE,
        re.compile(r"(?<!\w)\d{2}[A-ZĐ]{1,2}\d?\s?[-–.]?\s?(?:\d{3}\.?\d{2}|\d{4})(?!\w)"),
    ),
    Pattern(
        Reason.ADDRESS,
        re.compile(
            rf"(?i:số nhà|nhà số|số|địa chỉ:?)\s+{_HOUSE},?\s+{_NOT_AFTER_NUMBER}"
            rf"(?:(?i:đường|phố|ngõ|ngách|hẻm|kiệt|tổ|thôn|ấp|xóm|khu phố)\s+)?(?:{_NAMED}|{_HOUSE})"
        ),
    ),
    Pattern(Reason.ADDRESS, re.compile(rf"(?<!\w)(?i:số nhà|nhà số|căn hộ|phòng số)\s+[A-Z]?{_HOUSE}")),
    Pattern(
        Reason.ADDRESS,
        re.compile(
            rf"(?<!\w)(?i:đường|phố|ngõ|ngách|hẻm|kiệt|thôn|ấp|xóm|khu phố|buôn|bản|làng|tổ dân phố|tdp|tổ|khóm|đội)"
            rf"\s+(?:(?i:số)\s+)?(?:{_NAMED}|\d+[a-zA-Z]?(?![\w%]))"
        ),
    ),
    Pattern(Reason.NAME, re.compile(rf"(?<!\w){_TITLES}\s*:?\s+({_NAMED})"), 1),
    Pattern(Reason.NAME, re.compile(rf"(?<!\w){_SURNAMES_WRITTEN}(?:\s+{_WORD}){{1,4}}")),
    Pattern(
        Reason.NAME,
        re.compile(rf"(?<!\w){_SURNAMES}\s+(?:van|thi)\s+[a-z]+(?!\w)"),
        folded=True,
    ),
)
"""In no order: what they find is put together."""
