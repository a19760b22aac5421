"""The page of the web chat: put together once from the package's files and the sentences of ``domain.yml``."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Template
from types import MappingProxyType

from aiohttp import web

from bot.channels.web.texts import PAGE_KEYS, SCRIPT_KEYS, WebTexts
from bot.channels.web.visitors import Visitors
from bot.http.languages import LANGUAGES, language_of, other_than, remember

SCRIPTS = ("markup.js", "memory.js", "view.js", "live.js", "wire.js", "status.js", "photo.js", "file.js", "start.js")
"""In the order in which they need each other."""


@dataclass(frozen=True)
class _Spoken:
    """The page in one language."""

    plain: bytes
    packed: bytes


@dataclass(frozen=True)
class _Offered:
    samples: Mapping[str, str]
    photos: bool
    files: bool


class Page:
    """One self-contained page; its policy lets the browser load and run nothing but what stands in it."""

    def __init__(
        self,
        texts: WebTexts,
        visitors: Visitors,
        samples: Mapping[str, str] = MappingProxyType({}),
        *,
        photos: bool = False,
        files: bool = False,
    ) -> None:
        """Read the files of the page and fill in what it says in each language.

        Args:
            texts: The sentences.
            visitors: Knows and greets browsers.
            samples: Codes of sample dossiers to try, with the last digits of their telephone numbers.
            photos: Whether pictures of QR codes are read.
            files: Whether files of dossier codes are read.
        """
        folder = resources.files(__package__) / "static"
        style = (folder / "page.css").read_text("utf-8")
        script = "'use strict';(() => {\n" + "\n".join((folder / name).read_text("utf-8") for name in SCRIPTS) + "})();"
        frame = Template((folder / "page.html").read_text("utf-8"))
        offered = _Offered(samples, photos, files)
        self._visitors = visitors
        self._spoken = {language: _spoken(frame, texts, language, (style, script), offered) for language in LANGUAGES}
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
        headers = {
            "Content-Security-Policy": self._policy,
            "Cache-Control": "no-store",
            "Vary": "Accept-Encoding, Cookie",
        }
        if packed:
            headers["Content-Encoding"] = "gzip"
        spoken = self._spoken[language_of(request)]
        response = web.Response(
            body=spoken.packed if packed else spoken.plain, content_type="text/html", charset="utf-8", headers=headers
        )
        self._visitors.give(request, response, self._visitors.key(request) or self._visitors.new_key())
        remember(request, response)
        return response


def _spoken(frame: Template, texts: WebTexts, language: str, files: tuple[str, str], offered: _Offered) -> _Spoken:
    style, script = files
    words = {key: texts.page(key, language) for key in SCRIPT_KEYS}
    filled = frame.substitute(
        {key: html.escape(texts.page(key, language)) for key in PAGE_KEYS},
        samples=_samples(texts, language, offered.samples),
        photos="" if offered.photos else "hidden",
        files="" if offered.files else "hidden",
        style=style,
        script=script,
        language=language,
        other=other_than(language),
        # No "<" may stand in it: "</script>" in a sentence would end the element.
        words=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return _Spoken(filled.encode(), gzip.compress(filled.encode(), mtime=0))


def _samples(texts: WebTexts, language: str, codes: Mapping[str, str]) -> str:
    if not codes:
        return ""
    tail = html.escape(texts.page("samples_tail", language))
    buttons = "".join(
        f'<li><button type="button">{html.escape(code)}</button><small>{tail.replace("{tail}", html.escape(four))}</small></li>'
        for code, four in codes.items()
    )
    label = html.escape(texts.page("samples_label", language))
    return f'<p class="label" id="samples-label">{label}</p><ul class="examples samples" aria-labelledby="samples-label">{buttons}</ul>'


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
