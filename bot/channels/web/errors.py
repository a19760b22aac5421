"""Why the web chat refuses a request, each with its HTTP status and the text that says so kindly."""

from __future__ import annotations

from bot.errors import BotError


class WebError(BotError):
    """Base of the web channel's errors."""


class MissingTextsError(WebError):
    """``domain.yml`` lacks sentences that the page needs."""


class RefusedError(WebError):
    """A request that is answered with an error."""

    def __init__(self, status: int, code: str, field: str = "", retry_after: int | None = None) -> None:
        """Say what is wrong.

        Args:
            status: HTTP status.
            code: Short name in English; ``utter_web_error_<code>`` is its sentence.
            field: The part of the request that is at fault, if one is.
            retry_after: Seconds after which the same request may be repeated.
        """
        super().__init__(f"{status} {code} {field}".rstrip())
        self.status = status
        self.code = code
        self.field = field
        self.retry_after = retry_after
