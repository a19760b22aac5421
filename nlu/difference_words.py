"""How names and citizens say what tells procedures apart: the words behind ``nlu.differences``. Pure data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Dimension(StrEnum):
    """A way in which two procedures differ; the earlier ones are the easier to ask about."""

    ACTION = "action"
    FOREIGN = "foreign"
    AGE = "age"
    COMPANY = "company"
    WHO = "who"
    WAY = "way"
    LEVEL = "level"


NAMED: Mapping[Dimension, Mapping[str, str]] = {
    Dimension.ACTION: {
        "first": r"(?<!đã cấp )lần đầu|cấp mới|đăng ký mới|xây dựng mới",
        "again": (
            r"\b(?:cấp|đăng ký|xác định|công nhận|xác nhận|chứng nhận|thẩm định|phê duyệt|chấp thuận|tiếp nhận|in) lại\b"
            r"|do (?:bị )?(?:mất|hỏng)|báo mất|bị mất|bị hỏng|hư hỏng|thất lạc"
        ),
        "exchange": r"\bcấp đổi\b|(?:^|[,;/] ?|hoặc |và )đổi\b",
        "amend": r"thay đổi|điều chỉnh|sửa đổi|cải chính|bổ sung|đính chính|cập nhật|đăng ký biến động",
        "extend": r"gia hạn|kéo dài|tiếp tục (?:hưởng|sử dụng)",
        "end": r"chấm dứt|giải thể|thu hồi|\bxóa\b|hủy bỏ|thôi hưởng",
        "pause": r"tạm ngừng|tạm dừng|tạm đình chỉ",
        "copy": r"bản sao|trích lục|sao y",
    },
    Dimension.FOREIGN: {
        "foreign": r"(?:có )?yếu tố nước ngoài|(?:của |cho )?người nước ngoài|(?:ở |của |tại )?nước ngoài|quốc tế",
        "domestic": r"(?:ở )?trong nước",
    },
    Dimension.AGE: {
        "under": r"(?:cho )?(?:người|trẻ em|trẻ) dưới (\d+) tuổi",
        "over": r"(?:cho )?người từ đủ (\d+) tuổi(?: trở lên)?",
    },
    Dimension.COMPANY: {
        "one": r"(?:công ty (?:tnhh|trách nhiệm hữu hạn) )?một thành viên",
        "several": r"(?:công ty (?:tnhh|trách nhiệm hữu hạn) )?hai thành viên(?: trở lên)?",
        "shares": r"công ty cổ phần",
        "partners": r"công ty hợp danh",
        "private": r"doanh nghiệp tư nhân",
    },
    Dimension.WHO: {
        "household": r"hộ kinh doanh",
        "company": r"doanh nghiệp|công ty",
        "organisation": r"\btổ chức\b",
        "person": r"cá nhân|công dân|hộ gia đình",
    },
    Dimension.WAY: {
        "online": r"(?:bằng dịch vụ công )?trực tuyến toàn trình",
        "counter": r"(?:bằng )?dịch vụ công (?:trực tuyến )?một phần(?: hoặc trực tiếp)?",
    },
}
"""How the names of procedures say it, in lower case."""

SAID: Mapping[Dimension, Mapping[str, str]] = {
    Dimension.ACTION: {
        "first": r"lần đầu(?: tiên)?|(?:cấp|làm|đăng ký|xin|mở) mới|chưa (?:có|từng|làm)(?: bao giờ| lần nào)?|mới hoàn toàn",
        "again": (
            r"(?:cấp|làm|đăng ký|xin|in) lại|(?:bị|làm|đánh|rơi|rớt|đã) (?:mất|rơi)|mất (?:rồi|giấy|thẻ|sổ|bằng|cái)|(?:^|nếu |lỡ |thế |còn )mất(?= thì| rồi|$)"
            r"|(?:bị |hư )?(?:hỏng|rách|nát)|hư rồi|bị hư|thất lạc"
        ),
        "exchange": r"cấp đổi|(?:xin |làm )?đổi(?! với| tượng| diện)(?: mới| sang| cái)?|hết hạn",
        "amend": r"thay đổi|điều chỉnh|sửa(?! chữa| nhà| xe| đường)(?: đổi| lại| thông tin)?|cải chính|đính chính|bị sai|sai (?:tên|thông tin)",
        "extend": r"gia hạn|kéo dài|hết hạn",
        "end": r"chấm dứt|giải thể|xóa|hủy bỏ|đóng cửa|thu hồi|nghỉ hẳn",
        "pause": r"tạm (?:ngừng|dừng|nghỉ)",
        "copy": r"bản sao|trích lục|sao y",
    },
    Dimension.FOREIGN: {
        "domestic": r"(?:ở )?trong nước|(?:đều |cùng )?(?:là )?người việt(?: nam)?(?: với nhau)?|không (?:có )?(?:người )?nước ngoài",
        "foreign": r"(?:người |ở |có |yếu tố )*(?:nước ngoài|ngoại quốc)|việt kiều|người (?:tây|hàn|nhật|mỹ|trung quốc|đài loan)|quốc tế",
    },
    Dimension.AGE: {
        "under": r"dưới (\d+)(?: tuổi)?|trẻ (?:em|nhỏ|con)|em bé|bé nhỏ|con nhỏ",
        "over": r"(?:từ |đủ |trên )+(\d+)(?: tuổi)?(?: trở lên)?|người lớn",
    },
    Dimension.COMPANY: {
        "one": r"(?:một|1) (?:mình|người|thành viên|chủ)",
        "several": r"(?:hai|2|ba|3|nhiều|mấy) (?:người|thành viên)(?: trở lên)?|góp vốn|hùn (?:vốn|hạp)?",
        "shares": r"cổ phần",
        "partners": r"hợp danh",
        "private": r"tư nhân",
    },
    Dimension.WHO: {
        "household": r"hộ kinh doanh|cá thể",
        "company": r"công ty|doanh nghiệp",
        "organisation": r"tổ chức|cơ quan|đơn vị",
        "person": r"cá nhân|hộ gia đình|người dân",
    },
    Dimension.WAY: {"online": r"online|qua mạng|trực tuyến|toàn trình", "counter": r"trực tiếp|tại quầy|ra quầy"},
    Dimension.LEVEL: {
        "commune": r"(?:ở |tại |cấp |trên |lên |ra )*(?:xã|phường)",
        "province": r"(?:ở |tại |cấp |trên |lên )*(?:tỉnh|thành phố)|(?:ở|lên|tại) sở",
        "central": r"(?:ở |tại |cấp |trên )*trung ương|(?:cấp|trên) bộ",
    },
}
"""How a citizen says it in a short answer; with accents where the writer uses them, else without."""

SEARCHED: Mapping[str, str] = {
    "first": "cấp lần đầu",
    "again": "cấp lại đăng ký lại",
    "exchange": "đổi cấp đổi",
    "amend": "thay đổi điều chỉnh",
    "extend": "gia hạn",
    "end": "chấm dứt xóa",
    "pause": "tạm ngừng",
    "copy": "bản sao trích lục",
    "foreign": "có yếu tố nước ngoài",
    "domestic": "trong nước",
    "one": "một thành viên",
    "several": "hai thành viên trở lên",
    "shares": "công ty cổ phần",
    "partners": "công ty hợp danh",
    "private": "doanh nghiệp tư nhân",
    "commune": "cấp xã",
    "province": "cấp tỉnh",
    "central": "trung ương",
}
"""Words that find the procedures which are so."""

NO = re.compile(
    r"(?:chu |la )?(?:khong|hong|ko|dau|chang|dung) (?:phai )?(?:la |cai |o |cho |voi |lam |xin )*$|khong (?:can|muon) $"
)
"""What stands before a word that is refused: "chứ không phải cấp mới"."""
FILLING = frozenset(
    re.findall(
        r"\w+",
        "cai kia do ay nay day no vay a nhe nha nhi di ma la thi the con toi em minh chau anh chi ban tui chon lay "
        "muon can hoi ve cho cua voi o tai viec thu tuc loai dang truong hop y giay to lam xin duoc da vang phai "
        "roi u uh ok va hay hoac co khong giup gium ho oi hai dua ky mat het ton ha neu nhu sao nao gi cung nhung "
        "mot cau nua truoc sau bi bay gio ben trong chu dung thoi luon ro",
    )
)
"""Words that choose nothing by themselves."""
BARE = frozenset(
    re.findall(
        r"\w+",
        "cap dang ky giay thuc hien viec cho cua va hoac tai o trong truong hop doi voi lai theo duoc do co nguoi "
        "cac ve nhung cong nhan xac chung thu tuc hanh chinh lam xin de nghi",
    )
)
"""Words of names that name no thing."""
