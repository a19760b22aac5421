"""A Bot API that is as strict as Telegram's, for the methods that we call; on loopback, any port."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.splitting import utf16_length
from tests.fakes.telegram.checks import MAX_CAPTION, Refusal, bad, checked_markup, checked_text

TOKEN = "123456789:AbC-dEf_strict"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Một Cửa", "username": "mot_cua_bot"}
FETCHED = ("application/pdf", "application/zip", "image/gif")


@dataclass
class Shown:
    """A message in a chat, as the citizen sees it."""

    id: int
    chat: int
    text: str
    markup: dict[str, Any] = field(default_factory=dict)
    document: str = ""

    def buttons(self) -> list[dict[str, Any]]:
        """The buttons under it."""
        return [button for row in self.markup.get("inline_keyboard", []) for button in row]


@dataclass
class StrictTelegram:
    """Keeps chats; can be told to fail."""

    token: str = TOKEN
    shown: dict[int, Shown] = field(default_factory=dict)
    """By message id, over all chats."""
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    """Chats whose person blocked the bot."""
    unknown: set[int] = field(default_factory=set)
    """Chats that do not exist."""
    documents: dict[str, str] = field(default_factory=dict)
    """Media types of what lies at an address."""
    faults: deque[Refusal | Exception] = field(default_factory=deque)
    """What the next calls are answered with."""
    answers: list[Any] = field(default_factory=list)
    """What the next calls that succeed are answered with, whatever they did."""
    pages: list[tuple[int, str]] = field(default_factory=list)
    """What somebody between us and Telegram says instead, with its status."""
    updates: list[dict[str, Any]] = field(default_factory=list)
    """Not acknowledged yet."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What citizens sent, by its id."""
    sizes: dict[str, int] = field(default_factory=dict)
    """What is said of a file's size, where that is not true."""
    moved: dict[str, str] = field(default_factory=dict)
    """Files that answer with a redirect."""
    fetched: list[str] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever updates were asked for."""
    server: TestServer | None = None

    async def start(self) -> str:
        """Listen; returns the address."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/photos/{id}", self._file)
        self.server = TestServer(app)
        await self.server.start_server()
        return str(self.server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        """Stop listening."""
        self.news.set()
        if self.server is not None:
            await self.server.close()

    def made(self, method: str) -> list[dict[str, str]]:
        """The bodies of the calls of a method."""
        return [body for name, body in self.calls if name == method]

    def give(self, update: dict[str, Any]) -> None:
        """Have something happen that is fetched."""
        self.updates.append(update)
        self.news.set()

    async def post(self, update: dict[str, Any]) -> int:
        """Have something happen that is posted to the webhook; returns the status that came back."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.webhook["url"], json=update, headers=headers) as answer,
        ):
            return answer.status

    async def _answer(self, request: web.Request) -> web.Response:
        body = {name: str(value) for name, value in (*request.query.items(), *(await request.post()).items())}
        method = request.match_info["method"]
        if self.pages:
            status, page = self.pages.pop(0)
            return web.Response(status=status, text=page)
        try:
            if request.match_info["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            answers = getattr(self, "_" + re.sub("([A-Z])", r"_\1", method).lower(), None)
            if answers is None:
                raise Refusal(404, "Not Found")
            self.calls.append((method, body))
            if self.faults and method != "getUpdates":
                raise self.faults.popleft()
            result = answers(body)
            result = await result if asyncio.iscoroutine(result) else result
            return web.json_response({"ok": True, "result": self.answers.pop(0) if self.answers else result})
        except Refusal as refusal:
            answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            return web.json_response(answer, status=refusal.code)

    async def _file(self, request: web.Request) -> web.Response:
        file = request.match_info["id"]
        self.fetched.append(file)
        if file in self.moved:
            raise web.HTTPFound(self.moved[file])
        if request.match_info["token"] != self.token or file not in self.files:
            raise web.HTTPNotFound
        return web.Response(body=self.files[file])

    def _get_file(self, body: Mapping[str, str]) -> dict[str, Any]:
        file = body["file_id"]
        if file not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = self.sizes.get(file, len(self.files[file]))
        return {"file_id": file, "file_unique_id": "u", "file_size": size, "file_path": f"photos/{file}"}

    def _send_message(self, body: Mapping[str, str]) -> dict[str, Any]:
        return self._show(body, checked_text(body))

    def _send_document(self, body: Mapping[str, str]) -> dict[str, Any]:
        kind = self.documents.get(body["document"])
        if kind is None:
            raise bad("failed to get HTTP URL content")
        if kind not in FETCHED:
            raise bad("wrong type of the web page content")
        if utf16_length(body.get("caption", "")) > MAX_CAPTION:
            raise bad("message caption is too long")
        return self._show(body, body.get("caption", ""), body["document"])

    def _show(self, body: Mapping[str, str], text: str, document: str = "") -> dict[str, Any]:
        chat = self._chat(body)
        message = Shown(len(self.shown) + 101, chat, text, checked_markup(body), document)
        self.shown[message.id] = message
        return _as_message(message)

    def _edit_message_text(self, body: Mapping[str, str]) -> dict[str, Any]:
        message = self.shown.get(int(body["message_id"]))
        if message is None or message.chat != self._chat(body):
            raise bad("message to edit not found")
        if message.markup and "inline_keyboard" not in message.markup:
            raise bad("message can't be edited")
        text, markup = checked_text(body), checked_markup(body)
        if (text, markup) == (message.text, message.markup):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.text, message.markup = text, markup
        return _as_message(message)

    def _answer_callback_query(self, body: Mapping[str, str]) -> bool:
        if body["callback_query_id"] == "old":
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True

    def _send_chat_action(self, body: Mapping[str, str]) -> bool:
        self._chat(body)
        return True

    def _get_me(self, body: Mapping[str, str]) -> dict[str, Any]:
        return BOT

    def _set_webhook(self, body: Mapping[str, str]) -> bool:
        if not re.match(r"https://|http://127\.0\.0\.1:", body.get("url", "")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", body.get("secret_token", "")):
            raise bad("secret token contains unallowed characters")
        self.webhook = {**body, "allowed_updates": json.loads(body["allowed_updates"])}
        return True

    def _delete_webhook(self, body: Mapping[str, str]) -> bool:
        self.webhook = {}
        return True

    async def _get_updates(self, body: Mapping[str, str]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self.updates = [one for one in self.updates if one["update_id"] >= int(body.get("offset", "0"))]
        self.asked.set()
        if not self.updates:
            self.news.clear()
            try:
                async with asyncio.timeout(float(body.get("timeout", "0"))):
                    await self.news.wait()
            except TimeoutError:
                return []
        return list(self.updates)

    def _set_my_commands(self, body: Mapping[str, str]) -> bool:
        commands = json.loads(body["commands"])
        for one in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 1 <= len(one["description"]) <= 256:
                raise bad("BOT_COMMAND_INVALID")
        self.commands[body.get("language_code", "")] = commands
        return True

    def _get_my_commands(self, body: Mapping[str, str]) -> list[dict[str, str]]:
        return self.commands.get(body.get("language_code", ""), [])

    def _set_my_description(self, body: Mapping[str, str]) -> bool:
        return self._set_about("description", 512, body)

    def _set_my_short_description(self, body: Mapping[str, str]) -> bool:
        return self._set_about("short_description", 120, body)

    def _get_my_description(self, body: Mapping[str, str]) -> dict[str, str]:
        return {"description": self.about.get(("description", body.get("language_code", "")), "")}

    def _get_my_short_description(self, body: Mapping[str, str]) -> dict[str, str]:
        return {"short_description": self.about.get(("short_description", body.get("language_code", "")), "")}

    def _set_about(self, name: str, most: int, body: Mapping[str, str]) -> bool:
        if len(body[name]) > most:
            raise bad("description is too long")
        self.about[name, body.get("language_code", "")] = body[name]
        return True

    def _chat(self, body: Mapping[str, str]) -> int:
        chat = int(body["chat_id"])
        if chat in self.unknown:
            raise bad("chat not found")
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat


def too_many(seconds: int) -> Refusal:
    """Return the answer to one who sends too much."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _as_message(message: Shown) -> dict[str, Any]:
    said: dict[str, Any] = {"message_id": message.id, "date": 1_790_000_000, "from": BOT}
    said["chat"] = {"id": message.chat, "type": "private"}
    if message.document:
        return {**said, "caption": message.text, "document": {"file_id": "f", "file_unique_id": "u"}}
    return {**said, "text": message.text}
