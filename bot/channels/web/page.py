"""The page of the web chat: put together once from the package's files and the sentences of ``domain.yml``."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from importlib import resources
from string import Template
from types import MappingProxyType

from aiohttp import web

from bot.channels.web.texts import PAGE_KEYS, SCRIPT_KEYS, WebTexts
from bot.channels.web.visitors import Visitors

SCRIPTS = ("markup.js", "memory.js", "view.js", "live.js", "wire.js", "status.js", "start.js")
"""In the order in which they need each other."""


class Page:
    """One self-contained page; its policy lets the browser load and run nothing but what stands in it."""

    def __init__(self, texts: WebTexts, visitors: Visitors, samples: Mapping[str, str] = MappingProxyType({})) -> None:
        """Read the files of the page and fill in the sentences, and the codes of sample dossiers where there are any."""
        folder = resources.files(__package__) / "static"
        style = (folder / "page.css").read_text("utf-8")
        script = "'use strict';(() => {\n" + "\n".join((folder / name).read_text("utf-8") for name in SCRIPTS) + "})();"
        words = {key: texts.page(key) for key in SCRIPT_KEYS}
        filled = Template((folder / "page.html").read_text("utf-8")).substitute(
            {key: html.escape(texts.page(key)) for key in PAGE_KEYS},
            samples=_samples(texts, samples),
            style=style,
            script=script,
            # No "<" may stand in it: "</script>" in a sentence would end the element.
            words=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"),
        )
        self._visitors = visitors
        self._plain = filled.encode()
        self._packed = gzip.compress(self._plain, mtime=0)
        self._policy = (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; connect-src 'self'; "
            "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def routes(self) -> list[web.RouteDef]:
        """Return the page's route."""
        return [web.get("/", self.get)]

    async def get(self, request: web.Request) -> web.Response:
        """Serve the page, with the visitor's key in a cookie before the first message is sent."""
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        headers = {"Content-Security-Policy": self._policy, "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
        if packed:
            headers["Content-Encoding"] = "gzip"
        response = web.Response(
            body=self._packed if packed else self._plain, content_type="text/html", charset="utf-8", headers=headers
        )
        self._visitors.give(request, response, self._visitors.key(request) or self._visitors.new_key())
        return response


def _samples(texts: WebTexts, codes: Mapping[str, str]) -> str:
    if not codes:
        return ""
    tail = html.escape(texts.page("samples_tail"))
    buttons = "".join(
        f'<li><button type="button">{html.escape(code)}</button><small>{tail.replace("{tail}", html.escape(four))}</small></li>'
        for code, four in codes.items()
    )
    label = html.escape(texts.page("samples_label"))
    return f'<p class="label" id="samples-label">{label}</p><ul class="examples samples" aria-labelledby="samples-label">{buttons}</ul>'


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
