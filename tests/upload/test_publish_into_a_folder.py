"""`publish` into a folder, such as that of a USB stick: without rclone, and without believing what was noted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from release_world import (
    AFTER,
    BEFORE,
    CHANGED,
    FIRST,
    SECOND,
    UNUSED,
    in_folder,
    keep_release,
    missing_links,
    office_with_two_releases,
    publish,
    used,
)
from site_folder import files_in

from builder.upload.folder_target import FolderTarget


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of a site with two releases, on a machine without rclone."""
    return office_with_two_releases(tmp_path / "office")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", "")
    return tmp_path / "stick"


def test_a_release_is_put_into_a_folder(office: Path, stick: Path) -> None:
    assert publish(office, stick, "--release", FIRST) == 0
    assert files_in(stick) == BEFORE

    assert publish(office, stick) == 0
    assert used(stick) == AFTER
    assert set(files_in(stick)) >= UNUSED


def test_a_file_is_no_target(office: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick.write_text("购物清单")

    assert publish(office, stick) == 2

    assert "是文件，不是文件夹" in capsys.readouterr().err
    assert stick.read_text() == "购物清单"


def test_a_rollback_puts_the_older_release_back_and_changes_nothing_else(office: Path, stick: Path) -> None:
    publish(office, stick, "--release", FIRST)
    (stick / "notes.txt").write_text("别删我")
    publish(office, stick)

    assert publish(office, stick, "--rollback", FIRST[-8:]) == 0

    here = files_in(stick)
    assert {path: here[path] for path in BEFORE} == BEFORE
    assert here["notes.txt"].decode() == "别删我"


def test_no_file_of_somebody_else_is_ever_deleted(office: Path, stick: Path) -> None:
    stick.mkdir()
    (stick / "parent.html").write_text("上级网站")
    publish(office, stick, "--release", FIRST)
    publish(office, stick)
    keep_release(office, "2026-12-01-0000cccc", AFTER)

    assert publish(office, stick) == 0

    assert set(files_in(stick)) == {*AFTER, "parent.html"}


def test_folders_that_nobody_uses_any_more_go_with_their_last_file(office: Path, stick: Path) -> None:
    keep_release(office, "2026-10-01-00000001", {**BEFORE, "old/deep/page.html": b"1", "old/page.html": b"1"})
    for release in ("2026-10-01-00000001", FIRST, SECOND):
        assert publish(office, stick, "--release", release) == 0

    assert not (stick / "old").exists()


def test_a_stick_that_somebody_else_changed_is_put_right(office: Path, stick: Path) -> None:
    publish(office, stick)
    (stick / "index.html").write_text("改过")
    (stick / "search.html").unlink()

    assert publish(office, stick) == 0
    assert files_in(stick) == AFTER


def test_nobody_meets_a_missing_file_while_a_release_is_put_there(
    office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(office, stick, "--release", FIRST)
    met: list[str] = []
    replace = os.replace

    def look(source: Path, target: Path) -> None:
        replace(source, target)
        met.extend(missing_links(in_folder(stick)))

    monkeypatch.setattr(os, "replace", look)
    publish(office, stick)
    publish(office, stick, "--rollback", FIRST)

    assert met == []
    assert met != missing_links(lambda path: BEFORE[path] if path != "search.html" else None)  # it would see one


def test_a_folder_filled_by_hand_is_refused_and_then_adopted(
    office: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in {**BEFORE, "parent.html": b"1"}.items():
        (stick / path).parent.mkdir(parents=True, exist_ok=True)
        (stick / path).write_bytes(data)

    assert publish(office, stick) == 2
    assert "--adopt" in capsys.readouterr().err

    assert publish(office, stick, "--adopt") == 0
    said = capsys.readouterr().out
    assert "另有 1 个文件" in said
    assert used(stick) == {**AFTER, "parent.html": b"1"}
    assert f"传了 {len(CHANGED)} 个文件" in said


def test_what_was_noted_before_an_adoption_is_not_forgotten(office: Path, stick: Path) -> None:
    keep_release(office, "2026-10-01-00000001", {**BEFORE, "old.html": b"1"})
    publish(office, stick, "--release", "2026-10-01-00000001")
    shutil.rmtree(office / "releases/2026-10-01-00000001")  # only so many are kept
    publish(office, stick, "--release", FIRST)

    assert publish(office, stick, "--adopt") == 0

    assert used(stick) == AFTER


def test_a_ledger_that_cannot_be_read_is_made_anew_by_an_adoption(
    office: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(office, stick, "--release", FIRST)
    (ledger,) = (office / "releases/targets").glob("*.json")
    ledger.write_bytes(ledger.read_bytes()[:-50])

    assert publish(office, stick) == 2
    assert "--adopt" in capsys.readouterr().err
    assert publish(office, stick, "--adopt") == 0
    assert used(stick) == AFTER


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(
    office: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(office, stick, "--release", FIRST)
    capsys.readouterr()
    before = files_in(stick)

    assert publish(office, stick, "--dry-run") == 0

    assert files_in(stick) == before
    said = capsys.readouterr().out
    assert "第1步 新的页面：4 个文件（items/new-item.html、items/newer-item.html、print/new-item.html 等）" in said
    assert "第3步 首页：1 个文件（index.html）" in said
    assert "第4步 不核对：目标是文件夹" in said


def test_a_damaged_zip_is_refused(office: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = office / "releases" / SECOND / "site.zip"
    archive.write_bytes(archive.read_bytes()[:-40])

    assert publish(office, stick) == 2
    assert "坏了" in capsys.readouterr().err


def test_two_uploads_to_one_target_never_run_at_once(
    office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.upload.uploading.LOCK_TIMEOUT", 0.1)
    send = FolderTarget.send
    codes = []

    def send_while_another_begins(self: FolderTarget, *arguments: object) -> None:
        codes.append(publish(office, stick))
        monkeypatch.setattr(FolderTarget, "send", send)
        send(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderTarget, "send", send_while_another_begins)

    assert publish(office, stick) == 0
    assert codes == [3]
    assert "另一次上传还没有结束" in capsys.readouterr().err


def test_a_target_that_needs_rclone_says_how_to_get_it(
    office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(stick))

    assert publish(office, Path("gov:bszn")) == 3
    assert "--extra publish" in capsys.readouterr().err
