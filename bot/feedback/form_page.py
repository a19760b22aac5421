"""The form page (``/gui/<token>``) on which contact data and attachments are given, outside of any messenger; no script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import BodyPartReader, MultipartReader, web

from bot.delivery.ports import Transactions
from bot.dialogue.say_feedback import say_phone
from bot.dialogue.say_moments import say_masked
from bot.dialogue.texts import Texts
from bot.dossiers.disclosure import masked
from bot.feedback.form_links import PATH, FormLinks
from bot.http.languages import language_of
from bot.http.own_forms import ours
from bot.http.pages import Pages
from feedback.draft_store import Draft, DraftStore
from feedback.record import Address, Sender
from feedback.requirements import Lack, address_of, kind_of, mail_of, name_of, phone_of

TEMPLATES = Path(__file__).parent / "templates"
FIELDS = ("name", "address", "phone", "email")
LONGEST_FIELD = 2000
"""Bytes of one line that are read."""
MOST_PARTS = 30
"""Parts of one form that are read: each file costs a look at it, before it is known whether it is one too many."""
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""The address is a secret: nobody may index it, no other site may learn it."""
STATUS = {"gone": 404, "elsewhere": 403, "wrong": 422}


class FormFiles(Protocol):
    """Attachments as the page hands them in."""

    @property
    def most_bytes(self) -> int:
        """Of one file."""
        ...

    async def keep(self, draft: str, name: str, content: bytes) -> str:
        """Keep a file; returns the key of the response that says why not, empty for kept."""
        ...

    async def count(self, draft: str) -> int:
        """Return how many files a draft has."""
        ...


GoesOn = Callable[[Address, str, datetime], Awaitable[None]]
"""Lets a conversation go on after the page of a draft was filled in."""


@dataclass(frozen=True)
class Given:
    """What was typed and chosen."""

    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    refused: tuple[tuple[str, str], ...] = ()
    """Name of a file with the key of why it was not taken."""
    files: int = 0
    """Files that were taken."""

    @property
    def empty(self) -> bool:
        """Whether no contact data were typed."""
        return not any(self.typed.get(name, "").strip() for name in FIELDS)


@dataclass(frozen=True)
class FormOutside:
    """What the page needs from outside."""

    transactions: Transactions
    store: DraftStore
    links: FormLinks
    clock: Callable[[], datetime]
    browser: Callable[[web.Request], str]
    """Knows a browser again."""
    goes_on: GoesOn
    kept: timedelta
    """How long a draft is kept from now on."""
    trial: Callable[[], bool]
    files: FormFiles | None = None


class FormPage:
    """``GET`` shows the form, ``POST`` keeps it."""

    def __init__(self, outside: FormOutside, texts: Texts) -> None:
        """Take what the page needs, and the sentences."""
        self._outside = outside
        self._texts = texts
        self._pages = Pages(TEMPLATES, texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.get(PATH + "{token}", self.get, allow_head=False), web.post(PATH + "{token}", self.post)]

    async def get(self, request: web.Request) -> web.Response:
        """Show the form; opening it changes nothing: messengers open links to show a preview."""
        state, draft = await self._opened(request)
        return await self._show(request, state, draft)

    async def post(self, request: web.Request) -> web.Response:
        """Keep what was given. The secret address and the same site together keep other sites' forms out."""
        state, draft = await self._opened(request)
        if state != "open" or draft is None:
            return await self._show(request, state, draft)
        if not ours(request.headers):
            return await self._show(request, "elsewhere", draft)
        given = await self._read(request, draft)
        if given.empty and draft.contact is not None:
            lacks: dict[Lack, str] = {}
        else:
            lacks = _lacks(given)
        if lacks or given.refused:
            return await self._show(request, "wrong", draft, given, lacks)
        if not given.empty and not await self._keep(draft, _sender(given)):
            return await self._show(request, "gone", None)
        await self._outside.goes_on(draft.where, draft.id, self._outside.clock())
        return await self._show(request, "done", draft)

    async def _opened(self, request: web.Request) -> tuple[str, Draft | None]:
        browser = self._outside.browser(request)
        opening = self._outside.links.read(request.match_info["token"], browser)
        if opening is None:
            return "gone", None
        async with self._outside.transactions.read() as session:
            draft = await self._outside.store.get(session, opening.draft, self._outside.clock())
        if draft is None:
            return "gone", None
        return ("open" if opening.own else "elsewhere"), draft

    async def _read(self, request: web.Request, draft: Draft) -> Given:
        """Read the form part by part: nothing of it is kept in memory beyond one file."""
        if request.content_type != "multipart/form-data":
            return Given()
        typed: dict[str, str] = {}
        refused: list[tuple[str, str]] = []
        taken = 0
        reader: MultipartReader = await request.multipart()
        left = MOST_PARTS
        async for part in reader:
            left -= 1
            if left < 0:
                raise web.HTTPRequestEntityTooLarge(MOST_PARTS, MOST_PARTS + 1, text="too many parts")
            if not isinstance(part, BodyPartReader):
                continue
            if part.name in FIELDS and not part.filename:
                typed[part.name] = (await _read_most(part, LONGEST_FIELD) or b"").decode("utf-8", "replace")
            elif part.name == "files" and part.filename:
                why = await self._take(draft, part)
                taken += not why
                refused += [(part.filename, why)] if why else []
        return Given(typed, tuple(refused), taken)

    async def _take(self, draft: Draft, part: BodyPartReader) -> str:
        files = self._outside.files
        if files is None:
            return "utter_pakn_page_too_large"
        content = await _read_most(part, files.most_bytes)
        if content is None:
            return "utter_pakn_page_too_large"
        return await files.keep(draft.id, part.filename or "", content)

    async def _keep(self, draft: Draft, sender: Sender) -> bool:
        now = self._outside.clock()
        async with self._outside.transactions.write() as session:
            return await self._outside.store.put_contact(session, draft.id, sender, (now, now + self._outside.kept))

    async def _show(
        self,
        request: web.Request,
        state: str,
        draft: Draft | None,
        given: Given | None = None,
        lacks: Mapping[Lack, str] | None = None,
    ) -> web.Response:
        given = given or Given()
        shown = draft if state in ("open", "wrong") else None
        texts = self._texts.speaking(language_of(request))
        contact = shown.contact if shown else None
        files = self._outside.files
        response = self._pages.respond(
            request,
            "form.html",
            STATUS.get(state, 200),
            state=state,
            path=request.path,
            typed={name: given.typed.get(name, "") for name in FIELDS},
            lacks={lack.value: key for lack, key in (lacks or {}).items()},
            refused=given.refused,
            known=_known(texts, contact) if contact else None,
            channel=texts.render(f"utter_proof_channel_{shown.where.channel}" if shown else "utter_proof_channel_web"),
            trial=self._outside.trial(),
            takes_files=files is not None,
            files=await files.count(shown.id) if files and shown else 0,
        )
        response.headers.update(PRIVATE)
        return response


def _known(texts: Texts, contact: Sender) -> Mapping[str, str]:
    """Return what is kept already, masked: who finds the address open must not read it there."""
    phone = say_phone(contact.phone) or texts.render("utter_pakn_page_no_phone")
    return {"name": say_masked(masked(contact.name)), "phone": phone}


def _lacks(given: Given) -> dict[Lack, str]:
    """Return what Article 7 asks for and is not there, with the key of what is said of it."""
    typed = {name: given.typed.get(name, "") for name in FIELDS}
    wrong = {
        Lack.NAME: name_of(typed["name"]) is None,
        Lack.ADDRESS: address_of(typed["address"]) is None,
        Lack.PHONE: bool(typed["phone"].strip()) and phone_of(typed["phone"]) is None,
        Lack.EMAIL: bool(typed["email"].strip()) and mail_of(typed["email"]) is None,
    }
    return {lack: f"utter_pakn_page_lack_{lack.value}" for lack, bad in wrong.items() if bad}


def _sender(given: Given) -> Sender:
    name = name_of(given.typed["name"]) or ""
    return Sender(
        name,
        address_of(given.typed["address"]) or "",
        phone_of(given.typed.get("phone", "")) or "",
        mail_of(given.typed.get("email", "")) or "",
        kind_of(name),
    )


async def _read_most(part: BodyPartReader, most: int) -> bytes | None:
    """Read a part; ``None`` when it is longer. What is too long is read on and dropped, so that the page can be answered."""
    found, long = bytearray(), False
    while chunk := await part.read_chunk(64 * 1024):
        long = long or len(found) + len(chunk) > most
        if not long:
            found += chunk
    return None if long else bytes(found)
