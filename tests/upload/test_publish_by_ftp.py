"""`publish` to an FTP server: only what differs is sent, in an order in which no visitor meets a missing file."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from forked import begin, end_of
from ftp_server import PASSWORD, FtpServer, ftp_server
from hypothesis import settings
from live_host import LiveHost, serving
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

from builder.upload.rclone import Hear, Message, Rclone, find_rclone
from builder.upload.remote_target import RemoteTarget

# A kill is tried at these parts of an upload; with `--hypothesis-profile=thorough` at 50 of them.
MOMENTS = (0.15, 0.4, 0.62, 0.9)
MANY_MOMENTS = tuple(part / 51 for part in range(1, 51))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FtpServer]:
    with ftp_server(tmp_path / "host") as served:
        rclone = find_rclone()
        monkeypatch.setenv("RCLONE_FTP_PASS", rclone.run(["obscure", PASSWORD])[1].strip())
        yield served


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rclone give up at once."""
    monkeypatch.setattr("builder.upload.rclone.PATIENCE", ("--retries=1", "--low-level-retries=1"))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of a site with two releases."""
    return office_with_two_releases(tmp_path / "office")


def test_a_first_upload_puts_every_file_there(server: FtpServer, office: Path) -> None:
    assert publish(office, server.remote("bszn")) == 0

    assert files_in(server.root / "bszn") == AFTER


def test_a_server_that_answers_501_to_a_folder_that_is_not_there_has_nothing_in_it(tmp_path: Path) -> None:
    class Poor(Rclone):
        def run(self, _arguments: Sequence[str], _hear: Hear | None = None) -> tuple[int, str, list[Message]]:
            return 1, "", [Message("error", 'error listing: 501 "No such directory."', "")]

    assert RemoteTarget(":ftp,host=a:/neu", Poor("rclone"), tmp_path, 4).top_names() == set()


def test_only_what_differs_is_sent_and_what_is_unused_stays_until_the_next_release(
    server: FtpServer, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(office, server.remote(), "--release", FIRST)
    server.commands.clear()

    assert publish(office, server.remote()) == 0

    assert used(server.root) == AFTER
    assert set(files_in(server.root)) > UNUSED
    assert server.commands.count("STOR") == len(CHANGED)
    assert "传下一个发布包时再删" in capsys.readouterr().out

    assert publish(office, server.remote()) == 0  # the same again deletes nothing
    assert set(files_in(server.root)) > UNUSED
    keep_release(office, "2026-12-01-0000cccc", {**AFTER, "index.html": BEFORE["index.html"]})
    assert publish(office, server.remote()) == 0
    assert set(files_in(server.root)) == set(AFTER)


def test_nobody_meets_a_missing_file_while_a_release_is_uploaded(server: FtpServer, office: Path) -> None:
    publish(office, server.remote(), "--release", FIRST)
    met: list[str] = []
    looks = 0

    def look(command: str) -> None:
        nonlocal looks
        if command in ("received", "RNTO", "DELE"):
            looks += 1
            met.extend(missing_links(in_folder(server.root)))

    server.watch = look
    publish(office, server.remote())
    publish(office, server.remote(), "--rollback", FIRST)

    assert looks > 20
    assert met == []


def test_an_upload_that_was_killed_is_taken_up_by_the_next(server: FtpServer, office: Path, tmp_path: Path) -> None:
    publish(office, server.remote(), "--release", FIRST)
    places = (server.root, office / "releases/targets")
    for place in places:
        shutil.copytree(place, tmp_path / "before" / place.name)
    server.commands.clear()
    publish(office, server.remote())
    parts = MANY_MOMENTS if settings().max_examples >= 500 else MOMENTS
    moments = [round(part * len(server.commands)) for part in parts]

    for moment in moments:
        for place in places:
            shutil.rmtree(place)
            shutil.copytree(tmp_path / "before" / place.name, place)
        kill_after(server, office, moment)
        assert publish(office, server.remote()) == 0

        assert used(server.root) == AFTER


def kill_after(server: FtpServer, office: Path, commands: int) -> None:
    """Begin to upload, and kill the program with all that it has started when the server has had so many commands."""
    heard = 0

    def publish_alone() -> None:
        os.setsid()
        publish(office, server.remote())

    def count(_command: str) -> None:
        nonlocal heard
        heard += 1
        if heard == commands:
            os.killpg(child, signal.SIGKILL)

    child = begin(publish_alone)
    server.watch = count
    assert end_of(child) == -signal.SIGKILL
    server.watch = lambda _command: None


def test_an_upload_goes_on_where_only_its_own_program_was_killed(
    server: FtpServer, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.upload.uploading.LOCK_TIMEOUT", 0.1)
    is_receiving, goes_on = threading.Event(), threading.Event()

    def wait(command: str) -> None:
        if command == "STOR":
            is_receiving.set()
            goes_on.wait(20)

    server.watch = wait
    child = begin(lambda: publish(office, server.remote()))
    is_receiving.wait(20)
    os.kill(child, signal.SIGKILL)  # rclone still sends
    end_of(child)

    assert publish(office, server.remote()) == 3
    assert "另一次上传还没有结束" in capsys.readouterr().err

    goes_on.set()
    monkeypatch.setattr("builder.upload.uploading.LOCK_TIMEOUT", 20)
    assert publish(office, server.remote()) == 0
    assert files_in(server.root) == AFTER


def test_a_server_that_renames_no_file_over_another_is_written_in_place(
    server: FtpServer, office: Path, impatient: None
) -> None:
    publish(office, server.remote(), "--release", FIRST)
    server.may_rename_over = False

    assert publish(office, server.remote()) == 0

    assert used(server.root) == AFTER
    assert not list(server.root.rglob("*.partial"))


def test_a_server_that_was_filled_by_hand_is_refused_and_then_adopted(
    server: FtpServer, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in {**BEFORE, "parent/index.html": b"1"}.items():
        (server.root / path).parent.mkdir(parents=True, exist_ok=True)
        (server.root / path).write_bytes(data)

    assert publish(office, server.remote()) == 2
    assert "--adopt" in capsys.readouterr().err

    assert publish(office, server.remote(), "--adopt") == 0
    assert server.commands.count("STOR") == len(CHANGED)
    assert "另有 1 个文件" in capsys.readouterr().out
    assert used(server.root) == {**AFTER, "parent/index.html": b"1"}


def test_what_another_computer_has_uploaded_is_noticed(
    server: FtpServer, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = office_with_two_releases(tmp_path / "other")
    publish(office, server.remote(), "--release", FIRST)
    publish(other, server.remote(), "--adopt")

    assert publish(office, server.remote()) == 2
    assert "别的电脑" in capsys.readouterr().err

    assert publish(office, server.remote(), "--rollback", FIRST, "--adopt") == 0
    here = files_in(server.root)
    assert {path: here[path] for path in BEFORE} == BEFORE


def test_what_rclone_did_not_do_is_not_believed(
    server: FtpServer, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RCLONE_DRY_RUN", "true")
    assert publish(office, server.remote()) == 3
    assert "RCLONE_DRY_RUN" in capsys.readouterr().err

    monkeypatch.delenv("RCLONE_DRY_RUN")
    assert publish(office, server.remote()) == 0
    assert files_in(server.root) == AFTER


REFUSALS = [
    ("552 Disk full.", "没有空间"),
    ("553 File exists, no overwrite.", "不许覆盖"),
    ("550 Permission denied.", "没有权限"),
]


@pytest.mark.parametrize(("answer", "says"), REFUSALS)
def test_what_a_server_refuses_is_said_in_plain_words(
    server: FtpServer, office: Path, impatient: None, capsys: pytest.CaptureFixture[str], answer: str, says: str
) -> None:
    server.refuses = answer

    assert publish(office, server.remote()) == 3

    said = capsys.readouterr().err
    assert says in said
    assert answer.split(maxsplit=1)[1] in said  # for the administrator


TARGETS = [
    (":ftp,host=127.0.0.1,port={port},user=nobody:/", 3, "用户名或密码不对"),
    (":ftp,host=no-such-host.invalid,user=bszn:/", 3, "找不到这个主机"),
    (":ftp,host=127.0.0.1,port=1,user=bszn:/", 3, "连不上服务器"),
    (":ftp,host=127.0.0.1,port={port},user=bszn,pass=unscrambled:/", 2, "密码的写法不对"),
    ("no-such-remote:bszn", 2, "rclone 的设置里没有这个目标"),
]


@pytest.mark.parametrize(("target", "code", "says"), TARGETS)
def test_a_target_that_cannot_be_reached_says_why(
    server: FtpServer,
    office: Path,
    impatient: None,
    capsys: pytest.CaptureFixture[str],
    target: str,
    code: int,
    says: str,
) -> None:
    assert publish(office, target.format(port=server.port)) == code

    said = capsys.readouterr().err
    assert says in said
    assert "unscrambled" not in said


def test_visitors_are_looked_after_once_all_is_sent(
    server: FtpServer, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(LiveHost(FilesOnDisk(server.root))) as host:
        assert publish(office, server.remote(), "--release", FIRST, "--url", host.url) == 0
        assert publish(office, server.remote(), "--url", host.url) == 0
        assert f"第4步 核对：网站上就是 {SECOND} 这一版" in capsys.readouterr().out

        host.spoil("items/item-3.html", lambda reply: replace(reply, body=BEFORE["items/item-3.html"]))
        keep_release(office, "2026-12-01-0000cccc", {**AFTER, "robots.txt": b"User-agent: *"})
        assert publish(office, server.remote(), "--url", host.url) == 1
        said = capsys.readouterr().out
        assert "items/item-3.html" in said
        assert "加上 --adopt 再运行一次 publish" in said
        assert set(files_in(server.root)) > UNUSED  # nothing is deleted while visitors see something else

        host.faults.clear()
        assert publish(office, server.remote(), "--url", host.url) == 0
        assert set(files_in(server.root)) == {*AFTER, "robots.txt"}
        assert publish(office, server.remote(), "--url", host.url, "--rollback", FIRST) == 0
        assert f"第4步 核对：网站上就是 {FIRST} 这一版" in capsys.readouterr().out


class FilesOnDisk(dict[str, bytes]):
    """The files below a folder as they are at each moment, by path."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._read = in_folder(root)

    def __contains__(self, path: object) -> bool:
        return self._read(str(path)) is not None

    def __getitem__(self, path: str) -> bytes:
        return self._read(path) or b""
