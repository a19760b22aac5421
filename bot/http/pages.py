"""Pages made on the server, in Vietnamese and English: Jinja templates that escape everything, under a policy that lets
nothing in from outside.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web
from markupsafe import Markup

from bot.http.languages import Switch, language_of, remember, switch_from

COMMON = Path(__file__).parent / "templates"
"""The frame of all pages and their style sheet."""
Render = Callable[..., str]
"""Returns a sentence by key and language; see ``Texts.render``."""


class Pages:
    """The templates of one folder within the common frame; the style sheet is written into each page."""

    def __init__(self, folder: Path, sentences: Render) -> None:
        """Take the folder of the templates, and the sentences."""
        self._sentences = sentences
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([folder, COMMON]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._style = (COMMON / "style.css").read_text("utf-8")
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self._policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )

    def render(self, template: str, language: str, switch: Switch | None = None, **values: Any) -> str:
        """Return a page as text.

        Args:
            template: its name.
            language: that it speaks.
            switch: leads to the same page in the other language; ``None`` for a page that is only printed.
            values: for the template.
        """

        def say(key: str, **named: object) -> str:
            return self._sentences(key, language, **named)

        style = Markup(self._style)  # noqa: S704 - our own file
        return self._environment.get_template(template).render(
            style=style, say=say, language=language, switch=switch, **values
        )

    def respond(
        self,
        request: web.Request,
        template: str,
        status: int = 200,
        own: str = "vi",
        *,
        only: str = "",
        **values: Any,
    ) -> web.Response:
        """Return a page as a response, in the language that was chosen on any of our pages.

        Args:
            request: for the page.
            template: its name.
            status: of the response.
            own: language of the page where nobody chose one.
            only: language of a page that exists in no other.
            values: for the template.
        """
        language = only or language_of(request, own)
        response = web.Response(
            text=self.render(template, language, None if only else switch_from(request, language), **values),
            status=status,
            content_type="text/html",
            headers={"Content-Security-Policy": self._policy, "Cache-Control": "no-store"},
        )
        remember(request, response)
        return response
