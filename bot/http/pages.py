"""Pages made on the server: Jinja templates that escape everything, under a policy that lets nothing in from outside."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web
from markupsafe import Markup

COMMON = Path(__file__).parent / "templates"
"""The frame of all pages and their style sheet."""


class Pages:
    """The templates of one folder within the common frame; the style sheet is written into each page."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the templates."""
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

    def render(self, template: str, **values: Any) -> str:
        """Return a page as text."""
        return self._environment.get_template(template).render(style=Markup(self._style), **values)  # noqa: S704 - our own file

    def respond(self, template: str, status: int = 200, **values: Any) -> web.Response:
        """Return a page as a response."""
        return web.Response(
            text=self.render(template, **values),
            status=status,
            content_type="text/html",
            headers={"Content-Security-Policy": self._policy, "Cache-Control": "no-store"},
        )
