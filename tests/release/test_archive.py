"""Zip files hold what was put in, are read by other programs, and have the same bytes on every machine."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.release import archive
from builder.release.archive import TooLarge, write_zip

FILES = {
    "index.html": b"<!doctype html>" * 300,
    "empty.txt": b"",
    "pagefind/zh_1.pf_meta": hashlib.sha256(b"no pattern in it").digest(),
    "static/forms/a b.docx": bytes(range(256)) * 64,
}
PATHS = st.text("abcdefgh-_. ", min_size=1, max_size=12).map(lambda name: f"x/{name}y")


def zipped(files: dict[str, bytes], comment: str = "", day: date = date(2026, 11, 3)) -> bytes:
    out = io.BytesIO()
    write_zip(out, files.items(), day, comment)
    return out.getvalue()


def read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


@given(st.dictionaries(PATHS, st.binary(max_size=400)))
def test_what_was_put_in_comes_out_in_the_same_order(files: dict[str, bytes]) -> None:
    assert list(read(zipped(files)).items()) == list(files.items())


def test_the_bytes_are_those_of_every_machine() -> None:
    """If this fails after an update of `deflate`, zips of old and new versions differ: take the new digest."""
    assert (
        hashlib.sha256(zipped(FILES, "a comment")).hexdigest()
        == "ffd520340009efe54fae6508b37baaeaeaf7db0c29215aecbb7a177862d6a12e"
    )


def test_nothing_tells_when_where_or_by_whom_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as opened:
        facts = {(one.external_attr >> 16, one.extra, one.create_system) for one in opened.infolist()}
    assert facts == {(0o100644, b"", 3)}


def stamps(files: dict[str, bytes], day: date) -> dict[str, tuple[int, ...]]:
    with zipfile.ZipFile(io.BytesIO(zipped(files, day=day))) as opened:
        return {one.filename: one.date_time for one in opened.infolist()}


def test_a_page_of_equal_length_that_changed_has_another_time_so_that_no_cache_takes_it_for_the_old_one() -> None:
    day = date(2026, 11, 3)
    pages = {f"{digit}.html": f"<p>电话 1234567{digit}".encode() for digit in range(10)}

    assert len(set(stamps(pages, day).values())) == 10
    assert {time[:3] for time in stamps(pages, day).values()} == {(2026, 11, 3)}
    assert stamps(pages, day) == stamps(dict(reversed(pages.items())), day)


@pytest.mark.parametrize(("day", "year"), [(date(1970, 1, 1), 1980), (date(2200, 5, 6), 2107)])
def test_a_day_that_no_zip_can_tell_is_the_nearest_year_that_it_can(day: date, year: int) -> None:
    assert {time[0] for time in stamps(FILES, day).values()} == {year}


def test_what_packing_makes_no_smaller_is_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as opened:
        stored = [one.filename for one in opened.infolist() if one.compress_type == zipfile.ZIP_STORED]
    assert stored == ["empty.txt", "pagefind/zh_1.pf_meta"]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no unzip")
def test_another_program_reads_it(tmp_path: Path) -> None:
    (tmp_path / "site.zip").write_bytes(zipped(FILES, "base: 2026-11-30-0123abcd"))
    said = subprocess.run(["unzip", "-q", "site.zip", "-d", "out"], cwd=tmp_path, capture_output=True, text=True)

    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert {path: (tmp_path / "out" / path).read_bytes() for path in FILES} == FILES


def test_more_files_than_the_old_format_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 4)  # that of the format takes seconds
    assert read(zipped(FILES, "said")) == FILES


def test_a_zip_larger_than_the_old_format_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered, so that the second and third file and the directory lie beyond it."""
    monkeypatch.setattr(archive, "MOST_BYTES", 40)
    files = {"a": b"1", "b": b"22", "c": b"3"}

    assert read(zipped(files, "said")) == files


def test_a_file_that_no_zip_of_every_system_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(TooLarge, match=r"^big\.pdf$"):
        zipped({"big.pdf": b"1" * 100})


def test_a_name_in_chinese_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        zipped({"表格.docx": b""})
