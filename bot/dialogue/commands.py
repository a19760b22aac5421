"""The commands that every channel understands, with a slash or as plain words, and the list for a channel's menu."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dossiers.organisations.tokens import is_attempt as is_token
from bot.resume.codes import is_attempt, read_code
from nlu.text import fold, normalise


@dataclass(frozen=True)
class Command:
    """One command."""

    name: str
    """After the slash."""
    describes: str
    """Key of the response that a channel's menu shows beside it."""
    available: bool = True
    """Whether it stands in the menu: its flow exists, and many people need it. Others are answered, too."""
    others: tuple[str, ...] = ()
    """Further names after the slash."""
    words: tuple[str, ...] = ()
    """Whole messages, folded, that mean the same."""
    noun: str = ""
    """One more such message, a bare noun that while a procedure is under discussion asks about it instead."""
    asks: str = ""
    """The whole question that the noun is then."""
    telling: bool = False
    """Whether those words also say what stands behind the command: "English"."""


@dataclass(frozen=True)
class Called:
    """A command as it was given."""

    name: str
    rest: str = ""
    """What stood behind it, as it was written."""
    asks: str = ""
    """What it asks instead while a procedure is under discussion: "hồ sơ?"."""


COMMANDS: tuple[Command, ...] = (
    Command("start", "utter_command_start", others=("batdau",), words=("bat dau", "start", "hi", "menu")),
    Command(
        "help", "utter_command_help", others=("trogiup", "tro_giup"), words=("help", "tro giup", "huong dan su dung")
    ),
    Command("thutuc", "utter_command_thutuc", words=("thu tuc", "hoi thu tuc", "tim thu tuc")),
    Command("hoso", "utter_command_hoso", words=("tra cuu ho so", "tra ho so"), noun="ho so", asks="hồ sơ gồm những giấy tờ gì"),
    Command(
        "doanhnghiep",
        "utter_command_doanhnghiep",
        others=("hosodoanhnghiep", "business"),
        words=("ho so doanh nghiep", "hoso doanh nghiep", "tra cuu ho so doanh nghiep", "business dossiers"),
    ),
    Command("madoanhnghiep", "utter_button_batch_token", available=False, words=("ma doanh nghiep", "nhap ma doanh nghiep")),
    Command("thoat", "utter_button_forget", available=False, others=("dangxuat", "logout")),
    Command(
        "buudien", "utter_command_buudien", others=("post",), words=("dich vu buu dien", "postal service"), noun="buu dien", asks="gửi hồ sơ qua bưu điện"
    ),
    Command(
        "phananh",
        "utter_command_phananh",
        others=("feedback",),
        words=("phan anh", "gui phan anh", "kien nghi", "gui kien nghi", "phan anh kien nghi", "toi muon phan anh", "em muon phan anh", "send feedback"),
    ),
    Command(
        "cachphananh",
        "utter_command_cachphananh",
        available=False,
        words=("cach phan anh", "cach gui phan anh", "huong dan phan anh", "huong dan gui phan anh"),
    ),
    Command(
        "danhsach", "utter_command_danhsach", others=("checklist",), words=("danh sach giay to", "danh sach cua toi", "checklist", "my checklist")
    ),
    Command(
        "phieubuuchinh",
        "utter_command_phieubuuchinh",
        available=False,
        others=("myslips",),
        words=(
            "phieu gui ho so cua toi",
            "cac phieu gui ho so",
            "cac yeu cau buu chinh cua toi",
            "yeu cau buu chinh cua toi",
            "cac yeu cau buu chinh",
            "cac phieu cua toi",
            "my postal requests",
            "my slips",
        ),
    ),
    Command("chuyen", "utter_command_chuyen", others=("move",), words=("chuyen kenh", "lay ma chuyen kenh")),
    Command("tieptuc", "utter_command_tieptuc", others=("continue",), words=("nhap ma",)),
    Command("huy", "utter_command_huy", others=("cancel", "stop"), words=("huy", "huy bo", "cancel")),
    Command(
        "ngonngu",
        "utter_command_ngonngu",
        others=("language", "lang"),
        words=("ngon ngu", "doi ngon ngu", "language", "english", "tieng anh", "tieng viet", "vietnamese"),
        telling=True,
    ),
    Command(
        "canbo",
        "utter_command_canbo",
        others=("person", "human"),
        words=(
            "can bo",
            "gap can bo",
            "gap nguoi that",
            "gap nhan vien",
            "noi chuyen voi can bo",
            "noi chuyen voi nguoi that",
            "cho toi gap can bo",
            "talk to a person",
            "human",
        ),
    ),
    Command(
        "dulieucuatoi", "utter_command_dulieucuatoi", others=("mydata",), words=("du lieu cua toi", "du lieu cua em", "my data")
    ),
    Command(
        "xoadulieu",
        "utter_command_xoadulieu",
        others=("deletedata",),
        words=("xoa du lieu", "xoa du lieu cua toi", "xoa du lieu cua em", "delete my data"),
    ),
)  # fmt: skip
"""In the order of the menu."""

_SLASH = re.compile(
    r"[\s\u200b-\u200f\ufeff]*/(?P<name>[^\W\d]\w{0,31})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL
)
_HASH = re.compile(r"\s*#tt[:_\-]?(?P<code>\d[\w.\-]{3,40})\s*", re.IGNORECASE)
_PAYLOAD = re.compile(r"tt_(?P<code>\d[\w.\-]{3,60})", re.IGNORECASE)
_CODE = re.compile(r"\d[.\-_]?\d{6}(?:[.\-_][\w.\-]+)?")
_BY_SLASH = {name: command.name for command in COMMANDS for name in (command.name, *command.others)}
_BY_TWO_WORDS = {("hoso", "doanh nghiep"): "doanhnghiep", ("hoso", "business"): "doanhnghiep"}
_BY_WORDS = {words: command for command in COMMANDS for words in (*command.words, command.noun)}


def menu() -> tuple[Command, ...]:
    """Return what a channel's menu lists: the commands whose flow exists."""
    return tuple(command for command in COMMANDS if command.available)


def read_command(text: str) -> Called | None:
    """Return the command that a message is; ``None`` for every other message, an unknown command too."""
    slash = _SLASH.fullmatch(text[:2000])
    if slash and (name := _BY_SLASH.get(fold(slash["name"].lower()))):
        rest = (slash["rest"] or "").strip()
        deeper = _BY_TWO_WORDS.get((name, fold(normalise(rest[:64]))))
        return Called(deeper) if deeper else Called(name, rest)
    found = _HASH.fullmatch(text[:64])
    if found:
        return Called("start", f"tt_{found['code']}")
    if is_token(text):
        return Called("madoanhnghiep", text)
    if read_code(text) is not None or is_attempt(text):
        return Called("tieptuc", text)
    said = fold(normalise(text)).strip(" .,!?") if len(text) < 64 else ""
    command = _BY_WORDS.get(said)
    if command is None or not said:
        return None
    return Called(command.name, said if command.telling else "", command.asks if said == command.noun else "")


def is_unknown_command(text: str) -> bool:
    """Tell whether a message is one word behind a slash that is no command: "/abc"."""
    slash = _SLASH.fullmatch(text[:100])
    return slash is not None and not slash["rest"] and fold(slash["name"].lower()) not in _BY_SLASH


def procedure_of(payload: str) -> str:
    """Return the procedure code in a start payload: ``tt_1-001193`` (deep links allow no dot), ``1.001193``; else "".

    The dialogue looks the code up; a payload of anybody's making opens nothing that is not in the catalogue.
    """
    plain = payload.strip()
    found = _PAYLOAD.fullmatch(plain)
    code = found["code"] if found else plain
    if not _CODE.fullmatch(code):
        return ""
    lead, _, rest = (code[0] + "." + code[1:].lstrip(".-_")).partition(".")
    return f"{lead}.{rest.replace('-', '.').replace('_', '.')}"
