"""What a citizen does and sees on each platform; everything they do is posted by the platform, signed and twice."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.bot.channels.everywhere import Everywhere
from tests.fakes.telegram import updates
from tests.fakes.telegram.entities import shown_text
from tests.fakes.zalo_oa.people import Person

PERSON = "246845883529197922"
PICTURE = {"file_id": "p", "file_size": 10}


@dataclass
class Seen:
    """What came of one doing."""

    texts: list[str] = field(default_factory=list)
    """In order, each as it stands on the screen."""
    buttons: dict[str, str] = field(default_factory=dict)
    """What can be tapped: title, and what the platform sends for it."""
    links: dict[str, str] = field(default_factory=dict)
    """Title and address."""
    files: list[str] = field(default_factory=list)
    """Names of the files that came along."""


class FarEnd(ABC):
    """One citizen on one platform."""

    name: str
    markup = False
    """Whether the screen turns our light markup into bold and lists itself."""

    def __init__(self, world: Everywhere) -> None:
        """Take what is driven."""
        self.world = world
        self.seen = Seen()

    async def come(self) -> Seen:
        """Open the conversation."""
        await self._come()
        return await self._look()

    async def say(self, text: str) -> Seen:
        """Write."""
        await self._say(text)
        return await self._look()

    async def press(self, title: str) -> Seen:
        """Tap the button with this title; where there is none, write the number that stands before it."""
        button = next((shown for shown in self.seen.buttons if _same(shown, title)), None)
        if button is not None:
            await self._tap(self.seen.buttons[button])
            return await self._look()
        lines = [line for text in self.seen.texts for line in text.splitlines()]
        numbers = [found[1] for line in lines if (found := re.fullmatch(r"(\d+)\. (.+)", line)) and found[2] == title]
        assert numbers, f"{self.name}: {title!r} has neither a button nor a number: {self.seen}"
        return await self.say(numbers[-1])

    async def send(self, what: str) -> Seen | None:
        """Send something that is no text; ``None`` where the platform has nothing of the kind."""
        if not await self._send(what):
            return None
        return await self._look()

    async def _look(self) -> Seen:
        await self.world.sent()
        found = self._arrived()
        self.seen = found if found.texts or found.files else self.seen
        return found

    @abstractmethod
    async def _come(self) -> None: ...

    @abstractmethod
    async def _say(self, text: str) -> None: ...

    @abstractmethod
    async def _tap(self, data: str) -> None: ...

    @abstractmethod
    async def _send(self, what: str) -> bool: ...

    @abstractmethod
    def _arrived(self) -> Seen: ...


def _same(shown: str, title: str) -> bool:
    """Compare a title with what a platform shows of it: cut where it is long, with a number where there are many."""
    plain = re.sub(r"^\d+\. ", "", shown)
    return plain == title or shown == title or (plain.endswith("…") and title.startswith(plain[:-1]))


class OnTelegram(FarEnd):
    """Chat with the bot."""

    name = "telegram"
    _looked = 0

    async def _come(self) -> None:
        await self._post(updates.text("/start"))

    async def _say(self, text: str) -> None:
        await self._post(updates.text(text))

    async def _tap(self, data: str) -> None:
        shown = max(
            one.id for one in self.world.telegram.shown.values() if any("callback_data" in b for b in one.buttons())
        )
        await self._post(updates.tap(data, shown))

    async def _send(self, what: str) -> bool:
        content: dict[str, dict[str, Any]] = {
            "sticker": {"sticker": {"file_id": "s"}},
            "voice": {"voice": {"file_id": "v", "mime_type": "audio/ogg"}},
            "location": {"location": {"latitude": 10.77, "longitude": 106.69}},
            "picture": {"photo": [PICTURE]},
            "file": {"document": {"file_id": "d", "file_name": "a.docx"}},
            "somebody's number": {"contact": {"phone_number": "84900000000", "user_id": 1}},
        }
        if what not in content:
            return False
        await self._post(updates.message(**content[what]))
        return True

    async def _post(self, update: dict[str, Any]) -> None:
        for _ in range(2):
            assert await self.world.telegram.post(update) == 200

    def _arrived(self) -> Seen:
        seen, calls = Seen(), self.world.telegram.calls
        for method, body in calls[self._looked :]:
            if method not in ("sendMessage", "editMessageText", "sendDocument"):
                continue
            assert body["chat_id"] == str(updates.PERSON)
            if method == "sendDocument":
                seen.files.append(body["caption"])
                continue
            seen.texts.append(shown_text(body["text"]) if body.get("parse_mode") == "HTML" else body["text"])
            for row in json.loads(body.get("reply_markup", "{}")).get("inline_keyboard", []):
                seen.buttons |= {one["text"]: one["callback_data"] for one in row if "callback_data" in one}
                seen.links |= {one["text"]: one["url"] for one in row if "url" in one}
        self._looked = len(calls)
        return seen


class OnZaloOa(FarEnd):
    """Chat with the Official Account."""

    name = "zalo_oa"
    _looked = 0

    def __init__(self, world: Everywhere) -> None:
        """Take what is driven."""
        super().__init__(world)
        world.oa.webhooks.duplicates = 2
        self._person: Person = world.oa.person(PERSON)

    async def _come(self) -> None:
        await self.world.oa.follow(PERSON)
        await self.world.oa.post("user_click_chatnow", user_id=PERSON, oa_id=self.world.oa.oa_id)

    async def _say(self, text: str) -> None:
        await self.world.oa.say(PERSON, text)

    async def _tap(self, data: str) -> None:
        await self.world.oa.say(PERSON, data)

    async def _send(self, what: str) -> bool:
        sends: dict[str, tuple[str, Mapping[str, Any]]] = {
            "sticker": ("sticker", {"id": "1", "url": "https://a.zdn.vn/s"}),
            "voice": ("audio", {"url": "https://a.zdn.vn/v.amr"}),
            "location": ("location", {"coordinates": {"latitude": "10.77", "longitude": "106.69"}}),
            "picture": ("image", {"url": "https://a.zdn.vn/i.jpg", "thumbnail": "https://a.zdn.vn/t.jpg"}),
            "file": ("file", {"url": "https://a.zdn.vn/f", "size": "10", "name": "a.docx", "type": "docx"}),
            "somebody's number": ("business_card", {"thumbnail": "x", "description": '{"phone":"0900000000"}'}),
        }
        if what not in sends:
            return False
        await self.world.oa.attach(PERSON, *sends[what])
        return True

    def _arrived(self) -> Seen:
        assert set(self.world.oa.webhooks.statuses) == {200}
        seen = Seen()
        for message in self._person.inbox[self._looked :]:
            payload = message.get("attachment", {}).get("payload", {})
            if "token" in payload:
                seen.files.append(self.world.oa.uploads[payload["token"]][0])
            if "text" in message:
                seen.texts.append(message["text"])
            for button in payload.get("buttons", []):
                if button["type"].startswith("oa.query"):
                    seen.buttons[button["title"]] = button["payload"]
                elif button["type"] == "oa.open.phone":
                    seen.links[button["title"]] = f"tel:{button['payload']['phone_code']}"
                else:
                    seen.links[button["title"]] = button["payload"]["url"]
        self._looked = len(self._person.inbox)
        return seen


class OnZaloBot(FarEnd):
    """Chat with the Zalo Bot: text alone."""

    name = "zalo_bot"
    _looked = 0

    def __init__(self, world: Everywhere) -> None:
        """Take what is driven."""
        super().__init__(world)
        world.bot.duplicates = 2

    async def _come(self) -> None:
        await self.world.bot.say("u1", "/start")

    async def _say(self, text: str) -> None:
        await self.world.bot.say("u1", text)

    async def _tap(self, data: str) -> None:
        raise AssertionError("there are no buttons here")

    async def _send(self, what: str) -> bool:
        sends: dict[str, tuple[str, dict[str, str]]] = {
            "sticker": ("sticker", {"sticker": "s", "url": "https://a.zdn.vn/s"}),
            "voice": ("voice", {"voice_url": "https://a.zdn.vn/v.aac"}),
            "picture": ("image", {"photo_url": "https://a.zdn.vn/i.jpg"}),
            "file": ("unsupported", {}),
        }
        if what not in sends:
            return False
        name, content = sends[what]
        await self.world.bot.post(f"message.{name}.received", "u1", **content)
        return True

    def _arrived(self) -> Seen:
        assert set(self.world.bot.statuses) == {200}
        found, self._looked = self.world.bot.sent[self._looked :], len(self.world.bot.sent)
        return Seen([text for _, text in found])


class OnWeb(FarEnd):
    """The page's API."""

    name = "web"
    markup = True
    _key = ""
    _cursor = ""
    _number = 0

    async def _come(self) -> None:
        await self._say("/start")

    async def _say(self, text: str) -> None:
        await self._post(text=text)

    async def _tap(self, data: str) -> None:
        await self._post(choice=data)

    async def _send(self, what: str) -> bool:
        return False

    async def _post(self, **content: str) -> None:
        self._number += 1
        body = {"conversation": "c", "id": f"m{self._number}", **content}
        url = f"{self.world.url}/api/v1/messages"
        headers = {"Conversation-Key": self._key} if self._key else {}
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.post(url, json=body, headers=headers) as response:
                    assert response.status == 200, await response.text()
                    headers["Conversation-Key"] = self._key = response.headers["Conversation-Key"]

    async def _look(self) -> Seen:
        url = f"{self.world.url}/api/v1/messages"
        query = {"conversation": "c", "after": self._cursor, "wait": "0"}
        await self.world.sent()
        async with (
            aiohttp.ClientSession(headers={"Conversation-Key": self._key}) as session,
            session.get(url, params=query) as response,
        ):
            history = await response.json()
        self._cursor, seen = history["cursor"], Seen()
        for said in history["messages"]:
            if said["from"] != "assistant":
                continue
            seen.texts.append(said["text"])
            for choice in said.get("choices", []):
                if choice.get("url"):
                    seen.links[choice["title"]] = choice["url"]
                else:
                    seen.buttons[choice["title"]] = choice["id"]
        self.seen = seen
        return seen

    def _arrived(self) -> Seen:
        raise AssertionError("the page fetches")


ENDS = (OnTelegram, OnZaloOa, OnZaloBot, OnWeb)
