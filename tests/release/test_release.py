"""A release is read back as it was written, and what is not one is told apart."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from builder.release.release import (
    ARCHIVE,
    FOLDER,
    RECORD,
    BadRelease,
    Release,
    ReleasedFile,
    read_file,
    read_release,
    releases_in,
)

FILES = {"index.html": ReleasedFile("ab" * 32, 12), "items/shebaoka.html": ReleasedFile("cd" * 32, 3456)}


def write(site: Path, name: str) -> Release:
    release = Release(name, "清江县办事指南", "https://www.example.gov.cn/bszn", FILES)
    folder = site / FOLDER / name
    folder.mkdir(parents=True)
    (folder / RECORD).write_bytes(release.as_json())
    with zipfile.ZipFile(folder / ARCHIVE, "w") as archive:
        archive.writestr("index.html", "<!doctype html>")
    return release


def test_a_release_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    release = write(tmp_path, "2026-11-30-0123abcd")

    assert read_release(tmp_path / FOLDER / release.name) == release


def test_the_newest_release_comes_first_and_a_damaged_one_is_left_out(tmp_path: Path) -> None:
    for name in ("2026-10-01-00000001", "2026-11-30-00000002", "2026-11-02-00000003"):
        write(tmp_path, name)
    (tmp_path / FOLDER / "2026-11-02-00000003" / RECORD).write_text('{"name": ')

    assert [release.name for release in releases_in(tmp_path)] == ["2026-11-30-00000002", "2026-10-01-00000001"]


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"name": "a", "site": "b", "base_url": "", "files": {"x": 1}}'])
def test_a_folder_without_a_whole_record_is_no_release(tmp_path: Path, record: str) -> None:
    (tmp_path / RECORD).write_text(record)

    with pytest.raises(BadRelease):
        read_release(tmp_path)


def test_a_file_comes_from_the_zip_of_its_release(tmp_path: Path) -> None:
    release = write(tmp_path, "2026-11-30-0123abcd")
    folder = tmp_path / FOLDER / release.name

    assert read_file(folder, "index.html") == b"<!doctype html>"
    with pytest.raises(BadRelease, match=r"items/shebaoka\.html"):
        read_file(folder, "items/shebaoka.html")
