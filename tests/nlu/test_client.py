"""The app's way to Rasa: what is sent, what is read, and what happens when Rasa is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import BaseTestServer, TestServer

from nlu.client import ModelRefused, NluUnavailable, RasaClient
from nlu.understanding import Aspect, Candidate, Intent, Understander
from tests.fakes.rasa import FakeRasa

ANSWER = {
    "text": "x",
    "intent": {"name": "ask_procedure", "confidence": 0.9},
    "intent_ranking": [],
    "entities": [
        {"entity": "dossier_code", "value": "H15.50-261008-0975", "start": 0, "end": 1},
        {"entity": "procedure_code", "value": "1.001193", "start": 2, "end": 3},
        {"entity": "dossier_code_faulty", "value": "200827-0012", "start": 2, "end": 3, "fault": "unit_missing"},
    ],
    "aspects": [{"name": "fee", "confidence": 0.8}, {"name": "colour", "confidence": 0.7}],
    "procedures": [{"code": "1.001193", "score": 0.7, "name": "Đăng ký khai sinh"}],
    "in_scope": 0.95,
    "catalogue_version": 4,
    "catalogue_index": "0123456789abcdef",
    "linker_features": {"coverage": 1.0},
}


@dataclass
class Clock:
    """Time that a test moves."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Setting:
    rasa: FakeRasa
    client: RasaClient
    clock: Clock
    server: BaseTestServer


@pytest_asyncio.fixture
async def setting() -> AsyncIterator[Setting]:
    rasa = FakeRasa(answer=ANSWER)
    clock = Clock()
    async with TestServer(rasa.app()) as server, aiohttp.ClientSession() as session:
        yield Setting(rasa, RasaClient(session, str(server.make_url("/")), timeout=1.0, clock=clock), clock, server)


@pytest.mark.asyncio
async def test_the_answer_becomes_an_understanding(setting: Setting) -> None:
    read = await setting.client.understand("Làm giấy khai sinh hết bao nhiêu")
    assert (read.intent, read.confidence, read.by) == (Intent.ASK_PROCEDURE, 0.9, Understander.RASA)
    assert read.aspects == (Aspect.FEE,)
    assert read.candidates == (Candidate("1.001193", 0.7, "Đăng ký khai sinh"),)
    assert read.dossier_codes == ("H15.50-261008-0975",)
    assert read.procedure_codes == ("1.001193",)
    assert (read.in_scope, read.catalogue_version, read.index_identity) == (0.95, 4, "0123456789abcdef")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("typed", "sent"), [("/ask{}", "ask{}"), ("  uỷ\u200b  ban ", "ủy ban"), ("a" * 40_000, "a" * 1000)]
)
async def test_the_text_is_normalised_before_it_is_sent(setting: Setting, typed: str, sent: str) -> None:
    read = await setting.client.understand(typed)
    assert setting.rasa.received == [{"text": sent}]
    assert read.text == sent


@pytest.mark.asyncio
@pytest.mark.parametrize("blank", ["", "  \n", "/", "\u200b\u0000"])
async def test_a_blank_text_never_reaches_rasa(setting: Setting, blank: str) -> None:
    read = await setting.client.understand(blank)
    assert (read.intent, read.text) == (Intent.UNKNOWN, "")
    assert setting.rasa.received == []


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["check_dossier", None])
async def test_an_intent_that_we_do_not_know_is_unknown(setting: Setting, name: str | None) -> None:
    setting.rasa.answer = {**ANSWER, "intent": {"name": name, "confidence": 1.0}}
    read = await setting.client.understand("x")
    assert (read.intent, read.confidence) == (Intent.UNKNOWN, 0.0)


@pytest.mark.asyncio
@pytest.mark.parametrize("answer", [b"no json", {"no": "intent"}, {"intent": {"name": 5}}, []])
async def test_nonsense_counts_as_away(setting: Setting, answer: object) -> None:
    setting.rasa.answer = answer
    with pytest.raises(NluUnavailable):
        await setting.client.understand("x")


@pytest.mark.asyncio
async def test_after_a_failure_rasa_is_left_in_peace_for_a_growing_while(setting: Setting) -> None:
    setting.rasa.status = 409
    for now in (100.0, 100.1, 100.4, 100.6, 101.0, 101.5, 101.7):
        setting.clock.now = now
        with pytest.raises(NluUnavailable):
            await setting.client.understand("x")
    # Asked at once, after half a second, and after one second more.
    assert len(setting.rasa.received) == 3


@pytest.mark.asyncio
async def test_one_good_answer_opens_the_way_again(setting: Setting) -> None:
    setting.rasa.status = 409
    with pytest.raises(NluUnavailable):
        await setting.client.understand("x")
    setting.rasa.status = 200
    setting.clock.now += 0.6
    assert (await setting.client.understand("x")).intent is Intent.ASK_PROCEDURE
    assert (await setting.client.understand("y")).intent is Intent.ASK_PROCEDURE


@pytest.mark.asyncio
async def test_a_text_that_rasa_chokes_on_does_not_close_the_way_for_others(setting: Setting) -> None:
    setting.rasa.status = 500
    for _ in range(2):
        with pytest.raises(NluUnavailable):
            await setting.client.understand("x")
    assert len(setting.rasa.received) == 2


@pytest.mark.asyncio
async def test_ready_follows_the_status_and_never_raises(setting: Setting) -> None:
    assert await setting.client.ready()
    setting.rasa.status = 409
    assert not await setting.client.ready()
    await setting.server.close()
    assert not await setting.client.ready()
    with pytest.raises(NluUnavailable):
        await setting.client.understand("x")


@pytest.mark.asyncio
async def test_a_server_found_ready_is_asked_at_once(setting: Setting) -> None:
    setting.rasa.status = 409
    with pytest.raises(NluUnavailable):
        await setting.client.understand("x")
    setting.rasa.status = 200
    assert await setting.client.ready()
    assert (await setting.client.understand("x")).intent is Intent.ASK_PROCEDURE


async def test_another_model_is_loaded_by_its_whole_path(setting: Setting, tmp_path: Path) -> None:
    await setting.client.load_model(tmp_path / "nlu-1.tar.gz")
    assert setting.rasa.received == [{"model_file": str(tmp_path / "nlu-1.tar.gz")}]


async def test_a_server_that_does_not_take_another_model_says_so(setting: Setting) -> None:
    setting.rasa.status = 400
    with pytest.raises(ModelRefused, match="answered 400"):
        await setting.client.load_model(Path("nlu-1.tar.gz"))
    await setting.server.close()
    with pytest.raises(ModelRefused, match="did not take"):
        await setting.client.load_model(Path("nlu-1.tar.gz"))
