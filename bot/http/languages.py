"""Which language a page of ours speaks: the one asked for in its address, else the one remembered, else its own."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

LANGUAGES = ("vi", "en")
COOKIE = "motcua_lang"
PARAMETER = "lang"
COOKIE_SECONDS = 400 * 24 * 3600
"""As long as browsers keep a cookie at most."""


@dataclass(frozen=True)
class Switch:
    """The way to the same page in the other language."""

    language: str
    address: str


def language_of(request: web.Request, own: str = "vi") -> str:
    """Return the language to speak.

    A browser's own list of languages is not asked: many citizens have a telephone in English and read Vietnamese.

    Args:
        request: for the page.
        own: of the page, where nobody chose another one.
    """
    chosen = (request.query.get(PARAMETER), request.cookies.get(COOKIE))
    return next((language for language in chosen if language in LANGUAGES), own)


def remember(request: web.Request, response: web.StreamResponse) -> None:
    """Keep the language that the address asks for; without effect where it asks for none."""
    asked = request.query.get(PARAMETER)
    if asked in LANGUAGES:
        response.set_cookie(
            COOKIE, asked, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="Lax", secure=request.secure
        )


def other_than(language: str) -> str:
    """Return the other one of our two languages."""
    return next(one for one in LANGUAGES if one != language)


def switch_from(request: web.Request, language: str) -> Switch:
    """Return the way from a page in one language to the same page in the other."""
    other = other_than(language)
    return Switch(other, str(request.rel_url.update_query({PARAMETER: other})))
