"""Reads a question for search: what of it names a service, and what only asks. Pure."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.text import SHORTHAND, expand, fold, normalise, words

ASKING = 0.25
"""Weight of a word that belongs to the asking ("cần giấy tờ gì") rather than to the thing asked about."""
LITERAL = 0.6
"""Weight of an everyday word for which the official one is known: the official one counts more."""
MEANT = 0.9
"""Weight of a word that the lexicon adds: the official word for what was said."""

# Folded words have many meanings: what follows or goes before tells "đang" from "đăng ký", "mà" from "mã số".
_ASKING = re.compile(
    r"\b(?:"
    r"(?:can|gom|co|mang|nop|chuan bi|phai co|bao gom) (?:nhung |cac |theo |ho so |loai )*(?:giay to|giay|ho so)(?: nao| gi)?"
    r"|ho so (?:can|gom|bao gom|nhu the nao|the nao|ra sao|gi)(?: nhung)?(?: gi)?|thanh phan ho so|giay to gi|nhung giay to(?: nao| gi)?"
    r"|can (?:nhung )?gi|nhung gi|la gi|lam gi|bao nhieu (?:tien|ngay|lau|dong|bo|tuoi)|bao nhieu|bao lau|bao gio|may ngay"
    r"|(?:mat|ton|het|phai) (?:bao (?:lau|nhieu)|may|khoang|tien|lau|thoi gian|toi da)(?: tien| ngay| lau)?|mat bao"
    r"|(?:mat|ton|het|dong|nop|muc) (?:le )?phi|le phi|thoi (?:han|gian)(?: giai quyet| xu ly)?|khi nao|luc nao|o dau|tai dau|cho nao"
    r"|co quan nao|lam (?:sao|the nao|nhu the nao)|nhu the nao|the nao|ra sao|thu tuc hanh chinh|thu tuc|quy trinh|trinh tu|cac buoc|huong dan"
    r"|cach thuc (?:thuc hien)?|can (?:dap ung )?(?:nhung )?dieu kien (?:gi|nao)|yeu cau gi|truong hop nao"
    r"|(?:co )?(?:duoc|phai|can|bi) khong|duoc khong|hay khong|khong|online|truc tuyen|qua mang|buu dien|buu chinh"
    r"|can cu phap ly|van ban (?:phap luat )?nao|mau don|to khai|ket qua|cho (?:toi|em|minh|con|chau) hoi|xin hoi|cho hoi"
    r"|toi (?:muon|can|co the|phai|dang|la|bi)|em (?:muon|can)|minh (?:muon|can)|muon|toi|em|minh|chau|con muon|nguoi dan|nguoi ta"
    r"|thi(?! cong| tuyen| dua| truong| hanh| diem)|va|cua(?! hang| khau)|cho|(?<!moi )de(?! nghi| an| tai| thi| cuong)"
    r"|khi(?! dot| dau| tuong| hoa| thai)|neu|co(?! so| phan| quan| dien| khi| dong| cau| giao| vat)|can(?! cuoc| bo| ho| cu)|phai"
    r"|duoc(?! pham| lieu| si| chat)|nao|gi|a|nhe|vay(?! von| tien| no| nuoc)|nhi|ma(?! so| vach| truong| tuy| nganh)|la|roi|da|se"
    r"|(?<!thiet )bi|voi|o|tai(?! khoan| san| chinh| lieu| nguyen| tro| xuat| dinh)|nay|(?<!so )do(?! thi| dac| luong)|thuc hien|tien hanh"
    r"|dang(?! ky| kiem| bo| vien| bao)|hien nay|nhung|cac|mot"
    r")\b"
)


GRAM = 4


def character_runs(line: Sequence[str]) -> list[str]:
    """Return hashed runs of characters within and across two words; they forgive typos and missing spaces."""
    text = "".join(line)
    return [
        format(zlib.crc32(text[at : at + GRAM].encode()) & 0x3FFFF, "x") for at in range(max(1, len(text) - GRAM + 1))
    ]


@dataclass(frozen=True)
class Query:
    """A question made ready for the index."""

    weighted: Mapping[str, float]
    """Folded words with their weights, the lexicon's additions included."""
    accented: Mapping[str, float]
    """Words as written where the writer uses accents."""
    pairs: Mapping[str, float]
    """Folded neighbouring words."""
    sequence: tuple[str, ...]
    """All folded words in order, shorthand written out."""
    has_accents: bool
    content: tuple[str, ...]
    """Folded words that name rather than ask, in order."""


@dataclass(frozen=True)
class Lexicon:
    """Everyday words and the official words that they stand for."""

    entries: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    """First folded word of a saying → (saying as accented words, official words) of each saying that begins so."""

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]]) -> Lexicon:
        """Build a lexicon from (saying, official words)."""
        entries: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for saying, meaning in pairs:
            said = tuple(words(normalise(saying)))
            if said:
                entries.setdefault(fold(said[0]), []).append((said, tuple(words(normalise(meaning)))))
        return cls({first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in entries.items()})

    def meanings(self, said: Sequence[str]) -> tuple[list[str], set[int]]:
        """Return the official words for every saying found, and the places of the words that they stand for.

        A word without accents matches any accents.
        """
        found: list[str] = []
        places: set[int] = set()
        for start, word in enumerate(said):
            for saying, meaning in self.entries.get(fold(word), ()):
                part = said[start : start + len(saying)]
                if len(part) == len(saying) and all(map(_same, part, saying)):
                    found.extend(meaning)
                    places.update(range(start, start + len(saying)))
                    break
        return found, places


def _same(written: str, meant: str) -> bool:
    return written == meant or (written.isascii() and written == fold(meant))


def read_query(text: str, lexicon: Lexicon) -> Query:
    """Read a question.

    Args:
        text: the message, normalised or not.
        lexicon: everyday words of the index that is searched.
    """
    said = words(normalise(text))
    full = expand(said)
    folded = tuple(fold(word) for word in full)
    meant, stood_for = lexicon.meanings(full)
    weights = [
        min(weight, LITERAL) if place in stood_for else weight for place, weight in enumerate(_asking_weights(folded))
    ]
    weighted: dict[str, float] = {}
    accented: dict[str, float] = {}
    for word, plain, weight in zip(full, folded, weights, strict=True):
        weighted[plain] = max(weight, weighted.get(plain, 0.0))
        accented[word] = max(weight, accented.get(word, 0.0))
    pairs: dict[str, float] = {}
    for first, second, one, two in zip(folded, folded[1:], weights, weights[1:], strict=False):
        pairs[f"{first} {second}"] = max(min(one, two), pairs.get(f"{first} {second}", 0.0))
    for word in meant:
        weighted[fold(word)] = max(MEANT, weighted.get(fold(word), 0.0))
        accented[word] = max(MEANT, accented.get(word, 0.0))
    for one_word, next_word in itertools.pairwise(meant):
        pairs.setdefault(f"{fold(one_word)} {fold(next_word)}", MEANT)
    writes_accents = any(not word.isascii() for word in said if word not in SHORTHAND)
    content = [plain for plain, weight in zip(folded, weights, strict=True) if weight > ASKING]
    return Query(weighted, accented, pairs, folded, writes_accents, tuple(content))


def _asking_weights(folded: Sequence[str]) -> list[float]:
    line = " ".join(folded)
    ends: list[int] = []
    position = 0
    for word in folded:
        position += len(word) + 1
        ends.append(position - 1)
    weights = [1.0] * len(folded)
    for match in _ASKING.finditer(line):
        for number, end in enumerate(ends):
            if match.start() <= end - len(folded[number]) and end <= match.end():
                weights[number] = ASKING
    return weights
