"""`publish` by SFTP, to the OpenSSH server of this machine: on the loopback, with keys and settings of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from release_world import AFTER, BEFORE, FIRST, in_folder, missing_links, office_with_two_releases, publish, used
from required import unless
from site_folder import files_in

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
SETTINGS = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PidFile none
Subsystem sftp internal-sftp
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The server, as rclone takes it, with the folder `host` of this test as the place to which one uploads."""
    unless(SSHD is not None and shutil.which("ssh-keygen") is not None, "no OpenSSH server", "REQUIRE_UPLOAD")
    folder = tmp_path / "ssh"
    folder.mkdir()
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "settings").write_text(SETTINGS.format(port=port, folder=folder))
    host_key = " ".join((folder / "host.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}\n")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # without it sshd does not start as root
    command = [str(SSHD), "-D", "-e", "-f", str(folder / "settings")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            until_it_listens(port)
            facts = f"host=127.0.0.1,port={port},user={getpass.getuser()},key_file={folder}/user"
            yield f":sftp,{facts},known_hosts_file={folder}/known_hosts:{tmp_path}/host"
        finally:
            running.terminate()


def until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("sshd does not start")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_with_two_releases(tmp_path / "office")


def test_releases_go_there_and_back_and_nobody_meets_a_missing_file(server: str, office: Path, tmp_path: Path) -> None:
    assert publish(office, server, "--release", FIRST) == 0
    assert files_in(tmp_path / "host") == BEFORE
    met: set[str] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            met.update(missing_links(in_folder(tmp_path / "host")))
            time.sleep(0.02)

    visitor = threading.Thread(target=look)
    visitor.start()
    try:
        assert publish(office, server) == 0
        assert used(tmp_path / "host") == AFTER
        assert publish(office, server, "--rollback", FIRST) == 0
    finally:
        ended.set()
        visitor.join()

    here = files_in(tmp_path / "host")
    assert {path: here[path] for path in BEFORE} == BEFORE
    assert met == set()


def test_a_server_that_is_not_the_known_one_gets_nothing(
    server: str, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "ssh" / "known_hosts"
    user_key = " ".join((tmp_path / "ssh" / "user.pub").read_text().split()[:2])
    known.write_text(f"{known.read_text().split()[0]} {user_key}\n")

    assert publish(office, server) == 3

    assert "主机密钥" in capsys.readouterr().err
    assert not (tmp_path / "host").exists()


def test_a_key_that_is_not_let_in_is_told(
    server: str, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(tmp_path / "ssh" / "host", tmp_path / "ssh" / "user")

    assert publish(office, server) == 3

    assert "不让登录" in capsys.readouterr().err
