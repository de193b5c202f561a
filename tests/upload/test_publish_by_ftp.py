"""`publish` to an FTP server: only what differs is sent, in an order in which no visitor meets a missing file."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked import begin, end_of
from ftp_server import PASSWORD, FtpServer, ftp_server
from release_world import guide_site, in_folder, keep_release, missing_links
from site_folder import files_in

from builder.cli import main
from builder.upload.rclone import find_rclone

ITEMS = {f"item-{number}": f"第{number}件事" for number in range(9)}
BEFORE = guide_site(ITEMS, "0599-8620011")
AFTER = guide_site({**ITEMS, "new-item": "新的事", "newer-item": "更新的事"}, "0599-8620012")
FIRST, SECOND = "2026-11-01-0000aaaa", "2026-11-30-0000bbbb"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FtpServer]:
    with ftp_server(tmp_path / "host") as served:
        rclone = find_rclone()
        monkeypatch.setenv("RCLONE_FTP_PASS", rclone.run(["obscure", PASSWORD])[1].strip())
        yield served


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of a site with two releases."""
    site = tmp_path / "office"
    keep_release(site, FIRST, BEFORE)
    keep_release(site, SECOND, AFTER)
    return site


def publish(site: Path, target: str, *options: str) -> int:
    return main(["publish", target, *options, "--site", str(site / "site.yaml")])


def test_a_first_upload_puts_every_file_there(server: FtpServer, office: Path) -> None:
    assert publish(office, server.remote("bszn")) == 0

    assert files_in(server.root / "bszn") == AFTER


def test_only_what_differs_is_sent_and_what_is_unused_stays_until_the_next_release(
    server: FtpServer, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(office, server.remote(), "--release", FIRST)
    server.commands.clear()

    assert publish(office, server.remote()) == 0

    here = files_in(server.root)
    unused = set(BEFORE) - set(AFTER)
    assert {path: data for path, data in here.items() if path not in unused} == AFTER
    assert unused < set(here)
    assert server.commands.count("STOR") == len([path for path in AFTER if AFTER[path] != BEFORE.get(path)])
    assert "传下一个发布包时再删" in capsys.readouterr().out

    assert publish(office, server.remote()) == 0  # the same again deletes nothing
    assert unused < set(files_in(server.root))
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
    moments = [round(part * len(server.commands)) for part in (0.15, 0.4, 0.62, 0.9)]

    for moment in moments:
        for place in places:
            shutil.rmtree(place)
            shutil.copytree(tmp_path / "before" / place.name, place)
        kill_after(server, office, moment)
        assert publish(office, server.remote()) == 0

        here = files_in(server.root)
        assert {path: data for path, data in here.items() if path not in set(BEFORE) - set(AFTER)} == AFTER


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
