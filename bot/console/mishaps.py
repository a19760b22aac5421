"""What the console says when a request cannot be answered: too large, cut off, not there, or a fault of ours."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.console.frame import Frame
from bot.tracebacks import where

logger = logging.getLogger(__name__)

MISSING = "Địa chỉ này không có trong bảng cán bộ, hoặc không dùng được theo cách vừa gửi. Hãy kiểm tra lại địa chỉ."
TOO_LARGE = "Những gì gửi lên lớn hơn mức trang này nhận nên chưa có gì được lưu. Hãy rút ngắn hoặc chọn tệp nhỏ hơn, rồi gửi lại."
OURS = "Máy chủ gặp lỗi nên chưa làm được việc này. Nếu bạn vừa gửi biểu mẫu, hãy quay lại, kiểm tra rồi gửi lần nữa."

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Mishaps:
    """Stands around every page of the console."""

    frame: Frame

    def around(self, handler: Handler) -> Handler:
        """Return a handler that answers with a page whatever happens."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPRequestEntityTooLarge:
                return self._say(request, 413, "Nội dung quá lớn", TOO_LARGE)
            except web.HTTPNotFound:
                return self.frame.respond(None, "missing.html", 404, request=request, sentence=MISSING)
            except (web.HTTPException, ConnectionError, web.RequestPayloadError):
                # Answers of their own, and browsers that went away: nobody is there to be told anything.
                raise
            except Exception as error:
                reference = secrets.token_hex(4).upper()
                said = "Console %s: %s %s failed (%s).\n%s"
                logger.error(said, reference, request.method, _place(request), type(error).__name__, where(error))
                return self._say(request, 500, "Có lỗi ở máy chủ", OURS, reference)

        return handle

    def _say(self, request: web.Request, status: int, title: str, sentence: str, reference: str = "") -> web.Response:
        values = {"title": title, "sentence": sentence, "reference": reference}
        return self.frame.respond(None, "mishap.html", status, request=request, **values)


def _place(request: web.Request) -> str:
    """Return the page's pattern: the address itself may hold a receipt."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "?"
