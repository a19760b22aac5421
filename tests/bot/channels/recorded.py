"""Recorded talks: what a citizen does and what the assistant must show, and the same compared by meaning on a channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from bot.channels.contract import Choice, Reply
from bot.channels.markup import to_plain
from nlu.text import normalise
from nlu.understanding import Aspect, Intent, Understanding
from nlu.yaml_files import read_yaml
from tests.bot.channels.far_ends import FarEnd, Seen
from tests.bot.conftest import RECORDS
from tests.bot.dialogue_house import asks, means

FOLDER = Path(__file__).with_name("talks")


class Meaning(msgspec.Struct, forbid_unknown_fields=True):
    """What the tests' understanding makes of a text."""

    text: str
    codes: tuple[str, ...] = ()
    """Procedures that fit, all alike."""
    aspects: tuple[Aspect, ...] = ()
    intent: Intent | None = None

    def understanding(self) -> Understanding:
        """Return it as Rasa would have."""
        if self.intent is not None:
            return means(self.intent)
        known = {one.code: one for one in RECORDS}
        return asks(*((known[code], 0.9 / len(self.codes)) for code in self.codes), aspects=self.aspects)


class File(msgspec.Struct, forbid_unknown_fields=True):
    """A file that an answer carries."""

    name: str
    kind: str


class Written(msgspec.Struct, forbid_unknown_fields=True):
    """An answer that the talk itself writes, for what no flow of the house says yet."""

    to: str
    text: str
    times: int = 1
    """How often the text stands in it, as paragraphs."""
    files: tuple[File, ...] = ()
    choices: tuple[Choice, ...] = ()


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """What the citizen does, and what must be seen after it."""

    come: bool = False
    say: str = ""
    times: int = 1
    """How often the text stands in what is written."""
    press: str = ""
    """Title of something that was shown to choose."""
    send: str = ""
    """Something that is no text; passed over on channels that have nothing of the kind."""
    shows: tuple[str, ...] = ()
    """In this order."""
    hides: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    silent: bool = False
    own: bool = False
    """Whether each channel says its own: what it keeps of the citizen differs."""

    async def done(self, end: FarEnd) -> Seen | None:
        """Do it on a platform."""
        if self.come:
            return await end.come()
        if self.send:
            return await end.send(self.send)
        return await (end.press(self.press) if self.press else end.say(self.say * self.times))


class Talk(msgspec.Struct, forbid_unknown_fields=True):
    """One conversation."""

    name: str
    steps: tuple[Step, ...]
    understood: tuple[Meaning, ...] = ()
    written: tuple[Written, ...] = ()

    @property
    def known(self) -> dict[str, Understanding]:
        """What the reader knows."""
        return {normalise(one.text): one.understanding() for one in self.understood}


def talks() -> Iterator[Talk]:
    """All talks of the folder."""
    for path in sorted(FOLDER.glob("*.yml")):
        yield from msgspec.convert(read_yaml(path), tuple[Talk, ...])


def check_seen(step: Step, seen: Seen, at: str) -> None:
    """Compare what is seen with what the talk says."""
    text, place = to_plain("\n\n".join(seen.texts)), 0
    assert bool(seen.texts) is not step.silent, f"{at}: {text}"
    for part in step.shows:
        place = text.find(part, place)
        assert place >= 0, f"{at}: no {part!r} (in order) in: {text}"
    assert [part for part in step.hides if part in text] == [], f"{at}: {text}"
    for name in step.files:
        assert name in [*seen.files, *seen.links] or f"{name}: http" in text, f"{at}: no file {name!r}: {seen}"


def check_meaning(said: Sequence[Reply], seen: Seen, end: FarEnd, at: str) -> None:
    """Compare what arrived with what was said: the same words, the same to choose from, the same links and files."""
    lines = [line for text in seen.texts for line in (to_plain(text) if end.markup else text).splitlines()]
    buttons, links, files = dict(seen.buttons), dict(seen.links), list(seen.files)
    for reply in said:
        numbered = [choice for choice in reply.choices if choice.id]
        for number, choice in enumerate(numbered, start=reply.first_number):
            _take_choice(number, choice, buttons, lines, at)
        for name, url in [(one.title, one.url) for one in reply.choices if not one.id]:
            _take_link(name, str(url), links, lines, at)
        for file in reply.files:
            if file.name in files:
                files.remove(file.name)
            else:
                _take_link(file.name, file.url, links, lines, at)
    assert (buttons, links, files) == ({}, {}, []), f"{at}: more than was said"
    wanted = _words("\n".join(to_plain(reply.text) for reply in said))
    assert _words("\n".join(line for line in lines if line != "…")) == wanted, at


def _take_choice(number: int, choice: Choice, buttons: dict[str, str], lines: list[str], at: str) -> None:
    line = choice.title if choice.title.startswith(f"{number}. ") else f"{number}. {choice.title}"
    shown = next((one for one in buttons if one == choice.title or _cut_of(one, choice.title)), None)
    if shown is not None:
        del buttons[shown]
        if line in lines:
            lines.remove(line)
        return
    assert line in lines, f"{at}: {line!r} is neither a button nor a line of {lines}"
    lines.remove(line)


def _take_link(name: str, url: str, links: dict[str, str], lines: list[str], at: str) -> None:
    shown = next(
        (one for one, to in links.items() if _digits(to) == _digits(url) and name.startswith(one.rstrip("…"))), ""
    )
    if shown:
        del links[shown]
        return
    assert f"{name}: {url}" in lines, f"{at}: no link {name!r} to {url} in {lines} or {links}"
    lines.remove(f"{name}: {url}")


def _digits(url: str) -> str:
    """Return an address; of a telephone link only its digits, which each platform writes its own way."""
    return re.sub(r"\D|^tel:\+?", "", url) if url.startswith("tel:") else url


def _cut_of(shown: str, title: str) -> bool:
    return shown.endswith("…") and title.startswith(shown[:-1])


def _words(text: str) -> list[str]:
    return text.split()
