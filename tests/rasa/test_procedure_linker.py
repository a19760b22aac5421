"""The linker ranks the live catalogue's index, which a background thread fetches; a parse never waits for it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.services import Entry
from nlu.components.index_feed import Fetched, HttpFetch, IndexFeed
from nlu.components.procedure_linker import ProcedureLinker

ENTRIES = (
    Entry("1.001193", "Đăng ký khai sinh", ("làm giấy khai sinh cho con",)),
    Entry("1.000894", "Đăng ký kết hôn", ("làm giấy kết hôn",)),
    Entry("2.000815", "Chứng thực bản sao từ bản chính", ("công chứng giấy tờ",)),
)


def index_bytes(version: int) -> bytes:
    return build_index(ENTRIES, version).to_bytes()


@dataclass
class FakeFetch:
    """Hands out what a test lays ready."""

    answers: list[Fetched | Exception | None] = field(default_factory=list)
    asked_with: list[str] = field(default_factory=list)

    def __call__(self, etag: str) -> Fetched | None:
        self.asked_with.append(etag)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


def rank(feed: IndexFeed, text: str) -> Message:
    (message,) = ProcedureLinker(feed, limit=10).process([Message(data={"text": text})])
    return message


def test_the_linker_ranks_with_the_fetched_index() -> None:
    feed = IndexFeed(FakeFetch([Fetched(index_bytes(3), '"3"')]), None)
    feed.refresh()
    message = rank(feed, "lam giay khai sinh cho con")
    assert message.get("procedures")[0]["code"] == "1.001193"
    assert message.get("catalogue_version") == 3
    assert message.get("catalogue_index") == Index.from_bytes(index_bytes(3)).identity
    assert 0.0 <= message.get("in_scope") <= 1.0
    assert message.as_dict(only_output_properties=True)["procedures"]


def test_without_an_index_there_are_no_candidates_and_version_zero() -> None:
    message = rank(IndexFeed(None, None), "đăng ký khai sinh")
    assert (message.get("procedures"), message.get("catalogue_version")) == ([], 0)


def test_a_failed_fetch_keeps_the_index_and_the_next_one_replaces_it() -> None:
    fetch = FakeFetch([Fetched(index_bytes(1), '"1"'), OSError("gone"), None, Fetched(index_bytes(2), '"2"')])
    feed = IndexFeed(fetch, None)
    versions = []
    for _ in range(4):
        feed.refresh()
        versions.append(feed.index.version if feed.index else 0)
    assert versions == [1, 1, 1, 2]
    assert fetch.asked_with == ["", '"1"', '"1"', '"1"']


def test_damaged_bytes_change_nothing() -> None:
    feed = IndexFeed(FakeFetch([Fetched(index_bytes(1), '"1"'), Fetched(b"no index", '"2"')]), None)
    feed.refresh()
    feed.refresh()
    assert feed.index is not None
    assert feed.index.version == 1


def test_the_cache_brings_the_index_back_after_a_restart(tmp_path: Path) -> None:
    cache = tmp_path / "folder" / "index.bin"
    IndexFeed(FakeFetch([Fetched(index_bytes(5), '"5"')]), cache).refresh()
    fetch = FakeFetch()
    again = IndexFeed(fetch, cache)
    again.restore()
    again.refresh()
    assert again.index is not None
    assert again.index.version == 5
    assert fetch.asked_with == ['"5"']


@pytest.mark.parametrize("content", [b"", b"no line", b'"1"\nrubbish', b"\xff\n"])
def test_a_damaged_cache_is_passed_over(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "index.bin"
    cache.write_bytes(content)
    feed = IndexFeed(None, cache)
    feed.restore()
    assert feed.index is None


def test_the_thread_polls_and_ends_with_its_feed() -> None:
    others = _polling()
    feed = IndexFeed(FakeFetch([Fetched(index_bytes(1), '"1"')]), None)
    feed.start(0.02)
    deadline = time.monotonic() + 5
    while feed.index is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert feed.index is not None
    del feed
    while time.monotonic() < deadline and _polling() > others:
        time.sleep(0.01)
    assert _polling() == others


def test_http_sends_the_key_and_understands_not_modified() -> None:
    seen: list[tuple[str | None, str | None]] = []

    class App(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.headers.get("X-Internal-Key"), self.headers.get("If-None-Match")))
            known = self.headers.get("If-None-Match") == '"7"'
            self.send_response(304 if known else 200)
            self.send_header("ETag", '"7"')
            self.end_headers()
            self.wfile.write(b"" if known else b"bytes")

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), App)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        fetch = HttpFetch(f"http://127.0.0.1:{server.server_port}/", "secret")
        assert fetch("") == Fetched(b"bytes", '"7"')
        assert fetch('"7"') is None
    finally:
        server.shutdown()
        server.server_close()
    assert seen == [("secret", None), ("secret", '"7"')]


def _polling() -> int:
    """Count the feeds that poll; a loaded model of another test has one of its own."""
    return sum(thread.name == "catalogue-index" for thread in threading.enumerate())
