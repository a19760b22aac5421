"""``POST /api/v1/dossiers/batch``: the same for an organisation's own programs, as JSON or as a table."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import web

from bot.dialogue.texts import Texts
from bot.dossiers.organisations.asking import Asking
from bot.dossiers.organisations.overview import Overview, Row
from bot.dossiers.organisations.page import PRIVATE
from bot.dossiers.organisations.ports import MOST_CODES, Asked
from bot.dossiers.organisations.store import Organisation
from bot.dossiers.organisations.tokens import read_token
from bot.dossiers.organisations.workbook import KIND, workbook
from bot.http.languages import LANGUAGES, PARAMETER
from feedback.working_time.zone import here
from nlu.codes import CodeError, parse_dossier_code

PATH = "/api/v1/dossiers/batch"
MOST_BYTES = 64 * 1024
_REALM = 'Bearer realm="motcua dossiers"'


class BatchRequest(msgspec.Struct, forbid_unknown_fields=True):
    """What is asked."""

    codes: list[str] = []
    """None for all of the organisation's dossiers."""


class BatchRefusedError(Exception):
    """A request that is answered with an error; ``utter_batch_error_<code>`` is its sentence."""

    def __init__(self, status: int, code: str, values: Mapping[str, Any] | None = None, **headers: str) -> None:
        """Say what is wrong, with the values that say more, and with headers."""
        super().__init__(code)
        self.status, self.code, self.values = status, code, values or {}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class BatchApi:
    """The route."""

    def __init__(self, asking: Asking, texts: Texts, clock: Callable[[], datetime]) -> None:
        """Take what answers for organisations, the sentences, and the present moment."""
        self._asking = asking
        self._texts = texts
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.post(PATH, self.post)]

    async def post(self, request: web.Request) -> web.Response:
        """Answer; every refusal is JSON with a short name and a sentence."""
        asked = request.query.get(PARAMETER, "vi")
        texts = self._texts.speaking(asked if asked in LANGUAGES else "vi")
        try:
            return await self._answer(request, texts)
        except BatchRefusedError as refused:
            error = {"error": refused.code, "message": texts.render(f"utter_batch_error_{refused.code}")}
            headers = {**PRIVATE, **refused.headers}
            return web.json_response({**error, **refused.values}, status=refused.status, headers=headers)

    async def _answer(self, request: web.Request, texts: Texts) -> web.Response:
        owner = await self._owner(request)
        codes = _codes(await _body(request))
        now = self._clock()
        told = await self._asking.ask_by_token(owner, codes, now)
        if told.outcome is Asked.LIMITED:
            left = int((told.until - now).total_seconds()) + 1 if told.until else 1
            raise BatchRefusedError(429, "too_often", Retry_After=str(left))
        if _wants_table(request):
            title = texts.render("utter_batch_table_title", at=f"{here(now):%H:%M %d/%m/%Y}")
            body = await asyncio.to_thread(workbook, told.overview, texts, title)
            named = {"Content-Disposition": 'attachment; filename="ho-so.xlsx"'}
            return web.Response(body=body, content_type=KIND, headers={**PRIVATE, **named})
        return web.json_response(_told(owner, told.overview, now), headers=PRIVATE)

    async def _owner(self, request: web.Request) -> Organisation:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        token = read_token(given) if scheme.lower() == "bearer" else None
        owner = await self._asking.by_token(token) if token else None
        if owner is None:
            raise BatchRefusedError(401, "token", WWW_Authenticate=_REALM)
        return owner


async def _body(request: web.Request) -> BatchRequest:
    if request.content_type != "application/json":
        raise BatchRefusedError(415, "not_json")
    if (request.content_length or 0) > MOST_BYTES:
        raise BatchRefusedError(413, "too_large", {"most_bytes": MOST_BYTES})
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > MOST_BYTES:
            raise BatchRefusedError(413, "too_large", {"most_bytes": MOST_BYTES})
    try:
        return msgspec.json.decode(bytes(raw), type=BatchRequest)
    except msgspec.MsgspecError as error:
        raise BatchRefusedError(422, "shape", {"detail": str(error)}) from error


def _codes(asked: BatchRequest) -> list[str]:
    """Return the codes in normal form.

    Raises:
        BatchRefusedError: there are too many, or some are none; all of these are named, by their place and fault.
    """
    if len(asked.codes) > MOST_CODES:
        raise BatchRefusedError(422, "too_many", {"most": MOST_CODES})
    found, faults = [], []
    for number, text in enumerate(asked.codes):
        try:
            found.append(parse_dossier_code(text).text)
        except CodeError as error:
            faults.append({"index": number, "fault": error.fault.value})
    if faults:
        raise BatchRefusedError(422, "codes", {"faults": faults})
    return found


def _wants_table(request: web.Request) -> bool:
    return KIND in request.headers.get("Accept", "")


def _told(owner: Organisation, overview: Overview, now: datetime) -> dict[str, Any]:
    return {
        "organisation": owner.name,
        "asked_at": now.isoformat(),
        "counts": {group.value: count for group, count in overview.counts.items()},
        "more": overview.more,
        "dossiers": [_row(row) for row in overview.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"code": row.code, "group": row.group.value}
    known = row.shown
    if known is None:
        return told
    times = {"received_at": known.received_at, "due_at": known.due_at, "ended_at": known.ended_at, "as_of": row.as_of}
    return {
        **told,
        "working_days_left": row.days,
        "status": int(known.status),
        "procedure_code": known.procedure_code,
        "procedure_name": known.procedure_name,
        "unit": known.unit,
        **{name: at.isoformat() if at else None for name, at in times.items()},
        "next_step": known.next_step,
        "missing": list(known.missing),
        "fee_due": known.fee_due,
        "collect_at": known.collect_at,
        "sample": known.sample,
    }
