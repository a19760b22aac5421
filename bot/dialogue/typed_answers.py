"""Understands an answer in words to a question with buttons: "mới", "ủy quyền", "bố mẹ", "qua mạng ạ". Pure.

A question with buttons was just asked, so a short message is an answer first and a question of its own only then. What asks
something itself ("nộp online được không") is never taken for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.dialogue.choices import NONE_OF_THESE, read_choice
from bot.dialogue.commands import read_command
from bot.dialogue.state import Option
from nlu.aspects import cue_aspects
from nlu.learning.masking_words import word_set
from nlu.text import expand, fold, has_accents, normalise, words

LONGEST = 9
"""Words beyond which a message tells more than an answer."""
LIST_ANSWER = "do:list:"
"""How the ids of the answers to a checklist's question begin."""
STEP_ANSWER = "in:"
"""The same of the answers to a flow's question; what steers the flow stands beside them."""
STEERS = "go:"
_CONTROLS = re.compile(
    r"(?:quay|tro|lui) lai|huy(?: bo)?|thoi|dung|dung lai|tiep(?: tuc)?|bo qua|back|cancel|stop|skip"
)

_WHOLE: Mapping[str, str] = {
    "yes": r"có|có ạ|vâng|phải|đúng(?: rồi| vậy)?|ừ|rồi|có rồi|đã có|yes|yep|sure",
    "no": r"không|không có|không thuộc|không phải|chưa|chưa có|no|none|nope",
    "unsure": r"(?:không|chưa) (?:biết|rõ|chắc)(?: nữa| lắm)?|not sure|don t know|i don t know|no idea",
    "self": r"tôi|em|mình|cháu|con|tui|me|myself",
    "other": r"nhờ|thay|hộ",
    "counter": r"(?:ra |lên |đến |tới )?(?:xã|phường|ủy ban(?: nhân dân)?|quầy)",
    "post": r"gửi|ship",
}
"""What means an answer only when it is all that is said."""
_WITHIN: Mapping[str, str] = {
    "self": r"tự (?:đi|làm|nộp|mang|lên|ra|tôi|em|mình)|(?:chính|bản thân) (?:tôi|em|mình)|bản thân|(?:tôi|em|mình) (?:đi|làm|nộp)"
    r"|by myself|in person myself",
    "other": r"ủy quyền|(?:nhờ|thuê) \w+|người (?:khác|nhà|thân|quen)|(?:làm|nộp|đi|nhận) (?:hộ|thay|giùm|giúp)"
    r"|(?<!cho )(?:bố|mẹ|ba má|cha mẹ|má|vợ|chồng|luật sư|con (?:tôi|em|mình|trai|gái)|(?:anh|em|chị) (?:trai|gái|họ)|bạn (?:tôi|em|bè)|gia đình)"
    r"|somebody else|someone else|my (?:wife|husband|mother|father|parents|son|daughter|friend|lawyer)",
    "online": r"online|(?:qua|trên|bằng) mạng|mạng|trực tuyến|điện tử|internet|dịch vụ công|vneid",
    "counter": r"trực tiếp|tại quầy|một cửa|tận nơi|mang (?:đến|lên|ra)|in person|counter",
    "post": r"bưu (?:điện|chính|cục)|chuyển phát|by post|by mail",
}
"""What means it with other words around it."""
_BEGIN: Mapping[str, Sequence[tuple[str, ...]]] = {"yes": (("có",), ("đã",)), "no": (("không",), ("chưa",))}
"""First words of titles that say yes or no themselves."""
_ASKS = re.compile(
    r"[?]|\b(?:gì|nào|sao|bao nhiêu|bao lâu|đâu|mấy|hả|how|what|which|when|where|why)\b|\w+ (?:không|chưa)(?: ạ| em| vậy| nhỉ)*$",
)
_ASKS_BARE = re.compile(
    r"[?]|\b(?:gi|the nao|nhu nao|sao|bao nhieu|bao lau|o dau|may|how|what|which|when|where|why)\b|\w+ (?:khong|ko|chua)(?: a| em| vay)*$",
)
_NO_QUESTION = re.compile(r"(?:vẫn |thì |dạ |em |tôi |là |cũng )*(?:không|chưa|khong|ko|chua)(?: ạ| a| em)*")
"""Ends like a question and is none: "dạ không"."""
_AROUND = word_set(
    "em tôi mình cháu con anh chị bạn tui ạ a nhé nha nhỉ đi mà là thì dạ vâng ừ ok ơi thuộc trường hợp diện chọn lấy muốn"
    " vào và của cho này đó ấy kia thôi toi minh chau chi ban nhe di ma la thi da vang u oi thuoc truong hop dien chon lay"
    " muon vao va cua nay do ay kia thoi the bị bi được duoc"
)
"""Words that tell no title from another."""


def is_question(shown: Sequence[Option]) -> bool:
    """Tell whether all that is shown are the answers to one question."""
    answers = [one for one in shown if not one.id.startswith(STEERS)]
    if _is_offer(answers):
        return True
    lists = [one for one in answers if one.id.startswith(LIST_ANSWER) and one.id.count(":") > LIST_ANSWER.count(":")]
    return bool(answers) and (len(lists) == len(answers) or all(one.id.startswith(STEP_ANSWER) for one in answers))


def _is_offer(answers: Sequence[Option]) -> bool:
    """Tell whether the answers are procedures between which it was asked back."""
    offered = [one for one in answers if (picked := read_choice(one.id)) and picked.code and picked.aspect is None]
    return len(offered) == len(answers) - 1 > 0 and answers[-1].id == NONE_OF_THESE


def asks_something(text: str) -> bool:
    """Tell whether a message asks rather than answers."""
    said = normalise(text).lower().strip(" .,!…")
    if _NO_QUESTION.fullmatch(said):
        return False
    return bool((_ASKS if has_accents(said) else _ASKS_BARE).search(said))


def answers_in_words(text: str, shown: Sequence[Option]) -> tuple[Option, ...]:
    """Return the answers that a message may mean: one for a clear answer, several for a part of several titles.

    Args:
        text: of the message.
        shown: every choice of the last turn.
    """
    said = expand(words(normalise(text)))
    if not said or len(said) > LONGEST or not is_question(shown) or asks_something(text):
        return ()
    answers = [one for one in shown if not one.id.startswith(STEERS)]
    by_meaning = _by_meaning(said, answers)
    if by_meaning:
        return by_meaning
    plain = fold(" ".join(said))
    if _is_offer(answers):
        return ()  # ``AskingBack`` understands other answers by what tells the procedures apart
    if read_command(text) is not None or _CONTROLS.fullmatch(plain) or cue_aspects(text):
        return ()
    return _by_title(said, answers)


def _by_meaning(said: Sequence[str], answers: Sequence[Option]) -> tuple[Option, ...]:
    """Return the answers that stand for what was said, whatever their titles; none when they cannot be told apart."""
    meant = _meanings(" ".join(said))
    found = [one for one in answers if _value(one.id) in meant or _begins(one, meant)]
    if not found and "yes" in meant:
        # A question about one thing alone: "có" is that one, beside "none of them" and "not sure".
        found = [one for one in answers if _value(one.id) not in ("no", "unsure")]
        return tuple(found) if len(found) == 1 else ()
    return tuple(found) if len(found) < len(answers) else ()


def _begins(answer: Option, meant: set[str]) -> bool:
    """Tell whether a title says itself the yes or no that was meant: "Đã có thẻ", "Chưa có thẻ"."""
    first = _title(answer.title)[:1]
    return _value(answer.id) != "unsure" and any(value in meant and first in words for value, words in _BEGIN.items())


def _meanings(line: str) -> set[str]:
    plain = _stripped(line)
    bare = not has_accents(line)
    within = {value for value, one in _WITHIN.items() if _compiled(one, bare).search(line)}
    whole = {
        value for value, one in _WHOLE.items() if any(_compiled(one, bare).fullmatch(each) for each in (line, plain))
    }
    return within or whole


def _value(choice: str) -> str:
    """Return what an answer stands for, from its id."""
    if choice.startswith(STEP_ANSWER):
        return choice.rpartition(":")[2]
    if not choice.startswith(LIST_ANSWER):
        return "no" if choice == NONE_OF_THESE else ""
    _, *given = choice.removeprefix(LIST_ANSWER).split(":")
    last = given[-1] if given else ""
    if len(given) == 1:
        return {"0": "self", "1": "other"}.get(last, last)
    return {"n": "no", "-": "unsure"}.get(last, last)


def _by_title(said: Sequence[str], answers: Sequence[Option]) -> tuple[Option, ...]:
    """Return the answers in whose titles all that was said stands, a row of words before words here and there."""
    telling = [word for word in said if word not in _AROUND]
    if not telling or (len(telling) == 1 and len(telling[0]) < 2):
        return ()
    found = [one for one in answers if all(_stands(word, _title(one.title)) for word in telling)]
    row = " ".join(said)
    in_a_row = [one for one in found if f" {fold(row)} " in f" {fold(' '.join(_title(one.title)))} "]
    first = [one for one in found if fold(" ".join(_title(one.title))).startswith(fold(row))]
    chosen = next((some for some in (first, in_a_row) if len(some) == 1), found)
    return tuple(chosen) if len(chosen) < len(answers) else ()


def _stands(word: str, title: Sequence[str]) -> bool:
    """Tell whether a word is in a title; one with accents only with the same."""
    return word in title if has_accents(word) else any(fold(one) == word for one in title)


@lru_cache(maxsize=4096)
def _title(title: str) -> tuple[str, ...]:
    return tuple(words(normalise(title)))


def _stripped(line: str) -> str:
    """Leave out what is merely polite around an answer."""
    kept = re.sub(r"^(?:dạ|da|thưa|vâng|vang|thì|thi|là|la|em|tôi)\s+(?=\w)", "", line)
    return re.sub(r"(?:\s+(?:ạ|a|nhé|nhe|nha|em|bạn|nhỉ|thôi))+$", "", kept)


@lru_cache(maxsize=64)
def _compiled(pattern: str, bare: bool) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{fold(pattern) if bare else pattern})\b")
