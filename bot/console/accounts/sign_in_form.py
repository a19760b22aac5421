"""The page that asks for account and password; it carries what was typed before."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.accounts.carried import Envelopes, Typed
from bot.console.frame import Frame


@dataclass(frozen=True)
class SignInForm:
    """Shows it."""

    frame: Frame
    envelopes: Envelopes
    outside: str = ""
    """What the province's sign-on is called; empty where there is none."""

    def show(
        self,
        request: web.Request,
        *,
        typed: Typed | None = None,
        next: str = "",
        account: str = "",
        wrong: str = "",
        over: bool = False,
        status: int = 200,
    ) -> web.Response:
        """Return the page.

        Args:
            request: that is answered.
            typed: a form that is carried through the sign-in.
            next: the page that it leads to.
            account: as it was typed.
            wrong: what went wrong, in a sentence.
            over: whether a sign-in is over.
            status: of the response.
        """
        return self.frame.respond(
            None,
            "accounts_sign_in.html",
            status,
            request=request,
            kept=self.envelopes.close(typed) if typed else "",
            files=typed.files if typed else (),
            next=next,
            account=account,
            wrong=wrong,
            over=over,
            outside=self.outside,
        )
