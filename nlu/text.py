"""Vietnamese text as people type it, brought into one shape. Pure: both environments run the same code.

``normalise`` is what is sent to Rasa and what every offset refers to; ``fold`` and ``tokens`` are what search compares.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_LENGTH = 1000
"""Characters of a message that are read for understanding; people say what they want well before that."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f]")
_CONTROL = re.compile(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+", re.UNICODE)
_COMBINING = re.compile(r"[\u0300-\u036f]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LATE_TONE = re.compile(rf"([oO](?=[aAeE])|(?<![qQ])[uU](?=[yY]))([aAeEyY])([{_TONES}])(?![\w\u0300-\u036f])")
"""A tone on the second vowel at the end of a word, in decomposed text."""

SHORTHAND = {
    "ko": "không", "k": "không", "kg": "không", "hok": "không", "hông": "không", "hong": "không",
    "kh": "không", "hem": "không", "hổng": "không", "dc": "được", "đc": "được", "dk": "được", "đk": "đăng ký",
    "đkkd": "đăng ký kinh doanh", "dkkd": "đăng ký kinh doanh", "đkkh": "đăng ký kết hôn", "dkkh": "đăng ký kết hôn",
    "j": "gì", "ntn": "như thế nào", "bn": "bao nhiêu", "bnh": "bao nhiêu", "bnhieu": "bao nhiêu",
    "bnhiu": "bao nhiêu", "nhiu": "nhiêu", "ns": "nói", "vs": "với", "mk": "mình", "mik": "mình", "e": "em",
    "cx": "cũng", "oy": "rồi", "wa": "quá", "lm": "làm", "trc": "trước",
    "hk": "hộ khẩu", "hs": "hồ sơ", "hso": "hồ sơ", "gt": "giấy tờ", "tt": "thủ tục",
    "tthc": "thủ tục hành chính", "gtt": "giấy tờ", "cty": "công ty", "dn": "doanh nghiệp", "hkd": "hộ kinh doanh",
    "tnhh": "trách nhiệm hữu hạn", "ttp": "thành phố", "tp": "thành phố", "ubnd": "ủy ban nhân dân", "ub": "ủy ban",
    "gks": "giấy khai sinh", "gkh": "giấy kết hôn", "gplx": "giấy phép lái xe", "blx": "bằng lái xe", "gpxd": "giấy phép xây dựng",
    "gcn": "giấy chứng nhận", "gcnqsdđ": "giấy chứng nhận quyền sử dụng đất", "gcnqsdd": "giấy chứng nhận quyền sử dụng đất",
    "qsdđ": "quyền sử dụng đất", "qsdd": "quyền sử dụng đất", "lltp": "lý lịch tư pháp", "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế", "bhtn": "bảo hiểm thất nghiệp", "tcxh": "trợ cấp xã hội", "nkt": "người khuyết tật",
    "cmt": "chứng minh thư", "cmtnd": "chứng minh thư", "cmnd": "chứng minh nhân dân", "cccd": "căn cước công dân", "cc": "căn cước",
    "vneid": "vneid", "pccc": "phòng cháy chữa cháy", "attp": "an toàn thực phẩm", "vsattp": "vệ sinh an toàn thực phẩm",
    "đtm": "đánh giá tác động môi trường", "dtm": "đánh giá tác động môi trường", "nvqs": "nghĩa vụ quân sự",
    "mst": "mã số thuế", "tncn": "thu nhập cá nhân", "vp": "văn phòng", "vpđd": "văn phòng đại diện", "vpdd": "văn phòng đại diện",
    "xkld": "xuất khẩu lao động", "xklđ": "xuất khẩu lao động",
    "sanh": "sinh", "mần": "làm", "tui": "tôi", "bịnh": "bệnh", "nhứt": "nhất", "chừ": "bây giờ", "sdt": "số điện thoại", "sđt": "số điện thoại", "dvc": "dịch vụ công", "dvctt": "dịch vụ công trực tuyến",
}  # fmt: skip
"""Shorthand that stands for one thing only (teencode, initials, regional words); read for understanding, never shown back."""
_REGISTERED = frozenset(
    ("tam", "thuong", "ket", "khai", "kinh", "xe", "bien", "giam", "nghia", "cu", "luu", "doanh", "mst", "hkd")
)
"""Words before which "dk" means "đăng ký" ("dk tam tru"); elsewhere it is "được" ("làm dk không")."""


def normalise(text: str) -> str:
    """Bring a message into the one written form: NFC, modern tone placement, no invisible characters, single spaces.

    Case is kept. Leading slashes are dropped (Rasa reads them as a command), and the text is cut at ``MAX_LENGTH``.
    """
    composed = unicodedata.normalize("NFC", text[: 4 * MAX_LENGTH])
    plain = _SPACES.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", composed)))
    plain = plain.strip().lstrip("/\\ ").strip()
    return place_tones(plain[:MAX_LENGTH].rstrip())


def place_tones(text: str) -> str:
    """Move tone marks of ``hoà``, ``hoè``, ``uỷ`` to the modern place: ``hòa``, ``hòe``, ``ủy``.

    ``hòa`` and ``hoà`` are both correct; one of them is chosen so that both are found. Works on decomposed text, where the
    tone is a mark of its own after its vowel: in ``oà`` it follows the ``a``, in ``òa`` the ``o``.
    """
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text)
    moved = _LATE_TONE.sub(r"\1\3\2", bare)
    return unicodedata.normalize("NFC", moved)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text in lower case without accents: ``Đăng ký`` → ``dang ky``."""
    if text.isascii():
        return text.lower()
    lowered = text.lower().replace("đ", "d")
    return _COMBINING.sub("", unicodedata.normalize("NFD", lowered))


def words(text: str) -> list[str]:
    """Return the words in lower case with their accents, after ``normalise``."""
    return _WORD.findall(text.lower())


def expand(parts: Iterable[str]) -> list[str]:
    """Write shorthand out: ``gplx`` → ``giấy phép lái xe``."""
    given = list(parts)
    written: list[str] = []
    for part, following in itertools.zip_longest(given, given[1:], fillvalue=""):
        full = "đăng ký" if part == "dk" and fold(following) in _REGISTERED else SHORTHAND.get(part)
        written.extend(full.split() if full else (part,))
    return written


def tokens(text: str) -> list[str]:
    """Return the folded words of a text with shorthand written out; what search compares."""
    return [fold(word) for word in expand(words(text))]


def has_accents(text: str) -> bool:
    """Whether the writer uses Vietnamese accents at all."""
    return fold(text) != text.lower()


_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?"
)


def looks_vietnamese(text: str) -> bool:
    """Tell whether most words are built like Vietnamese syllables; accents are not needed, numbers do not count."""
    said = [word for word in words(text) if word.isalpha()]
    built = sum(bool(_SYLLABLE.fullmatch(fold(word))) or word in SHORTHAND for word in said)
    return not said or built > len(said) / 2
