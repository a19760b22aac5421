"""What the words of a published record say of the post and of having to come in person. Pure.

Only plain statements count. "Nộp bổ sung qua bưu chính" is no filing by post, and a meeting that members must attend is no
duty of the applicant: what is not certain comes to nothing, and the citizen is told to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlu.catalogue.model import FilingWay, Procedure

NOTE_LENGTH = 200
_CLAUSE = re.compile(r"(?<=[.;!?])\s+|\n+|\s[-+•]\s")
_POST = r"bưu (?:chính|điện)"
_POST_SURELY = ("bưu ",)
_PRESENCE_SURELY = ("có mặt", "ủy quyền")
"""In small letters, what a text has if one of the patterns about it finds anything: most records have none, and cutting them up takes long."""
_ONE_STOP = re.compile(r"\b(?:tiếp nhận|hẹn)(?: hồ sơ)?(?: và)?(?: hẹn)? trả kết quả\b", re.I)
"""Names of the one-stop shop and of its slip: nothing is said there of how results come."""
_RECEIVED = re.compile(
    r"(?<!chi )(?<!tiếp )(?<!công )(?<!xác )(?<!chứng )\b(?:trả|nhận)\b(?! (?:hồ sơ|đơn|phí|lệ phí|tiền|lời|lại (?!kết quả)))[^.;]{0,160}?"
    rf"\b(?:qua|từ|bằng|theo)\b[^.;]{{0,40}}?{_POST}",
    re.I,
)
_SENT = re.compile(rf"\b(?:nộp|gửi)\b[^.;:]{{0,160}}?\b(?:qua|bằng|theo)\b[^.;]{{0,40}}?{_POST}", re.I)
_SUPPLEMENT = re.compile(
    r"\b(?:nộp|gửi) bổ sung\b[^,;.]*|\b(?:bổ sung|hoàn thiện) (?:thành phần )?hồ sơ\b[^,;.]*", re.I
)
_ABROAD = re.compile(r"\bở nước ngoài\b", re.I)
_RETURNS = re.compile(r"\b(?:trả|nhận) (?:lại )?(?:kết quả|giấy|thẻ|hộ chiếu|chứng|chứng nhận)\b|\bkết quả\b", re.I)
_ONLY = re.compile(r"(?<!địa )(?<!chứng )\bchỉ\b", re.I)
_HANDED_IN = re.compile(r"\b(?:nộp|gửi|tiếp nhận)\b", re.I)
_OFFICIAL = re.compile(r"\b(?:cán bộ|công chức|cơ quan|hội đồng|bộ phận|chủ tịch|lãnh đạo|sở|bộ)\b", re.I)
_COMES = re.compile(r"\b(?:phải|cùng|đều|cần)(?: cùng)? có mặt\b|\bphải (?:trực tiếp|đích thân) có mặt\b", re.I)
_MEETING = re.compile(
    r"\b(?:họp|hội đồng|hội nghị|thành viên|tranh chấp|hòa giải|lễ|kiểm tra tại|thẩm định|không thể có mặt|tại ở việt nam)\b",
    re.I,
)
_FILES_SELF = re.compile(r"\bkhông (?:được )?ủy quyền cho người khác (?:nộp|làm|đi|thực hiện thủ tục)", re.I)
_UNLESS = re.compile(r"\btrừ trường hợp\b|\bngười được ủy quyền không\b", re.I)
_AUTHORISES = re.compile(
    r"(?<!không )(?<!không được )\bủy quyền\b|\b(?:làm|nộp|nhận|đi) (?:thay|hộ)\b|\bngười đại diện\b", re.I
)


@dataclass(frozen=True)
class Presence:
    """The record says that the person must come, and lets nobody stand in for them."""

    words: str
    """The statement, shortened."""
    filing_only: bool
    """Whether it is about handing in alone."""


@dataclass(frozen=True)
class PostWords:
    """What a record says of the post; each is the statement itself, shortened, or empty."""

    sends: str
    receives: str
    limits: str
    """That the post is for supplements or the result only ("chỉ để nhận thẻ tại nhà")."""


def post_words(procedure: Procedure) -> PostWords:
    """Return what the ways of filing, their notes and the steps say."""
    texts = [text for text in _texts(procedure) if _has(text, _POST_SURELY)]
    clauses = [clause for clause in _clauses(texts) if re.search(_POST, clause, re.I)]
    own = _split(next((one.note for one in procedure.methods if one.way is FilingWay.POST), ""))
    limits = next((clause for clause in own if _limits(clause)), "")
    back = limits if _RETURNS.search(_SUPPLEMENT.sub("", limits)) else ""
    receives = next((clause for clause in clauses if _received(clause)), back)
    return PostWords("" if limits else _sends(procedure, clauses), _short(receives), _short(limits))


def must_come(procedure: Procedure) -> Presence | None:
    """Return why the person must come; ``None`` where the record does not say so, or lets somebody stand in."""
    texts = list(_texts(procedure))
    if not any(_has(text, _PRESENCE_SURELY) for text in texts):
        return None
    clauses = list(_clauses(texts))
    for clause in clauses:
        if _FILES_SELF.search(clause) and not _UNLESS.search(clause):
            return Presence(_short(clause), filing_only=True)
    said = next((one for one in clauses if _COMES.search(one) and not _MEETING.search(one)), None)
    if said is None or any(_AUTHORISES.search(one) for one in (*clauses, *_papers(procedure))):
        return None
    return Presence(_short(said), filing_only=False)


def _sends(procedure: Procedure, clauses: list[str]) -> str:
    method = next((one for one in procedure.methods if one.way is FilingWay.POST), None)
    if method is not None:
        said = _split(method.note)
        own = [one for one in said if re.search(_POST, one, re.I)] or [one for one in said if _HANDED_IN.search(one)]
        if own and all(_only_beside(clause) for clause in own):
            return ""
        return _short(method.note) or "Dịch vụ bưu chính"
    return _short(next((one for one in clauses if _sent(one)), ""))


def _only_beside(clause: str) -> bool:
    """Tell whether a clause speaks of supplements or of the result alone."""
    rest = _SUPPLEMENT.sub("", clause)
    return (rest != clause or _received(clause)) and not _HANDED_IN.search(rest)


def _limits(clause: str) -> bool:
    """Tell whether a clause of the postal way's own note leaves it nothing but supplements or the result."""
    rest = _SUPPLEMENT.sub("", clause)
    return (
        bool(_ONLY.search(clause)) and (rest != clause or bool(_RETURNS.search(rest))) and not _HANDED_IN.search(rest)
    )


def _received(clause: str) -> bool:
    rest = _ONE_STOP.sub("", _SUPPLEMENT.sub("", clause))
    return bool(_RECEIVED.search(rest)) and bool(_RETURNS.search(rest))


def _sent(clause: str) -> bool:
    rest = _ONE_STOP.sub("", _SUPPLEMENT.sub("", clause))
    found = _SENT.search(rest)
    if not found or "hồ sơ" not in found.group().lower() or _RETURNS.search(found.group()) or _ABROAD.search(rest):
        return False
    return not _OFFICIAL.search(rest[: found.start()])


def _texts(procedure: Procedure) -> Iterator[str]:
    yield from (
        _spelt(text) for text in (*(one.note for one in procedure.methods), *procedure.steps, procedure.conditions)
    )


def _has(text: str, words: tuple[str, ...]) -> bool:
    small = text.lower()
    return any(word in small for word in words)


def _clauses(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _split(text)


def _papers(procedure: Procedure) -> Iterator[str]:
    for case in procedure.cases:
        yield case.title
        yield from (_spelt(paper.name) for paper in case.papers)


def _spelt(text: str) -> str:
    """Return a text with one spelling of "ủy"."""
    return text.replace("uỷ", "ủy").replace("Uỷ", "Ủy")


def _split(text: str) -> list[str]:
    return [clause.strip(" -+•") for clause in _CLAUSE.split(_spelt(text)) if clause.strip()]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= NOTE_LENGTH else f"{plain[: NOTE_LENGTH - 1].rsplit(' ', 1)[0]}…"
