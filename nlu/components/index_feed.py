"""Keeps a copy of the live catalogue's index: polls the app in the background, and a parse never waits for it."""

from __future__ import annotations

import logging
import threading
import urllib.error
import urllib.request
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nlu.catalogue.index import Index

logger = logging.getLogger(__name__)

PATH = "/internal/catalogue/index"
TIMEOUT = 20.0
"""Seconds for fetching the whole index over a private network."""
WARM_UP = "đăng ký khai sinh"


@dataclass(frozen=True)
class Fetched:
    """One answer of the app's private route."""

    data: bytes
    etag: str


class Fetch(Protocol):
    """Asks for the index; ``None`` when the copy with that ETag is still the live one."""

    def __call__(self, etag: str) -> Fetched | None:
        """Fetch.

        Raises:
            OSError: when the app cannot be reached or refuses.
        """
        ...


@dataclass(frozen=True)
class HttpFetch:
    """The real ``Fetch``: the app's private route with its shared key."""

    url: str
    """Base address of the app, without a path."""
    key: str

    def __call__(self, etag: str) -> Fetched | None:
        """Fetch over HTTP."""
        headers = {"X-Internal-Key": self.key, **({"If-None-Match": etag} if etag else {})}
        # Both noqa: the address is the operator's own setting, never a citizen's.
        request = urllib.request.Request(self.url.rstrip("/") + PATH, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                return Fetched(answer.read(), answer.headers.get("ETag", ""))
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return None
            raise


class IndexFeed:
    """The index in use. Reading it is one look at an attribute; a new one is swapped in whole."""

    def __init__(self, fetch: Fetch | None, cache: Path | None) -> None:
        """Start empty.

        Args:
            fetch: how to ask for the index; ``None`` keeps to the cache.
            cache: file that survives a restart; ``None`` for none.
        """
        self.index: Index | None = None
        self._fetch = fetch
        self._cache = cache
        self._etag = ""
        self._failing = False

    def start(self, seconds: float) -> None:
        """Read the cache and poll from now on, in a thread that ends when nobody holds this feed any more."""
        threading.Thread(target=_poll, args=(weakref.ref(self), seconds), name="catalogue-index", daemon=True).start()

    def restore(self) -> None:
        """Take the index of the last run from the cache; it is asked for afresh right after."""
        if self._cache is None or not self._cache.is_file():
            return
        try:
            etag, data = self._cache.read_bytes().split(b"\n", 1)
            self._take(Fetched(data, etag.decode("ascii")))
        except (OSError, ValueError) as error:
            logger.warning("The cached catalogue index is unusable and will be fetched: %s", error)

    def refresh(self) -> None:
        """Ask once; on failure keep what there is, and say so the first time."""
        if self._fetch is None:
            return
        try:
            fetched = self._fetch(self._etag)
            if fetched:
                self._take(fetched)
                self._keep(fetched)
            self._failing = False
        except (OSError, ValueError) as error:
            if not self._failing:
                logger.warning("The catalogue index cannot be fetched (still trying): %s", error)
            self._failing = True

    def _take(self, fetched: Fetched) -> None:
        index = Index.from_bytes(fetched.data)
        index.rank(WARM_UP)  # what the index computes on first use must not delay a citizen
        self.index = index
        self._etag = fetched.etag

    def _keep(self, fetched: Fetched) -> None:
        if self._cache is None:
            return
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._cache.with_suffix(".new")
        fresh.write_bytes(fetched.etag.encode("ascii", "replace") + b"\n" + fetched.data)
        fresh.replace(self._cache)


def _poll(feed: weakref.ref[IndexFeed], seconds: float) -> None:
    pause = threading.Event()
    first = feed()
    if first is not None:
        first.restore()
    del first
    while True:
        alive = feed()
        if alive is None:
            return
        try:
            alive.refresh()
        except Exception:  # a background task: whatever happens, the next round must come
            logger.exception("The catalogue index could not be refreshed")
        del alive
        pause.wait(seconds)
