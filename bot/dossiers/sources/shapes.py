"""The form of the file that describes one-stop systems (``MOTCUA_DOSSIER_SOURCES``); ``mapping`` checks its content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the file; a name that is written wrong is refused."""


class RequestShape(Shape, frozen=True, kw_only=True):
    """How one dossier is asked for. ``{code}``, ``{unit}``, ``{level1}`` and ``{number}`` are filled in, ``{token}`` never."""

    path: str
    """Below the base URL."""
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, str] = {}
    json: Mapping[str, Any] | None = None
    """Body of a POST."""
    form: Mapping[str, str] | None = None
    """Body of a POST, as a form."""
    repeatable: bool | None = None
    """Whether asking twice does no harm; a GET always, a POST only when said so."""


class NoAuth(Shape, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """The network alone decides who may ask."""


class HeaderAuth(Shape, frozen=True, kw_only=True, tag_field="kind", tag="header"):
    """A key in a header."""

    header: str
    secret: str
    """Name of the environment variable."""


class BearerAuth(Shape, frozen=True, kw_only=True, tag_field="kind", tag="bearer"):
    """A token that does not change."""

    secret: str


class BasicAuth(Shape, frozen=True, kw_only=True, tag_field="kind", tag="basic"):
    """User and password."""

    user: str
    secret: str


class ClientAuth(Shape, frozen=True, kw_only=True, tag_field="kind", tag="client_credentials"):
    """OAuth 2 client credentials: a token is fetched, and fetched anew before it ends or when it is refused."""

    token_url: str
    client_id: str
    secret: str
    scope: str = ""
    send: Literal["basic", "body"] = "basic"
    """Where the client's secret stands in the token request."""


AuthShape = NoAuth | HeaderAuth | BearerAuth | BasicAuth | ClientAuth


class ListShape(Shape, frozen=True, kw_only=True):
    """A list inside the dossier, with where its fields stand in each row."""

    path: str
    fields: Mapping[str, str]


class SlipsShape(Shape, frozen=True, kw_only=True):
    """The slips inside the dossier."""

    path: str
    fields: Mapping[str, str]
    kinds: Mapping[str, str]
    """The source's word for a kind of slip to ours (``receipt``, ``supplement``, …); others are left out."""


class MissingShape(Shape, frozen=True, kw_only=True):
    """How the source says that there is no such dossier."""

    status: tuple[int, ...] = ()
    """HTTP status."""
    where: Mapping[str, tuple[str | int | bool | None, ...]] = {}
    """Values at paths of the answer, any of which says so."""
    empty: str = ""
    """Path of a list that is empty then."""


class FineShape(Shape, frozen=True, kw_only=True):
    """What an answer must say to be believed, where errors come with HTTP status 200."""

    path: str
    values: tuple[str | int | bool | None, ...]


class AnswerShape(Shape, frozen=True, kw_only=True):
    """Where the facts stand in an answer. Paths are names and places between dots: ``data.hoSo.0.maHoSo``."""

    record: str = ""
    """Where the dossier stands; empty for the whole answer."""
    code: str
    """Its code, within the dossier: compared with the one that was asked for."""
    status: str
    fields: Mapping[str, str] = {}
    """Fields of our record to paths within the dossier."""
    statuses: Mapping[str | int, int]
    """The source's states to the national ones, 1 to 10; what is not here is shown as "ask the office"."""
    dates: tuple[str, ...] = ("iso",)
    """Tried in order: ``iso``, ``epoch`` (seconds), ``epoch_ms``, or a pattern such as ``%d/%m/%Y %H:%M``."""
    applicants: Mapping[str | int, int] = {}
    """The source's kinds of applicant to ours; without it 0, 1 and 2 are taken as they are."""
    channels: Mapping[str | int, int] = {}
    missing: str = ""
    """A list of texts: the papers still to be handed in."""
    steps: ListShape | None = None
    slips: SlipsShape | None = None
    not_found: MissingShape
    fine: FineShape | None = None


class SourceShape(Shape, frozen=True, kw_only=True):
    """One system."""

    name: str
    called: str = ""
    """What citizens are told of where it is from: "Hệ thống một cửa tỉnh …"."""
    agencies: tuple[str, ...]
    """Codes of provinces or ministries, or of units below them (``H48``, ``H48.16``), that it answers for."""
    base_url: str
    find: RequestShape
    answer: AnswerShape
    auth: AuthShape = NoAuth()
    headers: Mapping[str, str] = {}
    timeout_seconds: float = 4.0
    """For one request."""
    total_seconds: float = 8.0
    """For all that a person waits for, tries and pauses included."""
    tries: int = 3
    per_second: float = 10.0
    """Requests that the source bears."""
    side_by_side: int = 4
    """Requests at once."""
    polls_per_second: float = 2.0
    """Of these for dossiers that are watched."""
    failures: int = 5
    """In a row, after which it is left alone."""
    rest_seconds: float = 30.0
    """How long it is left alone."""
    fresh_seconds: float = 120.0
    """How long what it said is not asked again."""
    largest_bytes: int = 1024 * 1024


class SourcesShape(Shape, frozen=True, kw_only=True):
    """The file."""

    sources: tuple[SourceShape, ...]
