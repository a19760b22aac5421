"""The fake platform's HTTP routes; errors come with HTTP status 200, as Zalo's do."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.zalo_oa.rules import INVALID, refusal

if TYPE_CHECKING:
    from tests.fakes.zalo_oa.platform import FakeZaloOa

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LARGEST_FILE = 5 * 1024 * 1024


def success(data: dict[str, Any]) -> web.Response:
    """Return Zalo's envelope."""
    return web.json_response({"data": data, "error": 0, "message": "Success"})


def error(code: int, message: str = "refused") -> web.Response:
    """Return an error as Zalo does."""
    return web.json_response({"error": code, "message": message})


def make_app(zalo: FakeZaloOa) -> web.Application:
    """Return the platform's server."""
    routes = Routes(zalo)
    app = web.Application(client_max_size=2 * LARGEST_FILE)
    app.add_routes(
        [
            web.post("/v4/oa/access_token", zalo.oauth.handle),
            web.post("/v3.0/oa/message/cs", routes.guarded(routes.consult)),
            web.post("/v3.0/oa/message/template", routes.guarded(routes.template)),
            web.post("/v3.0/oa/quota/message", routes.guarded(routes.quota)),
            web.get("/v3.0/oa/user/detail", routes.guarded(routes.detail)),
            web.post("/v2.0/oa/message", routes.guarded(routes.old_message)),
            web.post("/v2.0/oa/upload/file", routes.guarded(routes.upload)),
            web.get("/v2.0/oa/getoa", routes.guarded(routes.account)),
            web.post("/message/template", routes.guarded(routes.by_phone)),
            web.route("*", "/{tail:.*}", routes.nothing),
        ]
    )
    return app


class Routes:
    """The handlers."""

    def __init__(self, zalo: FakeZaloOa) -> None:
        self._zalo = zalo

    def guarded(self, handler: Handler) -> Handler:
        """Let only good tokens through, and not too often."""

        async def handle(request: web.Request) -> web.StreamResponse:
            zalo, token = self._zalo, request.headers.get("access_token")
            zalo.calls.append(request.path)
            if zalo.broken:
                return web.Response(status=zalo.broken.pop(0), text="<html>bad gateway</html>")
            business = request.path == "/message/template"
            refused = zalo.oauth.refusal(token)
            if refused:
                return error(-124 if business else refused, "Access token invalid or expired")
            if zalo.wants_proof:
                proof = hmac.new(zalo.oauth.app_secret.encode(), str(token).encode(), hashlib.sha256).hexdigest()
                if request.headers.get("appsecret_proof") != proof:
                    return error(-1241 if business else -242, "Invalid appsecret_proof")
            if zalo.over_rate():
                return error(-32, "Application request limit reached")
            if zalo.errors:
                return error(zalo.errors.pop(0), "User 246845883529197922 refused")
            return await handler(request)

        return handle

    async def consult(self, request: web.Request) -> web.StreamResponse:
        """Take a consultation message."""
        body = await _json(request)
        recipient = body.get("recipient")
        person = self._zalo.people.get(recipient.get("user_id")) if isinstance(recipient, dict) else None
        if person is None or set(body) != {"recipient", "message"}:
            return error(INVALID, "user_id is invalid")
        code = refusal(body["message"], self._zalo.knows_upload) or person.refusal(self._zalo.clock())
        if code:
            return error(code)
        person.receive(body["message"], self._zalo.clock())
        number = self._zalo.number("message")
        return success({"message_id": number, "user_id": person.id, "sent_time": self._zalo.clock.milliseconds})

    async def template(self, request: web.Request) -> web.StreamResponse:
        """Take a template message by a person's id."""
        body = await _json(request)
        if set(body) != {"user_id", "template_id", "template_data"}:
            return error(INVALID)
        code = self._template_refusal(body)
        if code or body["user_id"] not in self._zalo.people:
            return error(code or INVALID)
        self._zalo.templates.append(body)
        return success({"message_id": self._zalo.number("template")})

    async def by_phone(self, request: web.Request) -> web.StreamResponse:
        """Take a template message by telephone number."""
        body = await _json(request)
        phone = body.get("phone")
        if not isinstance(phone, str) or not phone.isdecimal() or not phone.startswith("84"):
            return error(-108, "Phone number is invalid")
        if len(str(body.get("tracking_id", ""))) > 48:
            return error(-1124)
        code = self._template_refusal(body)
        if code:
            return error(code)
        self._zalo.templates.append(body)
        return success({"msg_id": self._zalo.number("zns"), "sent_time": self._zalo.clock.milliseconds})

    def _template_refusal(self, body: dict[str, Any]) -> int:
        wanted = self._zalo.approved.get(str(body.get("template_id")))
        if wanted is None:
            return -109
        data = body.get("template_data")
        return 0 if isinstance(data, dict) and set(data) == wanted else -1121

    async def quota(self, request: web.Request) -> web.StreamResponse:
        """Tell what may still be sent to a person."""
        person = self._zalo.people.get((await _json(request)).get("user_id"))
        if person is None:
            return error(INVALID, "user_id is invalid")
        last = person.last_interaction
        return success(
            {
                "last_interaction": str(int(last.timestamp() * 1000)) if last else "",
                "cs_reply": {"remain": person.remain, "total": 8},
                "promotion": {"remain": 0, "total": 0},
            }
        )

    async def detail(self, request: web.Request) -> web.StreamResponse:
        """Tell who a person is."""
        try:
            wanted = json.loads(request.query["data"])["user_id"]
        except (KeyError, ValueError, TypeError):
            return error(INVALID, "data is invalid")
        person = self._zalo.people.get(wanted)
        if person is None:
            return error(INVALID, "user_id is invalid")
        return success({"user_id": person.id, "display_name": "Người dân", "user_is_follower": person.follows})

    async def old_message(self, request: web.Request) -> web.StreamResponse:
        """Take replies to visitors and reactions; everything else of the old route is off."""
        body = await _json(request)
        recipient = body.get("recipient") or {}
        if "sender_action" in body:
            return success({"message_id": self._zalo.number("reaction")})
        if set(recipient) != {"anonymous_id", "conversation_id"}:
            return error(-240, "API is off")
        message = body.get("message")
        if not isinstance(message, dict) or set(message) != {"text"} or refusal(message, lambda _: False):
            return error(INVALID)
        self._zalo.to_visitors.append(body)
        return success({"message_id": self._zalo.number("message")})

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file of a kind and size that Zalo takes."""
        field = (await request.post()).get("file")
        if not isinstance(field, web.FileField):
            return error(INVALID, "file is invalid")
        content = field.file.read()
        if not field.filename.lower().endswith((".pdf", ".doc", ".docx", ".csv")) or len(content) > LARGEST_FILE:
            return error(TOO_LARGE if len(content) > LARGEST_FILE else INVALID, "file is invalid")
        return success({"token": self._zalo.keep_upload(field.filename, content)})

    async def account(self, request: web.Request) -> web.StreamResponse:
        """Tell whose token it is."""
        return success({"oaid": self._zalo.oa_id, "is_verified": True, "oa_type": 4, "package_name": "Nâng cao"})

    async def nothing(self, request: web.Request) -> web.StreamResponse:
        """Answer addresses that Zalo does not have."""
        return web.json_response({"error": 404, "message": "empty or invalid API"}, status=404)


TOO_LARGE = -210


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
