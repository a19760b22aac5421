from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from feedback.attachments.files import FileGoneError, SealedFiles
from tests.feedback.fakes import OpenSeals

ID, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "files", OpenSeals())


def test_a_file_is_read_back_and_is_the_owners_alone(files: SealedFiles) -> None:
    files.write(ID, b"content")
    assert files.read(ID) == b"content"
    (path,) = (one for one in files.folder.rglob("*") if one.is_file())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() != b"content"


def test_a_file_that_is_put_in_anothers_place_is_not_opened(files: SealedFiles) -> None:
    files.write(ID, b"content")
    files.write(OTHER, b"other")
    (files.folder / "aa" / ID).replace(files.folder / "bb" / OTHER)
    with pytest.raises(ValueError, match="sealed for"):
        files.read(OTHER)


def test_a_missing_file_says_what_to_do(files: SealedFiles) -> None:
    with pytest.raises(FileGoneError, match="backup"):
        files.read(ID)


@pytest.mark.parametrize("id", ["../x", "A" * 32, "", "a" * 31])
def test_an_id_is_never_a_path(files: SealedFiles, id: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        files.write(id, b"x")


def test_a_write_that_breaks_off_leaves_no_file_and_is_swept(
    files: SealedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="full"):
        files.write(ID, b"content")
    with pytest.raises(FileGoneError):
        files.read(ID)
    assert files.strays(0) == []
    assert [one for one in files.folder.rglob("*") if one.is_file()] == []


def test_young_files_are_nobodys_strays_and_dropping_twice_does_not_matter(files: SealedFiles) -> None:
    files.write(ID, b"content")
    assert files.strays(3600) == []
    assert files.strays(-1) == [ID]
    files.drop([ID, OTHER])
    files.drop([ID])
    assert files.strays(-1) == []
