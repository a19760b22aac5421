"""The file that describes the sources: what is wrong in it is said precisely, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dossiers.sources.errors import SourcesFileError
from bot.dossiers.sources.mapping import read_sources
from tests.bot.dossiers.sources.conftest import SECRET, mapping


def read(tmp_path: Path, *sources: Any, secrets: Mapping[str, str] | None = None) -> Any:
    path = tmp_path / "sources.yml"
    path.write_text(yaml.safe_dump({"sources": list(sources)}, allow_unicode=True), "utf-8")
    return read_sources(path, {SECRET: ""} if secrets is None else secrets)


def answer(**changes: Any) -> dict[str, Any]:
    return {"answer": {**mapping()["answer"], **changes}}


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (source,) = read(tmp_path, mapping())
    assert source.name == "quang-ngai"
    assert source.auth.client_id == "motcua"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "http://motcua.example.vn"}, "base_url must begin with https://"),
        ({"base_url": "motcua"}, "base_url must be an address"),
        ({"base_url": "https://a:b@motcua.example.vn"}, "base_url must hold no user"),
        ({"base_url": "https://motcua.example.vn?a=1"}, "base_url must hold no query"),
        ({"name": "database"}, "name must be"),
        ({"agencies": ["48"]}, "'48' is no code"),
        ({"agencies": []}, "agencies names none"),
        ({"find": {"path": "/x"}}, "where {code} goes"),
        ({"find": {"path": "/{code}/{token}"}}, "{token} is unknown"),
        ({"find": {"path": "/{code"}}, "brace without its fellow"),
        ({"find": {"path": "//evil.example/{code}"}}, "one / and hold no query"),
        ({"find": {"path": "/{code}", "json": {}}}, "a GET has no body"),
        ({"find": {"path": "/{code}", "way": 1}}, "unknown field `way` - at `$.sources[0].find`"),
        ({"auth": {"kind": "bearer", "secret": "hunter2"}}, "not the secret itself"),
        ({"auth": {"kind": "bearer", "secret": "MOTCUA_DOSSIER_SECRET_X"}}, "MOTCUA_DOSSIER_SECRET_X is missing"),
        ({"auth": {"kind": "magic"}}, "Invalid value 'magic'"),
        ({"tries": 0}, "tries must be from 1 to 10"),
        (answer(statuses={"xong": 11}), "answer.statuses: 11 is none of"),
        (answer(statuses={}), "answer.statuses is empty"),
        (answer(fields={"colour": "mau"}), "answer.fields: colour is unknown"),
        (answer(fields={"unit": "a..b"}), "'a..b' is no path"),
        (answer(not_found={}), "answer.not_found must say"),
        (answer(not_found={"status": [200]}), "from 201 to 499"),
        (answer(dates=["dd/mm"]), "'dd/mm' is none of iso"),
        (answer(slips={"path": "p", "fields": {}, "kinds": {"a": "letter"}}), "'letter' is none of apology"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SourcesFileError) as caught:
        read(tmp_path, {**mapping(), **changes})
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourcesFileError) as caught:
        read(tmp_path, mapping(base_url="x", tries=99), mapping(), secrets={})
    assert len(caught.value.problems) == 6


def test_a_file_that_is_not_there_or_not_yaml_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(SourcesFileError, match="cannot be read"):
        read_sources(tmp_path / "no.yml", {})
    (tmp_path / "bad.yml").write_text("sources: [", "utf-8")
    with pytest.raises(SourcesFileError, match=r"bad\.yml"):
        read_sources(tmp_path / "bad.yml", {})
