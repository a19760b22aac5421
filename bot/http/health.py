"""Whether the process lives, and whether it can answer citizens yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web


class Understands(StrEnum):
    """How the Rasa process is."""

    LOADING = "loading"
    READY = "ready"
    DOWN = "down"


@dataclass(frozen=True)
class Readiness:
    """What is ready."""

    catalogue: bool
    """Whether procedures can be looked up; without it nothing useful can be said."""
    understanding: Understands
    """Whether sentences are understood by Rasa, or by catalogue search alone for now."""


def health_routes(readiness: Callable[[], Readiness]) -> list[web.RouteDef]:
    """Return ``/healthz`` (200 while the process lives) and ``/readyz`` (200 once citizens get answers, else 503)."""

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True}, headers={"Cache-Control": "no-store"})

    async def ready(_: web.Request) -> web.Response:
        now = readiness()
        body = {"catalogue": now.catalogue, "understanding": now.understanding.value}
        return web.json_response(body, status=200 if now.catalogue else 503, headers={"Cache-Control": "no-store"})

    return [web.get("/healthz", alive), web.get("/readyz", ready)]
