"""Reads and checks the file that describes one-stop systems: every fault is named, with its place."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import yaml

from bot.dossiers.record import ApplicantKind, SlipKind, Status
from bot.dossiers.sources.errors import SourcesFileError
from bot.dossiers.sources.shapes import (
    AuthShape,
    BasicAuth,
    BearerAuth,
    ClientAuth,
    HeaderAuth,
    RequestShape,
    SourceShape,
    SourcesShape,
)
from nlu.yaml_files import read_yaml

SECRET_PREFIX = "MOTCUA_DOSSIER_SECRET_"  # noqa: S105 - how the variables are called
"""How the names of secrets begin: nothing else in the environment can be sent to a source."""

TEXT_FIELDS = frozenset(
    [
        "procedure_code",
        "procedure_name",
        "unit",
        "next_step",
        "collect_at",
        "owner_name",
        "owner_phone",
        "owner_identity",
    ]
)
TIME_FIELDS = frozenset(["filed_at", "received_at", "due_at", "ended_at"])
RECORD_FIELDS = TEXT_FIELDS | TIME_FIELDS | {"applicant", "channel", "fee_due"}
STEP_FIELDS = frozenset(["unit", "officer", "action", "started_at", "due_at", "ended_at"])
SLIP_FIELDS = frozenset(["kind", "issued_on", "number", "reason", "items", "old_due_at", "new_due_at", "contact"])
FILLED_IN = frozenset({"code", "unit", "level1", "number"})
OWN = frozenset({"database"})
"""Names that sources of ours have."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
_AGENCY = re.compile(r"[A-Y]\d{2}(\.\d{1,3}){0,4}", re.ASCII)
_PATH = re.compile(r"[^.\s]+(\.[^.\s]+)*")
_LIMITS: Mapping[str, tuple[float, float]] = {
    "timeout_seconds": (0.1, 60),
    "total_seconds": (0.1, 120),
    "tries": (1, 10),
    "per_second": (0.01, 1000),
    "side_by_side": (1, 64),
    "polls_per_second": (0.01, 1000),
    "failures": (1, 1000),
    "rest_seconds": (0.1, 3600),
    "fresh_seconds": (0, 86_400),
    "largest_bytes": (1024, 64 * 1024 * 1024),
}


def read_sources(path: Path, secrets: Mapping[str, Any]) -> tuple[SourceShape, ...]:
    """Read the file.

    Args:
        path: YAML.
        secrets: what the environment gives, by name; only the names are looked at here.

    Raises:
        SourcesFileError: with every fault and its place.
    """
    try:
        sources = msgspec.convert(read_yaml(path), SourcesShape, strict=True).sources
    except OSError as error:
        raise SourcesFileError(path, [f"cannot be read ({error.strerror})"]) from error
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SourcesFileError(path, [" ".join(str(error).split())]) from error
    problems = [*_doubled(sources)]
    for number, source in enumerate(sources):
        problems += [f"sources[{number}] ({source.name}): {fault}" for fault in _faults(source, secrets)]
    if problems:
        raise SourcesFileError(path, problems)
    return sources


def _doubled(sources: tuple[SourceShape, ...]) -> Iterator[str]:
    for what, all_ones in (
        ("name", [source.name for source in sources]),
        ("agency", [agency for source in sources for agency in source.agencies]),
    ):
        for one in sorted({one for one in all_ones if all_ones.count(one) > 1}):
            yield f"{what} {one!r} stands there twice"


def _faults(source: SourceShape, secrets: Mapping[str, Any]) -> Iterator[str]:
    if not _NAME.fullmatch(source.name) or source.name in OWN:
        yield "name must be small letters, digits and -, at most 32, and not `database`"
    if not source.agencies:
        yield "agencies names none; write such as [H48]"
    for agency in source.agencies:
        if not _AGENCY.fullmatch(agency):
            yield f"agencies: {agency!r} is no code such as H48 or H48.16"
    yield from _url_faults("base_url", source.base_url)
    yield from _request_faults(source.find)
    yield from _auth_faults(source.auth, secrets)
    yield from _answer_faults(source)
    for name, (least, most) in _LIMITS.items():
        if not least <= getattr(source, name) <= most:
            yield f"{name} must be from {least:g} to {most:g}"


def _url_faults(place: str, url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        yield f"{place} is no address"
        return
    if not host or parts.scheme not in ("https", "http"):
        yield f"{place} must be an address such as https://motcua.example.vn/api"
    elif parts.scheme == "http" and host not in ("127.0.0.1", "localhost", "::1"):
        yield f"{place} must begin with https://; http:// only reaches this machine itself"
    if parts.username or parts.password:
        yield f"{place} must hold no user or password; see auth"
    if parts.query or parts.fragment:
        yield f"{place} must hold no query; see find.query"


def _request_faults(find: RequestShape) -> Iterator[str]:
    if not find.path.startswith("/") or "//" in find.path or "?" in find.path:
        yield "find.path must begin with one / and hold no query"
    if find.json is not None and find.form is not None:
        yield "find has both json and form"
    if find.method == "GET" and (find.json is not None or find.form is not None):
        yield "find: a GET has no body"
    used: set[str] = set()
    for text in texts_in([find.path, find.query, find.json, find.form]):
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:
            yield f"find: {text!r} has a brace without its fellow"
            continue
        used |= names
        for name in sorted(names - FILLED_IN):
            yield f"find: {{{name}}} is unknown; there are {', '.join(sorted(FILLED_IN))}"
    if "code" not in used and not {"unit", "number"} <= used:
        yield "find does not say where {code} goes"


def texts_in(value: object) -> Iterator[str]:
    """Return every text inside lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


def _auth_faults(auth: AuthShape, secrets: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(auth, ClientAuth):
        yield from _url_faults("auth.token_url", auth.token_url)
    if isinstance(auth, HeaderAuth) and not re.fullmatch(r"[A-Za-z0-9-]+", auth.header):
        yield "auth.header is no name of a header"
    if isinstance(auth, HeaderAuth | BearerAuth | BasicAuth | ClientAuth):
        if not re.fullmatch(rf"{SECRET_PREFIX}[A-Z0-9_]+", auth.secret):
            yield f"auth.secret must be the name of a variable that begins with {SECRET_PREFIX}, not the secret itself"
        elif auth.secret not in secrets:
            yield f"the environment variable {auth.secret} is missing"


def _answer_faults(source: SourceShape) -> Iterator[str]:
    answer = source.answer
    paths = {"answer.code": answer.code, "answer.status": answer.status}
    paths |= {f"answer.{name}": path for name in ("record", "missing") if (path := getattr(answer, name))}
    paths |= {f"answer.fields.{name}": path for name, path in answer.fields.items()}
    paths |= {f"answer.not_found.where[{path}]": path for path in answer.not_found.where}
    if answer.not_found.empty:
        paths["answer.not_found.empty"] = answer.not_found.empty
    if answer.fine:
        paths["answer.fine.path"] = answer.fine.path
    yield from _unknown("answer.fields", answer.fields, RECORD_FIELDS)
    for name, rows, known in (("steps", answer.steps, STEP_FIELDS), ("slips", answer.slips, SLIP_FIELDS)):
        if rows is not None:
            paths[f"answer.{name}.path"] = rows.path
            paths |= {f"answer.{name}.fields.{key}": path for key, path in rows.fields.items()}
            yield from _unknown(f"answer.{name}.fields", rows.fields, known)
    if answer.slips is not None:
        if not {"kind", "issued_on"} <= set(answer.slips.fields):
            yield "answer.slips.fields must name kind and issued_on"
        yield from _not_in("answer.slips.kinds", answer.slips.kinds.values(), {kind.value for kind in SlipKind})
    for place, path in paths.items():
        if not _PATH.fullmatch(path):
            yield f"{place}: {path!r} is no path such as data.maHoSo"
    if not answer.statuses:
        yield "answer.statuses is empty: no state could be told"
    yield from _not_in("answer.statuses", answer.statuses.values(), {one.value for one in Status if one})
    yield from _not_in("answer.applicants", answer.applicants.values(), {one.value for one in ApplicantKind})
    yield from _not_in("answer.channels", answer.channels.values(), {0, 1, 2, 3})
    if not (answer.not_found.status or answer.not_found.where or answer.not_found.empty):
        yield "answer.not_found must say how the source tells that there is no such dossier"
    if any(status == 200 or not 200 < status < 500 for status in answer.not_found.status):
        yield "answer.not_found.status must be from 201 to 499; say `where` for answers with 200"
    if not answer.dates:
        yield "answer.dates is empty"
    for form in answer.dates:
        if form not in ("iso", "epoch", "epoch_ms") and "%" not in form:
            yield f"answer.dates: {form!r} is none of iso, epoch, epoch_ms, nor a pattern such as %d/%m/%Y"


def _unknown(place: str, fields: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    for name in fields:
        if name not in known:
            yield f"{place}: {name} is unknown; there are {', '.join(sorted(known))}"


def _not_in(place: str, values: Iterable[object], known: set[Any]) -> Iterator[str]:
    for value in values:
        if value not in known:
            yield f"{place}: {value!r} is none of {', '.join(map(str, sorted(known)))}"
