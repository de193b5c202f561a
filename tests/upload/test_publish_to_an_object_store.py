"""`publish` to an object store, by the protocol of S3: rclone itself serves one on the loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from release_world import AFTER, BEFORE, FIRST, office_with_two_releases, publish, used
from required import unless
from site_folder import files_in

from builder.upload.rclone import find_rclone

KEY, SECRET = "AKIDEXAMPLE", "not-a-secret"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store with one bucket, as rclone takes it; the keys are in the environment."""
    program = find_rclone().program
    can_serve = subprocess.run([program, "serve", "s3", "--help"], capture_output=True, check=False).returncode == 0
    unless(can_serve, "this rclone serves no object store", "REQUIRE_UPLOAD")
    for name, value in {"ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET}.items():
        monkeypatch.setenv(f"RCLONE_S3_{name}", value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    (tmp_path / "store" / "bszn").mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        program,
        "serve",
        "s3",
        str(tmp_path / "store"),
        f"--addr=127.0.0.1:{port}",
        f"--auth-key={KEY},{SECRET}",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            yield f":s3,provider=Other,endpoint='http://127.0.0.1:{port}',force_path_style=true:bszn/site"
        finally:
            running.terminate()


def test_releases_go_there_and_back(store: str, tmp_path: Path) -> None:
    office = office_with_two_releases(tmp_path / "office")
    there = tmp_path / "store" / "bszn" / "site"

    assert publish(office, store, "--release", FIRST) == 0
    assert files_in(there) == BEFORE
    assert publish(office, store) == 0
    assert used(there) == AFTER
    assert publish(office, store, "--rollback", FIRST) == 0
    here = files_in(there)
    assert {path: here[path] for path in BEFORE} == BEFORE


def test_a_wrong_key_and_a_missing_bucket_are_told(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = office_with_two_releases(tmp_path / "office")
    monkeypatch.setattr("builder.upload.rclone.PATIENCE", ("--retries=1", "--low-level-retries=1"))
    monkeypatch.setenv("RCLONE_S3_SECRET_ACCESS_KEY", "wrong")

    assert publish(office, store) == 3
    assert "不让登录" in capsys.readouterr().err
