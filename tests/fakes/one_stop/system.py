"""The system as a test drives it, and its HTTP side."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import count
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


class Fault(Enum):
    """What goes wrong with one answer."""

    SERVER_ERROR = "500"
    UNAVAILABLE = "503"
    TOO_MANY = "429"
    HALF = "half"
    """The body breaks off before its end."""
    HALF_JSON = "half json"
    """A whole HTTP answer, of which the JSON breaks off."""
    HTML = "html"
    """A page of the proxy before it, with HTTP status 200."""
    HUGE = "huge"
    ELSEWHERE = "elsewhere"
    """A redirect to another host."""
    OTHER_CODE = "other code"
    """Another dossier than the one asked for."""
    FAR_DATE = "far date"
    OWN_ERROR = "own error"
    """An error of its own in an answer with status 200."""
    HANGS = "hangs"
    """No answer until the test lets go."""
    FORBIDDEN = "403"


@dataclass
class FakeOneStop:
    """Keeps dossiers as its vendor shapes them."""

    user: str = "motcua"
    password: str = "mật khẩu"
    lasts: int = 3600
    """Seconds that a token says it lasts."""
    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    """Of the next answers."""
    always: Fault | None = None
    """Of all answers."""
    retry_after: str = "1"
    asked: Counter[str] = field(default_factory=Counter)
    """How often each code was asked for."""
    tokens: set[str] = field(default_factory=set)
    """Good ones."""
    given_out: int = 0
    at_once: int = 0
    most_at_once: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Lets answers go that hang."""
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once an answer hangs."""
    url: str = ""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def has(self, code: str, state: object = "processing", **more: Any) -> dict[str, Any]:
        """Put a dossier there, or another state of it."""
        known = self.dossiers.get(code, {})
        self.dossiers[code] = {
            "maHoSo": code,
            "maTTHC": "1.001193",
            "tenTTHC": "Đăng ký khai sinh",
            "chuHoSo": {"ten": "Nguyễn Văn An", "dienThoai": "0912345678", "dinhDanh": "051099000123"},
            "loaiDoiTuong": 0,
            "donVi": "Trung tâm Phục vụ hành chính công xã A",
            "ngayTiepNhan": "20/11/2026 09:00",
            "ngayHenTra": "30/11/2026 17:00",
            "ngayKetThuc": None,
            "tienTrinh": [{"phong": "Văn phòng", "nguoi": "B", "batDau": "20/11/2026 09:00", "ketThuc": ""}],
            **known,
            "trangThai": state,
            **more,
        }
        return self.dossiers[code]

    def expire_tokens(self) -> None:
        """Let every token end at once, whatever it said."""
        self.tokens.clear()


@asynccontextmanager
async def running_one_stop() -> AsyncIterator[FakeOneStop]:
    """Run a system on a port of this machine."""
    system = FakeOneStop()
    app = web.Application()
    app.router.add_post("/oauth/token", partial(_token, system))
    app.router.add_get("/api/ho-so/{code}", partial(_dossier, system))
    app.router.add_post("/api/tra-cuu", partial(_searched, system))
    server = TestServer(app)
    await server.start_server()
    system.url = str(server.make_url("/")).rstrip("/")
    try:
        yield system
    finally:
        system.gate.set()
        await server.close()


async def _token(system: FakeOneStop, request: web.Request) -> web.StreamResponse:
    expected = "Basic " + base64.b64encode(f"{system.user}:{system.password}".encode()).decode()
    form = await request.post()
    if request.headers.get("Authorization") != expected or dict(form) != {"grant_type": "client_credentials"}:
        return web.json_response({"error": "invalid_client"}, status=401)
    token = f"token-{next(system._numbers)}"
    system.tokens.add(token)
    system.given_out += 1
    return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": system.lasts})


async def _dossier(system: FakeOneStop, request: web.Request) -> web.StreamResponse:
    if request.query_string != "donVi=H48" or request.headers.get("Accept") != "application/json":
        return web.json_response({"error": "bad request"}, status=400)
    if not _known_token(system, request):
        return web.json_response({"error": "unauthorised"}, status=401)
    return await _answered(system, request, request.match_info["code"])


async def _searched(system: FakeOneStop, request: web.Request) -> web.StreamResponse:
    if not _known_token(system, request):
        return web.json_response({"error": "unauthorised"}, status=401)
    body = await request.json()
    if set(body) != {"ma"}:
        return web.json_response({"error": "bad request"}, status=400)
    return await _answered(system, request, body["ma"])


def _known_token(system: FakeOneStop, request: web.Request) -> bool:
    return request.headers.get("Authorization", "").removeprefix("Bearer ") in system.tokens


async def _answered(system: FakeOneStop, request: web.Request, code: str) -> web.StreamResponse:
    system.asked[code] += 1
    system.at_once += 1
    system.most_at_once = max(system.most_at_once, system.at_once)
    try:
        await asyncio.sleep(0)
        fault = system.faults.pop(0) if system.faults else system.always
        found = system.dossiers.get(code)
        if fault is not None:
            return await _faulty(system, request, fault, found or {})
        if found is None:
            return web.json_response({"maLoi": 404, "thongBao": "Không tìm thấy"}, status=200)
        return web.json_response({"maLoi": 0, "duLieu": found})
    finally:
        system.at_once -= 1


async def _faulty(system: FakeOneStop, request: web.Request, fault: Fault, found: dict[str, Any]) -> web.StreamResponse:
    whole = json.dumps({"maLoi": 0, "duLieu": found}).encode()
    match fault:
        case Fault.SERVER_ERROR | Fault.UNAVAILABLE | Fault.FORBIDDEN:
            return web.Response(status=int(fault.value), text="<h1>Lỗi</h1>", content_type="text/html")
        case Fault.TOO_MANY:
            return web.json_response({"maLoi": 429}, status=429, headers={"Retry-After": system.retry_after})
        case Fault.HALF:
            return await _broken_off(request, whole)
        case Fault.HALF_JSON:
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
        case Fault.HTML:
            return web.Response(text="<html>Bảo trì hệ thống</html>", content_type="text/html")
        case Fault.HUGE:
            return web.json_response({"maLoi": 0, "duLieu": {**found, "rac": "x" * 3_000_000}})
        case Fault.ELSEWHERE:
            return web.Response(status=302, headers={"Location": "http://169.254.169.254/"})
        case Fault.OTHER_CODE:
            return web.json_response({"maLoi": 0, "duLieu": {**found, "maHoSo": "H48.16-261120-9999"}})
        case Fault.FAR_DATE:
            return web.json_response({"maLoi": 0, "duLieu": {**found, "ngayHenTra": "30/11/3026 17:00"}})
        case Fault.OWN_ERROR:
            return web.json_response({"maLoi": 500, "thongBao": "ORA-12541"})
        case Fault.HANGS:
            system.hanging.set()
            await system.gate.wait()
            return web.Response(status=503)


async def _broken_off(request: web.Request, whole: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(whole))})
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    assert request.transport is not None
    request.transport.close()
    return response
