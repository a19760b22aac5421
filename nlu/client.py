"""The app's way to Rasa: sends a text to ``/model/parse``, returns an ``Understanding`` or says that Rasa is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import aiohttp
import msgspec

from nlu.asking_model import fitted
from nlu.codes import CodeKind
from nlu.errors import NluError
from nlu.text import normalise
from nlu.understanding import Aspect, Candidate, Intent, Understander, Understanding

TIMEOUT = 2.0
"""Seconds for one parse; a citizen waits, and the catalogue search answers instead."""
SWAP_TIMEOUT = 120.0
"""Seconds for another model to be loaded; meanwhile the server answers nothing and the catalogue search does."""
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0

_Label = TypeVar("_Label", Intent, Aspect)


class NluUnavailable(NluError):
    """Rasa does not answer, or not yet; the turn goes on with the catalogue search."""


class ModelRefused(NluError):
    """Rasa did not take another model; it goes on with the one it has."""


class NluPort(Protocol):
    """Understands messages."""

    async def understand(self, text: str) -> Understanding:
        """Read one message.

        Raises:
            NluUnavailable: when nobody can read it now.
        """
        ...

    async def ready(self) -> bool:
        """Tell whether a model is loaded; never raises."""
        ...


class _Intent(msgspec.Struct):
    name: str | None = None
    confidence: float = 0.0


class _Entity(msgspec.Struct):
    entity: str
    value: str


class _Aspect(msgspec.Struct):
    name: str
    confidence: float


class _Procedure(msgspec.Struct):
    code: str
    score: float
    name: str = ""
    members: tuple[str, ...] = ()


class _Answer(msgspec.Struct):
    """What we read of Rasa's answer; everything else in it is passed over."""

    intent: _Intent
    intent_ranking: list[_Intent] = []
    entities: list[_Entity] = []
    aspects: list[_Aspect] = []
    procedures: list[_Procedure] = []
    in_scope: float = 0.0
    catalogue_version: int = 0
    catalogue_index: str = ""
    linker_features: dict[str, float] = {}


class RasaClient:
    """Speaks to one Rasa server; after a failure it pauses for a while, so that a dead Rasa costs a turn nothing."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Use a session that the caller owns and closes.

        Args:
            session: for all requests.
            url: base address of the Rasa server.
            timeout: seconds for one parse.
            clock: seconds that only go forward.
        """
        self._session = session
        self._url = url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._clock = clock
        self._pause = 0.0
        self._closed_until = 0.0

    @property
    def url(self) -> str:
        """Address of the Rasa server."""
        return self._url

    async def understand(self, text: str) -> Understanding:
        """Read one message; a text with nothing in it is answered without asking Rasa, which fails on blanks.

        Raises:
            NluUnavailable: Rasa is away, loading, too slow, or answers nonsense.
        """
        plain = normalise(text)
        if not plain:
            return Understanding(text="")
        self._refuse_while_closed()
        try:
            answer = msgspec.json.decode(await self._post("/model/parse", {"text": plain}), type=_Answer)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # A 500 is about this one text: the next message may fare better.
            if not (isinstance(error, aiohttp.ClientResponseError) and error.status == 500):
                self._close()
            raise NluUnavailable(f"Rasa at {self._url} does not answer ({type(error).__name__})") from error
        except msgspec.MsgspecError as error:
            self._close()
            raise NluUnavailable(f"Rasa at {self._url} answers what we cannot read; is it our model?") from error
        self._open()
        return _understanding(plain, answer)

    async def ready(self) -> bool:
        """Tell whether a model is loaded: ``/status`` answers 409 until then."""
        try:
            async with self._session.get(f"{self._url}/status", timeout=self._timeout) as response:
                loaded = response.status == 200
        except (TimeoutError, aiohttp.ClientError, OSError):
            return False
        if loaded:
            self._open()
        return loaded

    async def load_model(self, model: Path) -> None:
        """Let the server take another model in place of the one it has.

        Raises:
            ModelRefused: it did not.
        """
        timeout = aiohttp.ClientTimeout(total=SWAP_TIMEOUT)
        body = {"model_file": str(model.resolve())}
        try:
            async with self._session.put(f"{self._url}/model", json=body, timeout=timeout) as response:
                if response.status != 204:
                    raise ModelRefused(f"Rasa at {self._url} answered {response.status} to {model.name}")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise ModelRefused(f"Rasa at {self._url} did not take {model.name} ({type(error).__name__})") from error

    async def _post(self, path: str, body: dict[str, str]) -> bytes:
        async with self._session.post(f"{self._url}{path}", json=body, timeout=self._timeout) as response:
            response.raise_for_status()
            return await response.read()

    def _refuse_while_closed(self) -> None:
        now = self._clock()
        if now < self._closed_until:
            raise NluUnavailable(f"Rasa at {self._url} was away a moment ago; it will be asked again soon")
        if self._pause:
            # One message tries the way; the others do not wait for how that ends.
            self._closed_until = now + self._pause

    def _close(self) -> None:
        self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
        self._closed_until = self._clock() + self._pause

    def _open(self) -> None:
        self._pause = 0.0
        self._closed_until = 0.0


def _understanding(text: str, answer: _Answer) -> Understanding:
    intent = _known(Intent, [answer.intent.name or ""])
    return Understanding(
        text=text,
        intent=intent[0] if intent else Intent.UNKNOWN,
        confidence=answer.intent.confidence if intent else 0.0,
        aspects=fitted().asked(text, _likely(answer.aspects)),
        candidates=tuple(Candidate(found.code, found.score, found.name, found.members) for found in answer.procedures),
        in_scope=answer.in_scope,
        out_of_scope=round(
            sum(one.confidence for one in answer.intent_ranking if Intent.is_out_of_scope(one.name or "")), 4
        ),
        procedure_codes=_values(answer.entities, CodeKind.PROCEDURE),
        dossier_codes=_values(answer.entities, CodeKind.DOSSIER),
        catalogue_version=answer.catalogue_version,
        index_identity=answer.catalogue_index,
        by=Understander.RASA,
        scores=answer.linker_features,
    )


def _likely(aspects: Sequence[_Aspect]) -> dict[Aspect, float]:
    """Return how likely Rasa finds the aspects that we know."""
    by_name = {aspect.value: aspect for aspect in Aspect}
    return {by_name[one.name]: one.confidence for one in aspects if one.name in by_name}


def _known(labels: type[_Label], names: Sequence[str]) -> list[_Label]:
    """Keep the names that we know: a model older than the code, or a typed command, may bring others."""
    by_name = {label.value: label for label in labels}
    return [by_name[name] for name in names if name in by_name]


def _values(entities: Sequence[_Entity], kind: CodeKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity.value for entity in entities if entity.entity == kind.value))
